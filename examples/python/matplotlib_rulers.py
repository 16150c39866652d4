# SPDX-License-Identifier: Apache-2.0
"""Takes a colormap and a norm from matplotlib, and gives the bytes that matplotlib gives.

python matplotlib_rulers.py IMAGE OUTPUT
"""

import sys

import itk
import matplotlib as mpl
import numpy as np


def main(image_file, output_file):
    values = itk.array_from_image(itk.imread(image_file))
    colormap = mpl.colors.LinearSegmentedColormap.from_list("night", ["black", "navy", "gold", "white"]).with_extremes(
        under="red", over="cyan"
    )
    norm = mpl.colors.Normalize(30, 220)

    colors = itk.colormap_image_filter(values, colormap=colormap, normalization=norm)
    assert np.array_equal(colors, colormap(norm(values), bytes=True))
    itk.imwrite(itk.image_from_array(colors, is_vector=True), output_file)
    return colors


if __name__ == "__main__":
    main(*sys.argv[1:])
