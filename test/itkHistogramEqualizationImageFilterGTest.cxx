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
#include "itkHistogramEqualizationImageFilter.h"

#include "itkAbortLaw.h"
#include "itkIntensityDistributionImageSink.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>

namespace
{
using Method = itk::HistogramEqualizationEnums::Method;

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Method methodsOfAnyType[] = { Method::EmpiricalDistribution,
                                        Method::Rank,
                                        Method::BinCenters,
                                        Method::BinEdges };

template <typename TPixel, unsigned int VDimension = 2>
using ImageOf = itk::Image<TPixel, VDimension>;


template <typename TImage>
std::vector<typename TImage::PixelType>
GetPixels(const TImage * image)
{
  const auto * begin = image->GetBufferPointer();
  return { begin, begin + image->GetBufferedRegion().GetNumberOfPixels() };
}


template <typename TPixel>
typename ImageOf<TPixel>::Pointer
MakeRow(const std::vector<TPixel> & pixels)
{
  auto image = ImageOf<TPixel>::New();
  image->SetRegions(itk::Size<2>{ { pixels.size(), 1 } });
  image->Allocate();
  std::copy(pixels.begin(), pixels.end(), image->GetBufferPointer());
  return image;
}


template <typename TOutput, typename TInput>
auto
MakeFilter(TInput * input, Method method = Method::EmpiricalDistribution, int frameAxis = -1)
{
  auto filter = itk::HistogramEqualizationImageFilter<TInput, itk::Image<TOutput, TInput::ImageDimension>>::New();
  filter->SetInput(input);
  filter->SetMethod(method);
  filter->SetFrameAxis(frameAxis);
  return filter;
}


template <typename TOutput, typename TInput>
std::vector<TOutput>
Equalize(const std::vector<TInput> & pixels, Method method)
{
  const auto image = MakeRow(pixels);
  const auto filter = MakeFilter<TOutput>(image.GetPointer(), method);
  filter->Update();
  return GetPixels(filter->GetOutput());
}


std::string
GetError(const std::function<void()> & function)
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


void
ExpectError(const std::function<void()> & function, const std::string & part)
{
  const auto error = GetError(function);
  EXPECT_NE(error.find(part), std::string::npos) << "the error is: " << error;
}
} // namespace


template <typename TPixel>
class HistogramEqualizationImageFilter : public testing::Test
{};

using PixelTypes = testing::Types<std::uint8_t, std::int16_t, std::uint32_t, float, double>;
TYPED_TEST_SUITE(HistogramEqualizationImageFilter, PixelTypes);


TYPED_TEST(HistogramEqualizationImageFilter, Gives_fractions_and_ranks_as_sorting_says)
{
  const double minimum = std::is_signed<TypeParam>::value ? -110.0 : 0.0;
  const auto   image = itk::MakeRandomImage<ImageOf<TypeParam>>({ { 73, 50 } }, minimum, 120.0);
  auto         sorted = GetPixels(image.GetPointer());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());

  const auto fractions = MakeFilter<double>(image.GetPointer());
  fractions->Update();
  const auto ranks = MakeFilter<double>(image.GetPointer(), Method::Rank);
  ranks->Update();
  const auto bytes = MakeFilter<std::uint8_t>(image.GetPointer());
  bytes->Update();
  for (size_t i = 0; i < sorted.size(); ++i)
  {
    const auto value = image->GetBufferPointer()[i];
    const auto below = std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin();
    const auto upTo = static_cast<double>(std::upper_bound(sorted.begin(), sorted.end(), value) - sorted.begin());
    ASSERT_EQ(fractions->GetOutput()->GetBufferPointer()[i], upTo / n);
    ASSERT_EQ(ranks->GetOutput()->GetBufferPointer()[i], below);
    ASSERT_EQ(bytes->GetOutput()->GetBufferPointer()[i], std::rint(upTo / n * 255.0));
  }
}


TYPED_TEST(HistogramEqualizationImageFilter, Holds_to_the_streaming_law_as_a_whole_and_per_frame)
{
  using ImageType = ImageOf<TypeParam, 3>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 23, 18, 17 } }, 0.0, 100.0);
  for (const auto method : methodsOfAnyType)
  {
    SCOPED_TRACE(method);
    itk::StreamingLaw::ExpectHolds(image.GetPointer(), [method](ImageType * input) {
      const auto filter = MakeFilter<double>(input, method);
      filter->SetNumberOfStreamDivisions(3);
      return filter;
    });
  }
  itk::StreamingLaw::ExpectHolds(
    image.GetPointer(), [](ImageType * input) { return MakeFilter<double>(input, Method::EmpiricalDistribution, 2); });
}


TYPED_TEST(HistogramEqualizationImageFilter, Holds_to_the_law_of_aborts)
{
  using ImageType = ImageOf<TypeParam, 3>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 200, 100, 100 } }, 0.0, 100.0);
  for (const int frameAxis : { -1, 2 })
  {
    itk::AbortLaw::ExpectHolds(
      [&] { return MakeFilter<double>(image.GetPointer(), Method::EmpiricalDistribution, frameAxis); },
      [](const auto & filter) { return GetPixels(filter->GetOutput()); });
  }
  itk::AbortLaw::ExpectHolds([&] { return MakeFilter<double>(image.GetPointer()); },
                             [](const auto & filter) { return GetPixels(filter->GetOutput()); },
                             0.5F);
}


TYPED_TEST(HistogramEqualizationImageFilter, Equalizes_each_frame_as_if_it_were_alone)
{
  using ImageType = ImageOf<TypeParam, 3>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 11, 9, 7 } }, 0.0, 100.0);
  for (const auto method : methodsOfAnyType)
  {
    for (const int axis : { 0, 1, 2 })
    {
      SCOPED_TRACE(testing::Message() << method << " along axis " << axis);
      const auto together = MakeFilter<double>(image.GetPointer(), method, axis);
      together->Update();
      const auto largest = image->GetLargestPossibleRegion();
      for (itk::SizeValueType number = 0; number < largest.GetSize(axis); ++number)
      {
        auto region = largest;
        region.SetIndex(axis, largest.GetIndex(axis) + static_cast<itk::IndexValueType>(number));
        region.SetSize(axis, 1);
        const auto frame = ImageType::New();
        frame->SetRegions(region);
        frame->Allocate();
        itk::ImageAlgorithm::Copy(image.GetPointer(), frame.GetPointer(), region, region);
        const auto alone = MakeFilter<double>(frame.GetPointer(), method);
        alone->Update();
        const auto ofAll = ImageOf<double, 3>::New();
        ofAll->SetRegions(region);
        ofAll->Allocate();
        itk::ImageAlgorithm::Copy(together->GetOutput(), ofAll.GetPointer(), region, region);
        ASSERT_EQ(itk::StreamingLaw::GetBytes(ofAll.GetPointer()), itk::StreamingLaw::GetBytes(alone->GetOutput()));
      }
    }
  }
}


TYPED_TEST(HistogramEqualizationImageFilter, With_a_bounded_memory_gives_the_same_levels)
{
  const auto image = itk::MakeRandomImage<ImageOf<TypeParam>>({ { 400, 301 } }, 0.0, 127.0);
  for (const double greatestLevel : { 255.0, 65535.0 })
  {
    const auto exact = MakeFilter<double>(image.GetPointer());
    exact->SetOutputMaximum(greatestLevel);
    exact->Update();
    const auto bounded = MakeFilter<double>(image.GetPointer());
    bounded->SetOutputMaximum(greatestLevel);
    bounded->EveryValueOff();
    bounded->Update();
    for (itk::SizeValueType i = 0; i < 400 * 301; ++i)
    {
      const double level = exact->GetOutput()->GetBufferPointer()[i];
      const double levelOfBounded = bounded->GetOutput()->GetBufferPointer()[i];
      ASSERT_EQ(std::rint(levelOfBounded), std::rint(level));
      // Counts are wrong by less than this part of all pixels.
      ASSERT_NEAR(levelOfBounded, level, greatestLevel / 65535.0);
    }
  }
}


TYPED_TEST(HistogramEqualizationImageFilter, Counts_what_is_not_masked_and_equalizes_all)
{
  const auto             image = itk::MakeRandomImageWithGaps<ImageOf<TypeParam>>({ { 40, 31 } }, 0.0, 127.0);
  const auto             mask = itk::MakeRandomImage<ImageOf<unsigned char>>({ { 40, 31 } }, 0.0, 1.99, 4);
  std::vector<TypeParam> counted;
  for (size_t i = 0; i < 40 * 31; ++i)
  {
    const auto value = image->GetBufferPointer()[i];
    if (mask->GetBufferPointer()[i] != 0 && std::isfinite(static_cast<double>(value)))
    {
      counted.push_back(value);
    }
  }
  const auto distribution = itk::MakeIntensityDistribution(counted.data(), counted.size());
  const auto filter = MakeFilter<double>(image.GetPointer());
  filter->SetMaskImage(mask);
  filter->Update();
  for (size_t i = 0; i < 40 * 31; ++i)
  {
    const auto   value = static_cast<double>(image->GetBufferPointer()[i]);
    const double level = filter->GetOutput()->GetBufferPointer()[i];
    if (std::isfinite(value))
    {
      // What is below the least that counts is taken for it.
      const auto count = distribution.CountUpTo(std::max(value, distribution.GetMinimum()));
      ASSERT_EQ(level, static_cast<double>(count) / static_cast<double>(counted.size()));
    }
    else
    {
      ASSERT_TRUE(level == value || std::isnan(value));
    }
  }
}


TYPED_TEST(HistogramEqualizationImageFilter, Matched_to_its_own_distribution_stays_as_it_is)
{
  const auto image = itk::MakeRandomImage<ImageOf<TypeParam>>({ { 60, 31 } }, 0.0, 127.0);
  const auto sink = itk::IntensityDistributionImageSink<ImageOf<TypeParam>>::New();
  sink->SetInput(image);
  for (const int frameAxis : { -1, 1 })
  {
    const auto filter = MakeFilter<TypeParam>(image.GetPointer(), Method::EmpiricalDistribution, frameAxis);
    filter->SetTargetDistribution(sink->GetNormalization());
    filter->Update();
    if (frameAxis == -1)
    {
      EXPECT_EQ(GetPixels(filter->GetOutput()), GetPixels(image.GetPointer()));
    }
    else
    {
      // Each row now spans what the image spans.
      EXPECT_EQ(
        *std::max_element(filter->GetOutput()->GetBufferPointer(), filter->GetOutput()->GetBufferPointer() + 60),
        static_cast<TypeParam>(sink->GetNormalization()->GetMaximum()));
    }
  }
}


TYPED_TEST(HistogramEqualizationImageFilter, Gives_a_constant_image_the_documented_levels)
{
  const std::vector<TypeParam> pixels(7, TypeParam{ 5 });
  EXPECT_EQ((Equalize<double>(pixels, Method::EmpiricalDistribution)), std::vector<double>(7, 1.0));
  EXPECT_EQ((Equalize<double>(pixels, Method::Rank)), std::vector<double>(7, 0.0));
  EXPECT_EQ((Equalize<double>(pixels, Method::BinCenters)), std::vector<double>(7, 0.5));
  EXPECT_EQ((Equalize<double>(pixels, Method::BinEdges)), std::vector<double>(7, 255.0));
  EXPECT_EQ((Equalize<double>(std::vector<TypeParam>{ 5 }, Method::EmpiricalDistribution)), std::vector<double>{ 1.0 });
}


TEST(HistogramEqualizationImageFilter, Has_the_conventions_of_OpenCV_and_Pillow)
{
  using Bytes = std::vector<unsigned char>;
  // OpenCV: 5 of 8 intensities are above the least three; 2 of them up to 20: 2 * 255 / 5.
  const Bytes pixels{ 10, 10, 10, 20, 20, 200, 200, 200 };
  EXPECT_EQ(Equalize<unsigned char>(pixels, Method::OpenCV), (Bytes{ 0, 0, 0, 102, 102, 255, 255, 255 }));
  EXPECT_EQ(Equalize<unsigned char>(Bytes(9, 77), Method::OpenCV), Bytes(9, 77));
  EXPECT_EQ(Equalize<unsigned char>(Bytes{ 3, 4 }, Method::OpenCV), (Bytes{ 0, 255 }));

  // Pillow: with fewer than 255 intensities besides the greatest ones, nothing changes.
  EXPECT_EQ(Equalize<unsigned char>(pixels, Method::Pillow), pixels);
  EXPECT_EQ(Equalize<unsigned char>(Bytes(900, 77), Method::Pillow), Bytes(900, 77));
  // s = 510 / 255 = 2: (1 + 0) / 2, (1 + 300) / 2, and (1 + 510) / 2.
  Bytes many(300, 10);
  many.insert(many.end(), 210, 20);
  many.insert(many.end(), 5, 30);
  const auto equalized = Equalize<unsigned char>(many, Method::Pillow);
  EXPECT_EQ(equalized.front(), 0);
  EXPECT_EQ(equalized[300], 150);
  EXPECT_EQ(equalized.back(), 255);
}


TEST(HistogramEqualizationImageFilter, Follows_the_recipe_with_bins)
{
  // Two bins, [0, 2) with 3 and [2, 4] with 1 of 4 intensities.
  const std::vector<double> pixels{ 0.0, 1.0, 1.0, 4.0 };
  const auto                image = MakeRow(pixels);
  const auto                edges = MakeFilter<double>(image.GetPointer(), Method::BinEdges);
  edges->SetNumberOfBins(2);
  edges->Update();
  EXPECT_EQ(GetPixels(edges->GetOutput()), (std::vector<double>{ 0.75, 0.875, 0.875, 1.0 }));
  const auto centers = MakeFilter<double>(image.GetPointer(), Method::BinCenters);
  centers->SetNumberOfBins(2);
  centers->Update();
  EXPECT_EQ(GetPixels(centers->GetOutput()), (std::vector<double>{ 0.75, 0.75, 0.75, 1.0 }));
}


TEST(HistogramEqualizationImageFilter, Lays_levels_onto_the_range_of_the_output_and_rounds_halves_to_even)
{
  const std::vector<unsigned char> pixels{ 1, 2, 3, 4 };
  const auto                       image = MakeRow(pixels);
  const auto                       filter = MakeFilter<short>(image.GetPointer());
  EXPECT_EQ(filter->GetOutputMinimum(), 0.0);
  EXPECT_EQ(filter->GetOutputMaximum(), 32767.0);
  filter->SetOutputMinimum(-10.0);
  filter->SetOutputMaximum(-8.0);
  filter->Update();
  // -9.5, -9, -8.5 and -8
  EXPECT_EQ(GetPixels(filter->GetOutput()), (std::vector<short>{ -10, -9, -8, -8 }));
}


TEST(HistogramEqualizationImageFilter, Passes_through_what_is_not_finite)
{
  const std::vector<float> pixels{
    1.0F, static_cast<float>(notANumber), static_cast<float>(infinity), static_cast<float>(-infinity), 2.0F
  };
  const auto reals = Equalize<float>(pixels, Method::EmpiricalDistribution);
  EXPECT_EQ(reals[0], 0.5F);
  EXPECT_TRUE(std::isnan(reals[1]));
  EXPECT_EQ(reals[2], static_cast<float>(infinity));
  EXPECT_EQ(reals[3], static_cast<float>(-infinity));
  EXPECT_EQ(reals[4], 1.0F);
  EXPECT_EQ((Equalize<unsigned char>(pixels, Method::EmpiricalDistribution)),
            (std::vector<unsigned char>{ 128, 0, 255, 0, 255 }));
}


TEST(HistogramEqualizationImageFilter, Leaves_as_it_is_what_nothing_counts_in)
{
  const std::vector<float> nothing(5, static_cast<float>(notANumber));
  for (const auto method : methodsOfAnyType)
  {
    const auto equalized = Equalize<float>(nothing, method);
    EXPECT_TRUE(std::all_of(equalized.begin(), equalized.end(), [](float x) { return std::isnan(x); }));

    for (const int frameAxis : { -1, 1 })
    {
      const auto image = itk::MakeRandomImage<ImageOf<float>>({ { 9, 8 } }, 0.0, 100.0);
      const auto mask = itk::MakeRandomImage<ImageOf<unsigned char>>({ { 9, 8 } }, 0.0, 0.0);
      const auto filter = MakeFilter<float>(image.GetPointer(), method, frameAxis);
      filter->SetMaskImage(mask);
      filter->Update();
      EXPECT_EQ(GetPixels(filter->GetOutput()), GetPixels(image.GetPointer()));
    }
  }
}


TEST(HistogramEqualizationImageFilter, Equalizes_by_a_distribution_that_was_learned_elsewhere)
{
  using ImageType = ImageOf<unsigned short>;
  const auto series = itk::MakeRandomImage<ImageType>({ { 30, 40 } }, 0.0, 1000.0, 1);
  const auto frame = itk::MakeRandomImage<ImageType>({ { 30, 4 } }, 0.0, 1500.0, 2);
  const auto sink = itk::IntensityDistributionImageSink<ImageType>::New();
  sink->SetInput(series);
  for (const auto method : { Method::EmpiricalDistribution, Method::BinEdges })
  {
    const auto filter = MakeFilter<double>(frame.GetPointer(), method);
    filter->SetDistribution(sink->GetNormalization());
    filter->Update();
    const auto ofSeries = MakeFilter<double>(series.GetPointer(), method);
    ofSeries->Update();
    std::map<unsigned short, double> levels;
    for (itk::SizeValueType i = 0; i < 1200; ++i)
    {
      levels[series->GetBufferPointer()[i]] = ofSeries->GetOutput()->GetBufferPointer()[i];
    }
    int numberOfCommon = 0;
    for (itk::SizeValueType i = 0; i < 120; ++i)
    {
      const auto found = levels.find(frame->GetBufferPointer()[i]);
      if (found != levels.end())
      {
        ++numberOfCommon;
        EXPECT_EQ(filter->GetOutput()->GetBufferPointer()[i], found->second);
      }
    }
    EXPECT_GT(numberOfCommon, 20);
  }
}


TEST(HistogramEqualizationImageFilter, Learns_once_for_all_tiles_and_anew_when_the_image_changes)
{
  using ImageType = ImageOf<float>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 64, 64 } }, 0.0, 100.0);
  const itk::StreamingLaw::MonitoredSource<ImageType> source(image.GetPointer());
  const auto                                          filter = MakeFilter<float>(source->GetOutput());
  filter->SetNumberOfStreamDivisions(2);
  source->ClearPipelineOnGenerateOutputInformationOff();
  // Two passes over two pieces to learn the distribution, and then each tile once at most.
  itk::StreamingLaw::UpdateInRandomTiles(filter->GetOutput(), 8, 1);
  const auto numberOfUpdates = source->GetUpdatedRequestedRegions().size();
  EXPECT_GE(numberOfUpdates, 4u);
  EXPECT_LE(numberOfUpdates, 4u + 8u);

  image->GetBufferPointer()[0] = 1000.0F;
  image->Modified();
  filter->UpdateLargestPossibleRegion();
  EXPECT_EQ(source->GetUpdatedRequestedRegions().size(), numberOfUpdates + 4u + 1u);
  EXPECT_EQ(filter->GetOutput()->GetBufferPointer()[0], 1.0F);
}


TEST(HistogramEqualizationImageFilter, Refuses_what_it_cannot_do)
{
  const auto image = itk::MakeRandomImage<ImageOf<unsigned short>>({ { 300, 250 } }, 0.0, 1000.0);
  for (const auto method : { Method::OpenCV, Method::Pillow })
  {
    ExpectError([&] { MakeFilter<unsigned char>(image.GetPointer(), method)->Update(); },
                "for images of 8-bit integers without sign");
  }
  for (const int frameAxis : { -2, 2 })
  {
    ExpectError([&] { MakeFilter<float>(image.GetPointer(), Method::EmpiricalDistribution, frameAxis)->Update(); },
                "it must be an axis of the image, from 0 to 1, or -1 for the whole image");
  }
  for (const itk::SizeValueType numberOfBins : { itk::SizeValueType{ 0 }, (itk::SizeValueType{ 1 } << 24) + 1 })
  {
    ExpectError(
      [&] {
        const auto filter = MakeFilter<float>(image.GetPointer(), Method::BinEdges);
        filter->SetNumberOfBins(numberOfBins);
        filter->Update();
      },
      "there must be 1 to 16777216");
  }
  for (const auto & [minimum, maximum] :
       { std::pair(2.0, 1.0), std::pair(-1.0, 1.0), std::pair(0.0, 256.0), std::pair(notANumber, 1.0) })
  {
    ExpectError(
      [&, lower = minimum, upper = maximum] {
        const auto filter = MakeFilter<unsigned char>(image.GetPointer());
        filter->SetOutputMinimum(lower);
        filter->SetOutputMaximum(upper);
        filter->Update();
      },
      "the minimum must not be above the maximum, and both must be within the range");
  }
  ExpectError([&] { MakeFilter<unsigned short>(image.GetPointer(), Method::Rank)->Update(); },
              "ranks are up to 74999, but the output's pixels hold integers exactly up to 65535");
  EXPECT_EQ(GetError([&] { MakeFilter<unsigned short>(image.GetPointer(), Method::Rank, 1)->Update(); }), "");

  const auto smallMask = itk::MakeRandomImage<ImageOf<unsigned char>>({ { 9, 7 } }, 0.0, 2.0);
  for (const int frameAxis : { -1, 1 })
  {
    ExpectError(
      [&] {
        const auto filter = MakeFilter<float>(image.GetPointer(), Method::EmpiricalDistribution, frameAxis);
        filter->SetMaskImage(smallMask);
        filter->Update();
      },
      "it must have the image's size [300, 250]");
  }
  ExpectError(
    [&] {
      const auto filter = MakeFilter<float>(image.GetPointer(), Method::EmpiricalDistribution, 1);
      filter->SetDistribution(itk::EqualizingNormalization::New());
      filter->Update();
    },
    "Leave one of them out");
  const auto empty = ImageOf<float>::New();
  ExpectError([&] { MakeFilter<float>(empty.GetPointer(), Method::EmpiricalDistribution)->Update(); },
              "without pixels");
}
