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
  auto       sink = IntensityRangeImageSink<InputImageType>::New();
  const auto relay = [this, sink = sink.GetPointer()](const EventObject &) {
    this->UpdateProgress(0.5F * sink->GetProgress());
    if (this->GetAbortGenerateData())
    {
      sink->AbortGenerateDataOn();
    }
  };
  sink->AddObserver(ProgressEvent(), relay);
  sink->SetInput(this->GetInput());
  sink->SetNumberOfStreamDivisions(m_NumberOfStreamDivisions);
  sink->SetNumberOfWorkUnits(this->GetNumberOfWorkUnits());

  // What an update that was aborted left behind.
  this->AbortGenerateDataOff();
  sink->Update();
  m_LearnedNormalization = sink->GetNormalization();
  m_ProgressOfLearning = 0.5F;
}


template <typename TInputImage, typename TOutputImage>
template <typename TReal>
void
ColormapImageFilter<TInputImage, TOutputImage>::ComputeIndices(const InputPixelType * intensities,
                                                               std::uint32_t *        indices,
                                                               SizeValueType          count) const
{
  constexpr SizeValueType        blockLength = 1024;
  std::array<TReal, blockLength> normalized;
  const auto numberOfEntries = static_cast<std::uint32_t>(this->GetColormap()->GetNumberOfEntries());
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    const auto    length = std::min(blockLength, count - start);
    const TReal * reals = normalized.data();
    if constexpr (std::is_same<InputPixelType, TReal>::value)
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
void
ColormapImageFilter<TInputImage, TOutputImage>::ComputeIndices(const InputPixelType * intensities,
                                                               std::uint32_t *        indices,
                                                               SizeValueType          count) const
{
  constexpr bool isSingle = std::is_same<InputPixelType, float>::value || HasFewValues;
  if (isSingle && !this->GetUsedNormalization()->RequiresDoublePrecision())
  {
    this->ComputeIndices<float>(intensities, indices, count);
  }
  else
  {
    this->ComputeIndices<double>(intensities, indices, count);
  }
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::MakeColorsOfValues()
{
  if constexpr (HasFewValues)
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
ColormapImageFilter<TInputImage, TOutputImage>::BeforeThreadedGenerateData()
{
  m_ColorsOfIndices = this->GetColormap()->GetByteTable();
  this->MakeColorsOfValues();
  m_ProgressOfColoring = 1.0F - m_ProgressOfLearning;
  this->UpdateProgress(m_ProgressOfLearning);
  m_ProgressOfLearning = 0.0F;
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::AfterThreadedGenerateData()
{
  m_ColorsOfIndices.clear();
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
  std::array<std::uint32_t, 1024> indices;
  this->ComputeIndices(intensities, indices.data(), count);
  gather(indices.data(), m_ColorsOfIndices);
}


template <typename TInputImage, typename TOutputImage>
void
ColormapImageFilter<TInputImage, TOutputImage>::DynamicThreadedGenerateData(const OutputRegionType & region)
{
  constexpr SizeValueType blockLength = 1024;
  const InputImageType *  input = this->GetInput();
  OutputImageType *       output = this->GetOutput();
  WorkUnitProgress        progress(output->GetRequestedRegion().GetNumberOfPixels(),
                            [this](float fraction) { this->IncrementProgress(m_ProgressOfColoring * fraction); });

  const auto colorRun = [&](const auto & index, SizeValueType runLength) {
    const auto * intensities = input->GetBufferPointer() + input->ComputeOffset(index);
    auto *       colors = output->GetBufferPointer() + output->ComputeOffset(index);
    for (SizeValueType start = 0; start < runLength && !this->GetAbortGenerateData(); start += blockLength)
    {
      const auto length = std::min(blockLength, runLength - start);
      this->ColorSpan(intensities + start, colors + start, length);
      progress.Completed(length);
    }
  };
  ForEachSpan(region, { input->GetBufferedRegion(), output->GetBufferedRegion() }, colorRun);
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
