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
#include "itkSymmetricLogNormalization.h"

#include "itkNormalizationReference.h"

namespace
{
itk::SymmetricLogNormalization::Pointer
MakeNormalization(double threshold, double scale, double base)
{
  auto normalization = itk::SymmetricLogNormalization::New();
  normalization->SetLinearThreshold(threshold);
  normalization->SetLinearScale(scale);
  normalization->SetBase(base);
  return normalization;
}
} // namespace


TEST(SymmetricLogNormalization, Is_linear_within_the_threshold_and_logarithmic_beyond)
{
  // With a linear scale of 0.9 and the base 10, the linear range takes the room of one decade for each sign.
  const auto normalization = MakeNormalization(1.0, 0.9, 10.0);
  normalization->SetRange(-1000.0, 1000.0);
  const std::vector<std::pair<double, double>> expected{
    { -1000.0, 0.0 },  { -100.0, 0.125 }, { -10.0, 0.25 }, { -1.0, 0.375 },  { -0.5, 0.4375 }, { 0.0, 0.5 },
    { 0.25, 0.53125 }, { 1.0, 0.625 },    { 10.0, 0.75 },  { 100.0, 0.875 }, { 1000.0, 1.0 },  { 1e7, 1.5 },
  };
  for (const auto & [intensity, normalized] : expected)
  {
    // Some roundings of numbers up to 8.
    EXPECT_NEAR(normalization->ForwardValue(intensity), normalized, 4e-16) << intensity;
    EXPECT_NEAR(normalization->InverseValue(normalized), intensity, 1e-14 * std::abs(intensity)) << intensity;
  }
}


TEST(SymmetricLogNormalization, Has_no_gap_at_the_threshold)
{
  const auto normalization = MakeNormalization(0.25, 1.5, 2.0);
  normalization->SetRange(-100.0, 3.0);
  for (const double threshold : { -0.25, 0.25 })
  {
    const double at = normalization->ForwardValue(threshold);
    EXPECT_NEAR(normalization->ForwardValue(threshold * (1.0 + 1e-12)), at, 1e-12);
    EXPECT_NEAR(normalization->ForwardValue(threshold * (1.0 - 1e-12)), at, 1e-12);
  }
}


TEST(SymmetricLogNormalization, Has_nothing_for_infinities_but_for_all_else)
{
  const auto normalization = MakeNormalization(1.0, 1.0, 10.0);
  normalization->SetRange(-10.0, 1e300);
  EXPECT_TRUE(std::isnan(normalization->ForwardValue(std::numeric_limits<double>::infinity())));
  EXPECT_TRUE(std::isnan(normalization->ForwardValue(-std::numeric_limits<double>::infinity())));
  EXPECT_LT(normalization->ForwardValue(std::numeric_limits<double>::lowest()), 0.0);
  EXPECT_GT(normalization->ForwardValue(std::numeric_limits<double>::max()), 1.0);
  EXPECT_GT(normalization->ForwardValue(std::numeric_limits<double>::denorm_min()), 0.0);
}


TEST(SymmetricLogNormalization, Single_precision_is_rounded_double_precision)
{
  const auto normalization = MakeNormalization(0.3, 1.0, 10.0);
  EXPECT_TRUE(normalization->RequiresDoublePrecision());
  normalization->SetRange(-20.0, 30.0);
  std::vector<float> normalized(3000);
  for (size_t i = 0; i < normalized.size(); ++i)
  {
    normalized[i] = 0.02F * static_cast<float>(i) - 30.0F;
  }
  const auto intensities = normalized;
  normalization->Forward(normalized.data(), normalized.data(), normalized.size());
  for (size_t i = 0; i < normalized.size(); ++i)
  {
    EXPECT_EQ(normalized[i], static_cast<float>(normalization->ForwardValue(intensities[i])));
  }
}


TEST(SymmetricLogNormalization, Refuses_parameters_without_a_meaning)
{
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
  for (const double wrong : { 0.0, -1.0, infinity, notANumber })
  {
    EXPECT_THROW(MakeNormalization(wrong, 1.0, 10.0)->Verify(), itk::ExceptionObject) << wrong;
    EXPECT_THROW(MakeNormalization(1.0, wrong, 10.0)->Verify(), itk::ExceptionObject) << wrong;
    EXPECT_THROW(MakeNormalization(1.0, 1.0, wrong)->Verify(), itk::ExceptionObject) << wrong;
  }
  EXPECT_THROW(MakeNormalization(1.0, 1.0, 1.0)->Verify(), itk::ExceptionObject);
  EXPECT_NO_THROW(itk::SymmetricLogNormalization::New()->Verify());
}


TEST(SymmetricLogNormalization, Agrees_with_matplotlib)
{
  const auto make = [](const std::vector<double> & parameters) {
    return MakeNormalization(parameters[0], parameters[1], parameters[2]);
  };
  // matplotlib takes logarithms of singles, here of magnitude up to 7, in single precision: half a unit in their last
  // place is 2.4e-7, over a width of at least 2. Logarithms of doubles differ by some units in the last place.
  itk::ExpectAgreementWithMatplotlib("SymmetricLog", make, 2e-7, 1e-14);
}
