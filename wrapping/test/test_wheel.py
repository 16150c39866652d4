# SPDX-License-Identifier: Apache-2.0
"""What the wheel installs: its files, and its tools as programs of their own."""

import fnmatch
import importlib.metadata
import os
import re
import subprocess
from pathlib import Path

import intensitymapping
import pytest

FRAMES = sorted(Path(__file__).parents[2].glob("examples/data/street/frame*.png"))[:5]
TOOLS = ["ApplyColormap", "EqualizeHistogram", "InvertColormap", "TemporalHistogram"]
PLACES = [
    "../../../bin/intensitymapping",
    "intensitymapping/*.py",
    "intensitymapping/__pycache__/*",
    *(f"intensitymapping/bin/{tool}" for tool in TOOLS),
    "intensitymapping/data/*",
    "intensitymapping/py.typed",
    *(f"intensitymapping/descriptions/{tool}.xml" for tool in TOOLS),
    "itk/Configuration/IntensityMapping*.py",
    "itk/Configuration/__pycache__/IntensityMapping*",
    "itk/IntensityMapping*.py",
    "itk/_IntensityMappingPython.abi3.so",
    "itk/__pycache__/*",
    "itk/itk*Python.py",
    "itk_intensitymapping-*.dist-info/*",
    "itk_intensitymapping.libs/libtbb-*.so*",
]
DISTRIBUTION = importlib.metadata.distribution("itk-intensitymapping")


def list_files(distribution):
    return {str(file) for file in distribution.files or []}


def list_binaries():
    files = [Path(DISTRIBUTION.locate_file(file)) for file in DISTRIBUTION.files or []]
    return [file for file in files if file.read_bytes().startswith(b"\x7fELF")]


def run(tool, *arguments):
    program = Path(intensitymapping.__file__).parent / "bin" / tool
    return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)


def run_well(tool, *arguments):
    outcome = run(tool, *arguments)
    assert (outcome.returncode, outcome.stderr) == (0, "")


def error_of(tool, *arguments):
    """What a tool says that refuses, which is one line."""
    outcome = run(tool, *arguments)
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert outcome.stderr.count("\n") == 1
    assert outcome.stderr.startswith(f"{tool}: error: ")
    return outcome.stderr


@pytest.fixture
def median(tmp_path):
    run_well("TemporalHistogram", *FRAMES, "--median", tmp_path / "median.mha")
    return tmp_path / "median.mha"


def test_what_is_imported_is_what_is_installed():
    assert Path(intensitymapping.__file__).parent == Path(DISTRIBUTION.locate_file("intensitymapping"))
    assert intensitymapping.__version__ == DISTRIBUTION.version


def test_each_file_is_where_it_belongs():
    strays = [file for file in list_files(DISTRIBUTION) if not any(fnmatch.fnmatch(file, place) for place in PLACES)]
    assert strays == []


def test_no_file_belongs_to_another_distribution():
    ours = list_files(DISTRIBUTION)
    for other in importlib.metadata.distributions():
        if other.metadata["Name"] != DISTRIBUTION.metadata["Name"]:
            assert ours.isdisjoint(list_files(other)), other.metadata["Name"]


def test_compiled_files_are_stripped_and_know_no_folder_of_the_build():
    binaries = list_binaries()
    assert {file.name for file in binaries} >= {*TOOLS, "_IntensityMappingPython.abi3.so"}
    for file in binaries:
        code = file.read_bytes()
        assert b"\0.symtab\0" not in code, file
        assert b"/build-wheel/build" not in code, file


def test_the_notices_of_what_is_compiled_in_come_along():
    names = {Path(file).name for file in list_files(DISTRIBUTION) if "/licenses/" in file}
    assert names >= {"LICENSE", "README.txt", "CLI11.txt", "Eigen.txt", "libjpeg.txt", "libpng.txt", "libtiff.txt"}


@pytest.mark.parametrize("tool", TOOLS)
def test_tools_can_be_run_as_they_are_installed(tool):
    folder = Path(intensitymapping.__file__).parent
    assert os.access(folder / "bin" / tool, os.X_OK)
    outcome = run(tool, "--xml")
    assert outcome.returncode == 0
    assert outcome.stdout.strip() == (folder / "descriptions" / f"{tool}.xml").read_text(encoding="utf-8").strip()
    assert run(tool, "--version").stdout.split() == [tool, DISTRIBUTION.version]


def list_known_endings(folder):
    """Those that a tool names, when it refuses another one."""
    message = error_of("TemporalHistogram", *FRAMES, "--median", folder / "median.gipl")
    return set(re.findall(r"\.[a-z.]+", message.partition("Known are ")[2]))


def test_what_is_of_no_known_format_is_refused_with_those_that_are(tmp_path):
    assert list_known_endings(tmp_path) >= {".bmp", ".jpg", ".mha", ".nii", ".nii.gz", ".nrrd", ".png", ".tif", ".vtk"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", [".mrc", ".nii", ".nii.gz", ".nrrd", ".tif", ".vtk"])
def test_each_format_carries_the_same_pixels(tmp_path, median, ending):
    if ending not in list_known_endings(tmp_path):
        pytest.skip(f"the wheel was built with an ITK without {ending}")
    other = tmp_path / f"other{ending}"
    run_well("TemporalHistogram", *FRAMES, "--median", other)
    run_well("ApplyColormap", median, tmp_path / "expected.png")
    run_well("ApplyColormap", other, tmp_path / "colored.png")
    assert (tmp_path / "colored.png").read_bytes() == (tmp_path / "expected.png").read_bytes()


@pytest.mark.parametrize("ending", ["bmp", "jpg", "png", "tiff"])
def test_pictures_can_be_written_and_read(tmp_path, ending):
    picture = tmp_path / f"frame.{ending}"
    run_well("ApplyColormap", FRAMES[0], picture, "--colormap", "gray")
    assert "numbers per pixel" in error_of("ApplyColormap", picture, tmp_path / "again.png")


def test_without_vtk_a_figure_is_refused_and_nothing_is_written(tmp_path, median):
    precious = tmp_path / "precious.png"
    precious.write_text("precious")
    message = error_of("ApplyColormap", median, precious, "--figure", tmp_path / "figure.png")
    assert message.startswith("ApplyColormap: error: This build has no VTK")
    assert "leave --figure" in message
    assert precious.read_text() == "precious"
    assert {file.name for file in tmp_path.iterdir()} == {"median.mha", "precious.png"}


def test_without_vtk_a_chart_is_refused_and_nothing_is_written(tmp_path):
    precious = tmp_path / "precious.mha"
    precious.write_text("precious")
    message = error_of(
        "TemporalHistogram", *FRAMES, "--mean", precious, "--plot", tmp_path / "chart.png", "--plot-pixel", "1,1"
    )
    assert message.startswith("TemporalHistogram: error: This build has no VTK")
    assert "leave --plot out" in message
    assert precious.read_text() == "precious"
    assert {file.name for file in tmp_path.iterdir()} == {"precious.mha"}
