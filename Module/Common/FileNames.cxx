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
#include "FileNames.h"

#include "itksys/Glob.hxx"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <stdexcept>

namespace fs = std::filesystem;

namespace IntensityMapping
{
namespace
{
bool
IsDigit(char letter)
{
  return std::isdigit(static_cast<unsigned char>(letter)) != 0;
}

// The number that begins at `position`, without leading zeros, and the position after it.
std::string
TakeNumber(const std::string & text, std::size_t & position)
{
  const std::size_t end = std::min(text.find_first_not_of("0123456789", position), text.size());
  const std::size_t begin = std::min(text.find_first_not_of('0', position), end);
  position = end;
  return text.substr(begin, end - begin);
}

bool
IsHidden(const fs::path & path)
{
  return path.filename().string().compare(0, 1, ".") == 0;
}

std::vector<std::string>
ExpandPattern(const std::string & pattern)
{
  itksys::Glob glob;
  glob.FindFiles(pattern);
  std::vector<std::string> names;
  for (const std::string & name : glob.GetFiles())
  {
    if (!fs::is_directory(name) && (!IsHidden(name) || IsHidden(pattern)))
    {
      names.push_back(name);
    }
  }
  if (names.empty())
  {
    throw std::runtime_error("No file matches '" + pattern + "'.");
  }
  std::sort(names.begin(), names.end(), ComesBefore);
  return names;
}
} // namespace

bool
ComesBefore(const std::string & first, const std::string & second)
{
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < first.size() && j < second.size())
  {
    if (IsDigit(first[i]) && IsDigit(second[j]))
    {
      const std::string a = TakeNumber(first, i);
      const std::string b = TakeNumber(second, j);
      if (a != b)
      {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
      }
    }
    else if (first[i] != second[j])
    {
      return first[i] < second[j];
    }
    else
    {
      ++i;
      ++j;
    }
  }
  // Names that differ only in leading zeros still need an order.
  const bool bothEnd = i == first.size() && j == second.size();
  return bothEnd ? first < second : i == first.size();
}

std::vector<std::string>
ExpandFileNames(const std::vector<std::string> & patterns)
{
  std::vector<std::string> names;
  for (const std::string & pattern : patterns)
  {
    if (fs::exists(pattern))
    {
      names.push_back(pattern);
    }
    else if (pattern.find_first_of("*?[") == std::string::npos)
    {
      throw std::runtime_error("There is no file '" + pattern + "'.");
    }
    else
    {
      const std::vector<std::string> matches = ExpandPattern(pattern);
      names.insert(names.end(), matches.begin(), matches.end());
    }
  }
  return names;
}

void
VerifyOutputsAreDistinct(const std::vector<std::string> & inputs, const std::vector<std::string> & outputs)
{
  std::vector<fs::path> taken;
  taken.reserve(inputs.size() + outputs.size());
  for (const std::string & input : inputs)
  {
    taken.push_back(fs::weakly_canonical(input));
  }
  for (const std::string & output : outputs)
  {
    if (output.empty())
    {
      continue;
    }
    const fs::path path = fs::weakly_canonical(output);
    const auto     found = std::find(taken.begin(), taken.end(), path);
    if (found != taken.end())
    {
      const bool isInput = static_cast<std::size_t>(found - taken.begin()) < inputs.size();
      throw std::runtime_error("The output '" + output + "' is " + (isInput ? "an input, too" : "given twice") +
                               ": give it another name.");
    }
    taken.push_back(path);
  }
}
} // namespace IntensityMapping
