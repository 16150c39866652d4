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
#include "itkWorkUnitProgress.h"

#include <algorithm>

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
IntensityRangeImageSink<TInputImage>::UpdateOutputData(DataObject * output)
{
  try
  {
    Superclass::UpdateOutputData(output);
  }
  catch (...)
  {
    m_Range = {};
    // Else the sink would take itself to be updating for ever, and do nothing when asked again.
    this->ResetPipeline();
    throw;
  }
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::BeforeStreamedGenerateData()
{
  Superclass::BeforeStreamedGenerateData();
  m_Range = {};
  m_UpdatingThread = std::this_thread::get_id();
  // Progress is reported by the work units.
  this->GetMultiThreader()->SetUpdateProgress(false);
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::StreamedGenerateData(unsigned int inputRequestedRegionNumber)
{
  Superclass::StreamedGenerateData(inputRequestedRegionNumber);
  ThrowIfAborted(*this);
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::ReportProgress(float fraction)
{
  this->IncrementProgress(fraction);
  // ProcessObject does not know which thread updates a sink, and tells nobody.
  if (std::this_thread::get_id() == m_UpdatingThread)
  {
    this->InvokeEvent(ProgressEvent());
  }
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::ThreadedStreamedGenerateData(const InputRegionType & region)
{
  const InputImageType * input = this->GetInput();
  IntensityRange         range;
  WorkUnitProgress       progress(input->GetLargestPossibleRegion().GetNumberOfPixels(),
                            [this](float fraction) { this->ReportProgress(fraction); });

  const auto mergeRun = [&](const auto & index, SizeValueType runLength) {
    constexpr SizeValueType blockLength = 1 << 16;
    const auto *            values = input->GetBufferPointer() + input->ComputeOffset(index);
    for (SizeValueType start = 0; start < runLength && !this->GetAbortGenerateData(); start += blockLength)
    {
      const auto length = std::min(blockLength, runLength - start);
      range.Merge(ComputeIntensityRange(values + start, length));
      progress.Completed(length);
    }
  };
  ForEachSpan(region, { input->GetBufferedRegion() }, mergeRun);
  progress.Finish();
  const std::lock_guard<std::mutex> lock(m_Mutex);
  m_Range.Merge(range);
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::AfterStreamedGenerateData()
{
  Superclass::AfterStreamedGenerateData();
  // An abort between pieces only ends the loop over them.
  ThrowIfAborted(*this);
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
