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
VerifyVTK(const std::string & fileName, itk::ImageIOBase & imageIO)
{
  imageIO.ReadImageInformation();
  FileBytes file(fileName);
  if (imageIO.GetFileType() == itk::IOFileEnum::ASCII)
  {
    // A digit and a separator each.
    file.RequireBytes(0, 2 * static_cast<std::uint64_t>(imageIO.GetImageSizeInComponents()) - 1);
    return;
  }
  // The header ends with the line that says what the pixels are, and for scalars the line of their lookup table.
  const std::string header = file.Read(0, std::min<std::uint64_t>(file.GetLength(), 4096));
  for (const char * last : { "LOOKUP_TABLE", "COLOR_SCALARS", "VECTORS", "TENSORS" })
  {
    const auto found = header.find(std::string("\n") + last);
    if (found != std::string::npos)
    {
      const auto end = std::min(header.find('\n', found + 1), header.size() - 1);
      file.RequireBytes(end + 1, static_cast<std::uint64_t>(imageIO.GetImageSizeInBytes()));
      return;
    }
  }
}
} // namespace IntensityMapping
