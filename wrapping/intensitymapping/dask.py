# SPDX-License-Identifier: Apache-2.0
"""Temporal histograms of series that one machine cannot hold, counted by the workers of a dask cluster.

    from glob import glob
    from dask.distributed import Client
    from intensitymapping.dask import temporal_histogram

    if __name__ == "__main__":
        client = Client(n_workers=4, threads_per_worker=1)
        histogram = temporal_histogram(sorted(glob("frames/*.png")), range(256))
        median = histogram.statistic("median")

The frames are a dask array, a zarr array, an xarray.DataArray of dask, or files. They are cut into blocks of time and
tiles of space; what is counted in the blocks of a tile is added up. However they are cut, and whichever workers are
lost on the way, the result has the bytes that itk.PixelwiseTemporalHistogramImageFilter gives on one machine.

A worker is best a process of one thread, as above. Workers of several threads give the same bytes, but their threads
run side by side only as far as counting and reading release Python's lock.
"""

import functools
import math
import os
import reprlib
import shutil
import sys
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import itk
import numpy as np

try:
    import dask
    import dask.array as da
    import psutil
    from dask.base import tokenize
    from dask.delayed import Delayed
    from dask.optimization import cull
    from dask.utils import format_bytes, parse_bytes
    from distributed import Client, Future, KilledWorker, as_completed
except ImportError as error:
    raise ImportError(
        f'intensitymapping.dask needs dask and distributed ({error}): pip install "itk-intensitymapping[dask]"'
    ) from error

__all__ = ["TemporalHistogram", "temporal_histogram"]

# The pixels that the wrapped filter is compiled for, and which of these holds every value of another type.
_COUNTED_AS = {name: name for name in ("uint8", "int16", "uint16", "float32", "float64")} | {
    "bool": "uint8",
    "int8": "int16",
    "float16": "float32",
    "int32": "float64",
    "uint32": "float64",
}

# ITK's names of the types in files, and NumPy's names of the same types of C.
_C_TYPES = {
    "char": "byte",
    "unsigned_char": "ubyte",
    "short": "short",
    "unsigned_short": "ushort",
    "int": "intc",
    "unsigned_int": "uintc",
    "float": "single",
    "double": "double",
}

# The pixels of images that files are read into; Python's ITK has none of int8.
_READ_AS = {
    "uint8": "UC",
    "int8": "SS",
    "int16": "SS",
    "uint16": "US",
    "int32": "SI",
    "uint32": "UI",
    "float32": "F",
    "float64": "D",
}

_STATISTICS = ("median", "quantile", "interquartile_range", "mode", "mean", "standard_deviation", "count")

# The wrapped filter counts a block in 16 bits.
_MOST_FRAMES_OF_A_BLOCK = np.iinfo(np.uint16).max

# What a task has in memory at most besides frames: two states to be added, and their sum.
_STATES_OF_A_TASK = 3
_BYTES_OF_STAGING = 1 << 19

# There are several tasks per thread, so that all threads are busy to the end. A run is a number of blocks of a tile
# that one worker counts and adds up; the fewer they are, the fewer states travel to be added.
_TASKS_PER_THREAD = 4
_RUNS_PER_THREAD = 2
_RUNS_AHEAD_PER_THREAD = 2
_MOST_BLOCKS_OF_A_RUN = 16

_HEADERS_OF_A_TASK = 100
_RETRIES = 2

# What is counted in a block: the counts of the bins, under, over and invalid, which have the last axes of the block.
_State = tuple[np.ndarray, ...]
_NAMES_OF_STATE = ("counts", "under", "over", "invalid")

_Tile = tuple[int, ...]
_Region = tuple[slice, ...]


@dataclass(frozen=True)
class TemporalHistogram:
    """How often the value of each pixel fell into each bin, over time.

    `counts` has the axes of a frame and a last one for the bins; `under`, `over` and `invalid` have those of a frame.
    They are NumPy arrays, or dask arrays of what is in an output folder, or xarray.DataArrays of either, if the frames
    were an xarray.DataArray. For each pixel, all of them sum to the number of frames.

    Bin k lies between `edges[k]` and `edges[k + 1]`. If `integers` is true, each bin stands for one integer.
    """

    counts: Any
    under: Any
    over: Any
    invalid: Any
    edges: np.ndarray
    integers: bool = False

    @classmethod
    def open(cls, folder: str | os.PathLike) -> "TemporalHistogram":
        """What temporal_histogram() wrote into the folder `output`."""
        group = _import_zarr().open_group(os.path.abspath(folder), mode="r")
        edges, integers = group.attrs["edges"], group.attrs["integers"]
        return cls(*(da.from_zarr(group[name]) for name in _NAMES_OF_STATE), np.array(edges), integers)

    @property
    def bins(self) -> Any:
        """The bins as an itk.HistogramBins."""
        return _Bins(tuple(self.edges.tolist()), self.integers).make()

    def statistic(self, name: str = "median", probability: float = 0.5) -> Any:
        """One number per pixel, in single precision, as itk.TemporalHistogramStatisticImageFilter computes it.

        `name` is "median", "quantile" (the one of `probability`), "interquartile_range", "mode", "mean",
        "standard_deviation" or "count". From dask arrays it is a dask array, which computes it tile by tile.
        """
        if name not in _STATISTICS:
            raise ValueError(f"There is no statistic {name!r}: there are {', '.join(_STATISTICS)}.")
        if not 0 <= probability <= 1:
            raise ValueError(f"The probability is {probability}: it must be from 0 to 1.")
        counts = _get_data(self.counts)
        is_lazy = isinstance(counts, da.Array)
        pieces = counts if is_lazy else da.from_array(counts, chunks=(*("auto",) * (counts.ndim - 1), -1))
        values = pieces.map_blocks(
            _compute_statistic,
            _Bins(tuple(self.edges.tolist()), self.integers),
            name,
            probability,
            drop_axis=counts.ndim - 1,
            meta=np.empty((0,) * (counts.ndim - 1), np.float32),
        )
        values = values if is_lazy else values.compute(scheduler="threads")
        return self.under.copy(data=values).rename(name) if _is_xarray(self.under) else values


def temporal_histogram(
    frames: Any,
    bins: Any,
    *,
    mask: Any = None,
    time_block: int | None = None,
    tile: Sequence[int] | None = None,
    memory_limit: int | str = "512 MiB",
    client: Client | None = None,
    output: str | os.PathLike | None = None,
) -> TemporalHistogram:
    """Counts, for each pixel of a series of frames, how often its value fell into each bin, on a dask cluster.

    frames: a dask or zarr array, whose first axis is time and whose other two or three axes are a frame's; an
        xarray.DataArray of such a dask array, whose coordinates in space are kept; or the names of files that all
        workers see, one frame each.
    bins: an itk.HistogramBins, increasing edges, or a range of integers, which gives each a bin.
    mask: an array of a frame's shape, or of the whole series': a sample counts where it is not 0.
    time_block, tile: how many frames, and which size of a piece of them, are counted at a time. By default they follow
        from the chunks of the array and from the memory limit. The result does not depend on them.
    memory_limit: the most bytes that a task may take. What it takes is predicted, before anything is read.
    client: the client of the cluster. By default, the one that is running.
    output: a folder that all workers see, and that is not there yet. Each tile is written into it, as part of a zarr
        group, when it is counted, and the result refers to it. The same call again goes on where a call was broken off.

    Counters have 16 bits, and 32 bits if there are more than 65,535 frames.
    """
    bins = _Bins.of(bins)
    client = _find_client(client)
    series = _find_series(frames, client)
    mask = None if mask is None else _find_mask(_get_data(mask), series)
    number_of_threads = sum(client.nthreads().values())

    if output is None:
        store = _MemoryStore()
    else:
        store = _FolderStore(output, client, _describe(series, bins, mask))
        tile = store.find_tile(tile)
    task = _Task(series, mask, len(bins.edges) - 1, parse_bytes(memory_limit))
    if not store.is_complete():
        block = task.choose_block(time_block, tile, _TASKS_PER_THREAD * number_of_threads)
        store.prepare(series.shape[1:], block[1:], bins, task.counter)
        _count_tiles(client, _cut_into_runs(series, mask, bins, block, task.counter, number_of_threads), store)
    return _label(frames, store.close())


# ----------------------------------------------------------------------------------------------------------------------
# What goes in


@dataclass(frozen=True)
class _Bins:
    """What an itk.HistogramBins holds, in a form that travels to workers."""

    edges: tuple[float, ...]
    integers: bool

    @classmethod
    def of(cls, bins: Any) -> "_Bins":
        if hasattr(bins, "GetEdges"):
            return cls(tuple(bins.GetEdges()), bins.GetIntegers())
        ruler = itk.HistogramBins.New()
        try:
            if isinstance(bins, range):
                ruler.SetIntegers(bins.start, bins.stop - 1 if bins.step == 1 else bins.start - 1)
            else:
                ruler.SetEdges(np.asarray(bins, float).tolist())
        except (TypeError, ValueError, RuntimeError) as error:
            reason = str(error).rpartition("): ")[2] if isinstance(error, RuntimeError) else ""
            raise ValueError(
                f"The bins are {reprlib.repr(bins)}, but must be an itk.HistogramBins, increasing edges, or a range of "
                f"integers by steps of 1, such as range(0, 256). {reason}".strip()
            ) from error
        return cls(tuple(ruler.GetEdges()), ruler.GetIntegers())

    def make(self) -> Any:
        ruler = itk.HistogramBins.New()
        first, last = self.edges[0], self.edges[-1]
        if self.integers:
            ruler.SetIntegers(int(first + 0.5), int(last - 0.5))
        elif np.array_equal(self.edges, np.linspace(first, last, len(self.edges))):
            # Values are found faster in bins that are known to be uniform.
            ruler.SetUniform(len(self.edges) - 1, first, last)
        if ruler.GetEdges() != self.edges:
            ruler.SetEdges(self.edges)
        return ruler


class _ArraySeries:
    """A dask or zarr array."""

    def __init__(self, array: Any):
        self.array = array
        self.shape = tuple(array.shape)
        self.dtype = array.dtype
        self.token = tokenize(array)
        if not math.isfinite(math.prod(self.shape)):
            raise ValueError(
                f"The frames have the shape {self.shape}, of which dask does not know all: compute_chunk_sizes() finds "
                "it."
            )
        chunk = array.chunksize if isinstance(array, da.Array) else array.chunks
        self.chunk = tuple(min(chunk, size) for chunk, size in zip(chunk, self.shape))

    def predict_memory(self, block: Sequence[int]) -> int:
        """A block that is no chunk is put together from pieces of chunks, each of which is read whole."""
        frames = math.prod(block) * self.dtype.itemsize
        if tuple(block) == self.chunk:
            return frames
        pieces = frames if isinstance(self.array, da.Array) else 0
        return math.prod(self.chunk) * self.dtype.itemsize + pieces + frames

    def cut(self, block: Sequence[int]) -> da.Array:
        if isinstance(self.array, da.Array):
            return _rechunk(self.array, block)
        return da.from_array(self.array, chunks=tuple(block), inline_array=True)


class _Header(NamedTuple):
    """What must be alike in all files."""

    shape: tuple[int, ...]
    dtype: str

    def __str__(self) -> str:
        return f"{' x '.join(map(str, self.shape))} pixels of {self.dtype}"


class _FileSeries:
    """Files of one frame each."""

    def __init__(self, names: Iterable[str | os.PathLike], client: Client):
        self.names = [os.path.abspath(name) for name in names]
        missing = [name for name in self.names if not os.path.isfile(name)]
        if missing:
            raise FileNotFoundError(f"{len(missing)} of {len(self.names)} files are not there, first {missing[0]}.")
        if not self.names:
            raise ValueError("There are no files: at least one frame is needed.")
        self.header = self._verify_headers(client)
        self.shape = (len(self.names), *self.header.shape)
        self.dtype = np.dtype(self.header.dtype)
        self.chunk = (1, *self.header.shape)
        stamps = [(status.st_size, status.st_mtime_ns) for status in map(os.stat, self.names)]
        self.token = tokenize(self.names, stamps)

    def _verify_headers(self, client: Client) -> _Header:
        parts = [
            self.names[start : start + _HEADERS_OF_A_TASK] for start in range(0, len(self.names), _HEADERS_OF_A_TASK)
        ]
        headers = [header for part in client.gather(client.map(_read_headers, parts, pure=False)) for header in part]
        for name, header in zip(self.names, headers):
            if header != headers[0]:
                raise ValueError(
                    f"All frames must be alike, but {name} has {header}, and {self.names[0]} has {headers[0]}."
                )
        return headers[0]

    def predict_memory(self, block: Sequence[int]) -> int:
        """Files are read one by one."""
        return (math.prod(block) + math.prod(self.chunk)) * self.dtype.itemsize

    def cut(self, block: Sequence[int]) -> da.Array:
        # Names and indices along the axes, cut alike, tell each task what to read.
        time, *space = range(len(self.shape))
        names = da.from_array(np.array(self.names, object), chunks=block[0])
        indices = [da.from_array(np.arange(self.shape[axis]), chunks=block[axis]) for axis in space]
        return da.blockwise(
            _read_files,
            (time, *space),
            names,
            (time,),
            *(argument for axis, of_axis in zip(space, indices) for argument in (of_axis, (axis,))),
            header=self.header,
            token=f"read-{self.token}",
            meta=np.empty((0,) * len(self.shape), self.dtype),
        )


def _find_series(frames: Any, client: Client) -> _ArraySeries | _FileSeries:
    if _is_xarray(frames):
        if "time" in frames.dims[1:]:
            raise ValueError(f"The axes of the frames are {frames.dims}: time must be first (frames.transpose()).")
        frames = frames.data
    if isinstance(frames, da.Array) or _is_of(frames, "zarr", "Array"):
        series = _ArraySeries(frames)
    elif _are_names(frames):
        series = _FileSeries(frames, client)
    else:
        hint = ", for instance by dask.array.from_array()" if isinstance(frames, np.ndarray) else ""
        raise TypeError(
            f"The frames are {type(frames).__name__}, but must be a dask array{hint}, a zarr array, an "
            "xarray.DataArray of a dask array, or a list of file names."
        )
    if len(series.shape) not in (3, 4):
        raise ValueError(
            f"The frames have the shape {series.shape}, but must have 3 or 4 axes: time, and the 2 or 3 of a frame."
        )
    if math.prod(series.shape) == 0:
        raise ValueError(f"The frames have the shape {series.shape}: at least one frame of one pixel is needed.")
    if series.dtype.name not in _COUNTED_AS:
        raise TypeError(
            f"The frames are of {series.dtype.name}, but must be of {', '.join(_COUNTED_AS)}: convert them by "
            "astype(), if one of these holds their values."
        )
    return series


def _are_names(frames: Any) -> bool:
    is_sequence = isinstance(frames, Sequence) and not isinstance(frames, str | bytes)
    return is_sequence and all(isinstance(name, str | os.PathLike) for name in frames)


def _find_mask(mask: Any, series: _ArraySeries | _FileSeries) -> da.Array:
    if not isinstance(mask, da.Array):
        mask = da.from_array(mask if _is_of(mask, "zarr", "Array") else np.asarray(mask))
    if mask.shape == (1, *series.shape[1:]):
        mask = mask[0]
    if mask.shape not in (series.shape, series.shape[1:]):
        raise ValueError(
            f"The mask has the shape {mask.shape}, but must have that of a frame, {series.shape[1:]}, or that of the "
            f"series, {series.shape}."
        )
    return mask


def _find_client(client: Client | None) -> Client:
    if client is None:
        try:
            client = Client.current()
        except ValueError as error:
            raise RuntimeError(
                "No dask client is running. Start one, for instance for this machine, below "
                'if __name__ == "__main__": in a script:\n'
                "    from dask.distributed import Client\n"
                "    client = Client(n_workers=4, threads_per_worker=1)"
            ) from error
    if client.asynchronous:
        raise RuntimeError("The dask client is asynchronous: give one that was started with asynchronous=False.")
    return client


def _is_of(value: Any, module: str, name: str) -> bool:
    """Whether it is of a class of a module, which need not be installed."""
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(value, getattr(loaded, name))


def _is_xarray(value: Any) -> bool:
    return _is_of(value, "xarray", "DataArray")


def _get_data(value: Any) -> Any:
    return value.data if _is_xarray(value) else value


def _label(frames: Any, histogram: TemporalHistogram) -> TemporalHistogram:
    """Gives the result the coordinates of an xarray.DataArray, but for what depends on time."""
    if not _is_xarray(frames):
        return histogram
    time, *space = frames.dims
    coords = {name: value for name, value in frames.coords.items() if time not in value.dims}
    arrays = (getattr(histogram, name) for name in _NAMES_OF_STATE)
    labelled = (
        type(frames)(array, coords, (*space, "bin")[: array.ndim], name) for name, array in zip(_NAMES_OF_STATE, arrays)
    )
    return TemporalHistogram(*labelled, histogram.edges, histogram.integers)


# ----------------------------------------------------------------------------------------------------------------------
# How it is cut


@dataclass(frozen=True)
class _Task:
    """What a task takes that counts one block of one tile."""

    series: _ArraySeries | _FileSeries
    mask: da.Array | None
    number_of_bins: int
    memory_limit: int

    @property
    def counter(self) -> np.dtype:
        """The narrowest type that can count all frames, but the filter's own at least."""
        return np.result_type(np.uint16, np.min_scalar_type(self.series.shape[0]))

    def predict_memory(self, block: Sequence[int]) -> int:
        return (
            self.series.predict_memory(block)
            + self._count_bytes_of_samples(block)
            + math.prod(block[1:]) * _STATES_OF_A_TASK * (self.number_of_bins + 3) * self.counter.itemsize
            + _BYTES_OF_STAGING
        )

    def _count_bytes_of_samples(self, block: Sequence[int]) -> int:
        """What there is besides the frames that were read: converted ones, and the mask."""
        counted_as = np.dtype(_COUNTED_AS[self.series.dtype.name])
        converted = 0 if counted_as == self.series.dtype else math.prod(block) * counted_as.itemsize
        if self.mask is None:
            return converted
        return converted + math.prod(block[-self.mask.ndim :]) * (self.mask.dtype.itemsize + 1)

    def choose_block(self, time_block: int | None, tile: Sequence[int] | None, number_of_tasks: int) -> tuple[int, ...]:
        """How many frames, and pixels along each axis of a frame, are counted at a time.

        It starts with the whole series and cuts it finer, along space first, since what is counted in the blocks of a
        tile has to be added up; but not below a chunk, since that would be read several times. Nor is time cut so fine
        that the frames of a block take less memory than its counters, unless it cannot be helped.
        """
        shape, chunk = self.series.shape, self.series.chunk
        block = [min(shape[0], _MOST_FRAMES_OF_A_BLOCK), *shape[1:]]
        is_given = [time_block is not None, *[tile is not None] * (len(shape) - 1)]
        if time_block is not None:
            block[0] = min(_verify_time_block(time_block), shape[0])
        if tile is not None:
            block[1:] = map(min, _verify_tile(tile, shape[1:]), shape[1:])

        bytes_of_counters = (self.number_of_bins + 3) * np.dtype(np.uint16).itemsize
        few_frames = math.ceil(bytes_of_counters / self.series.dtype.itemsize / chunk[0]) * chunk[0]
        pixel = [1] * len(chunk[1:])
        steps = [
            (number_of_tasks, chunk, (block[0], *chunk[1:])),
            (number_of_tasks, chunk, (few_frames, *block[1:])),
            (1, (chunk[0], *pixel), (few_frames, *pixel)),
            (1, (1, *pixel), (1, *pixel)),
        ]
        for tasks, units, least in steps:
            least = [size if given else few for size, few, given in zip(block, least, is_given)]
            while self._is_too_large(block, tasks) and (finer := _cut_finer(block, shape, units, least)) != block:
                block = finer
        self._verify(block)
        return tuple(block)

    def _is_too_large(self, block: Sequence[int], number_of_tasks: int) -> bool:
        tasks = math.prod(math.ceil(size / part) for size, part in zip(self.series.shape, block))
        return tasks < number_of_tasks or self.predict_memory(block) > self.memory_limit

    def _verify(self, block: Sequence[int]) -> None:
        needed = self.predict_memory(block)
        if needed > self.memory_limit:
            size = " x ".join(map(str, block[1:]))
            raise ValueError(
                f"A task of {block[0]} frames of {size} pixels and {self.number_of_bins} bins would take "
                f"{format_bytes(needed)}, of which {format_bytes(self.series.predict_memory(block))} are for reading "
                f"frames. The memory limit is {format_bytes(self.memory_limit)}: give a higher one (memory_limit), a "
                "smaller time_block or tile, fewer bins, or frames in smaller chunks."
            )


def _verify_time_block(time_block: int) -> int:
    if not isinstance(time_block, int | np.integer) or not 0 < time_block <= _MOST_FRAMES_OF_A_BLOCK:
        raise ValueError(
            f"time_block is {time_block}, but must be an integer from 1 to {_MOST_FRAMES_OF_A_BLOCK}, since a block is "
            "counted in 16 bits."
        )
    return int(time_block)


def _verify_tile(tile: Sequence[int], frame: Sequence[int]) -> list[int]:
    sizes = list(tile) if isinstance(tile, Iterable) else []
    if len(sizes) != len(frame) or not all(isinstance(size, int | np.integer) and size > 0 for size in sizes):
        raise ValueError(f"tile is {tile}, but must be {len(frame)} integers above 0.")
    return list(map(int, sizes))


def _cut_finer(block: list[int], shape: Sequence[int], units: Sequence[int], least: Sequence[int]) -> list[int]:
    """Cuts the axis that is longest, compared with the least, into more parts, which are alike and of whole units."""
    lengths = [size / few for size, few in zip(block, least)]
    axis = lengths.index(max(lengths))
    if block[axis] <= least[axis]:
        return block
    number_of_units = math.ceil(shape[axis] / units[axis])
    number_of_parts = math.ceil(number_of_units / (math.ceil(block[axis] / units[axis]) - 1))
    size = math.ceil(number_of_units / number_of_parts) * units[axis]
    return [*block[:axis], max(size, least[axis]), *block[axis + 1 :]]


def _rechunk(array: da.Array, block: Sequence[int]) -> da.Array:
    """By tasks and in one step, so that what a block needs is known, and is read by the worker that counts it."""
    return array.rechunk(tuple(block), threshold=sys.maxsize, method="tasks")


class _Run(NamedTuple):
    """Some blocks of a tile, which are to be counted and added up."""

    tile: _Tile
    region: _Region
    number_of_runs: int
    state: Delayed


def _cut_into_runs(
    series: _ArraySeries | _FileSeries,
    mask: da.Array | None,
    bins: _Bins,
    block: Sequence[int],
    counter: np.dtype,
    number_of_threads: int,
) -> Iterator[_Run]:
    frames = series.cut(block)
    masks = [] if mask is None else [_rechunk(mask, block[-mask.ndim :])]
    states = frames.map_blocks(
        _count_block, *masks, bins=bins, token=f"count-{uuid.uuid4().hex}", meta=np.empty((0,) * frames.ndim, object)
    )
    graph = dict(dask.optimize(states)[0].__dask_graph__())
    add = dask.delayed(functools.partial(_add_states, counter))

    number_of_blocks, *number_of_tiles = states.numblocks
    number_of_runs = max(
        math.ceil(_RUNS_PER_THREAD * number_of_threads / math.prod(number_of_tiles)),
        math.ceil(number_of_blocks / _MOST_BLOCKS_OF_A_RUN),
    )
    runs = np.array_split(range(number_of_blocks), min(number_of_runs, number_of_blocks))
    for tile in np.ndindex(*number_of_tiles):
        region = tuple(
            slice(index * size, min((index + 1) * size, length))
            for index, size, length in zip(tile, block[1:], series.shape[1:])
        )
        for blocks in runs:
            keys = [(states.name, int(index), *tile) for index in blocks]
            # Without the other tiles, what reads a chunk and what cuts a piece out of it become one task.
            part = da.Array.__dask_optimize__(cull(graph, keys)[0], keys)
            state = functools.reduce(add, (Delayed(key, part) for key in keys))
            yield _Run(tile, region, len(runs), state)


# ----------------------------------------------------------------------------------------------------------------------
# What workers do


def _read_header(name: str) -> _Header:
    reader = itk.ImageIOFactory.CreateImageIO(name, itk.CommonEnums.IOFileMode_ReadMode)
    if reader is None:
        raise ValueError(f"{name} is no image that ITK can read.")
    reader.SetFileName(name)
    try:
        reader.ReadImageInformation()
    except RuntimeError as error:
        raise ValueError(f"{name} cannot be read: {error}") from error
    return _get_header(name, reader)


def _get_header(name: str, reader: Any) -> _Header:
    """What an ImageIO, which has read it, knows of a file."""
    if reader.GetNumberOfComponents() != 1:
        raise ValueError(f"{name} has {reader.GetNumberOfComponents()} numbers per pixel: frames must have one.")
    component = reader.GetComponentTypeAsString(reader.GetComponentType())
    shape = tuple(reader.GetDimensions(axis) for axis in reversed(range(reader.GetNumberOfDimensions())))
    return _Header(shape, np.dtype(_C_TYPES[component]).name if component in _C_TYPES else component)


def _read_headers(names: Sequence[str]) -> list[_Header]:
    return [_read_header(name) for name in names]


def _read_files(names: np.ndarray, *indices: np.ndarray, header: _Header) -> np.ndarray:
    region = tuple(slice(of_axis[0], of_axis[-1] + 1) for of_axis in indices)
    frames = np.empty((len(names), *map(len, indices)), header.dtype)
    # One reader for all: what itk.imread() makes anew for each file takes longer than reading.
    reader = itk.ImageFileReader[itk.Image[getattr(itk, _READ_AS[header.dtype]), len(header.shape)]].New()
    for number, name in enumerate(names):
        reader.SetFileName(name)
        reader.UpdateLargestPossibleRegion()
        found = _get_header(name, reader.GetImageIO())
        if found != header:
            raise ValueError(f"{name} has changed: it has {found}, and had {header}.")
        frames[number] = itk.array_view_from_image(reader.GetOutput())[region]
    return frames


def _count_block(frames: np.ndarray, mask: np.ndarray | None = None, *, bins: _Bins) -> _State:
    # Pixels are counted each by itself: to the filter, they are a line.
    image = _make_image(frames, _COUNTED_AS[frames.dtype.name], len(frames))
    histograms_type = itk.VectorImage[itk.US, 2]
    counting = itk.PixelwiseTemporalHistogramImageFilter[type(image), histograms_type].New(image, Bins=bins.make())
    # A task is one thread of the worker's.
    counting.SetNumberOfWorkUnits(1)
    if mask is not None:
        mask_image = _make_image(mask != 0, np.uint8, len(frames) if mask.ndim == frames.ndim else 1)
        counting.SetMaskImage(mask_image)
    counting.Update()

    space = frames.shape[1:]
    number_of_pixels = math.prod(space)
    counts = itk.array_from_image(counting.GetOutput())[0, :number_of_pixels].reshape(*space, -1)
    others = counting.GetUnderCountImage(), counting.GetOverCountImage(), counting.GetInvalidCountImage()
    return counts, *(itk.array_from_image(image)[0, :number_of_pixels].reshape(space) for image in others)


def _make_image(frames: np.ndarray, dtype: Any, number_of_frames: int) -> Any:
    line = np.ascontiguousarray(frames, dtype).reshape(number_of_frames, 1, -1)
    # ITK takes the axes of frames of one pixel in reverse order.
    return itk.image_view_from_array(line if line.shape[-1] > 1 else line.repeat(2, axis=-1))


def _add_states(counter: np.dtype, first: _State, second: _State) -> _State:
    return tuple(np.add(a, b, dtype=counter) for a, b in zip(first, second))


def _compute_statistic(counts: np.ndarray, bins: _Bins, name: str, probability: float) -> np.ndarray:
    pixels = counts.reshape(1, -1, counts.shape[-1])
    if pixels.dtype != np.uint16:
        if pixels.max() > 1 << 24:
            raise ValueError(
                f"A bin has {pixels.max()} samples: statistics are computed of at most {1 << 24}, which is what single "
                "precision holds exactly."
            )
        pixels = pixels.astype(np.float32)
    counter = itk.US if pixels.dtype == np.uint16 else itk.F
    image = itk.image_view_from_array(np.ascontiguousarray(pixels), ttype=itk.VectorImage[counter, 2])
    statistic = itk.TemporalHistogramStatisticImageFilter.New(image, Bins=bins.make(), Probability=probability)
    camel_case = "".join(word.capitalize() for word in name.split("_"))
    statistic.SetStatistic(getattr(itk.TemporalHistogramStatisticImageFilterEnums, f"Statistic_{camel_case}"))
    statistic.SetNumberOfWorkUnits(1)
    statistic.Update()
    return itk.array_from_image(statistic.GetOutput()).reshape(counts.shape[:-1])


def _write_tile(state: _State, group: str, region: _Region, marker: str) -> None:
    arrays = _import_zarr().open_group(group, mode="r+")
    for name, values in zip(_NAMES_OF_STATE, state):
        arrays[name][region] = values
    Path(marker).touch()


# ----------------------------------------------------------------------------------------------------------------------
# Who does it, and when


class _Job(NamedTuple):
    """A future that is not finished: of the sum of some runs of a tile, or, of no run, of a tile that is stored."""

    run: _Run
    number_of_runs: int
    address: str | None = None


class _Counting:
    """Hands runs to workers, a few at a time, and adds up what comes back.

    A worker that is given a run keeps what belongs to it, so that frames and states hardly travel. Since only few runs
    are on their way, there are never more than a few states at once. dask does again what was on a worker that is lost;
    the worker it was meant for is a wish only.
    """

    def __init__(self, client: Client, store: "_MemoryStore | _FolderStore"):
        self.client = client
        self.store = store
        self.completed = as_completed(loop=client.loop)
        self.jobs: dict[Future, _Job] = {}
        self.waiting: dict[_Tile, tuple[Future, int]] = {}

    def count(self, runs: Iterator[_Run]) -> None:
        self._hand_out(runs)
        for future in self.completed:
            if future.status in ("error", "cancelled"):
                future.result()
            self._proceed(self.jobs[future], future)
            del self.jobs[future]
            self._hand_out(runs)

    def _hand_out(self, runs: Iterator[_Run]) -> None:
        threads = self.client.nthreads()
        ahead = Counter(job.address for job in self.jobs.values() if job.address is not None)
        while ahead.total() < max(_RUNS_AHEAD_PER_THREAD * sum(threads.values()), 1):
            run = next(runs, None)
            if run is None:
                return
            address = min(threads, key=lambda worker: ahead[worker] / threads[worker], default="")
            future = self.client.compute(
                run.state, workers=address or None, allow_other_workers=bool(address), retries=_RETRIES
            )
            self._follow(future, _Job(run, 1, address))
            ahead[address] += 1

    def _follow(self, future: Future, job: _Job) -> None:
        self.jobs[future] = job
        self.completed.add(future)

    def _proceed(self, job: _Job, future: Future) -> None:
        run = job.run
        if job.number_of_runs == run.number_of_runs:
            stored = self.store.put(run, future)
            if stored is not None:
                self._follow(stored, _Job(run, 0))
        elif job.number_of_runs > 0:
            self._add(job, future)

    def _add(self, job: _Job, future: Future) -> None:
        """Adds two sums of a tile as soon as there are two, in whichever order they come."""
        tile = job.run.tile
        if tile not in self.waiting:
            self.waiting[tile] = future, job.number_of_runs
            return
        other, number_of_runs = self.waiting.pop(tile)
        add = functools.partial(_add_states, self.store.counter)
        total = self.client.submit(add, other, future, pure=False, retries=_RETRIES, priority=1)
        self._follow(total, _Job(job.run, number_of_runs + job.number_of_runs))

    def cancel(self) -> None:
        self.client.cancel([*self.jobs, *(future for future, _ in self.waiting.values())])


def _count_tiles(client: Client, runs: Iterator[_Run], store: "_MemoryStore | _FolderStore") -> None:
    counting = _Counting(client, store)
    try:
        counting.count(run for run in runs if not store.has(run.tile))
    except KilledWorker as error:
        raise RuntimeError(
            f"{error}\nMost likely memory ran out: give a smaller memory_limit, or workers with more memory."
        ) from error
    finally:
        counting.cancel()


# ----------------------------------------------------------------------------------------------------------------------
# Where it goes


def _describe_arrays(frame: Sequence[int], number_of_bins: int) -> dict[str, tuple[int, ...]]:
    return {name: (*frame, number_of_bins) if name == "counts" else tuple(frame) for name in _NAMES_OF_STATE}


class _MemoryStore:
    """NumPy arrays of the client's."""

    def is_complete(self) -> bool:
        return False

    def has(self, tile: _Tile) -> bool:
        return False

    def prepare(self, frame: Sequence[int], tile: Sequence[int], bins: _Bins, counter: np.dtype) -> None:
        self.bins = bins
        self.counter = counter
        shapes = _describe_arrays(frame, len(bins.edges) - 1).values()
        needed = sum(map(math.prod, shapes)) * counter.itemsize
        available = psutil.virtual_memory().available
        if needed > available:
            raise MemoryError(
                f"The result takes {format_bytes(needed)}, but {format_bytes(available)} of memory are available: give "
                "a folder (output), into which the workers write it."
            )
        self.arrays = [np.empty(shape, counter) for shape in shapes]

    def put(self, run: _Run, state: Future) -> None:
        for array, values in zip(self.arrays, state.result()):
            array[run.region] = values

    def close(self) -> TemporalHistogram:
        return TemporalHistogram(*self.arrays, np.array(self.bins.edges), self.bins.integers)


class _FolderStore:
    """A zarr group that the workers write.

    Until all tiles are there, it is in a folder beside, with an empty file for each tile that is finished.
    """

    def __init__(self, folder: str | os.PathLike, client: Client, arguments: dict[str, Any]):
        self.client = client
        self.arguments = arguments
        self.folder = Path(os.path.abspath(folder))
        self.unfinished = self.folder.with_name(self.folder.name + ".unfinished")
        self.zarr = _import_zarr()
        if not self.folder.parent.is_dir():
            raise FileNotFoundError(f"The output {self.folder} cannot be made: {self.folder.parent} is no folder.")

    @property
    def group(self) -> Path:
        return self.unfinished / "histogram"

    def is_complete(self) -> bool:
        if self.folder.exists():
            self._verify(self.folder)
        return self.folder.exists()

    def find_tile(self, tile: Sequence[int] | None) -> Sequence[int] | None:
        """Tiles must be those of the call that was broken off."""
        if self.is_complete() or not self.group.exists():
            return tile
        attributes = self._verify(self.group)
        if tile is not None and list(tile) != attributes["tile"]:
            raise ValueError(
                f"{self.unfinished} was begun with the tile {attributes['tile']}, not {list(tile)}: give that one, or "
                "none, or remove the folder."
            )
        return attributes["tile"]

    def _verify(self, group: Path) -> dict[str, Any]:
        try:
            attributes = dict(self.zarr.open_group(group, mode="r").attrs)
            arguments = attributes["arguments"]
        except (KeyError, FileNotFoundError, NotADirectoryError) as error:
            raise FileExistsError(
                f"{group} is there already, and no temporal histogram: give another output."
            ) from error
        other = [name for name in self.arguments if arguments.get(name) != self.arguments[name]]
        if other:
            raise FileExistsError(
                f"{group} is there already, and was counted from other arguments ({', '.join(other)}): give another "
                "output, or remove it."
            )
        return attributes

    def prepare(self, frame: Sequence[int], tile: Sequence[int], bins: _Bins, counter: np.dtype) -> None:
        self.counter = counter
        if self.group.exists():
            return
        begun = self.unfinished.with_name(f"{self.unfinished.name}.{uuid.uuid4().hex}")
        attributes = {"arguments": self.arguments, "tile": list(tile), "edges": bins.edges, "integers": bins.integers}
        group = self.zarr.create_group(begun / "histogram", attributes=attributes)
        for name, shape in _describe_arrays(frame, len(bins.edges) - 1).items():
            chunks = (*tile, shape[-1])[: len(shape)]
            group.create_array(name, shape=shape, chunks=chunks, dtype=counter)
        begun.rename(self.unfinished)

    def _mark(self, tile: _Tile) -> Path:
        return self.unfinished / f"finished-{'-'.join(map(str, tile))}"

    def has(self, tile: _Tile) -> bool:
        return self._mark(tile).exists()

    def put(self, run: _Run, state: Future) -> Future:
        arguments = str(self.group), run.region, str(self._mark(run.tile))
        return self.client.submit(_write_tile, state, *arguments, pure=False, retries=_RETRIES, priority=1)

    def close(self) -> TemporalHistogram:
        if not self.is_complete():
            self.group.rename(self.folder)
        if not self.group.exists():
            shutil.rmtree(self.unfinished, ignore_errors=True)
        return TemporalHistogram.open(self.folder)


def _import_zarr() -> Any:
    try:
        import zarr
    except ImportError as error:
        raise ImportError(f"An output folder needs zarr ({error}): pip install zarr") from error
    return zarr


def _describe(series: _ArraySeries | _FileSeries, bins: _Bins, mask: da.Array | None) -> dict[str, Any]:
    """What the result depends on, as JSON would give it back."""
    return {
        "frames": [series.token, list(series.shape), series.dtype.name],
        "bins": tokenize(bins.edges, bins.integers),
        "mask": None if mask is None else tokenize(mask),
    }
