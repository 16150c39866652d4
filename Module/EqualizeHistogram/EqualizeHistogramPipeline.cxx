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
#include "EqualizeHistogramPipeline.h"

#include "DispatchOnComponentType.h"
#include "FlattenImageFilter.h"
#include "LevelsToPixelsImageFilter.h"
#include "ProgressBar.h"
#include "WriteImage.h"

#include "itkRGBAPixel.h"
#include "itkRGBPixel.h"
#include "itkUnaryGeneratorImageFilter.h"

#include <algorithm>

namespace IntensityMapping
{
EqualizeHistogramPipeline::EqualizeHistogramPipeline(const EqualizeHistogramJob & job, std::string fileName)
  : m_Job(job)
  , m_FileName(std::move(fileName))
  , m_Distribution(this->LearnIfGiven(job.distribution))
  , m_Target(this->LearnIfGiven(job.match))
{}


auto
EqualizeHistogramPipeline::LearnIfGiven(const std::optional<ImageDescription> & image) const -> DistributionPointer
{
  DistributionPointer learned;
  if (image && image->numberOfComponents > 1)
  {
    learned = image->componentType == itk::IOComponentEnum::UCHAR ? this->LearnLuma<unsigned char>(*image)
                                                                  : this->LearnLuma<unsigned short>(*image);
  }
  else if (image)
  {
    DispatchOnComponentType(image->componentType,
                            [&](auto zero) { learned = this->LearnGrays<decltype(zero)>(*image); });
  }
  return learned;
}


/** Whatever its type is: a fraction is not 0, either. */
auto
EqualizeHistogramPipeline::ReadMask() -> MaskImageType *
{
  if (!m_Job.mask)
  {
    return nullptr;
  }
  auto * filter = this->MakeStage<itk::UnaryGeneratorImageFilter<LevelImageType, MaskImageType>>();
  filter->SetInput(this->Read<LevelImageType>(m_Job.mask->fileName));
  filter->SetFunctor([](const double & value) { return static_cast<unsigned char>(value != 0.0 ? 1 : 0); });
  return filter->GetOutput();
}


/** Frames along another axis than that which pieces are cut from all reach into each piece. */
unsigned int
EqualizeHistogramPipeline::CountPieces(itk::SizeValueType bytesOfPixel) const
{
  const auto & size = m_Job.input.size;
  const auto   slowest = std::find_if(size.rbegin(), std::prev(size.rend()), [](auto length) { return length > 1; });
  const auto   axis = m_Job.GetFrameAxis();
  const auto   bytesOfMask = m_Job.mask ? sizeof(double) + 1 : 0;
  return axis >= 0 && axis != std::distance(slowest, std::prev(size.rend()))
           ? 1
           : m_Job.CountPieces(m_Job.input, bytesOfPixel + bytesOfMask);
}


template <typename TPixel>
auto
EqualizeHistogramPipeline::Convert(LevelImageType * levels) -> ImageType<TPixel> *
{
  auto * filter = this->MakeStage<LevelsToPixelsImageFilter<LevelImageType, ImageType<TPixel>>>();
  filter->SetInput(levels);
  return filter->GetOutput();
}


/** Throws before the distribution is learned, which may take long, if the output cannot be written. */
template <typename TPixel>
void
EqualizeHistogramPipeline::VerifyOutput() const
{
  using OutputImageType = itk::Image<TPixel, 2>;
  const auto   image = OutputImageType::New();
  const auto & size = m_Job.input.size;
  image->SetRegions(itk::Size<2>{ { size[0], size[1] * (size.size() > 2 ? size[2] : 1) } });
  RegisterImageFormats();
  const auto imageIO = itk::ImageIOFactory::CreateImageIO(m_FileName.c_str(), itk::IOFileModeEnum::WriteMode);
  imageIO->SetUseCompression(m_Job.compress);
  VerifyRoomForImage(image.GetPointer(), m_FileName, *imageIO);
  VerifyFormat(image.GetPointer(), m_FileName);
}


/** The first half of the progress of the filter that learns. */
void
EqualizeHistogramPipeline::LearnFromInput(itk::DataObject * image)
{
  ProgressBar progress(m_Job.processInformation, 0.5);
  progress.AddStage(m_Learner, "Learning the distribution");
  image->UpdateOutputInformation();
  progress.ThrowIfStopped();
}


template <typename TPixel>
void
EqualizeHistogramPipeline::Write(ImageType<TPixel> * image)
{
  this->VerifyOutput<TPixel>();
  this->LearnFromInput(image);
  ProgressBar progress(m_Job.processInformation);
  if (!m_Job.IsFlat())
  {
    WriteImage(image, m_FileName, m_NumberOfPieces, m_Job.compress, &progress);
    return;
  }
  auto * filter = this->MakeStage<FlattenImageFilter<TPixel>>();
  filter->SetInput(image);
  WriteImage(filter->GetOutput(), m_FileName, m_NumberOfPieces, m_Job.compress, &progress);
}


void
EqualizeHistogramPipeline::WriteLevels(LevelImageType * levels)
{
  DispatchOnComponentType(m_Job.GetOutputComponentType(),
                          [&](auto zero) { this->Write(this->Convert<decltype(zero)>(levels)); });
}


void
EqualizeHistogramPipeline::Run()
{
  const bool isOfBytes = m_Job.input.componentType == itk::IOComponentEnum::UCHAR;
  switch (m_Job.input.numberOfComponents)
  {
    case 3:
      return isOfBytes ? this->RunColors<itk::RGBPixel<unsigned char>>()
                       : this->RunColors<itk::RGBPixel<unsigned short>>();
    case 4:
      return isOfBytes ? this->RunColors<itk::RGBAPixel<unsigned char>>()
                       : this->RunColors<itk::RGBAPixel<unsigned short>>();
    default:
      DispatchOnComponentType(m_Job.input.componentType, [this](auto zero) { this->RunGrays<decltype(zero)>(); });
  }
}


#define InstantiateForTilesMacro(TPixel) template void EqualizeHistogramPipeline::Write<TPixel>(ImageType<TPixel> *)
#define InstantiateForColorsMacro(TComponent)           \
  InstantiateForTilesMacro(itk::RGBPixel<TComponent>);  \
  InstantiateForTilesMacro(itk::RGBAPixel<TComponent>); \
  template auto EqualizeHistogramPipeline::Convert<TComponent>(LevelImageType *)->ImageType<TComponent> *

InstantiateForTilesMacro(unsigned char);
InstantiateForTilesMacro(signed char);
InstantiateForTilesMacro(unsigned short);
InstantiateForTilesMacro(short);
InstantiateForTilesMacro(float);
InstantiateForTilesMacro(double);
InstantiateForColorsMacro(unsigned char);
InstantiateForColorsMacro(unsigned short);


void
RunEqualizeHistogram(const EqualizeHistogramJob & job, const std::string & fileName)
{
  EqualizeHistogramPipeline(job, fileName).Run();
}
} // namespace IntensityMapping
