# SPDX-License-Identifier: Apache-2.0
"""The pictures of tools that were built without VTK: drawn by matplotlib, of what the tool writes.

CHARTS says which parameters are drawn here. The pictures are laid out as VTK draws them, in the same sizes.
"""

import contextlib
import dataclasses
import glob
import importlib.util
import math
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from intensitymapping._descriptions import Tool, ToolError, list_values

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

Texts = Mapping[str, Sequence[str]]
Values = Mapping[str, Any]

# In pixels, where nothing else is said.
DOTS_PER_INCH = 100
TITLE_SIZE = 20
AXIS_TITLE_SIZE = 16
LABEL_SIZE = 14
CHART_SIZE = (900, 600)
MARGIN = 24
BAR_GAP = 28
BAR_WIDTH = 22
LEAST_BAR_HEIGHT = 200
TRIANGLE_HEIGHT = 20
FRAME_COLOR = 120
LARGEST_IMAGE = 1600
ENLARGED_IMAGE = 256


@dataclasses.dataclass(frozen=True)
class Chart:
    """How the picture is drawn that a parameter gives the name of."""

    companions: Sequence[str]
    """The parameters that say no more than what is drawn and how."""
    sources: Sequence[str]
    """The outputs of the tool that it is drawn from."""
    draw: Callable[[Values, Any], "Figure"]
    """Draws what the values ask for, of the sources among them and of the results of the tool."""
    verify: Callable[[Values], None] = lambda values: None
    """Raises ToolError, before the tool runs, if what the values ask for cannot be drawn."""


def list_charts(texts: Texts) -> list[str]:
    """The parameters, of those that are given, that ask for a picture."""
    return [name for name, given in texts.items() if name in CHARTS and any(given)]


def run_and_draw(tool: Tool, texts: Texts, run: Callable[[Texts], Any], folder: Path) -> Any:
    """Runs a tool without the parameters that ask for pictures, and draws these of what it wrote.

    What is written for the pictures alone goes into `folder`. Returns what `run` returns.
    """
    if importlib.util.find_spec("matplotlib") is None:
        raise ToolError('Charts are drawn by matplotlib, which is missing: pip install "itk-intensitymapping[plot]"')
    charts = {name: CHARTS[name] for name in list_charts(texts)}
    values = tool.values(texts)
    for chart in charts.values():
        chart.verify(values)

    drawn_here = {drawn for name, chart in charts.items() for drawn in (name, *chart.companions)}
    undrawn = {name: given for name, given in texts.items() if name not in drawn_here}
    for source in {source for chart in charts.values() for source in chart.sources}:
        if not any(undrawn.get(source, ())):
            undrawn[source] = [str(folder / f"{source}.mha")]
    with contextlib.ExitStack() as stack:
        pictures = {name: stack.enter_context(picture_file(tool, values, name)) for name in charts}
        results = run(undrawn)
        for name, chart in charts.items():
            draw_picture(chart, tool.values({**texts, **undrawn}), results, pictures[name])
    return results


@contextlib.contextmanager
def picture_file(tool: Tool, values: Values, name: str) -> Iterator[Path]:
    """A file beside the one that a parameter names, which takes its place in the end, if all went well."""
    given = values[name]
    if not given.lower().endswith(".png"):
        raise ToolError(f"The {name} '{given}' must end in .png.")
    target = Path(os.path.realpath(given))
    if target in list_files(tool, values, besides=name):
        raise ToolError(f"The output '{given}' is an input or another output, too: give it another name.")
    if target.exists() and not (target.is_file() and os.access(target, os.W_OK)):
        raise ToolError(f"The output '{given}' is no file that may be replaced: give another name.")
    file = target.with_name(f".{target.stem}.partial-{secrets.token_hex(4)}.png")
    try:
        file.touch(exist_ok=False)
    except OSError as error:
        raise ToolError(f"The folder of the output '{given}' cannot be written into: {error.strerror}.") from None
    try:
        yield file
        if target.exists():
            shutil.copymode(target, file)
        file.replace(target)
    finally:
        file.unlink(missing_ok=True)


def list_files(tool: Tool, values: Values, besides: str) -> set[Path]:
    """The files that all parameters but one name; a pattern names those that match it."""
    parameters = [parameter for parameter in tool.parameters if parameter.is_file and parameter.name != besides]
    names = [name for parameter in parameters for name in list_values(values[parameter.name]) if name]
    return {Path(os.path.realpath(file)) for name in names for file in (name, *glob.glob(name))}


def draw_picture(chart: Chart, values: Values, results: Any, file: Path) -> None:
    """Draws with the style of matplotlib, not with the user's: a picture depends on what it is to show, only."""
    import matplotlib.style

    with matplotlib.style.context("default"):
        figure = chart.draw(values, results)
        try:
            figure.savefig(file, format="png")
        except OSError as error:
            raise ToolError(f"A picture could not be written: {error.strerror}.") from None


def make_figure(width: float, height: float, **options: Any) -> "Figure":
    """An empty picture, of a size in pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width / DOTS_PER_INCH, height / DOTS_PER_INCH), dpi=DOTS_PER_INCH, **options)
    FigureCanvasAgg(figure)
    return figure


def points(pixels: float) -> float:
    return pixels * 72 / DOTS_PER_INCH


def fit_text(text: "Text", longest: float) -> None:
    """Makes the letters smaller, but for what can be read, if a text would be longer than some pixels."""
    length = max(text.get_window_extent().size)
    if length > longest:
        text.set_fontsize(max(points(8), float(text.get_fontsize()) * longest / length))


def is_plain_metaimage(file: str) -> bool:
    with open(file, "rb") as stream:
        return file.lower().endswith(".mha") and b"CompressedData = True" not in stream.read(4096)


def read_pixel(file: str, index: Sequence[int]) -> np.ndarray:
    """The numbers of one pixel."""
    import itk

    reader = itk.ImageFileReader[itk.VectorImage[itk.F, len(index)]].New(FileName=file)
    # Other files are read whole: ITK crashes on parts of some.
    if is_plain_metaimage(file):
        reader.UpdateOutputInformation()
        reader.GetOutput().SetRequestedRegion(itk.ImageRegion[len(index)](list(index), [1] * len(index)))
    reader.Update()
    return np.array(reader.GetOutput().GetPixel(list(index)))


def read_colors(file: str) -> np.ndarray:
    """Red, green and blue bytes of an image; its opacity is not shown."""
    import itk

    reader = itk.ImageFileReader[itk.VectorImage[itk.UC, 2]].New(FileName=file)
    reader.Update()
    return itk.array_from_image(reader.GetOutput())[..., :3]


def read_frame_size(patterns: Sequence[str]) -> list[int]:
    """The size of the frames of a series; the last axis of a single image is time."""
    import itk

    files = [file for name in patterns for file in ([name] if os.path.exists(name) else sorted(glob.glob(name)))]
    image_io = itk.ImageIOFactory.CreateImageIO(files[0], itk.CommonEnums.IOFileMode_ReadMode)
    image_io.SetFileName(files[0])
    image_io.ReadImageInformation()
    size = [image_io.GetDimensions(axis) for axis in range(image_io.GetNumberOfDimensions())]
    if len(files) == 1:
        return size[:-1]
    while len(size) > 2 and size[-1] == 1:
        size.pop()
    return size


def verify_histogram(values: Values) -> None:
    size = read_frame_size(values["frames"])
    pixel = values["plotPixel"]
    if len(pixel) != len(size) or any(not 0 <= index < length for index, length in zip(pixel, size)):
        raise ToolError(
            f"--plot-pixel takes {len(size)} indices, from 0, separated by commas, of a pixel in the frames, "
            f"which are {' x '.join(map(str, size))}."
        )


def is_logarithmic(values: Values) -> bool:
    return values["binSpacing"] == "logarithmic" and not values["edges"]


def choose_edges(values: Values, results: Any, n_bins: int) -> np.ndarray:
    """The edges of the bins, which the tool does not write."""
    divide = np.geomspace if is_logarithmic(values) else np.linspace
    return np.array(values["edges"] or divide(results.used_minimum, results.used_maximum, n_bins + 1))


def draw_histogram(values: Values, results: Any) -> "Figure":
    """The histogram of one pixel: a bar for each bin, as wide as the bin, and lines at the median and the mean."""
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    pixel = values["plotPixel"]
    counts = read_pixel(values["histogram"], pixel)
    edges = choose_edges(values, results, len(counts))
    markers = {name: float(read_pixel(values[name], pixel)[0]) for name in ("median", "mean")}
    shown = {name: value for name, value in markers.items() if math.isfinite(value)}

    figure = make_figure(*CHART_SIZE, layout=ConstrainedLayoutEngine(h_pad=0.1, w_pad=0.1))
    axes = figure.add_subplot(axisbelow=True)
    axes.stairs(counts, edges, fill=True, color=(0.62, 0.77, 0.89))
    axes.stairs(counts, edges, color=(0.12, 0.37, 0.6))
    for (name, value), color, line in zip(shown.items(), ["#c82828", "#14823c"], ["-", "--"]):
        axes.axvline(value, color=color, linestyle=line, linewidth=points(2), label=f"{name} = {value:.6g}")
    set_up_axes(axes, values, counts, choose_range(counts, edges, shown.values(), is_logarithmic(values)))
    if shown:
        axes.legend(loc="upper left", bbox_to_anchor=(1, 1), borderaxespad=0, fontsize=points(LABEL_SIZE))
    text = values["plotTitle"] or f"Pixel ({', '.join(map(str, pixel))}) over {results.number_of_frames} frames"
    title = figure.suptitle(text, fontsize=points(TITLE_SIZE), fontweight="bold", parse_math=False)
    fit_text(title, 0.95 * CHART_SIZE[0])
    return figure


def set_up_axes(axes: "Axes", values: Values, counts: np.ndarray, limits: tuple[float, float]) -> None:
    axes.grid(color=(0.9, 0.9, 0.9))
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlim(limits)
    if is_logarithmic(values):
        set_logarithmic(axes, limits)
    axes.set_ylim(0, 1.05 * counts.max() or 1)
    axes.set_xlabel(values["valueLabel"] or "", fontsize=points(AXIS_TITLE_SIZE), parse_math=False)
    axes.set_ylabel("frames", fontsize=points(AXIS_TITLE_SIZE))
    axes.tick_params(labelsize=points(LABEL_SIZE))


def choose_range(
    counts: np.ndarray, edges: np.ndarray, markers: Iterable[float], logarithmic: bool
) -> tuple[float, float]:
    """From the first bin that is not empty to the last, with the markers, and a little room at either end."""
    full = np.flatnonzero(counts)
    ends = [edges[full[0]], edges[full[-1] + 1]] if full.size else [edges[0], edges[-1]]
    minimum, maximum = min([*ends, *markers]), max([*ends, *markers])
    if logarithmic:
        factor = (maximum / minimum) ** 0.02
        return minimum / factor, maximum * factor
    room = 0.02 * (maximum - minimum)
    return minimum - room, maximum + room


def set_logarithmic(axes: "Axes", limits: tuple[float, float]) -> None:
    """Makes the horizontal axis logarithmic, its ticks numbers that people read: 1, 2 and 5 times powers of ten."""
    from matplotlib import ticker

    axes.set_xscale("log")
    decades = math.log10(limits[1] / limits[0])
    steps = (1, 2, 5) if decades < 4 else (1,)
    axes.xaxis.set_major_locator(ticker.LogLocator(subs=steps) if decades > 0.7 else ticker.AutoLocator())
    axes.xaxis.set_major_formatter(ticker.StrMethodFormatter("{x:g}"))
    axes.xaxis.set_minor_formatter(ticker.NullFormatter())


def fit_image(pixels: np.ndarray) -> np.ndarray:
    """Averages blocks of pixels of a large image; repeats the pixels of a small one."""
    size = max(pixels.shape[:2])
    if size <= LARGEST_IMAGE:
        factor = max(1, ENLARGED_IMAGE // size)
        return pixels.repeat(factor, axis=0).repeat(factor, axis=1)
    starts = [np.arange(0, length, -(-size // LARGEST_IMAGE)) for length in pixels.shape[:2]]
    sums = np.add.reduceat(np.add.reduceat(pixels, starts[0], axis=0, dtype=np.uint32), starts[1], axis=1)
    lengths = [np.diff(start, append=length) for start, length in zip(starts, pixels.shape)]
    counts = np.outer(*lengths)[..., np.newaxis]
    return ((sums + counts // 2) // counts).astype(np.uint8)


def draw_colored_image(values: Values, results: Any) -> "Figure":
    """The coloured image, pixel for pixel unless it is very large or small, and the bar that tells its colours."""
    pixels = fit_image(read_colors(values["outputVolume"]))
    framed = np.pad(pixels, [(1, 1), (1, 1), (0, 0)], constant_values=FRAME_COLOR)
    height, width = pixels.shape[:2]
    bar_height = max(height, LEAST_BAR_HEIGHT)
    title = values["title"] or ""
    top = 2 * MARGIN + TITLE_SIZE // 2 if title else MARGIN

    # The width depends on that of the labels of the bar, which is known when it is there.
    bar_left = MARGIN + width + BAR_GAP
    figure = make_figure(bar_left + BAR_WIDTH, top + bar_height + MARGIN)
    box = np.array([bar_left, MARGIN, BAR_WIDTH, bar_height]) / np.tile(figure.bbox.size, 2)
    bar = figure.add_axes(box)
    add_color_bar(bar, bar_height, values, results)
    figure_width = math.ceil(bar.get_tightbbox().x1) + MARGIN  # type: ignore[union-attr]
    bar.set_position(box * np.tile([figure.bbox.width / figure_width, 1], 2))
    figure.set_figwidth(figure_width / DOTS_PER_INCH)

    figure.figimage(framed, MARGIN - 1, MARGIN + (bar_height - height) // 2 - 1)
    caption = figure.text(
        0.5,
        1 - 1.25 * MARGIN / figure.bbox.height,
        title,
        fontsize=points(TITLE_SIZE),
        fontweight="bold",
        horizontalalignment="center",
        verticalalignment="center",
        parse_math=False,
    )
    fit_text(caption, figure_width - MARGIN)
    return figure


def verify_color_bar(values: Values) -> None:
    import matplotlib

    if values["colormap"] not in matplotlib.colormaps:
        raise ToolError(
            f"Without VTK, figures are drawn by matplotlib, which has no colormap '{values['colormap']}': choose one "
            "that it has, or leave --figure out."
        )


def make_norm(values: Values, results: Any, n_colors: int) -> Any:
    """matplotlib's norm of the normalization that the tool used, with limits that differ."""
    from matplotlib import colors

    minimum, maximum = results.used_minimum, results.used_maximum
    maximum = maximum if minimum < maximum else minimum + 1
    center = values["center"] or 0.0
    makers: dict[str, Callable[[], Any]] = {
        "linear": lambda: colors.Normalize(minimum, maximum),
        "centered": lambda: colors.Normalize(minimum, maximum),
        "log": lambda: colors.LogNorm(minimum, maximum),
        "asinh": lambda: colors.AsinhNorm(values["linearWidth"] or 1.0, minimum, maximum),
        "power": lambda: colors.PowerNorm(values["gamma"], minimum, maximum),
        "twoslope": lambda: colors.TwoSlopeNorm(center, minimum, maximum),
        "symlog": lambda: colors.SymLogNorm(
            values["linearThreshold"], values["linearScale"] or 1.0, minimum, maximum, base=values["base"] or 10.0
        ),
        "boundary": lambda: colors.BoundaryNorm(values["boundaries"], n_colors, extend=values["extend"] or "neither"),
    }
    return makers[values["normalization"] or "linear"]()


def add_color_bar(bar: "Axes", height: int, values: Values, results: Any) -> None:
    """The colours between the limits that were used, and triangles of the under and the over colour if given."""
    import matplotlib
    from matplotlib.cm import ScalarMappable

    colormap = matplotlib.colormaps[values["colormap"]]
    colormap = colormap.resampled(values["entries"]) if values["entries"] else colormap
    colors = {"under": values["underColor"], "over": values["overColor"]}
    ends = {name: color for name, color in colors.items() if color}
    minimum, maximum = results.used_minimum, results.used_maximum
    norm = make_norm(values, results, colormap.N)
    of_norm = getattr(norm, "extend", "neither")
    has_under = "under" in ends or of_norm in ("min", "both")
    has_over = "over" in ends or of_norm in ("max", "both")
    extend = {(False, False): "neither", (True, False): "min", (False, True): "max", (True, True): "both"}[
        has_under, has_over
    ]
    color_bar = bar.figure.colorbar(
        ScalarMappable(norm, colormap.with_extremes(**ends)),
        cax=bar,
        extend=extend,
        extendfrac=TRIANGLE_HEIGHT / (height - TRIANGLE_HEIGHT * (has_under + has_over)),
        ticks=None if minimum < maximum else [minimum],
    )
    color_bar.outline.set_edgecolor((FRAME_COLOR / 255,) * 3)
    bar.tick_params(labelsize=points(LABEL_SIZE))
    color_bar.set_label(values["barLabel"] or "", fontsize=points(AXIS_TITLE_SIZE), parse_math=False)
    fit_text(bar.yaxis.label, height)


# By the names of the parameters in the descriptions of the tools.
CHARTS = {
    "plot": Chart(
        companions=("plotPixel", "plotTitle", "valueLabel"),
        sources=("histogram", "median", "mean"),
        draw=draw_histogram,
        verify=verify_histogram,
    ),
    "figure": Chart(companions=("title", "barLabel"), sources=(), draw=draw_colored_image, verify=verify_color_bar),
}
