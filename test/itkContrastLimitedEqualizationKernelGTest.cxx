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
#include "itkContrastLimitedEqualizationKernel.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

using namespace itk::ContrastLimitedEqualization;
using itk::SizeValueType;

namespace
{
/** Few bins count much, most little. */
std::vector<std::uint32_t>
MakeRandomHistogram(SizeValueType numberOfBins, std::mt19937 & generator)
{
  std::vector<std::uint32_t> histogram(numberOfBins);
  for (auto & bin : histogram)
  {
    const auto numberOfBits = generator() % 12;
    bin = generator() % (1U << numberOfBits);
  }
  histogram[generator() % numberOfBins] += 1000;
  return histogram;
}


std::vector<std::uint16_t>
MakeTableOf(const std::vector<std::uint32_t> & histogram, double clipLimit, unsigned int greatestLevel)
{
  std::vector<std::uint16_t> table(histogram.size());
  const auto                 numberOfCounts = std::accumulate(histogram.begin(), histogram.end(), SizeValueType{ 0 });
  MakeTable(histogram.data(), histogram.size(), numberOfCounts, clipLimit, greatestLevel, table.data());
  return table;
}


std::vector<std::uint32_t>
MakePairs(const std::vector<std::uint16_t> & first, const std::vector<std::uint16_t> & second)
{
  std::vector<std::uint32_t> pairs(first.size());
  PairTables(first.data(), second.data(), first.size(), pairs.data());
  return pairs;
}


template <typename TBin>
std::vector<TBin>
AllValues()
{
  std::vector<TBin> values(SizeValueType{ 1 } << (8 * sizeof(TBin)));
  std::iota(values.begin(), values.end(), std::numeric_limits<TBin>::lowest());
  return values;
}
} // namespace


TEST(ContrastLimitedTable, Without_a_limit_is_the_cumulated_histogram)
{
  std::mt19937 generator(1);
  for (const SizeValueType numberOfBins : { 1, 2, 63, 64, 256, 1000 })
  {
    const auto   histogram = MakeRandomHistogram(numberOfBins, generator);
    const auto   table = MakeTableOf(histogram, 0.0, 255);
    const double numberOfCounts = std::accumulate(histogram.begin(), histogram.end(), 0.0);
    double       cumulated = 0.0;
    for (SizeValueType bin = 0; bin < numberOfBins; ++bin)
    {
      cumulated += histogram[bin];
      // Half a level by rounding, and the single precision of a level.
      ASSERT_NEAR(table[bin], 255.0 * cumulated / numberOfCounts, 0.5 + 1e-4) << "bin " << bin;
    }
  }
}


TEST(ContrastLimitedTable, Rises_to_the_greatest_level_by_no_more_than_the_limit)
{
  std::mt19937 generator(2);
  for (const SizeValueType numberOfBins : { 1, 2, 63, 64, 256, 1000, 65536 })
  {
    for (const double clipLimit : { 0.0, 1e-9, 0.3, 1.0, 2.5, 40.0, 1e9, std::numeric_limits<double>::infinity() })
    {
      for (const unsigned int greatestLevel : { 255, 65535 })
      {
        SCOPED_TRACE(testing::Message() << numberOfBins << " bins, limit " << clipLimit << ", to " << greatestLevel);
        const auto   histogram = MakeRandomHistogram(numberOfBins, generator);
        const auto   table = MakeTableOf(histogram, clipLimit, greatestLevel);
        const double mean =
          std::accumulate(histogram.begin(), histogram.end(), 0.0) / static_cast<double>(numberOfBins);
        const double limit =
          clipLimit > 0.0 ? std::max(clipLimit * mean, 1.0) : std::numeric_limits<double>::infinity();
        // What is shared out is at most the mean, and one extra.
        const double most = greatestLevel * (limit + mean + 1.0) / (mean * static_cast<double>(numberOfBins));

        ASSERT_EQ(table.back(), greatestLevel);
        for (SizeValueType bin = 1; bin < numberOfBins; ++bin)
        {
          ASSERT_GE(table[bin], table[bin - 1]);
          // Both ends are rounded.
          ASSERT_LE(table[bin] - table[bin - 1], most + 1.0);
        }
      }
    }
  }
}


TEST(ContrastLimitedTable, Shares_out_the_excess_evenly)
{
  // 100 counts in 10 bins: at most twice the mean is 20. The excess of 60 is 6 for each bin.
  EXPECT_EQ(MakeTableOf({ 80, 20, 0, 0, 0, 0, 0, 0, 0, 0 }, 2.0, 100),
            (std::vector<std::uint16_t>{ 26, 52, 58, 64, 70, 76, 82, 88, 94, 100 }));

  // 25 counts in 5 bins: at most 1.5 times the mean is 7. The excess of 18 is 3 for each bin, and 3 extras.
  EXPECT_EQ(MakeTableOf({ 0, 0, 25, 0, 0 }, 1.5, 25), (std::vector<std::uint16_t>{ 4, 8, 19, 22, 25 }));

  // At most 1, however small the limit. The excess of 19 is 2 for each of 8 bins, and an extra for every second,
  // thrice.
  EXPECT_EQ(MakeTableOf({ 0, 0, 0, 20, 0, 0, 0, 0 }, 1e-9, 20),
            (std::vector<std::uint16_t>{ 3, 5, 8, 11, 14, 16, 18, 20 }));
}


TEST(ContrastLimitedTable, Of_nothing_is_zero)
{
  EXPECT_EQ(MakeTableOf(std::vector<std::uint32_t>(256, 0), 2.0, 255), std::vector<std::uint16_t>(256, 0));
}


TEST(ContrastLimitedNearest, Is_the_first_of_the_tiles_with_counts_that_are_fewest_steps_away)
{
  std::mt19937 generator(3);
  for (int round = 0; round < 200; ++round)
  {
    const std::vector<SizeValueType> sizes{ 1 + generator() % 5, 1 + generator() % 5, 1 + generator() % 4 };
    const SizeValueType              numberOfTiles = sizes[0] * sizes[1] * sizes[2];
    std::vector<SizeValueType>       numbersOfCounts(numberOfTiles);
    const auto                       oddsAgainstCounts = 1 + generator() % 12;
    std::vector<SizeValueType>       counted;
    for (SizeValueType tile = 0; tile < numberOfTiles; ++tile)
    {
      if (generator() % oddsAgainstCounts == 0)
      {
        numbersOfCounts[tile] = 5;
        counted.push_back(tile);
      }
    }

    const auto nearest = FindNearestCounted(numbersOfCounts, sizes);
    const auto countSteps = [&](SizeValueType a, SizeValueType b) {
      const auto steps = [](SizeValueType from, SizeValueType to) { return from < to ? to - from : from - to; };
      return steps(a % sizes[0], b % sizes[0]) + steps(a / sizes[0] % sizes[1], b / sizes[0] % sizes[1]) +
             steps(a / sizes[0] / sizes[1], b / sizes[0] / sizes[1]);
    };
    for (SizeValueType tile = 0; tile < numberOfTiles; ++tile)
    {
      const auto expected = std::min_element(counted.begin(), counted.end(), [&](SizeValueType a, SizeValueType b) {
        return countSteps(tile, a) < countSteps(tile, b);
      });
      ASSERT_EQ(nearest[tile], expected == counted.end() ? tile : *expected) << "tile " << tile;
    }
  }
}


template <typename TBin>
class ContrastLimitedInteger : public testing::Test
{};

using IntegerTypes = testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t>;
TYPED_TEST_SUITE(ContrastLimitedInteger, IntegerTypes);


TYPED_TEST(ContrastLimitedInteger, Is_interpolated_between_four_tables)
{
  const auto values = AllValues<TypeParam>();
  const auto numberOfBins = values.size();

  std::mt19937                            generator(5);
  std::vector<std::vector<std::uint16_t>> tables(4, std::vector<std::uint16_t>(numberOfBins));
  for (auto & table : tables)
  {
    std::generate(table.begin(), table.end(), [&] { return static_cast<std::uint16_t>(generator()); });
  }
  std::vector<float> weights(numberOfBins);
  std::generate(weights.begin(), weights.end(), [&] { return static_cast<float>(generator() % 4096) / 4096.0F; });

  const auto lower = MakePairs(tables[0], tables[1]);
  const auto upper = MakePairs(tables[2], tables[3]);
  for (const float rowWeight : { 0.0F, 0.25F, 0.7F })
  {
    for (const bool hasOneColumn : { false, true })
    {
      std::vector<float> levels(numberOfBins);
      const TablePairs   pairs{ lower.data(), upper.data(), hasOneColumn };
      Interpolate(values.data(), numberOfBins, pairs, weights.data(), rowWeight, levels.data());
      for (SizeValueType bin = 0; bin < numberOfBins; ++bin)
      {
        const double weight = hasOneColumn ? 0.0 : weights[bin];
        const double expected = (tables[0][bin] * (1.0 - weight) + tables[1][bin] * weight) * (1.0 - rowWeight) +
                                (tables[2][bin] * (1.0 - weight) + tables[3][bin] * weight) * rowWeight;
        // A few roundings of single precision, of numbers up to 2^16.
        ASSERT_NEAR(levels[bin], expected, 0.02) << "bin " << bin;
      }
    }
  }
}


TYPED_TEST(ContrastLimitedInteger, Is_rounded_half_to_even_from_its_least_value)
{
  const auto         values = AllValues<TypeParam>();
  std::vector<float> levels;
  for (const float offset : { -0.5F, -0.4375F, 0.0F, 0.4375F, 0.5F })
  {
    for (SizeValueType bin = 1; bin + 1 < values.size(); ++bin)
    {
      levels.push_back(static_cast<float>(bin) + offset);
    }
  }
  // Roundings of interpolation may lead a little beyond.
  levels.insert(levels.end(), { 0.0F, -0.01F, static_cast<float>(values.size() - 1) + 0.01F });

  std::vector<TypeParam> rounded(levels.size());
  RoundLevels(levels.data(), rounded.data(), levels.size());
  for (SizeValueType i = 0; i < levels.size(); ++i)
  {
    const auto expected = std::lrint(levels[i]) + std::numeric_limits<TypeParam>::lowest();
    ASSERT_EQ(rounded[i], expected) << "level " << levels[i];
  }
}


template <typename TReal>
class ContrastLimitedReal : public testing::Test
{};

using RealTypes = testing::Types<float, double>;
TYPED_TEST_SUITE(ContrastLimitedReal, RealTypes);


TYPED_TEST(ContrastLimitedReal, Has_bins_of_equal_width)
{
  using Limits = std::numeric_limits<TypeParam>;
  const auto findBin = [](TypeParam value, const RealBins & realBins) {
    std::uint16_t bin = 0;
    FindBins(&value, &bin, 1, realBins);
    return bin;
  };
  // In eighths from 1 upwards, all differences are exact.
  const RealBins eighths{ 1.0, 9.0, 64 };
  for (int bin = 0; bin < 64; ++bin)
  {
    const auto edge = static_cast<TypeParam>(1.0 + bin / 8.0);
    EXPECT_EQ(findBin(edge, eighths), bin);
    EXPECT_EQ(findBin(std::nextafter(edge, TypeParam{ 10 }), eighths), bin);
    EXPECT_EQ(findBin(std::nextafter(edge, TypeParam{ -10 }), eighths), std::max(bin - 1, 0));
  }
  EXPECT_EQ(findBin(9, eighths), 63);

  // What does not count has a bin, too, but not one that is not there.
  EXPECT_EQ(findBin(100, eighths), 63);
  EXPECT_EQ(findBin(Limits::infinity(), eighths), 63);
  EXPECT_EQ(findBin(-100, eighths), 0);
  EXPECT_EQ(findBin(Limits::quiet_NaN(), eighths), 0);

  // The widest range there is, the narrowest, and none.
  const RealBins all{ static_cast<double>(Limits::lowest()), static_cast<double>(Limits::max()), 4 };
  EXPECT_EQ(findBin(Limits::lowest(), all), 0);
  EXPECT_EQ(findBin(Limits::lowest() / 4, all), 1);
  EXPECT_EQ(findBin(Limits::max() / 4, all), 2);
  EXPECT_EQ(findBin(Limits::max(), all), 3);
  const RealBins narrow{ 1.0, static_cast<double>(std::nextafter(TypeParam{ 1 }, TypeParam{ 2 })), 65536 };
  EXPECT_EQ(findBin(1, narrow), 0);
  EXPECT_EQ(findBin(static_cast<TypeParam>(narrow.Maximum), narrow), 65535);
  EXPECT_EQ(findBin(3, RealBins{ 3.0, 3.0, 8 }), 0);
}


TYPED_TEST(ContrastLimitedReal, Keeps_its_range)
{
  using Limits = std::numeric_limits<TypeParam>;
  const std::vector<float> levels{ 0.0F, 1.0F, 30000.5F, 65535.0F, 65535.01F };
  const auto               scale = [&](double minimum, double maximum) {
    const std::vector<TypeParam> values(levels.size(), TypeParam{ 0 });
    std::vector<TypeParam>       equalized(levels.size());
    ScaleLevels(levels.data(), values.data(), equalized.data(), levels.size(), RealBins{ minimum, maximum, 1 });
    return equalized;
  };
  EXPECT_EQ(scale(0.0, 65535.0), (std::vector<TypeParam>{ 0, 1, static_cast<TypeParam>(30000.5), 65535, 65535 }));
  EXPECT_EQ(scale(-65535.0, 65535.0), (std::vector<TypeParam>{ -65535, -65533, -5534, 65535, 65535 }));
  EXPECT_EQ(scale(7.25, 7.25), std::vector<TypeParam>(levels.size(), static_cast<TypeParam>(7.25)));
  const auto all = scale(static_cast<double>(Limits::lowest()), static_cast<double>(Limits::max()));
  EXPECT_EQ(all.front(), Limits::lowest());
  EXPECT_EQ(all.back(), Limits::max());
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
}


TYPED_TEST(ContrastLimitedReal, Stays_as_it_is_where_it_is_not_finite)
{
  using Limits = std::numeric_limits<TypeParam>;
  const std::vector<float>     levels(4, 65535.0F);
  const std::vector<TypeParam> values{ Limits::quiet_NaN(), 1, Limits::infinity(), -Limits::infinity() };
  std::vector<TypeParam>       equalized(4);
  ScaleLevels(levels.data(), values.data(), equalized.data(), 4, RealBins{ 0.0, 5.0, 1 });
  EXPECT_TRUE(std::isnan(equalized[0]));
  EXPECT_EQ(equalized[1], 5);
  EXPECT_EQ(equalized[2], values[2]);
  EXPECT_EQ(equalized[3], values[3]);
}


TEST(ContrastLimitedBlend, Weighs_two_planes)
{
  std::vector<float>       levels{ 0.0F, 100.0F, 65535.0F };
  const std::vector<float> upper{ 100.0F, 0.0F, 65535.0F };
  Blend(levels.data(), upper.data(), levels.size(), 0.25F);
  EXPECT_EQ(levels, (std::vector<float>{ 25.0F, 75.0F, 65535.0F }));
}
