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

#include "itkColormapSampling.h"
#include "itkMacro.h"
#include "itkNearNames.h"

#include <cctype>
#include <cmath>
#include <initializer_list>
#include <iterator>
#include <set>

namespace itk
{
namespace
{
/** Where colormaps come from; src/ColormapTables has a file of each. */
struct Collection
{
  const char * m_Source;
  const char * m_License;
};
constexpr Collection BIDS{ "BIDS: Nathaniel J. Smith, Stéfan van der Walt, Eric Firing", "CC0-1.0" };
constexpr Collection Battelle{ "Jamie R. Nuñez, Christopher R. Anderton, Ryan S. Renslow (Battelle)",
                               "LicenseRef-Battelle" };
constexpr Collection Google{ "Anton Mikhailov (Google)", "Apache-2.0" };
constexpr Collection Matplotlib{ "matplotlib", "LicenseRef-Matplotlib" };
constexpr Collection ColorBrewer{ "ColorBrewer: Cynthia Brewer, Mark Harrower, The Pennsylvania State University",
                                  "LicenseRef-ColorBrewer" };
constexpr Collection Yorick{ "Yorick: David H. Munro, The Regents of the University of California",
                             "LicenseRef-Yorick" };
constexpr Collection Vega{ "Vega", "BSD-3-Clause" };
constexpr Collection Wistia{ "Wistia", "MIT" };
constexpr Collection Petroff{ "Matthew A. Petroff", "CC0-1.0" };
constexpr Collection Crameri{ "Scientific colour maps: Fabio Crameri", "MIT" };
constexpr Collection CrameriInMatplotlib{ "Scientific colour maps: Fabio Crameri, as in matplotlib", "MIT" };
constexpr Collection Cmocean{ "cmocean: Kristen M. Thyng", "MIT" };
constexpr Collection OpenCV{ "OpenCV", "Apache-2.0" };
constexpr Collection ITK{ "ITK: Nicholas Tustison, Hui Zhang, Gaetan Lehmann, Paul Yushkevich, James C. Gee",
                          "Apache-2.0" };

struct Color
{
  double m_Red;
  double m_Green;
  double m_Blue;
};

struct Breakpoint
{
  double m_Position;
  double m_Value;
};

/** A colormap defined by a list of colours, by breakpoints of red, green and blue, or by a formula. */
struct Definition
{
  const char *                      m_Name;
  const char *                      m_Category;
  const Collection *                m_Collection;
  std::initializer_list<Color>      m_Colors{};
  std::initializer_list<Breakpoint> m_Breakpoints[3]{};
  Color (*m_Formula)(double){ nullptr };
};

constexpr double pi = 3.141592653589793;

/** Dave A. Green's spiral from black to white, by its published formula with its default parameters. */
Color
Cubehelix(double x)
{
  const double amplitude = x * (1.0 - x) / 2.0;
  const double angle = 2.0 * pi * (0.5 / 3.0 - 1.5 * x);
  const double cosine = std::cos(angle);
  const double sine = std::sin(angle);
  return { x + amplitude * (-0.14861 * cosine + 1.78277 * sine),
           x + amplitude * (-0.29227 * cosine - 0.90649 * sine),
           x + amplitude * (1.97294 * cosine) };
}

Color
Flag(double x)
{
  return { 0.75 * std::sin((x * 31.5 + 0.25) * pi) + 0.5,
           std::sin(x * 31.5 * pi),
           0.75 * std::sin((x * 31.5 - 0.25) * pi) + 0.5 };
}

Color
Prism(double x)
{
  return { 0.75 * std::sin((x * 20.9 + 0.25) * pi) + 0.67,
           0.75 * std::sin((x * 20.9 - 0.25) * pi) + 0.33,
           -1.1 * std::sin(x * 20.9 * pi) };
}

Color
GistGray(double x)
{
  return { x, x, x };
}

Color
GistHeat(double x)
{
  return { 1.5 * x, 2.0 * x - 1.0, 4.0 * x - 3.0 };
}

Color
GistYarg(double x)
{
  return { 1.0 - x, 1.0 - x, 1.0 - x };
}

/** The formulas of itk::Function::ColormapFunction and its children. */
Color
ITKAutumn(double x)
{
  return { 1.0, x, 0.0 };
}

Color
ITKBlue(double x)
{
  return { 0.0, 0.0, x };
}

Color
ITKCool(double x)
{
  return { x, 1.0 - x, 1.0 };
}

Color
ITKCopper(double x)
{
  return { 1.2 * x, 0.8 * x, 0.5 * x };
}

Color
ITKGreen(double x)
{
  return { 0.0, x, 0.0 };
}

Color
ITKHot(double x)
{
  return { 63.0 / 26.0 * x - 1.0 / 13.0, 63.0 / 26.0 * x - 11.0 / 13.0, 4.5 * x - 3.5 };
}

Color
ITKHSV(double x)
{
  return { std::abs(5.0 * (x - 0.5)) - 5.0 / 6.0,
           -std::abs(5.0 * (x - 11.0 / 30.0)) + 11.0 / 6.0,
           -std::abs(5.0 * (x - 19.0 / 30.0)) + 11.0 / 6.0 };
}

Color
ITKJet(double x)
{
  return { -std::abs(3.95 * (x - 0.7460)) + 1.5,
           -std::abs(3.95 * (x - 0.492)) + 1.5,
           -std::abs(3.95 * (x - 0.2385)) + 1.5 };
}

/** Its ends are the colours of values that are saturated. */
Color
ITKOverUnder(double x)
{
  if (x <= 0.0)
  {
    return { 0.0, 0.0, 1.0 };
  }
  return x >= 1.0 ? Color{ 1.0, 0.0, 0.0 } : Color{ x, x, x };
}

Color
ITKRed(double x)
{
  return { x, 0.0, 0.0 };
}

Color
ITKSpring(double x)
{
  return { 1.0, x, 1.0 - x };
}

Color
ITKSummer(double x)
{
  return { x, 0.5 * x + 0.5, 0.4 };
}

Color
ITKWinter(double x)
{
  return { 0.0, x, 1.0 - 0.5 * x };
}

// clang-format off
constexpr Definition definitions[] = {
#include "ColormapTables/BIDS.inc"
#include "ColormapTables/Battelle.inc"
#include "ColormapTables/Google.inc"
#include "ColormapTables/Matplotlib.inc"
#include "ColormapTables/ColorBrewer.inc"
#include "ColormapTables/Yorick.inc"
#include "ColormapTables/Vega.inc"
#include "ColormapTables/Wistia.inc"
#include "ColormapTables/Petroff.inc"
#include "ColormapTables/Crameri.inc"
#include "ColormapTables/CrameriInMatplotlib.inc"
#include "ColormapTables/Cmocean.inc"
#include "ColormapTables/OpenCV.inc"
  { "cubehelix", "miscellaneous", &Matplotlib, {}, {}, Cubehelix },
  { "flag", "miscellaneous", &Matplotlib, {}, {}, Flag },
  { "gist_gray", "sequential", &Yorick, {}, {}, GistGray },
  { "gist_heat", "sequential", &Yorick, {}, {}, GistHeat },
  { "gist_yarg", "sequential", &Yorick, {}, {}, GistYarg },
  { "prism", "miscellaneous", &Matplotlib, {}, {}, Prism },
  { "itk.autumn", "dialect", &ITK, {}, {}, ITKAutumn },
  { "itk.blue", "dialect", &ITK, {}, {}, ITKBlue },
  { "itk.cool", "dialect", &ITK, {}, {}, ITKCool },
  { "itk.copper", "dialect", &ITK, {}, {}, ITKCopper },
  { "itk.green", "dialect", &ITK, {}, {}, ITKGreen },
  { "itk.grey", "dialect", &ITK, {}, {}, GistGray },
  { "itk.hot", "dialect", &ITK, {}, {}, ITKHot },
  { "itk.hsv", "dialect", &ITK, {}, {}, ITKHSV },
  { "itk.jet", "dialect", &ITK, {}, {}, ITKJet },
  { "itk.overunder", "dialect", &ITK, {}, {}, ITKOverUnder },
  { "itk.red", "dialect", &ITK, {}, {}, ITKRed },
  { "itk.spring", "dialect", &ITK, {}, {}, ITKSpring },
  { "itk.summer", "dialect", &ITK, {}, {}, ITKSummer },
  { "itk.winter", "dialect", &ITK, {}, {}, ITKWinter },
};

/** Other spellings that matplotlib takes. */
struct Alias
{
  const char * m_Spelling;
  const char * m_Name;
};
constexpr Alias aliases[] = {
  { "Grays", "Greys" }, { "gist_grey", "gist_gray" }, { "gist_yerg", "gist_yarg" }, { "grey", "gray" }
};
// clang-format on

/** What may be left out: what matplotlib's names of cmcrameri's and cmocean's colormaps begin with. Of a dialect's name
 * nothing may, since a name without prefix means the colormap that matplotlib users know. */
constexpr const char * prefixes[] = { "", "cmc.", "cmo." };

constexpr char reversedSuffix[] = "_r";

const Definition *
FindDefinition(const std::string & name)
{
  const auto found =
    std::find_if(std::begin(definitions), std::end(definitions), [&](const auto & d) { return name == d.m_Name; });
  return found == std::end(definitions) ? nullptr : found;
}

/** The definition of a name that is not reversed, as it is, spelled otherwise or without its prefix; null if there is
 * none. */
const Definition *
FindDefinitionSpelled(const std::string & spelling)
{
  const auto alias =
    std::find_if(std::begin(aliases), std::end(aliases), [&](const auto & a) { return spelling == a.m_Spelling; });
  const std::string name = alias == std::end(aliases) ? spelling : alias->m_Name;
  for (const std::string prefix : prefixes)
  {
    if (const auto * definition = FindDefinition(prefix + name))
    {
      return definition;
    }
  }
  return nullptr;
}

bool
IsReversed(const std::string & name)
{
  return name.size() > 2 && name.substr(name.size() - 2) == reversedSuffix;
}

std::string
RemoveReversedSuffix(const std::string & name)
{
  return IsReversed(name) ? name.substr(0, name.size() - 2) : name;
}

std::string
RemovePrefix(const std::string & name)
{
  return name.substr(name.find('.') + 1);
}

[[noreturn]] void
ThrowUnknownName(const std::string & name)
{
  const auto            names = Colormap::GetNames();
  std::set<std::string> candidates(names.begin(), names.end());
  for (const auto & known : names)
  {
    const auto plain = RemovePrefix(known);
    if (FindDefinitionSpelled(RemoveReversedSuffix(plain)) != nullptr)
    {
      candidates.insert(plain);
    }
  }
  std::string near;
  for (const auto & candidate : GetNearNames(name, { candidates.begin(), candidates.end() }))
  {
    near += (near.empty() ? ": did you mean " : " or ") + candidate;
  }
  itkGenericExceptionMacro(
    << "Unknown colormap '" << name << "'" << (near.empty() ? "." : near + "?") << " There are "
    << std::size(definitions)
    << ", and each reversed (_r): doc/colormaps.md shows them, Colormap::GetNames() lists them.");
}

/** Throws if there is none. */
const Definition &
GetDefinition(const std::string & name)
{
  const auto * definition = FindDefinitionSpelled(RemoveReversedSuffix(name));
  if (definition == nullptr)
  {
    ThrowUnknownName(name);
  }
  return *definition;
}

Color
PickColor(const Definition & definition, bool isReversed, SizeValueType k, SizeValueType n)
{
  const SizeValueType size = definition.m_Colors.size();
  const SizeValueType picked = PickEntry(size, k, n);
  return definition.m_Colors.begin()[isReversed ? size - 1 - picked : picked];
}

/** Reversed, each position x becomes `1 - x`, rather than that the table be mirrored: it rounds as matplotlib does. */
double
Interpolate(const std::initializer_list<Breakpoint> & breakpoints, bool isReversed, SizeValueType k, SizeValueType n)
{
  const SizeValueType size = breakpoints.size();
  const auto          getPoint = [&](SizeValueType i) {
    const Breakpoint & point = breakpoints.begin()[isReversed ? size - 1 - i : i];
    return Breakpoint{ isReversed ? 1.0 - point.m_Position : point.m_Position, point.m_Value };
  };
  const auto place = FindPlace(
    size, [&](SizeValueType i) { return getPoint(i).m_Position; }, k, n);
  return place.Mix(getPoint(place.m_Left).m_Value, getPoint(place.m_Right).m_Value);
}

/** Where entry k of n lies in [0, 1], with the rounding of itk::Function::ColormapFunction. */
double
DivideEvenly(SizeValueType k, SizeValueType n)
{
  return k == 0 ? 0.0 : static_cast<double>(k) / static_cast<double>(n - 1);
}

Color
GetColor(const Definition & definition, bool isReversed, SizeValueType k, SizeValueType n)
{
  if (definition.m_Colors.size() > 0)
  {
    return PickColor(definition, isReversed, k, n);
  }
  if (definition.m_Formula != nullptr)
  {
    const double position = definition.m_Collection == &ITK ? DivideEvenly(k, n) : GetEntryPosition(k, n);
    return definition.m_Formula(isReversed ? 1.0 - position : position);
  }
  const auto & [red, green, blue] = definition.m_Breakpoints;
  return { Interpolate(red, isReversed, k, n),
           Interpolate(green, isReversed, k, n),
           Interpolate(blue, isReversed, k, n) };
}

bool
IsBefore(const std::string & a, const std::string & b)
{
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) < std::tolower(y);
  });
}
} // namespace

std::vector<std::string>
GetNamedColormaps()
{
  std::vector<std::string> names;
  std::transform(
    std::begin(definitions), std::end(definitions), std::back_inserter(names), [](const auto & d) { return d.m_Name; });
  std::sort(names.begin(), names.end(), IsBefore);
  return names;
}

NamedColormapDescription
DescribeNamedColormap(const std::string & name)
{
  const auto & definition = GetDefinition(name);
  return { definition.m_Category, definition.m_Collection->m_Source, definition.m_Collection->m_License };
}

Colormap::TableType
MakeNamedColormapTable(const std::string & name, SizeValueType numberOfEntries)
{
  const auto &        definition = GetDefinition(name);
  const SizeValueType published = definition.m_Colors.size() > 0 ? definition.m_Colors.size() : 256;
  const SizeValueType n = numberOfEntries == 0 ? published : numberOfEntries;
  Colormap::TableType table(n);
  for (SizeValueType k = 0; k < n; ++k)
  {
    const auto color = GetColor(definition, IsReversed(name), k, n);
    table[k] = Colormap::MakeColor(
      std::clamp(color.m_Red, 0.0, 1.0), std::clamp(color.m_Green, 0.0, 1.0), std::clamp(color.m_Blue, 0.0, 1.0));
  }
  return table;
}
} // namespace itk
