# SPDX-License-Identifier: Apache-2.0
"""The tools as functions: made of their descriptions, true to their executables, and drawing without VTK."""

import importlib.util
import inspect
import os
import pydoc
import signal
import stat
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree

import hypothesis
import itk
import numpy as np
import pytest
from hypothesis import strategies as st
from intensitymapping import tools
from intensitymapping._descriptions import Tool
from tool_testing import FRAMES, REPOSITORY, STREET, TOOLS, assignments, built_tool, texts_of

STREET_PATTERN = str(STREET / "frame*.png")


def generate_clp():
    """The module that makes the command lines of the executables from the same files."""
    specification = importlib.util.spec_from_file_location("GenerateCLP", REPOSITORY / "Module/CMake/GenerateCLP.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def read(file):
    return itk.array_from_image(itk.imread(str(file)))


def read_frames():
    return np.stack([read(file) for file in FRAMES])


def write(file, array):
    itk.imwrite(itk.image_from_array(array), str(file))
    return file


def list_names(folder):
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture(params=TOOLS.values(), ids=lambda tool: tool.name)
def tool(request):
    return request.param


@pytest.fixture
def function(tool):
    return getattr(tools, tool.function_name)


def make_tool(folder, script, name="TemporalHistogram"):
    """A tool with a description that exists and a program of our own."""
    program = folder / "program"
    program.write_text(f"#!{sys.executable}\n{script}")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return Tool.read(TOOLS[name].xml, program)


class TestDescriptions:
    """The same XML says the same to Python as to the executables."""

    def test_the_known_tools_are_there(self):
        assert {"ApplyColormap", "TemporalHistogram"} <= set(TOOLS)
        assert {"apply_colormap", "temporal_histogram", "ToolError"} <= set(tools.__all__)

    def test_each_parameter_is_once_in_the_signature(self, tool, function):
        root = ElementTree.parse(tool.xml).getroot()
        named = [
            element for group in root.findall("parameters") for element in group if element.find("name") is not None
        ]
        assert len(inspect.signature(function).parameters) + len(tool.results) == len(named)
        assert [parameter.keyword for parameter in tool.parameters] == list(inspect.signature(function).parameters)

    def test_parameters_are_what_the_executables_take_them_for(self, tool):
        clp = generate_clp()
        groups = clp.read_groups(ElementTree.parse(tool.xml).getroot())
        expected = {parameter.name: parameter for _, group in groups for parameter in group}
        found = {parameter.name: parameter for parameter in [*tool.parameters, *tool.results]}
        assert found.keys() == expected.keys()
        for name, parameter in found.items():
            other = expected[name]
            for attribute in ("tag", "flag", "long_flag", "index", "description", "multiple", "is_vector", "is_result"):
                assert getattr(parameter, attribute) == getattr(other, attribute), (name, attribute)
            assert (parameter.minimum, parameter.maximum) == (other.minimum, other.maximum)
            assert list(parameter.choices) == other.choices
            assert parameter.is_switch == (other.scalar == "bool")

    def test_defaults_are_those_of_the_description(self, tool, function):
        signature = inspect.signature(function)
        for parameter in tool.parameters:
            default = signature.parameters[parameter.keyword].default
            if parameter.is_positional:
                assert default is inspect.Parameter.empty
            elif parameter.is_switch:
                assert default is False
            elif parameter.default_text in ("", "NAN"):
                assert default is None
            else:
                assert parameter.format(default) == [parameter.default_text]

    def test_help_describes_each_parameter_with_its_type(self, tool, function):
        words = " ".join(pydoc.plain(pydoc.render_doc(function)).split())
        assert " ".join(tool.description.split()) in words
        for parameter in [*tool.parameters, *tool.results]:
            assert parameter.documentation in words
            assert f"{parameter.keyword} : " in words
        for parameter in inspect.signature(function).parameters.values():
            assert parameter.annotation is not inspect.Parameter.empty

    def test_positionals_come_first_and_may_be_named(self, tool, function):
        kinds = [parameter.kind for parameter in inspect.signature(function).parameters.values()]
        n_positionals = sum(parameter.is_positional for parameter in tool.parameters)
        assert set(kinds[:n_positionals]) == {inspect.Parameter.POSITIONAL_OR_KEYWORD}
        assert set(kinds[n_positionals:]) == {inspect.Parameter.KEYWORD_ONLY}

    def test_the_signature_that_is_documented(self):
        parameters = inspect.signature(tools.apply_colormap).parameters
        assert list(parameters)[:4] == ["input", "output", "figure", "colormap"]
        assert parameters["colormap"].default == "viridis"
        assert parameters["minimum"].default is None

    @hypothesis.given(st.data())
    def test_values_survive_the_command_line(self, data):
        for tool in TOOLS.values():
            assignment = data.draw(assignments(tool))
            values = tool.values(texts_of(tool, assignment))
            for parameter in tool.parameters:
                assert values[parameter.name] == assignment.get(parameter.name, parameter.default)


def print_as_example(tool, assignment):
    """What ExampleCLI prints of its parameters."""
    values = {**{parameter.name: parameter.default for parameter in tool.parameters}, **assignment}
    lines = dict(values)
    for name in ("minimum", "gamma"):
        lines[name] = "nan" if values[name] is None else f"{values[name]:g}"
    lines["invert"] = int(values["invert"])
    lines["title"] = f"[{values['title'] or ''}]"
    for name in ("inputVolumes", "maskFiles", "edges", "shape"):
        elements = values[name] or ()
        lines[name] = "".join(f" {element:g}" if isinstance(element, float) else f" {element}" for element in elements)
    names = ["outputVolume", "minimum", "gamma", "bins", "invert", "colormap", "title"]
    return "".join(f"{name} = {lines[name]}\n" for name in names) + "".join(
        f"{name} ={lines[name]}\n" for name in ("inputVolumes", "maskFiles", "edges", "shape")
    )


@hypothesis.settings(max_examples=60)
@hypothesis.given(st.data())
def test_the_executable_understands_what_python_says(data):
    tool = built_tool("ExampleCLI")
    assignment = data.draw(assignments(tool))
    command = tool.command_line(texts_of(tool, assignment))
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == print_as_example(tool, assignment)


class TestRuns:
    """On real frames, against NumPy and the wrapped filters."""

    def test_the_median_of_the_street(self, tmp_path):
        results = tools.temporal_histogram(STREET_PATTERN, median=tmp_path / "median.mha", count=tmp_path / "count.mha")
        frames = read_frames()
        assert results == (len(frames), -0.5, 255.5)
        assert results.number_of_frames == len(frames) and type(results.number_of_frames) is int
        np.testing.assert_array_equal(
            read(tmp_path / "median.mha"), np.quantile(frames, 0.5, axis=0, method="inverted_cdf")
        )
        assert (read(tmp_path / "count.mha") == len(frames)).all()

    def test_lists_of_files_and_of_numbers(self, tmp_path):
        edges = [0, 50, 100.5, 256]
        results = tools.temporal_histogram(FRAMES[:9], edges=np.array(edges), count=tmp_path / "count.mha")
        assert results == (9, 0, 256)
        assert list_names(tmp_path) == ["count.mha"]

    def test_colours_are_those_of_the_wrapped_filter(self, tmp_path):
        results = tools.apply_colormap(
            FRAMES[0], tmp_path / "colors.png", colormap="magma", maximum=200, over=(0, 1, 0)
        )
        assert results == (read(FRAMES[0]).min(), 200)
        colormap = itk.Colormap.New()
        colormap.SetName("magma")
        colormap.SetOverColor([0, 1, 0, 1])
        normalization = itk.LinearNormalization.New(Minimum=results.used_minimum, Maximum=200.0)
        expected = itk.colormap_image_filter(read(FRAMES[0]), colormap=colormap, normalization=normalization)
        np.testing.assert_array_equal(read(tmp_path / "colors.png"), expected)

    def test_switches_and_file_names_that_begin_with_a_dash(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        write(tmp_path / "-in.mha", np.arange(-3, 9, dtype=np.int16).reshape(3, 4))
        results = tools.apply_colormap("-in.mha", output="-out.png", minimum=-2, rgb=True, compress=False)
        assert results.used_minimum == -2
        assert read("./-out.png").shape == (3, 4, 3)

    def test_results_can_be_pickled(self, tmp_path):
        import pickle

        results = tools.apply_colormap(FRAMES[0], tmp_path / "colors.png")
        assert pickle.loads(pickle.dumps(results)) == results
        assert pickle.loads(pickle.dumps(tools.apply_colormap)) is tools.apply_colormap

    def test_what_a_tool_notes_is_a_warning(self, tmp_path):
        image = write(tmp_path / "large.mha", np.zeros((1024, 1024), np.uint8))
        with pytest.warns(UserWarning, match="Note: .png files are written in one piece"):
            tools.apply_colormap(image, tmp_path / "large.png", memory=1)


class TestErrors:
    """In one line, in the words of the tool, and what was there stays."""

    @pytest.fixture
    def precious(self, tmp_path):
        file = tmp_path / "precious.png"
        file.write_bytes(b"precious")
        yield file
        assert file.read_bytes() == b"precious"
        assert list_names(tmp_path) == ["precious.png"]

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"colormap": "virdis"}, "Unknown colormap 'virdis': did you mean viridis?"),
            ({"entries": -1}, "--entries: '-1' is below 0, the least allowed."),
            ({"entries": 2.5}, "--entries: '2.5' is not a whole number."),
            ({"minimum": 3, "maximum": 2}, "The minimum, 3, is above the maximum, 2"),
            ({"over": [1, 2]}, "--over takes three or four numbers from 0 to 1"),
            ({"input": "nowhere.png"}, "nowhere.png"),
        ],
    )
    def test_what_the_tool_refuses(self, precious, wrong, message):
        with pytest.raises(tools.ToolError, match=".") as raised:
            tools.apply_colormap(**{"input": FRAMES[0], "output": precious, **wrong})
        assert message in str(raised.value)
        assert "\n" not in str(raised.value) and "error:" not in str(raised.value)
        assert raised.value.exit_code == 1

    def test_an_unknown_keyword_is_answered_by_those_that_are_near(self, tool, function):
        with pytest.raises(
            TypeError, match=rf"{tool.function_name}\(\) has no parameter 'memry': did you mean 'memory'\?"
        ):
            function(memry=3)
        with pytest.raises(TypeError, match="has no parameter 'xyzzy'.$"):
            function(xyzzy=3)
        with pytest.raises(TypeError, match="missing a required argument"):
            function()

    def test_an_unknown_tool_is_answered_by_those_there_are(self):
        with pytest.raises(AttributeError, match="There is no tool 'aply_colormap': there are apply_colormap, "):
            tools.aply_colormap  # noqa: B018

    def test_a_comma_is_not_silently_a_second_file(self):
        with pytest.raises(ValueError, match="frames: 'a,b.png' has a comma.*rename the file"):
            tools.temporal_histogram(["a,b.png", "c.png"], median="median.mha")

    def test_a_tool_that_is_killed_or_missing(self, tmp_path):
        texts = {"frames": ["a"]}
        killed = make_tool(tmp_path, "import os\nos.kill(os.getpid(), 9)")
        with pytest.raises(tools.ToolError, match="TemporalHistogram was ended by SIGKILL") as raised:
            tools.run_tool(killed, texts)
        assert raised.value.exit_code == -signal.SIGKILL
        (tmp_path / "program").unlink()
        with pytest.raises(tools.ToolError, match="program' cannot be run: No such file"):
            tools.run_tool(killed, texts)

    def test_an_exit_code_is_passed_on(self, tmp_path):
        script = "import sys\nprint('TemporalHistogram: error: Alas.', file=sys.stderr)\nsys.exit(7)"
        failing = make_tool(tmp_path, script)
        with pytest.raises(tools.ToolError, match="^Alas.$") as raised:
            tools.run_tool(failing, {"frames": ["a"]})
        assert raised.value.exit_code == 7


def write_endless_series(folder):
    """A series whose histograms would take hours: of 8 GB that are not there, in small pieces of memory."""
    file = folder / "frames.mha"
    file.write_text(
        "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
        "DimSize = 4000 4000 500\nElementType = MET_UCHAR\nElementDataFile = LOCAL\n"
    )
    os.truncate(file, file.stat().st_size + 4000 * 4000 * 500)
    return file


def wait_for(condition):
    """Gives a busy machine its time, and a test that fails an end."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


FUNCTION = "import sys; from intensitymapping import tools; tools.temporal_histogram(sys.argv[1], memory=16, {})"
COMMAND = (
    "import sys; from intensitymapping.command_line import main; "
    "sys.exit(main(['temporal-histogram', sys.argv[1], '--memory=16', {}]))"
)
MEDIAN = "'--median', sys.argv[2] + '/median.mha'"
PLOT = "'--plot', sys.argv[2] + '/plot.png', '--plot-pixel=1,1', '--bins=2'"


@pytest.mark.parametrize(
    ("code", "number"),
    [
        (FUNCTION.format("median=sys.argv[2] + '/median.mha'"), signal.SIGINT),
        (COMMAND.format(MEDIAN), signal.SIGINT),
        (COMMAND.format(MEDIAN), signal.SIGTERM),
        (COMMAND.format(PLOT), signal.SIGINT),
        (COMMAND.format(PLOT), signal.SIGHUP),
    ],
)
def test_a_run_that_is_ended_leaves_nothing(tmp_path, code, number):
    frames = write_endless_series(tmp_path)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", code, frames, tmp_path],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    )
    # That of a plot is in a scratch folder: the plot is drawn from it.
    wait_for(lambda: list(tmp_path.rglob(".median.partial-*")))
    assert process.poll() is None
    # To Python alone, as Jupyter does; a terminal tells the tool, too.
    process.send_signal(number)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == (-number if number == signal.SIGINT else 128 + number)
    assert list_names(tmp_path) == ["frames.mha", "scratch"] and list_names(scratch) == []
    assert ("KeyboardInterrupt" in said) == ("import tools" in code)
