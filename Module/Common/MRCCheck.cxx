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
VerifyMRC(const std::string & fileName, itk::ImageIOBase & imageIO)
{
  FileBytes  file(fileName);
  const bool bigEndian = file.Read(212, 1) == "\x11";
  const auto extendedHeaderLength = file.ReadNumber<std::uint32_t>(92, bigEndian);
  imageIO.ReadImageInformation();
  file.RequireBytes(1024ULL + extendedHeaderLength, static_cast<std::uint64_t>(imageIO.GetImageSizeInBytes()));
}
} // namespace IntensityMapping
