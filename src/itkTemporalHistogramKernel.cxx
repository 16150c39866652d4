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
#include "itkTemporalHistogramKernel.h"

#include "itkTargetClones.h"

#include <algorithm>
#include <type_traits>

namespace itk
{
namespace
{
template <typename TCount>
inline void
AddCounters(const std::uint8_t * counters, SizeValueType count, TCount * sums)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    sums[i] = static_cast<TCount>(sums[i] + counters[i]);
  }
}


// A clone per instruction set needs a plain function per type.
#define itkAddToCountsMacro(TCount)                                                                   \
  itkTargetClones void AddToCounts(const std::uint8_t * counters, SizeValueType count, TCount * sums) \
  {                                                                                                   \
    AddCounters(counters, count, sums);                                                               \
  }

itkAddToCountsMacro(std::uint16_t);
itkAddToCountsMacro(std::uint32_t);
itkAddToCountsMacro(float);
itkAddToCountsMacro(double);
} // namespace


TemporalHistogramStaging::TemporalHistogramStaging(SizeValueType numberOfBins)
  : m_NumberOfBins(numberOfBins)
  , m_Stride(numberOfBins + 3)
  , m_Counters(m_Stride * MaximumNumberOfPixels, 0)
{}


template <typename TUnsigned, typename TCode>
void
TemporalHistogramStaging::CountByTable(const TUnsigned * frames,
                                       std::ptrdiff_t    frameStride,
                                       SizeValueType     numberOfFrames,
                                       SizeValueType     count,
                                       const TCode *     codes)
{
  for (SizeValueType frame = 0; frame < numberOfFrames; ++frame)
  {
    const TUnsigned * values = frames + static_cast<std::ptrdiff_t>(frame) * frameStride;
    std::uint8_t *    counters = m_Counters.data();
    for (SizeValueType i = 0; i < count; ++i)
    {
      ++counters[codes[values[i]]];
      counters += m_Stride;
    }
  }
}


void
TemporalHistogramStaging::CountCodes(const HistogramBins::CodeType * codes, SizeValueType count)
{
  std::uint8_t * counters = m_Counters.data();
  for (SizeValueType i = 0; i < count; ++i)
  {
    ++counters[codes[i]];
    counters += m_Stride;
  }
}


template <typename TCount>
void
TemporalHistogramStaging::Flush(SizeValueType count, TCount * bins, TCount * under, TCount * over, TCount * invalid)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    const std::uint8_t * counters = m_Counters.data() + i * m_Stride;
    AddToCounts(counters, m_NumberOfBins, bins + i * m_NumberOfBins);
    AddCounters(counters + m_NumberOfBins, 1, under + i);
    AddCounters(counters + m_NumberOfBins + 1, 1, over + i);
    AddCounters(counters + m_NumberOfBins + 2, 1, invalid + i);
  }
  std::fill_n(m_Counters.begin(), count * m_Stride, std::uint8_t{ 0 });
}


template <typename TPixel, typename TCode>
std::vector<TCode>
MakeCodeTable(const HistogramBins & bins)
{
  using UnsignedType = std::make_unsigned_t<TPixel>;
  constexpr SizeValueType numberOfValues = SizeValueType{ 1 } << (8 * sizeof(TPixel));

  std::vector<float> values(numberOfValues);
  for (SizeValueType i = 0; i < numberOfValues; ++i)
  {
    values[i] = static_cast<float>(static_cast<TPixel>(static_cast<UnsignedType>(i)));
  }
  std::vector<HistogramBins::CodeType> codes(numberOfValues);
  bins.Forward(values.data(), codes.data(), numberOfValues);
  return { codes.begin(), codes.end() };
}


template <typename TCount>
void
CountCodesInPlace(const HistogramBins::CodeType * codes,
                  SizeValueType                   count,
                  SizeValueType                   numberOfBins,
                  TCount *                        bins,
                  TCount *                        under,
                  TCount *                        over,
                  TCount *                        invalid)
{
  TCount * const outside[] = { under, over, invalid };
  for (SizeValueType i = 0; i < count; ++i)
  {
    auto & counter = codes[i] < numberOfBins ? bins[i * numberOfBins + codes[i]] : outside[codes[i] - numberOfBins][i];
    counter = static_cast<TCount>(counter + 1);
  }
}


#define itkInstantiateCountByTableMacro(TUnsigned, TCode)                                         \
  template IntensityMapping_EXPORT void TemporalHistogramStaging::CountByTable<TUnsigned, TCode>( \
    const TUnsigned *, std::ptrdiff_t, SizeValueType, SizeValueType, const TCode *)
itkInstantiateCountByTableMacro(std::uint8_t, std::uint8_t);
itkInstantiateCountByTableMacro(std::uint8_t, std::uint16_t);
itkInstantiateCountByTableMacro(std::uint16_t, std::uint8_t);
itkInstantiateCountByTableMacro(std::uint16_t, std::uint16_t);

#define itkInstantiateMakeCodeTableMacro(TPixel)                                                    \
  template IntensityMapping_EXPORT std::vector<std::uint8_t> MakeCodeTable<TPixel, std::uint8_t>(   \
    const HistogramBins &);                                                                         \
  template IntensityMapping_EXPORT std::vector<std::uint16_t> MakeCodeTable<TPixel, std::uint16_t>( \
    const HistogramBins &)
itkInstantiateMakeCodeTableMacro(std::uint8_t);
itkInstantiateMakeCodeTableMacro(std::int8_t);
itkInstantiateMakeCodeTableMacro(std::uint16_t);
itkInstantiateMakeCodeTableMacro(std::int16_t);

#define itkInstantiateCountMacro(TCount)                                         \
  template IntensityMapping_EXPORT void TemporalHistogramStaging::Flush<TCount>( \
    SizeValueType, TCount *, TCount *, TCount *, TCount *);                      \
  template IntensityMapping_EXPORT void CountCodesInPlace<TCount>(               \
    const HistogramBins::CodeType *, SizeValueType, SizeValueType, TCount *, TCount *, TCount *, TCount *)
itkInstantiateCountMacro(std::uint16_t);
itkInstantiateCountMacro(std::uint32_t);
itkInstantiateCountMacro(float);
itkInstantiateCountMacro(double);
} // namespace itk
