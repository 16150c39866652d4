# SPDX-License-Identifier: Apache-2.0
"""Colours an image larger than memory, piece by piece, from one MetaImage file to another.

python streaming.py INPUT.mha OUTPUT.mha
"""

import sys

import itk


def main(input_file, output_file, n_pieces=16):
    reader = itk.ImageFileReader.New(FileName=input_file)
    limits = itk.IntensityRangeImageSink.New(reader.GetOutput(), NumberOfStreamDivisions=n_pieces)

    # Nothing is read yet. The writer asks for piece after piece; before the first, the limits are found in pieces, too.
    colors = itk.ColormapImageFilter.New(
        reader.GetOutput(), normalization=limits.GetNormalization(), colormap="viridis"
    )
    writer = itk.ImageFileWriter.New(colors.GetOutput(), FileName=output_file, NumberOfStreamDivisions=n_pieces)
    writer.Update()


if __name__ == "__main__":
    main(*sys.argv[1:])
