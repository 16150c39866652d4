#!/usr/bin/env python3
"""Makes FooCLP.h, which defines PARSE_ARGS, from Foo.xml, as SlicerExecutionModel's GenerateCLP does.

Usage: GenerateCLP.py Foo.xml FooCLP.h
"""

import math
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

SCALARS = {"integer": "int", "float": "float", "double": "double", "boolean": "bool", "string": "std::string"}
FILES = {"file", "directory", "image", "geometry", "transform", "table", "measurement"}
RESERVED_LONG_FLAGS = {"help", "version", "xml", "returnparameterfile", "processinformationaddress"}
RESERVED_FLAGS = {"h"}

HEADER = """\
// Generated from {xml_name} by GenerateCLP.py.
#ifndef {name}CLP_h
#define {name}CLP_h

#include "CommandLine.h"

#define Module_EXPORT __attribute__((visibility("default")))

#ifdef main
#  undef main
#  define main ModuleEntryPoint
#endif

extern "C"
{{
  Module_EXPORT char *
  GetXMLModuleDescription();
  Module_EXPORT int
  ModuleEntryPoint(int argc, char * argv[]);
  Module_EXPORT char XMLModuleDescription[] =
{xml};
}}

char *
GetXMLModuleDescription()
{{
  return XMLModuleDescription;
}}

namespace
{{
struct {name}Parameters
{{
{declarations}
  std::string                returnParameterFile;
  ModuleProcessInformation * CLPProcessInformation{{ nullptr }};

  std::optional<int>
  Parse(int argc, char * argv[])
  {{
    IntensityMapping::CommandLine commandLine({title}, {description}, {version}, XMLModuleDescription);
{registrations}
    const auto exitCode = commandLine.Parse(argc, argv);
    returnParameterFile = commandLine.returnParameterFile;
    CLPProcessInformation = commandLine.processInformation;
    return exitCode;
  }}
}};
}} // namespace

#define PARSE_ARGS \\
  {name}Parameters commandLineParameters; \\
  if (const auto exitCode = commandLineParameters.Parse(argc, argv)) \\
  {{ \\
    return *exitCode; \\
  }} \\
{references}
  static_assert(true, "")

#endif
"""


class DescriptionError(Exception):
    pass


def text_of(element, tag):
    """The text of a child element, its white space collapsed."""
    return " ".join((element.findtext(tag) or "").split())


def quote(text):
    """The text as a C++ string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def number(text, what):
    try:
        return float(text)
    except ValueError:
        raise DescriptionError(f"{what}: '{text}' is not a number") from None


class Parameter:
    """One parameter, as SlicerExecutionModel understands it."""

    def __init__(self, element):
        self.tag = element.tag
        self.long_flag = text_of(element, "longflag").lstrip("-")
        self.flag = text_of(element, "flag").lstrip("-")
        self.name = text_of(element, "name") or self.long_flag
        self.index = text_of(element, "index")
        self.description = text_of(element, "description")
        self.default = text_of(element, "default")
        self.choices = [" ".join((choice.text or "").split()) for choice in element.findall("element")]
        self.is_vector = self.tag.endswith("-vector")
        self.is_enumeration = self.tag.endswith("-enumeration")
        self.multiple = element.get("multiple") == "true"
        base = re.sub("-(vector|enumeration)$", "", self.tag)
        self.scalar = SCALARS.get(base, "std::string")
        self.minimum = text_of(element, "constraints/minimum")
        self.maximum = text_of(element, "constraints/maximum")
        # A simple value that the tool gives back: it is written into the return parameter file, not given.
        self.is_result = (
            text_of(element, "channel") == "output" and base in SCALARS and not (self.index or self.flags())
        )
        self.verify(base)

    def flags(self):
        return self.long_flag or self.flag

    def verify(self, base):
        what = f"<{self.tag}> {self.name}"
        if base not in SCALARS and self.tag not in FILES:
            raise DescriptionError(f"{what}: no such type of parameter is known")
        if not re.fullmatch("[A-Za-z][A-Za-z0-9_]*", self.name):
            raise DescriptionError(f"{what}: the name is no C++ identifier")
        if not (self.index or self.flags() or self.is_result):
            raise DescriptionError(f"{what}: needs <longflag>, <flag> or <index>")
        if self.index and self.flags():
            raise DescriptionError(f"{what}: has both an <index> and a flag")
        if self.long_flag in RESERVED_LONG_FLAGS or self.flag in RESERVED_FLAGS:
            raise DescriptionError(f"{what}: the flag is taken by every tool")
        if self.is_enumeration and self.default and self.default not in self.choices:
            raise DescriptionError(f"{what}: the default '{self.default}' is none of its elements")
        if self.scalar == "bool" and self.default not in ("", "false"):
            raise DescriptionError(f"{what}: a switch is off by default: SlicerExecutionModel ignores its default")

    def cpp_type(self):
        scalar = f"std::vector<{self.scalar}>" if self.is_vector else self.scalar
        return f"std::vector<{scalar}>" if self.multiple else scalar

    def cpp_value(self, text):
        if self.scalar == "std::string":
            return quote(text)
        value = number(text, self.name)
        if math.isnan(value):
            return f"std::numeric_limits<{self.scalar}>::quiet_NaN()"
        if math.isinf(value):
            return ("-" if value < 0 else "") + f"std::numeric_limits<{self.scalar}>::infinity()"
        if self.scalar == "int":
            return str(int(text))
        return repr(value) + ("F" if self.scalar == "float" else "")

    def cpp_default(self):
        if self.scalar == "bool":
            return "false"
        if self.multiple or not self.default:
            return ""
        texts = self.default.split(",") if self.is_vector else [self.default]
        return ", ".join(self.cpp_value(text.strip()) for text in texts)

    def declaration(self):
        default = self.cpp_default()
        return (
            f"  {self.cpp_type()} {self.name}{{ {default} }};" if default else f"  {self.cpp_type()} {self.name}{{}};"
        )

    def type_name(self):
        """What the help shows in place of a value."""
        if self.is_enumeration:
            return "name" if self.scalar == "std::string" else "number"
        name = {"int": "integer", "float": "number", "double": "number"}.get(self.scalar)
        name = name or ("text" if self.tag.startswith("string") else self.tag)
        return f"{name},.." if self.is_vector else name

    def default_text(self):
        """The default as the help shows it; that nothing or NaN is the default is for the description to explain."""
        is_shown = self.default and self.default.lower() != "nan" and self.scalar != "bool" and not self.multiple
        return self.default if is_shown else ""

    def registration(self):
        lines = [
            "    {",
            "      IntensityMapping::CommandLine::Parameter parameter;",
            f"      parameter.name = {quote(self.name)};",
        ]
        texts = {
            "flag": self.flag,
            "longFlag": self.long_flag,
            "type": self.type_name(),
            "description": self.description,
            "defaultText": self.default_text(),
        }
        lines += [f"      parameter.{member} = {quote(text)};" for member, text in texts.items() if text]
        if self.choices:
            lines.append(f"      parameter.choices = {{ {', '.join(map(quote, self.choices))} }};")
        for member, text in (("minimum", self.minimum), ("maximum", self.maximum)):
            if text:
                lines.append(f"      parameter.{member} = {number(text, self.name)!r};")
        if self.multiple:
            lines.append("      parameter.multiple = true;")
        return lines + [f"      commandLine.Add({self.name}, parameter);", "    }"]


def read_groups(root):
    """The label and the parameters of each group."""
    groups = []
    for group in root.findall("parameters"):
        elements = [element for element in group if element.tag not in ("label", "description")]
        groups.append((text_of(group, "label"), [Parameter(element) for element in elements]))
    return groups


def verify_unique(parameters):
    for what in ("name", "flag", "long_flag", "index"):
        values = [getattr(parameter, what) for parameter in parameters if getattr(parameter, what)]
        for value in values:
            if values.count(value) > 1:
                raise DescriptionError(f"{what} '{value}' is used twice")


def verify_positionals(parameters):
    """SlicerExecutionModel takes positionals in the order of the file, 3D Slicer in the order of their indices."""
    positionals = [parameter for parameter in parameters if parameter.index]
    if [parameter.index for parameter in positionals] != [str(index) for index in range(len(positionals))]:
        raise DescriptionError("the indices have to be 0, 1, .. in the order of the file")
    if any(parameter.multiple for parameter in positionals[:-1]):
        raise DescriptionError("only the last positional can be multiple")


def generate(xml_path):
    xml = xml_path.read_text(encoding="utf-8")
    root = ElementTree.fromstring(xml.encode("utf-8"))
    groups = read_groups(root)
    parameters = [parameter for _, group in groups for parameter in group]
    verify_unique(parameters)
    verify_positionals(parameters)

    registrations = []
    for label, group in groups:
        registrations.append(f"    commandLine.BeginGroup({quote(label)});")
        for parameter in group:
            if not parameter.is_result:
                registrations += parameter.registration()
    names = [parameter.name for parameter in parameters] + ["returnParameterFile", "CLPProcessInformation"]
    return HEADER.format(
        xml_name=xml_path.name,
        name=xml_path.stem,
        xml="\n".join("    " + quote(line)[:-1] + '\\n"' for line in xml.splitlines()),
        title=quote(xml_path.stem),
        description=quote(text_of(root, "description")),
        version=quote(text_of(root, "version")),
        declarations="\n".join(parameter.declaration() for parameter in parameters),
        registrations="\n".join(registrations),
        references="\n".join(f"  [[maybe_unused]] auto & {name} = commandLineParameters.{name}; \\" for name in names),
    )


def main():
    xml_path, header_path = map(Path, sys.argv[1:])
    try:
        header_path.write_text(generate(xml_path), encoding="utf-8")
    except (DescriptionError, ElementTree.ParseError) as error:
        sys.exit(f"{xml_path}: {error}")


if __name__ == "__main__":
    main()
