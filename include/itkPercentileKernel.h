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
#ifndef itkPercentileKernel_h
#define itkPercentileKernel_h

#include "itkIntensityDistributionKernel.h"

#include <map>
#include <vector>

namespace itk
{
/** \class PercentileSearch
 * \brief Finds percentiles of intensities exactly, in one pass over them per digit of their keys.
 *
 * The percentile p of n intensities is that of `numpy.percentile(intensities, p)` in double precision: with
 * h = (n - 1) p / 100, it lies between the intensities of ranks floor(h) and floor(h) + 1 (from 0, in ascending order)
 * as h lies between these numbers. Intensities below `least`, infinities and NaN are left out.
 *
 * Intensities of 8 and 16 bits take one pass, of 32 bits two, of 64 bits four. In each pass, the intensities are
 * counted by the next digit, for each of those beginnings of keys that the wanted ranks have; that is up to two
 * beginnings per percentile, of 65,536 counters each. The order of the intensities does not matter.
 *
 * \code
 * itk::PercentileSearch<float> search({ 2.0, 98.0 }, itk::GetLeastIntensity<float>(false));
 * for (unsigned int pass = 0; pass < search.NumberOfPasses; ++pass)
 * {
 *   auto counts = search.MakeCounts();
 *   search.Count(intensities, count, counts); // any number of times, and threads
 *   search.EndPass(counts);
 * }
 * search.GetPercentile(0);
 * \endcode
 *
 * \ingroup IntensityMapping
 */
template <typename TPixel>
class IntensityMapping_EXPORT PercentileSearch
{
public:
  using KeyType = typename IntensityKey<TPixel>::Type;

  /** Counters of a digit, by the digits before it. */
  using CountsType = std::map<KeyType, std::vector<std::uint64_t>>;

  static constexpr unsigned int NumberOfPasses = IntensityKey<TPixel>::NumberOfDigits;

  PercentileSearch(const std::vector<double> & percentiles, TPixel least);

  /** Counters for this pass, all zero. */
  CountsType
  MakeCounts() const;

  /** Counts intensities in this pass. */
  void
  Count(const TPixel * intensities, SizeValueType count, CountsType & counts) const;

  /** Adds counts of the same pass. */
  static void
  Merge(const CountsType & counts, CountsType & sums);

  /** Takes the counts of all intensities in this pass, and goes on to the next. */
  void
  EndPass(const CountsType & counts);

  /** How many intensities were not left out. Known after the first pass. */
  SizeValueType
  GetNumberOfIntensities() const
  {
    return m_NumberOfIntensities;
  }

  /** The percentile of an index into those asked for, after the last pass. There must be an intensity. */
  double
  GetPercentile(std::size_t index) const;

private:
  /** An intensity wanted by its rank, among those that begin with a prefix. */
  struct OrderStatistic
  {
    SizeValueType Rank;
    KeyType       Prefix;
  };

  /** An intensity between two. */
  struct Percentile
  {
    double         Percent;
    double         Weight;
    OrderStatistic Lower;
    OrderStatistic Upper;
  };

  void
  FindRanks(const CountsType & counts);

  static void
  Refine(OrderStatistic & statistic, const CountsType & counts);

  TPixel                  m_Least;
  unsigned int            m_Pass{ 0 };
  SizeValueType           m_NumberOfIntensities{ 0 };
  std::vector<Percentile> m_Percentiles;
};
} // namespace itk

#endif
