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
#ifndef itkIntensityRangeKernel_h
#define itkIntensityRangeKernel_h

#include "itkIntTypes.h"
#include "IntensityMappingExport.h"

#include <limits>

namespace itk
{
/** The extrema of the finite values among some values, and how many there were of each kind. If only values above 0 are
 * asked for, the finite values are those that are above 0, too. */
struct IntensityMapping_EXPORT IntensityRange
{
  double        Minimum{ std::numeric_limits<double>::infinity() };
  double        Maximum{ -std::numeric_limits<double>::infinity() };
  SizeValueType NumberOfFiniteValues{ 0 };
  SizeValueType NumberOfNonPositiveValues{ 0 };
  SizeValueType NumberOfInfinities{ 0 };
  SizeValueType NumberOfNaNs{ 0 };

  /** Takes in another range. The order in which ranges are merged does not matter. */
  void
  Merge(const IntensityRange & other);
};

/** The range of `count` values, or of those above 0. */
template <typename TPixel>
IntensityMapping_EXPORT IntensityRange
ComputeIntensityRange(const TPixel * values, SizeValueType count, bool positiveOnly = false);
} // namespace itk

#endif
