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

#include <limits>
#include <vector>

#include <gtest/gtest.h>

// What all normalizations have in common, seen on the simplest.
namespace
{
itk::IntensityNormalization::Pointer
MakeNormalization(double minimum, double maximum)
{
  itk::IntensityNormalization::Pointer normalization = itk::LinearNormalization::New().GetPointer();
  normalization->SetMinimum(minimum);
  normalization->SetMaximum(maximum);
  return normalization;
}
} // namespace


TEST(IntensityNormalization, Is_from_zero_to_one_without_clipping_at_first)
{
  const auto normalization = itk::LinearNormalization::New();
  EXPECT_EQ(normalization->GetMinimum(), 0.0);
  EXPECT_EQ(normalization->GetMaximum(), 1.0);
  EXPECT_FALSE(normalization->GetClip());
}


TEST(IntensityNormalization, Refuses_a_range_that_is_none)
{
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_THROW(MakeNormalization(2.0, 1.0)->Verify(), itk::ExceptionObject);
  EXPECT_THROW(MakeNormalization(std::numeric_limits<double>::quiet_NaN(), 1.0)->Verify(), itk::ExceptionObject);
  EXPECT_THROW(MakeNormalization(0.0, infinity)->Verify(), itk::ExceptionObject);
  EXPECT_THROW(MakeNormalization(-infinity, 0.0)->Verify(), itk::ExceptionObject);
  EXPECT_NO_THROW(MakeNormalization(1.0, 1.0)->Verify());
}


TEST(IntensityNormalization, Maps_spans_as_it_maps_values)
{
  const auto                normalization = MakeNormalization(-2.0, 6.0);
  const std::vector<double> intensities{ -5.0, -2.0, 0.3, 6.0, 70.0 };
  std::vector<double>       normalized(intensities.size());
  normalization->Forward(intensities.data(), normalized.data(), intensities.size());
  std::vector<double> recovered(intensities.size());
  normalization->Inverse(normalized.data(), recovered.data(), intensities.size());
  for (size_t i = 0; i < intensities.size(); ++i)
  {
    EXPECT_EQ(normalized[i], normalization->ForwardValue(intensities[i]));
    EXPECT_EQ(recovered[i], normalization->InverseValue(normalized[i]));
  }
}


TEST(IntensityNormalization, Clips_in_double_precision)
{
  const auto normalization = MakeNormalization(0.0, 1.0);
  EXPECT_FALSE(normalization->RequiresDoublePrecision());
  normalization->ClipOn();
  EXPECT_TRUE(normalization->RequiresDoublePrecision());
}
