# SPDX-License-Identifier: Apache-2.0
"""Filters for ITK that colour the values of images, and count what each pixel did over time.

    import itk
    import numpy as np

    frames = np.random.default_rng(1).normal(100, 20, (200, 480, 640)).astype(np.float32)

    counts, under, over, invalid = itk.pixelwise_temporal_histogram_image_filter(frames, bins=np.linspace(0, 200, 101))
    median = itk.temporal_histogram_statistic_image_filter(counts, bins=np.linspace(0, 200, 101), statistic="median")
    colors = itk.colormap_image_filter(median, colormap="viridis", normalization=(50, 150))

The filters are in the namespace of `itk`, as all of ITK's are; `help(itk.colormap_image_filter)` tells more. This
package has what goes with them:

- intensitymapping.arrays: how NumPy arrays and xarray.DataArrays become images, and images these;
- intensitymapping.matplotlib: colormaps and norms of matplotlib's as rulers, and rulers as these;
- intensitymapping.dask: temporal histograms counted by a cluster;
- intensitymapping.tools: the command-line tools as functions; `intensitymapping` on the command line runs them.
"""

from importlib.metadata import PackageNotFoundError, version

from intensitymapping._wrapped import ProcessAborted

__all__ = ["ProcessAborted", "__version__"]

try:
    __version__ = version("itk-intensitymapping")
except PackageNotFoundError:
    # The sources, without the distribution.
    __version__ = "0+unknown"
