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
#include "itksys/SystemTools.hxx"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace itk
{
namespace
{
constexpr SizeValueType absent = static_cast<SizeValueType>(-1);

/** Which field of a row is what. */
struct Columns
{
  SizeValueType                m_Index{ absent };
  std::array<SizeValueType, 4> m_Components{ absent, absent, absent, absent };
};

struct Row
{
  SizeValueType            m_Line;
  std::vector<std::string> m_Fields;
};

/** The rows that are no comments, all with as many fields as the first. */
std::vector<Row>
ReadRows(ColormapText & text)
{
  std::vector<Row> rows;
  while (text.NextLine())
  {
    if (text.GetLine().front() == '#')
    {
      continue;
    }
    rows.push_back({ text.GetIndex(), text.GetFields() });
    const auto number = rows.back().m_Fields.size();
    const auto expected = rows.front().m_Fields.size();
    if (number != expected)
    {
      text.Throw("there are " + std::to_string(number) + " fields, but " + std::to_string(expected) +
                 " in the first row.");
    }
  }
  return rows;
}

/** A header has names only, which are no numbers. */
bool
IsHeader(const Row & row)
{
  double ignored;
  return std::none_of(
    row.m_Fields.begin(), row.m_Fields.end(), [&](const std::string & field) { return IsNumber(field, ignored); });
}

Columns
ParseHeader(const ColormapText & text, const Row & header)
{
  static const std::map<std::string, SizeValueType> components{ { "red", 0 },     { "r", 0 },     { "rgb_r", 0 },
                                                                { "green", 1 },   { "g", 1 },     { "rgb_g", 1 },
                                                                { "blue", 2 },    { "b", 2 },     { "rgb_b", 2 },
                                                                { "opacity", 3 }, { "alpha", 3 }, { "a", 3 } };
  static const std::set<std::string>                indices{ "index", "entry", "value", "scalar", "position", "x" };
  Columns                                           columns;
  for (SizeValueType i = 0; i < header.m_Fields.size(); ++i)
  {
    const auto name = itksys::SystemTools::LowerCase(header.m_Fields[i]);
    const auto component = components.find(name);
    if (component == components.end() && indices.count(name) == 0)
    {
      text.Throw("the column '" + header.m_Fields[i] + "' is unknown: known are index, red, green, blue and opacity.");
    }
    (component == components.end() ? columns.m_Index : columns.m_Components[component->second]) = i;
  }
  if (std::find(columns.m_Components.begin(), columns.m_Components.begin() + 3, absent) !=
      columns.m_Components.begin() + 3)
  {
    text.Throw("a column is missing: red, green and blue are needed.");
  }
  return columns;
}

Columns
GuessColumns(const ColormapText & text, SizeValueType number)
{
  switch (number)
  {
    case 3:
      return { absent, { 0, 1, 2, absent } };
    case 4:
      return { 0, { 1, 2, 3, absent } };
    case 5:
      return { 0, { 1, 2, 3, 4 } };
    default:
      text.Throw("there are " + std::to_string(number) +
                 " fields: without a header, three are red, green and blue, four an index before these, five an "
                 "opacity after them, too.");
  }
}

/** What a component of full strength is: 1 if one is written as a decimal, 255 if all are integers. */
unsigned int
FindMaximum(ColormapText & text, const std::string & fileName, const std::vector<Row> & rows, const Columns & columns)
{
  bool   hasDecimal = false;
  double greatest = 0.0;
  for (const auto & row : rows)
  {
    text.GoTo(row.m_Line);
    for (const auto c : columns.m_Components)
    {
      if (c != absent)
      {
        hasDecimal |= row.m_Fields[c].find_first_of(".eE") != std::string::npos;
        greatest = std::max(greatest, text.ParseNumber(row.m_Fields[c]));
      }
    }
  }
  if (!hasDecimal && greatest <= 1.0)
  {
    ThrowColormapFileError(
      fileName, "each component is 0 or 1, which may be of 1 or of 255: set ComponentMaximum, or write 1.0 for 1.");
  }
  return hasDecimal ? 1 : 255;
}

Colormap::ColorType
ParseColor(const ColormapText & text, const Row & row, const Columns & columns, unsigned int maximum)
{
  auto color = Colormap::MakeColor(0.0, 0.0, 0.0);
  for (unsigned int c = 0; c < 4; ++c)
  {
    if (columns.m_Components[c] != absent)
    {
      color[c] = text.ParseComponent(row.m_Fields[columns.m_Components[c]], maximum);
    }
  }
  return color;
}

/** Throws unless the indices ascend evenly, so that they say no more than the order of the rows. */
void
VerifyIndices(ColormapText & text, const std::vector<Row> & rows, const Columns & columns)
{
  std::vector<double> indices;
  for (const auto & row : rows)
  {
    text.GoTo(row.m_Line);
    indices.push_back(text.ParseNumber(row.m_Fields[columns.m_Index]));
  }
  const double step = (indices.back() - indices.front()) / static_cast<double>(indices.size() - 1);
  for (SizeValueType i = 1; i < rows.size(); ++i)
  {
    // Those from 0 to 1 are often written with few digits.
    if (!(std::fabs(indices[i] - (indices[0] + static_cast<double>(i) * step)) <= 0.1 * step))
    {
      text.GoTo(rows[i].m_Line);
      text.Throw("the index " + rows[i].m_Fields[columns.m_Index] +
                 " is out of line: the indices of a table must ascend evenly.");
    }
  }
}

std::string
FormatDecimal(double number)
{
  const auto text = FormatShortest(number);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string
FormatRow(const std::string & index, const Colormap::ColorType & color)
{
  std::string row = index;
  for (unsigned int c = 0; c < 4; ++c)
  {
    row += ',' + FormatDecimal(color[c]);
  }
  return row + '\n';
}
} // namespace


ColormapFileContents
ReadColormapCSV(const std::string & fileName, const std::string & bytes, const ColormapFileOptions & options)
{
  ColormapText text(fileName, bytes);
  auto         rows = ReadRows(text);
  if (rows.empty())
  {
    ThrowColormapFileError(fileName, "there is no row of numbers.");
  }
  text.GoTo(rows.front().m_Line);
  const bool hasHeader = IsHeader(rows.front());
  const auto columns = hasHeader ? ParseHeader(text, rows.front()) : GuessColumns(text, rows.front().m_Fields.size());
  rows.erase(rows.begin(), rows.begin() + (hasHeader ? 1 : 0));

  const auto maximum =
    options.m_ComponentMaximum == 0 ? FindMaximum(text, fileName, rows, columns) : options.m_ComponentMaximum;
  ColormapFileContents contents;
  std::vector<Row>     rowsOfEntries;
  for (const auto & row : rows)
  {
    text.GoTo(row.m_Line);
    const auto        color = ParseColor(text, row, columns, maximum);
    const std::string index = columns.m_Index == absent ? "" : row.m_Fields[columns.m_Index];
    if (index == "under")
    {
      contents.m_Under = color;
    }
    else if (index == "over")
    {
      contents.m_Over = color;
    }
    else if (index == "bad")
    {
      contents.m_Bad = color;
    }
    else
    {
      contents.m_Colors.push_back(color);
      rowsOfEntries.push_back(row);
    }
  }
  if (columns.m_Index != absent && rowsOfEntries.size() > 1)
  {
    VerifyIndices(text, rowsOfEntries, columns);
  }
  return contents;
}


std::string
WriteColormapCSV(const std::string &, const ColormapFileContents & contents, const ColormapFileOptions &)
{
  std::string text = "index,red,green,blue,opacity\n";
  for (SizeValueType i = 0; i < contents.m_Colors.size(); ++i)
  {
    text += FormatRow(std::to_string(i), contents.m_Colors[i]);
  }
  return text + FormatRow("under", *contents.m_Under) + FormatRow("over", *contents.m_Over) +
         FormatRow("bad", *contents.m_Bad);
}
} // namespace itk
