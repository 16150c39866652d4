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

#include "itkMacro.h"
#include "itksys/SystemTools.hxx"

#include <algorithm>

namespace itk
{
const std::vector<ColormapFormat> &
GetColormapFormats()
{
  static const std::vector<ColormapFormat> formats{
    { ".csv", "comma-separated values", ReadColormapCSV, WriteColormapCSV },
    { ".txt", "rows of numbers", ReadColormapCSV, WriteColormapCSV },
    { ".lut", "ImageJ", ReadColormapImageJ, WriteColormapImageJ },
    { ".gpl", "GIMP", ReadColormapGIMP, WriteColormapGIMP },
    { ".cpt", "GMT", ReadColormapGMT, WriteColormapGMT },
    { ".json", "ParaView", ReadColormapParaView, WriteColormapParaView },
    { ".ctbl", "3D Slicer", ReadColormapSlicer, WriteColormapSlicer },
  };
  return formats;
}


const ColormapFormat &
FindColormapFormat(const std::string & fileName)
{
  const auto & formats = GetColormapFormats();
  const auto   extension = itksys::SystemTools::LowerCase(itksys::SystemTools::GetFilenameLastExtension(fileName));
  const auto   found = std::find_if(
    formats.begin(), formats.end(), [&](const ColormapFormat & format) { return extension == format.m_Extension; });
  if (found == formats.end())
  {
    std::string known;
    for (const auto & format : formats)
    {
      known += std::string(known.empty() ? "" : ", ") + format.m_Extension + " (" + format.m_Description + ")";
    }
    itkGenericExceptionMacro(<< "The ending of '" << fileName << "' is of no format of colormaps. Known are " << known
                             << ".");
  }
  return *found;
}
} // namespace itk
