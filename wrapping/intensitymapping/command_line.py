# SPDX-License-Identifier: Apache-2.0
"""The console command `intensitymapping`: the demonstration, and a subcommand for each command-line tool.

The arguments of a tool are those of its description, and are written as the tool itself takes them.
"""

import argparse
import difflib
import functools
import itertools
import re
import shutil
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import intensitymapping
from intensitymapping._descriptions import RETURN_PARAMETER_FILE, Parameter, Tool, ToolError, find_tools

DEMO = "Makes pictures of a street, from real frames, and a page of them with the Python that made each."

TYPE_NAMES = {int: "integer", float: "number", str: "text"}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and exits as the tools do."""

    def __init__(self, **options: Any):
        width = min(shutil.get_terminal_size().columns, 100) - 2
        formatter = functools.partial(argparse.HelpFormatter, max_help_position=30, width=width)
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=formatter, **options)

    def add_general(self, version: str) -> argparse._ArgumentGroup:
        general = self.add_argument_group("General")
        general.add_argument("-h", "--help", action="help", help="Print this help and exit.")
        general.add_argument("--version", action="version", version=version, help="Print the version and exit.")
        return general

    def error(self, message: str) -> NoReturn:
        end = "" if message.endswith("?") else "."
        self.exit(1, f"{self.prog}: error: {message}{end} '{self.prog} --help' lists what is allowed.\n")


def _type_name(parameter: Parameter) -> str:
    """What the help shows in place of a value."""
    name = "name" if parameter.choices else TYPE_NAMES.get(parameter.scalar, parameter.tag)
    return f"<{name},..>" if parameter.is_vector else f"<{name}>"


def _describe(parameter: Parameter) -> str:
    """What the help says of a parameter."""
    texts = [parameter.documentation]
    if parameter.multiple and parameter.flags:
        texts.append("May be given several times.")
    if parameter.default is not None and not parameter.is_switch:
        texts.append(f"(default: {parameter.default_text})")
    return " ".join(texts).replace("%", "%%")


def _add_parameter(group: argparse._ArgumentGroup, parameter: Parameter) -> None:
    options: dict[str, Any] = {"dest": parameter.name, "help": _describe(parameter)}
    if parameter.is_switch:
        group.add_argument(*parameter.flags, action="append_const", const="", **options)
    elif parameter.flags:
        group.add_argument(*parameter.flags, action="append", metavar=_type_name(parameter), **options)
    elif parameter.multiple:
        group.add_argument(nargs="*", action="extend", metavar=parameter.keyword, **options)
    else:
        group.add_argument(action="append", metavar=parameter.keyword, **options)


def _fill_parser(parser: _Parser, tool: Tool) -> None:
    for group in tool.groups:
        taken = [parameter for parameter in group.parameters if not parameter.is_result]
        if taken:
            arguments = parser.add_argument_group(group.label, group.description.replace("%", "%%"))
            for parameter in taken:
                _add_parameter(arguments, parameter)
    _add_parameter(parser.add_general(f"{tool.name} {tool.version}"), RETURN_PARAMETER_FILE)


def _arrange(arguments: Sequence[str], flags_with_value: set[str]) -> tuple[list[str], list[str]]:
    """The options, each joined with its value, and the positionals.

    A value and a file name may begin with a dash, which argparse would take for that of an option.
    """
    options: list[str] = []
    positionals: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            positionals += rest
        elif argument in flags_with_value:
            options.append("=".join([argument, *itertools.islice(rest, 1)]))
        elif argument[:2] in flags_with_value:
            options.append(f"{argument[:2]}={argument[2:]}")
        else:
            (options if re.match("-[^0-9]", argument) else positionals).append(argument)
    return options, positionals


def _parse(parser: _Parser, tool: Tool, arguments: Sequence[str]) -> dict[str, list[str]]:
    """The texts of the parameters that are given, by their names."""
    parameters = [*tool.parameters, RETURN_PARAMETER_FILE]
    flags_with_value = {flag for parameter in parameters if not parameter.is_switch for flag in parameter.flags}
    options, positionals = _arrange(arguments, flags_with_value)
    known = [*(flag for parameter in parameters for flag in parameter.flags), "-h", "--help", "--version"]
    # A mistyped option is the likelier cause of whatever else is wrong.
    for option in options:
        name = option.partition("=")[0]
        if name not in known:
            near = difflib.get_close_matches(name, known)
            hint = f": did you mean '{near[0]}'?" if near else ""
            parser.error(f"unknown option '{name}'{hint}")
    given = parser.parse_args([*options, "--", *positionals])
    return {name: texts for name, texts in vars(given).items() if texts}


def _run_tool(parser: _Parser, tool: Tool, arguments: Sequence[str]) -> int:
    from intensitymapping.tools import run_tool

    try:
        run_tool(tool, _parse(parser, tool, arguments), quiet=False)
    except ToolError as error:
        if str(error):
            print(f"{parser.prog}: error: {error}", file=sys.stderr)
        return error.exit_code if error.exit_code > 0 else 128 - error.exit_code
    return 0


def _run_demo(output: str) -> int:
    from intensitymapping import demo

    try:
        page = demo.run(output)
    except OSError as error:
        message = f"'{error.filename}': {error.strerror}." if error.strerror else str(error)
        print(f"intensitymapping demo: error: {message}", file=sys.stderr)
        return 1
    print(f"The page of the pictures is {page.resolve()}")
    return 0


def _make_parser(tools: Sequence[Tool]) -> tuple[_Parser, Mapping[str, _Parser]]:
    """The parser of the command, and those of its subcommands."""
    parser = _Parser(prog="intensitymapping", description="Colours images, and counts what each pixel did over time.")
    commands = parser.add_subparsers(title="Commands", metavar="COMMAND", required=True)
    version = f"intensitymapping {intensitymapping.__version__}"
    parser.add_general(version)
    parser.epilog = "'%(prog)s COMMAND --help' tells what a command takes."

    demo = commands.add_parser("demo", help=DEMO, description=DEMO)
    demo.add_argument(
        "--output",
        metavar="<folder>",
        default="intensitymapping-demo",
        help="Where they go: a folder that is new, empty or of an earlier demonstration. (default: %(default)s)",
    )
    demo.add_general(version)
    for tool in tools:
        description = tool.description.replace("%", "%%")
        positionals = [parameter for parameter in tool.parameters if parameter.is_positional]
        names = [f"[{one.keyword} ...]" if one.multiple else one.keyword for one in positionals]
        subparser = commands.add_parser(
            tool.command_name,
            usage=" ".join(["%(prog)s [options]", *names]),
            help=description.partition(". ")[0].rstrip(".") + ".",
            description=description,
        )
        _fill_parser(subparser, tool)
    return parser, commands.choices


def _stop(number: int, frame: Any) -> NoReturn:
    raise SystemExit(128 + number)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the console command with these arguments, those of the process by default; returns its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    # That a tool is ended, too, and removes what is unfinished.
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)
    tools = {tool.command_name: tool for tool in find_tools()}
    parser, subparsers = _make_parser(list(tools.values()))
    try:
        if not arguments:
            parser.print_help(sys.stderr)
            return 1
        if arguments[0] in tools:
            return _run_tool(subparsers[arguments[0]], tools[arguments[0]], arguments[1:])
        return _run_demo(parser.parse_args(arguments).output)
    except KeyboardInterrupt:
        # So that a shell sees what ended this, and ends its loop.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
        raise
