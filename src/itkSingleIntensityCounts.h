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
 * The low 16 bits of all keys are kept in order, after the high ones. For each of the high ones, an index says where
 * buckets of the low ones begin, of which there are as many as it has intensities, rounded down to a power of two. So a
 * number is found in two accesses to memory, which takes 6 bytes for each intensity.
 */
class SingleIntensityCounts
{
public:
  using KeyType = IntensityKey<float>;
  using LowKeysType = PixelMemoryVector<std::uint16_t>;
  using LoopType = IntensityDistributionSearch<float>::ParallelLoopType;

  static constexpr SizeValueType Radix = KeyType::Radix;

  /** `countsBelow[d]` intensities have high bits below d, and the last count is that of all, less than 2^32; their low
   * bits are in the order of the high ones. */
  SingleIntensityCounts(const std::vector<SizeValueType> & countsBelow, LowKeysType lowKeys, const LoopType & loop);

  SizeValueType
  GetNumberOfIntensities() const
  {
    return m_Groups.back().CountBelow;
  }

  /** The intensity of a rank, from 0. */
  double
  GetOrderStatistic(SizeValueType rank) const;

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

  void
  SortGroup(SizeValueType digit);

  template <typename TGetKey>
  void
  CountBelowKeys(SizeValueType * counts, SizeValueType count, const TGetKey & getKey) const;

  std::vector<Group>               m_Groups;
  LowKeysType                      m_LowKeys;
  PixelMemoryVector<std::uint32_t> m_FirstsOfBuckets;
};
} // namespace itk

#endif
