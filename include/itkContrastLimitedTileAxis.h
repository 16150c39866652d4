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
#ifndef itkContrastLimitedTileAxis_h
#define itkContrastLimitedTileAxis_h

#include "itkIntTypes.h"
#include "IntensityMappingExport.h"

#include <vector>

namespace itk
{
/** \class ContrastLimitedTileAxis
 * \brief One axis of the grid of tiles in which ContrastLimitedAdaptiveHistogramEqualizationImageFilter counts.
 *
 * The tiles along an axis are of one size and begin where the whole image begins, from which positions are counted.
 * Where they reach beyond the image, it goes on as in a mirror that stands on its last pixel (OpenCV's
 * BORDER_REFLECT_101), again and again if need be.
 *
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT ContrastLimitedTileAxis
{
public:
  /** The positions from Begin to before End. */
  struct Span
  {
    SizeValueType Begin;
    SizeValueType End;
  };

  /** The tiles whose tables hold at a position, and the weight of the upper one. */
  struct Neighbors
  {
    SizeValueType Lower;
    SizeValueType Upper;
    float         UpperWeight;
  };

  ContrastLimitedTileAxis(SizeValueType size, SizeValueType numberOfTiles, SizeValueType tileSize);

  /** The axes of a grid. The first two are cut as OpenCV cuts them: if the size of both is a multiple of their number
   * of tiles, into equal tiles without a rest; otherwise the tiles of both have size / numberOfTiles + 1 pixels,
   * rounded down. The tiles along any further axis are as small as they can be to cover it. */
  static std::vector<ContrastLimitedTileAxis>
  MakeGrid(const std::vector<SizeValueType> & sizes, const std::vector<SizeValueType> & numbersOfTiles);

  /** How many pixels the image has along this axis. */
  SizeValueType
  GetSize() const
  {
    return m_Size;
  }

  SizeValueType
  GetNumberOfTiles() const
  {
    return m_NumberOfTiles;
  }

  SizeValueType
  GetTileSize() const
  {
    return m_TileSize;
  }

  /** Where in the image the pixels of a tile come from; a position comes once for each time that it is in the tile. */
  std::vector<Span>
  GetSources(SizeValueType tile) const;

  /** Between which tiles a position is. Before the centre of the first tile and after that of the last, both are the
   * same. */
  Neighbors
  Locate(SizeValueType position) const;

  /** The first position from `position` to `end` that is between other tiles, or `end`. */
  SizeValueType
  FindNextTiles(SizeValueType position, SizeValueType end) const;

private:
  SizeValueType m_Size;
  SizeValueType m_NumberOfTiles;
  SizeValueType m_TileSize;
  float         m_TilesPerPixel;
};
} // namespace itk

#endif
