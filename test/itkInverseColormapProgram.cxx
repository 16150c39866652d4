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
/** Recovers the values of a picture from file to files, so that programs in Python can compare the filter with its
 * peers. */

#include "itkColormap.h"
#include "itkImageFileReader.h"
#include "itkImageFileWriter.h"
#include "itkInverseColormapImageFilter.h"
#include "itkLinearNormalization.h"
#include "itkLogNormalization.h"

#include <cstdlib>
#include <iostream>

namespace
{
using PictureType = itk::Image<itk::RGBPixel<unsigned char>, 2>;
using ValueImageType = itk::Image<double, 2>;
using FilterType = itk::InverseColormapImageFilter<PictureType, ValueImageType>;


/** Where an option comes after the files, `name=value`. */
std::string
FindOption(int argc, char ** argv, const std::string & name, const std::string & defaultValue)
{
  const auto prefix = name + '=';
  for (int i = 3; i < argc; ++i)
  {
    const std::string argument = argv[i];
    if (argument.compare(0, prefix.size(), prefix) == 0)
    {
      return argument.substr(prefix.size());
    }
  }
  return defaultValue;
}


itk::IntensityNormalization::Pointer
MakeNormalization(const std::string & scale)
{
  if (scale == "log")
  {
    return itk::LogNormalization::New().GetPointer();
  }
  return itk::LinearNormalization::New().GetPointer();
}
} // namespace

int
main(int argc, char ** argv)
try
{
  if (argc < 3)
  {
    std::cerr << "usage: itkInverseColormapProgram PICTURE FOLDER [colormap=NAME] [entries=N] [scale=linear|log] "
                 "[minimum=A] [maximum=B] [metric=euclidean|luma] [interpolate=0|1] [tolerance=BYTES] [opacity=A]"
              << std::endl;
    return EXIT_FAILURE;
  }
  const auto getOption = [=](const char * name, const char * defaultValue) {
    return FindOption(argc, argv, name, defaultValue);
  };
  const auto getNumber = [=](const char * name, const char * defaultValue) {
    return std::strtod(getOption(name, defaultValue).c_str(), nullptr);
  };

  const auto colormap = itk::Colormap::New();
  colormap->SetName(getOption("colormap", "viridis"), static_cast<itk::SizeValueType>(getNumber("entries", "0")));
  const auto normalization = MakeNormalization(getOption("scale", "linear"));
  normalization->SetMinimum(getNumber("minimum", "0"));
  normalization->SetMaximum(getNumber("maximum", "1"));

  const auto filter = FilterType::New();
  filter->SetInput(itk::ReadImage<PictureType>(argv[1]));
  filter->SetColormap(colormap);
  filter->SetNormalization(normalization);
  filter->SetMetric(getOption("metric", "euclidean") == "luma" ? FilterType::MetricEnum::LumaWeighted
                                                               : FilterType::MetricEnum::Euclidean);
  filter->SetInterpolate(getOption("interpolate", "0") == "1");
  filter->SetTolerance(getNumber("tolerance", "inf"));
  filter->SetOverlayOpacity(getNumber("opacity", "1"));
  filter->SetComputeGray(filter->GetOverlayOpacity() < 1.0);
  filter->ComputeHalfWidthOn();
  filter->ComputeDistanceOn();
  filter->ComputeAmbiguityOn();
  filter->Update();

  const std::string folder = argv[2];
  itk::WriteImage(filter->GetOutput(), folder + "/value.mha");
  itk::WriteImage(filter->GetHalfWidthImage(), folder + "/half_width.mha");
  itk::WriteImage(filter->GetDistanceImage(), folder + "/distance.mha");
  itk::WriteImage(filter->GetAmbiguityImage(), folder + "/ambiguity.mha");
  if (filter->GetComputeGray())
  {
    itk::WriteImage(filter->GetGrayImage(), folder + "/gray.mha");
  }
  return EXIT_SUCCESS;
}
catch (const std::exception & error)
{
  std::cerr << error.what() << std::endl;
  return EXIT_FAILURE;
}
