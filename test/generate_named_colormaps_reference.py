#!/usr/bin/env python3
"""Writes NamedColormapsReference.inc beside this file: hashes of the peers' own colormap tables.

    python3 -m venv reference-venv
    reference-venv/bin/pip install matplotlib==3.11.2 cmcrameri==1.10 cmocean==4.0.3 opencv-python-headless==5.0.0.93
    reference-venv/bin/python test/generate_named_colormaps_reference.py

Each line has a name, its number of entries, and the 64-bit FNV-1a hashes of the RGBA bytes and of the bits
(little-endian) of the RGBA doubles of its tables: as it is, and with each of the numbers of entries in SIZES. NumPy's
sine and cosine differ by the processor in the last bit, so that the doubles of FORMULAS have no hash.
"""

import sys
from pathlib import Path

import cmcrameri.cm  # noqa: F401 - registers cmc.*
import cmocean.cm  # noqa: F401 - registers cmo.*
import cv2
import matplotlib
import numpy as np
from matplotlib.colors import ListedColormap, to_rgb

SIZES = [1, 2, 7, 100, 256, 1024, 4096]
FORMULAS = {"cubehelix", "flag", "prism"}
# The functions of gnuplot, whose licence has a clause on modified sources; what has two names; cmocean's inverted maps.
LEFT_OUT = {"afmhot", "gnuplot", "gnuplot2", "ocean", "rainbow"}
ALIASES = {"Grays", "gist_grey", "gist_yerg", "grey"}
OPENCV = [
    "autumn",
    "bone",
    "cividis",
    "cool",
    "deepgreen",
    "hot",
    "hsv",
    "inferno",
    "jet",
    "magma",
    "ocean",
    "pink",
    "plasma",
    "rainbow",
    "spring",
    "summer",
    "turbo",
    "twilight",
    "twilight_shifted",
    "viridis",
    "winter",
]
SEQUENCES = ["petroff6", "petroff8", "petroff10"]


def fnv1a(data):
    hashed = 0xCBF29CE484222325
    for byte in data:
        hashed = (hashed ^ byte) * 0x100000001B3 % 2**64
    return hashed


def reference(name, colormap):
    tables = [colormap, *map(colormap.resampled, SIZES)]
    as_bytes = b"".join(table(np.arange(table.N), bytes=True).tobytes() for table in tables)
    as_doubles = b"".join(table(np.arange(table.N)).astype("<f8").tobytes() for table in tables)
    doubles_hash = 0 if name.removesuffix("_r") in FORMULAS else fnv1a(as_doubles)
    return f'{{ "{name}", {colormap.N}, 0x{fnv1a(as_bytes):016x}, 0x{doubles_hash:016x} }},'


def base_colormaps():
    """Every colormap that the module should have, without the reversed ones."""
    colormaps = {
        name: colormap
        for name, colormap in matplotlib.colormaps.items()
        if not name.endswith(("_r", "_i", "_r_i", "_i_r")) and name not in LEFT_OUT | ALIASES
    }
    for name in SEQUENCES:
        colormaps[name] = ListedColormap([to_rgb(color) for color in matplotlib.color_sequences[name]], name)
    for name in OPENCV:
        table = cv2.applyColorMap(np.arange(256, dtype=np.uint8), getattr(cv2, "COLORMAP_" + name.upper()))
        colormaps["opencv." + name] = ListedColormap(table.reshape(256, 3)[:, ::-1] / 255, "opencv." + name)
    return colormaps


def main():
    if matplotlib.__version__ != "3.11.2":
        sys.exit(f"matplotlib {matplotlib.__version__} is installed, 3.11.2 is needed: pip install matplotlib==3.11.2")
    lines = []
    for name, colormap in sorted(base_colormaps().items(), key=lambda item: item[0].lower()):
        lines += [reference(name, colormap), reference(name + "_r", colormap.reversed())]
    Path(__file__).with_name("NamedColormapsReference.inc").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
