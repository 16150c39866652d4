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
#include "itkStepFunctionTable.h"

#include "itkIntensityDistributionKernel.h"
#include "itkTargetClones.h"

#include <algorithm>
#include <limits>

namespace itk
{
namespace
{
/** What a loop over numbers needs of a table, by value. */
template <typename TKey>
struct Lookup
{
  const TKey *         steps;
  const std::int32_t * stepsBeforeBuckets;
  TKey                 firstStep;
  TKey                 lastStep;
  unsigned int         shift;
  std::int32_t         intervalOfNaN;
};


/** Bisects 2 VHalf - 1 steps, of which there may be fewer. */
template <std::int32_t VHalf, typename TKey>
inline std::int32_t
Bisect(const TKey * steps, std::int32_t interval, TKey key)
{
  interval += (steps + (VHalf - 1))[interval] <= key ? VHalf : 0;
  if constexpr (VHalf > 1)
  {
    return Bisect<VHalf / 2>(steps, interval, key);
  }
  else
  {
    return interval;
  }
}


/** For at most 2 VHalf - 1 steps in a bucket. Without a branch and with signed numbers to look up by, for the loop to
 * be turned into vectors. */
template <std::int32_t VHalf, typename TReal, typename TKey>
inline void
FindIntervals(const TReal * __restrict numbers,
              std::uint32_t * __restrict intervals,
              SizeValueType      count,
              const Lookup<TKey> lookup)
{
  const TKey * __restrict steps = lookup.steps;
  const std::int32_t * __restrict stepsBeforeBuckets = lookup.stepsBeforeBuckets;
  for (SizeValueType i = 0; i < count; ++i)
  {
    const TReal number = numbers[i];
    const TKey  key = IntensityKey<TReal>::FromIntensity(number);
    const TKey  raised = key < lookup.firstStep ? lookup.firstStep : key;
    const TKey  inside = raised > lookup.lastStep ? lookup.lastStep : raised;
    const auto  bucket = static_cast<std::int32_t>((inside - lookup.firstStep) >> lookup.shift);
    const auto  interval = Bisect<VHalf>(steps, stepsBeforeBuckets[bucket], key);
    intervals[i] = static_cast<std::uint32_t>(number == number ? interval : lookup.intervalOfNaN);
  }
}


#define itkFindIntervalsMacro(real, key)                                                                         \
  itkTargetClones void FindIntervals1(const real * x, std::uint32_t * i, SizeValueType n, const Lookup<key> & l) \
  {                                                                                                              \
    FindIntervals<1>(x, i, n, l);                                                                                \
  }                                                                                                              \
  itkTargetClones void FindIntervals2(const real * x, std::uint32_t * i, SizeValueType n, const Lookup<key> & l) \
  {                                                                                                              \
    FindIntervals<2>(x, i, n, l);                                                                                \
  }                                                                                                              \
  itkTargetClones void FindIntervals4(const real * x, std::uint32_t * i, SizeValueType n, const Lookup<key> & l) \
  {                                                                                                              \
    FindIntervals<8>(x, i, n, l);                                                                                \
  }

itkFindIntervalsMacro(float, std::uint32_t);
itkFindIntervalsMacro(double, std::uint64_t);

constexpr std::int32_t mostStepsOfABucket = 15;
} // namespace


template <typename TReal>
auto
StepFunctionTable<TReal>::Evaluate(const FunctionType & function, const KeysType & keys) -> ValuesType
{
  std::vector<TReal> numbers(keys.size());
  std::transform(keys.begin(), keys.end(), numbers.begin(), IntensityKey<TReal>::ToIntensity);
  ValuesType values(keys.size());
  function(numbers.data(), values.data(), numbers.size());
  return values;
}


template <typename TReal>
auto
StepFunctionTable<TReal>::FindSteps(const FunctionType & function, const std::vector<TReal> & landmarks) -> KeysType
{
  using Limits = std::numeric_limits<TReal>;
  KeysType keys;
  for (const TReal number : { -Limits::infinity(), Limits::lowest(), Limits::max(), Limits::infinity() })
  {
    keys.push_back(IntensityKey<TReal>::FromIntensity(number));
  }
  std::transform(landmarks.begin(), landmarks.end(), std::back_inserter(keys), IntensityKey<TReal>::FromIntensity);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  auto values = Evaluate(function, keys);

  // Each round halves the gaps that have a step in them.
  for (bool hasGaps = true; hasGaps && keys.size() <= 4 * MaximumNumberOfSteps;)
  {
    const auto isGap = [&](SizeValueType i) { return values[i] != values[i + 1] && keys[i + 1] - keys[i] > 1; };
    KeysType   middles;
    for (SizeValueType i = 0; i + 1 < keys.size(); ++i)
    {
      if (isGap(i))
      {
        middles.push_back(keys[i] + (keys[i + 1] - keys[i]) / 2);
      }
    }
    const auto valuesOfMiddles = Evaluate(function, middles);
    KeysType   refined;
    ValuesType refinedValues;
    const auto add = [&](KeyType key, std::uint32_t value) {
      // What lies within an interval is not needed any more.
      const auto size = refined.size();
      if (size > 1 && refinedValues[size - 1] == value && refinedValues[size - 2] == value)
      {
        refined.pop_back();
        refinedValues.pop_back();
      }
      refined.push_back(key);
      refinedValues.push_back(value);
    };
    SizeValueType number = 0;
    for (SizeValueType i = 0; i < keys.size(); ++i)
    {
      add(keys[i], values[i]);
      if (i + 1 < keys.size() && isGap(i))
      {
        add(middles[number], valuesOfMiddles[number]);
        ++number;
      }
    }
    hasGaps = !middles.empty();
    keys = std::move(refined);
    values = std::move(refinedValues);
  }

  KeysType steps;
  for (SizeValueType i = 1; i < keys.size(); ++i)
  {
    if (values[i] != values[i - 1])
    {
      steps.push_back(keys[i]);
    }
  }
  return steps.size() <= MaximumNumberOfSteps ? steps : KeysType{};
}


template <typename TReal>
StepFunctionTable<TReal>::StepFunctionTable(const FunctionType & function, const KeysType & steps)
  : m_Steps(steps)
{
  KeysType firsts{ IntensityKey<TReal>::FromIntensity(-std::numeric_limits<TReal>::infinity()) };
  firsts.insert(firsts.end(), steps.begin(), steps.end());
  firsts.push_back(IntensityKey<TReal>::FromIntensity(std::numeric_limits<TReal>::quiet_NaN()));
  m_Values = Evaluate(function, firsts);
  this->FillBuckets(steps);
  m_Steps.insert(m_Steps.end(), mostStepsOfABucket, std::numeric_limits<KeyType>::max());
}


template <typename TReal>
void
StepFunctionTable<TReal>::FillBuckets(const KeysType & steps)
{
  const KeyType range = steps.back() - steps.front();
  while ((range >> m_Shift) >= MaximumNumberOfBuckets)
  {
    ++m_Shift;
  }
  m_StepsBeforeBuckets.assign(static_cast<SizeValueType>(range >> m_Shift) + 1, 0);
  std::vector<std::int32_t> stepsOfBuckets(m_StepsBeforeBuckets.size());
  for (const auto step : steps)
  {
    ++stepsOfBuckets[(step - steps.front()) >> m_Shift];
  }
  m_MostStepsOfABucket = *std::max_element(stepsOfBuckets.begin(), stepsOfBuckets.end());
  std::int32_t before = 0;
  for (SizeValueType bucket = 0; bucket < stepsOfBuckets.size(); ++bucket)
  {
    m_StepsBeforeBuckets[bucket] = before;
    before += stepsOfBuckets[bucket];
  }
}


template <typename TReal>
bool
StepFunctionTable<TReal>::AgreesWith(const FunctionType & function) const
{
  constexpr KeyType reach = 64;
  const auto        greatest = IntensityKey<TReal>::FromIntensity(std::numeric_limits<TReal>::infinity());
  const auto        least = IntensityKey<TReal>::FromIntensity(-std::numeric_limits<TReal>::infinity());
  KeysType          keys;
  for (SizeValueType i = 0; i + mostStepsOfABucket < m_Steps.size(); ++i)
  {
    const auto first = m_Steps[i] - std::min(reach, m_Steps[i] - least);
    const auto last = m_Steps[i] + std::min(reach, greatest - m_Steps[i]);
    for (auto key = first; key <= last; ++key)
    {
      keys.push_back(key);
    }
  }
  const auto         expected = Evaluate(function, keys);
  const FunctionType look = [this](const TReal * numbers, std::uint32_t * values, SizeValueType count) {
    this->Find(numbers, values, count);
    std::transform(values, values + count, values, [this](std::uint32_t interval) { return m_Values[interval]; });
  };
  return Evaluate(look, keys) == expected;
}


template <typename TReal>
auto
StepFunctionTable<TReal>::Make(const FunctionType & function, const std::vector<TReal> & landmarks)
  -> std::unique_ptr<const StepFunctionTable>
{
  const auto steps = FindSteps(function, landmarks);
  if (steps.empty())
  {
    return nullptr;
  }
  std::unique_ptr<const StepFunctionTable> table(new StepFunctionTable(function, steps));
  return table->m_MostStepsOfABucket <= mostStepsOfABucket && table->AgreesWith(function) ? std::move(table) : nullptr;
}


template <typename TReal>
void
StepFunctionTable<TReal>::Find(const TReal * numbers, std::uint32_t * intervals, SizeValueType count) const
{
  const auto            numberOfSteps = m_Steps.size() - mostStepsOfABucket;
  const Lookup<KeyType> lookup{ m_Steps.data(),  m_StepsBeforeBuckets.data(),
                                m_Steps.front(), m_Steps[numberOfSteps - 1],
                                m_Shift,         static_cast<std::int32_t>(numberOfSteps + 1) };
  if (m_MostStepsOfABucket <= 1)
  {
    FindIntervals1(numbers, intervals, count, lookup);
  }
  else if (m_MostStepsOfABucket <= 3)
  {
    FindIntervals2(numbers, intervals, count, lookup);
  }
  else
  {
    FindIntervals4(numbers, intervals, count, lookup);
  }
}


template class IntensityMapping_EXPORT StepFunctionTable<float>;
template class IntensityMapping_EXPORT StepFunctionTable<double>;
} // namespace itk
