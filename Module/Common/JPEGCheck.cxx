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

#include <stdexcept>

namespace IntensityMapping
{
void
VerifyJPEG(const std::string & fileName)
{
  // Segments of a marker, a length and data (a thumbnail's own end is inside of one); the last, "start of scan", is
  // followed by the pixels, in which the marker "end of image" cannot occur.
  FileBytes     file(fileName);
  std::uint64_t offset = 2;
  for (std::string marker; marker != "\xff\xda";)
  {
    marker = file.Read(offset, 2);
    if (marker[0] != '\xff')
    {
      ThrowDamaged(fileName, "it has no JPEG marker at byte " + std::to_string(offset));
    }
    // A marker may have any number of the same byte before it.
    offset += marker[1] == '\xff' ? 1ULL : 2ULL + file.ReadNumber<std::uint16_t>(offset + 2, true);
  }
  file.RequireBytes(offset, 2);
  if (file.Read(offset, file.GetLength() - offset).find("\xff\xd9") == std::string::npos)
  {
    throw std::runtime_error("'" + fileName + "' is truncated: it has no end-of-image marker. Copy or make it again.");
  }
}
} // namespace IntensityMapping
