# SPDX-License-Identifier: Apache-2.0
"""Prints the comments of C++ headers as a Python dictionary: of each class its own text, under "", and those of its
public methods. wrapping/CMakeLists.txt has the docstrings of the wrapped classes made of it.

ITK's own way, by Doxygen, works in ITK's source tree only.
"""

import re
import sys
from pathlib import Path

# A comment and what it stands before, up to the next comment or empty line.
_COMMENTED = re.compile(r"/\*\*(?P<comment>.*?)\*/(?P<code>.*?)(?=/\*\*|\n[ \t]*\n|\Z)", re.DOTALL)
_CLASS = re.compile(r"\n(?:template <[^;{]*>\n)?class (?:\w+_EXPORT )?(\w+)")
_MACRO = re.compile(r"\bitk(Set|Get|Boolean)\w*Macro\((\w+)")
_METHOD = re.compile(r"^  ([A-Z]\w*)\(", re.MULTILINE)
_METHODS_OF_MACRO = {"Set": ("Set{}",), "Get": ("Get{}", "GetModifiable{}"), "Boolean": ("{}On", "{}Off")}


def _plain(comment: str) -> str:
    """The text of a comment, without the commands of Doxygen."""
    text = re.sub(r"^[ \t]*\* ?", "", comment, flags=re.MULTILINE)
    text = re.sub(r"\\(class|ingroup) .*\n?", "", text)
    text = re.sub(r"\\brief ", "", text)
    text = re.sub(r"\\sa ", "See also: ", text)
    return re.sub(r"\\code\n(.*?)\\endcode", _indent, text, flags=re.DOTALL).strip()


def _indent(code: re.Match) -> str:
    return "In C++::\n\n" + re.sub(r"^(?=.)", "    ", code[1], flags=re.MULTILINE)


def _methods(code: str) -> list[str]:
    """The names of the methods that a piece of code declares."""
    accessors = [name.format(member) for kind, member in _MACRO.findall(code) for name in _METHODS_OF_MACRO[kind]]
    return accessors + _METHOD.findall(code)


def read_documentation(header: str) -> dict[str, dict[str, str]]:
    """Of each class of a header, its text and those of its methods."""
    header = re.sub(r"\n(protected|private):\n.*?\n};", "\n};", header, flags=re.DOTALL)
    classes = {}
    methods = None
    for commented in _COMMENTED.finditer(header):
        text, code = _plain(commented["comment"]), commented["code"]
        if found := _CLASS.match(code):
            methods = classes.setdefault(found[1], {"": text})
        elif methods is not None:
            methods.update(dict.fromkeys(_methods(code), text))
    return classes


if __name__ == "__main__":
    documentation = {}
    for path in sys.argv[1:]:
        documentation |= read_documentation(Path(path).read_text(encoding="utf-8"))
    print(documentation)
