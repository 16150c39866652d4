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
#include "itkRepeatedImageRegionSplitter.h"

#include "itkImageRegion.h"

#include <gtest/gtest.h>


TEST(RepeatedImageRegionSplitter, Gives_the_pieces_again_and_again)
{
  using RegionType = itk::ImageRegion<2>;
  const RegionType whole(itk::Index<2>{ { 3, -7 } }, itk::Size<2>{ { 5, 20 } });
  const auto       once = itk::ImageRegionSplitterSlowDimension::New();
  for (const unsigned int repetitions : { 1, 2, 4 })
  {
    // More pieces than there are rows cannot be had.
    for (const unsigned int requested : { 1, 3, 20, 50 })
    {
      const auto repeated = itk::RepeatedImageRegionSplitter::New();
      repeated->SetNumberOfRepetitions(repetitions);
      const unsigned int piecesOnce = once->GetNumberOfSplits(whole, requested);
      const unsigned int pieces = repeated->GetNumberOfSplits(whole, requested);
      ASSERT_EQ(pieces, repetitions * piecesOnce);
      for (unsigned int i = 0; i < pieces; ++i)
      {
        auto expected = whole;
        once->GetSplit(i % piecesOnce, piecesOnce, expected);
        auto found = whole;
        EXPECT_EQ(repeated->GetSplit(i, pieces, found), pieces);
        EXPECT_EQ(found, expected);
      }
    }
  }
}


TEST(RepeatedImageRegionSplitter, Gives_the_pieces_once_at_first)
{
  const auto splitter = itk::RepeatedImageRegionSplitter::New();
  EXPECT_EQ(splitter->GetNumberOfRepetitions(), 1u);
  splitter->SetNumberOfRepetitions(0);
  EXPECT_EQ(splitter->GetNumberOfRepetitions(), 1u);
}
