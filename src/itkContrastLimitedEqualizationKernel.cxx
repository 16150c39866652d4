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
#include "itkContrastLimitedEqualizationKernel.h"

#include "itkTargetClones.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <type_traits>

// The clones of a hot function are as fast as they can be only if all that it calls becomes a part of them.
#ifdef __GNUC__
#  define itkPartOfClones inline __attribute__((always_inline))
#else
#  define itkPartOfClones inline
#endif

namespace itk
{
namespace ContrastLimitedEqualization
{
namespace
{
/** So many values at once that all intermediate ones stay in the L1 cache. */
constexpr SizeValueType blockLength = 64;

/** Calls `visit(start, length)` for each block of a span. */
template <typename TVisit>
itkPartOfClones void
ForEachBlock(SizeValueType count, const TVisit & visit)
{
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    visit(start, std::min(blockLength, count - start));
  }
}


/** A level from 0 to 65535 as an integer, halves to the even one as the processor rounds. Adding 1.5 * 2^23 leaves no
 * bits for a fraction and the integer in the lowest 16; unlike a call to round, vectors of it are fast everywhere. */
itkPartOfClones std::uint32_t
                RoundLevel(float level)
{
  const float   shifted = level + 12582912.0F;
  std::uint32_t bits;
  std::memcpy(&bits, &shifted, sizeof(bits));
  return bits & 0xFFFFU;
}


/** The least value of an integer type, which is level 0 and has the first bin. */
template <typename TPixel>
constexpr int
GetLeast()
{
  return std::is_signed<TPixel>::value ? -(1 << (8 * sizeof(TPixel) - 1)) : 0;
}


template <typename TReal>
itkPartOfClones bool
IsFinite(TReal value)
{
  return std::abs(value) <= std::numeric_limits<TReal>::max();
}


template <typename TReal>
itkPartOfClones void
FindBinsOfSpan(const TReal * values, std::uint16_t * bins, SizeValueType count, const RealBins & realBins)
{
  // Halves, since the range of doubles may be no double.
  const double halfMinimum = 0.5 * realBins.Minimum;
  const double halfRange = 0.5 * realBins.Maximum - halfMinimum;
  const double numberOfBins = static_cast<double>(realBins.NumberOfBins);
  const double binsPerHalf = std::min(numberOfBins / halfRange, std::numeric_limits<double>::max());
  const double last = numberOfBins - 1.0;
  for (SizeValueType i = 0; i < count; ++i)
  {
    double bin = (0.5 * static_cast<double>(values[i]) - halfMinimum) * binsPerHalf;
    bin = bin > 0.0 ? bin : 0.0;
    bin = bin < last ? bin : last;
    bins[i] = static_cast<std::uint16_t>(static_cast<std::int32_t>(bin));
  }
}


template <typename TBin>
itkPartOfClones void
InterpolateSpan(const TBin * __restrict values,
                SizeValueType      count,
                const TablePairs & pairs,
                const float * __restrict upperWeights,
                float rowUpperWeight,
                float * __restrict levels)
{
  constexpr std::ptrdiff_t least = GetLeast<TBin>();
  const std::uint32_t *    lowerPairs = pairs.Lower - least;
  const std::uint32_t *    upperPairs = pairs.Upper - least;
  const unsigned int       shift = pairs.HasOneColumn ? 0 : 16;
  const float              rowLowerWeight = 1.0F - rowUpperWeight;
  std::uint32_t            lower[blockLength];
  std::uint32_t            upper[blockLength];

  const auto interpolatePair = [shift](std::uint32_t pair, float lowerWeight, float upperWeight) {
    const auto first = static_cast<float>(static_cast<int>(pair & 0xFFFFU));
    const auto second = static_cast<float>(static_cast<int>((pair >> shift) & 0xFFFFU));
    return first * lowerWeight + second * upperWeight;
  };
  ForEachBlock(count, [&](SizeValueType start, SizeValueType length) {
    for (SizeValueType i = 0; i < length; ++i)
    {
      lower[i] = lowerPairs[values[start + i]];
      upper[i] = upperPairs[values[start + i]];
    }
    for (SizeValueType i = 0; i < length; ++i)
    {
      const float upperWeight = upperWeights[start + i];
      const float lowerWeight = 1.0F - upperWeight;
      levels[start + i] = interpolatePair(lower[i], lowerWeight, upperWeight) * rowLowerWeight +
                          interpolatePair(upper[i], lowerWeight, upperWeight) * rowUpperWeight;
    }
  });
}


template <typename TReal>
itkPartOfClones void
ScaleSpan(const float * levels, const TReal * values, TReal * equalized, SizeValueType count, const RealBins & realBins)
{
  const double halfMinimum = 0.5 * realBins.Minimum;
  const double maximum = realBins.Maximum;
  const double halfPerLevel = (0.5 * maximum - halfMinimum) / GreatestRealLevel;
  for (SizeValueType i = 0; i < count; ++i)
  {
    const double scaled = 2.0 * (halfMinimum + static_cast<double>(levels[i]) * halfPerLevel);
    equalized[i] = static_cast<TReal>(scaled < maximum ? scaled : maximum);
  }
  for (SizeValueType i = 0; i < count; ++i)
  {
    equalized[i] = IsFinite(values[i]) ? equalized[i] : values[i];
  }
}


// A clone per instruction set needs a plain function per type.
#define itkRealClonesMacro(TReal)                                                                                  \
  itkTargetClones void FindBinsCloned(                                                                             \
    const TReal * values, std::uint16_t * bins, SizeValueType count, const RealBins & realBins)                    \
  {                                                                                                                \
    FindBinsOfSpan(values, bins, count, realBins);                                                                 \
  }                                                                                                                \
  itkTargetClones void ScaleLevelsCloned(                                                                          \
    const float * levels, const TReal * values, TReal * equalized, SizeValueType count, const RealBins & realBins) \
  {                                                                                                                \
    ScaleSpan(levels, values, equalized, count, realBins);                                                         \
  }

itkRealClonesMacro(float);
itkRealClonesMacro(double);


#define itkInterpolateCloneMacro(TBin)                                           \
  itkTargetClones void InterpolateCloned(const TBin *       values,              \
                                         SizeValueType      count,               \
                                         const TablePairs & pairs,               \
                                         const float *      upperWeights,        \
                                         float              rowUpperWeight,      \
                                         float *            levels)              \
  {                                                                              \
    InterpolateSpan(values, count, pairs, upperWeights, rowUpperWeight, levels); \
  }

itkInterpolateCloneMacro(std::uint8_t);
itkInterpolateCloneMacro(std::int8_t);
itkInterpolateCloneMacro(std::uint16_t);
itkInterpolateCloneMacro(std::int16_t);


/** How the excess of clipped bins is shared out: so much to each bin, and one more to every so many bins before an end.
 */
struct Shares
{
  std::uint32_t Limit;
  std::uint32_t PerBin;
  SizeValueType ExtraStep;
  SizeValueType EndOfExtras;
};


/** The counts of a histogram are less than 2^32 together, so that no sum of them overflows. */
itkTargetClones std::uint32_t
                SumClipped(const std::uint32_t * histogram, SizeValueType numberOfBins, std::uint32_t limit)
{
  std::uint32_t sum = 0;
  for (SizeValueType bin = 0; bin < numberOfBins; ++bin)
  {
    sum += std::min(histogram[bin], limit);
  }
  return sum;
}


Shares
ShareExcess(const std::uint32_t * histogram, SizeValueType numberOfBins, SizeValueType numberOfCounts, double clipLimit)
{
  std::uint32_t limit = std::numeric_limits<std::uint32_t>::max();
  if (clipLimit > 0.0)
  {
    const double clipped = clipLimit * static_cast<double>(numberOfCounts) / static_cast<double>(numberOfBins);
    limit = static_cast<std::uint32_t>(std::clamp<double>(clipped, 1.0, limit));
  }
  const SizeValueType excess = numberOfCounts - SumClipped(histogram, numberOfBins, limit);
  const SizeValueType numberOfExtras = excess % numberOfBins;
  const SizeValueType extraStep = numberOfBins / std::max<SizeValueType>(numberOfExtras, 1);
  return { limit, static_cast<std::uint32_t>(excess / numberOfBins), extraStep, numberOfExtras * extraStep };
}


itkTargetClones void
AddClipped(const std::uint32_t * histogram, SizeValueType count, const Shares & shares, std::uint32_t * shared)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    shared[i] = std::min(histogram[i], shares.Limit) + shares.PerBin;
  }
}


itkTargetClones void
RoundToTable(const std::uint32_t * cumulated, SizeValueType count, float levelsPerCount, std::uint16_t * table)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    table[i] = static_cast<std::uint16_t>(RoundLevel(static_cast<float>(cumulated[i]) * levelsPerCount));
  }
}


std::vector<SizeValueType>
ComputeStrides(const std::vector<SizeValueType> & sizes)
{
  std::vector<SizeValueType> strides(sizes.size(), 1);
  std::partial_sum(sizes.begin(), sizes.end() - 1, strides.begin() + 1, std::multiplies<>());
  return strides;
}


/** Calls `visit(neighbour)` for each element of a grid that is one step away along an axis. */
template <typename TVisit>
void
ForEachNeighbor(SizeValueType index, const std::vector<SizeValueType> & sizes, const TVisit & visit)
{
  const auto strides = ComputeStrides(sizes);
  for (SizeValueType axis = 0; axis < sizes.size(); ++axis)
  {
    const SizeValueType place = index / strides[axis] % sizes[axis];
    if (place > 0)
    {
      visit(index - strides[axis]);
    }
    if (place + 1 < sizes[axis])
    {
      visit(index + strides[axis]);
    }
  }
}
} // namespace


template <typename TReal>
void
FindBins(const TReal * values, std::uint16_t * bins, SizeValueType count, const RealBins & realBins)
{
  FindBinsCloned(values, bins, count, realBins);
}


std::vector<SizeValueType>
FindNearestCounted(const std::vector<SizeValueType> & numbersOfCounts,
                   const std::vector<SizeValueType> & numbersOfTiles)
{
  // From all tiles with counts at once, a step at a time; `reached` is in the order in which tiles are reached.
  const SizeValueType        numberOfTiles = numbersOfCounts.size();
  std::vector<SizeValueType> nearest(numberOfTiles, numberOfTiles);
  std::vector<SizeValueType> reached;
  for (SizeValueType tile = 0; tile < numberOfTiles; ++tile)
  {
    if (numbersOfCounts[tile] > 0)
    {
      nearest[tile] = tile;
      reached.push_back(tile);
    }
  }
  if (reached.empty())
  {
    std::iota(nearest.begin(), nearest.end(), SizeValueType{ 0 });
    return nearest;
  }
  for (SizeValueType i = 0; i < reached.size() && reached.size() < numberOfTiles; ++i)
  {
    ForEachNeighbor(reached[i], numbersOfTiles, [&, tile = reached[i]](SizeValueType neighbor) {
      if (nearest[neighbor] == numberOfTiles)
      {
        nearest[neighbor] = nearest[tile];
        reached.push_back(neighbor);
      }
    });
  }
  return nearest;
}


void
MakeTable(const std::uint32_t * histogram,
          SizeValueType         numberOfBins,
          SizeValueType         numberOfCounts,
          double                clipLimit,
          unsigned int          greatestLevel,
          std::uint16_t *       table)
{
  const Shares shares = ShareExcess(histogram, numberOfBins, numberOfCounts, clipLimit);
  const float  levelsPerCount =
    static_cast<float>(greatestLevel) / static_cast<float>(std::max<SizeValueType>(numberOfCounts, 1));

  std::uint32_t cumulated = 0;
  SizeValueType extra = 0;
  ForEachBlock(numberOfBins, [&](SizeValueType start, SizeValueType length) {
    std::uint32_t counts[blockLength];
    AddClipped(histogram + start, length, shares, counts);
    for (; extra < std::min(shares.EndOfExtras, start + length); extra += shares.ExtraStep)
    {
      ++counts[extra - start];
    }
    for (SizeValueType i = 0; i < length; ++i)
    {
      cumulated += counts[i];
      counts[i] = cumulated;
    }
    RoundToTable(counts, length, levelsPerCount, table + start);
  });
}


itkTargetClones void
PairTables(const std::uint16_t * first, const std::uint16_t * second, SizeValueType numberOfBins, std::uint32_t * pairs)
{
  for (SizeValueType bin = 0; bin < numberOfBins; ++bin)
  {
    pairs[bin] = first[bin] | std::uint32_t{ second[bin] } << 16;
  }
}


template <typename TBin>
void
Interpolate(const TBin *       values,
            SizeValueType      count,
            const TablePairs & pairs,
            const float *      upperWeights,
            float              rowUpperWeight,
            float *            levels)
{
  InterpolateCloned(values, count, pairs, upperWeights, rowUpperWeight, levels);
}


itkTargetClones void
Blend(float * levels, const float * upperLevels, SizeValueType count, float upperWeight)
{
  const float lowerWeight = 1.0F - upperWeight;
  for (SizeValueType i = 0; i < count; ++i)
  {
    levels[i] = levels[i] * lowerWeight + upperLevels[i] * upperWeight;
  }
}


template <typename TPixel>
void
RoundLevels(const float * levels, TPixel * equalized, SizeValueType count)
{
  constexpr int least = GetLeast<TPixel>();
  for (SizeValueType i = 0; i < count; ++i)
  {
    equalized[i] = static_cast<TPixel>(static_cast<int>(RoundLevel(levels[i])) + least);
  }
}


template <typename TReal>
void
ScaleLevels(const float *    levels,
            const TReal *    values,
            TReal *          equalized,
            SizeValueType    count,
            const RealBins & realBins)
{
  ScaleLevelsCloned(levels, values, equalized, count, realBins);
}


#define itkInstantiateIntegerMacro(TPixel)                                             \
  template IntensityMapping_EXPORT void Interpolate(                                   \
    const TPixel *, SizeValueType, const TablePairs &, const float *, float, float *); \
  template IntensityMapping_EXPORT void RoundLevels(const float *, TPixel *, SizeValueType)

itkInstantiateIntegerMacro(std::uint8_t);
itkInstantiateIntegerMacro(std::int8_t);
itkInstantiateIntegerMacro(std::uint16_t);
itkInstantiateIntegerMacro(std::int16_t);

#define itkInstantiateRealMacro(TReal)                                                                             \
  template IntensityMapping_EXPORT void FindBins(const TReal *, std::uint16_t *, SizeValueType, const RealBins &); \
  template IntensityMapping_EXPORT void ScaleLevels(                                                               \
    const float *, const TReal *, TReal *, SizeValueType, const RealBins &)

itkInstantiateRealMacro(float);
itkInstantiateRealMacro(double);
} // namespace ContrastLimitedEqualization
} // namespace itk
