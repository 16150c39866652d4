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
#ifndef itkIntensityDistribution_h
#define itkIntensityDistribution_h

#include "itkIntTypes.h"
#include "IntensityMappingExport.h"

#include <cstdint>
#include <vector>

namespace itk
{
/** \class IntensityDistribution
 * \brief How many of some intensities lie below a value, or up to it: their empirical distribution.
 *
 * Kept as m ascending values and m + 1 counts: `countsBelow[i]` intensities lie below `values[i]`, and the last count
 * is that of all, n. If each intensity is one of the values, all counts are exact. Otherwise those between two values
 * are counted as if they were the lower of these.
 *
 * With p the number of values that are not above x, CountUpTo(x) = countsBelow[p]; CountBelow(x) is countsBelow[p - 1]
 * if x is a value itself, else countsBelow[p].
 *
 * An index of the values, cut into equal buckets of floating-point numbers within groups of them, finds p in a few
 * steps that do not wait for each other. A value takes 16 bytes, and 4 in the index.
 *
 * Immutable, so that threads can share one.
 *
 * \code
 * const itk::IntensityDistribution distribution({ 1.0, 2.0, 5.0 }, { 0, 10, 40, 100 });
 * distribution.CountUpTo(2.0);    // 40
 * distribution.GetQuantile(0.5);  // 5
 * \endcode
 *
 * \sa EqualizingNormalization, IntensityDistributionImageSink
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT IntensityDistribution
{
public:
  using ValuesType = std::vector<double>;
  using CountsType = std::vector<SizeValueType>;

  /** The distribution of no intensities at all. */
  IntensityDistribution() = default;

  /** There must be one count more than there are values, from 0 upwards; values must be finite and ascend. Throws an
   * ExceptionObject otherwise. */
  IntensityDistribution(ValuesType values, CountsType countsBelow);

  const ValuesType &
  GetValues() const
  {
    return m_Values;
  }

  const CountsType &
  GetCountsBelow() const
  {
    return m_CountsBelow;
  }

  /** How many intensities there are. */
  SizeValueType
  GetNumberOfIntensities() const
  {
    return m_CountsBelow.back();
  }

  /** The number of intensities below x, which may not be NaN. */
  SizeValueType
  CountBelow(double x) const;

  /** The number of intensities not above x, which may not be NaN. */
  SizeValueType
  CountUpTo(double x) const;

  /** For each of `count` numbers, the number of values that are not above it; for NaN, any number of them. */
  void
  Locate(const double * numbers, std::uint32_t * positions, SizeValueType count) const;

  /** The least value v with CountUpTo(v) / n >= fraction, as double-precision numbers compare: of 0.5, the lower
   * median. Below the least fraction the first value, above 1 the last. There must be an intensity. */
  double
  GetQuantile(double fraction) const;

  /** The quantile, interpolated linearly between the values at the fractions CountUpTo(v) / n, as
   * `numpy.interp(fraction, fractions, values)`. There must be an intensity. */
  double
  GetInterpolatedQuantile(double fraction) const;

private:
  /** Buckets of floating-point numbers within an interval of them, by their keys. */
  struct Group
  {
    std::uint32_t FirstBucket;
    unsigned int  Shift;
  };

  double
  GetFraction(SizeValueType position) const
  {
    return static_cast<double>(m_CountsBelow[position + 1]) / static_cast<double>(m_CountsBelow.back());
  }

  /** The first position whose fraction is not below. */
  SizeValueType
  FindFraction(double fraction) const;

  void
  MakeIndex();

  std::uint32_t
  FindBucket(std::uint64_t key) const;

  ValuesType                 m_Values;
  CountsType                 m_CountsBelow{ 0 };
  std::uint64_t              m_FirstKey{ 0 };
  std::uint64_t              m_LastKey{ 0 };
  unsigned int               m_GroupShift{ 0 };
  std::vector<Group>         m_Groups;
  std::vector<std::uint32_t> m_FirstsOfBuckets;
};
} // namespace itk

#endif
