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
#ifndef itkInverseColormapCells_h
#define itkInverseColormapCells_h

#include "itkInverseColormapKernel.h"

#include <functional>
#include <string>
#include <unordered_map>

namespace itk
{
/** The extreme colours of a box of colours. */
struct ColorBox
{
  static constexpr unsigned int NumberOfCorners = 8;
  using CornersType = std::array<double, NumberOfCorners>;

  CornersType m_Red;
  CornersType m_Green;
  CornersType m_Blue;
};


/** \class ColorCells
 * \brief Cuts the cube of all colours into cells, and finds the segments that are nearest to some colour in each.
 *
 * A component has 256 levels (one per value of 8 bits), and a cell is 8 levels wide.
 *
 * A segment s is left out of a box's candidates if there is a point p on another such that all colours c in the box are
 * nearer to p than to s. It need only be looked at the box's corners: for each point q of s, |c - q|^2 - |c - p|^2 is
 * linear in c, and so is least at a corner. Points p on segments that are nearest to a corner or the centre
 * leave out nearly all that can be left out. The cube is cut in halves along each axis again and again; the candidates
 * of a box are found among those of the box that it was cut from.
 */
class ColorCells
{
public:
  /** The numbers of segments, rising: a vector that can be hashed. */
  using CandidatesType = std::u16string;
  using LevelType = std::array<std::uint32_t, 3>;
  using VisitType = std::function<void(const LevelType & origin, const CandidatesType & candidates)>;

  static constexpr std::uint32_t CellWidth = 8;
  static constexpr std::uint32_t NumberOfCells = 32 * 32 * 32;

  /** The number of the cell of a colour whose components have the given levels. */
  static std::uint32_t
  GetCell(std::uint32_t red, std::uint32_t green, std::uint32_t blue)
  {
    return (red >> 3) << 10 | (green >> 3) << 5 | blue >> 3;
  }

  /** A level stands for `valuesPerLevel` values. */
  ColorCells(const std::vector<ColorSegmentRuler> & segments, const ColorMetric & metric, double valuesPerLevel);

  /** Calls `visit` for each cell, with its lowest levels. */
  void
  ForEachCell(const VisitType & visit);

private:
  static constexpr std::uint32_t Depth = 5;

  ColorBox
  MakeBox(const LevelType & origin, std::uint32_t width) const;

  /** That point of a segment that is nearest to the centre of a box, as distances of the box's corners. */
  ColorBox::CornersType
  MakeRival(const ColorBox & box, const ColorSegmentRuler & segment) const;

  void
  Select(const ColorBox & box, const CandidatesType & candidates, CandidatesType & selected);

  void
  Visit(const LevelType & origin, std::uint32_t depth, const VisitType & visit);

  const std::vector<ColorSegmentRuler> & m_Segments;
  const ColorMetric                      m_Metric;
  const double                           m_ValuesPerLevel;
  /** More than the distances may be wrong by rounding. */
  double m_Slack;

  std::array<CandidatesType, Depth + 1> m_CandidatesOfDepth;
  std::vector<ColorBox::CornersType>    m_Distances;
  std::vector<ColorBox::CornersType>    m_Rivals;
};


/** Numbers lists of candidates, each different one once. */
class NumberedCandidates
{
public:
  std::uint32_t
  GetNumber(const ColorCells::CandidatesType & candidates)
  {
    const auto inserted = m_Numbers.emplace(candidates, static_cast<std::uint32_t>(m_Lists.size()));
    if (inserted.second)
    {
      m_Lists.push_back(candidates);
    }
    return inserted.first->second;
  }

  const std::vector<ColorCells::CandidatesType> &
  GetLists() const
  {
    return m_Lists;
  }

private:
  std::unordered_map<ColorCells::CandidatesType, std::uint32_t> m_Numbers;
  std::vector<ColorCells::CandidatesType>                       m_Lists;
};
} // namespace itk

#endif
