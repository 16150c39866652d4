# SPDX-License-Identifier: Apache-2.0
"""The equalization filter gives the very pixels of OpenCV's CLAHE, by the small program
itkContrastLimitedEqualizationProgram."""

import cv2
import metaimage
import numpy as np
import pytest

DTYPES = ["uint8", "uint16"]
CLIP_LIMITS = [0, 0.5, 1, 2, 3.7, 40, 1e6]
GRIDS = [(1, 1), (2, 2), (8, 8), (16, 16), (1, 8), (8, 1), (3, 5), (16, 4)]
# Width and height: multiples of most grids, primes, one of both, less than the tiles, a row, a column, one pixel.
SIZES = [(96, 64), (240, 240), (97, 61), (96, 61), (97, 64), (7, 5), (3, 40), (1, 31), (29, 1), (2, 2), (1, 1)]
SCENES = ["noise", "dark", "ramp", "two_values", "constant"]


def make_image(scene, dtype, size, seed):
    random = np.random.default_rng(seed)
    maximum = np.iinfo(dtype).max
    shape = (size[1], size[0])
    if scene == "noise":
        return random.integers(0, maximum, shape, dtype, endpoint=True)
    if scene == "dark":
        return (maximum * random.random(shape) ** 6).astype(dtype)
    if scene == "ramp":
        return np.linspace(0, maximum, size[0] * size[1]).reshape(shape).astype(dtype)
    if scene == "two_values":
        return np.where(random.random(shape) < 0.2, maximum, 3).astype(dtype)
    return np.full(shape, 77, dtype)


def assert_parity(run_tool, folder, image, clip_limit, grid):
    metaimage.write(folder / "in.mha", image)
    run_tool("itkContrastLimitedEqualizationProgram", folder / "in.mha", folder / "out.mha", clip_limit, *grid)
    expected = cv2.createCLAHE(clip_limit, grid).apply(image)
    np.testing.assert_array_equal(metaimage.read(folder / "out.mha"), expected)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("grid", GRIDS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_sizes_and_grids(run_tool, tmp_path, dtype, grid, size):
    case = SIZES.index(size) + GRIDS.index(grid)
    image = make_image(SCENES[case % len(SCENES)], dtype, size, case)
    assert_parity(run_tool, tmp_path, image, CLIP_LIMITS[case % len(CLIP_LIMITS)], grid)


@pytest.mark.parametrize("clip_limit", CLIP_LIMITS)
@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_clip_limits_and_scenes(run_tool, tmp_path, dtype, scene, clip_limit):
    assert_parity(run_tool, tmp_path, make_image(scene, dtype, (413, 307), 9), clip_limit, (8, 8))


@pytest.mark.parametrize("dtype", DTYPES)
def test_tiles_larger_than_their_number_of_values(run_tool, tmp_path, dtype):
    assert_parity(run_tool, tmp_path, make_image("dark", dtype, (1500, 1100), 10), 2, (3, 2))
