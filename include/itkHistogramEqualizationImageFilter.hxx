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
#ifndef itkHistogramEqualizationImageFilter_hxx
#define itkHistogramEqualizationImageFilter_hxx

#include "itkHistogramEqualizationImageFilter.h"

#include "itkForEachSpan.h"
#include "itkIntensityDistributionImageSink.h"
#include "itkIntensityDistributionKernel.h"
#include "itkPixelMemory.h"
#include "itkVerifyRegions.h"
#include "itkWorkUnitProgress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace itk
{
template <typename TInputImage, typename TOutputImage>
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::HistogramEqualizationImageFilter()
{
  this->AddOptionalInputName("Distribution");
  this->AddOptionalInputName("TargetDistribution");
  this->AddOptionalInputName("MaskImage");
  this->DynamicMultiThreadingOn();
  this->ThreaderUpdateProgressOff();
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::VerifyPreconditions() const
{
  Superclass::VerifyPreconditions();
  Ruler::VerifyInputsOf(*this);
  const bool isFor8Bits = m_Method == Method::OpenCV || m_Method == Method::Pillow;
  if (isFor8Bits && !std::is_same<InputPixelType, unsigned char>::value)
  {
    itkExceptionMacro("Method is " << m_Method
                                   << ", which is for images of 8-bit integers without sign (unsigned char) "
                                      "only: use EmpiricalDistribution for others.");
  }
  VerifyFrameAxis<ImageDimension>(*this, m_FrameAxis);
  if (this->IsPerFrame() && !this->LearnsFromInput())
  {
    itkExceptionMacro("FrameAxis is " << m_FrameAxis
                                      << " and a Distribution is given: either each frame is equalized by its own "
                                         "distribution or all by the given one. Leave one of them out.");
  }
  if (m_NumberOfBins == 0 || m_NumberOfBins > IntensityDistributionImageSink<InputImageType>::MaximumNumberOfBins)
  {
    itkExceptionMacro("NumberOfBins is " << m_NumberOfBins << ": there must be 1 to "
                                         << IntensityDistributionImageSink<InputImageType>::MaximumNumberOfBins << '.');
  }
  const auto lowest = static_cast<double>(NumericTraits<OutputPixelType>::NonpositiveMin());
  const auto highest = static_cast<double>(NumericTraits<OutputPixelType>::max());
  if (!(lowest <= m_OutputMinimum && m_OutputMinimum <= m_OutputMaximum && m_OutputMaximum <= highest))
  {
    itkExceptionMacro(
      "The output is to be from OutputMinimum = "
      << m_OutputMinimum << " to OutputMaximum = " << m_OutputMaximum
      << ": the minimum must not be above the maximum, and both must be within the range of the output's "
         "pixels, from "
      << lowest << " to " << highest << '.');
  }
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::VerifyInputInformation() const
{
  Superclass::VerifyInputInformation();
  VerifyHasPixels(*this, *this->GetInput());
  VerifySameRegion(*this, *this->GetInput(), "mask", this->GetMaskImage());
  if (m_Method == Method::Rank && this->GetTargetDistribution() == nullptr)
  {
    this->VerifyRanksFit();
  }
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::VerifyRanksFit() const
{
  const auto & region = this->GetInput()->GetLargestPossibleRegion();
  auto         numberOfPixels = static_cast<double>(region.GetNumberOfPixels());
  if (this->IsPerFrame())
  {
    numberOfPixels /= static_cast<double>(region.GetSize(m_FrameAxis));
  }
  else if (!this->LearnsFromInput())
  {
    numberOfPixels = static_cast<double>(this->GetDistribution()->GetDistribution()->GetNumberOfIntensities());
  }
  using Limits = std::numeric_limits<OutputPixelType>;
  const double greatest = Limits::is_integer ? static_cast<double>(Limits::max()) : std::ldexp(1.0, Limits::digits);
  if (numberOfPixels > greatest + 1.0)
  {
    itkExceptionMacro("Method is Rank, and ranks are up to "
                      << numberOfPixels - 1.0 << ", but the output's pixels hold integers exactly up to " << greatest
                      << " only: use pixels of more bits, or EmpiricalDistribution.");
  }
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::GenerateOutputInformation()
{
  Ruler::UpdateInputsOf(*this);
  if (this->LearnsFromInput() && !this->IsPerFrame())
  {
    this->LearnDistribution();
  }
  Superclass::GenerateOutputInformation();
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::LearnDistribution()
{
  if (m_LearningStage.IsDone(*this, this->GetMTime()))
  {
    return;
  }
  using SinkType = IntensityDistributionImageSink<InputImageType>;
  using Resolution = IntensityDistributionEnums::Resolution;
  auto sink = SinkType::New();
  sink->SetInput(this->GetInput());
  sink->SetMaskImage(this->GetMaskImage());
  sink->SetResolution(this->GoesByBins() ? Resolution::Bins
                      : m_EveryValue     ? Resolution::EveryValue
                                         : Resolution::Levels);
  sink->SetNumberOfBins(m_NumberOfBins);
  sink->SetNumberOfStreamDivisions(m_NumberOfStreamDivisions);

  m_LearnedDistribution = nullptr;
  m_LearningStage.Run(*this, *sink);
  m_LearnedDistribution = sink->GetNumberOfCountedPixels() > 0 ? sink->GetNormalization()->GetDistribution()
                                                               : std::make_shared<IntensityDistribution>();
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::GenerateInputRequestedRegion()
{
  Superclass::GenerateInputRequestedRegion();
  if (this->IsPerFrame())
  {
    RequestFrames(*this, this->GetOutput()->GetRequestedRegion(), m_FrameAxis);
  }
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::AllocateOutputs()
{
  auto * output = this->GetOutput();
  output->SetBufferedRegion(output->GetRequestedRegion());
  AllocateUninitialized(*output);
}


template <typename TInputImage, typename TOutputImage>
HistogramEqualizationTransfer
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::MakeTransfer(DistributionPointer distribution) const
{
  if (const auto * target = this->GetTargetDistribution())
  {
    return TransferType::MakeOfTarget(std::move(distribution), *target->GetDistribution());
  }
  if (this->GoesByBins())
  {
    return TransferType::MakeOfBins(*distribution, m_Method, IsSingle, m_OutputMinimum, m_OutputMaximum);
  }
  return TransferType::MakeOfCounts(std::move(distribution), m_Method, m_OutputMinimum, m_OutputMaximum);
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::FillTable(Equalization & equalization) const
{
  if constexpr (HasFewValues)
  {
    using KeyType = IntensityKey<InputPixelType>;
    std::vector<double> levels(KeyType::Radix);
    std::iota(levels.begin(), levels.end(), static_cast<double>(KeyType::ToIntensity(0)));
    equalization.Transfer.Map(levels.data(), levels.data(), levels.size());
    equalization.Table.resize(levels.size());
    ConvertLevels(levels.data(), equalization.Table.data(), levels.size());
  }
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::BeforeThreadedGenerateData()
{
  if (!this->IsPerFrame())
  {
    auto distribution = m_LearnedDistribution;
    if (const auto * given = this->GetDistribution())
    {
      distribution = given->GetDistribution();
      if (this->GoesByBins())
      {
        distribution =
          std::make_shared<IntensityDistribution>(BinDistribution<InputPixelType>(*distribution, m_NumberOfBins));
      }
    }
    m_Equalization.Transfer = this->MakeTransfer(std::move(distribution));
    this->FillTable(m_Equalization);
  }
  m_LearningStage.BeginNext(*this);
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::AfterThreadedGenerateData()
{
  m_Equalization = {};
  ThrowIfAborted(*this);
  this->UpdateProgress(1.0F);
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::GenerateData()
{
  if (!this->IsPerFrame())
  {
    Superclass::GenerateData();
    return;
  }
  this->AllocateOutputs();
  this->BeforeThreadedGenerateData();
  this->EqualizeFrames();
  this->AfterThreadedGenerateData();
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::EqualizeFrames()
{
  const auto & requested = this->GetOutput()->GetRequestedRegion();
  const auto   equalizeFrame = [&](SizeValueType number) {
    if (!this->GetAbortGenerateData())
    {
      const auto   part = GetPartOfFrame(requested, m_FrameAxis, number);
      Equalization equalization;
      this->LearnFrame(EnlargeToFrames(part, this->GetInput()->GetLargestPossibleRegion(), m_FrameAxis), equalization);
      this->EqualizeRegion(part, equalization);
    }
  };
  this->GetMultiThreader()->SetNumberOfWorkUnits(this->GetNumberOfWorkUnits());
  this->GetMultiThreader()->ParallelizeArray(0, requested.GetSize(m_FrameAxis), equalizeFrame, nullptr);
}


template <typename TInputImage, typename TOutputImage>
template <typename TVisit>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::ForEachCountedOfFrame(const RegionType & frame,
                                                                                   const TVisit &     visit) const
{
  const InputImageType * input = this->GetInput();
  const MaskImageType *  mask = this->GetMaskImage();
  const auto &           buffered = input->GetBufferedRegion();
  const auto             visitRun = [&](const auto & index, SizeValueType runLength) {
    const auto * maskRun = mask != nullptr ? mask->GetBufferPointer() + mask->ComputeOffset(index) : nullptr;
    ForEachCounted(input->GetBufferPointer() + input->ComputeOffset(index), maskRun, runLength, visit);
  };
  ForEachSpan(frame, { buffered, mask != nullptr ? mask->GetBufferedRegion() : buffered }, visitRun);
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::LearnFrame(const RegionType & frame,
                                                                        Equalization &     equalization) const
{
  if constexpr (HasFewValues)
  {
    if (!this->GoesByBins() && this->GetTargetDistribution() == nullptr)
    {
      std::vector<std::uint32_t> counts(IntensityKey<InputPixelType>::Radix);
      this->ForEachCountedOfFrame(frame, [&](const InputPixelType * intensities, SizeValueType count) {
        CountIntensities(intensities, count, counts.data());
      });
      equalization.Table.resize(counts.size());
      MakeTableOfCounts<InputPixelType>(
        counts.data(), m_Method, m_OutputMinimum, m_OutputMaximum, equalization.Table.data());
      return;
    }
  }
  std::vector<InputPixelType> counted;
  this->ForEachCountedOfFrame(frame, [&](const InputPixelType * intensities, SizeValueType count) {
    counted.insert(counted.end(), intensities, intensities + count);
  });
  auto distribution = MakeIntensityDistribution(counted.data(), counted.size());
  if (this->GoesByBins())
  {
    distribution = BinDistribution<InputPixelType>(distribution, m_NumberOfBins);
  }
  equalization.Transfer = this->MakeTransfer(std::make_shared<IntensityDistribution>(std::move(distribution)));
  this->FillTable(equalization);
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::EqualizeSpan(const InputPixelType * intensities,
                                                                          OutputPixelType *      equalized,
                                                                          SizeValueType          count,
                                                                          const Equalization &   equalization) const
{
  if constexpr (HasFewValues)
  {
    LookUp(intensities, equalization.Table.data(), equalized, count);
  }
  else
  {
    std::array<double, SpanBlockLength> levels;
    std::copy_n(intensities, count, levels.begin());
    equalization.Transfer.Map(levels.data(), levels.data(), count);
    ConvertLevels(levels.data(), equalized, count);
  }
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::EqualizeRegion(const RegionType &   region,
                                                                            const Equalization & equalization)
{
  const InputImageType * input = this->GetInput();
  OutputImageType *      output = this->GetOutput();
  WorkUnitProgress       progress(output->GetRequestedRegion().GetNumberOfPixels(), [this](float fraction) {
    this->IncrementProgress(m_LearningStage.GetShareOfNext() * fraction);
  });

  const auto equalizeBlock = [&](const auto & index, SizeValueType start, SizeValueType count) {
    this->EqualizeSpan(input->GetBufferPointer() + input->ComputeOffset(index) + start,
                       output->GetBufferPointer() + output->ComputeOffset(index) + start,
                       count,
                       equalization);
    progress.Completed(count);
    return !this->GetAbortGenerateData();
  };
  ForEachBlock(region, { input->GetBufferedRegion(), output->GetBufferedRegion() }, equalizeBlock);
  progress.Finish();
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::DynamicThreadedGenerateData(const RegionType & region)
{
  this->EqualizeRegion(region, m_Equalization);
}


template <typename TInputImage, typename TOutputImage>
void
HistogramEqualizationImageFilter<TInputImage, TOutputImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Method: " << m_Method << std::endl;
  os << indent << "FrameAxis: " << m_FrameAxis << std::endl;
  os << indent << "NumberOfBins: " << m_NumberOfBins << std::endl;
  os << indent << "OutputMinimum: " << m_OutputMinimum << std::endl;
  os << indent << "OutputMaximum: " << m_OutputMaximum << std::endl;
  os << indent << "EveryValue: " << (m_EveryValue ? "On" : "Off") << std::endl;
  os << indent << "NumberOfStreamDivisions: " << m_NumberOfStreamDivisions << std::endl;
}
} // namespace itk

#endif
