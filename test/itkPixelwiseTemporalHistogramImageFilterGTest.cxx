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
#include "itkPixelwiseTemporalHistogramImageFilter.h"

#include "itkAbortLaw.h"
#include "itkImageRegionConstIteratorWithIndex.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"

#include <numeric>

using itk::HistogramBins;

namespace
{
HistogramBins::Pointer
MakeBins(unsigned int numberOfBins, double minimum = 10.3, double maximum = 101.9)
{
  auto bins = HistogramBins::New();
  bins->SetUniform(numberOfBins, minimum, maximum);
  return bins;
}


/** The counts of all codes of one pixel, as the definition has them. `mask` may be null. */
template <typename TImage>
std::vector<double>
CountPlainly(const TImage &                                            image,
             const typename TImage::IndexType &                        firstIndex,
             const HistogramBins &                                     bins,
             const itk::Image<unsigned char, TImage::ImageDimension> * mask)
{
  constexpr unsigned int timeAxis = TImage::ImageDimension - 1;
  std::vector<double>    counts(bins.GetNumberOfBins() + 3, 0.0);
  auto                   index = firstIndex;
  for (itk::SizeValueType frame = 0; frame < image.GetLargestPossibleRegion().GetSize(timeAxis); ++frame)
  {
    auto maskIndex = index;
    if (mask != nullptr && mask->GetLargestPossibleRegion().GetSize(timeAxis) == 1)
    {
      maskIndex[timeAxis] = mask->GetLargestPossibleRegion().GetIndex(timeAxis);
    }
    const bool isMasked = mask != nullptr && mask->GetPixel(maskIndex) == 0;
    ++counts[isMasked ? bins.GetInvalidCode() : bins.ForwardValue(static_cast<double>(image.GetPixel(index)))];
    ++index[timeAxis];
  }
  return counts;
}


/** Every count of every pixel is what the definition says, and nothing is lost. */
template <typename TFilter>
void
ExpectCountsAreRight(TFilter * filter)
{
  using ImageType = typename TFilter::InputImageType;
  filter->Update();
  const auto * image = filter->GetInput();
  const auto & bins = *filter->GetBins();
  const auto   numberOfFrames = image->GetLargestPossibleRegion().GetSize(TFilter::TimeAxis);

  itk::ImageRegionConstIteratorWithIndex<typename TFilter::CountImageType> it(
    filter->GetUnderCountImage(), filter->GetUnderCountImage()->GetLargestPossibleRegion());
  for (; !it.IsAtEnd(); ++it)
  {
    typename ImageType::IndexType index;
    std::copy_n(it.GetIndex().begin(), TFilter::OutputImageDimension, index.begin());
    index[TFilter::TimeAxis] = image->GetLargestPossibleRegion().GetIndex(TFilter::TimeAxis);
    const auto expected = CountPlainly(*image, index, bins, filter->GetMaskImage());

    const auto          pixel = filter->GetOutput()->GetPixel(it.GetIndex());
    std::vector<double> counts(pixel.GetDataPointer(), pixel.GetDataPointer() + pixel.GetSize());
    counts.push_back(it.Get());
    counts.push_back(filter->GetOverCountImage()->GetPixel(it.GetIndex()));
    counts.push_back(filter->GetInvalidCountImage()->GetPixel(it.GetIndex()));
    ASSERT_EQ(counts, expected) << it.GetIndex();
    ASSERT_EQ(std::accumulate(counts.begin(), counts.end(), 0.0), numberOfFrames);
  }
}
} // namespace


template <typename TPixel>
class PixelwiseTemporalHistogramImageFilter : public testing::Test
{};

using PixelTypes =
  testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t, float, double>;
TYPED_TEST_SUITE(PixelwiseTemporalHistogramImageFilter, PixelTypes);


TYPED_TEST(PixelwiseTemporalHistogramImageFilter, Counts_as_defined_and_loses_nothing)
{
  using ImageType = itk::Image<TypeParam, 3>;
  // Few bins, bins whose codes need 16 bits, and more bins than are staged.
  for (const unsigned int numberOfBins : { 1, 10, 253, 300, 1500 })
  {
    // More frames than the staging counters can take at once.
    const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
    filter->SetInput(itk::MakeRandomImageWithGaps<ImageType>({ { 7, 5, 530 } }, 0.0, 127.0));
    filter->SetBins(MakeBins(numberOfBins));
    ExpectCountsAreRight(filter.GetPointer());
  }
}


TYPED_TEST(PixelwiseTemporalHistogramImageFilter, Counts_frames_of_three_dimensions)
{
  using ImageType = itk::Image<TypeParam, 4>;
  const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
  filter->SetInput(itk::MakeRandomImageWithGaps<ImageType>({ { 7, 5, 3, 60 } }, 0.0, 127.0));
  filter->SetBins(MakeBins(12));
  ExpectCountsAreRight(filter.GetPointer());
}


TYPED_TEST(PixelwiseTemporalHistogramImageFilter, Counts_a_constant_that_fills_a_staging_counter)
{
  using ImageType = itk::Image<TypeParam, 3>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 300, 2, 511 } }, 0.0, 1.0);
  image->FillBuffer(50);
  const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
  filter->SetInput(image);
  filter->SetBins(MakeBins(9));
  ExpectCountsAreRight(filter.GetPointer());
}


TYPED_TEST(PixelwiseTemporalHistogramImageFilter, Counts_masked_samples_apart)
{
  using ImageType = itk::Image<TypeParam, 3>;
  using MaskType = itk::Image<unsigned char, 3>;
  for (const unsigned int numberOfMaskFrames : { 1, 40 })
  {
    const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
    filter->SetInput(itk::MakeRandomImageWithGaps<ImageType>({ { 9, 8, 40 } }, 0.0, 127.0));
    filter->SetMaskImage(itk::MakeRandomImage<MaskType>({ { 9, 8, numberOfMaskFrames } }, 0.0, 3.0));
    for (const unsigned int numberOfBins : { 20, 1500 })
    {
      filter->SetBins(MakeBins(numberOfBins));
      ExpectCountsAreRight(filter.GetPointer());
    }
  }
}


TYPED_TEST(PixelwiseTemporalHistogramImageFilter, Holds_to_the_streaming_law)
{
  using ImageType = itk::Image<TypeParam, 3>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 23, 17, 300 } }, 0.0, 127.0);
  const auto makeFilter = [](ImageType * input) {
    const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
    filter->SetInput(input);
    filter->SetBins(MakeBins(20));
    // Chunks of few frames, and not of equal length.
    filter->SetChunkMemory(23 * 17 * sizeof(TypeParam) * 7);
    return filter;
  };
  const auto input = image.GetPointer();
  itk::StreamingLaw::ExpectHolds(input, makeFilter);
  itk::StreamingLaw::ExpectHolds(input, makeFilter, [](const auto & filter) { return filter->GetUnderCountImage(); });
  itk::StreamingLaw::ExpectHolds(input, makeFilter, [](const auto & filter) { return filter->GetOverCountImage(); });
  itk::StreamingLaw::ExpectHolds(input, makeFilter, [](const auto & filter) { return filter->GetInvalidCountImage(); });
}


TEST(PixelwiseTemporalHistogramImageFilterMask, Holds_to_the_streaming_law)
{
  using ImageType = itk::Image<float, 4>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 13, 7, 5, 50 } }, 0.0, 127.0);
  const auto mask = itk::MakeRandomImage<itk::Image<unsigned char, 4>>({ { 13, 7, 5, 50 } }, 0.0, 3.0);
  itk::StreamingLaw::ExpectHolds(image.GetPointer(), [&](ImageType * input) {
    const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
    filter->SetInput(input);
    filter->SetMaskImage(mask);
    filter->SetBins(MakeBins(20));
    filter->SetChunkMemory(10000);
    return filter;
  });
}


template <typename TCount>
class PixelwiseTemporalHistogramImageFilterCounters : public testing::Test
{};

using CountTypes = testing::Types<std::uint16_t, std::uint32_t, float, double>;
TYPED_TEST_SUITE(PixelwiseTemporalHistogramImageFilterCounters, CountTypes);


TYPED_TEST(PixelwiseTemporalHistogramImageFilterCounters, Count_alike)
{
  using ImageType = itk::Image<short, 3>;
  const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType, itk::VectorImage<TypeParam, 2>>::New();
  filter->SetInput(itk::MakeRandomImage<ImageType>({ { 7, 5, 600 } }, 0.0, 127.0));
  for (const unsigned int numberOfBins : { 20, 1500 })
  {
    filter->SetBins(MakeBins(numberOfBins));
    ExpectCountsAreRight(filter.GetPointer());
  }
}


TEST(PixelwiseTemporalHistogramImageFilterStreaming, Reads_each_frame_once_in_chunks_of_time)
{
  using ImageType = itk::Image<unsigned short, 3>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 10, 10, 100 } }, 0.0, 1000.0);
  const itk::StreamingLaw::MonitoredSource<ImageType> monitor(image.GetPointer());
  const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
  filter->SetInput(monitor->GetOutput());
  filter->SetBins(MakeBins(10));
  filter->SetChunkMemory(30 * 10 * 10 * sizeof(unsigned short));
  filter->Update();

  itk::IndexValueType nextFrame = image->GetLargestPossibleRegion().GetIndex(2);
  for (const auto & region : monitor->GetUpdatedRequestedRegions())
  {
    EXPECT_EQ(region.GetIndex(2), nextFrame);
    EXPECT_LE(region.GetSize(2), 30u);
    nextFrame += static_cast<itk::IndexValueType>(region.GetSize(2));
  }
  EXPECT_EQ(nextFrame, image->GetLargestPossibleRegion().GetIndex(2) + 100);
  EXPECT_EQ(monitor->GetNumberOfUpdates(), 4u);
}


TEST(PixelwiseTemporalHistogramImageFilterGeometry, Is_that_of_a_frame)
{
  using ImageType = itk::Image<unsigned char, 3>;
  const auto   image = itk::MakeRandomImage<ImageType>({ { 6, 5, 4 } }, 0.0, 100.0);
  const double spacing[] = { 0.5, 0.25, 40.0 };
  const double origin[] = { 7.0, 8.0, 9.0 };
  image->SetSpacing(spacing);
  image->SetOrigin(origin);
  const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
  filter->SetInput(image);
  filter->SetBins(MakeBins(10));
  filter->Update();
  EXPECT_EQ(filter->GetOutput()->GetNumberOfComponentsPerPixel(), 10u);
  EXPECT_EQ(filter->GetOutput()->GetLargestPossibleRegion(), itk::ImageRegion<2>({ { -3, -3 } }, { { 6, 5 } }));
  EXPECT_EQ(filter->GetInvalidCountImage()->GetSpacing()[1], 0.25);
  EXPECT_EQ(filter->GetOutput()->GetOrigin()[0], 7.0);
}


TEST(PixelwiseTemporalHistogramImageFilterMemory, Is_predicted_and_limited)
{
  using ImageType = itk::Image<unsigned short, 3>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 100, 100, 50 } }, 0.0, 1000.0);
  const itk::StreamingLaw::MonitoredSource<ImageType> monitor(image.GetPointer());
  const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
  filter->SetInput(monitor->GetOutput());
  filter->SetBins(MakeBins(97));
  filter->SetNumberOfWorkUnits(2);
  filter->SetChunkMemory(200000);
  filter->UpdateOutputInformation();
  const auto region = filter->GetOutput()->GetLargestPossibleRegion();
  EXPECT_EQ(filter->PredictMemory(region), 100 * 100 * 100 * 4 + 10 * 20000 + 2 * (100 * 256 + 8 + 255 * 256));

  filter->SetMemoryLimit(1 << 20);
  try
  {
    filter->Update();
    FAIL() << "The limit was exceeded.";
  }
  catch (const itk::ExceptionObject & error)
  {
    EXPECT_NE(std::string(error.GetDescription()).find("4381776 bytes"), std::string::npos) << error.GetDescription();
  }
  EXPECT_EQ(monitor->GetNumberOfUpdates(), 0u);

  filter->SetMemoryLimit(filter->PredictMemory(region));
  EXPECT_NO_THROW(filter->Update());
}


TEST(PixelwiseTemporalHistogramImageFilterErrors, Come_before_any_pixel_is_touched)
{
  using ImageType = itk::Image<unsigned char, 3>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 2, 2, 70000 } }, 0.0, 100.0);
  const itk::StreamingLaw::MonitoredSource<ImageType> monitor(image.GetPointer());

  const auto narrow = itk::PixelwiseTemporalHistogramImageFilter<ImageType, itk::VectorImage<unsigned short, 2>>::New();
  narrow->SetInput(monitor->GetOutput());
  EXPECT_THROW(narrow->Update(), itk::ExceptionObject) << "no bins";
  narrow->SetBins(MakeBins(10));
  EXPECT_THROW(narrow->Update(), itk::ExceptionObject) << "70000 frames in 16 bits";

  const auto wide = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
  wide->SetInput(monitor->GetOutput());
  wide->SetBins(MakeBins(10));
  wide->SetMaskImage(itk::MakeRandomImage<itk::Image<unsigned char, 3>>({ { 2, 3, 1 } }, 0.0, 2.0));
  EXPECT_THROW(wide->Update(), itk::ExceptionObject) << "mask of another size";

  const auto empty = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
  empty->SetInput(itk::MakeRandomImage<ImageType>({ { 2, 2, 0 } }, 0.0, 1.0));
  empty->SetBins(MakeBins(10));
  EXPECT_THROW(empty->Update(), itk::ExceptionObject) << "no frames";
  EXPECT_EQ(monitor->GetNumberOfUpdates(), 0u);
}


TYPED_TEST(PixelwiseTemporalHistogramImageFilter, Holds_to_the_law_of_aborts)
{
  // Few pixels of many frames: a tile is much work.
  using ImageType = itk::Image<TypeParam, 3>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 20, 10, 9000 } }, 0.0, 100.0);
  for (const unsigned int numberOfBins : { 10, 2000 })
  {
    SCOPED_TRACE(numberOfBins);
    itk::AbortLaw::ExpectHolds(
      [&] {
        const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
        filter->SetInput(image);
        filter->SetBins(MakeBins(numberOfBins));
        return filter;
      },
      [](const auto & filter) { return itk::StreamingLaw::GetBytes(filter->GetOutput()); });
  }
}


TEST(PixelwiseTemporalHistogramImageFilterStreaming, Holds_to_the_law_of_aborts_between_chunks)
{
  using ImageType = itk::Image<unsigned char, 3>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 20, 10, 9000 } }, 0.0, 100.0);
  const itk::StreamingLaw::MonitoredSource<ImageType> source(image);
  itk::AbortLaw::ExpectHolds(
    [&] {
      const auto filter = itk::PixelwiseTemporalHistogramImageFilter<ImageType>::New();
      filter->SetInput(source->GetOutput());
      filter->SetBins(MakeBins(10));
      filter->SetChunkMemory(200 * 510);
      return filter;
    },
    [](const auto & filter) { return itk::StreamingLaw::GetBytes(filter->GetOutput()); },
    0.5F);
}
