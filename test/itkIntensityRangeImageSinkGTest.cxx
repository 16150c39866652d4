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
#include "itkIntensityRangeImageSink.h"

#include "itkAbortLaw.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"

#include <tuple>

template <typename TPixel>
class IntensityRangeImageSink : public testing::Test
{};

using PixelTypes =
  testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t, float, double>;
TYPED_TEST_SUITE(IntensityRangeImageSink, PixelTypes);


TYPED_TEST(IntensityRangeImageSink, Finds_what_a_plain_loop_finds)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const double minimum = std::is_signed<TypeParam>::value ? -120.0 : 3.0;
  for (const unsigned int width : { 1, 63, 64, 65, 200 })
  {
    const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { width, 11 } }, minimum, -minimum + 7.0, width);
    itk::IntensityRange expected;
    for (itk::SizeValueType i = 0; i < width * 11; ++i)
    {
      const auto value = static_cast<double>(image->GetBufferPointer()[i]);
      expected.NumberOfNaNs += std::isnan(value);
      expected.NumberOfInfinities += std::isinf(value);
      if (std::isfinite(value))
      {
        ++expected.NumberOfFiniteValues;
        expected.Minimum = std::min(expected.Minimum, value);
        expected.Maximum = std::max(expected.Maximum, value);
      }
    }

    const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
    sink->SetInput(image);
    sink->Update();
    EXPECT_EQ(sink->GetRange().NumberOfNaNs, expected.NumberOfNaNs);
    EXPECT_EQ(sink->GetRange().NumberOfInfinities, expected.NumberOfInfinities);
    EXPECT_EQ(sink->GetRange().NumberOfFiniteValues, expected.NumberOfFiniteValues);
    EXPECT_EQ(sink->GetNormalization()->GetMinimum(), expected.Minimum);
    EXPECT_EQ(sink->GetNormalization()->GetMaximum(), expected.Maximum);

    EXPECT_EQ(sink->GetMinimum(), expected.Minimum);
    EXPECT_EQ(sink->GetMaximum(), expected.Maximum);
    EXPECT_EQ(sink->GetNumberOfFiniteValues(), expected.NumberOfFiniteValues);
    EXPECT_EQ(sink->GetNumberOfInfinities(), expected.NumberOfInfinities);
    EXPECT_EQ(sink->GetNumberOfNaNs(), expected.NumberOfNaNs);
  }
}


TYPED_TEST(IntensityRangeImageSink, Holds_to_the_streaming_law)
{
  using ImageType = itk::Image<TypeParam, 3>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 19, 14, 9 } }, 0.0, 100.0);
  itk::StreamingLaw::ExpectSinkHolds(
    image.GetPointer(),
    [](ImageType * input) {
      const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
      sink->SetInput(input);
      return sink;
    },
    [](const auto & sink) {
      const auto & range = sink->GetRange();
      return std::make_tuple(sink->GetNormalization()->GetMinimum(),
                             sink->GetNormalization()->GetMaximum(),
                             range.NumberOfFiniteValues,
                             range.NumberOfInfinities,
                             range.NumberOfNaNs);
    });
}


TYPED_TEST(IntensityRangeImageSink, Holds_to_the_law_of_aborts)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 1500, 1000 } }, 0.0, 100.0);
  for (const unsigned int numberOfPieces : { 1, 5 })
  {
    SCOPED_TRACE(numberOfPieces);
    itk::AbortLaw::ExpectHolds(
      [&] {
        const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
        sink->SetInput(image);
        sink->SetNumberOfStreamDivisions(numberOfPieces);
        return sink;
      },
      [](const auto & sink) {
        return std::make_tuple(
          sink->GetNormalization()->GetMinimum(), sink->GetNormalization()->GetMaximum(), sink->GetMaximum());
      });
  }
}


TEST(IntensityRangeImageSinkAbort, Between_pieces_leaves_the_normalization_as_it_was)
{
  using ImageType = itk::Image<float, 2>;
  const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
  sink->SetInput(itk::MakeRandomImage<ImageType>({ { 30, 40 } }, 5.0, 9.0));
  sink->SetNumberOfStreamDivisions(4);
  const auto observer = sink->AddObserver(itk::ProgressEvent(), [&](const itk::EventObject &) {
    if (sink->GetProgress() == 0.5F)
    {
      sink->AbortGenerateDataOn();
    }
  });
  EXPECT_THROW(sink->Update(), itk::ProcessAborted);
  EXPECT_EQ(sink->GetNormalization()->GetMaximum(), 1.0);
  EXPECT_EQ(sink->GetNumberOfFiniteValues(), 0u);

  sink->RemoveObserver(observer);
  sink->Update();
  EXPECT_GT(sink->GetNormalization()->GetMaximum(), 5.0);
}


TEST(IntensityRangeImageSinkFailure, Leaves_the_sink_ready)
{
  using ImageType = itk::Image<float, 2>;
  const auto                                          image = itk::MakeRandomImage<ImageType>({ { 30, 40 } }, 5.0, 9.0);
  const itk::StreamingLaw::MonitoredSource<ImageType> source(image);
  const auto                                          sink = itk::IntensityRangeImageSink<ImageType>::New();
  sink->SetInput(source->GetOutput());
  const auto observer = source->AddObserver(
    itk::StartEvent(), [](const itk::EventObject &) { itkGenericExceptionMacro("The disk is on fire."); });
  EXPECT_THROW(sink->Update(), itk::ExceptionObject);

  source->RemoveObserver(observer);
  sink->Update();
  EXPECT_EQ(sink->GetNumberOfFiniteValues(), 1200u);
}


TEST(IntensityRangeImageSinkOfGaps, Is_zero_to_one_if_nothing_is_finite)
{
  using ImageType = itk::Image<float, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 4, 4 } }, 0.0, 1.0);
  image->FillBuffer(std::numeric_limits<float>::quiet_NaN());
  const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
  sink->SetInput(image);
  sink->Update();
  EXPECT_EQ(sink->GetRange().NumberOfNaNs, 16u);
  EXPECT_EQ(sink->GetNormalization()->GetMinimum(), 0.0);
  EXPECT_EQ(sink->GetNormalization()->GetMaximum(), 1.0);
}


TEST(IntensityRangeImageSinkOfNegatives, Finds_a_maximum_below_zero)
{
  using ImageType = itk::Image<float, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 40, 4 } }, -9.0, -5.0);
  const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
  sink->SetInput(image);
  sink->Update();
  EXPECT_LT(sink->GetNormalization()->GetMaximum(), -5.0F + 1e-6F);
  EXPECT_GE(sink->GetNormalization()->GetMinimum(), -9.0);
}


TEST(IntensityRangeImageSinkOfZeros, Does_not_show_the_sign_of_zero)
{
  using ImageType = itk::Image<double, 1>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 2 } }, 0.0, 1.0);
  for (const double first : { 0.0, -0.0 })
  {
    image->GetBufferPointer()[0] = first;
    image->GetBufferPointer()[1] = -first;
    image->Modified();
    const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
    sink->SetInput(image);
    sink->Update();
    EXPECT_FALSE(std::signbit(sink->GetNormalization()->GetMinimum()));
    EXPECT_FALSE(std::signbit(sink->GetNormalization()->GetMaximum()));
  }
}


TEST(IntensityRangeImageSinkOfNothing, Says_so)
{
  using ImageType = itk::Image<float, 2>;
  const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
  sink->SetInput(itk::MakeRandomImage<ImageType>({ { 4, 0 } }, 0.0, 1.0));
  sink->SetNumberOfStreamDivisions(3);
  EXPECT_THROW(sink->Update(), itk::ExceptionObject);
}
