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
#include "itkLogNormalization.h"
#include "itkPowerNormalization.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"
#include "itkTwoSlopeNormalization.h"

#include <tuple>

namespace
{
/** By sorting the finite values, or those above 0. */
template <typename TImage>
double
FindPercentile(const TImage * image, double percent, bool positiveOnly = false)
{
  std::vector<double> values;
  for (itk::SizeValueType i = 0; i < image->GetBufferedRegion().GetNumberOfPixels(); ++i)
  {
    const auto value = static_cast<double>(image->GetBufferPointer()[i]);
    if (std::isfinite(value) && (!positiveOnly || value > 0.0))
    {
      values.push_back(value);
    }
  }
  std::sort(values.begin(), values.end());
  const double position = static_cast<double>(values.size() - 1) * (percent / 100.0);
  const auto   lower = static_cast<size_t>(position);
  const double weight = position - static_cast<double>(lower);
  const double width = values[std::min(lower + 1, values.size() - 1)] - values[lower];
  return weight < 0.5 ? values[lower] + width * weight : values[lower + 1] - width * (1.0 - weight);
}
} // namespace

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
  for (const auto & [numberOfPieces, upperPercentile] :
       { std::pair(1u, 100.0), std::pair(5u, 100.0), std::pair(3u, 98.0) })
  {
    SCOPED_TRACE(testing::Message() << numberOfPieces << " pieces, percentile " << upperPercentile);
    itk::AbortLaw::ExpectHolds(
      [&, pieces = numberOfPieces, percentile = upperPercentile] {
        const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
        sink->SetInput(image);
        sink->SetNumberOfStreamDivisions(pieces);
        sink->SetUpperPercentile(percentile);
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


TYPED_TEST(IntensityRangeImageSink, Holds_to_the_streaming_law_with_percentiles)
{
  using ImageType = itk::Image<TypeParam, 3>;
  const double minimum = std::is_signed<TypeParam>::value ? -100.0 : 0.0;
  const auto   image = itk::MakeRandomImageWithGaps<ImageType>({ { 19, 14, 9 } }, minimum, 100.0);
  for (const bool positiveOnly : { false, true })
  {
    itk::StreamingLaw::ExpectSinkHolds(
      image.GetPointer(),
      [&](ImageType * input) {
        const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
        sink->SetInput(input);
        sink->SetLowerPercentile(3.0);
        sink->SetUpperPercentile(99.1);
        if (positiveOnly)
        {
          sink->SetNormalization(itk::LogNormalization::New());
        }
        return sink;
      },
      [&](const auto & sink) {
        const auto & range = sink->GetRange();
        EXPECT_EQ(sink->GetNormalization()->GetMinimum(), FindPercentile(image.GetPointer(), 3.0, positiveOnly));
        EXPECT_EQ(sink->GetNormalization()->GetMaximum(), FindPercentile(image.GetPointer(), 99.1, positiveOnly));
        EXPECT_EQ(range.NumberOfFiniteValues + range.NumberOfNonPositiveValues + range.NumberOfInfinities +
                    range.NumberOfNaNs,
                  19u * 14u * 9u);
        return std::make_tuple(range.Minimum, range.Maximum, range.NumberOfFiniteValues);
      });
  }
}


TYPED_TEST(IntensityRangeImageSink, Reads_the_input_as_often_as_it_needs)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 8, 12 } }, 1.0, 100.0);
  for (const bool percentiles : { false, true })
  {
    const itk::StreamingLaw::MonitoredSource<ImageType> source(image.GetPointer());
    const auto                                          sink = itk::IntensityRangeImageSink<ImageType>::New();
    sink->SetInput(source->GetOutput());
    sink->SetNumberOfStreamDivisions(3);
    sink->SetUpperPercentile(percentiles ? 99.0 : 100.0);
    std::vector<float> progress;
    sink->AddObserver(itk::ProgressEvent(), [&](const itk::EventObject &) { progress.push_back(sink->GetProgress()); });
    sink->Update();
    const unsigned int numberOfPasses = !percentiles || sizeof(TypeParam) <= 2 ? 1 : sizeof(TypeParam) / 2;
    EXPECT_EQ(source->GetNumberOfUpdates(), 3 * numberOfPasses);
    EXPECT_TRUE(std::is_sorted(progress.begin(), progress.end()));
    EXPECT_EQ(progress.back(), 1.0F);
  }
}


TYPED_TEST(IntensityRangeImageSink, Leaves_out_what_a_normalization_cannot_take)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const double minimum = std::is_signed<TypeParam>::value ? -100.0 : 0.0;
  const auto   image = itk::MakeRandomImageWithGaps<ImageType>({ { 50, 11 } }, minimum, 7.0);
  const auto   normalization = itk::LogNormalization::New();
  const auto   sink = itk::IntensityRangeImageSink<ImageType>::New();
  sink->SetInput(image);
  sink->SetNormalization(normalization);
  sink->Update();
  EXPECT_EQ(sink->GetNormalization(), normalization.GetPointer());
  EXPECT_EQ(normalization->GetMinimum(), FindPercentile(image.GetPointer(), 0.0, true));
  EXPECT_EQ(normalization->GetMaximum(), FindPercentile(image.GetPointer(), 100.0));
  const auto & range = sink->GetRange();
  EXPECT_GT(range.NumberOfNonPositiveValues, 0u);
  EXPECT_EQ(
    range.NumberOfFiniteValues + range.NumberOfNonPositiveValues + range.NumberOfInfinities + range.NumberOfNaNs, 550u);

  image->FillBuffer(TypeParam{ 0 });
  image->Modified();
  sink->Update();
  EXPECT_EQ(sink->GetRange().NumberOfNonPositiveValues, 550u);
  EXPECT_EQ(normalization->GetMinimum(), 1.0);
  EXPECT_EQ(normalization->GetMaximum(), 10.0);
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


TEST(IntensityRangeImageSinkOfNormalizations, Sets_the_range_as_they_take_it)
{
  using ImageType = itk::Image<float, 2>;
  const auto normalization = itk::TwoSlopeNormalization::New();
  normalization->SetCenter(-20.0);
  const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
  const auto image = itk::MakeRandomImage<ImageType>({ { 40, 4 } }, -9.0, -5.0);
  sink->SetInput(image);
  sink->SetNormalization(normalization);
  sink->Update();
  EXPECT_EQ(normalization->GetMaximum(), FindPercentile(image.GetPointer(), 100.0));
  EXPECT_EQ(normalization->GetMinimum(), -40.0 - normalization->GetMaximum());
  EXPECT_THROW(sink->SetNormalization(nullptr), itk::ExceptionObject);
}


TEST(IntensityRangeImageSinkOfPercentiles, Follow_what_is_asked_for)
{
  using ImageType = itk::Image<unsigned char, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 40, 40 } }, 0.0, 255.0);
  const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
  sink->SetInput(image);
  for (const double percent : { 0.0, 1.0, 10.0, 0.0 })
  {
    sink->SetLowerPercentile(percent);
    sink->Update();
    EXPECT_EQ(sink->GetNormalization()->GetMinimum(), FindPercentile(image.GetPointer(), percent));
    EXPECT_EQ(sink->GetNormalization()->GetMaximum(), FindPercentile(image.GetPointer(), 100.0));
  }
}


TEST(IntensityRangeImageSinkErrors, Come_before_any_pixel_is_touched)
{
  using ImageType = itk::Image<float, 2>;
  const auto                      image = itk::MakeRandomImage<ImageType>({ { 4, 4 } }, 0.0, 1.0);
  const std::pair<double, double> wrong[] = { { -1.0, 50.0 }, { 0.0, 100.1 },         { 50.0, 50.0 },
                                              { 60.0, 40.0 }, { std::nan(""), 99.0 }, { 1.0, std::nan("") } };
  for (const auto & [lower, upper] : wrong)
  {
    const itk::StreamingLaw::MonitoredSource<ImageType> source(image.GetPointer());
    const auto                                          sink = itk::IntensityRangeImageSink<ImageType>::New();
    sink->SetInput(source->GetOutput());
    sink->SetLowerPercentile(lower);
    sink->SetUpperPercentile(upper);
    EXPECT_THROW(sink->Update(), itk::ExceptionObject) << lower << ' ' << upper;
    EXPECT_EQ(source->GetNumberOfUpdates(), 0u);
  }

  const itk::StreamingLaw::MonitoredSource<ImageType> source(image.GetPointer());
  const auto                                          sink = itk::IntensityRangeImageSink<ImageType>::New();
  const auto                                          power = itk::PowerNormalization::New();
  power->SetGamma(-1.0);
  sink->SetInput(source->GetOutput());
  sink->SetNormalization(power);
  EXPECT_THROW(sink->Update(), itk::ExceptionObject);
  EXPECT_EQ(source->GetNumberOfUpdates(), 0u);
}
