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
#include "ImageDescription.h"

#include "ImageFormats.h"
#include "RunTool.h"

#include "itkImageIOFactory.h"
#include "itksys/SystemTools.hxx"

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace fs = std::filesystem;

namespace IntensityMapping
{
namespace
{
void
VerifyReadable(const std::string & fileName)
{
  const std::string quoted = "'" + fileName + "'";
  if (!fs::exists(fileName))
  {
    throw std::runtime_error("There is no file " + quoted + ".");
  }
  if (!fs::is_regular_file(fileName))
  {
    throw std::runtime_error(quoted + (fs::is_directory(fileName) ? " is a folder" : " is not a regular file") +
                             ": give the name of an image file.");
  }
  if (fs::file_size(fileName) == 0)
  {
    throw std::runtime_error(quoted + " is empty.");
  }
  if (!std::ifstream(fileName, std::ios::binary))
  {
    throw std::runtime_error(quoted + " cannot be read: check its permissions.");
  }
}

itk::ImageIOBase::Pointer
CreateImageIO(const std::string & fileName)
{
  RegisterImageFormats();
  auto imageIO = itk::ImageIOFactory::CreateImageIO(fileName.c_str(), itk::IOFileModeEnum::ReadMode);
  if (!imageIO)
  {
    throw std::runtime_error("'" + fileName + "' is of no known image format, or is damaged. Known are " +
                             ListImageFormats() + ".");
  }
  imageIO->SetFileName(fileName);
  return imageIO;
}

ImageDescription
ReadDescription(const std::string & fileName)
{
  VerifyBySignature(fileName);
  const auto imageIO = CreateImageIO(fileName);
  VerifyByImageIO(fileName, *imageIO);
  imageIO->ReadImageInformation();

  ImageDescription image;
  image.fileName = fileName;
  image.componentType = imageIO->GetComponentType();
  image.pixelType = imageIO->GetPixelType();
  image.numberOfComponents = imageIO->GetNumberOfComponents();
  image.canStreamRead = imageIO->CanStreamRead();
  for (unsigned int i = 0; i < imageIO->GetNumberOfDimensions(); ++i)
  {
    image.size.push_back(imageIO->GetDimensions(i));
    image.spacing.push_back(imageIO->GetSpacing(i));
  }
  return image;
}

std::string
FormatType(const ImageDescription & image)
{
  const std::string component = itk::ImageIOBase::GetComponentTypeAsString(image.componentType);
  return image.numberOfComponents == 1 ? component : std::to_string(image.numberOfComponents) + " x " + component;
}
} // namespace

std::string
FormatSize(const std::vector<itk::SizeValueType> & size)
{
  std::string text;
  for (const itk::SizeValueType length : size)
  {
    text += (text.empty() ? "" : " x ") + std::to_string(length);
  }
  return text;
}

std::string
FormatSize(const ImageDescription & image)
{
  return FormatSize(image.size);
}

void
VerifyHeld(const ImageDescription & wanted, const std::string & fileName, const std::function<void()> & write)
{
  ImageDescription held;
  try
  {
    write();
    held = DescribeImage(fileName);
  }
  catch (const std::exception &)
  {
    // Whatever the format says of it, it cannot.
  }
  // More is no loss: ITK reads gray BMP files as colour.
  if (DropFlatAxes(held.size) != DropFlatAxes(wanted.size) || held.componentType != wanted.componentType ||
      held.numberOfComponents < wanted.numberOfComponents)
  {
    throw std::runtime_error(fs::path(fileName).extension().string() + " files cannot hold what is to be written, " +
                             FormatType(wanted) + " in " + std::to_string(wanted.GetDimension()) +
                             " dimensions: choose .mha.");
  }
}

bool
IsPicture(const std::string & fileName)
{
  const auto ending = itksys::SystemTools::LowerCase(fs::path(fileName).extension().string());
  return ending == ".png" || ending == ".jpg" || ending == ".jpeg" || ending == ".bmp";
}

std::vector<itk::SizeValueType>
DropFlatAxes(std::vector<itk::SizeValueType> size)
{
  while (size.size() > 2 && size.back() == 1)
  {
    size.pop_back();
  }
  return size;
}

ImageDescription
DescribeImage(const std::string & fileName)
{
  VerifyReadable(fileName);
  try
  {
    return ReadDescription(fileName);
  }
  catch (const itk::ExceptionObject & error)
  {
    throw std::runtime_error("'" + fileName +
                             "' cannot be read, it may be damaged: " + CleanMessage(error.GetDescription()));
  }
}

ImageDescription
DescribeSeries(const std::vector<std::string> & fileNames)
{
  if (fileNames.size() < 2)
  {
    throw std::runtime_error("A series needs at least 2 files; there " +
                             std::string(fileNames.empty() ? "are none." : "is 1, '" + fileNames[0] + "'."));
  }
  const ImageDescription first = DescribeImage(fileNames[0]);
  for (std::size_t i = 1; i < fileNames.size(); ++i)
  {
    const ImageDescription image = DescribeImage(fileNames[i]);
    const std::string      pair = "' differs from '" + first.fileName + "': ";
    if (image.size != first.size)
    {
      throw std::runtime_error("'" + image.fileName + pair + "its size is " + FormatSize(image) + ", not " +
                               FormatSize(first) + ".");
    }
    if (FormatType(image) != FormatType(first))
    {
      throw std::runtime_error("'" + image.fileName + pair + "its pixels are of type " + FormatType(image) + ", not " +
                               FormatType(first) + ".");
    }
  }
  return first;
}
} // namespace IntensityMapping
