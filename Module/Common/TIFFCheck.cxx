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

#include <iterator>
#include <map>
#include <set>
#include <vector>

namespace IntensityMapping
{
namespace
{
constexpr std::uint16_t stripOffsets = 273;
constexpr std::uint16_t stripByteCounts = 279;
constexpr std::uint16_t tileOffsets = 324;
constexpr std::uint16_t tileByteCounts = 325;

// Walks the directories of a TIFF or BigTIFF file, each a list of tags, and verifies that the strips and tiles of
// pixels they point to lie within the file.
class TIFFWalker
{
public:
  explicit TIFFWalker(const std::string & fileName)
    : m_File(fileName)
    , m_BigEndian(m_File.Read(0, 2) == "MM")
    , m_Big(m_File.ReadNumber<std::uint16_t>(2, m_BigEndian) == 43)
  {}

  void
  Verify()
  {
    std::uint64_t           offset = this->ReadOffset(m_Big ? 8 : 4);
    std::set<std::uint64_t> visited;
    while (offset != 0)
    {
      if (!visited.insert(offset).second)
      {
        ThrowDamaged(m_File.GetFileName(), "its directories go round in a circle");
      }
      offset = this->VerifyDirectory(offset);
    }
  }

private:
  using Numbers = std::vector<std::uint64_t>;

  std::uint64_t
  ReadOffset(std::uint64_t at)
  {
    return m_Big ? m_File.ReadNumber<std::uint64_t>(at, m_BigEndian)
                 : m_File.ReadNumber<std::uint32_t>(at, m_BigEndian);
  }

  static std::uint64_t
  GetLength(std::uint16_t type)
  {
    // By the number of the type: byte, text, short, long, rational, and so on.
    constexpr std::uint8_t lengths[] = { 1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 1, 1, 8, 8, 8 };
    return type < std::size(lengths) ? lengths[type] : 1;
  }

  // Where the values of a tag are: in the entry itself if they fit, else where it points. Verifies that they are there.
  std::uint64_t
  LocateValues(std::uint64_t entry)
  {
    const std::uint64_t length = GetLength(m_File.ReadNumber<std::uint16_t>(entry + 2, m_BigEndian));
    const std::uint64_t count = this->ReadOffset(entry + 4);
    // First, as the product with the length might overflow.
    m_File.RequireBytes(0, count);
    const std::uint64_t value = entry + (m_Big ? 12 : 8);
    const std::uint64_t first = count * length <= (m_Big ? 8 : 4) ? value : this->ReadOffset(value);
    m_File.RequireBytes(first, count * length);
    return first;
  }

  Numbers
  ReadNumbers(std::uint64_t entry)
  {
    const std::uint64_t first = this->LocateValues(entry);
    const std::uint64_t length = GetLength(m_File.ReadNumber<std::uint16_t>(entry + 2, m_BigEndian));
    Numbers             numbers(this->ReadOffset(entry + 4));
    for (std::uint64_t i = 0; i < numbers.size(); ++i)
    {
      const std::uint64_t at = first + i * length;
      numbers[i] = length == 2   ? m_File.ReadNumber<std::uint16_t>(at, m_BigEndian)
                   : length == 4 ? m_File.ReadNumber<std::uint32_t>(at, m_BigEndian)
                                 : m_File.ReadNumber<std::uint64_t>(at, m_BigEndian);
    }
    return numbers;
  }

  void
  VerifyPieces(const Numbers & offsets, const Numbers & byteCounts) const
  {
    for (std::size_t i = 0; i < std::min(offsets.size(), byteCounts.size()); ++i)
    {
      m_File.RequireBytes(offsets[i], byteCounts[i]);
    }
  }

  // Returns the offset of the next directory, 0 after the last.
  std::uint64_t
  VerifyDirectory(std::uint64_t offset)
  {
    const std::uint64_t              count = m_Big ? m_File.ReadNumber<std::uint64_t>(offset, m_BigEndian)
                                                   : m_File.ReadNumber<std::uint16_t>(offset, m_BigEndian);
    const std::uint64_t              entries = offset + (m_Big ? 8 : 2);
    const std::uint64_t              entryLength = m_Big ? 20 : 12;
    std::map<std::uint16_t, Numbers> pieces;
    for (std::uint64_t i = 0; i < count; ++i)
    {
      const std::uint64_t entry = entries + i * entryLength;
      this->LocateValues(entry);
      const auto tag = m_File.ReadNumber<std::uint16_t>(entry, m_BigEndian);
      if (tag == stripOffsets || tag == stripByteCounts || tag == tileOffsets || tag == tileByteCounts)
      {
        pieces[tag] = this->ReadNumbers(entry);
      }
    }
    this->VerifyPieces(pieces[stripOffsets], pieces[stripByteCounts]);
    this->VerifyPieces(pieces[tileOffsets], pieces[tileByteCounts]);
    return this->ReadOffset(entries + count * entryLength);
  }

  FileBytes m_File;
  bool      m_BigEndian;
  bool      m_Big;
};
} // namespace

void
VerifyTIFF(const std::string & fileName)
{
  TIFFWalker(fileName).Verify();
}
} // namespace IntensityMapping
