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
#include "ImageDescription.h"
#include "ToolTesting.h"

#include "itkColormapFileWriter.h"
#include "itkInverseColormapImageFilter.h"
#include "itkRandomImage.h"

#include <cmath>

using namespace IntensityMapping;
using namespace Testing;

namespace
{
template <typename TComponent, unsigned int VDimension = 2>
using RGBImageType = itk::Image<itk::RGBPixel<TComponent>, VDimension>;
template <typename TComponent, unsigned int VDimension = 2>
using RGBAImageType = itk::Image<itk::RGBAPixel<TComponent>, VDimension>;
using ValueImageType = itk::Image<float, 2>;

class InvertColormap : public ToolTest
{
protected:
  InvertColormap()
    : ToolTest(INVERT_COLORMAP, "InvertColormap")
  {}

  /** A good run says one line of what it found. */
  void
  ExpectSummary(const std::string & arguments, const std::string & part = " pixels: ") const
  {
    const Outcome outcome = this->Run(arguments);
    EXPECT_EQ(outcome.exitCode, EXIT_SUCCESS) << arguments;
    EXPECT_EQ(outcome.error, "") << arguments;
    EXPECT_EQ(outcome.output.find('\n'), outcome.output.size() - 1) << outcome.output;
    EXPECT_TRUE(Contains(outcome.output, part)) << outcome.output;
  }

  /** Colours an image that was written by the other tool. */
  void
  Color(const std::string & arguments) const
  {
    const Outcome outcome = this->Run("", std::string("'") + APPLY_COLORMAP + "' " + arguments + " && exec true");
    EXPECT_EQ(outcome.exitCode, EXIT_SUCCESS) << arguments << outcome.error;
  }

  /** A picture of one row. */
  template <typename TImage>
  void
  WriteRow(const std::vector<std::vector<int>> & colors, const std::string & name) const
  {
    const auto image = TImage::New();
    image->SetRegions(itk::Size<2>{ { colors.size(), 1 } });
    image->Allocate();
    for (std::size_t i = 0; i < colors.size(); ++i)
    {
      typename TImage::PixelType pixel;
      for (unsigned int component = 0; component < TImage::PixelType::Dimension; ++component)
      {
        pixel[component] = static_cast<typename TImage::PixelType::ComponentType>(colors[i].at(component));
      }
      image->SetPixel({ { static_cast<itk::IndexValueType>(i), 0 } }, pixel);
    }
    this->Write(image.GetPointer(), name);
  }

  std::vector<float>
  ReadValues(const std::string & name) const
  {
    return this->ReadPixels<ValueImageType>(name);
  }

  /** What the filter makes of the picture "picture.png". */
  template <typename TFunction>
  std::vector<float>
  InvertByFilter(TFunction && setUp) const
  {
    using PictureType = RGBAImageType<unsigned char>;
    const auto picture = this->Read<PictureType>("picture.png");
    const auto filter = itk::InverseColormapImageFilter<PictureType>::New();
    const auto normalization = itk::LinearNormalization::New();
    normalization->SetRange(-3.0, 5.0);
    filter->SetInput(picture);
    filter->SetNormalization(normalization);
    setUp(*filter);
    filter->Update();
    return GetPixels(filter->GetOutput());
  }
};

bool
AreSame(const std::vector<float> & first, const std::vector<float> & second)
{
  return std::equal(first.begin(), first.end(), second.begin(), second.end(), [](float a, float b) {
    return a == b || (std::isnan(a) && std::isnan(b));
  });
}

class InvertColormapError
  : public InvertColormap
  , public ::testing::WithParamInterface<BadRun>
{
protected:
  InvertColormapError()
  {
    this->Write(MakeImage<itk::RGBPixel<unsigned char>>(40, 30).GetPointer(), "in.mha");
    this->Write(MakeImage<itk::RGBPixel<float>>(4, 3).GetPointer(), "float.mha");
    this->Write(MakeImage<unsigned char>(4, 3).GetPointer(), "gray.png");
    this->Write(MakeImage<itk::Vector<unsigned char, 2>>(4, 3).GetPointer(), "two.mha");
    this->Write(itk::Image<itk::RGBPixel<unsigned char>, 4>::Pointer(MakeSeries()).GetPointer(), "series.mha");
    this->MakeBadFiles("in.mha");
    WriteBytes(m_Folder / "colors.gpl", "GIMP Palette\n0 0 0\n255 0 0\n");
  }

  static itk::Image<itk::RGBPixel<unsigned char>, 4>::Pointer
  MakeSeries()
  {
    auto series = itk::Image<itk::RGBPixel<unsigned char>, 4>::New();
    series->SetRegions(itk::Size<4>{ { 2, 2, 2, 2 } });
    series->Allocate(true);
    return series;
  }
};

/** Options that both tools take. */
class InvertColormapRoundTrip
  : public InvertColormap
  , public ::testing::WithParamInterface<const char *>
{};
} // namespace

TEST_P(InvertColormapError, IsOneLineAndHarmsNothing)
{
  this->ExpectError(GetParam().arguments, GetParam().part);
}

INSTANTIATE_TEST_SUITE_P(
  All,
  InvertColormapError,
  ::testing::Values(
    BadRun{ "absent.mha precious.mha --minimum 0 --maximum 1", "There is no file 'absent.mha'" },
    BadRun{ "empty.mha precious.mha --minimum 0 --maximum 1", "'empty.mha' is empty" },
    BadRun{ "truncated.mha precious.mha --minimum 0 --maximum 1", "'truncated.mha' is truncated" },
    BadRun{ "gray.png precious.mha --minimum 0 --maximum 1", "'gray.png' has one number per pixel, not a colour" },
    BadRun{ "two.mha precious.mha --minimum 0 --maximum 1", "'two.mha' has 2 numbers per pixel" },
    BadRun{ "float.mha precious.mha --minimum 0 --maximum 1", "'float.mha' has colours of type float" },
    BadRun{ "series.mha precious.mha --minimum 0 --maximum 1", "'series.mha' has 4 dimensions" },
    BadRun{ "in.mha", "outputVolume" },
    BadRun{ "in.mha in.mha --minimum 0 --maximum 1", "The output 'in.mha' is an input, too" },
    BadRun{ "in.mha out.mha --minimum 0 --maximum 1 --half-width out.mha", "The output 'out.mha' is given twice" },
    BadRun{ "in.mha out.mha --minimum 0 --maximum 1 --colormap colors.gpl --distance colors.gpl", "is an input, too" },
    BadRun{ "in.mha no/out.mha --minimum 0 --maximum 1", "There is no folder" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --distance no/out.mha", "There is no folder" },
    BadRun{ "in.mha out.xyz --minimum 0 --maximum 1", "no known image format" },
    BadRun{ "in.mha out.png --minimum 0 --maximum 1", ".png files cannot hold what is to be written, float" },
    BadRun{ "in.mha precious.mha", "--minimum and --maximum are needed" },
    BadRun{ "in.mha precious.mha --minimum 0", "--minimum and --maximum are needed" },
    BadRun{ "in.mha precious.mha --minimum nan --maximum 1", "--minimum and --maximum are needed, as numbers" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum inf", "both must be finite" },
    BadRun{ "in.mha precious.mha --minimum 2 --maximum 1", "The minimum, 2, is above the maximum, 1" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --colormap jett", "did you mean jet" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --colormap absent.cpt", "'absent.cpt'" },
    BadRun{ "in.mha precious.mha --colormap-limits", "the colormap has no limits of its own" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --normalization ln", "Unknown --normalization 'ln'" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --normalization log", "takes limits above 0" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --gamma 2", "--gamma does not apply" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --tolerance -1", "--tolerance is -1: it must be 0 or more" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --unknown-value 7", "--unknown-value needs --tolerance" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --metric lab", "There are: rgb, luma" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --chroma-weight 0.5", "does not apply to --metric rgb" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --metric luma --chroma-weight 2", "from 0.01 to 1" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --overlay-opacity 0", "--overlay-opacity is 0: it must be" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --overlay-opacity nan", "above 0, and at most 1" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --overlay-opacity 0.5 --interpolate", "does not go with" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --gray out.mha", "--gray needs --overlay-opacity" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --entries 65536", "the values can be recovered of at most" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --under 1,0", "--under takes three or four numbers" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --tol 3", "did you mean '--tolerance'" },
    BadRun{ "in.mha precious.mha --minimum 0 --maximum 1 --memory 0", "below 1" }));

TEST_P(InvertColormapRoundTrip, ColouringTheValuesAgainGivesTheSamePicture)
{
  const auto image = itk::MakeRandomImageWithGaps<ValueImageType>({ { 97, 83 } }, -20, 130);
  this->Write(image.GetPointer(), "in.mha");
  const std::string options = GetParam();
  this->Color("in.mha picture.png " + options);
  this->ExpectSummary("picture.png values.mha --half-width half-width.mha " + options, " 0 unknown");
  this->Color("values.mha again.png " + options);
  using PictureType = RGBAImageType<unsigned char>;
  EXPECT_TRUE(this->ReadPixels<PictureType>("picture.png") == this->ReadPixels<PictureType>("again.png"));

  const auto values = this->ReadValues("values.mha");
  const auto halfWidths = this->ReadValues("half-width.mha");
  const auto truth = GetPixels(image.GetPointer());
  for (std::size_t i = 0; i < truth.size(); ++i)
  {
    // Beyond the limits, values are lost in the first and the last colour.
    if (truth[i] >= 1.0F && truth[i] <= 100.0F)
    {
      EXPECT_LE(std::abs(values[i] - truth[i]), halfWidths[i]) << truth[i];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
  All,
  InvertColormapRoundTrip,
  ::testing::Values("--minimum 1 --maximum 100",
                    "--minimum -10 --maximum 100 --colormap jet --clip",
                    "--minimum 1 --maximum 100 --normalization log --entries 1000",
                    "--minimum -10 --maximum 100 --normalization symlog --linear-threshold 2",
                    "--minimum -10 --maximum 100 --normalization asinh --linear-width 3",
                    "--minimum 0 --maximum 100 --normalization power --gamma 0.4",
                    "--minimum -10 --maximum 100 --normalization twoslope --center 5",
                    "--minimum -10 --maximum 100 --normalization centered --center 20 --colormap coolwarm",
                    "--normalization boundary --boundaries 0,1,5,25,100",
                    "--normalization boundary --boundaries 1,5,25,100 --extend both --under 1,0,0 --over 0,0,1",
                    "--minimum 1 --maximum 100 --under 1,0,1 --over 1,0,0 --bad 0.5,0.5,0.5 --colormap gray"));

TEST_F(InvertColormap, GivesWhatTheFilterGives)
{
  this->Write(MakeImage<itk::RGBAPixel<unsigned char>>(67, 41).GetPointer(), "picture.png");
  const std::string run = "picture.png values.mha --minimum -3 --maximum 5 ";
  this->ExpectSummary(run);
  EXPECT_TRUE(AreSame(this->ReadValues("values.mha"), this->InvertByFilter([](auto &) {})));
  this->ExpectSummary(run + "--interpolate");
  EXPECT_TRUE(
    AreSame(this->ReadValues("values.mha"), this->InvertByFilter([](auto & filter) { filter.InterpolateOn(); })));
  this->ExpectSummary(run + "--metric luma --chroma-weight 0.5");
  EXPECT_TRUE(AreSame(this->ReadValues("values.mha"), this->InvertByFilter([](auto & filter) {
    filter.SetMetric(std::decay_t<decltype(filter)>::MetricEnum::LumaWeighted);
    filter.SetChromaWeight(0.5);
  })));
  this->ExpectSummary(run + "--overlay-opacity 0.6 --gray gray.mha");
  EXPECT_TRUE(AreSame(this->ReadValues("values.mha"),
                      this->InvertByFilter([](auto & filter) { filter.SetOverlayOpacity(0.6); })));
}

TEST_F(InvertColormap, PiecesMakeTheSameBytes)
{
  const auto volume = itk::MakeRandomImage<itk::Image<float, 3>>({ { 97, 61, 43 } }, 3, 120);
  this->Write(volume.GetPointer(), "in.mha");
  this->Color("in.mha picture.mha --colormap flag");
  for (const std::string name : { "whole", "pieces" })
  {
    this->ExpectSummary("picture.mha " + name + ".mha --colormap flag --minimum 3 --maximum 120 --half-width " + name +
                        "-width.mha --distance " + name + "-distance.mha --ambiguity " + name +
                        "-ambiguity.mha --returnparameterfile " + name + ".txt --memory " +
                        (name == "whole" ? "100" : "1"));
  }
  for (const std::string ending : { ".mha", "-width.mha", "-distance.mha", "-ambiguity.mha" })
  {
    this->ExpectSameBytes("whole" + ending, "pieces" + ending);
  }
  const auto whole = this->ReadResults("whole.txt");
  const auto pieces = this->ReadResults("pieces.txt");
  EXPECT_EQ(whole.at("numberOfPixels"), 97.0 * 61.0 * 43.0);
  EXPECT_GT(whole.at("numberOfAmbiguousPixels"), 0.0);
  EXPECT_EQ(whole, pieces);
  this->ExpectError("picture.mha out.nrrd --minimum 3 --maximum 120 --memory 1", "can be written in one piece only");
}

TEST_F(InvertColormap, CountsWhatIsUnknown)
{
  // Two of jet's colours, one that is near, and two that are far.
  this->WriteRow<RGBImageType<unsigned char>>(
    { { 0, 0, 127 }, { 127, 0, 0 }, { 0, 0, 124 }, { 255, 255, 255 }, { 0, 0, 0 } }, "picture.png");
  const std::string run = "picture.png values.mha --colormap jet --minimum 0 --maximum 256 --tolerance 10 "
                          "--returnparameterfile results.txt ";
  this->ExpectSummary(run, "5 pixels: 2 unknown, 0 bad, 0 ambiguous; colours at most 1");
  const auto values = this->ReadValues("values.mha");
  EXPECT_NEAR(values[0], 0.5, 1e-6);
  EXPECT_NEAR(values[1], 255.5, 1e-4);
  EXPECT_EQ(values[2], values[0]);
  EXPECT_TRUE(std::isnan(values[3]) && std::isnan(values[4]));
  const auto results = this->ReadResults("results.txt");
  EXPECT_EQ(results.at("numberOfPixels"), 5.0);
  EXPECT_EQ(results.at("numberOfUnknownPixels"), 2.0);
  EXPECT_EQ(results.at("fractionOfUnknownPixels"), 0.4);
  EXPECT_GT(results.at("largestDistance"), 100.0);

  this->ExpectSummary(run + "--unknown-value -7", "2 unknown, 0 bad");
  EXPECT_EQ(this->ReadValues("values.mha")[3], -7.0F);
  EXPECT_EQ(this->ReadValues("values.mha")[4], -7.0F);
}

TEST_F(InvertColormap, WithoutAToleranceTheSummaryTellsThatColoursAreFar)
{
  this->WriteRow<RGBImageType<unsigned char>>({ { 255, 255, 255 } }, "picture.png");
  this->ExpectSummary("picture.png values.mha --colormap jet --minimum 0 --maximum 1",
                      "1 pixels: 0 unknown, 0 bad, 0 ambiguous; colours at most 1");
}

TEST_F(InvertColormap, ColoursOfSixteenBitsGiveTheSameValues)
{
  const auto image = itk::MakeRandomImage<ValueImageType>({ { 37, 41 } }, 0, 1);
  this->Write(image.GetPointer(), "in.mha");
  this->Color("in.mha picture.png --colormap turbo --rgb");
  const auto narrow = this->Read<RGBImageType<unsigned char>>("picture.png");
  const auto wide = RGBImageType<unsigned short>::New();
  wide->SetRegions(narrow->GetBufferedRegion());
  wide->Allocate();
  const auto count = narrow->GetBufferedRegion().GetNumberOfPixels() * 3;
  std::transform(narrow->GetBufferPointer()->GetDataPointer(),
                 narrow->GetBufferPointer()->GetDataPointer() + count,
                 wide->GetBufferPointer()->GetDataPointer(),
                 [](unsigned char component) { return static_cast<unsigned short>(257 * component); });
  this->Write(wide.GetPointer(), "wide.png");
  this->ExpectSummary("picture.png narrow.mha --colormap turbo --minimum 0 --maximum 1");
  this->ExpectSummary("wide.png wide.mha --colormap turbo --minimum 0 --maximum 1");
  this->ExpectSameBytes("narrow.mha", "wide.mha");
}

TEST_F(InvertColormap, OpacityIsNoPartOfTheColourButItsAbsenceIsBad)
{
  // jet's blue with full, half and no opacity, and premultiplied by half.
  this->WriteRow<RGBAImageType<unsigned char>>(
    { { 0, 0, 255, 255 }, { 0, 0, 255, 128 }, { 0, 0, 255, 0 }, { 0, 0, 127, 128 } }, "picture.png");
  this->ExpectSummary("picture.png values.mha --colormap jet --minimum 0 --maximum 1", "0 unknown, 1 bad");
  const auto values = this->ReadValues("values.mha");
  EXPECT_EQ(values[0], values[1]);
  EXPECT_TRUE(std::isnan(values[2]));
  // It is dark as jet's first entry is: a tolerance cannot tell.
  EXPECT_NEAR(values[3], 0.5 / 256.0, 1e-6);
  this->WriteRow<RGBAImageType<unsigned char>>({ { 127, 127, 0, 128 } }, "picture.png");
  this->ExpectSummary("picture.png values.mha --colormap jet --minimum 0 --maximum 1 --tolerance 20", "1 unknown");
}

TEST_F(InvertColormap, EqualLimitsAreTheValueOfAllColours)
{
  this->WriteRow<RGBImageType<unsigned char>>({ { 0, 0, 127 }, { 127, 0, 0 } }, "picture.png");
  this->ExpectSummary("picture.png values.mha --colormap jet --minimum 3 --maximum 3 --half-width width.mha");
  EXPECT_EQ(this->ReadValues("values.mha"), (std::vector<float>{ 3, 3 }));
  EXPECT_EQ(this->ReadValues("width.mha"), (std::vector<float>{ 0, 0 }));
}

TEST_F(InvertColormap, AGrayPictureOfColoursIsFarFromJet)
{
  this->WriteRow<RGBImageType<unsigned char>>({ { 10, 10, 10 }, { 128, 128, 128 }, { 250, 250, 250 } }, "picture.png");
  this->ExpectSummary("picture.png values.mha --colormap jet --minimum 0 --maximum 1 --tolerance 10", "3 unknown");
}

TEST_F(InvertColormap, AnOverlayComesApart)
{
  // jet's blue of opacity 0.5 over a gray of 100.
  this->WriteRow<RGBImageType<unsigned char>>({ { 50, 50, 177 } }, "picture.png");
  this->ExpectSummary("picture.png values.mha --colormap jet --minimum 0 --maximum 1 --overlay-opacity 0.5 "
                      "--gray gray.mha");
  EXPECT_NEAR(this->ReadValues("values.mha")[0], 0.12, 0.02);
  EXPECT_NEAR(this->ReadValues("gray.mha")[0], 100.0, 2.0);
}

TEST_F(InvertColormap, AColormapCanBeAFileWithItsLimits)
{
  const auto colormap = itk::Colormap::New();
  colormap->SetName("hot");
  const auto limits = itk::LinearNormalization::New();
  limits->SetRange(-20.0, 80.0);
  const auto writer = itk::ColormapFileWriter::New();
  writer->SetColormap(colormap);
  writer->SetNormalization(limits);
  writer->SetFileName(m_Folder / "hot.cpt");
  writer->Update();
  this->Write(MakeImage<itk::RGBPixel<unsigned char>>(20, 10).GetPointer(), "picture.png");
  this->ExpectSummary("picture.png file.mha --colormap hot.cpt --colormap-limits");
  this->ExpectSummary("picture.png named.mha --colormap hot --minimum -20 --maximum 80");
  this->ExpectSameBytes("file.mha", "named.mha");
}

TEST_F(InvertColormap, ReadsEachFormatOfPictures)
{
  const auto image = itk::MakeRandomImage<ValueImageType>({ { 24, 16 } }, 0, 1);
  this->Write(image.GetPointer(), "in.mha");
  for (const std::string name : { "a.png", "a.bmp", "a.tif", "a.mha", "a.nrrd", "a.nii" })
  {
    this->Color("in.mha " + name + " --minimum 0 --maximum 1 --rgb");
    this->ExpectSummary(name + " values.mha --minimum 0 --maximum 1", "colours at most 0 levels");
  }
  this->Color("in.mha a.jpg --minimum 0 --maximum 1");
  this->ExpectSummary("a.jpg values.mha --minimum 0 --maximum 1 --metric luma", "384 pixels: 0 unknown");
}

TEST_F(InvertColormap, AFullDiskIsAnErrorAndHarmsNothing)
{
  this->Write(MakeImage<itk::RGBPixel<unsigned char>>(80, 60).GetPointer(), "picture.mha");
  for (const std::string name : { "out.mha", "out.nrrd", "out.nii", "out.tif" })
  {
    WriteBytes(m_Folder / name, "precious");
    this->ExpectError("picture.mha " + name + " --minimum 0 --maximum 1", "", FullDisk());
  }
}
