# SPDX-License-Identifier: Apache-2.0
"""What the tools are and take, read from the XML files that the tools are made from and 3D Slicer reads."""

import dataclasses
import importlib.resources
import numbers
import os
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Mapping, Sequence
from keyword import iskeyword
from pathlib import Path
from typing import Any

FileName = str | os.PathLike[str]


class ToolError(RuntimeError):
    """A tool refused or failed. The message is what it said, in one line; empty if it said so on the standard error."""

    def __init__(self, message: str, exit_code: int = 1):
        super().__init__(message)
        self.exit_code = exit_code


# Where people import it from, and find it in a traceback.
ToolError.__module__ = "intensitymapping.tools"

SCALARS: dict[str, type] = {"integer": int, "float": float, "double": float, "boolean": bool, "string": str}


def snake_case(name: str) -> str:
    """ApplyColormap and plot-pixel as apply_colormap and plot_pixel."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|-", "_", name).lower()


def text_of(element: ElementTree.Element, tag: str) -> str:
    """The text of a child element, its white space collapsed."""
    return " ".join((element.findtext(tag) or "").split())


def format_value(value: Any) -> str:
    """A number, a path or a text as the tools read it."""
    if isinstance(value, numbers.Real) and not isinstance(value, numbers.Integral):
        return repr(float(value))
    return os.fspath(value) if isinstance(value, os.PathLike) else str(value)


def list_values(value: Any) -> list[Any]:
    """The values of a sequence; a name or a number alone is the only one."""
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str | os.PathLike) else [value]


@dataclasses.dataclass(frozen=True)
class Parameter:
    """One parameter of a tool, as SlicerExecutionModel understands it."""

    tag: str
    name: str
    description: str
    flag: str = ""
    long_flag: str = ""
    index: str = ""
    channel: str = ""
    default_text: str = ""
    choices: tuple[str, ...] = ()
    minimum: str = ""
    maximum: str = ""
    multiple: bool = False

    @classmethod
    def read(cls, element: ElementTree.Element) -> "Parameter":
        long_flag = text_of(element, "longflag").lstrip("-")
        return cls(
            tag=element.tag,
            name=text_of(element, "name") or long_flag,
            description=text_of(element, "description"),
            flag=text_of(element, "flag").lstrip("-"),
            long_flag=long_flag,
            index=text_of(element, "index"),
            channel=text_of(element, "channel"),
            default_text=text_of(element, "default"),
            choices=tuple(" ".join((choice.text or "").split()) for choice in element.findall("element")),
            minimum=text_of(element, "constraints/minimum"),
            maximum=text_of(element, "constraints/maximum"),
            multiple=element.get("multiple") == "true",
        )

    @property
    def scalar(self) -> Any:
        """The type of the value, or of each of its elements."""
        return SCALARS.get(re.sub("-(vector|enumeration)$", "", self.tag), FileName)

    @property
    def is_file(self) -> bool:
        return self.scalar is FileName

    @property
    def is_switch(self) -> bool:
        return self.scalar is bool

    @property
    def is_vector(self) -> bool:
        return self.tag.endswith("-vector")

    @property
    def is_positional(self) -> bool:
        return bool(self.index)

    @property
    def is_result(self) -> bool:
        """Whether the tool reports it, rather than takes it."""
        return self.channel == "output" and not (self.is_file or self.is_positional or self.flags)

    @property
    def flags(self) -> list[str]:
        """The names of the option, the short one first; none of a positional."""
        return [dashes + name for dashes, name in (("-", self.flag), ("--", self.long_flag)) if name]

    @property
    def keyword(self) -> str:
        """What Python calls it: as the command line does. Positionals lose the suffix that 3D Slicer gives images."""
        name = snake_case(self.long_flag or re.sub("(?<=.)Volume(?=s?$)", "", self.name))
        return name + "_" if iskeyword(name) else name

    @property
    def default(self) -> Any:
        """The default in Python. None stands for nothing and for NaN: the description says what these mean."""
        if self.is_switch:
            return False
        if self.multiple or self.default_text.lower() in ("", "nan"):
            return None
        return self.parse(self.default_text)

    @property
    def annotation(self) -> Any:
        """The type of what Python gives."""
        if self.is_result:
            return self.scalar
        one: Any = Sequence[self.scalar] if self.is_vector else self.scalar  # type: ignore[name-defined]
        several: Any = one | Sequence[one] if self.multiple else one
        return several | None if self.default is None and not self.is_positional else several

    @property
    def documentation(self) -> str:
        """The description, with what is allowed."""
        texts = [self.description]
        if self.choices:
            texts.append(f"One of: {', '.join(self.choices)}.")
        if self.minimum and self.maximum:
            texts.append(f"From {self.minimum} to {self.maximum}.")
        elif self.minimum or self.maximum:
            texts.append(f"At least {self.minimum}." if self.minimum else f"At most {self.maximum}.")
        return " ".join(texts)

    def parse(self, text: str) -> Any:
        """The value that a text on the command line stands for."""
        if self.is_switch:
            return text.lower() in ("true", "1")
        scalar = str if self.is_file else self.scalar
        return tuple(scalar(part) for part in text.split(",") if part) if self.is_vector else scalar(text)

    def evaluate(self, texts: Sequence[str]) -> Any:
        """The value of all uses of the option; the last one counts, unless it is multiple."""
        if not texts or self.is_switch:
            return bool(texts) if self.is_switch else self.default
        if not self.multiple:
            return self.parse(texts[-1])
        if self.is_vector:
            return [self.parse(text) for text in texts]
        return [self.parse(part) for text in texts for part in text.split(",") if part]

    def format(self, value: Any) -> list[str]:
        """The texts that stand for a value on the command line, one for each use of the option."""
        if self.is_switch:
            return [""] if value else []
        return [self._join(one) for one in (list_values(value) if self.multiple else [value])]

    def _join(self, value: Any) -> str:
        parts = [format_value(part) for part in (list_values(value) if self.is_vector else [value])]
        divided = next((part for part in parts if "," in part), None) if self.is_vector or self.multiple else None
        if divided is not None:
            what = "rename the file" if self.is_file else "give a list"
            raise ValueError(f"{self.keyword}: '{divided}' has a comma, at which the tools divide values: {what}.")
        return ",".join(parts)


RETURN_PARAMETER_FILE = Parameter(
    tag="file",
    name="returnParameterFile",
    description="Write the results that are simple values into this file, as 'name = value' lines.",
    long_flag="returnparameterfile",
    channel="output",
)


@dataclasses.dataclass(frozen=True)
class Group:
    """Parameters that belong together."""

    label: str
    description: str
    parameters: tuple[Parameter, ...]


@dataclasses.dataclass(frozen=True)
class Tool:
    """A command-line tool."""

    name: str
    description: str
    version: str
    groups: tuple[Group, ...]
    xml: Path
    executable: Path

    @classmethod
    def read(cls, xml: Path, executable: Path) -> "Tool":
        root = ElementTree.parse(xml).getroot()
        groups = tuple(
            Group(
                text_of(group, "label"),
                text_of(group, "description"),
                tuple(Parameter.read(child) for child in group if child.tag not in ("label", "description")),
            )
            for group in root.findall("parameters")
        )
        return cls(xml.stem, text_of(root, "description"), text_of(root, "version"), groups, xml, executable)

    @property
    def parameters(self) -> list[Parameter]:
        """What it takes: first the positionals, in their order."""
        taken = [parameter for group in self.groups for parameter in group.parameters if not parameter.is_result]
        return sorted(taken, key=lambda parameter: int(parameter.index) if parameter.is_positional else len(taken))

    @property
    def results(self) -> list[Parameter]:
        """What it reports."""
        return [parameter for group in self.groups for parameter in group.parameters if parameter.is_result]

    @property
    def function_name(self) -> str:
        return snake_case(self.name)

    @property
    def command_name(self) -> str:
        return self.function_name.replace("_", "-")

    def values(self, texts: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """The values that the texts of a command line stand for, and the defaults of what is not given, by name."""
        return {parameter.name: parameter.evaluate(texts.get(parameter.name, ())) for parameter in self.parameters}

    def command_line(self, texts: Mapping[str, Sequence[str]]) -> list[str]:
        """What runs the tool with the texts of each parameter that is given, by its name."""
        options: list[str] = []
        positionals: list[str] = []
        for parameter in [*self.parameters, RETURN_PARAMETER_FILE]:
            for text in texts.get(parameter.name, ()):
                if parameter.is_positional:
                    positionals.append(text)
                elif parameter.is_switch:
                    options.append(parameter.flags[-1])
                elif parameter.long_flag:
                    options.append(f"--{parameter.long_flag}={text}")
                else:
                    options += [f"-{parameter.flag}", text]
        return [str(self.executable), *options, *(["--", *positionals] if positionals else [])]


def find_tools() -> list[Tool]:
    """The tools of this installation, sorted by their names.

    The environment variable INTENSITYMAPPING_TOOLS names a folder, with the executables and their XML files, whose
    tools are to be used instead.
    """
    folder = os.environ.get("INTENSITYMAPPING_TOOLS")
    package = Path(str(importlib.resources.files(__package__)))
    descriptions, executables = [Path(folder).absolute()] * 2 if folder else [package / "descriptions", package / "bin"]
    return [Tool.read(xml, executables / xml.stem) for xml in sorted(descriptions.glob("*.xml"))]
