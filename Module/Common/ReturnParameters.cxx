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
#include "ReturnParameters.h"

#include <limits>
#include <sstream>

namespace IntensityMapping
{
ReturnParameterFile::ReturnParameterFile(const std::string & fileName)
{
  if (!fileName.empty())
  {
    m_File.emplace(fileName, OutputKind::Text);
  }
}

void
ReturnParameterFile::Write(const std::vector<std::pair<std::string, double>> & parameters)
{
  if (!m_File)
  {
    return;
  }
  std::ostringstream text;
  text.precision(std::numeric_limits<double>::max_digits10);
  for (const auto & parameter : parameters)
  {
    text << parameter.first << " = " << parameter.second << '\n';
  }
  m_File->WriteText(text.str());
  m_File->Commit();
}
} // namespace IntensityMapping
