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
#ifndef HeaderFields_h
#define HeaderFields_h

#include <cstdint>
#include <map>
#include <string>

namespace IntensityMapping
{
/** The fields of an image's header of text, and the length of that header in bytes. */
struct HeaderFields
{
  std::map<std::string, std::string> fields;
  std::uint64_t                      length{ 0 };

  std::string
  Get(const std::string & name, const std::string & otherwise = "") const
  {
    const auto found = fields.find(name);
    return found == fields.end() ? otherwise : found->second;
  }
};
} // namespace IntensityMapping

#endif
