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
#ifndef itkColormapSampling_h
#define itkColormapSampling_h

#include "itkIntTypes.h"

#include <algorithm>

namespace itk
{
/** Where entry k of n lies in [0, 1], with the rounding of numpy.linspace(0, 1, n)[k]. */
inline double
GetEntryPosition(SizeValueType k, SizeValueType n)
{
  if (k == 0)
  {
    return 0.0;
  }
  return k + 1 == n ? 1.0 : static_cast<double>(k) * (1.0 / static_cast<double>(n - 1));
}

/** Which of `size` colours entry k of n is picked from. */
inline SizeValueType
PickEntry(SizeValueType size, SizeValueType k, SizeValueType n)
{
  return std::min(static_cast<SizeValueType>(GetEntryPosition(k, n) * static_cast<double>(size)), size - 1);
}

/** A place between breakpoints: the fraction of the way from one to the next. */
struct ColormapPlace
{
  SizeValueType m_Left;
  SizeValueType m_Right;
  double        m_Fraction;

  double
  Mix(double left, double right) const
  {
    return m_Fraction * (right - left) + left;
  }
};

/** Where entry k of n lies among breakpoints, whose positions ascend from 0 to 1. Two at one position are a jump. They
 * are scaled to entries first, as matplotlib does: the order of the operations decides on the last bit. */
template <typename TGetPosition>
ColormapPlace
FindPlace(SizeValueType numberOfBreakpoints, TGetPosition && getPosition, SizeValueType k, SizeValueType n)
{
  const SizeValueType last = numberOfBreakpoints - 1;
  if (k + 1 == n)
  {
    return { last, last, 0.0 };
  }
  const auto    scale = static_cast<double>(n - 1);
  const double  x = scale * GetEntryPosition(k, n);
  SizeValueType right = 1;
  while (right < last && getPosition(right) * scale < x)
  {
    ++right;
  }
  const double origin = getPosition(right - 1) * scale;
  return { right - 1, right, (x - origin) / (getPosition(right) * scale - origin) };
}
} // namespace itk

#endif
