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
#ifndef itkNearNames_h
#define itkNearNames_h

#include "IntensityMappingExport.h"

#include <string>
#include <vector>

namespace itk
{
/** The candidates that are spelled nearly like `name`, the nearest first, for an error message that helps: those that
 * can be reached by few insertions, deletions, replacements or exchanges of neighbouring letters, whatever their case,
 * and those that begin with `name`. At most five. Where one letter is all that is wrong, only those count. */
IntensityMapping_EXPORT std::vector<std::string>
                        GetNearNames(const std::string & name, const std::vector<std::string> & candidates);

/** "Unknown <what> '<name>': did you mean <near>, <near> or <near>? There are: <all candidates>." in one line. */
IntensityMapping_EXPORT std::string
DescribeUnknownName(const std::string & what, const std::string & name, const std::vector<std::string> & candidates);
} // namespace itk

#endif
