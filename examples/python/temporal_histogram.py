# SPDX-License-Identifier: Apache-2.0
"""Counts what each pixel of a series of frames did over time, and takes the median: a street without people.

python temporal_histogram.py OUTPUT FRAME...
"""

import sys

import itk
import numpy as np


def main(output_file, *frame_files):
    # The first axis is time.
    frames = np.stack([itk.array_from_image(itk.imread(name)) for name in sorted(frame_files)])
    bins = range(256)  # a bin for each value: the median is exact

    counts, under, over, invalid = itk.pixelwise_temporal_histogram_image_filter(frames, bins=bins)
    assert counts.shape == (*frames.shape[1:], 256)
    assert np.all(counts.sum(axis=-1) + under + over + invalid == len(frames))

    median = itk.temporal_histogram_statistic_image_filter(counts, bins=bins, statistic="median")
    itk.imwrite(itk.image_from_array(median.astype(np.uint8)), output_file)
    return median


if __name__ == "__main__":
    main(*sys.argv[1:])
