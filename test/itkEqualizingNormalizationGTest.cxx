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
#include "itkEqualizingNormalization.h"

#include "itkColormapImageFilter.h"
#include "itkIntensityDistributionImageSink.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();


itk::EqualizingNormalization::Pointer
MakeNormalization()
{
  auto normalization = itk::EqualizingNormalization::New();
  normalization->SetCounts({ -3.0, 1.0, 1.5, 40.0 }, { 0, 1, 5, 6, 8 });
  return normalization;
}
} // namespace


TEST(EqualizingNormalization, Maps_an_intensity_to_the_fraction_not_above_it)
{
  const auto normalization = MakeNormalization();
  EXPECT_EQ(normalization->GetMinimum(), -3.0);
  EXPECT_EQ(normalization->GetMaximum(), 40.0);
  EXPECT_EQ(normalization->ForwardValue(-3.0), 0.125);
  EXPECT_EQ(normalization->ForwardValue(0.0), 0.125);
  EXPECT_EQ(normalization->ForwardValue(1.0), 0.625);
  EXPECT_EQ(normalization->ForwardValue(1.49), 0.625);
  EXPECT_EQ(normalization->ForwardValue(39.9), 0.75);
  EXPECT_EQ(normalization->ForwardValue(40.0), 1.0);
}


TEST(EqualizingNormalization, Tells_what_is_outside_apart)
{
  const auto normalization = MakeNormalization();
  EXPECT_EQ(normalization->ForwardValue(-3.1), -infinity);
  EXPECT_EQ(normalization->ForwardValue(40.1), infinity);
  EXPECT_TRUE(std::isnan(normalization->ForwardValue(std::nan(""))));
  EXPECT_TRUE(std::isnan(normalization->ForwardValue(-std::nan(""))));
  normalization->ClipOn();
  EXPECT_EQ(normalization->ForwardValue(-3.1), 0.0);
  EXPECT_EQ(normalization->ForwardValue(infinity), 1.0);
  EXPECT_TRUE(std::isnan(normalization->ForwardValue(std::nan(""))));
}


TEST(EqualizingNormalization, The_inverse_is_the_quantile)
{
  const auto normalization = MakeNormalization();
  EXPECT_EQ(normalization->InverseValue(0.0), -3.0);
  EXPECT_EQ(normalization->InverseValue(0.125), -3.0);
  EXPECT_EQ(normalization->InverseValue(0.126), 1.0);
  EXPECT_EQ(normalization->InverseValue(1.0), 40.0);
  EXPECT_EQ(normalization->InverseValue(-0.1), -infinity);
  EXPECT_EQ(normalization->InverseValue(1.1), infinity);
  EXPECT_TRUE(std::isnan(normalization->InverseValue(std::nan(""))));
}


TEST(EqualizingNormalization, Comes_back_to_each_value)
{
  std::mt19937                     generator(1);
  std::normal_distribution<double> normal;
  std::vector<double>              values(997);
  std::generate(values.begin(), values.end(), [&] { return normal(generator); });
  std::sort(values.begin(), values.end());
  std::vector<itk::SizeValueType> counts{ 0 };
  for (size_t i = 0; i < values.size(); ++i)
  {
    counts.push_back(counts.back() + 1 + generator() % 5);
  }
  const auto normalization = itk::EqualizingNormalization::New();
  normalization->SetCounts(values, counts);
  double previous = 0.0;
  for (const double value : values)
  {
    const double t = normalization->ForwardValue(value);
    EXPECT_GT(t, previous);
    EXPECT_EQ(normalization->InverseValue(t), value);
    previous = t;
  }
}


TEST(EqualizingNormalization, Is_that_of_one_intensity_if_there_are_none)
{
  const auto normalization = itk::EqualizingNormalization::New();
  normalization->SetCounts({}, { 0 });
  EXPECT_EQ(normalization->GetValues(), std::vector<double>{ 0.0 });
  EXPECT_NO_THROW(normalization->Verify());
  EXPECT_EQ(normalization->ForwardValue(0.0), 1.0);
}


TEST(EqualizingNormalization, Refuses_another_range_and_what_is_no_distribution)
{
  const auto normalization = MakeNormalization();
  EXPECT_NO_THROW(normalization->Verify());
  normalization->SetMaximum(50.0);
  EXPECT_THROW(normalization->Verify(), itk::ExceptionObject);
  EXPECT_THROW(normalization->SetCounts({ 2.0, 1.0 }, { 0, 1, 2 }), itk::ExceptionObject);
}


TEST(EqualizingNormalization, Colors_an_image_so_that_all_colors_are_used_equally_often)
{
  using ImageType = itk::Image<float, 2>;
  // Large enough for a table of steps.
  const auto image = itk::MakeRandomImage<ImageType>({ { 1200, 900 } }, -4.0, 4.0);
  for (itk::SizeValueType i = 0; i < 1200 * 900; ++i)
  {
    image->GetBufferPointer()[i] = std::exp(image->GetBufferPointer()[i]);
  }
  const auto sink = itk::IntensityDistributionImageSink<ImageType>::New();
  sink->SetInput(image);
  const auto gray = itk::Colormap::New();
  gray->SetName("gray");
  const auto filter = itk::ColormapImageFilter<ImageType>::New();
  filter->SetInput(image);
  filter->SetNormalization(sink->GetNormalization());
  filter->SetColormap(gray);
  filter->Update();

  const auto &                    table = gray->GetByteTable();
  std::vector<itk::SizeValueType> counts(256);
  for (itk::SizeValueType i = 0; i < 1200 * 900; ++i)
  {
    const double t = sink->GetNormalization()->ForwardValue(image->GetBufferPointer()[i]);
    const auto   index = std::min(static_cast<size_t>(t * 256.0), size_t{ 255 });
    ASSERT_EQ(filter->GetOutput()->GetBufferPointer()[i], table[index]);
    ++counts[index];
  }
  for (const auto count : counts)
  {
    // Equal numbers of random intensities in single precision are the more frequent the smaller they are: up to some
    // tens.
    EXPECT_NEAR(static_cast<double>(count), 1200.0 * 900.0 / 256.0, 50.0);
  }
}


TEST(EqualizingNormalization, Colors_piece_by_piece_from_a_reader_that_the_sink_shares)
{
  using ImageType = itk::Image<unsigned short, 2>;
  using FilterType = itk::ColormapImageFilter<ImageType>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 120, 90 } }, 0.0, 65535.0);
  std::vector<itk::IntensityDistributionImageSink<ImageType>::Pointer> sinks;
  itk::StreamingLaw::ExpectHolds(image.GetPointer(), [&sinks](ImageType * input) {
    sinks.push_back(itk::IntensityDistributionImageSink<ImageType>::New());
    sinks.back()->SetInput(input);
    sinks.back()->SetNumberOfStreamDivisions(3);
    const auto filter = FilterType::New();
    filter->SetInput(input);
    filter->SetNormalization(sinks.back()->GetNormalization());
    return filter;
  });
}
