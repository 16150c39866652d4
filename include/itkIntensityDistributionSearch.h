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
#ifndef itkIntensityDistributionSearch_h
#define itkIntensityDistributionSearch_h

#include "itkIntensityDistribution.h"

#include <functional>
#include <memory>
#include <ostream>

namespace itk
{
/** \class IntensityDistributionEnums
 * \brief How finely a distribution is learned.
 * \ingroup IntensityMapping
 */
class IntensityDistributionEnums
{
public:
  /** Every value, the values at levels, or the edges of bins of equal width; see IntensityDistributionSearch. */
  enum class Resolution : std::uint8_t
  {
    EveryValue,
    Levels,
    Bins
  };
};

inline std::ostream &
operator<<(std::ostream & os, IntensityDistributionEnums::Resolution resolution)
{
  const char * const names[] = { "EveryValue", "Levels", "Bins" };
  return os << names[static_cast<unsigned int>(resolution)];
}

/** \class IntensityDistributionSearch
 * \brief Finds the distribution of intensities that do not fit into memory, in passes over them.
 *
 * There are four, see MakeIntensityDistributionSearch():
 *
 * - Intensities of 8 and 16 bits are counted by value, in one pass, and by bins, if these are asked for, from the
 * values.
 * - Of all others, **every value** is found in two passes: the first counts intensities by the high 16 bits of their
 * keys (IntensityKey), the second puts their remaining bits where those of the same beginning are, where they are
 * sorted, or those of float put into small buckets. That takes 2.5 bytes for each intensity of float; 2 for each 32-bit
 * integer, 8 for each of double, and then 20 for each distinct value.
 * - Of all others, the **values at levels** are found with a bounded state, in three passes for 32 bits and seven for
 * 64 bits. They are those at which the level of an intensity, rint(L CountUpTo(x) / n), rises, for L = 255 and L =
 * 65535; and the least and the greatest. Each pass counts the next 16, then 8, bits of those keys that begin as one of
 * the wanted values does: at most 65,792 times 256 counters of 8 bytes. The levels of all intensities are exact; their
 * counts are wrong by less than n / 65535.
 * - Of all others, **bins** of equal width from the least to the greatest intensity are counted in two passes, of which
 * the first finds the range. The values are the edges of the bins, see MakeBinEdges(); the last one is the greatest
 * intensity, which is counted in the last bin.
 *
 * The order of the intensities does not matter. All of them must be finite.
 *
 * \code
 * const auto search = itk::MakeIntensityDistributionSearch<float>(Resolution::EveryValue, 0);
 * for (unsigned int pass = 0; pass < search->GetNumberOfPasses(); ++pass)
 * {
 *   const auto counts = search->MakeCounts();
 *   search->Count(intensities, count, *counts); // any number of times; threads have counts of their own
 *   search->Merge(*counts);                     // one after the other
 *   search->EndPass();
 * }
 * const auto distribution = search->MakeDistribution([](auto count, const auto & visit) { for (...) visit(i); });
 * \endcode
 *
 * \ingroup IntensityMapping
 */
template <typename TPixel>
class IntensityDistributionSearch
{
public:
  /** What a thread has counted in a pass. */
  struct Counts
  {
    virtual ~Counts() = default;
  };

  /** Calls a function for each number below a count, in any order or at once. */
  using ParallelLoopType = std::function<void(SizeValueType count, const std::function<void(SizeValueType)> & visit)>;

  virtual ~IntensityDistributionSearch() = default;

  virtual unsigned int
  GetNumberOfPasses() const = 0;

  virtual std::unique_ptr<Counts>
  MakeCounts() const = 0;

  virtual void
  Count(const TPixel * intensities, SizeValueType count, Counts & counts) = 0;

  virtual void
  Merge(Counts & counts) = 0;

  virtual void
  EndPass() = 0;

  /** To be called once, after the last pass. */
  virtual IntensityDistribution
  MakeDistribution(const ParallelLoopType & loop) = 0;
};

/** A search at a resolution. Intensities of 8 and 16 bits have every value in place of levels. The number of bins is
 * for bins only. */
template <typename TPixel>
IntensityMapping_EXPORT std::unique_ptr<IntensityDistributionSearch<TPixel>>
MakeIntensityDistributionSearch(IntensityDistributionEnums::Resolution resolution, SizeValueType numberOfBins);

/** The edges of bins of equal width, as `numpy.histogram` has them: `numpy.linspace` in single precision for `float`,
 * in double precision otherwise, and a range of one value widened by 0.5 to either side. Edges that fall on the same
 * number are one. */
template <typename TPixel>
IntensityMapping_EXPORT std::vector<double>
                        MakeBinEdges(double minimum, double maximum, SizeValueType numberOfBins);

/** Bins a distribution of every value. */
template <typename TPixel>
IntensityMapping_EXPORT IntensityDistribution
BinDistribution(const IntensityDistribution & distribution, SizeValueType numberOfBins);

/** The distribution of finite intensities in memory, every value. Takes memory for a copy of them. */
template <typename TPixel>
IntensityMapping_EXPORT IntensityDistribution
MakeIntensityDistribution(const TPixel * intensities, SizeValueType count);
} // namespace itk

#endif
