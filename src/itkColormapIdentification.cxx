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
#include "itkColormapIdentification.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace itk
{
namespace
{
/** Fits whose distances differ by no more than this part and these levels together cannot be told apart. */
constexpr double relativeTie = 0.02;
constexpr double absoluteTie = 0.25;

using ColorType = std::array<int, 3>;
using ColorsType = std::vector<ColorType>;

/** How wide the boxes are for which colours of a colormap are selected; a power of 2. */
constexpr int boxWidth = 16;

ColorType
GetColor(const unsigned char * bytes)
{
  return { bytes[0], bytes[1], bytes[2] };
}


/** The lowest colour of the box of a colour. */
ColorType
GetBox(const ColorType & color)
{
  return { color[0] & -boxWidth, color[1] & -boxWidth, color[2] & -boxWidth };
}


/** The different colours of the entries. */
ColorsType
GetDifferentColors(const Colormap & colormap)
{
  const auto table = colormap.GetByteTable();
  ColorsType colors;
  for (SizeValueType k = 0; k < colormap.GetNumberOfEntries(); ++k)
  {
    colors.push_back(GetColor(table[k].GetDataPointer()));
  }
  std::sort(colors.begin(), colors.end());
  colors.erase(std::unique(colors.begin(), colors.end()), colors.end());
  return colors;
}


int
GetSquaredDistanceFromBox(const ColorType & color, const ColorType & box)
{
  int sum = 0;
  for (unsigned int c = 0; c < 3; ++c)
  {
    const int difference = std::max({ box[c] - color[c], color[c] - (box[c] + boxWidth - 1), 0 });
    sum += difference * difference;
  }
  return sum;
}


/** Those colours that are within reach of some colour in a box. */
void
SelectColors(const ColorsType & colors, const ColorType & box, double reach, ColorsType & selected)
{
  selected.clear();
  std::copy_if(colors.begin(), colors.end(), std::back_inserter(selected), [&](const ColorType & color) {
    return GetSquaredDistanceFromBox(color, box) <= reach * reach;
  });
}


/** Infinity if there is no colour. */
double
GetDistanceFromNearest(const ColorType & color, const ColorsType & colors)
{
  int least = std::numeric_limits<int>::max();
  for (const auto & other : colors)
  {
    const int red = color[0] - other[0];
    const int green = color[1] - other[1];
    const int blue = color[2] - other[2];
    least = std::min(least, red * red + green * green + blue * blue);
  }
  return colors.empty() ? std::numeric_limits<double>::infinity() : std::sqrt(static_cast<double>(least));
}


bool
HasPrefix(const ColormapFit & fit)
{
  return fit.Name.find('.') != std::string::npos;
}


bool
IsTie(const ColormapFit & better, const ColormapFit & worse)
{
  return worse.MeanDistance <= (1.0 + relativeTie) * better.MeanDistance + absoluteTie;
}
} // namespace


ColormapIdentification::ColormapIdentification(CountedColors colors, double maximumDistance, double tolerance)
  : m_Colors(std::move(colors))
  , m_MaximumDistance(maximumDistance)
  , m_Tolerance(tolerance)
{
  const SizeValueType limit = m_Colors.NumberOfPixels / MaximumShareOfOneColor + 1;
  std::transform(m_Colors.Counts.begin(),
                 m_Colors.Counts.end(),
                 std::back_inserter(m_Weights),
                 [limit](SizeValueType count) { return std::min(count, limit); });
  for (const auto weight : m_Weights)
  {
    m_SumOfWeights += static_cast<double>(weight);
  }
}


ColormapFit
ColormapIdentification::Fit(const std::string & name, const Colormap & colormap) const
{
  const auto   entries = GetDifferentColors(colormap);
  const double reach = std::max(m_MaximumDistance, m_Tolerance);
  ColorsType   selected;
  ColorType    box{ -boxWidth, 0, 0 };

  double        sum = 0.0;
  SizeValueType numberOfExplained = 0;
  for (std::size_t i = 0; i < m_Weights.size(); ++i)
  {
    const auto color = GetColor(m_Colors.Colors[i].GetDataPointer());
    if (box != GetBox(color))
    {
      box = GetBox(color);
      SelectColors(entries, box, reach, selected);
    }
    const double distance = GetDistanceFromNearest(color, selected);
    sum += static_cast<double>(m_Weights[i]) * std::min(distance, m_MaximumDistance);
    numberOfExplained += distance <= m_Tolerance ? m_Colors.Counts[i] : 0;
  }
  return {
    name, 0, sum / m_SumOfWeights, static_cast<double>(numberOfExplained) / static_cast<double>(m_Colors.NumberOfPixels)
  };
}


void
ColormapIdentification::Rank(std::vector<ColormapFit> & fits)
{
  std::stable_sort(
    fits.begin(), fits.end(), [](const auto & a, const auto & b) { return a.MeanDistance < b.MeanDistance; });
  for (auto first = fits.begin(); first != fits.end();)
  {
    const auto end = std::find_if_not(first, fits.end(), [&](const auto & fit) { return IsTie(*first, fit); });
    const auto rank = static_cast<SizeValueType>(first - fits.begin()) + 1;
    std::for_each(first, end, [rank](auto & fit) { fit.Rank = rank; });
    std::stable_partition(first, end, [](const auto & fit) { return !HasPrefix(fit); });
    first = end;
  }
}
} // namespace itk
