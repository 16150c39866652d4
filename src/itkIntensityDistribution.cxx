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
#include "itkIntensityDistribution.h"

#include "itkIntensityDistributionKernel.h"
#include "itkMacro.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace itk
{
namespace
{
using KeyType = IntensityKey<double>;

constexpr SizeValueType mostGroups = 4096;


inline void
Prefetch([[maybe_unused]] const void * address)
{
#if defined(__GNUC__)
  __builtin_prefetch(address);
#endif
}


/** The least shift after which keys up to `range` are less than `limit`. */
unsigned int
FindShift(std::uint64_t range, SizeValueType limit)
{
  unsigned int shift = 0;
  while ((range >> shift) >= limit)
  {
    ++shift;
  }
  return shift;
}
} // namespace


IntensityDistribution::IntensityDistribution(ValuesType values, CountsType countsBelow)
  : m_Values(std::move(values))
  , m_CountsBelow(std::move(countsBelow))
{
  constexpr SizeValueType mostValues = std::numeric_limits<std::int32_t>::max();
  if (m_CountsBelow.size() != m_Values.size() + 1 || m_Values.size() > mostValues)
  {
    itkGenericExceptionMacro("A distribution is given "
                             << m_Values.size() << " values and " << m_CountsBelow.size()
                             << " counts: there must be one count more than there are values, of which at most "
                             << mostValues << " are allowed.");
  }
  const auto isNotBelow = [](double a, double b) { return !(a < b); };
  const bool isAscending = std::adjacent_find(m_Values.begin(), m_Values.end(), isNotBelow) == m_Values.end();
  if (!m_Values.empty() && !(isAscending && std::isfinite(m_Values.front()) && std::isfinite(m_Values.back())))
  {
    itkGenericExceptionMacro("The values of a distribution must be finite, and each above the one before.");
  }
  if (m_CountsBelow.front() != 0 || !std::is_sorted(m_CountsBelow.begin(), m_CountsBelow.end()))
  {
    itkGenericExceptionMacro("The counts of a distribution must begin with 0, and none may be below the one before.");
  }
  if (!m_Values.empty())
  {
    this->MakeIndex();
  }
}


void
IntensityDistribution::MakeIndex()
{
  m_FirstKey = KeyType::FromIntensity(m_Values.front());
  m_LastKey = KeyType::FromIntensity(m_Values.back());
  const auto numberOfGroups = std::clamp<SizeValueType>(m_Values.size() / 16, 2, mostGroups);
  m_GroupShift = FindShift(m_LastKey - m_FirstKey, numberOfGroups);

  std::vector<SizeValueType> sizes(((m_LastKey - m_FirstKey) >> m_GroupShift) + 1);
  for (const double value : m_Values)
  {
    ++sizes[(KeyType::FromIntensity(value) - m_FirstKey) >> m_GroupShift];
  }
  const std::uint64_t lastOffset = (std::uint64_t{ 1 } << m_GroupShift) - 1;
  SizeValueType       numberOfBuckets = 0;
  for (const auto size : sizes)
  {
    const auto shift = FindShift(lastOffset, std::max<SizeValueType>(size, 2));
    m_Groups.push_back({ static_cast<std::uint32_t>(numberOfBuckets), shift });
    numberOfBuckets += (lastOffset >> shift) + 1;
  }

  m_FirstsOfBuckets.resize(numberOfBuckets + 1);
  for (const double value : m_Values)
  {
    ++m_FirstsOfBuckets[this->FindBucket(KeyType::FromIntensity(value)) + 1];
  }
  std::partial_sum(m_FirstsOfBuckets.begin(), m_FirstsOfBuckets.end(), m_FirstsOfBuckets.begin());
}


inline std::uint32_t
IntensityDistribution::FindBucket(std::uint64_t key) const
{
  const std::uint64_t offset = key - m_FirstKey;
  const auto          groupNumber = offset >> m_GroupShift;
  const Group         group = m_Groups[groupNumber];
  return group.FirstBucket + static_cast<std::uint32_t>((offset - (groupNumber << m_GroupShift)) >> group.Shift);
}


void
IntensityDistribution::Locate(const double * numbers, std::uint32_t * positions, SizeValueType count) const
{
  if (m_Values.empty())
  {
    std::fill_n(positions, count, 0);
    return;
  }
  // Step by step for a block, so that accesses to memory do not wait for each other.
  constexpr SizeValueType                blockLength = 64;
  std::array<std::uint32_t, blockLength> buckets;
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    const auto     length = std::min(blockLength, count - start);
    const double * x = numbers + start;
    for (SizeValueType i = 0; i < length; ++i)
    {
      const auto key = std::clamp(KeyType::FromIntensity(x[i]), m_FirstKey, m_LastKey);
      buckets[i] = this->FindBucket(key);
      Prefetch(&m_FirstsOfBuckets[buckets[i]]);
    }
    for (SizeValueType i = 0; i < length; ++i)
    {
      Prefetch(&m_Values[m_FirstsOfBuckets[buckets[i]]]);
    }
    for (SizeValueType i = 0; i < length; ++i)
    {
      const auto first = m_Values.begin() + m_FirstsOfBuckets[buckets[i]];
      const auto end = m_Values.begin() + m_FirstsOfBuckets[buckets[i] + 1];
      const auto above = std::upper_bound(first, end, x[i]);
      positions[start + i] = static_cast<std::uint32_t>(above - m_Values.begin());
    }
  }
}


SizeValueType
IntensityDistribution::CountUpTo(double x) const
{
  std::uint32_t position;
  this->Locate(&x, &position, 1);
  return m_CountsBelow[position];
}


SizeValueType
IntensityDistribution::CountBelow(double x) const
{
  std::uint32_t position;
  this->Locate(&x, &position, 1);
  return m_CountsBelow[position > 0 && m_Values[position - 1] == x ? position - 1 : position];
}


SizeValueType
IntensityDistribution::FindFraction(double fraction) const
{
  SizeValueType first = 0;
  for (SizeValueType length = m_Values.size() - 1; length > 0;)
  {
    const auto half = length / 2;
    const bool isBelow = this->GetFraction(first + half) < fraction;
    first += isBelow ? half + 1 : 0;
    length = isBelow ? length - half - 1 : half;
  }
  return first;
}


double
IntensityDistribution::GetQuantile(double fraction) const
{
  return m_Values[this->FindFraction(fraction)];
}


double
IntensityDistribution::GetInterpolatedQuantile(double fraction) const
{
  const auto   upper = this->FindFraction(fraction);
  const double upperFraction = this->GetFraction(upper);
  if (upper == 0 || fraction >= upperFraction)
  {
    return m_Values[upper];
  }
  const double lowerFraction = this->GetFraction(upper - 1);
  const double slope = (m_Values[upper] - m_Values[upper - 1]) / (upperFraction - lowerFraction);
  return slope * (fraction - lowerFraction) + m_Values[upper - 1];
}
} // namespace itk
