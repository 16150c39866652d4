"""Pictures made by matplotlib, OpenCV and Pillow: which colormap they have, and what values a colour bar gives them."""

import io

import cv2
import matplotlib
import metaimage
import numpy as np
import pytest
from generate_named_colormaps_reference import OPENCV, base_colormaps
from inverse_colormap import write_picture
from matplotlib.figure import Figure
from PIL import Image

# What matplotlib has of its own, without the prefixes of packages.
NAMES = [name for name in base_colormaps() if "." not in name and name in matplotlib.colormaps]


def smooth_field(seed, size=192):
    """Sums of a few waves of random direction, from 0 to 1."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:size, 0:size] / size
    field = sum(
        np.cos(2 * np.pi * (a * x + b * y) + phase)
        for a, b, phase in zip(*random.uniform(-3, 3, (2, 8)), random.uniform(0, 6.3, 8), strict=True)
    )
    return (field - field.min()) / np.ptp(field)


def color(name, field):
    return matplotlib.colormaps[name](field, bytes=True)[..., :3]


def through_jpeg(picture, quality=75):
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file).convert("RGB"))


def through_png(picture):
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    return np.asarray(Image.open(file).convert("RGB"))


def draw(field, name, **options):
    """A figure with title, axes and a colour bar: its picture, its colour bar, and the height of the picture."""
    figure = Figure(figsize=(6.4, 4.8), dpi=100)
    axes = figure.subplots()
    image = axes.imshow(field, cmap=name, interpolation="nearest", **options)
    axes.set_title("A field of waves")
    axes.set_xlabel("x / pixels")
    bar = figure.colorbar(image)
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return np.asarray(Image.open(file).convert("RGB")), axes, bar


@pytest.fixture
def identify(run_tool, tmp_path):
    """The ranking of each picture: rows of rank, name, mean distance and explained fraction."""

    def run(pictures, *candidates):
        paths = [tmp_path / f"{number}.mha" for number in range(len(pictures))]
        for path, picture in zip(paths, pictures, strict=True):
            write_picture(path, picture)
        (tmp_path / "list.txt").write_text("".join(f"{path}\n" for path in paths))
        run_tool("itkColormapIdentificationProgram", "identify", tmp_path / "list.txt", tmp_path / "table", *candidates)
        rankings = {str(path): [] for path in paths}
        for line in (tmp_path / "table").read_text().splitlines():
            path, rank, name, distance, fraction = line.split("\t")
            rankings[path].append((int(rank), name, float(distance), float(fraction)))
        return list(rankings.values())

    return run


def colors_of(name):
    table = matplotlib.colormaps[name](np.arange(matplotlib.colormaps[name].N), bytes=True)
    return {tuple(row) for row in table}


def count(names, rankings):
    """For how many the first is right (or has the same colours), any of the first rank is, any of the first three."""

    def is_right(found, name):
        return found == name or (found in matplotlib.colormaps and colors_of(found) == colors_of(name))

    def has_right(ranking, name):
        return any(is_right(row[1], name) for row in ranking)

    pairs = list(zip(names, rankings, strict=True))
    return (
        sum(has_right(ranking[:1], name) for name, ranking in pairs),
        sum(has_right([row for row in ranking if row[0] == 1], name) for name, ranking in pairs),
        sum(has_right(ranking[:3], name) for name, ranking in pairs),
    )


RECOGNITION = {
    # How the pictures are made, and how many of NAMES may be missed: first, in the first rank, among the first three.
    "png": (lambda field, name: through_png(color(name, field)), (0, 0, 0)),
    "png, half the range": (lambda field, name: through_png(color(name, 0.25 + field / 2)), (0, 0, 0)),
    "jpeg 75": (lambda field, name: through_jpeg(color(name, field)), (4, 0, 1)),
}


@pytest.mark.parametrize("among", ["matplotlib", "all"])
@pytest.mark.parametrize("kind", RECOGNITION)
def test_colormaps_are_recognized(identify, kind, among):
    make, missed = RECOGNITION[kind]
    pictures = [make(smooth_field(seed), name) for seed, name in enumerate(NAMES)]
    rankings = identify(pictures, *(NAMES if among == "matplotlib" else []))
    counts = count(NAMES, rankings)
    print(f"{kind}, among {among}: {counts} of {len(NAMES)}")
    assert all(found >= len(NAMES) - limit for found, limit in zip(counts, missed, strict=True)), counts


def test_dialects_of_opencv_are_told_from_matplotlib(identify):
    picture = np.rint(255 * smooth_field(1)).astype(np.uint8)
    pictures = [cv2.applyColorMap(picture, getattr(cv2, "COLORMAP_" + name.upper()))[..., ::-1] for name in OPENCV]
    for name, ranking in zip(OPENCV, identify(pictures), strict=True):
        first = {row[1]: row[2] for row in ranking if row[0] == 1}
        assert first["opencv." + name] == 0, name
        assert ranking[0][1] in ("opencv." + name, "opencv.twilight", name), name


@pytest.mark.parametrize("through", [through_png, through_jpeg])
def test_grayscale_pictures_have_a_gray_colormap(identify, through):
    gray = np.repeat(np.rint(255 * smooth_field(2)).astype(np.uint8)[..., np.newaxis], 3, axis=-1)
    (ranking,) = identify([through(gray)])
    first = [row[1] for row in ranking if row[0] == 1]
    assert (
        {"gray", "itk.grey"}
        <= set(first)
        <= {*("gray", "binary", "gist_gray", "gist_yarg", "Greys", "cmc.grayC", "itk.grey", "itk.overunder")}
    )


def recover(run_tool, folder, picture, bar):
    """The values of a figure by the strip and two ticks of its colour bar, whose places matplotlib knows."""
    height = picture.shape[0]
    box = bar.ax.get_window_extent()
    left, right = int(np.ceil(box.x0)), int(np.floor(box.x1))
    top, bottom = int(np.floor(height - box.y1)), int(np.ceil(height - box.y0))
    ticks = []
    for value in bar.get_ticks()[1:-1][[0, -1]]:
        row = height - bar.ax.transData.transform((0, value))[1] - 0.5
        ticks += [repr(float(row)), repr(float(value))]
    write_picture(folder / "figure.mha", picture)
    rectangle = (left - 1, top, right - left + 2, bottom - top)
    run_tool("itkColormapIdentificationProgram", "recover", folder / "figure.mha", folder / "v.mha", *rectangle, *ticks)
    return metaimage.read(folder / "v.mha")


def pixels_of(axes, field, height):
    """Where the centre of each value is in the picture."""
    rows, columns = np.indices(field.shape)
    x, y = axes.transData.transform(np.stack([columns.ravel(), rows.ravel()], axis=-1)).T
    return np.floor(height - y).astype(int), np.floor(x).astype(int)


@pytest.mark.parametrize("name", ["viridis", "turbo", "jet", "coolwarm", "hot"])
@pytest.mark.parametrize(("through", "tolerance"), [(through_png, 1 / 300), (through_jpeg, 1 / 100)])
def test_values_come_back_by_the_colour_bar_of_a_figure(run_tool, tmp_path, name, through, tolerance):
    field = 1500 + 3000 * smooth_field(3, size=60)
    picture, axes, bar = draw(field, name)
    values = recover(run_tool, tmp_path, through(picture), bar)
    error = values[pixels_of(axes, field, picture.shape[0])] - field.ravel()
    rms = np.sqrt(np.mean(error**2)) / 3000
    print(f"{name}, {through.__name__}: rms 1/{1 / rms:.0f}, bias {np.mean(error) / 3000:.5f}")
    assert rms < tolerance


def test_steps_of_a_figure_come_back_exactly(run_tool, tmp_path):
    field = 100 * smooth_field(4, size=60)
    picture, axes, bar = draw(field, matplotlib.colormaps["viridis"].resampled(10), vmin=0, vmax=100)
    values = recover(run_tool, tmp_path, through_png(picture), bar)
    found = values[pixels_of(axes, field, picture.shape[0])]
    expected = 10 * np.floor(np.minimum(field.ravel(), 99.9) / 10) + 5
    assert np.mean(np.abs(found - expected) < 1) > 0.999
