#!/usr/bin/env python3
"""Times what people use today for the same work, as {"case/peer": nanoseconds per sample} in JSON.

    python peers.py --json out.json [--quick] [--families Equalize,Rank]

The cases are named as in the Google Benchmark programs beside this file. A sample is one pixel of one frame
(TemporalHistogram) or one pixel (all others). Each peer is run once to warm up and compile; the best of the
repetitions counts. Results are written to preallocated arrays where a peer can, so that only its own work is timed.
Before anything is timed, the peers of the temporal histogram, and those of the inverse colormap, must agree with
each other.
"""

import argparse
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import boost_histogram as bh
import cv2
import equalization_peers
import itk
import matplotlib
import numba
import numpy as np
from matplotlib.colors import LogNorm, Normalize, PowerNorm
from scipy.spatial import cKDTree

THREADS = 2
NUMBER_OF_BINS = 100
PIXELS_PER_STAGED_TILE = 512
PIXELS_PER_DIRECT_TILE = 256


def seconds(function, repetitions):
    function()
    durations = []
    for _ in range(repetitions):
        start = time.perf_counter()
        function()
        durations.append(time.perf_counter() - start)
    return min(durations)


# ---------------------------------------------------------------------------------------------------------------------
# Temporal histogram: frames[frame, row, column] to counts[row, column, bin]


def smooth_frames(dtype, shape):
    """A smooth scene with noise per pixel and frame, which spreads a pixel's values over some forty bins."""
    maximum = np.iinfo(dtype).max
    y, x = np.mgrid[0 : shape[1], 0 : shape[2]] / shape[1]
    scene = (0.5 + 0.3 * np.sin(5 * x) * np.cos(4 * y)).astype(np.float32)
    noise = np.random.default_rng(1).standard_normal(shape, np.float32)
    return np.clip(maximum * (scene + 0.08 * noise), 0, maximum).astype(dtype)


def uniform_frames(dtype, shape):
    return np.random.default_rng(2).integers(0, np.iinfo(dtype).max, shape, dtype, endpoint=True)


def bin_edges(dtype):
    return np.linspace(0, np.iinfo(dtype).max, NUMBER_OF_BINS + 1)


def bin_table(dtype):
    """The bin of every value: left-closed, the last bin closed, as in numpy.histogram."""
    values = np.arange(np.iinfo(dtype).max + 1)
    return np.minimum(np.searchsorted(bin_edges(dtype), values, side="right") - 1, NUMBER_OF_BINS - 1).astype(np.uint8)


def numpy_recipe(frames):
    """Its searchsorted finds the right edge: bin 0 is only for values equal to the first edge."""
    bins = bin_edges(frames.dtype)
    hist = np.zeros(frames.shape[1:] + (len(bins),), np.uint32)
    rows, columns = np.indices(frames.shape[1:], sparse=True)

    def run():
        for frame in frames:
            hist[rows, columns, np.searchsorted(bins, frame)] += 1
        return hist

    return run


def boost_histogram(frames):
    """One fill for all frames: each of its threads fills a copy of the whole histogram, which must pay off."""
    size = frames[0].size
    pixels = np.tile(np.arange(size, dtype=np.int32), len(frames))
    values = frames.reshape(-1)
    hist = bh.Histogram(
        bh.axis.Integer(0, size, underflow=False, overflow=False),
        bh.axis.Regular(NUMBER_OF_BINS, 0, np.iinfo(frames.dtype).max, underflow=False),
        storage=bh.storage.Int64(),
    )

    def run():
        hist.fill(pixels, values, threads=THREADS)
        return hist.view(flow=True).reshape(frames.shape[1:] + (-1,))

    return run


@numba.njit(parallel=True)
def count_in_frame_order(frames, table, counts):
    counts[:] = 0
    for frame in range(frames.shape[0]):
        for row in numba.prange(frames.shape[1]):
            for column in range(frames.shape[2]):
                counts[row, column, table[frames[frame, row, column]]] += 1


@numba.njit(parallel=True)
def count_in_staged_tiles(frames, table, counts, pixels_per_tile):
    """8-bit counters that stay in the cache, added to the wide ones before they can overflow: every 255 frames.
    Unsigned indices spare Numba the test for negative ones."""
    number_of_frames, size = frames.shape
    for tile in numba.prange((size + pixels_per_tile - 1) // pixels_per_tile):
        begin = tile * pixels_per_tile
        length = min(pixels_per_tile, size - begin)
        staged = np.empty(length * 128, np.uint8)
        for first in range(0, number_of_frames, 255):
            staged[:] = 0
            for frame in range(first, min(first + 255, number_of_frames)):
                values = frames[frame, begin : begin + length]
                for pixel in range(length):
                    staged[np.uint64(pixel) * np.uint64(128) + np.uint64(table[values[pixel]])] += np.uint8(1)
            for pixel in range(length):
                wide = counts[begin + pixel]
                narrow = staged[pixel * 128 : pixel * 128 + len(wide)]
                if first == 0:
                    wide[:] = narrow
                else:
                    wide += narrow


@numba.njit(parallel=True)
def count_in_direct_tiles(frames, table, counts, pixels_per_tile):
    """The wide counters themselves, few enough at a time to stay in the cache."""
    number_of_frames, size = frames.shape
    number_of_bins = np.uint64(counts.shape[1])
    for tile in numba.prange((size + pixels_per_tile - 1) // pixels_per_tile):
        begin = tile * pixels_per_tile
        length = min(pixels_per_tile, size - begin)
        wide = counts[begin : begin + length].reshape(-1)
        wide[:] = 0
        for frame in range(number_of_frames):
            values = frames[frame, begin : begin + length]
            for pixel in range(length):
                wide[np.uint64(pixel) * number_of_bins + np.uint64(table[values[pixel]])] += 1


def make_counts(frames):
    counts = np.empty(frames.shape[1:] + (NUMBER_OF_BINS,), np.uint32)
    counts[:] = 1  # touches every page, which np.zeros does not
    return counts


def numba_frame_order(frames):
    table = bin_table(frames.dtype)
    counts = make_counts(frames)

    def run():
        count_in_frame_order(frames, table, counts)
        return counts

    return run


def numba_tiles(count, pixels_per_tile):
    def prepare(frames):
        table = bin_table(frames.dtype)
        counts = make_counts(frames)

        def run():
            count(frames.reshape(len(frames), -1), table, counts.reshape(-1, NUMBER_OF_BINS), pixels_per_tile)
            return counts

        return run

    return prepare


def copy(frames):
    destination = np.empty_like(frames)
    return lambda: np.copyto(destination, frames)


def copy_by_threads(frames):
    destination = np.empty_like(frames)
    pool = ThreadPoolExecutor(THREADS)
    halves = list(zip(np.array_split(destination, THREADS), np.array_split(frames, THREADS)))
    return lambda: list(pool.map(lambda half: np.copyto(*half), halves))


COUNTING_PEERS = {
    "numpy_recipe": numpy_recipe,
    "boost_histogram": boost_histogram,
    "numba_frame_order": numba_frame_order,
    "numba_row_tiles_staged": numba_tiles(count_in_staged_tiles, PIXELS_PER_STAGED_TILE),
    "numba_row_tiles_direct": numba_tiles(count_in_direct_tiles, PIXELS_PER_DIRECT_TILE),
}
COPYING_PEERS = {"copy": copy, f"copy_{THREADS}_threads": copy_by_threads}
SLOW_PEERS = {"numpy_recipe": 16, "boost_histogram": 60, "numba_frame_order": 60}  # and how many frames they get


def verify_counting_peers():
    """All frames are counted, and where the binning is the same, in the same bins."""
    for dtype in (np.uint8, np.uint16):
        frames = uniform_frames(dtype, (300, 8, 67))
        expected = np.stack(
            [np.histogram(frames[:, i, j], bin_edges(dtype))[0] for i in range(8) for j in range(67)]
        ).reshape(8, 67, NUMBER_OF_BINS)
        for name, prepare in COUNTING_PEERS.items():
            counts = prepare(frames)()
            if not (counts.sum(axis=-1) == len(frames)).all():
                sys.exit(f"{name} lost some of the {np.dtype(dtype)} frames: its times would mean nothing.")
            if name.startswith("numba") and not np.array_equal(counts, expected):
                sys.exit(f"{name} disagrees with numpy.histogram on {np.dtype(dtype)} frames.")


def time_temporal_histograms(quick):
    shape = (64, 128, 512) if quick else (510, 512, 512)
    repetitions = 1 if quick else 5
    times = {}
    for dtype in (np.uint8, np.uint16):
        for scene, make_frames in (("smooth", smooth_frames), ("uniform", uniform_frames)):
            frames = make_frames(dtype, shape)
            for name, prepare in {**COUNTING_PEERS, **COPYING_PEERS}.items():
                used = frames[: SLOW_PEERS.get(name, len(frames))]
                case = f"TemporalHistogram/{np.dtype(dtype)}/{scene}/{name}"
                times[case] = seconds(prepare(used), repetitions) * 1e9 / used.size
                print(f"{case}: {times[case]:.3f} ns per sample", file=sys.stderr)
    return times


# ---------------------------------------------------------------------------------------------------------------------
# Colormap: values to colours


def scalar_image(dtype, size):
    """A smooth scene with noise that spans the whole range; floating-point values span [0, 1]."""
    y, x = np.mgrid[0:size, 0:size] / size
    noise = np.random.default_rng(3).standard_normal((size, size))
    scene = np.clip(0.5 + 0.4 * np.sin(9 * x) * np.cos(7 * y) + 0.05 * noise, 0, 1)
    return (scene * image_maximum(dtype)).astype(dtype)


def image_maximum(dtype):
    return np.iinfo(dtype).max if np.issubdtype(dtype, np.integer) else 1.0


def matplotlib_rgba(image, norm=None):
    colormap = matplotlib.colormaps["viridis"]
    norm = norm or Normalize(0, image_maximum(image.dtype))
    return lambda: colormap(norm(image), bytes=True)


def opencv_bgr(image):
    """Three channels: OpenCV's colormaps have no opacity. It colours 8-bit values only, others are scaled first."""
    scaled = np.empty(image.shape, np.uint8)
    colors = np.empty(image.shape + (3,), np.uint8)
    scale = 255 / image_maximum(image.dtype)

    def run():
        values = image if image.dtype == np.uint8 else cv2.convertScaleAbs(image, scaled, scale)
        return cv2.applyColorMap(values, cv2.COLORMAP_VIRIDIS, colors)

    return run


def itk_rgb(image):
    """Three channels: the RGBA instance of the filter throws in ITK 5.4.7. It always maps the extrema to the ends."""
    scalars = itk.image_view_from_array(image)
    colors = itk.Image[itk.RGBPixel[itk.UC], 2]
    colormapper = itk.ScalarToRGBColormapImageFilter[type(scalars), colors].New(scalars)
    colormapper.SetColormap(itk.ScalarToRGBColormapImageFilterEnums.RGBColormapFilter_Jet)

    def run():
        colormapper.Modified()
        colormapper.Update()

    return run


COLORING_PEERS = {"matplotlib": matplotlib_rgba, "opencv": opencv_bgr, "itk": itk_rgb}


def time_colormaps(quick):
    repetitions = 1 if quick else 5
    size = 500 if quick else 3000
    times = {}
    for dtype in (np.uint8, np.uint16, np.float32):
        image = scalar_image(dtype, size)
        for name, prepare in COLORING_PEERS.items():
            times[f"Colormap/{image.dtype}/{name}"] = seconds(prepare(image), repetitions) * 1e9 / image.size
    for dtype in (np.uint16, np.float32, np.float64):
        image = scalar_image(dtype, size)
        greatest = image_maximum(dtype)
        norms = {"Log": LogNorm(greatest / 1000, greatest), "Power": PowerNorm(0.4, 0, greatest)}
        for name, norm in norms.items():
            time = seconds(matplotlib_rgba(image, norm), repetitions) * 1e9 / image.size
            times[f"Colormap{name}/{image.dtype}/matplotlib"] = time
    for case, time in times.items():
        print(f"{case}: {time:.3f} ns per sample", file=sys.stderr)
    return times


# ---------------------------------------------------------------------------------------------------------------------
# InverseColormap: RGBA bytes to values. cKDTree finds the exactly nearest entry; a table of all 2^24 colours as it is
# commonly made knows those of the colormap only, and is NaN for all others.


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
    cube = np.full((256, 256, 256), np.nan, np.float32)
    cube[tuple(table.T)] = values
    return lambda: cube[picture[..., 0], picture[..., 1], picture[..., 2]]


def numpy_packed_table(picture):
    """The same, by an index that is made of the bytes as they are."""
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


INVERTING_PEERS = {
    "scipy_kdtree": scipy_kdtree,
    f"scipy_kdtree_{THREADS}_workers": scipy_kdtree_by_threads,
    "numpy_table": numpy_table,
    "numpy_packed_table": numpy_packed_table,
}
PICTURES = {"coloured": colored_picture, "noise": noise_picture}


def verify_inverting_peers():
    """Neighbouring entries of the same bytes may be taken one for the other."""
    picture = colored_picture(200)
    results = [prepare(picture)() for prepare in INVERTING_PEERS.values()]
    for name, result in zip(INVERTING_PEERS, results):
        if not np.allclose(result, results[0], atol=1.01 / 256):
            sys.exit(f"{name} disagrees with {next(iter(INVERTING_PEERS))}: its times would mean nothing.")


def time_inverse_colormaps(quick):
    size, repetitions = (300, 1) if quick else (3000, 3)
    times = {}
    for case, make_picture in PICTURES.items():
        picture = make_picture(size)
        for name, prepare in INVERTING_PEERS.items():
            full_name = f"InverseColormap/{case}/{name}"
            times[full_name] = seconds(prepare(picture), repetitions) * 1e9 / (size * size)
            print(f"{full_name}: {times[full_name]:.3f} ns per sample", file=sys.stderr)
    return times


# ---------------------------------------------------------------------------------------------------------------------
# CLAHE: contrast-limited adaptive histogram equalization, of 8 x 8 tiles or one, with a limit of 40 as is OpenCV's
# default


def uniform_image(dtype, size):
    return np.random.default_rng(4).integers(0, np.iinfo(dtype).max, (size, size), dtype, endpoint=True)


def opencv_clahe(image, tiles):
    clahe = cv2.createCLAHE(40, (tiles, tiles))
    equalized = np.empty_like(image)
    return lambda: clahe.apply(image, equalized)


def opencv_clahe_of_frames(frames):
    clahe = cv2.createCLAHE(40, (8, 8))
    equalized = np.empty_like(frames)
    return lambda: [clahe.apply(frame, result) for frame, result in zip(frames, equalized)]


def time_clahe(quick):
    size = 1000 if quick else 4096
    times = {}
    for dtype in (np.uint8, np.uint16):
        for scene, make_image in (("smooth", scalar_image), ("uniform", uniform_image)):
            image = make_image(dtype, size)
            for grid, tiles in (("", 8), ("_one_tile", 1)):
                case = f"CLAHE/{image.dtype}{grid}/{scene}/opencv"
                times[case] = seconds(opencv_clahe(image, tiles), 1 if quick else 9) * 1e9 / size**2
                print(f"{case}: {times[case]:.3f} ns per sample", file=sys.stderr)
    frames = np.ascontiguousarray(np.stack([scalar_image(np.uint8, 96)] * (100 if quick else 1800)))
    case = "CLAHE/uint8_frames/smooth/opencv"
    times[case] = seconds(opencv_clahe_of_frames(frames), 1 if quick else 9) * 1e9 / frames.size
    print(f"{case}: {times[case]:.3f} ns per sample", file=sys.stderr)
    return times


# ---------------------------------------------------------------------------------------------------------------------
# EqualizeFrames, Equalize, Rank: the histogram of each frame or of a whole image


def time_equalization(quick):
    times = {}
    for case, shape, dtype, peers in equalization_peers.CASES:
        image = equalization_peers.scene(tuple(length // 8 for length in shape) if quick else shape, dtype)
        for name, prepare in peers.items():
            repetitions = 1 if quick or name not in ("opencv", "numpy_bincount") else 5
            times[f"{case}/{name}"] = seconds(prepare(image), repetitions) * 1e9 / image.size
            print(f"{case}/{name}: {times[f'{case}/{name}']:.3f} ns per sample", file=sys.stderr)
    return times


# By the beginnings of the names of cases.
FAMILIES = {
    "TemporalHistogram": time_temporal_histograms,
    "Colormap": time_colormaps,
    "InverseColormap": time_inverse_colormaps,
    "CLAHE": time_clahe,
    "Equalize": time_equalization,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", required=True, help="file to write the times to")
    parser.add_argument("--quick", action="store_true", help="few and small frames: shows that it runs, no more")
    parser.add_argument(
        "--families", type=lambda text: text.split(","), default=list(FAMILIES), help=f"of {', '.join(FAMILIES)}"
    )
    arguments = parser.parse_args()
    unknown = [family for family in arguments.families if family not in FAMILIES]
    if unknown:
        parser.error(f"There is no family {unknown[0]}: there are {', '.join(FAMILIES)}.")

    numba.set_num_threads(THREADS)
    cv2.setNumThreads(THREADS)
    itk.MultiThreaderBase.SetGlobalDefaultNumberOfThreads(THREADS)

    verify_counting_peers()
    verify_inverting_peers()
    times = {}
    for family in arguments.families:
        times |= FAMILIES[family](arguments.quick)
    with open(arguments.json, "w") as file:
        json.dump(times, file, indent=2)
        file.write("\n")


if __name__ == "__main__":
    main()
