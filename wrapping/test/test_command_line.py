# SPDX-License-Identifier: Apache-2.0
"""The console command: it takes what the tools take, says what they say, and ends as they end."""

import contextlib
import os
import pty
import re
import subprocess
import sys

import hypothesis
import intensitymapping
import itk
import numpy as np
import pytest
from hypothesis import strategies as st
from intensitymapping import command_line
from intensitymapping._descriptions import RETURN_PARAMETER_FILE
from tool_testing import FRAMES, STREET, TOOLS, assignments, built_tool, texts_of

STREET_PATTERN = str(STREET / "frame*.png")
COMMAND = [sys.executable, "-c", "import sys; from intensitymapping.command_line import main; sys.exit(main())"]


def run(*arguments, **options):
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, **options)


def run_well(*arguments, **options):
    done = run(*arguments, **options)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def error_of(*arguments, **options):
    """What a command that fails says, which is one line."""
    done = run(*arguments, **options)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    return done.stderr


def read(file):
    return itk.array_from_image(itk.imread(str(file)))


def parse(tool, arguments):
    _, subparsers = command_line._make_parser([tool])
    return command_line._parse(subparsers[tool.command_name], tool, arguments)


def words_of(text):
    """For comparisons without how lines were broken, which argparse may do at hyphens."""
    return re.sub(r"\s+", "", text)


def read_to_the_end(terminal):
    """What is written to a terminal, until all that might write have ended, of which Linux tells by an error."""
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 4096):
            yield part


class TestHelp:
    def test_it_lists_the_commands_with_what_they_do(self):
        text = run_well("--help")
        assert run("-h").stdout == text
        for tool in TOOLS.values():
            assert f"\n    {tool.command_name}" in text
            assert words_of(tool.description.partition(". ")[0]) in words_of(text)
        assert "\n    demo" in text

    def test_nothing_is_answered_by_the_help_and_a_failure(self):
        done = run()
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == run_well("--help")

    @pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.name)
    def test_that_of_a_tool_is_its_description(self, tool):
        text = run_well(tool.command_name, "--help", env={**os.environ, "COLUMNS": "100"})
        assert max(map(len, text.splitlines())) <= 100
        words = words_of(text)
        assert words_of(tool.description) in words
        for group in tool.groups:
            if any(not parameter.is_result for parameter in group.parameters):
                assert f"\n{group.label}:\n" in text
                assert words_of(group.description) in words
        for parameter in tool.parameters:
            assert words_of(parameter.documentation) in words
            for flag in parameter.flags or [parameter.keyword]:
                assert re.search(rf"^  (-\w[^-]*, )?{re.escape(flag)}\b", text, re.MULTILINE)
            if parameter.default is not None and not parameter.is_switch:
                assert words_of(f"{parameter.documentation} (default: {parameter.default_text})") in words
        for result in tool.results:
            assert result.name not in text

    @pytest.mark.parametrize("tool", TOOLS.values(), ids=lambda tool: tool.name)
    def test_versions(self, tool):
        assert run_well(tool.command_name, "--version") == f"{tool.name} {tool.version}\n"
        assert run_well("--version") == f"intensitymapping {intensitymapping.__version__}\n"


class TestSyntax:
    """The same arguments mean the same to the command as to the executables."""

    @hypothesis.given(st.data())
    def test_what_the_functions_say_is_understood(self, data):
        for tool in TOOLS.values():
            texts = {name: given for name, given in texts_of(tool, data.draw(assignments(tool))).items() if given}
            assert parse(tool, tool.command_line(texts)[1:]) == texts

    @hypothesis.settings(max_examples=150)
    @hypothesis.given(st.data())
    def test_whatever_is_typed_means_what_it_means_to_the_executable(self, data):
        tool = built_tool("ExampleCLI")
        values = st.sampled_from(["-3", "7", "-1e-3", "-1,2.5", "--", "-", "-x", "a b", "", "gray", "-0", "nan", "=3"])
        options = st.sampled_from(
            ["--minimum", "-m", "--bins", "--edges", "--shape", "--gamma", "--colormap", "--title", "--mask"]
        )
        token = st.one_of(
            values,
            options,
            st.builds("{}={}".format, options, values),
            st.builds("-m{}".format, values),
            st.sampled_from(["--invert", "--medain", "--medain=3", "-q", "out.mha", "-5", "--bins=7"]),
        )
        # After the first, argparse takes another one for what parts the positionals, the executable for a file's name.
        arguments = data.draw(st.lists(token, max_size=7).filter(lambda tokens: tokens.count("--") < 2))
        expected = subprocess.run([tool.executable, *arguments], capture_output=True, text=True)
        try:
            command = tool.command_line(parse(tool, arguments))
        except SystemExit as refusal:
            assert refusal.code == expected.returncode
        else:
            done = subprocess.run(command, capture_output=True, text=True)
            assert (done.returncode, done.stdout) == (expected.returncode, expected.stdout)

    def test_negative_numbers_and_file_names_that_begin_with_a_dash(self, tmp_path):
        values = np.arange(-8, 4, dtype=np.int16).reshape(3, 4)
        itk.imwrite(itk.image_from_array(values), str(tmp_path / "-in.mha"))
        options = ["--minimum", "-1e0", "--maximum=2", "--under", "1,0,1", "--returnparameterfile", "-results.txt"]
        run_well("apply-colormap", *options, "--rgb", "--", "-in.mha", "-out.png", cwd=tmp_path)
        assert (read(tmp_path / "-out.png")[values < -1] == [255, 0, 255]).all()
        assert (tmp_path / "-results.txt").read_text() == "usedMinimum = -1\nusedMaximum = 2\n"

    def test_an_option_between_file_names_and_one_given_twice(self, tmp_path):
        run_well("temporal-histogram", FRAMES[0], "--bins", 3, "--count", tmp_path / "n.mha", *FRAMES[1:4], "--bins=4")
        run_well("temporal-histogram", *FRAMES[:4], "--bins=4", "--count", tmp_path / "expected.mha")
        assert (tmp_path / "n.mha").read_bytes() == (tmp_path / "expected.mha").read_bytes()


class TestErrors:
    def test_a_mistyped_option_is_answered_by_the_one_that_is_near(self):
        message = error_of("temporal-histogram", "--medain", "median.mha")
        assert message == (
            "intensitymapping temporal-histogram: error: unknown option '--medain': did you mean '--median'? "
            "'intensitymapping temporal-histogram --help' lists what is allowed.\n"
        )

    @pytest.mark.parametrize("arguments", [["apply-colormap"], ["apply-colormap", "in.png"]])
    def test_a_missing_file_name(self, arguments):
        assert "output" in error_of(*arguments)

    def test_a_missing_value(self):
        assert "--colormap: expected one argument" in error_of("apply-colormap", "a.png", "b.png", "--colormap")

    def test_an_unknown_command(self):
        message = error_of("demmo")
        assert "demmo" in message and all(tool.command_name in message for tool in TOOLS.values())

    def test_what_the_tool_says_is_passed_on(self, tmp_path):
        message = error_of("apply-colormap", FRAMES[0], tmp_path / "out.png", "--colormap", "virdis")
        assert message.startswith("ApplyColormap: error: Unknown colormap 'virdis': did you mean viridis?")
        assert list(tmp_path.iterdir()) == []

    def test_what_is_wrong_with_a_chart(self, tmp_path):
        options = ["--plot", tmp_path / "plot.png", "--plot-pixel=500,0"]
        assert "of a pixel in the frames, which are 384 x 288." in error_of("temporal-histogram", *FRAMES[:3], *options)
        assert "--plot-pixel: 'x' is not a whole number." in error_of(
            "temporal-histogram", *FRAMES[:3], *options, "--plot-pixel", "x"
        )
        assert list(tmp_path.iterdir()) == []


class TestRuns:
    def test_the_command_and_the_function_write_the_same_bytes(self, tmp_path):
        from intensitymapping import tools

        options = ["--bins", 32, "--minimum=-5", "--maximum", 260, "--median", tmp_path / "command.mha"]
        assert run_well("temporal-histogram", STREET_PATTERN, *options) == ""
        tools.temporal_histogram(STREET_PATTERN, bins=32, minimum=-5, maximum=260, median=tmp_path / "function.mha")
        assert (tmp_path / "command.mha").read_bytes() == (tmp_path / "function.mha").read_bytes()

    def test_charts_and_what_else_was_asked_for(self, tmp_path):
        pytest.importorskip("matplotlib")
        results = tmp_path / "results.txt"
        options = ["--plot", tmp_path / "plot.png", "--plot-pixel", "326,169", "--mean", tmp_path / "mean.mha"]
        run_well("temporal-histogram", STREET_PATTERN, *options, "--returnparameterfile", results)
        assert read(tmp_path / "plot.png").shape[:2] == (600, 900)
        assert "numberOfFrames = 60" in results.read_text()
        run_well("apply-colormap", tmp_path / "mean.mha", tmp_path / "c.png", "--figure", tmp_path / "figure.png")
        assert sorted(file.name for file in tmp_path.iterdir()) == [
            "c.png",
            "figure.png",
            "mean.mha",
            "plot.png",
            "results.txt",
        ]

    def test_progress_is_shown_on_a_terminal(self, tmp_path):
        ours, theirs = pty.openpty()
        arguments = ["temporal-histogram", STREET_PATTERN, "--median", str(tmp_path / "median.mha")]
        with subprocess.Popen([*COMMAND, *arguments], stderr=theirs) as process:
            os.close(theirs)
            shown = b"".join(read_to_the_end(ours))
        os.close(ours)
        assert process.returncode == 0
        assert b"Counting [" in shown and b"%" in shown

    def test_a_tool_that_is_killed_ends_the_command_as_a_shell_would_say(self, tmp_path, monkeypatch, capfd):
        program = tmp_path / "TemporalHistogram"
        program.write_text("#!/bin/sh\nkill -KILL $$\n")
        program.chmod(0o755)
        (tmp_path / "TemporalHistogram.xml").write_bytes(TOOLS["TemporalHistogram"].xml.read_bytes())
        monkeypatch.setenv("INTENSITYMAPPING_TOOLS", str(tmp_path))
        assert command_line.main(["temporal-histogram", "a", "--median", "b.mha"]) == 128 + 9
        message = capfd.readouterr().err
        assert message == "intensitymapping temporal-histogram: error: TemporalHistogram was ended by SIGKILL.\n"

    def test_the_results_file_is_the_only_parameter_beside_the_description(self):
        for tool in TOOLS.values():
            assert RETURN_PARAMETER_FILE.name not in {parameter.name for parameter in tool.parameters}
