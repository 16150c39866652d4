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
#include "FileNames.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace IntensityMapping;
using namespace Testing;

TEST(CommonFileNames, NumbersAreComparedAsNumbers)
{
  EXPECT_TRUE(ComesBefore("frame2.mha", "frame10.mha"));
  EXPECT_FALSE(ComesBefore("frame10.mha", "frame2.mha"));
  EXPECT_TRUE(ComesBefore("a9b2", "a9b10"));
  EXPECT_TRUE(ComesBefore("a", "a1"));
  EXPECT_TRUE(ComesBefore("a1", "b"));
  EXPECT_TRUE(ComesBefore("a99999999999999999999998", "a99999999999999999999999"));
}

TEST(CommonFileNames, TheOrderIsStrict)
{
  const std::vector<std::string> names = { "", "a", "a1", "a01", "a001", "a1b", "a01b", "a2", "a10", "b", "1", "01" };
  for (const auto & first : names)
  {
    for (const auto & second : names)
    {
      EXPECT_EQ(ComesBefore(first, second) + ComesBefore(second, first), first == second ? 0 : 1)
        << first << ' ' << second;
    }
  }
}

TEST(CommonFileNames, PatternsGiveMatchesInNaturalOrderAndArgumentsKeepTheirs)
{
  const TemporaryFolder folder;
  for (const char * name : { "frame10.mha", "frame2.mha", "frame1.mha", "last.mha", ".frame3.mha" })
  {
    WriteBytes(folder / name, "x");
  }
  std::filesystem::create_directory(folder / "frame4.mha");
  const std::vector<std::string> expected = {
    folder / "last.mha", folder / "frame1.mha", folder / "frame2.mha", folder / "frame10.mha", folder / "frame1.mha"
  };
  EXPECT_EQ(ExpandFileNames({ folder / "last.mha", folder / "frame*.mha", folder / "frame1.mha" }), expected);
  EXPECT_EQ(ExpandFileNames({ folder / "frame[12].mha" }).size(), 2U);
  EXPECT_EQ(ExpandFileNames({ folder / "frame??.mha" }), std::vector<std::string>{ folder / "frame10.mha" });
  EXPECT_EQ(ExpandFileNames({ folder / "*.mha" }).size(), 4U);
}

TEST(CommonFileNames, AnExistingNameIsNoPattern)
{
  const TemporaryFolder folder;
  WriteBytes(folder / "a[1].mha", "x");
  WriteBytes(folder / "a1.mha", "x");
  EXPECT_EQ(ExpandFileNames({ folder / "a[1].mha" }), std::vector<std::string>{ folder / "a[1].mha" });
}

TEST(CommonFileNames, WhatIsNotThereIsAnError)
{
  const TemporaryFolder folder;
  EXPECT_EQ(GetError([&] { ExpandFileNames({ folder / "a*.mha" }); }),
            "No file matches '" + (folder / "a*.mha") + "'.");
  EXPECT_EQ(GetError([&] { ExpandFileNames({ folder / "a.mha" }); }), "There is no file '" + (folder / "a.mha") + "'.");
}

TEST(CommonFileNames, OutputsHaveToBeDistinct)
{
  const TemporaryFolder folder;
  WriteBytes(folder / "in.mha", "x");
  std::filesystem::create_symlink(folder / "in.mha", folder / "link.mha");
  const std::vector<std::string> inputs = { folder / "in.mha", folder / "in.mha" };
  EXPECT_EQ(GetError([&] { VerifyOutputsAreDistinct(inputs, { folder / "a.mha", "", "", folder / "b.mha" }); }), "");
  EXPECT_TRUE(Contains(GetError([&] { VerifyOutputsAreDistinct(inputs, { folder / "x/../in.mha" }); }), "is an input"));
  EXPECT_TRUE(Contains(GetError([&] { VerifyOutputsAreDistinct(inputs, { folder / "link.mha" }); }), "is an input"));
  EXPECT_TRUE(Contains(GetError([&] {
                         VerifyOutputsAreDistinct(inputs, { folder / "a.mha", folder / "./a.mha" });
                       }),
                       "given twice"));
}
