"""Reads and writes uncompressed MetaImage files, whose pixels follow their header."""

import numpy as np

ELEMENT_TYPES = {
    "uint8": "MET_UCHAR",
    "int8": "MET_CHAR",
    "uint16": "MET_USHORT",
    "int16": "MET_SHORT",
    "uint32": "MET_UINT",
    "int32": "MET_INT",
    "float32": "MET_FLOAT",
    "float64": "MET_DOUBLE",
}


def write(path, array):
    """Writes an array of one number per pixel, whose last axis is the image's first."""
    sizes = " ".join(str(size) for size in reversed(array.shape))
    header = (
        "ObjectType = Image\n"
        f"NDims = {array.ndim}\n"
        "BinaryData = True\n"
        "BinaryDataByteOrderMSB = False\n"
        f"DimSize = {sizes}\n"
        f"ElementType = {ELEMENT_TYPES[array.dtype.name]}\n"
        "ElementDataFile = LOCAL\n"
    )
    path.write_bytes(header.encode() + np.ascontiguousarray(array).tobytes())


def read(path):
    """The array of a file; several numbers per pixel are its last axis."""
    header, pixels = path.read_bytes().split(b"ElementDataFile = LOCAL\n", 1)
    fields = dict(line.split(" = ", 1) for line in header.decode().splitlines())
    shape = [int(size) for size in reversed(fields["DimSize"].split())]
    channels = int(fields.get("ElementNumberOfChannels", 1))
    dtypes = {element_type: name for name, element_type in ELEMENT_TYPES.items()}
    array = np.frombuffer(pixels, dtypes[fields["ElementType"].strip()])
    return array.reshape(shape if channels == 1 else [*shape, channels])
