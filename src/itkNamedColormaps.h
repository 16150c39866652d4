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
#ifndef itkNamedColormaps_h
#define itkNamedColormaps_h

#include "itkColormap.h"

namespace itk
{
/** What there is to say about a named colormap. */
struct NamedColormapDescription
{
  std::string m_Category;
  std::string m_Source;
  std::string m_License;
};

/** The names of the colormaps that come with the module, in alphabetical order, without their reversed forms. */
std::vector<std::string>
GetNamedColormaps();

/** Throws if there is no colormap of that name. */
NamedColormapDescription
DescribeNamedColormap(const std::string & name);

/** The table of a named colormap with `numberOfEntries` entries, or as many as it is published with if that is 0.
 * Throws if there is no colormap of that name. */
Colormap::TableType
MakeNamedColormapTable(const std::string & name, SizeValueType numberOfEntries);
} // namespace itk

#endif
