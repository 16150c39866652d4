# SPDX-License-Identifier: Apache-2.0
"""Colormaps and norms of matplotlib's as rulers, and rulers as these.

    import itk, matplotlib
    from intensitymapping.matplotlib import colormap_from_matplotlib

    colormap = colormap_from_matplotlib(matplotlib.colormaps["Spectral"])
    colors = itk.colormap_image_filter(image, colormap=colormap)

What is coloured by the rulers has the bytes of `cmap(norm(x), bytes=True)`. Filters take colormaps and norms of
matplotlib's as they are, too: `itk.colormap_image_filter(image, colormap=cmap, normalization=norm)`.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import itk
import numpy as np
from matplotlib import colors

__all__ = [
    "colormap_from_matplotlib",
    "colormap_to_matplotlib",
    "normalization_from_matplotlib",
    "normalization_to_matplotlib",
]


def colormap_from_matplotlib(cmap: colors.Colormap) -> Any:
    """An itk.Colormap with the entries of a colormap of matplotlib's, and its under, over and bad colours."""
    colormap = itk.Colormap.New()
    colormap.SetTable(cmap(np.arange(cmap.N)))
    colormap.SetUnderColor(cmap.get_under())
    colormap.SetOverColor(cmap.get_over())
    colormap.SetBadColor(cmap.get_bad())
    return colormap


def colormap_to_matplotlib(colormap: Any, name: str | None = None) -> colors.ListedColormap:
    """A colormap of matplotlib's with the entries of an itk.Colormap, and its under, over and bad colours.

    `name` is by default that of the colormap, or "unnamed".
    """
    under, over, bad = colormap.GetUnderColor(), colormap.GetOverColor(), colormap.GetBadColor()
    cmap = colors.ListedColormap(colormap.GetTable(), name or colormap.GetName() or "unnamed")
    return cmap.with_extremes(under=tuple(under), over=tuple(over), bad=tuple(bad))


def normalization_from_matplotlib(norm: colors.Normalize) -> Any:
    """The normalization that a norm of matplotlib's stands for.

    It is None, which stands for the range of the image, if the norm has no limits yet. Raises a TypeError if there is
    no such normalization.
    """
    conversion = next((conversion for conversion in _CONVERSIONS if type(norm) is conversion.norm), None)
    if conversion is None:
        raise TypeError(
            f"The norm is a {type(norm).__module__}.{type(norm).__qualname__}, for which there is no normalization. "
            f"There is one for {', '.join(conversion.norm.__name__ for conversion in _CONVERSIONS)}."
        )
    if norm.vmin is None and norm.vmax is None and not norm.clip:
        return None
    if norm.vmin is None or norm.vmax is None:
        raise ValueError(
            f"The limits of the norm are {norm.vmin} and {norm.vmax}: give both, for instance by "
            "norm.autoscale(array), or none, for the range of the image."
        )
    return conversion.to_normalization(norm)


def normalization_to_matplotlib(normalization: Any) -> colors.Normalize:
    """The norm of matplotlib's that a normalization stands for."""
    for conversion in _CONVERSIONS:
        if normalization.GetNameOfClass() == conversion.class_name:
            return conversion.to_norm(normalization)
    raise TypeError(
        f"The normalization is a {normalization.GetNameOfClass()}, for which there is no norm. There is one for "
        f"{', '.join(conversion.class_name for conversion in _CONVERSIONS)}."
    )


class _Conversion(NamedTuple):
    """A norm of matplotlib's and the wrapped class that stands for it, each made of the other."""

    norm: type[colors.Normalize]
    class_name: str
    to_normalization: Callable[[Any], Any]
    to_norm: Callable[[Any], colors.Normalize]


def _linear_from(norm: colors.Normalize) -> Any:
    return itk.LinearNormalization.New(minimum=norm.vmin, maximum=norm.vmax, clip=norm.clip)


def _linear_to(normalization: Any) -> colors.Normalize:
    return colors.Normalize(normalization.GetMinimum(), normalization.GetMaximum(), normalization.GetClip())


_CONVERSIONS = (_Conversion(colors.Normalize, "LinearNormalization", _linear_from, _linear_to),)
