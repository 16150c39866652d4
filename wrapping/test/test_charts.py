# SPDX-License-Identifier: Apache-2.0
"""What tools without VTK do not draw: the pictures show the numbers that the tool found."""

import sys

import itk
import numpy as np
import pytest
from intensitymapping import _charts, tools
from tool_testing import FRAMES, STREET, TOOLS, built_tool

pytest.importorskip("matplotlib")

STREET_PATTERN = str(STREET / "frame*.png")
BAR = (158, 196, 227)
MEDIAN = (200, 40, 40)
MEAN = (20, 130, 60)


def read(file):
    """The numbers of each pixel; itk.imread() knows not all kinds of pixels that a file may have."""
    reader = itk.ImageFileReader[itk.VectorImage[itk.UC, 2]].New(FileName=str(file))
    reader.Update()
    return itk.array_from_image(reader.GetOutput())


def read_picture(file):
    return read(file)[..., :3].astype(int)


def write(file, array):
    itk.imwrite(itk.image_from_array(array), str(file))
    return file


def list_names(folder):
    return sorted(file.name for file in folder.iterdir())


def write_series(file, samples, shape=(3, 4), pixel=(2, 1)):
    """Frames that are 0 but for one pixel, which has the samples."""
    frames = np.zeros((len(samples), *shape), np.float32)
    frames[(slice(None), *reversed(pixel))] = samples
    return write(file, frames)


def find(picture, color, tolerance=12):
    """Where the picture has a colour."""
    return (abs(picture - np.array(color)) <= tolerance).all(axis=-1)


def measure_bars(file):
    """The left ends, the widths and the heights of the bars, in pixels; neighbours have to be of unlike heights."""
    heights = find(read_picture(file), BAR).sum(axis=0)
    runs = []
    for run in np.split(np.arange(len(heights)), np.flatnonzero(abs(np.diff(heights)) > 1) + 1):
        height = np.median(heights[run])
        # Shorter ones are lines. One that crosses a bar parts it in two.
        if len(run) < 5 or height == 0:
            continue
        if runs and abs(runs[-1][2] - height) <= 1 and run[0] - runs[-1][1] < 8:
            runs[-1][1] = run[-1]
        else:
            runs.append([run[0], run[-1], height])
    starts, ends, heights = np.array(runs).reshape(-1, 3).T
    return starts, ends - starts + 1, heights


def draw(folder, samples, **options):
    frames = write_series(folder / "frames.mha", samples)
    tools.temporal_histogram(frames, plot=folder / "plot.png", plot_pixel=[2, 1], **options)
    return folder / "plot.png"


def normalized(lengths):
    return np.array(lengths) / np.sum(lengths)


class TestHistogram:
    @pytest.mark.parametrize("seed", range(5))
    def test_bars_have_the_heights_of_counts_and_the_widths_of_bins(self, tmp_path, seed):
        random = np.random.default_rng(seed)
        counts = random.integers(10, 40, 4)
        edges = np.concatenate([[0], random.uniform(1, 5, 4).cumsum()])
        samples = np.repeat((edges[1:] + edges[:-1]) / 2, counts)
        random.shuffle(samples)
        starts, widths, heights = measure_bars(draw(tmp_path, samples, edges=edges))
        # To three pixels of some hundreds: the outlines are as wide as one or two.
        np.testing.assert_allclose(normalized(heights), normalized(counts), atol=0.005)
        np.testing.assert_allclose(normalized(widths), normalized(np.diff(edges)), atol=0.01)
        assert len(starts) == 4
        assert list_names(tmp_path) == ["frames.mha", "plot.png"]

    def test_empty_bins_are_gaps(self, tmp_path):
        starts, widths, heights = measure_bars(draw(tmp_path, [0.5] * 7 + [3.5] * 7, edges=[0, 1, 2, 3, 4]))
        assert len(starts) == 2
        assert heights[0] == heights[1]
        # From the left end of the first to that of the last there are three bins.
        np.testing.assert_allclose((starts[1] - starts[0]) / widths.mean(), 3, rtol=0.03)

    def test_bins_of_one_ratio_are_of_one_width_if_logarithmic(self, tmp_path):
        samples = np.repeat([1.5, 15, 150], [5, 10, 15])
        options = {"bins": 3, "minimum": 1, "maximum": 1000}
        starts, widths, heights = measure_bars(draw(tmp_path, samples, spacing="logarithmic", **options))
        np.testing.assert_allclose(normalized(widths), [1 / 3] * 3, atol=0.01)
        np.testing.assert_allclose(normalized(heights), normalized([5, 10, 15]), atol=0.005)
        # Edges that are given are on a linear axis, as on VTK's.
        linear = measure_bars(draw(tmp_path, samples, spacing="logarithmic", edges=[1, 10, 100, 1000], **options))
        assert normalized(linear[1])[-1] > 0.85

    def test_lines_stand_at_the_median_and_at_the_mean(self, tmp_path):
        samples = np.repeat([0, 9], [7, 3])
        file = draw(tmp_path, samples, spacing="integer", minimum=0, maximum=9)
        picture = read_picture(file)
        starts, widths, _ = measure_bars(file)
        column_of_zero, column_of_nine = starts + widths / 2
        for color, value in ((MEDIAN, 0), (MEAN, 2.7)):
            columns = np.flatnonzero(find(picture, color).sum(axis=0) > picture.shape[0] / 3)
            expected = column_of_zero + (column_of_nine - column_of_zero) * value / 9
            assert columns.size and abs(columns.mean() - expected) < 3

    def test_a_pixel_without_samples_has_a_chart(self, tmp_path):
        starts, _, _ = measure_bars(draw(tmp_path, [5.0] * 4, edges=[10, 20]))
        assert starts.size == 0

    def test_a_pixel_of_a_volume(self, tmp_path):
        frames = np.zeros((4, 2, 3, 4), np.uint8)
        frames[:, 1, 2, 3] = [1, 1, 1, 2]
        write(tmp_path / "volumes.mha", frames)
        tools.temporal_histogram(tmp_path / "volumes.mha", plot=tmp_path / "plot.png", plot_pixel=[3, 2, 1])
        _, widths, heights = measure_bars(tmp_path / "plot.png")
        np.testing.assert_allclose(normalized(heights), [0.75, 0.25], atol=0.005)

    @pytest.mark.parametrize(
        ("name", "compress"), [("h.mha", False), ("h.mha", True), ("h.nrrd", False), ("h.nii", True)]
    )
    def test_outputs_that_are_asked_for_are_there_too_and_change_no_pixel(self, tmp_path, name, compress):
        options = {"plot_pixel": (326, 169), "bins": 32, "value_label": "gray level"}
        tools.temporal_histogram(STREET_PATTERN, plot=tmp_path / "alone.png", **options)
        results = tools.temporal_histogram(
            STREET_PATTERN, plot=tmp_path / "plot.png", histogram=tmp_path / name, compress=compress, **options
        )
        assert results.number_of_frames == len(FRAMES)
        assert (tmp_path / "plot.png").read_bytes() == (tmp_path / "alone.png").read_bytes()
        assert list_names(tmp_path) == sorted(["alone.png", name, "plot.png"])

    def test_titles_and_labels_are_written_as_they_are(self, tmp_path):
        samples = [1.0, 2.0, 2.0]
        pictures = [
            draw(tmp_path, samples, bins=2, **options).read_bytes()
            for options in ({}, {"plot_title": "a $"}, {"plot_title": "a $x$"}, {"value_label": "m / s"})
        ]
        assert len(set(pictures)) == len(pictures)

    def test_the_users_style_of_matplotlib_is_left_alone(self, tmp_path):
        import matplotlib

        plain = draw(tmp_path, [1.0, 2.0], bins=2).read_bytes()
        with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red"}):
            assert draw(tmp_path, [1.0, 2.0], bins=2).read_bytes() == plain
            assert matplotlib.rcParams["font.size"] == 30


class TestFigure:
    @pytest.fixture
    def image(self, tmp_path):
        values = np.random.default_rng(0).normal(0, 100, (280, 300)).astype(np.float32)
        return write(tmp_path / "image.mha", values)

    @pytest.mark.parametrize("ending", ["mha", "nrrd", "png", "tif", "bmp"])
    def test_the_image_is_shown_pixel_for_pixel(self, tmp_path, image, ending):
        colored = tmp_path / f"colored.{ending}"
        tools.apply_colormap(image, colored, minimum=-50, over=[1, 1, 1], figure=tmp_path / "figure.png", label="mV")
        expected = read_picture(colored)
        shown = read_picture(tmp_path / "figure.png")[24 : 24 + 280, 24 : 24 + 300]
        np.testing.assert_array_equal(shown, expected)

    @pytest.mark.parametrize("name", ["viridis", "gray_r"])
    @pytest.mark.parametrize("ends", [{}, {"under": (1, 0, 1)}, {"under": (1, 0, 1), "over": (0, 1, 1)}])
    def test_the_bar_has_the_colours_in_order(self, tmp_path, image, name, ends):
        tools.apply_colormap(image, tmp_path / "c.png", colormap=name, figure=tmp_path / "figure.png", **ends)
        bar = read_picture(tmp_path / "figure.png")[24:304, 24 + 300 + 28 + 11]
        inner = bar[20 * ("over" in ends) : 280 - 20 * ("under" in ends)][3:-3]
        colormap = itk.Colormap.New()
        colormap.SetName(name)
        fractions = 1 - (np.arange(len(inner)) + 3.5) / (len(inner) + 6)
        expected = np.array([tuple(colormap.ForwardValue(fraction))[:3] for fraction in fractions])
        # To one entry, as the bar may be off by a part of a pixel.
        assert abs(inner - expected).max() <= 6
        for row, end in ((12, "over"), (-12, "under")):
            if end in ends:
                np.testing.assert_array_equal(bar[row], np.multiply(ends[end], 255))

    @pytest.mark.parametrize(("shape", "shown"), [((5, 8), (160, 256)), ((40, 3300), (14, 1100))])
    def test_a_small_image_is_enlarged_and_a_large_one_averaged(self, tmp_path, shape, shown):
        values = np.random.default_rng(1).integers(0, 256, shape).astype(np.uint8)
        image = write(tmp_path / "image.mha", values)
        tools.apply_colormap(image, tmp_path / "c.mha", rgb=True, colormap="magma", figure=tmp_path / "figure.png")
        colors = read(tmp_path / "c.mha").astype(float)
        height, width = shown
        top = 24 + (200 - height) // 2 if height < 200 else 24
        found = read_picture(tmp_path / "figure.png")[top : top + height, 24 : 24 + width]
        if width > shape[1]:
            np.testing.assert_array_equal(found, colors.repeat(32, axis=0).repeat(32, axis=1))
        else:
            blocks = colors[:39].reshape(13, 3, 1100, 3, 3).mean(axis=(1, 3))
            assert abs(found[:13] - blocks).max() <= 0.5
            assert abs(found[13] - colors[39:].reshape(1, 1100, 3, 3).mean(axis=2)).max() <= 0.5

    def test_a_constant_and_a_volume_of_one_slice(self, tmp_path):
        write(tmp_path / "slice.mha", np.full((1, 6, 7), 3, np.int16))
        results = tools.apply_colormap(tmp_path / "slice.mha", tmp_path / "c.mha", figure=tmp_path / "figure.png")
        assert results == (3, 3)
        assert (tmp_path / "figure.png").exists()

    def test_it_is_laid_out_as_vtk_lays_it_out(self, tmp_path, image):
        options = {
            "figure": [str(tmp_path / "vtk.png")],
            "title": ["Title"],
            "overColor": ["1,1,1"],
            "maximum": ["100"],
        }
        texts = {"inputVolume": [str(image)], "outputVolume": [str(tmp_path / "c.png")], **options}
        tool = built_tool("ApplyColormap")
        try:
            tools.run_tool(tool, {**texts})
        except tools.ToolError as error:
            pytest.skip(str(error))
        tools.run_tool(TOOLS["ApplyColormap"], {**texts, "figure": [str(tmp_path / "ours.png")]})
        ours, vtk = (read_picture(tmp_path / name) for name in ("ours.png", "vtk.png"))
        assert ours.shape[0] == vtk.shape[0] and abs(ours.shape[1] - vtk.shape[1]) < 30
        top = 24 + 24 + 10
        np.testing.assert_array_equal(ours[top - 1 : top + 281, 23:325], vtk[top - 1 : top + 281, 23:325])


class TestRefusals:
    """Before any work is done: nothing is written, and what is there stays."""

    def refuse(self, folder, message, **options):
        before = {file.name: file.read_bytes() for file in folder.iterdir()}
        options = {"plot": folder / "plot.png", "plot_pixel": [1, 2], "median": folder / "median.mha", **options}
        with pytest.raises(tools.ToolError) as raised:
            tools.temporal_histogram(options.pop("frames", FRAMES[:3]), **options)
        assert message in str(raised.value) and "\n" not in str(raised.value)
        assert {file.name: file.read_bytes() for file in folder.iterdir()} == before

    @pytest.mark.parametrize("pixel", [[384, 0], [0, 288], [-1, 0], [1], [1, 2, 3]])
    def test_a_pixel_outside_of_the_frames(self, tmp_path, pixel):
        self.refuse(tmp_path, "of a pixel in the frames, which are 384 x 288.", plot_pixel=pixel)

    def test_a_chart_without_its_pixel(self, tmp_path):
        self.refuse(tmp_path, "A plot needs both --plot FILE.png and --plot-pixel x,y.", plot_pixel=None)
        self.refuse(tmp_path, "A plot needs both --plot FILE.png and --plot-pixel x,y.", plot=None)

    def test_a_name_that_is_no_png(self, tmp_path):
        self.refuse(tmp_path, "must end in .png.", plot=tmp_path / "plot.jpg")

    def test_a_folder_that_is_not_there(self, tmp_path):
        self.refuse(tmp_path, "cannot be written into: No such file", plot=tmp_path / "nowhere/plot.png")

    def test_a_folder_in_place_of_the_picture(self, tmp_path):
        with pytest.raises(tools.ToolError, match="is no file that may be replaced"):
            (tmp_path / "plot.png").mkdir()
            tools.temporal_histogram(FRAMES[:3], plot=tmp_path / "plot.png", plot_pixel=[1, 2])

    def test_a_frame_is_not_overwritten(self, tmp_path):
        for number in range(3):
            write(tmp_path / f"frame{number}.png", np.full((4, 5), number, np.uint8))
        (tmp_path / "link.png").symlink_to(tmp_path / "frame1.png")
        message = "is an input or another output, too: give it another name."
        self.refuse(tmp_path, message, frames=str(tmp_path / "frame?.png"), plot=tmp_path / "frame1.png")
        self.refuse(tmp_path, message, frames=str(tmp_path / "frame?.png"), plot=tmp_path / "link.png")

    def test_without_matplotlib(self, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        self.refuse(tmp_path, 'pip install "itk-intensitymapping[plot]"')

    def test_what_the_tool_refuses_is_in_its_words(self, tmp_path):
        self.refuse(tmp_path, "--bins 0 makes no histogram", bins=0)
        self.refuse(tmp_path, "There is no file", frames=["nowhere.png", "nowhere2.png"])

    def test_a_picture_that_fails_leaves_the_former(self, tmp_path, monkeypatch):
        (tmp_path / "plot.png").write_bytes(b"precious")

        def fail(values, results):
            raise RuntimeError("alas")

        chart = _charts.CHARTS["plot"]
        monkeypatch.setitem(_charts.CHARTS, "plot", _charts.Chart(chart.companions, chart.sources, draw=fail))
        with pytest.raises(RuntimeError, match="alas"):
            tools.temporal_histogram(FRAMES[:3], plot=tmp_path / "plot.png", plot_pixel=[1, 2])
        assert (tmp_path / "plot.png").read_bytes() == b"precious"
        assert list_names(tmp_path) == ["plot.png"]


def test_a_tool_with_vtk_draws_by_itself(tmp_path, monkeypatch):
    def fail(*arguments):
        raise AssertionError("matplotlib was asked to draw")

    tool = built_tool("TemporalHistogram")
    texts = {"frames": list(map(str, FRAMES)), "plot": [str(tmp_path / "plot.png")], "plotPixel": ["326,169"]}
    monkeypatch.setattr(_charts, "run_and_draw", fail)
    try:
        assert tools.run_tool(tool, texts).number_of_frames == len(FRAMES)
    except AssertionError:
        pytest.skip("the build has no VTK")
    assert read_picture(tmp_path / "plot.png").shape == (600, 900, 3)


def test_each_chart_is_a_parameter_of_a_tool_with_its_companions_and_sources():
    parameters = [{parameter.name for parameter in tool.parameters} for tool in TOOLS.values()]
    for name, chart in _charts.CHARTS.items():
        assert any({name, *chart.companions, *chart.sources} <= names for names in parameters)
