"""TemporalHistogram counts as numpy.histogram does, pixel by pixel, and its statistics agree with NumPy's."""

import metaimage
import numpy as np
import pytest

FRAMES, HEIGHT, WIDTH = 60, 9, 11
INTEGERS = [dtype for dtype in metaimage.ELEMENT_TYPES if "int" in dtype]
FLOATS = ["float32", "float64"]


def random_frames(random, dtype, low, high):
    values = random.uniform(low, high, (FRAMES, HEIGHT, WIDTH))
    return values.astype(dtype) if dtype in FLOATS else np.rint(values).astype(dtype)


def run_on(run_tool, folder, frames, outputs, *arguments):
    """The arrays of the outputs, by the names of their options."""
    metaimage.write(folder / "frames.mha", frames)
    files = [argument for name in outputs for argument in (f"--{name}", folder / f"{name}.mha")]
    run_tool("TemporalHistogram", folder / "frames.mha", *files, *arguments)
    return {name: metaimage.read(folder / f"{name}.mha") for name in outputs}


def assert_counts(run_tool, folder, frames, edges, *arguments):
    outputs = ["histogram", "under-count", "over-count", "invalid-count"]
    found = run_on(run_tool, folder, frames, outputs, *arguments)
    # Compared in double precision, so that an edge is not rounded to the type of the frames.
    values = frames.astype(float)
    expected = np.apply_along_axis(lambda series: np.histogram(series, edges)[0], 0, values)
    np.testing.assert_array_equal(np.squeeze(np.moveaxis(expected, 0, -1)), np.squeeze(found["histogram"]))
    np.testing.assert_array_equal((values < edges[0]).sum(0), found["under-count"])
    np.testing.assert_array_equal((values > edges[-1]).sum(0), found["over-count"])
    np.testing.assert_array_equal(np.isnan(values).sum(0), found["invalid-count"])


def number(value):
    return repr(float(value))


def range_arguments(minimum, maximum):
    return [f"--minimum={number(minimum)}", f"--maximum={number(maximum)}"]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("dtype", metaimage.ELEMENT_TYPES)
def test_uniform_bins(run_tool, tmp_path, dtype, seed):
    random = np.random.default_rng(seed)
    frames = random_frames(random, dtype, 0, 127)
    bins = int(random.integers(1, 300))
    minimum, maximum = np.sort(random.uniform(-10, 130, 2))
    edges = np.linspace(minimum, maximum, bins + 1)
    assert_counts(run_tool, tmp_path, frames, edges, f"--bins={bins}", *range_arguments(minimum, maximum))


@pytest.mark.parametrize("dtype", FLOATS)
def test_values_on_the_edges(run_tool, tmp_path, dtype):
    edges = np.linspace(-0.3, 0.7, 11)
    values = np.concatenate([edges, np.nextafter(edges, -np.inf), np.nextafter(edges, np.inf)]).astype(dtype)
    frames = np.random.default_rng(1).choice(values, (FRAMES, HEIGHT, WIDTH))
    assert_counts(run_tool, tmp_path, frames, edges, "--bins=10", *range_arguments(-0.3, 0.7))


@pytest.mark.parametrize("dtype", metaimage.ELEMENT_TYPES)
def test_the_range_that_is_found(run_tool, tmp_path, dtype):
    frames = random_frames(np.random.default_rng(2), dtype, 3, 120)
    edges = np.linspace(frames.min().astype(float), frames.max().astype(float), 38)
    assert_counts(run_tool, tmp_path, frames, edges, "--bins=37")


@pytest.mark.parametrize("dtype", FLOATS)
def test_a_constant(run_tool, tmp_path, dtype):
    frames = np.full((FRAMES, HEIGHT, WIDTH), 0.3, dtype)
    edges = np.histogram_bin_edges(frames.astype(float), 10)
    assert_counts(run_tool, tmp_path, frames, edges, "--bins=10")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("dtype", FLOATS)
def test_logarithmic_bins(run_tool, tmp_path, dtype, seed):
    """The two agree on the edges to a few units in the last place, so no value is let so near to one."""
    random = np.random.default_rng(seed)
    bins = int(random.integers(1, 100))
    minimum, maximum = 10.0 ** random.uniform(-4, -1), 10.0 ** random.uniform(1, 4)
    edges = np.geomspace(minimum, maximum, bins + 1)
    frames = np.exp(random.uniform(np.log(minimum / 5), np.log(maximum * 5), (FRAMES, HEIGHT, WIDTH))).astype(dtype)
    nearest = np.abs(frames[..., np.newaxis].astype(float) / edges - 1).min(-1)
    frames[nearest < 1e-12] = np.nan
    arguments = ["--spacing=logarithmic", f"--bins={bins}", *range_arguments(minimum, maximum)]
    assert_counts(run_tool, tmp_path, frames, edges, *arguments)


@pytest.mark.parametrize("dtype", metaimage.ELEMENT_TYPES)
def test_integer_bins(run_tool, tmp_path, dtype):
    frames = random_frames(np.random.default_rng(3), dtype, 0, 127)
    edges = np.arange(20, 102) - 0.5
    assert_counts(run_tool, tmp_path, frames, edges, "--spacing=integer", *range_arguments(20, 100))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("dtype", metaimage.ELEMENT_TYPES)
def test_explicit_edges(run_tool, tmp_path, dtype, seed):
    random = np.random.default_rng(seed)
    frames = random_frames(random, dtype, 0, 127)
    edges = np.unique(random.uniform(-20, 140, random.integers(2, 60)))
    assert_counts(run_tool, tmp_path, frames, edges, "--edges=" + ",".join(map(number, edges)))


@pytest.mark.parametrize("dtype", FLOATS)
def test_what_is_in_no_bin(run_tool, tmp_path, dtype):
    random = np.random.default_rng(4)
    frames = random_frames(random, dtype, -50, 50)
    for value in (np.nan, np.inf, -np.inf):
        frames[random.random(frames.shape) < 0.1] = value
    assert_counts(run_tool, tmp_path, frames, np.linspace(-20, 30, 26), "--bins=25", *range_arguments(-20, 30))


@pytest.mark.parametrize("probability", [0.0, 0.1, 0.25, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("dtype", INTEGERS)
def test_quantiles_of_integers_are_exact(run_tool, tmp_path, dtype, probability):
    frames = random_frames(np.random.default_rng(5), dtype, 0, 127)
    arguments = ["--spacing=integer", f"--probability={probability}"]
    found = run_on(run_tool, tmp_path, frames, ["quantile", "median", "interquartile-range"], *arguments)
    low, median, high, quantile = np.quantile(frames, [0.25, 0.5, 0.75, probability], 0, method="inverted_cdf")
    np.testing.assert_array_equal(found["quantile"], quantile)
    np.testing.assert_array_equal(found["median"], median)
    np.testing.assert_array_equal(found["interquartile-range"], high.astype(float) - low.astype(float))


@pytest.mark.parametrize("probability", [0.0, 0.1, 0.25, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("dtype", FLOATS)
def test_quantiles_lie_in_the_same_bin(run_tool, tmp_path, dtype, probability):
    frames = random_frames(np.random.default_rng(6), dtype, -10, 30)
    arguments = ["--bins=80", f"--probability={probability}", *range_arguments(-10, 30)]
    found = run_on(run_tool, tmp_path, frames, ["quantile", "median"], *arguments)
    for name, q in (("quantile", probability), ("median", 0.5)):
        expected = np.quantile(frames.astype(float), q, 0, method="inverted_cdf")
        # A bin is 0.5 wide; the output is rounded to single precision, whose steps are below 2e-6 here.
        assert np.abs(found[name] - expected).max() <= 0.5 + 2e-6


@pytest.mark.parametrize("dtype", FLOATS)
def test_mean_and_standard_deviation(run_tool, tmp_path, dtype):
    frames = random_frames(np.random.default_rng(7), dtype, -10, 30)
    outputs = ["mean", "standard-deviation", "count"]
    found = run_on(run_tool, tmp_path, frames, outputs, "--bins=80", *range_arguments(-10, 30))
    # No sample is farther than 0.25 from the centre of its bin. Neither statistic moves by more than the root mean
    # square of what the samples move by. The outputs are rounded to single precision.
    bound = 0.25 + 2e-6
    values = frames.astype(float)
    assert np.abs(found["mean"] - values.mean(0)).max() <= bound
    assert np.abs(found["standard-deviation"] - values.std(0)).max() <= bound
    np.testing.assert_array_equal(found["count"], FRAMES)


@pytest.mark.parametrize("dtype", INTEGERS)
def test_statistics_of_integers(run_tool, tmp_path, dtype):
    frames = random_frames(np.random.default_rng(8), dtype, 0, 30)
    outputs = ["mean", "standard-deviation", "mode"]
    found = run_on(run_tool, tmp_path, frames, outputs, "--spacing=integer")
    # Exact in double precision but for its last digits, then rounded to single precision: half of 2^-23.
    np.testing.assert_allclose(found["mean"], frames.mean(0), rtol=6e-8)
    np.testing.assert_allclose(found["standard-deviation"], frames.std(0), rtol=6e-8)
    mode = np.apply_along_axis(lambda series: np.bincount(series).argmax(), 0, frames)
    np.testing.assert_array_equal(found["mode"], mode)
