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
#ifndef WriteImage_h
#define WriteImage_h

#include "ImageDescription.h"
#include "ImageFormats.h"
#include "OutputFile.h"
#include "ProgressBar.h"

#include "itkImageFileWriter.h"
#include "itkImageIOFactory.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>
#include <type_traits>

namespace IntensityMapping
{
/** The bytes that the pixels of an image take, of which nothing but its information needs to be up to date. */
template <typename TImage>
std::uint64_t
GetLengthOfPixels(const TImage * image)
{
  constexpr bool isVectorImage = !std::is_same_v<typename TImage::PixelType, typename TImage::InternalPixelType>;
  return image->GetLargestPossibleRegion().GetNumberOfPixels() * sizeof(typename TImage::InternalPixelType) *
         (isVectorImage ? image->GetNumberOfComponentsPerPixel() : 1);
}

/** Throws, before hours of work, if there is no room for the image that is to be written. A compressed one may be
 * smaller than its pixels; but PNG and JPEG are not left to find out, as ITK 5.2.1 crashes on a full disk. */
template <typename TImage>
void
VerifyRoomForImage(const TImage * image, const std::string & fileName, itk::ImageIOBase & imageIO)
{
  const std::string   format = imageIO.GetNameOfClass();
  const std::uint64_t length = GetLengthOfPixels(image);
  if (format == "PNGImageIO" || format == "JPEGImageIO")
  {
    // Noise may take more room than its pixels.
    VerifyRoom(fileName, 2 * length + (1 << 16));
  }
  else if (!imageIO.GetUseCompression() && std::filesystem::path(fileName).extension() != ".gz")
  {
    VerifyRoom(fileName, length);
  }
}

/** Throws, before hours of work, unless the format can hold images of this kind: some drop what they cannot hold
 * without a word. An image of a few pixels is written and read back; the file is gone afterwards. */
template <typename TImage>
void
VerifyFormat(const TImage * image, const std::string & fileName)
{
  using ComponentType = typename itk::NumericTraits<typename TImage::PixelType>::ValueType;
  ImageDescription wanted;
  wanted.componentType = itk::ImageIOBase::MapPixelType<ComponentType>::CType;
  wanted.numberOfComponents = image->GetNumberOfComponentsPerPixel();

  auto size = image->GetLargestPossibleRegion().GetSize();
  for (auto & length : size)
  {
    length = std::min<itk::SizeValueType>(length, 2);
    wanted.size.push_back(length);
  }
  const auto rehearsal = TImage::New();
  rehearsal->SetRegions(size);
  rehearsal->SetNumberOfComponentsPerPixel(wanted.numberOfComponents);
  rehearsal->Allocate(true);
  VerifyHeld(wanted, fileName, [&] {
    // Some formats do not close their file before the writer is gone.
    const auto writer = itk::ImageFileWriter<TImage>::New();
    writer->SetInput(rehearsal);
    writer->SetFileName(fileName);
    writer->Update();
  });
  std::filesystem::remove(fileName);
}

/** Writes an image, piece by piece, to where OutputFile::GetTemporaryName() says, running the pipeline that makes it.
 * If the format can only be written whole and more than one piece is asked for, says so on the standard error. The
 * writer is a stage of this weight of `progress`, if there is one. Throws if the run was stopped. */
template <typename TImage>
void
WriteImage(const TImage *      image,
           const std::string & temporaryName,
           unsigned int        numberOfStreamDivisions,
           bool                compress,
           ProgressBar *       progress = nullptr,
           double              weight = 1.0)
{
  RegisterImageFormats();
  const auto imageIO = itk::ImageIOFactory::CreateImageIO(temporaryName.c_str(), itk::IOFileModeEnum::WriteMode);
  const auto writer = itk::ImageFileWriter<TImage>::New();
  imageIO->SetUseCompression(compress);
  if (numberOfStreamDivisions > 1 && !imageIO->CanStreamWrite())
  {
    std::cerr << "Note: " << (compress ? "compressed " : "")
              << std::filesystem::path(temporaryName).extension().string()
              << " files are written in one piece, so the whole image is held in memory." << std::endl;
  }
  const_cast<TImage *>(image)->UpdateOutputInformation();
  VerifyRoomForImage(image, temporaryName, *imageIO);
  VerifyFormat(image, temporaryName);
  writer->SetImageIO(imageIO);
  writer->SetInput(image);
  writer->SetFileName(temporaryName);
  writer->SetNumberOfStreamDivisions(numberOfStreamDivisions);
  writer->SetUseCompression(compress);
  if (progress)
  {
    progress->AddStage(writer, "Writing", weight);
  }
  writer->Update();
  if (progress)
  {
    progress->ThrowIfStopped();
  }
}
} // namespace IntensityMapping

#endif
