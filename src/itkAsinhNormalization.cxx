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
#include "itkAsinhNormalization.h"

#include "itkElementaryFunctions.h"
#include "itkNormalizationSpan.h"
#include "itkTargetClones.h"

namespace itk
{
namespace
{
struct Asinh
{
  double Width;
  double LogOfTwoOverWidth;

  explicit Asinh(double width)
    : Width(width)
    , LogOfTwoOverWidth(Elementary::LogOfTwo - std::log(width))
  {}

  /** With y = |x| / w, asinh(y) = log(1 + v), where v = y + y^2 / (1 + sqrt(1 + y^2)); u = 1 + v is rounded, which the
   * quotient makes good. From 2^28 on, asinh(y) = log(2 y) in double precision; |x| has a logarithm where y overflows.
   */
  inline double
  operator()(double x) const
  {
    constexpr double large = 268435456.0;
    const double     magnitude = std::abs(x);
    const double     y = magnitude / Width;
    const double     v = y + y * y / (1.0 + std::sqrt(1.0 + y * y));
    const double     u = 1.0 + v;
    double           argument = y > std::numeric_limits<double>::max() ? magnitude : y;
    double           rest = y > std::numeric_limits<double>::max() ? LogOfTwoOverWidth : Elementary::LogOfTwo;
    argument = y < large ? u : argument;
    rest = y < large ? (v - (u - 1.0)) / u : rest;
    return std::copysign(Width * (Elementary::Log<double>(argument) + rest), x);
  }

  double
  Inverse(double y) const
  {
    return Width * std::sinh(y / Width);
  }
};


itkTargetClones void
NormalizeInDoublePrecision(const double *     x,
                           double *           t,
                           SizeValueType      count,
                           SpanLimits<double> limits,
                           double             minimum,
                           double             width,
                           Asinh              f)
{
  NormalizeSpan(x, t, count, limits, minimum, width, f);
}
} // namespace


void
AsinhNormalization::VerifyParameters() const
{
  if (!std::isfinite(m_LinearWidth) || m_LinearWidth <= 0.0)
  {
    itkExceptionMacro("The inverse hyperbolic sine has LinearWidth = " << m_LinearWidth
                                                                       << ": it must be finite and above 0.");
  }
}


void
AsinhNormalization::Forward(const float * intensities, float * normalized, SizeValueType count) const
{
  this->ForwardInDoublePrecision(intensities, normalized, count);
}


void
AsinhNormalization::Forward(const double * intensities, double * normalized, SizeValueType count) const
{
  const Asinh  f(m_LinearWidth);
  const double minimum = f(this->GetMinimum());
  const double width = f(this->GetMaximum()) - minimum;
  if (width == 0.0)
  {
    std::fill_n(normalized, count, 0.0);
    return;
  }
  NormalizeInDoublePrecision(intensities, normalized, count, SpanLimits<double>(*this), minimum, width, f);
}


void
AsinhNormalization::Inverse(const double * normalized, double * intensities, SizeValueType count) const
{
  const Asinh  f(m_LinearWidth);
  const double minimum = f(this->GetMinimum());
  const double width = f(this->GetMaximum()) - minimum;
  InvertSpan(normalized, intensities, count, *this, [&](double t) { return f.Inverse(minimum + t * width); });
}


void
AsinhNormalization::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "LinearWidth: " << m_LinearWidth << std::endl;
}
} // namespace itk
