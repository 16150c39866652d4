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
#ifndef itkFrames_h
#define itkFrames_h

#include "itkImageAlgorithm.h"
#include "itkImageBase.h"
#include "itkProcessObject.h"

#include <algorithm>

namespace itk
{
/** What stands in place of an axis along which frames lie if the whole image is one. */
constexpr int WholeImageAxis = -1;

/** Throws an ExceptionObject in the name of a filter unless its FrameAxis is one of an image, or WholeImageAxis. */
template <unsigned int VDimension>
void
VerifyFrameAxis(const ProcessObject & filter, int axis)
{
  if (axis < WholeImageAxis || axis >= static_cast<int>(VDimension))
  {
    itkGenericExceptionMacro(<< filter.GetNameOfClass() << '(' << &filter << "): FrameAxis is " << axis
                             << ": it must be an axis of the image, from 0 to " << VDimension - 1 << ", or "
                             << WholeImageAxis << " for the whole image.");
  }
}

/** The whole frames along an axis of which a region of an image has a part. */
template <unsigned int VDimension>
ImageRegion<VDimension>
EnlargeToFrames(ImageRegion<VDimension> region, const ImageRegion<VDimension> & image, int axis)
{
  for (int i = 0; i < static_cast<int>(VDimension); ++i)
  {
    if (i != axis)
    {
      region.SetIndex(i, image.GetIndex(i));
      region.SetSize(i, image.GetSize(i));
    }
  }
  return region;
}

/** The part that a region has of a frame, of those along an axis, which are numbered from 0 in the region. */
template <unsigned int VDimension>
ImageRegion<VDimension>
GetPartOfFrame(ImageRegion<VDimension> region, int axis, SizeValueType number)
{
  region.SetIndex(axis, region.GetIndex(axis) + static_cast<IndexValueType>(number));
  region.SetSize(axis, 1);
  return region;
}

/** Has whole frames asked for of all images that are inputs of a filter, which must have the same largest region. */
template <unsigned int VDimension>
void
RequestFrames(ProcessObject & filter, const ImageRegion<VDimension> & requested, int axis)
{
  for (const auto & input : filter.GetInputs())
  {
    if (auto * image = dynamic_cast<ImageBase<VDimension> *>(input.GetPointer()))
    {
      image->SetRequestedRegion(EnlargeToFrames(requested, image->GetLargestPossibleRegion(), axis));
    }
  }
}

/** An index, size or other array of axes, with one of them put last. */
template <typename TArray>
TArray
PutAxisLast(TArray array, int axis)
{
  std::rotate(array.begin() + axis, array.begin() + axis + 1, array.end());
  return array;
}

/** The same of a region. If it is a frame along that axis, its pixels keep their order in memory. */
template <unsigned int VDimension>
ImageRegion<VDimension>
PutAxisLast(const ImageRegion<VDimension> & region, int axis)
{
  return { PutAxisLast(region.GetIndex(), axis), PutAxisLast(region.GetSize(), axis) };
}

/** A region of an image as an image of its own. */
template <typename TImage>
typename TImage::Pointer
CopyRegion(const TImage & image, const typename TImage::RegionType & region)
{
  auto copy = TImage::New();
  copy->SetRegions(region);
  copy->Allocate();
  ImageAlgorithm::Copy(&image, copy.GetPointer(), region, region);
  return copy;
}
} // namespace itk

#endif
