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
#ifndef itkColorCounts_h
#define itkColorCounts_h

#include "itkIntTypes.h"
#include "itkRGBPixel.h"
#include "IntensityMappingExport.h"

#include <array>
#include <memory>
#include <vector>

namespace itk
{
/** Different colours, and how many pixels have each. */
struct CountedColors
{
  std::vector<RGBPixel<unsigned char>> Colors;
  std::vector<SizeValueType>           Counts;
  SizeValueType                        NumberOfPixels{ 0 };
};


/** \class ColorCounts
 * \brief Counts how many pixels have each of the 256^3 colours of red, green and blue bytes.
 *
 * The cube of all colours is cut into 4096 blocks of 16 x 16 x 16 colours. A block takes 32 KiB, once one of its
 * colours occurs; there is 32 KiB for the list of blocks. A picture of one colormap touches some tens of blocks, and a
 * photograph some hundreds; all of them together take 128 MiB.
 *
 * Pixels without opacity have no colour, and are counted by themselves. Counts are exact, and their sum is the same in
 * any order.
 *
 * \sa ColormapIdentificationImageSink
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT ColorCounts
{
public:
  /** Counts pixels of 3 or 4 bytes each: red, green, blue and, of four, opacity. */
  void
  Count(const unsigned char * pixels, unsigned int numberOfComponents, SizeValueType numberOfPixels);

  /** Adds what others have counted. */
  void
  Merge(const ColorCounts & other);

  /** Those colours that occur, in an order that depends on nothing but them. */
  CountedColors
  GetCountedColors() const;

  /** How many pixels had no opacity. */
  SizeValueType
  GetNumberOfTransparentPixels() const
  {
    return m_NumberOfTransparentPixels;
  }

private:
  static constexpr std::size_t NumberOfBlocks = 4096;
  using BlockType = std::array<SizeValueType, 4096>;

  BlockType &
  GetBlock(std::size_t number);

  template <unsigned int VNumberOfComponents>
  void
  CountPixels(const unsigned char * pixels, SizeValueType numberOfPixels);

  std::vector<std::unique_ptr<BlockType>> m_Blocks{ NumberOfBlocks };
  SizeValueType                           m_NumberOfTransparentPixels{ 0 };
};
} // namespace itk

#endif
