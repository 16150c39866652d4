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
#include "itkPercentileKernel.h"

#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace
{
/** By sorting, as NumPy's documentation has it. */
template <typename TPixel>
double
FindPercentileBySorting(std::vector<TPixel> intensities, double percent, TPixel least)
{
  const auto isUnwanted = [&](TPixel x) { return !(x >= least) || !std::isfinite(static_cast<double>(x)); };
  intensities.erase(std::remove_if(intensities.begin(), intensities.end(), isUnwanted), intensities.end());
  std::sort(intensities.begin(), intensities.end());
  const double position = static_cast<double>(intensities.size() - 1) * (percent / 100.0);
  const auto   lower = static_cast<size_t>(position);
  const auto   upper = std::min(lower + 1, intensities.size() - 1);
  const double weight = position - static_cast<double>(lower);
  const auto   a = static_cast<double>(intensities[lower]);
  const auto   b = static_cast<double>(intensities[upper]);
  return weight < 0.5 ? a + (b - a) * weight : b - (b - a) * (1.0 - weight);
}


template <typename TPixel>
std::vector<double>
FindPercentiles(const std::vector<TPixel> & intensities,
                const std::vector<double> & percents,
                TPixel                      least = std::numeric_limits<TPixel>::lowest(),
                size_t                      numberOfParts = 1)
{
  itk::PercentileSearch<TPixel> search(percents, least);
  for (unsigned int pass = 0; pass < search.NumberOfPasses; ++pass)
  {
    auto sums = search.MakeCounts();
    for (size_t part = 0; part < numberOfParts; ++part)
    {
      const auto start = intensities.size() * part / numberOfParts;
      const auto end = intensities.size() * (part + 1) / numberOfParts;
      auto       counts = search.MakeCounts();
      search.Count(intensities.data() + start, end - start, counts);
      search.Merge(counts, sums);
    }
    search.EndPass(sums);
  }
  std::vector<double> found;
  for (size_t i = 0; i < percents.size() && search.GetNumberOfIntensities() > 0; ++i)
  {
    found.push_back(search.GetPercentile(i));
  }
  return found;
}
} // namespace


template <typename TPixel>
class PercentileSearch : public testing::Test
{};

using PixelTypes =
  testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t, float, double>;
TYPED_TEST_SUITE(PercentileSearch, PixelTypes);


TYPED_TEST(PercentileSearch, Finds_what_sorting_finds)
{
  const std::vector<double> percents{ 0.0, 0.1, 2.0, 25.0, 50.0, 66.6, 98.0, 99.99, 100.0 };
  std::mt19937              generator(1);
  for (const size_t count : { 1, 2, 3, 10, 101, 30000 })
  {
    for (const double spread : { 0.1, 10.0, 100.0, 1e9 })
    {
      std::normal_distribution<double> distribution(std::is_signed<TypeParam>::value ? 0.0 : 60.0, spread);
      std::vector<TypeParam>           intensities(count);
      for (auto & intensity : intensities)
      {
        const auto lowest = static_cast<double>(std::numeric_limits<TypeParam>::lowest());
        const auto highest = static_cast<double>(std::numeric_limits<TypeParam>::max());
        intensity = static_cast<TypeParam>(std::clamp(distribution(generator), lowest, highest));
      }
      const auto found = FindPercentiles(intensities, percents);
      for (size_t i = 0; i < percents.size(); ++i)
      {
        EXPECT_EQ(found[i], FindPercentileBySorting(intensities, percents[i], std::numeric_limits<TypeParam>::lowest()))
          << percents[i] << " % of " << count;
      }
    }
  }
}


TYPED_TEST(PercentileSearch, Does_not_depend_on_order_and_parts)
{
  std::mt19937           generator(2);
  std::vector<TypeParam> intensities(5000);
  std::generate(intensities.begin(), intensities.end(), [&] { return static_cast<TypeParam>(generator() % 120); });
  const auto expected = FindPercentiles(intensities, { 3.0, 97.0 });
  for (const size_t numberOfParts : { 2, 3, 17 })
  {
    std::shuffle(intensities.begin(), intensities.end(), generator);
    EXPECT_EQ(FindPercentiles(intensities, { 3.0, 97.0 }, std::numeric_limits<TypeParam>::lowest(), numberOfParts),
              expected);
  }
}


TYPED_TEST(PercentileSearch, Leaves_out_what_is_not_above_zero_if_asked)
{
  std::mt19937           generator(3);
  std::vector<TypeParam> intensities(1000);
  std::generate(intensities.begin(), intensities.end(), [&] {
    return static_cast<TypeParam>(static_cast<int>(generator() % 120) - (std::is_signed<TypeParam>::value ? 60 : 0));
  });
  const auto least = itk::GetLeastIntensity<TypeParam>(true);
  const auto found = FindPercentiles(intensities, { 0.0, 40.0 }, least);
  EXPECT_GT(found[0], 0.0);
  EXPECT_EQ(found[0], FindPercentileBySorting(intensities, 0.0, least));
  EXPECT_EQ(found[1], FindPercentileBySorting(intensities, 40.0, least));
}


TEST(PercentileSearchOfFloats, Leaves_out_infinities_and_what_is_not_a_number)
{
  constexpr float    infinity = std::numeric_limits<float>::infinity();
  constexpr float    notANumber = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> intensities{ 1.0F, notANumber, 2.0F, infinity, 3.0F, -infinity, -notANumber, 5.0F };
  EXPECT_EQ(FindPercentiles(intensities, { 0.0, 50.0, 100.0 }), (std::vector<double>{ 1.0, 2.5, 5.0 }));
  EXPECT_TRUE(FindPercentiles<float>({ notANumber, infinity }, { 50.0 }).empty());
  EXPECT_TRUE(FindPercentiles<float>({}, { 50.0 }).empty());
}


TEST(PercentileSearchOfDoubles, Tells_neighbours_apart)
{
  std::vector<double> intensities(101);
  double              value = 1e-300;
  for (auto & intensity : intensities)
  {
    intensity = value;
    value = std::nextafter(value, 1.0);
  }
  const auto found = FindPercentiles(intensities, { 1.0, 99.0 });
  EXPECT_EQ(found[0], intensities[1]);
  EXPECT_EQ(found[1], intensities[99]);
}


/** What numpy.percentile of NumPy 2.4 gives for these numbers in double precision. For 32-bit integers, differences
 * that overflow make its second pair [-2576980377.6, 1717986917.6]. */
TEST(PercentileSearchOfIntegers, Agrees_with_NumPy)
{
  const std::vector<std::uint8_t> four{ 4, 1, 3, 2 };
  EXPECT_EQ(FindPercentiles(four, { 25.0, 50.0, 60.0, 99.0 }),
            (std::vector<double>{ 1.75, 2.5, 2.8, 3.9699999999999998 }));
  const std::vector<std::int32_t> wide{ -2147483647 - 1, 2147483647, 0 };
  EXPECT_EQ(FindPercentiles(wide, { 10.0, 90.0 }), (std::vector<double>{ -1717986918.4, 1717986917.6000001 }));
}
