# SPDX-License-Identifier: Apache-2.0
"""The module as Python sees it, beside the stock `itk`: each wrapped class does its work, and agrees with NumPy."""

import gc
import subprocess
import sys

import itk
import numpy as np
import pytest

IMAGE_TYPES = [np.uint8, np.uint16, np.int16, np.float32, np.float64]


def random_array(shape, dtype):
    return np.random.default_rng(1).integers(0, 100, shape).astype(dtype)


def integer_bins(first, last):
    bins = itk.HistogramBins.New()
    bins.SetIntegers(first, last)
    return bins


def test_everything_is_wrapped_for_the_pixels_of_the_stock_wheels():
    scalars, colors = [itk.UC, itk.SS, itk.US, itk.F, itk.D], [itk.RGBPixel[itk.UC], itk.RGBAPixel[itk.UC]]
    counters = [itk.US, itk.F]
    for dimension in (2, 3):
        for scalar in scalars:
            image, series = itk.Image[scalar, dimension], itk.Image[scalar, dimension + 1]
            assert itk.IntensityRangeImageSink[image].New() is not None
            for color in colors:
                assert itk.ColormapImageFilter[image, itk.Image[color, dimension]].New() is not None
            for counter in counters:
                histograms = itk.VectorImage[counter, dimension]
                assert itk.PixelwiseTemporalHistogramImageFilter[series, histograms].New() is not None
        for counter in counters:
            types = itk.VectorImage[counter, dimension], itk.Image[itk.F, dimension]
            assert itk.TemporalHistogramStatisticImageFilter[types].New() is not None


def test_rulers_map_values():
    normalization = itk.LinearNormalization.New(Minimum=1500.0, Maximum=4500.0)
    assert normalization.ForwardValue(3000.0) == 0.5
    assert normalization.InverseValue(0.5) == 3000.0

    bins = itk.HistogramBins.New()
    bins.SetEdges([0.0, 1.0, 5.0])
    assert bins.GetEdges() == (0.0, 1.0, 5.0)
    assert [bins.ForwardValue(value) for value in (0.5, 5.0, -1.0, 6.0, np.nan)] == [0, 1, 2, 3, 4]


def test_colormaps_have_names():
    colormap = itk.Colormap.New()
    colormap.SetName("gray", 2)
    assert colormap.GetNumberOfEntries() == 2
    assert tuple(colormap.ForwardValue(1.0)) == (255, 255, 255, 255)
    assert "viridis_r" in itk.Colormap.GetNames()


def test_colormaps_have_categories():
    assert "perceptual" in itk.Colormap.GetCategories()
    assert "cmc.batlow" in itk.Colormap.GetNamesOfCategory("perceptual")
    assert itk.Colormap.GetCategory("tab10") == "qualitative"
    assert itk.Colormap.GetLicense("viridis") == "CC0-1.0"


def test_colormaps_are_read_and_written(tmp_path):
    path = str(tmp_path / "depth.cpt")
    colormap = itk.Colormap.New()
    colormap.SetName("tab10")
    normalization = itk.LinearNormalization.New(Minimum=-10.0, Maximum=0.0)
    itk.ColormapFileWriter.New(Colormap=colormap, Normalization=normalization, FileName=path).Update()
    reader = itk.ColormapFileReader.New(FileName=path)
    reader.Update()
    assert reader.GetColormap().GetNumberOfEntries() == 10
    assert tuple(reader.GetColormap().ForwardValue(0.0)) == tuple(colormap.ForwardValue(0.0))
    assert reader.GetNormalization().GetMinimum() == -10.0


def test_an_error_reaches_python_in_words():
    with pytest.raises(RuntimeError, match="did you mean viridis") as raised:
        itk.Colormap.New().SetName("virdis")
    assert ".cxx" not in str(raised.value) and "0x" not in str(raised.value)
    with pytest.raises(RuntimeError, match="^LinearNormalization: .*3.*1"):
        itk.colormap_image_filter(np.zeros((3, 4)), normalization=(3, 1))


def test_colormaps_are_made_of_tables():
    table = np.random.default_rng(1).random((7, 4))
    for given in (table, table.astype(np.float32), table.tolist(), [tuple(color) for color in table]):
        colormap = itk.Colormap.New(table=given)
        assert np.array_equal(colormap.GetTable(), np.asarray(given, float))
        assert colormap.GetName() == ""
    opaque = itk.Colormap.New(table=table[:, :3])
    assert np.array_equal(opaque.GetTable()[:, :3], table[:, :3]) and (opaque.GetTable()[:, 3] == 1).all()
    # The under, over and bad colours are the first, the last and nothing.
    expected = np.vstack([table, table[:1], table[-1:], np.zeros((1, 4))])
    assert np.array_equal(itk.Colormap.New(table=table).GetByteTable(), (255 * expected).astype(np.uint8))


def test_colours_are_made_of_tuples():
    colors = {"under": (1, 0, 0), "over": [0, 1, 0, 0.5], "bad": np.array([0.0, 0.0, 1.0])}
    # Whatever comes first, the table does not reset them.
    colormap = itk.Colormap.New(**{f"{name}_color": color for name, color in colors.items()}, name="magma")
    assert tuple(colormap.GetUnderColor()) == (1, 0, 0, 1)
    assert tuple(colormap.GetOverColor()) == (0, 1, 0, 0.5)
    assert tuple(colormap.GetBadColor()) == (0, 0, 1, 1)
    assert colormap.GetName() == "magma"
    colormap.SetBadColor(colormap.GetOverColor())
    assert tuple(colormap.GetBadColor()) == (0, 1, 0, 0.5)


@pytest.mark.parametrize("table", [3, "viridis", [1, 2, 3], np.zeros((2, 5)), [[1, 2, 3], [1, 2]], [["r", "g", "b"]]])
def test_what_is_no_table_is_refused_in_words(table):
    with pytest.raises(TypeError, match=r"\(n, 3\) or \(n, 4\)"):
        itk.Colormap.New().SetTable(table)


def test_what_is_no_colour_is_refused_in_words():
    for table in ([], [[1, 2, 3]]):
        with pytest.raises((TypeError, RuntimeError), match="(n, 3)|from 0 to 1"):
            itk.Colormap.New().SetTable(table)
    for color in (1, (1, 2), "red", None):
        with pytest.raises(TypeError, match="red, green, blue"):
            itk.Colormap.New().SetBadColor(color)


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.float32, np.float64, np.int64])
@pytest.mark.parametrize("shape", [(), (5,), (3, 4), (0, 2)])
def test_rulers_map_arrays(shape, dtype):
    values = random_array(shape, dtype) if shape else np.asarray(random_array((1,), dtype)[0])
    normalization = itk.LinearNormalization.New(minimum=10, maximum=60)
    normalized = normalization.Forward(values)
    assert normalized.dtype == (np.float32 if np.dtype(dtype) in (np.uint8, np.int16, np.float32) else np.float64)
    expected = [normalization.ForwardValue(float(value)) for value in values.flat]
    # A value is normalized in double precision.
    assert np.allclose(normalized.ravel(), expected, rtol=np.finfo(normalized.dtype).eps, atol=0)
    assert np.allclose(normalization.Inverse(normalized), values, rtol=1e-5)
    normalization.SetClip(True)
    assert normalization.Forward(values).dtype == np.float64

    colormap = itk.Colormap.New()
    colors = colormap.Forward(normalized)
    assert colors.shape == (*shape, 4) and colors.dtype == np.uint8
    assert colors.reshape(-1, 4).tolist() == [list(colormap.ForwardValue(float(t))) for t in normalized.flat]

    bins = itk.HistogramBins.New(edges=[0, 20, 50, 90])
    codes = bins.Forward(values)
    assert [int(code) for code in codes.flat] == [bins.ForwardValue(float(value)) for value in values.flat]
    centers = np.array([10, 35, 70, -np.inf, np.inf, np.nan])
    assert np.array_equal(bins.Inverse(codes), centers[codes], equal_nan=True)


def test_colours_are_mapped_back():
    colormap = itk.Colormap.New(name="magma")
    entries = colormap.GetByteTable()[:-3]
    expected = (np.arange(256) + 0.5) / 256
    assert np.allclose(colormap.Inverse(entries), expected, atol=1e-12)  # magma has no colour twice
    assert np.array_equal(colormap.Inverse(entries[:, :3]), colormap.Inverse(entries))
    for wrong in (entries.astype(float), entries[:, :2], np.uint8(3)):
        with pytest.raises(TypeError, match="uint8"):
            colormap.Inverse(wrong)


def test_bins_are_made_of_sequences():
    for edges in ([0, 1, 5], (0.0, 1.0, 5.0), np.array([0, 1, 5]), np.array([0, 1, 5], np.float32)):
        assert itk.HistogramBins.New(edges=edges).GetEdges() == (0, 1, 5)
    process = itk.TemporalHistogramStatisticImageFilter.values()[0].New(bins=range(3, 6))
    assert process.GetBins().GetIntegers() and process.GetBins().GetEdges() == (2.5, 3.5, 4.5, 5.5)


@pytest.mark.parametrize("bins", [100, "auto", [[0, 1], [2, 3]], range(0, 10, 2), ["a", "b"], [0, 1j], {0, 1}])
def test_what_are_no_bins_is_refused_in_words(bins):
    with pytest.raises(TypeError, match="increasing edges"):
        itk.pixelwise_temporal_histogram_image_filter(np.zeros((3, 4, 5)), bins=bins)


def test_bins_that_do_not_increase_are_refused_in_words():
    for bins in ([1, 1], [1], [], [0, np.nan]):
        with pytest.raises(RuntimeError, match="edge"):
            itk.pixelwise_temporal_histogram_image_filter(np.zeros((3, 4, 5)), bins=bins)
    with pytest.raises(RuntimeError, match="Bins is required"):
        itk.pixelwise_temporal_histogram_image_filter(np.zeros((3, 4, 5)))


def test_scalars_of_numpy_are_numbers():
    values = random_array((9, 9), np.uint8)
    normalization = itk.LinearNormalization.New(minimum=values.min(), maximum=np.float32(values.max()))
    assert (normalization.GetMinimum(), normalization.GetMaximum()) == (values.min(), values.max())
    assert tuple(itk.colormap_image_filter(values, normalization=(values.min(), values.max()))[0, 0])
    bins = itk.HistogramBins.New()
    bins.SetUniform(np.int64(4), np.uint8(0), np.float64(8))
    assert bins.GetEdges() == (0, 2, 4, 6, 8)


def test_normalizations_have_the_names_of_scales():
    values = random_array((20, 30), np.float32) + 1
    sink = itk.IntensityRangeImageSink.New(values, normalization="log", upper_percentile=99)
    sink.Update()
    learned = sink.GetNormalization()
    assert isinstance(learned, itk.LogNormalization)
    assert (learned.GetMinimum(), learned.GetMaximum()) == (values.min(), np.percentile(values, 99))
    expected = itk.colormap_image_filter(
        values, normalization=itk.LogNormalization.New(minimum=1, maximum=values.max())
    )
    assert (itk.colormap_image_filter(values, normalization="log", number_of_stream_divisions=3) == expected).all()
    with pytest.raises(ValueError, match="no normalization 'symlogg': did you mean 'symlog'"):
        itk.colormap_image_filter(values, normalization="symlogg")
    with pytest.raises(ValueError, match="no input to learn the limits of the LogNormalization"):
        itk.ColormapImageFilter.values()[0].New(normalization="log")


def test_colormaps_are_read_from_files(tmp_path):
    colormap = itk.Colormap.New(name="magma")
    itk.ColormapFileWriter.New(file_name=str(tmp_path / "own.csv"), colormap=colormap).Update()
    values = random_array((20, 30), np.uint8)
    expected = itk.colormap_image_filter(values, colormap="magma")
    for file in (tmp_path / "own.csv", str(tmp_path / "own.csv")):
        # Components are written with enough digits.
        assert (itk.colormap_image_filter(values, colormap=file) == expected).all()
    with pytest.raises(RuntimeError, match="missing.csv"):
        itk.colormap_image_filter(values, colormap=tmp_path / "missing.csv")


@pytest.mark.parametrize("normalization", [3, (1, 2, 3), (1,), ("a", "b"), (None, 3), [1 + 2j, 3]])
def test_what_is_no_normalization_is_refused_in_words(normalization):
    with pytest.raises(TypeError, match=r"\(minimum, maximum\)"):
        itk.colormap_image_filter(np.zeros((3, 4)), normalization=normalization)


@pytest.mark.parametrize("colormap", [3, 1.5, {"viridis"}, np.float64])
def test_what_is_no_colormap_is_refused_in_words(colormap):
    with pytest.raises(TypeError, match="give a name"):
        itk.colormap_image_filter(np.zeros((3, 4)), colormap=colormap)


def test_what_is_no_parameter_is_refused_in_words():
    image = itk.image_from_array(np.zeros((3, 4)))
    for call in (itk.colormap_image_filter, itk.ColormapImageFilter.New):
        with pytest.raises(TypeError, match="no parameter 'colourmap': did you mean 'colormap'.*progress"):
            call(image, colourmap="gray")
        with pytest.raises(TypeError, match="no parameter 'rbg': did you mean 'rgb'"):
            call(image, rbg=True)
    with pytest.raises(TypeError, match="did you mean 'minimum'"):
        itk.LinearNormalization.New(minimun=3)
    with pytest.raises(TypeError, match="by name: .*maximum, minimum"):
        itk.LinearNormalization.New(3, 4)
    with pytest.raises(ValueError, match="did you mean 'median'.*quantile"):
        itk.temporal_histogram_statistic_image_filter(np.zeros((3, 4, 1), np.uint16), bins=[0, 1], statistic="medain")
    with pytest.raises(TypeError, match="True for a bar"):
        itk.colormap_image_filter(image, progress=3)


def test_parameters_have_the_names_that_itk_gives_them():
    image = itk.image_from_array(random_array((30, 40), np.float32))
    expected = itk.array_from_image(itk.colormap_image_filter(image, colormap="magma", number_of_stream_divisions=3))
    for name in ("Colormap", "colormap"):
        assert (itk.array_from_image(itk.colormap_image_filter(image, **{name: "magma"})) == expected).all()
    for name in ("Input", "input", "image"):
        assert (itk.array_from_image(itk.colormap_image_filter(**{name: image}, colormap="magma")) == expected).all()


@pytest.mark.parametrize("statistic", ["Median", "median", "interquartile_range", "InterquartileRange", "Mode"])
def test_statistics_have_names(statistic):
    process = itk.TemporalHistogramStatisticImageFilter.values()[0].New(statistic=statistic)
    name = {"median": "Median", "interquartile_range": "InterquartileRange"}.get(statistic, statistic)
    assert process.GetStatistic() == getattr(itk.TemporalHistogramStatisticImageFilterEnums, f"Statistic_{name}")


def test_a_sink_tells_what_it_found():
    values = random_array((20, 30), np.float64)
    values[0, :3] = [np.nan, np.inf, -np.inf]
    finite = values[np.isfinite(values)]
    sink = itk.IntensityRangeImageSink.New(itk.image_from_array(values), number_of_stream_divisions=4)
    assert sink.GetNumberOfStreamDivisions() == 4
    sink.Update()
    expected = (finite.min(), finite.max(), finite.size, 2, 1, 0)
    assert sink.GetRange() == expected
    assert sink.GetRange().number_of_nans == sink.GetNumberOfNaNs() == 1
    assert (sink.GetMinimum(), sink.GetMaximum()) == expected[:2]


def test_a_sink_lives_until_its_normalization_was_learned():
    values = random_array((20, 30), np.float32)
    image = itk.image_from_array(values)
    expected = itk.array_from_image(itk.colormap_image_filter(image))
    sink = itk.IntensityRangeImageSink.New
    for normalization in (sink(image).GetNormalization(), sink(image)):
        process = itk.ColormapImageFilter.New(image, normalization=normalization)
        del normalization
        gc.collect()
        process.Update()
        assert (itk.array_from_image(process) == expected).all()
        assert process.GetUsedNormalization().GetMaximum() == values.max()


def test_outputs_are_what_they_are():
    frames = itk.image_from_array(random_array((9, 5, 6), np.uint8))
    process = itk.PixelwiseTemporalHistogramImageFilter.New(frames, bins=range(10))
    process.Update()
    histograms, *counts = process[:]
    assert isinstance(histograms, itk.VectorImage[itk.US, 2]) and len(counts) == 3
    assert all(isinstance(count, itk.Image[itk.US, 2]) for count in counts)
    assert process[2] == process.GetOverCountImage() and process[-1] == process.GetInvalidCountImage()
    assert len(itk.pixelwise_temporal_histogram_image_filter(frames, bins=range(10))) == 4


# Progress.


def test_progress_is_told_from_0_to_1():
    for progress_of in (
        lambda tell: itk.colormap_image_filter(np.zeros((2000, 3000), np.float32), progress=tell),
        lambda tell: itk.colormap_image_filter(np.zeros((3, 4), np.uint8), normalization=(0, 1), progress=tell),
        lambda tell: itk.pixelwise_temporal_histogram_image_filter(np.zeros((3, 4, 5)), bins=[0, 1], progress=tell),
        lambda tell: itk.intensity_range_image_sink(np.zeros((300, 4)), progress=tell),
    ):
        told = []
        progress_of(told.append)
        assert told[-1] == 1 and told == sorted(told) and told.count(1) == 1 and told[0] >= 0
    process = itk.PixelwiseTemporalHistogramImageFilter.New(np.zeros((3, 4, 5)), bins=[0, 1], progress=told.append)
    for _ in range(3):
        told.clear()
        process.Modified()
        process.Update()
        assert told.count(1) == 1


def test_progress_is_drawn_by_tqdm(capsys):
    pytest.importorskip("tqdm")
    itk.colormap_image_filter(np.zeros((300, 400)), progress=True)
    itk.colormap_image_filter(np.zeros((300, 400)), progress=False)
    drawn = capsys.readouterr().err
    assert "ColormapImageFilter" in drawn and "100%" in drawn and drawn.count("\n") == 1


def test_without_tqdm_progress_is_refused_in_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ImportError, match="pip install tqdm"):
        itk.colormap_image_filter(np.zeros((3, 4)), progress=True)


# Beside ITK.


@pytest.mark.parametrize(
    ("version", "fits"),
    [("5.4.7", True), ("5.4.8", True), ("5.4.6", False), ("5.3.0", False), ("5.5.0", False), ("6.0b1", False)],
)
def test_another_version_of_itk_is_told_from_this_one(version, fits):
    code = f"""if True:
        import itkConfig
        itkConfig.ITK_GLOBAL_VERSION_STRING = "{version}"
        import itk, numpy as np, sys
        itk.median_image_filter(np.zeros((5, 6), np.float32))
        for attempt in range(2):
            try:
                itk.ColormapImageFilter
            except ImportError as error:
                assert "5.4.7" in str(error) and "{version}" in str(error) and "pip install" in str(error)
                assert not any("IntensityMapping" in name for name in sys.modules if name.startswith("itk._"))
            else:
                sys.exit(3)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100)
    assert done.returncode == (3 if fits else 0), done.stderr


def test_nothing_is_loaded_before_it_is_asked_for():
    code = """if True:
        import sys, itk
        assert "intensitymapping" not in sys.modules and "itk._IntensityMappingPython" not in sys.modules
        import intensitymapping
        assert intensitymapping.__version__
        assert "itk._IntensityMappingPython" not in sys.modules and "matplotlib" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", code], check=True, timeout=100)
    code = "import sys, intensitymapping; assert 'itk' not in sys.modules and 'dask' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=100)


@pytest.mark.parametrize("dtype", IMAGE_TYPES)
@pytest.mark.parametrize("shape", [(20, 30), (5, 20, 30)])
def test_an_image_is_coloured(shape, dtype):
    values = random_array(shape, dtype)
    image = itk.image_from_array(values)
    sink = itk.IntensityRangeImageSink.New(image)
    sink.Update()
    normalization = sink.GetNormalization()
    assert (normalization.GetMinimum(), normalization.GetMaximum()) == (values.min(), values.max())

    colormap = itk.Colormap.New()
    colormap.SetName("gray")
    colors = itk.array_from_image(
        itk.colormap_image_filter(
            image, normalization=normalization, colormap=colormap, ttype=coloured(image, itk.RGBPixel)
        )
    )
    assert colors.shape == (*shape, 3)
    assert (colors[values == values.min()] == 0).all()
    assert (colors[values == values.max()] == 255).all()

    learned = itk.array_from_image(itk.colormap_image_filter(image, colormap=colormap))
    assert (learned[..., :3] == colors).all()
    assert (learned[..., 3] == 255).all()


def coloured(image, pixel):
    return type(image), itk.Image[pixel[itk.UC], image.GetImageDimension()]


@pytest.mark.parametrize("dtype", IMAGE_TYPES)
@pytest.mark.parametrize("count", [itk.US, itk.F])
@pytest.mark.parametrize("shape", [(33, 10, 12), (9, 3, 10, 12)])
def test_a_median_over_time(shape, count, dtype):
    values = random_array(shape, dtype)
    values[0].flat[0] = 100
    frames = itk.image_from_array(values)
    bins = integer_bins(0, 99)

    histograms_type = itk.VectorImage[count, len(shape) - 1]
    histogram = itk.PixelwiseTemporalHistogramImageFilter[type(frames), histograms_type].New(frames, Bins=bins)
    histogram.Update()
    counts = itk.array_from_image(histogram.GetOutput())
    over = itk.array_from_image(histogram.GetOverCountImage())
    assert counts.shape == (*shape[1:], 100)
    assert over.flat[0] == 1 and over.sum() == 1
    assert (counts.sum(axis=-1) + over == shape[0]).all()

    median = itk.TemporalHistogramStatisticImageFilter.New(histogram, Bins=bins)
    median.Update()
    # The first pixel has an even number of samples in its bins, for which NumPy has a mean of two.
    expected = np.median(values, axis=0)
    assert (itk.array_from_image(median).flat[1:] == expected.flat[1:]).all()

    median.SetStatistic(itk.TemporalHistogramStatisticImageFilterEnums.Statistic_Count)
    median.Update()
    assert (itk.array_from_image(median) == counts.sum(axis=-1)).all()
