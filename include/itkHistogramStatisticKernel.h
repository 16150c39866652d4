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
#ifndef itkHistogramStatisticKernel_h
#define itkHistogramStatisticKernel_h

#include "itkHistogramBins.h"

namespace itk
{
/** The number of samples in a histogram. */
template <typename TCount>
IntensityMapping_EXPORT double
ComputeHistogramTotal(const TCount * counts, const HistogramBins & bins);

/** The value below which a fraction `probability` of the samples lies, see TemporalHistogramStatisticImageFilter. NaN
 * if the histogram is empty. */
template <typename TCount>
IntensityMapping_EXPORT double
ComputeHistogramQuantile(const TCount * counts, const HistogramBins & bins, double probability);

/** The centre of the fullest bin, the first of them if there are several. NaN if the histogram is empty. */
template <typename TCount>
IntensityMapping_EXPORT double
ComputeHistogramMode(const TCount * counts, const HistogramBins & bins);

/** The mean of the samples, each taken to be at the centre of its bin. NaN if the histogram is empty. */
template <typename TCount>
IntensityMapping_EXPORT double
ComputeHistogramMean(const TCount * counts, const HistogramBins & bins);

/** The population standard deviation of the samples, each taken to be at the centre of its bin. NaN if the histogram is
 * empty. */
template <typename TCount>
IntensityMapping_EXPORT double
ComputeHistogramStandardDeviation(const TCount * counts, const HistogramBins & bins);
} // namespace itk

#endif
