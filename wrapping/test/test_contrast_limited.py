# SPDX-License-Identifier: Apache-2.0
"""Contrast-limited adaptive histogram equalization of arrays; its numbers are compared with OpenCV's in C++."""

import itk
import numpy as np
import pytest

equalize = itk.contrast_limited_adaptive_histogram_equalization_image_filter


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint16, np.float32, np.float64])
@pytest.mark.parametrize("shape", [(60, 50), (20, 30, 40)])
def test_the_result_has_the_type_and_the_shape_of_the_image(dtype, shape):
    image = np.random.default_rng(1).uniform(0, 100, shape).astype(dtype)
    equalized = equalize(image, clip_limit=2)
    assert isinstance(equalized, np.ndarray)
    assert equalized.dtype == dtype and equalized.shape == shape
    assert (equalized != image).any()


def test_one_tile_without_a_limit_is_plain_equalization():
    image = np.random.default_rng(2).integers(30, 60, (50, 40), np.uint8)
    not_above = np.cumsum(np.bincount(image.ravel(), minlength=256))[image]
    expected = np.rint(np.float32(255 / image.size) * not_above.astype(np.float32))
    np.testing.assert_array_equal(equalize(image, number_of_tiles=1, clip_limit=0), expected)


def test_the_last_axis_of_an_array_is_the_first_that_tiles_are_counted_along():
    image = np.random.default_rng(3).uniform(0, 1, (40, 60)) ** np.linspace(1, 4, 60)
    image = (255 * image).astype(np.uint8)
    upright = equalize(image, clip_limit=0, number_of_tiles=(3, 2)).astype(int)
    lying = equalize(np.ascontiguousarray(image.T), clip_limit=0, number_of_tiles=(2, 3)).astype(int)
    # Levels are interpolated along the first axis first, in single precision.
    assert np.abs(upright - lying.T).max() <= 1
    assert np.abs(upright - equalize(image, clip_limit=0, number_of_tiles=(2, 3))).max() > 10


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_each_frame_by_itself(dtype):
    frames = np.random.default_rng(6).integers(0, 200, (9, 40, 50)).astype(dtype)
    frames[4] //= 3
    together = equalize(frames, per_frame=True, clip_limit=2, number_of_tiles=4)
    for frame, equalized in zip(frames, together):
        np.testing.assert_array_equal(equalized, equalize(frame, clip_limit=2, number_of_tiles=4))
    np.testing.assert_array_equal(together, equalize(frames, frame_axis=2, clip_limit=2, number_of_tiles=4))


def test_what_is_masked_stays_and_nan_too():
    image = np.random.default_rng(4).uniform(0, 1, (40, 50)).astype(np.float32)
    image[3, 30] = np.nan
    mask = np.ones(image.shape, bool)
    mask[:, :20] = False
    equalized = equalize(image, mask=mask, number_of_tiles=2)
    np.testing.assert_array_equal(equalized[~mask], image[~mask])
    assert np.isnan(equalized[3, 30]) and np.isfinite(equalized).sum() == image.size - 1
    assert (equalized[4:, 20:] != image[4:, 20:]).any()
    np.testing.assert_array_equal(equalize(image, mask=np.zeros(image.shape, bool)), image)


def test_a_data_array_keeps_what_it_is():
    xarray = pytest.importorskip("xarray")
    values = np.random.default_rng(5).uniform(0, 1, (40, 50))
    image = xarray.DataArray(values, dims=("y", "x"), coords={"x": np.arange(50) * 0.5}, name="ct")
    equalized = equalize(image)
    assert equalized.dims == ("y", "x") and equalized.name == "ct"
    np.testing.assert_array_equal(equalized.values, equalize(values))


def test_errors_say_what_is_allowed():
    image = np.zeros((40, 50), np.uint8)
    with pytest.raises(RuntimeError, match="ClipLimit is -1"):
        equalize(image, clip_limit=-1)
    with pytest.raises(RuntimeError, match="at least one along each axis"):
        equalize(image, number_of_tiles=0)
    with pytest.raises(ValueError, match=r"the image has the shape \(40, 50\): give a mask of that shape\."):
        equalize(image, mask=np.ones((40, 51), bool))
    with pytest.raises(RuntimeError, match="more than the limit of 1000"):
        equalize(image, memory_limit=1000)
