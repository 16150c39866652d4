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
#include "itkPercentileKernel.h"

#include <cmath>
#include <functional>
#include <numeric>

namespace itk
{
template <typename TPixel>
PercentileSearch<TPixel>::PercentileSearch(const std::vector<double> & percentiles, TPixel least)
  : m_Least(least)
{
  for (const double percent : percentiles)
  {
    m_Percentiles.push_back({ percent, 0.0, { 0, 0 }, { 0, 0 } });
  }
}


template <typename TPixel>
auto
PercentileSearch<TPixel>::MakeCounts() const -> CountsType
{
  CountsType counts;
  for (const auto & percentile : m_Percentiles)
  {
    for (const auto & statistic : { percentile.Lower, percentile.Upper })
    {
      counts[statistic.Prefix].resize(IntensityKey<TPixel>::Radix);
    }
  }
  return counts;
}


template <typename TPixel>
void
PercentileSearch<TPixel>::Count(const TPixel * intensities, SizeValueType count, CountsType & counts) const
{
  // Short enough to stay in the cache until all prefixes have been looked for.
  constexpr SizeValueType blockLength = 4096;
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    for (auto & [prefix, counters] : counts)
    {
      CountIntensityDigits(
        intensities + start, std::min(blockLength, count - start), m_Least, m_Pass, prefix, counters.data());
    }
  }
}


template <typename TPixel>
void
PercentileSearch<TPixel>::Merge(const CountsType & counts, CountsType & sums)
{
  for (const auto & [prefix, counters] : counts)
  {
    auto & sum = sums.at(prefix);
    std::transform(counters.begin(), counters.end(), sum.begin(), sum.begin(), std::plus<>());
  }
}


template <typename TPixel>
void
PercentileSearch<TPixel>::FindRanks(const CountsType & counts)
{
  const auto & counters = counts.begin()->second;
  m_NumberOfIntensities = std::accumulate(counters.begin(), counters.end(), SizeValueType{ 0 });
  if (m_NumberOfIntensities == 0)
  {
    return;
  }
  const auto last = m_NumberOfIntensities - 1;
  for (auto & percentile : m_Percentiles)
  {
    const double position = static_cast<double>(last) * (percentile.Percent / 100.0);
    percentile.Lower.Rank = std::min(static_cast<SizeValueType>(position), last);
    percentile.Upper.Rank = std::min(percentile.Lower.Rank + 1, last);
    percentile.Weight = position - std::floor(position);
  }
}


template <typename TPixel>
void
PercentileSearch<TPixel>::Refine(OrderStatistic & statistic, const CountsType & counts)
{
  const auto &  counters = counts.at(statistic.Prefix);
  SizeValueType digit = 0;
  for (; statistic.Rank >= counters[digit]; ++digit)
  {
    statistic.Rank -= counters[digit];
  }
  statistic.Prefix = static_cast<KeyType>(statistic.Prefix * IntensityKey<TPixel>::Radix + digit);
}


template <typename TPixel>
void
PercentileSearch<TPixel>::EndPass(const CountsType & counts)
{
  if (m_Pass == 0)
  {
    this->FindRanks(counts);
  }
  ++m_Pass;
  if (m_NumberOfIntensities == 0)
  {
    return;
  }
  for (auto & percentile : m_Percentiles)
  {
    Refine(percentile.Lower, counts);
    Refine(percentile.Upper, counts);
  }
}


template <typename TPixel>
double
PercentileSearch<TPixel>::GetPercentile(std::size_t index) const
{
  const auto & percentile = m_Percentiles[index];
  const auto   lower = static_cast<double>(IntensityKey<TPixel>::ToIntensity(percentile.Lower.Prefix));
  const auto   upper = static_cast<double>(IntensityKey<TPixel>::ToIntensity(percentile.Upper.Prefix));
  const double width = upper - lower;
  // From the nearer of the two, as NumPy does.
  return percentile.Weight < 0.5 ? lower + width * percentile.Weight : upper - width * (1.0 - percentile.Weight);
}


template class PercentileSearch<std::uint8_t>;
template class PercentileSearch<std::int8_t>;
template class PercentileSearch<std::uint16_t>;
template class PercentileSearch<std::int16_t>;
template class PercentileSearch<std::uint32_t>;
template class PercentileSearch<std::int32_t>;
template class PercentileSearch<float>;
template class PercentileSearch<double>;
} // namespace itk
