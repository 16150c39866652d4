"""ApplyColormap gives the very bytes of `cmap(norm(values), bytes=True)` in matplotlib."""

import metaimage
import numpy as np
import pytest
from generate_named_colormaps_reference import base_colormaps
from matplotlib.colors import (
    AsinhNorm,
    BoundaryNorm,
    CenteredNorm,
    LogNorm,
    Normalize,
    PowerNorm,
    SymLogNorm,
    TwoSlopeNorm,
)

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


BOUNDARIES = [-100, -10, 0, 2.5, 7, 300]
BOUNDARY_OPTIONS = ["--boundaries=" + ",".join(map(str, BOUNDARIES))]
NORMS = {
    "log": (LogNorm(0.5, 300), ["--minimum=0.5", "--maximum=300"]),
    "log, clipped": (LogNorm(0.5, 300, clip=True), ["--minimum=0.5", "--maximum=300", "--clip"]),
    "symlog": (
        SymLogNorm(2, linscale=0.5, vmin=-100, vmax=300, base=2),
        ["--linear-threshold=2", "--linear-scale=0.5", "--base=2", "--minimum=-100", "--maximum=300"],
    ),
    "asinh": (AsinhNorm(3, -100, 300), ["--linear-width=3", "--minimum=-100", "--maximum=300"]),
    "power": (PowerNorm(0.4, -100, 300), ["--gamma=0.4", "--minimum=-100", "--maximum=300"]),
    "twoslope": (TwoSlopeNorm(20, -100, 300), ["--center=20", "--minimum=-100", "--maximum=300"]),
    "centered": (CenteredNorm(20, 280), ["--center=20", "--minimum=-100", "--maximum=300"]),
    "boundary": (BoundaryNorm(BOUNDARIES, 256), BOUNDARY_OPTIONS),
    "boundary, extended": (BoundaryNorm(BOUNDARIES, 256, extend="both"), [*BOUNDARY_OPTIONS, "--extend=both"]),
}


@pytest.mark.parametrize("dtype", ["int32", "float32", "float64"])
@pytest.mark.parametrize("name", NORMS)
def test_norms(run_tool, tmp_path, name, dtype):
    """But for values so near to the seam of two colours that the last place of a logarithm or a power decides."""
    norm, options = NORMS[name]
    # In single precision, matplotlib takes what was clipped to the maximum for what is over it.
    colors = {"bad": (0, 0, 1)} if norm.clip else {"under": (1, 0, 0), "over": (0, 1, 0), "bad": (0, 0, 1)}
    values = np.random.default_rng(list(NORMS).index(name)).uniform(-200, 400, (150, 200)).astype(dtype)
    metaimage.write(tmp_path / "in.mha", values)
    arguments = list_arguments("viridis", 0, None, colors) + [f"--normalization={name.split(',')[0]}", *options]
    run_tool("ApplyColormap", tmp_path / "in.mha", tmp_path / "out.mha", *arguments)
    expected = make_colormap("viridis", 0, colors)(norm(values), bytes=True)
    differing = (metaimage.read(tmp_path / "out.mha") != expected).any(axis=-1)
    assert differing.mean() <= 1e-3
    if name.startswith(("twoslope", "boundary")):
        assert not differing.any()


@pytest.mark.parametrize("dtype", ["uint8", "int16", "float32"])
def test_percentiles(run_tool, tmp_path, dtype):
    values = random_values(np.random.default_rng(7), dtype)
    metaimage.write(tmp_path / "in.mha", values)
    arguments = ["--lower-percentile=2", "--upper-percentile=97.5"]
    run_tool("ApplyColormap", tmp_path / "in.mha", tmp_path / "out.mha", *arguments)
    limits = np.percentile(values[np.isfinite(values)].astype(float), [2, 97.5])
    expected = apply_by_matplotlib(values, "viridis", 0, limits, {})
    np.testing.assert_array_equal(metaimage.read(tmp_path / "out.mha"), expected)
