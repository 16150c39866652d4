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
#include "RunTool.h"

#include "ImageFormats.h"

#include "itkMacro.h"
#include "itkObject.h"

#include <cstdlib>
#include <iostream>
#include <new>
#include <sstream>
#include <stdexcept>

namespace IntensityMapping
{
namespace
{
int
Fail(const std::string & name, const std::string & message)
{
  std::cerr << name << ": error: " << CleanMessage(message) << std::endl;
  return EXIT_FAILURE;
}
// ITK's warnings speak of its classes to programmers, not of files to people. 3D Slicer gets its own setting back.
class QuietToolkit
{
public:
  QuietToolkit()
    : m_WasShown(itk::Object::GetGlobalWarningDisplay())
  {
    itk::Object::GlobalWarningDisplayOff();
  }

  ~QuietToolkit()
  {
    itk::Object::SetGlobalWarningDisplay(m_WasShown);
  }

  QuietToolkit(const QuietToolkit &) = delete;
  QuietToolkit &
  operator=(const QuietToolkit &) = delete;

private:
  bool m_WasShown;
};
} // namespace

std::string
CleanMessage(const std::string & message)
{
  std::istringstream words(message);
  std::string        line;
  for (std::string word; words >> word;)
  {
    line += (line.empty() ? "" : " ") + word;
  }
  for (const std::string prefix : { "itk::ERROR: ", "ITK ERROR: " })
  {
    if (line.compare(0, prefix.size(), prefix) == 0)
    {
      line.erase(0, prefix.size());
      // "Class(0x55d0c8a0): " has no space but at its end.
      const auto end = line.find("): ");
      if (end != std::string::npos && line.find(' ') == end + 2 && line.find("(0x") < end)
      {
        line.erase(0, end + 3);
      }
    }
  }
  return line;
}

int
RunTool(const std::string & name, const std::function<void()> & function)
{
  const QuietToolkit quiet;
  try
  {
    RegisterImageFormats();
    function();
    if (!std::cout.flush())
    {
      throw std::runtime_error("The standard output could not be written: is its disk full?");
    }
    return EXIT_SUCCESS;
  }
  catch (const itk::ExceptionObject & error)
  {
    return Fail(name, error.GetDescription());
  }
  catch (const std::bad_alloc &)
  {
    return Fail(name, "There is not enough memory: give a smaller image, or let less of it be held at a time.");
  }
  catch (const std::exception & error)
  {
    return Fail(name, error.what());
  }
}
} // namespace IntensityMapping
