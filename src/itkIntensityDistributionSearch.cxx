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
#include "itkIntensityDistributionSearch.h"

#include "itkIntensityDistributionKernel.h"
#include "itkIntensityRangeKernel.h"
#include "itkSingleIntensityCounts.h"

#include <array>
#include <atomic>
#include <cmath>
#include <numeric>

namespace itk
{
namespace
{
template <typename TPixel>
using KeyOf = typename IntensityKey<TPixel>::Type;

using StepsType = IntensityDistribution::StepsType;


/** Counts intensities of 8 and 16 bits by value, and bins the values if there are to be bins. */
template <typename TPixel>
class ValueSearch : public IntensityDistributionSearch<TPixel>
{
  using Superclass = IntensityDistributionSearch<TPixel>;
  using typename Superclass::Counts;
  using typename Superclass::ParallelLoopType;

  static constexpr SizeValueType NumberOfValues = IntensityKey<TPixel>::Radix;

  struct ValueCounts : public Counts
  {
    std::vector<std::uint32_t> Recent = std::vector<std::uint32_t>(NumberOfValues);
    SizeValueType              NumberOfRecent{ 0 };
    std::vector<SizeValueType> Sums = std::vector<SizeValueType>(NumberOfValues);

    void
    Flush()
    {
      std::transform(Recent.begin(), Recent.end(), Sums.begin(), Sums.begin(), std::plus<>());
      std::fill(Recent.begin(), Recent.end(), 0);
      NumberOfRecent = 0;
    }
  };

public:
  /** Bins unless `numberOfBins` is 0. */
  explicit ValueSearch(SizeValueType numberOfBins)
    : m_NumberOfBins(numberOfBins)
  {}

  unsigned int
  GetNumberOfPasses() const override
  {
    return 1;
  }

  std::unique_ptr<Counts>
  MakeCounts() const override
  {
    return std::make_unique<ValueCounts>();
  }

  void
  Count(const TPixel * intensities, SizeValueType count, Counts & counts) override
  {
    constexpr SizeValueType blockLength = SizeValueType{ 1 } << 31;
    auto &                  valueCounts = static_cast<ValueCounts &>(counts);
    for (SizeValueType start = 0; start < count; start += blockLength)
    {
      const auto length = std::min(blockLength, count - start);
      if (valueCounts.NumberOfRecent + length > std::numeric_limits<std::uint32_t>::max())
      {
        valueCounts.Flush();
      }
      CountIntensities(intensities + start, length, valueCounts.Recent.data());
      valueCounts.NumberOfRecent += length;
    }
  }

  void
  Merge(Counts & counts) override
  {
    auto & valueCounts = static_cast<ValueCounts &>(counts);
    valueCounts.Flush();
    std::transform(m_Counts.begin(), m_Counts.end(), valueCounts.Sums.begin(), m_Counts.begin(), std::plus<>());
  }

  void
  EndPass() override
  {}

  IntensityDistribution
  MakeDistribution(const ParallelLoopType &) override
  {
    StepsType     steps;
    SizeValueType count = 0;
    for (SizeValueType key = 0; key < NumberOfValues; ++key)
    {
      if (m_Counts[key] > 0)
      {
        const auto value = IntensityKey<TPixel>::ToIntensity(static_cast<KeyOf<TPixel>>(key));
        steps.push_back({ static_cast<double>(value), count });
        count += m_Counts[key];
      }
    }
    steps.push_back({ 0.0, count });
    const IntensityDistribution distribution(std::move(steps));
    return m_NumberOfBins > 0 ? BinDistribution<TPixel>(distribution, m_NumberOfBins) : distribution;
  }

private:
  SizeValueType              m_NumberOfBins;
  std::vector<SizeValueType> m_Counts = std::vector<SizeValueType>(NumberOfValues);
};


/** What the searches for intensities of 32 and 64 bits begin with: counts by the high 16 bits of keys. */
template <typename TPixel>
class HighDigits
{
public:
  static constexpr unsigned int  Shift = IntensityKey<TPixel>::NumberOfBits - 16;
  static constexpr SizeValueType Radix = IntensityKey<TPixel>::Radix;
  using CountsType = std::vector<SizeValueType>;

  static SizeValueType
  Get(KeyOf<TPixel> key)
  {
    return key >> Shift;
  }

  static void
  Count(const TPixel * intensities, SizeValueType count, CountsType & counts)
  {
    for (SizeValueType i = 0; i < count; ++i)
    {
      ++counts[Get(IntensityKey<TPixel>::FromIntensity(intensities[i]))];
    }
  }
};


/** Sorts the low bits of keys. */
void
SortLowKeys(std::uint16_t * keys, SizeValueType count)
{
  constexpr SizeValueType worthRadixSort = 128;
  if (count < worthRadixSort)
  {
    std::sort(keys, keys + count);
    return;
  }
  std::vector<std::uint16_t> byLowByte(count);
  const auto                 scatter = [count](const std::uint16_t * from, std::uint16_t * to, unsigned int shift) {
    std::array<SizeValueType, 257> firsts{};
    for (SizeValueType i = 0; i < count; ++i)
    {
      ++firsts[((from[i] >> shift) & 0xFF) + 1];
    }
    std::partial_sum(firsts.begin(), firsts.end(), firsts.begin());
    for (SizeValueType i = 0; i < count; ++i)
    {
      to[firsts[(from[i] >> shift) & 0xFF]++] = from[i];
    }
  };
  scatter(keys, byLowByte.data(), 0);
  scatter(byLowByte.data(), keys, 8);
}


void
SortLowKeys(std::uint64_t * keys, SizeValueType count)
{
  std::sort(keys, keys + count);
}


/** Finds every value of intensities of 32 and 64 bits. */
template <typename TPixel>
class EveryValueSearch : public IntensityDistributionSearch<TPixel>
{
  using Superclass = IntensityDistributionSearch<TPixel>;
  using typename Superclass::Counts;
  using typename Superclass::ParallelLoopType;
  using Digits = HighDigits<TPixel>;
  using LowKeyType = std::conditional_t<sizeof(TPixel) == 4, std::uint16_t, std::uint64_t>;

  struct DigitCounts : public Counts
  {
    typename Digits::CountsType ByDigit = typename Digits::CountsType(Digits::Radix);
  };

public:
  unsigned int
  GetNumberOfPasses() const override
  {
    return 2;
  }

  std::unique_ptr<Counts>
  MakeCounts() const override
  {
    return std::make_unique<DigitCounts>();
  }

  void
  Count(const TPixel * intensities, SizeValueType count, Counts & counts) override
  {
    auto & byDigit = static_cast<DigitCounts &>(counts).ByDigit;
    if (m_LowKeys.empty())
    {
      Digits::Count(intensities, count, byDigit);
      return;
    }
    constexpr SizeValueType blockLength = SizeValueType{ 1 } << 16;
    for (SizeValueType start = 0; start < count; start += blockLength)
    {
      this->PutInPlace(intensities + start, std::min(blockLength, count - start), byDigit);
    }
  }

  void
  Merge(Counts & counts) override
  {
    if (m_LowKeys.empty())
    {
      const auto & byDigit = static_cast<DigitCounts &>(counts).ByDigit;
      std::transform(byDigit.begin(), byDigit.end(), m_Firsts.begin() + 1, m_Firsts.begin() + 1, std::plus<>());
    }
  }

  void
  EndPass() override
  {
    if (m_LowKeys.empty())
    {
      std::partial_sum(m_Firsts.begin(), m_Firsts.end(), m_Firsts.begin());
      m_LowKeys.reserve(m_Firsts.back() + SingleIntensityCounts::Padding);
      m_LowKeys.resize(m_Firsts.back());
      std::copy_n(m_Firsts.begin(), Digits::Radix, m_Next.begin());
    }
  }

  IntensityDistribution
  MakeDistribution(const ParallelLoopType & loop) override
  {
    if constexpr (std::is_same<TPixel, float>::value)
    {
      if (!m_LowKeys.empty() && m_LowKeys.size() < std::numeric_limits<std::uint32_t>::max())
      {
        return IntensityDistribution(std::make_shared<SingleIntensityCounts>(m_Firsts, std::move(m_LowKeys), loop));
      }
    }
    std::vector<SizeValueType> digits;
    for (SizeValueType digit = 0; digit < Digits::Radix; ++digit)
    {
      if (m_Firsts[digit + 1] > m_Firsts[digit])
      {
        digits.push_back(digit);
      }
    }
    std::vector<SizeValueType> firstSteps(digits.size() + 1);
    loop(digits.size(), [&](SizeValueType i) {
      const auto first = m_Firsts[digits[i]];
      SortLowKeys(m_LowKeys.data() + first, m_Firsts[digits[i] + 1] - first);
      this->ForEachValue(digits[i], [&](LowKeyType, SizeValueType) { ++firstSteps[i + 1]; });
    });
    std::partial_sum(firstSteps.begin(), firstSteps.end(), firstSteps.begin());

    StepsType steps;
    steps.resize(firstSteps.back() + 1);
    steps.back() = { 0.0, m_LowKeys.size() };
    loop(digits.size(), [&](SizeValueType i) {
      auto       step = steps.begin() + firstSteps[i];
      const auto prefix = static_cast<KeyOf<TPixel>>(static_cast<KeyOf<TPixel>>(digits[i]) << Digits::Shift);
      this->ForEachValue(digits[i], [&](LowKeyType lowKey, SizeValueType countBelow) {
        const auto value = IntensityKey<TPixel>::ToIntensity(static_cast<KeyOf<TPixel>>(prefix | lowKey));
        *step++ = { static_cast<double>(value), countBelow };
      });
    });
    m_LowKeys = {};
    return IntensityDistribution(std::move(steps));
  }

private:
  /** Places are taken for a block at once, since threads have to take turns for that. */
  void
  PutInPlace(const TPixel * intensities, SizeValueType count, typename Digits::CountsType & places)
  {
    std::fill(places.begin(), places.end(), 0);
    Digits::Count(intensities, count, places);
    for (SizeValueType digit = 0; digit < Digits::Radix; ++digit)
    {
      if (places[digit] > 0)
      {
        places[digit] = m_Next[digit].fetch_add(places[digit], std::memory_order_relaxed);
      }
    }
    constexpr auto lowBits = static_cast<KeyOf<TPixel>>((KeyOf<TPixel>{ 1 } << Digits::Shift) - 1);
    for (SizeValueType i = 0; i < count; ++i)
    {
      const auto key = IntensityKey<TPixel>::FromIntensity(intensities[i]);
      m_LowKeys[places[Digits::Get(key)]++] = static_cast<LowKeyType>(key & lowBits);
    }
  }

  /** Calls `visit(lowKey, countBelow)` for each distinct value of a digit. */
  template <typename TVisit>
  void
  ForEachValue(SizeValueType digit, const TVisit & visit) const
  {
    for (auto i = m_Firsts[digit]; i < m_Firsts[digit + 1]; ++i)
    {
      if (i == m_Firsts[digit] || m_LowKeys[i] != m_LowKeys[i - 1])
      {
        visit(m_LowKeys[i], i);
      }
    }
  }

  std::vector<SizeValueType>              m_Firsts = std::vector<SizeValueType>(Digits::Radix + 1);
  std::vector<std::atomic<SizeValueType>> m_Next = std::vector<std::atomic<SizeValueType>>(Digits::Radix);
  PixelMemoryVector<LowKeyType>           m_LowKeys;
};


/** The ranks of the intensities at which rint(L CountUpTo(x) / n) rises, for two L, of the first and of the last. */
std::vector<SizeValueType>
FindRanksOfLevels(SizeValueType numberOfIntensities)
{
  const auto                 n = static_cast<double>(numberOfIntensities);
  std::vector<SizeValueType> ranks{ 0, numberOfIntensities - 1 };
  for (const double greatestLevel : { 255.0, 65535.0 })
  {
    const auto getLevel = [&](SizeValueType count) {
      return std::rint(static_cast<double>(count) / n * greatestLevel);
    };
    SizeValueType count = 1;
    for (double level = 1.0; level <= greatestLevel; level = getLevel(count) + 1.0)
    {
      // Rounding may carry the first count of this level to either side of where it should be.
      const auto estimate = static_cast<SizeValueType>((level - 0.5) / greatestLevel * n);
      count = std::max(count, estimate > 2 ? estimate - 2 : 1);
      while (getLevel(count) < level)
      {
        ++count;
      }
      ranks.push_back(count - 1);
    }
  }
  std::sort(ranks.begin(), ranks.end());
  ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
  return ranks;
}


/** Finds the values at levels of intensities of 32 and 64 bits. */
template <typename TPixel>
class LevelSearch : public IntensityDistributionSearch<TPixel>
{
  using Superclass = IntensityDistributionSearch<TPixel>;
  using typename Superclass::Counts;
  using typename Superclass::ParallelLoopType;
  using Digits = HighDigits<TPixel>;
  using KeyType = KeyOf<TPixel>;

  static constexpr unsigned int  DigitBits = 8;
  static constexpr SizeValueType Radix = SizeValueType{ 1 } << DigitBits;

  struct DigitCounts : public Counts
  {
    typename Digits::CountsType ByDigit;
  };

  /** Keys that begin alike, among which wanted ranks are. */
  struct Branch
  {
    KeyType       Prefix;
    SizeValueType CountBelow;
    SizeValueType Count;
  };

public:
  unsigned int
  GetNumberOfPasses() const override
  {
    return 1 + Digits::Shift / DigitBits;
  }

  std::unique_ptr<Counts>
  MakeCounts() const override
  {
    auto counts = std::make_unique<DigitCounts>();
    counts->ByDigit.resize(m_Pass == 0 ? Digits::Radix : 0);
    return counts;
  }

  void
  Count(const TPixel * intensities, SizeValueType count, Counts & counts) override
  {
    if (m_Pass == 0)
    {
      Digits::Count(intensities, count, static_cast<DigitCounts &>(counts).ByDigit);
      return;
    }
    const unsigned int shift = this->GetShift();
    for (SizeValueType i = 0; i < count; ++i)
    {
      const auto upToDigit = static_cast<KeyType>(IntensityKey<TPixel>::FromIntensity(intensities[i]) >> shift);
      const auto branch = this->FindBranch(upToDigit >> DigitBits);
      if (branch < m_Branches.size())
      {
        m_Counters[branch * Radix + upToDigit % Radix].fetch_add(1, std::memory_order_relaxed);
      }
    }
  }

  void
  Merge(Counts & counts) override
  {
    const auto & byDigit = static_cast<DigitCounts &>(counts).ByDigit;
    std::transform(byDigit.begin(), byDigit.end(), m_ByHighDigit.begin(), m_ByHighDigit.begin(), std::plus<>());
  }

  void
  EndPass() override
  {
    if (m_Pass == 0)
    {
      this->BeginWithHighDigits();
    }
    else
    {
      std::vector<Branch> refined;
      for (SizeValueType i = 0; i < m_Branches.size(); ++i)
      {
        Refine(m_Branches[i].Prefix << DigitBits, m_Branches[i].CountBelow, &m_Counters[i * Radix], Radix, refined);
      }
      m_Branches = std::move(refined);
    }
    ++m_Pass;
    m_Counters = std::vector<std::atomic<SizeValueType>>(m_Pass < this->GetNumberOfPasses() ? m_Branches.size() * Radix
                                                                                            : SizeValueType{ 0 });
    this->IndexBranches();
  }

  IntensityDistribution
  MakeDistribution(const ParallelLoopType &) override
  {
    StepsType     steps;
    SizeValueType count = 0;
    for (const auto & branch : m_Branches)
    {
      if (branch.CountBelow > count)
      {
        // What lies between two of the values is counted as what follows the lower one.
        steps.push_back({ std::nextafter(steps.back().Value, HUGE_VAL), count });
      }
      steps.push_back({ static_cast<double>(IntensityKey<TPixel>::ToIntensity(branch.Prefix)), branch.CountBelow });
      count = branch.CountBelow + branch.Count;
    }
    steps.push_back({ 0.0, count });
    return IntensityDistribution(std::move(steps));
  }

private:
  /** How many bits of a key come after the digit of this pass. */
  unsigned int
  GetShift() const
  {
    return Digits::Shift - m_Pass * DigitBits;
  }

  void
  BeginWithHighDigits()
  {
    const auto n = std::accumulate(m_ByHighDigit.begin(), m_ByHighDigit.end(), SizeValueType{ 0 });
    if (n > 0)
    {
      m_Ranks = FindRanksOfLevels(n);
      this->Refine(0, 0, m_ByHighDigit.data(), Digits::Radix, m_Branches);
    }
  }

  /** Adds those digits after a prefix that have wanted ranks. */
  template <typename TCount>
  void
  Refine(KeyType               prefix,
         SizeValueType         countBelow,
         const TCount *        counts,
         SizeValueType         radix,
         std::vector<Branch> & refined) const
  {
    auto rank = std::lower_bound(m_Ranks.begin(), m_Ranks.end(), countBelow);
    for (SizeValueType digit = 0; digit < radix; ++digit)
    {
      const SizeValueType count = counts[digit];
      if (rank != m_Ranks.end() && *rank < countBelow + count)
      {
        refined.push_back({ static_cast<KeyType>(prefix | static_cast<KeyType>(digit)), countBelow, count });
        rank = std::lower_bound(rank, m_Ranks.end(), countBelow + count);
      }
      countBelow += count;
    }
  }

  /** The branches of each high digit. */
  void
  IndexBranches()
  {
    const unsigned int shift = (m_Pass - 1) * DigitBits;
    std::fill(m_FirstBranches.begin(), m_FirstBranches.end(), 0);
    for (const auto & branch : m_Branches)
    {
      ++m_FirstBranches[static_cast<SizeValueType>(branch.Prefix >> shift) + 1];
    }
    std::partial_sum(m_FirstBranches.begin(), m_FirstBranches.end(), m_FirstBranches.begin());
  }

  SizeValueType
  FindBranch(KeyType prefix) const
  {
    const auto digit = static_cast<SizeValueType>(prefix >> ((m_Pass - 1) * DigitBits));
    const auto end = m_Branches.begin() + m_FirstBranches[digit + 1];
    const auto found = std::lower_bound(m_Branches.begin() + m_FirstBranches[digit],
                                        end,
                                        prefix,
                                        [](const Branch & branch, KeyType key) { return branch.Prefix < key; });
    return found != end && found->Prefix == prefix ? found - m_Branches.begin() : m_Branches.size();
  }

  unsigned int                            m_Pass{ 0 };
  typename Digits::CountsType             m_ByHighDigit = typename Digits::CountsType(Digits::Radix);
  std::vector<SizeValueType>              m_Ranks;
  std::vector<Branch>                     m_Branches;
  std::vector<std::uint32_t>              m_FirstBranches = std::vector<std::uint32_t>(Digits::Radix + 1);
  std::vector<std::atomic<SizeValueType>> m_Counters;
};


/** Edges with counts of what is below each; what is not below the last one is in the last bin. */
IntensityDistribution
MakeDistributionOfBins(const std::vector<double> & edges, const std::vector<SizeValueType> & countsOfBins)
{
  IntensityDistribution::CountsType countsBelow(edges.size() + 1);
  std::partial_sum(countsOfBins.begin(), countsOfBins.end(), countsBelow.begin() + 1);
  countsBelow.back() = countsBelow[countsOfBins.size()];
  return { edges, countsBelow };
}


/** Finds the range of intensities, then counts them in bins of equal width. */
template <typename TPixel>
class BinSearch : public IntensityDistributionSearch<TPixel>
{
  using Superclass = IntensityDistributionSearch<TPixel>;
  using typename Superclass::Counts;
  using typename Superclass::ParallelLoopType;

  struct BinCounts : public Counts
  {
    IntensityRange             Range;
    std::vector<SizeValueType> ByBin;
  };

public:
  explicit BinSearch(SizeValueType numberOfBins)
    : m_NumberOfBins(numberOfBins)
  {}

  unsigned int
  GetNumberOfPasses() const override
  {
    return 2;
  }

  std::unique_ptr<Counts>
  MakeCounts() const override
  {
    auto counts = std::make_unique<BinCounts>();
    counts->ByBin.resize(m_Counts.size());
    return counts;
  }

  void
  Count(const TPixel * intensities, SizeValueType count, Counts & counts) override
  {
    auto & binCounts = static_cast<BinCounts &>(counts);
    if (m_Counts.empty())
    {
      binCounts.Range.Merge(ComputeIntensityRange(intensities, count));
      return;
    }
    constexpr SizeValueType                blockLength = 512;
    std::array<double, blockLength>        numbers;
    std::array<std::uint32_t, blockLength> positions;
    const auto                             lastBin = static_cast<std::uint32_t>(m_Counts.size() - 1);
    for (SizeValueType start = 0; start < count; start += blockLength)
    {
      const auto length = std::min(blockLength, count - start);
      std::copy_n(intensities + start, length, numbers.begin());
      m_Edges.Locate(numbers.data(), positions.data(), length);
      for (SizeValueType i = 0; i < length; ++i)
      {
        ++binCounts.ByBin[std::min(positions[i] - 1, lastBin)];
      }
    }
  }

  void
  Merge(Counts & counts) override
  {
    const auto & binCounts = static_cast<BinCounts &>(counts);
    m_Range.Merge(binCounts.Range);
    std::transform(m_Counts.begin(), m_Counts.end(), binCounts.ByBin.begin(), m_Counts.begin(), std::plus<>());
  }

  void
  EndPass() override
  {
    if (m_Counts.empty() && m_Range.NumberOfFiniteValues > 0)
    {
      const auto edges = MakeBinEdges<TPixel>(m_Range.Minimum, m_Range.Maximum, m_NumberOfBins);
      m_Counts.resize(edges.size() - 1);
      m_Edges = { edges, IntensityDistribution::CountsType(edges.size() + 1) };
    }
  }

  IntensityDistribution
  MakeDistribution(const ParallelLoopType &) override
  {
    return m_Counts.empty() ? IntensityDistribution() : MakeDistributionOfBins(m_Edges.GetValues(), m_Counts);
  }

private:
  SizeValueType              m_NumberOfBins;
  IntensityRange             m_Range;
  IntensityDistribution      m_Edges;
  std::vector<SizeValueType> m_Counts;
};


/** As `numpy.linspace`, all in one precision. */
template <typename TReal>
std::vector<double>
MakeEdges(TReal minimum, TReal maximum, SizeValueType numberOfBins)
{
  if (minimum == maximum)
  {
    minimum -= TReal{ 0.5 };
    maximum += TReal{ 0.5 };
  }
  const TReal         step = (maximum - minimum) / static_cast<TReal>(numberOfBins);
  std::vector<double> edges;
  for (SizeValueType bin = 0; bin < numberOfBins; ++bin)
  {
    edges.push_back(std::min(static_cast<TReal>(bin) * step + minimum, maximum));
  }
  edges.push_back(maximum);
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}
} // namespace


template <typename TPixel>
std::unique_ptr<IntensityDistributionSearch<TPixel>>
MakeIntensityDistributionSearch(IntensityDistributionEnums::Resolution resolution, SizeValueType numberOfBins)
{
  using Resolution = IntensityDistributionEnums::Resolution;
  if constexpr (sizeof(TPixel) <= 2)
  {
    return std::make_unique<ValueSearch<TPixel>>(resolution == Resolution::Bins ? numberOfBins : 0);
  }
  else if (resolution == Resolution::Bins)
  {
    return std::make_unique<BinSearch<TPixel>>(numberOfBins);
  }
  else if (resolution == Resolution::EveryValue)
  {
    return std::make_unique<EveryValueSearch<TPixel>>();
  }
  else
  {
    return std::make_unique<LevelSearch<TPixel>>();
  }
}


template <typename TPixel>
std::vector<double>
MakeBinEdges(double minimum, double maximum, SizeValueType numberOfBins)
{
  using RealType = std::conditional_t<std::is_same<TPixel, float>::value, float, double>;
  return MakeEdges(static_cast<RealType>(minimum), static_cast<RealType>(maximum), numberOfBins);
}


template <typename TPixel>
IntensityDistribution
BinDistribution(const IntensityDistribution & distribution, SizeValueType numberOfBins)
{
  if (distribution.GetNumberOfIntensities() == 0)
  {
    return {};
  }
  const auto edges = MakeBinEdges<TPixel>(distribution.GetMinimum(), distribution.GetMaximum(), numberOfBins);

  std::vector<SizeValueType> countsBelow(edges.size());
  std::transform(
    edges.begin(), edges.end() - 1, countsBelow.begin(), [&](double edge) { return distribution.CountBelow(edge); });
  countsBelow.back() = distribution.GetNumberOfIntensities();
  std::vector<SizeValueType> countsOfBins(edges.size() - 1);
  std::transform(countsBelow.begin() + 1, countsBelow.end(), countsBelow.begin(), countsOfBins.begin(), std::minus<>());
  return MakeDistributionOfBins(edges, countsOfBins);
}


template <typename TPixel>
IntensityDistribution
MakeIntensityDistribution(const TPixel * intensities, SizeValueType count)
{
  std::vector<KeyOf<TPixel>> keys(count);
  std::transform(intensities, intensities + count, keys.begin(), IntensityKey<TPixel>::FromIntensity);
  std::sort(keys.begin(), keys.end());
  StepsType steps;
  for (SizeValueType i = 0; i < count; ++i)
  {
    if (i == 0 || keys[i] != keys[i - 1])
    {
      steps.push_back({ static_cast<double>(IntensityKey<TPixel>::ToIntensity(keys[i])), i });
    }
  }
  steps.push_back({ 0.0, count });
  return IntensityDistribution(std::move(steps));
}


#define itkInstantiateDistributionSearchMacro(TPixel)                                                           \
  template IntensityMapping_EXPORT std::unique_ptr<IntensityDistributionSearch<TPixel>>                         \
    MakeIntensityDistributionSearch<TPixel>(IntensityDistributionEnums::Resolution, SizeValueType);             \
  template IntensityMapping_EXPORT std::vector<double>   MakeBinEdges<TPixel>(double, double, SizeValueType);   \
  template IntensityMapping_EXPORT IntensityDistribution BinDistribution<TPixel>(const IntensityDistribution &, \
                                                                                 SizeValueType);                \
  template IntensityMapping_EXPORT IntensityDistribution MakeIntensityDistribution<TPixel>(const TPixel *,      \
                                                                                           SizeValueType)

itkInstantiateDistributionSearchMacro(std::uint8_t);
itkInstantiateDistributionSearchMacro(std::int8_t);
itkInstantiateDistributionSearchMacro(std::uint16_t);
itkInstantiateDistributionSearchMacro(std::int16_t);
itkInstantiateDistributionSearchMacro(std::uint32_t);
itkInstantiateDistributionSearchMacro(std::int32_t);
itkInstantiateDistributionSearchMacro(float);
itkInstantiateDistributionSearchMacro(double);
} // namespace itk
