# SPDX-License-Identifier: Apache-2.0
"""Filters take NumPy arrays and xarray.DataArrays, and give the same kind of thing back: the values that they give for
images, no more copies than are told of, nothing lost that the array knew. What they do not take they refuse in words.
"""

import gc
import warnings
import weakref

import itk
import numpy as np
import pytest
from intensitymapping import arrays

xarray = pytest.importorskip("xarray")

DTYPES = [np.uint8, np.int16, np.uint16, np.float32, np.float64]
SCALAR_TYPES = [itk.Image[pixel, 2] for pixel in (itk.UC, itk.SS, itk.US, itk.F, itk.D)]


def random_array(shape, dtype=np.float32, seed=1):
    return np.random.default_rng(seed).integers(0, 100, shape).astype(dtype)


def colors_of_image(array, **settings):
    """What the filter gives for an image, by ITK's own means."""
    return itk.array_from_image(
        itk.colormap_image_filter(itk.image_from_array(np.ascontiguousarray(array)), **settings)
    )


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(20, 30), (5, 20, 30)])
def test_an_array_gives_what_its_image_gives(shape, dtype):
    array = random_array(shape, dtype)
    for settings in ({}, {"colormap": "magma", "normalization": (10, 60)}):
        colors = itk.colormap_image_filter(array, **settings)
        assert type(colors) is np.ndarray and colors.dtype == np.uint8 and colors.shape == (*shape, 4)
        assert (colors == colors_of_image(array, **settings)).all()
    assert (itk.colormap_image_filter(array, rgb=True) == itk.colormap_image_filter(array)[..., :3]).all()


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(33, 10, 12), (9, 3, 10, 12)])
def test_histograms_and_their_statistics_are_numpys(shape, dtype):
    frames = random_array(shape, dtype)
    edges = [10, 20, 40, 80]
    histograms, under, over, invalid = itk.pixelwise_temporal_histogram_image_filter(frames, bins=edges)
    pixels = frames.reshape(len(frames), -1).T.astype(float)
    expected = np.array([np.histogram(samples, edges)[0] for samples in pixels])
    assert (histograms == expected.reshape(*shape[1:], 3)).all()
    assert (under == (frames < 10).sum(axis=0)).all() and (over == (frames > 80).sum(axis=0)).all()
    assert not invalid.any() and invalid.shape == shape[1:]

    integers = itk.pixelwise_temporal_histogram_image_filter(frames, bins=range(100))[0]
    counts = itk.temporal_histogram_statistic_image_filter(integers, bins=range(100), statistic="count")
    assert (counts == len(frames)).all()
    median = itk.temporal_histogram_statistic_image_filter(integers, bins=range(100))
    assert median.dtype == np.float32
    assert (median == np.quantile(frames, 0.5, axis=0, method="inverted_cdf")).all()


def test_a_sink_gives_what_it_learns():
    array = random_array((20, 30))
    normalization = itk.intensity_range_image_sink(array)
    assert (normalization.GetMinimum(), normalization.GetMaximum()) == (array.min(), array.max())


def test_a_filter_is_made_for_an_array_too():
    array = random_array((20, 30))
    expected = itk.colormap_image_filter(array)
    for process in (itk.ColormapImageFilter.New(array), itk.ColormapImageFilter.New(Input=array)):
        process.Update()
        assert (itk.array_from_image(process) == expected).all()
    process.SetInput(array[::-1])
    process.Update()
    assert (itk.array_from_image(process) == expected[::-1]).all()


# Copies and lives.


@pytest.mark.parametrize("dtype", DTYPES)
def test_an_image_of_an_array_is_a_view_and_back(dtype):
    array = random_array((20, 30), dtype)
    image = arrays.image_from_array(array, SCALAR_TYPES)
    assert np.shares_memory(arrays.array_from_image(image), array)
    assert tuple(itk.size(image)) == (30, 20)


@pytest.mark.parametrize("shape", [(7, 1), (1, 7), (7, 1, 1), (1, 7, 1), (1, 1, 7), (1, 1)])
def test_an_array_of_one_axis_keeps_its_place(shape):
    types = [*SCALAR_TYPES, itk.Image[itk.F, 3]]
    assert tuple(itk.size(arrays.image_from_array(np.zeros(shape, np.float32), types))) == shape[::-1]
    if len(shape) == 3:
        counts = itk.pixelwise_temporal_histogram_image_filter(np.zeros(shape, np.float32), bins=[0, 1])[0]
        assert (counts == np.full((*shape[1:], 1), shape[0])).all()
        histograms = itk.VectorImage[itk.US, 2]
        image = arrays.image_from_array(np.zeros(shape, np.uint16), [histograms])
        assert tuple(itk.size(image)) == shape[1::-1] and image.GetNumberOfComponentsPerPixel() == shape[2]


def test_an_array_lives_as_long_as_its_image():
    array = random_array((200, 300))
    expected = itk.colormap_image_filter(array)
    kept = weakref.ref(array)
    process = itk.ColormapImageFilter.New(array)
    del array
    gc.collect()
    assert kept() is not None
    process.Update()
    assert (itk.array_from_image(process) == expected).all()
    del process
    gc.collect()
    assert kept() is None


def test_an_image_lives_as_long_as_any_view_of_its_array():
    colors = itk.colormap_image_filter(random_array((400, 500)))
    views = [colors[3:], np.asarray(colors), colors.reshape(-1), colors.view(np.ndarray)[..., 0]]
    expected = [view.copy() for view in views]
    del colors
    gc.collect()
    clutter = [np.full((400, 500, 4), 7, np.uint8) for _ in range(20)]
    assert all((view == copy).all() for view, copy in zip(views, expected))
    assert len(clutter) == 20


@pytest.mark.parametrize(
    "rearrange",
    [
        np.asfortranarray,
        np.transpose,
        lambda array: array[::2, ::-3],
        lambda array: np.broadcast_to(array[:1], array.shape),
        lambda array: array.astype(array.dtype.newbyteorder("S")),
        lambda array: array.view(np.matrix),
    ],
)
def test_however_an_array_lies_in_memory_its_axes_are_what_they_are(rearrange):
    array = rearrange(random_array((12, 15)))
    copy = array.copy()
    colors = itk.colormap_image_filter(array)
    assert colors.shape == (*array.shape, 4)
    assert (colors == colors_of_image(np.array(array, array.dtype.newbyteorder("=")))).all()
    assert (array == copy).all()


def test_read_only_arrays_and_files_will_do(tmp_path):
    array = random_array((12, 15))
    expected = itk.colormap_image_filter(array)
    array.flags.writeable = False
    assert (itk.colormap_image_filter(array) == expected).all()
    np.save(tmp_path / "array.npy", array)
    for mode in ("r", "c", "r+"):
        assert (itk.colormap_image_filter(np.load(tmp_path / "array.npy", mmap_mode=mode)) == expected).all()


# What is refused.


@pytest.mark.parametrize(
    ("array", "error", "words"),
    [
        (np.zeros((3, 4), np.int64), TypeError, ["int64", "uint8, int16, uint16, float32 or float64", "astype"]),
        (np.zeros((3, 4), np.uint32), TypeError, ["uint32", "astype"]),
        (np.zeros((3, 4), bool), TypeError, ["bool", "view"]),
        (np.zeros((3, 4), complex), TypeError, ["complex128", "np.abs"]),
        (np.zeros((3, 4), np.float16), TypeError, ["float16", "astype"]),
        (np.full((3, 4), None), TypeError, ["object"]),
        (np.zeros((3, 4), "M8[s]"), TypeError, ["datetime64"]),
        (np.zeros(5, np.uint8), ValueError, [r"\(5,\)", "2 or 3 axes"]),
        (np.zeros((2, 2, 2, 2), np.uint8), ValueError, [r"\(2, 2, 2, 2\)", "2 or 3 axes"]),
        (np.float64(3), ValueError, [r"\(\)", "2 or 3 axes"]),
        (np.zeros((0, 4), np.uint8), ValueError, [r"\(0, 4\)", "nothing"]),
        (np.ma.masked_array(np.zeros((3, 4)), mask=True), TypeError, ["masked", "filled"]),
        ([[1, 2], [3, 4]], TypeError, ["list", "NumPy arrays"]),
        ("picture.png", TypeError, ["str", "images"]),
        (itk.Image[itk.RGBPixel[itk.UC], 2].New(), TypeError, [r"itk.Image\[itk.RGBPixel\[itk.UC\], 2\]", "channel"]),
        (itk.Image[itk.UI, 2].New(), TypeError, [r"itk.Image\[itk.UI, 2\]", "astype"]),
    ],
)
def test_what_is_no_image_for_a_filter_is_refused_in_words(array, error, words):
    for call in (itk.colormap_image_filter, itk.ColormapImageFilter.New):
        with pytest.raises(error) as raised:
            call(np.asarray(array) if isinstance(array, np.generic) else array)
        for word in words:
            assert raised.match(word)


def test_a_colour_image_is_told_from_a_volume():
    with pytest.warns(UserWarning, match="colour image"):
        colors = itk.colormap_image_filter(random_array((10, 12, 3), np.uint8))
    assert colors.shape == (10, 12, 3, 4)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        itk.colormap_image_filter(random_array((10, 12, 5), np.uint8))
        itk.pixelwise_temporal_histogram_image_filter(random_array((10, 12, 3), np.uint8), bins=range(100))


def test_dask_arrays_are_not_loaded():
    dask_array = pytest.importorskip("dask.array")
    lazy = dask_array.from_delayed(_fail_to_load(), (4, 5), float)
    for given in (lazy, xarray.DataArray(lazy)):
        with pytest.raises(TypeError, match="intensitymapping.dask"):
            itk.colormap_image_filter(given)
    with pytest.raises(TypeError, match="intensitymapping.dask"):
        itk.pixelwise_temporal_histogram_image_filter(np.zeros((3, 4, 5)), bins=[0, 1], mask=lazy)


def _fail_to_load():
    import dask

    @dask.delayed
    def load():
        raise AssertionError("It was loaded.")

    return load()


def test_a_function_says_that_it_needs_an_image():
    with pytest.raises(TypeError, match=r"colormap_image_filter\(\) needs an image"):
        itk.colormap_image_filter(colormap="gray")


# Masks and counters.


def test_a_mask_is_an_array_of_a_frame_or_of_the_series():
    frames, masks = random_array((9, 5, 7)), random_array((9, 5, 7), seed=2) > 50
    for mask in (masks, masks.astype(np.uint8), masks[0], np.asfortranarray(masks)):
        for keyword in ("mask", "mask_image"):
            outputs = itk.pixelwise_temporal_histogram_image_filter(frames, bins=range(100), **{keyword: mask})
            masked = np.broadcast_to(mask == 0, frames.shape)
            assert (outputs[3] == masked.sum(axis=0)).all()
            assert (outputs[0].sum(axis=-1) == (~masked).sum(axis=0)).all()


@pytest.mark.parametrize(
    ("mask", "error", "words"),
    [
        (np.ones((5, 6), bool), ValueError, [r"\(1, 5, 6\)", r"\(9, 5, 7\)", r"\(5, 7\)"]),
        (np.ones((8, 5, 7), bool), ValueError, [r"\(8, 5, 7\)", r"\(9, 5, 7\)"]),
        (np.ones((9, 5, 7)), TypeError, ["float64", "bool or uint8"]),
        (np.ones(7, bool), ValueError, [r"\(7,\)"]),
    ],
)
def test_a_mask_that_does_not_fit_is_refused_in_words(mask, error, words):
    with pytest.raises(error) as raised:
        itk.pixelwise_temporal_histogram_image_filter(random_array((9, 5, 7)), bins=range(100), mask=mask)
    for word in words:
        assert raised.match(word)


def test_counters_hold_all_frames():
    counts = itk.pixelwise_temporal_histogram_image_filter(np.zeros((65535, 1, 2), np.uint8), bins=[0, 1])[0]
    assert counts.dtype == np.uint16 and (counts == 65535).all()
    counts, _, over, _ = itk.pixelwise_temporal_histogram_image_filter(np.ones((65536, 1, 2), np.uint8), bins=[0, 0.5])
    assert counts.dtype == over.dtype == np.float32 and (over == 65536).all()
    with pytest.raises(ValueError, match="16777217 frames"):
        itk.pixelwise_temporal_histogram_image_filter(np.zeros((2**24 + 1, 1, 1), np.uint8), bins=[0, 1])


# xarray.


@pytest.fixture
def series():
    return xarray.DataArray(
        random_array((9, 5, 7), np.uint8),
        dims=("time", "y", "x"),
        coords={
            "time": np.arange("2026-01-01", "2026-01-10", dtype="M8[D]"),
            "y": np.linspace(10, 2, 5),
            "x": 100 + 0.5 * np.arange(7),
            "height": (("y", "x"), random_array((5, 7))),
            "station": "north",
        },
        name="speed",
        attrs={"units": "m/s", "source": "radar"},
    )


def test_colours_of_a_data_array_know_what_it_knew(series):
    frame = series.isel(time=0)
    colors = itk.colormap_image_filter(frame, colormap="jet")
    assert colors.dims == ("y", "x", "color") and list(colors.color.values) == ["r", "g", "b", "a"]
    assert (colors.values == itk.colormap_image_filter(frame.values, colormap="jet")).all()
    assert colors.name == "speed" and colors.attrs == series.attrs
    assert colors.isel(color=0, drop=True).coords.equals(frame.coords)
    assert list(itk.colormap_image_filter(frame, rgb=True).color.values) == ["r", "g", "b"]
    assert itk.colormap_image_filter(series).dims == ("time", "y", "x", "color")


def test_histograms_of_a_data_array_know_their_bins(series):
    histograms, *others = itk.pixelwise_temporal_histogram_image_filter(series, bins=[0, 10, 30, 90])
    expected, *expected_others = itk.pixelwise_temporal_histogram_image_filter(series.values, bins=[0, 10, 30, 90])
    frame = series.isel(time=0, drop=True)
    assert histograms.dims == ("y", "x", "bin") and (histograms.values == expected).all()
    assert list(histograms.bin.values) == [5, 20, 60]
    assert list(histograms.bin_lower.values) == [0, 10, 30] and list(histograms.bin_upper.values) == [10, 30, 90]
    assert histograms.bin.attrs == {"units": "m/s"} and histograms.attrs == {"source": "radar"}
    for other, expected_other in zip(others, expected_others):
        assert other.dims == ("y", "x") and (other.values == expected_other).all()
        assert other.name == "speed" and other.attrs == {"source": "radar"} and other.coords.equals(frame.coords)

    statistic = itk.temporal_histogram_statistic_image_filter(histograms)
    assert statistic.dims == ("y", "x") and statistic.name == "speed" and statistic.attrs == series.attrs
    assert statistic.coords.equals(frame.coords)
    assert (statistic.values == itk.temporal_histogram_statistic_image_filter(expected, bins=[0, 10, 30, 90])).all()
    assert "units" not in itk.temporal_histogram_statistic_image_filter(histograms, statistic="count").attrs


def test_bins_of_integers_stay_these(series):
    histograms = itk.pixelwise_temporal_histogram_image_filter(series, bins=range(5, 95))[0]
    assert histograms.bin.dtype.kind == "i" and (histograms.bin.values == np.arange(5, 95)).all()
    median = itk.temporal_histogram_statistic_image_filter(histograms)
    assert (median.values == itk.temporal_histogram_statistic_image_filter(histograms.values, bins=range(5, 95))).all()
    assert (median.values % 1 == 0).all()


def test_dimensions_have_names_rather_than_places(series):
    masks = series > 50
    expected = itk.pixelwise_temporal_histogram_image_filter(series, bins=range(100), mask=masks)
    turned = itk.pixelwise_temporal_histogram_image_filter(
        series.transpose("y", "x", "time"), bins=range(100), mask=masks.transpose("x", "time", "y")
    )
    assert all(one.identical(other) for one, other in zip(turned, expected))
    assert itk.temporal_histogram_statistic_image_filter(expected[0].transpose("bin", "y", "x")).identical(
        itk.temporal_histogram_statistic_image_filter(expected[0])
    )
    without_time = itk.pixelwise_temporal_histogram_image_filter(series.rename(time="t"), bins=range(100))[0]
    assert without_time.dims == ("y", "x", "bin")


def test_coordinates_become_the_geometry_of_an_image(series):
    process = itk.ColormapImageFilter.New(series.isel(time=0))
    process.Update()
    image = process.GetOutput()
    assert list(itk.spacing(image)) == [0.5, 2] and list(itk.origin(image)) == [100, 10]
    assert (itk.array_from_matrix(image.GetDirection()) == [[1, 0], [0, -1]]).all()


def test_a_data_array_of_itks_keeps_its_direction():
    image = itk.image_from_array(random_array((4, 5, 6)))
    direction = np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, 1]])
    image.SetDirection(direction)
    data_array = itk.xarray_from_image(image)
    process = itk.ColormapImageFilter.New(data_array)
    assert (itk.array_from_matrix(process.GetInput().GetDirection()) == direction).all()
    histograms = itk.pixelwise_temporal_histogram_image_filter(data_array, bins=range(100))[1]
    assert histograms.attrs["direction"].shape == (2, 2)


def test_uneven_coordinates_do_no_harm(series):
    uneven = series.isel(time=0).assign_coords(x=2.0 ** np.arange(7), y=list("abcde"))
    assert itk.colormap_image_filter(uneven).isel(color=0, drop=True).coords.equals(uneven.coords)
    image = itk.ColormapImageFilter.New(uneven).GetInput()
    assert list(itk.spacing(image)) == [1, 1] and list(itk.origin(image)) == [0, 0]


def test_an_image_gives_an_image():
    image = itk.image_from_array(random_array((20, 30)))
    assert isinstance(itk.colormap_image_filter(image), itk.Image[itk.RGBAPixel[itk.UC], 2])
    assert isinstance(itk.colormap_image_filter(image, rgb=True), itk.Image[itk.RGBPixel[itk.UC], 2])
    reader = itk.MedianImageFilter.New(image)
    assert isinstance(itk.colormap_image_filter(reader), itk.Image[itk.RGBAPixel[itk.UC], 2])
