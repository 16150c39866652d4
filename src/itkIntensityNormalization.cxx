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
#include "itkIntensityNormalization.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace itk
{
void
IntensityNormalization::SetRange(double minimum, double maximum)
{
  this->SetMinimum(minimum);
  this->SetMaximum(maximum);
}


void
IntensityNormalization::Verify() const
{
  this->VerifyParameters();
  if (!std::isfinite(m_Maximum - m_Minimum) || m_Minimum > m_Maximum)
  {
    itkExceptionMacro("The range to normalize is from Minimum = "
                      << m_Minimum << " to Maximum = " << m_Maximum
                      << ": both must be finite, as must be their difference, and Minimum must not be above Maximum.");
  }
}


double
IntensityNormalization::ForwardValue(double intensity) const
{
  double normalized;
  this->Forward(&intensity, &normalized, 1);
  return normalized;
}


double
IntensityNormalization::InverseValue(double normalized) const
{
  double intensity;
  this->Inverse(&normalized, &intensity, 1);
  return intensity;
}


void
IntensityNormalization::ForwardInDoublePrecision(const float * intensities,
                                                 float *       normalized,
                                                 SizeValueType count) const
{
  constexpr SizeValueType         blockLength = 1024;
  std::array<double, blockLength> block;
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    const auto length = std::min(blockLength, count - start);
    std::copy_n(intensities + start, length, block.data());
    this->Forward(block.data(), block.data(), length);
    std::transform(block.data(), block.data() + length, normalized + start, [](double normalizedValue) {
      return static_cast<float>(normalizedValue);
    });
  }
}


void
IntensityNormalization::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Minimum: " << this->GetMinimum() << std::endl;
  os << indent << "Maximum: " << this->GetMaximum() << std::endl;
  os << indent << "Clip: " << (m_Clip ? "On" : "Off") << std::endl;
}
} // namespace itk
