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
#ifndef itkSingleIntensityCounts_h
#define itkSingleIntensityCounts_h

#include "itkIntensityDistributionKernel.h"
#include "itkIntensityDistributionSearch.h"
#include "itkPixelMemory.h"

namespace itk
{
/** \class SingleIntensityCounts
 * \brief How many single-precision intensities are below any number, by the keys of the numbers.
 *
 * The low 16 bits of all keys are kept after the high ones, in buckets of some ten of them, whose order is that of the
 * keys. Within a bucket a number is compared with all keys at once; so these need no order, and a number is found in
 * two accesses to memory, of which the one to the firsts of buckets mostly stays in a cache. Only buckets of many keys
 * are sorted. All that takes some 2.5 bytes for each intensity.
 */
class SingleIntensityCounts
{
public:
  using KeyType = IntensityKey<float>;
  using LowKeysType = PixelMemoryVector<std::uint16_t>;
  using LoopType = IntensityDistributionSearch<float>::ParallelLoopType;

  static constexpr SizeValueType Radix = KeyType::Radix;

  /** How many keys are put behind the last one, to be read and not counted; without room for them, all are copied. */
  static constexpr SizeValueType Padding = 32;

  /** `countsBelow[d]` intensities have high bits below d, and the last count is that of all, from 1 to less than 2^32;
   * their low bits are in the order of the high ones. */
  SingleIntensityCounts(const std::vector<SizeValueType> & countsBelow, LowKeysType lowKeys, const LoopType & loop);

  SizeValueType
  GetNumberOfIntensities() const
  {
    return m_Groups.back().CountBelow;
  }

  double
  GetMinimum() const;

  double
  GetMaximum() const;

  void
  CountBelow(const double * numbers, SizeValueType * counts, SizeValueType count) const;

  void
  CountUpTo(const double * numbers, SizeValueType * counts, SizeValueType count) const;

  /** Each value, and how many intensities are below it; last the number of all. */
  IntensityDistribution::StepsType
  MakeSteps() const;

private:
  /** The intensities of a digit: how many are before them, and where the firsts of their buckets are. */
  struct Group
  {
    SizeValueType CountBelow{ 0 };
    std::uint32_t FirstBucket{ 0 };
    unsigned int  Shift{ 16 };
  };

  /** Puts the intensities of a digit into their buckets. */
  void
  FillBuckets(SizeValueType digit);

  /** What `pick(begin, end)` picks of a digit. */
  template <typename TPick>
  double
  PickIntensity(SizeValueType digit, const TPick & pick) const;

  template <typename TGetKeys>
  void
  CountBelowKeysOf(const double * numbers, SizeValueType * counts, SizeValueType count, const TGetKeys & getKeys) const;

  void
  CountBelowKeys(const std::uint32_t * keys, SizeValueType * counts, SizeValueType count) const;

  std::vector<Group>               m_Groups;
  LowKeysType                      m_LowKeys;
  PixelMemoryVector<std::uint32_t> m_FirstsOfBuckets;
};
} // namespace itk

#endif
