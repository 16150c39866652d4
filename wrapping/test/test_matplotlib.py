# SPDX-License-Identifier: Apache-2.0
"""Colormaps and norms of matplotlib's become rulers and back, and colour alike to the byte."""

import subprocess
import sys

import itk
import numpy as np
import pytest

matplotlib = pytest.importorskip("matplotlib")
from intensitymapping.matplotlib import (  # noqa: E402
    colormap_from_matplotlib,
    colormap_to_matplotlib,
    normalization_from_matplotlib,
    normalization_to_matplotlib,
)
from matplotlib import colors  # noqa: E402

DTYPES = [np.uint8, np.int16, np.uint16, np.float32, np.float64]


def values_with_gaps(dtype):
    """Values in, below and above the range that is used, at its ends, and what is no number."""
    rng = np.random.default_rng(1)
    if np.issubdtype(dtype, np.integer):
        return rng.integers(0, 250, (60, 80)).astype(dtype)
    values = rng.uniform(-50, 150, (60, 80)).astype(dtype)
    values[0, :5] = [np.nan, np.inf, -np.inf, 20, 80]
    return values


def odd_colormaps():
    seven = colors.LinearSegmentedColormap.from_list("seven", ["red", (0, 1, 0, 0.3), "#123456"], N=7)
    return [
        colors.ListedColormap(["k"]),
        colors.ListedColormap([(0.1, 0.2, 0.3, 0.4), (1, 1, 1, 0)]),
        seven,
        seven.with_extremes(under="m", over=(0.3, 0.2, 0.1, 0.5), bad=(1, 1, 0, 0.25)),
        matplotlib.colormaps["jet"].resampled(1000),
        matplotlib.colormaps["viridis"].resampled(3).reversed(),
        matplotlib.colormaps["magma"].with_alpha(0.5),
    ]


@pytest.mark.parametrize("dtype", DTYPES)
def test_colours_are_those_of_matplotlib(dtype):
    values = values_with_gaps(dtype)
    for cmap in [*map(matplotlib.colormaps.get, matplotlib.colormaps), *odd_colormaps()]:
        for norm in (colors.Normalize(20, 80), colors.Normalize(20, 80, clip=True)):
            ours = itk.colormap_image_filter(values, colormap=cmap, normalization=norm)
            # matplotlib masks what is not a number before the norm is applied.
            theirs = cmap(norm(values), bytes=True)
            assert (ours == theirs).all(), cmap.name


NORMS = {
    "log": lambda: colors.LogNorm(2, 80),
    "log, clipped": lambda: colors.LogNorm(2, 80, clip=True),
    "symlog": lambda: colors.SymLogNorm(5, 0.7, -30, 90, base=10),
    "symlog of base 2": lambda: colors.SymLogNorm(3, 1.5, -30, 90, clip=True, base=2),
    "asinh": lambda: colors.AsinhNorm(7.5, -30, 90),
    "power": lambda: colors.PowerNorm(0.4, 5, 90),
    "square": lambda: colors.PowerNorm(2, 5, 90, clip=True),
    "twoslope": lambda: colors.TwoSlopeNorm(20, -10, 90),
    "centered": lambda: colors.CenteredNorm(20, 60),
    "boundaries": lambda: colors.BoundaryNorm([0, 10, 15, 40, 80], 256),
    "open boundaries": lambda: colors.BoundaryNorm([0, 10, 15, 40, 80], 6, extend="both"),
    "clipping boundaries": lambda: colors.BoundaryNorm([0, 10, 15, 40, 80], 256, clip=True),
}


@pytest.mark.parametrize("name", NORMS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_colours_of_each_norm_are_those_of_matplotlib(name, dtype):
    values = np.random.default_rng(1).uniform(0 if dtype in (np.uint8, np.uint16) else -50, 150, (60, 80)).astype(dtype)
    if np.issubdtype(dtype, np.floating):
        values[0, 0] = np.nan
    norm = NORMS[name]()
    # The colour of an interval is an index for matplotlib: where it is to be at the same place, too, the numbers fit.
    cmap = matplotlib.colormaps["turbo"].resampled(getattr(norm, "Ncmap", 256))
    cmap = cmap.with_extremes(under="k", over="w", bad=(1, 0, 1, 0.5))
    # A NaN that is not masked has a colour of its own in some of matplotlib's norms.
    theirs = cmap(norm(np.ma.masked_invalid(values)), bytes=True)
    ours = itk.colormap_image_filter(values, colormap=cmap, normalization=norm)
    # In single precision, some take a limit itself for a value beyond it.
    is_limit = np.isin(np.clip(values, norm.vmin, norm.vmax) if norm.clip else values, [norm.vmin, norm.vmax])
    is_excused = is_limit & (not isinstance(norm, colors.BoundaryNorm))
    assert (ours == theirs)[~is_excused].all()
    assert np.isin(ours[is_excused], cmap([0.0, 1.0], bytes=True)).all()


@pytest.mark.parametrize("name", NORMS)
def test_each_norm_survives_the_way_there_and_back(name):
    norm = NORMS[name]()
    back = normalization_to_matplotlib(normalization_from_matplotlib(norm))
    assert type(back) is type(norm)
    values = np.linspace(1, 100, 1000)
    assert np.array_equal(np.ma.filled(back(values), -1), np.ma.filled(norm(values), -1))


@pytest.mark.parametrize(
    "make",
    [
        colors.Normalize,
        lambda: colors.Normalize(clip=True),
        colors.LogNorm,
        lambda: colors.PowerNorm(0.5),
        lambda: colors.TwoSlopeNorm(50),
        lambda: colors.CenteredNorm(60),
        lambda: colors.AsinhNorm(3),
    ],
)
def test_a_norm_without_limits_gets_those_of_the_image(make):
    values = np.random.default_rng(1).uniform(1, 200, (30, 40)).astype(np.float32)
    norm = make()
    expected = matplotlib.colormaps["viridis"](make()(values), bytes=True)
    assert (itk.colormap_image_filter(values, normalization=norm) == expected).all()
    assert norm.vmin is None


def test_a_colormap_survives_the_way_there_and_back():
    values = np.linspace(-0.1, 1.1, 5000)
    values[7] = np.nan
    for cmap in [*map(matplotlib.colormaps.get, ("viridis", "tab10", "hsv")), *odd_colormaps()]:
        ours = colormap_from_matplotlib(cmap)
        back = colormap_to_matplotlib(ours, cmap.name)
        assert back.N == cmap.N and back.name == cmap.name
        assert (back(values) == cmap(values)).all()
        assert (ours.Forward(values) == cmap(values, bytes=True)).all()
        assert (back(values, bytes=True) == cmap(values, bytes=True)).all()
    assert colormap_to_matplotlib(itk.Colormap.New(name="turbo")).name == "turbo"


@pytest.mark.parametrize("clip", [False, True])
def test_a_norm_survives_the_way_there_and_back(clip):
    norm = colors.Normalize(-3, 5.5, clip)
    normalization = normalization_from_matplotlib(norm)
    back = normalization_to_matplotlib(normalization)
    assert type(back) is colors.Normalize and (back.vmin, back.vmax, back.clip) == (-3, 5.5, clip)
    for dtype in DTYPES:
        values = np.random.default_rng(1).uniform(0, 9, 1000).astype(dtype)
        assert (normalization.Forward(values) == norm(values)).all()


def test_what_has_no_counterpart_is_refused_in_words():
    class Crooked(colors.Normalize):
        pass

    for norm in (colors.NoNorm(0, 1), Crooked(0, 1)):
        with pytest.raises(TypeError, match=rf"{type(norm).__name__}.* for Normalize"):
            itk.colormap_image_filter(np.zeros((3, 4)), normalization=norm)
    with pytest.raises(ValueError, match="autoscale"):
        itk.colormap_image_filter(np.zeros((3, 4)), normalization=colors.Normalize(vmin=3))
    with pytest.raises(TypeError, match="HistogramBins.*LinearNormalization"):
        normalization_to_matplotlib(itk.HistogramBins.New())


def test_neither_matplotlib_nor_dask_is_needed():
    code = """if True:
        import sys
        sys.modules |= dict.fromkeys(["dask", "matplotlib"])  # as if they were not installed
        import itk, numpy as np, intensitymapping
        colors = itk.colormap_image_filter(np.zeros((3, 4)), colormap="viridis", normalization=(0, 1))
        assert colors.shape == (3, 4, 4)
    """
    subprocess.run([sys.executable, "-c", code], check=True, timeout=100)
