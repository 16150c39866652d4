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
#include "itkLinearNormalization.h"

#include "itkTargetClones.h"

#include <algorithm>

namespace itk
{
namespace
{
itkTargetClones void
NormalizeInSinglePrecision(const float * x, float * t, SizeValueType count, double minimum, double width)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    const auto difference = static_cast<float>(x[i] - minimum);
    t[i] = static_cast<float>(difference / width);
  }
}


itkTargetClones void
NormalizeInDoublePrecision(const double * x, double * t, SizeValueType count, double minimum, double width)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    t[i] = (x[i] - minimum) / width;
  }
}


/** The operands of each comparison are in this order for NaN to stay NaN. */
itkTargetClones void
ClampSpan(const double * x, double * clamped, SizeValueType count, double minimum, double maximum)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    const double raised = x[i] < minimum ? minimum : x[i];
    clamped[i] = raised > maximum ? maximum : raised;
  }
}
} // namespace


void
LinearNormalization::Forward(const float * intensities, float * normalized, SizeValueType count) const
{
  const double width = this->GetMaximum() - this->GetMinimum();
  if (width == 0.0)
  {
    std::fill_n(normalized, count, 0.0F);
    return;
  }
  NormalizeInSinglePrecision(intensities, normalized, count, this->GetMinimum(), width);
}


void
LinearNormalization::Forward(const double * intensities, double * normalized, SizeValueType count) const
{
  const double width = this->GetMaximum() - this->GetMinimum();
  if (width == 0.0)
  {
    std::fill_n(normalized, count, 0.0);
    return;
  }
  if (this->GetClip())
  {
    ClampSpan(intensities, normalized, count, this->GetMinimum(), this->GetMaximum());
    intensities = normalized;
  }
  NormalizeInDoublePrecision(intensities, normalized, count, this->GetMinimum(), width);
}


void
LinearNormalization::Inverse(const double * normalized, double * intensities, SizeValueType count) const
{
  const double minimum = this->GetMinimum();
  const double width = this->GetMaximum() - minimum;
  std::transform(normalized, normalized + count, intensities, [=](double t) { return minimum + t * width; });
}
} // namespace itk
