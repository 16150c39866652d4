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
#include "itkBoundaryNormalization.h"

#include "itkNormalizationSpan.h"

namespace itk
{
namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();


/** How many of the boundaries are not above x. As many steps for each x, and no branch that could be foretold wrongly.
 */
inline SizeValueType
CountNotAbove(const std::vector<double> & boundaries, double x)
{
  const double * first = boundaries.data();
  for (SizeValueType length = boundaries.size(); length > 1;)
  {
    const auto half = length / 2;
    first += half * static_cast<SizeValueType>(first[half - 1] <= x);
    length -= half;
  }
  return static_cast<SizeValueType>(first - boundaries.data()) + (*first <= x ? 1 : 0);
}
} // namespace


void
BoundaryNormalization::SetBoundaries(const BoundariesType & boundaries)
{
  m_Boundaries = boundaries;
  if (!boundaries.empty())
  {
    this->SetRange(boundaries.front(), boundaries.back());
  }
  this->Modified();
}


void
BoundaryNormalization::VerifyParameters() const
{
  if (m_Boundaries.size() < 2)
  {
    itkExceptionMacro("The number of boundaries is " << m_Boundaries.size()
                                                     << ": there must be at least two, with an interval between them.");
  }
  const auto isBelow = [](double a, double b) { return a < b && std::isfinite(a) && std::isfinite(b); };
  const auto wrong =
    std::adjacent_find(m_Boundaries.begin(), m_Boundaries.end(), [&](double a, double b) { return !isBelow(a, b); });
  if (wrong != m_Boundaries.end())
  {
    itkExceptionMacro("The boundary " << wrong[0] << " is followed by " << wrong[1]
                                      << ": boundaries must be finite, and each above the one before.");
  }
  if (m_NumberOfColors < this->GetNumberOfRegions() || m_NumberOfColors > MaximumNumberOfColors)
  {
    itkExceptionMacro("The boundaries make "
                      << this->GetNumberOfRegions()
                      << " regions, those below and above included, and NumberOfColors = " << m_NumberOfColors
                      << ": there must be at least as many, and at most " << MaximumNumberOfColors << '.');
  }
  if (this->GetClip() && (m_ExtendMinimum || m_ExtendMaximum))
  {
    itkExceptionMacro("Clip is on, and so is ExtendMinimum or ExtendMaximum: what is clipped to the boundaries is "
                      "never below or above them. Leave one of these off.");
  }
}


void
BoundaryNormalization::Verify() const
{
  Superclass::Verify();
  if (this->GetMinimum() != m_Boundaries.front() || this->GetMaximum() != m_Boundaries.back())
  {
    itkExceptionMacro("The boundaries are from " << m_Boundaries.front() << " to " << m_Boundaries.back()
                                                 << ", but Minimum = " << this->GetMinimum() << " and Maximum = "
                                                 << this->GetMaximum() << ": SetBoundaries() sets both.");
  }
}


SizeValueType
BoundaryNormalization::GetColorOfRegion(SizeValueType region) const
{
  const auto numberOfRegions = this->GetNumberOfRegions();
  if (m_NumberOfColors == numberOfRegions)
  {
    return region;
  }
  if (numberOfRegions == 1)
  {
    return (m_NumberOfColors - 1) / 2;
  }
  // The quotient first, and in double precision, as matplotlib does.
  const double step = static_cast<double>(m_NumberOfColors - 1) / static_cast<double>(numberOfRegions - 1);
  return static_cast<SizeValueType>(step * static_cast<double>(region));
}


double
BoundaryNormalization::GetCenterOfRegion(SizeValueType region) const
{
  const SizeValueType offset = m_ExtendMinimum ? 1 : 0;
  if (region < offset)
  {
    return -infinity;
  }
  const auto interval = region - offset;
  return interval + 1 < m_Boundaries.size() ? 0.5 * m_Boundaries[interval] + 0.5 * m_Boundaries[interval + 1]
                                            : infinity;
}


template <typename TReal>
void
BoundaryNormalization::NormalizeSpan(const TReal * intensities, TReal * normalized, SizeValueType count) const
{
  const SpanLimits<TReal> limits(*this);
  const auto              normalizeColor = [this](SizeValueType color) {
    return static_cast<TReal>((static_cast<double>(color) + 0.5) / static_cast<double>(m_NumberOfColors));
  };
  const bool  clip = this->GetClip();
  const TReal under = clip ? normalizeColor(this->GetColorOfRegion(0)) : -std::numeric_limits<TReal>::infinity();
  const TReal over = clip ? normalizeColor(m_NumberOfColors - 1) : std::numeric_limits<TReal>::infinity();

  // By the number of boundaries not above, beginning with none.
  std::vector<TReal> normalizedOfCounts(m_ExtendMinimum ? 0 : 1, under);
  for (SizeValueType region = 0; region < this->GetNumberOfRegions(); ++region)
  {
    normalizedOfCounts.push_back(normalizeColor(this->GetColorOfRegion(region)));
  }
  normalizedOfCounts.push_back(over);

  std::transform(intensities, intensities + count, normalized, [&](TReal x) {
    TReal t = normalizedOfCounts[CountNotAbove(m_Boundaries, static_cast<double>(x))];
    t = x < limits.Minimum ? under : t;
    t = x >= limits.Maximum ? over : t;
    return x != x ? x : t;
  });
}


void
BoundaryNormalization::Forward(const float * intensities, float * normalized, SizeValueType count) const
{
  this->NormalizeSpan(intensities, normalized, count);
}


void
BoundaryNormalization::Forward(const double * intensities, double * normalized, SizeValueType count) const
{
  this->NormalizeSpan(intensities, normalized, count);
}


void
BoundaryNormalization::Inverse(const double * normalized, double * intensities, SizeValueType count) const
{
  // Halfway between the centres of the colours of a region and the next.
  std::vector<double> seams;
  for (SizeValueType region = 0; region + 1 < this->GetNumberOfRegions(); ++region)
  {
    const auto sum = this->GetColorOfRegion(region) + this->GetColorOfRegion(region + 1) + 1;
    seams.push_back(0.5 * static_cast<double>(sum) / static_cast<double>(m_NumberOfColors));
  }
  std::transform(normalized, normalized + count, intensities, [&](double t) {
    if (!(t >= 0.0 && t <= 1.0))
    {
      return t < 0.0 ? -infinity : t > 1.0 ? infinity : t;
    }
    return this->GetCenterOfRegion(std::upper_bound(seams.begin(), seams.end(), t) - seams.begin());
  });
}


void
BoundaryNormalization::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Boundaries:";
  for (const double boundary : m_Boundaries)
  {
    os << ' ' << boundary;
  }
  os << std::endl;
  os << indent << "NumberOfColors: " << m_NumberOfColors << std::endl;
  os << indent << "ExtendMinimum: " << (m_ExtendMinimum ? "On" : "Off") << std::endl;
  os << indent << "ExtendMaximum: " << (m_ExtendMaximum ? "On" : "Off") << std::endl;
}
} // namespace itk
