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
#include "itkPrefetch.h"
#include "itkSingleIntensityCounts.h"

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
{
  this->SetSteps({ { 0.0, 0 } });
}


IntensityDistribution::IntensityDistribution(const ValuesType & values, const CountsType & countsBelow)
{
  if (countsBelow.size() != values.size() + 1)
  {
    itkGenericExceptionMacro("A distribution is given "
                             << values.size() << " values and " << countsBelow.size()
                             << " counts: there must be one count more than there are values.");
  }
  StepsType steps;
  steps.resize(countsBelow.size());
  for (SizeValueType i = 0; i < countsBelow.size(); ++i)
  {
    steps[i] = { i < values.size() ? values[i] : 0.0, countsBelow[i] };
  }
  this->SetSteps(std::move(steps));
}


IntensityDistribution::IntensityDistribution(StepsType steps)
{
  this->SetSteps(std::move(steps));
}


IntensityDistribution::IntensityDistribution(std::shared_ptr<const SingleIntensityCounts> singles)
  : m_Singles(std::move(singles))
  , m_NumberOfIntensities(m_Singles->GetNumberOfIntensities())
{
  m_Minimum = m_Singles->GetMinimum();
  m_Maximum = m_Singles->GetMaximum();
}


void
IntensityDistribution::SetSteps(StepsType steps)
{
  std::call_once(m_Index->IsMade, [&] {
    m_Index->Made.Steps = std::move(steps);
    m_Index->Made.Make();
  });
  const auto & made = m_Index->Made.Steps;
  m_NumberOfIntensities = made.back().CountBelow;
  if (made.size() > 1)
  {
    m_Minimum = made.front().Value;
    m_Maximum = made[made.size() - 2].Value;
  }
}


const IntensityDistribution::Index &
IntensityDistribution::GetIndex() const
{
  std::call_once(m_Index->IsMade, [this] {
    m_Index->Made.Steps = m_Singles->MakeSteps();
    m_Index->Made.Make();
  });
  return m_Index->Made;
}


void
IntensityDistribution::Index::Verify() const
{
  constexpr SizeValueType mostValues = std::numeric_limits<std::int32_t>::max();
  const SizeValueType     numberOfValues = Steps.size() - 1;
  if (numberOfValues > mostValues)
  {
    itkGenericExceptionMacro("A distribution is given " << numberOfValues << " values: there may be at most "
                                                        << mostValues << '.');
  }
  bool isAscending =
    numberOfValues == 0 || (std::isfinite(Steps.front().Value) && std::isfinite(Steps[numberOfValues - 1].Value));
  bool isCounting = Steps.front().CountBelow == 0;
  for (SizeValueType i = 1; i <= numberOfValues; ++i)
  {
    isAscending = isAscending && (i == numberOfValues || Steps[i - 1].Value < Steps[i].Value);
    isCounting = isCounting && Steps[i - 1].CountBelow <= Steps[i].CountBelow;
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
IntensityDistribution::Index::Make()
{
  this->Verify();
  // No number is above or equal to it, so that a search ends there.
  Steps.back().Value = std::numeric_limits<double>::quiet_NaN();
  const SizeValueType numberOfValues = Steps.size() - 1;
  if (numberOfValues == 0)
  {
    return;
  }
  FirstKey = KeyType::FromIntensity(Steps.front().Value);
  LastKey = KeyType::FromIntensity(Steps[numberOfValues - 1].Value);
  const auto numberOfGroups = std::clamp<SizeValueType>(numberOfValues / 16, 2, mostGroups);
  GroupShift = FindShift(LastKey - FirstKey, numberOfGroups);

  std::vector<SizeValueType> sizes(((LastKey - FirstKey) >> GroupShift) + 1);
  for (SizeValueType i = 0; i < numberOfValues; ++i)
  {
    ++sizes[(KeyType::FromIntensity(Steps[i].Value) - FirstKey) >> GroupShift];
  }
  const std::uint64_t lastOffset = (std::uint64_t{ 1 } << GroupShift) - 1;
  SizeValueType       numberOfBuckets = 0;
  for (const auto size : sizes)
  {
    const auto shift = FindShift(lastOffset, std::max<SizeValueType>(size, 2));
    Groups.push_back({ static_cast<std::uint32_t>(numberOfBuckets), shift });
    numberOfBuckets += (lastOffset >> shift) + 1;
  }

  FirstsOfBuckets.resize(numberOfBuckets + 1);
  SizeValueType filled = 0;
  for (SizeValueType i = 0; i < numberOfValues; ++i)
  {
    for (const auto bucket = this->FindBucket(KeyType::FromIntensity(Steps[i].Value)); filled <= bucket; ++filled)
    {
      FirstsOfBuckets[filled] = static_cast<std::uint32_t>(i);
    }
  }
  std::fill(FirstsOfBuckets.begin() + filled, FirstsOfBuckets.end(), static_cast<std::uint32_t>(numberOfValues));
}


IntensityDistribution::ValuesType
IntensityDistribution::GetValues() const
{
  const auto & steps = this->GetSteps();
  ValuesType   values(steps.size() - 1);
  std::transform(steps.begin(), steps.end() - 1, values.begin(), [](const Step & step) { return step.Value; });
  return values;
}


IntensityDistribution::CountsType
IntensityDistribution::GetCountsBelow() const
{
  const auto & steps = this->GetSteps();
  CountsType   counts(steps.size());
  std::transform(steps.begin(), steps.end(), counts.begin(), [](const Step & step) { return step.CountBelow; });
  return counts;
}


inline std::uint32_t
IntensityDistribution::Index::FindBucket(std::uint64_t key) const
{
  const std::uint64_t offset = key - FirstKey;
  const auto          groupNumber = offset >> GroupShift;
  const Group         group = Groups[groupNumber];
  return group.FirstBucket + static_cast<std::uint32_t>((offset - (groupNumber << GroupShift)) >> group.Shift);
}


template <typename TVisit>
inline void
IntensityDistribution::ForEachPosition(const double * numbers, SizeValueType count, const TVisit & visit) const
{
  const Index & index = this->GetIndex();
  if (index.Groups.empty())
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
      buckets[i] = index.FindBucket(std::clamp(KeyType::FromIntensity(x[i]), index.FirstKey, index.LastKey));
      Prefetch(&index.FirstsOfBuckets[buckets[i]]);
    }
    for (SizeValueType i = 0; i < length; ++i)
    {
      Prefetch(&index.Steps[index.FirstsOfBuckets[buckets[i]]]);
    }
    for (SizeValueType i = 0; i < length; ++i)
    {
      const double number = x[i];
      const Step * step = &index.Steps[index.FirstsOfBuckets[buckets[i]]];
      // Most buckets have few values: a fixed number of comparisons without a branch that could be foretold wrongly.
      step += step->Value <= number ? 1 : 0;
      step += step->Value <= number ? 1 : 0;
      step += step->Value <= number ? 1 : 0;
      if (step->Value <= number)
      {
        step = std::upper_bound(step, index.Steps.data() + index.FirstsOfBuckets[buckets[i] + 1], number, isAbove);
      }
      visit(start + i, static_cast<SizeValueType>(step - index.Steps.data()));
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
  if (m_Singles != nullptr)
  {
    m_Singles->CountBelow(numbers, counts, count);
    return;
  }
  const Index & index = this->GetIndex();
  this->ForEachPosition(numbers, count, [&](SizeValueType i, SizeValueType position) {
    const bool isValue = position > 0 && index.Steps[position - 1].Value == numbers[i];
    counts[i] = index.Steps[isValue ? position - 1 : position].CountBelow;
  });
}


void
IntensityDistribution::CountUpTo(const double * numbers, SizeValueType * counts, SizeValueType count) const
{
  if (m_Singles != nullptr)
  {
    m_Singles->CountUpTo(numbers, counts, count);
    return;
  }
  const Index & index = this->GetIndex();
  this->ForEachPosition(
    numbers, count, [&](SizeValueType i, SizeValueType position) { counts[i] = index.Steps[position].CountBelow; });
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
  return this->GetSteps()[this->FindFraction(fraction)].Value;
}


double
IntensityDistribution::GetInterpolatedQuantile(double fraction) const
{
  const auto & steps = this->GetSteps();
  const auto   upper = this->FindFraction(fraction);
  const double upperFraction = this->GetFraction(upper);
  if (upper == 0 || fraction >= upperFraction)
  {
    return steps[upper].Value;
  }
  const double lowerFraction = this->GetFraction(upper - 1);
  const double slope = (steps[upper].Value - steps[upper - 1].Value) / (upperFraction - lowerFraction);
  return slope * (fraction - lowerFraction) + steps[upper - 1].Value;
}
} // namespace itk
