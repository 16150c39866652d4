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
#include "itkContrastLimitedAdaptiveHistogramEqualizationImageFilter.h"

#include "itkAbortLaw.h"
#include "itkImageFileReader.h"
#include "itkImageFileWriter.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"
#include "itkTestFolder.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

using itk::SizeValueType;

namespace
{
template <typename TImage>
using FilterOf = itk::ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>;

template <typename TImage>
using MaskOf = itk::Image<unsigned char, TImage::ImageDimension>;


template <typename TImage>
typename FilterOf<TImage>::Pointer
MakeFilter(const TImage * image, double clipLimit, const typename TImage::SizeType & numberOfTiles)
{
  const auto filter = FilterOf<TImage>::New();
  filter->SetInput(image);
  filter->SetClipLimit(clipLimit);
  filter->SetNumberOfTiles(numberOfTiles);
  filter->SetNumberOfBins(100);
  return filter;
}


template <typename TImage>
std::vector<typename TImage::PixelType>
GetPixels(const TImage * image)
{
  const auto * pixels = image->GetBufferPointer();
  return { pixels, pixels + image->GetBufferedRegion().GetNumberOfPixels() };
}


template <typename TFilter>
auto
UpdateToPixels(TFilter & filter)
{
  filter.Update();
  return GetPixels(filter.GetOutput());
}


template <typename TImage>
typename TImage::Pointer
MakeImage(const typename TImage::SizeType & size, const std::vector<typename TImage::PixelType> & pixels)
{
  const auto image = TImage::New();
  image->SetRegions(size);
  image->Allocate();
  std::copy(pixels.begin(), pixels.end(), image->GetBufferPointer());
  return image;
}


/** A mask that leaves out the lower part of the first axis, and here and there a pixel of the rest. */
template <typename TImage>
typename MaskOf<TImage>::Pointer
MakeMask(const TImage * image, double outside)
{
  const auto & region = image->GetLargestPossibleRegion();
  const auto   mask = MaskOf<TImage>::New();
  mask->CopyInformation(image);
  mask->SetRegions(region);
  mask->Allocate();
  std::mt19937 generator(7);
  for (SizeValueType i = 0; i < region.GetNumberOfPixels(); ++i)
  {
    const bool isOutside =
      static_cast<double>(i % region.GetSize(0)) < outside * static_cast<double>(region.GetSize(0));
    mask->GetBufferPointer()[i] = static_cast<unsigned char>(isOutside ? 0 : generator() % 5);
  }
  return mask;
}


/** Whether two pixels are the same to the bit, of which NaN is not aware. */
template <typename TPixel>
bool
AreSame(const std::vector<TPixel> & a, const std::vector<TPixel> & b)
{
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(TPixel)) == 0;
}


/** What the class comment says, in the plainest way: pixel by pixel, with all of the image in memory. */
template <typename TImage>
class PlainEqualization
{
public:
  using PixelType = typename TImage::PixelType;
  static constexpr bool IsReal = std::is_floating_point<PixelType>::value;

  PlainEqualization(const TImage * image, const MaskOf<TImage> * mask, const FilterOf<TImage> & settings)
    : m_Image(image)
    , m_Mask(mask)
    , m_ClipLimit(settings.GetClipLimit())
    , m_NumberOfBins(IsReal ? settings.GetNumberOfBins() : SizeValueType{ 1 } << (8 * sizeof(PixelType)))
  {
    for (unsigned int i = 0; i < TImage::ImageDimension; ++i)
    {
      m_Size[i] = image->GetLargestPossibleRegion().GetSize(i);
      m_Tiles[i] = settings.GetNumberOfTiles()[i];
    }
    const bool isWithoutRest = m_Size[0] % m_Tiles[0] == 0 && m_Size[1] % m_Tiles[1] == 0;
    m_TileSize[0] = isWithoutRest ? m_Size[0] / m_Tiles[0] : m_Size[0] / m_Tiles[0] + 1;
    m_TileSize[1] = isWithoutRest ? m_Size[1] / m_Tiles[1] : m_Size[1] / m_Tiles[1] + 1;
    m_TileSize[2] =
      static_cast<SizeValueType>(std::ceil(static_cast<double>(m_Size[2]) / static_cast<double>(m_Tiles[2])));
    this->FindRange();
    this->CountTiles();
    this->MakeTables();
  }

  std::vector<PixelType>
  Equalize() const
  {
    std::vector<PixelType> equalized;
    for (SizeValueType z = 0; z < m_Size[2]; ++z)
    {
      for (SizeValueType y = 0; y < m_Size[1]; ++y)
      {
        for (SizeValueType x = 0; x < m_Size[0]; ++x)
        {
          equalized.push_back(this->EqualizePixel({ x, y, z }));
        }
      }
    }
    return equalized;
  }

private:
  using Place = std::array<SizeValueType, 3>;

  SizeValueType
  OffsetOf(const Place & place) const
  {
    return place[0] + m_Size[0] * (place[1] + m_Size[1] * place[2]);
  }

  SizeValueType
  TileAt(const Place & place) const
  {
    return place[0] + m_Tiles[0] * (place[1] + m_Tiles[1] * place[2]);
  }

  bool
  DoesCount(SizeValueType offset) const
  {
    const bool isIn = m_Mask == nullptr || m_Mask->GetBufferPointer()[offset] != 0;
    return isIn && (!IsReal || std::isfinite(static_cast<double>(m_Image->GetBufferPointer()[offset])));
  }

  SizeValueType
  BinOf(PixelType value) const
  {
    if (!IsReal)
    {
      return static_cast<SizeValueType>(value - std::numeric_limits<PixelType>::lowest());
    }
    const auto   number = static_cast<double>(m_NumberOfBins);
    const double place = (static_cast<double>(value) - m_Minimum) * (number / (m_Maximum - m_Minimum));
    return static_cast<SizeValueType>(std::min(std::floor(place), number - 1.0));
  }

  void
  FindRange()
  {
    m_Minimum = std::numeric_limits<double>::max();
    m_Maximum = std::numeric_limits<double>::lowest();
    for (SizeValueType offset = 0; offset < m_Size[0] * m_Size[1] * m_Size[2]; ++offset)
    {
      if (this->DoesCount(offset))
      {
        m_Minimum = std::min(m_Minimum, static_cast<double>(m_Image->GetBufferPointer()[offset]));
        m_Maximum = std::max(m_Maximum, static_cast<double>(m_Image->GetBufferPointer()[offset]));
      }
    }
  }

  void
  CountTiles()
  {
    m_Tables.assign(m_Tiles[0] * m_Tiles[1] * m_Tiles[2], std::vector<double>(m_NumberOfBins));
    m_NumbersOfCounts.assign(m_Tables.size(), 0);
    Place place;
    for (place[2] = 0; place[2] < m_Tiles[2] * m_TileSize[2]; ++place[2])
    {
      for (place[1] = 0; place[1] < m_Tiles[1] * m_TileSize[1]; ++place[1])
      {
        for (place[0] = 0; place[0] < m_Tiles[0] * m_TileSize[0]; ++place[0])
        {
          Place tile;
          Place source;
          for (unsigned int i = 0; i < 3; ++i)
          {
            tile[i] = place[i] / m_TileSize[i];
            const auto period = 2 * std::max<SizeValueType>(m_Size[i] - 1, 1);
            const auto phase = place[i] % period;
            source[i] = m_Size[i] == 1 ? 0 : std::min(phase, period - phase);
          }
          if (this->DoesCount(this->OffsetOf(source)))
          {
            ++m_Tables[this->TileAt(tile)][this->BinOf(m_Image->GetBufferPointer()[this->OffsetOf(source)])];
            ++m_NumbersOfCounts[this->TileAt(tile)];
          }
        }
      }
    }
  }

  void
  MakeTables()
  {
    std::vector<std::vector<double>> tables;
    for (SizeValueType tile = 0; tile < m_Tables.size(); ++tile)
    {
      tables.push_back(this->MakeTable(m_Tables[this->FindNearest(tile)]));
    }
    m_Tables = tables;
  }

  SizeValueType
  FindNearest(SizeValueType tile) const
  {
    const auto placeOf = [this](SizeValueType number) {
      return Place{ number % m_Tiles[0], number / m_Tiles[0] % m_Tiles[1], number / m_Tiles[0] / m_Tiles[1] };
    };
    SizeValueType nearest = tile;
    SizeValueType fewest = std::numeric_limits<SizeValueType>::max();
    for (SizeValueType other = 0; other < m_Tables.size(); ++other)
    {
      SizeValueType steps = 0;
      for (unsigned int i = 0; i < 3; ++i)
      {
        steps += std::max(placeOf(tile)[i], placeOf(other)[i]) - std::min(placeOf(tile)[i], placeOf(other)[i]);
      }
      if (m_NumbersOfCounts[other] > 0 && steps < fewest)
      {
        nearest = other;
        fewest = steps;
      }
    }
    return nearest;
  }

  std::vector<double>
  MakeTable(std::vector<double> bins) const
  {
    const double numberOfCounts = std::accumulate(bins.begin(), bins.end(), 0.0);
    const auto   numberOfBins = static_cast<double>(m_NumberOfBins);
    const double greatestLevel = IsReal ? 65535.0 : numberOfBins - 1.0;
    if (m_ClipLimit > 0.0)
    {
      const double limit = std::max(std::floor(m_ClipLimit * numberOfCounts / numberOfBins), 1.0);
      double       excess = 0.0;
      for (auto & bin : bins)
      {
        excess += std::max(bin - limit, 0.0);
        bin = std::min(bin, limit);
      }
      const double each = std::floor(excess / numberOfBins);
      const auto   extras = static_cast<SizeValueType>(excess - each * numberOfBins);
      for (auto & bin : bins)
      {
        bin += each;
      }
      for (SizeValueType i = 0; i < extras; ++i)
      {
        ++bins[i * (m_NumberOfBins / extras)];
      }
    }
    std::partial_sum(bins.begin(), bins.end(), bins.begin());
    const float levelsPerCount = static_cast<float>(greatestLevel) / static_cast<float>(numberOfCounts);
    for (auto & bin : bins)
    {
      bin = std::rint(static_cast<float>(bin) * levelsPerCount);
    }
    return bins;
  }

  PixelType
  EqualizePixel(const Place & place) const
  {
    const auto offset = this->OffsetOf(place);
    const auto value = m_Image->GetBufferPointer()[offset];
    if (!this->DoesCount(offset))
    {
      return value;
    }

    Place                lower;
    Place                upper;
    std::array<float, 3> weight;
    for (unsigned int i = 0; i < 3; ++i)
    {
      const float tiles = static_cast<float>(place[i]) * (1.0F / static_cast<float>(m_TileSize[i])) - 0.5F;
      const auto  tile = static_cast<int>(std::floor(tiles));
      weight[i] = tiles - static_cast<float>(tile);
      lower[i] = static_cast<SizeValueType>(std::max(tile, 0));
      upper[i] = std::min<SizeValueType>(static_cast<SizeValueType>(tile + 1), m_Tiles[i] - 1);
    }
    const auto blend = [](float a, float b, float upperWeight) { return a * (1.0F - upperWeight) + b * upperWeight; };
    const auto levelOf = [&](SizeValueType x, SizeValueType y, SizeValueType z) {
      return static_cast<float>(m_Tables[this->TileAt({ x, y, z })][this->BinOf(value)]);
    };
    const auto levelOfPlane = [&](SizeValueType z) {
      return blend(blend(levelOf(lower[0], lower[1], z), levelOf(upper[0], lower[1], z), weight[0]),
                   blend(levelOf(lower[0], upper[1], z), levelOf(upper[0], upper[1], z), weight[0]),
                   weight[1]);
    };
    const float level =
      lower[2] == upper[2] ? levelOfPlane(lower[2]) : blend(levelOfPlane(lower[2]), levelOfPlane(upper[2]), weight[2]);
    if constexpr (IsReal)
    {
      return static_cast<PixelType>(
        std::min(m_Minimum + static_cast<double>(level) * ((m_Maximum - m_Minimum) / 65535.0), m_Maximum));
    }
    else
    {
      return static_cast<PixelType>(std::lrint(level) + std::numeric_limits<PixelType>::lowest());
    }
  }

  const TImage *                   m_Image;
  const MaskOf<TImage> *           m_Mask;
  double                           m_ClipLimit;
  SizeValueType                    m_NumberOfBins;
  Place                            m_Size{ { 1, 1, 1 } };
  Place                            m_Tiles{ { 1, 1, 1 } };
  Place                            m_TileSize{ { 1, 1, 1 } };
  double                           m_Minimum{ 0.0 };
  double                           m_Maximum{ 0.0 };
  std::vector<SizeValueType>       m_NumbersOfCounts;
  std::vector<std::vector<double>> m_Tables; // first the histograms
};


template <typename TImage>
void
ExpectPlain(const typename TImage::SizeType & size,
            const typename TImage::SizeType & numberOfTiles,
            double                            clipLimit,
            double                            outside = 0.0)
{
  SCOPED_TRACE(testing::Message() << size << ", " << numberOfTiles << " tiles, limit " << clipLimit << ", mask "
                                  << outside);
  const auto image = itk::MakeRandomImageWithGaps<TImage>(size, 0.0, 127.0);
  const auto filter = MakeFilter(image.GetPointer(), clipLimit, numberOfTiles);
  const auto mask = MakeMask(image.GetPointer(), outside);
  filter->SetMaskImage(outside > 0.0 ? mask.GetPointer() : nullptr);
  const PlainEqualization<TImage> plain(image.GetPointer(), filter->GetMaskImage(), *filter);
  EXPECT_TRUE(AreSame(UpdateToPixels(*filter), plain.Equalize()));
}


struct Reference
{
  unsigned int  m_NumberOfBits;
  SizeValueType m_Width;
  SizeValueType m_Height;
  SizeValueType m_TilesX;
  SizeValueType m_TilesY;
  double        m_ClipLimit;
  std::uint64_t m_Hash;
};

// Written by generate_contrast_limited_reference.py, from OpenCV.
const Reference references[] = {
#include "ContrastLimitedReference.inc"
};


/** The image that the script makes. */
template <typename TPixel>
std::vector<TPixel>
MakeReferencePixels(SizeValueType count)
{
  std::vector<TPixel> pixels(count);
  for (SizeValueType i = 0; i < count; ++i)
  {
    const auto scrambled = static_cast<std::uint32_t>(i * 2654435761U);
    const auto again = scrambled * std::uint32_t{ 40503 };
    pixels[i] = static_cast<TPixel>((scrambled >> 16) * (again >> 16) >> (32 - 8 * sizeof(TPixel)));
  }
  return pixels;
}


/** 64-bit FNV-1a of the bytes, little-endian. */
template <typename TPixel>
std::uint64_t
HashOf(const std::vector<TPixel> & pixels)
{
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const unsigned int pixel : pixels)
  {
    for (unsigned int i = 0; i < sizeof(TPixel); ++i)
    {
      hash = (hash ^ (pixel >> (8 * i) & 0xFF)) * 0x100000001B3;
    }
  }
  return hash;
}


template <typename TPixel>
std::uint64_t
HashOfReference(const Reference & reference)
{
  using ImageType = itk::Image<TPixel, 2>;
  const auto pixels = MakeReferencePixels<TPixel>(reference.m_Width * reference.m_Height);
  const auto image = MakeImage<ImageType>({ { reference.m_Width, reference.m_Height } }, pixels);
  const auto filter =
    MakeFilter<ImageType>(image, reference.m_ClipLimit, { { reference.m_TilesX, reference.m_TilesY } });
  return HashOf(UpdateToPixels(*filter));
}
} // namespace


TEST(ContrastLimitedOpenCV, Is_met_to_the_bit)
{
  for (const auto & reference : references)
  {
    const bool isByte = reference.m_NumberOfBits == 8;
    EXPECT_EQ(isByte ? HashOfReference<std::uint8_t>(reference) : HashOfReference<std::uint16_t>(reference),
              reference.m_Hash)
      << reference.m_NumberOfBits << " bits, " << reference.m_Width << " x " << reference.m_Height << ", "
      << reference.m_TilesX << " x " << reference.m_TilesY << " tiles, limit " << reference.m_ClipLimit;
  }
}


template <typename TPixel>
class ContrastLimitedEqualization : public testing::Test
{};

using PixelTypes = testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, float, double>;
TYPED_TEST_SUITE(ContrastLimitedEqualization, PixelTypes);


TYPED_TEST(ContrastLimitedEqualization, Of_images_is_the_plain_one)
{
  using ImageType = itk::Image<TypeParam, 2>;
  ExpectPlain<ImageType>({ { 60, 48 } }, { { 5, 4 } }, 2.0);
  ExpectPlain<ImageType>({ { 61, 48 } }, { { 5, 4 } }, 0.0);
  ExpectPlain<ImageType>({ { 70, 41 } }, { { 3, 7 } }, 1.3, 0.1);
  ExpectPlain<ImageType>({ { 1500, 7 } }, { { 2, 1 } }, 3.0, 0.3);
  ExpectPlain<ImageType>({ { 5, 3 } }, { { 8, 8 } }, 40.0);
  ExpectPlain<ImageType>({ { 40, 40 } }, { { 8, 8 } }, 4.0, 0.7);
}


TYPED_TEST(ContrastLimitedEqualization, Of_volumes_is_the_plain_one)
{
  using ImageType = itk::Image<TypeParam, 3>;
  ExpectPlain<ImageType>({ { 24, 20, 18 } }, { { 3, 2, 3 } }, 2.0);
  ExpectPlain<ImageType>({ { 25, 20, 19 } }, { { 3, 2, 3 } }, 1.5, 0.2);
  ExpectPlain<ImageType>({ { 16, 20, 7 } }, { { 4, 5, 1 } }, 0.0);
  ExpectPlain<ImageType>({ { 4, 3, 2 } }, { { 3, 3, 4 } }, 3.0, 0.5);
}


TYPED_TEST(ContrastLimitedEqualization, Of_images_holds_to_the_streaming_law)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 67, 90 } }, 0.0, 127.0);
  for (const auto & numberOfTiles : { itk::Size<2>{ { 4, 5 } }, itk::Size<2>{ { 1, 1 } } })
  {
    SCOPED_TRACE(numberOfTiles);
    itk::StreamingLaw::ExpectHolds(image.GetPointer(), [&](ImageType * input) {
      const auto filter = MakeFilter(input, 2.0, numberOfTiles);
      filter->SetNumberOfStreamDivisions(3);
      return filter;
    });
  }
}


TYPED_TEST(ContrastLimitedEqualization, Of_masked_volumes_holds_to_the_streaming_law)
{
  using ImageType = itk::Image<TypeParam, 3>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 37, 20, 30 } }, 0.0, 127.0);
  const auto mask = MakeMask(image.GetPointer(), 0.4);
  itk::StreamingLaw::ExpectHolds(image.GetPointer(), [&](ImageType * input) {
    const auto filter = MakeFilter(input, 2.0, { { 4, 2, 3 } });
    filter->SetMaskImage(mask);
    filter->SetNumberOfStreamDivisions(4);
    return filter;
  });
}


TYPED_TEST(ContrastLimitedEqualization, Of_one_slice_is_that_of_an_image)
{
  const auto slice = itk::MakeRandomImageWithGaps<itk::Image<TypeParam, 2>>({ { 61, 48 } }, 0.0, 127.0);
  const auto volume = MakeImage<itk::Image<TypeParam, 3>>({ { 61, 48, 1 } }, GetPixels(slice.GetPointer()));
  const auto filter = MakeFilter(slice.GetPointer(), 2.0, { { 4, 5 } });
  const auto volumeFilter = MakeFilter(volume.GetPointer(), 2.0, { { 4, 5, 1 } });
  EXPECT_TRUE(AreSame(UpdateToPixels(*volumeFilter), UpdateToPixels(*filter)));
}


TYPED_TEST(ContrastLimitedEqualization, Of_each_frame_is_that_of_an_image)
{
  const auto series = itk::MakeRandomImageWithGaps<itk::Image<TypeParam, 3>>({ { 23, 20, 9 } }, 0.0, 127.0);
  const auto mask = MakeMask(series.GetPointer(), 0.3);
  const auto numberOfTiles = itk::Size<3>{ { 4, 5, 3 } };
  for (int axis = 0; axis < 3; ++axis)
  {
    const auto ofSeries = MakeFilter(series.GetPointer(), 2.0, numberOfTiles);
    ofSeries->SetMaskImage(mask);
    ofSeries->SetFrameAxis(axis);
    const auto sizeOfImage = itk::PutAxisLast(series->GetLargestPossibleRegion().GetSize(), axis);
    const auto tilesOfImage = itk::PutAxisLast(numberOfTiles, axis);
    // More frames than work units, and fewer.
    for (const unsigned int numberOfWorkUnits : { 3, 50 })
    {
      ofSeries->SetNumberOfWorkUnits(numberOfWorkUnits);
      ofSeries->Update();
      for (SizeValueType number = 0; number < sizeOfImage[2]; ++number)
      {
        const auto region = itk::GetPartOfFrame(series->GetLargestPossibleRegion(), axis, number);
        const auto getFrame = [&](auto * image) {
          using PixelType = typename std::remove_pointer_t<decltype(image)>::PixelType;
          return MakeImage<itk::Image<PixelType, 2>>({ { sizeOfImage[0], sizeOfImage[1] } },
                                                     GetPixels(itk::CopyRegion(*image, region).GetPointer()));
        };
        const auto frame = getFrame(series.GetPointer());
        const auto ofFrame = MakeFilter(frame.GetPointer(), 2.0, { { tilesOfImage[0], tilesOfImage[1] } });
        ofFrame->SetMaskImage(getFrame(mask.GetPointer()));
        const auto equalized = getFrame(ofSeries->GetOutput());
        ASSERT_TRUE(AreSame(GetPixels(equalized.GetPointer()), UpdateToPixels(*ofFrame))) << axis << ", " << number;
      }
    }
  }
}


TYPED_TEST(ContrastLimitedEqualization, Of_each_frame_holds_to_the_streaming_law)
{
  using ImageType = itk::Image<TypeParam, 3>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 21, 20, 12 } }, 0.0, 127.0);
  const auto mask = MakeMask(image.GetPointer(), 0.3);
  const auto makeFilter = [&](ImageType * input, int axis) {
    const auto filter = MakeFilter(input, 2.0, { { 4, 2, 3 } });
    filter->SetMaskImage(mask);
    filter->SetFrameAxis(axis);
    return filter;
  };
  itk::StreamingLaw::ExpectHolds(image.GetPointer(), [&](ImageType * input) { return makeFilter(input, 2); });

  // Frames along other axes reach into each piece that the law cuts.
  for (int axis = 0; axis < 2; ++axis)
  {
    const auto whole = makeFilter(image, axis);
    whole->Update();
    const auto tiled = makeFilter(image, axis);
    EXPECT_TRUE(itk::StreamingLaw::UpdateInRandomTiles(tiled->GetOutput(), 12, 2) ==
                itk::StreamingLaw::GetBytes(whole->GetOutput()));
  }
}


TYPED_TEST(ContrastLimitedEqualization, Leaves_what_is_masked_and_does_not_look_at_it)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 50, 60 } }, 0.0, 100.0);
  const auto mask = MakeMask(image.GetPointer(), 0.3);
  const auto filter = MakeFilter(image.GetPointer(), 2.0, { { 4, 4 } });
  filter->SetMaskImage(mask);
  const auto before = UpdateToPixels(*filter);
  for (SizeValueType i = 0; i < before.size(); ++i)
  {
    if (mask->GetBufferPointer()[i] == 0)
    {
      image->GetBufferPointer()[i] = static_cast<TypeParam>(120);
    }
  }
  image->Modified();
  const auto after = UpdateToPixels(*filter);
  for (SizeValueType i = 0; i < before.size(); ++i)
  {
    const bool isMasked = mask->GetBufferPointer()[i] == 0;
    ASSERT_EQ(std::memcmp(&after[i], isMasked ? &image->GetBufferPointer()[i] : &before[i], sizeof(TypeParam)), 0) << i;
  }

  // A mask that leaves out nothing is none; one that leaves out all leaves the image.
  mask->FillBuffer(9);
  mask->Modified();
  const auto unmasked = MakeFilter(image.GetPointer(), 2.0, { { 4, 4 } });
  EXPECT_TRUE(AreSame(UpdateToPixels(*filter), UpdateToPixels(*unmasked)));
  mask->FillBuffer(0);
  mask->Modified();
  EXPECT_TRUE(AreSame(UpdateToPixels(*filter), GetPixels(image.GetPointer())));
}


TYPED_TEST(ContrastLimitedEqualization, With_one_tile_keeps_the_order_of_values)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 90, 70 } }, 0.0, 127.0);
  for (const double clipLimit : { 0.0, 1.0, 3.0 })
  {
    const auto filter = MakeFilter(image.GetPointer(), clipLimit, { { 1, 1 } });
    const auto equalized = UpdateToPixels(*filter);
    const auto pixels = GetPixels(image.GetPointer());

    std::vector<SizeValueType> order(pixels.size());
    std::iota(order.begin(), order.end(), SizeValueType{ 0 });
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return pixels[a] < pixels[b]; });
    for (SizeValueType i = 1; i < order.size(); ++i)
    {
      // Interpolation between one table and itself may round single precision differently at each place.
      const auto tolerance = std::is_integral<TypeParam>::value ? 0.0 : 127.0 * 3e-7;
      ASSERT_GE(static_cast<double>(equalized[order[i]]) + tolerance, static_cast<double>(equalized[order[i - 1]]));
    }
  }
}


TEST(ContrastLimitedOneTile, Without_a_limit_is_plain_equalization)
{
  using ImageType = itk::Image<unsigned char, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 50, 40 } }, 30.0, 60.0);
  const auto pixels = GetPixels(image.GetPointer());
  const auto filter = MakeFilter(image.GetPointer(), 0.0, { { 1, 1 } });
  const auto equalized = UpdateToPixels(*filter);
  for (SizeValueType i = 0; i < pixels.size(); ++i)
  {
    const auto notAbove = std::count_if(pixels.begin(), pixels.end(), [&](auto pixel) { return pixel <= pixels[i]; });
    ASSERT_EQ(equalized[i], std::lrint(255.0F * static_cast<float>(notAbove) / 2000.0F));
  }
}


TEST(ContrastLimitedTypes, With_a_sign_are_as_those_without_from_the_least_value)
{
  const auto image = itk::MakeRandomImage<itk::Image<std::uint16_t, 2>>({ { 50, 40 } }, 20000.0, 50000.0);
  const auto pixels = GetPixels(image.GetPointer());
  const auto shift = [](const auto & values, auto shifted, int by) {
    std::transform(values.begin(), values.end(), shifted.begin(), [by](int value) { return value + by; });
    return shifted;
  };
  const auto signedImage = MakeImage<itk::Image<std::int16_t, 2>>(
    { { 50, 40 } }, shift(pixels, std::vector<std::int16_t>(pixels.size()), -32768));
  const auto filter = MakeFilter(image.GetPointer(), 2.0, { { 3, 4 } });
  const auto signedFilter = MakeFilter(signedImage.GetPointer(), 2.0, { { 3, 4 } });
  EXPECT_EQ(shift(UpdateToPixels(*signedFilter), std::vector<std::uint16_t>(pixels.size()), 32768),
            UpdateToPixels(*filter));
}


TEST(ContrastLimitedTypes, Of_real_values_are_as_integers_with_as_many_bins)
{
  const auto image = itk::MakeRandomImage<itk::Image<std::uint16_t, 2>>({ { 50, 40 } }, 0.0, 65536.0);
  image->GetBufferPointer()[0] = 0;
  image->GetBufferPointer()[1] = 65535;
  const auto pixels = GetPixels(image.GetPointer());
  const auto realImage = MakeImage<itk::Image<float, 2>>({ { 50, 40 } }, { pixels.begin(), pixels.end() });
  const auto filter = MakeFilter(image.GetPointer(), 2.0, { { 3, 4 } });
  const auto realFilter = MakeFilter(realImage.GetPointer(), 2.0, { { 3, 4 } });
  realFilter->SetNumberOfBins(65536);

  const auto                 equalized = UpdateToPixels(*realFilter);
  std::vector<std::uint16_t> rounded(equalized.size());
  std::transform(equalized.begin(), equalized.end(), rounded.begin(), [](float level) { return std::lrint(level); });
  EXPECT_EQ(rounded, UpdateToPixels(*filter));
}


TEST(ContrastLimitedBadInput, That_is_constant_is_as_in_OpenCV_or_stays)
{
  const auto integers = itk::Image<unsigned char, 2>::New();
  integers->SetRegions(itk::Size<2>{ { 40, 40 } });
  integers->Allocate();
  integers->FillBuffer(77);
  // 25 pixels in each of 8 x 8 tiles; at most 1 stays, and 24 extras go to every tenth bin: 8 of them, up to 77, and 1.
  const auto filter = MakeFilter(integers.GetPointer(), 2.0, { { 8, 8 } });
  EXPECT_EQ(UpdateToPixels(*filter),
            std::vector<unsigned char>(1600, static_cast<unsigned char>(std::lrint(9 * 255 / 25.0))));

  const auto reals = itk::Image<float, 2>::New();
  reals->SetRegions(itk::Size<2>{ { 40, 40 } });
  reals->Allocate();
  for (const float value : { -3.25F, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity() })
  {
    reals->FillBuffer(value);
    reals->Modified();
    const auto realFilter = MakeFilter(reals.GetPointer(), 2.0, { { 8, 8 } });
    EXPECT_TRUE(AreSame(UpdateToPixels(*realFilter), std::vector<float>(1600, value)));
  }
}


TEST(ContrastLimitedBadInput, Of_two_values_is_spread)
{
  std::vector<float> pixels(1600, 2.0F);
  for (SizeValueType i = 0; i < pixels.size(); i += 4)
  {
    pixels[i] = 5.0F;
  }
  const auto image = MakeImage<itk::Image<float, 2>>({ { 40, 40 } }, pixels);
  const auto filter = MakeFilter(image.GetPointer(), 0.0, { { 5, 5 } });
  const auto equalized = UpdateToPixels(*filter);
  for (SizeValueType i = 0; i < pixels.size(); ++i)
  {
    // Three quarters are not above the lower value; the rounding of a level.
    ASSERT_NEAR(equalized[i], i % 4 == 0 ? 5.0 : 2.0 + 3.0 * 0.75, 3.0 / 65535.0);
  }
}


TEST(ContrastLimitedBadInput, Of_one_pixel_is_equalized)
{
  const auto one = MakeImage<itk::Image<float, 2>>({ { 1, 1 } }, { 7.5F });
  const auto filter = MakeFilter(one.GetPointer(), 40.0, { { 8, 8 } });
  EXPECT_EQ(UpdateToPixels(*filter), std::vector<float>{ 7.5F });

  const auto voxel = MakeImage<itk::Image<unsigned char, 3>>({ { 1, 1, 1 } }, { 9 });
  const auto volumeFilter = MakeFilter(voxel.GetPointer(), 0.0, { { 8, 8, 8 } });
  EXPECT_EQ(UpdateToPixels(*volumeFilter), std::vector<unsigned char>{ 255 });
}


TEST(ContrastLimitedErrors, Come_before_any_pixel_is_touched)
{
  using ImageType = itk::Image<float, 2>;
  const auto                                          image = itk::MakeRandomImage<ImageType>({ { 40, 40 } }, 0.0, 1.0);
  const itk::StreamingLaw::MonitoredSource<ImageType> monitor(image.GetPointer());
  const auto filter = MakeFilter<ImageType>(monitor->GetOutput(), 2.0, { { 4, 4 } });

  for (const double clipLimit : { -1.0, std::numeric_limits<double>::quiet_NaN() })
  {
    filter->SetClipLimit(clipLimit);
    EXPECT_THROW(filter->Update(), itk::ExceptionObject);
  }
  filter->SetClipLimit(std::numeric_limits<double>::infinity());

  filter->SetNumberOfTiles({ { 0, 4 } });
  EXPECT_THROW(filter->Update(), itk::ExceptionObject);
  filter->SetNumberOfTiles({ { 4, 4 } });

  for (const int axis : { -2, 2 })
  {
    filter->SetFrameAxis(axis);
    EXPECT_THROW(filter->Update(), itk::ExceptionObject);
  }
  // What is wrong with frames is told as well.
  filter->SetFrameAxis(1);
  filter->SetNumberOfTiles({ { 0, 4 } });
  EXPECT_THROW(filter->Update(), itk::ExceptionObject);
  filter->SetNumberOfTiles({ { 4, 0 } });
  EXPECT_NO_THROW(filter->UpdateOutputInformation());
  filter->SetFrameAxis(FilterOf<ImageType>::WholeImage);
  filter->SetNumberOfTiles({ { 4, 4 } });

  filter->SetNumberOfBins(0);
  EXPECT_THROW(filter->Update(), itk::ExceptionObject);
  filter->SetNumberOfBins(64);

  const auto other = itk::MakeRandomImage<ImageType>({ { 40, 41 } }, 0.0, 1.0);
  filter->SetMaskImage(MakeMask(other.GetPointer(), 0.1));
  EXPECT_THROW(filter->Update(), itk::ExceptionObject);
  filter->SetMaskImage(nullptr);

  filter->SetMemoryLimit(8191);
  EXPECT_THROW(filter->Update(), itk::ExceptionObject);
  EXPECT_EQ(monitor->GetNumberOfUpdates(), 0u);

  filter->SetMemoryLimit(filter->PredictMemory(image->GetLargestPossibleRegion()));
  EXPECT_NO_THROW(filter->Update());
}


TEST(ContrastLimitedMemory, Is_that_of_tiles_and_pixels)
{
  const auto image = itk::MakeRandomImage<itk::Image<std::uint16_t, 2>>({ { 40, 40 } }, 0.0, 1.0);
  const auto filter = MakeFilter(image.GetPointer(), 2.0, { { 8, 8 } });
  const auto region = image->GetLargestPossibleRegion();
  const auto mask = MakeMask(image.GetPointer(), 0.1);
  filter->SetNumberOfWorkUnits(3);
  const SizeValueType bytesOfTiles = SizeValueType{ 64 * 8 + 3 * 4 } * 65536;
  EXPECT_EQ(filter->PredictMemory({}), bytesOfTiles + 1600 * 2);
  EXPECT_EQ(filter->PredictMemory(region), bytesOfTiles + 1600 * 4);
  filter->SetNumberOfStreamDivisions(4);
  EXPECT_EQ(filter->PredictMemory({}), bytesOfTiles + 400 * 2);
  filter->SetMaskImage(mask);
  EXPECT_EQ(filter->PredictMemory({}), bytesOfTiles + 400 * 3);
  EXPECT_EQ(filter->PredictMemory(region), bytesOfTiles + 1600 * 5);
  const auto withoutInput = FilterOf<itk::Image<std::uint8_t, 2>>::New();
  withoutInput->SetNumberOfWorkUnits(3);
  EXPECT_EQ(withoutInput->PredictMemory({}), SizeValueType{ (64 * 8 + 3 * 4) * 256 });

  // The tiles have room, the region has not.
  filter->SetMemoryLimit(bytesOfTiles + 1600 * 5 - 1);
  EXPECT_THROW(filter->Update(), itk::ExceptionObject);
  filter->UpdateOutputInformation();
  auto half = region;
  half.SetSize(1, 20);
  filter->GetOutput()->SetRequestedRegion(half);
  EXPECT_NO_THROW(filter->Update());

  // A piece that is counted has no room, until there are more of them.
  filter->SetNumberOfStreamDivisions(1);
  filter->SetMemoryLimit(bytesOfTiles + 1600 * 3 - 1);
  EXPECT_THROW(filter->UpdateOutputInformation(), itk::ExceptionObject);
  filter->SetNumberOfStreamDivisions(2);
  EXPECT_NO_THROW(filter->UpdateOutputInformation());
}


TEST(ContrastLimitedMemory, Of_frames_is_that_of_those_worked_on_at_once_and_of_all_pixels)
{
  const auto image = itk::MakeRandomImage<itk::Image<std::uint8_t, 3>>({ { 40, 40, 10 } }, 0.0, 1.0);
  const auto filter = MakeFilter(image.GetPointer(), 2.0, { { 8, 8, 8 } });
  filter->SetFrameAxis(2);
  filter->SetNumberOfWorkUnits(3);
  auto                region = image->GetLargestPossibleRegion();
  const SizeValueType bytesOfTiles = SizeValueType{ 64 * 8 + 3 * 4 } * 256;
  EXPECT_EQ(filter->PredictMemory({}), bytesOfTiles);
  EXPECT_EQ(filter->PredictMemory(region), 3 * (bytesOfTiles + 1600 * 2) + 16000 * 2);
  region.SetSize(2, 2);
  EXPECT_EQ(filter->PredictMemory(region), 2 * (bytesOfTiles + 1600 * 2) + 3200 * 2);

  filter->SetMemoryLimit(filter->PredictMemory(region));
  EXPECT_THROW(filter->Update(), itk::ExceptionObject);
  filter->UpdateOutputInformation();
  filter->GetOutput()->SetRequestedRegion(region);
  EXPECT_NO_THROW(filter->Update());
}


/** How often the input was made: a piece of it for each region, and before, all of it in 4 pieces to be counted. */
TEST(ContrastLimitedReading, Counts_again_only_if_the_image_has_changed)
{
  using ImageType = itk::Image<std::uint16_t, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 40, 40 } }, 0.0, 65535.0);
  const itk::StreamingLaw::MonitoredSource<ImageType> monitor(image.GetPointer());
  monitor->ClearPipelineOnGenerateOutputInformationOff();
  const auto filter = MakeFilter<ImageType>(monitor->GetOutput(), 2.0, { { 4, 4 } });
  filter->SetNumberOfStreamDivisions(4);
  unsigned int expected = 0;

  const auto tiles = itk::StreamingLaw::UpdateInRandomTiles(filter->GetOutput(), 12, 1);
  expected += 4 + 12;
  EXPECT_EQ(monitor->GetNumberOfUpdates(), expected);

  // A limit changes the tables, not the counts.
  filter->SetClipLimit(0.0);
  filter->UpdateLargestPossibleRegion();
  expected += 1;
  EXPECT_EQ(monitor->GetNumberOfUpdates(), expected);
  EXPECT_FALSE(itk::StreamingLaw::GetBytes(filter->GetOutput()) == tiles);
  filter->SetClipLimit(2.0);
  filter->UpdateLargestPossibleRegion();
  EXPECT_TRUE(itk::StreamingLaw::GetBytes(filter->GetOutput()) == tiles);

  const auto expectAsFresh = [&](const char * why) {
    SCOPED_TRACE(why);
    const auto fresh = MakeFilter(image.GetPointer(), 2.0, filter->GetNumberOfTiles());
    filter->UpdateLargestPossibleRegion();
    EXPECT_EQ(GetPixels(filter->GetOutput()), UpdateToPixels(*fresh));
  };
  std::reverse(image->GetBufferPointer(), image->GetBufferPointer() + 800);
  image->Modified();
  expectAsFresh("new pixels");
  filter->SetNumberOfTiles({ { 3, 2 } });
  expectAsFresh("another grid");
  const auto mask = MakeMask(image.GetPointer(), 0.5);
  filter->SetMaskImage(mask);
  mask->FillBuffer(0);
  filter->UpdateLargestPossibleRegion();
  mask->FillBuffer(1);
  mask->Modified();
  expectAsFresh("another mask");
}


/** Who writes into the output of a filter says so by Modified(). */
TEST(ContrastLimitedReading, Counts_again_what_was_written_into)
{
  using ImageType = itk::Image<std::uint16_t, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 40, 40 } }, 0.0, 65535.0);
  const auto source = itk::CastImageFilter<ImageType, ImageType>::New();
  source->SetInput(image);
  source->InPlaceOff();
  const auto filter = MakeFilter<ImageType>(source->GetOutput(), 2.0, { { 4, 4 } });
  filter->Update();

  std::reverse(source->GetOutput()->GetBufferPointer(), source->GetOutput()->GetBufferPointer() + 800);
  source->GetOutput()->Modified();
  const auto written = MakeImage<ImageType>({ { 40, 40 } }, GetPixels(source->GetOutput()));
  const auto fresh = MakeFilter(written.GetPointer(), 2.0, { { 4, 4 } });
  EXPECT_EQ(UpdateToPixels(*filter), UpdateToPixels(*fresh));
}


/** The filter and the sink inside it share one reader that reads piece by piece. */
TEST(ContrastLimitedReading, Of_a_file_finds_the_right_pieces)
{
  using ImageType = itk::Image<float, 2>;
  const itk::TestFolder folder;
  const auto            image = itk::MakeRandomImageWithGaps<ImageType>({ { 64, 200 } }, 100.0, 60000.0);
  itk::WriteImage(image.GetPointer(), folder.GetPath("input.mha"));
  const auto expected = UpdateToPixels(*MakeFilter(image.GetPointer(), 2.0, { { 4, 4 } }));

  for (const unsigned int numberOfDivisions : { 1, 3, 7 })
  {
    const auto reader = itk::ImageFileReader<ImageType>::New();
    reader->SetFileName(folder.GetPath("input.mha"));
    const auto filter = MakeFilter<ImageType>(reader->GetOutput(), 2.0, { { 4, 4 } });
    filter->SetNumberOfStreamDivisions(5);
    const auto writer = itk::ImageFileWriter<ImageType>::New();
    writer->SetInput(filter->GetOutput());
    writer->SetFileName(folder.GetPath("output.mha"));
    writer->SetNumberOfStreamDivisions(numberOfDivisions);
    writer->Update();
    const auto output = itk::ReadImage<ImageType>(folder.GetPath("output.mha"));
    EXPECT_TRUE(AreSame(GetPixels(output.GetPointer()), expected)) << numberOfDivisions;
  }
}


template <typename TPixel>
class ContrastLimitedAbort : public testing::Test
{};

using AbortPixelTypes = testing::Types<std::uint8_t, std::uint16_t, float>;
TYPED_TEST_SUITE(ContrastLimitedAbort, AbortPixelTypes);

TYPED_TEST(ContrastLimitedAbort, Holds_to_the_law)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 1501, 1003 } }, 0.0, 127.0);
  const auto makeFilter = [&] { return MakeFilter(image.GetPointer(), 2.0, { { 4, 5 } }); };
  const auto getBytes = [](const auto & filter) { return itk::StreamingLaw::GetBytes(filter->GetOutput()); };
  itk::AbortLaw::ExpectHolds(makeFilter, getBytes);

  // Counting is the first half of the progress, and done once.
  const auto filter = makeFilter();
  filter->SetNumberOfWorkUnits(1);
  itk::AbortLaw::ExpectEndsSoon(filter, 0.25F);
  itk::AbortLaw::ExpectEndsSoon(filter, 0.75F);
  itk::AbortLaw::ExpectEndsSoon(filter, 0.25F);
  filter->Update();
  const auto undisturbed = makeFilter();
  undisturbed->Update();
  EXPECT_TRUE(getBytes(filter) == getBytes(undisturbed));
}


TYPED_TEST(ContrastLimitedAbort, Of_frames_holds_to_the_law)
{
  using ImageType = itk::Image<TypeParam, 3>;
  const auto getBytes = [](const auto & filter) { return itk::StreamingLaw::GetBytes(filter->GetOutput()); };
  for (const SizeValueType numberOfFrames : { 2, 40 })
  {
    SCOPED_TRACE(numberOfFrames);
    const auto image =
      itk::MakeRandomImageWithGaps<ImageType>({ { 1000, 1600 / numberOfFrames, numberOfFrames } }, 0.0, 127.0);
    itk::AbortLaw::ExpectHolds(
      [&] {
        const auto filter = MakeFilter(image.GetPointer(), 2.0, { { 4, 5, 3 } });
        filter->SetFrameAxis(2);
        return filter;
      },
      getBytes);
  }
}


TYPED_TEST(ContrastLimitedAbort, Comes_with_progress_that_only_rises)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto         image = itk::MakeRandomImageWithGaps<ImageType>({ { 701, 903 } }, 0.0, 127.0);
  const auto         filter = MakeFilter(image.GetPointer(), 2.0, { { 4, 5 } });
  std::vector<float> progress;
  filter->AddObserver(itk::ProgressEvent(),
                      [&](const itk::EventObject &) { progress.push_back(filter->GetProgress()); });
  filter->SetNumberOfStreamDivisions(3);
  filter->SetNumberOfWorkUnits(1);
  filter->Update();
  EXPECT_TRUE(std::is_sorted(progress.begin(), progress.end()));
  EXPECT_EQ(progress.back(), 1.0F);
  EXPECT_TRUE(std::count_if(progress.begin(), progress.end(), [](float p) { return p > 0.1F && p < 0.4F; }) > 0);
  EXPECT_TRUE(std::count_if(progress.begin(), progress.end(), [](float p) { return p > 0.6F && p < 0.9F; }) > 0);
}
