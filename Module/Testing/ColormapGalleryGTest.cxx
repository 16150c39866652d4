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
#include "CommonTesting.h"
#include "IntensityMappingRendering.h"

#include "itkPNGImageIO.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <stdexcept>
#include <vector>

using namespace IntensityMapping;

namespace
{
using ColorType = std::array<unsigned char, 3>;

/** The rows of a picture, from the top. */
std::vector<std::vector<ColorType>>
ReadRows(const std::string & fileName)
{
  auto reader = itk::PNGImageIO::New();
  reader->SetFileName(fileName);
  reader->ReadImageInformation();
  const std::size_t      width = reader->GetDimensions(0);
  std::vector<ColorType> pixels(width * reader->GetDimensions(1));
  reader->Read(pixels.data());
  std::vector<std::vector<ColorType>> rows;
  for (auto row = pixels.begin(); row != pixels.end(); row += static_cast<std::ptrdiff_t>(width))
  {
    rows.emplace_back(row, row + static_cast<std::ptrdiff_t>(width));
  }
  return rows;
}

std::vector<ColorType>
GetColors(const std::string & name)
{
  const auto colormap = itk::Colormap::New();
  colormap->SetName(name, 256);
  std::vector<ColorType> colors;
  for (const auto & bytes : colormap->GetByteTable())
  {
    colors.push_back({ bytes[0], bytes[1], bytes[2] });
  }
  colors.resize(256);
  return colors;
}
} // namespace

TEST(ColormapGallery, ShowsAllColoursOfEachColormap)
{
  const Testing::TemporaryFolder folder;
  const std::string              fileName = folder / "gallery.png";
  const std::vector<std::string> names{ "viridis", "binary", "cmc.batlow_r" };
  DrawColormapGallery(names, fileName);
  const auto rows = ReadRows(fileName);
  for (const auto & name : names)
  {
    const auto colors = GetColors(name);
    const auto strips = std::count_if(rows.begin(), rows.end(), [&](const std::vector<ColorType> & row) {
      return std::search(row.begin(), row.end(), colors.begin(), colors.end()) != row.end();
    });
    EXPECT_EQ(strips, 14) << name;
  }
}

TEST(ColormapGallery, RefusesWhatItCannotDraw)
{
  const Testing::TemporaryFolder folder;
  EXPECT_THROW(DrawColormapGallery({}, folder / "gallery.png"), std::runtime_error);
  EXPECT_THROW(DrawColormapGallery(std::vector<std::string>(1000, "jet"), folder / "gallery.png"), std::runtime_error);
  EXPECT_THROW(DrawColormapGallery({ "jet" }, folder / "gallery.jpg"), std::runtime_error);
  EXPECT_THROW(DrawColormapGallery({ "jett" }, folder / "gallery.png"), itk::ExceptionObject);
  EXPECT_FALSE(std::filesystem::exists(folder / "gallery.png"));
}
