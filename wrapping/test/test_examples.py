# SPDX-License-Identifier: Apache-2.0
"""Each program of examples/python does what it says, on the frames of the street. They hold assertions of their own."""

import subprocess
import sys
from pathlib import Path

import itk
import numpy as np
import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
FRAMES = sorted(map(str, (EXAMPLES / "data" / "street").glob("frame*.png")))


def run(name, *arguments):
    program = EXAMPLES / "python" / name
    subprocess.run([sys.executable, program, *arguments], check=True, timeout=300)


def frame(index=0):
    return itk.array_from_image(itk.imread(FRAMES[index]))


@pytest.mark.parametrize("name", ["apply_colormap.py", "matplotlib_rulers.py"])
def test_a_frame_is_coloured(name, tmp_path):
    output = tmp_path / "colors.png"
    run(name, FRAMES[0], output)
    colors = itk.array_from_image(itk.imread(str(output)))
    assert colors.shape == (*frame().shape, 4)
    assert len(np.unique(colors.reshape(-1, 4), axis=0)) > 100


def test_the_median_is_numpys(tmp_path):
    output = tmp_path / "median.png"
    run("temporal_histogram.py", output, *FRAMES)
    frames = np.stack([frame(index) for index in range(len(FRAMES))])
    expected = np.quantile(frames, 0.5, axis=0, method="inverted_cdf")
    np.testing.assert_array_equal(itk.array_from_image(itk.imread(str(output))), expected)


def test_a_file_is_streamed_to_a_file(tmp_path):
    values = np.random.default_rng(0).normal(size=(300, 200)).astype(np.float32)
    itk.imwrite(itk.image_from_array(values), str(tmp_path / "values.mha"))
    run("streaming.py", tmp_path / "values.mha", tmp_path / "colors.mha")
    colors = itk.array_from_image(itk.imread(str(tmp_path / "colors.mha"), itk.RGBAPixel[itk.UC]))
    np.testing.assert_array_equal(colors, itk.colormap_image_filter(values, colormap="viridis"))


def test_normalization_is_made_visible(tmp_path):
    run("normalization_made_visible.py", FRAMES[0], tmp_path / "picture.png")
    n_rows, n_columns = frame().shape
    assert itk.array_from_image(itk.imread(str(tmp_path / "picture.png"))).shape == (2 * n_rows, 2 * n_columns, 4)


def test_numbers_come_back_from_colours(tmp_path):
    run("inverse_colormap.py", tmp_path / "values.mha")
    values = itk.array_from_image(itk.imread(str(tmp_path / "values.mha")))
    assert values.dtype == np.float32 and 1500 <= values.min() < values.max() <= 4500


def test_a_run_is_followed_and_stopped():
    run("progress.py", *FRAMES)
