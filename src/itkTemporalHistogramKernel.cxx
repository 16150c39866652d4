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
#include <cstring>
#include <limits>
#include <numeric>
#include <type_traits>

namespace itk
{
namespace
{
/** As many pixels as the widest vector has bytes; their staged codes of a block of frames fit the L1 cache. */
constexpr SizeValueType groupLength = 64;

/** How far the staged codes of one group are from those of the next. */
constexpr SizeValueType groupStride = TemporalHistogramStaging::MaximumNumberOfFrames * groupLength;

/** As many bins as can be counted at once in vector registers, and as many counters as there are in 64 bits. */
constexpr SizeValueType binsAtOnce = 8;

/** Beyond, comparing with each bin takes longer than to find a counter for each code. */
constexpr unsigned int mostBinsToCompare = 72;

using GroupCounts = std::uint8_t[binsAtOnce][groupLength];


/** Calls `codeSpan(start, codes, length)` for each group of a row of pixels. That whole groups have a length known to
 * the compiler makes them fast. */
template <typename TCodeSpan>
inline void
ForEachGroup(std::uint8_t * codes, SizeValueType count, const TCodeSpan & codeSpan)
{
  SizeValueType start = 0;
  for (; start + groupLength <= count; start += groupLength)
  {
    codeSpan(start, codes, groupLength);
    codes += groupStride;
  }
  codeSpan(start, codes, count - start);
}


template <typename TPixel>
inline void
CodeSpanByLine(const TPixel * __restrict values, std::uint8_t * __restrict codes, SizeValueType count, LinearCodes line)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    const auto value = static_cast<float>(static_cast<int>(values[i]));
    float      code = value * line.Slope + line.Intercept;
    code = code > line.LastBin ? line.LastBin : code;
    code = value < line.First ? line.Under : code;
    code = value > line.Last ? line.Over : code;
    codes[i] = static_cast<std::uint8_t>(static_cast<int>(code));
  }
}


// A clone per instruction set needs a plain function per type.
#define itkCodeRowByLineMacro(TPixel)                                                                      \
  itkTargetClones void CodeRowByLine(                                                                      \
    const TPixel * values, std::uint8_t * codes, SizeValueType count, const LinearCodes & line)            \
  {                                                                                                        \
    ForEachGroup(codes, count, [&](SizeValueType start, std::uint8_t * groupCodes, SizeValueType length) { \
      CodeSpanByLine(values + start, groupCodes, length, line);                                            \
    });                                                                                                    \
  }

itkCodeRowByLineMacro(std::uint8_t);
itkCodeRowByLineMacro(std::int8_t);
itkCodeRowByLineMacro(std::uint16_t);
itkCodeRowByLineMacro(std::int16_t);


/** The least and the greatest of the codes of a group. */
itkTargetClones void
FindExtremeCodes(const std::uint8_t * codes,
                 SizeValueType        numberOfFrames,
                 unsigned int &       least,
                 unsigned int &       greatest)
{
  std::uint8_t low[groupLength];
  std::uint8_t high[groupLength];
  std::copy_n(codes, groupLength, low);
  std::copy_n(codes, groupLength, high);
  for (SizeValueType frame = 1; frame < numberOfFrames; ++frame)
  {
    const std::uint8_t * row = codes + frame * groupLength;
    for (SizeValueType i = 0; i < groupLength; ++i)
    {
      low[i] = row[i] < low[i] ? row[i] : low[i];
      high[i] = row[i] > high[i] ? row[i] : high[i];
    }
  }
  least = *std::min_element(low, low + groupLength);
  greatest = *std::max_element(high, high + groupLength);
}


/** For each pixel of a group, how often its code was `firstBin`, `firstBin + 1`, ... */
itkTargetClones void
CompareWithBins(const std::uint8_t * codes, SizeValueType numberOfFrames, unsigned int firstBin, GroupCounts & counts)
{
  GroupCounts sums = {};
  for (SizeValueType frame = 0; frame < numberOfFrames; ++frame)
  {
    const std::uint8_t * row = codes + frame * groupLength;
    for (SizeValueType bin = 0; bin < binsAtOnce; ++bin)
    {
      for (SizeValueType i = 0; i < groupLength; ++i)
      {
        sums[bin][i] += row[i] == static_cast<std::uint8_t>(firstBin + bin);
      }
    }
  }
  std::memcpy(counts, sums, sizeof(sums));
}


/** Exchanges the blocks of `VBits` bits that lie across the diagonal of matrices of 8 x 8 bytes, given by rows. */
template <unsigned int VBits>
inline void
ExchangeBlocks(std::uint64_t (&rows)[binsAtOnce][groupLength / 8], std::uint64_t mask)
{
  constexpr unsigned int distance = VBits / 8;
  for (unsigned int row = 0; row < binsAtOnce; ++row)
  {
    if ((row & distance) != 0)
    {
      continue;
    }
    for (unsigned int matrix = 0; matrix < groupLength / 8; ++matrix)
    {
      const std::uint64_t upper = rows[row][matrix];
      const std::uint64_t lower = rows[row + distance][matrix];
      rows[row][matrix] = (upper & mask) | ((lower & mask) << VBits);
      rows[row + distance][matrix] = ((upper >> VBits) & mask) | (lower & ~mask);
    }
  }
}


/** Adds the counts of bins of a group to counters of which each pixel has its own. */
itkTargetClones void
AddTransposed(const GroupCounts & counts, SizeValueType count, SizeValueType stride, std::uint8_t * counters)
{
  std::uint64_t rows[binsAtOnce][groupLength / 8];
  std::memcpy(rows, counts, sizeof(rows));
  ExchangeBlocks<32>(rows, 0x00000000FFFFFFFF);
  ExchangeBlocks<16>(rows, 0x0000FFFF0000FFFF);
  ExchangeBlocks<8>(rows, 0x00FF00FF00FF00FF);
  for (SizeValueType i = 0; i < count; ++i)
  {
    // No carry can come from one counter into the next.
    std::uint64_t sums;
    std::memcpy(&sums, counters + i * stride, sizeof(sums));
    sums += rows[i % 8][i / 8];
    std::memcpy(counters + i * stride, &sums, sizeof(sums));
  }
}


/** Finds a counter for each code of a group. */
inline void
ScatterCodes(const std::uint8_t * codes,
             SizeValueType        numberOfFrames,
             SizeValueType        count,
             SizeValueType        stride,
             std::uint8_t *       counters)
{
  for (SizeValueType frame = 0; frame < numberOfFrames; ++frame)
  {
    std::uint8_t * pixelCounters = counters;
#if defined(__GNUC__) && !defined(__clang__)
#  pragma GCC unroll 8
#endif
    for (SizeValueType i = 0; i < count; ++i)
    {
      ++pixelCounters[codes[i]];
      pixelCounters += stride;
    }
    codes += groupLength;
  }
}


template <typename TCount>
inline void
AddCounters(const std::uint8_t * counters, SizeValueType count, TCount * sums)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    sums[i] = static_cast<TCount>(sums[i] + counters[i]);
  }
}


#define itkAddToCountsMacro(TCount)                                                                   \
  itkTargetClones void AddToCounts(const std::uint8_t * counters, SizeValueType count, TCount * sums) \
  {                                                                                                   \
    AddCounters(counters, count, sums);                                                               \
  }

itkAddToCountsMacro(std::uint16_t);
itkAddToCountsMacro(std::uint32_t);
itkAddToCountsMacro(float);
itkAddToCountsMacro(double);


/** All values of a type of few, in the order of its unsigned counterpart, and their codes. */
template <typename TPixel>
struct CodedValues
{
  std::vector<TPixel>                  Values;
  std::vector<HistogramBins::CodeType> Codes;

  explicit CodedValues(const HistogramBins & bins)
    : Values(SizeValueType{ 1 } << (8 * sizeof(TPixel)))
    , Codes(Values.size())
  {
    std::vector<std::make_unsigned_t<TPixel>> unsignedValues(Values.size());
    std::iota(unsignedValues.begin(), unsignedValues.end(), 0);
    std::transform(unsignedValues.begin(), unsignedValues.end(), Values.begin(), [](auto value) {
      return static_cast<TPixel>(value);
    });
    const std::vector<float> reals(Values.begin(), Values.end());
    bins.Forward(reals.data(), Codes.data(), reals.size());
  }
};
} // namespace


template <typename TPixel>
bool
FindLinearCodes(const HistogramBins & bins, LinearCodes & line)
{
  const CodedValues<TPixel> coded(bins);
  const double              width = bins.GetEdges().back() - bins.GetEdges().front();
  const double              slope = static_cast<double>(bins.GetNumberOfBins()) / width;

  line.Slope = static_cast<float>(slope);
  line.First = std::numeric_limits<float>::max();
  line.Last = std::numeric_limits<float>::lowest();
  line.LastBin = static_cast<float>(bins.GetNumberOfBins() - 1);
  line.Under = static_cast<float>(bins.GetUnderCode());
  line.Over = static_cast<float>(bins.GetOverCode());
  for (size_t i = 0; i < coded.Values.size(); ++i)
  {
    if (coded.Codes[i] < bins.GetNumberOfBins())
    {
      line.First = std::min(line.First, static_cast<float>(coded.Values[i]));
      line.Last = std::max(line.Last, static_cast<float>(coded.Values[i]));
    }
  }
  if (line.First > line.Last || *std::max_element(coded.Codes.begin(), coded.Codes.end()) > 255)
  {
    return false;
  }

  // Integers on an edge must not be rounded below it: the line may be a little too high, as long as no other integer
  // comes above an edge.
  std::vector<std::uint8_t> codes(coded.Values.size());
  for (const double shift : { 0.25, 0.0625, 0.015625, 0.00390625, 0.0 })
  {
    line.Intercept = static_cast<float>((shift - bins.GetEdges().front()) * slope);
    CodeSpanByLine(coded.Values.data(), codes.data(), codes.size(), line);
    if (std::equal(codes.begin(), codes.end(), coded.Codes.begin()))
    {
      return true;
    }
  }
  return false;
}


template <typename TPixel>
std::vector<std::uint16_t>
MakeCodeTable(const HistogramBins & bins)
{
  const CodedValues<TPixel> coded(bins);
  return { coded.Codes.begin(), coded.Codes.end() };
}


TemporalHistogramStaging::TemporalHistogramStaging(SizeValueType numberOfBins)
  : m_NumberOfBins(numberOfBins)
  , m_Stride(numberOfBins + 3)
  , m_Counters(GetNumberOfCounters(numberOfBins), 0)
  , m_StagedCodes(MaximumNumberOfFrames * MaximumNumberOfPixels, 0)
{}


template <typename TPixel>
void
TemporalHistogramStaging::StageByLine(SizeValueType       frame,
                                      const TPixel *      values,
                                      SizeValueType       count,
                                      const LinearCodes & line)
{
  CodeRowByLine(values, m_StagedCodes.data() + frame * groupLength, count, line);
}


template <typename TUnsigned>
void
TemporalHistogramStaging::StageByTable(SizeValueType        frame,
                                       const TUnsigned *    values,
                                       SizeValueType        count,
                                       const std::uint8_t * codes)
{
  ForEachGroup(m_StagedCodes.data() + frame * groupLength,
               count,
               [&](SizeValueType start, std::uint8_t * groupCodes, SizeValueType length) {
                 for (SizeValueType i = 0; i < length; ++i)
                 {
                   groupCodes[i] = codes[values[start + i]];
                 }
               });
}


void
TemporalHistogramStaging::StageCodes(SizeValueType frame, const HistogramBins::CodeType * codes, SizeValueType count)
{
  ForEachGroup(m_StagedCodes.data() + frame * groupLength,
               count,
               [&](SizeValueType start, std::uint8_t * groupCodes, SizeValueType length) {
                 for (SizeValueType i = 0; i < length; ++i)
                 {
                   groupCodes[i] = static_cast<std::uint8_t>(codes[start + i]);
                 }
               });
}


void
TemporalHistogramStaging::CountStaged(SizeValueType numberOfFrames, SizeValueType count)
{
  for (SizeValueType start = 0; start < count; start += groupLength)
  {
    const std::uint8_t * codes = m_StagedCodes.data() + start / groupLength * groupStride;
    std::uint8_t *       counters = m_Counters.data() + start * m_Stride;
    const SizeValueType  length = std::min(groupLength, count - start);

    unsigned int least;
    unsigned int greatest;
    FindExtremeCodes(codes, numberOfFrames, least, greatest);
    if (greatest - least < mostBinsToCompare)
    {
      for (unsigned int firstBin = least; firstBin <= greatest; firstBin += binsAtOnce)
      {
        GroupCounts counts;
        CompareWithBins(codes, numberOfFrames, firstBin, counts);
        AddTransposed(counts, length, m_Stride, counters + firstBin);
      }
      continue;
    }
    if (length == groupLength)
    {
      ScatterCodes(codes, numberOfFrames, groupLength, m_Stride, counters);
    }
    else
    {
      ScatterCodes(codes, numberOfFrames, length, m_Stride, counters);
    }
  }
}


template <typename TUnsigned>
void
TemporalHistogramStaging::CountByTable(const TUnsigned * values, SizeValueType count, const std::uint16_t * codes)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    ++m_Counters[i * m_Stride + codes[values[i]]];
  }
}


void
TemporalHistogramStaging::CountCodes(const HistogramBins::CodeType * codes, SizeValueType count)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    ++m_Counters[i * m_Stride + codes[i]];
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


#define itkInstantiatePixelMacro(TPixel)                                                                     \
  template IntensityMapping_EXPORT bool FindLinearCodes<TPixel>(const HistogramBins &, LinearCodes &);       \
  template IntensityMapping_EXPORT std::vector<std::uint16_t> MakeCodeTable<TPixel>(const HistogramBins &);  \
  template IntensityMapping_EXPORT void                       TemporalHistogramStaging::StageByLine<TPixel>( \
    SizeValueType, const TPixel *, SizeValueType, const LinearCodes &)
itkInstantiatePixelMacro(std::uint8_t);
itkInstantiatePixelMacro(std::int8_t);
itkInstantiatePixelMacro(std::uint16_t);
itkInstantiatePixelMacro(std::int16_t);

#define itkInstantiateUnsignedMacro(TUnsigned)                                             \
  template IntensityMapping_EXPORT void TemporalHistogramStaging::StageByTable<TUnsigned>( \
    SizeValueType, const TUnsigned *, SizeValueType, const std::uint8_t *);                \
  template IntensityMapping_EXPORT void TemporalHistogramStaging::CountByTable<TUnsigned>( \
    const TUnsigned *, SizeValueType, const std::uint16_t *)
itkInstantiateUnsignedMacro(std::uint8_t);
itkInstantiateUnsignedMacro(std::uint16_t);

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
