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
#ifndef itkPythonExtensions_h
#define itkPythonExtensions_h

#include "itkMacro.h"

#include <cstddef>
#include <string>

namespace itk
{
/** What is said in Python of an exception: of "ITK ERROR: Colormap(0x55d0c0de): Message" it is "Colormap: Message". */
inline std::string
DescribeForPython(const ExceptionObject & error)
{
  std::string       text = error.GetDescription();
  const std::string prefix = "ITK ERROR: ";
  if (text.compare(0, prefix.size(), prefix) == 0)
  {
    text.erase(0, prefix.size());
    const auto address = text.find("(0x");
    const auto end = text.find("): ");
    if (end != std::string::npos && address < end && text.find(' ') > end)
    {
      text.erase(address, end + 1 - address);
    }
  }
  return text;
}


/** The first element of an array of Python's, which has been checked to be contiguous, of the right type and long
 * enough. */
template <typename T>
T *
AtAddress(std::size_t address)
{
  return reinterpret_cast<T *>(address);
}
} // namespace itk

#endif
