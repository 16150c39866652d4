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
#ifndef itkContrastLimitedEqualizationKernel_h
#define itkContrastLimitedEqualizationKernel_h

#include "itkIntTypes.h"
#include "IntensityMappingExport.h"

#include <cstdint>
#include <vector>

namespace itk
{
/** The three stages of contrast-limited adaptive histogram equalization, over spans of memory: the values of a tile are
 * counted, a table is made from the counts, and the tables of neighbouring tiles are interpolated.
 * A table has a level for each bin. */
namespace ContrastLimitedEqualization
{
/** Bins of equal width from the least to the greatest of finite real values; the last one holds the greatest, too. */
struct RealBins
{
  double        Minimum;
  double        Maximum;
  SizeValueType NumberOfBins;
};

/** The greatest level of real values, however many bins they have. */
constexpr unsigned int GreatestRealLevel = 65535;

/** The bin of each real value; those that are not finite get some bin, too. */
template <typename TReal>
IntensityMapping_EXPORT void
FindBins(const TReal * values, std::uint16_t * bins, SizeValueType count, const RealBins & realBins);

/** The tile whose histogram each tile goes by: its own, or if that counted nothing, the nearest tile that did, in steps
 * along the axes; among equally near ones the first. */
IntensityMapping_EXPORT std::vector<SizeValueType>
                        FindNearestCounted(const std::vector<SizeValueType> & numbersOfCounts,
                                           const std::vector<SizeValueType> & numbersOfTiles);

/** The table of a histogram: what is cumulated up to each bin, as a level from 0 to `greatestLevel`. A bin counts at
 * most as `clipLimit` times the mean bin, but not less than 1, and the excess is shared out evenly; 0 is no limit.
 * `numberOfCounts` is the sum of the histogram, less than 2^32. */
IntensityMapping_EXPORT void
MakeTable(const std::uint32_t * histogram,
          SizeValueType         numberOfBins,
          SizeValueType         numberOfCounts,
          double                clipLimit,
          unsigned int          greatestLevel,
          std::uint16_t *       table);

/** Puts two tables into one, that one access to memory finds the levels of both: the first in the lower 16 bits. */
IntensityMapping_EXPORT void
PairTables(const std::uint16_t * first,
           const std::uint16_t * second,
           SizeValueType         numberOfBins,
           std::uint32_t *       pairs);

/** The tables of the four tiles around a pixel; in each pair two neighbours along the first axis. */
struct TablePairs
{
  const std::uint32_t * Lower;        // of the lower tiles along the second axis
  const std::uint32_t * Upper;        // of the upper tiles along the second axis
  bool                  HasOneColumn; // both neighbours along the first axis are the first of the pair
};

/** The levels of values in a row of pixels: interpolated along the first axis by the weight of the upper tile for each
 * pixel, then along the second by the one weight of the row, in single precision. */
template <typename TBin>
IntensityMapping_EXPORT void
Interpolate(const TBin *       values,
            SizeValueType      count,
            const TablePairs & pairs,
            const float *      upperWeights,
            float              rowUpperWeight,
            float *            levels);

/** Interpolates levels along a further axis, in place. */
IntensityMapping_EXPORT void
Blend(float * levels, const float * upperLevels, SizeValueType count, float upperWeight);

/** Levels as integers, where the least value of the type is level 0. Halves are rounded to the even one. */
template <typename TPixel>
IntensityMapping_EXPORT void
RoundLevels(const float * levels, TPixel * equalized, SizeValueType count);

/** Levels as real values in the range of the bins. Values that are not finite stay as they are. */
template <typename TReal>
IntensityMapping_EXPORT void
ScaleLevels(const float *    levels,
            const TReal *    values,
            TReal *          equalized,
            SizeValueType    count,
            const RealBins & realBins);
} // namespace ContrastLimitedEqualization
} // namespace itk

#endif
