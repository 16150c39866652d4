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
#include "FileNames.h"
#include "ImageDescription.h"
#include "NormalizationOptions.h"
#include "PiecewiseImageOutput.h"
#include "ProgressBar.h"
#include "ReturnParameters.h"
#include "RunTool.h"

#include "itkImageFileReader.h"
#include "itkImageScanlineConstIterator.h"
#include "itkInverseColormapImageFilter.h"

#include <cmath>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "InvertColormapCLP.h"

using namespace IntensityMapping;

namespace
{
/** What was asked for. */
struct Job
{
  ImageDescription           input;
  std::string                output;
  std::string                halfWidth;
  std::string                distance;
  std::string                ambiguity;
  std::string                gray;
  std::string                results;
  ColormapOptions            colormapOptions;
  NormalizationOptions       normalizationOptions;
  double                     tolerance;
  double                     unknownValue;
  std::string                metric;
  double                     chromaWeight;
  bool                       interpolate;
  double                     overlayOpacity;
  bool                       compress;
  itk::SizeValueType         memory;
  ModuleProcessInformation * processInformation;

  /** What the options make. */
  itk::Colormap::Pointer               colormap;
  itk::IntensityNormalization::Pointer normalization;
};


/** What was found. */
struct Summary
{
  itk::SizeValueType numberOfPixels{ 0 };
  itk::SizeValueType numberOfUnknown{ 0 };
  itk::SizeValueType numberOfBad{ 0 };
  itk::SizeValueType numberOfAmbiguous{ 0 };
  itk::SizeValueType numberOfDistances{ 0 };
  double             largestDistance{ 0.0 };
  double             sumOfSquaredDistances{ 0.0 };

  double
  GetRootMeanSquareDistance() const
  {
    return numberOfDistances == 0 ? 0.0 : std::sqrt(sumOfSquaredDistances / static_cast<double>(numberOfDistances));
  }
};


void
VerifyInput(const ImageDescription & input)
{
  const std::string quoted = "'" + input.fileName + "'";
  const auto        dimension = input.GetDimension();
  if (input.numberOfComponents == 1)
  {
    throw std::runtime_error(quoted + " has one number per pixel, not a colour: give the coloured picture, with red, " +
                             "green and blue. If its colormap is one of grays, convert it to RGB.");
  }
  if (input.numberOfComponents != 3 && input.numberOfComponents != 4)
  {
    throw std::runtime_error(quoted + " has " + std::to_string(input.numberOfComponents) +
                             " numbers per pixel: give a picture with red, green, blue and, if wanted, opacity.");
  }
  if (input.componentType != itk::IOComponentEnum::UCHAR && input.componentType != itk::IOComponentEnum::USHORT)
  {
    throw std::runtime_error(quoted + " has colours of type " +
                             itk::ImageIOBase::GetComponentTypeAsString(input.componentType) +
                             ": convert them to unsigned integers of 8 or 16 bits.");
  }
  if (dimension != 2 && dimension != 3)
  {
    throw std::runtime_error(quoted + " has " + std::to_string(dimension) +
                             " dimensions: pictures of 2 or 3 dimensions can be inverted.");
  }
}


void
VerifyLimits(const NormalizationOptions & options)
{
  if (NeedsLimits(options))
  {
    throw std::runtime_error("--minimum and --maximum are needed, as numbers: the values of the first and the last "
                             "colour, which the colour bar of the picture tells.");
  }
}


void
ThrowUnless(bool isAllowed, const char * option, double given, const char * allowed)
{
  if (!isAllowed)
  {
    std::ostringstream message;
    message << "--" << option << " is " << given << ": it must be " << allowed << '.';
    throw std::runtime_error(message.str());
  }
}


void
VerifyRecovery(const Job & job)
{
  const double opacity = job.overlayOpacity;
  ThrowUnless(!(job.tolerance < 0.0), "tolerance", job.tolerance, "0 or more levels of 255");
  ThrowUnless(
    opacity > 0.0 && opacity <= 1.0, "overlay-opacity", opacity, "above 0, and at most 1, which is no overlay");
  if (!std::isnan(job.chromaWeight))
  {
    ThrowUnless(
      job.chromaWeight >= 0.01 && job.chromaWeight <= 1.0, "chroma-weight", job.chromaWeight, "from 0.01 to 1");
    if (job.metric != "luma")
    {
      throw std::runtime_error("--chroma-weight does not apply to --metric " + job.metric +
                               ": leave it out, or choose luma.");
    }
  }
  if (!std::isnan(job.unknownValue) && std::isnan(job.tolerance))
  {
    throw std::runtime_error("--unknown-value needs --tolerance: without it, no pixel is unknown.");
  }
  if (opacity < 1.0 && job.interpolate)
  {
    throw std::runtime_error("--interpolate does not go with --overlay-opacity: an overlay is recovered by the entries "
                             "of the colormap. Leave one out.");
  }
  if (opacity == 1.0 && !job.gray.empty())
  {
    throw std::runtime_error("--gray needs --overlay-opacity, below 1: there is no gray under opaque colours.");
  }
}


/** The pictures' filter, its outputs, and what they tell of the pixels. */
template <typename TPicture>
class Inversion
{
public:
  using FilterType = itk::InverseColormapImageFilter<TPicture>;
  using RegionType = typename TPicture::RegionType;

  explicit Inversion(const Job & job)
    : m_Job(job)
  {
    m_Reader->SetFileName(job.input.fileName);
    m_Filter->SetInput(m_Reader->GetOutput());
    m_Filter->SetColormap(job.colormap);
    m_Filter->SetNormalization(job.normalization);
    this->SetUpRecovery();
    // These two are for the summary, too.
    m_Filter->ComputeDistanceOn();
    m_Filter->ComputeAmbiguityOn();
    m_Filter->SetComputeHalfWidth(!job.halfWidth.empty());
    m_Filter->SetComputeGray(!job.gray.empty());
    m_Outputs.Add(m_Filter->GetOutput(), job.output, job.compress);
    m_Outputs.Add(m_Filter->GetHalfWidthImage(), job.halfWidth, job.compress);
    m_Outputs.Add(m_Filter->GetDistanceImage(), job.distance, job.compress);
    m_Outputs.Add(m_Filter->GetAmbiguityImage(), job.ambiguity, job.compress);
    m_Outputs.Add(m_Filter->GetGrayImage(), job.gray, job.compress);
  }

  Summary
  Run()
  {
    ProgressBar progress(m_Job.processInformation);
    progress.AddStage(m_Filter, "Recovering");
    m_Filter->UpdateOutputInformation();
    m_Outputs.Write(
      m_Filter->GetOutput(), this->CountPieces(), progress, [this](const RegionType & region) { this->Add(region); });
    m_Outputs.Commit();
    return m_Summary;
  }

private:
  void
  SetUpRecovery()
  {
    m_Filter->SetInterpolate(m_Job.interpolate);
    m_Filter->SetOverlayOpacity(m_Job.overlayOpacity);
    m_Filter->SetUnknownValue(m_Job.unknownValue);
    if (m_Job.metric == "luma")
    {
      m_Filter->SetMetric(FilterType::MetricEnum::LumaWeighted);
    }
    if (!std::isnan(m_Job.chromaWeight))
    {
      m_Filter->SetChromaWeight(m_Job.chromaWeight);
    }
    if (!std::isnan(m_Job.tolerance))
    {
      m_Filter->SetTolerance(m_Job.tolerance);
    }
  }

  /** How many pieces keep the picture and all images that are made within the memory. */
  unsigned int
  CountPieces() const
  {
    const auto numberOfFloats = 2 + (m_Job.halfWidth.empty() ? 0 : 1) + (m_Job.gray.empty() ? 0 : 1);
    const auto bytesOfPixel = sizeof(typename TPicture::PixelType) + numberOfFloats * sizeof(float) + 1;
    const auto whole = m_Filter->GetOutput()->GetLargestPossibleRegion();
    return static_cast<unsigned int>(whole.GetNumberOfPixels() * bytesOfPixel / m_Job.memory + 1);
  }

  /** Counts the pixels of a region that was recovered. */
  void
  Add(const RegionType & region)
  {
    using ValueIteratorType = itk::ImageScanlineConstIterator<typename FilterType::OutputImageType>;
    using AmbiguityIteratorType = itk::ImageScanlineConstIterator<typename FilterType::AmbiguityImageType>;
    ValueIteratorType     value(m_Filter->GetOutput(), region);
    ValueIteratorType     distance(m_Filter->GetDistanceImage(), region);
    AmbiguityIteratorType ambiguity(m_Filter->GetAmbiguityImage(), region);
    itk::SizeValueType    numberOfNaNs = 0;
    for (; !value.IsAtEnd(); value.NextLine(), distance.NextLine(), ambiguity.NextLine())
    {
      for (; !value.IsAtEndOfLine(); ++value, ++distance, ++ambiguity)
      {
        numberOfNaNs += std::isnan(value.Get()) ? 1 : 0;
        m_Summary.numberOfAmbiguous += ambiguity.Get();
        this->AddDistance(distance.Get());
      }
    }
    const auto numberOfUnknown = m_Filter->GetNumberOfUnknownPixels();
    m_Summary.numberOfPixels += region.GetNumberOfPixels();
    m_Summary.numberOfUnknown += numberOfUnknown;
    m_Summary.numberOfBad += numberOfNaNs - (std::isnan(m_Job.unknownValue) ? numberOfUnknown : 0);
  }

  void
  AddDistance(double distance)
  {
    if (std::isnan(distance))
    {
      return;
    }
    ++m_Summary.numberOfDistances;
    m_Summary.largestDistance = std::max(m_Summary.largestDistance, distance);
    m_Summary.sumOfSquaredDistances += distance * distance;
  }

  const Job &                                      m_Job;
  typename itk::ImageFileReader<TPicture>::Pointer m_Reader{ itk::ImageFileReader<TPicture>::New() };
  typename FilterType::Pointer                     m_Filter{ FilterType::New() };
  PiecewiseImageOutputs                            m_Outputs;
  Summary                                          m_Summary;
};


template <typename TComponent, unsigned int VDimension>
Summary
RunColors(const Job & job)
{
  return job.input.numberOfComponents == 3 ? Inversion<itk::Image<itk::RGBPixel<TComponent>, VDimension>>(job).Run()
                                           : Inversion<itk::Image<itk::RGBAPixel<TComponent>, VDimension>>(job).Run();
}


template <typename TComponent>
Summary
RunDimension(const Job & job)
{
  return job.input.GetDimension() == 2 ? RunColors<TComponent, 2>(job) : RunColors<TComponent, 3>(job);
}


Summary
Run(const Job & job)
{
  VerifyOutputsAreDistinct({ job.input.fileName, GetColormapFile(job.colormapOptions) },
                           { job.output, job.halfWidth, job.distance, job.ambiguity, job.gray, job.results });
  return job.input.componentType == itk::IOComponentEnum::UCHAR ? RunDimension<unsigned char>(job)
                                                                : RunDimension<unsigned short>(job);
}


void
Print(const Summary & summary)
{
  std::ostringstream line;
  line.precision(3);
  line << summary.numberOfPixels << " pixels: " << summary.numberOfUnknown << " unknown, " << summary.numberOfBad
       << " bad, " << summary.numberOfAmbiguous << " ambiguous; colours at most " << summary.largestDistance
       << " levels from the colormap, " << summary.GetRootMeanSquareDistance() << " root mean square";
  std::cout << line.str() << std::endl;
}


std::vector<std::pair<std::string, double>>
ListResults(const Summary & summary)
{
  const auto numberOfPixels = static_cast<double>(summary.numberOfPixels);
  const auto numberOfUnknown = static_cast<double>(summary.numberOfUnknown);
  return { { "numberOfPixels", numberOfPixels },
           { "numberOfUnknownPixels", numberOfUnknown },
           { "fractionOfUnknownPixels", numberOfUnknown / numberOfPixels },
           { "numberOfBadPixels", static_cast<double>(summary.numberOfBad) },
           { "numberOfAmbiguousPixels", static_cast<double>(summary.numberOfAmbiguous) },
           { "largestDistance", summary.largestDistance },
           { "rootMeanSquareDistance", summary.GetRootMeanSquareDistance() } };
}
} // namespace


int
main(int argc, char * argv[])
{
  PARSE_ARGS;

  return RunTool("InvertColormap", [&] {
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
    VerifyLimits(job.normalizationOptions);
    job.normalization = MakeNormalization(job.normalizationOptions, loaded.colormap->GetNumberOfEntries());
    SetGivenLimits(*job.normalization, job.normalizationOptions);
    job.input = DescribeImage(inputVolume);
    VerifyInput(job.input);
    job.output = outputVolume;
    job.halfWidth = halfWidth;
    job.distance = distance;
    job.ambiguity = ambiguity;
    job.gray = gray;
    job.results = returnParameterFile;
    job.tolerance = tolerance;
    job.unknownValue = unknownValue;
    job.metric = metric;
    job.chromaWeight = chromaWeight;
    job.interpolate = interpolate;
    job.overlayOpacity = overlayOpacity;
    job.compress = compress;
    job.memory = static_cast<itk::SizeValueType>(memory) << 20;
    job.processInformation = CLPProcessInformation;
    VerifyRecovery(job);

    ReturnParameterFile results(returnParameterFile);
    const Summary       summary = Run(job);
    results.Write(ListResults(summary));
    Print(summary);
  });
}
