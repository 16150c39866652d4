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

#include "itkContrastLimitedAdaptiveHistogramEqualizationImageFilter.h"
#include "itkHistogramEqualizationImageFilter.h"
#include "itkLuma.h"
#include "itkRandomImage.h"

#include <cmath>
#include <limits>

using namespace IntensityMapping;
using namespace Testing;

namespace
{
template <typename TPixel, unsigned int VDimension = 2>
using ImageType = itk::Image<TPixel, VDimension>;

class EqualizeHistogram : public ToolTest
{
protected:
  EqualizeHistogram()
    : ToolTest(EQUALIZE_HISTOGRAM, "EqualizeHistogram")
  {}

  template <typename TPixel>
  void
  WriteRow(const std::vector<TPixel> & values, const std::string & name) const
  {
    const auto image = ImageType<TPixel>::New();
    image->SetRegions(itk::Size<2>{ { values.size(), 1 } });
    image->Allocate();
    std::copy(values.begin(), values.end(), image->GetBufferPointer());
    this->Write(image.GetPointer(), name);
  }

  /** What becomes of a row of values. */
  template <typename TOutput, typename TInput>
  std::vector<TOutput>
  EqualizeRow(const std::vector<TInput> & values, const std::string & options = "") const
  {
    this->WriteRow(values, "row.mha");
    this->ExpectSuccess("row.mha row-out.mha " + options);
    return this->ReadPixels<ImageType<TOutput>>("row-out.mha");
  }

  /** A volume that is cut into pieces by --memory 1 and its mask. */
  void
  WriteVolume() const
  {
    this->Write(itk::MakeRandomImage<ImageType<unsigned short, 3>>({ { 97, 61, 43 } }, 100, 5000).GetPointer(),
                "volume.mha");
    this->Write(itk::MakeRandomImage<ImageType<float, 3>>({ { 97, 61, 43 } }, -1.0F, 1.0F).GetPointer(), "real.mha");
    const auto mask = itk::MakeRandomImage<ImageType<unsigned char, 3>>({ { 97, 61, 43 } }, 0, 2);
    this->Write(mask.GetPointer(), "mask.mha");
  }
};

class EqualizeHistogramError
  : public EqualizeHistogram
  , public ::testing::WithParamInterface<BadRun>
{
protected:
  EqualizeHistogramError()
  {
    this->Write(MakeImage<unsigned char>(40, 30).GetPointer(), "in.mha");
    this->Write(MakeImage<unsigned short>(40, 30).GetPointer(), "16.mha");
    this->Write(MakeImage<unsigned int>(40, 30).GetPointer(), "32.mha");
    this->Write(MakeImage<float>(40, 30).GetPointer(), "float.mha");
    this->Write(MakeImage<unsigned char>(39, 30).GetPointer(), "small.mha");
    this->Write(MakeImage<itk::RGBPixel<unsigned char>>(40, 30).GetPointer(), "rgb.mha");
    this->Write(MakeImage<itk::RGBPixel<float>>(40, 30).GetPointer(), "rgb-float.mha");
    this->Write(MakeImage<itk::Vector<unsigned char, 2>>(40, 30).GetPointer(), "two.mha");
    this->Write(MakeImage<long long>(40, 30).GetPointer(), "64.mha");
    this->WriteRow<float>({ std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity() },
                          "nan.mha");
    const auto volume = ImageType<unsigned char, 3>::New();
    volume->SetRegions(itk::Size<3>{ { 4, 3, 2 } });
    volume->Allocate(true);
    this->Write(volume.GetPointer(), "volume.mha");
    const auto series = ImageType<unsigned char, 4>::New();
    series->SetRegions(itk::Size<4>{ { 2, 2, 2, 2 } });
    series->Allocate(true);
    this->Write(series.GetPointer(), "series.mha");
    this->MakeBadFiles("in.mha");
    WriteBytes(m_Folder / "precious.png", "precious");
  }
};

/** Options under which pieces are compared with the whole. */
class EqualizeHistogramPieces
  : public EqualizeHistogram
  , public ::testing::WithParamInterface<const char *>
{};
} // namespace

TEST_P(EqualizeHistogramError, IsOneLineAndHarmsNothing)
{
  this->ExpectError(GetParam().arguments, GetParam().part);
}

INSTANTIATE_TEST_SUITE_P(
  Files,
  EqualizeHistogramError,
  ::testing::Values(
    BadRun{ "absent.mha precious.mha", "There is no file 'absent.mha'" },
    BadRun{ "empty.mha precious.mha", "'empty.mha' is empty" },
    BadRun{ "truncated.mha precious.mha", "'truncated.mha' is truncated" },
    BadRun{ "folder.mha precious.mha", "'folder.mha' is a folder" },
    BadRun{ "series.mha precious.mha", "'series.mha' has 4 dimensions: images of 2 or 3" },
    BadRun{ "two.mha precious.mha", "'two.mha' has 2 numbers per pixel: give an image of one number" },
    BadRun{ "rgb-float.mha precious.mha", "'rgb-float.mha' has colours of type float: convert them" },
    BadRun{ "64.mha precious.mha", "are not supported: convert them to integers of 8, 16 or 32 bits" },
    BadRun{ "in.mha", "outputVolume" },
    BadRun{ "in.mha in.mha", "The output 'in.mha' is an input, too" },
    BadRun{ "in.mha out.mha --mask small.mha --match 16.mha", "is 39 x 30, but the input is 40 x 30" },
    BadRun{ "in.mha 16.mha --match 16.mha", "The output '16.mha' is an input, too" },
    BadRun{ "in.mha out.png --figure out.png", "The output 'out.png' is given twice" },
    BadRun{ "in.mha no/out.mha", "There is no folder" },
    BadRun{ "in.mha precious.mha --figure no/out.png", "There is no folder" },
    BadRun{ "in.mha out.xyz", "no known image format" },
    BadRun{ "volume.mha precious.png", "can hold one slice only, but the input is 4 x 3 x 2" },
    BadRun{ "float.mha precious.png", ".png files cannot hold what is to be written, float" },
    BadRun{ "in.mha precious.mha --figure out.jpg", "must end in .png" },
    BadRun{ "in.mha precious.mha --mask absent.mha", "There is no file 'absent.mha'" },
    BadRun{ "in.mha precious.mha --mask small.mha", "The mask 'small.mha' is 39 x 30, but the input is 40 x 30" },
    BadRun{ "in.mha precious.mha --mask rgb.mha", "The mask 'rgb.mha' has 3 numbers per pixel" },
    BadRun{ "in.mha precious.mha --mask in.mha --distribution in.mha", "--mask does not go with --distribution" },
    BadRun{ "in.mha precious.mha --match series.mha", "'series.mha' has 4 dimensions: distributions" },
    BadRun{ "in.mha precious.mha --distribution two.mha", "'two.mha' has 2 numbers per pixel" },
    BadRun{ "in.mha precious.mha --match nan.mha", "'nan.mha' has no finite pixel" },
    BadRun{ "in.mha precious.mha --distribution nan.mha", "'nan.mha' has no finite pixel" }));

INSTANTIATE_TEST_SUITE_P(
  Options,
  EqualizeHistogramError,
  ::testing::Values(
    BadRun{ "in.mha precious.mha --method rnk", "Unknown --method 'rnk': did you mean rank?" },
    BadRun{ "in.mha precious.mha --output-type int8", "Unknown --output-type 'int8'" },
    BadRun{ "in.mha precious.mha --method rank",
            "ranks up to 1199, but pixels of uint8 hold integers up to 255 only: "
            "give --output-type uint16" },
    BadRun{ "rgb.mha precious.mha --method rank", "hold integers up to 255 only: choose --method empirical" },
    BadRun{ "16.mha precious.mha --method opencv",
            "--method opencv is for integers of 8 bits without sign, uint8, but "
            "'16.mha' has pixels of type uint16: choose --method empirical" },
    BadRun{ "float.mha precious.mha --method pillow", "has pixels of type float" },
    BadRun{ "32.mha precious.mha --method clahe", "'32.mha' has pixels of type uint32: convert them to float" },
    BadRun{ "in.mha precious.mha --method clahe --output-type float", "--output-type float does not go with --method" },
    BadRun{ "in.mha precious.mha --method clahe --frame-axis 2", "--frame-axis is 2, but the input has 2 dimensions" },
    BadRun{ "in.mha precious.mha --method clahe --distribution in.mha", "--distribution does not apply to --method" },
    BadRun{ "in.mha precious.mha --method clahe --bins 10", "--bins does not apply to --method clahe" },
    BadRun{ "float.mha precious.mha --method clahe --bins 70000", "--bins is 70000: there can be 1 to 65536" },
    BadRun{ "in.mha precious.mha --method clahe --clip-limit -1", "--clip-limit is -1: it must be" },
    BadRun{ "in.mha precious.mha --method clahe --clip-limit inf", "--clip-limit is inf: it must be" },
    BadRun{ "in.mha precious.mha --method clahe --tiles 8,0", "--tiles has 0: there must be at least one" },
    BadRun{ "in.mha precious.mha --method clahe --tiles 8,8,8", "each of the 2 axes of the input; 3 were given" },
    BadRun{ "16.mha precious.mha --method clahe --tiles 20", "The histograms of 400 tiles take 200 MiB, more than" },
    BadRun{ "in.mha precious.mha --method clahe --output-maximum 9", "--output-maximum does not apply to --method" },
    BadRun{ "in.mha precious.mha --method clahe --bounded-memory", "--bounded-memory does not apply to --method" },
    BadRun{ "in.mha precious.mha --method bin-edges --bounded-memory", "needs no more memory anyway" },
    BadRun{ "in.mha precious.mha --clip-limit 2",
            "--clip-limit does not apply to --method empirical: leave it out, or "
            "choose clahe" },
    BadRun{ "in.mha precious.mha --tiles 2", "--tiles does not apply to --method empirical" },
    BadRun{ "in.mha precious.mha --bins 10", "choose bin-centers or bin-edges" },
    BadRun{ "in.mha precious.mha --method bin-edges --bins -1", "--bins is -1: there can be 1 to 16777216" },
    BadRun{ "in.mha precious.mha --method opencv --output-minimum 3", "--output-minimum does not apply to --method" },
    BadRun{ "in.mha precious.mha --match 16.mha --output-minimum 3", "--output-minimum does not apply to --match" },
    BadRun{ "in.mha precious.mha --match 16.mha --method rank", "--method rank does not go with --match" },
    BadRun{ "in.mha precious.mha --frame-axis 2", "--frame-axis is 2, but the input has 2 dimensions" },
    BadRun{ "in.mha precious.mha --frame-axis -2", "--frame-axis is -2" },
    BadRun{ "in.mha precious.mha --frame-axis 1 --distribution 16.mha",
            "--frame-axis does not go with --distribution" },
    BadRun{ "32.mha precious.mha --frame-axis 1 --bounded-memory", "--bounded-memory does not go with --frame-axis" },
    BadRun{ "rgb.mha precious.mha --output-type uint16", "--output-type uint16 does not go with colours" },
    BadRun{ "in.mha precious.mha --output-maximum 256", "must be within uint8, from 0 to 255" },
    BadRun{ "in.mha precious.mha --output-minimum -1", "--output-minimum -1 to --output-maximum 255" },
    BadRun{ "float.mha precious.mha --output-minimum 2", "the minimum must not be above the maximum" },
    BadRun{ "in.mha precious.mha --output-maximum inf", "both must be within" },
    BadRun{ "in.mha precious.mha --meth rank", "did you mean '--match' or '--method'?" },
    BadRun{ "in.mha precious.mha --memory 0", "below 1" }));

TEST_F(EqualizeHistogram, AFullDiskIsAnErrorAndHarmsNothing)
{
  this->Write(MakeImage<unsigned char>(200, 100).GetPointer(), "in.mha");
  for (const std::string name : { "out.mha", "out.nrrd", "out.nii", "out.tif", "out.png" })
  {
    WriteBytes(m_Folder / name, "precious");
    this->ExpectError("in.mha " + name, "", FullDisk());
  }
}

TEST_F(EqualizeHistogram, MapsCountsByEachConvention)
{
  const std::vector<unsigned char> values{ 10, 20, 20, 40 };
  using Bytes = std::vector<unsigned char>;
  EXPECT_EQ(this->EqualizeRow<unsigned char>(values), (Bytes{ 64, 191, 191, 255 }));
  EXPECT_EQ(this->EqualizeRow<unsigned char>(values, "--method rank"), (Bytes{ 0, 1, 1, 3 }));
  EXPECT_EQ(this->EqualizeRow<unsigned char>(values, "--method opencv"), (Bytes{ 0, 170, 170, 255 }));
  EXPECT_EQ(this->EqualizeRow<unsigned char>(values, "--output-minimum 100 --output-maximum 200"),
            (Bytes{ 125, 175, 175, 200 }));
  EXPECT_EQ(this->EqualizeRow<double>(values, "--output-type double"), (std::vector<double>{ 0.25, 0.75, 0.75, 1.0 }));
  EXPECT_EQ(this->EqualizeRow<float>(values, "--output-type float --output-maximum 8"),
            (std::vector<float>{ 2.0F, 6.0F, 6.0F, 8.0F }));
  EXPECT_EQ(this->EqualizeRow<unsigned short>(values, "--output-type uint16"),
            (std::vector<unsigned short>{ 16384, 49151, 49151, 65535 }));
  EXPECT_EQ(this->EqualizeRow<unsigned int>(values, "--output-type uint32")[3], 4294967295U);
}

TEST_F(EqualizeHistogram, RoundsHalvesToTheEvenNumber)
{
  // Levels of 0.5, 1.5, 2.5 and 3.5 up to 4.
  const std::vector<float> values{ 1, 2, 2, 3, 3, 4, 4, 5 };
  EXPECT_EQ(this->EqualizeRow<unsigned char>(values, "--output-type uint8 --output-maximum 4"),
            (std::vector<unsigned char>{ 0, 2, 2, 2, 2, 4, 4, 4 }));
}

TEST_F(EqualizeHistogram, TakesEachTypeOfPixels)
{
  const auto expect = [this](auto zero, double maximum) {
    using PixelType = decltype(zero);
    const std::vector<PixelType> values{ 1, 2, 3, 4 };
    const auto                   found = this->EqualizeRow<PixelType>(values);
    for (std::size_t i = 0; i < values.size(); ++i)
    {
      const double level = 0.25 * static_cast<double>(i + 1) * maximum;
      EXPECT_EQ(found[i], static_cast<PixelType>(std::is_integral<PixelType>::value ? std::rint(level) : level));
    }
  };
  expect(static_cast<unsigned char>(0), 255.0);
  expect(static_cast<signed char>(0), 127.0);
  expect(static_cast<unsigned short>(0), 65535.0);
  expect(static_cast<short>(0), 32767.0);
  expect(0U, 4294967295.0);
  expect(0, 2147483647.0);
  expect(0.0F, 1.0);
  expect(0.0, 1.0);
}

TEST_F(EqualizeHistogram, OddInputsBecomeWhatTheDocumentationSays)
{
  const auto nan = std::numeric_limits<float>::quiet_NaN();
  const auto infinity = std::numeric_limits<float>::infinity();
  using Bytes = std::vector<unsigned char>;
  const Bytes constant{ 7, 7, 7 };
  EXPECT_EQ(this->EqualizeRow<unsigned char>(constant), (Bytes{ 255, 255, 255 }));
  EXPECT_EQ(this->EqualizeRow<unsigned char>(constant, "--method rank"), (Bytes{ 0, 0, 0 }));
  EXPECT_EQ(this->EqualizeRow<unsigned char>(constant, "--method opencv"), constant);
  EXPECT_EQ(this->EqualizeRow<unsigned char>(constant, "--method pillow"), constant);
  EXPECT_EQ(this->EqualizeRow<unsigned char>(Bytes{ 9 }), (Bytes{ 255 }));
  const auto holes = this->EqualizeRow<float>(std::vector<float>{ 1, nan, infinity, 2, -infinity });
  EXPECT_EQ(holes[0], 0.5F);
  EXPECT_TRUE(std::isnan(holes[1]));
  EXPECT_EQ(holes[2], infinity);
  EXPECT_EQ(holes[3], 1.0F);
  EXPECT_EQ(holes[4], -infinity);
  EXPECT_EQ(
    this->EqualizeRow<unsigned char>(std::vector<float>{ 1, nan, infinity, 2, -infinity }, "--output-type uint8"),
    (Bytes{ 128, 0, 255, 255, 0 }));
  EXPECT_TRUE(std::isnan(this->EqualizeRow<float>(std::vector<float>{ nan, nan })[1]));
}

TEST_F(EqualizeHistogram, OnlyWhatTheMaskHasCounts)
{
  this->WriteRow<unsigned char>({ 0, 1, 1, 0, 255 }, "mask.mha");
  const std::vector<unsigned char> values{ 5, 10, 20, 15, 30 };
  const auto                       found = this->EqualizeRow<float>(values, "--mask mask.mha --output-type float");
  EXPECT_EQ(found, (std::vector<float>{ 1.0F / 3.0F, 1.0F / 3.0F, 2.0F / 3.0F, 1.0F / 3.0F, 1.0F }));
  // Neither a fraction nor 256 is 0.
  this->WriteRow<float>({ 0.0F, 0.25F, 0.5F, 0.0F, 256.0F }, "mask.mha");
  EXPECT_EQ(this->EqualizeRow<float>(values, "--mask mask.mha --output-type float"), found);
  this->WriteRow<unsigned char>({ 0, 0, 0, 0, 0 }, "mask.mha");
  EXPECT_EQ(this->EqualizeRow<unsigned char>(values, "--mask mask.mha"), values);
  EXPECT_EQ(this->EqualizeRow<unsigned char>(values, "--mask mask.mha --method clahe"), values);
}

TEST_F(EqualizeHistogram, AnotherDistributionStandsIn)
{
  this->WriteRow<unsigned char>({ 10, 20, 30, 40 }, "series.mha");
  EXPECT_EQ(this->EqualizeRow<float>(std::vector<unsigned char>{ 5, 20, 35, 90 },
                                     "--distribution series.mha --output-type float"),
            (std::vector<float>{ 0.25F, 0.5F, 0.75F, 1.0F }));
  EXPECT_EQ(this->EqualizeRow<unsigned char>(std::vector<unsigned char>{ 5, 20, 35, 90 },
                                             "--distribution series.mha --method rank"),
            (std::vector<unsigned char>{ 0, 1, 3, 4 }));
}

TEST_F(EqualizeHistogram, AnImageMatchedToAnotherHasItsIntensities)
{
  this->WriteRow<float>({ -3.5F, 100.0F, 1000.0F }, "target.mha");
  EXPECT_EQ(this->EqualizeRow<float>(std::vector<unsigned char>{ 9, 3, 6 }, "--match target.mha --output-type float"),
            (std::vector<float>{ 1000.0F, -3.5F, 100.0F }));
  // What the type of the output cannot hold becomes its nearest value.
  EXPECT_EQ(this->EqualizeRow<unsigned char>(std::vector<unsigned char>{ 9, 3, 6 }, "--match target.mha"),
            (std::vector<unsigned char>{ 255, 0, 100 }));
  EXPECT_EQ(this->EqualizeRow<unsigned char>(std::vector<unsigned char>{ 9, 3, 6 },
                                             "--match target.mha --distribution target.mha"),
            (std::vector<unsigned char>{ 0, 0, 0 }));
}

TEST_F(EqualizeHistogram, EachFrameIsEqualizedByItself)
{
  const auto volume = ImageType<unsigned char, 3>::New();
  volume->SetRegions(itk::Size<3>{ { 2, 1, 2 } });
  volume->Allocate();
  const std::vector<unsigned char> values{ 1, 2, 100, 50 };
  std::copy(values.begin(), values.end(), volume->GetBufferPointer());
  this->Write(volume.GetPointer(), "volume.mha");
  const std::string run = "volume.mha out.mha --output-type float";
  const auto        read = [this] { return this->ReadPixels<ImageType<float, 3>>("out.mha"); };
  this->ExpectSuccess(run);
  EXPECT_EQ(read(), (std::vector<float>{ 0.25F, 0.5F, 1.0F, 0.75F }));
  this->ExpectSuccess(run + " --frame-axis 2");
  EXPECT_EQ(read(), (std::vector<float>{ 0.5F, 1.0F, 1.0F, 0.5F }));
  this->ExpectSuccess(run + " --frame-axis 0");
  EXPECT_EQ(read(), (std::vector<float>{ 0.5F, 0.5F, 1.0F, 1.0F }));
  // One frame is the whole image.
  this->ExpectSuccess(run + " --frame-axis 1");
  EXPECT_EQ(read(), (std::vector<float>{ 0.25F, 0.5F, 1.0F, 0.75F }));
}

TEST_F(EqualizeHistogram, ColoursKeepTheirChromaAndOpacity)
{
  using ColorType = itk::RGBAPixel<unsigned char>;
  const auto    picture = MakeImage<ColorType>(67, 41);
  std::uint32_t state = 7;
  for (itk::SizeValueType i = 0; i < 67 * 41 * 4; ++i)
  {
    state = state * 1664525U + 1013904223U;
    // Far enough from the ends that no component leaves its range by much.
    picture->GetBufferPointer()->GetDataPointer()[i] = static_cast<unsigned char>(100 + (state >> 28));
  }
  this->Write(picture.GetPointer(), "in.png");
  this->ExpectSuccess("in.png out.png --output-minimum 90 --output-maximum 160");
  const auto result = this->Read<ImageType<ColorType>>("out.png");
  const auto luma = ImageType<unsigned char>::New();
  luma->SetRegions(picture->GetBufferedRegion());
  luma->Allocate();
  std::transform(picture->GetBufferPointer(),
                 picture->GetBufferPointer() + 67 * 41,
                 luma->GetBufferPointer(),
                 [](const ColorType & color) { return itk::ComputeLuma(color); });
  const auto filter = itk::HistogramEqualizationImageFilter<ImageType<unsigned char>>::New();
  filter->SetInput(luma);
  filter->SetOutputMinimum(90.0);
  filter->SetOutputMaximum(160.0);
  filter->Update();
  for (itk::SizeValueType i = 0; i < 67 * 41; ++i)
  {
    const auto & before = picture->GetBufferPointer()[i];
    const auto & after = result->GetBufferPointer()[i];
    ASSERT_EQ(after, itk::ReplaceLuma(before, filter->GetOutput()->GetBufferPointer()[i]));
    ASSERT_EQ(after[3], before[3]);
    ASSERT_EQ(after[0] - after[1], before[0] - before[1]);
  }
}

TEST_F(EqualizeHistogram, ColoursAreMatchedByTheirLuma)
{
  const auto gray = MakeImage<itk::RGBPixel<unsigned char>>(31, 17);
  const auto other = MakeImage<itk::RGBPixel<unsigned char>>(31, 17);
  for (itk::SizeValueType i = 0; i < 31 * 17; ++i)
  {
    // As many values in both, so that each has its counterpart.
    const int value = gray->GetBufferPointer()[i][0] / 16;
    gray->GetBufferPointer()[i].Fill(static_cast<unsigned char>(8 * value));
    other->GetBufferPointer()[i].Fill(static_cast<unsigned char>(3 * value + 50));
  }
  this->Write(gray.GetPointer(), "gray.png");
  this->Write(other.GetPointer(), "other.png");
  this->ExpectSuccess("gray.png matched.png --match other.png");
  this->ExpectSameBytes("matched.png", "other.png");
  this->ExpectSuccess("other.png equalized.png --distribution gray.png");
  this->ExpectSuccess("other.png clahe.png --method clahe --clip-limit 2 --tiles 2");
}

TEST_F(EqualizeHistogram, TilesGiveWhatTheFilterGives)
{
  using GrayType = ImageType<unsigned short>;
  const auto image = itk::MakeRandomImage<GrayType>({ { 97, 61 } }, 100, 900);
  this->Write(image.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha out.mha --method clahe --clip-limit 2.5 --tiles 4,3");
  const auto filter = itk::ContrastLimitedAdaptiveHistogramEqualizationImageFilter<GrayType>::New();
  filter->SetInput(image);
  filter->SetClipLimit(2.5);
  filter->SetNumberOfTiles({ { 4, 3 } });
  filter->Update();
  EXPECT_TRUE(this->ReadPixels<GrayType>("out.mha") == GetPixels(filter->GetOutput()));
}

TEST_F(EqualizeHistogram, KeepsWhereTheImageIs)
{
  const auto   image = MakeImage<unsigned char>(7, 5);
  const double spacing[] = { 0.5, 3.0 };
  const double origin[] = { -7.0, 11.0 };
  image->SetSpacing(spacing);
  image->SetOrigin(origin);
  auto direction = image->GetDirection();
  direction.Fill(0.0);
  direction(0, 1) = direction(1, 0) = 1.0;
  image->SetDirection(direction);
  this->Write(image.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha out.mha");
  const auto result = this->Read<ImageType<unsigned char>>("out.mha");
  EXPECT_EQ(result->GetSpacing(), image->GetSpacing());
  EXPECT_EQ(result->GetOrigin(), image->GetOrigin());
  EXPECT_EQ(result->GetDirection(), image->GetDirection());
  EXPECT_EQ(DescribeImage(m_Folder / "out.mha").GetDimension(), 2U);
}

TEST_F(EqualizeHistogram, AVolumeOfOneSliceCanBeAPicture)
{
  const auto image = MakeImage<unsigned char>(40, 30);
  const auto volume = ImageType<unsigned char, 3>::New();
  volume->SetRegions(itk::Size<3>{ { 40, 30, 1 } });
  volume->Allocate();
  std::copy_n(image->GetBufferPointer(), 1200, volume->GetBufferPointer());
  this->Write(image.GetPointer(), "in.mha");
  this->Write(volume.GetPointer(), "flat.mha");
  for (const std::string options : { "", "--method clahe", "--mask in.mha" })
  {
    this->ExpectSuccess("in.mha image.png " + options);
    this->ExpectSuccess("flat.mha volume.png " + options);
    this->ExpectSameBytes("image.png", "volume.png");
  }
}

TEST_P(EqualizeHistogramPieces, MakeTheSameBytes)
{
  this->WriteVolume();
  const std::string options = GetParam();
  this->ExpectSuccess(options + " whole.mha --memory 1000");
  this->ExpectSuccess(options + " pieces.mha --memory " + (Contains(options, "clahe") ? "9" : "1"));
  this->ExpectSameBytes("whole.mha", "pieces.mha");
}

INSTANTIATE_TEST_SUITE_P(All,
                         EqualizeHistogramPieces,
                         ::testing::Values("volume.mha",
                                           "volume.mha --mask mask.mha --output-type uint8",
                                           "volume.mha --method rank --output-type uint32",
                                           "volume.mha --method bin-centers",
                                           "volume.mha --method bin-edges --output-type float",
                                           "volume.mha --frame-axis 2",
                                           "volume.mha --frame-axis 0 --mask mask.mha",
                                           "volume.mha --match real.mha --output-type double",
                                           "volume.mha --method clahe --tiles 2 --clip-limit 3",
                                           "real.mha",
                                           "real.mha --bounded-memory",
                                           "real.mha --method bin-centers --mask mask.mha",
                                           "real.mha --match volume.mha --frame-axis 2",
                                           "real.mha --distribution volume.mha --bounded-memory",
                                           "real.mha --method clahe --mask mask.mha --tiles 3,2,2"));

TEST_F(EqualizeHistogram, WhatIsWrittenInOnePieceIsToldToBe)
{
  this->WriteVolume();
  const Outcome outcome = this->Run("volume.mha out.nrrd --memory 1");
  EXPECT_EQ(outcome.exitCode, EXIT_SUCCESS);
  EXPECT_TRUE(Contains(outcome.error, "Note: .nrrd files are written in one piece")) << outcome.error;
}

TEST_F(EqualizeHistogram, WritesEachFormatAndCompresses)
{
  this->Write(MakeImage<unsigned char>(24, 16).GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha expected.mha");
  const auto expected = this->ReadPixels<ImageType<unsigned char>>("expected.mha");
  for (const std::string name : { "a.png", "a.tif", "a.nrrd", "a.nii" })
  {
    this->ExpectSuccess("in.mha " + name);
    EXPECT_TRUE(this->ReadPixels<ImageType<unsigned char>>(name) == expected) << name;
  }
  this->ExpectSuccess("in.mha compressed.mha --compress");
  EXPECT_TRUE(this->ReadPixels<ImageType<unsigned char>>("compressed.mha") == expected);
  EXPECT_TRUE(Contains(ReadBytes(m_Folder / "compressed.mha"), "CompressedData = True"));
}

#ifdef IntensityMapping_USE_VTK
TEST_F(EqualizeHistogram, DrawsFiguresOfAllKindsOfImages)
{
  this->WriteVolume();
  this->Write(MakeImage<unsigned char>(1000, 30).GetPointer(), "wide.mha");
  this->Write(MakeImage<itk::RGBAPixel<unsigned short>>(60, 40).GetPointer(), "rgba.png");
  this->WriteRow<float>({ std::numeric_limits<float>::quiet_NaN() }, "nan.mha");
  this->WriteRow<short>({ -30000 }, "one.mha");
  this->WriteRow<double>({ 1e300, -1e300, 0.0 }, "far.mha");
  for (const std::string name : { "volume.mha", "real.mha", "wide.mha", "rgba.png", "nan.mha", "one.mha", "far.mha" })
  {
    this->ExpectSuccess(name + " plain-" + name);
    this->ExpectSuccess(name + " out-" + name + " --title 'A title' --figure " + name + ".figure.png");
    this->ExpectSameBytes("plain-" + name, "out-" + name);
    EXPECT_EQ(DescribeImage(m_Folder / (name + ".figure.png")).size[0], 868U) << name;
  }
}

TEST_F(EqualizeHistogram, AFigureDoesNotDependOnPieces)
{
  this->WriteVolume();
  this->ExpectSuccess("volume.mha out.mha --figure whole.png --memory 1000");
  this->ExpectSuccess("volume.mha out.mha --figure pieces.png --memory 1");
  this->ExpectSameBytes("whole.png", "pieces.png");
}
#endif
