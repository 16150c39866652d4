# SPDX-License-Identifier: Apache-2.0
"""What the tests of the tools share.

INTENSITYMAPPING_BIN may name a build's folder of executables: its ExampleCLI prints what its parser makes of a command
line, and its tools may draw by VTK. Tests that need them are skipped otherwise.
"""

import os
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st
from intensitymapping._descriptions import Tool, find_tools

REPOSITORY = Path(__file__).parents[2]
STREET = REPOSITORY / "examples/data/street"
FRAMES = sorted(STREET.glob("frame*.png"))
TOOLS = {tool.name: tool for tool in find_tools()}
BUILD = Path(os.environ["INTENSITYMAPPING_BIN"]).absolute() if "INTENSITYMAPPING_BIN" in os.environ else None

# Examples that run a program take their time on a machine that is busy.
hypothesis.settings.register_profile(
    "tools", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("tools")


def built_tool(name):
    """A tool of the build."""
    if BUILD is None or not (BUILD / name).exists():
        pytest.skip(f"INTENSITYMAPPING_BIN names no folder with {name}")
    return Tool.read(BUILD / f"{name}.xml", BUILD / name)


def texts():
    """What can be said on a command line, and printed in one line."""
    return st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cs"]), max_size=12)


def scalars(parameter):
    """What one element of a parameter may be."""
    if parameter.choices:
        return st.sampled_from(parameter.choices).map(parameter.scalar)
    limits = {
        name: parameter.scalar(text)
        for name, text in (("min_value", parameter.minimum), ("max_value", parameter.maximum))
        if text
    }
    if parameter.scalar is int:
        return st.integers(**{"min_value": -(2**31), "max_value": 2**31 - 1, **limits})
    if parameter.scalar is float:
        width = 32 if parameter.tag.startswith("float") else 64
        return st.floats(**limits, width=width, allow_nan=False, allow_infinity=not limits)
    if parameter.is_file:
        return texts().filter(lambda name: name and "," not in name)
    return texts()


def values(parameter):
    """What Python may give for a parameter."""
    if parameter.is_switch:
        return st.booleans()
    one = st.lists(scalars(parameter), min_size=1, max_size=4).map(tuple) if parameter.is_vector else scalars(parameter)
    return st.lists(one, min_size=1, max_size=3) if parameter.multiple else one


def assignments(tool):
    """Values of the positionals and of some of the options, by their names."""
    required = {parameter.name: values(parameter) for parameter in tool.parameters if parameter.is_positional}
    optional = {parameter.name: values(parameter) for parameter in tool.parameters if not parameter.is_positional}
    return st.fixed_dictionaries(required, optional=optional)


def texts_of(tool, assignment):
    """An assignment as texts of the command line."""
    parameters = {parameter.name: parameter for parameter in tool.parameters}
    return {name: parameters[name].format(value) for name, value in assignment.items() if value is not None}
