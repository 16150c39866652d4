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
#ifndef FileNames_h
#define FileNames_h

#include <string>
#include <vector>

namespace IntensityMapping
{
/** Whether `first` comes before `second` for a person: runs of digits are compared as numbers, so that frame2 comes
 * before frame10. */
bool
ComesBefore(const std::string & first, const std::string & second);

/** The names of the files that are meant, in the order of the arguments. The name of an existing file stays as it is; a
 * pattern with *, ? or [..] becomes the files that match it, in the order of ComesBefore(), hidden ones left out.
 * Throws if a file does not exist or a pattern matches nothing. */
std::vector<std::string>
ExpandFileNames(const std::vector<std::string> & patterns);

/** Throws if two of the outputs, or an output and an input, are the same file. Empty names are left out. */
void
VerifyOutputsAreDistinct(const std::vector<std::string> & inputs, const std::vector<std::string> & outputs);
} // namespace IntensityMapping

#endif
