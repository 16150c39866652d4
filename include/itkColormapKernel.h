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
#ifndef itkColormapKernel_h
#define itkColormapKernel_h

#include "itkIntTypes.h"
#include "IntensityMappingExport.h"

#include <cstdint>

namespace itk
{
/** The index of each normalized value in a colour table of `numberOfEntries` entries followed by those for values
 * under, over and not a number, see Colormap. */
IntensityMapping_EXPORT void
ComputeColormapIndices(const float *   normalized,
                       std::uint32_t * indices,
                       SizeValueType   count,
                       std::uint32_t   numberOfEntries);
IntensityMapping_EXPORT void
ComputeColormapIndices(const double *  normalized,
                       std::uint32_t * indices,
                       SizeValueType   count,
                       std::uint32_t   numberOfEntries);

/** Copies the RGBA bytes table[4 indices[i] ...] to each of `count` colours of 4 bytes. */
template <typename TIndex>
IntensityMapping_EXPORT void
GatherRGBA(const TIndex * indices, const unsigned char * table, unsigned char * colors, SizeValueType count);

/** Copies the RGB bytes table[4 indices[i] ...] to each of `count` colours of 3 bytes. */
template <typename TIndex>
IntensityMapping_EXPORT void
GatherRGB(const TIndex * indices, const unsigned char * table, unsigned char * colors, SizeValueType count);
} // namespace itk

#endif
