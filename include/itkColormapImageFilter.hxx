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
#ifndef itkColormapImageFilter_hxx
#define itkColormapImageFilter_hxx

#include "itkColormapImageFilter.h"

#include "itkColormapKernel.h"
#include "itkForEachSpan.h"
#include "itkIntensityRangeImageSink.h"
#include "itkPixelMemory.h"
#include "itkWorkUnitProgress.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace itk
{
template <typename TInputImage, typename TOutputImage>
ColormapImageFilter<TInputImage, TOutputImage>::ColormapImageFilter()
{
  this->AddRequiredInputName("Colormap");
  this->AddOptionalInputName("Normalization");
  this->SetColormap(Colormap::New());
  this->DynamicMultiThreadingOn();
  this->ThreaderUpdateProgressOff();
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::VerifyPreconditions() const
{
  Superclass::VerifyPreconditions();
  Ruler::VerifyInputsOf(*this);
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::GenerateOutputInformation()
{
  Ruler::UpdateInputsOf(*this);
  if (this->GetNormalization() == nullptr)
  {
    this->LearnNormalization();
  }
  Superclass::GenerateOutputInformation();
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::LearnNormalization()
{
  if (m_LearningStage.IsDone(*this, this->GetMTime()))
  {
    return;
  }
  const auto sink = IntensityRangeImageSink<InputImageType>::New();
  sink->SetInput(this->GetInput());
  sink->SetNumberOfStreamDivisions(m_NumberOfStreamDivisions);
  m_LearningStage.Run(*this, *sink);
  m_LearnedNormalization = sink->GetNormalization();
}


template <typename TInputImage, typename TOutputImage>
template <typename TReal, typename TIntensity>
void
ColormapImageFilter<TInputImage, TOutputImage>::ComputeIndicesIn(const TIntensity * intensities,
                                                                 std::uint32_t *    indices,
                                                                 SizeValueType      count) const
{
  std::array<TReal, SpanBlockLength> normalized;
  const auto numberOfEntries = static_cast<std::uint32_t>(this->GetColormap()->GetNumberOfEntries());
  for (SizeValueType start = 0; start < count; start += SpanBlockLength)
  {
    const auto    length = std::min(SpanBlockLength, count - start);
    const TReal * reals = normalized.data();
    if constexpr (std::is_same<TIntensity, TReal>::value)
    {
      reals = intensities + start;
    }
    else
    {
      std::copy_n(intensities + start, length, normalized.data());
    }
    this->GetUsedNormalization()->Forward(reals, normalized.data(), length);
    ComputeColormapIndices(normalized.data(), indices + start, length, numberOfEntries);
  }
}


template <typename TInputImage, typename TOutputImage>
template <typename TIntensity>
void
ColormapImageFilter<TInputImage, TOutputImage>::ComputeIndices(const TIntensity * intensities,
                                                               std::uint32_t *    indices,
                                                               SizeValueType      count) const
{
  constexpr bool isSingle = std::is_same<TIntensity, float>::value || HasFewValues;
  if (isSingle && !this->GetUsedNormalization()->RequiresDoublePrecision())
  {
    this->ComputeIndicesIn<float>(intensities, indices, count);
  }
  else
  {
    this->ComputeIndicesIn<double>(intensities, indices, count);
  }
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::MakeColorsOfValues()
{
  constexpr SizeValueType numberOfValues = SizeValueType{ 1 } << (8 * sizeof(InputPixelType));
  if (this->GetOutput()->GetRequestedRegion().GetNumberOfPixels() < numberOfValues)
  {
    return;
  }
  std::vector<InputPixelType> values(numberOfValues);
  std::iota(values.begin(), values.end(), InputPixelType{ 0 });
  std::vector<std::uint32_t> indices(numberOfValues);
  this->ComputeIndices(values.data(), indices.data(), numberOfValues);
  m_ColorsOfValues.resize(numberOfValues);
  GatherRGBA(indices.data(),
             m_ColorsOfIndices.front().GetDataPointer(),
             m_ColorsOfValues.front().GetDataPointer(),
             numberOfValues);
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::AllocateOutputs()
{
  auto * output = this->GetOutput();
  output->SetBufferedRegion(output->GetRequestedRegion());
  AllocateUninitialized(*output);
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::MakeSteps()
{
  const auto * normalization = this->GetUsedNormalization();
  if (m_TimeOfSteps > this->GetMTime() && m_TimeOfSteps > normalization->GetMTime() &&
      m_TimeOfSteps > this->GetColormap()->GetMTime())
  {
    return;
  }
  m_TimeOfSteps.Modified();
  m_Steps.reset();
  // A table takes a millisecond or more to make. A straight line is as fast without. The choice must not depend on the
  // requested region.
  constexpr SizeValueType worthATable = SizeValueType{ 1 } << 20;
  const bool              isLarge = this->GetOutput()->GetLargestPossibleRegion().GetNumberOfPixels() >= worthATable;
  if (isLarge && dynamic_cast<const LinearNormalization *>(normalization) == nullptr)
  {
    const std::vector<RealType> landmarks{ RealType{ 0 },
                                           static_cast<RealType>(normalization->GetMinimum()),
                                           static_cast<RealType>(normalization->GetMaximum()) };
    m_Steps = StepsType::Make([this](const RealType * reals,
                                     std::uint32_t *  indices,
                                     SizeValueType    count) { this->ComputeIndices(reals, indices, count); },
                              landmarks);
  }
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::MakeColorsOfSteps()
{
  if (m_Steps != nullptr)
  {
    const auto & indices = m_Steps->GetValues();
    m_ColorsOfSteps.resize(indices.size());
    std::transform(
      indices.begin(), indices.end(), m_ColorsOfSteps.begin(), [this](auto index) { return m_ColorsOfIndices[index]; });
  }
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::FindColors(const InputPixelType * intensities,
                                                           std::uint32_t *        numbers,
                                                           SizeValueType          count) const
{
  if (m_Steps == nullptr)
  {
    this->ComputeIndices(intensities, numbers, count);
  }
  else if constexpr (std::is_same<InputPixelType, RealType>::value)
  {
    m_Steps->Find(intensities, numbers, count);
  }
  else
  {
    std::array<RealType, SpanBlockLength> reals;
    std::copy_n(intensities, count, reals.data());
    m_Steps->Find(reals.data(), numbers, count);
  }
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::BeforeThreadedGenerateData()
{
  m_ColorsOfIndices = this->GetColormap()->GetByteTable();
  if constexpr (HasFewValues)
  {
    this->MakeColorsOfValues();
  }
  else
  {
    this->MakeSteps();
    this->MakeColorsOfSteps();
  }
  m_LearningStage.BeginNext(*this);
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::AfterThreadedGenerateData()
{
  m_ColorsOfIndices.clear();
  m_ColorsOfSteps.clear();
  m_ColorsOfValues.clear();
  ThrowIfAborted(*this);
  this->UpdateProgress(1.0F);
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::ColorSpan(const InputPixelType * intensities,
                                                          OutputPixelType *      colors,
                                                          SizeValueType          count) const
{
  const auto gather = [&](const auto * indices, const Colormap::ByteTableType & table) {
    if constexpr (OutputPixelType::Dimension == 4)
    {
      GatherRGBA(indices, table.front().GetDataPointer(), colors->GetDataPointer(), count);
    }
    else
    {
      GatherRGB(indices, table.front().GetDataPointer(), colors->GetDataPointer(), count);
    }
  };
  if constexpr (HasFewValues)
  {
    if (!m_ColorsOfValues.empty())
    {
      gather(reinterpret_cast<const std::make_unsigned_t<InputPixelType> *>(intensities), m_ColorsOfValues);
      return;
    }
  }
  std::array<std::uint32_t, SpanBlockLength> numbers;
  this->FindColors(intensities, numbers.data(), count);
  gather(numbers.data(), m_Steps ? m_ColorsOfSteps : m_ColorsOfIndices);
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::DynamicThreadedGenerateData(const OutputRegionType & region)
{
  const InputImageType * input = this->GetInput();
  OutputImageType *      output = this->GetOutput();
  WorkUnitProgress       progress(output->GetRequestedRegion().GetNumberOfPixels(), [this](float fraction) {
    this->IncrementProgress(m_LearningStage.GetShareOfNext() * fraction);
  });

  const auto colorBlock = [&](const auto & index, SizeValueType start, SizeValueType count) {
    this->ColorSpan(input->GetBufferPointer() + input->ComputeOffset(index) + start,
                    output->GetBufferPointer() + output->ComputeOffset(index) + start,
                    count);
    progress.Completed(count);
    return !this->GetAbortGenerateData();
  };
  ForEachBlock(region, { input->GetBufferedRegion(), output->GetBufferedRegion() }, colorBlock);
  progress.Finish();
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "NumberOfStreamDivisions: " << m_NumberOfStreamDivisions << std::endl;
}
} // namespace itk

#endif
