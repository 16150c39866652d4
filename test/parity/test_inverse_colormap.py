"""The recovered values, distances and grays agree with SciPy's nearest neighbours and with matplotlib's colours."""

import functools
import io

import inverse_colormap
import matplotlib
import numpy as np
import pytest
from matplotlib.colors import LogNorm, Normalize
from PIL import Image
from scipy.spatial import cKDTree

NAMES = ["cividis", "coolwarm", "gray", "hot", "inferno", "jet", "magma", "plasma", "turbo", "twilight", "viridis"]
SHAPE = (60, 83)
LUMA = np.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])


@pytest.fixture
def recover(run_tool, tmp_path):
    return functools.partial(inverse_colormap.recover, run_tool, tmp_path)


def colormap_of(name, entries):
    return matplotlib.colormaps[name].resampled(entries) if entries else matplotlib.colormaps[name]


def table_of(name, entries=0):
    colormap = colormap_of(name, entries)
    return colormap(np.arange(colormap.N), bytes=True)[:, :3]


def random_picture(seed):
    return np.random.default_rng(seed).integers(0, 256, (*SHAPE, 3), np.uint8)


def color(values, name, entries, norm):
    return colormap_of(name, entries)(norm(values), bytes=True)[..., :3]


@pytest.mark.parametrize("entries", [0, 5, 1000])
@pytest.mark.parametrize("name", NAMES)
def test_nearest_colours_are_those_of_a_tree(recover, name, entries):
    picture = random_picture(NAMES.index(name))
    recovered = recover(picture, colormap=name, entries=entries)
    table = table_of(name, entries)
    distances, _ = cKDTree(table).query(picture)
    np.testing.assert_allclose(recovered["distance"], distances, rtol=1e-12)
    # The value is that of a colour at this distance: matplotlib says which colour it has.
    nearest = color(recovered["value"], name, entries, Normalize(0, 1))
    np.testing.assert_allclose(np.linalg.norm(nearest.astype(float) - picture, axis=-1), distances, rtol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_nearest_colours_by_luma_are_those_of_a_tree(recover, name):
    picture = random_picture(NAMES.index(name))
    recovered = recover(picture, colormap=name, metric="luma")
    scaled = np.diag([1, 0.5, 0.5]) @ LUMA  # the chroma weight of 0.25 is one of squares
    distances, _ = cKDTree(table_of(name) @ scaled.T).query(picture @ scaled.T)
    # The metric's matrix is rounded to multiples of 1 / 4096: six products of up to 255^2, each off by 1 / 8192.
    np.testing.assert_allclose(recovered["distance"] ** 2, distances**2, atol=6 * 255**2 / 8192)


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize("entries", [0, 3, 100, 4096])
@pytest.mark.parametrize("name", NAMES)
def test_matplotlib_colours_the_recovered_values_as_before(recover, name, entries, scale):
    random = np.random.default_rng(entries)
    minimum, maximum = (1e-3, 70.0) if scale == "log" else (-12.5, 33.1)
    values = random.uniform(minimum, maximum, SHAPE)
    norm = LogNorm(minimum, maximum) if scale == "log" else Normalize(minimum, maximum)
    picture = color(values, name, entries, norm)
    recovered = recover(picture, colormap=name, entries=entries, scale=scale, minimum=minimum, maximum=maximum)
    np.testing.assert_array_equal(color(recovered["value"], name, entries, norm), picture)
    assert not recovered["distance"].any()
    # Logarithms of C libraries differ in their last place, which may move the ends of an entry's values by as much.
    slack = 1e-12 * (maximum - minimum)
    assert (np.abs(recovered["value"] - values) <= recovered["half_width"] + slack).all()


@pytest.mark.parametrize("name", ["flag", "prism", "hsv", "jet"])
def test_ambiguous_colours_are_those_of_several_stretches(recover, name):
    table = table_of(name)
    recovered = recover(table[np.newaxis], colormap=name)
    stretches = {}
    for entry, rgb in enumerate(map(tuple, table)):
        if entry == 0 or rgb != tuple(table[entry - 1]):
            stretches[rgb] = stretches.get(rgb, 0) + 1
    expected = [stretches[tuple(rgb)] > 1 for rgb in table]
    np.testing.assert_array_equal(recovered["ambiguity"][0], expected)


def smooth_values():
    y, x = np.mgrid[0:256, 0:256] / 256
    noise = np.random.default_rng(0).standard_normal((256, 256))
    return np.clip(0.5 + 0.4 * np.sin(9 * x) * np.cos(7 * y) + 0.02 * noise, 0, 0.999999)


def through_jpeg(picture, quality):
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality, subsampling=2)
    return np.asarray(Image.open(file))


@pytest.mark.parametrize("name", ["jet", "turbo", "viridis"])
def test_the_luma_metric_is_better_after_jpeg(recover, name):
    """With chroma at half the resolution (4:2:0), as most JPEG files have it."""
    values = smooth_values()
    picture = through_jpeg(color(values, name, 0, Normalize(0, 1)), quality=95)
    errors = {
        metric: np.sqrt(np.mean((recover(picture, colormap=name, metric=metric)["value"] - values) ** 2))
        for metric in ("euclidean", "luma")
    }
    assert errors["luma"] < 0.95 * errors["euclidean"]


@pytest.mark.parametrize("opacity", [0.3, 0.7])
def test_overlays_come_apart(recover, opacity):
    """As matplotlib lays an image over another: `imshow(gray); imshow(values, alpha=opacity)`."""
    random = np.random.default_rng(1)
    values, gray = random.random(SHAPE), random.integers(0, 256, SHAPE, np.uint8)
    blended = opacity * color(values, "viridis", 0, Normalize(0, 1)) + (1 - opacity) * gray[..., np.newaxis]
    recovered = recover(np.rint(blended).astype(np.uint8), opacity=opacity)
    assert np.median(np.abs(recovered["value"] - values)) < 0.003
    assert np.median(np.abs(recovered["gray"] - gray)) < 2
