#!/usr/bin/env python3
"""Times what people use today to recover values from colours, as {"case/peer": nanoseconds per sample} in JSON.

    python inverse_colormap_peers.py --json out.json [--quick]

The cases are named as in itkInverseColormapBenchmark. A sample is one pixel of RGBA bytes. Each peer is run once to
warm up; the best of the repetitions counts. Results are written to preallocated arrays where a peer can. Before
anything is timed, the peers must agree on a picture that was coloured.

scipy_kdtree finds the exactly nearest entry; numpy_table knows the colours of the colormap only, all others are NaN.
"""

import argparse
import json
import sys
import time

import matplotlib
import numpy as np
from scipy.spatial import cKDTree

THREADS = 2


def seconds(function, repetitions):
    function()
    durations = []
    for _ in range(repetitions):
        start = time.perf_counter()
        function()
        durations.append(time.perf_counter() - start)
    return min(durations)


def colored_picture(size):
    """A smooth scene with noise, coloured by viridis."""
    y, x = np.mgrid[0:size, 0:size] / size
    noise = np.random.default_rng(1).standard_normal((size, size))
    return matplotlib.colormaps["viridis"](0.5 + 0.4 * np.sin(9 * x) * np.cos(7 * y) + 0.05 * noise, bytes=True)


def noise_picture(size):
    """Random colours, all opaque."""
    picture = np.random.default_rng(1).integers(0, 256, (size, size, 4), np.uint8)
    picture[..., 3] = 255
    return picture


def table_and_values():
    table = matplotlib.colormaps["viridis"](np.arange(256), bytes=True)[:, :3]
    return table, ((np.arange(256) + 0.5) / 256).astype(np.float32)


def scipy_kdtree(picture, workers=1):
    table, values = table_and_values()
    tree = cKDTree(table)
    return lambda: values[tree.query(picture[..., :3], workers=workers)[1]]


def scipy_kdtree_by_threads(picture):
    return scipy_kdtree(picture, workers=THREADS)


def numpy_table(picture):
    table, values = table_and_values()
    packed = np.full(1 << 24, np.nan, np.float32)
    red, green, blue = table.astype(np.uint32).T
    packed[red | green << 8 | blue << 16] = values
    recovered = np.empty(picture.shape[:2], np.float32)
    keys = np.empty(picture.shape[:2], np.uint32)

    def run():
        np.bitwise_and(picture.view(np.uint32)[..., 0], 0xFFFFFF, out=keys)
        return np.take(packed, keys, out=recovered, mode="clip")

    return run


PEERS = {
    "scipy_kdtree": scipy_kdtree,
    f"scipy_kdtree_{THREADS}_workers": scipy_kdtree_by_threads,
    "numpy_table": numpy_table,
}
PICTURES = {"coloured": colored_picture, "noise": noise_picture}


def verify_peers():
    """Neighbouring entries of the same bytes may be taken one for the other."""
    picture = colored_picture(200)
    results = [prepare(picture)() for prepare in PEERS.values()]
    for name, result in zip(PEERS, results):
        if not np.allclose(result, results[0], atol=1.01 / 256):
            sys.exit(f"{name} disagrees with {next(iter(PEERS))}: its times would mean nothing.")


def time_inverse_colormaps(quick):
    size, repetitions = (300, 1) if quick else (3000, 3)
    times = {}
    for case, make_picture in PICTURES.items():
        picture = make_picture(size)
        for name, prepare in PEERS.items():
            full_name = f"InverseColormap/{case}/{name}"
            times[full_name] = seconds(prepare(picture), repetitions) * 1e9 / (size * size)
            print(f"{full_name}: {times[full_name]:.3f} ns per sample", file=sys.stderr)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", required=True, help="file to write the times to")
    parser.add_argument("--quick", action="store_true", help="small pictures: shows that it runs, no more")
    arguments = parser.parse_args()

    verify_peers()
    times = time_inverse_colormaps(arguments.quick)
    with open(arguments.json, "w") as file:
        json.dump(times, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
