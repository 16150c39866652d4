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
#include "itkSingleIntensityCounts.h"

#include "itkPrefetch.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace itk
{
namespace
{
/** How many keys of a bucket are compared in any case. */
constexpr SizeValueType numberOfSteps = 2;


/** The key of the greatest single-precision number that is not above. */
inline std::uint32_t
GetKeyNotAbove(double number)
{
  const auto single = static_cast<float>(number);
  const auto key = SingleIntensityCounts::KeyType::FromIntensity(single);
  return static_cast<double>(single) > number ? key - 1 : key;
}


/** The key of the least single-precision number that is not below; one beyond 32 bits if there is none. */
inline std::uint64_t
GetKeyNotBelow(double number)
{
  const auto single = static_cast<float>(number);
  const auto key = std::uint64_t{ SingleIntensityCounts::KeyType::FromIntensity(single) };
  return static_cast<double>(single) < number ? key + 1 : key;
}


/** By insertion, if there are not many. */
inline void
SortFewKeys(std::uint16_t * first, std::uint16_t * end)
{
  constexpr std::ptrdiff_t many = 16;
  if (end - first > many)
  {
    std::sort(first, end);
    return;
  }
  for (auto * unsorted = first + 1; unsorted < end; ++unsorted)
  {
    const auto key = *unsorted;
    auto *     place = unsorted;
    for (; place > first && place[-1] > key; --place)
    {
      *place = place[-1];
    }
    *place = key;
  }
}


inline double
GetIntensity(SizeValueType digit, std::uint16_t lowKey)
{
  const auto key = static_cast<std::uint32_t>(digit * SingleIntensityCounts::Radix + lowKey);
  return static_cast<double>(SingleIntensityCounts::KeyType::ToIntensity(key));
}
} // namespace


SingleIntensityCounts::SingleIntensityCounts(const std::vector<SizeValueType> & countsBelow,
                                             LowKeysType                        lowKeys,
                                             const LoopType &                   loop)
  : m_Groups(countsBelow.size())
  , m_LowKeys(std::move(lowKeys))
{
  std::vector<SizeValueType> digits;
  std::uint32_t              numberOfBuckets = 0;
  for (SizeValueType digit = 0; digit < m_Groups.size(); ++digit)
  {
    auto & group = m_Groups[digit];
    group.CountBelow = countsBelow[digit];
    group.FirstBucket = numberOfBuckets;
    const auto count = digit < Radix ? countsBelow[digit + 1] - countsBelow[digit] : 0;
    while (group.Shift > 0 && (Radix >> group.Shift) < count)
    {
      --group.Shift;
    }
    numberOfBuckets += static_cast<std::uint32_t>(Radix >> group.Shift);
    if (count > 0)
    {
      digits.push_back(digit);
    }
  }
  m_FirstsOfBuckets.resize(numberOfBuckets + 1);
  std::fill(m_FirstsOfBuckets.end() - 1, m_FirstsOfBuckets.end(), static_cast<std::uint32_t>(m_LowKeys.size()));
  for (SizeValueType digit = 0; digit < m_Groups.size(); ++digit)
  {
    m_FirstsOfBuckets[m_Groups[digit].FirstBucket] = static_cast<std::uint32_t>(countsBelow[digit]);
  }
  // A search looks at what comes after the last bucket, and does not count it.
  m_LowKeys.insert(m_LowKeys.end(), numberOfSteps, std::uint16_t{ 0 });
  loop(digits.size(), [&](SizeValueType i) { this->SortGroup(digits[i]); });
}


void
SingleIntensityCounts::SortGroup(SizeValueType digit)
{
  const Group &              group = m_Groups[digit];
  const SizeValueType        numberOfBuckets = Radix >> group.Shift;
  const auto                 begin = m_LowKeys.begin() + group.CountBelow;
  const auto                 end = m_LowKeys.begin() + m_Groups[digit + 1].CountBelow;
  std::vector<std::uint32_t> ends(numberOfBuckets);
  for (auto lowKey = begin; lowKey != end; ++lowKey)
  {
    ++ends[*lowKey >> group.Shift];
  }
  std::vector<std::uint32_t> next(numberOfBuckets);
  auto                       first = static_cast<std::uint32_t>(group.CountBelow);
  for (SizeValueType bucket = 0; bucket < numberOfBuckets; ++bucket)
  {
    m_FirstsOfBuckets[group.FirstBucket + bucket] = first;
    next[bucket] = first;
    first += ends[bucket];
    ends[bucket] = first;
  }
  const std::vector<std::uint16_t> unsorted(begin, end);
  for (const auto lowKey : unsorted)
  {
    m_LowKeys[next[lowKey >> group.Shift]++] = lowKey;
  }
  for (SizeValueType bucket = 0; bucket < numberOfBuckets; ++bucket)
  {
    SortFewKeys(m_LowKeys.data() + m_FirstsOfBuckets[group.FirstBucket + bucket], m_LowKeys.data() + ends[bucket]);
  }
}


template <typename TGetKey>
inline void
SingleIntensityCounts::CountBelowKeys(SizeValueType * counts, SizeValueType count, const TGetKey & getKey) const
{
  // Step by step for a block, so that accesses to memory do not wait for each other.
  constexpr SizeValueType                        blockLength = 64;
  std::array<std::uint16_t, blockLength>         lowKeys;
  std::array<const std::uint32_t *, blockLength> firsts;
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    const auto length = std::min(blockLength, count - start);
    for (SizeValueType i = 0; i < length; ++i)
    {
      // No finite number has the last key.
      const auto   key = std::min<std::uint64_t>(getKey(start + i), std::numeric_limits<std::uint32_t>::max());
      const auto & group = m_Groups[key / Radix];
      lowKeys[i] = static_cast<std::uint16_t>(key % Radix);
      firsts[i] = m_FirstsOfBuckets.data() + group.FirstBucket + (lowKeys[i] >> group.Shift);
      Prefetch(firsts[i]);
    }
    for (SizeValueType i = 0; i < length; ++i)
    {
      Prefetch(m_LowKeys.data() + *firsts[i]);
    }
    for (SizeValueType i = 0; i < length; ++i)
    {
      const auto    lowKey = lowKeys[i];
      const auto    end = firsts[i][1];
      SizeValueType below = firsts[i][0];
      // Most buckets have few keys: a fixed number of comparisons without a branch that could be foretold wrongly.
      for (SizeValueType step = 0; step < numberOfSteps; ++step)
      {
        below += static_cast<SizeValueType>(below < end) & static_cast<SizeValueType>(m_LowKeys[below] < lowKey);
      }
      if (below < end && m_LowKeys[below] < lowKey)
      {
        below = std::lower_bound(m_LowKeys.begin() + below, m_LowKeys.begin() + end, lowKey) - m_LowKeys.begin();
      }
      counts[start + i] = below;
    }
  }
}


void
SingleIntensityCounts::CountBelow(const double * numbers, SizeValueType * counts, SizeValueType count) const
{
  this->CountBelowKeys(counts, count, [numbers](SizeValueType i) { return GetKeyNotBelow(numbers[i]); });
}


void
SingleIntensityCounts::CountUpTo(const double * numbers, SizeValueType * counts, SizeValueType count) const
{
  this->CountBelowKeys(
    counts, count, [numbers](SizeValueType i) { return std::uint64_t{ GetKeyNotAbove(numbers[i]) } + 1; });
}


double
SingleIntensityCounts::GetOrderStatistic(SizeValueType rank) const
{
  const auto isBelow = [](SizeValueType wanted, const Group & group) { return wanted < group.CountBelow; };
  const auto above = std::upper_bound(m_Groups.begin(), m_Groups.end(), rank, isBelow);
  const auto digit = static_cast<SizeValueType>(above - m_Groups.begin()) - 1;
  return GetIntensity(digit, m_LowKeys[rank]);
}


IntensityDistribution::StepsType
SingleIntensityCounts::MakeSteps() const
{
  IntensityDistribution::StepsType steps;
  for (SizeValueType digit = 0; digit < Radix; ++digit)
  {
    const auto first = m_Groups[digit].CountBelow;
    for (auto i = first; i < m_Groups[digit + 1].CountBelow; ++i)
    {
      if (i == first || m_LowKeys[i] != m_LowKeys[i - 1])
      {
        steps.push_back({ GetIntensity(digit, m_LowKeys[i]), i });
      }
    }
  }
  steps.push_back({ 0.0, this->GetNumberOfIntensities() });
  return steps;
}
} // namespace itk
