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
#include "itkColorBarImageSink.h"
#include "itkColormapIdentificationImageSink.h"
#include "itkImageFileReader.h"
#include "itkImageFileWriter.h"
#include "itkInverseColormapImageFilter.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

// What the comparison with the peers runs: identifies the colormaps of pictures, or recovers the values of one by its
// colour bar.
namespace
{
using PictureType = itk::Image<itk::RGBPixel<unsigned char>, 2>;
using ValueImageType = itk::Image<double, 2>;


/** For each picture that a list names, the names of its best candidates, their ranks, distances and fractions. */
void
Identify(const std::string & listOfPictures, const std::string & result, const std::vector<std::string> & candidates)
{
  const auto sink = itk::ColormapIdentificationImageSink<PictureType>::New();
  if (!candidates.empty())
  {
    sink->SetCandidates(candidates);
  }
  std::ifstream pictures(listOfPictures);
  std::ofstream table(result);
  for (std::string picture; std::getline(pictures, picture);)
  {
    sink->SetInput(itk::ReadImage<PictureType>(picture));
    sink->Update();
    for (const auto & fit : sink->GetRanking())
    {
      table << picture << '\t' << fit.Rank << '\t' << fit.Name << '\t' << fit.MeanDistance << '\t'
            << fit.ExplainedFraction << '\n';
    }
  }
}


void
Recover(const std::string & picture, const std::string & result, const std::vector<double> & numbers)
{
  const auto input = itk::ReadImage<PictureType>(picture);
  const auto bar = itk::ColorBarImageSink<PictureType>::New();
  bar->SetInput(input);
  bar->SetBarRegion(
    { { { static_cast<itk::IndexValueType>(numbers[0]), static_cast<itk::IndexValueType>(numbers[1]) } },
      { { static_cast<itk::SizeValueType>(numbers[2]), static_cast<itk::SizeValueType>(numbers[3]) } } });
  bar->SetFirstTick(numbers[4], numbers[5]);
  bar->SetSecondTick(numbers[6], numbers[7]);
  const auto inverse = itk::InverseColormapImageFilter<PictureType, ValueImageType>::New();
  inverse->SetInput(input);
  inverse->SetColormap(bar->GetColormap());
  inverse->SetNormalization(bar->GetNormalization());
  itk::WriteImage(inverse->GetOutput(), result);
}
} // namespace

int
main(int argc, char ** argv)
try
{
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() >= 3 && arguments[0] == "identify")
  {
    Identify(arguments[1], arguments[2], { arguments.begin() + 3, arguments.end() });
    return EXIT_SUCCESS;
  }
  if (arguments.size() == 11 && arguments[0] == "recover")
  {
    std::vector<double> numbers;
    for (std::size_t i = 3; i < arguments.size(); ++i)
    {
      numbers.push_back(std::strtod(arguments[i].c_str(), nullptr));
    }
    Recover(arguments[1], arguments[2], numbers);
    return EXIT_SUCCESS;
  }
  std::cerr
    << "usage: itkColormapIdentificationProgram identify LIST RESULT [CANDIDATE...]\n"
       "       itkColormapIdentificationProgram recover PICTURE RESULT X Y WIDTH HEIGHT POSITION VALUE POSITION "
       "VALUE\n";
  return EXIT_FAILURE;
}
catch (const std::exception & error)
{
  std::cerr << error.what() << std::endl;
  return EXIT_FAILURE;
}
