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
#include "itkIntensityDistributionSearch.h"

#include "itkIntensityDistributionKernel.h"

#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace
{
using Resolution = itk::IntensityDistributionEnums::Resolution;

constexpr double levels[] = { 255.0, 65535.0 };


template <typename TPixel>
itk::IntensityDistribution
Search(const std::vector<TPixel> & intensities,
       Resolution                  resolution,
       itk::SizeValueType          numberOfBins = 0,
       size_t                      numberOfParts = 1)
{
  const auto search = itk::MakeIntensityDistributionSearch<TPixel>(resolution, numberOfBins);
  for (unsigned int pass = 0; pass < search->GetNumberOfPasses(); ++pass)
  {
    for (size_t part = 0; part < numberOfParts; ++part)
    {
      const auto start = intensities.size() * part / numberOfParts;
      const auto end = intensities.size() * (part + 1) / numberOfParts;
      const auto counts = search->MakeCounts();
      search->Count(intensities.data() + start, end - start, *counts);
      search->Merge(*counts);
    }
    search->EndPass();
  }
  return search->MakeDistribution([](itk::SizeValueType count, const auto & visit) {
    for (itk::SizeValueType i = 0; i < count; ++i)
    {
      visit(i);
    }
  });
}


/** Intensities of all magnitudes that a type has, some of them many times. */
template <typename TPixel>
std::vector<TPixel>
MakeIntensities(size_t size, unsigned int seed = 1)
{
  std::mt19937                     generator(seed);
  std::normal_distribution<double> normal;
  std::vector<TPixel>              intensities(size);
  for (auto & intensity : intensities)
  {
    const double number =
      std::exp(3.0 * normal(generator)) * (std::is_signed<TPixel>::value && generator() % 3 == 0 ? -1.0 : 1.0);
    const double scaled = std::is_integral<TPixel>::value ? number * 20.0 : number;
    const auto   greatest = static_cast<double>(std::numeric_limits<TPixel>::max());
    intensity = static_cast<TPixel>(generator() % 4 == 0 ? 5.0 : std::clamp(scaled, -greatest, greatest));
  }
  return intensities;
}


template <typename TPixel>
void
ExpectEqual(const itk::IntensityDistribution & distribution, const itk::IntensityDistribution & expected)
{
  EXPECT_EQ(distribution.GetValues(), expected.GetValues());
  EXPECT_EQ(distribution.GetCountsBelow(), expected.GetCountsBelow());
}


/** The number of intensities not above each, by sorting. */
template <typename TPixel>
std::vector<itk::SizeValueType>
CountUpToEach(const std::vector<TPixel> & intensities)
{
  auto sorted = intensities;
  std::sort(sorted.begin(), sorted.end());
  std::vector<itk::SizeValueType> counts;
  for (const auto intensity : intensities)
  {
    counts.push_back(std::upper_bound(sorted.begin(), sorted.end(), intensity) - sorted.begin());
  }
  return counts;
}
} // namespace


template <typename TPixel>
class IntensityDistributionSearch : public testing::Test
{};

using PixelTypes =
  testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t, float, double>;
TYPED_TEST_SUITE(IntensityDistributionSearch, PixelTypes);


TYPED_TEST(IntensityDistributionSearch, Finds_every_value)
{
  for (const size_t size : { 1, 2, 1000, 300000 })
  {
    SCOPED_TRACE(size);
    const auto intensities = MakeIntensities<TypeParam>(size);
    const auto distribution = Search(intensities, Resolution::EveryValue);
    const auto expected = CountUpToEach(intensities);
    for (size_t i = 0; i < size; i += 1 + size / 3000)
    {
      ASSERT_EQ(distribution.CountUpTo(static_cast<double>(intensities[i])), expected[i]);
    }
    ExpectEqual<TypeParam>(Search(intensities, Resolution::EveryValue, 0, 7), distribution);
    ExpectEqual<TypeParam>(itk::MakeIntensityDistribution(intensities.data(), size), distribution);
  }
}


TYPED_TEST(IntensityDistributionSearch, Finds_the_levels_of_all_intensities)
{
  for (const size_t size : { 1, 2, 3, 300, 70000, 400000 })
  {
    SCOPED_TRACE(size);
    const auto intensities = MakeIntensities<TypeParam>(size, 2);
    const auto distribution = Search(intensities, Resolution::Levels);
    const auto expected = CountUpToEach(intensities);
    const auto n = static_cast<double>(size);
    EXPECT_EQ(distribution.GetNumberOfIntensities(), size);
    EXPECT_EQ(distribution.GetValues().front(),
              static_cast<double>(*std::min_element(intensities.begin(), intensities.end())));
    EXPECT_EQ(distribution.GetValues().back(),
              static_cast<double>(*std::max_element(intensities.begin(), intensities.end())));
    for (size_t i = 0; i < size; i += 1 + size / 20000)
    {
      const auto count = static_cast<double>(distribution.CountUpTo(static_cast<double>(intensities[i])));
      const auto exact = static_cast<double>(expected[i]);
      for (const double level : levels)
      {
        ASSERT_EQ(std::rint(count / n * level), std::rint(exact / n * level)) << intensities[i];
      }
      ASSERT_LT(std::abs(count - exact), std::max(1.0, n / 65535.0));
    }
    ExpectEqual<TypeParam>(Search(intensities, Resolution::Levels, 0, 5), distribution);
  }
}


TYPED_TEST(IntensityDistributionSearch, Counts_in_bins_between_left_closed_edges)
{
  const auto intensities = MakeIntensities<TypeParam>(20000, 3);
  for (const itk::SizeValueType numberOfBins : { 1, 7, 256, 5000 })
  {
    const auto   bins = Search(intensities, Resolution::Bins, numberOfBins);
    const auto & edges = bins.GetValues();
    const auto   extrema = std::minmax_element(intensities.begin(), intensities.end());
    EXPECT_EQ(edges.front(), static_cast<double>(*extrema.first));
    EXPECT_EQ(edges.back(), static_cast<double>(*extrema.second));
    EXPECT_LE(edges.size(), numberOfBins + 1);
    EXPECT_EQ(bins.GetNumberOfIntensities(), intensities.size());
    for (size_t edge = 0; edge + 1 < edges.size(); edge += 1 + edges.size() / 300)
    {
      const auto countBelow = std::count_if(
        intensities.begin(), intensities.end(), [&](TypeParam x) { return static_cast<double>(x) < edges[edge]; });
      ASSERT_EQ(bins.GetCountsBelow()[edge], static_cast<itk::SizeValueType>(countBelow));
    }
    // The greatest intensity is in the last bin.
    EXPECT_EQ(bins.GetCountsBelow()[edges.size() - 1], intensities.size());

    ExpectEqual<TypeParam>(Search(intensities, Resolution::Bins, numberOfBins, 3), bins);
    const auto everyValue = Search(intensities, Resolution::EveryValue);
    ExpectEqual<TypeParam>(itk::BinDistribution<TypeParam>(everyValue, numberOfBins), bins);
  }
}


TYPED_TEST(IntensityDistributionSearch, Of_nothing_finds_nothing)
{
  for (const auto resolution : { Resolution::EveryValue, Resolution::Levels, Resolution::Bins })
  {
    EXPECT_EQ(Search(std::vector<TypeParam>{}, resolution, 10).GetNumberOfIntensities(), 0u);
  }
  EXPECT_EQ(itk::MakeIntensityDistribution<TypeParam>(nullptr, 0).GetNumberOfIntensities(), 0u);
  EXPECT_EQ(itk::BinDistribution<TypeParam>({}, 10).GetNumberOfIntensities(), 0u);
}


TYPED_TEST(IntensityDistributionSearch, Finds_the_ends_of_the_type)
{
  using Limits = std::numeric_limits<TypeParam>;
  const std::vector<TypeParam> intensities{ Limits::max(), Limits::lowest(), Limits::max() };
  for (const auto resolution : { Resolution::EveryValue, Resolution::Levels })
  {
    const auto distribution = Search(intensities, resolution);
    EXPECT_EQ(distribution.CountUpTo(static_cast<double>(Limits::lowest())), 1u);
    EXPECT_EQ(distribution.CountBelow(static_cast<double>(Limits::max())), 1u);
    EXPECT_EQ(distribution.CountUpTo(static_cast<double>(Limits::max())), 3u);
  }
}


TEST(IntensityDistributionSearch, Widens_the_range_of_one_value_as_NumPy_does)
{
  const auto edges = itk::MakeBinEdges<double>(3.0, 3.0, 4);
  EXPECT_EQ(edges, (std::vector<double>{ 2.5, 2.75, 3.0, 3.25, 3.5 }));
}


TEST(IntensityDistributionSearch, Has_no_bins_that_no_number_is_in)
{
  const float lower = 1.0F;
  const float upper = std::nextafter(std::nextafter(lower, 2.0F), 2.0F);
  const auto  edges = itk::MakeBinEdges<float>(lower, upper, 100);
  EXPECT_EQ(edges.size(), 3u);
  const auto bins = Search(std::vector<float>{ lower, upper, upper }, Resolution::Bins, 100);
  EXPECT_EQ(bins.GetCountsBelow(), (std::vector<itk::SizeValueType>{ 0, 1, 3, 3 }));
}


TEST(IntensityDistributionSearch, States_its_passes)
{
  EXPECT_EQ(itk::MakeIntensityDistributionSearch<std::uint16_t>(Resolution::EveryValue, 0)->GetNumberOfPasses(), 1u);
  EXPECT_EQ(itk::MakeIntensityDistributionSearch<std::uint16_t>(Resolution::Bins, 9)->GetNumberOfPasses(), 1u);
  EXPECT_EQ(itk::MakeIntensityDistributionSearch<float>(Resolution::EveryValue, 0)->GetNumberOfPasses(), 2u);
  EXPECT_EQ(itk::MakeIntensityDistributionSearch<float>(Resolution::Levels, 0)->GetNumberOfPasses(), 3u);
  EXPECT_EQ(itk::MakeIntensityDistributionSearch<double>(Resolution::Levels, 0)->GetNumberOfPasses(), 7u);
  EXPECT_EQ(itk::MakeIntensityDistributionSearch<double>(Resolution::Bins, 9)->GetNumberOfPasses(), 2u);
}


TEST(IntensityDistributionSearch, Counts_single_precision_intensities_below_and_up_to_any_number)
{
  using Limits = std::numeric_limits<float>;
  for (const size_t size : { 1, 5, 70000, 700000 })
  {
    SCOPED_TRACE(size);
    auto intensities = MakeIntensities<float>(size, 7);
    intensities.insert(intensities.end(), { Limits::max(), Limits::lowest(), 0.0F, -0.0F, Limits::denorm_min() });
    // Numbers whose high 16 bits are those of 2: crowded next to it, and in the largest case more than 8 for each.
    std::mt19937                           generator(8);
    std::uniform_real_distribution<double> uniform;
    for (size_t i = 0; i < size + 4000; ++i)
    {
      const double place = std::pow(uniform(generator), 4.0);
      intensities.push_back(2.0F + std::ldexp(static_cast<float>(static_cast<int>(65536.0 * place)), -22));
    }
    const auto distribution = Search(intensities, Resolution::EveryValue);
    // The same values, looked for among double-precision numbers.
    const itk::IntensityDistribution expected(distribution.GetValues(), distribution.GetCountsBelow());
    EXPECT_EQ(distribution.GetMinimum(), static_cast<double>(Limits::lowest()));
    EXPECT_EQ(distribution.GetMaximum(), static_cast<double>(Limits::max()));

    std::vector<double> numbers{ HUGE_VAL, -HUGE_VAL, 1e300, -1e300, 1e-300, -1e-300, 0.0, -0.0 };
    for (size_t i = 0; i < intensities.size(); i += 1 + size / 5000)
    {
      const auto x = static_cast<double>(intensities[i]);
      const auto nextSingle = static_cast<double>(std::nextafter(intensities[i], Limits::max()));
      numbers.insert(numbers.end(),
                     { x, std::nextafter(x, HUGE_VAL), std::nextafter(x, -HUGE_VAL), (x + nextSingle) / 2.0 });
    }
    for (const double number : numbers)
    {
      ASSERT_EQ(distribution.CountBelow(number), expected.CountBelow(number)) << number;
      ASSERT_EQ(distribution.CountUpTo(number), expected.CountUpTo(number)) << number;
    }
  }
}
