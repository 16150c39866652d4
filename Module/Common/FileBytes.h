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
#ifndef FileBytes_h
#define FileBytes_h

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>

namespace IntensityMapping
{
/** \class FileBytes
 * \brief Reads bytes and numbers at given places of a file; throws that the file is truncated if it ends before. */
class FileBytes
{
public:
  explicit FileBytes(std::string fileName);

  const std::string &
  GetFileName() const
  {
    return m_FileName;
  }

  std::uint64_t
  GetLength() const
  {
    return m_Length;
  }

  std::string
  Read(std::uint64_t offset, std::uint64_t count);

  /** A number as it is stored in the file. */
  template <typename T>
  T
  ReadNumber(std::uint64_t offset, bool bigEndian)
  {
    std::string bytes = this->Read(offset, sizeof(T));
    if (bigEndian)
    {
      std::reverse(bytes.begin(), bytes.end());
    }
    T number;
    std::memcpy(&number, bytes.data(), sizeof(T));
    return number;
  }

  /** Throws unless the file holds `count` bytes from `offset` on. */
  void
  RequireBytes(std::uint64_t offset, std::uint64_t count) const;

private:
  std::string   m_FileName;
  std::uint64_t m_Length;
  std::ifstream m_Stream;
};

/** Throws that a file is truncated: `what` there is too little of, how much there is, how much there should be. */
[[noreturn]] void
ThrowTruncated(const std::string & fileName, const std::string & what, std::uint64_t present, std::uint64_t expected);

/** Throws that a file is damaged, and why. */
[[noreturn]] void
ThrowDamaged(const std::string & fileName, const std::string & why);

/** Throws unless what is compressed (gzip or zlib) from `offset` on is whole and has at least `expected` bytes. */
void
RequireDecompressedBytes(FileBytes & file, std::uint64_t offset, std::uint64_t expected);

/** The name of the file of pixels that the header in `headerName` names. Throws if it is not in the folder of the
 * header or below: a header from elsewhere must not make a tool read any file of this computer. */
std::string
LocateDataFile(const std::string & headerName, const std::string & dataName);
} // namespace IntensityMapping

#endif
