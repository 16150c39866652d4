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
#include "itkForEachSpan.h"

#include <map>

#include <gtest/gtest.h>

using RegionType = itk::ImageRegion<3>;

namespace
{
/** How often each index is visited, and how many runs there were. */
std::pair<std::map<std::vector<itk::IndexValueType>, int>, int>
CountVisits(const RegionType & region, std::initializer_list<RegionType> bufferedRegions)
{
  std::map<std::vector<itk::IndexValueType>, int> visits;
  int                                             numberOfRuns = 0;
  itk::ForEachSpan(region, bufferedRegions, [&](itk::Index<3> index, itk::SizeValueType length) {
    ++numberOfRuns;
    for (itk::SizeValueType i = 0; i < length; ++i)
    {
      ++visits[{ index[0], index[1], index[2] }];
      for (unsigned int axis = 0; axis < 3; ++axis)
      {
        const bool wraps = ++index[axis] == region.GetIndex(axis) + static_cast<int>(region.GetSize(axis));
        if (!wraps)
        {
          break;
        }
        index[axis] = region.GetIndex(axis);
      }
    }
  });
  return { visits, numberOfRuns };
}
} // namespace


TEST(ForEachSpan, Visits_each_pixel_once)
{
  const RegionType buffered({ { -1, 2, 3 } }, { { 6, 5, 4 } });
  for (const RegionType & region : { buffered,
                                     RegionType({ { 0, 2, 3 } }, { { 4, 5, 4 } }),
                                     RegionType({ { -1, 3, 4 } }, { { 6, 2, 3 } }),
                                     RegionType({ { -1, 2, 5 } }, { { 6, 5, 1 } }),
                                     RegionType({ { 2, 3, 4 } }, { { 1, 1, 1 } }) })
  {
    const auto visits = CountVisits(region, { buffered }).first;
    EXPECT_EQ(visits.size(), region.GetNumberOfPixels());
    for (const auto & visit : visits)
    {
      EXPECT_EQ(visit.second, 1);
      EXPECT_TRUE(region.IsInside(itk::Index<3>{ { visit.first[0], visit.first[1], visit.first[2] } }));
    }
  }
}


TEST(ForEachSpan, Makes_runs_as_long_as_all_buffers_allow)
{
  const RegionType whole({ { 0, 0, 0 } }, { { 6, 5, 4 } });
  const RegionType wider({ { 0, 0, 0 } }, { { 7, 5, 4 } });
  const RegionType higher({ { 0, 0, 0 } }, { { 6, 6, 4 } });
  EXPECT_EQ(CountVisits(whole, { whole }).second, 1);
  EXPECT_EQ(CountVisits(whole, { whole, higher }).second, 4);
  EXPECT_EQ(CountVisits(whole, { whole, wider }).second, 20);
}


TEST(ForEachSpan, Makes_no_run_of_an_empty_region)
{
  const RegionType whole({ { 0, 0, 0 } }, { { 6, 5, 4 } });
  EXPECT_EQ(CountVisits(RegionType({ { 0, 0, 0 } }, { { 6, 0, 4 } }), { whole }).second, 0);
}
