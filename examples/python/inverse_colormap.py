# SPDX-License-Identifier: Apache-2.0
"""Gives the numbers back from a picture that was coloured with jet, says which colormap it was, and how sure it is.

python inverse_colormap.py OUTPUT
"""

import sys

import itk
import numpy as np


def main(output_file):
    rows, columns = np.mgrid[0:1:200j, 0:1:300j]
    truth = 3000 + 1500 * np.sin(7 * columns) * np.cos(5 * rows)
    picture = itk.colormap_image_filter(truth, colormap="jet", normalization=(1500, 4500))

    # Which colormap is it?
    identification = itk.ColormapIdentificationImageSink.New(picture)
    identification.Update()
    print(*identification.GetRanking()[:3], sep="\n")

    values, half_width = itk.inverse_colormap_image_filter(
        picture, colormap=identification, normalization=(1500, 4500), compute_half_width=True
    )
    assert np.all(np.abs(values - truth) <= half_width + 0.01)
    print("rms error:", np.sqrt(np.mean((values - truth) ** 2)))

    itk.imwrite(itk.image_from_array(values), output_file)
    return values


if __name__ == "__main__":
    main(*sys.argv[1:])
