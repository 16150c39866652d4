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
#ifndef EqualizeHistogramJob_h
#define EqualizeHistogramJob_h

#include "ImageDescription.h"

#include "itkHistogramEqualizationKernel.h"

#include <optional>
#include <string>
#include <vector>

struct ModuleProcessInformation;

namespace IntensityMapping
{
/** What was asked for. */
struct EqualizeHistogramJob
{
  using Method = itk::HistogramEqualizationEnums::Method;

  ImageDescription                input;
  std::optional<ImageDescription> mask;
  std::optional<ImageDescription> distribution;
  std::optional<ImageDescription> match;
  std::string                     output;
  std::string                     figure;
  std::string                     title;
  std::string                     results;

  std::string      method;
  int              frameAxis;
  int              bins;
  bool             boundedMemory;
  double           clipLimit;
  std::vector<int> tiles;
  std::string      outputType;
  double           outputMinimum;
  double           outputMaximum;

  itk::SizeValueType         memory;
  bool                       compress;
  ModuleProcessInformation * processInformation;

  bool
  IsByTiles() const
  {
    return method == "clahe";
  }

  bool
  IsOfColors() const
  {
    return input.numberOfComponents > 1;
  }

  /** Whether the image has two dimensions, or is to be a picture, which a volume of one slice can be. */
  bool
  IsFlat() const
  {
    return input.GetDimension() == 2 || IsPicture(output);
  }

  Method
  GetMethod() const;

  itk::IOComponentEnum
  GetOutputComponentType() const;

  /** What is not given is as the type of the output has it. */
  double
  GetOutputMinimum() const;
  double
  GetOutputMaximum() const;

  /** The axis of frames, or -1 for the whole image, which a single frame is, too. */
  int
  GetFrameAxis() const;

  /** How many tiles there are along each axis: 8 if none are given; 1 along the axis of frames, or one of one slice. */
  std::vector<itk::SizeValueType>
  GetTiles() const;

  /** What the histograms and tables of the tiles take. */
  double
  GetBytesOfTiles() const;

  /** In how many pieces to work if a pixel takes this many bytes. */
  unsigned int
  CountPieces(const ImageDescription & image, itk::SizeValueType bytesOfPixel) const;
};

/** Throws, in words, unless the options go together and with the images. */
void
VerifyEqualizeHistogramJob(const EqualizeHistogramJob & job);

/** Equalizes the input and writes it to a file. */
void
RunEqualizeHistogram(const EqualizeHistogramJob & job, const std::string & fileName);

/** Draws the input and the output, which is in a file, with their histograms. */
void
DrawEqualizeHistogramFigure(const EqualizeHistogramJob & job,
                            const std::string &          outputFile,
                            const std::string &          pngFileName);
} // namespace IntensityMapping

#endif
