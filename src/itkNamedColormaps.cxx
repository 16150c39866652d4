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
#include "itkNamedColormaps.h"

#include "itkMacro.h"
#include "itkNearNames.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <variant>

namespace itk
{
namespace
{
/** Where entry k of n lies in [0, 1], with the rounding of numpy.linspace(0, 1, n)[k]. */
double
GetPosition(SizeValueType k, SizeValueType n)
{
  if (k == 0)
  {
    return 0.0;
  }
  return k + 1 == n ? 1.0 : static_cast<double>(k) * (1.0 / static_cast<double>(n - 1));
}

/** A colormap defined by its colours: other numbers of entries are picked from them. */
struct ListedColors
{
  std::vector<std::array<double, 3>> m_Colors;

  SizeValueType
  GetNumberOfEntries() const
  {
    return m_Colors.size();
  }

  Colormap::ColorType
  GetColor(SizeValueType k, SizeValueType n) const
  {
    const SizeValueType size = m_Colors.size();
    const auto          picked = static_cast<SizeValueType>(GetPosition(k, n) * static_cast<double>(size));
    const auto &        color = m_Colors[std::min(picked, size - 1)];
    return Colormap::MakeColor(color[0], color[1], color[2]);
  }

  ListedColors
  GetReversed() const
  {
    return { { m_Colors.rbegin(), m_Colors.rend() } };
  }
};

struct Breakpoint
{
  double m_Position;
  double m_Value;
};
using Breakpoints = std::vector<Breakpoint>;

/** Interpolates at entry k of n. The breakpoints are scaled to entries first, as matplotlib does: the order of the
 * operations decides on the last bit. */
double
Interpolate(const Breakpoints & breakpoints, SizeValueType k, SizeValueType n)
{
  if (k + 1 == n)
  {
    return breakpoints.back().m_Value;
  }
  const auto   scale = static_cast<double>(n - 1);
  const double x = scale * GetPosition(k, n);
  const auto   right = std::lower_bound(
    breakpoints.begin() + 1, breakpoints.end(), x, [scale](const Breakpoint & breakpoint, double value) {
      return breakpoint.m_Position * scale < value;
    });
  const auto   left = right - 1;
  const double origin = left->m_Position * scale;
  const double fraction = (x - origin) / (right->m_Position * scale - origin);
  return std::clamp(fraction * (right->m_Value - left->m_Value) + left->m_Value, 0.0, 1.0);
}

/** `1 - x` of each position, not a mirrored table: it rounds as matplotlib's reversed colormaps do. */
Breakpoints
Reverse(const Breakpoints & breakpoints)
{
  Breakpoints reversed;
  std::transform(breakpoints.rbegin(), breakpoints.rend(), std::back_inserter(reversed), [](const Breakpoint & point) {
    return Breakpoint{ 1.0 - point.m_Position, point.m_Value };
  });
  return reversed;
}

/** A colormap defined by breakpoints: any number of entries is interpolated between them. */
struct SegmentedColors
{
  Breakpoints m_Red;
  Breakpoints m_Green;
  Breakpoints m_Blue;

  SizeValueType
  GetNumberOfEntries() const
  {
    return 256;
  }

  Colormap::ColorType
  GetColor(SizeValueType k, SizeValueType n) const
  {
    return Colormap::MakeColor(Interpolate(m_Red, k, n), Interpolate(m_Green, k, n), Interpolate(m_Blue, k, n));
  }

  SegmentedColors
  GetReversed() const
  {
    return { Reverse(m_Red), Reverse(m_Green), Reverse(m_Blue) };
  }
};

using Definitions = std::map<std::string, std::variant<ListedColors, SegmentedColors>>;

const Definitions &
GetDefinitions()
{
  // clang-format off
  static const Definitions definitions{
    { "cividis", ListedColors{ {
#include "ColormapTables/cividis.inc"
    } } },
    { "cool", SegmentedColors{
      { { 0.0, 0.0 }, { 1.0, 1.0 } },
      { { 0.0, 1.0 }, { 1.0, 0.0 } },
      { { 0.0, 1.0 }, { 1.0, 1.0 } } } },
    { "coolwarm", SegmentedColors{
#include "ColormapTables/coolwarm.inc"
    } },
    { "gray", SegmentedColors{
      { { 0.0, 0.0 }, { 1.0, 1.0 } },
      { { 0.0, 0.0 }, { 1.0, 1.0 } },
      { { 0.0, 0.0 }, { 1.0, 1.0 } } } },
    { "hot", SegmentedColors{
      { { 0.0, 0.0416 }, { 0.365079, 1.0 }, { 1.0, 1.0 } },
      { { 0.0, 0.0 }, { 0.365079, 0.0 }, { 0.746032, 1.0 }, { 1.0, 1.0 } },
      { { 0.0, 0.0 }, { 0.746032, 0.0 }, { 1.0, 1.0 } } } },
    { "inferno", ListedColors{ {
#include "ColormapTables/inferno.inc"
    } } },
    { "jet", SegmentedColors{
      { { 0.0, 0.0 }, { 0.35, 0.0 }, { 0.66, 1.0 }, { 0.89, 1.0 }, { 1.0, 0.5 } },
      { { 0.0, 0.0 }, { 0.125, 0.0 }, { 0.375, 1.0 }, { 0.64, 1.0 }, { 0.91, 0.0 }, { 1.0, 0.0 } },
      { { 0.0, 0.5 }, { 0.11, 1.0 }, { 0.34, 1.0 }, { 0.65, 0.0 }, { 1.0, 0.0 } } } },
    { "magma", ListedColors{ {
#include "ColormapTables/magma.inc"
    } } },
    { "plasma", ListedColors{ {
#include "ColormapTables/plasma.inc"
    } } },
    { "turbo", ListedColors{ {
#include "ColormapTables/turbo.inc"
    } } },
    { "twilight", ListedColors{ {
#include "ColormapTables/twilight.inc"
    } } },
    { "viridis", ListedColors{ {
#include "ColormapTables/viridis.inc"
    } } },
  };
  // clang-format on
  return definitions;
}

constexpr char reversedSuffix[] = "_r";

bool
IsReversed(const std::string & name)
{
  return name.size() > 2 && name.substr(name.size() - 2) == reversedSuffix;
}

template <typename TColors>
Colormap::TableType
MakeTable(const TColors & colors, SizeValueType numberOfEntries)
{
  const SizeValueType n = numberOfEntries == 0 ? colors.GetNumberOfEntries() : numberOfEntries;
  Colormap::TableType table(n);
  for (SizeValueType k = 0; k < n; ++k)
  {
    table[k] = colors.GetColor(k, n);
  }
  return table;
}
} // namespace

std::vector<std::string>
GetNamedColormaps()
{
  std::vector<std::string> names;
  for (const auto & definition : GetDefinitions())
  {
    names.push_back(definition.first);
    names.push_back(definition.first + reversedSuffix);
  }
  return names;
}

Colormap::TableType
MakeNamedColormapTable(const std::string & name, SizeValueType numberOfEntries)
{
  const bool        isReversed = IsReversed(name);
  const std::string base = isReversed ? name.substr(0, name.size() - 2) : name;
  const auto        found = GetDefinitions().find(base);
  if (found == GetDefinitions().end())
  {
    itkGenericExceptionMacro(<< DescribeUnknownName("colormap", name, GetNamedColormaps()));
  }
  return std::visit(
    [=](const auto & colors) { return MakeTable(isReversed ? colors.GetReversed() : colors, numberOfEntries); },
    found->second);
}
} // namespace itk
