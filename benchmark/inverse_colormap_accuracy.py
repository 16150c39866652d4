#!/usr/bin/env python3
"""Prints, as a Markdown table, how well values are recovered from pictures through ten colormaps.

    benchmark/inverse_colormap_accuracy.py build/bin

The folder is that of itkInverseColormapProgram, which is built with the tests; the packages are those of
test/requirements.txt. A scene of values from 1500 to 4500 is coloured by matplotlib, and errors are root mean squares.
"""

import argparse
import io
import subprocess
import sys
import tempfile
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "test" / "parity"))

import inverse_colormap  # noqa: E402

NAMES = ["cividis", "coolwarm", "gray", "hot", "hsv", "jet", "magma", "plasma", "turbo", "viridis"]
MINIMUM, MAXIMUM = 1500, 4500


def scene(size=1000):
    """Evenly distributed values, smooth along one axis as pictures are."""
    random = np.random.default_rng(0)
    ramp = (np.arange(size) + random.random((size, size))) / size
    return np.roll(ramp, random.integers(0, size), axis=1)


def color(colormap, scaled):
    return colormap(scaled, bytes=True)[..., :3]


def finely(name):
    """The same colormap with straight lines between its entries, cut into 4096."""
    entries = matplotlib.colormaps[name](np.arange(256))
    return LinearSegmentedColormap.from_list(name, entries, N=4096)


def through_jpeg(picture):
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=90, subsampling="4:2:0")
    return np.asarray(Image.open(file))


class Measure:
    def __init__(self, folder):
        self.folder = folder

    def run_tool(self, name, *arguments):
        subprocess.run([self.folder / name, *map(str, arguments)], check=True)

    def recover(self, picture, name, **options):
        with tempfile.TemporaryDirectory() as folder:
            return inverse_colormap.recover(
                self.run_tool, Path(folder), picture, colormap=name, minimum=MINIMUM, maximum=MAXIMUM, **options
            )["value"]

    def error(self, scaled, picture, name, **options):
        values = MINIMUM + (MAXIMUM - MINIMUM) * scaled
        return np.sqrt(np.mean((self.recover(picture, name, **options) - values) ** 2))


def left_edge_error(scaled, picture, name):
    """What is often done: the number of the first nearest entry, divided by the number of the last."""
    table = color(matplotlib.colormaps[name], np.arange(256)).astype(int)
    keys = table @ [1, 256, 65536]
    first = {key: entry for entry, key in reversed(list(enumerate(keys)))}
    found = np.vectorize(first.get)(picture.astype(int) @ [1, 256, 65536])
    return (MAXIMUM - MINIMUM) * np.sqrt(np.mean((found / 255 - scaled) ** 2))


def rows(measure):
    scaled = scene()
    for name in NAMES:
        colormap = matplotlib.colormaps[name]
        picture, continuous = color(colormap, scaled), color(finely(name), scaled)
        lossy = through_jpeg(picture)
        yield (
            name,
            len(np.unique(color(colormap, np.arange(256)), axis=0)),
            left_edge_error(scaled, picture, name),
            measure.error(scaled, picture, name),
            measure.error(scaled, continuous, name),
            measure.error(scaled, continuous, name, interpolate=1),
            measure.error(scaled, lossy, name),
            measure.error(scaled, lossy, name, metric="luma"),
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of itkInverseColormapProgram, for instance build/bin")
    arguments = parser.parse_args()
    print("| colormap | different colours | first entry / 255 | nearest | continuous: nearest | interpolated", end=" ")
    print("| JPEG: Euclidean | luma |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for name, number_of_colors, *errors in rows(Measure(arguments.folder)):
        print(f"| {name} | {number_of_colors} | " + " | ".join(f"{error:.2f}" for error in errors) + " |")


if __name__ == "__main__":
    main()
