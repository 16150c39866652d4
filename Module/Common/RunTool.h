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
#ifndef RunTool_h
#define RunTool_h

#include <functional>
#include <string>

namespace IntensityMapping
{
/** Runs what a tool does, and returns its exit code. Whatever is thrown becomes one line on the standard error,
 * "<name>: error: <what is wrong>", and the code of failure. */
int
RunTool(const std::string & name, const std::function<void()> & function);

/** The message of an exception of ITK in one line, without the class and the address it begins with. */
std::string
CleanMessage(const std::string & message);
} // namespace IntensityMapping

#endif
