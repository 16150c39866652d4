# SPDX-License-Identifier: Apache-2.0
"""What Python costs: runs itkAnewBenchmark and the same calls from Python by turns, and prints both and their ratio.

    python benchmark/python_overhead.py build-benchmark [--rounds 5]

Run it by a Python that has the wheel. On both sides a filter is made for each run, and so is its output.
"""

import argparse
import json
import statistics
import subprocess
import time
from pathlib import Path

import itk
import numpy as np

GREATEST = 200


def make_array(shape, dtype):
    return np.random.default_rng(1).uniform(0, GREATEST, shape).astype(dtype)


def color(image):
    return itk.colormap_image_filter(image, normalization=(0, GREATEST))


def count(frames):
    bins = itk.HistogramBins.New()
    bins.SetUniform(100, 0, GREATEST)
    return itk.pixelwise_temporal_histogram_image_filter(frames, bins=bins)


CASES = {
    f"{name}/{dtype}": (function, shape, dtype)
    for name, function, shape, dtypes in [
        ("Colormap", color, (3000, 3000), ["uint8", "uint16", "float32"]),
        ("TemporalHistogram", count, (510, 512, 512), ["uint8", "uint16"]),
    ]
    for dtype in dtypes
}


def time_python(name, seconds=1.0):
    function, shape, dtype = CASES[name]
    array = make_array(shape, dtype)
    function(array)
    n_runs, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        function(array)
        n_runs += 1
    return (time.perf_counter() - start) / n_runs / array.size * 1e9


def time_cpp(program, name):
    command = [program, "--benchmark_format=json", f"--benchmark_filter=^{name}/"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    (benchmark,) = json.loads(done.stdout)["benchmarks"]
    return benchmark["ns_per_sample"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path, help="a build with -DIntensityMapping_BUILD_BENCHMARKS=ON")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    program = next(path for path in arguments.build.rglob("itkAnewBenchmark") if path.is_file())

    print("| ns per sample | C++ | Python | Python / C++ |\n|---|---:|---:|---:|")
    for name in CASES:
        rounds = [(time_cpp(program, name), time_python(name)) for _ in range(arguments.rounds)]
        cpp, python = (statistics.median(times) for times in zip(*rounds))
        print(f"| {name} | {cpp:.3f} | {python:.3f} | {python / cpp:.2f} |", flush=True)


if __name__ == "__main__":
    main()
