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
#include "itkNearNames.h"

#include <gtest/gtest.h>

namespace
{
const std::vector<std::string> names{ "viridis", "viridis_r", "magma", "gray", "hot", "jet" };
}


TEST(NearNames, Finds_slips_of_the_keyboard)
{
  EXPECT_EQ(itk::GetNearNames("viridiss", names), std::vector<std::string>{ "viridis" });
  EXPECT_EQ(itk::GetNearNames("virdis", names).front(), "viridis");
  EXPECT_EQ(itk::GetNearNames("vriidis", names).front(), "viridis");
  EXPECT_EQ(itk::GetNearNames("Viridis", names).front(), "viridis");
  EXPECT_EQ(itk::GetNearNames("grey", names).front(), "gray");
  EXPECT_EQ(itk::GetNearNames("jt", names).front(), "jet");
}


TEST(NearNames, Finds_how_a_name_goes_on)
{
  EXPECT_EQ(itk::GetNearNames("vir", names), (std::vector<std::string>{ "viridis", "viridis_r" }));
}


TEST(NearNames, Finds_nothing_in_what_is_far)
{
  EXPECT_TRUE(itk::GetNearNames("rainbow", names).empty());
  EXPECT_TRUE(itk::GetNearNames("", names).empty());
}


TEST(NearNames, Makes_one_line)
{
  EXPECT_EQ(itk::DescribeUnknownName("colormap", "jett", { "jet", "hot" }),
            "Unknown colormap 'jett': did you mean jet? There are: jet, hot.");
  EXPECT_EQ(itk::DescribeUnknownName("colormap", "rainbow", { "jet", "hot" }),
            "Unknown colormap 'rainbow'. There are: jet, hot.");
}
