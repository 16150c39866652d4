"""How the tests run the command-line tools: INTENSITYMAPPING_BIN is the folder of their executables."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# They say in a line what they found; the others say nothing.
TOOLS_THAT_SUM_UP = {"InvertColormap"}

# Where generate_named_colormaps_reference.py is, which knows the colormaps of the peers.
sys.path.append(str(Path(__file__).parent.parent))


@pytest.fixture(scope="session")
def run_tool():
    folder = os.environ.get("INTENSITYMAPPING_BIN")
    if not folder:
        pytest.fail("Set INTENSITYMAPPING_BIN to the folder of the executables, for instance build/bin.")

    def run(name, *arguments):
        command = [Path(folder) / name, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.count("\n") == (1 if name in TOOLS_THAT_SUM_UP else 0)

    return run
