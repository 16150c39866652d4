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

#include "itkColormapImageFilter.h"
#include "itkLogNormalization.h"
#include "itkPowerNormalization.h"
#include "itkScalarToRGBColormapImageFilter.h"

#include <random>

namespace
{
constexpr itk::SizeValueType width = 3000;


/** The greatest value of the images. */
template <typename TPixel>
constexpr double
GetGreatest()
{
  return std::is_integral<TPixel>::value ? static_cast<double>(std::numeric_limits<TPixel>::max()) : 1.0;
}


template <typename TPixel>
typename itk::Image<TPixel, 2>::Pointer
MakeImage()
{
  auto image = itk::Image<TPixel, 2>::New();
  image->SetRegions(itk::Size<2>{ { width, width } });
  image->Allocate();
  std::mt19937                           generator(1);
  std::uniform_real_distribution<double> distribution(0.0, GetGreatest<TPixel>());
  for (itk::SizeValueType i = 0; i < width * width; ++i)
  {
    image->GetBufferPointer()[i] = static_cast<TPixel>(distribution(generator));
  }
  return image;
}


template <typename TNormalization>
itk::IntensityNormalization::Pointer
MakeNormalization(double greatest)
{
  auto normalization = TNormalization::New();
  normalization->SetMaximum(greatest);
  if constexpr (std::is_same<TNormalization, itk::LogNormalization>::value)
  {
    normalization->SetMinimum(greatest / 1000.0);
  }
  if constexpr (std::is_same<TNormalization, itk::PowerNormalization>::value)
  {
    normalization->SetGamma(0.4);
  }
  return normalization.GetPointer();
}


template <typename TPixel, typename TColor, typename TNormalization = itk::LinearNormalization>
void
Filter(benchmark::State & state)
{
  const auto image = MakeImage<TPixel>();
  const auto normalization = MakeNormalization<TNormalization>(GetGreatest<TPixel>());
  const auto filter = itk::ColormapImageFilter<itk::Image<TPixel, 2>, itk::Image<TColor, 2>>::New();
  filter->SetInput(image);
  filter->SetNormalization(normalization);
  // As when an image is streamed, the memory of the output is used again.
  filter->ReleaseDataBeforeUpdateFlagOff();
  for (auto _ : state)
  {
    filter->Modified();
    filter->Update();
  }
  itk::ReportTimePerSample(state, width * width);
}


template <typename TPixel, typename TColor>
void
ItkFilter(benchmark::State & state)
{
  const auto image = MakeImage<TPixel>();
  const auto filter = itk::ScalarToRGBColormapImageFilter<itk::Image<TPixel, 2>, itk::Image<TColor, 2>>::New();
  filter->SetInput(image);
  filter->SetColormap(itk::ScalarToRGBColormapImageFilterEnums::RGBColormapFilter::Jet);
  // As when an image is streamed, the memory of the output is used again.
  filter->ReleaseDataBeforeUpdateFlagOff();
  for (auto _ : state)
  {
    filter->Modified();
    filter->Update();
  }
  itk::ReportTimePerSample(state, width * width);
}
} // namespace

using RGB = itk::RGBPixel<unsigned char>;
using RGBA = itk::RGBAPixel<unsigned char>;

BENCHMARK_TEMPLATE(Filter, unsigned char, RGBA)->Name("Colormap/uint8/RGBA")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned short, RGBA)->Name("Colormap/uint16/RGBA")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, float, RGBA)->Name("Colormap/float32/RGBA")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned char, RGB)->Name("Colormap/uint8/RGB")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned short, RGB)->Name("Colormap/uint16/RGB")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, float, RGB)->Name("Colormap/float32/RGB")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned short, RGBA, itk::LogNormalization)->Name("ColormapLog/uint16/RGBA")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, float, RGBA, itk::LogNormalization)->Name("ColormapLog/float32/RGBA")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, double, RGBA, itk::LogNormalization)->Name("ColormapLog/float64/RGBA")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, unsigned short, RGBA, itk::PowerNormalization)
  ->Name("ColormapPower/uint16/RGBA")
  ->UseRealTime();
BENCHMARK_TEMPLATE(Filter, float, RGBA, itk::PowerNormalization)->Name("ColormapPower/float32/RGBA")->UseRealTime();
BENCHMARK_TEMPLATE(Filter, double, RGBA, itk::PowerNormalization)->Name("ColormapPower/float64/RGBA")->UseRealTime();
BENCHMARK_TEMPLATE(ItkFilter, unsigned char, RGB)->Name("Colormap/uint8/itk_linked")->UseRealTime();
BENCHMARK_TEMPLATE(ItkFilter, unsigned short, RGB)->Name("Colormap/uint16/itk_linked")->UseRealTime();
BENCHMARK_TEMPLATE(ItkFilter, float, RGB)->Name("Colormap/float32/itk_linked")->UseRealTime();
