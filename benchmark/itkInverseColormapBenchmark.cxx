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
#include "itkInverseColormapImageFilter.h"
#include "itkLinearNormalization.h"

#include <cmath>
#include <random>

namespace
{
constexpr itk::SizeValueType width = 3000;

template <typename TComponent>
using RGB = itk::RGBPixel<TComponent>;
template <typename TComponent>
using RGBA = itk::RGBAPixel<TComponent>;


/** A smooth scene with noise, coloured by viridis. */
template <typename TColor>
typename itk::Image<TColor, 2>::Pointer
MakeColored()
{
  using ByteColorType = std::conditional_t<TColor::Dimension == 3, RGB<unsigned char>, RGBA<unsigned char>>;
  using ValueImageType = itk::Image<float, 2>;
  auto values = ValueImageType::New();
  values->SetRegions(itk::Size<2>{ { width, width } });
  values->Allocate();
  std::mt19937                    generator(1);
  std::normal_distribution<float> noise(0.0F, 0.05F);
  for (itk::SizeValueType i = 0; i < width * width; ++i)
  {
    const auto x = static_cast<float>(i % width) / width;
    const auto y = static_cast<float>(i / width) / width;
    values->GetBufferPointer()[i] = 0.5F + 0.4F * std::sin(9.0F * x) * std::cos(7.0F * y) + noise(generator);
  }
  const auto filter = itk::ColormapImageFilter<ValueImageType, itk::Image<ByteColorType, 2>>::New();
  filter->SetInput(values);
  filter->SetNormalization(itk::LinearNormalization::New());
  filter->Update();

  auto           picture = itk::Image<TColor, 2>::New();
  constexpr auto unitsPerByte = std::numeric_limits<typename TColor::ComponentType>::max() / 255;
  picture->SetRegions(itk::Size<2>{ { width, width } });
  picture->Allocate();
  const auto * bytes = filter->GetOutput()->GetBufferPointer()->GetDataPointer();
  std::transform(bytes,
                 bytes + width * width * TColor::Dimension,
                 picture->GetBufferPointer()->GetDataPointer(),
                 [](unsigned char byte) { return static_cast<typename TColor::ComponentType>(byte * unitsPerByte); });
  return picture;
}


/** Random colours, all opaque. */
template <typename TColor>
typename itk::Image<TColor, 2>::Pointer
MakeNoise()
{
  auto picture = itk::Image<TColor, 2>::New();
  picture->SetRegions(itk::Size<2>{ { width, width } });
  picture->Allocate();
  std::mt19937 generator(1);
  for (itk::SizeValueType i = 0; i < width * width; ++i)
  {
    auto & color = picture->GetBufferPointer()[i];
    std::generate(color.Begin(), color.End(), [&] { return generator(); });
    if (TColor::Dimension == 4)
    {
      color[3] = std::numeric_limits<typename TColor::ComponentType>::max();
    }
  }
  return picture;
}


template <typename TColor, typename TSetUp>
void
Filter(benchmark::State & state, typename itk::Image<TColor, 2>::Pointer (*makePicture)(), const TSetUp & setUp)
{
  const auto filter = itk::InverseColormapImageFilter<itk::Image<TColor, 2>>::New();
  filter->SetInput(makePicture());
  setUp(*filter);
  // As when an image is streamed, the memory of the output and the index are used again.
  filter->ReleaseDataBeforeUpdateFlagOff();
  filter->Update();
  for (auto _ : state)
  {
    filter->Modified();
    filter->Update();
  }
  itk::ReportTimePerSample(state, width * width);
}


/** The family is a peer's where a peer does the same. */
template <typename TColor, typename TSetUp>
void
Register(const std::string & family, const std::string & name, const TSetUp & setUp)
{
  benchmark::RegisterBenchmark((family + "/coloured/" + name).c_str(), [=](benchmark::State & state) {
    Filter<TColor>(state, MakeColored<TColor>, setUp);
  })->UseRealTime();
  benchmark::RegisterBenchmark((family + "/noise/" + name).c_str(), [=](benchmark::State & state) {
    Filter<TColor>(state, MakeNoise<TColor>, setUp);
  })->UseRealTime();
}


/** The first update of an image of one pixel: what is needed before any colour can be looked up. */
void
MakeIndex(benchmark::State & state, const char * name, itk::SizeValueType numberOfEntries)
{
  using PictureType = itk::Image<RGBA<unsigned char>, 2>;
  auto picture = PictureType::New();
  picture->SetRegions(itk::Size<2>{ { 1, 1 } });
  picture->Allocate(true);
  auto colormap = itk::Colormap::New();
  colormap->SetName(name, numberOfEntries);
  for (auto _ : state)
  {
    const auto filter = itk::InverseColormapImageFilter<PictureType>::New();
    filter->SetInput(picture);
    filter->SetColormap(colormap);
    filter->Update();
  }
  itk::ReportTimePerSample(state, 1);
}


const auto nothing = [](auto &) {};
const auto weightLuma = [](auto & filter) {
  filter.SetMetric(itk::InverseColormapImageFilterEnums::Metric::LumaWeighted);
};
const auto interpolate = [](auto & filter) { filter.InterpolateOn(); };
const auto takeApart = [](auto & filter) { filter.SetOverlayOpacity(0.5); };
const auto tolerate = [](auto & filter) { filter.SetTolerance(20.0); };
const auto wantAll = [](auto & filter) {
  filter.ComputeHalfWidthOn();
  filter.ComputeDistanceOn();
  filter.ComputeAmbiguityOn();
};

const bool isRegistered = [] {
  Register<RGBA<unsigned char>>("InverseColormap", "RGBA", nothing);
  Register<RGB<unsigned char>>("InverseColormap", "RGB", nothing);
  const std::string family = "InverseColormapOption";
  Register<RGBA<unsigned short>>(family, "RGBA_16_bits", nothing);
  Register<RGBA<unsigned char>>(family, "RGBA_tolerance", tolerate);
  Register<RGBA<unsigned char>>(family, "RGBA_all_outputs", wantAll);
  Register<RGBA<unsigned char>>(family, "RGBA_luma", weightLuma);
  Register<RGBA<unsigned char>>(family, "RGBA_interpolated", interpolate);
  Register<RGBA<unsigned char>>(family, "RGBA_overlay", takeApart);
  return true;
}();
} // namespace

BENCHMARK_CAPTURE(MakeIndex, viridis_256, "viridis", 256)->Name("InverseColormapIndex/viridis_256");
BENCHMARK_CAPTURE(MakeIndex, jet_4096, "jet", 4096)->Name("InverseColormapIndex/jet_4096");
