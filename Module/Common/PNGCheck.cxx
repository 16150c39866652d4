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

namespace IntensityMapping
{
void
VerifyPNG(const std::string & fileName)
{
  // After a signature of 8 bytes: chunks of length, type, data and checksum, the last of them IEND.
  FileBytes     file(fileName);
  std::uint64_t offset = 8;
  for (std::string type; type != "IEND";)
  {
    const auto length = file.ReadNumber<std::uint32_t>(offset, true);
    type = file.Read(offset + 4, 4);
    file.RequireBytes(offset, length + 12ULL);
    offset += length + 12ULL;
  }
}
} // namespace IntensityMapping
