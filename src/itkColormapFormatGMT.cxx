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
#include "itkColormapFormats.h"
#include "itkColormapText.h"
#include "itkNearNames.h"
#include "itksys/SystemTools.hxx"

#include <algorithm>
#include <cmath>
#include <map>

namespace itk
{
namespace
{
/** From one value to the next, the colours at both. */
struct Slice
{
  double              m_Low;
  Colormap::ColorType m_LowColor;
  double              m_High;
  Colormap::ColorType m_HighColor;
};

Colormap::ColorType
ParseNamedColor(const ColormapText & text, const std::string & name)
{
  // As GMT defines them; it knows the others of X11, too.
  static const std::map<std::string, Colormap::ColorType> colors{
    { "black", Colormap::MakeColor(0, 0, 0) },
    { "white", Colormap::MakeColor(1, 1, 1) },
    { "red", Colormap::MakeColor(1, 0, 0) },
    { "green", Colormap::MakeColor(0, 1, 0) },
    { "blue", Colormap::MakeColor(0, 0, 1) },
    { "cyan", Colormap::MakeColor(0, 1, 1) },
    { "magenta", Colormap::MakeColor(1, 0, 1) },
    { "yellow", Colormap::MakeColor(1, 1, 0) },
    { "gray", Colormap::MakeColor(190 / 255.0, 190 / 255.0, 190 / 255.0) }
  };
  const auto found = colors.find(itksys::SystemTools::LowerCase(name));
  if (found == colors.end())
  {
    text.Throw("the colour '" + name +
               "' is not understood: allowed are red/green/blue from 0 to 255, a gray from 0 to 255, #rrggbb, black, "
               "white, red, green, blue, cyan, magenta, yellow and gray; gmt makecpt -Fr writes the first.");
  }
  return found->second;
}

Colormap::ColorType
ParseHexadecimalColor(const ColormapText & text, const std::string & word)
{
  if (word.size() != 7 || word.find_first_not_of("0123456789abcdefABCDEF", 1) != std::string::npos)
  {
    text.Throw("the colour '" + word + "' is not understood: expected is #rrggbb.");
  }
  const auto parse = [&](unsigned int c) { return std::stoi(word.substr(1 + 2 * c, 2), nullptr, 16) / 255.0; };
  return Colormap::MakeColor(parse(0), parse(1), parse(2));
}

/** A colour of one word, or of the three words red, green and blue. */
Colormap::ColorType
ParseColor(const ColormapText & text, const std::vector<std::string> & words)
{
  const auto & word = words.front();
  const auto   parts = words.size() == 3 ? words : SplitAt(word, '/');
  double       ignored;
  if (parts.size() == 3)
  {
    return Colormap::MakeColor(
      text.ParseComponent(parts[0], 255.0), text.ParseComponent(parts[1], 255.0), text.ParseComponent(parts[2], 255.0));
  }
  if (IsNumber(word, ignored))
  {
    const double gray = text.ParseComponent(word, 255.0);
    return Colormap::MakeColor(gray, gray, gray);
  }
  return word.front() == '#' ? ParseHexadecimalColor(text, word) : ParseNamedColor(text, word);
}

/** The words of a line, without a label and a mark of where to annotate. */
std::vector<std::string>
GetWords(const ColormapText & text)
{
  auto words = SplitAtWhiteSpace(text.GetLine().substr(0, text.GetLine().find(';')));
  if (words.size() > 2 && (words.back() == "L" || words.back() == "U" || words.back() == "B"))
  {
    words.pop_back();
  }
  return words;
}

Slice
ParseSlice(const ColormapText & text, const std::vector<std::string> & words)
{
  if (words.size() != 4 && words.size() != 8)
  {
    text.Throw("'" + text.GetLine() +
               "' is no slice: expected are a value and its colour, the next value and its colour" +
               (words.size() == 2 ? "; categorical tables cannot be read." : "."));
  }
  const auto  middle = words.begin() + static_cast<std::ptrdiff_t>(words.size() / 2);
  const Slice slice{ text.ParseNumber(words.front()),
                     ParseColor(text, { words.begin() + 1, middle }),
                     text.ParseNumber(*middle),
                     ParseColor(text, { middle + 1, words.end() }) };
  if (!(slice.m_Low < slice.m_High))
  {
    text.Throw("the slice goes from " + words.front() + " to " + *middle + ": values must ascend.");
  }
  return slice;
}

/** Takes from a comment what changes the meaning of the lines to come. */
void
ParseComment(const ColormapText & text, ColormapFileContents & contents)
{
  const auto & line = text.GetLine();
  const auto   sides = SplitAt(line, '=');
  const auto   value = sides.size() < 2 ? "" : sides[1].substr(sides[1].rfind('+', 0) == 0 ? 1 : 0);
  if (line.find("COLOR_MODEL") != std::string::npos && itksys::SystemTools::LowerCase(value) != "rgb")
  {
    text.Throw("the COLOR_MODEL is " + value + ": allowed is RGB; gmt makecpt -Fr converts it.");
  }
  if (line.find("HARD_HINGE") != std::string::npos || line.find("SOFT_HINGE") != std::string::npos)
  {
    text.Throw("a table with a hinge cannot be read: gmt makecpt -T with limits makes one without.");
  }
  if (line.find("RANGE") != std::string::npos && sides.size() > 1)
  {
    const auto limits = SplitAt(value, '/');
    if (limits.size() != 2 || !(text.ParseNumber(limits[0]) < text.ParseNumber(limits[1])))
    {
      text.Throw("the RANGE is " + value + ": expected are two ascending values, as in -1/1.");
    }
    contents.m_Limits = { text.ParseNumber(limits[0]), text.ParseNumber(limits[1]) };
  }
}

bool
IsConstant(const Slice & slice)
{
  return slice.m_LowColor == slice.m_HighColor;
}

/** The least number of entries for which all slices begin between entries; the most that is tried if there is none. */
SizeValueType
FindNumberOfEntries(const std::vector<Slice> & slices)
{
  constexpr SizeValueType mostTried = 4096;
  const double            first = slices.front().m_Low;
  const double            range = slices.back().m_High - first;
  const auto              fits = [&](SizeValueType n) {
    return std::all_of(slices.begin(), slices.end(), [&](const Slice & slice) {
      const double entry = (slice.m_Low - first) / range * static_cast<double>(n);
      return std::fabs(entry - std::round(entry)) < 1e-3;
    });
  };
  SizeValueType n = slices.size();
  while (n < mostTried && !fits(n))
  {
    ++n;
  }
  return n;
}

/** Each entry has the colour at its centre. */
Colormap::TableType
MakeTable(const std::vector<Slice> & slices)
{
  Colormap::TableType table(FindNumberOfEntries(slices));
  const double        first = slices.front().m_Low;
  const double        step = (slices.back().m_High - first) / static_cast<double>(table.size());
  auto                slice = slices.begin();
  for (SizeValueType k = 0; k < table.size(); ++k)
  {
    const double centre = first + (static_cast<double>(k) + 0.5) * step;
    while (slice + 1 != slices.end() && (slice + 1)->m_Low < centre)
    {
      ++slice;
    }
    table[k] = slice->m_LowColor;
  }
  return table;
}

void
AddPoints(const std::vector<Slice> & slices, ColormapFileContents & contents)
{
  for (const auto & slice : slices)
  {
    if (contents.m_Colors.empty() || contents.m_Colors.back() != slice.m_LowColor)
    {
      contents.m_Positions.push_back(slice.m_Low);
      contents.m_Colors.push_back(slice.m_LowColor);
    }
    contents.m_Positions.push_back(slice.m_High);
    contents.m_Colors.push_back(slice.m_HighColor);
  }
}

/** Takes a line of the colour below (B), above (F) or of no value (N); false if it is none. */
bool
ParseSpecialColor(const ColormapText & text, const std::vector<std::string> & words, ColormapFileContents & contents)
{
  const std::map<std::string, std::optional<Colormap::ColorType> *> colors{ { "B", &contents.m_Under },
                                                                            { "F", &contents.m_Over },
                                                                            { "N", &contents.m_Bad } };
  const auto                                                        found = colors.find(words.front());
  if (found == colors.end())
  {
    return false;
  }
  if (words.size() != 2 && words.size() != 4)
  {
    text.Throw("'" + text.GetLine() + "' is no colour: expected is " + words.front() + " and a colour.");
  }
  *found->second = ParseColor(text, { words.begin() + 1, words.end() });
  return true;
}

void
AddSlice(const ColormapText & text, const Slice & slice, std::vector<Slice> & slices)
{
  if (!slices.empty() && slices.back().m_High != slice.m_Low)
  {
    text.Throw("the slice begins at " + FormatShortest(slice.m_Low) + ", but the one before ends at " +
               FormatShortest(slices.back().m_High) + ": slices must join.");
  }
  slices.push_back(slice);
}

std::string
FormatSpecialColor(const std::string &         fileName,
                   char                        letter,
                   const Colormap::ColorType & color,
                   const std::string &         what)
{
  RequireOpaque(fileName, color, what);
  return letter + ('\t' + FormatRGB(color, "/")) + '\n';
}
} // namespace


ColormapFileContents
ReadColormapGMT(const std::string & fileName, const std::string & bytes, const ColormapFileOptions &)
{
  ColormapFileContents contents;
  std::vector<Slice>   slices;
  for (ColormapText text(fileName, bytes); text.NextLine();)
  {
    if (text.GetLine().front() == '#')
    {
      ParseComment(text, contents);
      continue;
    }
    const auto words = GetWords(text);
    if (words.empty())
    {
      continue;
    }
    if (!ParseSpecialColor(text, words, contents))
    {
      AddSlice(text, ParseSlice(text, words), slices);
    }
  }
  if (slices.empty())
  {
    ThrowColormapFileError(fileName, "there is no slice of colours.");
  }
  contents.m_Limits = contents.m_Limits.value_or(std::pair(slices.front().m_Low, slices.back().m_High));
  if (std::all_of(slices.begin(), slices.end(), IsConstant))
  {
    contents.m_Colors = MakeTable(slices);
  }
  else
  {
    AddPoints(slices, contents);
  }
  return contents;
}


std::string
WriteColormapGMT(const std::string & fileName, const ColormapFileContents & contents, const ColormapFileOptions &)
{
  const auto & colors = contents.m_Colors;
  const auto   number = static_cast<double>(colors.size());
  const auto   limits = contents.m_Limits.value_or(std::pair(0.0, 1.0));
  const auto   getValue = [&](SizeValueType i) {
    return i == colors.size() ? limits.second
                                : limits.first + static_cast<double>(i) / number * (limits.second - limits.first);
  };
  std::string text = "# COLOR_MODEL = RGB\n";
  for (SizeValueType i = 0; i < colors.size(); ++i)
  {
    RequireOpaque(fileName, colors[i], "an entry");
    if (!(getValue(i) < getValue(i + 1)))
    {
      ThrowColormapFileError(fileName,
                             "between " + FormatShortest(limits.first) + " and " + FormatShortest(limits.second) +
                               " there is no room for " + std::to_string(colors.size()) +
                               " slices of values: give other limits, or a colormap of fewer entries.");
    }
    const auto color = '\t' + FormatRGB(colors[i], "/");
    text += FormatShortest(getValue(i)) + color + '\t' + FormatShortest(getValue(i + 1)) + color + '\n';
  }
  text += FormatSpecialColor(fileName, 'B', *contents.m_Under, "the under colour") +
          FormatSpecialColor(fileName, 'F', *contents.m_Over, "the over colour");
  return *contents.m_Bad == Colormap::MakeColor(0.0, 0.0, 0.0, 0.0)
           ? text
           : text + FormatSpecialColor(fileName, 'N', *contents.m_Bad, "the bad colour");
}
} // namespace itk
