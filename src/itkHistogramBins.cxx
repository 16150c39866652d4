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
#include "itkHistogramBins.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace itk
{
namespace
{
/** The bin of a value that is not below the first edge and not above the last. */
std::uint32_t
FindBinBySearch(double value, const HistogramBins::EdgesType & edges)
{
  const auto above = std::upper_bound(edges.begin() + 1, edges.end() - 1, value);
  return static_cast<std::uint32_t>(above - edges.begin() - 1);
}


/** The same for edges that are evenly spaced but for rounding: a guess that rounding can put off, then corrected
 * against the edges themselves. */
std::uint32_t
FindBinByArithmetic(double value, const HistogramBins::EdgesType & edges, double binsPerUnit)
{
  const auto last = static_cast<std::uint32_t>(edges.size() - 2);
  auto bin = static_cast<std::uint32_t>(std::min((value - edges.front()) * binsPerUnit, static_cast<double>(last)));
  while (value < edges[bin])
  {
    --bin;
  }
  while (bin < last && value >= edges[bin + 1])
  {
    ++bin;
  }
  return bin;
}


template <typename TReal, typename TFindBin>
void
CodeSpan(const TReal *         values,
         std::uint32_t *       codes,
         SizeValueType         count,
         const HistogramBins & bins,
         const TFindBin &      findBin)
{
  const double first = bins.GetEdges().front();
  const double last = bins.GetEdges().back();
  for (SizeValueType i = 0; i < count; ++i)
  {
    const double value = values[i];
    if (value >= first && value <= last)
    {
      codes[i] = findBin(value);
    }
    else
    {
      codes[i] = value < first ? bins.GetUnderCode() : (value > last ? bins.GetOverCode() : bins.GetInvalidCode());
    }
  }
}


template <typename TReal>
void
CodeSpan(const TReal * values, std::uint32_t * codes, SizeValueType count, const HistogramBins & bins, bool even)
{
  const auto & edges = bins.GetEdges();
  const double binsPerUnit = static_cast<double>(bins.GetNumberOfBins()) / (edges.back() - edges.front());
  if (even && std::isfinite(binsPerUnit))
  {
    CodeSpan(values, codes, count, bins, [&](double value) { return FindBinByArithmetic(value, edges, binsPerUnit); });
  }
  else
  {
    CodeSpan(values, codes, count, bins, [&](double value) { return FindBinBySearch(value, edges); });
  }
}
} // namespace


HistogramBins::HistogramBins()
  : m_Edges{ 0.0, 1.0 }
{}


void
HistogramBins::SetUniform(SizeValueType numberOfBins, double minimum, double maximum)
{
  const double width = maximum - minimum;
  if (numberOfBins == 0 || numberOfBins > MaximumNumberOfBins || !(width > 0.0) || !std::isfinite(width))
  {
    itkExceptionMacro(<< numberOfBins << " uniform bins from " << minimum << " to " << maximum
                      << ": there must be 1 to " << MaximumNumberOfBins
                      << " bins, and the minimum must be below the maximum, both finite.");
  }
  EdgesType    edges(numberOfBins + 1);
  const double step = width / static_cast<double>(numberOfBins);
  for (SizeValueType k = 0; k < numberOfBins; ++k)
  {
    const double offset = static_cast<double>(k) * step;
    edges[k] = offset + minimum;
  }
  edges.back() = maximum;
  this->SetEdges(std::move(edges), SpacingType::Uniform);
}


void
HistogramBins::SetLogarithmic(SizeValueType numberOfBins, double minimum, double maximum)
{
  if (numberOfBins == 0 || numberOfBins > MaximumNumberOfBins || !(minimum > 0.0) || !(minimum < maximum) ||
      !std::isfinite(maximum))
  {
    itkExceptionMacro(<< numberOfBins << " logarithmic bins from " << minimum << " to " << maximum
                      << ": there must be 1 to " << MaximumNumberOfBins
                      << " bins, and 0 < minimum < maximum, both finite.");
  }
  EdgesType edges(numberOfBins + 1);
  for (SizeValueType k = 0; k <= numberOfBins; ++k)
  {
    const double fraction = static_cast<double>(k) / static_cast<double>(numberOfBins);
    edges[k] = std::pow(minimum, 1.0 - fraction) * std::pow(maximum, fraction);
  }
  edges.front() = minimum;
  edges.back() = maximum;
  this->SetEdges(std::move(edges), SpacingType::Arbitrary);
}


void
HistogramBins::SetIntegers(std::int64_t first, std::int64_t last)
{
  // Up to here a double holds every integer and a half.
  constexpr std::int64_t limit = std::int64_t{ 1 } << 51;
  if (first > last || first < -limit || last > limit || static_cast<SizeValueType>(last - first) >= MaximumNumberOfBins)
  {
    itkExceptionMacro("One bin per integer from "
                      << first << " to " << last << ": the first must not be above the last, "
                      << "there may be at most " << MaximumNumberOfBins << " bins, and integers from -2^51 to 2^51.");
  }
  EdgesType edges(static_cast<SizeValueType>(last - first) + 2);
  for (SizeValueType k = 0; k < edges.size(); ++k)
  {
    edges[k] = static_cast<double>(first) + static_cast<double>(k) - 0.5;
  }
  this->SetEdges(std::move(edges), SpacingType::Integer);
}


void
HistogramBins::SetEdges(const EdgesType & edges)
{
  this->SetEdges(edges, SpacingType::Arbitrary);
}


void
HistogramBins::SetEdges(EdgesType edges, SpacingType spacing)
{
  if (edges.size() < 2 || edges.size() - 1 > MaximumNumberOfBins)
  {
    itkExceptionMacro(<< edges.size() << " bin edges were given: there must be 2 to " << MaximumNumberOfBins + 1
                      << '.');
  }
  const auto notFinite = std::find_if_not(edges.begin(), edges.end(), [](double edge) { return std::isfinite(edge); });
  if (notFinite != edges.end())
  {
    itkExceptionMacro("Bin edge " << notFinite - edges.begin() << " is " << *notFinite << ": edges must be finite.");
  }
  const auto notAbove = std::adjacent_find(edges.begin(), edges.end(), std::greater_equal<>());
  if (notAbove != edges.end())
  {
    itkExceptionMacro("Bin edge " << notAbove - edges.begin() + 1 << " is " << *(notAbove + 1)
                                  << ", which is not above " << *notAbove
                                  << " before it: edges must increase, and there cannot be more bins than numbers "
                                     "between the first and the last edge.");
  }
  m_Edges = std::move(edges);
  m_Spacing = spacing;
  this->Modified();
}


double
HistogramBins::GetCenter(SizeValueType bin) const
{
  return 0.5 * m_Edges[bin] + 0.5 * m_Edges[bin + 1];
}


void
HistogramBins::Forward(const float * values, CodeType * codes, SizeValueType count) const
{
  CodeSpan(values, codes, count, *this, m_Spacing != SpacingType::Arbitrary);
}


void
HistogramBins::Forward(const double * values, CodeType * codes, SizeValueType count) const
{
  CodeSpan(values, codes, count, *this, m_Spacing != SpacingType::Arbitrary);
}


void
HistogramBins::Inverse(const CodeType * codes, double * values, SizeValueType count) const
{
  constexpr double infinity = std::numeric_limits<double>::infinity();
  std::transform(codes, codes + count, values, [this](CodeType code) {
    if (code < this->GetNumberOfBins())
    {
      return this->GetCenter(code);
    }
    return code == this->GetUnderCode()  ? -infinity
           : code == this->GetOverCode() ? infinity
                                         : std::numeric_limits<double>::quiet_NaN();
  });
}


HistogramBins::CodeType
HistogramBins::ForwardValue(double value) const
{
  CodeType code;
  this->Forward(&value, &code, 1);
  return code;
}


void
HistogramBins::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "NumberOfBins: " << this->GetNumberOfBins() << std::endl;
  os << indent << "Edges: from " << m_Edges.front() << " to " << m_Edges.back() << std::endl;
}
} // namespace itk
