# SPDX-License-Identifier: Apache-2.0
"""A series counted by a cluster, however it is cut and whatever happens to workers and clients, has the bytes that the
filter gives on one machine; and what cannot be is said before anything is read."""

import asyncio
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import dask
import dask.array as da
import hypothesis
import hypothesis.extra.numpy as hypothesis_numpy
import intensitymapping.dask as intensitymapping_dask
import itk
import numpy as np
import pytest
import xarray
import zarr
from dask.utils import key_split
from distributed import Client, LocalCluster, SchedulerPlugin
from hypothesis import strategies
from intensitymapping.dask import TemporalHistogram, temporal_histogram

NAMES = ["counts", "under", "over", "invalid"]
EDGES = [0.0, 10.0, 15.0, 60.0, 90.0]
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def cluster():
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as cluster:
        yield cluster


@pytest.fixture(scope="module")
def client(cluster):
    with Client(cluster, set_as_default=False) as client:
        yield client


def random_frames(shape, dtype=np.uint16, seed=1):
    return np.random.default_rng(seed).integers(0, 100, shape).astype(dtype)


def make_ruler(bins):
    ruler = itk.HistogramBins.New()
    if isinstance(bins, range):
        ruler.SetIntegers(bins[0], bins[-1])
    else:
        ruler.SetEdges([float(edge) for edge in bins])
    return ruler


def make_image(values):
    """As itk.image_from_array(), which reverses the axes if all but the first have the length 1."""
    image = itk.Image[itk.template(itk.image_view_from_array(values))[1][0], values.ndim].New()
    image.SetRegions(values.shape[::-1])
    image.Allocate()
    itk.array_view_from_image(image)[:] = values
    return image


def count_on_one_machine(frames, bins, mask=None):
    """What the filter gives for the whole series at once."""
    image = make_image(frames.astype(intensitymapping_dask._COUNTED_AS[frames.dtype.name]))
    counters = itk.VectorImage[itk.US, frames.ndim - 1]
    counting = itk.PixelwiseTemporalHistogramImageFilter[type(image), counters].New(image, Bins=make_ruler(bins))
    if mask is not None:
        mask_image = make_image((mask if mask.ndim == frames.ndim else mask[np.newaxis]).astype(np.uint8))
        counting.SetMaskImage(mask_image)
    counting.Update()
    outputs = (
        counting.GetOutput(),
        counting.GetUnderCountImage(),
        counting.GetOverCountImage(),
        counting.GetInvalidCountImage(),
    )
    return [itk.array_from_image(output) for output in outputs]


def assert_same_bytes(histogram, expected):
    for name, values in zip(NAMES, expected):
        found = np.asarray(getattr(histogram, name))
        assert (found.dtype, found.shape) == (values.dtype, values.shape), name
        assert found.tobytes() == values.tobytes(), name


# ----------------------------------------------------------------------------------------------------------------------
# The same bytes


@strategies.composite
def frames_of_any_kind(draw):
    shape = draw(hypothesis_numpy.array_shapes(min_dims=3, max_dims=4, max_side=7))
    dtype = np.dtype(draw(strategies.sampled_from(sorted(intensitymapping_dask._COUNTED_AS))))
    frames = np.random.default_rng(draw(strategies.integers(0, 99))).integers(-3, 9, shape)
    frames = np.where((frames < 0) & (dtype.kind in "bu"), 0, frames).astype(dtype)
    if dtype.kind == "f":
        for value in (np.nan, np.inf, -np.inf, 0.25):
            frames[np.random.default_rng(0).random(shape) < 0.1] = value
    return frames.astype(dtype.newbyteorder(">")) if draw(strategies.booleans()) else frames


bins_of_any_kind = strategies.one_of(
    strategies.builds(lambda first, n: range(first, first + n), strategies.integers(-5, 5), strategies.integers(1, 9)),
    strategies.builds(lambda n, width: np.linspace(0, width, n + 1), strategies.integers(1, 9), strategies.just(6.0)),
    strategies.lists(strategies.floats(-4, 9), min_size=2, max_size=6, unique=True).map(sorted),
)


@hypothesis.settings(max_examples=60, deadline=None)
@hypothesis.given(data=strategies.data(), frames=frames_of_any_kind(), bins=bins_of_any_kind)
def test_any_cut_gives_the_bytes_of_one_machine(client, data, frames, bins):
    def sizes(shape):
        return strategies.tuples(*(strategies.integers(1, size + 1) for size in shape))

    mask_shape = data.draw(strategies.sampled_from([None, frames.shape, frames.shape[1:]]), "mask")
    mask = None if mask_shape is None else random_frames(mask_shape) > 40
    array = da.from_array(frames, chunks=data.draw(sizes(frames.shape), "chunks"))
    time_block = data.draw(strategies.none() | strategies.integers(1, 9), "time_block")
    tile = data.draw(strategies.none() | sizes(frames.shape[1:]), "tile")

    histogram = temporal_histogram(array, bins, mask=mask, time_block=time_block, tile=tile, client=client)
    assert_same_bytes(histogram, count_on_one_machine(frames, bins, mask))
    # Conservation: nothing is lost.
    total = histogram.counts.sum(axis=-1) + histogram.under + histogram.over + histogram.invalid
    assert (total == len(frames)).all()


def test_each_pixel_has_the_histogram_of_numpy(client):
    frames = np.random.default_rng(0).normal(50, 40, (300, 5, 6)).astype(np.float32)
    histogram = temporal_histogram(da.from_array(frames, chunks=(70, 3, 4)), EDGES, client=client)
    for pixel in np.ndindex(5, 6):
        samples = frames[:, *pixel]
        assert (histogram.counts[pixel] == np.histogram(samples, EDGES)[0]).all()
        assert histogram.under[pixel] == (samples < 0).sum()
        assert histogram.over[pixel] == (samples > 90).sum()


@pytest.mark.parametrize("shape", [(40, 30, 50), (9, 6, 30, 50)])
def test_a_zarr_array(client, tmp_path, shape):
    frames = random_frames(shape)
    array = zarr.create_array(tmp_path / "frames.zarr", shape=shape, chunks=(7, *[16] * (len(shape) - 1)), dtype="u2")
    array[:] = frames
    mask = frames > 20
    expected = count_on_one_machine(frames, EDGES, mask)
    assert_same_bytes(temporal_histogram(array, EDGES, mask=mask, client=client), expected)
    zarr_mask = zarr.create_array(tmp_path / "mask.zarr", shape=shape, chunks=(9,) * len(shape), dtype="u1")
    zarr_mask[:] = mask
    tile = (20,) * (len(shape) - 1)
    assert_same_bytes(
        temporal_histogram(array, EDGES, mask=zarr_mask, time_block=11, tile=tile, client=client), expected
    )


def write_files(folder, frames, extension):
    names = [folder / f"frame{index:03}.{extension}" for index in range(len(frames))]
    for name, frame in zip(names, frames):
        itk.imwrite(itk.image_from_array(frame), str(name))
    return names


@pytest.mark.parametrize(
    ("extension", "dtype", "shape"),
    [
        ("png", np.uint8, (25, 30, 50)),
        ("tif", np.uint16, (25, 30, 50)),
        ("mha", np.int16, (25, 30, 50)),
        ("nrrd", np.float32, (25, 4, 30, 50)),
        ("mha", np.float64, (25, 4, 30, 50)),
    ],
)
@pytest.mark.parametrize("tile", [None, 17])
def test_files(client, tmp_path, extension, dtype, shape, tile):
    frames = random_frames(shape, dtype)
    names = write_files(tmp_path, frames, extension)
    tile = tile and (tile,) * (len(shape) - 1)
    histogram = temporal_histogram(names, EDGES, time_block=tile and 4, tile=tile, client=client)
    assert_same_bytes(histogram, count_on_one_machine(frames, EDGES))


@pytest.mark.parametrize(("name", "dtype"), [("CHAR", np.int8), ("INT", np.int32), ("UINT", np.uint32)])
def test_files_of_types_that_the_filter_is_not_wrapped_for(client, tmp_path, name, dtype):
    frames = random_frames((5, 3, 4), dtype)
    names = [tmp_path / f"frame{index}.mha" for index in range(len(frames))]
    header = f"ObjectType = Image\nNDims = 2\nDimSize = 4 3\nElementType = MET_{name}\nElementDataFile = LOCAL\n"
    for file, frame in zip(names, frames):
        file.write_bytes(header.encode() + frame.tobytes())
    assert_same_bytes(temporal_histogram(names, EDGES, client=client), count_on_one_machine(frames, EDGES))


def test_more_frames_than_16_bits_count(client):
    n_frames = 2 * 65535 + 10
    frames = np.zeros((n_frames, 2, 3), np.uint8)
    frames[:7, 0, 0] = 20
    frames[:, 1, 1] = np.arange(n_frames) % 100
    array = da.from_array(frames, chunks=(40000, 2, 3))
    histogram = temporal_histogram(array, EDGES, client=client)
    assert histogram.counts.dtype == histogram.over.dtype == np.uint32
    for pixel in np.ndindex(2, 3):
        assert (histogram.counts[pixel] == np.histogram(frames[:, *pixel], EDGES)[0]).all()
    assert histogram.counts[0, 2, 0] == n_frames

    half = temporal_histogram(array[:65535], EDGES, client=client)
    assert_same_bytes(half, count_on_one_machine(frames[:65535], EDGES))


def test_threads_of_this_process_give_the_same_bytes():
    frames = random_frames((50, 20, 30))
    cluster = LocalCluster(n_workers=1, threads_per_worker=4, processes=False, dashboard_address=":0")
    with cluster, Client(cluster, set_as_default=False) as client:
        histogram = temporal_histogram(da.from_array(frames, chunks=(5, 7, 8)), EDGES, client=client)
    assert_same_bytes(histogram, count_on_one_machine(frames, EDGES))


def test_frames_that_share_what_they_are_made_from(client):
    """Chunks that depend on the mean of the whole series, and on each other."""
    frames = random_frames((24, 12, 18), np.float32)
    array = da.from_array(frames, chunks=(5, 6, 9))
    centred = array - array.mean(axis=0)
    expected = count_on_one_machine(centred.compute(scheduler="synchronous"), [-20, 0, 20])
    assert_same_bytes(temporal_histogram(centred, [-20, 0, 20], time_block=7, tile=(4, 5), client=client), expected)
    persisted = client.persist(centred)
    assert_same_bytes(temporal_histogram(persisted, [-20, 0, 20], client=client), expected)


def test_coordinates_in_space_are_kept(client):
    frames = random_frames((6, 4, 5))
    coords = {
        "time": np.arange(6),
        "y": ("y", [0.0, 0.5, 1.0, 1.5], {"units": "mm"}),
        "x": np.arange(5),
        "depth": (("y", "x"), np.ones((4, 5))),
        "exposure": ("time", np.ones(6)),
    }
    array = xarray.DataArray(da.from_array(frames, chunks=3), coords, ("time", "y", "x"), "brightness")
    mask = xarray.DataArray(frames[0] > 20, dims=("y", "x"))
    histogram = temporal_histogram(array, EDGES, mask=mask, client=client)
    assert_same_bytes(histogram, count_on_one_machine(frames, EDGES, mask.data))
    assert histogram.counts.dims == ("y", "x", "bin")
    assert histogram.over.dims == ("y", "x")
    assert set(histogram.counts.coords) == {"y", "x", "depth"}
    assert histogram.invalid.coords["y"].attrs == {"units": "mm"}
    median = histogram.statistic("median")
    assert (median.dims, median.name) == (("y", "x"), "median")
    assert median.coords["y"].attrs == {"units": "mm"}
    expected = temporal_histogram(array.data, EDGES, mask=mask, client=client).statistic()
    assert median.data.tobytes() == expected.tobytes()


def test_bins_reach_workers_as_they_are():
    rulers = {name: itk.HistogramBins.New() for name in ("uniform", "logarithmic", "integers", "edges")}
    rulers["uniform"].SetUniform(97, 0.1, 0.7)
    rulers["logarithmic"].SetLogarithmic(31, 0.1, 700.0)
    rulers["integers"].SetIntegers(-(2**51), 5 - 2**51)
    rulers["edges"].SetEdges([-1e308, 0.0, 1e308])
    for ruler in rulers.values():
        copy = pickle.loads(pickle.dumps(intensitymapping_dask._Bins.of(ruler))).make()
        assert copy.GetEdges() == ruler.GetEdges()
        assert copy.GetIntegers() == ruler.GetIntegers()


# ----------------------------------------------------------------------------------------------------------------------
# Statistics


@pytest.mark.parametrize("bins", [range(0, 100), EDGES])
@pytest.mark.parametrize(
    ("name", "enumerator", "probability"),
    [
        ("median", "Median", 0.5),
        ("quantile", "Quantile", 0.05),
        ("interquartile_range", "InterquartileRange", 0.5),
        ("mode", "Mode", 0.5),
        ("mean", "Mean", 0.5),
        ("standard_deviation", "StandardDeviation", 0.5),
        ("count", "Count", 0.5),
    ],
)
def test_statistics_are_those_of_the_filter(name, enumerator, probability, bins):
    frames = random_frames((30, 7, 9))
    counts, *others = count_on_one_machine(frames, bins)
    image = itk.image_view_from_array(counts, ttype=itk.VectorImage[itk.US, 2])
    statistic = itk.TemporalHistogramStatisticImageFilter.New(image, Bins=make_ruler(bins), Probability=probability)
    statistic.SetStatistic(getattr(itk.TemporalHistogramStatisticImageFilterEnums, f"Statistic_{enumerator}"))
    statistic.Update()
    expected = itk.array_from_image(statistic.GetOutput())

    edges = np.array(make_ruler(bins).GetEdges())
    histogram = TemporalHistogram(counts, *others, edges, isinstance(bins, range))
    assert histogram.statistic(name, probability).tobytes() == expected.tobytes()
    lazy = TemporalHistogram(da.from_array(counts, chunks=(3, 4, -1)), *others, edges, isinstance(bins, range))
    found = lazy.statistic(name, probability)
    assert (found.dtype, found.shape, found.chunks) == (np.float32, (7, 9), ((3, 3, 1), (4, 4, 1)))
    assert found.compute(scheduler="synchronous").tobytes() == expected.tobytes()
    wide = TemporalHistogram(counts.astype(np.uint32), *others, edges, isinstance(bins, range))
    assert wide.statistic(name, probability).tobytes() == expected.tobytes()


def test_statistics_that_there_are_not():
    counts = np.full((2, 2, 4), 2**24 + 2, np.uint32)
    histogram = TemporalHistogram(counts, *[np.zeros((2, 2), np.uint32)] * 3, np.array(EDGES))
    with pytest.raises(ValueError, match=r"no statistic 'variance': there are median, quantile"):
        histogram.statistic("variance")
    with pytest.raises(ValueError, match=r"probability is 1.5: it must be from 0 to 1"):
        histogram.statistic("quantile", 1.5)
    with pytest.raises(ValueError, match=r"16777218 samples.*at most 16777216"):
        histogram.statistic("median")


def test_a_histogram_can_be_pickled(client):
    histogram = temporal_histogram(da.from_array(random_frames((5, 3, 4))), range(100), client=client)
    copy = pickle.loads(pickle.dumps(histogram))
    assert_same_bytes(copy, [getattr(histogram, name) for name in NAMES])
    assert copy.bins.GetIntegers()
    assert copy.bins.GetEdges() == tuple(np.arange(101) - 0.5)


# ----------------------------------------------------------------------------------------------------------------------
# Lost workers, lost clients


class Slow:
    """Chunks of a series that take their time, and leave a trace of each time they are read.

    The worker that reads the `fatal`-th of them is killed.
    """

    def __init__(self, folder, frames, chunks, seconds, fatal=None):
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.array = da.from_array(frames, chunks=chunks).map_blocks(
            read_slowly, str(folder), seconds, fatal, meta=np.empty((0, 0, 0), frames.dtype), name=f"slow-{folder}"
        )

    def count_reads(self):
        return len(list(self.folder.iterdir()))

    def find_readers(self):
        return {trace.name.partition("-")[0] for trace in self.folder.iterdir()}


def read_slowly(chunk, folder, seconds, fatal):
    (Path(folder) / f"{os.getpid()}-{time.monotonic_ns()}").touch()
    time.sleep(seconds)
    fatal_mark = Path(f"{folder}.killed")
    if fatal is not None and len(os.listdir(folder)) >= fatal and not fatal_mark.exists():
        fatal_mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return chunk


def await_that(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def start_worker(address, *options):
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads=1", "--no-dashboard"]
    path = os.pathsep.join(filter(None, sys.path))
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.Popen([*command, *options], env=environment, stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("nanny", [True, False])
@pytest.mark.parametrize("tile", [(4, 5), (12, 15)])
def test_a_worker_is_killed_on_the_way(tmp_path, nanny, tile):
    frames = random_frames((40, 12, 15))
    slow = Slow(tmp_path / "reads", frames, (5, *tile), 0.05, fatal=5)
    with (
        LocalCluster(n_workers=2 if nanny else 0, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        workers = [] if nanny else [start_worker(cluster.scheduler_address, "--no-nanny") for _ in range(2)]
        try:
            client.wait_for_workers(2, timeout=120)
            histogram = temporal_histogram(slow.array, EDGES, tile=tile, client=client)
        finally:
            for worker in workers:
                worker.kill()
                worker.wait()
    assert (tmp_path / "reads.killed").exists()
    assert len(slow.find_readers()) >= 2
    # At least what was being read was read again.
    assert slow.count_reads() > slow.array.npartitions
    assert_same_bytes(histogram, count_on_one_machine(frames, EDGES))


def test_a_task_that_ends_its_workers_is_given_up():
    def end_worker(chunk):
        os.kill(os.getpid(), signal.SIGKILL)

    array = da.zeros((4, 3, 3), chunks=2).map_blocks(end_worker, meta=np.empty((0, 0, 0)))
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as client,
        pytest.raises(RuntimeError, match="Most likely memory ran out: give a smaller memory_limit"),
    ):
        temporal_histogram(array, EDGES, client=client)


def test_a_passing_error_is_tried_again(client, tmp_path):
    def fail_once(chunk, folder):
        trace = Path(folder) / "failed"
        if not trace.exists():
            trace.touch()
            raise OSError("The disk was away.")
        return chunk

    frames = random_frames((6, 4, 5))
    array = da.from_array(frames, chunks=(6, 2, 5)).map_blocks(
        fail_once, str(tmp_path), meta=np.empty((0, 0, 0), frames.dtype)
    )
    assert_same_bytes(temporal_histogram(array, EDGES, client=client), count_on_one_machine(frames, EDGES))
    assert (tmp_path / "failed").exists()


def test_a_lasting_error_reaches_the_client_and_leaves_nothing_behind(client):
    def fail(chunk):
        raise OSError("The disk is away.")

    array = da.zeros((6, 4, 5), chunks=(2, 2, 5)).map_blocks(fail, meta=np.empty((0, 0, 0)))
    with pytest.raises(OSError, match="The disk is away"):
        temporal_histogram(array, EDGES, client=client)
    await_that(lambda: not client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks)))


def test_there_are_few_states_at_a_time(client, tmp_path):
    class Watch(SchedulerPlugin):
        def __init__(self):
            self.present = set()
            self.most = self.all = 0

        def transition(self, key, start, finish, *args, **kwargs):
            if key_split(key) not in ("count", "_add_states"):
                return
            if finish == "memory":
                self.present.add(key)
                self.all += 1
            else:
                self.present.discard(key)
            self.most = max(self.most, len(self.present))

    watch = Watch()
    frames = random_frames((64, 20, 20), np.uint8)
    # Blocks take longer than the scheduler takes to answer, as those worth counting on a cluster do.
    slow = Slow(tmp_path / "reads", frames, (4, 10, 10), 0.05)
    client.cluster.scheduler.add_plugin(watch, name="watch")
    try:
        histogram = temporal_histogram(slow.array, range(100), time_block=4, tile=(10, 10), client=client)
    finally:
        client.cluster.scheduler.remove_plugin("watch")
    assert_same_bytes(histogram, count_on_one_machine(frames, range(100)))
    # Of the 64 blocks that are counted, each thread has a sum, what is added to it, and that of a finished run.
    assert watch.all >= 64
    assert watch.most <= 2 * 4


def test_a_worker_takes_no_more_memory_than_predicted(tmp_path):

    def find_peak():
        # Of this program alone: getrusage() counts that of the process it was forked from, too.
        status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        return int(status["VmHWM"].split()[0]) * 1024

    shape = (600, 400, 400)
    array = zarr.create_array(tmp_path / "frames.zarr", shape=shape, chunks=(200, 100, 100), dtype="u2")
    array[:] = 7
    block = (200, *shape[1:])
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        temporal_histogram(da.zeros((2, 3, 4), np.uint16), range(100), client=client)
        (before,) = client.run(find_peak).values()
        histogram = temporal_histogram(array, range(100), client=client, time_block=block[0], tile=block[1:])
        (after,) = client.run(find_peak).values()
    assert (histogram.counts[..., 7] == shape[0]).all()

    task = intensitymapping_dask._Task(intensitymapping_dask._ArraySeries(array), None, 100, 0)
    predicted = task.predict_memory(block)
    bytes_of_state = 400 * 400 * 103 * 2
    # Between tasks there are up to three finished states of a thread.
    assert 0.3 * predicted < after - before < predicted + 3 * bytes_of_state


def test_a_worker_that_comes_later_takes_its_share(tmp_path):
    slow = Slow(tmp_path / "reads", random_frames((40, 12, 15)), (5, 4, 5), 0.1)
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster, set_as_default=False) as client,
        start_worker(cluster.scheduler_address) as worker,
    ):
        temporal_histogram(slow.array, EDGES, tile=(4, 5), client=client)
        worker.terminate()
    assert len(slow.find_readers()) == 2


# ----------------------------------------------------------------------------------------------------------------------
# An output folder


COUNT_SLOWLY = """
from pathlib import Path
from test_dask import *

if __name__ == "__main__":
    address, folder = sys.argv[1:]
    count_slowly(Client(address), Path(folder), tile=(5, 10))
"""


def count_slowly(client, folder, tile=None):
    slow = Slow(folder / "reads", random_frames((8, 20, 30)), (4, 5, 10), 0.1)
    return temporal_histogram(slow.array, EDGES, tile=tile, client=client, output=folder / "output")


def test_a_call_goes_on_where_a_client_was_killed(cluster, client, tmp_path):
    unfinished = tmp_path / "output.unfinished"

    def count_finished():
        return len(list(unfinished.glob("finished-*")))

    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", COUNT_SLOWLY, cluster.scheduler_address, tmp_path]
    with subprocess.Popen(command, env=environment) as first_client:
        await_that(lambda: count_finished() >= 3)
        first_client.kill()
    await_that(lambda: not client.run_on_scheduler(lambda dask_scheduler: list(dask_scheduler.tasks)))
    assert not (tmp_path / "output").exists()
    n_finished = count_finished()
    assert n_finished < 12

    n_reads = len(list((tmp_path / "reads").iterdir()))
    histogram = count_slowly(client, tmp_path)
    assert_same_bytes(histogram, count_on_one_machine(random_frames((8, 20, 30)), EDGES))
    # Two chunks of each of the 12 tiles that were not finished.
    assert len(list((tmp_path / "reads").iterdir())) - n_reads == 2 * (12 - n_finished)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output", "reads"]

    count_slowly(client, tmp_path)
    assert len(list((tmp_path / "reads").iterdir())) - n_reads == 2 * (12 - n_finished)


def test_an_output_is_opened_and_its_statistics_are_lazy(client, tmp_path):
    frames = random_frames((20, 12, 15))
    mask = random_frames((12, 15)) > 30
    array = da.from_array(frames, chunks=(5, 6, 5))
    expected = count_on_one_machine(frames, range(100), mask)
    written = temporal_histogram(array, range(100), mask=mask, client=client, tile=(6, 5), output=tmp_path / "output")
    opened = TemporalHistogram.open(tmp_path / "output")
    for histogram in (written, opened):
        assert_same_bytes(histogram, expected)
        assert histogram.bins.GetIntegers()
        assert isinstance(histogram.counts, da.Array)
        assert histogram.counts.chunksize == (6, 5, 100)
    median = opened.statistic("median")
    assert isinstance(median, da.Array)
    in_memory = temporal_histogram(array, range(100), mask=mask, client=client).statistic("median")
    assert median.compute(scheduler="synchronous").tobytes() == in_memory.tobytes()


def test_an_output_of_other_arguments_is_refused_and_unharmed(client, tmp_path):
    frames = random_frames((20, 12, 15))
    array = da.from_array(frames, chunks=(5, 6, 5))
    output = tmp_path / "output"
    temporal_histogram(array, EDGES, client=client, output=output)
    for arguments, difference in [
        ({"bins": EDGES[1:]}, "bins"),
        ({"frames": array + 1}, "frames"),
        ({"mask": frames[0] > 3}, "mask"),
        ({"frames": array + 1, "bins": range(7)}, "frames, bins"),
    ]:
        with pytest.raises(FileExistsError, match=rf"other arguments \({difference}\): give another output"):
            temporal_histogram(**{"frames": array, "bins": EDGES, "client": client, "output": output, **arguments})
    assert_same_bytes(TemporalHistogram.open(output), count_on_one_machine(frames, EDGES))


def test_an_unfinished_output_is_continued_with_its_own_tile(client, tmp_path):

    def fail_at_the_end(chunk, folder, block_info=None):
        if not (Path(folder) / "repaired").exists() and block_info[0]["chunk-location"] == (0, 1, 1):
            raise OSError("The disk is away.")
        return chunk

    frames = random_frames((8, 12, 15))
    array = da.from_array(frames, chunks=(8, 6, 8)).map_blocks(
        fail_at_the_end, str(tmp_path), meta=np.empty((0, 0, 0), frames.dtype), name="failing"
    )
    output = tmp_path / "output"
    with pytest.raises(OSError, match="The disk is away"):
        temporal_histogram(array, EDGES, client=client, tile=(6, 8), output=output)
    assert not output.exists()
    with pytest.raises(ValueError, match=r"begun with the tile \[6, 8\], not \[6, 9\]"):
        temporal_histogram(array, EDGES, client=client, tile=(6, 9), output=output)
    with pytest.raises(FileExistsError, match=r"other arguments \(bins\)"):
        temporal_histogram(array, EDGES[1:], client=client, output=output)
    (tmp_path / "repaired").touch()
    histogram = temporal_histogram(array, EDGES, client=client, output=output)
    assert histogram.counts.chunksize == (6, 8, 4)
    assert_same_bytes(histogram, count_on_one_machine(frames, EDGES))


def test_what_is_no_output_is_not_written_to(client, tmp_path):
    array = da.from_array(random_frames((8, 12, 15)))
    (tmp_path / "photographs").mkdir()
    (tmp_path / "letter").write_text("Dear reader")
    for name in ("photographs", "letter"):
        with pytest.raises(FileExistsError, match=f"{name} is there already, and no temporal histogram"):
            temporal_histogram(array, EDGES, client=client, output=tmp_path / name)
    with pytest.raises(FileNotFoundError, match="nowhere is no folder"):
        temporal_histogram(array, EDGES, client=client, output=tmp_path / "nowhere" / "output")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter", "photographs"]
    assert (tmp_path / "letter").read_text() == "Dear reader"


def test_changed_files_are_other_frames(client, tmp_path):
    names = write_files(tmp_path, random_frames((5, 6, 7)), "mha")
    temporal_histogram(names, EDGES, client=client, output=tmp_path / "output")
    itk.imwrite(itk.image_from_array(random_frames((6, 7), seed=2)), str(names[2]))
    os.utime(names[2], (0, 0))
    with pytest.raises(FileExistsError, match=r"other arguments \(frames\)"):
        temporal_histogram(names, EDGES, client=client, output=tmp_path / "output")


# ----------------------------------------------------------------------------------------------------------------------
# What cannot be


def must_not_be_read(chunk):
    raise AssertionError("A chunk was read.")


def unread_frames(shape=(8, 12, 15), dtype=np.uint16, chunks=4):
    return da.zeros(shape, dtype, chunks=chunks).map_blocks(must_not_be_read, meta=np.empty((0,) * len(shape), dtype))


def unknown_frames():
    frames = unread_frames()
    return frames[da.from_array(np.arange(8) > 3)]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"frames": unread_frames((8, 12))}, ValueError, r"\(8, 12\), but must have 3 or 4 axes"),
        ({"frames": unread_frames((1, 1, 1, 8, 12))}, ValueError, "but must have 3 or 4 axes"),
        ({"frames": unread_frames((0, 8, 12))}, ValueError, r"\(0, 8, 12\): at least one frame of one pixel"),
        ({"frames": unread_frames((3, 0, 12))}, ValueError, "at least one frame of one pixel"),
        ({"frames": unread_frames(dtype=np.int64)}, TypeError, r"of int64, but must be of uint8, .*astype\(\)"),
        ({"frames": unread_frames(dtype=np.complex64)}, TypeError, "of complex64"),
        ({"frames": unknown_frames()}, ValueError, r"compute_chunk_sizes\(\)"),
        (
            {"frames": xarray.DataArray(unread_frames(), dims=("y", "x", "time"))},
            ValueError,
            r"\('y', 'x', 'time'\): time must be first",
        ),
        ({"frames": np.zeros((8, 12, 15))}, TypeError, r"ndarray, but must be .*dask\.array\.from_array"),
        ({"frames": "frames/*.png"}, TypeError, "str, but must be .* or a list of file names"),
        ({"frames": [np.zeros((12, 15))]}, TypeError, "list, but must be"),
        ({"frames": []}, ValueError, "no files: at least one frame"),
        ({"frames": ["there-is-none.png"]}, FileNotFoundError, r"1 of 1 files .*there-is-none\.png"),
        ({"bins": [0, 1, 1]}, ValueError, r"\[0, 1, 1\], but must be .*Bin edge 2 is 1, which is not above 1"),
        ({"bins": [0, np.nan]}, ValueError, "Bin edge 1 is nan"),
        ({"bins": [3]}, ValueError, "1 bin edges were given"),
        ({"bins": range(0)}, ValueError, r"range\(0, 0\), but must be"),
        ({"bins": range(0, 9, 3)}, ValueError, "integers by steps of 1"),
        ({"bins": 100}, ValueError, "100, but must be an itk.HistogramBins, increasing edges"),
        ({"bins": "auto"}, ValueError, "'auto', but must be"),
        ({"mask": np.ones((15, 12))}, ValueError, r"\(15, 12\), but must have that of a frame, \(12, 15\)"),
        ({"time_block": 0}, ValueError, "time_block is 0, but must be an integer from 1 to 65535"),
        ({"time_block": 2.5}, ValueError, "time_block is 2.5, but must be an integer"),
        ({"time_block": 70000}, ValueError, "from 1 to 65535, since a block is counted in 16 bits"),
        ({"tile": 4}, ValueError, "tile is 4, but must be 2 integers above 0"),
        ({"tile": (4,)}, ValueError, r"tile is \(4,\), but must be 2 integers above 0"),
        ({"tile": (4, 2.5)}, ValueError, r"tile is \(4, 2\.5\), but must be"),
        (
            {"memory_limit": "100 kiB"},
            ValueError,
            r"A task of 1 frames of 1 x 1 pixels and 4 bins would .*The memory limit is 100\.00 kiB: give a higher",
        ),
        (
            {"frames": unread_frames((400, 1000, 1000), chunks=(400, 1000, 1000))},
            ValueError,
            r"of which 762\.94 MiB are for reading",
        ),
        (
            {
                "frames": unread_frames((200, 1000, 1000), chunks=(10, 1000, 1000)),
                "time_block": 200,
                "tile": (999, 999),
            },
            ValueError,
            "A task of 200 frames of 999 x 999 pixels and 4 bins would take .* a smaller time_block or tile",
        ),
        (
            {"frames": unread_frames((9, 200000, 200000), chunks=(9, 1000, 1000)), "bins": range(100)},
            MemoryError,
            "The result takes 7.49 TiB, but .* of memory are available: give a folder",
        ),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_read(client, arguments, error, message):
    with pytest.raises(error, match=message):
        temporal_histogram(**{"frames": unread_frames(), "bins": EDGES, "client": client, **arguments})


def test_frames_of_files_must_be_alike(client, tmp_path):
    frames = random_frames((5, 6, 7), np.uint8)
    names = write_files(tmp_path, frames, "mha")
    itk.imwrite(itk.image_from_array(frames[0, :3]), str(names[3]))
    with pytest.raises(ValueError, match=r"frame003\.mha has 3 x 7 pixels of uint8, and .*frame000\.mha has 6 x 7 pix"):
        temporal_histogram(names, EDGES, client=client)
    itk.imwrite(itk.image_from_array(frames[0].astype(np.uint16)), str(names[3]))
    with pytest.raises(ValueError, match=r"frame003\.mha has 6 x 7 pixels of uint16, and .*frame000\.mha has .*uint8"):
        temporal_histogram(names, EDGES, client=client)
    itk.imwrite(itk.image_from_array(np.zeros((6, 7, 3), np.uint8), is_vector=True), str(names[3]))
    with pytest.raises(ValueError, match=r"frame003\.mha has 3 numbers per pixel"):
        temporal_histogram(names, EDGES, client=client)
    names[3].write_text("This is no image.")
    with pytest.raises(ValueError, match=r"frame003\.mha is no image that ITK can read"):
        temporal_histogram(names, EDGES, client=client)
    names[3].unlink()
    with pytest.raises(FileNotFoundError, match=r"1 of 5 files are not there, first .*frame003\.mha"):
        temporal_histogram(names, EDGES, client=client)


def test_a_file_that_changes_on_the_way_is_named(tmp_path):
    (name,) = write_files(tmp_path, random_frames((1, 6, 7), np.uint8), "mha")
    header = intensitymapping_dask._read_header(str(name))
    itk.imwrite(itk.image_from_array(random_frames((3, 7), np.uint8)), str(name))
    with pytest.raises(ValueError, match=r"frame000\.mha has changed: it has 3 x 7 pixels of uint8, and had 6 x 7"):
        intensitymapping_dask._read_files(np.array([str(name)], object), np.arange(6), np.arange(7), header=header)


def test_a_client_is_needed():
    with pytest.raises(RuntimeError, match=r"No dask client is running\. Start one(.|\n)*Client\(n_workers=4"):
        temporal_histogram(unread_frames(), EDGES)


def test_the_running_client_is_taken(client):
    frames = random_frames((5, 3, 4))
    with client.as_current():
        histogram = temporal_histogram(da.from_array(frames), EDGES)
    assert_same_bytes(histogram, count_on_one_machine(frames, EDGES))


def test_an_asynchronous_client_is_refused(cluster):
    async def count():
        async with Client(cluster.scheduler_address, asynchronous=True, set_as_default=False) as client:
            temporal_histogram(unread_frames(), EDGES, client=client)

    with pytest.raises(RuntimeError, match="asynchronous: give one that was started with asynchronous=False"):
        asyncio.run(count())


def test_packages_that_are_missing_are_named(client, monkeypatch, tmp_path):
    program = "import sys; sys.modules['distributed'] = None; import intensitymapping.dask"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert 'pip install "itk-intensitymapping[dask]"' in done.stderr
    monkeypatch.setitem(sys.modules, "zarr", None)
    with pytest.raises(ImportError, match="An output folder needs zarr .*pip install zarr"):
        temporal_histogram(unread_frames(), EDGES, client=client, output=tmp_path / "output")


# ----------------------------------------------------------------------------------------------------------------------
# The example


def test_the_example_takes_the_median(tmp_path):
    names = sorted((EXAMPLES / "data" / "street").glob("frame*.png"))
    output = tmp_path / "median.png"
    program = EXAMPLES / "python" / "dask_histogram.py"
    subprocess.run([sys.executable, program, output, *names], check=True, timeout=300)
    frames = np.stack([itk.array_from_image(itk.imread(name)) for name in names])
    expected = np.quantile(frames, 0.5, axis=0, method="inverted_cdf")
    np.testing.assert_array_equal(itk.array_from_image(itk.imread(output)), expected)
