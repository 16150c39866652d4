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
#ifndef itkVerifyRegions_h
#define itkVerifyRegions_h

#include "itkProcessObject.h"

namespace itk
{
/** Throws an ExceptionObject in the name of a filter unless its image has pixels. */
template <typename TImage>
void
VerifyHasPixels(const ProcessObject & filter, const TImage & image)
{
  const auto & region = image.GetLargestPossibleRegion();
  if (region.GetNumberOfPixels() == 0)
  {
    itkGenericExceptionMacro(<< filter.GetNameOfClass() << '(' << &filter << "): The image has size "
                             << region.GetSize() << ": an image without pixels tells nothing.");
  }
}

/** Throws an ExceptionObject in the name of a filter if there is another image, such as a mask, and it has not the
 * image's region. */
template <typename TImage, typename TOtherImage>
void
VerifySameRegion(const ProcessObject & filter,
                 const TImage &        image,
                 const char *          nameOfOther,
                 const TOtherImage *   other)
{
  const auto & region = image.GetLargestPossibleRegion();
  if (other != nullptr && other->GetLargestPossibleRegion() != region)
  {
    const auto & given = other->GetLargestPossibleRegion();
    itkGenericExceptionMacro(<< filter.GetNameOfClass() << '(' << &filter << "): The " << nameOfOther << " has size "
                             << given.GetSize() << " and index " << given.GetIndex()
                             << ": it must have the image's size " << region.GetSize() << " and index "
                             << region.GetIndex() << '.');
  }
}
} // namespace itk

#endif
