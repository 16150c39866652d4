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

namespace itk
{
template <typename TInputImage>
IntensityRangeImageSink<TInputImage>::IntensityRangeImageSink()
{
  this->SetNumberOfRequiredOutputs(1);
  this->SetNthOutput(0, this->MakeOutput(0));
  m_Passes = RepeatedImageRegionSplitter::New();
  this->SetRegionSplitter(m_Passes);
}


template <typename TInputImage>
DataObject::Pointer
IntensityRangeImageSink<TInputImage>::MakeOutput(DataObjectPointerArraySizeType)
{
  return LinearNormalization::New().GetPointer();
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::SetNormalization(IntensityNormalization * normalization)
{
  if (normalization == nullptr)
  {
    itkExceptionMacro("There is no normalization to learn: give one, such as a LinearNormalization.");
  }
  this->SetNthOutput(0, normalization);
}


template <typename TInputImage>
IntensityNormalization *
IntensityRangeImageSink<TInputImage>::GetNormalization()
{
  return static_cast<IntensityNormalization *>(this->ProcessObject::GetOutput(0));
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::VerifyPreconditions() const
{
  Superclass::VerifyPreconditions();
  if (!(0.0 <= m_LowerPercentile && m_LowerPercentile < m_UpperPercentile && m_UpperPercentile <= 100.0))
  {
    itkExceptionMacro("The range is from LowerPercentile = "
                      << m_LowerPercentile << " to UpperPercentile = " << m_UpperPercentile
                      << ": both must be from 0 to 100, and the lower below the upper.");
  }
  static_cast<const IntensityNormalization *>(this->ProcessObject::GetOutput(0))->VerifyParameters();
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::Forget()
{
  m_Range = {};
  m_IsFirstPass = true;
  m_Search.reset();
  m_Counts.clear();
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::BeforeStreamedGenerateData()
{
  Superclass::BeforeStreamedGenerateData();
  if (m_LowerPercentile > 0.0 || m_UpperPercentile < 100.0)
  {
    const auto least = GetLeastIntensity<InputPixelType>(this->GetNormalization()->RequiresPositiveIntensities());
    m_Search =
      std::make_unique<PercentileSearchType>(std::vector<double>{ m_LowerPercentile, m_UpperPercentile }, least);
  }
  m_Counts = this->MakeCounts();
  m_Passes->SetNumberOfRepetitions(m_Search ? PercentileSearchType::NumberOfPasses : 1);
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::StreamedGenerateData(unsigned int inputRequestedRegionNumber)
{
  Superclass::StreamedGenerateData(inputRequestedRegionNumber);
  const auto numberOfRegions = this->GetNumberOfInputRequestedRegions();
  const auto number = inputRequestedRegionNumber + 1;
  if (number < numberOfRegions && number % (numberOfRegions / m_Passes->GetNumberOfRepetitions()) == 0)
  {
    this->EndPass();
  }
}


template <typename TInputImage>
typename IntensityRangeImageSink<TInputImage>::PercentileCountsType
IntensityRangeImageSink<TInputImage>::MakeCounts() const
{
  return m_Search ? m_Search->MakeCounts() : PercentileCountsType();
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::TakeIn(const InputPixelType * intensities,
                                             SizeValueType          count,
                                             IntensityRange &       range,
                                             PercentileCountsType & counts) const
{
  if (m_IsFirstPass)
  {
    const auto * normalization = static_cast<const IntensityNormalization *>(this->ProcessObject::GetOutput(0));
    range.Merge(ComputeIntensityRange(intensities, count, normalization->RequiresPositiveIntensities()));
  }
  if (m_Search)
  {
    m_Search->Count(intensities, count, counts);
  }
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::ThreadedStreamedGenerateData(const InputRegionType & region)
{
  const InputImageType * input = this->GetInput();
  IntensityRange         range;
  auto                   counts = this->MakeCounts();

  this->ForEachBlock(
    region, { input->GetBufferedRegion() }, [&](const auto & index, SizeValueType start, SizeValueType count) {
      this->TakeIn(input->GetBufferPointer() + input->ComputeOffset(index) + start, count, range, counts);
    });
  const std::lock_guard<std::mutex> lock(m_Mutex);
  m_Range.Merge(range);
  PercentileSearchType::Merge(counts, m_Counts);
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::EndPass()
{
  m_IsFirstPass = false;
  if (m_Search)
  {
    m_Search->EndPass(m_Counts);
    m_Counts = m_Search->MakeCounts();
  }
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::Learn()
{
  this->EndPass();
  this->SetRange();
  m_Search.reset();
  m_Counts.clear();
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::SetRange()
{
  auto *       normalization = this->GetNormalization();
  const double previousMinimum = normalization->GetMinimum();
  const double previousMaximum = normalization->GetMaximum();
  if (m_Range.NumberOfFiniteValues == 0)
  {
    const bool positiveOnly = normalization->RequiresPositiveIntensities();
    normalization->SetRange(positiveOnly ? 1.0 : 0.0, positiveOnly ? 10.0 : 1.0);
  }
  else if (m_Search)
  {
    normalization->SetRange(m_Search->GetPercentile(0), m_Search->GetPercentile(1));
  }
  else
  {
    normalization->SetRange(m_Range.Minimum, m_Range.Maximum);
  }
  try
  {
    normalization->Verify();
  }
  catch (...)
  {
    normalization->SetMinimum(previousMinimum);
    normalization->SetMaximum(previousMaximum);
    throw;
  }
}


template <typename TInputImage>
void
IntensityRangeImageSink<TInputImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Range: [" << m_Range.Minimum << ", " << m_Range.Maximum << "] of " << m_Range.NumberOfFiniteValues
     << " finite values, " << m_Range.NumberOfNonPositiveValues << " not above 0, " << m_Range.NumberOfInfinities
     << " infinities and " << m_Range.NumberOfNaNs << " NaN" << std::endl;
  os << indent << "LowerPercentile: " << m_LowerPercentile << std::endl;
  os << indent << "UpperPercentile: " << m_UpperPercentile << std::endl;
}
} // namespace itk

#endif
