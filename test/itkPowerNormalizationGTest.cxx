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
#include "itkPowerNormalization.h"

#include "itkNormalizationReference.h"

#include <random>

namespace
{
itk::PowerNormalization::Pointer
MakeNormalization(double gamma, double minimum, double maximum, bool clip = false)
{
  auto normalization = itk::PowerNormalization::New();
  normalization->SetGamma(gamma);
  normalization->SetRange(minimum, maximum);
  normalization->SetClip(clip);
  return normalization;
}

constexpr double infinity = std::numeric_limits<double>::infinity();
} // namespace


TEST(PowerNormalization, Raises_what_is_linear_to_a_power)
{
  const auto square = MakeNormalization(2.0, 10.0, 20.0);
  EXPECT_EQ(square->ForwardValue(10.0), 0.0);
  EXPECT_EQ(square->ForwardValue(15.0), 0.25);
  EXPECT_EQ(square->ForwardValue(20.0), 1.0);
  EXPECT_EQ(square->ForwardValue(30.0), 4.0);
  EXPECT_EQ(square->InverseValue(0.25), 15.0);
  EXPECT_EQ(MakeNormalization(0.5, 10.0, 20.0)->ForwardValue(12.5), 0.5);
  EXPECT_EQ(MakeNormalization(1.0, 10.0, 20.0)->ForwardValue(12.5), 0.25);
}


TEST(PowerNormalization, Is_linear_below_the_minimum)
{
  const auto normalization = MakeNormalization(0.5, 10.0, 20.0);
  EXPECT_EQ(normalization->ForwardValue(5.0), -0.5);
  EXPECT_EQ(normalization->InverseValue(-0.5), 5.0);
}


TEST(PowerNormalization, Knows_infinities)
{
  for (const double gamma : { 0.01, 2.0 })
  {
    EXPECT_EQ(MakeNormalization(gamma, 0.0, 2.0)->ForwardValue(infinity), infinity);
    EXPECT_EQ(MakeNormalization(gamma, 0.0, 2.0)->ForwardValue(-infinity), -infinity);
    for (const float direction : { -1.0F, 1.0F })
    {
      auto single = direction * std::numeric_limits<float>::infinity();
      MakeNormalization(gamma, 0.0, 2.0)->Forward(&single, &single, 1);
      EXPECT_EQ(single, direction * std::numeric_limits<float>::infinity());
    }
  }
}


TEST(PowerNormalization, Is_correct_to_the_last_digits_of_single_precision)
{
  std::mt19937 generator(1);
  for (const double gamma : { 0.25, 0.5, 1.0, 2.0, 3.5 })
  {
    const auto normalization = MakeNormalization(gamma, 0.0, 1.0);
    for (int i = 0; i < 5000; ++i)
    {
      const auto intensity = static_cast<float>(std::exp(std::uniform_real_distribution<>(-87.0, 88.0)(generator)));
      float      normalized;
      normalization->Forward(&intensity, &normalized, 1);
      const auto expected = std::pow(static_cast<long double>(intensity), static_cast<long double>(gamma));
      if (expected > std::numeric_limits<float>::max())
      {
        EXPECT_EQ(normalized, std::numeric_limits<float>::infinity()) << intensity;
      }
      else
      {
        // Rounded to the nearer but where the two are all but tied; denormal numbers have fewer digits.
        const auto unit = std::ldexp(1.0L, std::max(std::ilogb(expected) - 23, -149));
        EXPECT_LE(std::abs(normalized - expected), 0.51L * unit) << intensity << " to the power " << gamma;
      }
    }
  }
}


TEST(PowerNormalization, Knows_powers_beyond_single_precision)
{
  const auto               normalization = MakeNormalization(30.0, 0.0, 1.0);
  std::vector<float>       values{ 1e-38F, 1e-3F, 0.5F, 1e3F, 1e38F };
  const std::vector<float> expected{ 0.0F, 0.0F, std::ldexp(1.0F, -30), INFINITY, INFINITY };
  normalization->Forward(values.data(), values.data(), values.size());
  EXPECT_EQ(values, expected);
}


TEST(PowerNormalization, Takes_the_maximum_for_no_more_than_the_maximum)
{
  std::mt19937 generator(1);
  for (int i = 0; i < 1000; ++i)
  {
    const double minimum = std::uniform_real_distribution<>(0.0, 0.5)(generator);
    const double maximum = std::uniform_real_distribution<>(0.6, 1.0)(generator);
    for (const bool clip : { false, true })
    {
      const auto normalization = MakeNormalization(0.7, minimum, maximum, clip);
      EXPECT_EQ(itk::NormalizeAndIndex<float>(*normalization, minimum).first, 0u);
      EXPECT_EQ(itk::NormalizeAndIndex<float>(*normalization, maximum).first, 99u);
    }
  }
}


TEST(PowerNormalization, Refuses_a_gamma_without_a_meaning)
{
  for (const double wrong : { 0.0, -1.0, infinity, std::numeric_limits<double>::quiet_NaN() })
  {
    EXPECT_THROW(MakeNormalization(wrong, 0.0, 1.0)->Verify(), itk::ExceptionObject) << wrong;
  }
  EXPECT_NO_THROW(itk::PowerNormalization::New()->Verify());
}


TEST(PowerNormalization, Agrees_with_matplotlib)
{
  const auto make = [](const std::vector<double> & parameters) { return MakeNormalization(parameters[0], 0.0, 1.0); };
  // Powers that differ by a unit in the last place.
  itk::ExpectAgreementWithMatplotlib("Power", make, 1.2e-7, 2.3e-16);
}
