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
#include "itkColormapIdentification.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace
{
itk::Colormap::Pointer
MakeColormap(const std::vector<std::array<double, 3>> & bytes)
{
  itk::Colormap::TableType table;
  for (const auto & color : bytes)
  {
    table.push_back(itk::Colormap::MakeColor(color[0] / 255.0, color[1] / 255.0, color[2] / 255.0));
  }
  auto colormap = itk::Colormap::New();
  colormap->SetTable(table);
  return colormap;
}

/** `counts[i]` pixels of the gray `grays[i]`. */
itk::CountedColors
MakeGrays(const std::vector<unsigned char> & grays, const std::vector<itk::SizeValueType> & counts)
{
  itk::CountedColors colors;
  for (std::size_t i = 0; i < grays.size(); ++i)
  {
    itk::RGBPixel<unsigned char> color;
    color.Fill(grays[i]);
    colors.Colors.push_back(color);
    colors.Counts.push_back(counts[i]);
    colors.NumberOfPixels += counts[i];
  }
  return colors;
}

itk::ColormapFit
MakeFit(const std::string & name, double meanDistance)
{
  return { name, 0, meanDistance, 1.0 };
}

std::vector<std::pair<std::string, itk::SizeValueType>>
Rank(std::vector<itk::ColormapFit> fits)
{
  itk::ColormapIdentification::Rank(fits);
  std::vector<std::pair<std::string, itk::SizeValueType>> ranks;
  for (const auto & fit : fits)
  {
    ranks.emplace_back(fit.Name, fit.Rank);
  }
  return ranks;
}

using RanksType = std::vector<std::pair<std::string, itk::SizeValueType>>;
} // namespace


TEST(ColormapIdentification, Takes_the_mean_of_distances_up_to_the_greatest_that_counts)
{
  const auto colormap = MakeColormap({ { 0, 0, 0 }, { 100, 100, 100 } });
  // Of 100 pixels, a colour weighs two at most.
  const itk::ColormapIdentification identification(MakeGrays({ 0, 3, 50, 101 }, { 97, 1, 1, 1 }), 20.0, 2.0);
  const auto                        fit = identification.Fit("mine", *colormap);
  EXPECT_EQ(fit.Name, "mine");
  EXPECT_NEAR(fit.MeanDistance, (3.0 * std::sqrt(3.0) + 20.0 + std::sqrt(3.0)) / 5.0, 1e-12);
  EXPECT_DOUBLE_EQ(fit.ExplainedFraction, 0.98);
}


TEST(ColormapIdentification, Explains_all_of_its_own_colours)
{
  const auto colormap = MakeColormap({ { 7, 7, 7 }, { 7, 7, 7 }, { 9, 9, 9 } });
  const auto fit = itk::ColormapIdentification(MakeGrays({ 9, 7 }, { 1000000, 1 }), 16.0, 0.0).Fit("own", *colormap);
  EXPECT_EQ(fit.MeanDistance, 0.0);
  EXPECT_EQ(fit.ExplainedFraction, 1.0);
}


TEST(ColormapIdentification, Ranks_by_distance)
{
  EXPECT_EQ(Rank({ MakeFit("c", 3.0), MakeFit("a", 1.0), MakeFit("b", 2.0) }),
            (RanksType{ { "a", 1 }, { "b", 2 }, { "c", 3 } }));
  EXPECT_TRUE(Rank({}).empty());
}


TEST(ColormapIdentification, Ranks_what_cannot_be_told_apart_alike)
{
  EXPECT_EQ(Rank({ MakeFit("x.a", 10.0), MakeFit("far", 10.5), MakeFit("b", 10.45), MakeFit("a", 10.4) }),
            (RanksType{ { "a", 1 }, { "b", 1 }, { "x.a", 1 }, { "far", 4 } }));
  EXPECT_EQ(Rank({ MakeFit("a", 0.26), MakeFit("b", 0.25), MakeFit("x.a", 0.0) }),
            (RanksType{ { "b", 1 }, { "x.a", 1 }, { "a", 3 } }));
}


TEST(ColormapIdentification, Finds_the_nearest_colour_as_a_plain_loop_does)
{
  const auto colormap = itk::Colormap::New();
  colormap->SetName("hsv");
  const auto         table = colormap->GetByteTable();
  itk::CountedColors colors;
  double             expected = 0.0;
  std::mt19937       generator(3);
  for (unsigned int i = 0; i < 2000; ++i)
  {
    itk::RGBPixel<unsigned char> color;
    std::generate(color.Begin(), color.End(), [&] { return static_cast<unsigned char>(generator() % 256); });
    colors.Colors.push_back(color);
    colors.Counts.push_back(1);
    double least = 50.0;
    for (unsigned int k = 0; k < 256; ++k)
    {
      least = std::min(least, std::hypot(color[0] - table[k][0], color[1] - table[k][1], color[2] - table[k][2]));
    }
    expected += least / 2000.0;
  }
  colors.NumberOfPixels = 2000;
  EXPECT_NEAR(itk::ColormapIdentification(colors, 50.0, 8.0).Fit("hsv", *colormap).MeanDistance, expected, 1e-9);
}
