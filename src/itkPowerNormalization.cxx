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
#include "itkPowerNormalization.h"

#include "itkElementaryFunctions.h"
#include "itkNormalizationSpan.h"
#include "itkTargetClones.h"

namespace itk
{
namespace
{
/** A power of a positive number, rounded to single precision. */
inline float
Power(float base, double exponent)
{
  // Beyond these, the power is 0 or infinity in single precision.
  constexpr double lowest = -150.0;
  constexpr double highest = 150.0;
  double           log = exponent * Elementary::Log<float>(base);
  log = base > std::numeric_limits<float>::max() ? highest : log;
  log = log < lowest ? lowest : log;
  log = log > highest ? highest : log;
  return static_cast<float>(Elementary::ExpToSingle(log));
}


itkTargetClones void
NormalizeInSinglePrecision(const float *     x,
                           float *           t,
                           SizeValueType     count,
                           SpanLimits<float> limits,
                           float             width,
                           double            gamma)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    const float clipped = limits.Clip(x[i]);
    const float linear = (clipped - limits.Minimum) / width;
    t[i] = limits.KeepInside(clipped, linear > 0.0F ? Power(linear, gamma) : linear);
  }
}


void
NormalizeInDoublePrecision(const double *     x,
                           double *           t,
                           SizeValueType      count,
                           SpanLimits<double> limits,
                           double             width,
                           double             gamma)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    const double clipped = limits.Clip(x[i]);
    const double linear = (clipped - limits.Minimum) / width;
    t[i] = limits.KeepInside(clipped, linear > 0.0 ? std::pow(linear, gamma) : linear);
  }
}
} // namespace


void
PowerNormalization::VerifyParameters() const
{
  if (!std::isfinite(m_Gamma) || m_Gamma <= 0.0)
  {
    itkExceptionMacro("The power has Gamma = " << m_Gamma << ": it must be finite and above 0.");
  }
}


void
PowerNormalization::Forward(const float * intensities, float * normalized, SizeValueType count) const
{
  const auto width = static_cast<float>(this->GetMaximum() - this->GetMinimum());
  if (width == 0.0F)
  {
    std::fill_n(normalized, count, 0.0F);
    return;
  }
  NormalizeInSinglePrecision(
    intensities, normalized, count, SpanLimits<float>(*this), width, static_cast<float>(m_Gamma));
}


void
PowerNormalization::Forward(const double * intensities, double * normalized, SizeValueType count) const
{
  const double width = this->GetMaximum() - this->GetMinimum();
  if (width == 0.0)
  {
    std::fill_n(normalized, count, 0.0);
    return;
  }
  NormalizeInDoublePrecision(intensities, normalized, count, SpanLimits<double>(*this), width, m_Gamma);
}


void
PowerNormalization::Inverse(const double * normalized, double * intensities, SizeValueType count) const
{
  const double minimum = this->GetMinimum();
  const double width = this->GetMaximum() - minimum;
  const double exponent = 1.0 / m_Gamma;
  InvertSpan(normalized, intensities, count, *this, [=](double t) {
    return minimum + (t > 0.0 ? std::pow(t, exponent) : t) * width;
  });
}


void
PowerNormalization::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Gamma: " << m_Gamma << std::endl;
}
} // namespace itk
