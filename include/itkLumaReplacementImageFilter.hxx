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
#ifndef itkLumaReplacementImageFilter_hxx
#define itkLumaReplacementImageFilter_hxx

#include "itkLumaReplacementImageFilter.h"

#include "itkForEachSpan.h"
#include "itkVerifyRegions.h"
#include "itkWorkUnitProgress.h"

namespace itk
{
template <typename TImage, typename TLumaImage>
LumaReplacementImageFilter<TImage, TLumaImage>::LumaReplacementImageFilter()
{
  this->AddRequiredInputName("LumaImage");
  this->DynamicMultiThreadingOn();
  this->ThreaderUpdateProgressOff();
}


template <typename TImage, typename TLumaImage>
void
LumaReplacementImageFilter<TImage, TLumaImage>::VerifyInputInformation() const
{
  Superclass::VerifyInputInformation();
  VerifySameRegion(*this, *this->GetInput(), "luma image", this->GetLumaImage());
}


template <typename TImage, typename TLumaImage>
void
LumaReplacementImageFilter<TImage, TLumaImage>::DynamicThreadedGenerateData(const RegionType & region)
{
  const TImage *     input = this->GetInput();
  const TLumaImage * lumaImage = this->GetLumaImage();
  TImage *           output = this->GetOutput();
  WorkUnitProgress   progress(output->GetRequestedRegion().GetNumberOfPixels(),
                            [this](float fraction) { this->IncrementProgress(fraction); });

  ForEachBlock(region,
               { input->GetBufferedRegion(), lumaImage->GetBufferedRegion(), output->GetBufferedRegion() },
               [&](const auto & index, auto start, auto count) {
                 const auto * colors = input->GetBufferPointer() + input->ComputeOffset(index) + start;
                 const auto * lumas = lumaImage->GetBufferPointer() + lumaImage->ComputeOffset(index) + start;
                 auto *       replaced = output->GetBufferPointer() + output->ComputeOffset(index) + start;
                 for (SizeValueType i = 0; i < count; ++i)
                 {
                   replaced[i] = ReplaceLuma(colors[i], lumas[i]);
                 }
                 progress.Completed(count);
                 return !this->GetAbortGenerateData();
               });
  progress.Finish();
}


template <typename TImage, typename TLumaImage>
void
LumaReplacementImageFilter<TImage, TLumaImage>::AfterThreadedGenerateData()
{
  ThrowIfAborted(*this);
  this->UpdateProgress(1.0F);
}
} // namespace itk

#endif
