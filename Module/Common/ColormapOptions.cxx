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
#include "ColormapOptions.h"

#include "itkColormapFileReader.h"

#include "itksys/SystemTools.hxx"

#include <algorithm>
#include <stdexcept>

namespace IntensityMapping
{
namespace
{
itk::Colormap::ColorType
ParseColor(const std::string & option, const std::vector<double> & components)
{
  const bool isColor = (components.size() == 3 || components.size() == 4) &&
                       std::all_of(components.begin(), components.end(), [](double c) { return c >= 0.0 && c <= 1.0; });
  if (!isColor)
  {
    throw std::runtime_error("--" + option + " takes three or four numbers from 0 to 1, separated by commas: red, " +
                             "green, blue and, if wanted, opacity. 1,0,1 is magenta.");
  }
  return itk::Colormap::MakeColor(
    components[0], components[1], components[2], components.size() == 4 ? components[3] : 1.0);
}

LoadedColormap
ReadOrFindColormap(const ColormapOptions & options)
{
  const auto        numberOfEntries = static_cast<itk::SizeValueType>(options.entries);
  const std::string file = GetColormapFile(options);
  if (file.empty())
  {
    LoadedColormap named{ itk::Colormap::New(), nullptr };
    named.colormap->SetName(options.colormap, numberOfEntries);
    return named;
  }
  const auto reader = itk::ColormapFileReader::New();
  reader->SetFileName(file);
  reader->SetNumberOfEntries(numberOfEntries);
  reader->Update();
  return { reader->GetModifiableColormap(), reader->GetModifiableNormalization() };
}
} // namespace

std::string
GetColormapFile(const ColormapOptions & options)
{
  using Tools = itksys::SystemTools;
  const auto & name = options.colormap;
  const auto   extensions = itk::ColormapFileReader::GetExtensions();
  const auto   extension = Tools::LowerCase(Tools::GetFilenameLastExtension(name));
  const bool   isKnown = std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
  return isKnown || name.find('/') != std::string::npos ? name : "";
}

LoadedColormap
LoadColormap(const ColormapOptions & options)
{
  LoadedColormap loaded = ReadOrFindColormap(options);
  if (!options.underColor.empty())
  {
    loaded.colormap->SetUnderColor(ParseColor("under", options.underColor));
  }
  if (!options.overColor.empty())
  {
    loaded.colormap->SetOverColor(ParseColor("over", options.overColor));
  }
  if (!options.badColor.empty())
  {
    loaded.colormap->SetBadColor(ParseColor("bad", options.badColor));
  }
  return loaded;
}
} // namespace IntensityMapping
