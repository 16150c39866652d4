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
#include "itkInverseColormapTable.h"

#include "itkColormapKernel.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <unordered_map>

namespace itk
{
namespace
{
/** All numbers from m_First up to, but not including, m_End. */
template <typename TReal>
struct Interval
{
  bool
  IsEmpty() const
  {
    return !(m_First < m_End);
  }

  TReal
  GetLast() const
  {
    return std::nextafter(m_End, -std::numeric_limits<TReal>::infinity());
  }

  TReal m_First;
  TReal m_End;
};


/** The numbers in their order, from minus to plus infinity. */
template <typename TReal>
class Ordinals
{
public:
  using Type = std::conditional_t<sizeof(TReal) == 4, std::int32_t, std::int64_t>;

  static Type
  FromReal(TReal real)
  {
    Type bits;
    std::memcpy(&bits, &real, sizeof(real));
    return bits < 0 ? std::numeric_limits<Type>::min() - bits : bits;
  }

  static TReal
  ToReal(Type ordinal)
  {
    const Type bits = ordinal < 0 ? std::numeric_limits<Type>::min() - ordinal : ordinal;
    TReal      real;
    std::memcpy(&real, &bits, sizeof(real));
    return real;
  }

  static Type
  GetMiddle(Type low, Type high)
  {
    return (low & high) + ((low ^ high) >> 1);
  }
};


/** Where in the colormap values are: the number of the entry, or -1 (under, or none), or the number of entries (over).
 */
template <typename TReal>
std::vector<std::int64_t>
RankValues(const std::vector<TReal> &     values,
           const IntensityNormalization & normalization,
           std::uint32_t                  numberOfEntries)
{
  if (std::is_same<TReal, float>::value && normalization.RequiresDoublePrecision())
  {
    return RankValues(std::vector<double>(values.begin(), values.end()), normalization, numberOfEntries);
  }
  std::vector<TReal> normalized(values.size());
  normalization.Forward(values.data(), normalized.data(), values.size());
  std::vector<std::uint32_t> indices(values.size());
  ComputeColormapIndices(normalized.data(), indices.data(), values.size(), numberOfEntries);
  std::vector<std::int64_t> ranks(values.size());
  std::transform(indices.begin(), indices.end(), ranks.begin(), [=](std::uint32_t index) {
    const std::int64_t rankOfOthers = index == numberOfEntries + 1 ? std::int64_t{ numberOfEntries } : -1;
    return index < numberOfEntries ? std::int64_t{ index } : rankOfOthers;
  });
  return ranks;
}


/** For each rank from 0 to the number of entries, the least number that has it or a higher one. */
template <typename TReal>
std::vector<TReal>
FindEdges(const IntensityNormalization & normalization, std::uint32_t numberOfEntries)
{
  using OrdinalsType = Ordinals<TReal>;
  using OrdinalType = typename OrdinalsType::Type;
  constexpr TReal          infinity = std::numeric_limits<TReal>::infinity();
  std::vector<OrdinalType> below(numberOfEntries + 1, OrdinalsType::FromReal(-infinity));
  std::vector<OrdinalType> edges(numberOfEntries + 1, OrdinalsType::FromReal(infinity));
  std::vector<TReal>       middles(numberOfEntries + 1);
  for (int step = 0; step < std::numeric_limits<OrdinalType>::digits + 1; ++step)
  {
    for (std::uint32_t i = 0; i <= numberOfEntries; ++i)
    {
      middles[i] = OrdinalsType::ToReal(OrdinalsType::GetMiddle(below[i], edges[i]));
    }
    const auto ranks = RankValues(middles, normalization, numberOfEntries);
    for (std::uint32_t i = 0; i <= numberOfEntries; ++i)
    {
      (ranks[i] >= i ? edges[i] : below[i]) = OrdinalsType::FromReal(middles[i]);
    }
  }
  std::transform(edges.begin(), edges.end(), middles.begin(), OrdinalsType::ToReal);
  return middles;
}


/** The least number that is not below a limit. */
template <typename TReal>
TReal
RoundUp(double limit)
{
  const auto rounded = static_cast<TReal>(limit);
  return rounded < limit ? std::nextafter(rounded, std::numeric_limits<TReal>::infinity()) : rounded;
}


/** The least number above a limit. */
template <typename TReal>
TReal
GetNextAbove(double limit)
{
  const auto rounded = RoundUp<TReal>(limit);
  return rounded > limit ? rounded : std::nextafter(rounded, std::numeric_limits<TReal>::infinity());
}


/** Those values of each entry that are within the limits of the normalization. */
template <typename TReal>
std::vector<Interval<TReal>>
FindIntervals(const std::vector<TReal> & edges, const IntensityNormalization & normalization)
{
  const auto                   first = RoundUp<TReal>(normalization.GetMinimum());
  const auto                   end = std::max(GetNextAbove<TReal>(normalization.GetMaximum()), first);
  std::vector<Interval<TReal>> intervals;
  for (SizeValueType i = 0; i + 1 < edges.size(); ++i)
  {
    intervals.push_back({ std::min(std::max(edges[i], first), end), std::min(std::max(edges[i + 1], first), end) });
  }
  return intervals;
}


/** The values of each colour: those of all its entries, neighbouring intervals joined. */
template <typename TReal>
std::vector<std::vector<Interval<TReal>>>
JoinIntervals(const std::vector<Interval<TReal>> & intervalsOfEntries,
              const std::vector<std::uint32_t> &   colorsOfEntries,
              SizeValueType                        numberOfColors)
{
  std::vector<std::vector<Interval<TReal>>> intervals(numberOfColors);
  for (SizeValueType entry = 0; entry < intervalsOfEntries.size(); ++entry)
  {
    const auto & interval = intervalsOfEntries[entry];
    auto &       intervalsOfColor = intervals[colorsOfEntries[entry]];
    if (!intervalsOfColor.empty() && intervalsOfColor.back().m_End == interval.m_First)
    {
      intervalsOfColor.back().m_End = interval.m_End;
    }
    else if (!interval.IsEmpty())
    {
      intervalsOfColor.push_back(interval);
    }
  }
  return intervals;
}


/** Half-widths are such that they hold also for what was rounded. */
template <typename TRow, typename TReal>
TRow
MakeRow(const std::vector<Interval<TReal>> & intervals)
{
  const double first = intervals.front().m_First;
  const auto   value = static_cast<TReal>(0.5 * first + 0.5 * intervals.front().GetLast());
  const double halfWidth = std::max(value - first, double{ intervals.back().GetLast() } - value);
  return { value, RoundUp<TReal>(halfWidth), static_cast<unsigned char>(intervals.size() > 1 ? 1 : 0) };
}


bool
HaveSameColor(const NearestColorIndex::ColorType & a, const Colormap::BytesType & b)
{
  return std::equal(a.Begin(), a.End(), b.Begin());
}
} // namespace


template <typename TReal>
InverseColormapTable<TReal>::InverseColormapTable(const Colormap &               colormap,
                                                  const IntensityNormalization & normalization)
{
  constexpr TReal infinity = std::numeric_limits<TReal>::infinity();
  constexpr TReal notANumber = std::numeric_limits<TReal>::quiet_NaN();
  const auto      numberOfEntries = static_cast<std::uint32_t>(colormap.GetNumberOfEntries());
  const auto      bytes = colormap.GetByteTable();
  const auto      edges = FindEdges<TReal>(normalization, numberOfEntries);

  // With Clip, nothing is under or over.
  const auto getFinite = [](TReal value, double limit) {
    return std::isfinite(value) ? value : static_cast<TReal>(limit);
  };
  const auto lastUnder = std::nextafter(edges.front(), -infinity);
  const Row  under{ getFinite(lastUnder, normalization.GetMinimum()), infinity, 0 };
  const Row  over{ getFinite(edges.back(), normalization.GetMaximum()), infinity, 0 };
  const Row  bad{ notANumber, notANumber, 0 };

  this->AddColorsOfEntries(bytes.data(), numberOfEntries);
  const auto intervals = JoinIntervals(FindIntervals(edges, normalization), m_ColorsOfEntries, m_Colors.size());
  const auto readValue = [&](TReal value) {
    const auto rank = RankValues<TReal>({ value }, normalization, numberOfEntries).front();
    if (rank < 0 || rank >= numberOfEntries)
    {
      return rank < 0 ? under : over;
    }
    const auto & intervalsOfColor = intervals[m_ColorsOfEntries[rank]];
    return intervalsOfColor.empty() ? Row{ value, 0, 0 } : MakeRow<Row>(intervalsOfColor);
  };
  for (std::uint32_t entry = 0; entry < numberOfEntries; ++entry)
  {
    const auto color = m_ColorsOfEntries[entry];
    if (color == m_Values.size())
    {
      const double center = (entry + 0.5) / numberOfEntries;
      this->AddRow(intervals[color].empty() ? readValue(static_cast<TReal>(normalization.InverseValue(center)))
                                            : MakeRow<Row>(intervals[color]));
    }
  }
  this->AddSpecialColor(bytes[numberOfEntries], under);
  this->AddSpecialColor(bytes[numberOfEntries + 1], over);
  this->AddSpecialColor(bytes[numberOfEntries + 2], bad);
  this->AddRow(bad);
}


template <typename TReal>
void
InverseColormapTable<TReal>::AddColorsOfEntries(const Colormap::BytesType * entries, SizeValueType count)
{
  std::unordered_map<std::uint32_t, std::uint32_t> numbers;
  for (SizeValueType entry = 0; entry < count; ++entry)
  {
    const auto & color = entries[entry];
    const auto   packed = color[0] | std::uint32_t{ color[1] } << 8 | std::uint32_t{ color[2] } << 16;
    const auto   inserted = numbers.emplace(packed, static_cast<std::uint32_t>(m_Colors.size()));
    if (inserted.second)
    {
      m_Colors.emplace_back(color.GetDataPointer());
    }
    m_ColorsOfEntries.push_back(inserted.first->second);
  }
  m_NumberOfEntryColors = m_Colors.size();
}


template <typename TReal>
void
InverseColormapTable<TReal>::AddRow(const Row & row)
{
  m_Values.push_back(row.m_Value);
  m_HalfWidths.push_back(row.m_HalfWidth);
  m_Ambiguities.push_back(row.m_IsAmbiguous);
}


template <typename TReal>
void
InverseColormapTable<TReal>::AddSpecialColor(const Colormap::BytesType & color, const Row & row)
{
  if (color[3] == 0)
  {
    return;
  }
  const auto same =
    std::find_if(m_Colors.begin(), m_Colors.end(), [&](const auto & other) { return HaveSameColor(other, color); }) -
    m_Colors.begin();
  if (same == static_cast<std::ptrdiff_t>(m_Colors.size()))
  {
    m_Colors.emplace_back(color.GetDataPointer());
    this->AddRow(row);
  }
  else if (same >= static_cast<std::ptrdiff_t>(m_NumberOfEntryColors))
  {
    m_Ambiguities[same] = 1;
  }
}


template class IntensityMapping_EXPORT InverseColormapTable<float>;
template class IntensityMapping_EXPORT InverseColormapTable<double>;
} // namespace itk
