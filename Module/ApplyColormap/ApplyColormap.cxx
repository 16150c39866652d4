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
#include "DispatchOnComponentType.h"
#include "FileNames.h"
#include "ImageDescription.h"
#include "OutputFile.h"
#include "ProgressBar.h"
#include "ReturnParameters.h"
#include "RunTool.h"
#include "WriteImage.h"
#ifdef IntensityMapping_USE_VTK
#  include "IntensityMappingRendering.h"
#endif

#include "itkColormapImageFilter.h"
#include "itkImageFileReader.h"
#include "itkIntensityRangeImageSink.h"

#include <cmath>
#include <memory>
#include <numeric>

#include "ApplyColormapCLP.h"

using namespace IntensityMapping;

namespace
{
/** What was asked for. */
struct Job
{
  ImageDescription           input;
  std::string                output;
  std::string                figure;
  std::string                results;
  std::string                title;
  std::string                barLabel;
  itk::Colormap::Pointer     colormap;
  double                     minimum;
  double                     maximum;
  bool                       hasUnderColor;
  bool                       hasOverColor;
  bool                       opaque;
  bool                       compress;
  itk::SizeValueType         memory;
  ModuleProcessInformation * processInformation;
};


itk::Colormap::ColorType
ParseColor(const std::string & option, const std::vector<double> & components)
{
  const bool isColor = (components.size() == 3 || components.size() == 4) &&
                       std::all_of(components.begin(), components.end(), [](double c) { return c >= 0.0 && c <= 1.0; });
  if (!isColor)
  {
    throw std::runtime_error("--" + option + " takes three or four numbers from 0 to 1, separated by commas: red, " +
                             "green, blue and, if wanted, opacity. 1,0,1 is magenta.");
  }
  return itk::Colormap::MakeColor(
    components[0], components[1], components[2], components.size() == 4 ? components[3] : 1.0);
}


bool
EndsWithOneOf(const std::string & name, const std::vector<std::string> & endings)
{
  const auto lower = itksys::SystemTools::LowerCase(itksys::SystemTools::GetFilenameLastExtension(name));
  return std::find(endings.begin(), endings.end(), lower) != endings.end();
}


void
VerifyJob(const Job & job)
{
  const auto & input = job.input;
  if (input.numberOfComponents != 1)
  {
    throw std::runtime_error("'" + input.fileName + "' has " + std::to_string(input.numberOfComponents) +
                             " numbers per pixel: a colormap colours images of one number per pixel.");
  }
  const auto dimension = input.GetDimension();
  if (dimension != 2 && dimension != 3)
  {
    throw std::runtime_error("'" + input.fileName + "' has " + std::to_string(dimension) +
                             " dimensions: images of 2 or 3 dimensions can be coloured.");
  }
  const bool isFlat = DropFlatAxes(input.size).size() == 2;
  if (!isFlat && IsPicture(job.output))
  {
    throw std::runtime_error("'" + job.output + "' can hold one slice only, but the input is " + FormatSize(input) +
                             ": write a volume, for instance .mha.");
  }
  if (!isFlat && !job.figure.empty())
  {
    throw std::runtime_error("A figure shows an image of two dimensions, but the input is " + FormatSize(input) + ".");
  }
  if (job.minimum > job.maximum)
  {
    std::ostringstream message;
    message << "The minimum, " << job.minimum << ", is above the maximum, " << job.maximum
            << ": exchange them, or take "
            << "a reversed colormap.";
    throw std::runtime_error(message.str());
  }
}


template <typename TImage>
typename itk::ImageFileReader<TImage>::Pointer
MakeReader(const Job & job)
{
  auto reader = itk::ImageFileReader<TImage>::New();
  reader->SetFileName(job.input.fileName);
  return reader;
}


/** The range that was asked for, and what is missing of it from the image. */
template <typename TImage>
itk::LinearNormalization::Pointer
MakeNormalization(const Job & job, unsigned int numberOfPieces)
{
  auto normalization = itk::LinearNormalization::New();
  normalization->SetMinimum(job.minimum);
  normalization->SetMaximum(job.maximum);
  if (std::isnan(job.minimum) || std::isnan(job.maximum))
  {
    const auto reader = MakeReader<TImage>(job);
    const auto sink = itk::IntensityRangeImageSink<TImage>::New();
    sink->SetInput(reader->GetOutput());
    sink->SetNumberOfStreamDivisions(numberOfPieces);
    ProgressBar progress(job.processInformation);
    progress.AddStage(sink, "Finding the range");
    sink->Update();
    progress.ThrowIfStopped();
    normalization->SetMinimum(std::isnan(job.minimum) ? sink->GetNormalization()->GetMinimum() : job.minimum);
    normalization->SetMaximum(std::isnan(job.maximum) ? sink->GetNormalization()->GetMaximum() : job.maximum);
  }
  normalization->Verify();
  return normalization;
}


template <typename TPixel, unsigned int VDimension, typename TColor>
void
WriteColored(const Job &                      job,
             const itk::LinearNormalization * normalization,
             unsigned int                     numberOfPieces,
             const OutputFile &               output)
{
  using ImageType = itk::Image<TPixel, VDimension>;
  using ColoredType = itk::Image<TColor, VDimension>;
  const auto reader = MakeReader<ImageType>(job);
  const auto filter = itk::ColormapImageFilter<ImageType, ColoredType>::New();
  filter->SetInput(reader->GetOutput());
  filter->SetNormalization(normalization);
  filter->SetColormap(job.colormap);
  ProgressBar progress(job.processInformation);
  WriteImage(filter->GetOutput(), output.GetTemporaryName(), numberOfPieces, job.compress, &progress);
}


#ifdef IntensityMapping_USE_VTK
template <typename TPixel>
void
DrawFigure(const Job & job, const itk::LinearNormalization * normalization, const std::string & fileName)
{
  using ImageType = itk::Image<TPixel, 2>;
  const auto reader = MakeReader<ImageType>(job);
  const auto filter = itk::ColormapImageFilter<ImageType, itk::Image<itk::RGBPixel<unsigned char>, 2>>::New();
  filter->SetInput(reader->GetOutput());
  filter->SetNormalization(normalization);
  filter->SetColormap(job.colormap);
  filter->Update();

  ColorBarFigure figure;
  figure.Pixels = filter->GetOutput()->GetBufferPointer()->GetDataPointer();
  figure.Width = job.input.size[0];
  figure.Height = job.input.size[1];
  figure.Title = job.title;
  figure.Colormap = job.colormap;
  figure.Minimum = normalization->GetMinimum();
  figure.Maximum = normalization->GetMaximum();
  figure.BarLabel = job.barLabel;
  figure.ShowUnder = job.hasUnderColor;
  figure.ShowOver = job.hasOverColor;
  DrawColorBarFigure(figure, fileName);
}
#else
template <typename TPixel>
void
DrawFigure(const Job &, const itk::LinearNormalization *, const std::string &)
{}
#endif


void
VerifyFigureCanBeDrawn(const std::string & fileName)
{
#ifndef IntensityMapping_USE_VTK
  if (!fileName.empty())
  {
    throw std::runtime_error(
      "This build has no VTK, which draws figures: build with VTK 9.1 or later, or leave --figure " + fileName +
      " out.");
  }
#endif
  if (!fileName.empty() && !EndsWithOneOf(fileName, { ".png" }))
  {
    throw std::runtime_error("The figure '" + fileName + "' must end in .png.");
  }
}


template <typename TPixel, unsigned int VDimension>
itk::LinearNormalization::Pointer
Run(const Job & job, const OutputFile & output)
{
  const auto numberOfPixels =
    std::accumulate(job.input.size.begin(), job.input.size.end(), itk::SizeValueType{ 1 }, std::multiplies<>());
  const auto bytes = numberOfPixels * (sizeof(TPixel) + (job.opaque ? 3 : 4));
  const auto numberOfPieces = static_cast<unsigned int>(bytes / job.memory + 1);

  auto normalization = MakeNormalization<itk::Image<TPixel, VDimension>>(job, numberOfPieces);
  if (job.opaque)
  {
    WriteColored<TPixel, VDimension, itk::RGBPixel<unsigned char>>(job, normalization, numberOfPieces, output);
  }
  else
  {
    WriteColored<TPixel, VDimension, itk::RGBAPixel<unsigned char>>(job, normalization, numberOfPieces, output);
  }
  return normalization;
}


/** Colours the image, and returns the range that was used. */
itk::LinearNormalization::Pointer
Run(const Job & job)
{
  VerifyJob(job);
  VerifyFigureCanBeDrawn(job.figure);
  VerifyOutputsAreDistinct({ job.input.fileName }, { job.output, job.figure, job.results });
  // A volume of one slice can be a picture.
  const bool                        isFlat = job.input.GetDimension() == 2 || IsPicture(job.output);
  OutputFile                        output(job.output);
  const std::unique_ptr<OutputFile> figure(job.figure.empty() ? nullptr : new OutputFile(job.figure));

  itk::LinearNormalization::Pointer normalization;
  DispatchOnComponentType(job.input.componentType, [&](auto zero) {
    using PixelType = decltype(zero);
    normalization = isFlat ? Run<PixelType, 2>(job, output) : Run<PixelType, 3>(job, output);
    if (figure)
    {
      DrawFigure<PixelType>(job, normalization, figure->GetTemporaryName());
    }
  });
  output.Commit();
  if (figure)
  {
    figure->Commit();
  }
  return normalization;
}
} // namespace


int
main(int argc, char * argv[])
{
  PARSE_ARGS;

  return RunTool("ApplyColormap", [&] {
    Job job;
    job.colormap = itk::Colormap::New();
    job.colormap->SetName(colormap, static_cast<itk::SizeValueType>(entries));
    if (!underColor.empty())
    {
      job.colormap->SetUnderColor(ParseColor("under", underColor));
    }
    if (!overColor.empty())
    {
      job.colormap->SetOverColor(ParseColor("over", overColor));
    }
    if (!badColor.empty())
    {
      job.colormap->SetBadColor(ParseColor("bad", badColor));
    }
    job.input = DescribeImage(inputVolume);
    job.output = outputVolume;
    job.figure = figure;
    job.results = returnParameterFile;
    job.title = title;
    job.barLabel = barLabel;
    job.minimum = minimum;
    job.maximum = maximum;
    job.hasUnderColor = !underColor.empty();
    job.hasOverColor = !overColor.empty();
    job.opaque = rgb || EndsWithOneOf(outputVolume, { ".jpg", ".jpeg", ".bmp" });
    job.compress = compress;
    job.memory = static_cast<itk::SizeValueType>(memory) << 20;
    job.processInformation = CLPProcessInformation;

    ReturnParameterFile results(returnParameterFile);
    const auto          normalization = Run(job);
    results.Write({ { "usedMinimum", normalization->GetMinimum() }, { "usedMaximum", normalization->GetMaximum() } });
  });
}
