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
#include "itkColormapImageFilter.h"

#include "itkAbortLaw.h"
#include "itkAsinhNormalization.h"
#include "itkBoundaryNormalization.h"
#include "itkImageFileReader.h"
#include "itkImageFileWriter.h"
#include "itkIntensityRangeImageSink.h"
#include "itkLogNormalization.h"
#include "itkPowerNormalization.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"
#include "itkTestFolder.h"

using itk::Colormap;

namespace
{
Colormap::Pointer
MakeTellingColormap(unsigned int numberOfEntries)
{
  auto colormap = Colormap::New();
  colormap->SetName("turbo", numberOfEntries);
  colormap->SetUnderColor(Colormap::MakeColor(0.1, 0.0, 0.0));
  colormap->SetOverColor(Colormap::MakeColor(0.0, 0.1, 0.0));
  colormap->SetBadColor(Colormap::MakeColor(0.0, 0.0, 0.1, 0.3));
  return colormap;
}


itk::LinearNormalization::Pointer
MakeNormalization(double minimum, double maximum, bool clip = false)
{
  auto normalization = itk::LinearNormalization::New();
  normalization->SetMinimum(minimum);
  normalization->SetMaximum(maximum);
  normalization->SetClip(clip);
  return normalization;
}


/** One of each kind: worked in single precision, in double precision, and with steps. */
std::vector<itk::IntensityNormalization::Pointer>
MakeNormalizations()
{
  const auto logarithmic = itk::LogNormalization::New();
  logarithmic->SetRange(2.0, 101.9);
  const auto power = itk::PowerNormalization::New();
  power->SetGamma(0.4);
  power->SetRange(10.3, 101.9);
  power->ClipOn();
  const auto asinh = itk::AsinhNormalization::New();
  asinh->SetRange(-10.3, 101.9);
  const auto boundary = itk::BoundaryNormalization::New();
  boundary->SetBoundaries({ 5.0, 17.3, 40.0, 101.9 });
  boundary->SetNumberOfColors(100);
  return { MakeNormalization(10.3, 101.9).GetPointer(),
           MakeNormalization(10.3, 101.9, true).GetPointer(),
           logarithmic.GetPointer(),
           power.GetPointer(),
           asinh.GetPointer(),
           boundary.GetPointer() };
}


/** The rulers, laid on one pixel. */
template <typename TPixel>
Colormap::BytesType
ColorOf(TPixel intensity, const itk::IntensityNormalization & normalization, const Colormap & colormap)
{
  Colormap::BytesType color;
  const bool          isSingle = std::is_same<TPixel, float>::value || sizeof(TPixel) <= 2;
  if (isSingle && !normalization.RequiresDoublePrecision())
  {
    float single = static_cast<float>(intensity);
    normalization.Forward(&single, &single, 1);
    colormap.Forward(&single, &color, 1);
  }
  else
  {
    double real = static_cast<double>(intensity);
    normalization.Forward(&real, &real, 1);
    colormap.Forward(&real, &color, 1);
  }
  return color;
}
} // namespace


template <typename TPixel>
class ColormapImageFilter : public testing::Test
{};

using PixelTypes =
  testing::Types<std::uint8_t, std::int8_t, std::uint16_t, std::int16_t, std::uint32_t, std::int32_t, float, double>;
TYPED_TEST_SUITE(ColormapImageFilter, PixelTypes);


TYPED_TEST(ColormapImageFilter, Lays_the_rulers_on_each_pixel)
{
  using ImageType = itk::Image<TypeParam, 2>;
  using RGBImageType = itk::Image<itk::RGBPixel<unsigned char>, 2>;
  // Few pixels and many: tables of all values, or of all steps, are made for the latter only.
  for (const unsigned int width : { 5, 1300, 17500 })
  {
    for (const auto & normalization : MakeNormalizations())
    {
      const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { width, 60 } }, 0.0, 127.0);
      const auto colormap = MakeTellingColormap(100);

      const auto filter = itk::ColormapImageFilter<ImageType>::New();
      filter->SetInput(image);
      filter->SetNormalization(normalization);
      filter->SetColormap(colormap);
      filter->Update();
      const auto opaque = itk::ColormapImageFilter<ImageType, RGBImageType>::New();
      opaque->SetInput(image);
      opaque->SetNormalization(normalization);
      opaque->SetColormap(colormap);
      opaque->Update();

      for (itk::SizeValueType i = 0; i < image->GetBufferedRegion().GetNumberOfPixels(); ++i)
      {
        const auto expected = ColorOf(image->GetBufferPointer()[i], *normalization, *colormap);
        ASSERT_EQ(filter->GetOutput()->GetBufferPointer()[i], expected) << i;
        const auto & rgb = opaque->GetOutput()->GetBufferPointer()[i];
        ASSERT_TRUE(std::equal(rgb.Begin(), rgb.End(), expected.Begin())) << i;
      }
    }
  }
}


TYPED_TEST(ColormapImageFilter, Holds_to_the_streaming_law)
{
  using ImageType = itk::Image<TypeParam, 3>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 67, 40, 30 } }, 0.0, 127.0);
  for (const auto & normalization : MakeNormalizations())
  {
    itk::StreamingLaw::ExpectHolds(image.GetPointer(), [&](ImageType * input) {
      const auto filter = itk::ColormapImageFilter<ImageType>::New();
      filter->SetInput(input);
      filter->SetNormalization(normalization);
      filter->SetColormap(MakeTellingColormap(100));
      return filter;
    });
  }
}


TEST(ColormapImageFilterSteps, Hold_to_the_streaming_law)
{
  using ImageType = itk::Image<float, 2>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 1100, 1000 } }, 0.0, 127.0);
  const auto normalization = itk::LogNormalization::New();
  normalization->SetRange(2.0, 101.9);
  itk::StreamingLaw::ExpectHolds(image.GetPointer(), [&](ImageType * input) {
    const auto filter = itk::ColormapImageFilter<ImageType>::New();
    filter->SetInput(input);
    filter->SetNormalization(normalization);
    return filter;
  });
}


TEST(ColormapImageFilterSteps, Are_made_anew_when_a_ruler_changes)
{
  using ImageType = itk::Image<float, 2>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 1100, 1000 } }, 0.0, 127.0);
  const auto normalization = itk::PowerNormalization::New();
  normalization->SetGamma(0.4);
  normalization->SetRange(2.0, 101.9);
  const auto colormap = MakeTellingColormap(100);
  const auto filter = itk::ColormapImageFilter<ImageType>::New();
  filter->SetInput(image);
  filter->SetNormalization(normalization);
  filter->SetColormap(colormap);
  const auto expectIsRight = [&] {
    filter->Update();
    for (itk::SizeValueType i = 0; i < 1000; ++i)
    {
      ASSERT_EQ(filter->GetOutput()->GetBufferPointer()[i],
                ColorOf(image->GetBufferPointer()[i], *filter->GetNormalization(), *filter->GetColormap()));
    }
  };
  expectIsRight();
  normalization->SetGamma(2.0);
  expectIsRight();
  colormap->SetName("viridis");
  expectIsRight();
  const auto logarithmic = itk::LogNormalization::New();
  logarithmic->SetRange(5.0, 90.0);
  filter->SetNormalization(logarithmic);
  expectIsRight();
  filter->SetNormalization(MakeNormalization(3.0, 80.0));
  expectIsRight();
}


TYPED_TEST(ColormapImageFilter, Holds_to_the_streaming_law_in_RGB)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 167, 140 } }, 0.0, 127.0);
  itk::StreamingLaw::ExpectHolds(image.GetPointer(), [](ImageType * input) {
    const auto filter = itk::ColormapImageFilter<ImageType, itk::Image<itk::RGBPixel<unsigned char>, 2>>::New();
    filter->SetInput(input);
    filter->SetNormalization(MakeNormalization(10.3, 101.9));
    return filter;
  });
}


TYPED_TEST(ColormapImageFilter, Holds_to_the_streaming_law_with_a_range_of_its_own)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 67, 90 } }, 0.0, 127.0);
  itk::StreamingLaw::ExpectHolds(image.GetPointer(), [](ImageType * input) {
    const auto filter = itk::ColormapImageFilter<ImageType>::New();
    filter->SetInput(input);
    filter->SetNumberOfStreamDivisions(4);
    return filter;
  });
}


TEST(ColormapImageFilterRange, Is_that_of_the_whole_image_whatever_is_asked_for)
{
  using ImageType = itk::Image<float, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 30, 30 } }, -50.0, -10.0);
  const auto filter = itk::ColormapImageFilter<ImageType>::New();
  filter->SetInput(image);
  filter->UpdateOutputInformation();
  filter->GetOutput()->SetRequestedRegion(ImageType::RegionType(image->GetBufferedRegion().GetIndex(), { { 2, 2 } }));
  filter->Update();

  const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
  sink->SetInput(image);
  sink->Update();
  EXPECT_EQ(filter->GetUsedNormalization()->GetMinimum(), sink->GetNormalization()->GetMinimum());
  EXPECT_EQ(filter->GetUsedNormalization()->GetMaximum(), sink->GetNormalization()->GetMaximum());
}


TEST(ColormapImageFilterRange, Follows_the_image)
{
  using ImageType = itk::Image<float, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 30, 30 } }, 0.0, 1.0);
  const auto filter = itk::ColormapImageFilter<ImageType>::New();
  filter->SetInput(image);
  filter->Update();
  image->GetBufferPointer()[0] = 25.0F;
  image->Modified();
  filter->Update();
  EXPECT_EQ(filter->GetUsedNormalization()->GetMaximum(), 25.0);
}


TEST(ColormapImageFilterRange, Is_learned_once_for_all_tiles_and_anew_when_the_image_changes)
{
  using ImageType = itk::Image<float, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 64, 64 } }, 0.0, 100.0);
  const itk::StreamingLaw::MonitoredSource<ImageType> source(image.GetPointer());
  const auto                                          filter = itk::ColormapImageFilter<ImageType>::New();
  filter->SetInput(source->GetOutput());
  filter->SetNumberOfStreamDivisions(2);
  source->ClearPipelineOnGenerateOutputInformationOff();
  // One pass over two pieces to learn the range, and then each tile once at most.
  itk::StreamingLaw::UpdateInRandomTiles(filter->GetOutput(), 8, 1);
  const auto numberOfUpdates = source->GetUpdatedRequestedRegions().size();
  EXPECT_GE(numberOfUpdates, 2u);
  EXPECT_LE(numberOfUpdates, 2u + 8u);

  image->GetBufferPointer()[0] = 1000.0F;
  image->Modified();
  filter->UpdateLargestPossibleRegion();
  EXPECT_EQ(source->GetUpdatedRequestedRegions().size(), numberOfUpdates + 2u + 1u);
  EXPECT_EQ(filter->GetUsedNormalization()->GetMaximum(), 1000.0);
}


/** The filter and the sink that learns its ruler share one reader that reads piece by piece. */
TEST(ColormapImageFilterDiamond, Reads_the_right_pieces)
{
  using ImageType = itk::Image<unsigned short, 2>;
  const itk::TestFolder folder;
  const auto            image = itk::MakeRandomImage<ImageType>({ { 64, 200 } }, 100.0, 60000.0);
  itk::WriteImage(image.GetPointer(), folder.GetPath("input.mha"));

  const auto wholeSink = itk::IntensityRangeImageSink<ImageType>::New();
  wholeSink->SetInput(image);
  wholeSink->SetNormalization(itk::LogNormalization::New());
  wholeSink->SetLowerPercentile(1.0);
  const auto whole = itk::ColormapImageFilter<ImageType>::New();
  whole->SetInput(image);
  whole->SetNormalization(wholeSink->GetNormalization());
  whole->Update();
  const auto expected = itk::StreamingLaw::GetBytes(whole->GetOutput());

  for (const unsigned int numberOfDivisions : { 1, 3, 7 })
  {
    const auto reader = itk::ImageFileReader<ImageType>::New();
    reader->SetFileName(folder.GetPath("input.mha"));
    const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
    sink->SetInput(reader->GetOutput());
    sink->SetNumberOfStreamDivisions(5);
    sink->SetNormalization(itk::LogNormalization::New());
    sink->SetLowerPercentile(1.0);
    const auto monitor = itk::PipelineMonitorImageFilter<ImageType>::New();
    monitor->SetInput(reader->GetOutput());
    const auto filter = itk::ColormapImageFilter<ImageType>::New();
    filter->SetInput(monitor->GetOutput());
    filter->SetNormalization(sink->GetNormalization());
    const auto writer = itk::ImageFileWriter<itk::Image<itk::RGBAPixel<unsigned char>, 2>>::New();
    writer->SetInput(filter->GetOutput());
    writer->SetFileName(folder.GetPath("output.mha"));
    writer->SetNumberOfStreamDivisions(numberOfDivisions);
    writer->Update();
    EXPECT_TRUE(monitor->VerifyInputFilterExecutedStreaming(numberOfDivisions));

    const auto output = itk::ReadImage<itk::Image<itk::RGBAPixel<unsigned char>, 2>>(folder.GetPath("output.mha"));
    EXPECT_TRUE(itk::StreamingLaw::GetBytes(output.GetPointer()) == expected) << numberOfDivisions;
  }
}


TEST(ColormapImageFilterErrors, Come_before_any_pixel_is_touched)
{
  using ImageType = itk::Image<float, 2>;
  const auto                                          image = itk::MakeRandomImage<ImageType>({ { 4, 4 } }, 0.0, 1.0);
  const itk::StreamingLaw::MonitoredSource<ImageType> monitor(image.GetPointer());
  const auto                                          filter = itk::ColormapImageFilter<ImageType>::New();
  filter->SetInput(monitor->GetOutput());

  filter->SetNormalization(MakeNormalization(2.0, 1.0));
  EXPECT_THROW(filter->Update(), itk::ExceptionObject);

  filter->SetNormalization(MakeNormalization(1.0, 2.0));
  const auto colormap = Colormap::New();
  colormap->SetOverColor(Colormap::MakeColor(2.0, 0.0, 0.0));
  filter->SetColormap(colormap);
  EXPECT_THROW(filter->Update(), itk::ExceptionObject);
  EXPECT_EQ(monitor->GetNumberOfUpdates(), 0u);
}


TYPED_TEST(ColormapImageFilter, Holds_to_the_law_of_aborts)
{
  using ImageType = itk::Image<TypeParam, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 1500, 1000 } }, 0.0, 100.0);
  itk::AbortLaw::ExpectHolds(
    [&] {
      const auto filter = itk::ColormapImageFilter<ImageType>::New();
      filter->SetInput(image);
      filter->SetNormalization(MakeNormalization(0.0, 100.0));
      return filter;
    },
    [](const auto & filter) { return itk::StreamingLaw::GetBytes(filter->GetOutput()); });
}


TEST(ColormapImageFilterRange, Holds_to_the_law_of_aborts)
{
  using ImageType = itk::Image<float, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 1500, 1000 } }, 0.0, 100.0);
  const auto makeFilter = [&] {
    const auto filter = itk::ColormapImageFilter<ImageType>::New();
    filter->SetInput(image);
    return filter;
  };
  const auto getBytes = [](const auto & filter) { return itk::StreamingLaw::GetBytes(filter->GetOutput()); };
  itk::AbortLaw::ExpectHolds(makeFilter, getBytes);

  // The range is learned in the first half of the progress, and once.
  const auto filter = makeFilter();
  filter->SetNumberOfWorkUnits(1);
  itk::AbortLaw::ExpectEndsSoon(filter, 0.25F);
  itk::AbortLaw::ExpectEndsSoon(filter, 0.75F);
  itk::AbortLaw::ExpectEndsSoon(filter, 0.25F);
  filter->Update();
  const auto undisturbed = makeFilter();
  undisturbed->Update();
  EXPECT_TRUE(getBytes(filter) == getBytes(undisturbed));
}
