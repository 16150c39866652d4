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
#include "itkTargetClones.h"

#include <algorithm>
#include <array>
#include <utility>

namespace itk
{
namespace
{
/** Buckets have at least this many keys on average, and less than twice as many. */
constexpr SizeValueType leastMeanOfBucket = 8;

/** As many keys of a bucket are compared at once; if it has more, they are sorted. */
constexpr std::uint32_t mostUnsorted = SingleIntensityCounts::Padding;

/** How many numbers are looked up together. */
constexpr SizeValueType blockLength = 64;


/** The key of the least single-precision number that is above. */
inline std::uint32_t
GetKeyAbove(double number)
{
  const auto single = static_cast<float>(number);
  const auto key = SingleIntensityCounts::KeyType::FromIntensity(single);
  return key + (static_cast<double>(single) > number ? 0 : 1);
}


/** The key of the least single-precision number that is not below. */
inline std::uint32_t
GetKeyNotBelow(double number)
{
  const auto single = static_cast<float>(number);
  const auto key = SingleIntensityCounts::KeyType::FromIntensity(single);
  return key + (static_cast<double>(single) < number ? 1 : 0);
}


itkTargetClones void
GetKeysAbove(const double * numbers, std::uint32_t * keys, SizeValueType count)
{
  std::transform(numbers, numbers + count, keys, GetKeyAbove);
}


itkTargetClones void
GetKeysNotBelow(const double * numbers, std::uint32_t * keys, SizeValueType count)
{
  std::transform(numbers, numbers + count, keys, GetKeyNotBelow);
}


/** Where a low key is looked for. */
struct Place
{
  const std::uint32_t * FirstOfBucket;
  std::uint16_t         LowKey;
};


inline SizeValueType
CountBelowInBucket(const std::uint16_t * lowKeys, std::uint32_t first, std::uint32_t end, std::uint16_t lowKey)
{
  const std::uint16_t * begin = lowKeys + first;
  if (end - first > mostUnsorted)
  {
    return *begin < lowKey ? std::lower_bound(begin, lowKeys + end, lowKey) - lowKeys : first;
  }
  const auto    length = static_cast<std::uint16_t>(end - first);
  std::uint16_t below = 0;
  for (std::uint16_t i = 0; i < mostUnsorted; ++i)
  {
    below += static_cast<std::uint16_t>(i < length) & static_cast<std::uint16_t>(begin[i] < lowKey);
  }
  return SizeValueType{ first } + below;
}


itkTargetClones void
CountBelowInBuckets(const std::uint16_t * lowKeys, const Place * places, SizeValueType * counts, SizeValueType count)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    const std::uint32_t * first = places[i].FirstOfBucket;
    counts[i] = CountBelowInBucket(lowKeys, first[0], first[1], places[i].LowKey);
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
    while (group.Shift > 0 && (leastMeanOfBucket << (17 - group.Shift)) <= count)
    {
      --group.Shift;
    }
    numberOfBuckets += static_cast<std::uint32_t>(Radix >> group.Shift);
    if (count > 0)
    {
      digits.push_back(digit);
    }
  }
  m_FirstsOfBuckets.resize(numberOfBuckets);
  for (SizeValueType digit = 0; digit < m_Groups.size(); ++digit)
  {
    m_FirstsOfBuckets[m_Groups[digit].FirstBucket] = static_cast<std::uint32_t>(countsBelow[digit]);
  }
  // A search looks at what comes after the last bucket, and does not count it.
  m_LowKeys.insert(m_LowKeys.end(), Padding, std::uint16_t{ 0 });
  loop(digits.size(), [&](SizeValueType i) { this->FillBuckets(digits[i]); });
}


void
SingleIntensityCounts::FillBuckets(SizeValueType digit)
{
  const Group &              group = m_Groups[digit];
  const SizeValueType        numberOfBuckets = Radix >> group.Shift;
  const auto                 begin = m_LowKeys.begin() + group.CountBelow;
  const auto                 end = m_LowKeys.begin() + m_Groups[digit + 1].CountBelow;
  const auto                 firsts = m_FirstsOfBuckets.begin() + group.FirstBucket;
  std::vector<std::uint32_t> next(numberOfBuckets);
  std::for_each(begin, end, [&](std::uint16_t lowKey) { ++next[lowKey >> group.Shift]; });
  auto first = static_cast<std::uint32_t>(group.CountBelow);
  for (SizeValueType bucket = 0; bucket < numberOfBuckets; ++bucket)
  {
    firsts[bucket] = first;
    first += std::exchange(next[bucket], first);
  }
  const std::vector<std::uint16_t> lowKeys(begin, end);
  for (const auto lowKey : lowKeys)
  {
    m_LowKeys[next[lowKey >> group.Shift]++] = lowKey;
  }
  for (SizeValueType bucket = 0; bucket < numberOfBuckets; ++bucket)
  {
    const bool areEqual = group.Shift == 0;
    if (next[bucket] - firsts[bucket] > mostUnsorted && !areEqual)
    {
      std::sort(m_LowKeys.begin() + firsts[bucket], m_LowKeys.begin() + next[bucket]);
    }
  }
}


void
SingleIntensityCounts::CountBelowKeys(const std::uint32_t * keys, SizeValueType * counts, SizeValueType count) const
{
  // Step by step, so that accesses to memory do not wait for each other.
  std::array<Place, blockLength> places;
  for (SizeValueType i = 0; i < count; ++i)
  {
    const auto & group = m_Groups[keys[i] / Radix];
    const auto   lowKey = static_cast<std::uint16_t>(keys[i] % Radix);
    places[i] = { m_FirstsOfBuckets.data() + group.FirstBucket + (lowKey >> group.Shift), lowKey };
    Prefetch(places[i].FirstOfBucket);
  }
  for (SizeValueType i = 0; i < count; ++i)
  {
    const auto * begin = m_LowKeys.data() + *places[i].FirstOfBucket;
    Prefetch(begin);
    Prefetch(begin + mostUnsorted - 1);
  }
  CountBelowInBuckets(m_LowKeys.data(), places.data(), counts, count);
}


template <typename TGetKeys>
inline void
SingleIntensityCounts::CountBelowKeysOf(const double *   numbers,
                                        SizeValueType *  counts,
                                        SizeValueType    count,
                                        const TGetKeys & getKeys) const
{
  std::array<std::uint32_t, blockLength> keys;
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    const auto length = std::min(blockLength, count - start);
    getKeys(numbers + start, keys.data(), length);
    this->CountBelowKeys(keys.data(), counts + start, length);
  }
}


void
SingleIntensityCounts::CountBelow(const double * numbers, SizeValueType * counts, SizeValueType count) const
{
  this->CountBelowKeysOf(numbers, counts, count, GetKeysNotBelow);
}


void
SingleIntensityCounts::CountUpTo(const double * numbers, SizeValueType * counts, SizeValueType count) const
{
  this->CountBelowKeysOf(numbers, counts, count, GetKeysAbove);
}


template <typename TPick>
double
SingleIntensityCounts::PickIntensity(SizeValueType digit, const TPick & pick) const
{
  const auto begin = m_LowKeys.begin();
  return GetIntensity(digit, *pick(begin + m_Groups[digit].CountBelow, begin + m_Groups[digit + 1].CountBelow));
}


double
SingleIntensityCounts::GetMinimum() const
{
  SizeValueType digit = 0;
  while (m_Groups[digit + 1].CountBelow == 0)
  {
    ++digit;
  }
  return this->PickIntensity(digit, [](auto begin, auto end) { return std::min_element(begin, end); });
}


double
SingleIntensityCounts::GetMaximum() const
{
  SizeValueType digit = Radix - 1;
  while (m_Groups[digit].CountBelow == this->GetNumberOfIntensities())
  {
    --digit;
  }
  return this->PickIntensity(digit, [](auto begin, auto end) { return std::max_element(begin, end); });
}


IntensityDistribution::StepsType
SingleIntensityCounts::MakeSteps() const
{
  IntensityDistribution::StepsType steps;
  LowKeysType                      lowKeys;
  for (SizeValueType digit = 0; digit < Radix; ++digit)
  {
    const auto & group = m_Groups[digit];
    for (auto bucket = group.FirstBucket; bucket < m_Groups[digit + 1].FirstBucket; ++bucket)
    {
      const auto first = m_FirstsOfBuckets[bucket];
      lowKeys.assign(m_LowKeys.begin() + first, m_LowKeys.begin() + m_FirstsOfBuckets[bucket + 1]);
      if (lowKeys.size() <= mostUnsorted)
      {
        std::sort(lowKeys.begin(), lowKeys.end());
      }
      for (SizeValueType i = 0; i < lowKeys.size(); ++i)
      {
        if (i == 0 || lowKeys[i] != lowKeys[i - 1])
        {
          steps.push_back({ GetIntensity(digit, lowKeys[i]), first + i });
        }
      }
    }
  }
  steps.push_back({ 0.0, this->GetNumberOfIntensities() });
  return steps;
}
} // namespace itk
