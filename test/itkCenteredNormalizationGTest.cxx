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
#include "itkCenteredNormalization.h"

#include "itkNormalizationReference.h"

namespace
{
itk::CenteredNormalization::Pointer
MakeNormalization(double center)
{
  auto normalization = itk::CenteredNormalization::New();
  normalization->SetCenter(center);
  return normalization;
}
} // namespace


TEST(CenteredNormalization, Puts_the_centre_in_the_middle)
{
  const auto normalization = MakeNormalization(0.0);
  normalization->SetRange(-2.0, 4.0);
  EXPECT_EQ(normalization->GetMinimum(), -4.0);
  EXPECT_EQ(normalization->GetMaximum(), 4.0);
  EXPECT_EQ(normalization->ForwardValue(-2.0), 0.25);
  EXPECT_EQ(normalization->ForwardValue(0.0), 0.5);
  EXPECT_EQ(normalization->ForwardValue(4.0), 1.0);
  EXPECT_EQ(normalization->InverseValue(0.75), 2.0);
}


TEST(CenteredNormalization, Does_not_depend_on_what_is_set_first)
{
  const auto first = itk::CenteredNormalization::New();
  first->SetMaximum(-1.0);
  first->SetMinimum(-5.0);
  first->SetCenter(3.0);
  const auto second = itk::CenteredNormalization::New();
  second->SetCenter(3.0);
  second->SetMinimum(-5.0);
  second->SetMaximum(-1.0);
  for (const auto & normalization : { first, second })
  {
    EXPECT_EQ(normalization->GetMinimum(), -5.0);
    EXPECT_EQ(normalization->GetMaximum(), 11.0);
  }
}


TEST(CenteredNormalization, Refuses_limits_that_are_none)
{
  EXPECT_THROW(MakeNormalization(std::numeric_limits<double>::infinity())->Verify(), itk::ExceptionObject);
  EXPECT_THROW(MakeNormalization(std::numeric_limits<double>::quiet_NaN())->Verify(), itk::ExceptionObject);
  const auto reversed = itk::CenteredNormalization::New();
  reversed->SetRange(3.0, 1.0);
  EXPECT_THROW(reversed->Verify(), itk::ExceptionObject);
  const auto wide = MakeNormalization(1e308);
  wide->SetRange(-1e308, 0.0);
  EXPECT_THROW(wide->Verify(), itk::ExceptionObject);
  EXPECT_NO_THROW(itk::CenteredNormalization::New()->Verify());
}


TEST(CenteredNormalization, Agrees_with_matplotlib)
{
  itk::ExpectAgreementWithMatplotlib(
    "Centered", [](const std::vector<double> & parameters) { return MakeNormalization(parameters[0]); }, 0.0, 0.0);
}
