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

#include "itkContrastLimitedAdaptiveHistogramEqualizationImageFilter.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace
{
enum class Scene
{
  Smooth,
  Uniform
};


/** A smooth scene with noise, or noise alone that spans all values; real values span [0, 1]. */
template <typename TImage>
typename TImage::Pointer
MakeImage(Scene scene, const typename TImage::SizeType & size)
{
  using PixelType = typename TImage::PixelType;
  auto image = TImage::New();
  image->SetRegions(size);
  image->Allocate();
  constexpr double least = std::is_integral<PixelType>::value ? std::numeric_limits<PixelType>::lowest() : 0.0;
  constexpr double greatest = std::is_integral<PixelType>::value ? std::numeric_limits<PixelType>::max() : 1.0;

  std::mt19937                           generator(1);
  std::normal_distribution<double>       noise(0.0, 0.05);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  // Noise repeats after a prime number of pixels, which is faster than to make so much of it.
  std::vector<double> noises(1000003);
  std::generate(
    noises.begin(), noises.end(), [&] { return scene == Scene::Smooth ? noise(generator) : uniform(generator); });
  const auto numberOfPixels = image->GetBufferedRegion().GetNumberOfPixels();
  for (itk::SizeValueType i = 0; i < numberOfPixels; ++i)
  {
    const double x = static_cast<double>(i % size[0]) / static_cast<double>(size[0]);
    const double y = static_cast<double>(i / size[0] % size[1]) / static_cast<double>(size[1]);
    const double base = scene == Scene::Smooth ? 0.5 + 0.4 * std::sin(9.0 * x) * std::cos(7.0 * y) : 0.0;
    const double value = std::clamp(base + noises[i % noises.size()], 0.0, 1.0);
    image->GetBufferPointer()[i] = static_cast<PixelType>(least + value * (greatest - least));
  }
  return image;
}


template <typename TPixel, unsigned int VDimension, Scene VScene>
void
Filter(benchmark::State & state)
{
  using ImageType = itk::Image<TPixel, VDimension>;
  const itk::Size<3>           size = { { VDimension == 2 ? 4096U : 512U, VDimension == 2 ? 4096U : 512U, 256U } };
  typename ImageType::SizeType imageSize;
  std::copy_n(size.begin(), VDimension, imageSize.begin());
  const auto image = MakeImage<ImageType>(VScene, imageSize);

  const auto filter = itk::ContrastLimitedAdaptiveHistogramEqualizationImageFilter<ImageType>::New();
  filter->SetInput(image);
  // As when an image is streamed, the memory of the output is used again.
  filter->ReleaseDataBeforeUpdateFlagOff();
  for (auto _ : state)
  {
    // All three stages: the image is counted again.
    image->Modified();
    filter->Update();
  }
  itk::ReportTimePerSample(state, static_cast<double>(image->GetBufferedRegion().GetNumberOfPixels()));
}
} // namespace

BENCHMARK_TEMPLATE(Filter, unsigned char, 2, Scene::Smooth)->Name("CLAHE/uint8/smooth/filter")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned char, 2, Scene::Uniform)->Name("CLAHE/uint8/uniform/filter")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned short, 2, Scene::Smooth)->Name("CLAHE/uint16/smooth/filter")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned short, 2, Scene::Uniform)->Name("CLAHE/uint16/uniform/filter")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, float, 2, Scene::Smooth)->Name("CLAHE/float32/smooth/filter")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, short, 3, Scene::Smooth)->Name("CLAHE/int16_volume/smooth/filter")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, float, 3, Scene::Smooth)->Name("CLAHE/float32_volume/smooth/filter")->UseRealTime();
