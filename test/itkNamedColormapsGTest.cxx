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
#include "itkColormap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace
{
struct Reference
{
  const char *  m_Name;
  unsigned int  m_NumberOfEntries;
  std::uint64_t m_HashOfBytes;
  std::uint64_t m_HashOfDoubles;
};

// Written by generate_named_colormaps_reference.py, from matplotlib itself. The first line of a name is its native
// size.
const Reference references[] = {
#include "NamedColormapsReference.inc"
};

itk::Colormap::Pointer
MakeColormap(const std::string & name, itk::SizeValueType numberOfEntries = 0)
{
  auto colormap = itk::Colormap::New();
  colormap->SetName(name, numberOfEntries);
  return colormap;
}

void
AddToHash(std::uint64_t & hash, std::uint64_t value, int numberOfBytes)
{
  for (int i = 0; i < numberOfBytes; ++i)
  {
    hash = (hash ^ (value >> (8 * i) & 0xFF)) * 0x100000001B3;
  }
}

constexpr std::uint64_t emptyHash = 0xCBF29CE484222325;

std::uint64_t
HashBytes(const itk::Colormap & colormap)
{
  std::uint64_t hash = emptyHash;
  const auto    table = colormap.GetByteTable();
  for (itk::SizeValueType k = 0; k < colormap.GetNumberOfEntries(); ++k)
  {
    for (unsigned int c = 0; c < 4; ++c)
    {
      AddToHash(hash, table[k][c], 1);
    }
  }
  return hash;
}

std::uint64_t
HashDoubles(const itk::Colormap & colormap)
{
  std::uint64_t hash = emptyHash;
  for (const auto & color : colormap.GetTable())
  {
    for (unsigned int c = 0; c < 4; ++c)
    {
      std::uint64_t bits;
      std::memcpy(&bits, &color[c], sizeof(bits));
      AddToHash(hash, bits, sizeof(bits));
    }
  }
  return hash;
}

const std::vector<std::string> listedNames{ "cividis", "inferno", "magma", "plasma", "turbo", "twilight", "viridis" };
const std::vector<std::string> segmentedNames{ "cool", "coolwarm", "gray", "hot", "jet" };
} // namespace


TEST(NamedColormaps, Agree_to_the_bit_with_matplotlib)
{
  for (const auto & reference : references)
  {
    const auto colormap = MakeColormap(reference.m_Name, reference.m_NumberOfEntries);
    EXPECT_EQ(HashBytes(*colormap), reference.m_HashOfBytes)
      << reference.m_Name << " of " << reference.m_NumberOfEntries << " entries, as bytes";
    EXPECT_EQ(HashDoubles(*colormap), reference.m_HashOfDoubles)
      << reference.m_Name << " of " << reference.m_NumberOfEntries << " entries, as doubles";
  }
}


TEST(NamedColormaps, Every_name_has_a_reference)
{
  std::vector<std::string> names;
  for (const auto & reference : references)
  {
    if (names.empty() || names.back() != reference.m_Name)
    {
      names.emplace_back(reference.m_Name);
    }
  }
  EXPECT_EQ(itk::Colormap::GetNames(), names);
}


TEST(NamedColormaps, Names_are_sorted_each_followed_by_its_reversed_form)
{
  const auto names = itk::Colormap::GetNames();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  ASSERT_EQ(names.size(), 24u);
  for (std::size_t i = 0; i < names.size(); i += 2)
  {
    EXPECT_EQ(names[i + 1], names[i] + "_r");
  }
}


TEST(NamedColormaps, Have_the_number_of_entries_asked_for_and_are_opaque)
{
  for (const auto & name : itk::Colormap::GetNames())
  {
    for (const itk::SizeValueType n : { 1, 2, 3, 255, 256, 257, 4097 })
    {
      const auto colormap = MakeColormap(name, n);
      EXPECT_EQ(colormap->GetNumberOfEntries(), n) << name;
      for (const auto & color : colormap->GetTable())
      {
        EXPECT_EQ(color[3], 1.0) << name;
      }
    }
    const bool isTwilight = name.rfind("twilight", 0) == 0;
    EXPECT_EQ(MakeColormap(name)->GetNumberOfEntries(), isTwilight ? 510u : 256u) << name;
  }
}


TEST(NamedColormaps, Reversing_a_listed_colormap_twice_gives_it_back)
{
  for (const auto & name : listedNames)
  {
    const auto colormap = MakeColormap(name);
    auto       table = MakeColormap(name + "_r")->GetTable();
    EXPECT_NE(table, colormap->GetTable()) << name;
    std::reverse(table.begin(), table.end());
    EXPECT_EQ(table, colormap->GetTable()) << name;
  }
}


TEST(NamedColormaps, Reversing_a_segmented_colormap_mirrors_it_but_for_rounding)
{
  // A position is off by the few roundings of 2^-53 that make it (eight are allowed for), and the steepest segment, the
  // ends of jet, moves by less than 5 per unit.
  constexpr double tolerance = 5 * 8 * 1.2e-16;
  for (const auto & name : segmentedNames)
  {
    for (const itk::SizeValueType n : { 2, 7, 100, 256, 1024 })
    {
      const auto table = MakeColormap(name, n)->GetTable();
      const auto reversed = MakeColormap(name + "_r", n)->GetTable();
      for (itk::SizeValueType k = 0; k < n; ++k)
      {
        for (unsigned int c = 0; c < 4; ++c)
        {
          EXPECT_NEAR(reversed[n - 1 - k][c], table[k][c], tolerance) << name << ", entry " << k << " of " << n;
        }
      }
    }
  }
}


TEST(NamedColormaps, A_resampled_listed_colormap_is_picked_from_its_colors_and_keeps_its_ends)
{
  for (const auto & name : listedNames)
  {
    const auto colors = MakeColormap(name)->GetTable();
    for (const itk::SizeValueType n : { 2, 7, 100, 1024 })
    {
      const auto table = MakeColormap(name, n)->GetTable();
      EXPECT_EQ(table.front(), colors.front()) << name;
      EXPECT_EQ(table.back(), colors.back()) << name;
      auto from = colors.begin();
      for (const auto & color : table)
      {
        from = std::find(from, colors.end(), color);
        ASSERT_NE(from, colors.end()) << name << " of " << n << " entries";
      }
    }
  }
}


TEST(NamedColormaps, Gray_is_the_straight_line_from_black_to_white)
{
  const auto table = MakeColormap("gray", 5)->GetTable();
  for (unsigned int k = 0; k < 5; ++k)
  {
    EXPECT_EQ(table[k], itk::Colormap::MakeColor(k / 4.0, k / 4.0, k / 4.0));
  }
}


TEST(NamedColormaps, An_unknown_name_is_refused_with_one_that_is_near)
{
  for (const std::string name : { "viridi", "viridis_r_r" })
  {
    try
    {
      MakeColormap(name);
      ADD_FAILURE() << "No exception for " << name;
    }
    catch (const itk::ExceptionObject & exception)
    {
      const std::string description = exception.GetDescription();
      EXPECT_NE(description.find("'" + name + "'"), std::string::npos) << description;
      EXPECT_NE(description.find("viridis"), std::string::npos) << description;
    }
  }
  EXPECT_THROW(MakeColormap(""), itk::ExceptionObject);
  EXPECT_THROW(MakeColormap("_r"), itk::ExceptionObject);
}
