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
#include "itkSymmetricLogNormalization.h"

#include "itkElementaryFunctions.h"
#include "itkNormalizationSpan.h"
#include "itkTargetClones.h"

namespace itk
{
namespace
{
struct SymmetricLog
{
  double Threshold;
  double LogOfBase;
  double Slope;
  double Offset;

  explicit SymmetricLog(const SymmetricLogNormalization & normalization)
    : Threshold(normalization.GetLinearThreshold())
    , LogOfBase(std::log(normalization.GetBase()))
    , Slope(normalization.GetLinearScale() / (1.0 - 1.0 / normalization.GetBase()))
    , Offset(Slope - std::log(Threshold) / LogOfBase)
  {}

  inline double
  operator()(double x) const
  {
    const double magnitude = std::abs(x);
    const double beyond = Threshold * (Offset + Elementary::Log<double>(magnitude) / LogOfBase);
    return std::copysign(magnitude <= Threshold ? magnitude * Slope : beyond, x);
  }

  double
  Inverse(double y) const
  {
    const double magnitude = std::abs(y) / Slope;
    if (magnitude <= Threshold)
    {
      return std::copysign(magnitude, y);
    }
    return std::copysign(Threshold * std::exp((std::abs(y) / Threshold - Slope) * LogOfBase), y);
  }
};


itkTargetClones void
NormalizeInDoublePrecision(const double *     x,
                           double *           t,
                           SizeValueType      count,
                           SpanLimits<double> limits,
                           double             minimum,
                           double             width,
                           SymmetricLog       f)
{
  NormalizeSpan(x, t, count, limits, minimum, width, f);
}
} // namespace


void
SymmetricLogNormalization::VerifyParameters() const
{
  const auto isAbove = [](double value, double bound) { return value > bound && std::isfinite(value); };
  if (!isAbove(m_LinearThreshold, 0.0) || !isAbove(m_LinearScale, 0.0) || !isAbove(m_Base, 1.0))
  {
    itkExceptionMacro("The symmetric logarithmic scale has LinearThreshold = "
                      << m_LinearThreshold << ", LinearScale = " << m_LinearScale << " and Base = " << m_Base
                      << ": they must be finite, the first two above 0 and Base above 1.");
  }
}


void
SymmetricLogNormalization::Forward(const float * intensities, float * normalized, SizeValueType count) const
{
  this->ForwardInDoublePrecision(intensities, normalized, count);
}


void
SymmetricLogNormalization::Forward(const double * intensities, double * normalized, SizeValueType count) const
{
  const SymmetricLog f(*this);
  const double       minimum = f(this->GetMinimum());
  const double       width = f(this->GetMaximum()) - minimum;
  if (width == 0.0)
  {
    std::fill_n(normalized, count, 0.0);
    return;
  }
  NormalizeInDoublePrecision(intensities, normalized, count, SpanLimits<double>(*this), minimum, width, f);
}


void
SymmetricLogNormalization::Inverse(const double * normalized, double * intensities, SizeValueType count) const
{
  const SymmetricLog f(*this);
  const double       minimum = f(this->GetMinimum());
  const double       width = f(this->GetMaximum()) - minimum;
  InvertSpan(normalized, intensities, count, *this, [&](double t) { return f.Inverse(minimum + t * width); });
}


void
SymmetricLogNormalization::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "LinearThreshold: " << m_LinearThreshold << std::endl;
  os << indent << "LinearScale: " << m_LinearScale << std::endl;
  os << indent << "Base: " << m_Base << std::endl;
}
} // namespace itk
