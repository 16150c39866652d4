#!/usr/bin/env python3
"""Writes NamedColormapsReference.inc beside this file: hashes of matplotlib's own colormap tables.

    python3 -m venv reference-venv && reference-venv/bin/pip install matplotlib==3.11.2
    reference-venv/bin/python test/generate_named_colormaps_reference.py

Each line has a name, a number of entries, and the 64-bit FNV-1a hashes of the table's RGBA bytes and of the bits
(little-endian) of its RGBA doubles.
"""

import sys
from pathlib import Path

import matplotlib
import numpy as np

NAMES = [
    "cividis",
    "cool",
    "coolwarm",
    "gray",
    "hot",
    "inferno",
    "jet",
    "magma",
    "plasma",
    "turbo",
    "twilight",
    "viridis",
]
SIZES = [1, 2, 7, 100, 1024]


def fnv1a(data):
    hashed = 0xCBF29CE484222325
    for byte in data:
        hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
    return hashed


def reference(name, colormap):
    entries = np.arange(colormap.N)
    as_bytes = colormap(entries, bytes=True).tobytes()
    as_doubles = colormap(entries).astype("<f8").tobytes()
    return f'{{ "{name}", {colormap.N}, 0x{fnv1a(as_bytes):016x}, 0x{fnv1a(as_doubles):016x} }},'


def main():
    if not matplotlib.__version__.startswith("3.11."):
        sys.exit(f"matplotlib {matplotlib.__version__} is installed, 3.11 is needed: pip install matplotlib==3.11.2")
    lines = []
    for name in (name + suffix for name in NAMES for suffix in ("", "_r")):
        colormap = matplotlib.colormaps[name]
        lines.append(reference(name, colormap))
        lines += [reference(name, colormap.resampled(size)) for size in SIZES]
    Path(__file__).with_name("NamedColormapsReference.inc").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
