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

#include "itkPixelMemory.h"

#include <cstdint>
#include <vector>

namespace itk
{
/** \class IntensityDistribution
 * \brief How many of some intensities lie below a value, or up to it: their empirical distribution.
 *
 * Kept as m ascending values, each with the number of intensities below it, and n, the number of all. If each intensity
 * is one of the values, all counts are exact. Otherwise those between two values are counted as if they were the lower
 * of these.
 *
 * An index of the values, cut into equal buckets of floating-point numbers within groups of them, finds the place of a
 * number in a few steps that do not wait for each other. A value takes 16 bytes, and some 4 in the index.
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

  /** A value, and how many intensities are below it. */
  struct Step
  {
    double        Value;
    SizeValueType CountBelow;
  };
  using StepsType = PixelMemoryVector<Step>;

  /** The distribution of no intensities at all. */
  IntensityDistribution();

  /** `countsBelow[i]` intensities are below `values[i]`, and the last count is that of all; so there is one count more
   * than there are values. Values must be finite and ascend, counts begin with 0 and not descend. Throws an
   * ExceptionObject otherwise. */
  IntensityDistribution(const ValuesType & values, const CountsType & countsBelow);

  /** The same of steps, of which the last one has the number of all intensities, and any value. */
  explicit IntensityDistribution(StepsType steps);

  SizeValueType
  GetNumberOfValues() const
  {
    return m_Steps.size() - 1;
  }

  /** The values with their counts, and last the number of all intensities. */
  const StepsType &
  GetSteps() const
  {
    return m_Steps;
  }

  ValuesType
  GetValues() const;

  CountsType
  GetCountsBelow() const;

  /** There must be a value. */
  double
  GetMinimum() const
  {
    return m_Steps.front().Value;
  }

  /** There must be a value. */
  double
  GetMaximum() const
  {
    return m_Steps[m_Steps.size() - 2].Value;
  }

  /** How many intensities there are. */
  SizeValueType
  GetNumberOfIntensities() const
  {
    return m_Steps.back().CountBelow;
  }

  /** The numbers of intensities below each of `count` numbers; below NaN, any number of them. */
  void
  CountBelow(const double * numbers, SizeValueType * counts, SizeValueType count) const;

  SizeValueType
  CountBelow(double number) const;

  /** The numbers of intensities not above each of `count` numbers; for NaN, any number of them. */
  void
  CountUpTo(const double * numbers, SizeValueType * counts, SizeValueType count) const;

  SizeValueType
  CountUpTo(double number) const;

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
    return static_cast<double>(m_Steps[position + 1].CountBelow) / static_cast<double>(m_Steps.back().CountBelow);
  }

  /** The first position whose fraction is not below. */
  SizeValueType
  FindFraction(double fraction) const;

  void
  Verify() const;

  void
  MakeIndex();

  std::uint32_t
  FindBucket(std::uint64_t key) const;

  /** Calls `visit(i, p)` for the i-th number, with p values not above it. */
  template <typename TVisit>
  void
  ForEachPosition(const double * numbers, SizeValueType count, const TVisit & visit) const;

  StepsType                        m_Steps;
  std::uint64_t                    m_FirstKey{ 0 };
  std::uint64_t                    m_LastKey{ 0 };
  unsigned int                     m_GroupShift{ 0 };
  std::vector<Group>               m_Groups;
  PixelMemoryVector<std::uint32_t> m_FirstsOfBuckets;
};
} // namespace itk

#endif
