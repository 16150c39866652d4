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
#ifndef EqualizeHistogramPipeline_hxx
#define EqualizeHistogramPipeline_hxx

#include "EqualizeHistogramPipeline.h"

#include "ProgressBar.h"

#include "itkContrastLimitedAdaptiveHistogramEqualizationImageFilter.h"
#include "itkHistogramEqualizationImageFilter.h"
#include "itkIntensityDistributionImageSink.h"
#include "itkLumaImageFilter.h"
#include "itkLumaReplacementImageFilter.h"
#include "itkRGBAPixel.h"
#include "itkRGBPixel.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <type_traits>

namespace IntensityMapping
{
template <typename TPixel>
auto
EqualizeHistogramPipeline::Equalize(ImageType<TPixel> * image) -> LevelImageType *
{
  auto * filter = this->MakeStage<itk::HistogramEqualizationImageFilter<ImageType<TPixel>, LevelImageType>>();
  filter->SetInput(image);
  filter->SetMaskImage(this->ReadMask());
  filter->SetDistribution(m_Distribution);
  filter->SetTargetDistribution(m_Target);
  filter->SetMethod(m_Job.GetMethod());
  filter->SetFrameAxis(m_Job.GetFrameAxis());
  if (m_Job.bins > 0)
  {
    filter->SetNumberOfBins(static_cast<itk::SizeValueType>(m_Job.bins));
  }
  filter->SetOutputMinimum(m_Job.GetOutputMinimum());
  filter->SetOutputMaximum(m_Job.GetOutputMaximum());
  filter->SetEveryValue(!m_Job.boundedMemory);
  filter->SetNumberOfStreamDivisions(m_NumberOfPieces);
  m_Learner = filter;
  return filter->GetOutput();
}


template <typename TPixel>
auto
EqualizeHistogramPipeline::EqualizeByTiles(ImageType<TPixel> * image) -> ImageType<TPixel> *
{
  using FilterType = itk::ContrastLimitedAdaptiveHistogramEqualizationImageFilter<ImageType<TPixel>>;
  auto *     filter = this->MakeStage<FilterType>();
  const auto given = m_Job.GetTiles();
  auto       tiles = FilterType::SizeType::Filled(1);
  std::copy(given.begin(), given.end(), tiles.begin());
  filter->SetInput(image);
  filter->SetMaskImage(this->ReadMask());
  filter->SetNumberOfTiles(tiles);
  filter->SetFrameAxis(m_Job.GetFrameAxis());
  if (m_Job.GetFrameAxis() >= 0)
  {
    // Each frame that is worked on at once has tiles of its own.
    const auto most = std::max(1.0, static_cast<double>(m_Job.memory) / m_Job.GetBytesOfTiles());
    filter->SetNumberOfWorkUnits(
      static_cast<itk::ThreadIdType>(std::min<double>(filter->GetNumberOfWorkUnits(), most)));
  }
  if (!std::isnan(m_Job.clipLimit))
  {
    filter->SetClipLimit(m_Job.clipLimit);
  }
  if (m_Job.bins > 0)
  {
    filter->SetNumberOfBins(static_cast<itk::SizeValueType>(m_Job.bins));
  }
  filter->SetNumberOfStreamDivisions(m_NumberOfPieces);
  m_Learner = filter;
  return filter->GetOutput();
}


template <typename TPixel>
void
EqualizeHistogramPipeline::RunGrays()
{
  constexpr bool isForTiles = sizeof(TPixel) <= 2 || std::is_floating_point<TPixel>::value;
  auto *         image = this->Read<ImageType<TPixel>>(m_Job.input.fileName);
  if constexpr (isForTiles)
  {
    if (m_Job.IsByTiles())
    {
      m_NumberOfPieces = this->CountPieces(2 * sizeof(TPixel));
      this->Write(this->EqualizeByTiles(image));
      return;
    }
  }
  // The levels, and at most as much for what they become.
  m_NumberOfPieces = this->CountPieces(sizeof(TPixel) + 2 * sizeof(double));
  this->WriteLevels(this->Equalize(image));
}


template <typename TColor>
void
EqualizeHistogramPipeline::RunColors()
{
  using ColorImageType = ImageType<TColor>;
  using ComponentType = typename TColor::ValueType;
  // The colours of the input and of the output, two lumas and the levels.
  m_NumberOfPieces = this->CountPieces(2 * sizeof(TColor) + 2 * sizeof(ComponentType) + sizeof(double));
  auto * image = this->Read<ColorImageType>(m_Job.input.fileName);
  auto * luma = this->MakeStage<itk::LumaImageFilter<ColorImageType>>();
  auto * replacement = this->MakeStage<itk::LumaReplacementImageFilter<ColorImageType>>();
  luma->SetInput(image);
  replacement->SetInput(image);
  replacement->SetLumaImage(m_Job.IsByTiles() ? this->EqualizeByTiles(luma->GetOutput())
                                              : this->Convert<ComponentType>(this->Equalize(luma->GetOutput())));
  this->Write(replacement->GetOutput());
}


template <typename TImage>
auto
EqualizeHistogramPipeline::Learn(TImage * image, unsigned int numberOfPieces, const std::string & fileName) const
  -> DistributionPointer
{
  using Resolution = itk::IntensityDistributionEnums::Resolution;
  const auto sink = itk::IntensityDistributionImageSink<TImage>::New();
  sink->SetInput(image);
  sink->SetNumberOfStreamDivisions(numberOfPieces);
  sink->SetResolution(m_Job.boundedMemory ? Resolution::Levels : Resolution::EveryValue);
  ProgressBar progress(m_Job.processInformation);
  progress.AddStage(sink, "Learning the distribution");
  sink->Update();
  progress.ThrowIfStopped();
  if (sink->GetNumberOfCountedPixels() == 0)
  {
    throw std::runtime_error("'" + fileName +
                             "' has no finite pixel: there is no distribution to learn. Give another image.");
  }
  return sink->GetNormalization();
}


template <typename TPixel>
auto
EqualizeHistogramPipeline::LearnGrays(const ImageDescription & image) const -> DistributionPointer
{
  const auto reader = itk::ImageFileReader<ImageType<TPixel>>::New();
  reader->SetFileName(image.fileName);
  return this->Learn(reader->GetOutput(), m_Job.CountPieces(image, sizeof(TPixel)), image.fileName);
}


template <typename TComponent>
auto
EqualizeHistogramPipeline::LearnLuma(const ImageDescription & image) const -> DistributionPointer
{
  // The luma does not depend on the opacity, which the reader drops.
  using ColorImageType = ImageType<itk::RGBPixel<TComponent>>;
  const auto reader = itk::ImageFileReader<ColorImageType>::New();
  const auto luma = itk::LumaImageFilter<ColorImageType>::New();
  reader->SetFileName(image.fileName);
  luma->SetInput(reader->GetOutput());
  const auto bytesOfPixel = (image.numberOfComponents + 4) * sizeof(TComponent);
  return this->Learn(luma->GetOutput(), m_Job.CountPieces(image, bytesOfPixel), image.fileName);
}

/** What is compiled for a type of input. */
#define InstantiateForGraysMacro(TPixel)                       \
  template void EqualizeHistogramPipeline::RunGrays<TPixel>(); \
  template auto EqualizeHistogramPipeline::LearnGrays<TPixel>(const ImageDescription &) const->DistributionPointer
} // namespace IntensityMapping

#endif
