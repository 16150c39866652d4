#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes ContrastLimitedReference.inc beside this file: hashes of what OpenCV's CLAHE makes of made-up images.

    python3 -m venv reference-venv && reference-venv/bin/pip install opencv-python-headless==5.0.0.93 numpy==2.4.6
    reference-venv/bin/python test/generate_contrast_limited_reference.py

Each line has the bits of a pixel, width, height, tiles along both axes, the clip limit, and the 64-bit FNV-1a hash of
the pixels' bytes (little-endian).
"""

import sys
from pathlib import Path

import cv2
import numpy as np

CASES = [
    (width, height, grid, clip_limit)
    for width, height, grid, clip_limits in [
        (96, 64, (8, 8), (0, 0.5, 2, 40)),  # multiples of the tiles
        (97, 61, (8, 8), (0, 2, 40)),  # of neither
        (96, 61, (8, 8), (2,)),  # of one
        (97, 64, (8, 8), (2,)),
        (60, 35, (1, 1), (0, 3)),
        (60, 35, (3, 5), (1, 3.7)),
        (60, 35, (16, 4), (3,)),
        (200, 300, (2, 3), (1, 1e6)),
        (7, 5, (8, 8), (2,)),  # less than the tiles
        (3, 40, (16, 16), (2,)),
        (1, 31, (8, 8), (2,)),
        (1, 1, (8, 8), (40,)),
    ]
    for clip_limit in clip_limits
]


def make_image(bits, width, height):
    """Many dark pixels, few bright ones, in no order; the test makes the same."""
    scrambled = np.arange(width * height, dtype=np.uint64) * 2654435761 % 2**32
    again = scrambled * 40503 % 2**32
    values = (scrambled >> 16) * (again >> 16) >> (32 - bits)
    return values.astype(f"uint{bits}").reshape(height, width)


def fnv1a(data):
    hashed = 0xCBF29CE484222325
    for byte in data:
        hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
    return hashed


def reference(bits, width, height, grid, clip_limit):
    equalized = cv2.createCLAHE(clip_limit, grid).apply(make_image(bits, width, height))
    hashed = fnv1a(equalized.astype(f"<u{bits // 8}").tobytes())
    return f"{{ {bits}, {width}, {height}, {grid[0]}, {grid[1]}, {float(clip_limit)!r}, 0x{hashed:016x} }},"


def main():
    if not cv2.__version__.startswith("5.0."):
        sys.exit(f"OpenCV {cv2.__version__} is installed, 5.0 is needed: pip install opencv-python-headless==5.0.0.93")
    lines = [reference(bits, *case) for bits in (8, 16) for case in CASES]
    Path(__file__).with_name("ContrastLimitedReference.inc").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
