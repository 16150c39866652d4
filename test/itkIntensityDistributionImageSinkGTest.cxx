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
#include "itkIntensityDistributionImageSink.h"

#include "itkAbortLaw.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"

#include <tuple>

namespace
{
using Resolution = itk::IntensityDistributionEnums::Resolution;


template <typename TImage>
typename itk::IntensityDistributionImageSink<TImage>::Pointer
MakeSink(TImage * input, Resolution resolution, itk::Image<unsigned char, TImage::ImageDimension> * mask = nullptr)
{
  auto sink = itk::IntensityDistributionImageSink<TImage>::New();
  sink->SetInput(input);
  sink->SetMaskImage(mask);
  sink->SetResolution(resolution);
  sink->SetNumberOfBins(33);
  return sink;
}


template <typename TSink>
auto
GetResult(const TSink & sink)
{
  return std::make_tuple(sink->GetNormalization()->GetValues(),
                         sink->GetNormalization()->GetCountsBelow(),
                         sink->GetNumberOfCountedPixels(),
                         sink->GetNumberOfMaskedPixels(),
                         sink->GetNumberOfNaNs(),
                         sink->GetNumberOfInfinities());
}


template <typename TFunction>
std::string
GetError(const TFunction & function)
{
  try
  {
    function();
  }
  catch (const itk::ExceptionObject & error)
  {
    return error.GetDescription();
  }
  return "";
}
} // namespace

template <typename TPixel>
class IntensityDistributionImageSink : public testing::Test
{};

using PixelTypes =
  testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t, float, double>;
TYPED_TEST_SUITE(IntensityDistributionImageSink, PixelTypes);


TYPED_TEST(IntensityDistributionImageSink, Counts_what_a_plain_loop_counts_and_each_pixel_once)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const double minimum = std::is_signed<TypeParam>::value ? -100.0 : 3.0;
  const auto   image = itk::MakeRandomImageWithGaps<ImageType>({ { 150, 61 } }, minimum, 120.0);
  const auto   mask = itk::MakeRandomImage<itk::Image<unsigned char, 2>>({ { 150, 61 } }, 0.0, 2.99, 5);
  const auto   sink = MakeSink<ImageType>(image, Resolution::EveryValue, mask);
  sink->Update();

  std::vector<TypeParam> counted;
  itk::SizeValueType     numberOfMasked = 0;
  itk::SizeValueType     numberOfNaNs = 0;
  itk::SizeValueType     numberOfInfinities = 0;
  for (itk::SizeValueType i = 0; i < 150 * 61; ++i)
  {
    const auto value = image->GetBufferPointer()[i];
    const bool isMasked = mask->GetBufferPointer()[i] == 0;
    numberOfMasked += isMasked;
    numberOfNaNs += !isMasked && std::isnan(static_cast<double>(value));
    numberOfInfinities += !isMasked && std::isinf(static_cast<double>(value));
    if (!isMasked && std::isfinite(static_cast<double>(value)))
    {
      counted.push_back(value);
    }
  }
  const auto expected = itk::MakeIntensityDistribution(counted.data(), counted.size());
  EXPECT_EQ(sink->GetNormalization()->GetValues(), expected.GetValues());
  EXPECT_EQ(sink->GetNormalization()->GetCountsBelow(), expected.GetCountsBelow());
  EXPECT_EQ(sink->GetNumberOfCountedPixels(), counted.size());
  EXPECT_EQ(sink->GetNumberOfMaskedPixels(), numberOfMasked);
  EXPECT_EQ(sink->GetNumberOfNaNs(), numberOfNaNs);
  EXPECT_EQ(sink->GetNumberOfInfinities(), numberOfInfinities);
  EXPECT_EQ(counted.size() + numberOfMasked + numberOfNaNs + numberOfInfinities, 150u * 61u);
}


TYPED_TEST(IntensityDistributionImageSink, Holds_to_the_streaming_law)
{
  using ImageType = itk::Image<TypeParam, 3>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 19, 14, 20 } }, 0.0, 100.0);
  const auto mask = itk::MakeRandomImage<itk::Image<unsigned char, 3>>({ { 19, 14, 20 } }, 0.0, 4.99, 5);
  for (const auto resolution : { Resolution::EveryValue, Resolution::Levels, Resolution::Bins })
  {
    SCOPED_TRACE(resolution);
    itk::StreamingLaw::ExpectSinkHolds(
      image.GetPointer(),
      [&](ImageType * input) { return MakeSink(input, resolution, mask.GetPointer()); },
      [](const auto & sink) { return GetResult(sink); });
  }
}


TYPED_TEST(IntensityDistributionImageSink, Holds_to_the_law_of_aborts)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 1500, 1000 } }, 0.0, 100.0);
  for (const auto resolution : { Resolution::EveryValue, Resolution::Levels, Resolution::Bins })
  {
    for (const unsigned int numberOfPieces : { 1, 3 })
    {
      SCOPED_TRACE(testing::Message() << resolution << ", " << numberOfPieces << " pieces");
      itk::AbortLaw::ExpectHolds(
        [&] {
          const auto sink = MakeSink<ImageType>(image, resolution);
          sink->SetNumberOfStreamDivisions(numberOfPieces);
          return sink;
        },
        [](const auto & sink) { return GetResult(sink); });
    }
  }
}


TYPED_TEST(IntensityDistributionImageSink, Of_an_empty_mask_learns_the_distribution_of_one_intensity)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 9, 8 } }, 1.0, 100.0);
  const auto mask = itk::MakeRandomImage<itk::Image<unsigned char, 2>>({ { 9, 8 } }, 0.0, 0.0);
  for (const auto resolution : { Resolution::EveryValue, Resolution::Levels, Resolution::Bins })
  {
    const auto sink = MakeSink<ImageType>(image, resolution, mask);
    sink->Update();
    EXPECT_EQ(sink->GetNumberOfCountedPixels(), 0u);
    EXPECT_EQ(sink->GetNumberOfMaskedPixels(), 72u);
    EXPECT_EQ(sink->GetNormalization()->GetValues(), std::vector<double>{ 0.0 });
  }
}


TEST(IntensityDistributionImageSink, Refuses_what_it_cannot_count)
{
  using ImageType = itk::Image<float, 2>;
  using MaskType = itk::Image<unsigned char, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 9, 8 } }, 1.0, 100.0);

  const auto noPixels = ImageType::New();
  EXPECT_NE(GetError([&] { MakeSink<ImageType>(noPixels, Resolution::EveryValue)->Update(); }).find("without pixels"),
            std::string::npos);

  const auto smallMask = itk::MakeRandomImage<MaskType>({ { 9, 7 } }, 0.0, 2.0);
  EXPECT_NE(GetError([&] {
              MakeSink<ImageType>(image, Resolution::EveryValue, smallMask)->Update();
            }).find("it must have the image's size [9, 8]"),
            std::string::npos);

  for (const itk::SizeValueType numberOfBins : { itk::SizeValueType{ 0 }, (itk::SizeValueType{ 1 } << 24) + 1 })
  {
    const auto sink = MakeSink<ImageType>(image, Resolution::Bins);
    sink->SetNumberOfBins(numberOfBins);
    EXPECT_NE(GetError([&] { sink->Update(); }).find("there must be 1 to 16777216"), std::string::npos);
  }
}
