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

from intensitymapping._rulers import Unlearned

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

    A norm that has no limits yet is one to be learned from an image: a filter takes those of its input. Raises a
    TypeError if there is no such normalization.
    """
    conversion = next((conversion for conversion in _CONVERSIONS if type(norm) is conversion.norm), None)
    if conversion is None:
        raise TypeError(
            f"The norm is a {type(norm).__module__}.{type(norm).__qualname__}, for which there is no normalization. "
            f"There is one for {', '.join(conversion.norm.__name__ for conversion in _CONVERSIONS)}."
        )
    if norm.vmin is None and norm.vmax is None:
        return Unlearned(conversion.to_normalization(norm))
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


def _limits_of(norm: colors.Normalize) -> dict[str, Any]:
    """What all normalizations are made with; without limits, if there are none."""
    limits = {} if norm.vmin is None else {"minimum": norm.vmin, "maximum": norm.vmax}
    return limits | {"clip": bool(norm.clip)}


def _limits_to(normalization: Any) -> tuple[float, float, bool]:
    return normalization.GetMinimum(), normalization.GetMaximum(), normalization.GetClip()


def _linear_from(norm: colors.Normalize) -> Any:
    return itk.LinearNormalization.New(**_limits_of(norm))


def _linear_to(normalization: Any) -> colors.Normalize:
    return colors.Normalize(*_limits_to(normalization))


def _log_from(norm: colors.LogNorm) -> Any:
    return itk.LogNormalization.New(**_limits_of(norm))


def _log_to(normalization: Any) -> colors.LogNorm:
    return colors.LogNorm(*_limits_to(normalization))


def _symmetric_log_from(norm: colors.SymLogNorm) -> Any:
    # Of its parameters, the norm itself tells the threshold only.
    scale = norm._scale
    return itk.SymmetricLogNormalization.New(
        linear_threshold=norm.linthresh, linear_scale=scale.linscale, base=scale.base, **_limits_of(norm)
    )


def _symmetric_log_to(normalization: Any) -> colors.SymLogNorm:
    return colors.SymLogNorm(
        normalization.GetLinearThreshold(),
        normalization.GetLinearScale(),
        *_limits_to(normalization),
        base=normalization.GetBase(),
    )


def _asinh_from(norm: colors.AsinhNorm) -> Any:
    return itk.AsinhNormalization.New(linear_width=norm.linear_width, **_limits_of(norm))


def _asinh_to(normalization: Any) -> colors.AsinhNorm:
    return colors.AsinhNorm(normalization.GetLinearWidth(), *_limits_to(normalization))


def _power_from(norm: colors.PowerNorm) -> Any:
    return itk.PowerNormalization.New(gamma=norm.gamma, **_limits_of(norm))


def _power_to(normalization: Any) -> colors.PowerNorm:
    return colors.PowerNorm(normalization.GetGamma(), *_limits_to(normalization))


def _two_slope_from(norm: colors.TwoSlopeNorm) -> Any:
    return itk.TwoSlopeNormalization.New(center=norm.vcenter, **_limits_of(norm))


def _two_slope_to(normalization: Any) -> colors.TwoSlopeNorm:
    minimum, maximum, _ = _limits_to(normalization)
    return colors.TwoSlopeNorm(normalization.GetCenter(), minimum, maximum)


def _centered_from(norm: colors.CenteredNorm) -> Any:
    return itk.CenteredNormalization.New(center=norm.vcenter, **_limits_of(norm))


def _centered_to(normalization: Any) -> colors.CenteredNorm:
    minimum, maximum, clip = _limits_to(normalization)
    return colors.CenteredNorm(normalization.GetCenter(), (maximum - minimum) / 2, clip)


def _boundary_from(norm: colors.BoundaryNorm) -> Any:
    return itk.BoundaryNormalization.New(
        boundaries=norm.boundaries,
        number_of_colors=norm.Ncmap,
        extend_minimum=norm.extend in ("min", "both"),
        extend_maximum=norm.extend in ("max", "both"),
        clip=bool(norm.clip),
    )


def _boundary_to(normalization: Any) -> colors.BoundaryNorm:
    extend = {(False, False): "neither", (True, False): "min", (False, True): "max", (True, True): "both"}[
        normalization.GetExtendMinimum(), normalization.GetExtendMaximum()
    ]
    return colors.BoundaryNorm(
        normalization.GetBoundaries(), normalization.GetNumberOfColors(), normalization.GetClip(), extend=extend
    )


_CONVERSIONS = (
    _Conversion(colors.Normalize, "LinearNormalization", _linear_from, _linear_to),
    _Conversion(colors.LogNorm, "LogNormalization", _log_from, _log_to),
    _Conversion(colors.SymLogNorm, "SymmetricLogNormalization", _symmetric_log_from, _symmetric_log_to),
    _Conversion(colors.AsinhNorm, "AsinhNormalization", _asinh_from, _asinh_to),
    _Conversion(colors.PowerNorm, "PowerNormalization", _power_from, _power_to),
    _Conversion(colors.TwoSlopeNorm, "TwoSlopeNormalization", _two_slope_from, _two_slope_to),
    _Conversion(colors.CenteredNorm, "CenteredNormalization", _centered_from, _centered_to),
    _Conversion(colors.BoundaryNorm, "BoundaryNormalization", _boundary_from, _boundary_to),
)
