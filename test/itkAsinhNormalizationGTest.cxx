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
#include "itkAsinhNormalization.h"

#include "itkNormalizationReference.h"

#include <random>

namespace
{
itk::AsinhNormalization::Pointer
MakeNormalization(double linearWidth, double minimum, double maximum)
{
  auto normalization = itk::AsinhNormalization::New();
  normalization->SetLinearWidth(linearWidth);
  normalization->SetRange(minimum, maximum);
  return normalization;
}
} // namespace


TEST(AsinhNormalization, Is_the_inverse_hyperbolic_sine)
{
  std::mt19937 generator(1);
  for (const double linearWidth : { 1e-3, 1.0, 77.0, 1e200 })
  {
    const double maximum = 5.0 * linearWidth;
    const auto   normalization = MakeNormalization(linearWidth, -maximum, maximum);
    for (int i = 0; i < 5000; ++i)
    {
      const double magnitude = std::exp(std::uniform_real_distribution<>(-80.0, 80.0)(generator));
      const double y = i % 2 == 0 ? magnitude : -magnitude;
      const auto   expected = 0.5L + 0.5L * std::asinh(static_cast<long double>(y)) / std::asinh(5.0L);
      // Some units in the last place of numbers up to 80 / asinh(5).
      EXPECT_NEAR(
        normalization->ForwardValue(y * linearWidth), static_cast<double>(expected), 4e-16 * (1.0 + std::abs(expected)))
        << y;
    }
  }
}


TEST(AsinhNormalization, Is_as_accurate_near_zero)
{
  // From 0 on, so that no addition of 0.5 hides the last digits.
  const auto   normalization = MakeNormalization(1.0, 0.0, 1.0);
  std::mt19937 generator(1);
  for (int i = 0; i < 20000; ++i)
  {
    const double x = std::exp(std::uniform_real_distribution<>(-700.0, 30.0)(generator));
    const auto   expected = static_cast<double>(std::asinh(static_cast<long double>(x)) / std::asinh(1.0L));
    EXPECT_NEAR(normalization->ForwardValue(x), expected, 1e-15 * expected) << x;
  }
}


TEST(AsinhNormalization, Masks_nothing_that_is_finite)
{
  const double greatest = std::numeric_limits<double>::max();
  for (const double linearWidth : { 1e-300, 1.0, 1e300 })
  {
    const auto normalization = MakeNormalization(linearWidth, -1e303, 1e303);
    for (const double intensity : { 8.1e307, 1.5e308, greatest })
    {
      const double normalized = normalization->ForwardValue(intensity);
      EXPECT_GT(normalized, 1.0);
      EXPECT_NEAR(normalized + normalization->ForwardValue(-intensity), 1.0, 1e-14 * normalized);
    }
    EXPECT_TRUE(std::isnan(normalization->ForwardValue(std::numeric_limits<double>::infinity())));
    EXPECT_TRUE(std::isnan(normalization->ForwardValue(-std::numeric_limits<double>::infinity())));
  }
}


TEST(AsinhNormalization, Refuses_a_width_without_a_meaning)
{
  for (const double wrong :
       { 0.0, -1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN() })
  {
    EXPECT_THROW(MakeNormalization(wrong, 0.0, 1.0)->Verify(), itk::ExceptionObject) << wrong;
  }
  EXPECT_NO_THROW(itk::AsinhNormalization::New()->Verify());
}


TEST(AsinhNormalization, Agrees_with_matplotlib)
{
  const auto make = [](const std::vector<double> & parameters) { return MakeNormalization(parameters[0], 0.0, 1.0); };
  // Singles are worked in double precision by both, but matplotlib rounds the limits to single precision to clip to
  // them. Inverse hyperbolic sines differ by some units in the last place.
  itk::ExpectAgreementWithMatplotlib("Asinh", make, 1e-7, 1e-14);
}
