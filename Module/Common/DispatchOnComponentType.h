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
#ifndef DispatchOnComponentType_h
#define DispatchOnComponentType_h

#include "itkImageIOBase.h"

#include <stdexcept>
#include <string>
#include <utility>

namespace IntensityMapping
{
/** Calls `function` with a zero of the C++ type that a component type stands for: integers of 8, 16 and 32 bits, float
 * and double. Throws, naming the type, if it is another.
 *
 * \code
 * DispatchOnComponentType(image.componentType, [&](auto zero) { Run<decltype(zero)>(image); });
 * \endcode */
template <typename TFunction>
void
DispatchOnComponentType(itk::IOComponentEnum componentType, TFunction && function)
{
  switch (componentType)
  {
    case itk::IOComponentEnum::UCHAR:
      return function(static_cast<unsigned char>(0));
    case itk::IOComponentEnum::CHAR:
      return function(static_cast<signed char>(0));
    case itk::IOComponentEnum::USHORT:
      return function(static_cast<unsigned short>(0));
    case itk::IOComponentEnum::SHORT:
      return function(static_cast<short>(0));
    case itk::IOComponentEnum::UINT:
      return function(0U);
    case itk::IOComponentEnum::INT:
      return function(0);
    case itk::IOComponentEnum::FLOAT:
      return function(0.0F);
    case itk::IOComponentEnum::DOUBLE:
      return function(0.0);
    default:
      throw std::runtime_error("Pixels of type " + itk::ImageIOBase::GetComponentTypeAsString(componentType) +
                               " are not supported: convert them to integers of 8, 16 or 32 bits, float or double.");
  }
}
} // namespace IntensityMapping

#endif
