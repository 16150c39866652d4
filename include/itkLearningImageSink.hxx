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
#ifndef itkLearningImageSink_hxx
#define itkLearningImageSink_hxx

#include "itkLearningImageSink.h"

#include "itkForEachSpan.h"
#include "itkVerifyRegions.h"

#include <algorithm>

namespace itk
{
template <typename TInputImage>
void
LearningImageSink<TInputImage>::UpdateOutputData(DataObject * output)
{
  try
  {
    Superclass::UpdateOutputData(output);
  }
  catch (...)
  {
    this->Forget();
    // Else the sink would take itself to be updating for ever, and do nothing when asked again.
    this->ResetPipeline();
    throw;
  }
}


template <typename TInputImage>
void
LearningImageSink<TInputImage>::VerifyInputInformation() const
{
  Superclass::VerifyInputInformation();
  VerifyHasPixels(*this, *this->GetInput());
}


template <typename TInputImage>
void
LearningImageSink<TInputImage>::BeforeStreamedGenerateData()
{
  Superclass::BeforeStreamedGenerateData();
  this->Forget();
  m_UpdatingThread = std::this_thread::get_id();
  // Progress is reported by the work units.
  this->GetMultiThreader()->SetUpdateProgress(false);
}


template <typename TInputImage>
void
LearningImageSink<TInputImage>::StreamedGenerateData(unsigned int inputRequestedRegionNumber)
{
  this->ReadPiece(inputRequestedRegionNumber);
  ThrowIfAborted(*this);
  // Later, in AfterStreamedGenerateData(), the progress is 1 already.
  if (inputRequestedRegionNumber + 1 == this->GetNumberOfInputRequestedRegions())
  {
    this->Learn();
  }
}


template <typename TInputImage>
void
LearningImageSink<TInputImage>::ReadPiece(unsigned int inputRequestedRegionNumber)
{
  Superclass::StreamedGenerateData(inputRequestedRegionNumber);
}


template <typename TInputImage>
void
LearningImageSink<TInputImage>::AfterStreamedGenerateData()
{
  Superclass::AfterStreamedGenerateData();
  // An abort between pieces only ends the loop over them.
  ThrowIfAborted(*this);
}


template <typename TInputImage>
template <typename TVisit>
void
LearningImageSink<TInputImage>::ForEachBlock(const InputRegionType &                region,
                                             std::initializer_list<InputRegionType> bufferedRegions,
                                             const TVisit &                         visit,
                                             SizeValueType                          parts)
{
  const auto       pieceSize = this->GetInput()->GetRequestedRegion().GetNumberOfPixels();
  WorkUnitProgress progress(parts * pieceSize, [this](float fraction) { this->ReportProgress(fraction); });
  this->ForEachBlock(region, bufferedRegions, visit, progress);
  progress.Finish();
}


template <typename TInputImage>
template <typename TVisit>
void
LearningImageSink<TInputImage>::ForEachBlock(const InputRegionType &                region,
                                             std::initializer_list<InputRegionType> bufferedRegions,
                                             const TVisit &                         visit,
                                             WorkUnitProgress &                     progress)
{
  ForEachSpan(region, bufferedRegions, [&](const auto & index, SizeValueType runLength) {
    constexpr SizeValueType blockLength = 1 << 16;
    for (SizeValueType start = 0; start < runLength && !this->GetAbortGenerateData(); start += blockLength)
    {
      const auto count = std::min(blockLength, runLength - start);
      visit(index, start, count);
      progress.Completed(count);
    }
  });
}


template <typename TInputImage>
void
LearningImageSink<TInputImage>::ReportProgress(float fraction)
{
  // The end of each piece is told by StreamingProcessObject, whatever its size, and rounded: what is summed up here
  // must not come above that.
  this->IncrementProgress(0.9999F * fraction / static_cast<float>(this->GetNumberOfInputRequestedRegions()));
  // ProcessObject does not know which thread updates a sink, and tells nobody.
  if (std::this_thread::get_id() == m_UpdatingThread)
  {
    this->InvokeEvent(ProgressEvent());
  }
}
} // namespace itk

#endif
