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
#ifndef itkInverseColormapImageFilter_hxx
#define itkInverseColormapImageFilter_hxx

#include "itkInverseColormapImageFilter.h"

#include "itkForEachSpan.h"
#include "itkLinearNormalization.h"
#include "itkWorkUnitProgress.h"

#include <algorithm>

namespace itk
{
template <typename TInputImage, typename TOutputImage>
InverseColormapImageFilter<TInputImage, TOutputImage>::InverseColormapImageFilter()
{
  this->AddRequiredInputName("Normalization");
  this->AddRequiredInputName("Colormap");
  this->SetNormalization(LinearNormalization::New());
  this->SetColormap(Colormap::New());
  this->DynamicMultiThreadingOn();
  this->ThreaderUpdateProgressOff();
}


template <typename TInputImage, typename TOutputImage>
DataObject::Pointer
InverseColormapImageFilter<TInputImage, TOutputImage>::MakeOutput(const DataObjectIdentifierType & name)
{
  if (name == "Ambiguity")
  {
    return AmbiguityImageType::New().GetPointer();
  }
  return OutputImageType::New().GetPointer();
}


template <typename TInputImage, typename TOutputImage>
void
InverseColormapImageFilter<TInputImage, TOutputImage>::SetCompute(const DataObjectIdentifierType & name, bool compute)
{
  if (compute == this->HasOutput(name))
  {
    return;
  }
  if (compute)
  {
    this->ProcessObject::SetOutput(name, this->MakeOutput(name));
  }
  else
  {
    this->RemoveOutput(name);
  }
}


template <typename TInputImage, typename TOutputImage>
void
InverseColormapImageFilter<TInputImage, TOutputImage>::VerifyPreconditions() const
{
  Superclass::VerifyPreconditions();
  Ruler::VerifyInputsOf(*this);
  if (this->GetColormap()->GetNumberOfEntries() > MaximumNumberOfEntries)
  {
    itkExceptionMacro("The colormap has " << this->GetColormap()->GetNumberOfEntries()
                                          << " entries: the values can be recovered of at most "
                                          << MaximumNumberOfEntries << '.');
  }
  if (!(m_Tolerance >= 0.0))
  {
    itkExceptionMacro("The tolerance is " << m_Tolerance << ": it must be 0 or more bytes, or infinity for none.");
  }
  if (!(m_ChromaWeight >= ColorMetric::MinimumChromaWeight && m_ChromaWeight <= 1.0))
  {
    itkExceptionMacro("The chroma weight is " << m_ChromaWeight << ": it must be from "
                                              << ColorMetric::MinimumChromaWeight << " to 1.");
  }
  if (!(m_OverlayOpacity > 0.0 && m_OverlayOpacity <= 1.0))
  {
    itkExceptionMacro("The opacity of the overlay is " << m_OverlayOpacity
                                                       << ": it must be above 0, and at most 1, which is no overlay.");
  }
  if (m_OverlayOpacity < 1.0 && m_Interpolate)
  {
    itkExceptionMacro("OverlayOpacity is " << m_OverlayOpacity
                                           << " and Interpolate is on: an overlay can be recovered by entry only. Turn "
                                              "Interpolate off, or set OverlayOpacity to 1.");
  }
  if (m_OverlayOpacity == 1.0 && this->GetComputeGray())
  {
    itkExceptionMacro("ComputeGray is on, but OverlayOpacity is 1: there is no gray under opaque colours. Turn "
                      "ComputeGray off, or set the opacity of the overlay.");
  }
}


template <typename TInputImage, typename TOutputImage>
void
InverseColormapImageFilter<TInputImage, TOutputImage>::GenerateOutputInformation()
{
  Ruler::UpdateInputsOf(*this);
  Superclass::GenerateOutputInformation();
}


template <typename TInputImage, typename TOutputImage>
void
InverseColormapImageFilter<TInputImage, TOutputImage>::BeforeThreadedGenerateData()
{
  InverseColormapSettings settings;
  settings.m_Metric =
    m_Metric == MetricEnum::Euclidean ? ColorMetric::MakeEuclidean() : ColorMetric::MakeLumaWeighted(m_ChromaWeight);
  settings.m_Interpolate = m_Interpolate;
  settings.m_OverlayOpacity = m_OverlayOpacity;
  settings.m_Tolerance = m_Tolerance;
  settings.m_UnknownValue = m_UnknownValue;
  m_Lookup.Prepare(*this->GetColormap(), *this->GetNormalization(), settings);
  m_NumberOfUnknownPixels = 0;
}


template <typename TInputImage, typename TOutputImage>
void
InverseColormapImageFilter<TInputImage, TOutputImage>::DynamicThreadedGenerateData(const OutputRegionType & region)
{
  constexpr SizeValueType blockLength = 8192;
  const InputImageType *  input = this->GetInput();
  OutputImageType *       output = this->GetOutput();
  SizeValueType           numberOfUnknown = 0;
  WorkUnitProgress        progress(output->GetRequestedRegion().GetNumberOfPixels(),
                            [this](float fraction) { this->IncrementProgress(fraction); });

  const auto invertRun = [&](const auto & index, SizeValueType runLength) {
    const auto * pixels = input->GetBufferPointer() + input->ComputeOffset(index);
    const auto   offset = output->ComputeOffset(index);
    const auto   findSpan = [=](auto * image, SizeValueType start) {
      return image != nullptr ? image->GetBufferPointer() + offset + start : nullptr;
    };
    for (SizeValueType start = 0; start < runLength && !this->GetAbortGenerateData(); start += blockLength)
    {
      const auto length = std::min(blockLength, runLength - start);
      numberOfUnknown += m_Lookup.Invert(pixels[start].GetDataPointer(),
                                         InputPixelType::Dimension,
                                         length,
                                         { findSpan(output, start),
                                           findSpan(this->GetHalfWidthImage(), start),
                                           findSpan(this->GetDistanceImage(), start),
                                           findSpan(this->GetAmbiguityImage(), start),
                                           findSpan(this->GetGrayImage(), start) });
      progress.Completed(length);
    }
  };
  ForEachSpan(region, { input->GetBufferedRegion(), output->GetBufferedRegion() }, invertRun);
  progress.Finish();
  m_NumberOfUnknownPixels += numberOfUnknown;
}


template <typename TInputImage, typename TOutputImage>
void
InverseColormapImageFilter<TInputImage, TOutputImage>::AfterThreadedGenerateData()
{
  ThrowIfAborted(*this);
  this->UpdateProgress(1.0F);
}


template <typename TInputImage, typename TOutputImage>
void
InverseColormapImageFilter<TInputImage, TOutputImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Metric: " << m_Metric << std::endl;
  os << indent << "ChromaWeight: " << m_ChromaWeight << std::endl;
  os << indent << "Interpolate: " << (m_Interpolate ? "On" : "Off") << std::endl;
  os << indent << "OverlayOpacity: " << m_OverlayOpacity << std::endl;
  os << indent << "Tolerance: " << m_Tolerance << std::endl;
  os << indent << "UnknownValue: " << m_UnknownValue << std::endl;
  os << indent << "NumberOfUnknownPixels: " << m_NumberOfUnknownPixels << std::endl;
}
} // namespace itk

#endif
