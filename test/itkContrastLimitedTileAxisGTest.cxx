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
#include "itkContrastLimitedTileAxis.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

using itk::ContrastLimitedTileAxis;
using itk::SizeValueType;

namespace
{
constexpr SizeValueType sizes[] = { 1, 2, 3, 5, 8, 16, 31, 64, 97 };
constexpr SizeValueType numbersOfTiles[] = { 1, 2, 3, 7, 8, 16 };


/** One step at a time: forth until the last pixel, back until the first, and so on. */
std::vector<SizeValueType>
WalkInMirror(SizeValueType size, SizeValueType length)
{
  std::vector<SizeValueType> places;
  SizeValueType              place = 0;
  bool                       isForth = true;
  while (places.size() < length)
  {
    places.push_back(place);
    if (size > 1)
    {
      isForth = place == 0 || (isForth && place + 1 < size);
      place = isForth ? place + 1 : place - 1;
    }
  }
  return places;
}


std::vector<SizeValueType>
SortedSources(const ContrastLimitedTileAxis & axis, SizeValueType tile)
{
  std::vector<SizeValueType> places;
  for (const auto & span : axis.GetSources(tile))
  {
    for (SizeValueType place = span.Begin; place < span.End; ++place)
    {
      places.push_back(place);
    }
  }
  std::sort(places.begin(), places.end());
  return places;
}


template <typename TVisit>
void
ForEachAxis(const TVisit & visit)
{
  for (const auto size : sizes)
  {
    for (const auto number : numbersOfTiles)
    {
      SCOPED_TRACE(testing::Message() << size << " pixels, " << number << " tiles");
      // What the image is across decides how large the tiles are.
      for (const auto & axis : ContrastLimitedTileAxis::MakeGrid({ size, 60, size }, { number, 7, number }))
      {
        visit(axis);
      }
      visit(ContrastLimitedTileAxis::MakeGrid({ size, 60 }, { number, 6 }).front());
    }
  }
}
} // namespace


TEST(ContrastLimitedTileAxis, Cuts_two_axes_as_OpenCV_does_and_others_as_small_as_can_be)
{
  const auto getTileSizes = [](const std::vector<SizeValueType> & size, const std::vector<SizeValueType> & number) {
    std::vector<SizeValueType> tileSizes;
    for (const auto & axis : ContrastLimitedTileAxis::MakeGrid(size, number))
    {
      tileSizes.push_back(axis.GetTileSize());
    }
    return tileSizes;
  };
  using Sizes = std::vector<SizeValueType>;
  EXPECT_EQ(getTileSizes({ 96, 64 }, { 8, 4 }), (Sizes{ 12, 16 }));
  EXPECT_EQ(getTileSizes({ 97, 64 }, { 8, 4 }), (Sizes{ 13, 17 }));
  EXPECT_EQ(getTileSizes({ 96, 63 }, { 8, 4 }), (Sizes{ 13, 16 }));
  EXPECT_EQ(getTileSizes({ 3, 1 }, { 8, 8 }), (Sizes{ 1, 1 }));
  EXPECT_EQ(getTileSizes({ 96, 64, 30 }, { 8, 4, 5 }), (Sizes{ 12, 16, 6 }));
  EXPECT_EQ(getTileSizes({ 96, 64, 31 }, { 8, 4, 5 }), (Sizes{ 12, 16, 7 }));
  EXPECT_EQ(getTileSizes({ 97, 64, 30 }, { 8, 4, 5 }), (Sizes{ 13, 17, 6 }));
  EXPECT_EQ(getTileSizes({ 96, 64, 1 }, { 8, 4, 1 }), (Sizes{ 12, 16, 1 }));
}


TEST(ContrastLimitedTileAxis, Fills_tiles_from_a_mirror)
{
  ForEachAxis([](const ContrastLimitedTileAxis & axis) {
    const auto tileSize = axis.GetTileSize();
    const auto places = WalkInMirror(axis.GetSize(), tileSize * axis.GetNumberOfTiles());
    ASSERT_GE(places.size(), axis.GetSize());
    for (SizeValueType tile = 0; tile < axis.GetNumberOfTiles(); ++tile)
    {
      std::vector<SizeValueType> expected(tileSize);
      std::copy_n(places.begin() + static_cast<std::ptrdiff_t>(tile * tileSize), tileSize, expected.begin());
      std::sort(expected.begin(), expected.end());
      ASSERT_EQ(SortedSources(axis, tile), expected) << "tile " << tile;
    }
  });
}


TEST(ContrastLimitedTileAxis, Weighs_neighbours_by_the_distance_from_their_centres)
{
  ForEachAxis([](const ContrastLimitedTileAxis & axis) {
    const auto last = static_cast<double>(axis.GetNumberOfTiles() - 1);
    for (SizeValueType position = 0; position < axis.GetSize(); ++position)
    {
      const auto neighbors = axis.Locate(position);
      ASSERT_LT(neighbors.Upper, axis.GetNumberOfTiles());
      ASSERT_GE(neighbors.UpperWeight, 0.0F);
      ASSERT_LT(neighbors.UpperWeight, 1.0F);
      // The centre of tile k is at k + 1/2 tiles; the mean of the neighbours' numbers, weighted, says where this is.
      const double place = static_cast<double>(position) / static_cast<double>(axis.GetTileSize()) - 0.5;
      const double mean = (1.0 - neighbors.UpperWeight) * static_cast<double>(neighbors.Lower) +
                          neighbors.UpperWeight * static_cast<double>(neighbors.Upper);
      // Single precision, of numbers up to 16.
      ASSERT_NEAR(mean, std::min(std::max(place, 0.0), last), 4e-6) << "position " << position;
      if (place < -4e-6 || place > last + 4e-6)
      {
        ASSERT_EQ(neighbors.Lower, neighbors.Upper);
      }
    }
  });
}


TEST(ContrastLimitedTileAxis, Finds_where_other_tiles_begin)
{
  ForEachAxis([](const ContrastLimitedTileAxis & axis) {
    const auto size = axis.GetSize();
    const auto areSame = [&](SizeValueType a, SizeValueType b) {
      return axis.Locate(a).Lower == axis.Locate(b).Lower && axis.Locate(a).Upper == axis.Locate(b).Upper;
    };
    for (SizeValueType begin = 0; begin < size; ++begin)
    {
      const auto end = axis.FindNextTiles(begin, size);
      ASSERT_GT(end, begin);
      ASSERT_TRUE(areSame(begin, end - 1));
      ASSERT_TRUE(end == size || !areSame(begin, end));
    }
  });
}
