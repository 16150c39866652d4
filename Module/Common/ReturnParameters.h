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
#ifndef ReturnParameters_h
#define ReturnParameters_h

#include "OutputFile.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace IntensityMapping
{
/** \class ReturnParameterFile
 * \brief The file in which 3D Slicer looks for what a tool found, a line "name = number" each. */
class ReturnParameterFile
{
public:
  /** Does nothing if the name is empty. Throws if there cannot be such a file. */
  explicit ReturnParameterFile(const std::string & fileName);

  /** Throws if the file cannot be written whole. */
  void
  Write(const std::vector<std::pair<std::string, double>> & parameters);

private:
  std::optional<OutputFile> m_File;
};
} // namespace IntensityMapping

#endif
