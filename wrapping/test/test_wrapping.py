"""The module as Python sees it, beside the stock `itk`: each wrapped class does its work, and agrees with NumPy."""

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
    with pytest.raises(RuntimeError, match="viridis"):
        itk.Colormap.New().SetName("virdis")


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
