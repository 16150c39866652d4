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
/** Equalizes a file, so that tests in Python can compare the filter with its peers. */

#include "itkContrastLimitedAdaptiveHistogramEqualizationImageFilter.h"
#include "itkImageFileReader.h"
#include "itkImageFileWriter.h"
#include "itkImageIOFactory.h"

#include <cstdlib>
#include <iostream>

namespace
{
template <typename TPixel>
void
Equalize(char ** argv)
{
  using ImageType = itk::Image<TPixel, 2>;
  const auto filter = itk::ContrastLimitedAdaptiveHistogramEqualizationImageFilter<ImageType>::New();
  filter->SetInput(itk::ReadImage<ImageType>(argv[1]));
  filter->SetClipLimit(std::strtod(argv[3], nullptr));
  filter->SetNumberOfTiles({ { std::strtoul(argv[4], nullptr, 10), std::strtoul(argv[5], nullptr, 10) } });
  filter->Update();
  itk::WriteImage(filter->GetOutput(), argv[2]);
}
} // namespace

int
main(int argc, char ** argv)
try
{
  if (argc != 6)
  {
    std::cerr << "usage: itkContrastLimitedEqualizationProgram INPUT OUTPUT CLIP_LIMIT TILES_X TILES_Y" << std::endl;
    return EXIT_FAILURE;
  }
  const auto io = itk::ImageIOFactory::CreateImageIO(argv[1], itk::CommonEnums::IOFileMode::ReadMode);
  io->SetFileName(argv[1]);
  io->ReadImageInformation();
  if (io->GetComponentType() == itk::CommonEnums::IOComponent::UCHAR)
  {
    Equalize<unsigned char>(argv);
  }
  else
  {
    Equalize<unsigned short>(argv);
  }
  return EXIT_SUCCESS;
}
catch (const std::exception & error)
{
  std::cerr << error.what() << std::endl;
  return EXIT_FAILURE;
}
