# SPDX-License-Identifier: Apache-2.0
"""The demonstration: pictures made from 60 frames of a street, and a page that shows the lines that made each."""

import html
import importlib.resources
import inspect
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import itk
import numpy as np

# By this the demonstration knows a folder of its own.
GENERATOR = '<meta name="generator" content="intensitymapping demo">'
UNFINISHED = ".intensitymapping-demo-"


def read_frames(folder: Path) -> np.ndarray:
    """Reads the frames into one array: time, rows, columns."""
    return itk.array_from_image(itk.imread(sorted(folder.glob("frame*.png"))))


def frame_in_color(frames: np.ndarray) -> np.ndarray:
    return itk.colormap_image_filter(frames[45], colormap="viridis")


def empty_street(frames: np.ndarray) -> np.ndarray:
    bins = itk.HistogramBins.New()
    bins.SetIntegers(0, 255)
    counts, *outside = itk.pixelwise_temporal_histogram_image_filter(frames, bins=bins)
    median = itk.temporal_histogram_statistic_image_filter(counts, bins=bins)
    return itk.colormap_image_filter(median, colormap="gray")


def measure(frames: np.ndarray, statistic: str) -> np.ndarray:
    """A statistic of each pixel over time, from histograms with a bin for each gray level."""
    bins = itk.HistogramBins.New()
    bins.SetIntegers(0, 255)
    counts, *outside = itk.pixelwise_temporal_histogram_image_filter(frames, bins=bins)
    return itk.temporal_histogram_statistic_image_filter(counts, bins=bins, statistic=statistic)


def where_people_walked(frames: np.ndarray) -> np.ndarray:
    deviation = measure(frames, "standard_deviation")
    return itk.colormap_image_filter(deviation, colormap="inferno")


def who_is_there(frames: np.ndarray) -> np.ndarray:
    usual = measure(frames, "median")
    spread = measure(frames, "interquartile_range")
    surprise = np.abs(frames[45] - usual) / (spread + 4)
    return itk.colormap_image_filter(surprise, colormap="magma", normalization=(0, 10))


def mean_and_median(frames: np.ndarray) -> np.ndarray:
    mean, median = measure(frames, "mean"), measure(frames, "median")
    panels = [
        itk.colormap_image_filter(mean, colormap="gray", normalization=(0, 255)),
        itk.colormap_image_filter(median, colormap="gray", normalization=(0, 255)),
        itk.colormap_image_filter(mean - median, colormap="coolwarm", normalization=(-25, 25)),
    ]
    return np.hstack(panels)


def histograms_of_a_row(frames: np.ndarray) -> np.ndarray:
    bins = itk.HistogramBins.New()
    bins.SetUniform(64, 0, 256)
    row = frames[:, 150:151]
    counts, *outside = itk.pixelwise_temporal_histogram_image_filter(row, bins=bins)
    upwards = np.log1p(counts[0].T[::-1], dtype=np.float32)
    chart = itk.colormap_image_filter(upwards.repeat(4, axis=0), colormap="inferno")
    street = itk.colormap_image_filter(frames[45], colormap="gray")
    street[149:152] = [255, 0, 255, 255]
    return np.vstack([street, chart])


def jet_and_viridis(frames: np.ndarray) -> np.ndarray:
    pair = [itk.colormap_image_filter(frames[45], colormap=name) for name in ("jet", "viridis")]
    colors = np.hstack(pair)
    lightness = (colors[..., :3] @ [0.299, 0.587, 0.114]).astype(np.uint8)
    gray = itk.colormap_image_filter(lightness, colormap="gray", normalization=(0, 255))
    return np.vstack([colors, gray])


def numbers_out_of_colors(frames: np.ndarray) -> np.ndarray:
    """From a picture in jet, as it might have been published, back to gray levels, and how far they are off."""
    picture = itk.colormap_image_filter(frames[45], colormap="jet", normalization=(0, 255))
    numbers = itk.inverse_colormap_image_filter(picture, colormap="jet", normalization=(0, 255))
    error = np.abs(numbers - frames[45])
    panels = [
        picture,
        itk.colormap_image_filter(numbers, colormap="gray", normalization=(0, 255)),
        itk.colormap_image_filter(error, colormap="magma", normalization=(0, 2)),
    ]
    return np.hstack(panels)


class Picture(NamedTuple):
    """A picture of the page, and what is written beside it."""

    make: Callable[[np.ndarray], np.ndarray]
    title: str
    text: str
    alternative: str
    helpers: tuple[Callable[..., np.ndarray], ...] = ()

    @property
    def file(self) -> str:
        return self.make.__name__.replace("_", "-") + ".png"


PICTURES = [
    Picture(
        frame_in_color,
        "A frame in colour",
        "Each gray level becomes a colour of viridis, whose lightness rises evenly from dark violet to yellow: in "
        "order for colour-blind eyes, too, and when printed in gray.",
        "People on a street, in colours from violet for dark to yellow for bright.",
    ),
    Picture(
        empty_street,
        "The street without people",
        "The median of each pixel over time. No pixel was covered in half of the frames or more, so nobody is left. "
        "Each gray level has a bin of its own: the median is exact.",
        "The same street in gray, without anybody.",
    ),
    Picture(
        where_people_walked,
        "Where people walked",
        "The standard deviation says how much each pixel varied. The lawn and the house rest, the road does not; the "
        "bright figure at the right is a man who stood still for a while.",
        "The road glows where people walked; the rest is dark.",
        helpers=(measure,),
    ),
    Picture(
        who_is_there,
        "Who is there now",
        "How far a frame is from the median, measured by the spread of each pixel’s quantiles, that of 0.75 less that "
        "of 0.25. Ten such spreads or more are brightest. Nobody was taught what a person is.",
        "Six people, bright on black.",
    ),
    Picture(
        mean_and_median,
        "Two pictures that look alike",
        "The mean, the median, and their difference: limits of -25 and 25, in colours that part at 0, show what "
        "the eye does not see in the pictures themselves. Blue is where dark coats pulled the mean down, red is the "
        "tape that flutters.",
        "Two nearly equal pictures of the empty street, and their difference, blue along the road.",
    ),
    Picture(
        histograms_of_a_row,
        "The histograms of a row of pixels",
        "Below each pixel of the row that is marked, its histogram: the gray levels upwards, in 64 bins, brighter "
        "where the pixel had that gray level more often, by the logarithm. The bright band is the ground, first the "
        "lawn, then the road; the rain below it is the coats of those who passed.",
        "A frame with one row marked; below, a bright band on black, with sparse short strokes under it.",
    ),
    Picture(
        jet_and_viridis,
        "jet and viridis",
        "The same frame through both, and below how light these colours are. Of viridis the frame is left; jet is "
        "lightest in the middle, so that the brightest and the darkest things become alike.",
        "A frame in the colours of jet and of viridis; below, both in gray.",
    ),
    Picture(
        numbers_out_of_colors,
        "Numbers out of colours",
        "A picture in jet, the gray levels that were recovered from it, and how far they are off: by half a level at "
        "most, but for the four entries of jet that are the same blue, which nobody can tell apart. Brightest are two "
        "levels.",
        "A frame in jet, the same in gray again, and a dark picture of the errors.",
    ),
]

STYLE = """
  :root { color-scheme: light dark; --page: #fbfaf8; --card: #fff; --text: #1d1b22; --soft: #5c5866; --line: #dcd8e0; }
  @media (prefers-color-scheme: dark) {
    :root { --page: #16141a; --card: #211e27; --text: #ece9f0; --soft: #b0aaba; --line: #3a3542; } }
  * { box-sizing: border-box; }
  body { margin: auto; max-width: 82rem; padding: 2rem 1.25rem; background: var(--page); color: var(--text);
    font: 1rem/1.55 system-ui, sans-serif; }
  h1 { font-size: clamp(1.8rem, 5vw, 2.6rem); line-height: 1.1; margin: 1rem 0; }
  h2 { margin: 0 0 .5rem; font-size: 1.3rem; }
  p { max-width: 46rem; margin: .5rem 0 1rem; }
  header pre { max-width: 46rem; }
  section { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: 1.25rem; margin: 1.5rem 0;
    padding: 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; }
  section.wide { grid-template-columns: minmax(0, 1fr); }
  @media (max-width: 60rem) { section { grid-template-columns: minmax(0, 1fr); } }
  img { display: block; width: 100%; height: auto; border-radius: .35rem; }
  pre { margin: 0 0 .75rem; padding: .8rem 1rem; background: var(--page); border: 1px solid var(--line);
    border-radius: .35rem; font: .76rem/1.55 ui-monospace, monospace; overflow-x: auto; }
  .measured, footer { color: var(--soft); font-size: .85rem; }
"""


def _source(function: Callable[..., np.ndarray]) -> str:
    return f"<pre><code>{html.escape(inspect.getsource(function).rstrip())}</code></pre>"


def _section(picture: Picture, pixels: np.ndarray, seconds: float) -> str:
    height, width = pixels.shape[:2]
    return f"""<section{' class="wide"' if width > 2 * height else ""}>
  <img src="{picture.file}" width="{width}" height="{height}" alt="{html.escape(picture.alternative)}">
  <div>
    <h2>{html.escape(picture.title)}</h2>
    <p>{html.escape(picture.text)}</p>
    {"".join(_source(function) for function in (*picture.helpers, picture.make))}
    <p class="measured">{seconds:.2f} s</p>
  </div>
</section>
"""


def _page(sections: list[str]) -> str:
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{GENERATOR}
<title>A street in {len(sections)} pictures – IntensityMapping</title>
<style>{STYLE}</style>
</head>
<body>
<header>
  <h1>A street in {len(sections)} pictures</h1>
  <p>A camera watched a street for 80 seconds; 60 of its frames came with this package. Each picture was made by the
    function beside it, which was run as it stands here, on all frames in one array:</p>
  <pre><code>from pathlib import Path

import itk
import numpy as np</code></pre>
  {_source(read_frames)}
</header>
<main>
{"".join(sections)}
</main>
<footer>
  <p>Made by <code>intensitymapping demo</code>; the times are of that run. The frames are from vtest.avi of the OpenCV
    examples (Apache-2.0), PETS 2009 benchmark, University of Reading.</p>
</footer>
</body>
</html>
"""


def _verify_folder(folder: Path) -> None:
    """Raises FileExistsError if the folder has files that the demonstration has not made."""
    page = folder / "index.html"
    is_own = page.is_file() and GENERATOR in page.read_text(errors="replace")
    is_empty = folder.is_dir() and all(file.name.startswith(UNFINISHED) for file in folder.iterdir())
    if folder.exists() and not (is_own or is_empty):
        raise FileExistsError(
            f"'{folder}' is there, and not of an earlier demonstration: give an empty or a new folder."
        )


def run(output: str | os.PathLike[str], report: Callable[[str], object] = print) -> Path:
    """Makes the pictures and their page in a folder, which has to be new, empty or that of an earlier demonstration.

    Reports each picture. Returns the file of the page. All files are put in their places when all are complete.
    """
    folder = Path(output)
    _verify_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    frames = read_frames(Path(str(importlib.resources.files(__package__))) / "data" / "street")
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=folder) as unfinished:
        sections = []
        for picture in PICTURES:
            start = time.perf_counter()
            pixels = picture.make(frames)
            seconds = time.perf_counter() - start
            itk.imwrite(itk.image_view_from_array(pixels, is_vector=True), Path(unfinished) / picture.file)
            sections.append(_section(picture, pixels, seconds))
            report(f"{seconds:5.2f} s  {picture.file}  {picture.title}")
        Path(unfinished, "index.html").write_text(_page(sections), encoding="utf-8")
        for file in Path(unfinished).iterdir():
            file.replace(folder / file.name)
    return folder / "index.html"
