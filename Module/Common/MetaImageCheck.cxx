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

#include <limits>
#include <map>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace IntensityMapping
{
namespace
{
struct MetaImageHeader : HeaderFields
{
  std::string fileName;

  bool
  IsTrue(const std::string & name) const
  {
    const std::string value = this->Get(name, "False");
    return value[0] == 'T' || value[0] == 't' || value[0] == '1';
  }

  // Whole numbers; throws unless there are `count` of them, each from `least` to `most`.
  std::vector<std::int64_t>
  GetIntegers(const std::string & name, std::size_t count, std::int64_t least, std::int64_t most) const
  {
    std::istringstream        stream(this->Get(name));
    std::vector<std::int64_t> numbers;
    for (std::int64_t number; numbers.size() < count && stream >> number;)
    {
      if (number < least || number > most)
      {
        ThrowDamaged(fileName,
                     name + " is " + this->Get(name) + ", not from " + std::to_string(least) + " to " +
                       std::to_string(most));
      }
      numbers.push_back(number);
    }
    if (numbers.size() < count)
    {
      ThrowDamaged(fileName,
                   name + " has " + std::to_string(numbers.size()) + " of " + std::to_string(count) + " numbers");
    }
    return numbers;
  }

  std::int64_t
  GetInteger(const std::string & name, std::int64_t least, std::int64_t most, std::int64_t otherwise) const
  {
    return fields.count(name) ? this->GetIntegers(name, 1, least, most)[0] : otherwise;
  }
};

std::string
Trim(const std::string & text)
{
  const auto first = text.find_first_not_of(" \t\r");
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(" \t\r") + 1 - first);
}

// Lines of "name = value", the last of them ElementDataFile.
MetaImageHeader
ReadHeader(const std::string & fileName)
{
  constexpr std::streamoff mostBytes = 1 << 20;
  std::ifstream            stream(fileName, std::ios::binary);
  MetaImageHeader          header{ {}, fileName };
  for (std::string line; !header.fields.count("ElementDataFile");)
  {
    if (!std::getline(stream, line) || (!stream.eof() && stream.tellg() > mostBytes))
    {
      ThrowDamaged(fileName, "its header has no ElementDataFile");
    }
    const auto separator = line.find_first_of("=:");
    if (separator != std::string::npos)
    {
      header.fields[Trim(line.substr(0, separator))] = Trim(line.substr(separator + 1));
    }
  }
  header.length = stream.eof() ? FileBytes(fileName).GetLength() : static_cast<std::uint64_t>(stream.tellg());
  return header;
}

std::uint64_t
GetComponentLength(const MetaImageHeader & header)
{
  static const std::map<std::string, std::uint64_t> lengths = {
    { "MET_CHAR", 1 },      { "MET_UCHAR", 1 },      { "MET_SHORT", 2 }, { "MET_USHORT", 2 },
    { "MET_INT", 4 },       { "MET_UINT", 4 },       { "MET_LONG", 4 },  { "MET_ULONG", 4 },
    { "MET_LONG_LONG", 8 }, { "MET_ULONG_LONG", 8 }, { "MET_FLOAT", 4 }, { "MET_DOUBLE", 8 }
  };
  std::string type = header.Get("ElementType");
  const auto  array = type.find("_ARRAY");
  const auto  found = lengths.find(type.substr(0, array));
  if (found == lengths.end())
  {
    ThrowDamaged(header.fileName, "its ElementType is '" + type + "'");
  }
  return found->second;
}

std::uint64_t
CountComponents(const MetaImageHeader & header)
{
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  const auto             dimension = static_cast<std::size_t>(header.GetIntegers("NDims", 1, 1, 10)[0]);
  auto                   count = static_cast<std::uint64_t>(header.GetInteger("ElementNumberOfChannels", 1, most, 1));
  for (const std::int64_t size : header.GetIntegers("DimSize", dimension, 1, most))
  {
    if (count > (std::uint64_t{ 1 } << 56) / static_cast<std::uint64_t>(size))
    {
      ThrowDamaged(header.fileName, "its DimSize " + header.Get("DimSize") + " is more than any file can hold");
    }
    count *= static_cast<std::uint64_t>(size);
  }
  return count;
}

void
VerifyCompressed(const MetaImageHeader & header, FileBytes & file, std::uint64_t offset, std::uint64_t length)
{
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const auto             compressedLength = header.GetInteger("CompressedDataSize", 0, most, 0);
  if (compressedLength > 0)
  {
    file.RequireBytes(offset, static_cast<std::uint64_t>(compressedLength));
  }
  else
  {
    RequireDecompressedBytes(file, offset, length);
  }
}
} // namespace

void
VerifyMetaImage(const std::string & fileName, itk::ImageIOBase &)
{
  const MetaImageHeader header = ReadHeader(fileName);
  const std::uint64_t   count = CountComponents(header);
  const std::uint64_t   length = count * GetComponentLength(header);
  const std::string     dataName = header.Get("ElementDataFile");
  if (dataName.rfind("LIST", 0) == 0 || dataName.find('%') != std::string::npos)
  {
    throw std::runtime_error("'" + fileName + "' has its pixels in several files: save it as one .mha file.");
  }
  const bool isLocal = dataName == "LOCAL" || dataName == "Local" || dataName == "local";
  FileBytes  file(isLocal ? fileName : LocateDataFile(fileName, dataName));
  const auto headerSize = header.GetInteger("HeaderSize", -1, std::numeric_limits<std::int64_t>::max(), 0);
  const auto offset = (isLocal ? header.length : 0) + static_cast<std::uint64_t>(std::max<std::int64_t>(headerSize, 0));
  if (header.fields.count("BinaryData") && !header.IsTrue("BinaryData"))
  {
    // A digit and a separator each.
    file.RequireBytes(offset, 2 * count - 1);
  }
  else if (header.IsTrue("CompressedData"))
  {
    VerifyCompressed(header, file, offset, length);
  }
  else
  {
    file.RequireBytes(offset, length);
  }
}
} // namespace IntensityMapping
