"""How the tests run the command-line tools: INTENSITYMAPPING_BIN is the folder of their executables."""

import os
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def run_tool():
    folder = os.environ.get("INTENSITYMAPPING_BIN")
    if not folder:
        pytest.fail("Set INTENSITYMAPPING_BIN to the folder of the executables, for instance build/bin.")

    def run(name, *arguments):
        command = [Path(folder) / name, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    return run
