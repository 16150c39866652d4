"""ApplyColormap gives the very bytes of `cmap(norm(values), bytes=True)` in matplotlib."""

import matplotlib
import metaimage
import numpy as np
import pytest
from matplotlib.colors import Normalize

BASE_NAMES = [
    "cividis",
    "cool",
    "coolwarm",
    "gray",
    "hot",
    "inferno",
    "jet",
    "magma",
    "plasma",
    "turbo",
    "twilight",
    "viridis",
]
NAMES = [name + suffix for name in BASE_NAMES for suffix in ("", "_r")]
ENTRIES = [0, 2, 7, 100, 1024]
SHAPE = (37, 41)


def random_values(random, dtype):
    if dtype.startswith("float"):
        # Over several magnitudes, with what is no finite number in between.
        values = random.normal(size=SHAPE) * 10.0 ** random.uniform(-3, 5)
        values[random.random(SHAPE) < 0.1] = np.nan
        values[random.random(SHAPE) < 0.05] = np.inf
        values[random.random(SHAPE) < 0.05] = -np.inf
        return values.astype(dtype)
    limits = np.iinfo(dtype)
    return random.integers(limits.min, limits.max, SHAPE, dtype, endpoint=True)


def finite_range(values):
    finite = values[np.isfinite(values)].astype(float)
    return finite.min(), finite.max()


def random_limits(random, values):
    """Within the range, so that some values are under and some over."""
    return np.sort(random.uniform(*finite_range(values), 2))


def make_colormap(name, entries, colors):
    colormap = matplotlib.colormaps[name]
    colormap = colormap.resampled(entries) if entries else colormap
    return colormap.with_extremes(**{key: tuple(color) for key, color in colors.items()})


def apply_by_matplotlib(values, name, entries, limits, colors):
    norm = Normalize(*limits)
    return make_colormap(name, entries, colors)(np.asarray(norm(values)), bytes=True)


def list_arguments(name, entries, limits, colors):
    arguments = [f"--colormap={name}", f"--entries={entries}"]
    if limits is not None:
        arguments += [f"--minimum={float(limits[0])!r}", f"--maximum={float(limits[1])!r}"]
    return arguments + [f"--{key}=" + ",".join(repr(float(c)) for c in color) for key, color in colors.items()]


def assert_parity(run_tool, folder, values, name="viridis", entries=0, limits=None, colors=None):
    colors = colors or {}
    metaimage.write(folder / "in.mha", values)
    run_tool("ApplyColormap", folder / "in.mha", folder / "out.mha", *list_arguments(name, entries, limits, colors))
    expected = apply_by_matplotlib(values, name, entries, finite_range(values) if limits is None else limits, colors)
    np.testing.assert_array_equal(metaimage.read(folder / "out.mha"), expected)


@pytest.mark.parametrize("dtype", metaimage.ELEMENT_TYPES)
@pytest.mark.parametrize("name", NAMES)
def test_named_colormaps(run_tool, tmp_path, name, dtype):
    case = NAMES.index(name) * len(metaimage.ELEMENT_TYPES) + list(metaimage.ELEMENT_TYPES).index(dtype)
    random = np.random.default_rng(case)
    values = random_values(random, dtype)
    limits = random_limits(random, values) if random.random() < 0.7 else None
    colors = {key: random.random(random.integers(3, 4, endpoint=True)) for key in ("under", "over", "bad")}
    chosen = {key: color for key, color in colors.items() if random.random() < 0.5}
    assert_parity(run_tool, tmp_path, values, name, ENTRIES[case % len(ENTRIES)], limits, chosen)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_values_at_the_seams_of_the_entries(run_tool, tmp_path, dtype, seed):
    """Where one entry ends and the next begins, a single rounding more or less would show."""
    random = np.random.default_rng(seed)
    entries = ENTRIES[1:][seed % 4]
    limits = np.sort(random.normal(size=2) * 10.0 ** random.uniform(-3, 3))
    seams = np.linspace(*limits, entries + 1).astype(dtype)
    below, above = np.nextafter(seams, -np.inf, dtype=dtype), np.nextafter(seams, np.inf, dtype=dtype)
    values = np.stack([below, seams, above])
    assert_parity(run_tool, tmp_path, values, "turbo", entries, limits, {"under": (1, 0, 0), "over": (0, 1, 0)})


@pytest.mark.parametrize("dtype", metaimage.ELEMENT_TYPES)
def test_a_constant_has_the_first_colour(run_tool, tmp_path, dtype):
    assert_parity(run_tool, tmp_path, np.full(SHAPE, 7, dtype))


@pytest.mark.parametrize("dtype", ["int16", "float64"])
def test_volumes(run_tool, tmp_path, dtype):
    values = np.random.default_rng(5).integers(-1000, 3000, (5, 13, 17)).astype(dtype)
    assert_parity(run_tool, tmp_path, values, limits=(-160, 240))
