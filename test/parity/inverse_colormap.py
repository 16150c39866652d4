"""Lays itkInverseColormapProgram, which is built with the tests, on arrays."""

import metaimage
import numpy as np


def write_picture(path, picture):
    """An array of red, green and blue bytes."""
    height, width, channels = picture.shape
    header = (
        "ObjectType = Image\nNDims = 2\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
        f"DimSize = {width} {height}\nElementNumberOfChannels = {channels}\nElementType = MET_UCHAR\n"
        "ElementDataFile = LOCAL\n"
    )
    path.write_bytes(header.encode() + np.ascontiguousarray(picture, np.uint8).tobytes())


def recover(run_tool, folder, picture, **options):
    """All that was recovered: value, half_width, distance, ambiguity and, of an overlay, gray."""
    write_picture(folder / "picture.mha", picture)
    arguments = [f"{name}={value}" for name, value in options.items()]
    run_tool("itkInverseColormapProgram", folder / "picture.mha", folder, *arguments)
    return {path.stem: metaimage.read(path) for path in folder.glob("*.mha") if path.stem != "picture"}
