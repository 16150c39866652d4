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
#include "HeaderFields.h"
#include "ImageFormats.h"

#include <map>
#include <stdexcept>

namespace IntensityMapping
{
namespace
{
// Lines of "field: value", up to an empty line or the end of the file.
HeaderFields
ReadHeader(const std::string & fileName)
{
  std::ifstream stream(fileName, std::ios::binary);
  HeaderFields  header;
  for (std::string line; std::getline(stream, line);)
  {
    header.length = static_cast<std::uint64_t>(std::max<std::streamoff>(stream.tellg(), 0));
    if (line.empty() || line == "\r")
    {
      break;
    }
    const auto colon = line.find(": ");
    if (line[0] != '#' && colon != std::string::npos)
    {
      const auto end = line.find_last_not_of(" \r");
      header.fields[line.substr(0, colon)] = line.substr(colon + 2, end - colon - 1);
    }
  }
  return header;
}

std::uint64_t
SkipLines(FileBytes & file, std::uint64_t offset, int count)
{
  for (; count > 0; ++offset)
  {
    count -= file.Read(offset, 1) == "\n" ? 1 : 0;
  }
  return offset;
}
} // namespace

void
VerifyNRRD(const std::string & fileName, itk::ImageIOBase & imageIO)
{
  const HeaderFields header = ReadHeader(fileName);
  const std::string  dataName = header.Get("data file", header.Get("datafile"));
  if (dataName.rfind("LIST", 0) == 0 || dataName.find('%') != std::string::npos)
  {
    throw std::runtime_error("'" + fileName + "' has its pixels in several files: save it as one .nrrd file.");
  }
  FileBytes           file(dataName.empty() ? fileName : LocateDataFile(fileName, dataName));
  const std::uint64_t offset = dataName.empty() ? header.length : 0;
  const std::string   encoding = header.Get("encoding");

  imageIO.ReadImageInformation();
  const auto length = static_cast<std::uint64_t>(imageIO.GetImageSizeInBytes());
  // These are numbers, or ITK would not have read the header.
  const long long     lineSkip = std::stoll(header.Get("line skip", header.Get("lineskip", "0")));
  const long long     byteSkip = std::stoll(header.Get("byte skip", header.Get("byteskip", "0")));
  const std::uint64_t start = SkipLines(file, offset, lineSkip);
  // -1 means that the pixels come last.
  const std::uint64_t skipped = static_cast<std::uint64_t>(std::max(byteSkip, 0LL));
  if (encoding == "gz" || encoding == "gzip")
  {
    // Here the bytes to be skipped are counted after decompression.
    RequireDecompressedBytes(file, start, skipped + length);
  }
  else if (encoding == "raw")
  {
    file.RequireBytes(start + skipped, length);
  }
  else
  {
    // Text: a digit and a separator for each component; hexadecimal needs more.
    file.RequireBytes(offset, 2 * static_cast<std::uint64_t>(imageIO.GetImageSizeInComponents()) - 1);
  }
}
} // namespace IntensityMapping
