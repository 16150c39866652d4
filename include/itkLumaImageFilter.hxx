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
#ifndef itkLumaImageFilter_hxx
#define itkLumaImageFilter_hxx

#include "itkLumaImageFilter.h"

#include "itkForEachSpan.h"
#include "itkWorkUnitProgress.h"

namespace itk
{
template <typename TInputImage, typename TOutputImage>
LumaImageFilter<TInputImage, TOutputImage>::LumaImageFilter()
{
  this->DynamicMultiThreadingOn();
  this->ThreaderUpdateProgressOff();
}


template <typename TInputImage, typename TOutputImage>
void
LumaImageFilter<TInputImage, TOutputImage>::DynamicThreadedGenerateData(const RegionType & region)
{
  const TInputImage * input = this->GetInput();
  TOutputImage *      output = this->GetOutput();
  WorkUnitProgress    progress(output->GetRequestedRegion().GetNumberOfPixels(),
                            [this](float fraction) { this->IncrementProgress(fraction); });

  ForEachBlock(region,
               { input->GetBufferedRegion(), output->GetBufferedRegion() },
               [&](const auto & index, auto start, auto count) {
                 const auto * colors = input->GetBufferPointer() + input->ComputeOffset(index) + start;
                 auto *       lumas = output->GetBufferPointer() + output->ComputeOffset(index) + start;
                 for (SizeValueType i = 0; i < count; ++i)
                 {
                   lumas[i] = ComputeLuma(colors[i]);
                 }
                 progress.Completed(count);
                 return !this->GetAbortGenerateData();
               });
  progress.Finish();
}


template <typename TInputImage, typename TOutputImage>
void
LumaImageFilter<TInputImage, TOutputImage>::AfterThreadedGenerateData()
{
  ThrowIfAborted(*this);
  this->UpdateProgress(1.0F);
}
} // namespace itk

#endif
