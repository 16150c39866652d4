# SPDX-License-Identifier: Apache-2.0
"""The templates of the wrapped filters, such as itk.ColormapImageFilter, and their functions, such as
itk.colormap_image_filter(), both of which take arrays."""

import inspect
import re
import textwrap
from collections.abc import Callable
from typing import Any

import itk
import numpy as np
from itk.support.template_class import itkTemplate

from intensitymapping import _wrapped, arrays

_MOST_FRAMES_OF_FLOAT = 1 << 24


class FilterTemplate(itkTemplate):
    """All instantiations of a filter or sink. New() chooses one by the input."""

    def New(self, *args: Any, **kwargs: Any) -> Any:
        """Makes a filter for an input: an image, a filter that gives one, a NumPy array or an xarray.DataArray.

        What is given by name is set by the method of that name, as in New(image, colormap="magma").
        progress: a function that is called with the progress, from 0 to 1; or True for a bar, drawn by tqdm.
        """
        inputs = [kwargs.pop(key) for key in ("Input", "input") if key in kwargs] + list(args)
        if not inputs:
            return super().New(**kwargs)
        inputs[0] = self._as_image(inputs[0])
        choose = _CHOICES.get(self.__name__)
        if choose is not None and "ttype" not in kwargs:
            kwargs["ttype"] = choose(inputs[0], kwargs)
        return super().New(*inputs, **kwargs)

    def _as_image(self, image: Any) -> Any:
        """An image of a type that the filter takes, made from an array if one is given."""
        name = self.__name__.removeprefix("itk::")
        image_types = list(dict.fromkeys(key[0] for key in self.keys()))
        if arrays.is_array(image):
            return arrays.image_from_array(image, image_types, name)
        given = itk.output(image)
        if isinstance(given, tuple(image_types)):
            return given
        taken = "it takes NumPy arrays, xarray.DataArrays and images, which may be " + ", ".join(
            map(_name_image_type, image_types)
        )
        if not isinstance(given, itk.ImageBase):
            raise TypeError(f"{name} was given a {type(given).__name__}: {taken}.")
        raise TypeError(
            f"{name} was given an {_name_image_type(type(given))}: {taken}. Convert its pixels, for instance by "
            "image.astype(itk.F); of a colour image, give one channel, or a mean of them."
        )


def _choose_colors(image: Any, settings: dict[str, Any]) -> tuple[type, type]:
    """An image of RGBA pixels, or of RGB pixels if that is asked for."""
    pixel = itk.RGBPixel if settings.pop("rgb", False) else itk.RGBAPixel
    return type(image), itk.Image[pixel[itk.UC], image.GetImageDimension()]


def _choose_reals(image: Any, settings: dict[str, Any]) -> tuple[type, type]:
    """An image of float."""
    return type(image), itk.Image[itk.F, image.GetImageDimension()]


def _set_frame_axis(image: Any, settings: dict[str, Any]) -> None:
    """The first axis of an array is the last one of an image."""
    if settings.pop("per_frame", False):
        settings["frame_axis"] = image.GetImageDimension() - 1


def _choose_same(image: Any, settings: dict[str, Any]) -> tuple[type]:
    """An image of the same pixels."""
    _set_frame_axis(image, settings)
    return (type(image),)


def _choose_equalized(image: Any, settings: dict[str, Any]) -> tuple[type, type]:
    """An image of the same pixels, or of those that are asked for."""
    _set_frame_axis(image, settings)
    dtype = settings.pop("dtype", None)
    if dtype is None:
        return type(image), type(image)
    outputs = {
        np.dtype(itk.template(output)[1][0].dtype): output
        for given, output in itk.HistogramEqualizationImageFilter
        if given is type(image)
    }
    if np.dtype(dtype) not in outputs:
        raise TypeError(
            f"dtype is {np.dtype(dtype)}: of an {_name_image_type(type(image))}, "
            f"HistogramEqualizationImageFilter makes {', '.join(map(str, outputs))}."
        )
    return type(image), outputs[np.dtype(dtype)]


def _choose_counters(image: Any, settings: dict[str, Any]) -> tuple[type, type]:
    """Counters of 16 bits if they can count to the number of frames, else of float."""
    image.UpdateOutputInformation()
    number_of_frames = tuple(image.GetLargestPossibleRegion().GetSize())[-1]
    if number_of_frames > _MOST_FRAMES_OF_FLOAT:
        raise ValueError(
            f"The series has {number_of_frames} frames, but counters of float count to {_MOST_FRAMES_OF_FLOAT} only: "
            "count parts of it, and add up their counts."
        )
    counter = itk.US if number_of_frames <= np.iinfo(np.uint16).max else itk.F
    return type(image), itk.VectorImage[counter, image.GetImageDimension() - 1]


# Which instantiation of a filter is meant, where its input does not tell.
_CHOICES: dict[str, Callable[[Any, dict[str, Any]], tuple[type, ...]]] = {
    "itk::ColormapImageFilter": _choose_colors,
    "itk::ContrastLimitedAdaptiveHistogramEqualizationImageFilter": _choose_same,
    "itk::HistogramEqualizationImageFilter": _choose_equalized,
    "itk::InverseColormapImageFilter": _choose_reals,
    "itk::PixelwiseTemporalHistogramImageFilter": _choose_counters,
}

_HINTS = {
    "image": "numpy.ndarray | xarray.DataArray | itk.Image | itk.ImageSource",
    "colormap": "str | os.PathLike | numpy.ndarray | matplotlib.colors.Colormap | itk.Colormap",
    "normalization": "tuple[float, float] | str | matplotlib.colors.Normalize | itk.IntensityNormalization",
    "bins": "Sequence[float] | range | numpy.ndarray | itk.HistogramBins",
    "mask": "numpy.ndarray | xarray.DataArray | itk.Image",
    "statistic": "str",
    "method": "str",
    "resolution": "str",
    "distribution": "numpy.ndarray | itk.Image | itk.IntensityDistributionImageSink | itk.EqualizingNormalization",
    "target_distribution": "numpy.ndarray | itk.Image | itk.EqualizingNormalization",
    "luma_image": "numpy.ndarray | itk.Image",
    "per_frame": "bool",
    "dtype": "numpy.dtype",
    "metric": "str",
    "orientation": "str",
    "bar_region": "tuple[slice, slice] | itk.ImageRegion",
    "first_tick": "tuple[float, float]",
    "second_tick": "tuple[float, float]",
    "candidates": "Sequence[str]",
    "number_of_tiles": "int | Sequence[int]",
    "number_of_stream_divisions": "int",
    "rgb": "bool",
    "progress": "Callable[[float], Any] | bool",
}
_HINT_OF_RESULT = "numpy.ndarray | xarray.DataArray | itk.Image"

# Where the headers speak to those who write C++.
_HELP = {
    "image": """What to work on. Of an xarray.DataArray, dimensions, coordinates, attributes and the name are kept.
        intensitymapping.arrays tells how arrays become images, and when they are copied.""",
    "colormap": """A name, of which itk.Colormap.GetNames() has the list; the name of a file that itk.ColormapFileReader
        reads; n colours, as an array of shape (n, 3) or
        (n, 4) of numbers from 0 to 1; or a colormap of matplotlib's. Default: viridis.""",
    "normalization": """Which intensity is mapped where: (minimum, maximum), which are mapped onto the first and the
        last colour; an itk normalization or a norm of matplotlib's, which gets the limits of the image if it has none;
        or one of the names linear, log, symlog, asinh, power, centered and twoslope, with the limits of the image, or
        equalizing, with its distribution.
        Default: linear, with the limits of the image; of a picture of colours, from 0 to 1.""",
    "bins": """Increasing edges; or a range of integers, each of which gets a bin. Histograms in an xarray.DataArray
        bring theirs along.""",
    "mask": """Which samples or pixels count: those where it is not 0, or is True. It has the shape of the image or of
        the series; that of one frame will do for a series, and then holds for all frames. Default: none, all count.""",
    "number_of_tiles": """How many tiles there are along each axis: one number for all, or one for each, as an itk.Size
        has them, so that the last axis of an array comes first. Default: 8.""",
    "method": """empirical_distribution, rank, bin_centers, bin_edges, opencv or pillow. Default:
        empirical_distribution.""",
    "resolution": """every_value, levels or bins. Default: every_value.""",
    "distribution": """What is equalized in place of the image's own distribution: an itk.EqualizingNormalization, the
        sink that learns it, or the image that it is learned from. Default: none.""",
    "target_distribution": """What the distribution is matched to: an itk.EqualizingNormalization, the sink that learns
        it, or the image that it is learned from. Default: none, the image is equalized.""",
    "luma_image": """The luma that the picture gets: bytes, of the shape of the picture without its colours.""",
    "per_frame": """Whether each frame, along the first axis of an array, is equalized by itself. Default: False.""",
    "dtype": """The type of the result: uint8, float32, float64 or that of the image. Default: that of the image.""",
    "frame_axis": """The axis along which each frame is equalized by itself, numbered as itk.Size has them, so that the
        last axis of an array is 0; or -1 for the whole image. See per_frame. Default: -1.""",
    "statistic": """quantile, median, interquartile_range, mode, mean, standard_deviation or count. Default: median.""",
    "metric": """euclidean, or luma_weighted for pictures that were JPEG files. Default: euclidean.""",
    "orientation": """automatic, horizontal or vertical. Default: automatic, along the longer side.""",
    "bar_region": """The rectangle of the bar's strip: slices of rows and columns, such as np.s_[60:430, 560:578].""",
    "first_tick": """A position along the bar, the index of a row or column, and the value there.""",
    "second_tick": """Another position along the bar, and the value there.""",
    "rgb": """Whether to leave the opacity out. Default: False.""",
    "progress": """A function that is called with the progress, from 0 to 1; or True for a bar, drawn by tqdm.""",
}
_HELP_ON_RESULT = """Returns
-------
What was made, as the kind of thing that `image` is: an array, a DataArray or an image; where there are several, a tuple
of them, in the order in which they are listed above. Of a sink, what it learns."""


def put_in_place(namespace: dict[str, Any], cpp_name: str, documentation: dict[str, dict[str, str]]) -> None:
    """Puts the template of a wrapped class, and its function, where ITK's wrapping looks for them."""
    name = cpp_name.removeprefix("itk::")
    template = FilterTemplate(cpp_name)
    template.__doc__ = documentation[name][""]
    namespace[name] = template
    function_name = _wrapped.to_snake_case(name)
    namespace[function_name] = _make_function(function_name, template, namespace[function_name], documentation[name])


def _make_function(
    function_name: str, template: FilterTemplate, generated: Callable, documentation: dict[str, str]
) -> Callable:
    """The function of a filter or sink, which takes images and arrays, and gives what it was given."""

    def function(*args: Any, **kwargs: Any) -> Any:
        settings = {key: value for key, value in kwargs.items() if value is not None}
        inputs = [settings.pop(key) for key in ("image", "input", "Input") if key in settings] + list(args)
        if not inputs:
            raise TypeError(f"{function_name}() needs an image: an array, an image, or a filter that gives one.")
        arrays.refuse_dask([*inputs, *settings.values()], f"{function_name}()")
        inputs[0] = _arrange(inputs[0], settings, template)
        process = template.New(*inputs, **settings)
        result = process.__internal_call__()
        if isinstance(result, tuple):
            return tuple(arrays.like(inputs[0], image, process) for image in result)
        return arrays.like(inputs[0], result, process)

    hints = _find_hints(template, generated, documentation)
    function.__name__ = function.__qualname__ = function_name
    function.__module__ = "itk"
    function.__annotations__ = hints | {"return": _HINT_OF_RESULT}
    function.__signature__ = _make_signature(hints)
    function.__doc__ = _make_documentation(hints, documentation)
    function.process_object = template
    return function


def _arrange(image: Any, settings: dict[str, Any], template: FilterTemplate) -> Any:
    """A DataArray with its axes, and those of its mask, in the order that a filter takes. Its bins go to the
    settings."""
    if not arrays.is_data_array(image):
        return image
    input_type, *output_types = next(iter(template.keys()))
    if itk.template(input_type)[0] is itk.VectorImage:
        image = arrays.with_bins_last(image)
        if "bins" not in settings and (bins := arrays.find_bins(image)) is not None:
            settings["bins"] = bins
    elif output_types and _get_dimension(output_types[0]) < _get_dimension(input_type):
        image = arrays.with_time_first(image)
    mask = settings.get("mask")
    if arrays.is_data_array(mask):
        settings["mask"] = mask.transpose(*(dim for dim in image.dims if dim in mask.dims))
    return image


def _find_hints(template: FilterTemplate, generated: Callable, documentation: dict[str, str]) -> dict[str, str]:
    """The keywords of a function and what they take, in the order of the header."""
    told = {name: parameter.annotation for name, parameter in inspect.signature(generated).parameters.items()}
    own = [_wrapped.to_keyword(name) for name in documentation if name.startswith("Set")]
    more = _wrapped.MORE_KEYWORDS.get(template.__name__, ())
    return {
        keyword: _HINTS.get(keyword) or getattr(told.get(keyword, Any), "__name__", "Any")
        for keyword in ("image", *own, *more, "progress")
    }


def _make_signature(hints: dict[str, str]) -> inspect.Signature:
    image, *others = hints.items()
    parameters = [inspect.Parameter(image[0], inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=image[1])]
    for name, hint in others:
        # Of what is None, C++ has the default.
        default, annotation = (False, hint) if hint == "bool" else (None, f"{hint} | None")
        parameters.append(
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        )
    return inspect.Signature(parameters, return_annotation=_HINT_OF_RESULT)


def _make_documentation(hints: dict[str, str], documentation: dict[str, str]) -> str:
    """What the header says of a filter and its setters, as the documentation of its function."""
    text = re.sub(r"In C\+\+::\n\n(?:    .*\n|\n)*", "", documentation[""])
    parameters = []
    for keyword, hint in hints.items():
        help_on_keyword = _HELP.get(keyword) or documentation[_wrapped.to_setter(keyword)]
        parameters.append(f"{keyword} : {hint}\n{textwrap.indent(inspect.cleandoc(help_on_keyword), '    ')}")
    return "\n\n".join([text, "Parameters\n----------\n" + "\n".join(parameters), _HELP_ON_RESULT])


def _get_dimension(image_type: type) -> int:
    return itk.template(image_type)[1][1]


def _name_image_type(image_type: type) -> str:
    """How an image type is written in Python, for instance itk.Image[itk.UC, 2]."""
    container, (pixel, dimension) = itk.template(image_type)
    return f"{_name_template(container)}[{_name_pixel(pixel)}, {dimension}]"


def _name_pixel(pixel: Any) -> str:
    if hasattr(pixel, "short_name"):
        return f"itk.{pixel.short_name}"
    container, parameters = itk.template(pixel)
    return f"{_name_template(container)}[{', '.join(map(_name_parameter, parameters))}]"


def _name_parameter(parameter: Any) -> str:
    return str(parameter) if isinstance(parameter, int) else _name_pixel(parameter)


def _name_template(template: itkTemplate) -> str:
    return template.__name__.replace("::", ".")
