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
#ifndef itkTemporalHistogramStatisticImageFilter_hxx
#define itkTemporalHistogramStatisticImageFilter_hxx

#include "itkTemporalHistogramStatisticImageFilter.h"

#include "itkForEachSpan.h"
#include "itkHistogramStatisticKernel.h"
#include "itkWorkUnitProgress.h"

namespace itk
{
template <typename TInputImage, typename TOutputImage>
TemporalHistogramStatisticImageFilter<TInputImage, TOutputImage>::TemporalHistogramStatisticImageFilter()
{
  this->AddRequiredInputName("Bins");
  this->DynamicMultiThreadingOn();
  this->ThreaderUpdateProgressOff();
}


template <typename TInputImage, typename TOutputImage>
void
TemporalHistogramStatisticImageFilter<TInputImage, TOutputImage>::VerifyPreconditions() const
{
  Superclass::VerifyPreconditions();
  Ruler::VerifyInputsOf(*this);
  if (!(m_Probability >= 0.0 && m_Probability <= 1.0))
  {
    itkExceptionMacro("The probability of the quantile is " << m_Probability << ": it must be from 0 to 1.");
  }
}


template <typename TInputImage, typename TOutputImage>
void
TemporalHistogramStatisticImageFilter<TInputImage, TOutputImage>::GenerateOutputInformation()
{
  Ruler::UpdateInputsOf(*this);
  const SizeValueType numberOfComponents = this->GetInput()->GetNumberOfComponentsPerPixel();
  if (numberOfComponents != this->GetBins()->GetNumberOfBins())
  {
    itkExceptionMacro("The histograms have " << numberOfComponents << " components, but there are "
                                             << this->GetBins()->GetNumberOfBins()
                                             << " bins: give the bins with which the histograms were made.");
  }
  Superclass::GenerateOutputInformation();
}


template <typename TInputImage, typename TOutputImage>
double
TemporalHistogramStatisticImageFilter<TInputImage, TOutputImage>::ComputeStatistic(const CountType * counts) const
{
  const HistogramBins & bins = *this->GetBins();
  switch (m_Statistic)
  {
    case StatisticEnum::Quantile:
      return ComputeHistogramQuantile(counts, bins, m_Probability);
    case StatisticEnum::Median:
      return ComputeHistogramQuantile(counts, bins, 0.5);
    case StatisticEnum::InterquartileRange:
      return ComputeHistogramQuantile(counts, bins, 0.75) - ComputeHistogramQuantile(counts, bins, 0.25);
    case StatisticEnum::Mode:
      return ComputeHistogramMode(counts, bins);
    case StatisticEnum::Mean:
      return ComputeHistogramMean(counts, bins);
    case StatisticEnum::StandardDeviation:
      return ComputeHistogramStandardDeviation(counts, bins);
    case StatisticEnum::Count:
    default:
      return ComputeHistogramTotal(counts, bins);
  }
}


template <typename TInputImage, typename TOutputImage>
void
TemporalHistogramStatisticImageFilter<TInputImage, TOutputImage>::DynamicThreadedGenerateData(
  const OutputRegionType & region)
{
  const InputImageType * input = this->GetInput();
  OutputImageType *      output = this->GetOutput();
  const auto             numberOfBins = this->GetBins()->GetNumberOfBins();
  WorkUnitProgress       progress(output->GetRequestedRegion().GetNumberOfPixels() * numberOfBins,
                            [this](float fraction) { this->IncrementProgress(fraction); });

  const auto computeRun = [&](const auto & index, SizeValueType length) {
    const CountType * counts =
      input->GetBufferPointer() + input->ComputeOffset(index) * static_cast<OffsetValueType>(numberOfBins);
    OutputPixelType * statistics = output->GetBufferPointer() + output->ComputeOffset(index);
    for (SizeValueType i = 0; i < length && !this->GetAbortGenerateData(); ++i)
    {
      statistics[i] = static_cast<OutputPixelType>(this->ComputeStatistic(counts + i * numberOfBins));
      progress.Completed(numberOfBins);
    }
  };
  ForEachSpan(region, { input->GetBufferedRegion(), output->GetBufferedRegion() }, computeRun);
  progress.Finish();
}


template <typename TInputImage, typename TOutputImage>
void
TemporalHistogramStatisticImageFilter<TInputImage, TOutputImage>::AfterThreadedGenerateData()
{
  ThrowIfAborted(*this);
  this->UpdateProgress(1.0F);
}


template <typename TInputImage, typename TOutputImage>
void
TemporalHistogramStatisticImageFilter<TInputImage, TOutputImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Statistic: " << m_Statistic << std::endl;
  os << indent << "Probability: " << m_Probability << std::endl;
}
} // namespace itk

#endif
