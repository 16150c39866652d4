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
#ifndef AxisTicks_h
#define AxisTicks_h

#include "IntensityMappingRendering.h"

#include "itkIntensityNormalization.h"

#include <string>
#include <vector>

namespace IntensityMapping
{
/** Where an axis has its ticks and what is written at them. */
struct AxisTicks
{
  /** In [0, 1], from the beginning of the axis to its end. */
  std::vector<double>      Fractions;
  std::vector<std::string> Labels;

  /** What the numbers are to be multiplied by and what is to be added, as in "(× 1e6 + 1000)"; empty if nothing. */
  std::string Note;
};

/** The values of an axis from `Minimum` to `Maximum`. */
struct AxisRange
{
  AxisScale Scale;
  double    Minimum;
  double    Maximum;

  /** How far along the axis a value is: 0 at the minimum, 1 at the maximum. 0 if these are equal. */
  double
  GetFraction(double value) const;

  /** How many digits tell the values along the axis apart: at least six. */
  int
  GetDigits() const;

  /** Ticks at 1, 2 or 5 times a power of ten, or at powers of ten if the scale is logarithmic: at most
   * `maximumNumber` + 1, with labels of few letters however large the values or small their differences. */
  AxisTicks
  MakeTicks(unsigned int maximumNumber) const;
};

/** Ticks for a bar of the colours of a normalization, where its values are: on a logarithmic or linear scale as
 * AxisRange makes them, at the boundaries between intervals, or else at round numbers, evenly spread as far as these
 * are. At most `maximumNumber` + 1. */
AxisTicks
MakeTicks(const itk::IntensityNormalization & normalization, unsigned int maximumNumber);

/** The normalized value whose colour a bar has at a place, from 0 at its beginning to 1 at its end. Intervals between
 * boundaries all have the same length. */
double
GetNormalizedValue(const itk::IntensityNormalization & normalization, double fraction);

/** The shortest of those decimal numbers with up to `digits` digits that are nearest to a value. */
std::string
FormatNumber(double value, int digits);

/** Joins an axis label and the note of its ticks. */
std::string
MakeAxisTitle(const std::string & label, const AxisTicks & ticks);
} // namespace IntensityMapping

#endif
