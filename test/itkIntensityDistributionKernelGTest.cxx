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
#include "itkIntensityDistributionKernel.h"

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

template <typename TPixel>
class IntensityDistributionKernel : public testing::Test
{
public:
  /** Any bits, so that all magnitudes are there, and of floats infinities, NaN and denormal numbers; and the ends. */
  static std::vector<TPixel>
  MakeIntensities()
  {
    using Limits = std::numeric_limits<TPixel>;
    std::vector<TPixel> intensities{ Limits::lowest(), Limits::max(), TPixel{ 0 }, TPixel{ 1 }, Limits::min() };
    if (std::is_floating_point<TPixel>::value)
    {
      for (const auto value : { Limits::infinity(), Limits::quiet_NaN(), Limits::denorm_min(), TPixel{ 0 } })
      {
        intensities.push_back(value);
        intensities.push_back(-value);
      }
    }
    std::mt19937_64 generator(1);
    for (int i = 0; i < 20000; ++i)
    {
      const auto bits = generator();
      TPixel     intensity;
      std::memcpy(&intensity, &bits, sizeof(intensity));
      intensities.push_back(intensity);
    }
    // Some that begin alike.
    for (auto key = itk::IntensityKey<TPixel>::FromIntensity(TPixel{ 100 }); intensities.size() < 21000; ++key)
    {
      intensities.push_back(itk::IntensityKey<TPixel>::ToIntensity(key));
    }
    return intensities;
  }
};

using PixelTypes =
  testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t, float, double>;
TYPED_TEST_SUITE(IntensityDistributionKernel, PixelTypes);


TYPED_TEST(IntensityDistributionKernel, Keys_are_in_the_order_of_intensities)
{
  using Key = itk::IntensityKey<TypeParam>;
  const auto intensities = TestFixture::MakeIntensities();
  for (size_t i = 1; i < intensities.size(); ++i)
  {
    const auto a = intensities[i - 1];
    const auto b = intensities[i];
    if (a == a && b == b)
    {
      EXPECT_EQ(Key::FromIntensity(a) < Key::FromIntensity(b), a < b) << a << ' ' << b;
      EXPECT_EQ(Key::FromIntensity(a) == Key::FromIntensity(b), a == b) << a << ' ' << b;
    }
  }
}


TYPED_TEST(IntensityDistributionKernel, Keys_lead_back_to_intensities)
{
  using Key = itk::IntensityKey<TypeParam>;
  for (const auto intensity : TestFixture::MakeIntensities())
  {
    const auto back = Key::ToIntensity(Key::FromIntensity(intensity));
    EXPECT_TRUE(back == intensity || (back != back && intensity != intensity)) << intensity;
  }
}


TYPED_TEST(IntensityDistributionKernel, Each_digit_is_counted_among_those_with_the_prefix)
{
  using Key = itk::IntensityKey<TypeParam>;
  const auto intensities = TestFixture::MakeIntensities();
  for (const bool positiveOnly : { false, true })
  {
    const auto isWanted = [&](TypeParam x) {
      return std::isfinite(static_cast<double>(x)) && (!positiveOnly || x > 0);
    };
    itk::SizeValueType prefix = 0;
    for (unsigned int digit = 0; digit < Key::NumberOfDigits; ++digit)
    {
      const unsigned int         shift = Key::NumberOfBits - (digit + 1) * Key::NumberOfDigitBits;
      std::vector<std::uint64_t> expected(Key::Radix);
      for (const auto intensity : intensities)
      {
        const itk::SizeValueType upToDigit = Key::FromIntensity(intensity) >> shift;
        expected[upToDigit % Key::Radix] += isWanted(intensity) && upToDigit / Key::Radix == prefix ? 1 : 0;
      }
      const auto sum = std::accumulate(expected.begin(), expected.end(), std::ptrdiff_t{ 0 });
      EXPECT_TRUE(digit == 0 ? sum == std::count_if(intensities.begin(), intensities.end(), isWanted) : sum >= 500);

      // Counts are added to what is there.
      std::vector<std::uint64_t> found(Key::Radix, 7);
      itk::CountIntensityDigits(intensities.data(),
                                intensities.size(),
                                itk::GetLeastIntensity<TypeParam>(positiveOnly),
                                digit,
                                static_cast<typename Key::Type>(prefix),
                                found.data());
      std::transform(found.begin(), found.end(), found.begin(), [](std::uint64_t count) { return count - 7; });
      EXPECT_TRUE(found == expected);
      prefix = Key::FromIntensity(TypeParam{ 100 }) >> shift;
    }
  }
}


template <typename TPixel>
class IntensityCounts : public testing::Test
{};

using SmallPixelTypes = testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t>;
TYPED_TEST_SUITE(IntensityCounts, SmallPixelTypes);


TYPED_TEST(IntensityCounts, Count_each_value_by_itself_and_add_to_what_is_there)
{
  using Key = itk::IntensityKey<TypeParam>;
  std::mt19937 generator(4);
  // Not a multiple of what is loaded at once.
  std::vector<TypeParam>     intensities(10007);
  std::vector<std::uint32_t> expected(Key::Radix, 3);
  for (auto & intensity : intensities)
  {
    intensity = static_cast<TypeParam>(generator());
    ++expected[Key::FromIntensity(intensity)];
  }
  std::vector<std::uint32_t> counters(Key::Radix, 3);
  itk::CountIntensities(intensities.data(), intensities.size(), counters.data());
  EXPECT_EQ(counters, expected);
}


template <typename TReal>
class CountedIntensities : public testing::Test
{};

using RealTypes = testing::Types<float, double>;
TYPED_TEST_SUITE(CountedIntensities, RealTypes);


TYPED_TEST(CountedIntensities, Are_finite_and_not_masked)
{
  using Limits = std::numeric_limits<TypeParam>;
  const std::vector<TypeParam>     values{ 1, Limits::quiet_NaN(), -2, Limits::infinity(), -Limits::infinity(),
                                       0, Limits::max(),       3,  Limits::lowest() };
  const std::vector<unsigned char> mask{ 1, 1, 0, 1, 1, 255, 2, 0, 1 };
  std::vector<TypeParam>           collected(values.size());

  collected.resize(itk::CollectCounted(values.data(), nullptr, values.size(), collected.data()));
  EXPECT_EQ(collected, (std::vector<TypeParam>{ 1, -2, 0, Limits::max(), 3, Limits::lowest() }));
  EXPECT_FALSE(itk::DoAllCount(values.data(), nullptr, values.size()));
  EXPECT_TRUE(itk::DoAllCount(collected.data(), nullptr, collected.size()));
  EXPECT_FALSE(itk::DoAllCount(collected.data(), mask.data(), collected.size()));
  EXPECT_TRUE(itk::DoAllCount(collected.data(), mask.data(), 1));
  EXPECT_TRUE(itk::DoAllCount(values.data(), nullptr, 0));

  collected.resize(values.size());
  collected.resize(itk::CollectCounted(values.data(), mask.data(), values.size(), collected.data()));
  EXPECT_EQ(collected, (std::vector<TypeParam>{ 1, 0, Limits::max(), Limits::lowest() }));
}


TYPED_TEST(CountedIntensities, Are_visited_once_each_in_their_order)
{
  std::vector<TypeParam>     values(200000);
  std::vector<unsigned char> mask(values.size());
  std::vector<TypeParam>     expected;
  for (size_t i = 0; i < values.size(); ++i)
  {
    // The first block counts as a whole.
    mask[i] = i < 70000 || i % 3 == 0 ? 1 : 0;
    values[i] = i > 150000 && i % 7 == 0 ? std::numeric_limits<TypeParam>::quiet_NaN() : static_cast<TypeParam>(i);
    if (mask[i] != 0 && values[i] == values[i])
    {
      expected.push_back(values[i]);
    }
  }
  std::vector<TypeParam> visited;
  itk::ForEachCounted(values.data(), mask.data(), values.size(), [&](const TypeParam * counted, auto count) {
    visited.insert(visited.end(), counted, counted + count);
  });
  EXPECT_EQ(visited, expected);
}
