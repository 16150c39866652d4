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
#ifndef itkLuma_h
#define itkLuma_h

#include <algorithm>
#include <cstdint>
#include <limits>

namespace itk
{
/** The luma Y' = 0.299 R' + 0.587 G' + 0.114 B' (ITU-R BT.601), in 14 bits of fraction, as OpenCV and JPEG have it. A
 * gray is its own luma. */
template <typename TColor>
inline typename TColor::ValueType
ComputeLuma(const TColor & color)
{
  using SumType = std::uint64_t;
  static_assert(std::numeric_limits<typename TColor::ValueType>::is_integer && sizeof(typename TColor::ValueType) <= 2,
                "The components of colors must be 8- or 16-bit integers.");
  const SumType sum = SumType{ 4899 } * color[0] + SumType{ 9617 } * color[1] + SumType{ 1868 } * color[2];
  return static_cast<typename TColor::ValueType>((sum + 8192) >> 14);
}

/** The color with another luma and its own chroma: the difference of lumas is added to each component, which leaves
 * B' - Y' and R' - Y' as they are, unless a component would leave its range. What comes after the third component, the
 * opacity, stays. */
template <typename TColor>
inline TColor
ReplaceLuma(TColor color, typename TColor::ValueType luma)
{
  using ValueType = typename TColor::ValueType;
  const int difference = static_cast<int>(luma) - static_cast<int>(ComputeLuma(color));
  for (unsigned int i = 0; i < 3; ++i)
  {
    const int value = static_cast<int>(color[i]) + difference;
    color[i] = static_cast<ValueType>(std::clamp(value, 0, static_cast<int>(std::numeric_limits<ValueType>::max())));
  }
  return color;
}
} // namespace itk

#endif
