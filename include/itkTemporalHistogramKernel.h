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
#ifndef itkTemporalHistogramKernel_h
#define itkTemporalHistogramKernel_h

#include "itkHistogramBins.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace itk
{
/** \class LinearCodes
 * \brief The codes of the values of an 8- or 16-bit integer type in evenly spaced bins, as a line:
 *
 *   code(x) = Under, if x < First; Over, if x > Last; else min(floor(Slope x + Intercept), LastBin).
 *
 * Single precision is exact here: a line is taken only if it gives the code of every value of the type.
 *
 * \ingroup IntensityMapping
 */
struct LinearCodes
{
  float Slope;
  float Intercept;
  float First;
  float Last;
  float LastBin;
  float Under;
  float Over;
};

/** Finds the line that gives the codes of all values of an 8- or 16-bit integer type, and whether there is one and all
 * of these codes fit in 8 bits. */
template <typename TPixel>
bool
FindLinearCodes(const HistogramBins & bins, LinearCodes & line);

/** The codes of all values of an 8- or 16-bit integer type, in the order of its unsigned counterpart. */
template <typename TPixel>
std::vector<std::uint16_t>
MakeCodeTable(const HistogramBins & bins);

/** Has the processor fetch some bytes that will be read soon. The rows of successive frames are too far apart for it to
 * foresee them. */
inline void
PrefetchBytes(const void * first, SizeValueType numberOfBytes)
{
#if defined(__GNUC__)
  constexpr SizeValueType cacheLine = 64;
  for (SizeValueType offset = 0; offset < numberOfBytes; offset += cacheLine)
  {
    __builtin_prefetch(static_cast<const char *>(first) + offset);
  }
#else
  static_cast<void>(first);
  static_cast<void>(numberOfBytes);
#endif
}

/** \class TemporalHistogramStaging
 * \brief The 8-bit counters of a tile of pixels over a block of frames, small enough to stay in the cache.
 *
 * A pixel's counter rises at most once per frame, so 8 bits cannot overflow within 255 frames; distinct pixels have
 * distinct counters, so there are no conflicts. After at most MaximumNumberOfFrames the counts are flushed into wide
 * counters. Each pixel has one counter per code of HistogramBins: N bins, under, over and invalid.
 *
 * There are two ways to count. Codes of 8 bits are staged, frame by frame, and counted together by CountStaged(). Codes
 * of more bits are counted at once.
 *
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT TemporalHistogramStaging
{
public:
  static constexpr SizeValueType MaximumNumberOfFrames = 255;
  static constexpr SizeValueType MaximumNumberOfPixels = 256;
  /** Beyond, zeroing and flushing the counters costs more than they save. */
  static constexpr SizeValueType MaximumNumberOfBins = 1021;

  explicit TemporalHistogramStaging(SizeValueType numberOfBins);

  /** The memory that staging takes. */
  static SizeValueType
  GetNumberOfBytes(SizeValueType numberOfBins)
  {
    return GetNumberOfCounters(numberOfBins) + MaximumNumberOfFrames * MaximumNumberOfPixels;
  }

  /** Stages the codes of `count` pixels of a frame, by a line. */
  template <typename TPixel>
  void
  StageByLine(SizeValueType frame, const TPixel * values, SizeValueType count, const LinearCodes & line);

  /** Stages codes[value] of `count` pixels of a frame; each must fit in 8 bits. */
  template <typename TUnsigned>
  void
  StageByTable(SizeValueType frame, const TUnsigned * values, SizeValueType count, const std::uint8_t * codes);

  /** Stages the codes of `count` pixels of a frame; each must fit in 8 bits. */
  void
  StageCodes(SizeValueType frame, const HistogramBins::CodeType * codes, SizeValueType count);

  /** Counts what is staged of `count` pixels of `numberOfFrames` frames. Where the codes of neighbouring pixels do not
   * span too many bins, vectors of them are compared with each of these bins, which is faster than to find a counter
   * for each code. */
  void
  CountStaged(SizeValueType numberOfFrames, SizeValueType count);

  /** Counts codes[value] of `count` pixels of one frame. */
  template <typename TUnsigned>
  void
  CountByTable(const TUnsigned * values, SizeValueType count, const std::uint16_t * codes);

  /** Counts the codes of `count` pixels of one frame. */
  void
  CountCodes(const HistogramBins::CodeType * codes, SizeValueType count);

  /** Adds the counts of the first `count` pixels to wide counters, N per pixel in `bins` and one per pixel in `under`,
   * `over` and `invalid`, and begins anew. */
  template <typename TCount>
  void
  Flush(SizeValueType count, TCount * bins, TCount * under, TCount * over, TCount * invalid);

private:
  /** One per code and pixel, and some more, since counters are added to eight at once. */
  static SizeValueType
  GetNumberOfCounters(SizeValueType numberOfBins)
  {
    return (numberOfBins + 3) * MaximumNumberOfPixels + 8;
  }

  SizeValueType             m_NumberOfBins;
  SizeValueType             m_Stride;
  std::vector<std::uint8_t> m_Counters;
  std::vector<std::uint8_t> m_StagedCodes;
};

/** Counts the codes of `count` pixels of one frame straight into wide counters, for many bins. */
template <typename TCount>
void
CountCodesInPlace(const HistogramBins::CodeType * codes,
                  SizeValueType                   count,
                  SizeValueType                   numberOfBins,
                  TCount *                        bins,
                  TCount *                        under,
                  TCount *                        over,
                  TCount *                        invalid);
} // namespace itk

#endif
