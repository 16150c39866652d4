# SPDX-License-Identifier: Apache-2.0
"""What the wrapped classes have beyond what ITK's wrapping gives them.

The file that ITK's wrapping generates, itk/IntensityMappingPython.py, calls verify_version_of_itk() first thing, before
it loads any binary, and complete() last.
"""

import difflib
import functools
import inspect
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from intensitymapping import _rulers, arrays


def verify_version_of_itk(built_with: str) -> None:
    """Raises an ImportError unless the ITK that is installed fits the one that the binaries were built with."""
    from itkConfig import ITK_GLOBAL_VERSION_STRING as installed

    wanted, found = ([int(number) for number in re.findall(r"\d+", version)] for version in (built_with, installed))
    if found[:2] != wanted[:2] or found < wanted:
        raise ImportError(
            f"The filters of itk-intensitymapping were built for itk {built_with}, and would crash beside the itk "
            f'{installed} that is installed: pip install "itk~={built_with}"'
        )


class ProcessAborted(RuntimeError):
    """An update was ended before its time, as it was asked to. The output is not made."""


class ProcessMethods:
    """What the wrapped filters and sinks have."""

    def Update(self) -> None:
        """Brings the output up to date.

        Other threads of Python go on meanwhile. Ctrl-C, and whatever else a signal or an observer raises, aborts the
        update and is raised from here. An update that AbortGenerateDataOn() ends raises
        intensitymapping.ProcessAborted. The filter can be used again after either.
        """
        _expect_completed(self, _get_interruption().itkUpdateInterruptibly(self))

    def UpdateLargestPossibleRegion(self) -> None:
        """Brings all of the output up to date, whatever part of it was asked for before. See Update()."""
        _expect_completed(self, _get_interruption().itkUpdateLargestPossibleRegionInterruptibly(self))

    def UpdateOutputInformation(self) -> None:
        """Finds out what the output will be, for instance its size, without making it. See Update()."""
        _expect_completed(self, _get_interruption().itkUpdateOutputInformationInterruptibly(self))

    def AbortGenerateDataOn(self) -> None:
        """Ends an update that is running, from an observer or from another thread. See Update()."""
        _get_interruption().itkAbortUpdate(self)

    def SetAbortGenerateData(self, abort: bool) -> None:
        """Whether to end an update that is running. See AbortGenerateDataOn()."""
        import itk

        if abort:
            self.AbortGenerateDataOn()
        else:
            itk.ProcessObject.SetAbortGenerateData(self, False)

    def AddObserver(self, event: Any, command: Callable[[], Any]) -> int:
        """Has a function without parameters called at an event, and returns a tag for RemoveObserver().

        It is called in the thread that called Update(). What it raises aborts the update, and is raised from Update().
        """
        import itk

        if isinstance(command, itk.PyCommand):
            command = command.GetCommandCallable()
        if isinstance(command, itk.Command):
            return itk.Object.AddObserver(self, event, command)
        if not callable(command):
            raise TypeError(f"The observer is {command!r}: give a function without parameters, or an itk.Command.")
        return _get_interruption().itkAddPythonObserver(self, event, command)

    def __getitem__(self, item: int | slice) -> Any:
        """An output, or several of them, as what they are."""
        import itk

        indices = range(self.GetNumberOfIndexedOutputs())[item]
        get_output = _get_interruption().itkGetIndexedOutput
        if isinstance(item, slice):
            return [itk.down_cast(get_output(self, index)) for index in indices]
        return itk.down_cast(get_output(self, indices))

    def __internal_call__(self) -> Any:
        """Brings all outputs up to date, and returns them."""
        self.UpdateLargestPossibleRegion()
        outputs = tuple(self[:])
        return outputs if len(outputs) > 1 else outputs[0]


class IntensityRange(NamedTuple):
    """What an IntensityRangeImageSink found."""

    minimum: float
    maximum: float
    number_of_finite_values: int
    number_of_infinities: int
    number_of_nans: int
    number_of_non_positive_values: int


class RangeSinkMethods:
    """What the wrapped IntensityRangeImageSink has."""

    def GetRange(self) -> IntensityRange:
        return IntensityRange(
            self.GetMinimum(),
            self.GetMaximum(),
            self.GetNumberOfFiniteValues(),
            self.GetNumberOfInfinities(),
            self.GetNumberOfNaNs(),
            self.GetNumberOfNonPositiveValues(),
        )


class ColormapFit(NamedTuple):
    """How well a colormap explains a picture."""

    name: str
    rank: int
    mean_distance: float
    explained_fraction: float


class IdentificationMethods:
    """What the wrapped ColormapIdentificationImageSink has."""

    def GetRanking(self) -> list[ColormapFit]:
        """How well each candidate explains the picture, the best first."""
        columns = self.GetRankedNames(), self.GetRanks(), self.GetMeanDistances(), self.GetExplainedFractions()
        return [ColormapFit(*row) for row in zip(*columns)]


class InverseColormapMethods:
    """What the wrapped InverseColormapImageFilter has."""

    def __internal_call__(self) -> Any:
        """Brings all outputs up to date, and returns the values and what else is computed."""
        self.UpdateLargestPossibleRegion()
        others = self.GetHalfWidthImage(), self.GetDistanceImage(), self.GetAmbiguityImage(), self.GetGrayImage()
        outputs = self.GetOutput(), *(image for image in others if image is not None)
        return outputs if len(outputs) > 1 else outputs[0]


_METHODS = {
    "itkProcessObject": ProcessMethods,
    "itkIntensityRangeImageSink": RangeSinkMethods,
    "itkColormapIdentificationImageSink": IdentificationMethods,
    "itkInverseColormapImageFilter": InverseColormapMethods,
    "itkIntensityNormalization": _rulers.NormalizationMethods,
    "itkEqualizingNormalization": _rulers.EqualizingMethods,
    "itkColormap": _rulers.ColormapMethods,
    "itkHistogramBins": _rulers.BinsMethods,
}


def complete(namespace: dict[str, Any], documentation: dict[str, dict[str, str]]) -> None:
    """Completes the wrapped classes in the namespace of the module that ITK's wrapping generates, and puts templates
    and functions there that take arrays. `documentation` are the comments of the headers: of each class its own, under
    "", and those of its methods."""
    from itk.support.base import itk_base_global_module_data

    from intensitymapping import _functions

    templates = []
    for feature in itk_base_global_module_data["IntensityMapping"].get_all_template_features():
        name = feature.get_python_class_name()
        if name not in documentation:
            continue
        swig_class = namespace[feature.get_swig_class_name()]
        # ITK may run the module twice.
        if "_generated" not in vars(swig_class):
            _complete_class(swig_class, name, documentation)
        if feature.is_itk_class():
            templates.append(feature.get_cpp_class_name())
    for cpp_name in dict.fromkeys(templates):
        _functions.put_in_place(namespace, cpp_name, documentation)


def _complete_class(swig_class: type, name: str, documentation: dict[str, dict[str, str]]) -> None:
    """Gives a wrapped class its methods, its documentation, and setters that take what Python has."""
    swig_class._generated = dict(vars(swig_class))
    names = {f"itk{name}", *(base.__name__ for base in swig_class.__mro__)}
    for methods in [methods for name_of_base, methods in _METHODS.items() if name_of_base in names]:
        for method_name, method in vars(methods).items():
            if inspect.isfunction(method):
                setattr(swig_class, method_name, method)
    if name.endswith("Sink"):
        for getter_name in _LEARNED & swig_class._generated.keys():
            setattr(swig_class, getter_name, _make_getter_of_learned(swig_class._generated[getter_name]))
    _document_class(swig_class, name, documentation)
    for setter_name in _find_setters(swig_class):
        setattr(swig_class, setter_name, _make_setter(getattr(swig_class, setter_name), setter_name))
    if hasattr(swig_class, "SetInput"):
        swig_class.SetInput.__doc__ = "What to work on: an image, a filter that gives one, or an array."
    if "New" in vars(swig_class):
        swig_class.New = staticmethod(_make_new(swig_class, name))


def _document_class(swig_class: type, name: str, documentation: dict[str, dict[str, str]]) -> None:
    """Puts the comments of the headers into a class and its methods, before what ITK's wrapping says of types."""
    texts = {}
    for base in reversed([name, *(base.__name__.removeprefix("itk") for base in swig_class.__mro__[1:])]):
        texts |= documentation.get(base, {})
    swig_class.__doc__ = documentation[name][""]
    for method_name in texts.keys() & vars(swig_class).keys():
        member = vars(swig_class)[method_name]
        method = getattr(member, "__func__", member)
        if member is swig_class._generated.get(method_name):
            method.__doc__ = f"{texts[method_name]}\n\n{inspect.cleandoc(method.__doc__ or '')}"
        elif method.__doc__ is None:
            method.__doc__ = texts[method_name]


def _make_getter_of_learned(getter: Callable) -> Callable:
    """A getter of a ruler that a sink learns, which keeps the sink: in C++ it does not."""

    # Its documentation is that of the header.
    @functools.wraps(getter, assigned=("__name__", "__qualname__", "__module__"))
    def get(self: Any) -> Any:
        import itk

        ruler = itk.down_cast(getter(self))
        ruler._sink = self
        return ruler

    return get


def _find_setters(swig_class: type) -> list[str]:
    own = [name for name, member in vars(swig_class).items() if name.startswith("Set") and inspect.isfunction(member)]
    return [*own, "SetInput"] if hasattr(swig_class, "SetInput") else own


def _make_setter(setter: Callable, name: str) -> Callable:
    """A setter that takes what Python has, as its last argument. Scalars of NumPy's will do everywhere."""
    convert = _CONVERSIONS.get(name, lambda _, value: _as_plain(value))

    @functools.wraps(setter)
    def convert_and_set(self: Any, *args: Any) -> Any:
        if name in _SETTERS_OF_PAIRS and len(args) == 1:
            args = tuple(args[0])
        converted = [*map(_as_plain, args[:-1]), *(convert(self, value) for value in args[-1:])]
        return setter(self, *converted)

    return convert_and_set


def _as_plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _as_input(process: Any, image: Any) -> Any:
    """What a filter takes as input: an image, made from an array if one is given."""
    import itk

    if not arrays.is_array(image):
        return itk.output(image)
    return arrays.image_from_array(image, [itk.template(process)[1][0]], process.GetNameOfClass())


def _as_mask(process: Any, mask: Any) -> Any:
    """A mask of an image or a series: of its shape; of a series, also of that of one frame, which then holds for all
    frames."""
    import itk

    if not arrays.is_array(mask):
        return itk.output(mask)
    user = f"The mask of {process.GetNameOfClass()}"
    arrays.refuse_dask([mask], user)
    values = np.asarray(mask)
    if values.dtype not in (bool, np.uint8):
        raise TypeError(
            f"{user} was given an array of {values.dtype}: it takes bool or uint8, for instance array != 0."
        )
    input_type, *output_types = itk.template(process)[1]
    dimension = itk.template(input_type)[1][1]
    # What takes a series of frames gives what has no time.
    is_of_series = any(itk.template(output_type)[1][1] < dimension for output_type in output_types)
    if is_of_series and values.ndim == dimension - 1:
        values = values[np.newaxis]
    image = arrays.image_from_array(values.view(np.uint8), [itk.Image[itk.UC, dimension]], user)
    masked = process.GetInput()
    if masked is not None:
        _expect_fits(values.shape, masked, is_of_series, user)
        image.SetSpacing(masked.GetSpacing())
        image.SetOrigin(masked.GetOrigin())
        image.SetDirection(masked.GetDirection())
    return image


def _expect_fits(shape: tuple[int, ...], masked: Any, is_of_series: bool, user: str) -> None:
    """Raises a ValueError unless a mask of some shape fits an image or a series, if the shape of that is known."""
    if masked.GetSource() is not None:
        return
    due = tuple(masked.GetLargestPossibleRegion().GetSize())[::-1]
    if shape == due or (is_of_series and shape == (1, *due[1:])):
        return
    kind = "series" if is_of_series else "image"
    or_a_frame = f", or of the shape of one frame, {due[1:]}" if is_of_series else ""
    raise ValueError(
        f"{user} was given an array of shape {shape}, but the {kind} has the shape {due}: give a mask of that "
        f"shape{or_a_frame}."
    )


def _make_enum_conversion(enums_name: str, enum_name: str) -> Callable[[Any, Any], Any]:
    """Takes an element of an enumeration by its name, as C++ has it (InterquartileRange) or as Python would
    (interquartile_range)."""

    def convert(process: Any, value: Any) -> Any:
        import itk

        if not isinstance(value, str):
            return _as_plain(value)
        enums, prefix = getattr(itk, enums_name), f"{enum_name}_"
        names = [name.removeprefix(prefix) for name in dir(enums) if name.startswith(prefix)]
        for name in names:
            if name.lower() == value.replace("_", "").lower():
                return getattr(enums, prefix + name)
        known = [to_snake_case(name) for name in names]
        raise ValueError(
            f"There is no {enum_name.lower()} {value!r}{_suggest(value, known)} There are {', '.join(known)}."
        )

    return convert


def _as_colormap(process: Any, value: Any) -> Any:
    return _keep_sink(process, _rulers.as_colormap(value))


def _as_normalization(process: Any, value: Any) -> Any:
    normalization = _rulers.as_normalization(value)
    if isinstance(normalization, _rulers.Unlearned):
        normalization = _learn_from_input(process, normalization.normalization)
    return _keep_sink(process, normalization)


def _keep_sink(process: Any, ruler: Any) -> Any:
    sink = getattr(ruler, "_sink", None)
    if sink is not None:
        arrays.keep_alive(sink, process)
    return ruler


def _learn_from_input(process: Any, normalization: Any) -> Any:
    """A normalization whose limits are to be learned: by the process itself, if it is a sink, else from its input."""
    import itk

    name, what = process.GetNameOfClass(), f"the limits of the {normalization.GetNameOfClass()}"
    if name.endswith("Sink"):
        return normalization
    image = process.GetInput()
    if image is None:
        raise ValueError(f"{name} has no input to learn {what} from: set the input first.")
    if type(image) not in [key[0] for key in itk.IntensityRangeImageSink]:
        raise ValueError(
            f"{name} cannot learn {what} from colours: give (minimum, maximum), or a normalization that has limits."
        )
    number_of_stream_divisions = process.GetNumberOfStreamDivisions()
    if isinstance(normalization, itk.EqualizingNormalization):
        sink = itk.IntensityDistributionImageSink[type(image)].New(
            image, number_of_stream_divisions=number_of_stream_divisions
        )
    else:
        sink = itk.IntensityRangeImageSink[type(image)].New(
            image, normalization=normalization, number_of_stream_divisions=number_of_stream_divisions
        )
    return sink.GetNormalization()


def _as_distribution(process: Any, value: Any) -> Any:
    """A distribution: given as such, by the sink that learns it, or as the image or array to learn it from."""
    import itk

    if value is None or isinstance(value, itk.EqualizingNormalization):
        return _keep_sink(process, value)
    if not hasattr(value, "GetNormalization"):
        if not (arrays.is_array(value) or isinstance(itk.output(value), itk.ImageBase)):
            raise TypeError(
                f"The distribution is {value!r}: give an itk.EqualizingNormalization, the sink that learns it, or the "
                "image or array that it is learned from."
            )
        value = itk.IntensityDistributionImageSink.New(value)
    return _keep_sink(process, value.GetNormalization())


def _as_luma(process: Any, value: Any) -> Any:
    """The luma of a picture: an image, made from an array if one is given."""
    import itk

    if not arrays.is_array(value):
        return itk.output(value)
    user = f"The luma of {process.GetNameOfClass()}"
    return arrays.image_from_array(value, [itk.template(process)[1][1]], user)


def _as_region(process: Any, value: Any) -> Any:
    """A region of a picture: given as such, or as slices of rows and columns, as numpy.s_[60:430, 560:578]."""
    import itk

    if isinstance(value, itk.ImageRegion[2]):
        return value
    is_slices = isinstance(value, tuple) and len(value) == 2 and all(isinstance(axis, slice) for axis in value)
    if not is_slices or any(axis.start is None or axis.stop is None or axis.step not in (None, 1) for axis in value):
        raise TypeError(
            f"The region is {value!r}: give an itk.ImageRegion[2], or slices of rows and columns with both ends, such "
            "as np.s_[60:430, 560:578]."
        )
    region = itk.ImageRegion[2]()
    region.SetIndex([axis.start for axis in reversed(value)])
    region.SetSize([max(axis.stop - axis.start, 0) for axis in reversed(value)])
    return region


def _as_boundaries(_: Any, value: Any) -> list[float]:
    return [float(boundary) for boundary in value]


_CONVERSIONS: dict[str, Callable[[Any, Any], Any]] = {
    "SetInput": _as_input,
    "SetMaskImage": _as_mask,
    "SetStatistic": _make_enum_conversion("TemporalHistogramStatisticImageFilterEnums", "Statistic"),
    "SetMethod": _make_enum_conversion("HistogramEqualizationEnums", "Method"),
    "SetResolution": _make_enum_conversion("IntensityDistributionEnums", "Resolution"),
    "SetDistribution": _as_distribution,
    "SetTargetDistribution": _as_distribution,
    "SetLumaImage": _as_luma,
    "SetMetric": _make_enum_conversion("InverseColormapImageFilterEnums", "Metric"),
    "SetOrientation": _make_enum_conversion("ColorBarImageSinkEnums", "Orientation"),
    "SetNormalization": _as_normalization,
    "SetColormap": _as_colormap,
    "SetBarRegion": _as_region,
    "SetBoundaries": _as_boundaries,
    "SetBins": lambda _, value: _rulers.as_bins(value),
    "SetEdges": lambda _, value: _rulers.as_edges(value),
    "SetUnderColor": lambda _, value: _rulers.as_color(value),
    "SetOverColor": lambda _, value: _rulers.as_color(value),
    "SetBadColor": lambda _, value: _rulers.as_color(value),
}

# A position and a value.
_SETTERS_OF_PAIRS = ("SetFirstTick", "SetSecondTick")

# What sinks learn.
_LEARNED = {"GetColormap", "GetNormalization"}

# Keywords that are not named as their setters are.
_ALIASES = {"mask": "MaskImage"}

# What New() of a template, and its function, take beyond the setters of the wrapped class.
MORE_KEYWORDS = {
    "itk::ColormapImageFilter": ("rgb",),
    "itk::ContrastLimitedAdaptiveHistogramEqualizationImageFilter": ("per_frame",),
    "itk::HistogramEqualizationImageFilter": ("per_frame", "dtype"),
}

# What resets other settings, or is used by other setters, is set first.
_FIRST_SETTERS = ("SetInput", "SetNumberOfStreamDivisions", "SetName", "SetTable")


def _make_new(swig_class: type, name: str) -> Callable:
    """New() of a wrapped class, which says what is wrong with its arguments."""
    is_process = hasattr(swig_class, "AbortGenerateDataOn")

    def New(*args: Any, **kwargs: Any) -> Any:
        instance = swig_class.__New_orig__()
        progress = kwargs.pop("progress", None) if is_process else None
        _configure(instance, name, args, kwargs)
        if is_process:
            _get_interruption().itkAddPythonSignalObserver(instance)
            _observe_progress(instance, name, progress)
        return instance

    New.__doc__ = f"Makes a {name}. What is given by name is set by the method of that name, as in New(minimum=5)."
    if is_process:
        New.__doc__ += (
            " What is not given by name is the input.\n\n"
            "progress: a function that is called with the progress, from 0 to 1; or True for a bar, drawn by tqdm."
        )
    return New


def _configure(instance: Any, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Sets the inputs and parameters of a new object."""
    from itk.support import template_class

    if args and not hasattr(instance, "SetInput"):
        raise TypeError(f"{name}.New() takes its arguments by name: {', '.join(_list_keywords(instance, name))}.")
    for_itk = {key: kwargs.pop(key) for key in ("auto_progress", "template_parameters") if key in kwargs}
    setters = [(_find_setter(instance, name, key), value) for key, value in kwargs.items()]
    template_class.New(instance, *(_as_input(instance, arg) for arg in args), **for_itk)
    for setter, value in sorted(setters, key=lambda item: item[0].__name__ not in _FIRST_SETTERS):
        setter(value)


def _find_setter(instance: Any, name: str, keyword: str) -> Callable:
    """The method that sets what a keyword names."""
    setter = getattr(instance, to_setter(keyword), None)
    if setter is None:
        known = _list_keywords(instance, name)
        raise TypeError(f"{name} has no parameter {keyword!r}{_suggest(keyword, known)} It takes {', '.join(known)}.")
    return setter


def _list_keywords(instance: Any, name: str) -> list[str]:
    """What New() and the function of a wrapped class take by name, as far as this module defines it."""
    bases = [base for base in type(instance).__mro__ if "_generated" in vars(base)]
    setters = {name for base in bases for name in vars(base) if name.startswith("Set")}
    own = sorted(map(to_keyword, setters - {"SetAbortGenerateData", "SetInput"}))
    progress = ["progress"] if hasattr(instance, "AbortGenerateDataOn") else []
    return [*own, *MORE_KEYWORDS.get(f"itk::{name}", ()), *progress]


def to_keyword(setter_name: str) -> str:
    """`number_of_stream_divisions` of `SetNumberOfStreamDivisions`."""
    member = setter_name.removeprefix("Set")
    return next((alias for alias, aliased in _ALIASES.items() if aliased == member), to_snake_case(member))


def to_setter(keyword: str) -> str:
    """`SetNumberOfStreamDivisions` of `number_of_stream_divisions`."""
    from itk.support.helpers import snake_to_camel_case

    return "Set" + (_ALIASES.get(keyword) or (snake_to_camel_case(keyword) if keyword.islower() else keyword))


def to_snake_case(name: str) -> str:
    """`interquartile_range` of `InterquartileRange`."""
    from itk.support.helpers import camel_to_snake_case

    return camel_to_snake_case(name)


def _suggest(word: str, known: list[str]) -> str:
    """The end of a sentence about a word that is not known."""
    near = difflib.get_close_matches(word.lower(), known, n=1)
    return f": did you mean {near[0]!r}?" if near else "."


def _observe_progress(process: Any, name: str, progress: Callable[[float], Any] | bool | None) -> None:
    """Has a function called with the progress of a process object, or draws a bar of it if `progress` is True."""
    if progress is None or progress is False:
        return
    if progress is True:
        progress = _ProgressBar(name)
    if not callable(progress):
        raise TypeError(
            f"progress is {progress!r}: give True for a bar, or a function that takes the progress, from 0 to 1."
        )
    _get_interruption().itkAddPythonProgressObserver(process, progress)


class _ProgressBar:
    """A bar, drawn by tqdm, for each update."""

    def __init__(self, description: str) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            raise ImportError(
                "progress=True draws a bar by tqdm, which is not installed: pip install tqdm, or give a function that "
                "takes the progress, from 0 to 1."
            ) from None
        bar_format = "{desc}: {percentage:3.0f}% |{bar}| {elapsed}<{remaining}"
        self._make_bar = functools.partial(tqdm, desc=description, total=1.0, bar_format=bar_format)
        self._bar = None

    def __call__(self, progress: float) -> None:
        if self._bar is None or progress < self._bar.n:
            self._bar = self._make_bar()
        self._bar.update(progress - self._bar.n)
        if progress >= 1:
            self._bar.close()
            self._bar = None


def _expect_completed(process: Any, is_completed: bool) -> None:
    if not is_completed:
        raise ProcessAborted(
            f"{process.GetNameOfClass()}, or something that it depends on, was aborted: its output is not made. "
            "Update() begins anew."
        )


def _get_interruption() -> ModuleType:
    import itk.itkInterruptibleUpdatePython as interruption

    return interruption
