# SPDX-License-Identifier: Apache-2.0
"""Histogram equalization of arrays, beside NumPy's own words for it; the tool is compared with all peers."""

import itk
import numpy as np
import pytest

equalize = itk.histogram_equalization_image_filter


def fractions_not_above(image):
    return np.searchsorted(np.sort(image, axis=None), image, side="right") / image.size


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.float32, np.float64])
@pytest.mark.parametrize("shape", [(60, 50), (7, 30, 40)])
def test_levels_are_fractions_of_the_image(dtype, shape):
    image = np.random.default_rng(1).uniform(0, 100, shape).astype(dtype)
    expected = fractions_not_above(image)
    np.testing.assert_array_equal(equalize(image, dtype=float), expected)
    np.testing.assert_array_equal(equalize(image, dtype=np.uint8), np.rint(255 * expected))
    assert equalize(image).dtype == dtype


def test_ranks_are_those_of_searchsorted():
    image = np.random.default_rng(2).normal(size=(80, 70)).astype(np.float32)
    expected = np.sort(image.ravel()).searchsorted(image)
    np.testing.assert_array_equal(equalize(image, method="rank", dtype=float), expected)


def test_each_frame_by_itself():
    frames = np.random.default_rng(3).integers(0, 256, (18, 20, 30), np.uint8)
    frames[4] //= 3
    together = equalize(frames, per_frame=True)
    for frame, equalized in zip(frames, together):
        np.testing.assert_array_equal(equalized, equalize(frame))
    np.testing.assert_array_equal(together, equalize(frames, frame_axis=2))
    assert (together != equalize(frames)).any()


@pytest.mark.parametrize(
    "as_target", [lambda image: image, itk.image_from_array, itk.IntensityDistributionImageSink.New]
)
def test_matching_gives_the_distribution_of_the_target(as_target):
    generator = np.random.default_rng(4)
    image, target = generator.normal(size=(50, 40)), generator.exponential(size=(50, 40))
    matched = equalize(image, target_distribution=as_target(target))
    np.testing.assert_array_equal(np.sort(matched, axis=None), np.sort(target, axis=None))
    np.testing.assert_array_equal(np.argsort(matched, axis=None), np.argsort(image, axis=None))


def test_a_distribution_that_was_learned_from_a_series_holds_for_each_frame():
    series = np.random.default_rng(5).integers(0, 4096, (6, 30, 40), np.uint16)
    frame = np.ascontiguousarray(series[2])
    expected = equalize(series, dtype=float)[2]
    np.testing.assert_array_equal(equalize(frame, dtype=float, distribution=series), expected)


def test_what_is_masked_does_not_count():
    image = np.random.default_rng(6).integers(0, 200, (30, 40), np.uint8)
    mask = np.zeros(image.shape, bool)
    mask[5:20, 10:30] = True
    counted = np.sort(image[mask])
    expected = np.searchsorted(counted, image, side="right") / counted.size
    np.testing.assert_array_equal(equalize(image, dtype=float, mask=mask), expected)
    with pytest.raises(ValueError, match=r"has the shape \(30, 40\)"):
        equalize(image, mask=mask[1:])


def test_the_sink_learns_values_and_counts():
    image = np.random.default_rng(7).integers(0, 50, (30, 40), np.uint16)
    normalization = itk.intensity_distribution_image_sink(image)
    values, counts = np.unique(image, return_counts=True)
    np.testing.assert_array_equal(normalization.GetValues(), values)
    np.testing.assert_array_equal(normalization.GetCountsBelow(), np.concatenate([[0], np.cumsum(counts)]))
    np.testing.assert_array_equal(normalization.Forward(image.astype(float)), fractions_not_above(image))
    np.testing.assert_array_equal(normalization.Inverse(normalization.Forward(values.astype(float))), values)

    same = itk.EqualizingNormalization.New()
    same.SetCounts(values, normalization.GetCountsBelow())
    np.testing.assert_array_equal(same.Forward(image.astype(float)), fractions_not_above(image))
    with pytest.raises(ValueError, match="longer by one"):
        same.SetCounts([1, 2], [0, 1])
    with pytest.raises(RuntimeError, match="each above the one before"):
        same.SetCounts([2, 1], [0, 1, 2])


def test_colours_by_the_distribution_of_an_image():
    image = np.exp(np.random.default_rng(8).normal(size=(50, 60)))
    colored = itk.colormap_image_filter(image, normalization="equalizing", colormap="viridis")
    viridis = itk.Colormap.New(name="viridis").GetByteTable()
    indices = np.minimum((256 * fractions_not_above(image)).astype(int), 255)
    np.testing.assert_array_equal(colored, viridis[indices])


def test_a_picture_is_equalized_by_its_luma():
    picture = np.random.default_rng(9).integers(80, 120, (30, 40, 3), np.uint8)
    luma = itk.luma_image_filter(picture)
    equalized = itk.luma_replacement_image_filter(picture, luma_image=equalize(luma))
    assert equalized.shape == picture.shape
    np.testing.assert_array_equal(itk.luma_replacement_image_filter(picture, luma_image=luma), picture)
    inside = ((equalized > 0) & (equalized < 255)).all(axis=-1)
    difference = equalized.astype(int) - picture
    assert inside.sum() > 500 and (np.ptp(difference[inside], axis=-1) == 0).all()


def test_errors_say_what_is_allowed():
    image = np.zeros((40, 50), np.uint16)
    with pytest.raises(ValueError, match="There is no method 'ranks': did you mean 'rank'"):
        equalize(image, method="ranks")
    with pytest.raises(TypeError, match="makes uint16, uint8, float32, float64"):
        equalize(image, dtype=np.int8)
    with pytest.raises(TypeError, match="The distribution is 5: give"):
        equalize(image, distribution=5)
    with pytest.raises(RuntimeError, match="for images of 8-bit integers without sign"):
        equalize(image, method="opencv")
