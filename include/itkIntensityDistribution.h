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
#include <memory>
#include <mutex>
#include <vector>

namespace itk
{
class SingleIntensityCounts;

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
 * Immutable, so that threads can share one; copies share what they are made of.
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

  /** The same of single-precision intensities, of which tables by their keys tell the counts. The values are made of
   * them when they are first asked for. */
  explicit IntensityDistribution(std::shared_ptr<const SingleIntensityCounts> singles);

  SizeValueType
  GetNumberOfValues() const
  {
    return this->GetSteps().size() - 1;
  }

  /** The values with their counts, and last the number of all intensities. */
  const StepsType &
  GetSteps() const
  {
    return this->GetIndex().Steps;
  }

  ValuesType
  GetValues() const;

  CountsType
  GetCountsBelow() const;

  /** The least value. There must be one. */
  double
  GetMinimum() const
  {
    return m_Minimum;
  }

  /** The greatest value. There must be one. */
  double
  GetMaximum() const
  {
    return m_Maximum;
  }

  /** How many intensities there are. */
  SizeValueType
  GetNumberOfIntensities() const
  {
    return m_NumberOfIntensities;
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

  /** The values with their counts, and where to look for them. */
  struct Index
  {
    StepsType                        Steps;
    std::uint64_t                    FirstKey{ 0 };
    std::uint64_t                    LastKey{ 0 };
    unsigned int                     GroupShift{ 0 };
    std::vector<Group>               Groups;
    PixelMemoryVector<std::uint32_t> FirstsOfBuckets;

    /** Throws unless the values ascend and the counts do not descend. */
    void
    Verify() const;

    void
    Make();

    std::uint32_t
    FindBucket(std::uint64_t key) const;
  };

  /** An index that is made once it is asked for, by whichever thread is the first. */
  struct LazyIndex
  {
    std::once_flag IsMade;
    Index          Made;
  };

  void
  SetSteps(StepsType steps);

  const Index &
  GetIndex() const;

  double
  GetFraction(SizeValueType position) const
  {
    return static_cast<double>(this->GetSteps()[position + 1].CountBelow) / static_cast<double>(m_NumberOfIntensities);
  }

  /** The first position whose fraction is not below. */
  SizeValueType
  FindFraction(double fraction) const;

  /** Calls `visit(i, p)` for the i-th number, with p values not above it. */
  template <typename TVisit>
  void
  ForEachPosition(const double * numbers, SizeValueType count, const TVisit & visit) const;

  std::shared_ptr<const SingleIntensityCounts> m_Singles;
  std::shared_ptr<LazyIndex>                   m_Index{ std::make_shared<LazyIndex>() };
  double                                       m_Minimum{ 0.0 };
  double                                       m_Maximum{ 0.0 };
  SizeValueType                                m_NumberOfIntensities{ 0 };
};
} // namespace itk

#endif
