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
#include "itkIntensityDistribution.h"

#include "itkMacro.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <random>

#include <gtest/gtest.h>

namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();


itk::IntensityDistribution
MakeDistribution(const std::vector<double> & intensities)
{
  std::map<double, itk::SizeValueType> counts;
  for (const double intensity : intensities)
  {
    ++counts[intensity];
  }
  itk::IntensityDistribution::ValuesType values;
  itk::IntensityDistribution::CountsType countsBelow{ 0 };
  for (const auto & [value, count] : counts)
  {
    values.push_back(value);
    countsBelow.push_back(countsBelow.back() + count);
  }
  return { values, countsBelow };
}


/** Expects what a plain loop over the intensities counts, for each of them and for the numbers next to it. */
void
ExpectCounts(const std::vector<double> & intensities)
{
  const auto          distribution = MakeDistribution(intensities);
  std::vector<double> sorted = intensities;
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> numbers{ -infinity, infinity, 0.0, -1e300, 1e300 };
  for (size_t i = 0; i < intensities.size(); i += 1 + intensities.size() / 500)
  {
    const double x = intensities[i];
    numbers.insert(numbers.end(), { x, std::nextafter(x, infinity), std::nextafter(x, -infinity) });
  }
  for (const double number : numbers)
  {
    const auto below = std::lower_bound(sorted.begin(), sorted.end(), number) - sorted.begin();
    const auto upTo = std::upper_bound(sorted.begin(), sorted.end(), number) - sorted.begin();
    ASSERT_EQ(distribution.CountBelow(number), static_cast<itk::SizeValueType>(below)) << number;
    ASSERT_EQ(distribution.CountUpTo(number), static_cast<itk::SizeValueType>(upTo)) << number;
  }
}
} // namespace


TEST(IntensityDistribution, Counts_what_is_below_and_up_to_a_number)
{
  std::mt19937                           generator(1);
  std::normal_distribution<double>       normal;
  std::uniform_real_distribution<double> exponent(-300.0, 300.0);
  for (const size_t size : { 1, 2, 3, 17, 1000, 30000 })
  {
    SCOPED_TRACE(size);
    std::vector<double> gaussian(size);
    std::vector<double> integers(size);
    std::vector<double> overAllMagnitudes(size);
    std::vector<double> crowdedFarFromOne(size);
    for (size_t i = 0; i < size; ++i)
    {
      gaussian[i] = normal(generator);
      integers[i] = static_cast<double>(generator() % 300) - 150.0;
      overAllMagnitudes[i] = std::pow(10.0, exponent(generator)) * (generator() % 2 == 0 ? 1.0 : -1.0);
      crowdedFarFromOne[i] = i == 0 ? 1e-300 : 1e6 + 1e-9 * normal(generator);
    }
    ExpectCounts(gaussian);
    ExpectCounts(integers);
    ExpectCounts(overAllMagnitudes);
    ExpectCounts(crowdedFarFromOne);
  }
}


TEST(IntensityDistribution, Knows_the_ends_of_floating_point_numbers)
{
  using Limits = std::numeric_limits<double>;
  ExpectCounts({ Limits::lowest(), Limits::max() });
  ExpectCounts({ Limits::denorm_min(), -Limits::denorm_min(), 0.0, Limits::min() });
}


TEST(IntensityDistribution, Takes_both_zeros_for_one)
{
  const itk::IntensityDistribution distribution({ 0.0 }, { 0, 5 });
  EXPECT_EQ(distribution.CountBelow(-0.0), 0u);
  EXPECT_EQ(distribution.CountUpTo(-0.0), 5u);
}


TEST(IntensityDistribution, Of_nothing_counts_nothing)
{
  const itk::IntensityDistribution distribution;
  EXPECT_EQ(distribution.GetNumberOfIntensities(), 0u);
  EXPECT_EQ(distribution.CountBelow(1.0), 0u);
  EXPECT_EQ(distribution.CountUpTo(1.0), 0u);
}


TEST(IntensityDistribution, Quantiles_invert_counts)
{
  std::mt19937        generator(2);
  std::vector<double> intensities(5000);
  for (auto & intensity : intensities)
  {
    intensity = static_cast<double>(generator() % 2000) / 7.0;
  }
  const auto distribution = MakeDistribution(intensities);
  const auto n = static_cast<double>(intensities.size());
  for (const double value : distribution.GetValues())
  {
    const double fraction = static_cast<double>(distribution.CountUpTo(value)) / n;
    EXPECT_EQ(distribution.GetQuantile(fraction), value);
    EXPECT_EQ(distribution.GetInterpolatedQuantile(fraction), value);
    const double justAbove = std::nextafter(fraction, 2.0);
    EXPECT_EQ(distribution.GetQuantile(justAbove) > value, value < distribution.GetValues().back());
  }
}


TEST(IntensityDistribution, Finds_quantiles_of_a_few_values)
{
  const itk::IntensityDistribution distribution({ 1.0, 2.0, 6.0 }, { 0, 10, 40, 100 });
  EXPECT_EQ(distribution.GetQuantile(-1.0), 1.0);
  EXPECT_EQ(distribution.GetQuantile(0.0), 1.0);
  EXPECT_EQ(distribution.GetQuantile(0.1), 1.0);
  EXPECT_EQ(distribution.GetQuantile(0.11), 2.0);
  EXPECT_EQ(distribution.GetQuantile(0.5), 6.0);
  EXPECT_EQ(distribution.GetQuantile(2.0), 6.0);

  EXPECT_EQ(distribution.GetInterpolatedQuantile(0.05), 1.0);
  // (0.4 - 0.1) and (1 - 0.4) are not exact.
  EXPECT_NEAR(distribution.GetInterpolatedQuantile(0.25), 1.5, 1e-15);
  EXPECT_NEAR(distribution.GetInterpolatedQuantile(0.7), 4.0, 1e-15);
  EXPECT_EQ(distribution.GetInterpolatedQuantile(1.5), 6.0);
}


TEST(IntensityDistribution, Refuses_what_is_none)
{
  using Distribution = itk::IntensityDistribution;
  EXPECT_THROW(Distribution({ 1.0 }, { 0 }), itk::ExceptionObject);
  EXPECT_THROW(Distribution({ 1.0, 1.0 }, { 0, 1, 2 }), itk::ExceptionObject);
  EXPECT_THROW(Distribution({ 2.0, 1.0 }, { 0, 1, 2 }), itk::ExceptionObject);
  EXPECT_THROW(Distribution({ std::nan("") }, { 0, 1 }), itk::ExceptionObject);
  EXPECT_THROW(Distribution({ 1.0, std::nan(""), 3.0 }, { 0, 1, 2, 3 }), itk::ExceptionObject);
  EXPECT_THROW(Distribution({ 1.0, infinity }, { 0, 1, 2 }), itk::ExceptionObject);
  EXPECT_THROW(Distribution({ 1.0, 2.0 }, { 0, 2, 1 }), itk::ExceptionObject);
  EXPECT_THROW(Distribution({ 1.0, 2.0 }, { 1, 2, 3 }), itk::ExceptionObject);
}
