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
#ifndef itkForEachSpan_h
#define itkForEachSpan_h

#include "itkImageRegion.h"

#include <algorithm>
#include <initializer_list>

namespace itk
{
/** Calls `visit(index, length)` for each run of pixels of a region that lies contiguous in memory in each of the images
 * whose buffered regions are given. A region as wide as the buffers comes as one run, so that narrow images do not cost
 * more than wide ones. */
template <unsigned int VDimension, typename TVisit>
void
ForEachSpan(const ImageRegion<VDimension> &                region,
            std::initializer_list<ImageRegion<VDimension>> bufferedRegions,
            const TVisit &                                 visit)
{
  const auto isAsWideAsBuffers = [&](unsigned int axis) {
    return std::all_of(bufferedRegions.begin(), bufferedRegions.end(), [&](const auto & buffered) {
      return region.GetSize(axis) == buffered.GetSize(axis);
    });
  };

  if (region.GetNumberOfPixels() == 0)
  {
    return;
  }
  unsigned int  dimension = 0;
  SizeValueType length = region.GetSize(0);
  while (dimension + 1 < VDimension && isAsWideAsBuffers(dimension))
  {
    ++dimension;
    length *= region.GetSize(dimension);
  }

  auto index = region.GetIndex();
  while (true)
  {
    visit(index, length);
    unsigned int axis = dimension + 1;
    while (axis < VDimension &&
           ++index[axis] == region.GetIndex(axis) + static_cast<IndexValueType>(region.GetSize(axis)))
    {
      index[axis] = region.GetIndex(axis);
      ++axis;
    }
    if (axis >= VDimension)
    {
      return;
    }
  }
}

/** The most pixels of a block. */
constexpr SizeValueType SpanBlockLength = 1024;

/** The same in blocks: calls `visit(index, start, count)` for those pixels from the `start`-th on of a run that begins
 * at `index`, until it returns false. */
template <unsigned int VDimension, typename TVisit>
void
ForEachBlock(const ImageRegion<VDimension> &                region,
             std::initializer_list<ImageRegion<VDimension>> bufferedRegions,
             const TVisit &                                 visit)
{
  bool goesOn = true;
  ForEachSpan(region, bufferedRegions, [&](const auto & index, SizeValueType runLength) {
    for (SizeValueType start = 0; start < runLength && goesOn; start += SpanBlockLength)
    {
      goesOn = visit(index, start, std::min(SpanBlockLength, runLength - start));
    }
  });
}
} // namespace itk

#endif
