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
#ifndef itkRandomImage_h
#define itkRandomImage_h

#include "itkImage.h"

#include <limits>
#include <random>
#include <type_traits>

namespace itk
{
/** An image of random values from `minimum` to `maximum`, on a grid that does not begin at 0. */
template <typename TImage>
typename TImage::Pointer
MakeRandomImage(const typename TImage::SizeType & size, double minimum, double maximum, unsigned int seed = 1)
{
  typename TImage::RegionType region;
  region.SetSize(size);
  region.GetModifiableIndex().Fill(-3);

  auto image = TImage::New();
  image->SetRegions(region);
  image->Allocate();
  std::mt19937                           generator(seed);
  std::uniform_real_distribution<double> distribution(minimum, maximum);
  for (SizeValueType i = 0; i < region.GetNumberOfPixels(); ++i)
  {
    image->GetBufferPointer()[i] = static_cast<typename TImage::PixelType>(distribution(generator));
  }
  return image;
}

/** An image of colours whose components are random values of their type. */
template <typename TImage>
typename TImage::Pointer
MakeRandomColorImage(const typename TImage::SizeType & size, unsigned int seed = 1)
{
  using ColorType = typename TImage::PixelType;
  auto image = TImage::New();
  image->SetRegions(size);
  image->Allocate();
  std::mt19937 generator(seed);
  for (SizeValueType i = 0; i < image->GetBufferedRegion().GetNumberOfPixels(); ++i)
  {
    for (unsigned int component = 0; component < ColorType::Dimension; ++component)
    {
      image->GetBufferPointer()[i][component] = static_cast<typename ColorType::ValueType>(generator());
    }
  }
  return image;
}

/** The first, with NaN and infinities strewn in if the pixels can hold them. */
template <typename TImage>
typename TImage::Pointer
MakeRandomImageWithGaps(const typename TImage::SizeType & size, double minimum, double maximum, unsigned int seed = 1)
{
  using PixelType = typename TImage::PixelType;
  auto image = MakeRandomImage<TImage>(size, minimum, maximum, seed);
  if (std::is_floating_point<PixelType>::value)
  {
    const PixelType gaps[] = { std::numeric_limits<PixelType>::quiet_NaN(),
                               std::numeric_limits<PixelType>::infinity(),
                               -std::numeric_limits<PixelType>::infinity() };
    std::mt19937    generator(seed);
    const auto      numberOfPixels = image->GetBufferedRegion().GetNumberOfPixels();
    for (SizeValueType i = 0; i < numberOfPixels; i += 1 + generator() % 20)
    {
      image->GetBufferPointer()[i] = gaps[generator() % 3];
    }
  }
  return image;
}
} // namespace itk

#endif
