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
#ifndef ColormapOptions_h
#define ColormapOptions_h

#include "itkColormap.h"
#include "itkLinearNormalization.h"

#include <string>
#include <vector>

namespace IntensityMapping
{
/** What was asked for on the command line of a colormap. */
struct ColormapOptions
{
  /** A name, or a file that itk::ColormapFileReader reads. */
  std::string colormap;
  int         entries;

  /** Three or four components from 0 to 1 each; empty for what the colormap has by itself. */
  std::vector<double> underColor;
  std::vector<double> overColor;
  std::vector<double> badColor;
};

/** A colormap, and the values of its first and its last colour if it came from a file that has them. */
struct LoadedColormap
{
  itk::Colormap::Pointer            colormap;
  itk::LinearNormalization::Pointer limits;
};

/** The name of the file that a colormap is to be read from; empty if it is one of the named colormaps. */
std::string
GetColormapFile(const ColormapOptions & options);

/** Throws, in words, if there is no such colormap, its file cannot be read, or a colour is none. */
LoadedColormap
LoadColormap(const ColormapOptions & options);
} // namespace IntensityMapping

#endif
