# SPDX-License-Identifier: Apache-2.0
"""NumPy arrays and xarray.DataArrays as images, and images as these.

The axes of an array are those of an image in reverse: the last axis of an array, along which neighbours lie side by
side in memory, is the first of an image. An array of a series of frames has time first. Colours, and the bins of
histograms, are a last axis of an array.

**Copies.** An image made of an array is a view of it: nothing is copied, and the array lives as long as the image does.
An array that is not contiguous (a slice, a transpose, an array in Fortran's order) or not in the machine's byte order
is copied, once; its axes keep their order. What filters give is a view of the image that they made. Read-only arrays
will do.

**xarray.** Dimensions, coordinates, attributes and the name are kept. Coordinates that are evenly spaced numbers become
the spacing, origin and direction of the image. Colours get a last dimension `color` with the coordinates r, g, b and a;
where values are recovered, the last dimension goes. Histograms get a last dimension `bin` with the bins' centres
(`bin_lower` and `bin_upper` are their edges). Where frames are counted, the dimension called `time` is time, and comes
first if need be; without one, the first dimension is time. The attribute `units` goes from the values to the bins,
since counts have no unit, and from the bins to statistics.

**Dask.** Dask arrays are refused rather than loaded: see intensitymapping.dask.
"""

import sys
import warnings
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

# How to get at numbers that filters take, for types that they do not.
_ADVICE = {
    "b": "array.view(np.uint8)",
    "i": "array.astype(np.float64)",
    "u": "array.astype(np.float64)",
    "f": "array.astype(np.float64)",
    "c": "np.abs(array)",
}


# The same, where colours are taken.
_ADVICE_FOR_COLORS = {
    "b": "array.view(np.uint8) * np.uint8(255)",
    "u": "(array // 257).astype(np.uint8) if white is 65535",
    "f": "(255 * array).round().astype(np.uint8) if white is 1",
}


def is_data_array(value: Any) -> bool:
    """Whether a value is an xarray.DataArray, without importing xarray."""
    xarray = sys.modules.get("xarray")
    return xarray is not None and isinstance(value, xarray.DataArray)


def is_array(value: Any) -> bool:
    """Whether a value is an array, of whatever kind, rather than an image or a filter."""
    return hasattr(value, "__array__") and hasattr(value, "dtype") and not hasattr(value, "GetNameOfClass")


def image_from_array(array: Any, image_types: Iterable[type], user: str = "This filter") -> Any:
    """An image that is a view of an array: a NumPy array or an xarray.DataArray.

    It is of one of the types given, those that `user` takes; what is wrong with another array is said in words.
    """
    import itk

    if is_data_array(array):
        image = image_from_array(_numpy_of(array, user), image_types, user)
        _set_geometry(image, array)
        return image
    given = _numpy_of(array, user)
    image_type = _find_image_type(given, image_types, user)
    values = np.require(given, given.dtype.newbyteorder("="), "C")
    image = itk.image_view_from_array(values, ttype=image_type)
    # ITK takes an array of one long axis, the first, for one in Fortran's order.
    image.SetRegions([*reversed(values.shape[: image.GetImageDimension()])])
    keep_alive(values, image)
    return image


def array_from_image(image: Any) -> np.ndarray:
    """An array that is a view of an image, which lives as long as any view of the array does."""
    import itk

    return np.asarray(_Pixels(itk.array_view_from_image(image, update=False), image))


class _Pixels:
    """What an array that is a view of an image has as its base. ITK keeps the image by an ndarray of a class of its
    own, of which NumPy lets go when a plain ndarray is made of it."""

    def __init__(self, view: np.ndarray, image: Any) -> None:
        self.__array_interface__ = view.__array_interface__
        self._image = image


def like(source: Any, image: Any, process: Any) -> Any:
    """An image that a filter made of `source`, as the same kind of thing: an array, a DataArray or else an image."""
    import itk

    if not is_array(source) or not isinstance(image, itk.ImageBase):
        return image
    return _label(source, image, process) if is_data_array(source) else array_from_image(image)


def with_time_first(array: Any) -> Any:
    """A DataArray whose dimension `time`, if it has one, is the first."""
    if is_data_array(array) and "time" in array.dims:
        return array.transpose("time", ...)
    return array


def with_bins_last(array: Any) -> Any:
    """A DataArray whose dimension `bin`, if it has one, is the last."""
    if is_data_array(array) and "bin" in array.dims:
        return array.transpose(..., "bin")
    return array


def keep_alive(thing: Any, owner: Any) -> None:
    """Keeps a thing of Python's as long as an object of C++'s lives, which outlives what Python knows it by."""
    import itk

    # An event that never comes.
    owner.AddObserver(itk.UserEvent(), lambda: thing)


def refuse_dask(values: Iterable[Any], user: str) -> None:
    """Raises a TypeError if there is a dask array among some values."""
    for value in values:
        data = value.data if is_data_array(value) else value
        if hasattr(data, "__dask_graph__"):
            raise TypeError(
                f"{user} was given a dask array of shape {data.shape}: loading all of it might take more memory than "
                "there is. intensitymapping.dask.temporal_histogram() counts it where it is. Of what fits into memory, "
                "give array.compute(); else apply the filter to its blocks, by array.map_blocks()."
            )


def _numpy_of(array: Any, user: str) -> np.ndarray:
    """The NumPy array that an array is or holds."""
    refuse_dask([array], user)
    values = array.values if is_data_array(array) else array
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(
            f"{user} was given a masked array, and would not see its mask: give array.filled(np.nan) if it is of "
            "floats, or the mask apart, if the filter takes one."
        )
    if not isinstance(values, np.ndarray):
        raise TypeError(
            f"{user} was given a {type(values).__module__}.{type(values).__qualname__}: it takes NumPy arrays, "
            "xarray.DataArrays and images, for instance np.asarray() of it."
        )
    return values


class _Layout(NamedTuple):
    """What an array must be like to be viewed as an image of some type."""

    dtype: np.dtype
    number_of_axes: int
    # Of the last axis: 0 if it is one of space, None if any number will do.
    number_of_components: int | None


def _find_layout(image_type: type) -> _Layout:
    import itk

    container, (pixel, dimension) = itk.template(image_type)
    if container is itk.VectorImage:
        return _Layout(np.dtype(pixel.dtype), dimension + 1, None)
    if hasattr(pixel, "dtype"):
        return _Layout(np.dtype(pixel.dtype), dimension, 0)
    colors, (component,) = itk.template(pixel)
    return _Layout(np.dtype(component.dtype), dimension + 1, 3 if colors is itk.RGBPixel else 4)


def _find_image_type(array: np.ndarray, image_types: Iterable[type], user: str) -> type:
    """The type of image that an array can be viewed as."""
    types = {_find_layout(image_type): image_type for image_type in image_types}
    numbers_of_axes = sorted({layout.number_of_axes for layout in types})
    numbers_of_components = {layout.number_of_components for layout in types}
    takes_colors = 3 in numbers_of_components
    dtypes = sorted(
        {layout.dtype for layout in types}, key=lambda dtype: (dtype.kind == "f", dtype.itemsize, dtype.kind)
    )

    what = f"{user} was given an array of {array.dtype} of shape {array.shape}"
    colors = ", the last of which has red, green, blue and, if there is one, opacity" if takes_colors else ""
    native = array.dtype.newbyteorder("=")
    if native not in dtypes:
        advice = (_ADVICE_FOR_COLORS if takes_colors else _ADVICE).get(array.dtype.kind)
        advice = f", for instance by {advice}" if advice else ""
        raise TypeError(f"{what}: it takes {_either(dtype.name for dtype in dtypes)}. Convert it{advice}.")
    if array.ndim not in numbers_of_axes or (takes_colors and array.shape[-1] not in numbers_of_components):
        raise ValueError(f"{what}: it takes arrays of {_either(map(str, numbers_of_axes))} axes{colors}.")
    if array.size == 0:
        raise ValueError(f"{what}: there is nothing in it.")
    takes_gray = _Layout(np.dtype(np.uint8), 2, 0) in types
    if takes_gray and native == np.uint8 and array.ndim == 3 and array.shape[-1] in (3, 4):
        warnings.warn(
            f"{what}, which looks like a colour image, and took it for a volume, since each axis of an array is one of "
            "the image. Give one channel of it, or its mean over the last axis.",
            stacklevel=2,
        )
    return next(
        image_type
        for layout, image_type in types.items()
        if layout[:2] == (native, array.ndim) and layout.number_of_components in (0, None, array.shape[-1])
    )


def _either(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def _set_geometry(image: Any, array: Any) -> None:
    """Gives an image the spacing, origin and direction that the coordinates of a DataArray tell."""
    dimension = image.GetImageDimension()
    axes = [_find_line(array, dim) for dim in array.dims[:dimension]]
    spacing, origin = zip(*axes)
    image.SetSpacing([abs(step) for step in reversed(spacing)])
    image.SetOrigin([float(first) for first in reversed(origin)])
    direction = np.flip(np.asarray(array.attrs.get("direction", np.eye(dimension))))
    if direction.shape != (dimension, dimension):
        direction = np.eye(dimension)
    image.SetDirection(direction * np.sign(spacing[::-1]))


def _find_line(array: Any, dim: str) -> tuple[float, float]:
    """The step and the first of the coordinates of a dimension, if they are evenly spaced numbers; else 1 and 0."""
    if dim not in array.coords or array.coords[dim].dtype.kind not in "iuf" or array.sizes[dim] < 2:
        return 1.0, 0.0
    coordinates = array.coords[dim].values.astype(float)
    steps = np.diff(coordinates)
    if steps[0] == 0 or not np.allclose(steps, steps[0], rtol=1e-3, atol=0):
        return 1.0, 0.0
    return steps[0], coordinates[0]


def _label(source: Any, image: Any, process: Any) -> Any:
    """An image, made of a DataArray, as a DataArray."""
    import itk
    import xarray

    array = array_from_image(image)
    dimension = image.GetImageDimension()
    is_of_histograms = isinstance(process.GetInput(), itk.VectorImage)
    has_components = len(source.dims) > process.GetInput().GetImageDimension()
    dims_of_source = source.dims[:-1] if has_components else source.dims
    dims = dims_of_source[-dimension:]
    attrs = dict(source.attrs)
    if np.ndim(attrs.get("direction")) == 2:
        attrs["direction"] = np.asarray(attrs["direction"])[-dimension:, -dimension:]

    more_coords = {}
    if is_of_histograms:
        attrs |= _units_of_bins(source, process)
    elif len(dims) < len(dims_of_source):
        units = {"units": attrs.pop("units")} if "units" in attrs else {}
        more_coords = _bin_coordinates(process.GetBins(), units) if array.ndim > dimension else {}
    elif array.ndim > dimension:
        more_coords = {"color": list("rgba")[: array.shape[-1]]}

    frame = source.isel({dim: 0 for dim in source.dims if dim not in dims}, drop=True)
    last_dim = tuple(more_coords)[:1]
    return xarray.DataArray(array, frame.coords, (*dims, *last_dim), source.name, attrs).assign_coords(more_coords)


def _bin_coordinates(bins: Any, units: dict[str, Any]) -> dict[str, tuple[str, np.ndarray, dict[str, Any]]]:
    """The coordinates of a dimension of bins: centres, which are integers if the bins stand for these, and edges."""
    edges = np.array(bins.GetEdges())
    centers = bins.Inverse(np.arange(len(edges) - 1))
    if bins.GetIntegers():
        centers = centers.astype(np.int64)
    coordinates = {"bin": centers, "bin_lower": edges[:-1], "bin_upper": edges[1:]}
    return {name: ("bin", values, units) for name, values in coordinates.items()}


def _units_of_bins(histograms: Any, statistic: Any) -> dict[str, Any]:
    """The units of a statistic of histograms: those of the bins, but for a count."""
    import itk

    is_count = statistic.GetStatistic() == itk.TemporalHistogramStatisticImageFilterEnums.Statistic_Count
    attrs = histograms.coords["bin"].attrs if "bin" in histograms.coords else {}
    return {"units": attrs["units"]} if "units" in attrs and not is_count else {}


def find_bins(histograms: Any) -> range | np.ndarray | None:
    """The bins of a DataArray of histograms, as its coordinates tell them: integers or edges; None if they do not."""
    if not {"bin", "bin_lower", "bin_upper"} <= set(histograms.coords):
        return None
    centers = histograms.coords["bin"]
    if centers.dtype.kind == "i":
        return range(int(centers[0]), int(centers[-1]) + 1)
    return np.append(histograms.coords["bin_lower"].values, histograms.coords["bin_upper"].values[-1:])
