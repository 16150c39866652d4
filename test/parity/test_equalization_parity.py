# SPDX-License-Identifier: Apache-2.0
"""EqualizeHistogram gives what scikit-image, NumPy, OpenCV and Pillow give.

Counts are integers, and what is made of them is computed by the same operations of double precision in the same order.
Therefore the tolerance is 0 unless a test says otherwise."""

import cv2
import metaimage
import numpy as np
import pytest
from PIL import Image, ImageOps
from skimage import exposure

INTEGERS = ["uint8", "uint16", "int16"]
FLOATS = ["float32", "float64"]
DTYPES = INTEGERS + FLOATS
SCENES = ["noise", "dark", "narrow", "constant", "two_values", "ramp"]
SHAPES = [(61, 97), (1, 1), (1, 53), (47, 1), (19, 23, 11)]


def make_image(scene, dtype, shape=(61, 97), seed=0):
    """Numbers from 0 to 1 in various ways, laid onto 3/4 of the range of a type, or real numbers of both signs."""
    random = np.random.default_rng([seed, *map(ord, scene)])
    unit = {
        "noise": lambda: random.random(shape),
        "dark": lambda: random.random(shape) ** 6,
        "narrow": lambda: 0.5 + random.normal(0, 0.01, shape),
        "constant": lambda: np.full(shape, 0.3),
        "two_values": lambda: np.where(random.random(shape) < 0.2, 0.9, 0.1),
        "ramp": lambda: np.linspace(0, 1, int(np.prod(shape))).reshape(shape),
    }[scene]()
    if dtype in FLOATS:
        return (unit * 1700 - 400).astype(dtype)
    limits = np.iinfo(dtype)
    return np.clip(limits.min / 2 + unit * (limits.max - limits.min) * 0.75, limits.min, limits.max).astype(dtype)


@pytest.fixture
def equalize(run_tool, tmp_path):
    """What the tool makes of an array; arrays among the options go by files."""

    def run(image, *arguments, **arrays):
        metaimage.write(tmp_path / "in.mha", image)
        files = []
        for name, array in arrays.items():
            metaimage.write(tmp_path / f"{name}.mha", array)
            files += [f"--{name}", tmp_path / f"{name}.mha"]
        run_tool("EqualizeHistogram", tmp_path / "in.mha", tmp_path / "out.mha", *files, *arguments)
        return metaimage.read(tmp_path / "out.mha")

    return run


def by_recipe(image, bins):
    """Equalization as NumPy's users write it."""
    histogram, edges = np.histogram(image.ravel(), bins, density=True)
    cumulative = histogram.cumsum()
    cumulative = (bins - 1) * cumulative / cumulative[-1]
    return np.interp(image.ravel(), edges[:-1], cumulative).reshape(image.shape)


# scikit-image's equalize_hist: of integers by their values, of real numbers by bins.
@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("dtype", INTEGERS)
def test_equalize_hist_of_integers(equalize, dtype, scene):
    image = make_image(scene, dtype)
    found = equalize(image, "--output-type=double", "--output-maximum=1")
    np.testing.assert_array_equal(found, exposure.equalize_hist(image))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("dtype", INTEGERS)
def test_equalize_hist_of_shapes(equalize, dtype, shape):
    image = make_image("noise", dtype, shape)
    np.testing.assert_array_equal(equalize(image, "--output-type=double"), exposure.equalize_hist(image))


@pytest.mark.parametrize("bins", [256, 1, 2, 1000])
@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("dtype", FLOATS)
def test_equalize_hist_of_real_numbers(equalize, dtype, scene, bins):
    image = make_image(scene, dtype)
    found = equalize(image, "--method=bin-centers", f"--bins={bins}")
    assert found.dtype == dtype
    np.testing.assert_array_equal(found, exposure.equalize_hist(image, nbins=bins))


@pytest.mark.parametrize("dtype", INTEGERS)
def test_equalize_hist_to_the_range_of_a_type(equalize, dtype):
    """Laid onto a range, and rounded, halves to the even number."""
    image = make_image("dark", dtype)
    found = equalize(image, "--output-type=uint8")
    np.testing.assert_array_equal(found, np.rint(exposure.equalize_hist(image) * 255).astype(np.uint8))


def middling(image):
    """A mask with holes, beyond which there are lower and higher intensities, if there are several."""
    holes = np.random.default_rng(3).random(image.shape) < 0.3
    return (image >= np.quantile(image, 0.2)) & (image <= np.quantile(image, 0.8)) & ~holes


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("dtype", INTEGERS)
def test_equalize_hist_with_a_mask(equalize, dtype, scene):
    image = make_image(scene, dtype)
    mask = middling(image)
    found = equalize(image, "--output-type=double", mask=mask.astype(np.uint8))
    np.testing.assert_array_equal(found, exposure.equalize_hist(image, mask=mask))


@pytest.mark.parametrize("scene", ["noise", "dark", "two_values"])
@pytest.mark.parametrize("dtype", FLOATS)
def test_equalize_hist_of_real_numbers_with_a_mask(equalize, dtype, scene):
    image = make_image(scene, dtype)
    mask = middling(image)
    found = equalize(image, "--method=bin-centers", mask=(0.25 * mask).astype(np.float32))
    np.testing.assert_array_equal(found, exposure.equalize_hist(image, mask=mask))


# scikit-image's match_histograms.
@pytest.mark.parametrize("target_scene", ["noise", "dark", "constant", "two_values"])
@pytest.mark.parametrize("scene", ["noise", "narrow", "constant"])
@pytest.mark.parametrize("dtype", DTYPES)
def test_match_histograms(equalize, dtype, scene, target_scene):
    image = make_image(scene, dtype)
    target = make_image(target_scene, dtype, (37, 41), seed=1)
    found = equalize(image, "--output-type=double" if dtype in INTEGERS else "--output-type=same", match=target)
    np.testing.assert_array_equal(found, exposure.match_histograms(image, target))


@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_match_histograms_of_another_dimension(equalize, dtype):
    image = make_image("dark", dtype)
    target = make_image("ramp", dtype, (7, 31, 29))
    found = equalize(image, "--output-type=double" if dtype in INTEGERS else "--output-type=same", match=target)
    np.testing.assert_array_equal(found, matched(image, target))


def matched(image, target):
    """match_histograms wants as many axes; the distribution has none."""
    return exposure.match_histograms(image.reshape(1, *image.shape), target).reshape(image.shape)


# The recipe with numpy.histogram, cumsum and numpy.interp.
@pytest.mark.parametrize("bins", [256, 10])
@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_the_recipe(equalize, dtype, scene, bins):
    image = make_image(scene, dtype)
    found = equalize(image, "--method=bin-edges", f"--bins={bins}", "--output-type=double")
    np.testing.assert_array_equal(found, by_recipe(image, bins))


# Ranks.
@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("dtype", [*metaimage.ELEMENT_TYPES])
def test_ranks(equalize, dtype, scene):
    image = make_image(scene, dtype)
    found = equalize(image, "--method=rank", "--output-type=uint32")
    np.testing.assert_array_equal(found, np.sort(image.ravel()).searchsorted(image))


# OpenCV and Pillow.
@pytest.mark.parametrize("shape", [(61, 97), (1, 1), (1, 53), (16, 16)])
@pytest.mark.parametrize("scene", SCENES)
def test_opencv(equalize, scene, shape):
    image = make_image(scene, "uint8", shape)
    np.testing.assert_array_equal(equalize(image, "--method=opencv"), cv2.equalizeHist(image))


@pytest.mark.parametrize("shape", [(61, 97), (1, 1), (1, 53), (16, 16)])
@pytest.mark.parametrize("scene", SCENES)
def test_pillow(equalize, scene, shape):
    image = make_image(scene, "uint8", shape)
    np.testing.assert_array_equal(
        equalize(image, "--method=pillow"), np.asarray(ImageOps.equalize(Image.fromarray(image)))
    )


def test_pillow_with_a_mask(equalize):
    """Pillow's mask, too, says which pixels count, and all are equalized."""
    image = make_image("dark", "uint8")
    mask = np.random.default_rng(3).random(image.shape) < 0.5
    expected = ImageOps.equalize(Image.fromarray(image), Image.fromarray(mask.astype(np.uint8) * 255).convert("1"))
    np.testing.assert_array_equal(equalize(image, "--method=pillow", mask=mask.astype(np.uint8)), np.asarray(expected))


# CLAHE.
@pytest.mark.parametrize("tiles", [(8, 8), (3, 5)])
@pytest.mark.parametrize("scene", ["noise", "dark"])
@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_clahe(equalize, dtype, scene, tiles):
    image = make_image(scene, dtype)
    found = equalize(image, "--method=clahe", "--clip-limit=3", f"--tiles={tiles[0]},{tiles[1]}")
    np.testing.assert_array_equal(found, cv2.createCLAHE(3, tiles).apply(image))


# Frames of a series, each by itself.
def scale_frames(dtype):
    frames = make_image("noise", "float64", (6, 23, 31))
    gains = np.linspace(0.2, 1, 6)[:, None, None]
    return np.clip((frames + 400) * gains * 0.07 * (1 if dtype == "uint8" else 200), 0, None).astype(dtype)


@pytest.mark.parametrize(
    ("method", "peer"),
    [
        ("empirical", exposure.equalize_hist),
        ("rank", lambda frame: np.sort(frame.ravel()).searchsorted(frame)),
        ("bin-edges", lambda frame: by_recipe(frame, 256)),
        ("opencv", cv2.equalizeHist),
        ("pillow", lambda frame: np.asarray(ImageOps.equalize(Image.fromarray(frame)))),
    ],
)
@pytest.mark.parametrize("axis", [0, 1, 2])
def test_frames(equalize, axis, method, peer):
    frames = np.ascontiguousarray(np.moveaxis(scale_frames("uint8"), 0, 2 - axis))
    found = equalize(frames, f"--method={method}", f"--frame-axis={axis}", "--output-type=double")
    expected = np.stack([peer(np.ascontiguousarray(f)) for f in np.moveaxis(frames, 2 - axis, 0)])
    np.testing.assert_array_equal(np.moveaxis(found, 2 - axis, 0), expected)


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
@pytest.mark.parametrize("axis", [0, 1, 2])
def test_frames_by_tiles(equalize, axis, dtype):
    frames = np.ascontiguousarray(np.moveaxis(scale_frames(dtype), 0, 2 - axis))
    found = equalize(frames, "--method=clahe", f"--frame-axis={axis}", "--clip-limit=3", "--tiles=4")
    peer = cv2.createCLAHE(3, (4, 4))
    expected = np.stack([peer.apply(np.ascontiguousarray(frame)) for frame in np.moveaxis(frames, 2 - axis, 0)])
    np.testing.assert_array_equal(np.moveaxis(found, 2 - axis, 0), expected)


@pytest.mark.parametrize("dtype", FLOATS)
def test_frames_of_real_numbers(equalize, dtype):
    frames = scale_frames(dtype)
    found = equalize(frames, "--method=bin-centers", "--frame-axis=2")
    np.testing.assert_array_equal(found, np.stack([exposure.equalize_hist(frame) for frame in frames]))


@pytest.mark.parametrize("dtype", ["uint8", "uint16", "float32"])
def test_frames_are_matched_to_the_first(equalize, dtype):
    frames = scale_frames(dtype)
    found = equalize(frames, "--frame-axis=2", "--output-type=double", match=frames[0])
    expected = np.stack([exposure.match_histograms(frame, frames[0]) for frame in frames])
    # Of single precision, scikit-image rounds what it gives.
    np.testing.assert_allclose(found, expected, rtol=1e-7 if dtype == "float32" else 0)


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_a_distribution_of_a_whole_series(equalize, dtype):
    frames = scale_frames(dtype)
    found = equalize(frames[2], "--output-type=double", distribution=frames)
    np.testing.assert_array_equal(found, exposure.equalize_hist(frames)[2])


# Colours.
@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_colours_keep_their_chroma(run_tool, tmp_path, dtype):
    """The luma is that of OpenCV's YCrCb, and red, green and blue change alike."""
    colors = make_image("dark", dtype, (61, 97, 3))
    cv2.imwrite(str(tmp_path / "in.png"), colors[..., ::-1])
    run_tool("EqualizeHistogram", tmp_path / "in.png", tmp_path / "out.png")
    luma = cv2.cvtColor(colors, cv2.COLOR_RGB2YCrCb)[..., 0]
    maximum = np.iinfo(dtype).max
    wanted = np.rint(exposure.equalize_hist(luma) * maximum)
    expected = np.clip(colors + (wanted - luma)[..., None], 0, maximum)
    found = cv2.imread(str(tmp_path / "out.png"), cv2.IMREAD_UNCHANGED)[..., ::-1]
    np.testing.assert_array_equal(found, expected.astype(dtype))


# What peers do not define.
@pytest.mark.parametrize("method", ["empirical", "rank", "bin-centers", "bin-edges", "clahe"])
def test_nothing_but_nan_stays(equalize, method):
    image = np.full((5, 7), np.nan, np.float32)
    assert np.isnan(equalize(image, f"--method={method}")).all()


@pytest.mark.parametrize("method", ["empirical", "rank", "bin-centers", "bin-edges"])
def test_nan_and_infinities_do_not_count(equalize, method):
    image = make_image("noise", "float64")
    holes = np.random.default_rng(4).random(image.shape) < 0.2
    with_holes = np.where(holes, np.resize([np.nan, np.inf, -np.inf], image.shape), image)
    found = equalize(with_holes, f"--method={method}")
    np.testing.assert_array_equal(found[holes], with_holes[holes])
    alone = equalize(image[~holes][None, :], f"--method={method}")
    np.testing.assert_array_equal(found[~holes], alone[0])


@pytest.mark.parametrize("method", ["empirical", "bin-centers", "bin-edges", "opencv", "pillow", "clahe"])
def test_an_empty_mask_leaves_all_as_it_is(equalize, method):
    image = make_image("noise", "uint8")
    np.testing.assert_array_equal(equalize(image, f"--method={method}", mask=np.zeros_like(image)), image)


@pytest.mark.parametrize("dtype", ["float32", "float64", "uint32", "int32"])
def test_bounded_memory_is_exact_to_8_and_16_bits(equalize, dtype):
    image = make_image("dark", dtype, (301, 257))
    for output_type in ["uint8", "uint16"]:
        exact = equalize(image, f"--output-type={output_type}")
        np.testing.assert_array_equal(equalize(image, f"--output-type={output_type}", "--bounded-memory"), exact)
    exact = equalize(image, "--output-type=double")
    bounded = equalize(image, "--output-type=double", "--bounded-memory")
    np.testing.assert_allclose(bounded, exact, rtol=0, atol=1 / 65535)
