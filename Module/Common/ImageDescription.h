/*=========================================================================
 *
 *  Copyright The IntensityMapping Contributors
 *
 *  Licensed under the Apache License, Version 2.0 (the "License");
 *  you may not use this file except in compliance with the License.
 *  You may obtain a copy of the License at
 *
 *         https://www.apache.org/licenses/LICENSE-2.0.txt
 *
 *  Unless required by applicable law or agreed to in writing, software
 *  distributed under the License is distributed on an "AS IS" BASIS,
 *  WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 *  See the License for the specific language governing permissions and
 *  limitations under the License.
 *
 *=========================================================================*/
#ifndef ImageDescription_h
#define ImageDescription_h

#include "itkImageIOBase.h"

#include <functional>
#include <string>
#include <vector>

namespace IntensityMapping
{
/** What there is to know of an image before its pixels are read. */
struct ImageDescription
{
  std::string                     fileName;
  std::vector<itk::SizeValueType> size;
  std::vector<double>             spacing;
  itk::IOComponentEnum            componentType{ itk::IOComponentEnum::UNKNOWNCOMPONENTTYPE };
  itk::IOPixelEnum                pixelType{ itk::IOPixelEnum::UNKNOWNPIXELTYPE };
  unsigned int                    numberOfComponents{ 1 };

  /** Whether ITK can read it piece by piece. */
  bool canStreamRead{ false };

  unsigned int
  GetDimension() const
  {
    return static_cast<unsigned int>(size.size());
  }
};

/** Describes an image file without reading its pixels. Throws if it does not exist, is a folder, is empty, cannot be
 * read, is of no known format, is damaged, or is shorter than its header tells. */
ImageDescription
DescribeImage(const std::string & fileName);

/** Describes the first of several image files. Throws, too, unless there are at least two and all have its size, type
 * and number of components. */
ImageDescription
DescribeSeries(const std::vector<std::string> & fileNames);

/** Runs `write`, which writes an image as `wanted` describes it to a file, and throws unless the file then has its
 * size and type, and its number of components or more: its format cannot hold such images. */
void
VerifyHeld(const ImageDescription & wanted, const std::string & fileName, const std::function<void()> & write);

/** Whether the name ends as that of a picture (PNG, JPEG, BMP): these hold two dimensions of 8 or 16 bits only. */
bool
IsPicture(const std::string & fileName);

/** The size without a last axis, beyond the second, of length 1: what formats add or leave out as they like. */
std::vector<itk::SizeValueType>
DropFlatAxes(std::vector<itk::SizeValueType> size);

/** The size for a message: "256 x 256 x 10". */
std::string
FormatSize(const std::vector<itk::SizeValueType> & size);
std::string
FormatSize(const ImageDescription & image);
} // namespace IntensityMapping

#endif
