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
#include "itkColorCounts.h"

#include <algorithm>
#include <functional>

namespace itk
{
namespace
{
/** Of four bits of red, green and blue each. */
std::size_t
Join(unsigned int red, unsigned int green, unsigned int blue)
{
  return red << 8 | green << 4 | blue;
}

/** The component, of 0 (red) to 2 (blue), of the colour of an entry of a block. */
unsigned char
GetComponent(std::size_t block, std::size_t entry, unsigned int component)
{
  const auto shift = 8 - 4 * component;
  return static_cast<unsigned char>((block >> shift & 15) << 4 | (entry >> shift & 15));
}
} // namespace


ColorCounts::BlockType &
ColorCounts::GetBlock(std::size_t number)
{
  auto & block = m_Blocks[number];
  if (!block)
  {
    block = std::make_unique<BlockType>();
  }
  return *block;
}


template <unsigned int VNumberOfComponents>
void
ColorCounts::CountPixels(const unsigned char * pixels, SizeValueType numberOfPixels)
{
  const auto * end = pixels + VNumberOfComponents * numberOfPixels;
  for (const auto * p = pixels; p != end; p += VNumberOfComponents)
  {
    if (VNumberOfComponents == 4 && p[VNumberOfComponents - 1] == 0)
    {
      ++m_NumberOfTransparentPixels;
    }
    else
    {
      ++this->GetBlock(Join(p[0] >> 4, p[1] >> 4, p[2] >> 4))[Join(p[0] & 15, p[1] & 15, p[2] & 15)];
    }
  }
}


void
ColorCounts::Count(const unsigned char * pixels, unsigned int numberOfComponents, SizeValueType numberOfPixels)
{
  if (numberOfComponents == 4)
  {
    this->CountPixels<4>(pixels, numberOfPixels);
  }
  else
  {
    this->CountPixels<3>(pixels, numberOfPixels);
  }
}


void
ColorCounts::Merge(const ColorCounts & other)
{
  m_NumberOfTransparentPixels += other.m_NumberOfTransparentPixels;
  for (std::size_t i = 0; i < NumberOfBlocks; ++i)
  {
    if (other.m_Blocks[i])
    {
      auto & block = this->GetBlock(i);
      std::transform(block.begin(), block.end(), other.m_Blocks[i]->begin(), block.begin(), std::plus<>());
    }
  }
}


CountedColors
ColorCounts::GetCountedColors() const
{
  CountedColors counted;
  for (std::size_t i = 0; i < NumberOfBlocks; ++i)
  {
    for (std::size_t k = 0; m_Blocks[i] && k < m_Blocks[i]->size(); ++k)
    {
      if (const auto count = (*m_Blocks[i])[k])
      {
        RGBPixel<unsigned char> color;
        color.Set(GetComponent(i, k, 0), GetComponent(i, k, 1), GetComponent(i, k, 2));
        counted.Colors.push_back(color);
        counted.Counts.push_back(count);
        counted.NumberOfPixels += count;
      }
    }
  }
  return counted;
}
} // namespace itk
