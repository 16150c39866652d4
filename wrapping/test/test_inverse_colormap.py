# SPDX-License-Identifier: Apache-2.0
"""Values are recovered from pictures: of arrays of colours, with what tells how sure they are; which colormap it was;
and what a colour bar says."""

import io

import itk
import numpy as np
import pytest


def smooth_field(shape, minimum, maximum, seed=1):
    """Some waves, from the minimum to the maximum."""
    rng = np.random.default_rng(seed)
    rows, columns = np.meshgrid(*(np.linspace(0, 1, size) for size in shape), indexing="ij")
    field = sum(
        np.sin(2 * np.pi * (a * rows + b * columns) + phase) for a, b, phase in rng.uniform(-2, 2, (6, 3)).tolist()
    )
    return minimum + (field - field.min()) / np.ptp(field) * (maximum - minimum)


def test_the_values_of_a_picture_come_back():
    values = smooth_field((200, 300), 1500, 4500)
    picture = itk.colormap_image_filter(values, colormap="jet", normalization=(1500, 4500))
    for colors in (picture, picture[..., :3]):
        recovered = itk.inverse_colormap_image_filter(colors, colormap="jet", normalization=(1500, 4500))
        assert recovered.dtype == np.float32 and recovered.shape == values.shape
        # Entries are 3000 / 256 wide. Four of them have the same colour: their values are off by half of these at most.
        assert np.abs(recovered - values).max() <= 4 * 3000 / 256 / 2 + 1e-3
        assert np.sqrt(np.mean((recovered - values) ** 2)) < 3000 / 256 / np.sqrt(12) * 1.2


def test_what_is_asked_for_comes_along():
    values = smooth_field((40, 50), 0, 1)
    picture = itk.colormap_image_filter(values, colormap="viridis", normalization=(0, 1))
    picture[0, 0] = [255, 0, 255, 255]
    recovered, half_width, distance, ambiguity = itk.inverse_colormap_image_filter(
        picture,
        colormap="viridis",
        normalization=(0, 1),
        compute_half_width=True,
        compute_distance=True,
        compute_ambiguity=True,
        tolerance=10,
        unknown_value=-1,
    )
    assert recovered[0, 0] == -1 and np.isnan(half_width[0, 0]) and distance[0, 0] > 10
    known = np.ones(values.shape, bool)
    known[0, 0] = False
    assert (np.abs(recovered - values) <= half_width + 1e-6)[known].all()
    assert (distance[known] == 0).all() and not ambiguity.any()


@pytest.mark.parametrize("normalization", ["Linear", "Log", "SymmetricLog", "Asinh", "Power", "TwoSlope", "Centered"])
@pytest.mark.parametrize("name", ["viridis", "jet", "cmc.batlow", "tab10", "hsv"])
def test_colouring_the_values_again_gives_the_same_picture(name, normalization):
    ruler = getattr(itk, f"{normalization}Normalization").New(minimum=2, maximum=90)
    if normalization in ("TwoSlope", "Centered"):
        ruler.SetCenter(30)
    values = smooth_field((60, 70), 1, 95).astype(np.float32)
    picture = itk.colormap_image_filter(values, colormap=name, normalization=ruler)
    recovered = itk.inverse_colormap_image_filter(picture, colormap=name, normalization=ruler)
    assert (itk.colormap_image_filter(recovered, colormap=name, normalization=ruler) == picture).all()


def test_a_volume_and_a_data_array_are_what_they_were():
    xarray = pytest.importorskip("xarray")
    values = smooth_field((12, 50), 0, 1).reshape(3, 4, 50)
    picture = itk.colormap_image_filter(
        xarray.DataArray(values, dims=("z", "y", "x"), name="depth"), colormap="magma", normalization=(0, 1)
    )
    recovered = itk.inverse_colormap_image_filter(picture, colormap="magma", normalization=(0, 1))
    assert recovered.dims == ("z", "y", "x") and recovered.name == "depth"
    assert np.abs(recovered - values).max() < 1 / 256


def test_the_metric_has_a_name():
    picture = itk.colormap_image_filter(smooth_field((20, 30), 0, 1), colormap="turbo", normalization=(0, 1))
    exact = itk.inverse_colormap_image_filter(picture, colormap="turbo", normalization=(0, 1))
    luma = itk.inverse_colormap_image_filter(picture, colormap="turbo", normalization=(0, 1), metric="luma_weighted")
    assert (exact == luma).all()  # of colours of the colormap
    with pytest.raises(ValueError, match="no metric 'luma': There are|no metric 'luma'.*euclidean, luma_weighted"):
        itk.inverse_colormap_image_filter(picture, metric="luma")


@pytest.mark.parametrize(
    ("picture", "error", "message"),
    [
        (np.zeros((4, 5), np.uint8), ValueError, "3 or 4 axes, the last of which has red, green, blue"),
        (np.zeros((4, 5, 2), np.uint8), ValueError, "red, green, blue and, if there is one, opacity"),
        (np.zeros((4, 5, 3), np.uint16), TypeError, r"uint8.*257"),
        (np.zeros((4, 5, 3)), TypeError, r"uint8.*255 \* array"),
        (np.zeros((0, 5, 3), np.uint8), ValueError, "nothing in it"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(picture, error, message):
    with pytest.raises(error, match=message):
        itk.inverse_colormap_image_filter(picture, colormap="jet", normalization=(0, 1))


def test_what_cannot_be_recovered_is_said_in_words():
    picture = np.zeros((4, 5, 3), np.uint8)
    with pytest.raises(ValueError, match="cannot learn the limits of the LogNormalization from colours"):
        itk.inverse_colormap_image_filter(picture, normalization="log")
    with pytest.raises(RuntimeError, match="[Tt]olerance"):
        itk.inverse_colormap_image_filter(picture, tolerance=-1)


def test_a_colormap_is_identified():
    picture = itk.colormap_image_filter(smooth_field((100, 120), 0, 1), colormap="plasma")
    sink = itk.ColormapIdentificationImageSink.New(picture)
    sink.Update()
    best = sink.GetRanking()[0]
    assert (best.name, best.rank, best.explained_fraction) == ("plasma", 1, 1)
    assert sink.GetColormap().GetName() == "plasma"
    # A filter takes what was learned.
    assert itk.inverse_colormap_image_filter(picture, colormap=sink, normalization=(0, 1)).max() > 0.99
    sink = itk.ColormapIdentificationImageSink.New(picture, candidates=["jet", "inferno"])
    sink.Update()
    assert [fit.name for fit in sink.GetRanking()] == ["inferno", "jet"]


def test_a_colour_bar_is_read():
    pyplot = pytest.importorskip("matplotlib.pyplot")
    values = smooth_field((200, 200), 10, 20)
    figure, axes = pyplot.subplots(figsize=(5, 4), dpi=100)
    image = axes.imshow(values, cmap="viridis", vmin=10, vmax=20, interpolation="nearest")
    bar = figure.colorbar(image)
    buffer = io.BytesIO()
    figure.savefig(buffer)
    picture = (pyplot.imread(io.BytesIO(buffer.getvalue())) * 255).round().astype(np.uint8)
    height = len(picture)
    box, inside = bar.ax.get_window_extent(), axes.get_window_extent()
    pyplot.close(figure)

    rows = slice(round(height - box.y1), round(height - box.y0))
    columns = slice(round(box.x0), round(box.x1))
    sink = itk.ColorBarImageSink.New(
        picture,
        bar_region=(rows, columns),
        first_tick=(height - box.y0 - 0.5, 10),
        second_tick=(height - box.y1 - 0.5, 20),
    )
    recovered = itk.inverse_colormap_image_filter(picture, colormap=sink, normalization=sink)
    middle = recovered[round(height - inside.y0) - 100, round(inside.x0) + 100]
    assert abs(sink.GetNormalization().GetMinimum() - 10) < 0.1 and abs(sink.GetNormalization().GetMaximum() - 20) < 0.1
    assert 10 < middle < 20
    with pytest.raises(TypeError, match=r"slices of rows and columns.*np\.s_"):
        itk.ColorBarImageSink.New(picture, bar_region=(1, 2))
