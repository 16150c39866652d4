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
#include "itkLumaImageFilter.h"

#include "itkAbortLaw.h"
#include "itkRGBAPixel.h"
#include "itkRGBPixel.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"

#include <cmath>

template <typename TColor>
class LumaImageFilter : public testing::Test
{};

using ColorTypes = testing::Types<itk::RGBPixel<unsigned char>,
                                  itk::RGBAPixel<unsigned char>,
                                  itk::RGBPixel<unsigned short>,
                                  itk::RGBAPixel<unsigned short>>;
TYPED_TEST_SUITE(LumaImageFilter, ColorTypes);


TYPED_TEST(LumaImageFilter, Weighs_red_green_and_blue)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomColorImage<ImageType>({ { 50, 40 } });
  const auto filter = itk::LumaImageFilter<ImageType>::New();
  filter->SetInput(image);
  filter->Update();
  for (itk::SizeValueType i = 0; i < 2000; ++i)
  {
    const auto & color = image->GetBufferPointer()[i];
    const double luma = 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2];
    // Weights have 14 bits of fraction, so that they are wrong by up to 2^-15, and a half more is from rounding.
    const double tolerance = 0.5 + 3.0 * std::numeric_limits<typename TypeParam::ValueType>::max() / 32768.0;
    ASSERT_NEAR(filter->GetOutput()->GetBufferPointer()[i], luma, tolerance);
  }
}


TYPED_TEST(LumaImageFilter, Grays_are_their_own_luma)
{
  using ValueType = typename TypeParam::ValueType;
  for (unsigned int gray = 0; gray <= std::numeric_limits<ValueType>::max(); ++gray)
  {
    TypeParam color;
    color.Fill(static_cast<ValueType>(gray));
    ASSERT_EQ(itk::ComputeLuma(color), gray);
  }
}


TYPED_TEST(LumaImageFilter, Holds_to_the_streaming_law)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomColorImage<ImageType>({ { 67, 80 } });
  itk::StreamingLaw::ExpectHolds(image.GetPointer(), [](ImageType * input) {
    const auto filter = itk::LumaImageFilter<ImageType>::New();
    filter->SetInput(input);
    return filter;
  });
}


TYPED_TEST(LumaImageFilter, Holds_to_the_law_of_aborts)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomColorImage<ImageType>({ { 1200, 1000 } });
  itk::AbortLaw::ExpectHolds(
    [&] {
      const auto filter = itk::LumaImageFilter<ImageType>::New();
      filter->SetInput(image);
      return filter;
    },
    [](const auto & filter) { return itk::StreamingLaw::GetBytes(filter->GetOutput()); });
}
