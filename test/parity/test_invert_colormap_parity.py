"""InvertColormap turns pictures made by matplotlib and Pillow back into the values that they show."""

import matplotlib
import matplotlib.image
import metaimage
import numpy as np
import pytest
from matplotlib import colors
from PIL import Image

MINIMUM, MAXIMUM = 1500.0, 4500.0

# The width of one of 256 intervals of values over the square root of 12: what rounding to them costs.
BEST_ERROR = (MAXIMUM - MINIMUM) / 256 / np.sqrt(12)


def velocity_model():
    """Velocities of sound under the sea floor, in m/s: layers that dip and bend, faster with depth, and a dome."""
    z, x = np.mgrid[0:1:360j, 0:1:640j]
    depth = z + 0.06 * np.sin(7 * x) + 0.04 * np.sin(3 * np.pi * x * z)
    velocities = 1600 + 2500 * depth + 60 * np.sin(40 * depth)
    dome = np.exp(-(((x - 0.65) / 0.12) ** 2) - ((z - 0.75) / 0.2) ** 2)
    return np.clip(velocities + 900 * dome, MINIMUM, MAXIMUM)


def rms(errors):
    return np.sqrt(np.mean(np.square(errors, dtype=float)))


@pytest.fixture
def invert(run_tool, tmp_path):
    """The values of a picture, and how far they may be from the truth."""

    def run(picture, *options):
        files = [tmp_path / "values.mha", tmp_path / "half-width.mha"]
        run_tool("InvertColormap", picture, files[0], f"--half-width={files[1]}", *options)
        return [metaimage.read(file).astype(float) for file in files]

    return run


def limits(minimum=MINIMUM, maximum=MAXIMUM):
    return [f"--minimum={minimum}", f"--maximum={maximum}"]


def test_a_published_figure_in_jet(invert, tmp_path):
    truth = velocity_model()
    matplotlib.image.imsave(tmp_path / "figure.png", truth, cmap="jet", vmin=MINIMUM, vmax=MAXIMUM)
    values, half_widths = invert(tmp_path / "figure.png", "--colormap=jet", *limits())
    errors = np.abs(values - truth)
    assert (errors <= half_widths * (1 + 1e-6)).all()
    # Four of jet's 256 entries are the same blue: no one can tell their values apart, but the half-widths do tell.
    is_told_apart = half_widths < 6
    assert is_told_apart.mean() > 0.97
    assert rms(errors[is_told_apart]) <= 3.4
    assert rms(errors) <= 3.8


@pytest.mark.parametrize("name", ["viridis", "turbo", "inferno", "coolwarm", "hot"])
def test_a_published_figure_in_other_colormaps(invert, tmp_path, name):
    truth = velocity_model()
    matplotlib.image.imsave(tmp_path / "figure.png", truth, cmap=name, vmin=MINIMUM, vmax=MAXIMUM)
    values, half_widths = invert(tmp_path / "figure.png", f"--colormap={name}", *limits())
    assert (np.abs(values - truth) <= half_widths * (1 + 1e-6)).all()
    assert rms(values - truth) <= 1.05 * BEST_ERROR


def test_a_published_figure_as_jpeg(invert, tmp_path):
    truth = velocity_model()
    picture = matplotlib.colormaps["jet"](colors.Normalize(MINIMUM, MAXIMUM)(truth), bytes=True)[..., :3]
    Image.fromarray(picture).save(tmp_path / "figure.jpg", quality=95, subsampling=2)
    values, _ = invert(tmp_path / "figure.jpg", "--colormap=jet", "--metric=luma", *limits())
    assert rms(values - truth) <= 2.5 * BEST_ERROR


NORMS = {
    "log": (colors.LogNorm(MINIMUM, MAXIMUM), limits()),
    "symlog": (colors.SymLogNorm(100, vmin=-4000, vmax=4000), ["--linear-threshold=100", *limits(-4000, 4000)]),
    "asinh": (colors.AsinhNorm(50, vmin=-4000, vmax=4000), ["--linear-width=50", *limits(-4000, 4000)]),
    "power": (colors.PowerNorm(0.5, MINIMUM, MAXIMUM), ["--gamma=0.5", *limits()]),
    "twoslope": (colors.TwoSlopeNorm(2000, MINIMUM, MAXIMUM), ["--center=2000", *limits()]),
    "centered": (colors.CenteredNorm(3000, 1500), ["--center=3000", *limits()]),
    "boundary": (colors.BoundaryNorm([1500, 1600, 2000, 3000, 4500], 256), ["--boundaries=1500,1600,2000,3000,4500"]),
}


@pytest.mark.parametrize("name", NORMS)
def test_matplotlibs_norms(invert, tmp_path, name):
    """The picture that matplotlib makes of the recovered values is the one that they were recovered from."""
    norm, options = NORMS[name]
    truth = velocity_model().astype(np.float32)
    if name in ("symlog", "asinh"):
        truth -= np.float32(3000)
    picture = matplotlib.colormaps["viridis"](norm(truth), bytes=True)
    Image.fromarray(picture).save(tmp_path / "figure.png")
    values, half_widths = invert(tmp_path / "figure.png", f"--normalization={name}", *options)
    again = matplotlib.colormaps["viridis"](norm(values.astype(np.float32)), bytes=True)
    np.testing.assert_array_equal(again, picture)
    inside = truth < MAXIMUM
    assert (np.abs(values - truth) <= half_widths * (1 + 1e-6) + 1e-3)[inside].all()


@pytest.fixture
def jet_picture():
    values = np.linspace(0, 1, 256)[np.newaxis].repeat(4, axis=0)
    return Image.fromarray(matplotlib.colormaps["jet"](values, bytes=True)[..., :3])


def test_a_palette_is_read_as_its_colours(invert, tmp_path, jet_picture):
    """253 different colours fit a palette without loss."""
    jet_picture.save(tmp_path / "rgb.png")
    colors_of_palette, indices = np.unique(np.asarray(jet_picture).reshape(-1, 3), axis=0, return_inverse=True)
    palette = Image.fromarray(indices.astype(np.uint8).reshape(4, 256), "P")
    palette.putpalette(colors_of_palette.tobytes())
    palette.save(tmp_path / "palette.png")
    expected, _ = invert(tmp_path / "rgb.png", "--colormap=jet", *limits())
    values, _ = invert(tmp_path / "palette.png", "--colormap=jet", *limits())
    np.testing.assert_array_equal(values, expected)


def test_a_transparent_palette_entry_is_bad(invert, tmp_path):
    palette = Image.fromarray(np.array([[0, 1]], np.uint8), "P")
    palette.putpalette(bytes([0, 0, 127, 127, 0, 0]))
    palette.save(tmp_path / "palette.png", transparency=1)
    values, _ = invert(tmp_path / "palette.png", "--colormap=jet", *limits(0, 256))
    assert values[0, 0] == pytest.approx(0.5)
    assert np.isnan(values[0, 1])


def test_a_gray_palette_is_no_gray_picture(invert, tmp_path):
    gray = Image.fromarray(np.arange(256, dtype=np.uint8)[np.newaxis])
    gray.convert("P").save(tmp_path / "palette.png")
    values, _ = invert(tmp_path / "palette.png", "--colormap=gray", *limits(0, 255))
    assert np.abs(values[0] - np.arange(256)).max() <= 1.5
