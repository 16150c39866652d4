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


IntensityDistribution::IntensityDistribution()
  : IntensityDistribution(StepsType{ { 0.0, 0 } })
{}


IntensityDistribution::IntensityDistribution(const ValuesType & values, const CountsType & countsBelow)
{
  if (countsBelow.size() != values.size() + 1)
  {
    itkGenericExceptionMacro("A distribution is given "
                             << values.size() << " values and " << countsBelow.size()
                             << " counts: there must be one count more than there are values.");
  }
  m_Steps.resize(countsBelow.size());
  for (SizeValueType i = 0; i < countsBelow.size(); ++i)
  {
    m_Steps[i] = { i < values.size() ? values[i] : 0.0, countsBelow[i] };
  }
  this->MakeIndex();
}


IntensityDistribution::IntensityDistribution(StepsType steps)
  : m_Steps(std::move(steps))
{
  this->MakeIndex();
}


void
IntensityDistribution::Verify() const
{
  constexpr SizeValueType mostValues = std::numeric_limits<std::int32_t>::max();
  const auto              numberOfValues = this->GetNumberOfValues();
  if (numberOfValues > mostValues)
  {
    itkGenericExceptionMacro("A distribution is given " << numberOfValues << " values: there may be at most "
                                                        << mostValues << '.');
  }
  bool isAscending = numberOfValues == 0 || (std::isfinite(this->GetMinimum()) && std::isfinite(this->GetMaximum()));
  bool isCounting = m_Steps.front().CountBelow == 0;
  for (SizeValueType i = 1; i <= numberOfValues; ++i)
  {
    isAscending = isAscending && (i == numberOfValues || m_Steps[i - 1].Value < m_Steps[i].Value);
    isCounting = isCounting && m_Steps[i - 1].CountBelow <= m_Steps[i].CountBelow;
  }
  if (!isAscending)
  {
    itkGenericExceptionMacro("The values of a distribution must be finite, and each above the one before.");
  }
  if (!isCounting)
  {
    itkGenericExceptionMacro("The counts of a distribution must begin with 0, and none may be below the one before.");
  }
}


void
IntensityDistribution::MakeIndex()
{
  this->Verify();
  // No number is above or equal to it, so that a search ends there.
  m_Steps.back().Value = std::numeric_limits<double>::quiet_NaN();
  const auto numberOfValues = this->GetNumberOfValues();
  if (numberOfValues == 0)
  {
    return;
  }
  m_FirstKey = KeyType::FromIntensity(this->GetMinimum());
  m_LastKey = KeyType::FromIntensity(this->GetMaximum());
  const auto numberOfGroups = std::clamp<SizeValueType>(numberOfValues / 16, 2, mostGroups);
  m_GroupShift = FindShift(m_LastKey - m_FirstKey, numberOfGroups);

  std::vector<SizeValueType> sizes(((m_LastKey - m_FirstKey) >> m_GroupShift) + 1);
  for (SizeValueType i = 0; i < numberOfValues; ++i)
  {
    ++sizes[(KeyType::FromIntensity(m_Steps[i].Value) - m_FirstKey) >> m_GroupShift];
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
  SizeValueType filled = 0;
  for (SizeValueType i = 0; i < numberOfValues; ++i)
  {
    for (const auto bucket = this->FindBucket(KeyType::FromIntensity(m_Steps[i].Value)); filled <= bucket; ++filled)
    {
      m_FirstsOfBuckets[filled] = static_cast<std::uint32_t>(i);
    }
  }
  std::fill(m_FirstsOfBuckets.begin() + filled, m_FirstsOfBuckets.end(), static_cast<std::uint32_t>(numberOfValues));
}


IntensityDistribution::ValuesType
IntensityDistribution::GetValues() const
{
  ValuesType values(this->GetNumberOfValues());
  std::transform(m_Steps.begin(), m_Steps.end() - 1, values.begin(), [](const Step & step) { return step.Value; });
  return values;
}


IntensityDistribution::CountsType
IntensityDistribution::GetCountsBelow() const
{
  CountsType counts(m_Steps.size());
  std::transform(m_Steps.begin(), m_Steps.end(), counts.begin(), [](const Step & step) { return step.CountBelow; });
  return counts;
}


inline std::uint32_t
IntensityDistribution::FindBucket(std::uint64_t key) const
{
  const std::uint64_t offset = key - m_FirstKey;
  const auto          groupNumber = offset >> m_GroupShift;
  const Group         group = m_Groups[groupNumber];
  return group.FirstBucket + static_cast<std::uint32_t>((offset - (groupNumber << m_GroupShift)) >> group.Shift);
}


template <typename TVisit>
inline void
IntensityDistribution::ForEachPosition(const double * numbers, SizeValueType count, const TVisit & visit) const
{
  if (this->GetNumberOfValues() == 0)
  {
    for (SizeValueType i = 0; i < count; ++i)
    {
      visit(i, SizeValueType{ 0 });
    }
    return;
  }
  // Step by step for a block, so that accesses to memory do not wait for each other.
  constexpr SizeValueType                blockLength = 64;
  std::array<std::uint32_t, blockLength> buckets;
  const auto                             isAbove = [](double number, const Step & step) { return step.Value > number; };
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    const auto     length = std::min(blockLength, count - start);
    const double * x = numbers + start;
    for (SizeValueType i = 0; i < length; ++i)
    {
      buckets[i] = this->FindBucket(std::clamp(KeyType::FromIntensity(x[i]), m_FirstKey, m_LastKey));
      Prefetch(&m_FirstsOfBuckets[buckets[i]]);
    }
    for (SizeValueType i = 0; i < length; ++i)
    {
      Prefetch(&m_Steps[m_FirstsOfBuckets[buckets[i]]]);
    }
    for (SizeValueType i = 0; i < length; ++i)
    {
      const double number = x[i];
      const Step * step = &m_Steps[m_FirstsOfBuckets[buckets[i]]];
      // Most buckets have few values: a fixed number of comparisons without a branch that could be foretold wrongly.
      step += step->Value <= number ? 1 : 0;
      step += step->Value <= number ? 1 : 0;
      step += step->Value <= number ? 1 : 0;
      if (step->Value <= number)
      {
        step = std::upper_bound(step, m_Steps.data() + m_FirstsOfBuckets[buckets[i] + 1], number, isAbove);
      }
      visit(start + i, static_cast<SizeValueType>(step - m_Steps.data()));
    }
  }
}


void
IntensityDistribution::Locate(const double * numbers, std::uint32_t * positions, SizeValueType count) const
{
  this->ForEachPosition(numbers, count, [&](SizeValueType i, SizeValueType position) {
    positions[i] = static_cast<std::uint32_t>(position);
  });
}


void
IntensityDistribution::CountBelow(const double * numbers, SizeValueType * counts, SizeValueType count) const
{
  this->ForEachPosition(numbers, count, [&](SizeValueType i, SizeValueType position) {
    const bool isValue = position > 0 && m_Steps[position - 1].Value == numbers[i];
    counts[i] = m_Steps[isValue ? position - 1 : position].CountBelow;
  });
}


void
IntensityDistribution::CountUpTo(const double * numbers, SizeValueType * counts, SizeValueType count) const
{
  this->ForEachPosition(
    numbers, count, [&](SizeValueType i, SizeValueType position) { counts[i] = m_Steps[position].CountBelow; });
}


SizeValueType
IntensityDistribution::CountBelow(double number) const
{
  SizeValueType count;
  this->CountBelow(&number, &count, 1);
  return count;
}


SizeValueType
IntensityDistribution::CountUpTo(double number) const
{
  SizeValueType count;
  this->CountUpTo(&number, &count, 1);
  return count;
}


SizeValueType
IntensityDistribution::FindFraction(double fraction) const
{
  SizeValueType first = 0;
  for (SizeValueType length = this->GetNumberOfValues() - 1; length > 0;)
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
  return m_Steps[this->FindFraction(fraction)].Value;
}


double
IntensityDistribution::GetInterpolatedQuantile(double fraction) const
{
  const auto   upper = this->FindFraction(fraction);
  const double upperFraction = this->GetFraction(upper);
  if (upper == 0 || fraction >= upperFraction)
  {
    return m_Steps[upper].Value;
  }
  const double lowerFraction = this->GetFraction(upper - 1);
  const double slope = (m_Steps[upper].Value - m_Steps[upper - 1].Value) / (upperFraction - lowerFraction);
  return slope * (fraction - lowerFraction) + m_Steps[upper - 1].Value;
}
} // namespace itk
