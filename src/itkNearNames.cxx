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
#include "itkNearNames.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace itk
{
namespace
{
std::string
ToLower(std::string text)
{
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}


/** The optimal string alignment distance: the fewest insertions, deletions, replacements and exchanges of neighbours.
 */
size_t
EditDistance(const std::string & a, const std::string & b)
{
  std::vector<std::vector<size_t>> distance(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i)
  {
    for (size_t j = 0; j <= b.size(); ++j)
    {
      if (i == 0 || j == 0)
      {
        distance[i][j] = i + j;
        continue;
      }
      const size_t replacement = distance[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      distance[i][j] = std::min({ distance[i - 1][j] + 1, distance[i][j - 1] + 1, replacement });
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
      {
        distance[i][j] = std::min(distance[i][j], distance[i - 2][j - 2] + 1);
      }
    }
  }
  return distance[a.size()][b.size()];
}


std::string
Join(const std::vector<std::string> & names, const std::string & lastSeparator)
{
  std::string text;
  for (size_t i = 0; i < names.size(); ++i)
  {
    const bool last = i + 1 == names.size();
    text += (i == 0 ? "" : (last ? lastSeparator : ", ")) + names[i];
  }
  return text;
}
} // namespace


std::vector<std::string>
GetNearNames(const std::string & name, const std::vector<std::string> & candidates)
{
  constexpr size_t mostNames = 5;
  const auto       wanted = ToLower(name);
  const size_t     mostEdits = 1 + wanted.size() / 4;

  std::vector<std::pair<size_t, std::string>> near;
  for (const auto & candidate : candidates)
  {
    const auto known = ToLower(candidate);
    const auto edits = EditDistance(wanted, known);
    const bool beginsAlike = wanted.size() > 1 && known.compare(0, wanted.size(), wanted) == 0;
    if (edits <= mostEdits || beginsAlike)
    {
      near.emplace_back(edits, candidate);
    }
  }
  std::stable_sort(near.begin(), near.end(), [](const auto & a, const auto & b) { return a.first < b.first; });
  const auto isFartherThanASlip = [](const auto & entry) { return entry.first > 1; };
  const auto afterSlips = std::find_if(near.begin(), near.end(), isFartherThanASlip);
  near.erase(afterSlips == near.begin() ? near.end() : afterSlips, near.end());
  near.resize(std::min(near.size(), mostNames));

  std::vector<std::string> names;
  names.reserve(near.size());
  for (auto & entry : near)
  {
    names.push_back(std::move(entry.second));
  }
  return names;
}


std::string
DescribeUnknownName(const std::string & what, const std::string & name, const std::vector<std::string> & candidates)
{
  const auto near = GetNearNames(name, candidates);
  return "Unknown " + what + " '" + name + "'" + (near.empty() ? "." : ": did you mean " + Join(near, " or ") + "?") +
         " There are: " + Join(candidates, ", ") + ".";
}
} // namespace itk
