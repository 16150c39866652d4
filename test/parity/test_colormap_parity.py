"""ApplyColormap gives the very bytes of `cmap(norm(values), bytes=True)` in matplotlib."""

import metaimage
import numpy as np
import pytest
from generate_named_colormaps_reference import base_colormaps
from matplotlib.colors import Normalize

BASE_COLORMAPS = base_colormaps()
COLORMAPS = BASE_COLORMAPS | {name + "_r": colormap.reversed() for name, colormap in BASE_COLORMAPS.items()}
NAMES = list(COLORMAPS)
DTYPES = list(metaimage.ELEMENT_TYPES)
ENTRIES = [0, 2, 7, 256, 1024, 4096]
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
    colormap = COLORMAPS[name]
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


def check_named_colormap(run_tool, folder, name, dtype, entries):
    random = np.random.default_rng([NAMES.index(name), DTYPES.index(dtype), entries])
    values = random_values(random, dtype)
    limits = random_limits(random, values) if random.random() < 0.7 else None
    colors = {key: random.random(random.integers(3, 4, endpoint=True)) for key in ("under", "over", "bad")}
    chosen = {key: color for key, color in colors.items() if random.random() < 0.5}
    assert_parity(run_tool, folder, values, name, entries, limits, chosen)


@pytest.mark.parametrize("name", NAMES)
def test_named_colormaps(run_tool, tmp_path, name):
    """Each with one type of pixels and one number of entries; their tables have hashes for all, see
    generate_named_colormaps_reference.py."""
    case = NAMES.index(name)
    check_named_colormap(run_tool, tmp_path, name, DTYPES[case % len(DTYPES)], ENTRIES[case % len(ENTRIES)])


# A list, a list of few colours, breakpoints, a formula.
@pytest.mark.parametrize("entries", ENTRIES)
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("name", ["cmc.batlow", "tab10", "jet_r", "cubehelix"])
def test_types_and_numbers_of_entries(run_tool, tmp_path, name, dtype, entries):
    check_named_colormap(run_tool, tmp_path, name, dtype, entries)


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
