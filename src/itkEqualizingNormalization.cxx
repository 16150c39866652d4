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
#include "itkEqualizingNormalization.h"

#include <algorithm>
#include <array>
#include <limits>

namespace itk
{
namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();
}


EqualizingNormalization::EqualizingNormalization()
{
  this->SetDistribution(nullptr);
}


void
EqualizingNormalization::SetDistribution(DistributionPointer distribution)
{
  if (distribution == nullptr || distribution->GetNumberOfIntensities() == 0)
  {
    distribution = std::make_shared<IntensityDistribution>(ValuesType{ 0.0 }, CountsType{ 0, 1 });
  }
  m_Distribution = std::move(distribution);
  this->SetRange(m_Distribution->GetMinimum(), m_Distribution->GetMaximum());
  this->Modified();
}


void
EqualizingNormalization::SetCounts(const ValuesType & values, const CountsType & countsBelow)
{
  this->SetDistribution(std::make_shared<IntensityDistribution>(values, countsBelow));
}


void
EqualizingNormalization::Verify() const
{
  Superclass::Verify();
  if (this->GetMinimum() != m_Distribution->GetMinimum() || this->GetMaximum() != m_Distribution->GetMaximum())
  {
    itkExceptionMacro("The distribution is of intensities from "
                      << m_Distribution->GetMinimum() << " to " << m_Distribution->GetMaximum()
                      << ", but Minimum = " << this->GetMinimum() << " and Maximum = " << this->GetMaximum()
                      << ": leave them as they are, or learn the distribution of other intensities.");
  }
}


void
EqualizingNormalization::Forward(const float * intensities, float * normalized, SizeValueType count) const
{
  this->ForwardInDoublePrecision(intensities, normalized, count);
}


void
EqualizingNormalization::Forward(const double * intensities, double * normalized, SizeValueType count) const
{
  constexpr SizeValueType                blockLength = 512;
  std::array<SizeValueType, blockLength> counts;
  const double                           minimum = this->GetMinimum();
  const double                           maximum = this->GetMaximum();
  const double                           under = this->GetClip() ? 0.0 : -infinity;
  const double                           over = this->GetClip() ? 1.0 : infinity;
  const auto                             n = static_cast<double>(m_Distribution->GetNumberOfIntensities());
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    const auto length = std::min(blockLength, count - start);
    m_Distribution->CountUpTo(intensities + start, counts.data(), length);
    std::transform(intensities + start,
                   intensities + start + length,
                   counts.begin(),
                   normalized + start,
                   [&](double x, SizeValueType countUpTo) {
                     const double t = static_cast<double>(countUpTo) / n;
                     return x < minimum ? under : x > maximum ? over : x == x ? t : x;
                   });
  }
}


void
EqualizingNormalization::Inverse(const double * normalized, double * intensities, SizeValueType count) const
{
  std::transform(normalized, normalized + count, intensities, [this](double t) {
    return t < 0.0 ? -infinity : t > 1.0 ? infinity : t == t ? m_Distribution->GetQuantile(t) : t;
  });
}


void
EqualizingNormalization::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Distribution: of " << m_Distribution->GetNumberOfIntensities() << " intensities, "
     << m_Distribution->GetNumberOfValues() << " values" << std::endl;
}
} // namespace itk
