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
#include "itkCenteredNormalization.h"

#include <algorithm>
#include <cmath>

namespace itk
{
double
CenteredNormalization::GetHalfRange() const
{
  return std::max(m_Center - Superclass::GetMinimum(), Superclass::GetMaximum() - m_Center);
}


double
CenteredNormalization::GetMinimum() const
{
  return m_Center - this->GetHalfRange();
}


double
CenteredNormalization::GetMaximum() const
{
  return m_Center + this->GetHalfRange();
}


void
CenteredNormalization::VerifyParameters() const
{
  if (!std::isfinite(m_Center))
  {
    itkExceptionMacro("The range to normalize has Center = " << m_Center << ": it must be finite.");
  }
}


void
CenteredNormalization::Verify() const
{
  Superclass::Verify();
  if (!std::isfinite(this->GetMaximum() - this->GetMinimum()))
  {
    itkExceptionMacro("The range to normalize about Center = " << m_Center << " is from " << this->GetMinimum()
                                                               << " to " << this->GetMaximum()
                                                               << ": both and their difference must be finite.");
  }
}


void
CenteredNormalization::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Center: " << m_Center << std::endl;
}
} // namespace itk
