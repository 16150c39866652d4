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
#ifndef itkRuler_h
#define itkRuler_h

#include "itkDataObject.h"
#include "itkObjectFactory.h"
#include "itkProcessObject.h"
#include "IntensityMappingExport.h"

namespace itk
{
/** \class Ruler
 * \brief A small object that maps one value to another and, where it can, back.
 *
 * A ruler knows no image, no region and no thread. It maps whole spans of values, so that no virtual call is made per
 * pixel. It is a DataObject, because some rulers are learned from data by a sink (a process object) and are then
 * inputs of a filter like any other. It must not be modified while a pipeline runs.
 *
 * A filter and the sink that learns its ruler usually share one reader. If the sink ran after regions were negotiated,
 * it would leave the shared reader with the sink's own last piece buffered, and the filter would read the wrong pixels.
 * A filter with rulers among its inputs therefore calls UpdateInputsOf() first thing in its
 * `GenerateOutputInformation()`, and VerifyInputsOf() in its `VerifyPreconditions()`.
 *
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT Ruler : public DataObject
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(Ruler);

  using Self = Ruler;
  using Superclass = DataObject;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkTypeMacro(Ruler, DataObject);

  /** Throws an ExceptionObject, saying what was given and what is allowed, unless the parameters can be used. */
  virtual void
  Verify() const = 0;

  /** Brings the rulers among the inputs of a filter up to date, by running the sinks that learn them. */
  static void
  UpdateInputsOf(ProcessObject & filter);

  /** Verifies those rulers among the inputs of a filter that no sink has yet to learn. */
  static void
  VerifyInputsOf(const ProcessObject & filter);

protected:
  Ruler() = default;
  ~Ruler() override = default;
};
} // namespace itk

#endif
