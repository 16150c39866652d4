# SPDX-License-Identifier: Apache-2.0
"""Follows a long run, and stops it: by a callback that raises, or by Ctrl-C.

python progress.py FRAME...
"""

import sys

import itk
import numpy as np


class Enough(Exception):
    """Half of the work is enough here."""


def main(*frame_files):
    frames = np.stack([itk.array_from_image(itk.imread(name)) for name in sorted(frame_files)])
    seen = []

    def watch(fraction):
        seen.append(fraction)
        if fraction > 0.5:
            raise Enough

    itk.pixelwise_temporal_histogram_image_filter(frames, bins=range(256), progress=seen.append)
    assert seen == sorted(seen) and seen[-1] == 1.0
    try:
        itk.pixelwise_temporal_histogram_image_filter(frames, bins=range(256), progress=watch)
    except Enough:
        print("stopped at", seen[-1])
    return seen


if __name__ == "__main__":
    main(*sys.argv[1:])
