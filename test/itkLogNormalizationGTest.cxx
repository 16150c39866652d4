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
#include "itkLogNormalization.h"

#include "itkNormalizationReference.h"

#include <random>

namespace
{
itk::LogNormalization::Pointer
MakeNormalization(double minimum, double maximum, bool clip = false)
{
  auto normalization = itk::LogNormalization::New();
  normalization->SetRange(minimum, maximum);
  normalization->SetClip(clip);
  return normalization;
}

constexpr double infinity = std::numeric_limits<double>::infinity();
} // namespace


TEST(LogNormalization, Gives_equal_ratios_equal_distances)
{
  const auto normalization = MakeNormalization(1.0, 10000.0);
  EXPECT_EQ(normalization->ForwardValue(1.0), 0.0);
  EXPECT_EQ(normalization->ForwardValue(10.0), 0.25);
  EXPECT_EQ(normalization->ForwardValue(100.0), 0.5);
  EXPECT_EQ(normalization->ForwardValue(1000.0), 0.75);
  EXPECT_EQ(normalization->ForwardValue(10000.0), 1.0);
  EXPECT_EQ(normalization->ForwardValue(0.01), -0.5);
  EXPECT_EQ(normalization->ForwardValue(1e6), 1.5);
}


TEST(LogNormalization, Gives_powers_of_ten_exactly)
{
  const auto normalization = MakeNormalization(1.0, 10.0);
  // Up to 10^10 and 10^22, powers of ten are numbers of single and of double precision.
  double power = 1.0;
  for (int exponent = 0; exponent <= 22; ++exponent)
  {
    EXPECT_EQ(normalization->ForwardValue(power), exponent);
    if (exponent <= 10)
    {
      auto single = static_cast<float>(power);
      normalization->Forward(&single, &single, 1);
      EXPECT_EQ(single, exponent);
    }
    power *= 10.0;
  }
}


TEST(LogNormalization, Has_nothing_for_what_has_no_logarithm)
{
  for (const double intensity : { 0.0, -0.0, -1.0, infinity, -infinity })
  {
    EXPECT_TRUE(std::isnan(MakeNormalization(1.0, 10.0)->ForwardValue(intensity))) << intensity;
    auto single = static_cast<float>(intensity);
    MakeNormalization(1.0, 10.0)->Forward(&single, &single, 1);
    EXPECT_TRUE(std::isnan(single)) << intensity;
    EXPECT_EQ(MakeNormalization(1.0, 10.0, true)->ForwardValue(intensity), intensity > 1.0 ? 1.0 : 0.0);
  }
}


TEST(LogNormalization, Is_correct_to_the_last_digits_of_single_precision)
{
  const auto   normalization = MakeNormalization(1.0, 10.0);
  std::mt19937 generator(1);
  for (int i = 0; i < 20000; ++i)
  {
    // Also where the series is the longest: just below the root of 2.
    const double exponent = std::uniform_real_distribution<>(-87.0, 88.0)(generator);
    const auto   intensity = static_cast<float>(i % 2 == 0 ? std::exp(exponent) : 1.400 + 7e-7 * i);
    float        normalized;
    normalization->Forward(&intensity, &normalized, 1);
    // The logarithm itself, since the limits have 0 and 1; rounded to the nearer but where the two are all but tied.
    const auto expected = std::log10(static_cast<long double>(intensity));
    const auto unit = std::ldexp(1.0L, std::ilogb(expected) - 23);
    EXPECT_LE(std::abs(normalized - expected), 0.50005L * unit) << intensity;
  }
}


TEST(LogNormalization, Is_correct_to_the_last_digits_of_double_precision)
{
  const auto   normalization = MakeNormalization(1.0, 10.0);
  std::mt19937 generator(1);
  for (int i = 0; i < 20000; ++i)
  {
    // Over all magnitudes, and near 1; denormal numbers too.
    const double exponent = std::uniform_real_distribution<>(-744.0, 709.0)(generator);
    const double intensity = std::exp(i % 2 == 0 ? exponent : exponent / 1000.0);
    const auto   expected = std::log10(static_cast<long double>(intensity));
    const auto   unit = std::ldexp(1.0L, std::ilogb(expected) - 52);
    // Some roundings.
    EXPECT_LE(std::abs(normalization->ForwardValue(intensity) - expected), 3.0L * unit) << intensity;
  }
}


TEST(LogNormalization, Rounds_each_step_to_single_precision)
{
  // The limits are near to each other and far from 1, so that each step shows.
  const auto   normalization = MakeNormalization(900.0, 1000.1);
  const double minimum = std::log10(900.0);
  const double width = std::log10(1000.1) - minimum;
  std::mt19937 generator(1);
  for (int i = 0; i < 1000; ++i)
  {
    const auto intensity = std::uniform_real_distribution<float>(900.01F, 1000.0F)(generator);
    const auto logarithm = static_cast<float>(std::log10(static_cast<long double>(intensity)));
    const auto difference = static_cast<float>(logarithm - minimum);
    float      normalized;
    normalization->Forward(&intensity, &normalized, 1);
    EXPECT_EQ(normalized, static_cast<float>(difference / width));
  }
}


TEST(LogNormalization, Clips_to_the_last_colour_and_not_beyond)
{
  // A logarithm in single precision of 1000 that is a unit in the last place too great would be over.
  const auto normalization = MakeNormalization(1.0, 1000.0, true);
  for (const float intensity : { 1000.0F, 1001.0F, 1e30F })
  {
    EXPECT_EQ(itk::NormalizeAndIndex<float>(*normalization, intensity).first, 99u);
  }
  // Where the limits are near, single precision is off by many times that.
  std::mt19937 generator(1);
  for (int i = 0; i < 1000; ++i)
  {
    const auto minimum = std::uniform_real_distribution<float>(900.0F, 1000.0F)(generator);
    const auto maximum = std::uniform_real_distribution<float>(1001.0F, 1100.0F)(generator);
    for (const bool clip : { false, true })
    {
      const auto narrow = MakeNormalization(minimum, maximum, clip);
      EXPECT_EQ(itk::NormalizeAndIndex<float>(*narrow, minimum).first, 0u);
      EXPECT_EQ(itk::NormalizeAndIndex<float>(*narrow, maximum).first, 99u);
    }
  }
}


TEST(LogNormalization, Spans_all_of_double_precision)
{
  const double least = std::numeric_limits<double>::denorm_min();
  const double greatest = std::numeric_limits<double>::max();
  const auto   normalization = MakeNormalization(least, greatest);
  normalization->Verify();
  for (double t = 0.0; t <= 1.0; t += 1.0 / 64.0)
  {
    // Denormal numbers have few digits.
    EXPECT_NEAR(normalization->ForwardValue(normalization->InverseValue(t)), t, 1e-3);
  }
}


TEST(LogNormalization, Inverse_goes_on_outside_of_the_limits)
{
  const auto normalization = MakeNormalization(1.0, 100.0);
  EXPECT_NEAR(normalization->InverseValue(-0.5), 0.1, 1e-15);
  EXPECT_NEAR(normalization->InverseValue(1.5), 1000.0, 1e-12);
}


TEST(LogNormalization, Refuses_limits_without_a_logarithm)
{
  for (const double minimum : { 0.0, -1.0 })
  {
    try
    {
      MakeNormalization(minimum, 10.0)->Verify();
      FAIL();
    }
    catch (const itk::ExceptionObject & error)
    {
      EXPECT_NE(std::string(error.GetDescription()).find("above 0"), std::string::npos);
    }
  }
  EXPECT_THROW(MakeNormalization(10.0, 1.0)->Verify(), itk::ExceptionObject);
  EXPECT_NO_THROW(itk::LogNormalization::New()->Verify());
}


TEST(LogNormalization, Agrees_with_matplotlib)
{
  // Logarithms of magnitude 5 that differ by a unit in the last place, or two of double precision, over a width of at
  // least 3.
  itk::ExpectAgreementWithMatplotlib(
    "Log", [](const auto &) { return itk::LogNormalization::New(); }, 3e-7, 1e-15);
}
