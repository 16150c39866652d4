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
#include "itkColorBarImageSink.h"

#include "itkAbortLaw.h"
#include "itkImageRegionIteratorWithIndex.h"
#include "itkInverseColormapImageFilter.h"
#include "itkStreamingLaw.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace
{
using RGBType = itk::RGBPixel<unsigned char>;
using RGBAType = itk::RGBAPixel<unsigned char>;
template <typename TPixel>
using PictureType = itk::Image<TPixel, 2>;
template <typename TPixel>
using SinkType = itk::ColorBarImageSink<PictureType<TPixel>>;
using OrientationEnum = itk::ColorBarImageSinkEnums::Orientation;

itk::Colormap::Pointer
MakeColormap(const std::string & name, itk::SizeValueType numberOfEntries = 0)
{
  auto colormap = itk::Colormap::New();
  colormap->SetName(name, numberOfEntries);
  return colormap;
}

template <typename TPixel>
TPixel
MakePixel(const itk::Colormap::BytesType & color)
{
  TPixel pixel;
  std::copy_n(color.Begin(), std::min<unsigned int>(TPixel::Length, 4), pixel.Begin());
  return pixel;
}

itk::ImageRegion<2>
MakeRegion(itk::IndexValueType x, itk::IndexValueType y, itk::SizeValueType width, itk::SizeValueType height)
{
  return { itk::Index<2>{ { x, y } }, itk::Size<2>{ { width, height } } };
}

/** A white picture from index -5 on, with a bar in a region: its colours from the lowest index on. */
template <typename TPixel>
typename PictureType<TPixel>::Pointer
MakePicture(const itk::Colormap & colormap, const itk::ImageRegion<2> & bar)
{
  auto picture = PictureType<TPixel>::New();
  picture->SetRegions(MakeRegion(-5, -5, 300, 200));
  picture->Allocate();
  picture->FillBuffer(MakePixel<TPixel>(itk::Colormap::MakeBytes(itk::Colormap::MakeColor(1.0, 1.0, 1.0))));
  const unsigned int                                     axis = bar.GetSize(0) > bar.GetSize(1) ? 0 : 1;
  itk::ImageRegionIteratorWithIndex<PictureType<TPixel>> it(picture, bar);
  for (; !it.IsAtEnd(); ++it)
  {
    const auto place = static_cast<double>(it.GetIndex()[axis] - bar.GetIndex(axis)) + 0.5;
    it.Set(MakePixel<TPixel>(colormap.ForwardValue(place / static_cast<double>(bar.GetSize(axis)))));
  }
  return picture;
}

template <typename TPixel>
void
Fill(PictureType<TPixel> * picture, const itk::ImageRegion<2> & region, unsigned char gray)
{
  itk::ImageRegionIteratorWithIndex<PictureType<TPixel>> it(picture, region);
  for (; !it.IsAtEnd(); ++it)
  {
    std::fill_n(it.Value().Begin(), 3, gray);
  }
}

/** A bar from 0 at the outer edge of its first pixel to 1 at that of its last. */
template <typename TPixel>
typename SinkType<TPixel>::Pointer
MakeSink(const PictureType<TPixel> * picture, const itk::ImageRegion<2> & bar)
{
  auto               sink = SinkType<TPixel>::New();
  const unsigned int axis = bar.GetSize(0) > bar.GetSize(1) ? 0 : 1;
  const auto         start = static_cast<double>(bar.GetIndex(axis)) - 0.5;
  sink->SetInput(picture);
  sink->SetBarRegion(bar);
  sink->SetFirstTick(start, 0.0);
  sink->SetSecondTick(start + static_cast<double>(bar.GetSize(axis)), 1.0);
  return sink;
}

/** How far the values are wrong that are recovered from the colours of `colormap`, but for `margin` at the ends. */
template <typename TSink>
double
FindGreatestError(TSink & sink, const itk::Colormap & colormap, double margin)
{
  double greatest = 0.0;
  for (double value = margin; value <= 1.0 - margin; value += 0.001)
  {
    const auto color = colormap.ForwardValue(value);
    double     normalized = 0.0;
    sink.GetColormap()->Inverse(&color, &normalized, 1);
    greatest = std::max(greatest, std::abs(sink.GetNormalization()->InverseValue(normalized) - value));
  }
  return greatest;
}

template <typename TSink>
void
ExpectRefused(TSink * sink, const std::string & words)
{
  try
  {
    sink->Update();
    ADD_FAILURE() << "No exception: " << words;
  }
  catch (const itk::ExceptionObject & exception)
  {
    EXPECT_NE(std::string(exception.GetDescription()).find(words), std::string::npos) << exception.GetDescription();
  }
}
} // namespace


TEST(ColorBarImageSink, Reads_a_clean_bar_pixel_by_pixel)
{
  const auto colormap = MakeColormap("turbo");
  for (const auto & bar : { MakeRegion(10, 20, 256, 12), MakeRegion(30, -5, 9, 200) })
  {
    const auto sink = MakeSink<RGBType>(MakePicture<RGBType>(*colormap, bar), bar);
    sink->Update();
    EXPECT_EQ(sink->GetColormap()->GetNumberOfEntries(), std::max(bar.GetSize(0), bar.GetSize(1)));
    EXPECT_NEAR(sink->GetNormalization()->GetMinimum(), 0.0, 1e-12);
    EXPECT_NEAR(sink->GetNormalization()->GetMaximum(), 1.0, 1e-12);
    EXPECT_FALSE(sink->GetHasSteps());
    EXPECT_LT(FindGreatestError(*sink, *colormap, 0.0), 1.0 / 128.0);
  }
}


TEST(ColorBarImageSink, A_clean_bar_of_one_pixel_per_entry_gives_the_bytes_of_the_colormap)
{
  const auto colormap = MakeColormap("viridis");
  const auto bar = MakeRegion(10, 20, 256, 12);
  const auto sink = MakeSink<RGBAType>(MakePicture<RGBAType>(*colormap, bar), bar);
  sink->Update();
  EXPECT_EQ(sink->GetColormap()->GetByteTable(), colormap->GetByteTable());
  EXPECT_EQ(sink->FindOrientation(), OrientationEnum::Horizontal);
}


TEST(ColorBarImageSink, Colours_are_in_the_order_of_rising_values)
{
  const auto colormap = MakeColormap("plasma");
  const auto bar = MakeRegion(30, -5, 9, 200);
  const auto sink = MakeSink<RGBType>(MakePicture<RGBType>(*colormap, bar), bar);
  sink->SetFirstTick(95.0, -20.0); // greater values above, as most bars have them
  sink->SetSecondTick(45.0, 30.0);
  sink->Update();
  EXPECT_EQ(sink->FindOrientation(), OrientationEnum::Vertical);
  EXPECT_DOUBLE_EQ(sink->GetNormalization()->GetMinimum(), -20.0 + 95.0 - 194.5);
  EXPECT_DOUBLE_EQ(sink->GetNormalization()->GetMaximum(), -20.0 + 95.0 + 5.5);
  EXPECT_EQ(sink->GetColormap()->ForwardValue(1.0), colormap->ForwardValue(0.0));
  EXPECT_EQ(sink->GetColormap()->ForwardValue(0.0), colormap->ForwardValue(1.0));
}


TEST(ColorBarImageSink, Leaves_out_a_frame_and_tick_marks_and_mixed_ends)
{
  const auto colormap = MakeColormap("viridis");
  const auto strip = MakeRegion(11, 21, 254, 8);
  const auto picture = MakePicture<RGBType>(*colormap, strip);
  const auto rectangle = MakeRegion(10, 20, 256, 10);
  Fill<RGBType>(picture, MakeRegion(10, 20, 256, 1), 0);
  Fill<RGBType>(picture, MakeRegion(10, 29, 256, 1), 0);
  Fill<RGBType>(picture, MakeRegion(10, 20, 1, 10), 0);
  Fill<RGBType>(picture, MakeRegion(265, 20, 1, 10), 0);
  Fill<RGBType>(picture, MakeRegion(11, 21, 1, 8), 160); // half white, half dark violet
  for (const int tick : { 60, 110, 160, 210 })
  {
    Fill<RGBType>(picture, MakeRegion(tick, 26, 2, 3), 0);
  }
  const auto sink = MakeSink<RGBType>(picture, rectangle);
  sink->SetFirstTick(10.5, 0.0);
  sink->SetSecondTick(264.5, 1.0);
  sink->Update();
  EXPECT_EQ(sink->GetColormap()->GetNumberOfEntries(), 253u);
  EXPECT_NEAR(sink->GetNormalization()->GetMinimum(), 1.0 / 254.0, 1e-12);
  EXPECT_NEAR(sink->GetNormalization()->GetMaximum(), 1.0, 1e-12);
  EXPECT_LT(FindGreatestError(*sink, *colormap, 0.01), 1.0 / 128.0);
}


TEST(ColorBarImageSink, Finds_the_steps_of_a_bar)
{
  for (const std::string name : { "viridis", "tab10", "Blues", "jet" })
  {
    for (const itk::SizeValueType numberOfSteps : { 3, 5, 10 })
    {
      SCOPED_TRACE(testing::Message() << name << ' ' << numberOfSteps);
      const auto colormap = MakeColormap(name, numberOfSteps);
      const auto bar = MakeRegion(10, 20, 203, 12);
      const auto picture = MakePicture<RGBType>(*colormap, bar);
      Fill<RGBType>(picture, MakeRegion(10, 20, 1, 12), 0);
      Fill<RGBType>(picture, MakeRegion(212, 20, 1, 12), 0);
      const auto sink = MakeSink<RGBType>(picture, bar);
      sink->Update();
      EXPECT_TRUE(sink->GetHasSteps());
      EXPECT_EQ(sink->GetColormap()->GetByteTable(), colormap->GetByteTable());
      EXPECT_NEAR(sink->GetNormalization()->GetMinimum(), 0.0, 2.0 / 203.0);
      EXPECT_NEAR(sink->GetNormalization()->GetMaximum(), 1.0, 2.0 / 203.0);
    }
  }
}


TEST(ColorBarImageSink, Takes_uneven_steps_pixel_by_pixel)
{
  const auto bar = MakeRegion(10, 20, 200, 12);
  const auto picture = MakePicture<RGBType>(*MakeColormap("gray"), bar);
  const int  ends[] = { 10, 20, 60, 90, 210 };
  for (unsigned int k = 0; k < 4; ++k)
  {
    Fill<RGBType>(picture, MakeRegion(ends[k], 20, ends[k + 1] - ends[k], 12), static_cast<unsigned char>(60 * k + 5));
  }
  const auto sink = MakeSink<RGBType>(picture, bar);
  sink->Update();
  EXPECT_FALSE(sink->GetHasSteps());
  EXPECT_EQ(sink->GetColormap()->GetNumberOfEntries(), 200u);
}


TEST(ColorBarImageSink, Noise_across_the_bar_does_little)
{
  const auto                                              colormap = MakeColormap("turbo");
  const auto                                              bar = MakeRegion(10, 20, 256, 21);
  const auto                                              picture = MakePicture<RGBType>(*colormap, bar);
  std::mt19937                                            generator(7);
  itk::ImageRegionIteratorWithIndex<PictureType<RGBType>> it(picture, bar);
  for (; !it.IsAtEnd(); ++it)
  {
    for (unsigned int c = 0; c < 3; ++c)
    {
      const int noisy = it.Value()[c] + static_cast<int>(generator() % 13) - 6;
      it.Value()[c] = static_cast<unsigned char>(std::min(std::max(noisy, 0), 255));
    }
  }
  const auto sink = MakeSink<RGBType>(picture, bar);
  sink->Update();
  EXPECT_LT(FindGreatestError(*sink, *colormap, 0.0), 4.0 / 256.0);
}


TEST(ColorBarImageSink, Gives_rulers_that_can_be_connected_before_they_are_known)
{
  using SourceType = itk::StreamingLaw::MonitoredSource<PictureType<RGBType>>;
  const auto       bar = MakeRegion(10, 20, 256, 12);
  const auto       picture = MakePicture<RGBType>(*MakeColormap("turbo"), bar);
  const SourceType source(picture.GetPointer());
  const auto       sink = MakeSink<RGBType>(source->GetOutput(), bar);
  sink->SetNumberOfStreamDivisions(3);
  const auto inverse = itk::InverseColormapImageFilter<PictureType<RGBType>, itk::Image<float, 2>>::New();
  inverse->SetInput(source->GetOutput());
  inverse->SetColormap(sink->GetColormap());
  inverse->SetNormalization(sink->GetNormalization());
  inverse->Update();
  for (int x = 10; x < 266; ++x)
  {
    EXPECT_NEAR(inverse->GetOutput()->GetPixel(itk::Index<2>{ { x, 25 } }), (x - 9.5) / 256.0, 1e-5);
  }
}


TEST(ColorBarImageSink, Holds_to_the_streaming_law)
{
  for (const auto & bar : { MakeRegion(10, 20, 256, 22), MakeRegion(30, -5, 9, 200) })
  {
    const auto picture = MakePicture<RGBAType>(*MakeColormap("hsv"), bar);
    itk::StreamingLaw::ExpectSinkHolds(
      picture.GetPointer(),
      [&](PictureType<RGBAType> * input) { return MakeSink<RGBAType>(input, bar); },
      [](const auto & sink) {
        return std::make_tuple(sink->GetColormap()->GetTable(),
                               sink->GetNormalization()->GetMinimum(),
                               sink->GetNormalization()->GetMaximum());
      });
  }
}


TEST(ColorBarImageSink, Reads_only_the_rectangle)
{
  const auto bar = MakeRegion(10, 20, 256, 12);
  const auto picture = MakePicture<RGBType>(*MakeColormap("jet"), bar);
  const itk::StreamingLaw::MonitoredSource<PictureType<RGBType>> source(picture.GetPointer());
  const auto                                                     sink = MakeSink<RGBType>(source->GetOutput(), bar);
  sink->Update();
  EXPECT_EQ(source->GetOutput()->GetBufferedRegion(), bar);
}


TEST(ColorBarImageSink, Holds_to_the_law_of_aborts)
{
  const auto bar = MakeRegion(0, 0, 3000, 600);
  auto       picture = PictureType<RGBType>::New();
  picture->SetRegions(bar);
  picture->Allocate();
  for (itk::SizeValueType i = 0; i < bar.GetNumberOfPixels(); ++i)
  {
    picture->GetBufferPointer()[i].Fill(static_cast<unsigned char>(i % 3000 / 12));
  }
  for (const unsigned int numberOfPieces : { 1, 5 })
  {
    SCOPED_TRACE(numberOfPieces);
    itk::AbortLaw::ExpectHolds(
      [&] {
        auto sink = MakeSink<RGBType>(picture, bar);
        sink->SetNumberOfStreamDivisions(numberOfPieces);
        return sink;
      },
      [](const auto & sink) {
        return std::make_pair(sink->GetColormap()->GetTable(), sink->GetNormalization()->GetMaximum());
      });
  }
}


TEST(ColorBarImageSink, Says_what_is_wrong)
{
  const auto   bar = MakeRegion(10, 20, 256, 12);
  const auto   picture = MakePicture<RGBType>(*MakeColormap("jet"), bar);
  const auto   sink = MakeSink<RGBType>(picture, bar);
  const double nan = std::nan("");

  const std::pair<itk::ImageRegion<2>, std::string> regions[] = {
    { MakeRegion(0, 0, 0, 0), "give the bar's place by SetBarRegion()" },
    { MakeRegion(100, 20, 256, 12), "is not within the picture" },
    { MakeRegion(10, 20, 256, 2), "256 pixels long and 2 across" },
    { MakeRegion(10, 20, 7, 4), "7 pixels long and 4 across" },
    { MakeRegion(10, 20, 12, 12), "is as long as broad" },
    { MakeRegion(10, 60, 200, 12), "has the colour" }
  };
  for (const auto & [region, words] : regions)
  {
    sink->SetBarRegion(region);
    ExpectRefused(sink.GetPointer(), words);
  }
  sink->SetBarRegion(bar);

  const std::tuple<double, double, double, double, std::string> ticks[] = {
    { nan, 0.0, 5.0, 1.0, "The First tick has position nan" },
    { 0.0, nan, 5.0, 1.0, "given by SetFirstTick()" },
    { 0.0, 0.0, HUGE_VAL, 1.0, "The Second tick has position inf" },
    { 5.0, 0.0, 5.0, 1.0, "Both ticks are at position 5" },
    { 5.0, 2.0, 6.0, 2.0, "Both ticks have the value 2" },
    { 5.0, -1e308, 6.0, 1e308, "their range must be finite" }
  };
  for (const auto & [firstPosition, firstValue, secondPosition, secondValue, words] : ticks)
  {
    sink->SetFirstTick(firstPosition, firstValue);
    sink->SetSecondTick(secondPosition, secondValue);
    ExpectRefused(sink.GetPointer(), words);
  }
  const auto withoutTicks = SinkType<RGBType>::New();
  withoutTicks->SetInput(picture);
  withoutTicks->SetBarRegion(bar);
  ExpectRefused(withoutTicks.GetPointer(), "The First tick");

  sink->SetFirstTick(0.0, 0.0);
  sink->SetSecondTick(100.0, 1.0);
  EXPECT_NO_THROW(sink->Update());
  sink->SetBarRegion(MakeRegion(10, 20, 12, 12));
  sink->SetOrientation(OrientationEnum::Horizontal);
  EXPECT_NO_THROW(sink->Update());
}
