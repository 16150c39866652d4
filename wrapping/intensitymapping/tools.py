# SPDX-License-Identifier: Apache-2.0
"""The command-line tools as functions: one for each, made from its description.

>>> from intensitymapping import tools
>>> tools.temporal_histogram("street/frame*.png", median="median.mha")
TemporalHistogramResults(number_of_frames=60, used_minimum=-0.5, used_maximum=255.5)
>>> tools.apply_colormap("median.mha", "median.png", colormap="magma", maximum=200)
ApplyColormapResults(used_minimum=0.0, used_maximum=200.0)

help() of a function describes its parameters. What a tool refuses raises ToolError, in the words of the tool.
"""

import difflib
import functools
import inspect
import signal
import subprocess
import tempfile
import textwrap
import typing
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from intensitymapping import _charts
from intensitymapping._descriptions import RETURN_PARAMETER_FILE, Parameter, Tool, ToolError, find_tools

__all__ = ["ToolError"]

Texts = Mapping[str, Sequence[str]]


def run_tool(tool: Tool, texts: Texts, quiet: bool = True) -> Any:
    """Runs a tool with the texts of the parameters that are given, by their names, and returns what it reports.

    Unless it is to be quiet, the tool says what it found, shows its progress and says its errors.
    """
    with tempfile.TemporaryDirectory(prefix="intensitymapping-") as folder:
        results_file = texts.get(RETURN_PARAMETER_FILE.name, [""])[-1] or str(Path(folder) / "results.txt")
        texts = {**texts, RETURN_PARAMETER_FILE.name: [results_file]}

        def run(texts: Texts, quiet: bool = quiet) -> Any:
            _execute(tool, texts, quiet)
            return _read_results(tool, Path(results_file))

        if not _charts.list_charts(texts):
            return run(texts)
        try:
            # A tool with VTK draws by itself; one without refuses before it reads a pixel.
            return run(texts, quiet=True)
        except ToolError as error:
            if not str(error).startswith("This build has no VTK"):
                raise
        return _charts.run_and_draw(tool, texts, run, Path(folder))


def _execute(tool: Tool, texts: Texts, quiet: bool) -> None:
    try:
        process = subprocess.Popen(
            tool.command_line(texts),
            stdout=subprocess.DEVNULL if quiet else None,
            stderr=subprocess.PIPE if quiet else None,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise ToolError(f"'{tool.executable}' cannot be run: {error.strerror}.") from None
    with process:
        try:
            said = process.communicate()[1] or ""
        except BaseException:
            # The tool removes what is unfinished, and ends.
            process.terminate()
            process.wait()
            raise
    if process.returncode != 0:
        raise ToolError(_describe_failure(tool, process.returncode, said), process.returncode)
    for note in said.splitlines():
        warnings.warn(note, stacklevel=5)


def _describe_failure(tool: Tool, exit_code: int, said: str) -> str:
    """In one line; an empty one if the tool has said it on the standard error."""
    if exit_code < 0:
        return f"{tool.name} was ended by {signal.Signals(-exit_code).name}."
    return said.strip().rpartition("\n")[2].removeprefix(f"{tool.name}: error: ")


@functools.cache
def _make_results_type(tool: Tool) -> Any:
    """The named tuple of what a tool reports."""
    fields = [(result.keyword, result.annotation) for result in tool.results]
    results_type: Any = typing.NamedTuple(f"{tool.name}Results", fields)  # type: ignore[misc]
    results_type.__doc__ = f"What {tool.function_name}() found."
    results_type.__module__ = __name__
    for result in tool.results:
        getattr(results_type, result.keyword).__doc__ = result.description
    return results_type


def _read_results(tool: Tool, file: Path) -> Any:
    if not tool.results:
        return None
    texts = dict(line.split(" = ", 1) for line in file.read_text().splitlines())
    return _make_results_type(tool)(*(result.parse(texts[result.name]) for result in tool.results))


def _make_signature(tool: Tool) -> inspect.Signature:
    return inspect.Signature(
        [
            inspect.Parameter(
                parameter.keyword,
                inspect.Parameter.POSITIONAL_OR_KEYWORD if parameter.is_positional else inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if parameter.is_positional else parameter.default,
                annotation=parameter.annotation,
            )
            for parameter in tool.parameters
        ],
        return_annotation=_make_results_type(tool) if tool.results else None,
    )


def _list_parameters(parameters: Sequence[Parameter], indent: str = "") -> list[str]:
    """The lines that describe parameters."""
    wrap = functools.partial(textwrap.wrap, initial_indent=f"{indent}    ", subsequent_indent=f"{indent}    ", width=79)
    lines = []
    for parameter in parameters:
        kind = inspect.formatannotation(parameter.annotation).replace("collections.abc.", "")
        lines += [f"{indent}{parameter.keyword} : {kind}", *wrap(parameter.documentation)]
    return lines


def _make_documentation(tool: Tool) -> str:
    lines = [*textwrap.wrap(tool.description, 79), "", "Parameters", "----------", *_list_parameters(tool.parameters)]
    if tool.results:
        lines += ["", "Returns", "-------", f"{tool.name}Results", *_list_parameters(tool.results, "    ")]
    lines += ["", "Raises", "------", "ToolError", "    With the words of the tool, if it refuses or fails."]
    return "\n".join(lines)


def make_function(tool: Tool) -> Callable[..., Any]:
    """The function that runs a tool."""
    signature = _make_signature(tool)
    parameters = {parameter.keyword: parameter for parameter in tool.parameters}

    def function(*args: Any, **kwargs: Any) -> Any:
        for name in kwargs:
            if name not in parameters:
                near = difflib.get_close_matches(name, parameters)
                hint = f": did you mean {' or '.join(map(repr, near))}?" if near else "."
                raise TypeError(f"{tool.function_name}() has no parameter '{name}'{hint}")
        given = signature.bind(*args, **kwargs).arguments
        return run_tool(
            tool,
            {
                parameters[name].name: parameters[name].format(value)
                for name, value in given.items()
                if value is not None
            },
        )

    function.__name__ = function.__qualname__ = tool.function_name
    function.__module__ = __name__
    function.__doc__ = _make_documentation(tool)
    function.__signature__ = signature  # type: ignore[attr-defined]
    function.__annotations__ = {
        **{name: parameter.annotation for name, parameter in signature.parameters.items()},
        "return": signature.return_annotation,
    }
    return function


for _tool in find_tools():
    globals()[_tool.function_name] = make_function(_tool)
    __all__ += [_tool.function_name]
    if _tool.results:
        globals()[f"{_tool.name}Results"] = _make_results_type(_tool)


def __getattr__(name: str) -> Callable[..., Any]:
    tools = [name for name in __all__ if name != "ToolError"]
    raise AttributeError(f"There is no tool '{name}': there are {', '.join(tools) or 'none in this installation'}.")
