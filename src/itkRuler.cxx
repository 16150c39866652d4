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
#include "itkRuler.h"

namespace itk
{
void
Ruler::UpdateInputsOf(ProcessObject & filter)
{
  for (const auto & input : filter.GetInputs())
  {
    if (auto * ruler = dynamic_cast<Self *>(input.GetPointer()))
    {
      ruler->Update();
    }
  }
}


void
Ruler::VerifyInputsOf(const ProcessObject & filter)
{
  // ProcessObject offers the list of inputs to non-const callers only.
  for (const auto & input : const_cast<ProcessObject &>(filter).GetInputs())
  {
    const auto * ruler = dynamic_cast<const Self *>(input.GetPointer());
    if (ruler != nullptr && ruler->GetSource() == nullptr)
    {
      ruler->Verify();
    }
  }
}
} // namespace itk
