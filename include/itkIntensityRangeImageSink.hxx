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
#ifndef itkIntensityRangeImageSink_hxx
#define itkIntensityRangeImageSink_hxx

#include "itkIntensityRangeImageSink.h"

#include "itkForEachSpan.h"

namespace itk
{
template <typename TInputImage>
IntensityRangeImageSink<TInputImage>::IntensityRangeImageSink()
{
  this->SetNumberOfRequiredOutputs(1);
  this->SetNthOutput(0, this->MakeOutput(0));
}


template <typename TInputImage>
DataObject::Pointer
IntensityRangeImageSink<TInputImage>::MakeOutput(DataObjectPointerArraySizeType)
{
  return LinearNormalization::New().GetPointer();
}


template <typename TInputImage>
LinearNormalization *
IntensityRangeImageSink<TInputImage>::GetNormalization()
{
  return static_cast<LinearNormalization *>(this->ProcessObject::GetOutput(0));
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::VerifyInputInformation() const
{
  Superclass::VerifyInputInformation();
  const auto & region = this->GetInput()->GetLargestPossibleRegion();
  if (region.GetNumberOfPixels() == 0)
  {
    itkExceptionMacro("The image has size " << region.GetSize() << ": an image without pixels has no range.");
  }
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::BeforeStreamedGenerateData()
{
  Superclass::BeforeStreamedGenerateData();
  m_Range = {};
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::ThreadedStreamedGenerateData(const InputRegionType & region)
{
  const InputImageType * input = this->GetInput();
  IntensityRange         range;
  ForEachSpan(region, { input->GetBufferedRegion() }, [&](const auto & index, SizeValueType length) {
    range.Merge(ComputeIntensityRange(input->GetBufferPointer() + input->ComputeOffset(index), length));
  });
  const std::lock_guard<std::mutex> lock(m_Mutex);
  m_Range.Merge(range);
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::AfterStreamedGenerateData()
{
  Superclass::AfterStreamedGenerateData();
  const bool learned = m_Range.NumberOfFiniteValues > 0;
  this->GetNormalization()->SetMinimum(learned ? m_Range.Minimum : 0.0);
  this->GetNormalization()->SetMaximum(learned ? m_Range.Maximum : 1.0);
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Range: [" << m_Range.Minimum << ", " << m_Range.Maximum << "] of " << m_Range.NumberOfFiniteValues
     << " finite values, " << m_Range.NumberOfInfinities << " infinities and " << m_Range.NumberOfNaNs << " NaN"
     << std::endl;
}
} // namespace itk

#endif
