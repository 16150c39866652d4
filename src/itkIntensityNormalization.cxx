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

#include <cmath>

namespace itk
{
void
IntensityNormalization::Verify() const
{
  if (!std::isfinite(m_Minimum) || !std::isfinite(m_Maximum) || m_Minimum > m_Maximum)
  {
    itkExceptionMacro("The range to normalize is from Minimum = "
                      << m_Minimum << " to Maximum = " << m_Maximum
                      << ": both must be finite, and Minimum must not be above Maximum.");
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
IntensityNormalization::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Minimum: " << m_Minimum << std::endl;
  os << indent << "Maximum: " << m_Maximum << std::endl;
  os << indent << "Clip: " << (m_Clip ? "On" : "Off") << std::endl;
}
} // namespace itk
