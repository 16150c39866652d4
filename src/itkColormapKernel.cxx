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
#include "itkColormapKernel.h"

#include "itkTargetClones.h"

#include <cstring>

namespace itk
{
namespace
{
template <typename TReal>
inline std::uint32_t
ComputeColormapIndex(TReal t, std::uint32_t numberOfEntries)
{
  const auto    n = static_cast<TReal>(numberOfEntries);
  const TReal   y = t * n;
  const bool    inside = y >= 0 && y < n;
  std::uint32_t index = static_cast<std::uint32_t>(static_cast<std::int32_t>(inside ? y : TReal{ 0 }));
  index = y == n ? numberOfEntries - 1 : index;
  index = y < 0 ? numberOfEntries : index;
  index = y > n ? numberOfEntries + 1 : index;
  return y != y ? numberOfEntries + 2 : index;
}
} // namespace


itkTargetClones void
ComputeColormapIndices(const float *   normalized,
                       std::uint32_t * indices,
                       SizeValueType   count,
                       std::uint32_t   numberOfEntries)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    indices[i] = ComputeColormapIndex(normalized[i], numberOfEntries);
  }
}


itkTargetClones void
ComputeColormapIndices(const double *  normalized,
                       std::uint32_t * indices,
                       SizeValueType   count,
                       std::uint32_t   numberOfEntries)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    indices[i] = ComputeColormapIndex(normalized[i], numberOfEntries);
  }
}


template <typename TIndex>
void
GatherRGBA(const TIndex * indices, const unsigned char * table, unsigned char * colors, SizeValueType count)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    std::memcpy(colors + 4 * i, table + 4 * SizeValueType{ indices[i] }, 4);
  }
}


template <typename TIndex>
void
GatherRGB(const TIndex * indices, const unsigned char * table, unsigned char * colors, SizeValueType count)
{
  if (count == 0)
  {
    return;
  }
  // A copy of four bytes is one move, of three two; the fourth byte is overwritten by the next colour.
  for (SizeValueType i = 0; i < count - 1; ++i)
  {
    std::memcpy(colors + 3 * i, table + 4 * SizeValueType{ indices[i] }, 4);
  }
  std::memcpy(colors + 3 * (count - 1), table + 4 * SizeValueType{ indices[count - 1] }, 3);
}


#define itkInstantiateGatherMacro(TIndex)                                   \
  template IntensityMapping_EXPORT void GatherRGBA<TIndex>(                 \
    const TIndex *, const unsigned char *, unsigned char *, SizeValueType); \
  template IntensityMapping_EXPORT void GatherRGB<TIndex>(                  \
    const TIndex *, const unsigned char *, unsigned char *, SizeValueType)

itkInstantiateGatherMacro(std::uint8_t);
itkInstantiateGatherMacro(std::uint16_t);
itkInstantiateGatherMacro(std::uint32_t);
} // namespace itk
