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
#include "itkInverseColormapTable.h"

#include "itkAsinhNormalization.h"
#include "itkBoundaryNormalization.h"
#include "itkCenteredNormalization.h"
#include "itkLinearNormalization.h"
#include "itkLogNormalization.h"
#include "itkPowerNormalization.h"
#include "itkSymmetricLogNormalization.h"
#include "itkTwoSlopeNormalization.h"

#include <cmath>
#include <map>
#include <random>

#include <gtest/gtest.h>

using itk::Colormap;
using itk::IntensityNormalization;

namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();


Colormap::Pointer
MakeColormap(const std::string & name, unsigned int numberOfEntries)
{
  auto colormap = Colormap::New();
  colormap->SetName(name, numberOfEntries);
  return colormap;
}


/** Up and down a gray scale, of which some levels are left out, others come several times. */
Colormap::Pointer
MakeZigzag(unsigned int numberOfEntries)
{
  Colormap::TableType table;
  for (unsigned int i = 0; i < numberOfEntries; ++i)
  {
    const unsigned int phase = i * i / 100 % 40;
    const double       gray = (phase < 20 ? phase : 40 - phase) / 20.0;
    table.push_back(Colormap::MakeColor(gray, gray, 0.5));
  }
  auto colormap = Colormap::New();
  colormap->SetTable(table);
  return colormap;
}


template <typename TNormalization>
typename TNormalization::Pointer
Make(double minimum, double maximum, bool clip = false)
{
  auto normalization = TNormalization::New();
  normalization->SetMinimum(minimum);
  normalization->SetMaximum(maximum);
  normalization->SetClip(clip);
  return normalization;
}


std::map<std::string, IntensityNormalization::Pointer>
MakeNormalizations()
{
  auto power = Make<itk::PowerNormalization>(-2.0, 700.5);
  power->SetGamma(0.4);
  auto twoSlope = Make<itk::TwoSlopeNormalization>(-10.0, 300.0);
  twoSlope->SetCenter(2.5);
  auto boundary = itk::BoundaryNormalization::New();
  boundary->SetBoundaries({ -3.0, 0.5, 7.0, 7.25, 100.0 });
  boundary->SetNumberOfColors(256);
  auto extended = itk::BoundaryNormalization::New();
  extended->SetBoundaries({ -3.0, 0.5, 7.0, 7.25, 100.0 });
  extended->SetNumberOfColors(7);
  extended->ExtendMinimumOn();
  extended->ExtendMaximumOn();
  return { { "linear", Make<itk::LinearNormalization>(1500.0, 4500.0) },
           { "linear, tenths", Make<itk::LinearNormalization>(-0.1, 0.7) },
           { "linear, far from 0", Make<itk::LinearNormalization>(1e6, 1e6 + 1.0) },
           { "linear, clipped", Make<itk::LinearNormalization>(-5.0, 7.0, true) },
           { "logarithmic", Make<itk::LogNormalization>(1e-4, 1e9) },
           { "symmetric logarithmic", Make<itk::SymmetricLogNormalization>(-1e5, 1e4) },
           { "inverse hyperbolic sine", Make<itk::AsinhNormalization>(-3e3, 1e4) },
           { "power", power.GetPointer() },
           { "two slopes", twoSlope.GetPointer() },
           { "boundaries", boundary.GetPointer() },
           { "boundaries, extended", extended.GetPointer() } };
}


/** What ColormapImageFilter does to images of float and double. */
Colormap::BytesType
ColorValue(double value, const IntensityNormalization & normalization, const Colormap & colormap)
{
  normalization.Forward(&value, &value, 1);
  return colormap.ForwardValue(value);
}


Colormap::BytesType
ColorValue(float value, const IntensityNormalization & normalization, const Colormap & colormap)
{
  if (normalization.RequiresDoublePrecision())
  {
    return ColorValue(double{ value }, normalization, colormap);
  }
  Colormap::BytesType color;
  normalization.Forward(&value, &value, 1);
  colormap.Forward(&value, &color, 1);
  return color;
}


template <typename TReal>
std::size_t
FindColor(const itk::InverseColormapTable<TReal> & table, const Colormap::BytesType & color)
{
  const auto & colors = table.GetColors();
  return std::find_if(colors.begin(),
                      colors.end(),
                      [&](const auto & other) { return std::equal(other.Begin(), other.End(), color.Begin()); }) -
         colors.begin();
}


/** Values within the limits, in order: evenly spread, and evenly spread on the normalized scale. */
template <typename TReal>
std::vector<TReal>
MakeValues(const IntensityNormalization & normalization, itk::SizeValueType count)
{
  const double                           minimum = normalization.GetMinimum();
  const double                           maximum = normalization.GetMaximum();
  std::mt19937                           generator(7);
  std::uniform_real_distribution<double> fraction(0.0, 1.0);
  std::vector<TReal>                     values;
  for (itk::SizeValueType i = 0; i < count; ++i)
  {
    for (const double value :
         { minimum + fraction(generator) * (maximum - minimum), normalization.InverseValue(fraction(generator)) })
    {
      const auto rounded = static_cast<TReal>(value);
      if (rounded >= minimum && rounded <= maximum)
      {
        values.push_back(rounded);
      }
    }
  }
  std::sort(values.begin(), values.end());
  return values;
}


/** Of each colour: the least and greatest of the values that have it, and in how many runs of values it comes. */
template <typename TReal>
struct Occurrence
{
  TReal        m_First;
  TReal        m_Last;
  unsigned int m_NumberOfRuns;
};


template <typename TReal>
std::map<std::size_t, Occurrence<TReal>>
FindOccurrences(const std::vector<TReal> &               values,
                const itk::InverseColormapTable<TReal> & table,
                const IntensityNormalization &           normalization,
                const Colormap &                         colormap)
{
  std::map<std::size_t, Occurrence<TReal>> occurrences;
  std::size_t                              previous = table.GetColors().size();
  for (const auto value : values)
  {
    const auto color = FindColor(table, ColorValue(value, normalization, colormap));
    auto &     occurrence = occurrences.emplace(color, Occurrence<TReal>{ value, value, 0 }).first->second;
    occurrence.m_Last = value;
    occurrence.m_NumberOfRuns += color != previous ? 1 : 0;
    previous = color;
  }
  return occurrences;
}
} // namespace


template <typename TReal>
class InverseColormapTable : public testing::Test
{
public:
  using TableType = itk::InverseColormapTable<TReal>;

  /** The laws on all values of all colours that some value has. */
  static void
  ExpectLaws(const Colormap & colormap, const IntensityNormalization & normalization)
  {
    const TableType table(colormap, normalization);
    ASSERT_EQ(table.GetValues().size(), table.GetColors().size() + 1);
    ASSERT_EQ(table.GetHalfWidths().size(), table.GetColors().size() + 1);
    ASSERT_EQ(table.GetAmbiguities().size(), table.GetColors().size() + 1);

    // Each entry has some hundred of them.
    const auto values = MakeValues<TReal>(normalization, 100 * colormap.GetNumberOfEntries());
    for (const auto & item : FindOccurrences(values, table, normalization, colormap))
    {
      const auto   color = item.first;
      const auto & occurrence = item.second;
      ASSERT_LT(color, table.GetNumberOfEntryColors());
      const auto value = table.GetValues()[color];
      const auto halfWidth = table.GetHalfWidths()[color];
      SCOPED_TRACE(testing::Message() << "color " << color << ", value " << value << " +- " << halfWidth);

      // The value has the colour again, lies within the limits, and all others are within its half-width.
      ASSERT_EQ(FindColor(table, ColorValue(value, normalization, colormap)), color);
      ASSERT_GE(value, normalization.GetMinimum());
      ASSERT_LE(value, normalization.GetMaximum());
      ASSERT_LE(double{ value } - occurrence.m_First, halfWidth);
      ASSERT_LE(double{ occurrence.m_Last } - value, halfWidth);

      ASSERT_EQ(table.GetAmbiguities()[color] != 0, occurrence.m_NumberOfRuns > 1);
    }
  }

  /** No half-width is greater than it need be: it ends where the colour does. */
  static void
  ExpectTight(const Colormap & colormap, const IntensityNormalization & normalization)
  {
    const TableType table(colormap, normalization);
    for (std::size_t color = 0; color < table.GetNumberOfEntryColors(); ++color)
    {
      const double value = table.GetValues()[color];
      const double halfWidth = table.GetHalfWidths()[color];
      // Up to rounding of the values and of the half-width.
      const double inside = halfWidth - 4.0 * std::numeric_limits<TReal>::epsilon() * (std::abs(value) + halfWidth);
      const bool   hasValues = FindColor(table, ColorValue(table.GetValues()[color], normalization, colormap)) == color;
      if (!hasValues || !(inside > 0.0) || table.GetAmbiguities()[color] != 0)
      {
        continue;
      }
      for (const double end : { value - inside, value + inside })
      {
        ASSERT_EQ(FindColor(table, ColorValue(static_cast<TReal>(end), normalization, colormap)), color) << end;
      }
    }
  }
};

using RealTypes = testing::Types<float, double>;
TYPED_TEST_SUITE(InverseColormapTable, RealTypes);


TYPED_TEST(InverseColormapTable, Has_values_that_get_the_same_colour_again)
{
  const auto normalization = Make<itk::LinearNormalization>(1500.0, 4500.0);
  for (const auto & name : Colormap::GetNames())
  {
    for (const unsigned int numberOfEntries : { 0, 1, 2, 3, 100, 4096 })
    {
      SCOPED_TRACE(testing::Message() << name << ' ' << numberOfEntries);
      const auto                                 colormap = MakeColormap(name, numberOfEntries);
      const itk::InverseColormapTable<TypeParam> table(*colormap, *normalization);
      const auto                                 bytes = colormap->GetByteTable();
      for (std::size_t entry = 0; entry < colormap->GetNumberOfEntries(); ++entry)
      {
        const auto color = table.GetColorsOfEntries()[entry];
        const auto again = ColorValue(table.GetValues()[color], *normalization, *colormap);
        ASSERT_TRUE(std::equal(again.Begin(), again.Begin() + 3, bytes[entry].Begin())) << entry;
      }
    }
  }
}


TYPED_TEST(InverseColormapTable, Holds_to_the_laws_for_all_normalizations)
{
  for (const auto & item : MakeNormalizations())
  {
    for (const auto & colormap :
         { MakeColormap("viridis", 256), MakeColormap("jet", 7), MakeColormap("twilight", 60), MakeZigzag(64) })
    {
      SCOPED_TRACE(testing::Message() << item.first << ", " << colormap->GetNumberOfEntries() << " entries");
      this->ExpectLaws(*colormap, *item.second);
    }
  }
}


TYPED_TEST(InverseColormapTable, Has_half_widths_that_are_as_small_as_can_be)
{
  for (const auto & item : MakeNormalizations())
  {
    for (const auto & colormap : { MakeColormap("viridis", 256), MakeColormap("jet", 1024), MakeZigzag(64) })
    {
      SCOPED_TRACE(testing::Message() << item.first << ", " << colormap->GetNumberOfEntries() << " entries");
      this->ExpectTight(*colormap, *item.second);
    }
  }
}


TYPED_TEST(InverseColormapTable, Is_monotone)
{
  for (const auto & item : MakeNormalizations())
  {
    const auto                                 colormap = MakeColormap("viridis", 256);
    const itk::InverseColormapTable<TypeParam> table(*colormap, *item.second);
    const auto &                               values = table.GetValues();
    EXPECT_TRUE(std::is_sorted(values.begin(), values.begin() + table.GetNumberOfEntryColors())) << item.first;
  }
}


/** For linear normalizations, all is known in closed form. */
TYPED_TEST(InverseColormapTable, Has_the_centres_of_the_intervals)
{
  const auto                                 normalization = Make<itk::LinearNormalization>(-8.0, 24.0);
  const auto                                 colormap = MakeColormap("jet", 16);
  const itk::InverseColormapTable<TypeParam> table(*colormap, *normalization);
  for (unsigned int entry = 0; entry < 16; ++entry)
  {
    // What is normalized was rounded at the magnitude of the range.
    constexpr double tolerance = 32.0 * std::numeric_limits<TypeParam>::epsilon();
    EXPECT_NEAR(table.GetValues()[entry], -8.0 + 2.0 * entry + 1.0, tolerance);
    EXPECT_NEAR(table.GetHalfWidths()[entry], 1.0, tolerance);
  }
}


TYPED_TEST(InverseColormapTable, Joins_entries_of_one_colour)
{
  const auto red = Colormap::MakeColor(1.0, 0.0, 0.0);
  const auto blue = Colormap::MakeColor(0.0, 0.0, 1.0, 0.5);
  const auto alsoBlue = Colormap::MakeColor(0.001, 0.0, 1.0, 0.7);
  auto       colormap = Colormap::New();
  colormap->SetTable({ red, red, blue, alsoBlue, blue, red });
  const itk::InverseColormapTable<TypeParam> table(*colormap, *Make<itk::LinearNormalization>(0.0, 6.0));
  ASSERT_EQ(table.GetColors().size(), 2u);
  EXPECT_EQ(table.GetColorsOfEntries(), (std::vector<std::uint32_t>{ 0, 0, 1, 1, 1, 0 }));
  EXPECT_FLOAT_EQ(table.GetValues()[0], 1.0);
  EXPECT_FLOAT_EQ(table.GetHalfWidths()[0], 5.0);
  EXPECT_EQ(table.GetAmbiguities()[0], 1);
  EXPECT_FLOAT_EQ(table.GetValues()[1], 3.5);
  EXPECT_FLOAT_EQ(table.GetHalfWidths()[1], 1.5);
  EXPECT_EQ(table.GetAmbiguities()[1], 0);
}


TYPED_TEST(InverseColormapTable, Takes_a_single_entry_for_the_whole_range)
{
  auto colormap = Colormap::New();
  colormap->SetTable({ Colormap::MakeColor(0.2, 0.4, 0.6) });
  const itk::InverseColormapTable<TypeParam> table(*colormap, *Make<itk::LinearNormalization>(10.0, 30.0));
  ASSERT_EQ(table.GetColors().size(), 1u);
  EXPECT_FLOAT_EQ(table.GetValues()[0], 20.0);
  EXPECT_FLOAT_EQ(table.GetHalfWidths()[0], 10.0);
}


TYPED_TEST(InverseColormapTable, Knows_but_one_value_if_the_limits_are_equal)
{
  for (const double limit : { 3.0, 0.1 })
  {
    const auto                                 normalization = Make<itk::LinearNormalization>(limit, limit);
    const itk::InverseColormapTable<TypeParam> table(*MakeColormap("jet", 256), *normalization);
    for (std::size_t color = 0; color < table.GetColors().size(); ++color)
    {
      EXPECT_EQ(table.GetValues()[color], static_cast<TypeParam>(limit));
      EXPECT_EQ(table.GetHalfWidths()[color], 0.0);
    }
  }
}


/** With 256 entries and four intervals, most entries are never used. */
TYPED_TEST(InverseColormapTable, Reads_entries_without_values_as_those_with)
{
  auto normalization = itk::BoundaryNormalization::New();
  normalization->SetBoundaries({ 0.0, 1.0, 4.0, 6.0, 10.0 });
  normalization->SetNumberOfColors(256);
  const itk::InverseColormapTable<TypeParam> table(*MakeColormap("turbo", 256), *normalization);
  const TypeParam                            centers[] = { 0.5, 2.5, 5.0, 8.0 };
  const TypeParam                            halfWidths[] = { 0.5, 1.5, 1.0, 2.0 };
  for (std::size_t color = 0; color < 256; ++color)
  {
    // The colours that are used are entries 0, 85, 170 and 255.
    const auto nearest = (color + 42) / 85;
    EXPECT_FLOAT_EQ(table.GetValues()[color], centers[nearest]) << color;
    EXPECT_FLOAT_EQ(table.GetHalfWidths()[color], halfWidths[nearest]) << color;
  }
}


TYPED_TEST(InverseColormapTable, Tells_under_over_and_bad_apart)
{
  for (const auto & item : MakeNormalizations())
  {
    SCOPED_TRACE(item.first);
    const auto & normalization = *item.second;
    const auto   colormap = MakeColormap("viridis", 256);
    colormap->SetUnderColor(Colormap::MakeColor(1.0, 0.0, 0.0));
    colormap->SetOverColor(Colormap::MakeColor(0.0, 0.0, 1.0));
    colormap->SetBadColor(Colormap::MakeColor(1.0, 1.0, 1.0, 0.5));
    const itk::InverseColormapTable<TypeParam> table(*colormap, normalization);
    const auto                                 under = table.GetNumberOfEntryColors();
    ASSERT_EQ(table.GetColors().size(), under + 3);

    const auto belowMinimum = table.GetValues()[under];
    const auto aboveMaximum = table.GetValues()[under + 1];
    EXPECT_EQ(table.GetHalfWidths()[under], infinity);
    EXPECT_EQ(table.GetHalfWidths()[under + 1], infinity);
    if (normalization.GetClip())
    {
      EXPECT_EQ(belowMinimum, normalization.GetMinimum());
      EXPECT_EQ(aboveMaximum, normalization.GetMaximum());
    }
    else
    {
      EXPECT_EQ(FindColor(table, ColorValue(belowMinimum, normalization, *colormap)), under);
      EXPECT_EQ(FindColor(table, ColorValue(aboveMaximum, normalization, *colormap)), under + 1);
      // Rounding may take some numbers next to a limit for the limit.
      const auto width = static_cast<TypeParam>(normalization.GetMaximum() - normalization.GetMinimum());
      const auto slack =
        10.0 * std::numeric_limits<TypeParam>::epsilon() * (width + std::abs(belowMinimum) + std::abs(aboveMaximum));
      EXPECT_NEAR(belowMinimum, normalization.GetMinimum(), slack);
      EXPECT_NEAR(aboveMaximum, normalization.GetMaximum(), slack);
    }
    for (const auto none : { under + 2, under + 3 })
    {
      EXPECT_TRUE(std::isnan(table.GetValues()[none]));
      EXPECT_TRUE(std::isnan(table.GetHalfWidths()[none]));
      EXPECT_EQ(table.GetAmbiguities()[none], 0);
    }
  }
}


TYPED_TEST(InverseColormapTable, Counts_special_colours_only_if_they_can_be_seen_and_differ)
{
  const auto normalization = Make<itk::LinearNormalization>(0.0, 1.0);
  const auto makeTable = [&](const Colormap & colormap) {
    return itk::InverseColormapTable<TypeParam>(colormap, *normalization);
  };
  const auto colormap = MakeColormap("jet", 16);
  EXPECT_EQ(makeTable(*colormap).GetColors().size(), 16u);

  // An entry, another entry, and a colour that is not there.
  colormap->SetUnderColor(colormap->GetTable()[3]);
  colormap->SetOverColor(colormap->GetTable()[7]);
  colormap->SetBadColor(Colormap::MakeColor(1.0, 1.0, 1.0, 0.0));
  EXPECT_EQ(makeTable(*colormap).GetColors().size(), 16u);
  EXPECT_EQ(makeTable(*colormap).GetAmbiguities()[3], 0);

  const auto white = Colormap::MakeColor(1.0, 1.0, 1.0);
  colormap->SetOverColor(white);
  colormap->SetBadColor(white);
  ASSERT_EQ(makeTable(*colormap).GetColors().size(), 17u);
  EXPECT_GT(makeTable(*colormap).GetValues()[16], 1.0);
  EXPECT_EQ(makeTable(*colormap).GetAmbiguities()[16], 1);
}
