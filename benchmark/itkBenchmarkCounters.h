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
#ifndef itkBenchmarkCounters_h
#define itkBenchmarkCounters_h

#include <benchmark/benchmark.h>

namespace itk
{
/** Tells the time of one sample, of which each iteration works `numberOfSamples`. */
inline void
ReportTimePerSample(benchmark::State & state, double numberOfSamples)
{
  state.counters["ns_per_sample"] = benchmark::Counter(
    numberOfSamples * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
} // namespace itk

#endif
