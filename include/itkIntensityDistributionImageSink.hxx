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
#ifndef itkIntensityDistributionImageSink_hxx
#define itkIntensityDistributionImageSink_hxx

#include "itkIntensityDistributionImageSink.h"

#include "itkIntensityDistributionKernel.h"
#include "itkVerifyRegions.h"

#include <algorithm>
#include <cmath>

namespace itk
{
template <typename TInputImage>
IntensityDistributionImageSink<TInputImage>::IntensityDistributionImageSink()
{
  this->AddOptionalInputName("MaskImage");
  this->SetNumberOfRequiredOutputs(1);
  this->SetNthOutput(0, this->MakeOutput(0));
  m_Passes = RepeatedImageRegionSplitter::New();
  this->SetRegionSplitter(m_Passes);
}


template <typename TInputImage>
DataObject::Pointer
IntensityDistributionImageSink<TInputImage>::MakeOutput(DataObjectPointerArraySizeType)
{
  return EqualizingNormalization::New().GetPointer();
}


template <typename TInputImage>
EqualizingNormalization *
IntensityDistributionImageSink<TInputImage>::GetNormalization()
{
  return static_cast<EqualizingNormalization *>(this->ProcessObject::GetOutput(0));
}


template <typename TInputImage>
void
IntensityDistributionImageSink<TInputImage>::VerifyPreconditions() const
{
  Superclass::VerifyPreconditions();
  if (m_NumberOfBins == 0 || m_NumberOfBins > MaximumNumberOfBins)
  {
    itkExceptionMacro("NumberOfBins is " << m_NumberOfBins << ": there must be 1 to " << MaximumNumberOfBins << '.');
  }
}


template <typename TInputImage>
void
IntensityDistributionImageSink<TInputImage>::VerifyInputInformation() const
{
  Superclass::VerifyInputInformation();
  VerifySameRegion(*this, *this->GetInput(), "mask", this->GetMaskImage());
}


template <typename TInputImage>
void
IntensityDistributionImageSink<TInputImage>::Forget()
{
  m_Numbers = {};
  m_IsFirstPass = true;
  m_Search.reset();
}


template <typename TInputImage>
void
IntensityDistributionImageSink<TInputImage>::BeforeStreamedGenerateData()
{
  Superclass::BeforeStreamedGenerateData();
  m_Search = MakeIntensityDistributionSearch<InputPixelType>(m_Resolution, m_NumberOfBins);
  m_Passes->SetNumberOfRepetitions(m_Search->GetNumberOfPasses());
}


template <typename TInputImage>
void
IntensityDistributionImageSink<TInputImage>::StreamedGenerateData(unsigned int inputRequestedRegionNumber)
{
  Superclass::StreamedGenerateData(inputRequestedRegionNumber);
  const auto numberOfRegions = this->GetNumberOfInputRequestedRegions();
  const auto number = inputRequestedRegionNumber + 1;
  if (number < numberOfRegions && number % (numberOfRegions / m_Passes->GetNumberOfRepetitions()) == 0)
  {
    m_Search->EndPass();
    m_IsFirstPass = false;
  }
}


template <typename TInputImage>
void
IntensityDistributionImageSink<TInputImage>::TakeIn(const InputPixelType *        intensities,
                                                    const unsigned char *         mask,
                                                    SizeValueType                 count,
                                                    Numbers &                     numbers,
                                                    typename SearchType::Counts & counts) const
{
  SizeValueType numberOfCounted = 0;
  ForEachCounted(intensities, mask, count, [&](const InputPixelType * counted, SizeValueType countedLength) {
    m_Search->Count(counted, countedLength, counts);
    numberOfCounted += countedLength;
  });
  if (!m_IsFirstPass)
  {
    return;
  }
  numbers.Counted += numberOfCounted;
  for (SizeValueType i = 0; numberOfCounted < count && i < count; ++i)
  {
    const bool isMasked = mask != nullptr && mask[i] == 0;
    numbers.Masked += isMasked ? 1 : 0;
    numbers.NaNs += !isMasked && intensities[i] != intensities[i] ? 1 : 0;
    numbers.Infinities += !isMasked && std::isinf(static_cast<double>(intensities[i])) ? 1 : 0;
  }
}


template <typename TInputImage>
void
IntensityDistributionImageSink<TInputImage>::ThreadedStreamedGenerateData(const InputRegionType & region)
{
  const InputImageType * input = this->GetInput();
  const MaskImageType *  mask = this->GetMaskImage();
  Numbers                numbers;
  const auto             counts = m_Search->MakeCounts();

  const auto takeInBlock = [&](const auto & index, SizeValueType start, SizeValueType count) {
    const auto * maskBlock = mask != nullptr ? mask->GetBufferPointer() + mask->ComputeOffset(index) + start : nullptr;
    this->TakeIn(input->GetBufferPointer() + input->ComputeOffset(index) + start, maskBlock, count, numbers, *counts);
  };
  const auto & buffered = input->GetBufferedRegion();
  this->ForEachBlock(region, { buffered, mask != nullptr ? mask->GetBufferedRegion() : buffered }, takeInBlock);

  const std::lock_guard<std::mutex> lock(m_Mutex);
  m_Search->Merge(*counts);
  m_Numbers.Counted += numbers.Counted;
  m_Numbers.Masked += numbers.Masked;
  m_Numbers.NaNs += numbers.NaNs;
  m_Numbers.Infinities += numbers.Infinities;
}


template <typename TInputImage>
void
IntensityDistributionImageSink<TInputImage>::Learn()
{
  m_Search->EndPass();
  const auto loop = [this](SizeValueType count, const std::function<void(SizeValueType)> & visit) {
    this->GetMultiThreader()->ParallelizeArray(0, count, visit, nullptr);
  };
  this->GetNormalization()->SetDistribution(std::make_shared<IntensityDistribution>(m_Search->MakeDistribution(loop)));
  m_Search.reset();
}


template <typename TInputImage>
void
IntensityDistributionImageSink<TInputImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Resolution: " << m_Resolution << std::endl;
  os << indent << "NumberOfBins: " << m_NumberOfBins << std::endl;
  os << indent << "Pixels: " << m_Numbers.Counted << " counted, " << m_Numbers.Masked << " masked, "
     << m_Numbers.Infinities << " infinite and " << m_Numbers.NaNs << " NaN" << std::endl;
}
} // namespace itk

#endif
