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
/** \class TemporalHistogramStaging
 * \brief The 8-bit counters of a tile of pixels over a block of frames, small enough to stay in the cache.
 *
 * A pixel's counter rises at most once per frame, so 8 bits cannot overflow within 255 frames; distinct pixels have
 * distinct counters, so there are no conflicts. After at most MaximumNumberOfFrames the counts are flushed into wide
 * counters. Each pixel has one counter per code of HistogramBins: N bins, under, over and invalid.
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

  /** Counts `count` pixels of `numberOfFrames` frames of an 8- or 16-bit type, of which the first pixels are at
   * `frames`, `frames + frameStride`, ... `codes` holds the code of each value of the type, in the order of its
   * unsigned counterpart, see MakeCodeTable(). */
  template <typename TUnsigned, typename TCode>
  void
  CountByTable(const TUnsigned * frames,
               std::ptrdiff_t    frameStride,
               SizeValueType     numberOfFrames,
               SizeValueType     count,
               const TCode *     codes);

  /** Counts the codes of `count` pixels of one frame. */
  void
  CountCodes(const HistogramBins::CodeType * codes, SizeValueType count);

  /** Adds the counts of the first `count` pixels to wide counters, N per pixel in `bins` and one per pixel in `under`,
   * `over` and `invalid`, and begins anew. */
  template <typename TCount>
  void
  Flush(SizeValueType count, TCount * bins, TCount * under, TCount * over, TCount * invalid);

private:
  SizeValueType             m_NumberOfBins;
  SizeValueType             m_Stride;
  std::vector<std::uint8_t> m_Counters;
};

/** The codes of all values of an 8- or 16-bit integer type, in the order of its unsigned counterpart. */
template <typename TPixel, typename TCode>
std::vector<TCode>
MakeCodeTable(const HistogramBins & bins);

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
