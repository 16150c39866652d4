# SPDX-License-Identifier: Apache-2.0
"""Colours one image through a range and a colormap: an array of exactly its size, and a PNG without a figure around it.

python apply_colormap.py IMAGE OUTPUT
"""

import sys

import itk


def main(image_file, output_file):
    image = itk.imread(image_file)
    colors = itk.colormap_image_filter(image, colormap="inferno", normalization=(50, 200))
    itk.imwrite(colors, output_file)
    return itk.array_from_image(colors)  # (n_rows, n_columns, 4) of uint8


if __name__ == "__main__":
    main(*sys.argv[1:])
