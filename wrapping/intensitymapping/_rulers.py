# SPDX-License-Identifier: Apache-2.0
"""Rulers made of what Python has, such as names, sequences and objects of matplotlib's; and rulers laid on arrays."""

import difflib
import os
import reprlib
import sys
from numbers import Number
from typing import Any, NamedTuple

import numpy as np

# By the names that matplotlib has for scales.
_NORMALIZATIONS = {
    "linear": "LinearNormalization",
    "log": "LogNormalization",
    "symlog": "SymmetricLogNormalization",
    "asinh": "AsinhNormalization",
    "power": "PowerNormalization",
    "centered": "CenteredNormalization",
    "twoslope": "TwoSlopeNormalization",
    "equalizing": "EqualizingNormalization",
}


class Unlearned(NamedTuple):
    """A normalization whose limits, or distribution, are to be those of the image."""

    normalization: Any


def as_colormap(value: Any) -> Any:
    """An itk.Colormap: given as such, by its name, by that of a file, as a colormap of matplotlib's, as (n, 3) or
    (n, 4) colours, or by the sink that learns it."""
    import itk

    if value is None or isinstance(value, itk.Colormap):
        return value
    if is_of_matplotlib(value, "Colormap"):
        from intensitymapping.matplotlib import colormap_from_matplotlib

        return colormap_from_matplotlib(value)
    if hasattr(value, "GetColormap"):
        return value.GetColormap()
    if _is_file(value):
        return _read_colormap(value)
    colormap = itk.Colormap.New()
    if isinstance(value, str):
        colormap.SetName(value)
    elif isinstance(value, np.ndarray | list | tuple):
        colormap.SetTable(value)
    else:
        raise TypeError(
            f"The colormap is {_describe(value)}: give a name (viridis, magma, jet, …), a file, an "
            "itk.Colormap, a colormap of matplotlib's, or (n, 3) or (n, 4) colours from 0 to 1."
        )
    return colormap


def _is_file(value: Any) -> bool:
    import itk

    if isinstance(value, str):
        return os.path.splitext(value)[1].lower() in itk.ColormapFileReader.GetExtensions()
    return isinstance(value, os.PathLike)


def _read_colormap(file: str | os.PathLike) -> Any:
    import itk

    reader = itk.ColormapFileReader.New(file_name=os.fspath(file))
    reader.Update()
    return reader.GetColormap()


def as_normalization(value: Any) -> Any:
    """An itk.IntensityNormalization: given as such, as (minimum, maximum), as a norm of matplotlib's, or by the sink
    that learns it. By its name, and as a norm that has no limits yet, it is Unlearned."""
    import itk

    if value is None or isinstance(value, itk.IntensityNormalization):
        return value
    if is_of_matplotlib(value, "Normalize"):
        from intensitymapping.matplotlib import normalization_from_matplotlib

        return normalization_from_matplotlib(value)
    if hasattr(value, "GetNormalization"):
        return value.GetNormalization()
    if isinstance(value, np.ndarray | list | tuple) and len(value) == 2 and all(map(_is_real, value)):
        return itk.LinearNormalization.New(minimum=value[0], maximum=value[1])
    if isinstance(value, str):
        return Unlearned(_make_normalization(value))
    raise TypeError(
        f"The normalization is {_describe(value)}: give (minimum, maximum), two numbers, a name "
        f"({', '.join(_NORMALIZATIONS)}), an itk.LinearNormalization or another one, a norm of matplotlib's, or "
        "None for the range of the image."
    )


def _make_normalization(name: str) -> Any:
    import itk

    if name not in _NORMALIZATIONS:
        near = difflib.get_close_matches(name.lower(), _NORMALIZATIONS, n=1)
        raise ValueError(
            f"There is no normalization {name!r}{f': did you mean {near[0]!r}?' if near else '.'} There are "
            f"{', '.join(_NORMALIZATIONS)}; (minimum, maximum) are two numbers."
        )
    return getattr(itk, _NORMALIZATIONS[name]).New()


def as_bins(value: Any) -> Any:
    """An itk.HistogramBins: given as such, as increasing edges, or as a range of integers, each of which gets a bin."""
    import itk

    if value is None or isinstance(value, itk.HistogramBins):
        return value
    bins = itk.HistogramBins.New()
    if isinstance(value, range) and value.step == 1 and len(value) > 0:
        bins.SetIntegers(value[0], value[-1])
    else:
        bins.SetEdges(value)
    return bins


def as_edges(value: Any) -> list[float]:
    """Edges of bins, as C++ takes them."""
    try:
        edges = np.asarray(value)
    except ValueError:
        edges = np.asarray(None)
    if isinstance(value, range) or edges.ndim != 1 or edges.dtype.kind not in "iuf":
        raise TypeError(
            f"The bins are {_describe(value)}: give an itk.HistogramBins, increasing edges, for instance "
            "np.linspace(minimum, maximum, number_of_bins + 1), or a range of integers, such as range(256), each of "
            "which gets a bin."
        )
    return edges.astype(float).tolist()


def as_color(value: Any) -> list[float]:
    """Red, green, blue and opacity from three or four numbers."""
    try:
        components = [float(component) for component in value]
    except (TypeError, ValueError):
        components = []
    if len(components) not in (3, 4):
        raise TypeError(
            f"The colour is {_describe(value)}: give red, green, blue and, if you like, opacity, each from 0 to 1."
        )
    return components if len(components) == 4 else [*components, 1.0]


def as_table(value: Any) -> np.ndarray:
    """A table of colours: an array of shape (n, 4)."""
    try:
        colors = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        colors = np.empty(0)
    if colors.ndim != 2 or colors.shape[1] not in (3, 4):
        raise TypeError(
            f"The table of colours is {_describe(value)}: give n colours of red, green, blue and, if you like, "
            "opacity, from 0 to 1, for instance an array of shape (n, 3) or (n, 4)."
        )
    if colors.shape[1] == 3:
        colors = np.column_stack([colors, np.ones(len(colors))])
    return colors


def is_of_matplotlib(value: Any, class_name: str) -> bool:
    """Whether a value is an object of a class of matplotlib.colors, without importing it."""
    colors = sys.modules.get("matplotlib.colors")
    return colors is not None and isinstance(value, getattr(colors, class_name))


class NormalizationMethods:
    """What the wrapped IntensityNormalization has for arrays."""

    def Forward(self, intensities: Any) -> np.ndarray:
        """Normalizes an array of intensities: in single precision if they are of float32, or integers of at most 16
        bits, and the normalization does not require double precision; else in double precision."""
        is_single = _is_single(intensities) and not self.RequiresDoublePrecision()
        values = _contiguous(intensities, np.float32 if is_single else np.float64)
        normalized = np.empty_like(values)
        forward = self._ForwardSingle if is_single else self._ForwardDouble
        forward(values.ctypes.data, normalized.ctypes.data, values.size)
        return normalized

    def Inverse(self, normalized: Any) -> np.ndarray:
        """The intensities, in double precision, that have the given normalized values."""
        values = _contiguous(normalized, np.float64)
        intensities = np.empty_like(values)
        self._InverseDouble(values.ctypes.data, intensities.ctypes.data, values.size)
        return intensities


class EqualizingMethods:
    """What the wrapped EqualizingNormalization has for arrays."""

    def SetCounts(self, values: Any, counts_below: Any) -> None:
        given, counts = _contiguous(values, np.float64), _contiguous(counts_below, np.uint64)
        if given.ndim != 1 or counts.shape != (given.size + 1,):
            raise ValueError(
                f"The values are {_describe(values)} and the counts {_describe(counts_below)}: give two sequences, the "
                "second of which is longer by one, the number of all intensities."
            )
        self._SetCounts(given.ctypes.data, counts.ctypes.data, given.size)

    def GetValues(self) -> np.ndarray:
        return self._get_counts()[0]

    def GetCountsBelow(self) -> np.ndarray:
        return self._get_counts()[1]

    def _get_counts(self) -> tuple[np.ndarray, np.ndarray]:
        """The values, and how many intensities are below each, and of all."""
        size = self._GetNumberOfValues() + 1
        values, counts = np.empty(size), np.empty(size, np.uint64)
        self._CopyCounts(values.ctypes.data, counts.ctypes.data)
        return values[:-1], counts


class ColormapMethods:
    """What the wrapped Colormap has for arrays."""

    def SetTable(self, table: Any) -> None:
        self._SetTable(as_table(table).ravel().tolist())

    def GetTable(self) -> np.ndarray:
        """The colours of the entries: an array of shape (n, 4) of red, green, blue and opacity, from 0 to 1."""
        return np.array(self._GetTable()).reshape(-1, 4)

    def GetByteTable(self) -> np.ndarray:
        """The colours of the n entries, then the under, over and bad colours: an array of bytes of shape (n + 3, 4)."""
        special = [list(color) for color in (self.GetUnderColor(), self.GetOverColor(), self.GetBadColor())]
        return (255 * np.vstack([self.GetTable(), special])).astype(np.uint8)

    def Forward(self, normalized: Any) -> np.ndarray:
        """The colours of an array of normalized values: bytes, along a last axis of red, green, blue and opacity.
        Values of float32 are worked in single precision, all others in double precision."""
        is_single = getattr(normalized, "dtype", None) == np.float32
        values = _contiguous(normalized, np.float32 if is_single else np.float64)
        colors = np.empty((*values.shape, 4), np.uint8)
        forward = self._ForwardSingle if is_single else self._ForwardDouble
        forward(values.ctypes.data, colors.ctypes.data, values.size)
        return colors

    def Inverse(self, colors: Any) -> np.ndarray:
        """The normalized values of an array of colours: bytes, along a last axis of red, green, blue and, if there is
        one, opacity, which is not looked at. Of the entries whose bytes are nearest, the first, and with it those next
        to it of the same bytes; the centre of the interval of values that have one of these."""
        given = np.asarray(colors)
        if given.dtype != np.uint8 or given.ndim == 0 or given.shape[-1] not in (3, 4):
            raise TypeError(
                f"The colours are {_describe(colors)}: give an array of uint8 with a last axis of red, green and blue, "
                "or of red, green, blue and opacity."
            )
        bytes_of_colors = np.zeros((*given.shape[:-1], 4), np.uint8)
        bytes_of_colors[..., : given.shape[-1]] = given
        normalized = np.empty(given.shape[:-1])
        self._InverseDouble(bytes_of_colors.ctypes.data, normalized.ctypes.data, normalized.size)
        return normalized


class BinsMethods:
    """What the wrapped HistogramBins has for arrays."""

    def Forward(self, values: Any) -> np.ndarray:
        """The codes of an array of values: each one's bin, or the code of what is under, over or invalid."""
        is_single = _is_single(values)
        reals = _contiguous(values, np.float32 if is_single else np.float64)
        codes = np.empty(reals.shape, np.uint32)
        forward = self._ForwardSingle if is_single else self._ForwardDouble
        forward(reals.ctypes.data, codes.ctypes.data, reals.size)
        return codes

    def Inverse(self, codes: Any) -> np.ndarray:
        """The centres of an array of bins: minus infinity for the under code, infinity for the over code, NaN for every
        other code that is no bin."""
        numbers = _contiguous(codes, np.uint32)
        values = np.empty(numbers.shape)
        self._InverseDouble(numbers.ctypes.data, values.ctypes.data, values.size)
        return values


def _contiguous(values: Any, dtype: type) -> np.ndarray:
    return np.require(values, dtype, ["C", "A"])


def _is_single(values: Any) -> bool:
    dtype = getattr(values, "dtype", np.dtype(float))
    return dtype == np.float32 or (dtype.kind in "biu" and dtype.itemsize <= 2)


def _is_real(value: Any) -> bool:
    return isinstance(value, Number) and not isinstance(value, complex)


def _describe(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype} of shape {value.shape}"
    return f"{reprlib.repr(value)} ({type(value).__name__})"
