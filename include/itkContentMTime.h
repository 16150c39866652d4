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
#ifndef itkContentMTime_h
#define itkContentMTime_h

#include "itkDataObject.h"
#include "itkProcessObject.h"

#include <algorithm>

namespace itk
{
/** When what a data object holds was last changed: by a caller, or by a change of what makes it. Other than by
 * DataObject::GetMTime(), being made again for another region is no change.
 *
 * A filter that learns something from the whole of its input asks for this, to learn it once and not for each region of
 * the output. */
inline ModifiedTimeType
GetContentMTime(DataObject & data)
{
  const auto source = data.GetSource();
  if (source == nullptr)
  {
    return data.GetMTime();
  }
  // Making data, and releasing it, modifies a data object too; but then it is not newer than its last update.
  const bool       wasModifiedSince = data.GetMTime() > data.GetUpdateMTime() && !data.GetDataReleased();
  ModifiedTimeType time = wasModifiedSince ? data.GetMTime() : source->GetMTime();
  for (const auto & input : source->GetInputs())
  {
    time = input != nullptr ? std::max(time, GetContentMTime(*input)) : time;
  }
  return time;
}

/** The latest content of the inputs of a filter. */
inline ModifiedTimeType
GetContentMTimeOfInputs(ProcessObject & filter)
{
  ModifiedTimeType time = 0;
  for (const auto & input : filter.GetInputs())
  {
    time = input != nullptr ? std::max(time, GetContentMTime(*input)) : time;
  }
  return time;
}
} // namespace itk

#endif
