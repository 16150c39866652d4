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
#include "itkHistogramEqualizationImageFilter.h"
#include "itkLumaReplacementImageFilter.h"
#include "itkRGBAPixel.h"
#include "itkRGBPixel.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"

#include <cmath>
#include <random>

namespace
{
template <typename TColor>
typename itk::Image<TColor, 2>::Pointer
MakeColors(const itk::Size<2> & size)
{
  auto image = itk::Image<TColor, 2>::New();
  image->SetRegions(size);
  image->Allocate();
  std::mt19937 generator(1);
  for (itk::SizeValueType i = 0; i < size[0] * size[1]; ++i)
  {
    for (unsigned int component = 0; component < TColor::Dimension; ++component)
    {
      image->GetBufferPointer()[i][component] = static_cast<typename TColor::ValueType>(generator());
    }
  }
  return image;
}
} // namespace

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
  const auto image = MakeColors<TypeParam>({ { 50, 40 } });
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


TYPED_TEST(LumaImageFilter, Luma_that_is_not_changed_gives_the_same_colors)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = MakeColors<TypeParam>({ { 50, 40 } });
  const auto luma = itk::LumaImageFilter<ImageType>::New();
  luma->SetInput(image);
  const auto replacement = itk::LumaReplacementImageFilter<ImageType>::New();
  replacement->SetInput(image);
  replacement->SetLumaImage(luma->GetOutput());
  replacement->Update();
  EXPECT_EQ(itk::StreamingLaw::GetBytes(replacement->GetOutput()), itk::StreamingLaw::GetBytes(image.GetPointer()));
}


TYPED_TEST(LumaImageFilter, Another_luma_keeps_differences_of_components_within_their_range)
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


TYPED_TEST(LumaImageFilter, Holds_to_the_streaming_law_around_an_equalization)
{
  using ImageType = itk::Image<TypeParam, 2>;
  using LumaImageType = itk::Image<typename TypeParam::ValueType, 2>;
  const auto                               image = MakeColors<TypeParam>({ { 67, 80 } });
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


TYPED_TEST(LumaImageFilter, Holds_to_the_law_of_aborts)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = MakeColors<TypeParam>({ { 1200, 1000 } });
  itk::AbortLaw::ExpectHolds(
    [&] {
      const auto filter = itk::LumaImageFilter<ImageType>::New();
      filter->SetInput(image);
      return filter;
    },
    [](const auto & filter) { return itk::StreamingLaw::GetBytes(filter->GetOutput()); });

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


TEST(LumaImageFilter, Refuses_a_luma_image_of_another_size)
{
  using ImageType = itk::Image<itk::RGBPixel<unsigned char>, 2>;
  const auto image = MakeColors<itk::RGBPixel<unsigned char>>({ { 9, 8 } });
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
