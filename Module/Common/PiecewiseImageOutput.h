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
#ifndef PiecewiseImageOutput_h
#define PiecewiseImageOutput_h

#include "OutputFile.h"
#include "ProgressBar.h"
#include "WriteImage.h"

#include "itkImageFileWriter.h"
#include "itkImageIOFactory.h"
#include "itkImageRegionSplitterSlowDimension.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace IntensityMapping
{
/** \class PiecewiseOutput
 * \brief One of several images that are written side by side, region by region, so that what they are made from is
 * computed once. */
class PiecewiseOutput
{
public:
  virtual ~PiecewiseOutput() = default;

  /** Throws unless there is room on the disk, the format can hold the image, and, if there is more than one piece, it
   * can be written so. */
  virtual void
  Prepare(unsigned int numberOfPieces) = 0;

  /** Updates a region of the image and writes it. */
  virtual void
  WriteRegion(const itk::ImageIORegion & region) = 0;

  /** Puts the file in its place. */
  virtual void
  Commit() = 0;
};

template <typename TImage>
class PiecewiseImageOutput : public PiecewiseOutput
{
public:
  /** Throws if there cannot be a file of that name. */
  PiecewiseImageOutput(TImage * image, const std::string & fileName, bool compress)
    : m_GivenName(fileName)
    , m_File(fileName)
    , m_Image(image)
  {
    m_ImageIO = itk::ImageIOFactory::CreateImageIO(m_File.GetTemporaryName().c_str(), itk::IOFileModeEnum::WriteMode);
    m_ImageIO->SetUseCompression(compress);
    m_Writer->SetImageIO(m_ImageIO);
    m_Writer->SetInput(image);
    m_Writer->SetFileName(m_File.GetTemporaryName());
    m_Writer->SetUseCompression(compress);
  }

  void
  Prepare(unsigned int numberOfPieces) override
  {
    if (numberOfPieces > 1 && !m_ImageIO->CanStreamWrite())
    {
      throw std::runtime_error(
        "The output '" + m_GivenName + "' can be written in one piece only, which needs " +
        "more memory than --memory allows: write .mha without --compress, or allow more memory.");
    }
    m_Image->UpdateOutputInformation();
    VerifyRoomForImage(m_Image.GetPointer(), m_File.GetTemporaryName(), *m_ImageIO);
    // It leaves no file behind: the writer would compare the first piece with an empty one.
    VerifyFormat(m_Image.GetPointer(), m_File.GetTemporaryName());
  }

  void
  WriteRegion(const itk::ImageIORegion & region) override
  {
    m_Writer->SetIORegion(region);
    m_Writer->Update();
  }

  void
  Commit() override
  {
    m_File.Commit();
  }

private:
  using WriterType = itk::ImageFileWriter<TImage>;

  std::string                  m_GivenName;
  OutputFile                   m_File;
  typename TImage::Pointer     m_Image;
  itk::ImageIOBase::Pointer    m_ImageIO;
  typename WriterType::Pointer m_Writer{ WriterType::New() };
};

/** \class PiecewiseImageOutputs
 * \brief All images that are made together, which are in their places only when all are complete. */
class PiecewiseImageOutputs
{
public:
  /** Does nothing if the name is empty. Throws if there cannot be a file of that name. */
  template <typename TImage>
  void
  Add(TImage * image, const std::string & fileName, bool compress)
  {
    if (!fileName.empty())
    {
      m_Outputs.push_back(std::make_unique<PiecewiseImageOutput<TImage>>(image, fileName, compress));
    }
  }

  /** Has `image`, which all others are made along with, updated and written in about this many pieces; calls
   * `finishPiece` with the region of each. Throws as PiecewiseOutput::Prepare() does, and if the run was stopped. */
  template <typename TImage, typename TFunction>
  void
  Write(TImage * image, unsigned int wantedNumberOfPieces, ProgressBar & progress, TFunction && finishPiece)
  {
    constexpr unsigned int dimension = TImage::ImageDimension;
    image->UpdateOutputInformation();
    const auto whole = image->GetLargestPossibleRegion();
    const auto splitter = itk::ImageRegionSplitterSlowDimension::New();
    const auto numberOfPieces = splitter->GetNumberOfSplits(whole, wantedNumberOfPieces);
    for (const auto & output : m_Outputs)
    {
      output->Prepare(numberOfPieces);
    }
    for (unsigned int piece = 0; piece < numberOfPieces; ++piece)
    {
      auto region = whole;
      splitter->GetSplit(piece, numberOfPieces, region);
      progress.SetPiece(piece, numberOfPieces);
      image->SetRequestedRegion(region);
      image->Update();
      itk::ImageIORegion ioRegion(dimension);
      itk::ImageIORegionAdaptor<dimension>::Convert(region, ioRegion, whole.GetIndex());
      for (const auto & output : m_Outputs)
      {
        output->WriteRegion(ioRegion);
      }
      finishPiece(region);
      progress.ThrowIfStopped();
    }
  }

  void
  Commit()
  {
    for (const auto & output : m_Outputs)
    {
      output->Commit();
    }
  }

private:
  std::vector<std::unique_ptr<PiecewiseOutput>> m_Outputs;
};
} // namespace IntensityMapping

#endif
