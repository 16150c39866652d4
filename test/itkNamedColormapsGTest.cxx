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
#include "itksys/SystemTools.hxx"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace
{
struct Reference
{
  const char *  m_Name;
  unsigned int  m_NumberOfEntries;
  std::uint64_t m_HashOfBytes;
  std::uint64_t m_HashOfDoubles; // 0 where the peer's own differ by the processor
};

// Written by generate_named_colormaps_reference.py, from the peers themselves.
const Reference references[] = {
#include "NamedColormapsReference.inc"
};

// As it is published, and the SIZES of the script.
const itk::SizeValueType sizes[] = { 0, 1, 2, 7, 100, 256, 1024, 4096 };

itk::Colormap::Pointer
MakeColormap(const std::string & name, itk::SizeValueType numberOfEntries = 0)
{
  auto colormap = itk::Colormap::New();
  colormap->SetName(name, numberOfEntries);
  return colormap;
}

/** 64-bit FNV-1a. */
class Hash
{
public:
  void
  Add(std::uint64_t value, int numberOfBytes)
  {
    for (int i = 0; i < numberOfBytes; ++i)
    {
      m_Value = (m_Value ^ (value >> (8 * i) & 0xFF)) * 0x100000001B3;
    }
  }

  std::uint64_t m_Value{ 0xCBF29CE484222325 };
};

void
AddBytes(const itk::Colormap & colormap, Hash & hash)
{
  const auto table = colormap.GetByteTable();
  for (itk::SizeValueType k = 0; k < colormap.GetNumberOfEntries(); ++k)
  {
    std::for_each(table[k].Begin(), table[k].End(), [&](unsigned char component) { hash.Add(component, 1); });
  }
}

void
AddDoubles(const itk::Colormap & colormap, Hash & hash)
{
  for (const auto & color : colormap.GetTable())
  {
    for (unsigned int c = 0; c < 4; ++c)
    {
      std::uint64_t bits;
      std::memcpy(&bits, &color[c], sizeof(bits));
      hash.Add(bits, sizeof(bits));
    }
  }
}

bool
StartsWith(const std::string & name, const std::string & start)
{
  return name.compare(0, start.size(), start) == 0;
}

const std::vector<std::string> listedNames{ "cividis",  "inferno",    "magma",    "plasma", "turbo",
                                            "twilight", "viridis",    "tab10",    "tab20c", "Set3",
                                            "berlin",   "cmc.batlow", "cmo.delta" };
const std::vector<std::string> segmentedNames{ "cool",  "coolwarm", "gray", "hot",       "jet",
                                               "Blues", "Spectral", "hsv",  "gist_earth" };
} // namespace


TEST(NamedColormaps, Agree_to_the_bit_with_their_peers)
{
  for (const auto & reference : references)
  {
    Hash bytes;
    Hash doubles;
    for (const auto size : sizes)
    {
      const auto colormap = MakeColormap(reference.m_Name, size);
      AddBytes(*colormap, bytes);
      AddDoubles(*colormap, doubles);
    }
    EXPECT_EQ(MakeColormap(reference.m_Name)->GetNumberOfEntries(), reference.m_NumberOfEntries) << reference.m_Name;
    EXPECT_EQ(bytes.m_Value, reference.m_HashOfBytes) << reference.m_Name << ", as bytes";
    if (reference.m_HashOfDoubles != 0)
    {
      EXPECT_EQ(doubles.m_Value, reference.m_HashOfDoubles) << reference.m_Name << ", as doubles";
    }
  }
}


TEST(NamedColormaps, Are_those_of_the_peers)
{
  std::vector<std::string> names;
  std::transform(std::begin(references), std::end(references), std::back_inserter(names), [](const auto & reference) {
    return reference.m_Name;
  });
  // Those of ITK are compared with its own functions, in itkColormapDialectsGTest.cxx.
  auto known = itk::Colormap::GetNames();
  known.erase(
    std::remove_if(known.begin(), known.end(), [](const std::string & name) { return StartsWith(name, "itk."); }),
    known.end());
  EXPECT_EQ(known, names);
}


TEST(NamedColormaps, Names_are_in_alphabetical_order_each_followed_by_its_reversed_form)
{
  const auto               names = itk::Colormap::GetNames();
  std::vector<std::string> lowered;
  for (std::size_t i = 0; i < names.size(); i += 2)
  {
    EXPECT_EQ(names[i + 1], names[i] + "_r");
    lowered.push_back(itksys::SystemTools::LowerCase(names[i]));
  }
  EXPECT_TRUE(std::is_sorted(lowered.begin(), lowered.end()));
}


TEST(NamedColormaps, Each_has_one_category_a_source_and_a_licence)
{
  std::multiset<std::string> names;
  for (const auto & category : itk::Colormap::GetCategories())
  {
    const auto ofCategory = itk::Colormap::GetNamesOfCategory(category);
    EXPECT_FALSE(ofCategory.empty()) << category;
    names.insert(ofCategory.begin(), ofCategory.end());
    for (const auto & name : ofCategory)
    {
      EXPECT_EQ(itk::Colormap::GetCategory(name), category);
      EXPECT_EQ(itk::Colormap::GetCategory(name + "_r"), category);
      EXPECT_FALSE(itk::Colormap::GetSource(name).empty()) << name;
      EXPECT_FALSE(itk::Colormap::GetLicense(name).empty()) << name;
    }
  }
  const std::set<std::string> distinct(names.begin(), names.end());
  EXPECT_EQ(distinct.size(), names.size());
  EXPECT_EQ(2 * names.size(), itk::Colormap::GetNames().size());
  EXPECT_EQ(itk::Colormap::GetLicense("viridis_r"), "CC0-1.0");
  EXPECT_EQ(itk::Colormap::GetLicense("Blues"), "LicenseRef-ColorBrewer");
  EXPECT_EQ(itk::Colormap::GetCategory("cmo.phase"), "cyclic");
  EXPECT_THROW(itk::Colormap::GetNamesOfCategory("cycilc"), itk::ExceptionObject);
  EXPECT_THROW(itk::Colormap::GetSource("jett"), itk::ExceptionObject);
}


TEST(NamedColormaps, Perceptual_ones_grow_lighter_or_darker_and_cyclic_ones_close)
{
  const auto getLuma = [](const itk::Colormap::ColorType & color) {
    return 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2];
  };
  for (const auto & name : itk::Colormap::GetNamesOfCategory("perceptual"))
  {
    const auto table = MakeColormap(name, 16)->GetTable();
    const bool grows = getLuma(table.back()) > getLuma(table.front());
    for (std::size_t k = 1; k < table.size(); ++k)
    {
      EXPECT_EQ(getLuma(table[k]) > getLuma(table[k - 1]), grows) << name << ' ' << k;
    }
  }
  for (const auto & name : itk::Colormap::GetNamesOfCategory("cyclic"))
  {
    const auto table = MakeColormap(name)->GetTable();
    for (unsigned int c = 0; c < 3; ++c)
    {
      // hsv, MATLAB's, stops short of red by 6/64.
      EXPECT_NEAR(table.front()[c], table.back()[c], 0.1) << name;
    }
  }
}


TEST(NamedColormaps, Prefixes_can_be_left_out_where_no_other_colormap_has_the_name)
{
  const std::set<std::string> namesOfOthers{ "berlin", "managua", "vanimo", "gray" };
  const auto                  names = itk::Colormap::GetNames();
  for (std::size_t i = 0; i < names.size(); i += 2)
  {
    const auto dot = names[i].find('.');
    if (dot != std::string::npos && itk::Colormap::GetCategory(names[i]) != "dialect")
    {
      const auto plain = names[i].substr(dot + 1);
      const bool isSame = namesOfOthers.count(plain) == 0;
      EXPECT_EQ(MakeColormap(plain)->GetTable() == MakeColormap(names[i])->GetTable(), isSame) << plain;
      EXPECT_EQ(MakeColormap(plain + "_r")->GetTable() == MakeColormap(names[i + 1])->GetTable(), isSame) << plain;
    }
  }
  EXPECT_STREQ(MakeColormap("batlow")->GetName(), "batlow");
}


TEST(NamedColormaps, Spellings_of_matplotlib_are_taken)
{
  const std::pair<std::string, std::string> spellings[] = {
    { "grey", "gray" }, { "Grays", "Greys" }, { "gist_grey", "gist_gray" }, { "gist_yerg", "gist_yarg" }
  };
  for (const auto & [spelling, name] : spellings)
  {
    EXPECT_EQ(MakeColormap(spelling)->GetTable(), MakeColormap(name)->GetTable());
    EXPECT_EQ(MakeColormap(spelling + "_r")->GetTable(), MakeColormap(name + "_r")->GetTable());
  }
}


TEST(NamedColormaps, Are_all_in_the_documentation)
{
  const auto    page = std::filesystem::path(IntensityMapping_SOURCE_DIR) / "doc" / "colormaps.md";
  std::ifstream stream(page);
  ASSERT_TRUE(stream) << page;
  const std::string text{ std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>() };
  const auto        names = itk::Colormap::GetNames();
  for (std::size_t i = 0; i < names.size(); i += 2)
  {
    EXPECT_NE(text.find('`' + names[i] + '`'), std::string::npos) << names[i];
  }
  EXPECT_NE(text.find(std::to_string(names.size() / 2) + " named colormaps"), std::string::npos);
}


TEST(NamedColormaps, Have_the_number_of_entries_asked_for_and_are_opaque)
{
  for (const auto & name : itk::Colormap::GetNames())
  {
    for (const itk::SizeValueType n : { 1, 2, 3, 255, 256, 257, 4097 })
    {
      const auto colormap = MakeColormap(name, n);
      EXPECT_EQ(colormap->GetNumberOfEntries(), n) << name;
      EXPECT_NO_THROW(itk::Colormap::New()->SetTable(colormap->GetTable())) << name;
      for (const auto & color : colormap->GetTable())
      {
        ASSERT_EQ(color[3], 1.0) << name;
      }
    }
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
  // first of gist_earth's blue, moves by less than 44 per unit.
  constexpr double tolerance = 44 * 8 * 1.2e-16;
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


TEST(NamedColormaps, A_jump_keeps_both_of_its_values)
{
  // The red of gist_stern falls to 0.027 at 0.25 and goes on from 0.25.
  const auto table = MakeColormap("gist_stern", 5)->GetTable();
  EXPECT_NEAR(table[1][0], 0.027, 1e-15); // interpolated from 1 to it: off by a rounding of 1
  EXPECT_EQ(table[2][0], 0.5);
}


TEST(NamedColormaps, Formulas_have_their_known_points)
{
  const auto cubehelix = MakeColormap("cubehelix", 3)->GetTable();
  // At a half the angle is -7/6 pi: cosine -sqrt(3)/2, sine 1/2; the amplitude is 1/8.
  const double root = std::sqrt(3.0) / 2.0;
  EXPECT_EQ(cubehelix[0], itk::Colormap::MakeColor(0.0, 0.0, 0.0));
  EXPECT_NEAR(cubehelix[1][0], 0.5 + (0.14861 * root + 1.78277 / 2.0) / 8.0, 1e-15);
  EXPECT_NEAR(cubehelix[1][1], 0.5 + (0.29227 * root - 0.90649 / 2.0) / 8.0, 1e-15);
  EXPECT_NEAR(cubehelix[1][2], 0.5 - 1.97294 * root / 8.0, 1e-15);
  EXPECT_EQ(cubehelix[2], itk::Colormap::MakeColor(1.0, 1.0, 1.0));
  EXPECT_EQ(MakeColormap("gist_heat", 3)->GetTable()[1], itk::Colormap::MakeColor(0.75, 0.0, 0.0));
}


TEST(NamedColormaps, An_unknown_name_is_refused_with_one_that_is_near)
{
  const std::pair<std::string, std::string> spellings[] = { { "viridi", "viridis" },
                                                            { "viridis_r_r", "viridis_r" },
                                                            { "Spectrl", "Spectral" },
                                                            { "batlw", "batlow" },
                                                            { "cmo.termal", "cmo.thermal" } };
  for (const auto & [name, near] : spellings)
  {
    try
    {
      MakeColormap(name);
      ADD_FAILURE() << "No exception for " << name;
    }
    catch (const itk::ExceptionObject & exception)
    {
      const std::string description = exception.GetDescription();
      EXPECT_NE(description.find("'" + name + "': did you mean " + near), std::string::npos) << description;
      EXPECT_EQ(description.find('\n'), std::string::npos) << description;
    }
  }
  EXPECT_THROW(MakeColormap(""), itk::ExceptionObject);
  EXPECT_THROW(MakeColormap("_r"), itk::ExceptionObject);
  EXPECT_THROW(MakeColormap("cmc."), itk::ExceptionObject);
}
