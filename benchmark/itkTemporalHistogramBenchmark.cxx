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
#include "itkBenchmarkCounters.h"

#include "itkPixelwiseTemporalHistogramImageFilter.h"

#include <cstring>
#include <random>

namespace
{
constexpr itk::SizeValueType width = 512;
constexpr itk::SizeValueType numberOfFrames = 510;
constexpr itk::SizeValueType numberOfSamples = width * width * numberOfFrames;

enum class Scene
{
  Smooth,
  Uniform
};


/** Frames of a smooth scene with noise, or of noise alone that spans all bins. */
template <typename TPixel>
typename itk::Image<TPixel, 3>::Pointer
MakeFrames(Scene scene)
{
  constexpr double greatest = std::numeric_limits<TPixel>::max();
  auto             frames = itk::Image<TPixel, 3>::New();
  frames->SetRegions(itk::Size<3>{ { width, width, numberOfFrames } });
  frames->Allocate();
  std::mt19937                          generator(1);
  std::normal_distribution<float>       noise(0.0F, 0.05F);
  std::uniform_real_distribution<float> uniform(0.0F, 1.0F);
  // Noise repeats after a prime number of samples, which is faster than to make so much of it.
  std::vector<float> noises(1000003);
  std::generate(
    noises.begin(), noises.end(), [&] { return scene == Scene::Smooth ? noise(generator) : uniform(generator); });
  TPixel * sample = frames->GetBufferPointer();
  for (itk::SizeValueType i = 0; i < numberOfSamples; ++i)
  {
    const auto  x = static_cast<float>(i % width) / width;
    const auto  y = static_cast<float>(i / width % width) / width;
    const float base = scene == Scene::Smooth ? 0.2F + 0.3F * x + 0.3F * y : 0.0F;
    const float value = std::min(std::max(base + noises[i % noises.size()], 0.0F), 1.0F);
    sample[i] = static_cast<TPixel>(value * greatest);
  }
  return frames;
}


template <typename TPixel, Scene VScene>
void
Filter(benchmark::State & state)
{
  const auto frames = MakeFrames<TPixel>(VScene);
  auto       bins = itk::HistogramBins::New();
  bins->SetUniform(100, 0.0, std::numeric_limits<TPixel>::max());
  const auto filter = itk::PixelwiseTemporalHistogramImageFilter<itk::Image<TPixel, 3>>::New();
  filter->SetInput(frames);
  filter->SetBins(bins);
  // As when an image is streamed, the memory of the output is used again.
  filter->ReleaseDataBeforeUpdateFlagOff();
  for (auto _ : state)
  {
    filter->Modified();
    filter->Update();
  }
  itk::ReportTimePerSample(state, numberOfSamples);
}


template <typename TPixel>
void
Copy(benchmark::State & state)
{
  const auto          frames = MakeFrames<TPixel>(Scene::Smooth);
  std::vector<TPixel> copy(numberOfSamples);
  for (auto _ : state)
  {
    std::memcpy(copy.data(), frames->GetBufferPointer(), numberOfSamples * sizeof(TPixel));
    benchmark::ClobberMemory();
  }
  itk::ReportTimePerSample(state, numberOfSamples);
}
} // namespace

BENCHMARK_TEMPLATE(Filter, unsigned char, Scene::Smooth)->Name("TemporalHistogram/uint8/smooth/filter")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned char, Scene::Uniform)
  ->Name("TemporalHistogram/uint8/uniform/filter")
  ->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned short, Scene::Smooth)
  ->Name("TemporalHistogram/uint16/smooth/filter")
  ->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned short, Scene::Uniform)
  ->Name("TemporalHistogram/uint16/uniform/filter")
  ->UseRealTime();
BENCHMARK_TEMPLATE(Copy, unsigned char)->Name("Copy/uint8")->UseRealTime();
BENCHMARK_TEMPLATE(Copy, unsigned short)->Name("Copy/uint16")->UseRealTime();
