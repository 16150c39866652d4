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

#include "itkHistogramEqualizationImageFilter.h"

#include <cmath>
#include <random>

namespace
{
using Method = itk::HistogramEqualizationEnums::Method;


/** A smooth scene with noise; floating-point values are spread over magnitudes. */
template <typename TPixel, unsigned int VDimension>
typename itk::Image<TPixel, VDimension>::Pointer
MakeScene(const itk::Size<VDimension> & size)
{
  auto image = itk::Image<TPixel, VDimension>::New();
  image->SetRegions(size);
  image->Allocate();
  std::mt19937                    generator(1);
  std::normal_distribution<float> noise(0.0F, 0.08F);
  const auto                      width = static_cast<float>(size[0]);
  const auto                      numberOfPixels = image->GetBufferedRegion().GetNumberOfPixels();
  for (itk::SizeValueType i = 0; i < numberOfPixels; ++i)
  {
    const float x = static_cast<float>(i % size[0]) / width;
    const float y = static_cast<float>(i / size[0] % size[1]) / width;
    const float scene = 0.4F + 0.3F * std::sin(5.0F * x) * std::cos(4.0F * y) + noise(generator);
    if constexpr (std::is_integral<TPixel>::value)
    {
      const auto greatest = static_cast<float>(std::numeric_limits<TPixel>::max());
      image->GetBufferPointer()[i] = static_cast<TPixel>(std::min(std::max(scene, 0.0F), 1.0F) * greatest);
    }
    else
    {
      image->GetBufferPointer()[i] = static_cast<TPixel>(std::exp(8.0F * scene));
    }
  }
  return image;
}


template <typename TInput, typename TOutput, unsigned int VDimension>
void
Equalize(benchmark::State & state, const itk::Size<VDimension> & size, Method method, int frameAxis)
{
  using InputImageType = itk::Image<TInput, VDimension>;
  const auto image = MakeScene<TInput, VDimension>(size);
  const auto filter = itk::HistogramEqualizationImageFilter<InputImageType, itk::Image<TOutput, VDimension>>::New();
  filter->SetInput(image);
  filter->SetMethod(method);
  filter->SetFrameAxis(frameAxis);
  // As when an image is streamed, the memory of the output is used again.
  filter->ReleaseDataBeforeUpdateFlagOff();
  for (auto _ : state)
  {
    // The distribution is learned anew each time.
    filter->Modified();
    filter->Update();
  }
  itk::ReportTimePerSample(state, image->GetBufferedRegion().GetNumberOfPixels());
}


void
FramesOfOpenCV(benchmark::State & state)
{
  Equalize<unsigned char, unsigned char, 3>(state, { { 96, 96, 1800 } }, Method::OpenCV, 2);
}


void
Frames(benchmark::State & state)
{
  Equalize<unsigned char, unsigned char, 3>(state, { { 96, 96, 1800 } }, Method::EmpiricalDistribution, 2);
}


template <typename TInput, typename TOutput>
void
WholeImage(benchmark::State & state)
{
  Equalize<TInput, TOutput, 2>(state, { { 4096, 4096 } }, Method::EmpiricalDistribution, -1);
}


template <typename TInput, typename TOutput>
void
Rank(benchmark::State & state)
{
  Equalize<TInput, TOutput, 2>(state, { { 4096, 4096 } }, Method::Rank, -1);
}
} // namespace

BENCHMARK(FramesOfOpenCV)->Name("EqualizeFrames/uint8/opencv_rule")->UseRealTime();
BENCHMARK(Frames)->Name("EqualizeFrames/uint8/empirical")->UseRealTime();
BENCHMARK_TEMPLATE(WholeImage, unsigned char, unsigned char)->Name("Equalize/uint8/empirical")->UseRealTime();
BENCHMARK_TEMPLATE(WholeImage, unsigned short, unsigned short)->Name("Equalize/uint16/empirical")->UseRealTime();
BENCHMARK_TEMPLATE(WholeImage, float, float)->Name("Equalize/float32/empirical")->UseRealTime();
BENCHMARK_TEMPLATE(Rank, unsigned short, unsigned int)->Name("Rank/uint16/rank")->UseRealTime();
BENCHMARK_TEMPLATE(Rank, float, unsigned int)->Name("Rank/float32/rank")->UseRealTime();
