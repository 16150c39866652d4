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
#include "itkInverseColormapCells.h"

#include "itkTargetClones.h"

#include <limits>
#include <numeric>

namespace itk
{
namespace
{
using CornersType = ColorBox::CornersType;
constexpr unsigned int numberOfCorners = ColorBox::NumberOfCorners;


/** For each corner of a box, and for all of them by the sum of distances, the position of the nearest candidate. */
using NearestType = std::array<std::uint32_t, numberOfCorners + 1>;


itkTargetClones void
MeasureCorners(const ColorSegmentRuler * segments,
               const char16_t *          candidates,
               std::uint32_t             count,
               const ColorMetric &       metric,
               const ColorBox &          box,
               CornersType *             distances,
               NearestType &             nearest)
{
  double least[numberOfCorners + 1];
  std::fill_n(least, numberOfCorners + 1, std::numeric_limits<double>::infinity());
  const auto take = [&](unsigned int i, std::uint32_t position, double distance) {
    nearest[i] = distance < least[i] ? position : nearest[i];
    least[i] = distance < least[i] ? distance : least[i];
  };
  for (std::uint32_t position = 0; position < count; ++position)
  {
    const auto & segment = segments[candidates[position]];
    double       measured[numberOfCorners];
    for (unsigned int i = 0; i < numberOfCorners; ++i)
    {
      double fraction;
      measured[i] = segment.Measure(metric, box.m_Red[i], box.m_Green[i], box.m_Blue[i], fraction);
    }
    double sum = 0.0;
    for (unsigned int i = 0; i < numberOfCorners; ++i)
    {
      distances[position][i] = measured[i];
      take(i, position, measured[i]);
      sum += measured[i];
    }
    take(numberOfCorners, position, sum);
  }
}


/** Whether all corners of a box are farther from a candidate than from one of its rivals. */
itkTargetClones bool
IsBeaten(const CornersType & candidate, const CornersType * rivals, std::size_t numberOfRivals, double slack)
{
  for (std::size_t rival = 0; rival < numberOfRivals; ++rival)
  {
    unsigned int numberOfFarther = 0;
    for (unsigned int i = 0; i < numberOfCorners; ++i)
    {
      numberOfFarther += candidate[i] > rivals[rival][i] + slack ? 1 : 0;
    }
    if (numberOfFarther == numberOfCorners)
    {
      return true;
    }
  }
  return false;
}
} // namespace


ColorCells::ColorCells(const std::vector<ColorSegmentRuler> & segments,
                       const ColorMetric &                    metric,
                       double                                 valuesPerLevel)
  : m_Segments(segments)
  , m_Metric(metric)
  , m_ValuesPerLevel(valuesPerLevel)
{
  const double greatest = 256.0 * valuesPerLevel;
  m_Slack = 1e-12 * metric.GetScaledSquaredDistance(greatest, greatest, greatest);
  m_CandidatesOfDepth[0].resize(segments.size());
  std::iota(m_CandidatesOfDepth[0].begin(), m_CandidatesOfDepth[0].end(), u'\0');
}


void
ColorCells::ForEachCell(const VisitType & visit)
{
  this->Visit({ 0, 0, 0 }, 0, visit);
}


ColorBox
ColorCells::MakeBox(const LevelType & origin, std::uint32_t width) const
{
  ColorBox   box;
  const auto getExtreme = [&](unsigned int axis, bool isUpper) {
    return isUpper ? m_ValuesPerLevel * (origin[axis] + width) - 1.0 : m_ValuesPerLevel * origin[axis];
  };
  for (unsigned int corner = 0; corner < numberOfCorners; ++corner)
  {
    box.m_Red[corner] = getExtreme(0, (corner & 4) != 0);
    box.m_Green[corner] = getExtreme(1, (corner & 2) != 0);
    box.m_Blue[corner] = getExtreme(2, (corner & 1) != 0);
  }
  return box;
}


ColorBox::CornersType
ColorCells::MakeRival(const ColorBox & box, const ColorSegmentRuler & segment) const
{
  double fraction;
  segment.Measure(m_Metric,
                  0.5 * (box.m_Red.front() + box.m_Red.back()),
                  0.5 * (box.m_Green.front() + box.m_Green.back()),
                  0.5 * (box.m_Blue.front() + box.m_Blue.back()),
                  fraction);
  const auto  point = segment.GetPoint(fraction);
  CornersType distances;
  for (unsigned int i = 0; i < numberOfCorners; ++i)
  {
    distances[i] =
      m_Metric.GetScaledSquaredDistance(box.m_Red[i] - point[0], box.m_Green[i] - point[1], box.m_Blue[i] - point[2]);
  }
  return distances;
}


void
ColorCells::Select(const ColorBox & box, const CandidatesType & candidates, CandidatesType & selected)
{
  NearestType nearest{};
  m_Distances.resize(candidates.size());
  MeasureCorners(m_Segments.data(),
                 candidates.data(),
                 static_cast<std::uint32_t>(candidates.size()),
                 m_Metric,
                 box,
                 m_Distances.data(),
                 nearest);

  m_Rivals.clear();
  std::sort(nearest.begin(), nearest.end());
  std::for_each(nearest.begin(), std::unique(nearest.begin(), nearest.end()), [&](std::uint32_t position) {
    const auto & segment = m_Segments[candidates[position]];
    m_Rivals.push_back(segment.IsPoint() ? m_Distances[position] : this->MakeRival(box, segment));
  });

  selected.clear();
  for (SizeValueType i = 0; i < candidates.size(); ++i)
  {
    if (!IsBeaten(m_Distances[i], m_Rivals.data(), m_Rivals.size(), m_Slack))
    {
      selected.push_back(candidates[i]);
    }
  }
}


void
ColorCells::Visit(const LevelType & origin, std::uint32_t depth, const VisitType & visit)
{
  if (depth == Depth)
  {
    visit(origin, m_CandidatesOfDepth[depth]);
    return;
  }
  const std::uint32_t halfWidth = 128 >> depth;
  for (std::uint32_t octant = 0; octant < 8; ++octant)
  {
    const LevelType originOfOctant{ origin[0] + halfWidth * (octant >> 2),
                                    origin[1] + halfWidth * (octant >> 1 & 1),
                                    origin[2] + halfWidth * (octant & 1) };
    this->Select(this->MakeBox(originOfOctant, halfWidth), m_CandidatesOfDepth[depth], m_CandidatesOfDepth[depth + 1]);
    this->Visit(originOfOctant, depth + 1, visit);
  }
}
} // namespace itk
