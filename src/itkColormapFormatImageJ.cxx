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
#include "itkColormapFormats.h"
#include "itkColormapText.h"

#include <algorithm>

namespace itk
{
namespace
{
constexpr SizeValueType entriesOfRawTable = 256;
constexpr SizeValueType bytesOfRawTable = 3 * entriesOfRawTable;
constexpr SizeValueType bytesOfHeader = 32;
constexpr char          signature[] = "ICOL";

unsigned int
GetByte(const std::string & bytes, SizeValueType offset)
{
  return static_cast<unsigned char>(bytes[offset]);
}

std::string
FormatBigEndian(SizeValueType number)
{
  return { static_cast<char>(number >> 8), static_cast<char>(number & 0xFF) };
}

/** All reds, then all greens, then all blues. */
ColormapFileContents
ReadPlanes(const std::string & bytes, SizeValueType offset, SizeValueType number)
{
  ColormapFileContents contents;
  for (SizeValueType i = offset; i < offset + number; ++i)
  {
    contents.m_Colors.push_back(Colormap::MakeColor(
      GetByte(bytes, i) / 255.0, GetByte(bytes, i + number) / 255.0, GetByte(bytes, i + 2 * number) / 255.0));
  }
  return contents;
}

ColormapFileContents
ReadNIHImage(const std::string & fileName, const std::string & bytes)
{
  // Behind the signature are numbers of 16 bits: the version, the number of colours, the first and the last that is
  // used.
  const SizeValueType number = bytes.size() < bytesOfHeader ? 0 : 256 * GetByte(bytes, 6) + GetByte(bytes, 7);
  if (number == 0 || number > entriesOfRawTable || bytes.size() < bytesOfHeader + 3 * number)
  {
    ThrowColormapFileError(fileName,
                           "the header of NIH Image tells " + std::to_string(number) + " colours, the file has " +
                             std::to_string(bytes.size()) + " bytes: expected are 1 to 256 colours, and 32 bytes and " +
                             "3 for each.");
  }
  return ReadPlanes(bytes, bytesOfHeader, number);
}

/** Whether there is nothing but letters, digits, signs and white space in a file. */
bool
IsText(const std::string & bytes)
{
  return std::all_of(
    bytes.begin(), bytes.end(), [](unsigned char c) { return (c >= ' ' && c < 0x7F) || (c >= '\t' && c <= '\r'); });
}

std::string
WriteText(const Colormap::TableType & colors)
{
  std::string text = "Index\tRed\tGreen\tBlue\n";
  for (SizeValueType i = 0; i < colors.size(); ++i)
  {
    text += std::to_string(i) + '\t' + FormatRGB(colors[i], "\t") + '\n';
  }
  return text;
}

std::string
WritePlanes(const Colormap::TableType & colors)
{
  std::string planes;
  for (unsigned int c = 0; c < 3; ++c)
  {
    for (const auto & color : colors)
    {
      planes += static_cast<char>(Colormap::MakeBytes(color)[c]);
    }
  }
  return planes;
}
} // namespace


ColormapFileContents
ReadColormapImageJ(const std::string & fileName, const std::string & bytes, const ColormapFileOptions &)
{
  if (bytes.rfind(signature, 0) == 0)
  {
    return ReadNIHImage(fileName, bytes);
  }
  if (bytes.size() == bytesOfRawTable)
  {
    return ReadPlanes(bytes, 0, entriesOfRawTable);
  }
  if (!IsText(bytes))
  {
    ThrowColormapFileError(fileName,
                           "it has " + std::to_string(bytes.size()) +
                             " bytes: a table of ImageJ has 768, or a header of NIH Image (ICOL), or is text.");
  }
  ColormapFileOptions options;
  options.m_ComponentMaximum = 255;
  return ReadColormapCSV(fileName, bytes, options);
}


std::string
WriteColormapImageJ(const std::string &          fileName,
                    const ColormapFileContents & contents,
                    const ColormapFileOptions &  options)
{
  const auto &        colors = contents.m_Colors;
  const SizeValueType number = colors.size();
  for (const auto & color : colors)
  {
    RequireOpaque(fileName, color, "an entry");
  }
  if (number > entriesOfRawTable)
  {
    ThrowColormapFileError(fileName,
                           "there are " + std::to_string(number) +
                             " entries: ImageJ knows up to 256; ask the colormap for fewer.");
  }
  if (options.m_Text)
  {
    return WriteText(colors);
  }
  if (number == entriesOfRawTable)
  {
    return WritePlanes(colors);
  }
  std::string bytes =
    signature + FormatBigEndian(2) + FormatBigEndian(number) + FormatBigEndian(0) + FormatBigEndian(number - 1);
  bytes.resize(bytesOfHeader, '\0');
  bytes += WritePlanes(colors);
  // ImageJ looks for a header in files of more than 768 bytes only.
  bytes.resize(bytesOfHeader + bytesOfRawTable, '\0');
  return bytes;
}
} // namespace itk
