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
// What a function of Python's does: a filter is made, runs once, and hands its output over; nothing is used again.
#include "itkBenchmarkCounters.h"

#include "itkColormapImageFilter.h"
#include "itkPixelwiseTemporalHistogramImageFilter.h"

#include <algorithm>
#include <random>

namespace
{
constexpr itk::SizeValueType width = 3000;
constexpr itk::SizeValueType frameWidth = 512;
constexpr itk::SizeValueType numberOfFrames = 510;
constexpr double             greatest = 200.0;


template <typename TImage>
typename TImage::Pointer
MakeImage(const typename TImage::SizeType & size)
{
  auto image = TImage::New();
  image->SetRegions(size);
  image->Allocate();
  std::mt19937                           generator(1);
  std::uniform_real_distribution<double> distribution(0.0, greatest);
  const auto                             buffer = image->GetBufferPointer();
  std::generate_n(buffer, image->GetBufferedRegion().GetNumberOfPixels(), [&] {
    return static_cast<typename TImage::PixelType>(distribution(generator));
  });
  return image;
}


template <typename TPixel>
void
ColorAnew(benchmark::State & state)
{
  using ImageType = itk::Image<TPixel, 2>;
  const auto image = MakeImage<ImageType>({ { width, width } });
  for (auto _ : state)
  {
    auto normalization = itk::LinearNormalization::New();
    normalization->SetMaximum(greatest);
    const auto filter = itk::ColormapImageFilter<ImageType>::New();
    filter->SetInput(image);
    filter->SetNormalization(normalization);
    filter->Update();
    benchmark::DoNotOptimize(filter->GetOutput());
  }
  itk::ReportTimePerSample(state, width * width);
}


template <typename TPixel>
void
CountAnew(benchmark::State & state)
{
  using FramesType = itk::Image<TPixel, 3>;
  using HistogramType = itk::VectorImage<unsigned short, 2>;
  const auto frames = MakeImage<FramesType>({ { frameWidth, frameWidth, numberOfFrames } });
  for (auto _ : state)
  {
    auto bins = itk::HistogramBins::New();
    bins->SetUniform(100, 0.0, greatest);
    const auto filter = itk::PixelwiseTemporalHistogramImageFilter<FramesType, HistogramType>::New();
    filter->SetInput(frames);
    filter->SetBins(bins);
    filter->Update();
    benchmark::DoNotOptimize(filter->GetOutput());
  }
  itk::ReportTimePerSample(state, frameWidth * frameWidth * numberOfFrames);
}
} // namespace

BENCHMARK_TEMPLATE(ColorAnew, unsigned char)->Name("Colormap/uint8")->UseRealTime();
BENCHMARK_TEMPLATE(ColorAnew, unsigned short)->Name("Colormap/uint16")->UseRealTime();
BENCHMARK_TEMPLATE(ColorAnew, float)->Name("Colormap/float32")->UseRealTime();
BENCHMARK_TEMPLATE(CountAnew, unsigned char)->Name("TemporalHistogram/uint8")->UseRealTime();
BENCHMARK_TEMPLATE(CountAnew, unsigned short)->Name("TemporalHistogram/uint16")->UseRealTime();
