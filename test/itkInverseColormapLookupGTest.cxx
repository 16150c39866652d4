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
#include "itkInverseColormapLookup.h"

#include "itkBoundaryNormalization.h"
#include "itkLinearNormalization.h"
#include "itkLogNormalization.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

using itk::Colormap;
using itk::ColorMetric;
using itk::InverseColormapSettings;

namespace
{
Colormap::Pointer
MakeColormap(const std::string & name, unsigned int numberOfEntries)
{
  auto colormap = Colormap::New();
  colormap->SetName(name, numberOfEntries);
  return colormap;
}


/** A finer table of the same colormap, by straight lines between its entries. */
Colormap::Pointer
Refine(const Colormap & coarse, unsigned int numberOfEntries)
{
  Colormap::TableType table;
  const auto &        entries = coarse.GetTable();
  for (unsigned int i = 0; i < numberOfEntries; ++i)
  {
    const double position = static_cast<double>(i) / (numberOfEntries - 1) * (entries.size() - 1);
    const auto   lower = std::min(static_cast<std::size_t>(position), entries.size() - 2);
    const double fraction = position - lower;
    auto         color = entries[lower];
    for (unsigned int component = 0; component < 4; ++component)
    {
      color[component] += fraction * (entries[lower + 1][component] - entries[lower][component]);
    }
    table.push_back(color);
  }
  auto fine = Colormap::New();
  fine->SetTable(table);
  return fine;
}


itk::LinearNormalization::Pointer
MakeNormalization(double minimum = 0.0, double maximum = 1.0)
{
  auto normalization = itk::LinearNormalization::New();
  normalization->SetMinimum(minimum);
  normalization->SetMaximum(maximum);
  return normalization;
}


std::vector<double>
MakeRandomValues(itk::SizeValueType count)
{
  std::mt19937                           generator(4);
  std::uniform_real_distribution<double> distribution(0.0, 1.0);
  std::vector<double>                    values(count);
  std::generate(values.begin(), values.end(), [&] { return distribution(generator); });
  return values;
}


/** Values from 0 to 1, coloured; components truncated to the bits of the pixels. */
template <typename TComponent>
std::vector<TComponent>
ColorValues(const std::vector<double> & values, const Colormap & colormap)
{
  constexpr double        greatest = std::numeric_limits<TComponent>::max();
  const auto &            table = colormap.GetTable();
  std::vector<TComponent> pixels;
  for (const double value : values)
  {
    const auto entry = std::min(static_cast<std::size_t>(value * table.size()), table.size() - 1);
    for (unsigned int component = 0; component < 3; ++component)
    {
      pixels.push_back(static_cast<TComponent>(greatest * table[entry][component]));
    }
  }
  return pixels;
}


/** All that can be recovered. */
template <typename TReal>
struct Recovered
{
  std::vector<TReal>         m_Values;
  std::vector<TReal>         m_HalfWidths;
  std::vector<TReal>         m_Distances;
  std::vector<unsigned char> m_Ambiguities;
  std::vector<TReal>         m_Grays;
  itk::SizeValueType         m_NumberOfUnknown;
};


template <typename TReal, typename TComponent>
Recovered<TReal>
Invert(const itk::InverseColormapLookup<TComponent, TReal> & lookup,
       const std::vector<TComponent> &                       pixels,
       unsigned int                                          numberOfComponents,
       bool                                                  isOverlay)
{
  const auto       count = pixels.size() / numberOfComponents;
  Recovered<TReal> recovered{ std::vector<TReal>(count),         std::vector<TReal>(count), std::vector<TReal>(count),
                              std::vector<unsigned char>(count), std::vector<TReal>(count), 0 };
  recovered.m_NumberOfUnknown = lookup.Invert(pixels.data(),
                                              numberOfComponents,
                                              count,
                                              { recovered.m_Values.data(),
                                                recovered.m_HalfWidths.data(),
                                                recovered.m_Distances.data(),
                                                recovered.m_Ambiguities.data(),
                                                isOverlay ? recovered.m_Grays.data() : nullptr });
  return recovered;
}


template <typename TReal, typename TComponent>
Recovered<TReal>
Invert(const Colormap &                    colormap,
       const itk::IntensityNormalization & normalization,
       const InverseColormapSettings &     settings,
       const std::vector<TComponent> &     pixels,
       unsigned int                        numberOfComponents = 3)
{
  itk::InverseColormapLookup<TComponent, TReal> lookup;
  lookup.Prepare(colormap, normalization, settings);
  return Invert<TReal>(lookup, pixels, numberOfComponents, settings.m_OverlayOpacity < 1.0);
}


/** NaN is equal to NaN. */
template <typename TReal>
void
ExpectSame(const std::vector<TReal> & a, const std::vector<TReal> & b)
{
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
  {
    ASSERT_TRUE(a[i] == b[i] || (a[i] != a[i] && b[i] != b[i])) << i << ": " << a[i] << ", " << b[i];
  }
}


template <typename TReal>
void
ExpectSame(const Recovered<TReal> & a, const Recovered<TReal> & b)
{
  ExpectSame(a.m_Values, b.m_Values);
  ExpectSame(a.m_HalfWidths, b.m_HalfWidths);
  ExpectSame(a.m_Distances, b.m_Distances);
  EXPECT_EQ(a.m_Ambiguities, b.m_Ambiguities);
  ExpectSame(a.m_Grays, b.m_Grays);
  EXPECT_EQ(a.m_NumberOfUnknown, b.m_NumberOfUnknown);
}


std::vector<InverseColormapSettings>
MakeVariousSettings()
{
  InverseColormapSettings luma;
  luma.m_Metric = ColorMetric::MakeLumaWeighted(0.25);
  InverseColormapSettings interpolated;
  interpolated.m_Interpolate = true;
  InverseColormapSettings overlay;
  overlay.m_OverlayOpacity = 0.5;
  InverseColormapSettings tolerant;
  tolerant.m_Tolerance = 30.0;
  return { {}, luma, interpolated, overlay, tolerant };
}


template <typename TComponent>
std::vector<TComponent>
MakeRandomPixels(itk::SizeValueType numberOfBytes, unsigned int seed = 1)
{
  std::mt19937            generator(seed);
  std::vector<TComponent> pixels(numberOfBytes);
  std::generate(pixels.begin(), pixels.end(), [&] { return static_cast<TComponent>(generator()); });
  return pixels;
}


double
GetRootMeanSquare(const std::vector<double> & values, const std::vector<double> & recovered)
{
  double sum = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i)
  {
    sum += (values[i] - recovered[i]) * (values[i] - recovered[i]);
  }
  return std::sqrt(sum / values.size());
}


double
GetQuantileOfErrors(const std::vector<double> & values, const std::vector<double> & recovered, double probability)
{
  std::vector<double> errors(values.size());
  std::transform(values.begin(), values.end(), recovered.begin(), errors.begin(), [](double a, double b) {
    return std::abs(a - b);
  });
  const auto position = errors.begin() + static_cast<std::ptrdiff_t>(probability * (errors.size() - 1));
  std::nth_element(errors.begin(), position, errors.end());
  return *position;
}
} // namespace


TEST(InverseColormapLookup, Reads_the_table_at_the_nearest_colours)
{
  const auto normalization = MakeNormalization(-3.0, 9.0);
  const auto colormap = MakeColormap("viridis", 256);
  for (const auto & metric : { ColorMetric::MakeEuclidean(), ColorMetric::MakeLumaWeighted(0.25) })
  {
    InverseColormapSettings settings;
    settings.m_Metric = metric;
    const auto pixels = MakeRandomPixels<unsigned char>(3 * 5000);
    const auto recovered = Invert<float>(*colormap, *normalization, settings, pixels);

    const itk::InverseColormapTable<float> table(*colormap, *normalization);
    const itk::NearestColorIndex           index(table.GetColors(), metric);
    std::vector<std::uint32_t>             nearest(5000);
    std::vector<double>                    distances(5000);
    index.Find(pixels.data(), 3, 5000, nearest.data());
    index.ComputeDistances(pixels.data(), 3, 5000, nearest.data(), distances.data());
    for (std::size_t i = 0; i < nearest.size(); ++i)
    {
      ASSERT_EQ(recovered.m_Values[i], table.GetValues()[nearest[i]]);
      ASSERT_EQ(recovered.m_HalfWidths[i], table.GetHalfWidths()[nearest[i]]);
      ASSERT_EQ(recovered.m_Ambiguities[i], table.GetAmbiguities()[nearest[i]]);
      ASSERT_EQ(recovered.m_Distances[i], static_cast<float>(distances[i]));
    }
    EXPECT_EQ(recovered.m_NumberOfUnknown, 0u);
  }
}


TEST(InverseColormapLookup, Computes_the_same_values_whatever_else_is_wanted)
{
  const auto normalization = MakeNormalization();
  const auto colormap = MakeColormap("jet", 256);
  for (const auto & settings : MakeVariousSettings())
  {
    const auto                                        pixels = MakeRandomPixels<unsigned char>(4 * 3000);
    itk::InverseColormapLookup<unsigned char, double> lookup;
    lookup.Prepare(*colormap, *normalization, settings);
    std::vector<double> values(3000);
    lookup.Invert(pixels.data(), 4, 3000, { values.data(), nullptr, nullptr, nullptr, nullptr });
    ExpectSame(values, Invert<double>(lookup, pixels, 4, settings.m_OverlayOpacity < 1.0).m_Values);
  }
}


/** What is kept from one call of Prepare() to the next must not outlive what it was made from. */
TEST(InverseColormapLookup, Forgets_what_does_not_fit_any_more)
{
  const auto                                       pixels = MakeRandomPixels<unsigned char>(4 * 3000);
  const auto                                       colormap = MakeColormap("jet", 256);
  const auto                                       normalization = MakeNormalization();
  itk::InverseColormapLookup<unsigned char, float> used;
  const auto                                       expectSame = [&](const InverseColormapSettings & settings) {
    const bool                                       isOverlay = settings.m_OverlayOpacity < 1.0;
    itk::InverseColormapLookup<unsigned char, float> fresh;
    fresh.Prepare(*colormap, *normalization, settings);
    used.Prepare(*colormap, *normalization, settings);
    ExpectSame(Invert<float>(used, pixels, 4, isOverlay), Invert<float>(fresh, pixels, 4, isOverlay));
  };
  for (int round = 0; round < 2; ++round)
  {
    for (const auto & settings : MakeVariousSettings())
    {
      expectSame(settings);
      normalization->SetMaximum(normalization->GetMaximum() + 1.0);
      expectSame(settings);
      colormap->SetName(round == 0 ? "hot" : "viridis", 100);
      expectSame(settings);
      colormap->SetUnderColor(Colormap::MakeColor(0.0, 1.0, 1.0));
      expectSame(settings);
    }
  }
}


TEST(InverseColormapLookup, Takes_back_and_counts_what_is_beyond_the_tolerance)
{
  const auto              colormap = MakeColormap("viridis", 256);
  const auto              normalization = MakeNormalization();
  const auto              pixels = MakeRandomPixels<unsigned char>(3 * 5000);
  InverseColormapSettings settings;
  for (const bool interpolates : { false, true })
  {
    settings.m_Interpolate = interpolates;
    settings.m_Tolerance = std::numeric_limits<double>::infinity();
    const auto all = Invert<double>(*colormap, *normalization, settings, pixels);
    settings.m_Tolerance = 50.0;
    settings.m_UnknownValue = -77.0;
    const auto some = Invert<double>(*colormap, *normalization, settings, pixels);

    itk::SizeValueType numberOfUnknown = 0;
    for (std::size_t i = 0; i < all.m_Values.size(); ++i)
    {
      const bool isUnknown = all.m_Distances[i] > 50.0;
      numberOfUnknown += isUnknown ? 1 : 0;
      ASSERT_EQ(some.m_Values[i], isUnknown ? -77.0 : all.m_Values[i]);
      ASSERT_EQ(std::isnan(some.m_HalfWidths[i]), isUnknown);
      ASSERT_EQ(some.m_Distances[i], all.m_Distances[i]);
      ASSERT_LE(some.m_Ambiguities[i], isUnknown ? 0 : 1);
    }
    EXPECT_EQ(some.m_NumberOfUnknown, numberOfUnknown);
    EXPECT_GT(numberOfUnknown, 0u);
    EXPECT_LT(numberOfUnknown, all.m_Values.size());
  }
}


/** On the very distance of the tolerance, a colour is known. */
TEST(InverseColormapLookup, Knows_colours_at_the_tolerance)
{
  auto colormap = Colormap::New();
  colormap->SetTable({ Colormap::MakeColor(0.0, 0.0, 0.0) });
  InverseColormapSettings settings;
  settings.m_Tolerance = 5.0;
  const std::vector<unsigned char> pixels{ 3, 4, 0, 3, 4, 1 };
  EXPECT_EQ(Invert<float>(*colormap, *MakeNormalization(), settings, pixels).m_NumberOfUnknown, 1u);
}


TEST(InverseColormapLookup, Finds_no_value_in_transparent_pixels_and_looks_at_no_other_opacity)
{
  const auto colormap = MakeColormap("jet", 256);
  const auto normalization = MakeNormalization();
  for (auto settings : MakeVariousSettings())
  {
    settings.m_Tolerance = 60.0;
    auto pixels = MakeRandomPixels<unsigned char>(4 * 3000);
    for (std::size_t i = 0; i < 3000; ++i)
    {
      pixels[4 * i + 3] = i % 3 == 0 ? 0 : pixels[4 * i + 3] | 1;
    }
    std::vector<unsigned char> opaque;
    for (std::size_t i = 0; i < 3000; ++i)
    {
      opaque.insert(opaque.end(), &pixels[4 * i], &pixels[4 * i] + 3);
    }
    const auto         expected = Invert<float>(*colormap, *normalization, settings, opaque, 3);
    const auto         recovered = Invert<float>(*colormap, *normalization, settings, pixels, 4);
    itk::SizeValueType numberOfUnknown = 0;
    for (std::size_t i = 0; i < 3000; ++i)
    {
      if (i % 3 == 0)
      {
        ASSERT_TRUE(std::isnan(recovered.m_Values[i]));
        ASSERT_TRUE(std::isnan(recovered.m_HalfWidths[i]));
        ASSERT_TRUE(std::isnan(recovered.m_Distances[i]));
        ASSERT_EQ(recovered.m_Ambiguities[i], 0);
        ASSERT_TRUE(settings.m_OverlayOpacity == 1.0 || std::isnan(recovered.m_Grays[i]));
      }
      else
      {
        ASSERT_EQ(recovered.m_Distances[i], expected.m_Distances[i]);
        ASSERT_TRUE(recovered.m_Values[i] == expected.m_Values[i] || std::isnan(expected.m_Values[i]));
        numberOfUnknown += expected.m_Distances[i] > 60.0F ? 1 : 0;
      }
    }
    EXPECT_EQ(recovered.m_NumberOfUnknown, numberOfUnknown);
  }
}


/** A colour that was multiplied by its opacity is darker, and mostly far from the colormap: that can be told. */
TEST(InverseColormapLookup, Can_tell_premultiplied_colours)
{
  const auto                 colormap = MakeColormap("jet", 256);
  const auto                 bytes = colormap->GetByteTable();
  std::vector<unsigned char> premultiplied;
  for (std::size_t entry = 0; entry < 256; ++entry)
  {
    for (unsigned int component = 0; component < 3; ++component)
    {
      premultiplied.push_back(bytes[entry][component] / 2);
    }
    premultiplied.push_back(128);
  }
  InverseColormapSettings settings;
  settings.m_Tolerance = 10.0;
  EXPECT_GT(Invert<float>(*colormap, *MakeNormalization(), settings, premultiplied, 4).m_NumberOfUnknown, 220u);
}


TEST(InverseColormapLookup, Can_tell_a_gray_picture)
{
  std::vector<unsigned char> grays;
  for (int gray = 0; gray < 256; ++gray)
  {
    grays.insert(grays.end(), 3, static_cast<unsigned char>(gray));
  }
  InverseColormapSettings settings;
  settings.m_Tolerance = 10.0;
  EXPECT_EQ(Invert<float>(*MakeColormap("jet", 256), *MakeNormalization(), settings, grays).m_NumberOfUnknown, 256u);
}


/** Bytes that were widened to 16 bits are read as the bytes are. */
TEST(InverseColormapLookup, Reads_widened_bytes_as_bytes)
{
  const auto colormap = MakeColormap("turbo", 256);
  colormap->SetOverColor(Colormap::MakeColor(1.0, 1.0, 1.0));
  const auto normalization = MakeNormalization();
  for (const auto & settings : MakeVariousSettings())
  {
    if (settings.m_Interpolate)
    {
      continue;
    }
    const auto                  bytes = MakeRandomPixels<unsigned char>(4 * 3000);
    std::vector<unsigned short> wide(bytes.size());
    std::transform(bytes.begin(), bytes.end(), wide.begin(), [](unsigned char byte) {
      return static_cast<unsigned short>(257 * byte);
    });
    const auto expected = Invert<double>(*colormap, *normalization, settings, bytes, 4);
    const auto recovered = Invert<double>(*colormap, *normalization, settings, wide, 4);
    EXPECT_EQ(recovered.m_NumberOfUnknown, expected.m_NumberOfUnknown);
    if (settings.m_OverlayOpacity == 1.0)
    {
      // Where two pairs of colour and gray are equally near, rounding decides.
      ExpectSame(recovered.m_Values, expected.m_Values);
      ExpectSame(recovered.m_HalfWidths, expected.m_HalfWidths);
    }
    for (std::size_t i = 0; i < 3000; ++i)
    {
      if (bytes[4 * i + 3] != 0)
      {
        // Distances are worked in units 257 times as small.
        ASSERT_NEAR(recovered.m_Distances[i], expected.m_Distances[i], 1e-9);
      }
    }
  }
}


/** The bounds are what an independent prototype of the method reached, with room for another random sample. */
TEST(InverseColormapLookup, Interpolates_continuous_pictures)
{
  struct Expectation
  {
    const char * m_Name;
    double       m_RootMeanSquare;
  };
  const auto              values = MakeRandomValues(40000);
  InverseColormapSettings settings;
  settings.m_Interpolate = true;
  for (const auto & expectation : { Expectation{ "viridis", 1.0 / 987.0 },
                                    Expectation{ "turbo", 1.0 / 2650.0 },
                                    Expectation{ "jet", 1.0 / 1475.0 },
                                    Expectation{ "gray", 1.0 / 850.0 },
                                    Expectation{ "cividis", 1.0 / 1100.0 },
                                    Expectation{ "hot", 1.0 / 2200.0 },
                                    Expectation{ "coolwarm", 1.0 / 1600.0 } })
  {
    const auto coarse = MakeColormap(expectation.m_Name, 256);
    const auto pixels = ColorValues<unsigned char>(values, *Refine(*coarse, 4096));
    const auto recovered = Invert<double>(*coarse, *MakeNormalization(), settings, pixels);
    EXPECT_LT(GetRootMeanSquare(values, recovered.m_Values), expectation.m_RootMeanSquare) << expectation.m_Name;

    // The fine picture itself has steps.
    for (std::size_t i = 0; i < values.size(); ++i)
    {
      ASSERT_LE(std::abs(values[i] - recovered.m_Values[i]), recovered.m_HalfWidths[i] + 1.0 / 4096.0)
        << expectation.m_Name << ' ' << values[i];
      ASSERT_LT(recovered.m_Distances[i], 2.0);
    }

    InverseColormapSettings byEntry;
    const auto              ofEntries = Invert<double>(*coarse, *MakeNormalization(), byEntry, pixels);
    EXPECT_LT(GetRootMeanSquare(values, recovered.m_Values), GetRootMeanSquare(values, ofEntries.m_Values));
  }
}


TEST(InverseColormapLookup, Interpolates_pictures_of_16_bits_more_finely)
{
  const auto              values = MakeRandomValues(20000);
  InverseColormapSettings settings;
  settings.m_Interpolate = true;
  for (const char * name : { "viridis", "gray" })
  {
    const auto coarse = MakeColormap(name, 256);
    const auto pixels = ColorValues<unsigned short>(values, *Refine(*coarse, 60000));
    const auto recovered = Invert<double>(*coarse, *MakeNormalization(), settings, pixels);
    EXPECT_LT(GetRootMeanSquare(values, recovered.m_Values), 1.0 / 50000.0) << name;
  }
}


TEST(InverseColormapLookup, Interpolates_in_the_normalized_scale)
{
  auto logarithmic = itk::LogNormalization::New();
  logarithmic->SetMinimum(0.01);
  logarithmic->SetMaximum(1000.0);
  const auto              colormap = MakeColormap("turbo", 256);
  const auto              pixels = MakeRandomPixels<unsigned char>(3 * 2000);
  InverseColormapSettings settings;
  settings.m_Interpolate = true;
  const auto normalized = Invert<double>(*colormap, *MakeNormalization(), settings, pixels);
  const auto recovered = Invert<double>(*colormap, *logarithmic, settings, pixels);
  for (std::size_t i = 0; i < normalized.m_Values.size(); ++i)
  {
    ASSERT_DOUBLE_EQ(recovered.m_Values[i], logarithmic->InverseValue(normalized.m_Values[i]));
    ASSERT_EQ(recovered.m_Distances[i], normalized.m_Distances[i]);
  }
}


TEST(InverseColormapLookup, Reads_special_colours_when_it_interpolates)
{
  const auto colormap = MakeColormap("hot", 256);
  colormap->SetUnderColor(Colormap::MakeColor(0.0, 0.0, 1.0));
  colormap->SetOverColor(Colormap::MakeColor(0.0, 1.0, 0.0));
  colormap->SetBadColor(Colormap::MakeColor(0.0, 1.0, 1.0));
  InverseColormapSettings settings;
  settings.m_Interpolate = true;
  const std::vector<unsigned char> pixels{ 0, 0, 255, 3, 250, 0, 0, 255, 255 };
  const auto                       recovered = Invert<float>(*colormap, *MakeNormalization(2.0, 3.0), settings, pixels);
  EXPECT_EQ(recovered.m_Values[0], std::nextafter(2.0F, 0.0F));
  EXPECT_GT(recovered.m_Values[1], 3.0F);
  EXPECT_TRUE(std::isnan(recovered.m_Values[2]));
  EXPECT_EQ(recovered.m_HalfWidths[0], std::numeric_limits<float>::infinity());
  EXPECT_EQ(recovered.m_Distances[0], 0.0F);
}


TEST(InverseColormapLookup, Knows_no_bound_of_infinite_values_when_it_interpolates)
{
  auto boundary = itk::BoundaryNormalization::New();
  boundary->SetBoundaries({ 0.0, 1.0, 2.0 });
  boundary->ExtendMinimumOn();
  InverseColormapSettings settings;
  settings.m_Interpolate = true;
  const auto recovered = Invert<double>(*MakeColormap("gray", 256), *boundary, settings, std::vector<unsigned char>(3));
  EXPECT_EQ(recovered.m_Values.front(), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(recovered.m_HalfWidths.front(), std::numeric_limits<double>::infinity());
}


TEST(InverseColormapLookup, Interpolates_colormaps_of_one_colour)
{
  const auto                       gray = Colormap::MakeColor(0.5, 0.5, 0.5);
  InverseColormapSettings          settings;
  const std::vector<unsigned char> pixels{ 127, 127, 127, 0, 255, 10 };
  settings.m_Interpolate = true;
  for (const unsigned int numberOfEntries : { 1, 2, 5 })
  {
    auto colormap = Colormap::New();
    colormap->SetTable(Colormap::TableType(numberOfEntries, gray));
    const auto recovered = Invert<double>(*colormap, *MakeNormalization(10.0, 20.0), settings, pixels);
    for (const int i : { 0, 1 })
    {
      EXPECT_DOUBLE_EQ(recovered.m_Values[i], 15.0);
      EXPECT_DOUBLE_EQ(recovered.m_HalfWidths[i], 5.0);
    }
  }
}


/** Entries 0 and 2, and all between 3 and 5, have the same colour. */
TEST(InverseColormapLookup, Is_ambiguous_where_the_nearer_entry_is)
{
  const auto red = Colormap::MakeColor(1.0, 0.0, 0.0);
  const auto green = Colormap::MakeColor(0.0, 1.0, 0.0);
  const auto blue = Colormap::MakeColor(0.0, 0.0, 1.0);
  auto       colormap = Colormap::New();
  colormap->SetTable({ red, green, red, blue, blue, blue });
  InverseColormapSettings settings;
  settings.m_Interpolate = true;
  const std::vector<unsigned char> pixels{ 200, 55, 0, 55, 200, 0, 200, 0, 55, 0, 0, 255 };
  const auto                       recovered = Invert<double>(*colormap, *MakeNormalization(), settings, pixels);
  EXPECT_EQ(recovered.m_Ambiguities, (std::vector<unsigned char>{ 1, 0, 1, 0 }));
  EXPECT_DOUBLE_EQ(recovered.m_Values[3], 0.8);
}


/** By another formula: the best gray is the mean of what is left of the components, but from black to white. */
TEST(InverseColormapLookup, Finds_the_nearest_pair_of_colour_and_gray)
{
  const auto normalization = MakeNormalization();
  const auto colormap = MakeColormap("viridis", 64);
  const auto pixels = MakeRandomPixels<unsigned char>(3 * 2000);
  for (const double opacity : { 0.1, 0.5, 0.9 })
  {
    InverseColormapSettings settings;
    settings.m_OverlayOpacity = opacity;
    const auto recovered = Invert<double>(*colormap, *normalization, settings, pixels);

    const itk::InverseColormapTable<double> table(*colormap, *normalization);
    for (std::size_t i = 0; i < 2000; ++i)
    {
      double least = std::numeric_limits<double>::infinity();
      double gray = 0.0;
      double value = 0.0;
      for (std::size_t color = 0; color < table.GetColors().size(); ++color)
      {
        double rest[3];
        for (unsigned int component = 0; component < 3; ++component)
        {
          rest[component] = pixels[3 * i + component] - opacity * table.GetColors()[color][component];
        }
        const double mean = (rest[0] + rest[1] + rest[2]) / 3.0;
        const double under = std::min(std::max(mean, 0.0), 255.0 * (1.0 - opacity));
        const double distance = std::hypot(rest[0] - under, rest[1] - under, rest[2] - under);
        if (distance < least)
        {
          least = distance;
          gray = under / (1.0 - opacity);
          value = table.GetValues()[color];
        }
      }
      // The search among the colours may take another that is as near to within rounding.
      ASSERT_NEAR(recovered.m_Distances[i], least, 1e-6);
      ASSERT_NEAR(recovered.m_Values[i], value, 1e-9);
      ASSERT_NEAR(recovered.m_Grays[i], gray, 1e-6);
    }
  }
}


/** The bounds of the errors are the worst of an independent prototype of the method. */
TEST(InverseColormapLookup, Recovers_values_and_gray_from_an_overlay)
{
  const auto values = MakeRandomValues(20000);
  const auto grays = MakeRandomPixels<unsigned char>(values.size(), 9);
  for (const char * name : { "viridis", "jet", "turbo" })
  {
    const auto colormap = MakeColormap(name, 256);
    const auto colors = ColorValues<unsigned char>(values, *colormap);
    for (const double opacity : { 0.3, 0.5, 0.7 })
    {
      std::vector<unsigned char> pixels(colors.size());
      for (std::size_t i = 0; i < colors.size(); ++i)
      {
        pixels[i] = static_cast<unsigned char>(std::lround(opacity * colors[i] + (1.0 - opacity) * grays[i / 3]));
      }
      InverseColormapSettings settings;
      settings.m_OverlayOpacity = opacity;
      const auto recovered = Invert<double>(*colormap, *MakeNormalization(), settings, pixels);
      EXPECT_LT(GetQuantileOfErrors(values, recovered.m_Values, 0.5), 0.0028) << name << ' ' << opacity;
      EXPECT_LT(GetQuantileOfErrors(values, recovered.m_Values, 0.95), 0.0083) << name << ' ' << opacity;
      const std::vector<double> trueGrays(grays.begin(), grays.end());
      EXPECT_LT(GetQuantileOfErrors(trueGrays, recovered.m_Grays, 0.95), 5.0) << name << ' ' << opacity;
    }
  }
}
