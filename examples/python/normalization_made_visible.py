# SPDX-License-Identifier: Apache-2.0
"""Why do two images of floats look the same, or different? Because of the limits that they were normalized with.

python normalization_made_visible.py IMAGE OUTPUT
"""

import sys

import itk
import numpy as np


def main(image_file, output_file):
    day = itk.array_from_image(itk.imread(image_file)).astype(np.float32)
    night = day / 4

    # Each with its own limits, from its least to its greatest value: nothing tells that one is four times darker.
    own = [itk.colormap_image_filter(image, colormap="gray") for image in (day, night)]

    # Both with the limits of the first.
    limits = itk.IntensityRangeImageSink.New(itk.image_view_from_array(day))
    limits.Update()
    shared = [
        itk.colormap_image_filter(image, colormap="gray", normalization=limits.GetNormalization())
        for image in (day, night)
    ]
    assert np.array_equal(own[0], own[1]) and not np.array_equal(shared[0], shared[1])

    picture = np.vstack([np.hstack(own), np.hstack(shared)])
    itk.imwrite(itk.image_from_array(picture, is_vector=True), output_file)
    return own, shared


if __name__ == "__main__":
    main(*sys.argv[1:])
