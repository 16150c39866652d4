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

#include "itkAdaptiveHistogramEqualizationImageFilter.h"
#include "itkContrastLimitedAdaptiveHistogramEqualizationImageFilter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <type_traits>
#include <vector>

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
  std::vector<double> columns(size[0]);
  for (itk::SizeValueType x = 0; x < size[0]; ++x)
  {
    columns[x] =
      scene == Scene::Smooth ? 0.4 * std::sin(9.0 * static_cast<double>(x) / static_cast<double>(size[0])) : 0.0;
  }
  const auto numberOfPixels = image->GetBufferedRegion().GetNumberOfPixels();
  for (itk::SizeValueType row = 0; row < numberOfPixels / size[0]; ++row)
  {
    const double scale = std::cos(7.0 * static_cast<double>(row % size[1]) / static_cast<double>(size[1]));
    const double base = scene == Scene::Smooth ? 0.5 : 0.0;
    for (itk::SizeValueType x = 0; x < size[0]; ++x)
    {
      const auto   i = row * size[0] + x;
      const double value = std::clamp(base + columns[x] * scale + noises[i % noises.size()], 0.0, 1.0);
      image->GetBufferPointer()[i] = static_cast<PixelType>(least + value * (greatest - least));
    }
  }
  return image;
}


template <typename TPixel, unsigned int VDimension, Scene VScene, unsigned int VTiles = 8>
void
Filter(benchmark::State & state)
{
  using ImageType = itk::Image<TPixel, VDimension>;
  using FilterType = itk::ContrastLimitedAdaptiveHistogramEqualizationImageFilter<ImageType>;
  const itk::Size<3>           size = { { VDimension == 2 ? 4096U : 512U, VDimension == 2 ? 4096U : 512U, 256U } };
  typename ImageType::SizeType imageSize;
  std::copy_n(size.begin(), VDimension, imageSize.begin());
  const auto image = MakeImage<ImageType>(VScene, imageSize);

  typename ImageType::SizeType numberOfTiles;
  numberOfTiles.Fill(VTiles);
  const auto filter = FilterType::New();
  filter->SetInput(image);
  filter->SetNumberOfTiles(numberOfTiles);
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


/** Each of many small frames by itself. */
template <typename TPixel>
void
Frames(benchmark::State & state)
{
  using ImageType = itk::Image<TPixel, 3>;
  const auto image = MakeImage<ImageType>(Scene::Smooth, { { 96, 96, 1800 } });
  const auto filter = itk::ContrastLimitedAdaptiveHistogramEqualizationImageFilter<ImageType>::New();
  filter->SetInput(image);
  filter->SetFrameAxis(2);
  filter->ReleaseDataBeforeUpdateFlagOff();
  for (auto _ : state)
  {
    image->Modified();
    filter->Update();
  }
  itk::ReportTimePerSample(state, static_cast<double>(image->GetBufferedRegion().GetNumberOfPixels()));
}


/** ITK's filter has a window around each pixel in place of tiles. A radius of 256 would be as wide as the tiles here;
 * it is given an eighth of that, and a small image, of which the time per pixel does not depend. */
template <typename TPixel>
void
WindowFilter(benchmark::State & state)
{
  using ImageType = itk::Image<TPixel, 2>;
  using FilterType = itk::AdaptiveHistogramEqualizationImageFilter<ImageType>;
  const auto                      image = MakeImage<ImageType>(Scene::Smooth, { { 256, 256 } });
  typename FilterType::RadiusType radius;
  radius.Fill(32);
  const auto filter = FilterType::New();
  filter->SetInput(image);
  filter->SetRadius(radius);
  filter->SetAlpha(0.0);
  filter->SetBeta(0.0);
  for (auto _ : state)
  {
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
BENCHMARK_TEMPLATE(Filter, unsigned char, 2, Scene::Smooth, 1)
  ->Name("CLAHE/uint8_one_tile/smooth/filter")
  ->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned short, 2, Scene::Smooth, 1)
  ->Name("CLAHE/uint16_one_tile/smooth/filter")
  ->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned short, 3, Scene::Smooth)->Name("CLAHE/uint16_volume/smooth/filter")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, float, 3, Scene::Smooth)->Name("CLAHE/float32_volume/smooth/filter")->UseRealTime();

BENCHMARK_TEMPLATE(Frames, unsigned char)->Name("CLAHE/uint8_frames/smooth/filter")->UseRealTime();

BENCHMARK_TEMPLATE(WindowFilter, unsigned char)->Name("CLAHE/uint8/smooth/itk_linked")->UseRealTime();
BENCHMARK_TEMPLATE(WindowFilter, unsigned short)->Name("CLAHE/uint16/smooth/itk_linked")->UseRealTime();
