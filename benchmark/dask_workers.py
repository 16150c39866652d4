#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How much faster more dask workers count: prints the medians of several rounds, and their ratio.

    python dask_workers.py [--workers 2] [--source all] [--frames 2000] [--size 512] [--bins 100] [--rounds 5]

One worker and several, all processes of one thread, count the same frames by turns. Before they are timed, they have
been started, have loaded ITK and counted all frames once, with the same bytes. Needs itk-intensitymapping[dask], zarr.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import dask.array as da
import itk
import numpy as np
import zarr
from distributed import Client, LocalCluster
from intensitymapping.dask import temporal_histogram

MAXIMUM = 4095
FRAMES_OF_A_CHUNK = 200


def make_frames(number, size):
    """A smooth scene with noise, which spreads a pixel's values over a part of the bins."""
    y, x = np.mgrid[0:size, 0:size] / size
    scene = (0.5 + 0.3 * np.sin(5 * x) * np.cos(4 * y)).astype(np.float32)
    random = np.random.default_rng(1)
    for _ in range(number):
        noise = random.standard_normal(scene.shape, np.float32)
        yield np.clip(MAXIMUM * (scene + 0.08 * noise), 0, MAXIMUM).astype(np.uint16)


def make_zarr(folder, number, size):
    tile = max(size // 4, 1)
    array = zarr.create_array(
        folder / "frames.zarr",
        shape=(number, size, size),
        chunks=(min(FRAMES_OF_A_CHUNK, number), tile, tile),
        dtype=np.uint16,
        compressors=None,
    )
    fill_by_chunks(array, number, size)
    return array


def fill_by_chunks(array, number, size):
    frames = make_frames(number, size)
    for start in range(0, number, FRAMES_OF_A_CHUNK):
        stop = min(start + FRAMES_OF_A_CHUNK, number)
        array[start:stop] = np.stack([next(frames) for _ in range(start, stop)])


def make_dask(folder, number, size):
    """A dask array whose chunks are .npy files."""
    frames = make_frames(number, size)
    chunks = []
    for start in range(0, number, FRAMES_OF_A_CHUNK):
        name = folder / f"frames{start:08}.npy"
        np.save(name, np.stack([next(frames) for _ in range(start, min(start + FRAMES_OF_A_CHUNK, number))]))
        chunks.append(min(FRAMES_OF_A_CHUNK, number - start))
    names = da.from_array(np.array(sorted(map(str, folder.glob("*.npy"))), object), chunks=1)
    return names.map_blocks(
        lambda name: np.load(name[0]),
        dtype=np.uint16,
        chunks=(tuple(chunks), size, size),
        new_axis=(1, 2),
        meta=np.empty((0, 0, 0), np.uint16),
    )


def make_files(folder, number, size):
    names = [folder / f"frame{index:06}.mha" for index in range(number)]
    for name, frame in zip(names, make_frames(number, size)):
        itk.imwrite(itk.image_view_from_array(frame), name)
    return names


SOURCES = {"zarr": make_zarr, "dask": make_dask, "files": make_files}


def count(client, frames, bins):
    start = time.perf_counter()
    histogram = temporal_histogram(frames, bins, client=client)
    return time.perf_counter() - start, histogram


def measure(clients, frames, bins, rounds):
    """Seconds by the number of workers."""
    results = {workers: count(client, frames, bins)[1].counts for workers, client in clients.items()}
    one, many = results.values()
    assert one.tobytes() == many.tobytes()
    times = {workers: [] for workers in clients}
    for _ in range(rounds):
        for workers, client in clients.items():
            times[workers].append(count(client, frames, bins)[0])
    return times


def load_filters():
    # A worker cannot take the module from here: ITK does not load lazily what was pickled.
    import itk

    itk.PixelwiseTemporalHistogramImageFilter.New()


def start(workers):
    cluster = LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
    client = Client(cluster)
    client.run(load_filters)
    return client


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--source", choices=[*SOURCES, "all"], default="all")
    parser.add_argument("--frames", type=int, default=2000)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--bins", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where the frames are made; by default among temporary files")
    arguments = parser.parse_args()
    if arguments.workers < 2:
        parser.error("--workers must be at least 2: one worker is what they are compared with.")

    bins = np.linspace(0, MAXIMUM + 1, arguments.bins + 1)
    samples = arguments.frames * arguments.size**2
    clients = {workers: start(workers) for workers in (1, arguments.workers)}
    print(f"{arguments.frames} frames of {arguments.size} x {arguments.size} uint16, {arguments.bins} bins")
    for source in SOURCES if arguments.source == "all" else [arguments.source]:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            frames = SOURCES[source](Path(folder), arguments.frames, arguments.size)
            times = measure(clients, frames, bins, arguments.rounds)
        medians = {workers: statistics.median(seconds) for workers, seconds in times.items()}
        for workers, seconds in medians.items():
            print(f"{source:6} {workers} workers: {seconds:7.2f} s, {samples / seconds / 1e6:7.0f} Msample/s")
        print(f"{source:6} ratio: {medians[1] / medians[arguments.workers]:.2f}")
    for client in clients.values():
        client.cluster.close()
        client.close()


if __name__ == "__main__":
    main()
