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

#ifdef IntensityMapping_USE_NLOHMANN_JSON
#  include "itkColormapSampling.h"
#  include "itkMacro.h"
#  include "itkNearNames.h"

#  include <map>
#  include <nlohmann/json.hpp>

namespace itk
{
namespace
{
using JSON = nlohmann::ordered_json;

JSON
Parse(const std::string & fileName, const std::string & bytes)
{
  try
  {
    return JSON::parse(bytes);
  }
  catch (const JSON::exception & error)
  {
    const std::string what = error.what();
    ThrowColormapFileError(fileName, "it is no valid JSON: " + what.substr(what.find(']') + 2) + ".");
  }
}

/** The numbers of an array, a multiple of `multiple` and at least one. */
std::vector<double>
GetNumbers(const std::string & fileName, const JSON & preset, const std::string & key, SizeValueType multiple)
{
  const auto & array = preset.at(key);
  const bool   isOfNumbers =
    array.is_array() && std::all_of(array.begin(), array.end(), [](const JSON & value) { return value.is_number(); });
  if (!isOfNumbers || array.empty() || array.size() % multiple != 0)
  {
    ThrowColormapFileError(
      fileName, key + " is no list of numbers whose length is a multiple of " + std::to_string(multiple) + ".");
  }
  return array.get<std::vector<double>>();
}

double
GetNumber(const std::string & fileName, const JSON & preset, const std::string & key, double absent)
{
  const auto value = preset.value(key, JSON(absent));
  if (!value.is_number() && !value.is_boolean())
  {
    ThrowColormapFileError(fileName, key + " is " + value.dump() + ": expected is a number.");
  }
  return value.is_boolean() ? value.get<bool>() : value.get<double>();
}

Colormap::ColorType
MakeColor(const std::string & fileName, const std::string & key, const double * components)
{
  for (unsigned int c = 0; c < 3; ++c)
  {
    if (components[c] < 0.0 || components[c] > 1.0)
    {
      ThrowColormapFileError(fileName,
                             "a component of a colour in " + key + " is " + FormatShortest(components[c]) +
                               ": allowed are numbers from 0 to 1.");
    }
  }
  return Colormap::MakeColor(components[0], components[1], components[2]);
}

std::optional<Colormap::ColorType>
GetColor(const std::string & fileName, const JSON & preset, const std::string & key)
{
  if (!preset.contains(key))
  {
    return std::nullopt;
  }
  const auto components = GetNumbers(fileName, preset, key, 3);
  return MakeColor(fileName, key, components.data());
}

bool
IsPreset(const JSON & value)
{
  return value.is_object() && (value.contains("RGBPoints") || value.contains("IndexedColors"));
}

std::string
GetName(const JSON & preset)
{
  const auto name = preset.find("Name");
  return name != preset.end() && name->is_string() ? name->get<std::string>() : "";
}

/** The one that is asked for by its name, or the only one. */
JSON
ChoosePreset(const std::string & fileName, const JSON & file, const std::string & name)
{
  const JSON               presets = file.is_array() ? file : JSON::array({ file });
  std::vector<std::string> names;
  for (const auto & preset : presets)
  {
    if (!IsPreset(preset))
    {
      ThrowColormapFileError(fileName, "it is no list of presets with RGBPoints or IndexedColors.");
    }
    names.push_back(GetName(preset));
  }
  if (names.empty() || (name.empty() && names.size() > 1))
  {
    ThrowColormapFileError(fileName,
                           "it has " + std::to_string(names.size()) + " presets" +
                             (names.empty() ? "." : ", as '" + names.front() + "': set PresetName to one of them."));
  }
  const auto found = name.empty() ? names.begin() : std::find(names.begin(), names.end(), name);
  if (found == names.end())
  {
    ThrowColormapFileError(fileName, DescribeUnknownName("preset", name, names));
  }
  return presets[static_cast<SizeValueType>(found - names.begin())];
}

ColorSpace
GetColorSpace(const std::string & fileName, const JSON & preset)
{
  static const std::map<std::string, ColorSpace> spaces{ { "RGB", ColorSpace::RGB },
                                                         { "HSV", ColorSpace::HSV },
                                                         { "Lab", ColorSpace::Lab },
                                                         { "CIELAB", ColorSpace::Lab },
                                                         { "Diverging", ColorSpace::Diverging },
                                                         { "Step", ColorSpace::Step } };
  const auto                                     name = preset.value("ColorSpace", JSON("RGB"));
  const auto                                     found = spaces.find(name.is_string() ? name.get<std::string>() : "");
  if (found == spaces.end())
  {
    ThrowColormapFileError(fileName,
                           "the ColorSpace is " + name.dump() + ": allowed are RGB, HSV, Lab, Diverging and Step.");
  }
  const bool wraps = GetNumber(fileName, preset, "HSVWrap", 0.0) != 0.0;
  return found->second == ColorSpace::HSV && wraps ? ColorSpace::HSVWrapped : found->second;
}

void
ReadPoints(const std::string & fileName, const JSON & preset, ColormapFileContents & contents)
{
  if (GetNumber(fileName, preset, "UseLogScale", 0.0) != 0.0)
  {
    ThrowColormapFileError(fileName, "UseLogScale is on: only linear colormaps can be read.");
  }
  const auto numbers = GetNumbers(fileName, preset, "RGBPoints", 4);
  for (SizeValueType i = 0; i < numbers.size(); i += 4)
  {
    contents.m_Positions.push_back(numbers[i]);
    contents.m_Colors.push_back(MakeColor(fileName, "RGBPoints", &numbers[i + 1]));
  }
  contents.m_Limits = { contents.m_Positions.front(), contents.m_Positions.back() };
  contents.m_ColorSpace = GetColorSpace(fileName, preset);
  const double number = GetNumber(fileName, preset, "NumberOfTableValues", 0.0);
  if (number < 0.0 || number > static_cast<double>(mostEntriesOfColormapFile))
  {
    ThrowColormapFileError(fileName,
                           "NumberOfTableValues is " + FormatShortest(number) + ": allowed are up to " +
                             std::to_string(mostEntriesOfColormapFile) + ".");
  }
  contents.m_NumberOfEntries = static_cast<SizeValueType>(number);
}

void
ReadIndexedColors(const std::string & fileName, const JSON & preset, ColormapFileContents & contents)
{
  const auto numbers = GetNumbers(fileName, preset, "IndexedColors", 3);
  for (SizeValueType i = 0; i < numbers.size(); i += 3)
  {
    contents.m_Colors.push_back(MakeColor(fileName, "IndexedColors", &numbers[i]));
  }
}

JSON
MakeArray(const Colormap::ColorType & color)
{
  return { color[0], color[1], color[2] };
}
} // namespace


ColormapFileContents
ReadColormapParaView(const std::string & fileName, const std::string & bytes, const ColormapFileOptions & options)
{
  const auto           preset = ChoosePreset(fileName, Parse(fileName, bytes), options.m_PresetName);
  ColormapFileContents contents;
  preset.contains("RGBPoints") ? ReadPoints(fileName, preset, contents) : ReadIndexedColors(fileName, preset, contents);
  if (GetNumber(fileName, preset, "UseBelowRangeColor", 0.0) != 0.0)
  {
    contents.m_Under = GetColor(fileName, preset, "BelowRangeColor");
  }
  if (GetNumber(fileName, preset, "UseAboveRangeColor", 0.0) != 0.0)
  {
    contents.m_Over = GetColor(fileName, preset, "AboveRangeColor");
  }
  contents.m_Bad = GetColor(fileName, preset, "NanColor");
  if (contents.m_Bad)
  {
    const double opacity = GetNumber(fileName, preset, "NanOpacity", 1.0);
    if (opacity < 0.0 || opacity > 1.0)
    {
      ThrowColormapFileError(fileName,
                             "NanOpacity is " + FormatShortest(opacity) + ": allowed are numbers from 0 to 1.");
    }
    (*contents.m_Bad)[3] = opacity;
  }
  return contents;
}


std::string
WriteColormapParaView(const std::string & fileName, const ColormapFileContents & contents, const ColormapFileOptions &)
{
  const auto &        colors = contents.m_Colors;
  const SizeValueType number = colors.size();
  const auto          limits = contents.m_Limits.value_or(std::pair(0.0, 1.0));
  RequireOpaque(fileName, *contents.m_Under, "the under colour");
  RequireOpaque(fileName, *contents.m_Over, "the over colour");
  for (const auto & color : colors)
  {
    RequireOpaque(fileName, color, "an entry");
  }
  // Of a single entry there are two points, without which there would be no range of values.
  const SizeValueType numberOfPoints = std::max<SizeValueType>(number, 2);
  JSON                points = JSON::array();
  for (SizeValueType i = 0; i < numberOfPoints; ++i)
  {
    const auto & color = colors[std::min(i, number - 1)];
    const double position = GetEntryPosition(i, numberOfPoints);
    points.push_back(position == 1.0 ? limits.second : limits.first + position * (limits.second - limits.first));
    points.insert(points.end(), { color[0], color[1], color[2] });
  }
  const JSON preset{ { "ColorSpace", "RGB" },
                     { "Name", contents.m_Name },
                     { "NanColor", MakeArray(*contents.m_Bad) },
                     { "NanOpacity", (*contents.m_Bad)[3] },
                     { "UseBelowRangeColor", 1 },
                     { "BelowRangeColor", MakeArray(*contents.m_Under) },
                     { "UseAboveRangeColor", 1 },
                     { "AboveRangeColor", MakeArray(*contents.m_Over) },
                     { "Discretize", 1 },
                     { "NumberOfTableValues", number },
                     { "RGBPoints", points } };
  // A name may come from that of a file, which need not be UTF-8.
  return JSON::array({ preset }).dump(2, ' ', false, JSON::error_handler_t::replace) + '\n';
}
} // namespace itk

#else

namespace itk
{
namespace
{
[[noreturn]] void
ThrowWithoutJSON(const std::string & fileName)
{
  ThrowColormapFileError(fileName,
                         "this build was made without nlohmann-json, which .json needs: build with it, or take .csv.");
}
} // namespace


ColormapFileContents
ReadColormapParaView(const std::string & fileName, const std::string &, const ColormapFileOptions &)
{
  ThrowWithoutJSON(fileName);
}


std::string
WriteColormapParaView(const std::string & fileName, const ColormapFileContents &, const ColormapFileOptions &)
{
  ThrowWithoutJSON(fileName);
}
} // namespace itk

#endif
