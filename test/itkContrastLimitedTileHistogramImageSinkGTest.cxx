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
#include "itkContrastLimitedTileHistogramImageSink.h"

#include "itkAbortLaw.h"
#include "itkImageRegionConstIteratorWithIndex.h"
#include "itkImageRegionConstIteratorWithOnlyIndex.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"

#include <cmath>
#include <limits>
#include <numeric>

using itk::SizeValueType;

namespace
{
template <typename TImage>
using SinkOf = itk::ContrastLimitedTileHistogramImageSink<TImage>;

using Histogram = std::vector<std::uint32_t>;


template <typename TImage>
typename SinkOf<TImage>::Pointer
MakeSink(TImage * image, const typename TImage::SizeType & numberOfTiles)
{
  const auto sink = SinkOf<TImage>::New();
  sink->SetInput(image);
  sink->SetNumberOfTiles(numberOfTiles);
  sink->SetNumberOfBins(100);
  return sink;
}


/** Every third pixel or so is masked. */
template <typename TImage>
itk::Image<unsigned char, TImage::ImageDimension> *
MakeMask(const TImage * image, typename itk::Image<unsigned char, TImage::ImageDimension>::Pointer & mask)
{
  mask = itk::Image<unsigned char, TImage::ImageDimension>::New();
  mask->CopyInformation(image);
  mask->SetRegions(image->GetLargestPossibleRegion());
  mask->Allocate();
  std::mt19937 generator(7);
  std::generate_n(mask->GetBufferPointer(), mask->GetBufferedRegion().GetNumberOfPixels(), [&] {
    return static_cast<unsigned char>(generator() % 3);
  });
  return mask;
}


/** Where a position beyond the end of an axis is in the mirror. */
SizeValueType
Mirror(SizeValueType position, SizeValueType size)
{
  while (position >= size)
  {
    position = size == 1 ? 0 : std::max(position, 2 * (size - 1)) - std::min(position, 2 * (size - 1));
  }
  return position;
}


/** The bin of a value, or none. */
template <typename TPixel>
bool
FindBin(TPixel value, const itk::ContrastLimitedEqualization::RealBins & bins, SizeValueType & bin)
{
  if constexpr (std::is_integral<TPixel>::value)
  {
    bin = static_cast<SizeValueType>(value - std::numeric_limits<TPixel>::lowest());
    return true;
  }
  if (!std::isfinite(value))
  {
    return false;
  }
  const auto number = static_cast<double>(bins.NumberOfBins);
  const auto place = std::floor((static_cast<double>(value) - bins.Minimum) * (number / (bins.Maximum - bins.Minimum)));
  bin = static_cast<SizeValueType>(std::min(place, number - 1.0));
  return true;
}


/** Pixel by pixel of the image as it is in the mirror. */
template <typename TImage>
Histogram
CountTile(const TImage *                                            image,
          const itk::Image<unsigned char, TImage::ImageDimension> * mask,
          const std::vector<itk::ContrastLimitedTileAxis> &         axes,
          const typename TImage::IndexType &                        tile,
          SizeValueType                                             numberOfBins,
          const itk::ContrastLimitedEqualization::RealBins &        realBins)
{
  const auto &                region = image->GetLargestPossibleRegion();
  typename TImage::RegionType box;
  for (unsigned int i = 0; i < TImage::ImageDimension; ++i)
  {
    box.SetSize(i, axes[i].GetTileSize());
    box.SetIndex(i, tile[i] * static_cast<itk::IndexValueType>(axes[i].GetTileSize()));
  }
  auto positions = itk::Image<unsigned char, TImage::ImageDimension>::New();
  positions->SetRegions(box);

  Histogram histogram(numberOfBins);
  for (itk::ImageRegionConstIteratorWithOnlyIndex<itk::ImageBase<TImage::ImageDimension>> it(positions, box);
       !it.IsAtEnd();
       ++it)
  {
    auto index = it.GetIndex();
    for (unsigned int i = 0; i < TImage::ImageDimension; ++i)
    {
      index[i] = region.GetIndex(i) +
                 static_cast<itk::IndexValueType>(Mirror(static_cast<SizeValueType>(index[i]), region.GetSize(i)));
    }
    SizeValueType bin = 0;
    if ((mask == nullptr || mask->GetPixel(index) != 0) && FindBin(image->GetPixel(index), realBins, bin))
    {
      ++histogram[bin];
    }
  }
  return histogram;
}


template <typename TImage>
void
ExpectCounts(const typename TImage::SizeType & size,
             const typename TImage::SizeType & numberOfTiles,
             bool                              isMasked,
             unsigned int                      numberOfWorkUnits)
{
  SCOPED_TRACE(testing::Message() << size << " pixels, " << numberOfTiles << " tiles, " << (isMasked ? "masked, " : "")
                                  << numberOfWorkUnits << " work units");
  const auto image = itk::MakeRandomImageWithGaps<TImage>(size, 0.0, 127.0);
  typename itk::Image<unsigned char, TImage::ImageDimension>::Pointer mask;
  const auto sink = MakeSink(image.GetPointer(), numberOfTiles);
  sink->SetMaskImage(isMasked ? MakeMask(image.GetPointer(), mask) : nullptr);
  sink->SetNumberOfWorkUnits(numberOfWorkUnits);
  sink->Update();

  const auto * histograms = sink->GetHistogramImage();
  ASSERT_EQ(histograms->GetBufferedRegion().GetSize(), numberOfTiles);
  const SizeValueType numberOfBins = histograms->GetNumberOfComponentsPerPixel();
  SizeValueType       numberOfPixels = 1;
  for (const auto & axis : sink->GetTileAxes())
  {
    numberOfPixels *= axis.GetTileSize();
  }
  SizeValueType tile = 0;
  for (itk::ImageRegionConstIteratorWithIndex<itk::VectorImage<std::uint32_t, TImage::ImageDimension>> it(
         histograms, histograms->GetBufferedRegion());
       !it.IsAtEnd();
       ++it, ++tile)
  {
    const auto pixel = it.Get();
    const auto histogram = Histogram(pixel.GetDataPointer(), pixel.GetDataPointer() + numberOfBins);
    const auto sum = std::accumulate(histogram.begin(), histogram.end(), SizeValueType{ 0 });
    const bool isComplete = !isMasked && std::is_integral<typename TImage::PixelType>::value;
    ASSERT_EQ(sum, sink->GetNumbersOfCounts()[tile]);
    ASSERT_TRUE(isComplete ? sum == numberOfPixels : sum <= numberOfPixels);
    ASSERT_EQ(
      histogram,
      CountTile(
        image.GetPointer(), mask.GetPointer(), sink->GetTileAxes(), it.GetIndex(), numberOfBins, sink->GetRealBins()))
      << "tile " << it.GetIndex();
  }
}
} // namespace


template <typename TPixel>
class ContrastLimitedTileHistogramImageSink : public testing::Test
{};

using PixelTypes = testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, float, double>;
TYPED_TEST_SUITE(ContrastLimitedTileHistogramImageSink, PixelTypes);


TYPED_TEST(ContrastLimitedTileHistogramImageSink, Counts_every_pixel_of_a_tile)
{
  for (const bool isMasked : { false, true })
  {
    // One work unit never shares a tile; thirteen share each of them.
    for (const unsigned int numberOfWorkUnits : { 1, 13 })
    {
      const auto expectImage = [&](const itk::Size<2> & size, const itk::Size<2> & numberOfTiles) {
        ExpectCounts<itk::Image<TypeParam, 2>>(size, numberOfTiles, isMasked, numberOfWorkUnits);
      };
      expectImage({ { 40, 36 } }, { { 5, 4 } });
      expectImage({ { 41, 37 } }, { { 5, 4 } });
      expectImage({ { 2100, 3 } }, { { 1, 1 } });
      expectImage({ { 61, 50 } }, { { 1, 1 } });
      expectImage({ { 45, 1 } }, { { 2, 1 } });
      expectImage({ { 3, 1 } }, { { 8, 4 } });
      expectImage({ { 1, 1 } }, { { 1, 1 } });
      ExpectCounts<itk::Image<TypeParam, 3>>({ { 14, 12, 9 } }, { { 3, 2, 4 } }, isMasked, numberOfWorkUnits);
      ExpectCounts<itk::Image<TypeParam, 3>>({ { 14, 12, 9 } }, { { 1, 1, 2 } }, isMasked, numberOfWorkUnits);
    }
  }
}


TYPED_TEST(ContrastLimitedTileHistogramImageSink, Holds_to_the_streaming_law)
{
  using ImageType = itk::Image<TypeParam, 3>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 37, 20, 23 } }, 0.0, 127.0);
  for (const auto & numberOfTiles : { itk::Size<3>{ { 3, 2, 4 } }, itk::Size<3>{ { 1, 1, 1 } } })
  {
    itk::StreamingLaw::ExpectSinkHolds(
      image.GetPointer(),
      [&](ImageType * input) { return MakeSink(input, numberOfTiles); },
      [](const auto & sink) {
        return std::make_pair(itk::StreamingLaw::GetBytes(sink->GetHistogramImage()), sink->GetNumbersOfCounts());
      });
  }
}


TYPED_TEST(ContrastLimitedTileHistogramImageSink, Holds_to_the_law_of_aborts)
{
  using ImageType = itk::Image<TypeParam, 2>;
  // Neither side is a multiple of the tiles, so that more pixels are counted than there are.
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 1501, 1003 } }, 0.0, 127.0);
  for (const auto & numberOfTiles : { itk::Size<2>{ { 8, 8 } }, itk::Size<2>{ { 1, 1 } } })
  {
    SCOPED_TRACE(numberOfTiles);
    itk::AbortLaw::ExpectHolds([&] { return MakeSink(image.GetPointer(), numberOfTiles); },
                               [](const auto & sink) {
                                 return std::make_pair(itk::StreamingLaw::GetBytes(sink->GetHistogramImage()),
                                                       sink->GetNumbersOfCounts());
                               });
  }
}


TEST(ContrastLimitedTileHistogramImageSinkAbort, Leaves_no_histograms)
{
  using ImageType = itk::Image<float, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 60, 50 } }, 0.0, 1.0);
  const auto sink = MakeSink(image.GetPointer(), { { 2, 5 } });
  sink->SetNumberOfStreamDivisions(4);
  sink->Update();
  EXPECT_EQ(sink->GetNumbersOfCounts(), std::vector<SizeValueType>(10, 30 * 10));

  // In the second pass, in which it counts.
  image->Modified();
  const auto observer = sink->AddObserver(itk::ProgressEvent(), [&](const itk::EventObject &) {
    if (sink->GetProgress() >= 0.75F)
    {
      sink->AbortGenerateDataOn();
    }
  });
  EXPECT_THROW(sink->Update(), itk::ProcessAborted);
  EXPECT_EQ(sink->GetHistogramImage()->GetBufferedRegion().GetNumberOfPixels(), 0u);
  EXPECT_TRUE(sink->GetNumbersOfCounts().empty());

  sink->RemoveObserver(observer);
  sink->Update();
  EXPECT_EQ(sink->GetHistogramImage()->GetBufferedRegion().GetSize(), sink->GetNumberOfTiles());
  EXPECT_EQ(sink->GetNumbersOfCounts(), std::vector<SizeValueType>(10, 30 * 10));
}


TEST(ContrastLimitedTileHistogramImageSinkRange, Is_that_of_the_finite_values_that_are_not_masked)
{
  using ImageType = itk::Image<float, 2>;
  const auto                            image = itk::MakeRandomImageWithGaps<ImageType>({ { 60, 50 } }, -5.0, 20.0);
  itk::Image<unsigned char, 2>::Pointer mask;
  const auto                            sink = MakeSink(image.GetPointer(), { { 2, 2 } });
  sink->SetMaskImage(MakeMask(image.GetPointer(), mask));
  image->GetBufferPointer()[10] = 1000.0F;
  mask->GetBufferPointer()[10] = 0;
  sink->Update();

  float least = std::numeric_limits<float>::max();
  float greatest = std::numeric_limits<float>::lowest();
  for (SizeValueType i = 0; i < image->GetBufferedRegion().GetNumberOfPixels(); ++i)
  {
    const float value = image->GetBufferPointer()[i];
    if (mask->GetBufferPointer()[i] != 0 && std::isfinite(value))
    {
      least = std::min(least, value);
      greatest = std::max(greatest, value);
    }
  }
  EXPECT_EQ(sink->GetRealBins().Minimum, least);
  EXPECT_EQ(sink->GetRealBins().Maximum, greatest);
  EXPECT_EQ(sink->GetRealBins().NumberOfBins, 100u);

  mask->FillBuffer(0);
  mask->Modified();
  sink->Update();
  EXPECT_EQ(sink->GetRealBins().Minimum, 0.0);
  EXPECT_EQ(sink->GetRealBins().Maximum, 0.0);
  EXPECT_EQ(sink->GetNumbersOfCounts(), std::vector<SizeValueType>(4, 0));
}


TEST(ContrastLimitedTileHistogramImageSinkGeometry, Has_a_pixel_at_the_centre_of_each_tile)
{
  using ImageType = itk::Image<unsigned char, 2>;
  const auto   image = itk::MakeRandomImage<ImageType>({ { 24, 30 } }, 0.0, 127.0);
  const double spacing[] = { 0.5, 2.0 };
  const double origin[] = { 10.0, -4.0 };
  image->SetSpacing(spacing);
  image->SetOrigin(origin);
  ImageType::DirectionType direction;
  direction[0][0] = 0.6;
  direction[0][1] = -0.8;
  direction[1][0] = 0.8;
  direction[1][1] = 0.6;
  image->SetDirection(direction);
  const auto sink = MakeSink(image.GetPointer(), { { 4, 3 } });
  sink->UpdateOutputInformation();

  const auto & region = image->GetLargestPossibleRegion();
  for (const auto & tile : { itk::Index<2>{ { 0, 0 } }, itk::Index<2>{ { 3, 0 } }, itk::Index<2>{ { 1, 2 } } })
  {
    const ImageType::IndexType first = { { region.GetIndex(0) + 6 * tile[0], region.GetIndex(1) + 10 * tile[1] } };
    const ImageType::IndexType last = { { first[0] + 5, first[1] + 9 } };
    ImageType::PointType       firstPoint;
    ImageType::PointType       lastPoint;
    image->TransformIndexToPhysicalPoint(first, firstPoint);
    image->TransformIndexToPhysicalPoint(last, lastPoint);
    ImageType::PointType point;
    sink->GetHistogramImage()->TransformIndexToPhysicalPoint(tile, point);
    EXPECT_NEAR(point[0], 0.5 * (firstPoint[0] + lastPoint[0]), 1e-12);
    EXPECT_NEAR(point[1], 0.5 * (firstPoint[1] + lastPoint[1]), 1e-12);
  }
}


TEST(ContrastLimitedTileHistogramImageSinkErrors, Come_before_any_pixel_is_touched)
{
  using ImageType = itk::Image<float, 2>;
  const auto                                          image = itk::MakeRandomImage<ImageType>({ { 4, 4 } }, 0.0, 1.0);
  const itk::StreamingLaw::MonitoredSource<ImageType> monitor(image.GetPointer());
  const auto                                          sink = MakeSink(monitor->GetOutput(), { { 2, 2 } });

  sink->SetNumberOfTiles({ { 2, 0 } });
  EXPECT_THROW(sink->Update(), itk::ExceptionObject);
  sink->SetNumberOfTiles({ { 2, 2 } });
  sink->SetNumberOfBins(0);
  EXPECT_THROW(sink->Update(), itk::ExceptionObject);
  sink->SetNumberOfBins(65537);
  EXPECT_THROW(sink->Update(), itk::ExceptionObject);
  sink->SetNumberOfBins(65536);

  auto mask = itk::Image<unsigned char, 2>::New();
  mask->SetRegions(itk::Size<2>{ { 4, 4 } }); // from index 0, where the image is not
  mask->Allocate(true);
  sink->SetMaskImage(mask);
  EXPECT_THROW(sink->Update(), itk::ExceptionObject);
  sink->SetMaskImage(nullptr);
  EXPECT_EQ(monitor->GetNumberOfUpdates(), 0u);
  EXPECT_NO_THROW(sink->Update());

  const auto empty = ImageType::New();
  EXPECT_THROW(MakeSink(empty.GetPointer(), { { 2, 2 } })->Update(), itk::ExceptionObject);

  // More pixels than a counter can count; their memory is not there at all.
  const auto huge = ImageType::New();
  huge->SetRegions(itk::Size<2>{ { 70000, 70000 } });
  EXPECT_THROW(MakeSink(huge.GetPointer(), { { 1, 1 } })->Update(), itk::ExceptionObject);
}
