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
#include "ColormapOptions.h"
#include "DispatchOnComponentType.h"
#include "FileNames.h"
#include "ImageDescription.h"
#include "NormalizationOptions.h"
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
#include "itkLinearNormalization.h"
#include "itkLogNormalization.h"

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
  ColormapOptions            colormapOptions;
  NormalizationOptions       normalizationOptions;
  double                     lowerPercentile;
  double                     upperPercentile;
  bool                       opaque;
  bool                       compress;
  itk::SizeValueType         memory;
  ModuleProcessInformation * processInformation;

  /** What the options make: the limits of the normalization may be missing yet. */
  itk::Colormap::Pointer               colormap;
  itk::IntensityNormalization::Pointer normalization;
};


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
}


/** A percentile stands in for a limit that is not given. */
void
VerifyPercentiles(const Job & job)
{
  const auto & options = job.normalizationOptions;
  const bool   isLower = !std::isnan(job.lowerPercentile);
  const bool   isUpper = !std::isnan(job.upperPercentile);
  if ((isLower || isUpper) && options.normalization == "boundary")
  {
    throw std::runtime_error("--normalization boundary has its --boundaries for limits: leave --lower-percentile and "
                             "--upper-percentile out.");
  }
  if ((isLower && !std::isnan(options.minimum)) || (isUpper && !std::isnan(options.maximum)))
  {
    throw std::runtime_error(isLower && !std::isnan(options.minimum)
                               ? "--minimum and --lower-percentile both say what has the first colour: give one."
                               : "--maximum and --upper-percentile both say what has the last colour: give one.");
  }
  if (isLower && isUpper && job.lowerPercentile >= job.upperPercentile)
  {
    std::ostringstream message;
    message << "--lower-percentile " << job.lowerPercentile << " is not below --upper-percentile "
            << job.upperPercentile << ": exchange them, or take a reversed colormap.";
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


/** What the image has at the percentiles, or its extrema. Only positive intensities count where others cannot be
 * normalized. */
template <typename TImage>
itk::IntensityNormalization::Pointer
FindLimits(const Job & job, unsigned int numberOfPieces)
{
  const auto reader = MakeReader<TImage>(job);
  const auto sink = itk::IntensityRangeImageSink<TImage>::New();
  sink->SetInput(reader->GetOutput());
  sink->SetNumberOfStreamDivisions(numberOfPieces);
  if (job.normalization->RequiresPositiveIntensities())
  {
    sink->SetNormalization(itk::LogNormalization::New());
  }
  sink->SetLowerPercentile(std::isnan(job.lowerPercentile) ? 0.0 : job.lowerPercentile);
  sink->SetUpperPercentile(std::isnan(job.upperPercentile) ? 100.0 : job.upperPercentile);
  ProgressBar progress(job.processInformation);
  progress.AddStage(sink, "Finding the range");
  sink->Update();
  progress.ThrowIfStopped();
  return sink->GetNormalization();
}


template <typename TImage>
void
CompleteNormalization(const Job & job, unsigned int numberOfPieces)
{
  if (!NeedsLimits(job.normalizationOptions))
  {
    SetGivenLimits(*job.normalization, job.normalizationOptions);
    return;
  }
  const auto found = FindLimits<TImage>(job, numberOfPieces);
  SetLimits(*job.normalization, job.normalizationOptions, found->GetMinimum(), found->GetMaximum());
}


template <typename TPixel, unsigned int VDimension, typename TColor>
void
WriteColored(const Job & job, unsigned int numberOfPieces, const OutputFile & output)
{
  using ImageType = itk::Image<TPixel, VDimension>;
  using ColoredType = itk::Image<TColor, VDimension>;
  const auto reader = MakeReader<ImageType>(job);
  const auto filter = itk::ColormapImageFilter<ImageType, ColoredType>::New();
  filter->SetInput(reader->GetOutput());
  filter->SetNormalization(job.normalization);
  filter->SetColormap(job.colormap);
  ProgressBar progress(job.processInformation);
  WriteImage(filter->GetOutput(), output.GetTemporaryName(), numberOfPieces, job.compress, &progress);
}


#ifdef IntensityMapping_USE_VTK
template <typename TPixel>
void
DrawFigure(const Job & job, const std::string & fileName)
{
  using ImageType = itk::Image<TPixel, 2>;
  const auto reader = MakeReader<ImageType>(job);
  const auto filter = itk::ColormapImageFilter<ImageType, itk::Image<itk::RGBPixel<unsigned char>, 2>>::New();
  filter->SetInput(reader->GetOutput());
  filter->SetNormalization(job.normalization);
  filter->SetColormap(job.colormap);
  filter->Update();

  ColorBarFigure figure;
  figure.Pixels = filter->GetOutput()->GetBufferPointer()->GetDataPointer();
  figure.Width = job.input.size[0];
  figure.Height = job.input.size[1];
  figure.Title = job.title;
  figure.Colormap = job.colormap;
  figure.Normalization = job.normalization;
  figure.BarLabel = job.barLabel;
  const auto & extend = job.normalizationOptions.extend;
  figure.ShowUnder = !job.colormapOptions.underColor.empty() || extend == "min" || extend == "both";
  figure.ShowOver = !job.colormapOptions.overColor.empty() || extend == "max" || extend == "both";
  DrawColorBarFigure(figure, fileName);
}
#else
template <typename TPixel>
void
DrawFigure(const Job &, const std::string &)
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
void
Run(const Job & job, const OutputFile & output)
{
  const auto numberOfPixels =
    std::accumulate(job.input.size.begin(), job.input.size.end(), itk::SizeValueType{ 1 }, std::multiplies<>());
  const auto bytes = numberOfPixels * (sizeof(TPixel) + (job.opaque ? 3 : 4));
  const auto numberOfPieces = static_cast<unsigned int>(bytes / job.memory + 1);

  CompleteNormalization<itk::Image<TPixel, VDimension>>(job, numberOfPieces);
  if (job.opaque)
  {
    WriteColored<TPixel, VDimension, itk::RGBPixel<unsigned char>>(job, numberOfPieces, output);
  }
  else
  {
    WriteColored<TPixel, VDimension, itk::RGBAPixel<unsigned char>>(job, numberOfPieces, output);
  }
}


void
Run(const Job & job)
{
  VerifyJob(job);
  VerifyFigureCanBeDrawn(job.figure);
  VerifyOutputsAreDistinct({ job.input.fileName, GetColormapFile(job.colormapOptions) },
                           { job.output, job.figure, job.results });
  // A volume of one slice can be a picture.
  const bool                        isFlat = job.input.GetDimension() == 2 || IsPicture(job.output);
  OutputFile                        output(job.output);
  const std::unique_ptr<OutputFile> figure(job.figure.empty() ? nullptr : new OutputFile(job.figure));

  DispatchOnComponentType(job.input.componentType, [&](auto zero) {
    using PixelType = decltype(zero);
    isFlat ? Run<PixelType, 2>(job, output) : Run<PixelType, 3>(job, output);
    if (figure)
    {
      DrawFigure<PixelType>(job, figure->GetTemporaryName());
    }
  });
  output.Commit();
  if (figure)
  {
    figure->Commit();
  }
}
} // namespace


int
main(int argc, char * argv[])
{
  PARSE_ARGS;

  return RunTool("ApplyColormap", [&] {
    Job job;
    job.colormapOptions = { colormap, entries, underColor, overColor, badColor };
    const LoadedColormap loaded = LoadColormap(job.colormapOptions);
    job.colormap = loaded.colormap;
    job.normalizationOptions = TakeLimits({ normalization,
                                            minimum,
                                            maximum,
                                            center,
                                            gamma,
                                            linearThreshold,
                                            linearScale,
                                            linearWidth,
                                            base,
                                            boundaries,
                                            extend,
                                            clip,
                                            colormapLimits },
                                          loaded);
    job.lowerPercentile = lowerPercentile;
    job.upperPercentile = upperPercentile;
    VerifyPercentiles(job);
    job.normalization = MakeNormalization(job.normalizationOptions, loaded.colormap->GetNumberOfEntries());
    job.input = DescribeImage(inputVolume);
    job.output = outputVolume;
    job.figure = figure;
    job.results = returnParameterFile;
    job.title = title;
    job.barLabel = barLabel;
    job.opaque = rgb || EndsWithOneOf(outputVolume, { ".jpg", ".jpeg", ".bmp" });
    job.compress = compress;
    job.memory = static_cast<itk::SizeValueType>(memory) << 20;
    job.processInformation = CLPProcessInformation;

    ReturnParameterFile results(returnParameterFile);
    Run(job);
    results.Write(
      { { "usedMinimum", job.normalization->GetMinimum() }, { "usedMaximum", job.normalization->GetMaximum() } });
  });
}
