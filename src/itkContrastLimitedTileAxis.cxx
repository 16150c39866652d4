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
#include "itkContrastLimitedTileAxis.h"

#include <algorithm>
#include <cmath>

namespace itk
{
ContrastLimitedTileAxis::ContrastLimitedTileAxis(SizeValueType size,
                                                 SizeValueType numberOfTiles,
                                                 SizeValueType tileSize)
  : m_Size(size)
  , m_NumberOfTiles(numberOfTiles)
  , m_TileSize(tileSize)
  , m_TilesPerPixel(1.0F / static_cast<float>(tileSize))
{}


std::vector<ContrastLimitedTileAxis>
ContrastLimitedTileAxis::MakeGrid(const std::vector<SizeValueType> & sizes,
                                  const std::vector<SizeValueType> & numbersOfTiles)
{
  const bool isWithoutRest = sizes[0] % numbersOfTiles[0] == 0 && sizes[1] % numbersOfTiles[1] == 0;

  std::vector<ContrastLimitedTileAxis> axes;
  for (SizeValueType i = 0; i < sizes.size(); ++i)
  {
    const SizeValueType least = (sizes[i] + numbersOfTiles[i] - 1) / numbersOfTiles[i];
    const SizeValueType tileSize = i > 1 || isWithoutRest ? least : sizes[i] / numbersOfTiles[i] + 1;
    axes.emplace_back(sizes[i], numbersOfTiles[i], tileSize);
  }
  return axes;
}


std::vector<ContrastLimitedTileAxis::Span>
ContrastLimitedTileAxis::GetSources(SizeValueType tile) const
{
  // In the mirror the image comes forth and back, but for its last pixel and its first, which come once.
  const SizeValueType period = std::max<SizeValueType>(2 * (m_Size - 1), 1);
  const SizeValueType end = (tile + 1) * m_TileSize;

  std::vector<Span> sources;
  for (SizeValueType position = tile * m_TileSize; position < end;
       position += sources.back().End - sources.back().Begin)
  {
    const SizeValueType phase = position % period;
    const SizeValueType length = std::min((phase < m_Size ? m_Size : period) - phase, end - position);
    const SizeValueType begin = phase < m_Size ? phase : period - phase - length + 1;
    sources.push_back({ begin, begin + length });
  }
  return sources;
}


ContrastLimitedTileAxis::Neighbors
ContrastLimitedTileAxis::Locate(SizeValueType position) const
{
  const float  place = static_cast<float>(position) * m_TilesPerPixel - 0.5F;
  const float  lower = std::floor(place);
  const double last = static_cast<double>(m_NumberOfTiles - 1);
  return { static_cast<SizeValueType>(std::clamp<double>(lower, 0.0, last)),
           static_cast<SizeValueType>(std::clamp<double>(lower + 1.0, 0.0, last)),
           place - lower };
}


SizeValueType
ContrastLimitedTileAxis::FindNextTiles(SizeValueType position, SizeValueType end) const
{
  const auto first = this->Locate(position);
  while (position < end)
  {
    const auto neighbors = this->Locate(position);
    if (neighbors.Lower != first.Lower || neighbors.Upper != first.Upper)
    {
      break;
    }
    ++position;
  }
  return position;
}
} // namespace itk
