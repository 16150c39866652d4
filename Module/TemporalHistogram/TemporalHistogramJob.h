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
#ifndef TemporalHistogramJob_h
#define TemporalHistogramJob_h

#include "ImageDescription.h"

#include "itkHistogramBins.h"

#include <iterator>
#include <string>
#include <vector>

struct ModuleProcessInformation;

namespace IntensityMapping
{
/** What was asked for. */
struct TemporalHistogramJob
{
  std::vector<std::string> frames;
  std::string              mask;

  /** The first frame, or the one image of all. */
  ImageDescription description;

  int                 numberOfBins;
  std::string         binSpacing;
  double              minimum;
  double              maximum;
  std::vector<double> edges;

  std::string histogram;
  std::string underCount;
  std::string overCount;
  std::string invalidCount;
  std::string median;
  std::string mean;
  std::string mode;
  std::string standardDeviation;
  std::string interquartileRange;
  std::string quantile;
  std::string count;
  double      probability;

  std::string      plot;
  std::vector<int> plotPixel;
  std::string      plotTitle;
  std::string      valueLabel;
  std::string      results;

  itk::SizeValueType         memory;
  bool                       compress;
  ModuleProcessInformation * processInformation;

  bool
  IsOneImage() const
  {
    return frames.size() == 1;
  }

  /** A file may give its frame a flat third axis. */
  std::vector<itk::SizeValueType>
  GetFrameSize() const
  {
    return this->IsOneImage()
             ? std::vector<itk::SizeValueType>(description.size.begin(), std::prev(description.size.end()))
             : DropFlatAxes(description.size);
  }

  unsigned int
  GetFrameDimension() const
  {
    return static_cast<unsigned int>(this->GetFrameSize().size());
  }

  itk::SizeValueType
  GetNumberOfFrames() const
  {
    return this->IsOneImage() ? description.size.back() : frames.size();
  }
};

/** Does the job for frames of VDimension dimensions, and returns the bins that were used. Instantiated for 2 and 3. */
template <unsigned int VDimension>
itk::HistogramBins::Pointer
RunTemporalHistogram(const TemporalHistogramJob & job);
} // namespace IntensityMapping

#endif
