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
#include "itkColorCounts.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <tuple>

namespace
{
using ColorType = std::tuple<int, int, int>;
using CountsType = std::map<ColorType, itk::SizeValueType>;

std::vector<unsigned char>
MakeRandomPixels(unsigned int numberOfComponents, std::size_t numberOfPixels, unsigned int levels)
{
  std::mt19937               generator(levels);
  std::vector<unsigned char> pixels(numberOfComponents * numberOfPixels);
  for (auto & component : pixels)
  {
    component = static_cast<unsigned char>(generator() % levels);
  }
  return pixels;
}

CountsType
GetCounts(const itk::ColorCounts & counts)
{
  CountsType   found;
  const auto   counted = counts.GetCountedColors();
  const auto & colors = counted.Colors;
  for (std::size_t i = 0; i < colors.size(); ++i)
  {
    EXPECT_TRUE(found.emplace(ColorType(colors[i][0], colors[i][1], colors[i][2]), counted.Counts[i]).second);
  }
  return found;
}
} // namespace


TEST(ColorCounts, Are_those_of_a_map)
{
  for (const unsigned int numberOfComponents : { 3, 4 })
  {
    for (const unsigned int levels : { 1, 3, 256 })
    {
      const std::size_t  numberOfPixels = 5000;
      const auto         pixels = MakeRandomPixels(numberOfComponents, numberOfPixels, levels);
      CountsType         expected;
      itk::SizeValueType numberOfTransparent = 0;
      for (std::size_t i = 0; i < numberOfPixels; ++i)
      {
        const auto * p = &pixels[i * numberOfComponents];
        const bool   isTransparent = numberOfComponents == 4 && p[3] == 0;
        numberOfTransparent += isTransparent;
        if (!isTransparent)
        {
          ++expected[ColorType(p[0], p[1], p[2])];
        }
      }

      itk::ColorCounts counts;
      counts.Count(pixels.data(), numberOfComponents, numberOfPixels);
      EXPECT_EQ(GetCounts(counts), expected);
      EXPECT_EQ(counts.GetNumberOfTransparentPixels(), numberOfTransparent);
      EXPECT_EQ(counts.GetCountedColors().NumberOfPixels, numberOfPixels - numberOfTransparent);
    }
  }
}


TEST(ColorCounts, Do_not_depend_on_how_they_were_merged)
{
  const std::size_t numberOfPixels = 6000;
  const auto        pixels = MakeRandomPixels(4, numberOfPixels, 200);
  itk::ColorCounts  once;
  once.Count(pixels.data(), 4, numberOfPixels);

  itk::ColorCounts merged;
  for (const std::size_t third : { 2, 0, 1 })
  {
    itk::ColorCounts part;
    part.Count(pixels.data() + third * 4 * 2000, 4, 2000);
    merged.Merge(part);
  }
  EXPECT_EQ(merged.GetCountedColors().Colors, once.GetCountedColors().Colors);
  EXPECT_EQ(merged.GetCountedColors().Counts, once.GetCountedColors().Counts);
  EXPECT_EQ(merged.GetNumberOfTransparentPixels(), once.GetNumberOfTransparentPixels());
}


TEST(ColorCounts, Of_nothing_are_empty)
{
  const auto counted = itk::ColorCounts().GetCountedColors();
  EXPECT_TRUE(counted.Colors.empty());
  EXPECT_EQ(counted.NumberOfPixels, 0u);
}
