# SPDX-License-Identifier: Apache-2.0
"""What people equalize histograms with today, as functions that peers.py times: each takes an image and returns what is
to be timed."""

import cv2
import numpy as np
from skimage import exposure


def scene(shape, dtype):
    """A smooth scene with noise; floating-point values are spread over magnitudes."""
    y, x = np.mgrid[0 : shape[-2], 0 : shape[-1]] / shape[-1]
    noise = np.random.default_rng(5).standard_normal(shape, np.float32)
    values = (0.4 + 0.3 * np.sin(5 * x) * np.cos(4 * y)).astype(np.float32) + np.float32(0.08) * noise
    if np.issubdtype(dtype, np.integer):
        return (np.clip(values, 0, 1) * np.iinfo(dtype).max).astype(dtype)
    return np.exp(8 * values).astype(dtype)


def numpy_recipe_of_frames(frames):
    def equalize(frame):
        histogram, edges = np.histogram(frame.ravel(), 256, density=True)
        cdf = histogram.cumsum()
        return np.interp(frame.ravel(), edges[:-1], 255 * cdf / cdf[-1]).reshape(frame.shape)

    return lambda: [equalize(frame) for frame in frames]


def skimage_of_frames(frames):
    return lambda: [exposure.equalize_hist(frame) for frame in frames]


def opencv_of_frames(frames):
    equalized = np.empty_like(frames)

    def run():
        for frame, result in zip(frames, equalized):
            cv2.equalizeHist(frame, result)

    return run


def skimage(image):
    return lambda: exposure.equalize_hist(image)


def numpy_bincount(image):
    greatest = np.iinfo(image.dtype).max

    def run():
        cdf = np.bincount(image.ravel(), minlength=greatest + 1).cumsum()
        return np.rint(greatest * (cdf / cdf[-1])).astype(image.dtype)[image]

    return run


def numpy_rank(image):
    return lambda: np.sort(image.ravel()).searchsorted(image)


# Case, shape, type and peers.
CASES = [
    (
        "EqualizeFrames/uint8",
        (1800, 96, 96),
        np.uint8,
        {"numpy_recipe": numpy_recipe_of_frames, "skimage": skimage_of_frames, "opencv": opencv_of_frames},
    ),
    ("Equalize/uint16", (4096, 4096), np.uint16, {"skimage": skimage, "numpy_bincount": numpy_bincount}),
    ("Rank/float32", (4096, 4096), np.float32, {"numpy": numpy_rank}),
]
