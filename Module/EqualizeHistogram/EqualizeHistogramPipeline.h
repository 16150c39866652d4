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
#ifndef EqualizeHistogramPipeline_h
#define EqualizeHistogramPipeline_h

#include "EqualizeHistogramJob.h"

#include "itkEqualizingNormalization.h"
#include "itkImage.h"
#include "itkImageFileReader.h"
#include "itkProcessObject.h"

#include <optional>
#include <string>
#include <vector>

namespace IntensityMapping
{
/** \class EqualizeHistogramPipeline
 * \brief The pipeline from the input's file to that of the output.
 *
 * To be compiled once per type of pixel, not once per pair of types and dimension, an image of two dimensions goes
 * through it as a volume of one slice, and what is equalized is in double precision until its last stages. */
class EqualizeHistogramPipeline
{
public:
  template <typename TPixel>
  using ImageType = itk::Image<TPixel, 3>;
  using LevelImageType = ImageType<double>;
  using MaskImageType = ImageType<unsigned char>;
  using DistributionPointer = itk::EqualizingNormalization::Pointer;

  EqualizeHistogramPipeline(const EqualizeHistogramJob & job, std::string fileName);

  /** Makes the pipeline and runs it. */
  void
  Run();

private:
  /** A stage of the pipeline, which is kept, since outputs do not keep what makes them. */
  template <typename TFilter>
  TFilter *
  MakeStage()
  {
    const auto filter = TFilter::New();
    m_Stages.emplace_back(filter.GetPointer());
    return filter;
  }

  template <typename TImage>
  TImage *
  Read(const std::string & fileName)
  {
    auto * reader = this->MakeStage<itk::ImageFileReader<TImage>>();
    reader->SetFileName(fileName);
    return reader->GetOutput();
  }

  MaskImageType *
  ReadMask();

  /** In how many pieces to work if a pixel takes this many bytes. */
  unsigned int
  CountPieces(itk::SizeValueType bytesOfPixel) const;

  DistributionPointer
  LearnIfGiven(const std::optional<ImageDescription> & image) const;

  template <typename TPixel>
  ImageType<TPixel> *
  Convert(LevelImageType * levels);

  template <typename TPixel>
  void
  VerifyOutput() const;

  void
  LearnFromInput(itk::DataObject * image);

  /** \name Compiled in a file by itself for all types of output. */
  ///@{
  template <typename TPixel>
  void
  Write(ImageType<TPixel> * image);

  void
  WriteLevels(LevelImageType * levels);
  ///@}

  /** \name Compiled in two files, for half of the types of input each. */
  ///@{
  template <typename TPixel>
  void
  RunGrays();

  template <typename TColor>
  void
  RunColors();

  template <typename TPixel>
  DistributionPointer
  LearnGrays(const ImageDescription & image) const;

  template <typename TComponent>
  DistributionPointer
  LearnLuma(const ImageDescription & image) const;
  ///@}

  template <typename TPixel>
  LevelImageType *
  Equalize(ImageType<TPixel> * image);

  template <typename TPixel>
  ImageType<TPixel> *
  EqualizeByTiles(ImageType<TPixel> * image);

  template <typename TImage>
  DistributionPointer
  Learn(TImage * image, unsigned int numberOfPieces, const std::string & fileName) const;

  const EqualizeHistogramJob &             m_Job;
  const std::string                        m_FileName;
  DistributionPointer                      m_Distribution;
  DistributionPointer                      m_Target;
  unsigned int                             m_NumberOfPieces{ 1 };
  std::vector<itk::ProcessObject::Pointer> m_Stages;
  itk::ProcessObject *                     m_Learner{ nullptr };
};
} // namespace IntensityMapping

#endif
