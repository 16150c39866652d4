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
#include "FileBytes.h"
#include "ImageFormats.h"

#include "itk_zlib.h"

#include <filesystem>
#include <memory>

namespace IntensityMapping
{
namespace
{
// NIfTI-1 and ANALYZE 7.5 share these fields of a header of 348 bytes.
constexpr std::size_t headerLength = 348;
constexpr std::size_t dimensionsOffset = 40;
constexpr std::size_t bitsPerPixelOffset = 72;
constexpr std::size_t pixelsOffsetOffset = 108;

template <typename T>
T
Decode(const std::string & header, std::size_t offset, bool swapped)
{
  std::string bytes = header.substr(offset, sizeof(T));
  if (swapped)
  {
    std::reverse(bytes.begin(), bytes.end());
  }
  T number;
  std::memcpy(&number, bytes.data(), sizeof(T));
  return number;
}

std::string
ReadHeader(const std::string & fileName)
{
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> file(gzopen(fileName.c_str(), "rb"), gzclose);
  std::string                                      header(headerLength, '\0');
  const int length = file ? gzread(file.get(), header.data(), static_cast<unsigned int>(headerLength)) : 0;
  if (length != static_cast<int>(headerLength))
  {
    ThrowTruncated(fileName, "bytes of its header", static_cast<std::uint64_t>(std::max(length, 0)), headerLength);
  }
  return header;
}

// The pixels of name.hdr are in name.img or name.img.gz.
std::string
FindPixels(const std::string & fileName)
{
  const auto hdr = fileName.rfind(".hdr");
  if (hdr == std::string::npos)
  {
    return fileName;
  }
  const std::string name = std::filesystem::path(fileName.substr(0, hdr) + ".img").filename().string();
  const bool        isPlain = std::filesystem::exists(fileName.substr(0, hdr) + ".img");
  return LocateDataFile(fileName, isPlain ? name : name + ".gz");
}
} // namespace

void
VerifyNIfTI(const std::string & fileName, itk::ImageIOBase &)
{
  const auto        img = fileName.rfind(".img");
  const std::string headerName = img == std::string::npos ? fileName : fileName.substr(0, img) + ".hdr";
  const std::string header = ReadHeader(headerName);
  const bool        swapped = Decode<std::int32_t>(header, 0, false) != static_cast<std::int32_t>(headerLength);

  const auto    numberOfDimensions = Decode<std::int16_t>(header, dimensionsOffset, swapped);
  std::uint64_t length = static_cast<std::uint64_t>(Decode<std::int16_t>(header, bitsPerPixelOffset, swapped)) / 8;
  for (int i = 1; i <= std::min<int>(numberOfDimensions, 7); ++i)
  {
    const auto size = Decode<std::int16_t>(header, dimensionsOffset + 2 * static_cast<std::size_t>(i), swapped);
    length *= static_cast<std::uint64_t>(std::max<int>(size, 1));
  }
  const auto offset = static_cast<std::uint64_t>(std::max(0.0F, Decode<float>(header, pixelsOffsetOffset, swapped)));

  FileBytes file(FindPixels(headerName));
  if (file.Read(0, 2) == "\x1f\x8b")
  {
    RequireDecompressedBytes(file, 0, offset + length);
  }
  else
  {
    file.RequireBytes(offset, length);
  }
}
} // namespace IntensityMapping
