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
#include "itkCroppingImageRegionSplitter.h"

#include <gtest/gtest.h>


TEST(CroppingImageRegionSplitter, Splits_its_own_region)
{
  using RegionType = itk::ImageRegion<2>;
  const RegionType whole(itk::Index<2>{ { 0, 0 } }, itk::Size<2>{ { 100, 200 } });
  const RegionType part(itk::Index<2>{ { 3, 7 } }, itk::Size<2>{ { 5, 20 } });
  const auto       plain = itk::ImageRegionSplitterSlowDimension::New();
  const auto       cropping = itk::CroppingImageRegionSplitter<2>::New();
  EXPECT_EQ(cropping->GetRegion().GetNumberOfPixels(), 0u);
  cropping->SetRegion(part);
  for (const unsigned int requested : { 1, 3, 20, 50 })
  {
    const auto pieces = plain->GetNumberOfSplits(part, requested);
    ASSERT_EQ(cropping->GetNumberOfSplits(whole, requested), pieces);
    for (unsigned int i = 0; i < pieces; ++i)
    {
      auto expected = part;
      plain->GetSplit(i, pieces, expected);
      auto found = whole;
      EXPECT_EQ(cropping->GetSplit(i, pieces, found), pieces);
      EXPECT_EQ(found, expected);
    }
  }
}
