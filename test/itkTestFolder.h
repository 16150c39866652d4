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
#ifndef itkTestFolder_h
#define itkTestFolder_h

#include <filesystem>
#include <random>
#include <string>

namespace itk
{
/** A folder of its own for one test, removed with all its files. */
class TestFolder
{
public:
  TestFolder()
    : m_Path(std::filesystem::temp_directory_path() / ("IntensityMapping-" + std::to_string(std::random_device{}())))
  {
    std::filesystem::create_directories(m_Path);
  }

  ~TestFolder()
  {
    std::filesystem::remove_all(m_Path);
  }

  TestFolder(const TestFolder &) = delete;
  TestFolder &
  operator=(const TestFolder &) = delete;

  std::string
  GetPath(const std::string & name) const
  {
    return (m_Path / name).string();
  }

private:
  std::filesystem::path m_Path;
};
} // namespace itk

#endif
