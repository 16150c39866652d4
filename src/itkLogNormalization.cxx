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
#include "itkLogNormalization.h"

#include "itkElementaryFunctions.h"
#include "itkNormalizationSpan.h"
#include "itkTargetClones.h"

namespace itk
{
namespace
{
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();


/** The decimal logarithm of a number of single precision. */
inline double
LogOfSingle(double x)
{
  return x > 0.0 ? Elementary::Log10<float>(x) : notANumber;
}


/** The decimal logarithm. */
inline double
LogOfDouble(double x)
{
  // A denormal number is made a normal one.
  constexpr double factor = 18014398509481984.0;
  constexpr double log10OfFactor = 16.255619765854984;
  const bool       isNormal = x >= std::numeric_limits<double>::min();
  const double     log = Elementary::Log10<double>(isNormal ? x : x * factor) - (isNormal ? 0.0 : log10OfFactor);
  return x > 0.0 ? log : notANumber;
}


itkTargetClones void
NormalizeInSinglePrecision(const float *     x,
                           float *           t,
                           SizeValueType     count,
                           SpanLimits<float> limits,
                           double            minimum,
                           double            width)
{
  NormalizeSpan(x, t, count, limits, minimum, width, LogOfSingle);
}


itkTargetClones void
NormalizeInDoublePrecision(const double *     x,
                           double *           t,
                           SizeValueType      count,
                           SpanLimits<double> limits,
                           double             minimum,
                           double             width)
{
  NormalizeSpan(x, t, count, limits, minimum, width, LogOfDouble);
}
} // namespace


LogNormalization::LogNormalization()
{
  this->SetMinimum(1.0);
  this->SetMaximum(10.0);
}


void
LogNormalization::Verify() const
{
  Superclass::Verify();
  if (this->GetMinimum() <= 0.0)
  {
    itkExceptionMacro("The range to normalize on a logarithmic scale is from Minimum = "
                      << this->GetMinimum() << " to Maximum = " << this->GetMaximum()
                      << ": both must be above 0, since nothing else has a logarithm. SymmetricLogNormalization and "
                         "AsinhNormalization take any range.");
  }
}


void
LogNormalization::Forward(const float * intensities, float * normalized, SizeValueType count) const
{
  const double minimum = LogOfDouble(this->GetMinimum());
  const double width = LogOfDouble(this->GetMaximum()) - minimum;
  if (width == 0.0)
  {
    std::fill_n(normalized, count, 0.0F);
    return;
  }
  NormalizeInSinglePrecision(intensities, normalized, count, SpanLimits<float>(*this), minimum, width);
}


void
LogNormalization::Forward(const double * intensities, double * normalized, SizeValueType count) const
{
  const double minimum = LogOfDouble(this->GetMinimum());
  const double width = LogOfDouble(this->GetMaximum()) - minimum;
  if (width == 0.0)
  {
    std::fill_n(normalized, count, 0.0);
    return;
  }
  NormalizeInDoublePrecision(intensities, normalized, count, SpanLimits<double>(*this), minimum, width);
}


void
LogNormalization::Inverse(const double * normalized, double * intensities, SizeValueType count) const
{
  const double minimum = LogOfDouble(this->GetMinimum());
  const double width = LogOfDouble(this->GetMaximum()) - minimum;
  InvertSpan(normalized, intensities, count, *this, [=](double t) { return std::pow(10.0, minimum + t * width); });
}
} // namespace itk
