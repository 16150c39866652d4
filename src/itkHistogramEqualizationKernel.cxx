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
#include "itkHistogramEqualizationKernel.h"

#include "itkIntensityDistributionKernel.h"
#include "itkTargetClones.h"

#include <array>
#include <cmath>
#include <cstring>
#include <numeric>

namespace itk
{
using Method = HistogramEqualizationEnums::Method;

std::ostream &
operator<<(std::ostream & os, Method method)
{
  switch (method)
  {
    case Method::EmpiricalDistribution:
      return os << "EmpiricalDistribution";
    case Method::Rank:
      return os << "Rank";
    case Method::BinCenters:
      return os << "BinCenters";
    case Method::BinEdges:
      return os << "BinEdges";
    case Method::OpenCV:
      return os << "OpenCV";
    default:
      return os << "Pillow";
  }
}


namespace
{
template <typename TGetLevel>
inline void
TransformCounts(const SizeValueType * counts, double * levels, SizeValueType count, TGetLevel getLevel)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    levels[i] = getLevel(counts[i]);
  }
}


constexpr double greatestByte = 255.0;


/** Calls `visit(start, length)` for blocks that stay in the L1 cache. */
constexpr SizeValueType blockLength = 256;

template <typename TVisit>
inline void
ForEachBlock(SizeValueType count, const TVisit & visit)
{
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    visit(start, std::min(blockLength, count - start));
  }
}
} // namespace


HistogramEqualizationRule::HistogramEqualizationRule(Method        method,
                                                     SizeValueType numberOfIntensities,
                                                     SizeValueType countOfLeast,
                                                     SizeValueType countOfGreatest,
                                                     double        minimum,
                                                     double        maximum)
  : m_Method(method)
  , m_NumberOfIntensities(numberOfIntensities)
  , m_CountOfLeast(countOfLeast)
  , m_StepOfPillow((numberOfIntensities - countOfGreatest) / 255)
  , m_Minimum(minimum)
  , m_Maximum(maximum)
  , m_IsIdentity(numberOfIntensities == 0 || (method == Method::OpenCV && countOfLeast == numberOfIntensities) ||
                 (method == Method::Pillow && m_StepOfPillow == 0))
{}


void
HistogramEqualizationRule::GetLevels(const SizeValueType * counts, double * levels, SizeValueType count) const
{
  switch (m_Method)
  {
    case Method::Rank:
      TransformCounts(counts, levels, count, [](SizeValueType below) { return static_cast<double>(below); });
      return;
    case Method::OpenCV:
    {
      const auto others = static_cast<float>(m_NumberOfIntensities - m_CountOfLeast);
      TransformCounts(
        counts, levels, count, [scale = 255.0F / others, countOfLeast = m_CountOfLeast](SizeValueType upTo) {
          const auto above = static_cast<float>(std::max(upTo, countOfLeast) - countOfLeast);
          return std::min(static_cast<double>(std::rint(above * scale)), greatestByte);
        });
      return;
    }
    case Method::Pillow:
      TransformCounts(counts, levels, count, [step = m_StepOfPillow](SizeValueType below) {
        return std::min(static_cast<double>((step / 2 + below) / step), greatestByte);
      });
      return;
    default:
      TransformCounts(counts,
                      levels,
                      count,
                      [n = static_cast<double>(m_NumberOfIntensities),
                       countOfLeast = m_CountOfLeast,
                       minimum = m_Minimum,
                       range = m_Maximum - m_Minimum](SizeValueType upTo) {
                        return minimum + static_cast<double>(std::max(upTo, countOfLeast)) / n * range;
                      });
  }
}


HistogramEqualizationTransfer
HistogramEqualizationTransfer::MakeOfCounts(DistributionPointer distribution,
                                            Method              method,
                                            double              minimum,
                                            double              maximum)
{
  HistogramEqualizationTransfer transfer;
  const auto                    n = distribution->GetNumberOfIntensities();
  if (n == 0)
  {
    return transfer;
  }
  const auto countOfLeast = distribution->CountUpTo(distribution->GetMinimum());
  const auto countOfGreatest = n - distribution->CountBelow(distribution->GetMaximum());
  transfer.m_Rule = { method, n, countOfLeast, countOfGreatest, minimum, maximum };
  transfer.m_Interpolation = transfer.m_Rule.IsIdentity() ? Interpolation::Identity : Interpolation::RuleOfCount;
  transfer.m_Distribution = std::move(distribution);
  return transfer;
}


HistogramEqualizationTransfer
HistogramEqualizationTransfer::MakeOfBins(const IntensityDistribution & bins,
                                          Method                        method,
                                          bool                          isSingle,
                                          double                        minimum,
                                          double                        maximum)
{
  HistogramEqualizationTransfer transfer;
  if (bins.GetNumberOfIntensities() == 0)
  {
    return transfer;
  }
  const auto edges = bins.GetValues();
  const auto countsBelow = bins.GetCountsBelow();
  const auto n = static_cast<double>(bins.GetNumberOfIntensities());
  const auto round = [isSingle](double value) { return isSingle ? static_cast<float>(value) : value; };

  const auto                        numberOfBins = edges.size() - 1;
  IntensityDistribution::ValuesType places;
  double                            densities = 0.0;
  for (SizeValueType bin = 0; bin < numberOfBins; ++bin)
  {
    if (method == Method::BinCenters)
    {
      places.push_back(round(round(edges[bin] + edges[bin + 1]) / 2.0));
      const double fraction = round(static_cast<double>(countsBelow[bin + 1]) / n);
      transfer.m_Levels.push_back(minimum + fraction * (maximum - minimum));
    }
    else
    {
      places.push_back(edges[bin]);
      const auto count = static_cast<double>(countsBelow[bin + 1] - countsBelow[bin]);
      densities += count / round(edges[bin + 1] - edges[bin]) / n;
      transfer.m_Levels.push_back(static_cast<double>(numberOfBins - 1) * densities);
    }
  }
  if (method == Method::BinEdges)
  {
    std::transform(transfer.m_Levels.begin(), transfer.m_Levels.end(), transfer.m_Levels.begin(), [=](double level) {
      return level / densities;
    });
  }
  const IntensityDistribution::CountsType noCounts(places.size() + 1);
  transfer.m_Distribution = std::make_shared<IntensityDistribution>(places, noCounts);
  transfer.m_Interpolation = Interpolation::Linear;
  return transfer;
}


HistogramEqualizationTransfer
HistogramEqualizationTransfer::MakeOfTarget(DistributionPointer distribution, const IntensityDistribution & target)
{
  HistogramEqualizationTransfer transfer;
  if (distribution->GetNumberOfIntensities() == 0 || target.GetNumberOfIntensities() == 0)
  {
    return transfer;
  }
  const auto & steps = distribution->GetSteps();
  const auto   n = static_cast<double>(distribution->GetNumberOfIntensities());
  transfer.m_Interpolation = Interpolation::LevelOfPosition;
  transfer.m_Levels.resize(steps.size());
  std::transform(steps.begin(), steps.end(), transfer.m_Levels.begin(), [&](const IntensityDistribution::Step & step) {
    return target.GetInterpolatedQuantile(static_cast<double>(step.CountBelow) / n);
  });
  transfer.m_Distribution = std::move(distribution);
  return transfer;
}


inline double
HistogramEqualizationTransfer::InterpolateLinearly(double intensity, SizeValueType position) const
{
  const auto & steps = m_Distribution->GetSteps();
  if (position == 0 || position == m_Levels.size() || steps[position - 1].Value == intensity)
  {
    return m_Levels[position > 0 ? position - 1 : 0];
  }
  const auto & lower = steps[position - 1];
  const double slope = (m_Levels[position] - m_Levels[position - 1]) / (steps[position].Value - lower.Value);
  return slope * (intensity - lower.Value) + m_Levels[position - 1];
}


void
HistogramEqualizationTransfer::MapBlock(const double * intensities, double * levels, SizeValueType count) const
{
  if (m_Interpolation == Interpolation::RuleOfCount)
  {
    std::array<SizeValueType, blockLength> counts;
    m_Rule.UsesCountBelow() ? m_Distribution->CountBelow(intensities, counts.data(), count)
                            : m_Distribution->CountUpTo(intensities, counts.data(), count);
    m_Rule.GetLevels(counts.data(), levels, count);
    return;
  }
  std::array<std::uint32_t, blockLength> positions;
  m_Distribution->Locate(intensities, positions.data(), count);
  for (SizeValueType i = 0; i < count; ++i)
  {
    levels[i] = m_Interpolation == Interpolation::Linear ? this->InterpolateLinearly(intensities[i], positions[i])
                                                         : m_Levels[positions[i]];
  }
}


void
HistogramEqualizationTransfer::Map(const double * intensities, double * levels, SizeValueType count) const
{
  if (m_Interpolation == Interpolation::Identity)
  {
    std::copy_n(intensities, count, levels);
    return;
  }
  ForEachBlock(count, [&](SizeValueType start, SizeValueType length) {
    std::array<double, blockLength> block;
    this->MapBlock(intensities + start, block.data(), length);
    for (SizeValueType i = 0; i < length; ++i)
    {
      const double intensity = intensities[start + i];
      levels[start + i] = std::isfinite(intensity) ? block[i] : intensity;
    }
  });
}


namespace
{
template <typename TOutput>
inline void
ConvertSpan(const double * levels, TOutput * output, SizeValueType count)
{
  constexpr auto lowest = static_cast<double>(std::numeric_limits<TOutput>::lowest());
  constexpr auto greatest = static_cast<double>(std::numeric_limits<TOutput>::max());
  for (SizeValueType i = 0; i < count; ++i)
  {
    if constexpr (std::is_integral<TOutput>::value)
    {
      const double number = levels[i] == levels[i] ? levels[i] : 0.0;
      const double raised = number < lowest ? lowest : number;
      output[i] = static_cast<TOutput>(std::rint(raised > greatest ? greatest : raised));
    }
    else
    {
      output[i] = static_cast<TOutput>(levels[i]);
    }
  }
}


// A clone per instruction set needs a plain function per type.
#define itkConvertLevelsMacro(TOutput)                                                               \
  itkTargetClones void ConvertLevelsTo(const double * levels, TOutput * output, SizeValueType count) \
  {                                                                                                  \
    ConvertSpan(levels, output, count);                                                              \
  }

itkConvertLevelsMacro(std::uint8_t);
itkConvertLevelsMacro(std::int8_t);
itkConvertLevelsMacro(std::uint16_t);
itkConvertLevelsMacro(std::int16_t);
itkConvertLevelsMacro(std::uint32_t);
itkConvertLevelsMacro(std::int32_t);
itkConvertLevelsMacro(float);
itkConvertLevelsMacro(double);
} // namespace


template <typename TOutput>
void
ConvertLevels(const double * levels, TOutput * output, SizeValueType count)
{
  ConvertLevelsTo(levels, output, count);
}


template <typename TInput, typename TOutput>
void
MakeTableOfCounts(const std::uint32_t * countsOfValues, Method method, double minimum, double maximum, TOutput * table)
{
  using KeyType = IntensityKey<TInput>;
  constexpr auto numberOfValues = KeyType::Radix;
  const auto *   end = countsOfValues + numberOfValues;
  const auto     isCounted = [](std::uint32_t count) { return count > 0; };
  const auto *   first = std::find_if(countsOfValues, end, isCounted);
  const auto     n = std::accumulate(first, end, SizeValueType{ 0 });
  if (first == end)
  {
    first = end - 1;
  }
  const auto * last = end - 1;
  while (last > first && !isCounted(*last))
  {
    --last;
  }
  const HistogramEqualizationRule rule(method, n, *first, *last, minimum, maximum);

  SizeValueType count = 0;
  ForEachBlock(numberOfValues, [&](SizeValueType start, SizeValueType length) {
    std::array<SizeValueType, blockLength> counts{};
    std::array<double, blockLength>        levels;
    for (SizeValueType i = 0; i < length; ++i)
    {
      const auto below = count;
      count += countsOfValues[start + i];
      counts[i] = rule.UsesCountBelow() ? below : count;
    }
    if (rule.IsIdentity())
    {
      for (SizeValueType i = 0; i < length; ++i)
      {
        levels[i] = static_cast<double>(KeyType::ToIntensity(static_cast<typename KeyType::Type>(start + i)));
      }
    }
    else
    {
      rule.GetLevels(counts.data(), levels.data(), length);
    }
    ConvertLevels(levels.data(), table + start, length);
  });
}


namespace
{
using Byte = std::uint8_t;


/** Eight bytes are loaded and stored at once, since a core stores no more than one number at a time. Returns how many
 * have been looked up. */
inline SizeValueType
LookUpEights(const Byte * __restrict bytes,
             const Byte * __restrict table,
             Byte * __restrict output,
             SizeValueType count)
{
  const auto look = [table](std::uint64_t eight, unsigned int shift) {
    return std::uint64_t{ table[(eight >> shift) & 0xFF] } << shift;
  };
  SizeValueType i = 0;
  for (; i + 8 <= count; i += 8)
  {
    std::uint64_t eight;
    std::memcpy(&eight, bytes + i, 8);
    eight = look(eight, 0) | look(eight, 8) | look(eight, 16) | look(eight, 24) | look(eight, 32) | look(eight, 40) |
            look(eight, 48) | look(eight, 56);
    std::memcpy(output + i, &eight, 8);
  }
  return i;
}


/** Where a core finds 64 bytes at once in 128, which are half of the table; looks up none elsewhere. Returns how many
 * have been looked up. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__)
__attribute__((target("avx512vbmi"))) SizeValueType
PermuteBytes(const Byte * bytes, const Byte * table, Byte * output, SizeValueType count)
{
  using Vector = Byte __attribute__((vector_size(64)));
  using SignedVector = std::int8_t __attribute__((vector_size(64)));
  Vector quarters[4];
  std::memcpy(quarters, table, sizeof(quarters));
  SizeValueType i = 0;
  for (; i + sizeof(Vector) <= count; i += sizeof(Vector))
  {
    Vector places;
    std::memcpy(&places, bytes + i, sizeof(places));
    const Vector lower = __builtin_shuffle(quarters[0], quarters[1], places);
    const Vector upper = __builtin_shuffle(quarters[2], quarters[3], places);
    const Vector found = reinterpret_cast<SignedVector>(places) < 0 ? upper : lower;
    std::memcpy(output + i, &found, sizeof(found));
  }
  return i;
}


SizeValueType
LookUpVectors(const Byte * bytes, const Byte * table, Byte * output, SizeValueType count)
{
  return __builtin_cpu_supports("avx512vbmi") ? PermuteBytes(bytes, table, output, count) : 0;
}
#else
SizeValueType
LookUpVectors(const Byte *, const Byte *, Byte *, SizeValueType)
{
  return 0;
}
#endif
} // namespace


template <typename TInput, typename TOutput>
void
LookUp(const TInput * values, const TOutput * table, TOutput * output, SizeValueType count)
{
  SizeValueType start = 0;
  if constexpr (std::is_same<TInput, Byte>::value && sizeof(TOutput) == 1)
  {
    const auto * bytesOfTable = reinterpret_cast<const Byte *>(table);
    auto *       bytes = reinterpret_cast<Byte *>(output);
    start = LookUpVectors(values, bytesOfTable, bytes, count);
    start += LookUpEights(values + start, bytesOfTable, bytes + start, count - start);
  }
  for (SizeValueType i = start; i < count; ++i)
  {
    output[i] = table[IntensityKey<TInput>::FromIntensity(values[i])];
  }
}


#define itkInstantiateTableMacro(TInput, TOutput)                                          \
  template IntensityMapping_EXPORT void MakeTableOfCounts<TInput, TOutput>(                \
    const std::uint32_t *, HistogramEqualizationEnums::Method, double, double, TOutput *); \
  template IntensityMapping_EXPORT void LookUp(const TInput *, const TOutput *, TOutput *, SizeValueType)

#define itkInstantiateOutputMacro(TOutput)                                                       \
  template IntensityMapping_EXPORT void ConvertLevels(const double *, TOutput *, SizeValueType); \
  itkInstantiateTableMacro(std::uint8_t, TOutput);                                               \
  itkInstantiateTableMacro(std::int8_t, TOutput);                                                \
  itkInstantiateTableMacro(std::uint16_t, TOutput);                                              \
  itkInstantiateTableMacro(std::int16_t, TOutput)

itkInstantiateOutputMacro(std::uint8_t);
itkInstantiateOutputMacro(std::int8_t);
itkInstantiateOutputMacro(std::uint16_t);
itkInstantiateOutputMacro(std::int16_t);
itkInstantiateOutputMacro(std::uint32_t);
itkInstantiateOutputMacro(std::int32_t);
itkInstantiateOutputMacro(float);
itkInstantiateOutputMacro(double);
} // namespace itk
