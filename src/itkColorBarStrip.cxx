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
#include "itkColorBarStrip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>

namespace itk
{
namespace
{
using ColorsType = ColorBarStrip::ColorsType;
using ColorType = ColorBarStrip::ColorType;
using NumbersType = std::vector<double>;

constexpr double        distanceOfFrame = 24.0;
constexpr SizeValueType longestEnd = 3;
constexpr double        leastJumpAtEnd = 12.0;
/** In those that are usual near the end, which is looked up among as many as this. */
constexpr double        leastRelativeJumpAtEnd = 3.0;
constexpr SizeValueType numberOfUsualJumps = 7;
constexpr double        leastJumpOfSteps = 8.0;
constexpr SizeValueType shortestStep = 3;
constexpr SizeValueType leastNumberOfSteps = 3;
/** How much of the change of colour along a bar may be within its steps. */
constexpr double largestDrift = 0.25;
/** How far a jump may be from where even steps would have it, in pixels. */
constexpr double largestUnevenness = 1.0;

/** Pixels along the bar, from `m_First` on up to before `m_End`. */
struct Stretch
{
  SizeValueType m_First;
  SizeValueType m_End;

  SizeValueType
  GetLength() const
  {
    return m_End - m_First;
  }
};


double
Distance(const ColorType & a, const ColorType & b)
{
  return std::hypot(int{ a[0] } - int{ b[0] }, int{ a[1] } - int{ b[1] }, int{ a[2] } - int{ b[2] });
}


/** The number than which this fraction of the others is smaller; 0.5 for the median. */
template <typename TNumber>
TNumber
FindQuantile(std::vector<TNumber> numbers, double fraction)
{
  const auto quantile =
    numbers.begin() + static_cast<std::ptrdiff_t>(fraction * static_cast<double>(numbers.size() - 1));
  std::nth_element(numbers.begin(), quantile, numbers.end());
  return *quantile;
}


/** The median of each component of the colours `getColor(i)`, i from 0 to before `count`. */
template <typename TGetColor>
ColorType
MedianColor(SizeValueType count, const TGetColor & getColor)
{
  ColorType                  median;
  std::vector<unsigned char> values(count);
  for (unsigned int c = 0; c < 3; ++c)
  {
    for (SizeValueType i = 0; i < count; ++i)
    {
      values[i] = getColor(i)[c];
    }
    median[c] = FindQuantile(values, 0.5);
  }
  return median;
}


ColorType
MedianColor(const ColorsType & colors, const Stretch & stretch)
{
  return MedianColor(stretch.GetLength(), [&](SizeValueType i) { return colors[stretch.m_First + i]; });
}


/** The numbers across the bar of those lines along it that are not a frame. */
std::vector<SizeValueType>
FindLines(const ColorsType & pixels, SizeValueType breadth)
{
  const SizeValueType        length = pixels.size() / breadth;
  std::vector<SizeValueType> lines;
  for (SizeValueType line = 0; line < breadth; ++line)
  {
    SizeValueType numberOfLike = 0;
    for (SizeValueType i = 0; i < length; ++i)
    {
      const auto * across = &pixels[i * breadth];
      numberOfLike += Distance(across[line], across[breadth / 2]) <= distanceOfFrame ? 1 : 0;
    }
    if (2 * numberOfLike > length)
    {
      lines.push_back(line);
    }
  }
  return lines;
}


/** The colour at each place along the bar. */
ColorsType
ReadAcross(const ColorsType & pixels, SizeValueType breadth)
{
  const auto lines = FindLines(pixels, breadth);
  ColorsType colors(pixels.size() / breadth);
  for (SizeValueType i = 0; i < colors.size(); ++i)
  {
    colors[i] = MedianColor(lines.size(), [&](SizeValueType k) { return pixels[i * breadth + lines[k]]; });
  }
  return colors;
}


/** How far the colour of each place is from the next. */
NumbersType
ComputeJumps(const ColorsType & colors)
{
  NumbersType jumps(colors.size() - 1);
  std::transform(colors.begin(), colors.end() - 1, colors.begin() + 1, jumps.begin(), Distance);
  return jumps;
}


/** How many pixels at the first end are a frame or mixed with it. */
SizeValueType
CountEnd(const NumbersType & jumps)
{
  const SizeValueType longest = std::min<SizeValueType>(longestEnd, jumps.size() / 3);
  const auto          after = jumps.begin() + static_cast<std::ptrdiff_t>(longest);
  const auto          count = std::min<SizeValueType>(numberOfUsualJumps, jumps.size() - longest);
  const NumbersType   usual(after, after + static_cast<std::ptrdiff_t>(count));
  const double        leastJump = std::max(leastJumpAtEnd, leastRelativeJumpAtEnd * FindQuantile(usual, 0.5));
  const auto          isLarge = [leastJump](double jump) { return jump > leastJump; };
  const auto          last = std::find_if(std::make_reverse_iterator(after), jumps.rend(), isLarge);
  return static_cast<SizeValueType>(jumps.rend() - last);
}


/** The bar without its frame. */
Stretch
TrimEnds(const NumbersType & jumps)
{
  return { CountEnd(jumps), jumps.size() + 1 - CountEnd({ jumps.rbegin(), jumps.rend() }) };
}


/** Where the colour jumps, to a fraction of a pixel: the centre of all change between two stretches without. */
double
FindPlaceOfJump(const NumbersType & jumps, SizeValueType first, SizeValueType last)
{
  double sum = 0.0;
  double moment = 0.0;
  for (SizeValueType i = first > 0 ? first - 1 : 0; i <= std::min<SizeValueType>(last + 1, jumps.size() - 1); ++i)
  {
    sum += jumps[i];
    moment += jumps[i] * (static_cast<double>(i) + 0.5);
  }
  return moment / sum;
}


/** The stretches between jumps, and the places of the jumps. */
struct Steps
{
  std::vector<Stretch> m_Stretches;
  NumbersType          m_Places;
};


Steps
CutAtJumps(const NumbersType & jumps, const Stretch & bar)
{
  Steps         steps;
  SizeValueType first = bar.m_First;
  for (SizeValueType i = bar.m_First; i + 1 < bar.m_End; ++i)
  {
    if (jumps[i] > leastJumpOfSteps)
    {
      const SizeValueType firstJump = i;
      while (i + 2 < bar.m_End && jumps[i + 1] > leastJumpOfSteps)
      {
        ++i;
      }
      steps.m_Stretches.push_back({ first, firstJump + 1 });
      steps.m_Places.push_back(FindPlaceOfJump(jumps, firstJump, i));
      first = i + 1;
    }
  }
  steps.m_Stretches.push_back({ first, bar.m_End });
  return steps;
}


/** Whether the colours change by jumps, rather than within the stretches between them. */
bool
AreFlat(const ColorsType & colors, const std::vector<Stretch> & stretches)
{
  double drifts = 0.0;
  double changes = 0.0;
  for (std::size_t k = 0; k < stretches.size(); ++k)
  {
    const auto & stretch = stretches[k];
    const auto   third = std::max<SizeValueType>(stretch.GetLength() / 3, 1);
    drifts += Distance(MedianColor(colors, { stretch.m_First, stretch.m_First + third }),
                       MedianColor(colors, { stretch.m_End - third, stretch.m_End }));
    changes += k == 0 ? 0.0 : Distance(MedianColor(colors, stretches[k - 1]), MedianColor(colors, stretch));
  }
  return drifts <= largestDrift * changes;
}


/** The straight line through numbered places: where number 0 is, and how far it is from one to the next. */
struct EvenPlaces
{
  double m_Start;
  double m_Spacing;
  double m_LargestResidual;
};


EvenPlaces
FitEvenPlaces(const NumbersType & places)
{
  const auto   count = static_cast<double>(places.size());
  const double middle = (count - 1.0) / 2.0;
  const double mean = std::accumulate(places.begin(), places.end(), 0.0) / count;
  double       moment = 0.0;
  for (std::size_t k = 0; k < places.size(); ++k)
  {
    moment += (static_cast<double>(k) - middle) * (places[k] - mean);
  }
  const double spacing = 12.0 * moment / (count * (count * count - 1.0));
  EvenPlaces   even{ mean - spacing * middle, spacing, 0.0 };
  for (std::size_t k = 0; k < places.size(); ++k)
  {
    const double residual = std::abs(places[k] - even.m_Start - spacing * static_cast<double>(k));
    even.m_LargestResidual = std::max(even.m_LargestResidual, residual);
  }
  return even;
}


/** Nothing if the bar has no even steps. */
std::optional<ColorBarScale>
FindSteps(const ColorsType & colors, const NumbersType & jumps, const Stretch & bar)
{
  const auto steps = CutAtJumps(jumps, bar);
  const auto isShort = [](const Stretch & stretch) { return stretch.GetLength() < shortestStep; };
  if (steps.m_Stretches.size() < leastNumberOfSteps ||
      std::any_of(steps.m_Stretches.begin(), steps.m_Stretches.end(), isShort) || !AreFlat(colors, steps.m_Stretches))
  {
    return {};
  }
  const auto    even = FitEvenPlaces(steps.m_Places);
  const double  numberOfSteps = static_cast<double>(steps.m_Stretches.size());
  ColorBarScale scale;
  scale.Start = even.m_Start - even.m_Spacing;
  scale.End = scale.Start + numberOfSteps * even.m_Spacing;
  // The outermost steps end where the strip does, or within the pixels that were left out there.
  const double farthest = std::min(static_cast<double>(longestEnd) + largestUnevenness, even.m_Spacing / 2.0);
  if (even.m_LargestResidual > largestUnevenness ||
      std::abs(scale.Start - static_cast<double>(bar.m_First) + 0.5) > farthest ||
      std::abs(scale.End - static_cast<double>(bar.m_End) + 0.5) > farthest)
  {
    return {};
  }
  scale.HasSteps = true;
  for (const auto & stretch : steps.m_Stretches)
  {
    scale.Colors.push_back(MedianColor(colors, stretch));
  }
  return scale;
}
} // namespace


ColorBarScale
ColorBarStrip::Read(const ColorsType & pixels, SizeValueType breadth)
{
  const auto colors = ReadAcross(pixels, breadth);
  const auto jumps = ComputeJumps(colors);
  const auto bar = TrimEnds(jumps);
  if (const auto scale = FindSteps(colors, jumps, bar))
  {
    return *scale;
  }
  ColorBarScale scale;
  scale.Colors.assign(colors.begin() + static_cast<std::ptrdiff_t>(bar.m_First),
                      colors.begin() + static_cast<std::ptrdiff_t>(bar.m_End));
  scale.Start = static_cast<double>(bar.m_First) - 0.5;
  scale.End = static_cast<double>(bar.m_End) - 0.5;
  return scale;
}
} // namespace itk
