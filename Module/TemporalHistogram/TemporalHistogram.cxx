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
#include "TemporalHistogramJob.h"

#include "FileNames.h"
#include "ReturnParameters.h"
#include "RunTool.h"

#include "itksys/SystemTools.hxx"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "TemporalHistogramCLP.h"

using namespace IntensityMapping;

namespace
{
std::vector<std::string>
GetOutputs(const TemporalHistogramJob & job)
{
  return { job.histogram, job.underCount,        job.overCount,          job.invalidCount, job.median, job.mean,
           job.mode,      job.standardDeviation, job.interquartileRange, job.quantile,     job.count,  job.plot };
}


void
VerifySeries(const TemporalHistogramJob & job)
{
  const auto & image = job.description;
  if (image.numberOfComponents != 1)
  {
    throw std::runtime_error("'" + image.fileName + "' has " + std::to_string(image.numberOfComponents) +
                             " numbers per pixel: give frames of one number per pixel, for instance gray ones.");
  }
  const auto dimension = job.GetFrameDimension();
  if (job.IsOneImage() && (dimension < 2 || job.GetNumberOfFrames() < 2))
  {
    throw std::runtime_error("One image is no series: '" + image.fileName + "' is " + FormatSize(image) +
                             ". Give two or more frames, or one image whose last axis is time.");
  }
  if (dimension != 2 && dimension != 3)
  {
    throw std::runtime_error("The frames have " + std::to_string(dimension) +
                             " dimensions: frames of 2 or 3 dimensions can be counted.");
  }
  // The series reader would take the axis of the rows for that of time.
  if (!job.IsOneImage() && job.GetFrameSize().back() == 1)
  {
    throw std::runtime_error("The frames are " + FormatSize(image) +
                             ": give frames of one row as one image, whose last axis is time.");
  }
}


void
VerifyBins(const TemporalHistogramJob & job)
{
  if (job.numberOfBins == 0 || job.numberOfBins < -1)
  {
    throw std::runtime_error("--bins " + std::to_string(job.numberOfBins) +
                             " makes no histogram: give 1 or more, or -1 to choose.");
  }
  if (job.minimum > job.maximum)
  {
    std::ostringstream message;
    message << "The minimum, " << job.minimum << ", is above the maximum, " << job.maximum << ": exchange them.";
    throw std::runtime_error(message.str());
  }
  if (!job.edges.empty())
  {
    itk::HistogramBins::New()->SetEdges(job.edges);
  }
}


void
VerifyMask(const TemporalHistogramJob & job)
{
  if (job.mask.empty())
  {
    return;
  }
  const auto mask = DescribeImage(job.mask);
  if (mask.numberOfComponents != 1)
  {
    throw std::runtime_error("The mask '" + job.mask + "' has several numbers per pixel: give one of one number.");
  }
  auto size = job.GetFrameSize();
  bool fits = DropFlatAxes(mask.size) == DropFlatAxes(size);
  size.push_back(job.GetNumberOfFrames());
  fits = fits || mask.size == size;
  if (!fits)
  {
    throw std::runtime_error("The mask '" + job.mask + "' is " + FormatSize(mask) + ", but the series is " +
                             FormatSize(size) + " with time: give a mask of that size, or of one frame's.");
  }
}


void
VerifyPlot(const TemporalHistogramJob & job)
{
  if (job.plot.empty() != job.plotPixel.empty())
  {
    throw std::runtime_error("A plot needs both --plot FILE.png and --plot-pixel x,y.");
  }
  if (job.plot.empty())
  {
    return;
  }
#ifndef IntensityMapping_USE_VTK
  throw std::runtime_error(
    "This build has no VTK, which draws charts: build with VTK 9.1 or later, or leave --plot out.");
#endif
  if (itksys::SystemTools::LowerCase(itksys::SystemTools::GetFilenameLastExtension(job.plot)) != ".png")
  {
    throw std::runtime_error("The plot '" + job.plot + "' must end in .png.");
  }
  const auto size = job.GetFrameSize();
  const bool isInside = std::equal(
    job.plotPixel.begin(), job.plotPixel.end(), size.begin(), size.end(), [](int index, itk::SizeValueType length) {
      return index >= 0 && static_cast<itk::SizeValueType>(index) < length;
    });
  if (!isInside)
  {
    throw std::runtime_error("--plot-pixel takes " + std::to_string(job.GetFrameDimension()) +
                             " indices, from 0, separated by commas, of a pixel in the frames, which are " +
                             FormatSize(size) + ".");
  }
}


void
VerifyOutputs(const TemporalHistogramJob & job)
{
  const auto outputs = GetOutputs(job);
  if (std::all_of(outputs.begin(), outputs.end(), [](const std::string & name) { return name.empty(); }))
  {
    throw std::runtime_error("Nothing was asked for: name an output, for instance --median median.mha. "
                             "--help lists all.");
  }
  const auto picture = std::find_if(outputs.begin(), std::prev(outputs.end()), IsPicture);
  if (picture != std::prev(outputs.end()))
  {
    throw std::runtime_error("'" + *picture + "' would be a picture, which cannot hold counts and statistics: choose " +
                             ".mha, or draw one pixel's histogram with --plot.");
  }
  auto inputs = job.frames;
  inputs.push_back(job.mask);
  auto results = outputs;
  results.push_back(job.results);
  VerifyOutputsAreDistinct(inputs, results);
}


/** What the files say, with every check that can be made before a pixel is read. */
void
VerifyJob(TemporalHistogramJob & job)
{
  job.description = job.IsOneImage() ? DescribeImage(job.frames.front()) : DescribeSeries(job.frames);
  VerifySeries(job);
  VerifyBins(job);
  VerifyMask(job);
  VerifyPlot(job);
  VerifyOutputs(job);
}
} // namespace


int
main(int argc, char * argv[])
{
  PARSE_ARGS;

  return RunTool("TemporalHistogram", [&] {
    TemporalHistogramJob job;
    job.frames = ExpandFileNames(frames);
    job.mask = mask;
    job.numberOfBins = numberOfBins;
    job.binSpacing = binSpacing;
    job.minimum = minimum;
    job.maximum = maximum;
    job.edges = edges;
    job.histogram = histogram;
    job.underCount = underCount;
    job.overCount = overCount;
    job.invalidCount = invalidCount;
    job.median = median;
    job.mean = mean;
    job.mode = mode;
    job.standardDeviation = standardDeviation;
    job.interquartileRange = interquartileRange;
    job.quantile = quantile;
    job.count = count;
    job.probability = probability;
    job.plot = plot;
    job.plotPixel = plotPixel;
    job.plotTitle = plotTitle;
    job.valueLabel = valueLabel;
    job.results = returnParameterFile;
    job.memory = static_cast<itk::SizeValueType>(memory) << 20;
    job.compress = compress;
    job.processInformation = CLPProcessInformation;
    VerifyJob(job);

    ReturnParameterFile results(returnParameterFile);
    const auto bins = job.GetFrameDimension() == 2 ? RunTemporalHistogram<2>(job) : RunTemporalHistogram<3>(job);
    results.Write({ { "numberOfFrames", static_cast<double>(job.GetNumberOfFrames()) },
                    { "usedMinimum", bins->GetEdges().front() },
                    { "usedMaximum", bins->GetEdges().back() } });
  });
}
