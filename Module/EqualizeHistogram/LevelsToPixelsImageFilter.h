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
#ifndef LevelsToPixelsImageFilter_h
#define LevelsToPixelsImageFilter_h

#include "itkForEachSpan.h"
#include "itkHistogramEqualizationKernel.h"
#include "itkImageToImageFilter.h"

namespace IntensityMapping
{
/** \class LevelsToPixelsImageFilter
 * \brief The last stage of equalization: levels in double precision become pixels, as itk::ConvertLevels() has them.
 *
 * With it, the filters before it are compiled for one type of output instead of for all. */
template <typename TLevelImage, typename TOutputImage>
class LevelsToPixelsImageFilter : public itk::ImageToImageFilter<TLevelImage, TOutputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(LevelsToPixelsImageFilter);

  using Self = LevelsToPixelsImageFilter;
  using Superclass = itk::ImageToImageFilter<TLevelImage, TOutputImage>;
  using Pointer = itk::SmartPointer<Self>;
  using ConstPointer = itk::SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(LevelsToPixelsImageFilter, ImageToImageFilter);

protected:
  LevelsToPixelsImageFilter()
  {
    this->DynamicMultiThreadingOn();
  }

  void
  DynamicThreadedGenerateData(const typename TOutputImage::RegionType & region) override
  {
    const TLevelImage * levels = this->GetInput();
    TOutputImage *      output = this->GetOutput();
    const auto          convert = [&](const auto & index, itk::SizeValueType length) {
      itk::ConvertLevels(levels->GetBufferPointer() + levels->ComputeOffset(index),
                         output->GetBufferPointer() + output->ComputeOffset(index),
                         length);
    };
    itk::ForEachSpan(region, { levels->GetBufferedRegion(), output->GetBufferedRegion() }, convert);
  }
};
} // namespace IntensityMapping

#endif
