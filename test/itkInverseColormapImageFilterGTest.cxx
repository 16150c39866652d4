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
#include "itkInverseColormapImageFilter.h"

#include "itkAbortLaw.h"
#include "itkColormapImageFilter.h"
#include "itkImageFileReader.h"
#include "itkIntensityRangeImageSink.h"
#include "itkLinearNormalization.h"
#include "itkLogNormalization.h"
#include "itkPNGImageIO.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"
#include "itkTestFolder.h"

#include <cmath>
#include <fstream>

using itk::Colormap;
using itk::InverseColormapImageFilterEnums;

namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();


Colormap::Pointer
MakeColormap(const std::string & name, unsigned int numberOfEntries = 256)
{
  auto colormap = Colormap::New();
  colormap->SetName(name, numberOfEntries);
  return colormap;
}


itk::LinearNormalization::Pointer
MakeNormalization(double minimum, double maximum)
{
  auto normalization = itk::LinearNormalization::New();
  normalization->SetMinimum(minimum);
  normalization->SetMaximum(maximum);
  return normalization;
}


/** A picture of random colours, opacities among them, on a grid that does not begin at 0. */
template <typename TPicture>
typename TPicture::Pointer
MakeRandomPicture(const typename TPicture::SizeType & size, unsigned int seed = 1)
{
  typename TPicture::RegionType region;
  region.SetSize(size);
  region.GetModifiableIndex().Fill(-3);
  auto picture = TPicture::New();
  picture->SetRegions(region);
  picture->Allocate();
  std::mt19937 generator(seed);
  for (itk::SizeValueType i = 0; i < region.GetNumberOfPixels(); ++i)
  {
    for (auto & component : picture->GetBufferPointer()[i])
    {
      component = static_cast<typename TPicture::PixelType::ComponentType>(generator() % 7 == 0 ? 0 : generator());
    }
  }
  return picture;
}


template <typename TPicture, typename TValues>
typename TPicture::Pointer
ColorImage(TValues * values, itk::IntensityNormalization * normalization, Colormap * colormap)
{
  const auto filter = itk::ColormapImageFilter<TValues, TPicture>::New();
  filter->SetInput(values);
  filter->SetNormalization(normalization);
  filter->SetColormap(colormap);
  filter->Update();
  return filter->GetOutput();
}


/** Lays the lookup on the whole of a picture. */
template <typename TFilter>
std::vector<typename TFilter::OutputPixelType>
InvertPicture(const typename TFilter::InputImageType & picture, const TFilter & filter)
{
  itk::InverseColormapLookup<typename TFilter::ComponentType, typename TFilter::OutputPixelType> lookup;
  lookup.Prepare(*filter.GetColormap(), *filter.GetNormalization(), {});
  const auto                                     count = picture.GetBufferedRegion().GetNumberOfPixels();
  std::vector<typename TFilter::OutputPixelType> values(count);
  lookup.Invert(picture.GetBufferPointer()->GetDataPointer(),
                TFilter::InputPixelType::Dimension,
                count,
                { values.data(), nullptr, nullptr, nullptr, nullptr });
  return values;
}


/** All that the filter can do, at its most demanding. */
template <typename TFilter>
typename TFilter::Pointer
MakeFilter(typename TFilter::InputImageType * picture, bool isOverlay = false)
{
  const auto filter = TFilter::New();
  filter->SetInput(picture);
  filter->SetNormalization(MakeNormalization(-20.0, 300.0));
  filter->SetColormap(MakeColormap("jet", 20));
  filter->SetMetric(InverseColormapImageFilterEnums::Metric::LumaWeighted);
  filter->SetTolerance(60.0);
  filter->SetUnknownValue(-1000.0);
  filter->SetOverlayOpacity(isOverlay ? 0.5 : 1.0);
  filter->SetInterpolate(!isOverlay);
  filter->ComputeHalfWidthOn();
  filter->ComputeDistanceOn();
  filter->ComputeAmbiguityOn();
  filter->SetComputeGray(isOverlay);
  return filter;
}
} // namespace


template <typename TPixel>
class InverseColormapImageFilter : public testing::Test
{};

using ColorTypes = testing::Types<itk::RGBPixel<unsigned char>,
                                  itk::RGBAPixel<unsigned char>,
                                  itk::RGBPixel<unsigned short>,
                                  itk::RGBAPixel<unsigned short>>;
TYPED_TEST_SUITE(InverseColormapImageFilter, ColorTypes);


TYPED_TEST(InverseColormapImageFilter, Lays_the_lookup_on_each_pixel)
{
  using PictureType = itk::Image<TypeParam, 2>;
  const auto picture = MakeRandomPicture<PictureType>({ { 211, 60 } });
  const auto expectSame = [&](const auto & filter) {
    filter->SetInput(picture);
    filter->SetNormalization(MakeNormalization(1.0, 9.0));
    filter->Update();
    const auto expected = InvertPicture(*picture, *filter);
    EXPECT_EQ(
      std::memcmp(expected.data(), filter->GetOutput()->GetBufferPointer(), expected.size() * sizeof(expected.front())),
      0);
  };
  expectSame(itk::InverseColormapImageFilter<PictureType>::New());
  expectSame(itk::InverseColormapImageFilter<PictureType, itk::Image<double, 2>>::New());
}


TYPED_TEST(InverseColormapImageFilter, Holds_to_the_streaming_law)
{
  using PictureType = itk::Image<TypeParam, 3>;
  using FilterType = itk::InverseColormapImageFilter<PictureType>;
  const auto picture = MakeRandomPicture<PictureType>({ { 37, 20, 16 } });
  const auto expectHolds = [&](bool isOverlay, const auto & getOutput) {
    itk::StreamingLaw::ExpectHolds(
      picture.GetPointer(), [=](PictureType * input) { return MakeFilter<FilterType>(input, isOverlay); }, getOutput);
  };
  expectHolds(false, [](const auto & filter) { return filter->GetOutput(); });
  expectHolds(false, [](const auto & filter) { return filter->GetHalfWidthImage(); });
  expectHolds(false, [](const auto & filter) { return filter->GetDistanceImage(); });
  expectHolds(false, [](const auto & filter) { return filter->GetAmbiguityImage(); });
  expectHolds(true, [](const auto & filter) { return filter->GetOutput(); });
  expectHolds(true, [](const auto & filter) { return filter->GetGrayImage(); });
  // By the nearest entry, with nothing but values.
  itk::StreamingLaw::ExpectHolds(picture.GetPointer(), [](PictureType * input) {
    const auto filter = FilterType::New();
    filter->SetInput(input);
    filter->SetColormap(MakeColormap("viridis", 20));
    return filter;
  });
}


TYPED_TEST(InverseColormapImageFilter, Counts_each_unknown_pixel_once_however_it_is_streamed)
{
  using PictureType = itk::Image<TypeParam, 2>;
  using FilterType = itk::InverseColormapImageFilter<PictureType>;
  const auto picture = MakeRandomPicture<PictureType>({ { 67, 90 } });

  const auto onePass = MakeFilter<FilterType>(picture);
  onePass->Update();
  itk::SizeValueType expected = 0;
  for (itk::SizeValueType i = 0; i < 67 * 90; ++i)
  {
    const bool isUnknown = onePass->GetDistanceImage()->GetBufferPointer()[i] > 60.0F;
    EXPECT_EQ(onePass->GetOutput()->GetBufferPointer()[i] == -1000.0F, isUnknown);
    expected += isUnknown ? 1 : 0;
  }
  EXPECT_GT(expected, 0u);
  EXPECT_EQ(onePass->GetNumberOfUnknownPixels(), expected);

  for (const auto numberOfWorkUnits : itk::StreamingLaw::workUnits)
  {
    for (const auto numberOfDivisions : itk::StreamingLaw::divisions)
    {
      const auto         filter = MakeFilter<FilterType>(picture);
      itk::SizeValueType sum = 0;
      filter->SetNumberOfWorkUnits(numberOfWorkUnits);
      filter->AddObserver(itk::EndEvent(),
                          [&](const itk::EventObject &) { sum += filter->GetNumberOfUnknownPixels(); });
      const auto streamer =
        itk::StreamingImageFilter<typename FilterType::OutputImageType, typename FilterType::OutputImageType>::New();
      streamer->SetInput(filter->GetOutput());
      streamer->SetNumberOfStreamDivisions(numberOfDivisions);
      streamer->Update();
      EXPECT_EQ(sum, expected) << numberOfDivisions << " pieces, " << numberOfWorkUnits << " work units";
    }
  }
}


/** What was coloured is recovered to within the half-width, and gets the same picture again. */
template <typename TReal>
class InverseColormapImageFilterLaws : public testing::Test
{};

using RealTypes = testing::Types<float, double>;
TYPED_TEST_SUITE(InverseColormapImageFilterLaws, RealTypes);


TYPED_TEST(InverseColormapImageFilterLaws, Recovers_what_gets_the_same_picture_again)
{
  using ImageType = itk::Image<TypeParam, 2>;
  using PictureType = itk::Image<itk::RGBAPixel<unsigned char>, 2>;
  auto logarithmic = itk::LogNormalization::New();
  logarithmic->SetMinimum(1e-3);
  logarithmic->SetMaximum(50.0);
  const auto image = itk::MakeRandomImageWithGaps<ImageType>({ { 97, 60 } }, -3.0, 60.0);
  for (const itk::IntensityNormalization::Pointer & normalization :
       { itk::IntensityNormalization::Pointer(MakeNormalization(0.1, 51.3).GetPointer()),
         itk::IntensityNormalization::Pointer(logarithmic.GetPointer()) })
  {
    for (const char * name : { "viridis", "jet", "gray", "twilight", "coolwarm_r" })
    {
      for (const unsigned int numberOfEntries : { 2, 9, 256, 4096 })
      {
        SCOPED_TRACE(testing::Message() << name << ' ' << numberOfEntries);
        const auto colormap = MakeColormap(name, numberOfEntries);
        colormap->SetUnderColor(Colormap::MakeColor(0.2, 0.9, 0.6));
        colormap->SetOverColor(Colormap::MakeColor(0.9, 0.2, 0.6));
        const auto picture = ColorImage<PictureType>(image.GetPointer(), normalization, colormap);
        const auto filter = itk::InverseColormapImageFilter<PictureType, ImageType>::New();
        filter->SetInput(picture);
        filter->SetNormalization(normalization);
        filter->SetColormap(colormap);
        filter->SetTolerance(0.0);
        filter->ComputeHalfWidthOn();
        filter->ComputeDistanceOn();
        filter->Update();
        EXPECT_EQ(filter->GetNumberOfUnknownPixels(), 0u);

        const auto again = ColorImage<PictureType>(filter->GetOutput(), normalization, colormap);
        EXPECT_TRUE(itk::StreamingLaw::GetBytes(again.GetPointer()) ==
                    itk::StreamingLaw::GetBytes(picture.GetPointer()));
        for (itk::SizeValueType i = 0; i < 97 * 60; ++i)
        {
          const double value = image->GetBufferPointer()[i];
          const double recovered = filter->GetOutput()->GetBufferPointer()[i];
          const double halfWidth = filter->GetHalfWidthImage()->GetBufferPointer()[i];
          if (picture->GetBufferPointer()[i].GetAlpha() == 0)
          {
            ASSERT_TRUE(std::isnan(recovered)) << value;
          }
          else
          {
            ASSERT_LE(std::abs(value - recovered), halfWidth) << value;
            ASSERT_EQ(filter->GetDistanceImage()->GetBufferPointer()[i], 0.0F);
          }
        }
      }
    }
  }
}


/** Of 256 entries of jet four have the same bytes, so that no method can do better than 3.76 on average; the left edges
 * of the entries instead of their centres would give 6.8. */
TEST(InverseColormapImageFilterAccuracy, Is_as_good_as_the_entries_allow)
{
  using ImageType = itk::Image<double, 2>;
  using PictureType = itk::Image<itk::RGBPixel<unsigned char>, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 1000, 200 } }, 1500.0, 4500.0);
  const auto getRootMeanSquare = [&](const char * name) {
    const auto normalization = MakeNormalization(1500.0, 4500.0);
    const auto colormap = MakeColormap(name);
    const auto filter = itk::InverseColormapImageFilter<PictureType, ImageType>::New();
    filter->SetInput(ColorImage<PictureType>(image.GetPointer(), normalization.GetPointer(), colormap));
    filter->SetNormalization(normalization);
    filter->SetColormap(colormap);
    filter->Update();
    double sum = 0.0;
    for (itk::SizeValueType i = 0; i < 1000 * 200; ++i)
    {
      const double error = filter->GetOutput()->GetBufferPointer()[i] - image->GetBufferPointer()[i];
      sum += error * error;
    }
    return std::sqrt(sum / (1000 * 200));
  };
  // An entry's width over the square root of 12; the random sample's own error is a hundredth of it at most.
  const double ofEntry = 3000.0 / 256.0 / std::sqrt(12.0);
  EXPECT_NEAR(getRootMeanSquare("turbo"), ofEntry, 0.01 * ofEntry);
  const double ofJet = ofEntry * std::sqrt((252.0 + 4.0 * 4.0 * 4.0) / 256.0);
  EXPECT_NEAR(getRootMeanSquare("jet"), ofJet, 0.01 * ofJet);
}


TEST(InverseColormapImageFilterOutputs, Are_there_only_if_asked_for)
{
  using FilterType = itk::InverseColormapImageFilter<itk::Image<itk::RGBPixel<unsigned char>, 2>>;
  const auto filter = FilterType::New();
  filter->SetInput(MakeRandomPicture<FilterType::InputImageType>({ { 9, 7 } }));
  filter->Update();
  EXPECT_EQ(filter->GetHalfWidthImage(), nullptr);
  EXPECT_EQ(filter->GetDistanceImage(), nullptr);
  EXPECT_EQ(filter->GetAmbiguityImage(), nullptr);
  EXPECT_EQ(filter->GetGrayImage(), nullptr);

  filter->ComputeDistanceOn();
  filter->ComputeAmbiguityOn();
  filter->SetOverlayOpacity(0.3);
  filter->ComputeGrayOn();
  filter->Update();
  EXPECT_EQ(filter->GetHalfWidthImage(), nullptr);
  EXPECT_EQ(filter->GetDistanceImage()->GetBufferedRegion(), filter->GetOutput()->GetBufferedRegion());
  EXPECT_EQ(filter->GetAmbiguityImage()->GetBufferedRegion(), filter->GetOutput()->GetBufferedRegion());
  EXPECT_EQ(filter->GetGrayImage()->GetBufferedRegion(), filter->GetOutput()->GetBufferedRegion());
  EXPECT_EQ(filter->GetDistanceImage()->GetOrigin(), filter->GetOutput()->GetOrigin());

  const itk::SmartPointer<FilterType::AmbiguityImageType> kept = filter->GetAmbiguityImage();
  kept->DisconnectPipeline();
  filter->Modified();
  filter->Update();
  EXPECT_NE(filter->GetAmbiguityImage(), kept);

  filter->ComputeDistanceOff();
  EXPECT_FALSE(filter->GetComputeDistance());
  EXPECT_TRUE(filter->GetComputeAmbiguity());
  EXPECT_EQ(filter->GetDistanceImage(), nullptr);
  EXPECT_NO_THROW(filter->Update());
}


TEST(InverseColormapImageFilterOutputs, Follow_the_rulers)
{
  using FilterType = itk::InverseColormapImageFilter<itk::Image<itk::RGBAPixel<unsigned char>, 2>>;
  const auto filter = FilterType::New();
  const auto normalization = MakeNormalization(0.0, 1.0);
  const auto colormap = MakeColormap("gray", 2);
  auto       picture = MakeRandomPicture<FilterType::InputImageType>({ { 1, 1 } });
  picture->GetBufferPointer()->Set(250, 250, 250, 255);
  filter->SetInput(picture);
  filter->SetNormalization(normalization);
  filter->SetColormap(colormap);
  filter->Update();
  EXPECT_FLOAT_EQ(*filter->GetOutput()->GetBufferPointer(), 0.75F);
  normalization->SetMaximum(100.0);
  filter->Update();
  EXPECT_FLOAT_EQ(*filter->GetOutput()->GetBufferPointer(), 75.0F);
  colormap->SetName("gray_r", 2);
  filter->Update();
  EXPECT_FLOAT_EQ(*filter->GetOutput()->GetBufferPointer(), 25.0F);
}


/** The rulers may be learned from another image, whose sink the filter runs itself. */
TEST(InverseColormapImageFilterOutputs, Are_by_a_range_that_is_learned)
{
  using ImageType = itk::Image<float, 2>;
  using PictureType = itk::Image<itk::RGBPixel<unsigned char>, 2>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 40, 30 } }, 7.0, 11.0);
  const auto sink = itk::IntensityRangeImageSink<ImageType>::New();
  sink->SetInput(image);
  const auto colormapper = itk::ColormapImageFilter<ImageType, PictureType>::New();
  colormapper->SetInput(image);
  colormapper->SetNormalization(sink->GetNormalization());
  const auto filter = itk::InverseColormapImageFilter<PictureType>::New();
  filter->SetInput(colormapper->GetOutput());
  filter->SetNormalization(sink->GetNormalization());
  filter->Update();
  for (itk::SizeValueType i = 0; i < 40 * 30; ++i)
  {
    // Viridis has neighbouring entries with the same bytes.
    ASSERT_NEAR(filter->GetOutput()->GetBufferPointer()[i], image->GetBufferPointer()[i], 4.0 / 256.0 + 1e-6);
  }
}


TEST(InverseColormapImageFilterErrors, Come_before_any_pixel_is_touched)
{
  using PictureType = itk::Image<itk::RGBAPixel<unsigned char>, 2>;
  using FilterType = itk::InverseColormapImageFilter<PictureType>;
  const auto                                            picture = MakeRandomPicture<PictureType>({ { 4, 4 } });
  const itk::StreamingLaw::MonitoredSource<PictureType> monitor(picture.GetPointer());
  const auto                                            expectRefused = [&](const auto & spoil) {
    const auto filter = FilterType::New();
    filter->SetInput(monitor->GetOutput());
    spoil(*filter);
    EXPECT_THROW(filter->Update(), itk::ExceptionObject);
  };
  const auto limits = { MakeNormalization(2.0, 1.0),
                        MakeNormalization(notANumber, 1.0),
                        MakeNormalization(0.0, infinity) };
  for (const auto & normalization : limits)
  {
    expectRefused([&](FilterType & filter) { filter.SetNormalization(normalization); });
  }
  const auto colormap = MakeColormap("jet");
  colormap->SetOverColor(Colormap::MakeColor(2.0, 0.0, 0.0));
  expectRefused([&](FilterType & filter) { filter.SetColormap(colormap); });
  const auto great = Colormap::New();
  great->SetTable(Colormap::TableType(FilterType::MaximumNumberOfEntries + 1, Colormap::MakeColor(0.0, 0.0, 0.0)));
  expectRefused([&](FilterType & filter) { filter.SetColormap(great); });
  for (const double tolerance : { -1.0, notANumber })
  {
    expectRefused([&](FilterType & filter) { filter.SetTolerance(tolerance); });
  }
  for (const double weight : { 0.0, 1.5, notANumber })
  {
    expectRefused([&](FilterType & filter) { filter.SetChromaWeight(weight); });
  }
  for (const double opacity : { 0.0, -0.5, 1.5, notANumber })
  {
    expectRefused([&](FilterType & filter) { filter.SetOverlayOpacity(opacity); });
  }
  expectRefused([&](FilterType & filter) {
    filter.SetOverlayOpacity(0.5);
    filter.InterpolateOn();
  });
  expectRefused([&](FilterType & filter) { filter.ComputeGrayOn(); });
  EXPECT_EQ(monitor->GetNumberOfUpdates(), 0u);
}


TEST(InverseColormapImageFilterAbort, Holds_to_the_law_of_aborts)
{
  using PictureType = itk::Image<itk::RGBAPixel<unsigned char>, 2>;
  using FilterType = itk::InverseColormapImageFilter<PictureType>;
  const auto picture = MakeRandomPicture<PictureType>({ { 1500, 1000 } });
  itk::AbortLaw::ExpectHolds(
    [&] {
      const auto filter = FilterType::New();
      filter->SetInput(picture);
      filter->SetTolerance(60.0);
      return filter;
    },
    [](const auto & filter) {
      return std::pair(itk::StreamingLaw::GetBytes(filter->GetOutput()), filter->GetNumberOfUnknownPixels());
    });
}


/** A PNG file with a palette: its pixels are numbers of colours, and come as these. */
TEST(InverseColormapImageFilterInput, May_be_a_file_with_a_palette)
{
  constexpr unsigned char bytes[] = { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49,
                                      0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x01, 0x02, 0x03,
                                      0x00, 0x00, 0x00, 0x84, 0x52, 0xe7, 0x5e, 0x00, 0x00, 0x00, 0x0c, 0x50, 0x4c,
                                      0x54, 0x45, 0x00, 0x00, 0x83, 0xff, 0xff, 0x00, 0x80, 0x00, 0x00, 0x11, 0xc8,
                                      0x5a, 0xdc, 0x16, 0xb7, 0x0a, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54,
                                      0x78, 0xda, 0x63, 0x90, 0x06, 0x00, 0x00, 0x1d, 0x00, 0x1c, 0x23, 0x7c, 0x8f,
                                      0xac, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82 };
  const itk::TestFolder   folder;
  const auto              path = folder.GetPath("palette.png");
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char *>(bytes), sizeof(bytes));

  using PictureType = itk::Image<itk::RGBAPixel<unsigned char>, 2>;
  const auto reader = itk::ImageFileReader<PictureType>::New();
  reader->SetFileName(path);
  reader->SetImageIO(itk::PNGImageIO::New());
  const auto filter = itk::InverseColormapImageFilter<PictureType>::New();
  filter->SetInput(reader->GetOutput());
  filter->SetColormap(MakeColormap("jet"));
  filter->SetTolerance(25.0);
  filter->Update();
  const auto * values = filter->GetOutput()->GetBufferPointer();
  EXPECT_NEAR(values[0], 0.0F, 0.01F);
  EXPECT_NEAR(values[1], 0.64F, 0.02F);
  EXPECT_NEAR(values[2], 1.0F, 0.01F);
  EXPECT_TRUE(std::isnan(values[3]));
  EXPECT_EQ(filter->GetNumberOfUnknownPixels(), 1u);
}
