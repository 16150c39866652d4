# SPDX-License-Identifier: Apache-2.0
"""Counts what each pixel did over time on a dask cluster, and takes the median: a street without people.

python dask_histogram.py OUTPUT FRAME...

The cluster is two processes of this machine. On a real one, Client("tcp://scheduler:8786") is all that differs.
"""

import sys

import itk
import numpy as np
from dask.distributed import Client
from intensitymapping.dask import temporal_histogram


def main(output_file, *frame_files):
    with Client(n_workers=2, threads_per_worker=1, dashboard_address=":0"):
        histogram = temporal_histogram(sorted(frame_files), range(256))  # a bin for each value: the median is exact
    assert np.all(histogram.counts.sum(axis=-1) == len(frame_files))

    median = histogram.statistic("median")
    itk.imwrite(itk.image_from_array(median.astype(np.uint8)), output_file)


# Workers import this file, too, and must not run it again.
if __name__ == "__main__":
    main(*sys.argv[1:])
