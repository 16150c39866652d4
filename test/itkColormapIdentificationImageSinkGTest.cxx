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
#include "itkColormapIdentificationImageSink.h"

#include "itkAbortLaw.h"
#include "itkColormapImageFilter.h"
#include "itkInverseColormapImageFilter.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"

#include <algorithm>
#include <set>

namespace
{
using RGBType = itk::RGBPixel<unsigned char>;
using RGBAType = itk::RGBAPixel<unsigned char>;
using ValuesType = itk::Image<float, 2>;
template <typename TPixel>
using SinkType = itk::ColormapIdentificationImageSink<itk::Image<TPixel, 2>>;

/** Values from `minimum` to `maximum` of 0 to 1, coloured. */
template <typename TPixel>
typename itk::Image<TPixel, 2>::Pointer
MakePicture(const std::string & name, double minimum = 0.0, double maximum = 1.0, unsigned int width = 90)
{
  using FilterType = itk::ColormapImageFilter<ValuesType, itk::Image<TPixel, 2>>;
  const auto colormap = itk::Colormap::New();
  colormap->SetName(name);
  const auto filter = FilterType::New();
  filter->SetInput(itk::MakeRandomImage<ValuesType>({ { width, 70 } }, minimum, maximum));
  filter->SetColormap(colormap);
  filter->Update();
  return filter->GetOutput();
}

template <typename TPixel>
typename itk::Image<TPixel, 2>::Pointer
MakeConstantPicture(const TPixel & color)
{
  const auto picture = itk::MakeRandomImage<itk::Image<unsigned char, 2>>({ { 12, 9 } }, 0.0, 1.0);
  auto       constant = itk::Image<TPixel, 2>::New();
  constant->SetRegions(picture->GetBufferedRegion());
  constant->Allocate();
  constant->FillBuffer(color);
  return constant;
}

RGBType
MakeColor(unsigned char red, unsigned char green, unsigned char blue)
{
  RGBType color;
  color.Set(red, green, blue);
  return color;
}

template <typename TPixel>
typename SinkType<TPixel>::Pointer
MakeSink(const itk::Image<TPixel, 2> * picture)
{
  auto sink = SinkType<TPixel>::New();
  sink->SetInput(picture);
  return sink;
}

template <typename TSink>
std::vector<std::string>
GetNamesOfFirstRank(const TSink & sink)
{
  auto       names = sink.GetRankedNames();
  const auto ranks = sink.GetRanks();
  names.resize(static_cast<std::size_t>(std::count(ranks.begin(), ranks.end(), 1u)));
  return names;
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
  EXPECT_TRUE(sink->GetRanking().empty());
}
} // namespace


TEST(ColormapIdentificationImageSink, Finds_every_named_colormap_in_its_own_picture)
{
  for (const auto & name : SinkType<RGBType>::New()->GetCandidates())
  {
    const auto picture = MakePicture<RGBType>(name);
    const auto sink = MakeSink<RGBType>(picture);
    sink->Update();
    const auto first = GetNamesOfFirstRank(*sink);
    EXPECT_NE(std::find(first.begin(), first.end(), name), first.end()) << name;
    const auto found = std::find_if(
      sink->GetRanking().begin(), sink->GetRanking().end(), [&](const auto & fit) { return fit.Name == name; });
    EXPECT_EQ(found->MeanDistance, 0.0) << name;
    EXPECT_EQ(found->ExplainedFraction, 1.0) << name;
    EXPECT_EQ(sink->GetRanking().size(), sink->GetCandidates().size());
    EXPECT_EQ(sink->GetNumberOfPixels(), 90u * 70u);
  }
}


TEST(ColormapIdentificationImageSink, Finds_a_part_of_a_colormap_and_a_reversed_one)
{
  for (const std::string name : { "viridis", "jet", "opencv.jet", "itk.jet", "cmc.batlow", "Spectral" })
  {
    const auto sink = MakeSink<RGBAType>(MakePicture<RGBAType>(name, 0.3, 0.8));
    sink->Update();
    EXPECT_EQ(GetNamesOfFirstRank(*sink), std::vector<std::string>{ name });
    EXPECT_STREQ(sink->GetColormap()->GetName(), name.c_str());

    const auto reversed = MakeSink<RGBAType>(MakePicture<RGBAType>(name + "_r"));
    reversed->Update();
    EXPECT_EQ(GetNamesOfFirstRank(*reversed), std::vector<std::string>{ name });
  }
}


TEST(ColormapIdentificationImageSink, Colormaps_of_the_same_colours_share_their_rank)
{
  const auto sink = MakeSink<RGBType>(MakePicture<RGBType>("twilight_shifted"));
  sink->Update();
  EXPECT_EQ(GetNamesOfFirstRank(*sink), (std::vector<std::string>{ "twilight", "twilight_shifted" }));
  EXPECT_EQ(sink->GetRanks()[2], 3u);
}


TEST(ColormapIdentificationImageSink, Is_not_misled_by_background_frame_and_text)
{
  const auto   picture = MakePicture<RGBType>("plasma");
  const auto   region = picture->GetBufferedRegion();
  std::mt19937 generator(5);
  for (itk::SizeValueType i = 0; i < region.GetNumberOfPixels(); ++i)
  {
    const auto column = i % region.GetSize(0);
    auto &     pixel = picture->GetBufferPointer()[i];
    if (column > 20)
    {
      const auto gray = static_cast<unsigned char>(generator() % 256);
      pixel = column > 85 ? MakeColor(gray, gray, gray) : MakeColor(255, 255, 255);
    }
    if (column == 21)
    {
      pixel = MakeColor(0, 0, 0);
    }
  }
  const auto sink = MakeSink<RGBType>(picture);
  sink->Update();
  EXPECT_EQ(sink->GetRankedNames().front(), "plasma");
  EXPECT_NEAR(sink->GetRanking().front().ExplainedFraction, 21.0 / 90.0, 0.05);
}


TEST(ColormapIdentificationImageSink, Explains_a_grayscale_picture_by_gray_colormaps)
{
  const auto picture = MakeConstantPicture(RGBType());
  const auto numberOfPixels = picture->GetBufferedRegion().GetNumberOfPixels();
  for (itk::SizeValueType i = 0; i < numberOfPixels; ++i)
  {
    const auto gray = static_cast<unsigned char>(i * 255 / (numberOfPixels - 1));
    picture->GetBufferPointer()[i] = MakeColor(gray, gray, gray);
  }
  const auto sink = MakeSink<RGBType>(picture);
  sink->Update();
  const auto names = GetNamesOfFirstRank(*sink);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()),
            (std::set<std::string>{
              "gray", "binary", "gist_gray", "gist_yarg", "Greys", "cmc.grayC", "itk.grey", "itk.overunder" }));
  EXPECT_EQ(names.front().find('.'), std::string::npos);
}


TEST(ColormapIdentificationImageSink, In_a_picture_of_one_colour_all_that_have_it_are_first)
{
  const auto sink = MakeSink<RGBType>(MakeConstantPicture(MakeColor(255, 255, 255)));
  sink->Update();
  const auto names = GetNamesOfFirstRank(*sink);
  for (const std::string name : { "gray", "binary", "hot", "opencv.hot" })
  {
    EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
  }
  EXPECT_EQ(std::find(names.begin(), names.end(), "viridis"), names.end());
}


TEST(ColormapIdentificationImageSink, Leaves_transparent_pixels_out)
{
  const auto picture = MakePicture<RGBAType>("inferno");
  for (itk::SizeValueType i = 0; i < 4000; ++i)
  {
    picture->GetBufferPointer()[i] = RGBAType();
    picture->GetBufferPointer()[i].Fill(0);
    picture->GetBufferPointer()[i][1] = static_cast<unsigned char>(i);
  }
  const auto sink = MakeSink<RGBAType>(picture);
  sink->Update();
  EXPECT_EQ(sink->GetRankedNames().front(), "inferno");
  EXPECT_EQ(sink->GetRanking().front().ExplainedFraction, 1.0);
  EXPECT_EQ(sink->GetNumberOfPixels(), 90u * 70u - 4000u);
}


TEST(ColormapIdentificationImageSink, Knows_colormaps_that_are_given)
{
  const auto mine = itk::Colormap::New();
  mine->SetTable({ itk::Colormap::MakeColor(1.0, 0.0, 0.2), itk::Colormap::MakeColor(0.2, 0.0, 1.0) });
  const auto picture = MakeConstantPicture(MakeColor(255, 0, 51));
  const auto sink = MakeSink<RGBType>(picture);
  sink->AddCandidate("mine", mine);
  sink->Update();
  EXPECT_EQ(GetNamesOfFirstRank(*sink), std::vector<std::string>{ "mine" });
  EXPECT_EQ(sink->GetColormap()->GetTable(), mine->GetTable());

  mine->SetName("gray");
  sink->SetCandidates({ "jet", "hot" });
  sink->AddCandidate("mine", mine);
  sink->AddCandidate("hot", mine);
  EXPECT_EQ(sink->GetCandidates(), (std::vector<std::string>{ "jet", "mine", "hot" }));
}


TEST(ColormapIdentificationImageSink, Gives_a_colormap_that_can_be_connected_before_it_is_known)
{
  using SourceType = itk::StreamingLaw::MonitoredSource<itk::Image<RGBType, 2>>;
  const auto       picture = MakePicture<RGBType>("turbo");
  const SourceType source(picture.GetPointer());
  const auto       sink = MakeSink<RGBType>(source->GetOutput());
  sink->SetNumberOfStreamDivisions(4);
  const auto inverse = itk::InverseColormapImageFilter<itk::Image<RGBType, 2>, ValuesType>::New();
  inverse->SetInput(source->GetOutput());
  inverse->SetColormap(sink->GetColormap());
  inverse->Update();
  const auto values = itk::MakeRandomImage<ValuesType>({ { 90, 70 } }, 0.0, 1.0);
  for (itk::SizeValueType i = 0; i < 90 * 70; ++i)
  {
    ASSERT_NEAR(inverse->GetOutput()->GetBufferPointer()[i], values->GetBufferPointer()[i], 1.0 / 128.0);
  }
}


TEST(ColormapIdentificationImageSink, Holds_to_the_streaming_law)
{
  using ImageType = itk::Image<RGBAType, 2>;
  const auto picture = MakePicture<RGBAType>("hsv");
  itk::StreamingLaw::ExpectSinkHolds(
    picture.GetPointer(),
    [](ImageType * input) { return MakeSink<RGBAType>(input); },
    [](const auto & sink) {
      return std::make_tuple(
        sink->GetRankedNames(), sink->GetRanks(), sink->GetMeanDistances(), sink->GetExplainedFractions());
    });
}


TEST(ColormapIdentificationImageSink, Holds_to_the_law_of_aborts)
{
  const auto picture = MakePicture<RGBType>("viridis", 0.0, 1.0, 20000);
  // During the reading, and during the ranking.
  for (const float progress : { 0.0F, 0.6F })
  {
    for (const unsigned int numberOfPieces : { 1, 5 })
    {
      SCOPED_TRACE(testing::Message() << numberOfPieces << " pieces, aborted after " << progress);
      itk::AbortLaw::ExpectHolds(
        [&] {
          auto sink = MakeSink<RGBType>(picture);
          sink->SetNumberOfStreamDivisions(numberOfPieces);
          return sink;
        },
        [](const auto & sink) { return std::make_pair(sink->GetRankedNames(), sink->GetMeanDistances()); },
        progress);
    }
  }
}


TEST(ColormapIdentificationImageSink, Says_what_it_cannot_do)
{
  RGBAType transparent;
  transparent.Fill(0);
  const auto ofNothing = MakeSink<RGBAType>(MakeConstantPicture(transparent));
  ExpectRefused(ofNothing.GetPointer(), "All 108 pixels are wholly transparent");

  const auto sink = MakeSink<RGBType>(MakePicture<RGBType>("jet"));
  sink->SetCandidates({});
  ExpectRefused(sink.GetPointer(), "There is no colormap to compare");
  EXPECT_THROW(sink->SetCandidates({ "jet", "jett" }), itk::ExceptionObject);
  EXPECT_THROW(sink->AddCandidate("", itk::Colormap::New()), itk::ExceptionObject);
  EXPECT_THROW(sink->AddCandidate("mine", nullptr), itk::ExceptionObject);

  sink->SetCandidates({ "jet" });
  for (const double wrong : { 0.0, -1.0, std::nan(""), std::numeric_limits<double>::infinity() })
  {
    sink->SetMaximumDistance(wrong);
    ExpectRefused(sink.GetPointer(), "MaximumDistance is ");
  }
  sink->SetMaximumDistance(16.0);
  for (const double wrong : { -1.0, std::nan("") })
  {
    sink->SetTolerance(wrong);
    ExpectRefused(sink.GetPointer(), "Tolerance is ");
  }
  sink->SetTolerance(0.0);
  sink->Update();
  EXPECT_EQ(sink->GetRankedNames(), std::vector<std::string>{ "jet" });

  const auto empty = itk::Image<RGBType, 2>::New();
  const auto ofEmpty = MakeSink<RGBType>(empty);
  ExpectRefused(ofEmpty.GetPointer(), "an image without pixels tells nothing");
}
