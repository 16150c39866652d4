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

// From a series of frames to a picture of the scene without what moves through it: the median over time of each pixel,
// coloured. Every step streams, so that the series may be far larger than memory.
//
//   StreamingPipeline <prefix of the output> <frame>...

#include "itkColormapImageFilter.h"
#include "itkImageFileWriter.h"
#include "itkImageSeriesReader.h"
#include "itkIntensityRangeImageSink.h"
#include "itkPixelwiseTemporalHistogramImageFilter.h"
#include "itkTemporalHistogramStatisticImageFilter.h"

#include <iostream>

int
main(int argc, char * argv[])
{
  if (argc < 3)
  {
    std::cerr << "Usage: " << argv[0] << " <prefix of the output> <frame>..." << std::endl;
    return EXIT_FAILURE;
  }

  // The last axis of the input is time.
  using FramesType = itk::Image<unsigned char, 3>;
  auto reader = itk::ImageSeriesReader<FramesType>::New();
  reader->SetFileNames({ argv + 2, argv + argc });

  // Frames of 8 bits have few values: with a bin for each, the median is exact.
  auto bins = itk::HistogramBins::New();
  bins->SetIntegers(0, 255);

  // A piece of the image that needs more memory than the limit is refused before anything is read.
  using HistogramFilterType = itk::PixelwiseTemporalHistogramImageFilter<FramesType>;
  auto histogram = HistogramFilterType::New();
  histogram->SetInput(reader->GetOutput());
  histogram->SetBins(bins);
  histogram->SetMemoryLimit(itk::SizeValueType{ 256 } << 20);

  using StatisticEnum = itk::TemporalHistogramStatisticImageFilterEnums::Statistic;
  auto median = itk::TemporalHistogramStatisticImageFilter<HistogramFilterType::OutputImageType>::New();
  median->SetInput(histogram->GetOutput());
  median->SetBins(bins);
  median->SetStatistic(StatisticEnum::Median);

  // All frames are read again for each piece: as few pieces as memory allows are best.
  constexpr unsigned int numberOfPieces = 4;

  // The sink learns the range of the whole median image, piece by piece, before the first pixel is coloured.
  using MedianImageType = itk::Image<float, 2>;
  auto range = itk::IntensityRangeImageSink<MedianImageType>::New();
  range->SetInput(median->GetOutput());
  range->SetNumberOfStreamDivisions(numberOfPieces);

  auto colormap = itk::Colormap::New();
  colormap->SetName("magma");

  using ColormapFilterType = itk::ColormapImageFilter<MedianImageType>;
  auto color = ColormapFilterType::New();
  color->SetInput(median->GetOutput());
  color->SetNormalization(range->GetNormalization());
  color->SetColormap(colormap);

  // MetaImage is a format that can be written piece by piece.
  auto writer = itk::ImageFileWriter<ColormapFilterType::OutputImageType>::New();
  writer->SetInput(color->GetOutput());
  writer->SetFileName(std::string(argv[1]) + "-median.mha");
  writer->SetNumberOfStreamDivisions(numberOfPieces);

  // Nothing has run so far: the writer's update runs all of it.
  try
  {
    writer->Update();
  }
  catch (const itk::ExceptionObject & error)
  {
    std::cerr << error.GetDescription() << std::endl;
    return EXIT_FAILURE;
  }
  std::cout << "Medians from " << range->GetRange().Minimum << " to " << range->GetRange().Maximum << " are in "
            << writer->GetFileName() << std::endl;
  return EXIT_SUCCESS;
}
