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
#include "itkTwoSlopeNormalization.h"

#include "itkNormalizationReference.h"

namespace
{
itk::TwoSlopeNormalization::Pointer
MakeNormalization(double center)
{
  auto normalization = itk::TwoSlopeNormalization::New();
  normalization->SetCenter(center);
  return normalization;
}

constexpr double infinity = std::numeric_limits<double>::infinity();
} // namespace


TEST(TwoSlopeNormalization, Has_a_slope_on_either_side_of_the_centre)
{
  const auto normalization = MakeNormalization(0.0);
  normalization->SetRange(-4000.0, 10000.0);
  const std::vector<std::pair<double, double>> expected{ { -4000.0, 0.0 },  { -2000.0, 0.25 }, { 0.0, 0.5 },
                                                         { 2500.0, 0.625 }, { 5000.0, 0.75 },  { 7500.0, 0.875 },
                                                         { 10000.0, 1.0 } };
  for (const auto & [intensity, normalized] : expected)
  {
    EXPECT_EQ(normalization->ForwardValue(intensity), normalized);
    EXPECT_EQ(normalization->InverseValue(normalized), intensity);
  }
}


TEST(TwoSlopeNormalization, Is_infinite_outside_of_the_limits)
{
  const auto normalization = MakeNormalization(1.0);
  normalization->SetRange(0.0, 5.0);
  EXPECT_EQ(normalization->ForwardValue(-1e-300), -infinity);
  EXPECT_EQ(normalization->ForwardValue(std::nextafter(5.0, 6.0)), infinity);
  EXPECT_EQ(normalization->InverseValue(-1e-300), -infinity);
  EXPECT_EQ(normalization->InverseValue(1.5), infinity);
  normalization->ClipOn();
  EXPECT_EQ(normalization->ForwardValue(-3.0), 0.0);
  EXPECT_EQ(normalization->ForwardValue(7.0), 1.0);
}


TEST(TwoSlopeNormalization, Takes_a_centre_that_is_a_limit)
{
  const auto lower = MakeNormalization(2.0);
  lower->SetMinimum(2.0);
  lower->SetMaximum(6.0);
  EXPECT_NO_THROW(lower->Verify());
  EXPECT_EQ(lower->ForwardValue(2.0), 0.5);
  EXPECT_EQ(lower->ForwardValue(4.0), 0.75);
  EXPECT_EQ(lower->ForwardValue(1.0), -infinity);

  const auto upper = MakeNormalization(2.0);
  upper->SetMinimum(-2.0);
  upper->SetMaximum(2.0);
  EXPECT_NO_THROW(upper->Verify());
  EXPECT_EQ(upper->ForwardValue(0.0), 0.25);
  EXPECT_EQ(upper->ForwardValue(2.0), 1.0);
  EXPECT_EQ(upper->ForwardValue(3.0), infinity);
}


TEST(TwoSlopeNormalization, Widens_the_range_of_data_to_its_centre)
{
  const auto normalization = MakeNormalization(10.0);
  normalization->SetRange(12.0, 15.0);
  EXPECT_EQ(normalization->GetMinimum(), 5.0);
  EXPECT_EQ(normalization->GetMaximum(), 15.0);
  normalization->SetRange(10.0, 13.0);
  EXPECT_EQ(normalization->GetMinimum(), 7.0);
  EXPECT_EQ(normalization->GetMaximum(), 13.0);
  normalization->SetRange(4.0, 10.0);
  EXPECT_EQ(normalization->GetMinimum(), 4.0);
  EXPECT_EQ(normalization->GetMaximum(), 16.0);
  normalization->SetRange(4.0, 11.0);
  EXPECT_EQ(normalization->GetMinimum(), 4.0);
  EXPECT_EQ(normalization->GetMaximum(), 11.0);
}


TEST(TwoSlopeNormalization, Refuses_a_centre_outside_of_the_limits)
{
  for (const double wrong : { -0.1, 1.1, infinity, std::numeric_limits<double>::quiet_NaN() })
  {
    EXPECT_THROW(MakeNormalization(wrong)->Verify(), itk::ExceptionObject) << wrong;
  }
  EXPECT_NO_THROW(itk::TwoSlopeNormalization::New()->Verify());
}


TEST(TwoSlopeNormalization, Agrees_with_matplotlib)
{
  itk::ExpectAgreementWithMatplotlib(
    "TwoSlope", [](const std::vector<double> & parameters) { return MakeNormalization(parameters[0]); }, 0.0, 0.0);
}
