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

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

using itk::Colormap;

namespace
{
Colormap::Pointer
MakeColormap(const std::string & name, unsigned int numberOfEntries = 0)
{
  auto colormap = Colormap::New();
  colormap->SetName(name, numberOfEntries);
  return colormap;
}


Colormap::BytesType
MakeBytes(unsigned char red, unsigned char green, unsigned char blue, unsigned char opacity = 255)
{
  Colormap::BytesType bytes;
  bytes.Set(red, green, blue, opacity);
  return bytes;
}
} // namespace


TEST(Colormap, Gives_the_entries_at_their_places)
{
  const auto colormap = MakeColormap("turbo", 7);
  const auto table = colormap->GetByteTable();
  for (unsigned int i = 0; i < 7; ++i)
  {
    EXPECT_EQ(colormap->ForwardValue((i + 0.5) / 7.0), table[i]);
  }
  EXPECT_EQ(colormap->ForwardValue(0.0), table[0]);
  EXPECT_EQ(colormap->ForwardValue(1.0), table[6]);
}


TEST(Colormap, Tells_under_over_and_bad_apart)
{
  const auto colormap = MakeColormap("viridis");
  EXPECT_EQ(colormap->ForwardValue(-0.001), colormap->ForwardValue(0.0));
  EXPECT_EQ(colormap->ForwardValue(1.001), colormap->ForwardValue(1.0));
  EXPECT_EQ(colormap->ForwardValue(std::nan("")), MakeBytes(0, 0, 0, 0));

  colormap->SetUnderColor(Colormap::MakeColor(1.0, 0.0, 0.0));
  colormap->SetOverColor(Colormap::MakeColor(0.0, 1.0, 0.0));
  colormap->SetBadColor(Colormap::MakeColor(0.0, 0.0, 1.0, 0.5));
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(colormap->ForwardValue(-1e-300), MakeBytes(255, 0, 0));
  EXPECT_EQ(colormap->ForwardValue(-infinity), MakeBytes(255, 0, 0));
  EXPECT_EQ(colormap->ForwardValue(1.0 + 1e-15), MakeBytes(0, 255, 0));
  EXPECT_EQ(colormap->ForwardValue(infinity), MakeBytes(0, 255, 0));
  EXPECT_EQ(colormap->ForwardValue(std::nan("")), MakeBytes(0, 0, 255, 127));
  EXPECT_EQ(colormap->ForwardValue(-0.0), colormap->GetByteTable().front());
}


TEST(Colormap, Truncates_components_to_bytes)
{
  auto colormap = Colormap::New();
  colormap->SetTable({ Colormap::MakeColor(0.999, 0.5, 1.0 / 255.0, 1.0) });
  EXPECT_EQ(colormap->ForwardValue(0.3), MakeBytes(254, 127, 1));
}


TEST(Colormap, Says_the_same_in_single_and_in_double_precision_where_both_are_exact)
{
  const auto colormap = MakeColormap("jet");
  for (int i = -300; i <= 1324; ++i)
  {
    const float         single = static_cast<float>(i) / 1024.0F;
    Colormap::BytesType color;
    colormap->Forward(&single, &color, 1);
    EXPECT_EQ(color, colormap->ForwardValue(single));
  }
}


TEST(Colormap, Is_undone_by_its_inverse_where_colours_are_distinct)
{
  for (const std::string name : { "magma", "turbo", "jet", "gray", "twilight" })
  {
    const auto colormap = MakeColormap(name);
    for (int i = 0; i < 1000; ++i)
    {
      const double normalized = (i + 0.5) / 1000.0;
      const auto   color = colormap->ForwardValue(normalized);
      double       recovered;
      colormap->Inverse(&color, &recovered, 1);
      EXPECT_EQ(colormap->ForwardValue(recovered), color) << name << ' ' << normalized;
    }
  }
}


TEST(Colormap, Inverts_to_the_centre_of_equal_entries)
{
  auto       colormap = Colormap::New();
  const auto red = Colormap::MakeColor(1.0, 0.0, 0.0);
  colormap->SetTable({ red, red, red, Colormap::MakeColor(0.0, 0.0, 1.0) });
  const Colormap::BytesType colors[] = { MakeBytes(250, 10, 0), MakeBytes(3, 0, 255, 0) };
  double                    normalized[2];
  colormap->Inverse(colors, normalized, 2);
  EXPECT_EQ(normalized[0], 1.5 / 4.0);
  EXPECT_EQ(normalized[1], 3.5 / 4.0);
}


TEST(Colormap, Names_those_that_are_near_an_unknown_name)
{
  try
  {
    MakeColormap("viridiss");
    FAIL() << "An unknown name was taken.";
  }
  catch (const itk::ExceptionObject & error)
  {
    const std::string description = error.GetDescription();
    EXPECT_NE(description.find("'viridiss'"), std::string::npos) << description;
    EXPECT_NE(description.find("did you mean viridis?"), std::string::npos) << description;
    EXPECT_EQ(description.find('\n'), std::string::npos) << description;
  }
}


TEST(Colormap, Keeps_its_table_when_it_refuses_another)
{
  const auto colormap = MakeColormap("hot");
  EXPECT_THROW(colormap->SetName("warm"), itk::ExceptionObject);
  EXPECT_THROW(colormap->SetTable({}), itk::ExceptionObject);
  EXPECT_THROW(colormap->SetTable({ Colormap::MakeColor(0.0, 1.1, 0.0) }), itk::ExceptionObject);
  EXPECT_THROW(colormap->SetTable({ Colormap::MakeColor(0.0, std::nan(""), 0.0) }), itk::ExceptionObject);
  EXPECT_STREQ(colormap->GetName(), "hot");
  EXPECT_EQ(colormap->GetByteTable(), MakeColormap("hot")->GetByteTable());
}


TEST(Colormap, Refuses_colours_that_are_none)
{
  const auto colormap = MakeColormap("hot");
  EXPECT_NO_THROW(colormap->Verify());
  colormap->SetBadColor(Colormap::MakeColor(0.0, 0.0, 2.0));
  EXPECT_THROW(colormap->Verify(), itk::ExceptionObject);
}
