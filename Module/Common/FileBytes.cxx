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

#include "itk_zlib.h"

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <vector>

namespace fs = std::filesystem;

namespace IntensityMapping
{
void
ThrowTruncated(const std::string & fileName, const std::string & what, std::uint64_t present, std::uint64_t expected)
{
  throw std::runtime_error("'" + fileName + "' is truncated: it has " + std::to_string(present) + " of " +
                           std::to_string(expected) + " " + what + ". Copy or make it again.");
}

void
ThrowDamaged(const std::string & fileName, const std::string & why)
{
  throw std::runtime_error("'" + fileName + "' is damaged: " + why + ". Copy or make it again.");
}

FileBytes::FileBytes(std::string fileName)
  : m_FileName(std::move(fileName))
  , m_Length(fs::file_size(m_FileName))
  , m_Stream(m_FileName, std::ios::binary)
{
  if (!m_Stream)
  {
    throw std::runtime_error("'" + m_FileName + "' cannot be read: check its permissions.");
  }
}

std::string
FileBytes::Read(std::uint64_t offset, std::uint64_t count)
{
  this->RequireBytes(offset, count);
  std::string bytes(count, '\0');
  m_Stream.clear();
  m_Stream.seekg(static_cast<std::streamoff>(offset));
  m_Stream.read(bytes.data(), static_cast<std::streamsize>(count));
  return bytes;
}

void
FileBytes::RequireBytes(std::uint64_t offset, std::uint64_t count) const
{
  if (offset > m_Length || count > m_Length - offset)
  {
    ThrowTruncated(m_FileName, "bytes", m_Length, offset + count);
  }
}

namespace
{
// Decompresses from `offset` on, for the count of bytes alone, until the end of what is compressed, or of the file.
void
DecompressFrom(FileBytes & file, std::uint64_t offset, std::uint64_t expected)
{
  constexpr std::uint64_t    blockLength = 1 << 18;
  std::vector<unsigned char> block(blockLength);
  z_stream                   stream{};
  // 15 is the largest window, 32 asks to tell gzip from zlib by the first bytes.
  if (inflateInit2(&stream, 15 + 32) != Z_OK)
  {
    throw std::bad_alloc();
  }
  const std::unique_ptr<z_stream, int (*)(z_stream *)> end(&stream, inflateEnd);

  std::uint64_t count = 0;
  std::string   compressed;
  int           status = Z_OK;
  while (status == Z_OK)
  {
    if (stream.avail_in == 0 && offset < file.GetLength())
    {
      compressed = file.Read(offset, std::min(blockLength, file.GetLength() - offset));
      offset += compressed.size();
      stream.next_in = reinterpret_cast<unsigned char *>(compressed.data());
      stream.avail_in = static_cast<unsigned int>(compressed.size());
    }
    stream.next_out = block.data();
    stream.avail_out = static_cast<unsigned int>(block.size());
    status = inflate(&stream, Z_NO_FLUSH);
    count += block.size() - stream.avail_out;
    // A gzip file may have several members, one after the other.
    if (status == Z_STREAM_END && count < expected && (stream.avail_in > 0 || offset < file.GetLength()))
    {
      status = inflateReset(&stream);
    }
  }
  if (status == Z_DATA_ERROR)
  {
    ThrowDamaged(file.GetFileName(), "what is compressed in it makes no sense");
  }
  if (status != Z_STREAM_END || count < expected)
  {
    ThrowTruncated(file.GetFileName(), "bytes, decompressed", std::min(count, expected - 1), expected);
  }
}

// gzip ends with the decompressed length, which a file that was cut has not but by an unlikely chance.
bool
EndsWithGzipLength(FileBytes & file, std::uint64_t offset, std::uint64_t expected)
{
  constexpr std::uint64_t leastLength = 18;
  return file.GetLength() >= offset + leastLength && file.Read(offset, 2) == "\x1f\x8b" &&
         file.ReadNumber<std::uint32_t>(file.GetLength() - 4, false) == static_cast<std::uint32_t>(expected);
}
} // namespace

void
RequireDecompressedBytes(FileBytes & file, std::uint64_t offset, std::uint64_t expected)
{
  if (!EndsWithGzipLength(file, offset, expected))
  {
    DecompressFrom(file, offset, expected);
  }
}

std::string
LocateDataFile(const std::string & headerName, const std::string & dataName)
{
  const fs::path folder = fs::absolute(headerName).parent_path().lexically_normal();
  const fs::path path = (folder / dataName).lexically_normal();
  const fs::path relative = path.lexically_relative(folder);
  if (relative.empty() || *relative.begin() == "..")
  {
    throw std::runtime_error("'" + headerName + "' names '" + dataName +
                             "' as its pixels, which is not in its own folder: move it there and correct the name.");
  }
  if (!fs::is_regular_file(path))
  {
    throw std::runtime_error("'" + headerName + "' names '" + dataName + "' as its pixels, but there is no such file.");
  }
  return path.string();
}
} // namespace IntensityMapping
