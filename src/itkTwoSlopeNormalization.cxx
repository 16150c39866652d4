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
#include "itkTwoSlopeNormalization.h"

#include "itkNormalizationSpan.h"
#include "itkTargetClones.h"

namespace itk
{
namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();


itkTargetClones void
NormalizeInDoublePrecision(const double * x, double * t, SizeValueType count, SpanLimits<double> limits, double center)
{
  const double lowerSlope = 0.5 / (center - limits.Minimum);
  const double upperSlope = 0.5 / (limits.Maximum - center);
  for (SizeValueType i = 0; i < count; ++i)
  {
    const double clipped = limits.Clip(x[i]);
    const double lower = lowerSlope * (clipped - limits.Minimum);
    const double upper = upperSlope * (clipped - center) + 0.5;
    double       normalized = clipped < center ? lower : upper;
    // The upper slope is infinite if the centre is the maximum.
    normalized = clipped == limits.Maximum ? 1.0 : normalized;
    normalized = clipped > limits.Maximum ? infinity : normalized;
    t[i] = clipped < limits.Minimum ? -infinity : normalized;
  }
}
} // namespace


void
TwoSlopeNormalization::SetRange(double minimum, double maximum)
{
  const double lower = minimum >= m_Center ? m_Center - (maximum - m_Center) : minimum;
  const double upper = maximum <= m_Center ? m_Center + (m_Center - minimum) : maximum;
  Superclass::SetRange(lower, upper);
}


void
TwoSlopeNormalization::VerifyParameters() const
{
  if (!std::isfinite(m_Center))
  {
    itkExceptionMacro("The two slopes meet at Center = " << m_Center << ": it must be finite.");
  }
}


void
TwoSlopeNormalization::Verify() const
{
  Superclass::Verify();
  if (m_Center < this->GetMinimum() || m_Center > this->GetMaximum())
  {
    itkExceptionMacro("The two slopes meet at Center = " << m_Center << ": it must be from Minimum = "
                                                         << this->GetMinimum() << " to Maximum = " << this->GetMaximum()
                                                         << ". SetRange() widens a range to its centre.");
  }
}


void
TwoSlopeNormalization::Forward(const float * intensities, float * normalized, SizeValueType count) const
{
  this->ForwardInDoublePrecision(intensities, normalized, count);
}


void
TwoSlopeNormalization::Forward(const double * intensities, double * normalized, SizeValueType count) const
{
  if (this->GetMinimum() == this->GetMaximum())
  {
    std::fill_n(normalized, count, 0.0);
    return;
  }
  NormalizeInDoublePrecision(intensities, normalized, count, SpanLimits<double>(*this), m_Center);
}


void
TwoSlopeNormalization::Inverse(const double * normalized, double * intensities, SizeValueType count) const
{
  const double minimum = this->GetMinimum();
  const double lowerWidth = m_Center - minimum;
  const double upperWidth = this->GetMaximum() - m_Center;
  InvertSpan(normalized, intensities, count, *this, [=](double t) {
    if (t < 0.0 || t > 1.0)
    {
      return std::copysign(infinity, t);
    }
    return t < 0.5 ? lowerWidth / 0.5 * t + minimum : upperWidth / 0.5 * (t - 0.5) + m_Center;
  });
}


void
TwoSlopeNormalization::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Center: " << m_Center << std::endl;
}
} // namespace itk
