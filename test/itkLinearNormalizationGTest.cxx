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
#include "itkLinearNormalization.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace
{
itk::LinearNormalization::Pointer
MakeNormalization(double minimum, double maximum, bool clip = false)
{
  auto normalization = itk::LinearNormalization::New();
  normalization->SetMinimum(minimum);
  normalization->SetMaximum(maximum);
  normalization->SetClip(clip);
  return normalization;
}

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
} // namespace


TEST(LinearNormalization, Maps_the_range_onto_zero_to_one)
{
  const auto normalization = MakeNormalization(1500.0, 4500.0);
  EXPECT_EQ(normalization->ForwardValue(1500.0), 0.0);
  EXPECT_EQ(normalization->ForwardValue(3000.0), 0.5);
  EXPECT_EQ(normalization->ForwardValue(4500.0), 1.0);
}


TEST(LinearNormalization, Keeps_what_is_outside_outside_unless_clipped)
{
  EXPECT_EQ(MakeNormalization(0.0, 10.0)->ForwardValue(-5.0), -0.5);
  EXPECT_EQ(MakeNormalization(0.0, 10.0)->ForwardValue(infinity), infinity);
  EXPECT_EQ(MakeNormalization(0.0, 10.0, true)->ForwardValue(-5.0), 0.0);
  EXPECT_EQ(MakeNormalization(0.0, 10.0, true)->ForwardValue(infinity), 1.0);
  EXPECT_TRUE(std::isnan(MakeNormalization(0.0, 10.0)->ForwardValue(notANumber)));
  EXPECT_TRUE(std::isnan(MakeNormalization(0.0, 10.0, true)->ForwardValue(notANumber)));
}


TEST(LinearNormalization, Maps_everything_to_zero_if_the_range_is_empty)
{
  for (const double intensity : { 6.0, 7.0, 8.0, notANumber })
  {
    EXPECT_EQ(MakeNormalization(7.0, 7.0)->ForwardValue(intensity), 0.0);
  }
}


TEST(LinearNormalization, Rounds_each_step_to_single_precision)
{
  const auto         normalization = MakeNormalization(0.1, 0.7);
  std::mt19937       generator(1);
  std::vector<float> intensities(10007);
  std::generate(intensities.begin(), intensities.end(), [&] { return static_cast<float>(generator() / 4.0e9); });
  std::vector<float> normalized(intensities.size());
  normalization->Forward(intensities.data(), normalized.data(), intensities.size());
  for (size_t i = 0; i < intensities.size(); ++i)
  {
    const auto difference = static_cast<float>(static_cast<double>(intensities[i]) - 0.1);
    EXPECT_EQ(normalized[i], static_cast<float>(static_cast<double>(difference) / (0.7 - 0.1)));
  }
}


TEST(LinearNormalization, Is_undone_by_its_inverse)
{
  const auto   normalization = MakeNormalization(-3.7, 1234.5);
  std::mt19937 generator(2);
  for (int i = 0; i < 1000; ++i)
  {
    const double intensity = std::uniform_real_distribution<>(-5000.0, 5000.0)(generator);
    // Four roundings of numbers up to 5000.
    EXPECT_NEAR(normalization->InverseValue(normalization->ForwardValue(intensity)), intensity, 4 * 5000.0 * 2.3e-16);
  }
}


TEST(LinearNormalization, Is_monotonic)
{
  const auto normalization = MakeNormalization(-1.0, 2.0);
  double     previous = -infinity;
  for (double intensity = -2.0; intensity < 3.0; intensity += 1.0 / 128.0)
  {
    const double normalized = normalization->ForwardValue(intensity);
    EXPECT_GT(normalized, previous);
    previous = normalized;
  }
}
