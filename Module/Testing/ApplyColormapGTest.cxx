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

#include "itkAsinhNormalization.h"
#include "itkBoundaryNormalization.h"
#include "itkCenteredNormalization.h"
#include "itkColormapFileReader.h"
#include "itkColormapFileWriter.h"
#include "itkColormapImageFilter.h"
#include "itkLogNormalization.h"
#include "itkPowerNormalization.h"
#include "itkRandomImage.h"
#include "itkSymmetricLogNormalization.h"
#include "itkTwoSlopeNormalization.h"

#include <set>

using namespace IntensityMapping;
using namespace Testing;

namespace
{
using RGBPixelType = itk::RGBPixel<unsigned char>;
using RGBAPixelType = itk::RGBAPixel<unsigned char>;
using RGBAImageType = itk::Image<RGBAPixelType, 2>;
using RGBAVolumeType = itk::Image<RGBAPixelType, 3>;

class ApplyColormap : public ToolTest
{
protected:
  ApplyColormap()
    : ToolTest(APPLY_COLORMAP, "ApplyColormap")
  {}

  /** What the filter makes of an image in memory; the range is the image's own if the minimum is NaN. */
  template <typename TImage>
  static std::vector<RGBAPixelType>
  Color(const TImage *      image,
        const std::string & name,
        double              minimum = std::numeric_limits<double>::quiet_NaN(),
        double              maximum = std::numeric_limits<double>::quiet_NaN())
  {
    const auto normalization = itk::LinearNormalization::New();
    normalization->SetRange(minimum, maximum);
    return ColorBy(image, name, std::isnan(minimum) ? nullptr : normalization.GetPointer());
  }

  template <typename TImage>
  static std::vector<RGBAPixelType>
  ColorBy(const TImage * image, const std::string & name, const itk::IntensityNormalization * normalization)
  {
    const auto colormap = itk::Colormap::New();
    colormap->SetName(name);
    const auto filter = itk::ColormapImageFilter<TImage, itk::Image<RGBAPixelType, TImage::ImageDimension>>::New();
    filter->SetInput(image);
    filter->SetColormap(colormap);
    if (normalization)
    {
      filter->SetNormalization(normalization);
    }
    filter->Update();
    return GetPixels(filter->GetOutput());
  }

  /** That the tool, with these options, colours as the filter does by a normalization. */
  template <typename TImage>
  void
  ExpectColors(const TImage * image, const std::string & options, const itk::IntensityNormalization * normalization)
  {
    this->ExpectSuccess("in.mha out.mha " + options);
    EXPECT_TRUE(this->template ReadPixels<RGBAImageType>("out.mha") == ColorBy(image, "viridis", normalization))
      << options;
  }
};

template <typename TPixel>
class ApplyColormapToType : public ApplyColormap
{};

using PixelTypes =
  ::testing::Types<unsigned char, signed char, unsigned short, short, unsigned int, int, float, double>;
TYPED_TEST_SUITE(ApplyColormapToType, PixelTypes);

class ApplyColormapError
  : public ApplyColormap
  , public ::testing::WithParamInterface<BadRun>
{
protected:
  ApplyColormapError()
  {
    this->Write(MakeImage<unsigned char>(40, 30).GetPointer(), "in.mha");
    this->Write(MakeImage<RGBPixelType>(40, 30).GetPointer(), "color.png");
    this->Write(itk::MakeRandomImage<itk::Image<short, 3>>({ { 7, 6, 5 } }, 0, 9).GetPointer(), "volume.mha");
    this->Write(itk::MakeRandomImage<itk::Image<short, 4>>({ { 7, 6, 5, 4 } }, 0, 9).GetPointer(), "series.mha");
    this->MakeBadFiles("in.mha");
    WriteBytes(m_Folder / "colors.gpl", "GIMP Palette\n0 0 0\n255 0 0\n");
    WriteBytes(m_Folder / "broken.gpl", "GIMP Palette\n0 0\n");
  }
};
} // namespace

TEST_P(ApplyColormapError, IsOneLineAndHarmsNothing)
{
  this->ExpectError(GetParam().arguments, GetParam().part);
}

INSTANTIATE_TEST_SUITE_P(
  All,
  ApplyColormapError,
  ::testing::Values(
    BadRun{ "absent.mha precious.mha", "There is no file 'absent.mha'" },
    BadRun{ "empty.mha precious.mha", "'empty.mha' is empty" },
    BadRun{ "garbage.mha precious.mha", "'garbage.mha' is of no known image format" },
    BadRun{ "truncated.mha precious.mha", "'truncated.mha' is truncated" },
    BadRun{ "header.mha precious.mha", "'header.mha'" },
    BadRun{ "folder.mha precious.mha", "'folder.mha' is a folder" },
    BadRun{ "color.png precious.mha", "'color.png' has 3 numbers per pixel" },
    BadRun{ "series.mha precious.mha", "'series.mha' has 4 dimensions" },
    BadRun{ "in.mha", "outputVolume" },
    BadRun{ "in.mha in.mha", "The output 'in.mha' is an input, too" },
    BadRun{ "in.mha ./in.mha", "is an input, too" },
    BadRun{ "in.mha out.png --figure out.png", "The output 'out.png' is given twice" },
    BadRun{ "in.mha precious.mha --returnparameterfile precious.mha", "is given twice" },
    BadRun{ "in.mha precious.mha --returnparameterfile no/results.txt", "There is no folder" },
    BadRun{ "in.mha no/out.mha", "There is no folder" },
    BadRun{ "in.mha /proc/out.mha", "cannot be written into" },
    BadRun{ "in.mha folder.mha", "is a folder" },
    BadRun{ "in.mha out.xyz", "no known image format" },
    BadRun{ "in.mha out.mrc", ".mrc files cannot hold what is to be written, 4 x unsigned_char in 2 dimensions" },
    BadRun{ "volume.mha out.png", "'out.png' can hold one slice only, but the input is 7 x 6 x 5" },
    BadRun{ "volume.mha precious.mha --figure figure.png", "A figure shows an image of two dimensions" },
    BadRun{ "in.mha precious.mha --figure figure.jpg", "must end in .png" },
    BadRun{ "in.mha precious.mha --minimum 5 --maximum 4", "The minimum, 5, is above the maximum, 4" },
    BadRun{ "in.mha precious.mha --minimum 256", "Minimum must not be above Maximum" },
    BadRun{ "in.mha precious.mha --maximum inf", "both must be finite" },
    BadRun{ "in.mha precious.mha --minimum few", "'few' is not a number" },
    BadRun{ "in.mha precious.mha --colormap virids", "did you mean viridis" },
    BadRun{ "in.mha precious.mha --color jet", "did you mean '--colormap'" },
    BadRun{ "in.mha precious.mha --entries -1", "below 0" },
    BadRun{ "in.mha precious.mha --under 1,0", "--under takes three or four numbers" },
    BadRun{ "in.mha precious.mha --over 1,0,2", "--over takes three or four numbers" },
    BadRun{ "in.mha precious.mha --bad 1,0,nan", "--bad takes three or four numbers" },
    BadRun{ "in.mha precious.mha --memory 0", "below 1" },
    BadRun{ "in.mha precious.mha --colormap absent.cpt", "'absent.cpt'" },
    BadRun{ "in.mha precious.mha --colormap broken.gpl", "'broken.gpl'" },
    BadRun{ "in.mha precious.mha --colormap ./colors", "Known are .csv" },
    BadRun{ "in.mha colors.gpl --colormap colors.gpl", "The output 'colors.gpl' is an input, too" },
    BadRun{ "in.mha precious.mha --colormap-limits", "the colormap has no limits of its own" },
    BadRun{ "in.mha precious.mha --normalization logg", "did you mean log" },
    BadRun{ "in.mha precious.mha --gamma 2", "--gamma does not apply to --normalization linear" },
    BadRun{ "in.mha precious.mha --center 2 --normalization log", "leave it out, or choose centered or twoslope" },
    BadRun{ "in.mha precious.mha --linear-threshold 2", "--linear-threshold does not apply" },
    BadRun{ "in.mha precious.mha --linear-scale 2", "--linear-scale does not apply" },
    BadRun{ "in.mha precious.mha --linear-width 2", "--linear-width does not apply" },
    BadRun{ "in.mha precious.mha --base 2", "--base does not apply" },
    BadRun{ "in.mha precious.mha --boundaries 1,2", "--boundaries does not apply" },
    BadRun{ "in.mha precious.mha --extend min", "--extend does not apply" },
    BadRun{ "in.mha precious.mha --normalization power", "--normalization power needs --gamma" },
    BadRun{ "in.mha precious.mha --normalization symlog", "--normalization symlog needs --linear-threshold" },
    BadRun{ "in.mha precious.mha --normalization boundary", "--normalization boundary needs --boundaries" },
    BadRun{ "in.mha precious.mha --normalization power --gamma 0", "--gamma is 0: it must be above 0" },
    BadRun{ "in.mha precious.mha --normalization symlog --linear-threshold -1", "it must be above 0" },
    BadRun{ "in.mha precious.mha --normalization symlog --linear-threshold 1 --base 1", "it must be above 1" },
    BadRun{ "in.mha precious.mha --normalization symlog --linear-threshold 1 --linear-scale inf", "and finite" },
    BadRun{ "in.mha precious.mha --normalization asinh --linear-width 0", "--linear-width is 0" },
    BadRun{ "in.mha precious.mha --normalization centered --center inf", "--center is inf: it must be finite" },
    BadRun{ "in.mha precious.mha --normalization twoslope --minimum 1", "the minimum, 1, is above it" },
    BadRun{ "in.mha precious.mha --normalization twoslope --center 9 --maximum 1", "the maximum, 1, is below it" },
    BadRun{ "in.mha precious.mha --normalization log --minimum 0", "takes limits above 0, but the minimum is 0" },
    BadRun{ "in.mha precious.mha --normalization boundary --boundaries 1", "The number of boundaries is 1" },
    BadRun{ "in.mha precious.mha --normalization boundary --boundaries 1,0", "The boundary 1 is followed by 0" },
    BadRun{ "in.mha precious.mha --normalization boundary --boundaries 1,2 --minimum 0", "--minimum does not apply" },
    BadRun{ "in.mha precious.mha --normalization boundary --boundaries 1,2 --colormap-limits", "does not apply" },
    BadRun{ "in.mha precious.mha --normalization boundary --boundaries 1,2,3 --entries 1", "there must be at least" },
    BadRun{ "in.mha precious.mha --normalization boundary --boundaries 1,2 --extend min --clip", "--clip is given" },
    BadRun{ "in.mha precious.mha --normalization boundary --boundaries 1,2 --upper-percentile 9", "for limits" },
    BadRun{ "in.mha precious.mha --lower-percentile 101", "above 100" },
    BadRun{ "in.mha precious.mha --upper-percentile nan", "not a number" },
    BadRun{ "in.mha precious.mha --lower-percentile 1 --minimum 0", "--minimum and --lower-percentile both" },
    BadRun{ "in.mha precious.mha --upper-percentile 9 --maximum 0", "--maximum and --upper-percentile both" },
    BadRun{ "in.mha precious.mha --lower-percentile 9 --upper-percentile 9", "is not below --upper-percentile 9" }));

TEST_F(ApplyColormap, AFullDiskIsAnErrorAndHarmsNothing)
{
  this->Write(itk::MakeRandomImage<itk::Image<float, 2>>({ { 80, 60 } }, 0, 1).GetPointer(), "in.mha");
  for (const std::string name : { "out.mha", "out.png", "out.jpg", "out.nrrd", "out.nii", "out.tif" })
  {
    WriteBytes(m_Folder / name, "precious");
    this->ExpectError("in.mha " + name, name == "out.mha" ? "There is no room" : "", FullDisk());
  }
  // How much room a compressed image takes is found by writing it, and MetaIO has a word of its own to say then.
  const Outcome outcome = this->Run("in.mha out.mha --compress", FullDisk());
  EXPECT_EQ(outcome.exitCode, EXIT_FAILURE);
  EXPECT_TRUE(Contains(outcome.error, "'out.mha' could not be written whole")) << outcome.error;
  EXPECT_EQ(ReadBytes(m_Folder / "out.mha"), "precious");
}

TEST_F(ApplyColormap, AFileThatMayNotBeReadIsAnError)
{
  this->Write(MakeImage<unsigned char>(4, 3).GetPointer(), "in.mha");
  std::filesystem::permissions(m_Folder / "in.mha", std::filesystem::perms::none);
  if (std::ifstream(m_Folder / "in.mha"))
  {
    GTEST_SKIP() << "This user may read every file.";
  }
  EXPECT_TRUE(Contains(this->Run("in.mha out.mha").error, "cannot be read: check its permissions"));
  EXPECT_EQ(m_Folder.CountFiles(), 1U);
}

TYPED_TEST(ApplyColormapToType, GivesWhatTheFilterGives)
{
  const auto image = itk::MakeRandomImageWithGaps<itk::Image<TypeParam, 2>>({ { 37, 41 } }, 3, 120);
  this->Write(image.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha out.mha --colormap turbo");
  EXPECT_TRUE(this->template ReadPixels<RGBAImageType>("out.mha") == this->Color(image.GetPointer(), "turbo"));
  this->ExpectSuccess("in.mha out.mha --minimum 20 --maximum 90.5");
  EXPECT_TRUE(this->template ReadPixels<RGBAImageType>("out.mha") ==
              this->Color(image.GetPointer(), "viridis", 20, 90.5));
}

TYPED_TEST(ApplyColormapToType, PiecesMakeTheSameBytes)
{
  const auto volume = itk::MakeRandomImageWithGaps<itk::Image<TypeParam, 3>>({ { 97, 61, 83 } }, 3, 120);
  this->Write(volume.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha whole.mha");
  this->ExpectSuccess("in.mha pieces.mha --memory 1");
  this->ExpectSameBytes("whole.mha", "pieces.mha");
  EXPECT_TRUE(this->template ReadPixels<RGBAVolumeType>("whole.mha") == this->Color(volume.GetPointer(), "viridis"));
}

TYPED_TEST(ApplyColormapToType, AConstantHasTheFirstColour)
{
  const auto image = itk::Image<TypeParam, 2>::New();
  image->SetRegions(itk::Size<2>{ { 5, 4 } });
  image->Allocate();
  image->FillBuffer(7);
  this->Write(image.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha out.mha --colormap jet");
  const unsigned char darkBlue[] = { 0, 0, 127, 255 };
  EXPECT_TRUE(this->template ReadPixels<RGBAImageType>("out.mha") ==
              std::vector<RGBAPixelType>(20, RGBAPixelType(darkBlue)));
}

TEST_F(ApplyColormap, ARowThatNeedsMoreMemoryThanAllowedIsColouredYet)
{
  const auto image = itk::MakeRandomImage<itk::Image<float, 2>>({ { 300000, 3 } }, 0, 1);
  this->Write(image.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha out.mha --memory 1");
  EXPECT_TRUE(this->ReadPixels<RGBAImageType>("out.mha") == Color(image.GetPointer(), "viridis"));
}

TEST_F(ApplyColormap, NothingButGapsIsBad)
{
  const auto image = itk::Image<float, 2>::New();
  image->SetRegions(itk::Size<2>{ { 5, 4 } });
  image->Allocate();
  image->FillBuffer(std::numeric_limits<float>::quiet_NaN());
  this->Write(image.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha out.mha --bad 1,0,0");
  const unsigned char red[] = { 255, 0, 0, 255 };
  EXPECT_TRUE(this->ReadPixels<RGBAImageType>("out.mha") == std::vector<RGBAPixelType>(20, RGBAPixelType(red)));
}

TEST_F(ApplyColormap, CompressedOutputHoldsTheSamePixels)
{
  const auto image = itk::MakeRandomImage<itk::Image<short, 2>>({ { 64, 64 } }, 0, 5);
  this->Write(image.GetPointer(), "in.mha");
  for (const std::string name : { "out.mha", "out.nrrd", "out.nii.gz", "out.tif", "out.png" })
  {
    this->ExpectSuccess("in.mha " + name + " --compress");
    EXPECT_TRUE(this->ReadPixels<RGBAImageType>(name) == Color(image.GetPointer(), "viridis")) << name;
  }
  EXPECT_LT(std::filesystem::file_size(m_Folder / "out.mha"), 64U * 64U * 4U);
}

TEST_F(ApplyColormap, SixteenBitPNGIsReadAsItIs)
{
  const auto image = itk::MakeRandomImage<itk::Image<unsigned short, 2>>({ { 37, 41 } }, 0, 60000);
  this->Write(image.GetPointer(), "in.png");
  this->ExpectSuccess("in.png out.mha");
  EXPECT_TRUE(this->ReadPixels<RGBAImageType>("out.mha") == Color(image.GetPointer(), "viridis"));
}

TEST_F(ApplyColormap, OpacityIsLeftOutIfAskedForOrIfTheFormatHasNone)
{
  const auto image = MakeImage<unsigned char>(40, 30);
  this->Write(image.GetPointer(), "in.mha");
  const auto rgba = Color(image.GetPointer(), "viridis");
  this->ExpectSuccess("in.mha out.mha --rgb");
  const auto rgb = this->ReadPixels<itk::Image<RGBPixelType, 2>>("out.mha");
  ASSERT_EQ(rgb.size(), rgba.size());
  for (size_t i = 0; i < rgb.size(); ++i)
  {
    EXPECT_TRUE(std::equal(rgb[i].Begin(), rgb[i].End(), rgba[i].Begin()));
  }
  for (const std::string name : { "out.jpg", "out.JPEG", "out.bmp" })
  {
    this->ExpectSuccess("in.mha " + name);
    EXPECT_EQ(DescribeImage(m_Folder / name).numberOfComponents, 3U) << name;
  }
}

TEST_F(ApplyColormap, AVolumeOfOneSliceCanBeAPicture)
{
  const auto volume = itk::MakeRandomImage<itk::Image<short, 3>>({ { 9, 8, 1 } }, 0, 100);
  this->Write(volume.GetPointer(), "in.mha");
  for (const std::string name : { "out.png", "out.jpg", "out.bmp" })
  {
    this->ExpectSuccess("in.mha " + name);
    EXPECT_EQ(FormatSize(DescribeImage(m_Folder / name)), "9 x 8");
  }
  EXPECT_TRUE(this->ReadPixels<RGBAImageType>("out.png") == Color(volume.GetPointer(), "viridis"));
  this->ExpectSuccess("in.mha out.mha");
  EXPECT_EQ(FormatSize(DescribeImage(m_Folder / "out.mha")), "9 x 8 x 1");
}

TEST_F(ApplyColormap, TheGridStays)
{
  const auto   image = MakeImage<unsigned char>(4, 3);
  const double spacing[] = { 0.5, 2.0 };
  const double origin[] = { -7.0, 11.0 };
  image->SetSpacing(spacing);
  image->SetOrigin(origin);
  this->Write(image.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha out.mha");
  const auto colored = this->Read<RGBAImageType>("out.mha");
  EXPECT_EQ(colored->GetSpacing(), image->GetSpacing());
  EXPECT_EQ(colored->GetOrigin(), image->GetOrigin());
}

TEST_F(ApplyColormap, TellsTheRangeThatItUsed)
{
  const auto image = itk::MakeRandomImageWithGaps<itk::Image<float, 2>>({ { 37, 41 } }, -3, 5);
  this->Write(image.GetPointer(), "in.mha");
  float least = 5;
  for (const float value : GetPixels(image.GetPointer()))
  {
    least = std::isfinite(value) ? std::min(least, value) : least;
  }
  this->ExpectSuccess("in.mha out.mha --maximum 4.1 --returnparameterfile results.txt");
  EXPECT_EQ(this->ReadResults("results.txt"),
            (std::map<std::string, double>{ { "usedMinimum", least }, { "usedMaximum", 4.1 } }));
}

TEST_F(ApplyColormap, EachNormalizationIsThatOfTheFilter)
{
  const auto image = itk::MakeRandomImageWithGaps<itk::Image<float, 2>>({ { 37, 41 } }, -50, 120);
  this->Write(image.GetPointer(), "in.mha");

  const auto log = itk::LogNormalization::New();
  log->SetRange(0.5, 100.0);
  this->ExpectColors(image.GetPointer(), "--normalization log --minimum 0.5 --maximum 100", log);
  log->ClipOn();
  this->ExpectColors(image.GetPointer(), "--normalization log --minimum 0.5 --maximum 100 --clip", log);

  const auto symmetric = itk::SymmetricLogNormalization::New();
  symmetric->SetLinearThreshold(2.0);
  symmetric->SetLinearScale(0.5);
  symmetric->SetBase(2.0);
  symmetric->SetRange(-40.0, 100.0);
  this->ExpectColors(image.GetPointer(),
                     "--normalization symlog --linear-threshold 2 --linear-scale 0.5 --base 2 --minimum -40 "
                     "--maximum 100",
                     symmetric);

  const auto asinh = itk::AsinhNormalization::New();
  asinh->SetLinearWidth(3.0);
  asinh->SetRange(-40.0, 100.0);
  this->ExpectColors(image.GetPointer(), "--normalization asinh --linear-width 3 --minimum -40 --maximum 100", asinh);

  const auto power = itk::PowerNormalization::New();
  power->SetGamma(0.4);
  power->SetRange(-40.0, 100.0);
  this->ExpectColors(image.GetPointer(), "--normalization power --gamma 0.4 --minimum -40 --maximum 100", power);

  const auto twoSlope = itk::TwoSlopeNormalization::New();
  twoSlope->SetCenter(10.0);
  twoSlope->SetRange(-40.0, 100.0);
  this->ExpectColors(image.GetPointer(), "--normalization twoslope --center 10 --minimum -40 --maximum 100", twoSlope);

  const auto centered = itk::CenteredNormalization::New();
  centered->SetCenter(10.0);
  centered->SetRange(-40.0, 100.0);
  this->ExpectColors(image.GetPointer(), "--normalization centered --center 10 --minimum -40 --maximum 100", centered);

  const auto boundary = itk::BoundaryNormalization::New();
  boundary->SetBoundaries({ -10.0, 0.0, 5.0, 80.0 });
  this->ExpectColors(image.GetPointer(), "--normalization boundary --boundaries -10,0,5,80", boundary);
  boundary->ExtendMaximumOn();
  this->ExpectColors(image.GetPointer(), "--normalization boundary --boundaries -10,0,5,80 --extend max", boundary);
  boundary->ExtendMinimumOn();
  this->ExpectColors(image.GetPointer(), "--normalization boundary --boundaries -10,0,5,80 --extend both", boundary);
}

TEST_F(ApplyColormap, FindsTheLimitsThatANormalizationCanHave)
{
  const auto image = itk::MakeRandomImageWithGaps<itk::Image<float, 2>>({ { 37, 41 } }, -50, 120);
  this->Write(image.GetPointer(), "in.mha");
  std::vector<float> values = GetPixels(image.GetPointer());
  values.erase(std::remove_if(values.begin(), values.end(), [](float v) { return !std::isfinite(v); }), values.end());
  std::sort(values.begin(), values.end());
  const double positive = *std::upper_bound(values.begin(), values.end(), 0.0F);
  const auto   limits = [&](const std::string & options) {
    this->ExpectSuccess("in.mha out.mha --returnparameterfile results.txt " + options);
    const auto results = this->ReadResults("results.txt");
    return std::make_pair(results.at("usedMinimum"), results.at("usedMaximum"));
  };
  EXPECT_EQ(limits("--normalization log"), std::make_pair(positive, double{ values.back() }));
  EXPECT_EQ(limits("--normalization twoslope --center 200"),
            std::make_pair(double{ values.front() }, 400.0 - values.front()));
  EXPECT_EQ(limits("--normalization twoslope --center 200 --minimum 10"), std::make_pair(10.0, 390.0));
  EXPECT_EQ(limits("--normalization centered --minimum -500"), std::make_pair(-500.0, 500.0));
  EXPECT_EQ(limits("--lower-percentile 50 --maximum 300").second, 300.0);
  EXPECT_EQ(limits("--upper-percentile 40").first, values.front());
  const auto [lower, upper] = limits("--lower-percentile 25 --upper-percentile 75");
  EXPECT_NEAR(lower, values[values.size() / 4], 1.0);
  EXPECT_NEAR(upper, values[3 * values.size() / 4], 1.0);
}

TEST_F(ApplyColormap, AColormapCanBeAFile)
{
  const auto image = itk::MakeRandomImage<itk::Image<short, 2>>({ { 37, 41 } }, -50, 120);
  this->Write(image.GetPointer(), "in.mha");
  const auto colormap = itk::Colormap::New();
  colormap->SetName("viridis");
  const auto limits = itk::LinearNormalization::New();
  limits->SetRange(-20.0, 80.0);
  for (const std::string & extension : itk::ColormapFileReader::GetExtensions())
  {
    const std::string file = "colors" + extension;
    const auto        writer = itk::ColormapFileWriter::New();
    writer->SetColormap(colormap);
    writer->SetNormalization(limits);
    writer->SetFileName(m_Folder / file);
    writer->Update();
    this->ExpectSuccess("in.mha out.mha --rgb --colormap " + file);
    this->ExpectSuccess("in.mha named.mha --rgb");
    this->ExpectSameBytes("out.mha", "named.mha");
    if (extension == ".cpt" || extension == ".json")
    {
      this->ExpectSuccess("in.mha out.mha --rgb --colormap-limits --maximum 70 --colormap " + file);
      this->ExpectSuccess("in.mha named.mha --rgb --minimum -20 --maximum 70");
      this->ExpectSameBytes("out.mha", "named.mha");
    }
  }
}

#ifdef IntensityMapping_USE_VTK
TEST_F(ApplyColormap, AFigureOfEachNormalizationIsDrawn)
{
  this->Write(MakeImage<unsigned char>(60, 40).GetPointer(), "in.mha");
  for (const std::string normalization : { "log",
                                           "symlog --linear-threshold 3",
                                           "asinh",
                                           "power --gamma 2",
                                           "twoslope --center 30",
                                           "centered",
                                           "boundary --boundaries 0,3,90 --extend both" })
  {
    this->ExpectSuccess("in.mha out.png --figure figure.png --normalization " + normalization);
    EXPECT_EQ(DescribeImage(m_Folder / "figure.png").numberOfComponents, 3U);
  }
}

TEST_F(ApplyColormap, TheFigureShowsTheColours)
{
  this->Write(MakeImage<unsigned char>(200, 150).GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha out.png --figure figure.png --title Title --label counts");
  const auto                             pixels = this->ReadPixels<itk::Image<RGBPixelType, 2>>("figure.png");
  std::set<std::array<unsigned char, 3>> colors;
  for (const auto & pixel : pixels)
  {
    colors.insert({ pixel[0], pixel[1], pixel[2] });
  }
  // viridis has 254 distinct colours, and all 256 intensities are in the image.
  EXPECT_GT(pixels.size(), 200U * 150U);
  EXPECT_GT(colors.size(), 100U);
}
#endif
