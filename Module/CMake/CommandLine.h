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
#ifndef CommandLine_h
#define CommandLine_h

#include "ModuleProcessInformation.h"

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace IntensityMapping
{
/** \class CommandLine
 * \brief Parses a command line that a SlicerExecutionModel XML file describes; for the headers that GenerateCLP.py
 * makes.
 *
 * Whatever is wrong is said in one line on the standard error.
 */
class CommandLine
{
public:
  CommandLine(const CommandLine &) = delete;
  CommandLine &
  operator=(const CommandLine &) = delete;

  /** One parameter of the XML file. It is positional if it has neither flag. */
  struct Parameter
  {
    std::string              name;
    std::string              flag;
    std::string              longFlag;
    std::string              type;
    std::string              description;
    std::string              defaultText;
    std::vector<std::string> choices;
    double                   minimum{ -std::numeric_limits<double>::infinity() };
    double                   maximum{ std::numeric_limits<double>::infinity() };
    bool                     multiple{ false };
  };

  CommandLine(std::string name, const std::string & description, std::string version, std::string xml);
  ~CommandLine();

  /** The parameters that follow belong to the group with this label. */
  void
  BeginGroup(const std::string & label);

  /** A switch. */
  void
  Add(bool & variable, const Parameter & parameter);

  /** A parameter with a value: std::string, int, float, double, or a std::vector of them, which takes values separated
   * by commas; if the parameter is `multiple`, a std::vector of any of these, to which each use appends. The variable
   * keeps its value unless the parameter is given. */
  template <typename T>
  void
  Add(T & variable, const Parameter & parameter);

  /** Returns the exit code if there is nothing left to do: help was asked for, or something is wrong. */
  std::optional<int>
  Parse(int argc, char * argv[]);

  /** Where simple results are to be written, and the caller's ModuleProcessInformation; empty and null if not given. */
  std::string                returnParameterFile;
  ModuleProcessInformation * processInformation{ nullptr };

private:
  using Texts = std::vector<std::string>;

  void
  AddTexts(const Parameter & parameter, std::function<void(const Texts &)> assign);

  void
  AddGeneralOptions();

  std::string
  DescribeExtra(const std::string & argument) const;

  std::optional<int>
  Fail(const std::string & failure) const;

  struct Implementation;
  std::unique_ptr<Implementation> m_Implementation;
};
} // namespace IntensityMapping

#endif
