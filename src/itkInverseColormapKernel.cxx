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
#include "itkInverseColormapKernel.h"

#include "itkInverseColormapCells.h"
#include "itkMacro.h"
#include "itkTargetClones.h"

#include <bitset>
#include <cmath>
#include <cstring>
#include <limits>

namespace itk
{
namespace
{
constexpr std::uint32_t wordsPerGroup = 5;
constexpr SizeValueType colorsPerGroup = 4;


/** Four bytes, the first lowest. */
std::uint32_t
PackBytes(const std::array<std::uint32_t, colorsPerGroup> & bytes)
{
  return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | bytes[3] << 24;
}


void
PackPixels(const unsigned char * pixels, unsigned int numberOfComponents, SizeValueType count, std::uint32_t * packed)
{
  if (numberOfComponents == 4)
  {
    std::memcpy(packed, pixels, 4 * count);
    return;
  }
  for (SizeValueType i = 0; i < count; ++i)
  {
    packed[i] = pixels[3 * i] | std::uint32_t{ pixels[3 * i + 1] } << 8 | std::uint32_t{ pixels[3 * i + 2] } << 16;
  }
}


/** So many pixels at once that what is known of them stays in the L1 cache. */
constexpr SizeValueType blockLength = 1024;
using BlockType = std::array<std::uint32_t, blockLength>;


constexpr std::uint32_t colorMask = 0xffffff;


/** Calls `visit(colors, start, length)` for block after block of pixels. */
template <typename TVisit>
void
ForEachPackedBlock(const unsigned char * pixels,
                   unsigned int          numberOfComponents,
                   SizeValueType         count,
                   const TVisit &        visit)
{
  BlockType packed;
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    const auto length = std::min(blockLength, count - start);
    PackPixels(pixels + numberOfComponents * start, numberOfComponents, length, packed.data());
    visit(packed.data(), start, length);
  }
}


std::vector<std::uint32_t>
PackColors(const NearestColorIndex::ColorsType & colors)
{
  std::vector<std::uint32_t> packed(colors.size());
  PackPixels(colors.front().GetDataPointer(), 3, colors.size(), packed.data());
  return packed;
}


/** Finds the numbers of those pixels that have one of the colours, and the positions of all others, of which it returns
 * how many there are. */
SizeValueType
FindEqual(const std::uint32_t * colors,
          SizeValueType         count,
          const ColorHash &     hash,
          std::uint32_t *       numbers,
          BlockType &           others)
{
  SizeValueType numberOfOthers = 0;
  for (std::uint32_t i = 0; i < count; ++i)
  {
    const auto color = colors[i] & colorMask;
    const auto slot = hash.GetSlot(color);
    numbers[i] = static_cast<std::uint32_t>(slot >> 32);
    others[numberOfOthers] = i;
    numberOfOthers += static_cast<std::uint32_t>(slot) == color ? 0 : 1;
  }
  return numberOfOthers;
}


/** The number of a colour's leaf in its cell, which has 2^logLeaves leaves along each axis, red slowest. */
inline std::uint32_t
GetLeafInCell(std::uint32_t red, std::uint32_t green, std::uint32_t blue, std::uint32_t logLeaves)
{
  const auto shift = 3 - logLeaves;
  return ((red & 7) >> shift) << (2 * logLeaves) | ((green & 7) >> shift) << logLeaves | (blue & 7) >> shift;
}


/** The number of the leaf of a colour of 8 bits per component. */
inline std::uint32_t
GetLeaf(std::uint32_t red, std::uint32_t green, std::uint32_t blue, const std::uint32_t * cells)
{
  const auto cell = cells[ColorCells::GetCell(red, green, blue)];
  return (cell >> 2) + GetLeafInCell(red, green, blue, cell & 3);
}


/** The upper eight bits. */
template <typename TComponent>
std::uint32_t
GetLevel(TComponent component)
{
  return component >> (8 * sizeof(TComponent) - 8);
}


/** The four colours of a group, and their numbers. */
struct ColorGroup
{
  std::uint32_t m_Reds;
  std::uint32_t m_Greens;
  std::uint32_t m_Blues;
};


inline std::int32_t
GetByte(std::uint32_t word, unsigned int which)
{
  return static_cast<std::int32_t>(word >> (8 * which) & 0xff);
}


/** The distance to one of four colours, times 4, plus which of them: so the nearest has the least, and of equally near
 * ones the first. */
inline std::uint32_t
MakeKey(std::uint32_t color, const ColorGroup & group, unsigned int which, const ColorMetric & metric)
{
  return 4 * static_cast<std::uint32_t>(
               metric.GetScaledSquaredDistance(GetByte(color, 0) - GetByte(group.m_Reds, which),
                                               GetByte(color, 1) - GetByte(group.m_Greens, which),
                                               GetByte(color, 2) - GetByte(group.m_Blues, which))) +
         which;
}


/** Indices are of 32 bits, for which there are instructions that gather. */
itkTargetClones void
FindNearest(const std::uint32_t * __restrict colors,
            std::uint32_t * __restrict nearest,
            SizeValueType count,
            const std::uint32_t * __restrict cells,
            const std::uint32_t * __restrict leaves,
            const std::uint32_t * __restrict groups,
            const ColorMetric metric)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    const auto       color = colors[i];
    const auto       first = leaves[GetLeaf(color & 0xff, color >> 8 & 0xff, color >> 16 & 0xff, cells)];
    const ColorGroup group{ groups[first], groups[first + 1], groups[first + 2] };
    const auto       key = std::min(std::min(MakeKey(color, group, 0, metric), MakeKey(color, group, 1, metric)),
                              std::min(MakeKey(color, group, 2, metric), MakeKey(color, group, 3, metric)));
    nearest[i] = groups[first + 3 + (key >> 1 & 1)] >> (16 * (key & 1)) & 0xffff;
  }
}


itkTargetClones void
MeasureDistances(const std::uint32_t * __restrict pixels,
                 SizeValueType count,
                 const std::uint32_t * __restrict numbers,
                 const std::uint32_t * __restrict colors,
                 const ColorMetric metric,
                 double * __restrict distances)
{
  const auto denominator = static_cast<double>(metric.GetDenominator());
  for (SizeValueType i = 0; i < count; ++i)
  {
    const auto pixel = pixels[i];
    const auto color = colors[numbers[i]];
    const auto squared = metric.GetScaledSquaredDistance(GetByte(pixel, 0) - GetByte(color, 0),
                                                         GetByte(pixel, 1) - GetByte(color, 1),
                                                         GetByte(pixel, 2) - GetByte(color, 2));
    distances[i] = std::sqrt(static_cast<double>(squared) / denominator);
  }
}


constexpr auto          cellWidth = ColorCells::CellWidth;
constexpr SizeValueType colorsPerCell = SizeValueType{ cellWidth } * cellWidth * cellWidth;


/** Those candidates that are nearest to some colour of a box, one bit each. */
using CandidateMask = std::uint64_t;


/** The position of the nearest candidate for each colour in a cell, red slowest. */
using NearestInCell = std::array<std::int32_t, colorsPerCell>;


/** The scaled squared distance from a candidate at `start`, plus `red`, `green` and `blue` per level. */
struct LinearDistance
{
  std::int32_t m_Start;
  std::int32_t m_Red;
  std::int32_t m_Green;
  std::int32_t m_Blue;
};


/** The squared distance from a colour p is |c|^2 + |p|^2 - 2 c^T M p: all but the first term, which is the same for all
 * candidates, is linear in c. */
LinearDistance
MakeLinearDistance(const ColorCells::LevelType &        origin,
                   const NearestColorIndex::ColorType & color,
                   const ColorMetric &                  metric)
{
  const auto getDistance = [&](std::int32_t red, std::int32_t green, std::int32_t blue) {
    return metric.GetScaledSquaredDistance<std::int32_t>(red - color[0], green - color[1], blue - color[2]) -
           metric.GetScaledSquaredDistance<std::int32_t>(red, green, blue);
  };
  const auto red = static_cast<std::int32_t>(origin[0]);
  const auto green = static_cast<std::int32_t>(origin[1]);
  const auto blue = static_cast<std::int32_t>(origin[2]);
  const auto start = getDistance(red, green, blue);
  return { start,
           getDistance(red + 1, green, blue) - start,
           getDistance(red, green + 1, blue) - start,
           getDistance(red, green, blue + 1) - start };
}


itkTargetClones void
FindNearestInCell(const LinearDistance * candidates, std::int32_t count, std::int32_t * __restrict nearest)
{
  std::int32_t least[colorsPerCell];
  std::fill_n(least, colorsPerCell, std::numeric_limits<std::int32_t>::max());
  for (std::int32_t candidate = 0; candidate < count; ++candidate)
  {
    const LinearDistance distance = candidates[candidate];
    for (std::int32_t i = 0; i < static_cast<std::int32_t>(colorsPerCell); ++i)
    {
      const auto d =
        distance.m_Start + distance.m_Red * (i >> 6) + distance.m_Green * (i >> 3 & 7) + distance.m_Blue * (i & 7);
      nearest[i] = d < least[i] ? candidate : nearest[i];
      least[i] = std::min(d, least[i]);
    }
  }
}


/** The masks of leaves twice as wide along each axis. */
std::vector<CandidateMask>
MergeLeaves(const std::vector<CandidateMask> & masks, std::uint32_t leavesPerAxis)
{
  std::vector<CandidateMask> merged;
  for (std::uint32_t red = 0; red < leavesPerAxis; red += 2)
  {
    for (std::uint32_t green = 0; green < leavesPerAxis; green += 2)
    {
      const auto * rows = &masks[(red * leavesPerAxis + green) * leavesPerAxis];
      const auto   next = leavesPerAxis * leavesPerAxis;
      for (std::uint32_t blue = 0; blue < leavesPerAxis; ++blue)
      {
        const auto mask =
          rows[blue] | rows[blue + leavesPerAxis] | rows[blue + next] | rows[blue + next + leavesPerAxis];
        if (blue % 2 == 0)
        {
          merged.push_back(mask);
        }
        merged.back() |= mask;
      }
    }
  }
  return merged;
}


ColorCells::CandidatesType
GetCandidates(const ColorCells::CandidatesType & candidates, CandidateMask mask)
{
  ColorCells::CandidatesType masked;
  for (SizeValueType i = 0; i < candidates.size(); ++i)
  {
    if ((mask >> i & 1) != 0)
    {
      masked.push_back(candidates[i]);
    }
  }
  return masked;
}


/** A cell, cut into the widest leaves that have no more than a group of candidates each. */
struct CutCell
{
  std::uint32_t                           m_LogLeaves;
  std::vector<ColorCells::CandidatesType> m_Leaves;
};


CutCell
MakeCutCell(const ColorCells::CandidatesType & candidates, const NearestInCell & nearest)
{
  CutCell cell{ 0, {} };
  if (candidates.size() > std::numeric_limits<CandidateMask>::digits)
  {
    // So many that the narrowest leaves, of one colour, are needed anyway.
    cell.m_LogLeaves = 3;
    for (const auto position : nearest)
    {
      cell.m_Leaves.emplace_back(1, candidates[position]);
    }
    return cell;
  }
  std::array<std::vector<CandidateMask>, 4> masks;
  std::transform(nearest.begin(), nearest.end(), std::back_inserter(masks[3]), [](std::int32_t position) {
    return CandidateMask{ 1 } << position;
  });
  const auto isTooMany = [](CandidateMask mask) { return std::bitset<64>(mask).count() > colorsPerGroup; };
  for (cell.m_LogLeaves = 3; cell.m_LogLeaves > 0; --cell.m_LogLeaves)
  {
    auto & wider = masks[cell.m_LogLeaves - 1];
    wider = MergeLeaves(masks[cell.m_LogLeaves], 1U << cell.m_LogLeaves);
    if (std::any_of(wider.begin(), wider.end(), isTooMany))
    {
      break;
    }
  }
  for (const auto mask : masks[cell.m_LogLeaves])
  {
    cell.m_Leaves.push_back(GetCandidates(candidates, mask));
  }
  return cell;
}


CutCell
MakeCutCell(const ColorCells::LevelType &         origin,
            const ColorCells::CandidatesType &    candidates,
            const NearestColorIndex::ColorsType & colors,
            const ColorMetric &                   metric)
{
  if (candidates.size() <= colorsPerGroup)
  {
    return { 0, { candidates } };
  }
  std::vector<LinearDistance> distances;
  for (const auto candidate : candidates)
  {
    distances.push_back(MakeLinearDistance(origin, colors[candidate], metric));
  }
  NearestInCell nearest{};
  FindNearestInCell(distances.data(), static_cast<std::int32_t>(distances.size()), nearest.data());
  return MakeCutCell(candidates, nearest);
}


std::vector<ColorSegmentRuler>
MakeRulers(const std::vector<ColorSegment> & segments, const ColorMetric & metric, int unitsPerByte)
{
  std::vector<ColorSegmentRuler> rulers;
  for (auto segment : segments)
  {
    for (unsigned int i = 0; i < 3; ++i)
    {
      segment.m_Start[i] *= unitsPerByte;
      segment.m_End[i] *= unitsPerByte;
    }
    rulers.emplace_back(segment, metric);
  }
  return rulers;
}


template <typename TItem>
const std::vector<TItem> &
VerifyCount(const char * what, const std::vector<TItem> & items, SizeValueType most)
{
  if (items.empty() || items.size() > most)
  {
    itkGenericExceptionMacro("There are " << items.size() << ' ' << what
                                          << " to find the nearest of: there must be from 1 to " << most << '.');
  }
  return items;
}
} // namespace


ColorMetric
ColorMetric::MakeEuclidean()
{
  return { { 1, 1, 1, 0, 0, 0 }, 1 };
}


ColorMetric
ColorMetric::MakeLumaWeighted(double chromaWeight)
{
  if (!(chromaWeight >= MinimumChromaWeight && chromaWeight <= 1.0))
  {
    itkGenericExceptionMacro("The chroma weight is " << chromaWeight << ": it must be from " << MinimumChromaWeight
                                                     << " to 1.");
  }
  // Its greatest distance, from blue to yellow, times colorsPerGroup is still below 2^31.
  constexpr std::int32_t      denominator = 4096;
  const std::array<double, 3> luma = { 0.299, 0.587, 0.114 };
  const std::array<double, 3> blueDifference = { -luma[0] / 1.772, -luma[1] / 1.772, (1.0 - luma[2]) / 1.772 };
  const std::array<double, 3> redDifference = { (1.0 - luma[0]) / 1.402, -luma[1] / 1.402, -luma[2] / 1.402 };
  const auto                  getComponent = [&](unsigned int i, unsigned int j) {
    const double chroma = blueDifference[i] * blueDifference[j] + redDifference[i] * redDifference[j];
    const double component = luma[i] * luma[j] + chromaWeight * chroma;
    return static_cast<std::int32_t>(std::lround(denominator * (i == j ? component : 2.0 * component)));
  };
  return { { getComponent(0, 0),
             getComponent(1, 1),
             getComponent(2, 2),
             getComponent(0, 1),
             getComponent(0, 2),
             getComponent(1, 2) },
           denominator };
}


ColorHash::ColorHash(const std::vector<std::uint32_t> & colors)
{
  constexpr std::uint32_t leastBits = 12;
  constexpr std::uint32_t mostBits = 18;
  constexpr int           numberOfTrials = 64;
  constexpr std::uint64_t noColor = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t           bits = leastBits;
  while (bits < mostBits && (std::size_t{ 1 } << bits) < 64 * colors.size())
  {
    ++bits;
  }
  m_Shift = 32 - bits;
  // One of the first few multipliers gives each of 256 colours a place of its own. What has none is no error: it is
  // looked for as any other colour is.
  std::size_t most = 0;
  for (int trial = 0; trial < numberOfTrials && most < colors.size(); ++trial)
  {
    const auto                 multiplier = 0x9e3779b1U + 0x7f4a7c16U * static_cast<std::uint32_t>(trial);
    std::vector<std::uint64_t> slots(std::size_t{ 1 } << bits, noColor);
    std::size_t                numberOfPlaces = 0;
    for (std::size_t number = 0; number < colors.size(); ++number)
    {
      auto & slot = slots[colors[number] * multiplier >> m_Shift];
      if (slot == noColor)
      {
        slot = std::uint64_t{ number } << 32 | colors[number];
        ++numberOfPlaces;
      }
    }
    if (numberOfPlaces > most)
    {
      most = numberOfPlaces;
      m_Multiplier = multiplier;
      m_Slots = std::move(slots);
    }
  }
}


NearestColorIndex::NearestColorIndex(const ColorsType & colors, const ColorMetric & metric)
  : m_Colors(VerifyCount("colours", colors, MaximumNumberOfColors))
  , m_Metric(metric)
  , m_PackedColors(PackColors(colors))
  , m_Hash(m_PackedColors)
{
  std::vector<ColorSegmentRuler> points;
  for (const auto & color : colors)
  {
    const ColorSegment::PointType point{ double(color[0]), double(color[1]), double(color[2]) };
    points.emplace_back(ColorSegment{ point, point }, metric);
  }
  NumberedCandidates lists;
  m_Cells.resize(ColorCells::NumberOfCells);
  ColorCells(points, metric, 1.0).ForEachCell([&](const auto & origin, const auto & candidates) {
    const auto cell = MakeCutCell(origin, candidates, colors, metric);
    m_Cells[ColorCells::GetCell(origin[0], origin[1], origin[2])] =
      static_cast<std::uint32_t>(4 * m_Leaves.size() + cell.m_LogLeaves);
    for (const auto & leaf : cell.m_Leaves)
    {
      m_Leaves.push_back(wordsPerGroup * lists.GetNumber(leaf));
    }
  });
  for (auto list : lists.GetLists())
  {
    list.resize(colorsPerGroup, list.back());
    for (unsigned int component = 0; component < 3; ++component)
    {
      m_Groups.push_back(PackBytes({ colors[list[0]][component],
                                     colors[list[1]][component],
                                     colors[list[2]][component],
                                     colors[list[3]][component] }));
    }
    m_Groups.push_back(list[0] | std::uint32_t{ list[1] } << 16);
    m_Groups.push_back(list[2] | std::uint32_t{ list[3] } << 16);
  }
}


void
NearestColorIndex::FindBlock(const std::uint32_t * colors, SizeValueType count, std::uint32_t * nearest) const
{
  const auto findNearest = [this](const std::uint32_t * some, SizeValueType numberOfSome, std::uint32_t * numbers) {
    FindNearest(some, numbers, numberOfSome, m_Cells.data(), m_Leaves.data(), m_Groups.data(), m_Metric);
  };
  // A few pixels tell whether it is worth while to look for equal colours first.
  constexpr SizeValueType mostOfSample = 64;
  const auto              sampleLength = std::min(mostOfSample, count);
  BlockType               others;
  if (2 * FindEqual(colors, sampleLength, m_Hash, nearest, others) > sampleLength)
  {
    findNearest(colors, count, nearest);
    return;
  }
  const auto numberOfOthers = FindEqual(colors, count, m_Hash, nearest, others);
  if (numberOfOthers == 0)
  {
    return;
  }
  BlockType colorsOfOthers{};
  BlockType nearestOfOthers;
  for (SizeValueType i = 0; i < numberOfOthers; ++i)
  {
    colorsOfOthers[i] = colors[others[i]];
  }
  findNearest(colorsOfOthers.data(), numberOfOthers, nearestOfOthers.data());
  for (SizeValueType i = 0; i < numberOfOthers; ++i)
  {
    nearest[others[i]] = nearestOfOthers[i];
  }
}


void
NearestColorIndex::Find(const unsigned char * pixels,
                        unsigned int          numberOfComponents,
                        SizeValueType         count,
                        std::uint32_t *       nearest) const
{
  ForEachPackedBlock(pixels, numberOfComponents, count, [&](const auto * colors, SizeValueType start, auto length) {
    this->FindBlock(colors, length, nearest + start);
  });
}


void
NearestColorIndex::ComputeDistances(const unsigned char * pixels,
                                    unsigned int          numberOfComponents,
                                    SizeValueType         count,
                                    const std::uint32_t * numbers,
                                    double *              distances) const
{
  ForEachPackedBlock(pixels, numberOfComponents, count, [&](const auto * colors, SizeValueType start, auto length) {
    MeasureDistances(colors, length, numbers + start, m_PackedColors.data(), m_Metric, distances + start);
  });
}


template <typename TComponent>
NearestColorSegmentIndex<TComponent>::NearestColorSegmentIndex(const SegmentsType & segments,
                                                               const ColorMetric &  metric)
  : m_Segments(VerifyCount("segments", segments, MaximumNumberOfSegments))
  , m_Metric(metric)
  , m_Rulers(MakeRulers(segments, metric, UnitsPerByte))
{
  constexpr double   valuesPerLevel = sizeof(TComponent) == 1 ? 1.0 : 256.0;
  NumberedCandidates lists;
  m_Cells.resize(ColorCells::NumberOfCells);
  ColorCells(m_Rulers, metric, valuesPerLevel).ForEachCell([&](const auto & origin, const auto & candidates) {
    m_Cells[ColorCells::GetCell(origin[0], origin[1], origin[2])] = lists.GetNumber(candidates);
  });
  for (const auto & list : lists.GetLists())
  {
    m_Lists.push_back(static_cast<std::uint32_t>(m_Candidates.size()));
    m_Candidates.insert(m_Candidates.end(), list.begin(), list.end());
  }
  m_Lists.push_back(static_cast<std::uint32_t>(m_Candidates.size()));
}


template <typename TComponent>
void
NearestColorSegmentIndex<TComponent>::Find(const TComponent * pixels,
                                           unsigned int       numberOfComponents,
                                           SizeValueType      count,
                                           std::uint32_t *    nearest,
                                           double *           fractions,
                                           double *           distances) const
{
  const double scale = 1.0 / (double{ UnitsPerByte } * UnitsPerByte * m_Metric.GetDenominator());
  for (SizeValueType i = 0; i < count; ++i)
  {
    const auto * pixel = pixels + numberOfComponents * i;
    const auto   list = m_Cells[ColorCells::GetCell(GetLevel(pixel[0]), GetLevel(pixel[1]), GetLevel(pixel[2]))];
    double       least = std::numeric_limits<double>::infinity();
    for (auto candidate = m_Lists[list]; candidate < m_Lists[list + 1]; ++candidate)
    {
      const auto   number = m_Candidates[candidate];
      double       fraction;
      const double distance = m_Rulers[number].Measure(m_Metric, pixel[0], pixel[1], pixel[2], fraction);
      if (distance < least)
      {
        least = distance;
        nearest[i] = number;
        fractions[i] = fraction;
      }
    }
    if (distances != nullptr)
    {
      distances[i] = std::sqrt(std::max(least, 0.0) * scale);
    }
  }
}


template class IntensityMapping_EXPORT NearestColorSegmentIndex<unsigned char>;
template class IntensityMapping_EXPORT NearestColorSegmentIndex<unsigned short>;
} // namespace itk
