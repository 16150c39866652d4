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

#include <cstdlib>

namespace IntensityMapping
{
void
VerifyBitmap(const std::string & fileName, itk::ImageIOBase &)
{
  FileBytes  file(fileName);
  const auto compression = file.ReadNumber<std::uint32_t>(30, false);
  if (compression != 0)
  {
    return;
  }
  const auto          offset = file.ReadNumber<std::uint32_t>(10, false);
  const std::uint64_t width = file.ReadNumber<std::uint32_t>(18, false);
  const std::uint64_t height = std::abs(std::int64_t{ file.ReadNumber<std::int32_t>(22, false) });
  const auto          bitsPerPixel = file.ReadNumber<std::uint16_t>(28, false);
  // Each row fills up whole words of 32 bits.
  file.RequireBytes(offset, (width * bitsPerPixel + 31) / 32 * 4 * height);
}
} // namespace IntensityMapping
