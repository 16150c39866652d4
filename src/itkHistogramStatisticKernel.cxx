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
#include "itkHistogramStatisticKernel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace itk
{
namespace
{
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();


/** Calls `visit(count, centre)` for each bin that is not empty. */
template <typename TCount, typename TVisit>
void
ForEachOccupiedBin(const TCount * counts, const HistogramBins & bins, const TVisit & visit)
{
  for (SizeValueType bin = 0; bin < bins.GetNumberOfBins(); ++bin)
  {
    if (counts[bin] > 0)
    {
      visit(static_cast<double>(counts[bin]), bins.GetCenter(bin));
    }
  }
}
} // namespace


template <typename TCount>
double
ComputeHistogramTotal(const TCount * counts, const HistogramBins & bins)
{
  return std::accumulate(counts, counts + bins.GetNumberOfBins(), 0.0);
}


template <typename TCount>
double
ComputeHistogramQuantile(const TCount * counts, const HistogramBins & bins, double probability)
{
  const double rank = probability * ComputeHistogramTotal(counts, bins);
  double       below = 0.0;
  double       quantile = notANumber;
  for (SizeValueType bin = 0; bin < bins.GetNumberOfBins(); ++bin)
  {
    const auto count = static_cast<double>(counts[bin]);
    if (count == 0.0)
    {
      continue;
    }
    const double fraction = std::min((rank - below) / count, 1.0);
    const double lower = bins.GetEdges()[bin];
    const double upper = bins.GetEdges()[bin + 1];
    quantile = bins.GetIntegers() ? bins.GetCenter(bin) : lower * (1.0 - fraction) + upper * fraction;
    below += count;
    if (below >= rank)
    {
      break;
    }
  }
  return quantile;
}


template <typename TCount>
double
ComputeHistogramMode(const TCount * counts, const HistogramBins & bins)
{
  const auto * fullest = std::max_element(counts, counts + bins.GetNumberOfBins());
  return *fullest > 0 ? bins.GetCenter(static_cast<SizeValueType>(fullest - counts)) : notANumber;
}


template <typename TCount>
double
ComputeHistogramMean(const TCount * counts, const HistogramBins & bins)
{
  double sum = 0.0;
  ForEachOccupiedBin(counts, bins, [&](double count, double center) { sum += count * center; });
  return sum / ComputeHistogramTotal(counts, bins);
}


template <typename TCount>
double
ComputeHistogramStandardDeviation(const TCount * counts, const HistogramBins & bins)
{
  const double mean = ComputeHistogramMean(counts, bins);
  double       sum = 0.0;
  ForEachOccupiedBin(
    counts, bins, [&](double count, double center) { sum += count * (center - mean) * (center - mean); });
  return std::sqrt(sum / ComputeHistogramTotal(counts, bins));
}


#define itkInstantiateStatisticMacro(TCount)                                                                    \
  template IntensityMapping_EXPORT double ComputeHistogramTotal<TCount>(const TCount *, const HistogramBins &); \
  template IntensityMapping_EXPORT double ComputeHistogramQuantile<TCount>(                                     \
    const TCount *, const HistogramBins &, double);                                                             \
  template IntensityMapping_EXPORT double ComputeHistogramMode<TCount>(const TCount *, const HistogramBins &);  \
  template IntensityMapping_EXPORT double ComputeHistogramMean<TCount>(const TCount *, const HistogramBins &);  \
  template IntensityMapping_EXPORT double ComputeHistogramStandardDeviation<TCount>(const TCount *,             \
                                                                                    const HistogramBins &)
itkInstantiateStatisticMacro(std::uint16_t);
itkInstantiateStatisticMacro(std::uint32_t);
itkInstantiateStatisticMacro(float);
itkInstantiateStatisticMacro(double);
} // namespace itk
