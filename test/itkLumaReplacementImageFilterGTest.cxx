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
#include "itkLumaReplacementImageFilter.h"

#include "itkAbortLaw.h"
#include "itkHistogramEqualizationImageFilter.h"
#include "itkLumaImageFilter.h"
#include "itkRGBAPixel.h"
#include "itkRGBPixel.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"

template <typename TColor>
class LumaReplacementImageFilter : public testing::Test
{};

using ColorTypes = testing::Types<itk::RGBPixel<unsigned char>,
                                  itk::RGBAPixel<unsigned char>,
                                  itk::RGBPixel<unsigned short>,
                                  itk::RGBAPixel<unsigned short>>;
TYPED_TEST_SUITE(LumaReplacementImageFilter, ColorTypes);


TYPED_TEST(LumaReplacementImageFilter, Luma_that_is_not_changed_gives_the_same_colors)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomColorImage<ImageType>({ { 50, 40 } });
  const auto luma = itk::LumaImageFilter<ImageType>::New();
  luma->SetInput(image);
  const auto replacement = itk::LumaReplacementImageFilter<ImageType>::New();
  replacement->SetInput(image);
  replacement->SetLumaImage(luma->GetOutput());
  replacement->Update();
  EXPECT_EQ(itk::StreamingLaw::GetBytes(replacement->GetOutput()), itk::StreamingLaw::GetBytes(image.GetPointer()));
}


TYPED_TEST(LumaReplacementImageFilter, Another_luma_keeps_differences_of_components_within_their_range)
{
  using ValueType = typename TypeParam::ValueType;
  TypeParam color;
  color.Fill(99);
  color[0] = 100;
  color[1] = 60;
  color[2] = 20;
  const auto luma = itk::ComputeLuma(color);
  const auto brighter = itk::ReplaceLuma(color, static_cast<ValueType>(luma + 50));
  EXPECT_EQ(brighter[0], 150);
  EXPECT_EQ(brighter[1], 110);
  EXPECT_EQ(brighter[2], 70);
  EXPECT_EQ(itk::ComputeLuma(brighter), luma + 50);
  const auto darkest = itk::ReplaceLuma(color, 0);
  EXPECT_EQ(darkest[0], 100 - luma);
  EXPECT_EQ(darkest[1], 0);
  EXPECT_EQ(darkest[2], 0);
  if (TypeParam::Dimension == 4)
  {
    EXPECT_EQ(darkest[TypeParam::Dimension - 1], 99);
  }
}


TYPED_TEST(LumaReplacementImageFilter, Holds_to_the_streaming_law_around_an_equalization)
{
  using ImageType = itk::Image<TypeParam, 2>;
  using LumaImageType = itk::Image<typename TypeParam::ValueType, 2>;
  const auto                               image = itk::MakeRandomColorImage<ImageType>({ { 67, 80 } });
  std::vector<itk::ProcessObject::Pointer> kept;
  itk::StreamingLaw::ExpectHolds(image.GetPointer(), [&kept](ImageType * input) {
    const auto luma = itk::LumaImageFilter<ImageType>::New();
    luma->SetInput(input);
    const auto equalization = itk::HistogramEqualizationImageFilter<LumaImageType>::New();
    equalization->SetInput(luma->GetOutput());
    equalization->SetNumberOfStreamDivisions(3);
    const auto replacement = itk::LumaReplacementImageFilter<ImageType>::New();
    replacement->SetInput(input);
    replacement->SetLumaImage(equalization->GetOutput());
    kept.push_back(luma.GetPointer());
    kept.push_back(equalization.GetPointer());
    return replacement;
  });
}


TYPED_TEST(LumaReplacementImageFilter, Holds_to_the_law_of_aborts)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomColorImage<ImageType>({ { 1200, 1000 } });
  const auto luma = itk::LumaImageFilter<ImageType>::New();
  luma->SetInput(image);
  luma->Update();
  itk::AbortLaw::ExpectHolds(
    [&] {
      const auto filter = itk::LumaReplacementImageFilter<ImageType>::New();
      filter->SetInput(image);
      filter->SetLumaImage(luma->GetOutput());
      return filter;
    },
    [](const auto & filter) { return itk::StreamingLaw::GetBytes(filter->GetOutput()); });
}


TEST(LumaReplacementImageFilter, Refuses_a_luma_image_of_another_size)
{
  using ImageType = itk::Image<itk::RGBPixel<unsigned char>, 2>;
  const auto image = itk::MakeRandomColorImage<ImageType>({ { 9, 8 } });
  const auto filter = itk::LumaReplacementImageFilter<ImageType>::New();
  filter->SetInput(image);
  filter->SetLumaImage(itk::MakeRandomImage<itk::Image<unsigned char, 2>>({ { 9, 7 } }, 0.0, 99.0));
  try
  {
    filter->Update();
    FAIL() << "nothing was thrown";
  }
  catch (const itk::ExceptionObject & error)
  {
    EXPECT_NE(std::string(error.GetDescription()).find("it must have the image's size [9, 8]"), std::string::npos);
  }
}
