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

#include "itkHistogramBins.h"
#include "itkPixelwiseTemporalHistogramImageFilter.h"
#include "itkRandomImage.h"
#include "itkTemporalHistogramStatisticImageFilter.h"

#include <cmath>

using namespace IntensityMapping;
using namespace Testing;

namespace
{
using CountImageType = itk::Image<unsigned short, 2>;
using HistogramType = itk::VectorImage<unsigned short, 2>;
using StatisticEnum = itk::TemporalHistogramStatisticImageFilterEnums::Statistic;

const std::string allCounts = " --histogram histogram.mha --under-count under.mha --over-count over.mha"
                              " --invalid-count invalid.mha";

const std::map<std::string, StatisticEnum> statistics = { { "median", StatisticEnum::Median },
                                                          { "mean", StatisticEnum::Mean },
                                                          { "mode", StatisticEnum::Mode },
                                                          { "standard-deviation", StatisticEnum::StandardDeviation },
                                                          { "interquartile-range", StatisticEnum::InterquartileRange },
                                                          { "quantile", StatisticEnum::Quantile },
                                                          { "count", StatisticEnum::Count } };

// The options for all outputs, in files whose names begin alike.
std::string
NameAllOutputs(const std::string & prefix)
{
  std::string arguments;
  for (const std::string name : { "histogram", "under-count", "over-count", "invalid-count" })
  {
    arguments += " --" + name + ' ' + prefix + name + ".mha";
  }
  for (const auto & statistic : statistics)
  {
    arguments += " --" + statistic.first + ' ' + prefix + statistic.first + ".mha";
  }
  return arguments;
}

itk::HistogramBins::Pointer
MakeUniformBins(itk::SizeValueType numberOfBins, double minimum, double maximum)
{
  const auto bins = itk::HistogramBins::New();
  bins->SetUniform(numberOfBins, minimum, maximum);
  return bins;
}

template <typename TImage>
typename TImage::Pointer
MakeConstant(const typename TImage::SizeType & size, double value)
{
  const auto image = TImage::New();
  image->SetRegions(size);
  image->Allocate();
  image->FillBuffer(static_cast<typename TImage::PixelType>(value));
  return image;
}

class TemporalHistogram : public ToolTest
{
protected:
  TemporalHistogram()
    : ToolTest(TEMPORAL_HISTOGRAM, "TemporalHistogram")
  {}

  /** Writes the frames of a series, of which the last axis is time, to files of their own. */
  template <typename TSeries>
  void
  WriteFrames(const TSeries * series, const std::string & stem, const std::string & ending) const
  {
    constexpr unsigned int dimension = TSeries::ImageDimension - 1;
    using FrameType = itk::Image<typename TSeries::PixelType, dimension>;
    const auto & seriesSize = series->GetBufferedRegion().GetSize();
    for (itk::SizeValueType t = 0; t < seriesSize[dimension]; ++t)
    {
      typename FrameType::SizeType size;
      std::copy_n(seriesSize.begin(), dimension, size.begin());
      const auto frame = FrameType::New();
      frame->SetRegions(size);
      frame->Allocate();
      const auto count = frame->GetPixelContainer()->Size();
      std::copy_n(series->GetBufferPointer() + t * count, count, frame->GetBufferPointer());
      this->Write(frame.GetPointer(), stem + std::to_string(t) + ending);
    }
  }

  /** That the counts in the files are those of a plain loop over pixels and frames. A sample counts where `counts`, one
   * per sample or one per pixel, is not 0; it may be empty. */
  template <typename TSeries>
  void
  ExpectCounts(const TSeries * series, const itk::HistogramBins & bins, const std::vector<int> & counts = {}) const
  {
    constexpr unsigned int dimension = TSeries::ImageDimension - 1;
    const auto             numberOfBins = bins.GetNumberOfBins();
    const auto             samples = GetPixels(series);
    const auto             numberOfFrames = series->GetBufferedRegion().GetSize(dimension);
    const auto             numberOfPixels = samples.size() / numberOfFrames;

    std::vector<unsigned short> histogram(numberOfPixels * numberOfBins, 0);
    // In the order of the codes: under, over, invalid.
    std::vector<unsigned short> others[3] = { std::vector<unsigned short>(numberOfPixels, 0),
                                              std::vector<unsigned short>(numberOfPixels, 0),
                                              std::vector<unsigned short>(numberOfPixels, 0) };
    for (size_t i = 0; i < samples.size(); ++i)
    {
      const size_t pixel = i % numberOfPixels;
      const bool   isCounted = counts.empty() || counts[counts.size() == numberOfPixels ? pixel : i] != 0;
      const auto   code = isCounted ? bins.ForwardValue(static_cast<double>(samples[i])) : bins.GetInvalidCode();
      ++(code < numberOfBins ? histogram[pixel * numberOfBins + code] : others[code - numberOfBins][pixel]);
    }
    using VectorType = itk::VectorImage<unsigned short, dimension>;
    using ScalarType = itk::Image<unsigned short, dimension>;
    EXPECT_TRUE(this->ReadPixels<VectorType>("histogram.mha") == histogram);
    EXPECT_TRUE(this->ReadPixels<ScalarType>("under.mha") == others[0]);
    EXPECT_TRUE(this->ReadPixels<ScalarType>("over.mha") == others[1]);
    EXPECT_TRUE(this->ReadPixels<ScalarType>("invalid.mha") == others[2]);
  }

  /** That the outputs of NameAllOutputs() are the same in several pieces as in one. */
  void
  ExpectSameInPieces(const std::string & arguments) const
  {
    this->ExpectSuccess(arguments + NameAllOutputs("whole-"));
    this->ExpectSuccess(arguments + NameAllOutputs("pieces-") + " --memory 1");
    for (const std::string name : { "histogram", "under-count", "over-count", "invalid-count" })
    {
      this->ExpectSameBytes("whole-" + name + ".mha", "pieces-" + name + ".mha");
    }
    for (const auto & statistic : statistics)
    {
      this->ExpectSameBytes("whole-" + statistic.first + ".mha", "pieces-" + statistic.first + ".mha");
    }
  }
};

template <typename TPixel>
class TemporalHistogramOfType : public TemporalHistogram
{};

using PixelTypes =
  ::testing::Types<unsigned char, signed char, unsigned short, short, unsigned int, int, float, double>;
TYPED_TEST_SUITE(TemporalHistogramOfType, PixelTypes);

class TemporalHistogramError
  : public TemporalHistogram
  , public ::testing::WithParamInterface<BadRun>
{
protected:
  TemporalHistogramError()
  {
    const auto series = itk::MakeRandomImage<itk::Image<float, 3>>({ { 7, 6, 5 } }, -1, 9);
    this->Write(series.GetPointer(), "in.mha");
    this->WriteFrames(series.GetPointer(), "frame", ".mha");
    this->Write(itk::MakeRandomImage<itk::Image<float, 4>>({ { 7, 6, 5, 4 } }, 0, 9).GetPointer(), "volumes.mha");
    this->Write(itk::MakeRandomImage<itk::Image<float, 5>>({ { 2, 2, 2, 2, 2 } }, 0, 9).GetPointer(), "five.mha");
    this->Write(MakeImage<float>(7, 5).GetPointer(), "small.mha");
    this->Write(MakeImage<short>(7, 6).GetPointer(), "short.mha");
    this->Write(MakeImage<itk::RGBPixel<unsigned char>>(7, 6).GetPointer(), "color.png");
    this->Write(MakeConstant<itk::Image<float, 3>>({ { 7, 6, 1 } }, 0).GetPointer(), "single.mha");
    this->Write(MakeConstant<itk::Image<float, 3>>({ { 7, 6, 5 } }, std::nan("")).GetPointer(), "nan.mha");
    this->Write(MakeConstant<itk::Image<float, 2>>({ { 7, 1 } }, 0).GetPointer(), "row0.mha");
    this->Write(MakeConstant<itk::Image<float, 2>>({ { 7, 1 } }, 0).GetPointer(), "row1.mha");
    this->Write(MakeConstant<itk::Image<unsigned char, 3>>({ { 7, 6, 4 } }, 1).GetPointer(), "mask4.mha");
    this->Write(MakeConstant<itk::Image<unsigned char, 4>>({ { 7, 6, 5, 2 } }, 1).GetPointer(), "mask5.mha");
    this->MakeBadFiles("frame0.mha");
  }
};
} // namespace

TEST_P(TemporalHistogramError, IsOneLineAndHarmsNothing)
{
  this->ExpectError(GetParam().arguments, GetParam().part);
}

INSTANTIATE_TEST_SUITE_P(
  Frames,
  TemporalHistogramError,
  ::testing::Values(
    BadRun{ "absent.mha frame1.mha --median precious.mha", "There is no file 'absent.mha'" },
    BadRun{ "'absent*.mha' --median precious.mha", "No file matches 'absent*.mha'" },
    BadRun{ "frame0.mha empty.mha --median precious.mha", "'empty.mha' is empty" },
    BadRun{ "frame0.mha garbage.mha --median precious.mha", "'garbage.mha' is of no known image format" },
    BadRun{ "frame0.mha truncated.mha --median precious.mha", "'truncated.mha' is truncated" },
    BadRun{ "header.mha frame0.mha --median precious.mha", "'header.mha'" },
    BadRun{ "frame0.mha folder.mha --median precious.mha", "'folder.mha' is a folder" },
    BadRun{ "frame0.mha small.mha --median precious.mha", "'small.mha' differs from 'frame0.mha': its size is 7 x 5" },
    BadRun{ "frame0.mha short.mha --median precious.mha", "its pixels are of type short, not float" },
    BadRun{ "frame0.mha --median precious.mha", "One image is no series: 'frame0.mha' is 7 x 6" },
    BadRun{ "'frame0*' --median precious.mha", "One image is no series" },
    BadRun{ "single.mha --median precious.mha", "One image is no series: 'single.mha' is 7 x 6 x 1" },
    BadRun{ "color.png color.png --median precious.mha", "'color.png' has 3 numbers per pixel" },
    BadRun{ "five.mha --median precious.mha", "The frames have 4 dimensions" },
    BadRun{ "row0.mha row1.mha --median precious.mha", "give frames of one row as one image" }));

INSTANTIATE_TEST_SUITE_P(
  Bins,
  TemporalHistogramError,
  ::testing::Values(
    BadRun{ "in.mha --median precious.mha --bins 0", "--bins 0 makes no histogram" },
    BadRun{ "in.mha --median precious.mha --bins -2", "--bins -2 makes no histogram" },
    BadRun{ "in.mha --median precious.mha --bins 16777217", "there must be 1 to 16777216 bins" },
    BadRun{ "in.mha --median precious.mha --edges 0,nan,1", "Bin edge 1 is nan" },
    BadRun{ "in.mha --median precious.mha --edges 0,inf", "Bin edge 1 is inf" },
    BadRun{ "in.mha --median precious.mha --edges 0,2,1", "Bin edge 2 is 1, which is not above 2" },
    BadRun{ "in.mha --median precious.mha --edges 0,1,1", "edges must increase" },
    BadRun{ "in.mha --median precious.mha --edges 0", "bin edges were given" },
    BadRun{ "in.mha --median precious.mha --minimum 2 --maximum 1", "The minimum, 2, is above the maximum, 1" },
    BadRun{ "in.mha --median precious.mha --minimum 2 --maximum 2", "the minimum must be below the maximum" },
    BadRun{ "in.mha --median precious.mha --minimum 100", "the minimum must be below the maximum" },
    BadRun{ "in.mha --median precious.mha --maximum inf", "both finite" },
    BadRun{ "in.mha --median precious.mha --spacing logarithmic", "0 < minimum < maximum" },
    BadRun{ "in.mha --median precious.mha --spacing logaritmic", "did you mean logarithmic" },
    BadRun{ "in.mha --median precious.mha --spacing integer --maximum 1e9", "at most 16777216 bins" },
    BadRun{ "in.mha --median precious.mha --spacing integer --maximum 1e300", "at most 16777216 bins" },
    BadRun{ "nan.mha --median precious.mha", "No value of the series is a finite number" },
    BadRun{ "in.mha --median precious.mha --probability 1.5", "above 1" }));

INSTANTIATE_TEST_SUITE_P(
  Outputs,
  TemporalHistogramError,
  ::testing::Values(
    BadRun{ "in.mha", "Nothing was asked for" },
    BadRun{ "in.mha --median in.mha", "The output 'in.mha' is an input, too" },
    BadRun{ "'frame*.mha' --median frame1.mha", "The output 'frame1.mha' is an input, too" },
    BadRun{ "in.mha --median precious.mha --mean ./precious.mha", "is given twice" },
    BadRun{ "in.mha --mask single.mha --median single.mha", "is an input, too" },
    BadRun{ "in.mha --median precious.mha --returnparameterfile precious.mha", "is given twice" },
    BadRun{ "in.mha --median precious.mha --returnparameterfile no/results.txt", "There is no folder" },
    BadRun{ "in.mha --median precious.mha --mean no/mean.mha", "There is no folder" },
    BadRun{ "in.mha --median precious.mha --mean /proc/mean.mha", "cannot be written into" },
    // Of what cannot be written is told before the range is looked for, which would fail, too.
    BadRun{ "nan.mha --median /proc/median.mha", "cannot be written into" },
    BadRun{ "nan.mha --histogram histogram.png", "'histogram.png' would be a picture" },
    BadRun{ "in.mha --median precious.mha --mean mean.jpg", "'mean.jpg' would be a picture" },
    BadRun{ "in.mha --median precious.mha --histogram histogram.mrc", ".mrc files cannot hold what is to be written" },
    BadRun{ "in.mha --median precious.mha --mask mask4.mha", "'mask4.mha' is 7 x 6 x 4, but the series is 7 x 6 x 5" },
    BadRun{ "nan.mha --median precious.mha --mask mask4.mha", "'mask4.mha' is 7 x 6 x 4" },
    BadRun{ "in.mha --median precious.mha --mask mask5.mha", "'mask5.mha' is 7 x 6 x 5 x 2" },
    BadRun{ "in.mha --median precious.mha --mask small.mha", "'small.mha' is 7 x 5" },
    BadRun{ "in.mha --median precious.mha --mask color.png", "has several numbers per pixel" },
    BadRun{ "in.mha --median precious.mha --mask absent.mha", "There is no file 'absent.mha'" },
    BadRun{ "in.mha --plot plot.png", "A plot needs both --plot FILE.png and --plot-pixel" },
    BadRun{ "in.mha --median precious.mha --plot-pixel 1,1", "A plot needs both" }));

#ifdef IntensityMapping_USE_VTK
INSTANTIATE_TEST_SUITE_P(
  Plot,
  TemporalHistogramError,
  ::testing::Values(BadRun{ "in.mha --plot plot.png --plot-pixel 7,0", "a pixel in the frames, which are 7 x 6." },
                    BadRun{ "in.mha --plot plot.png --plot-pixel 0,-1", "takes 2 indices" },
                    BadRun{ "in.mha --plot plot.png --plot-pixel 0,0,0", "takes 2 indices" },
                    BadRun{ "volumes.mha --plot plot.png --plot-pixel 0,0", "takes 3 indices" },
                    BadRun{ "in.mha --plot plot.mha --plot-pixel 0,0", "The plot 'plot.mha' must end in .png" }));
#endif

TEST_F(TemporalHistogram, AFullDiskIsAnErrorAndHarmsNothing)
{
  this->Write(itk::MakeRandomImage<itk::Image<float, 3>>({ { 80, 60, 3 } }, 0, 1).GetPointer(), "in.mha");
  WriteBytes(m_Folder / "precious.mha", "precious");
  this->ExpectError("in.mha --median precious.mha", "There is no room", FullDisk());
  this->ExpectError("in.mha --median median.nii", "", FullDisk());
  this->ExpectError("in.mha --median median.nrrd", "", FullDisk());
}

TYPED_TEST(TemporalHistogramOfType, CountsAsAPlainLoopDoes)
{
  const auto series = itk::MakeRandomImageWithGaps<itk::Image<TypeParam, 3>>({ { 13, 11, 29 } }, 0, 127);
  this->Write(series.GetPointer(), "in.mha");
  const auto bins = itk::HistogramBins::New();

  this->ExpectSuccess("in.mha --bins 23 --minimum 10 --maximum 100.5" + allCounts);
  this->ExpectCounts(series.GetPointer(), *MakeUniformBins(23, 10, 100.5));
  this->ExpectSuccess("in.mha --spacing logarithmic --bins 23 --minimum 5 --maximum 80" + allCounts);
  bins->SetLogarithmic(23, 5, 80);
  this->ExpectCounts(series.GetPointer(), *bins);
  this->ExpectSuccess("in.mha --spacing integer --minimum 30 --maximum 99" + allCounts);
  bins->SetIntegers(30, 99);
  this->ExpectCounts(series.GetPointer(), *bins);
  this->ExpectSuccess("in.mha --edges 1,2.5,30,31,100" + allCounts);
  bins->SetEdges({ 1, 2.5, 30, 31, 100 });
  this->ExpectCounts(series.GetPointer(), *bins);
}

TYPED_TEST(TemporalHistogramOfType, PiecesMakeTheSameBytes)
{
  const auto series = itk::MakeRandomImageWithGaps<itk::Image<TypeParam, 3>>({ { 83, 71, 19 } }, 0, 127);
  this->Write(series.GetPointer(), "in.mha");
  this->WriteFrames(series.GetPointer(), "frame", ".mha");
  this->ExpectSameInPieces("in.mha --bins 200 --minimum 10 --maximum 120");
  this->ExpectSameInPieces("'frame*.mha' --bins 200");
}

TYPED_TEST(TemporalHistogramOfType, MasksOfAnyTypeLeaveOutWhereTheyAreZero)
{
  const auto series = itk::MakeRandomImage<itk::Image<short, 3>>({ { 13, 11, 7 } }, 0, 100);
  const auto whole = itk::MakeRandomImage<itk::Image<TypeParam, 3>>({ { 13, 11, 7 } }, 0, 3, 2);
  const auto frame = itk::MakeRandomImage<itk::Image<TypeParam, 2>>({ { 13, 11 } }, 0, 3, 3);
  this->Write(series.GetPointer(), "in.mha");
  this->Write(whole.GetPointer(), "whole.mha");
  this->Write(frame.GetPointer(), "frame.mha");
  const auto toBits = [](const auto & pixels) {
    std::vector<int> bits;
    for (const auto pixel : pixels)
    {
      bits.push_back(pixel != 0);
    }
    return bits;
  };
  const auto bins = MakeUniformBins(10, 0, 100);
  this->ExpectSuccess("in.mha --bins 10 --minimum 0 --maximum 100 --mask whole.mha" + allCounts);
  this->ExpectCounts(series.GetPointer(), *bins, toBits(this->GetPixels(whole.GetPointer())));
  this->ExpectSuccess("in.mha --bins 10 --minimum 0 --maximum 100 --mask frame.mha" + allCounts);
  this->ExpectCounts(series.GetPointer(), *bins, toBits(this->GetPixels(frame.GetPointer())));
}

TEST_F(TemporalHistogram, AMaskOf256IsNotZero)
{
  this->Write(MakeConstant<itk::Image<short, 3>>({ { 4, 3, 5 } }, 1).GetPointer(), "in.mha");
  this->Write(MakeConstant<itk::Image<unsigned short, 2>>({ { 4, 3 } }, 256).GetPointer(), "mask.mha");
  this->ExpectSuccess("in.mha --mask mask.mha --invalid-count out.mha");
  EXPECT_EQ(this->ReadPixels<CountImageType>("out.mha"), std::vector<unsigned short>(12, 0));
}

TEST_F(TemporalHistogram, OfVolumesIsTheSameAsOneImageAndAsFiles)
{
  const auto series = itk::MakeRandomImageWithGaps<itk::Image<float, 4>>({ { 23, 19, 17, 6 } }, 0, 100);
  this->Write(series.GetPointer(), "in.mha");
  this->WriteFrames(series.GetPointer(), "frame", ".mha");
  const std::string bins = " --bins 60 --minimum 10 --maximum 90";
  for (const std::string input : { "in.mha", "'frame*.mha'" })
  {
    this->ExpectSuccess(input + bins + allCounts);
    this->ExpectCounts(series.GetPointer(), *MakeUniformBins(60, 10, 90));
    this->ExpectSameInPieces(input + bins);
  }
}

TEST_F(TemporalHistogram, VolumesOfOneSliceAreFrames)
{
  const auto series = itk::MakeRandomImage<itk::Image<short, 4>>({ { 9, 8, 1, 5 } }, 0, 100);
  this->WriteFrames(series.GetPointer(), "frame", ".mha");
  this->ExpectSuccess("'frame*.mha' --bins 10 --minimum 0 --maximum 100" + allCounts);
  const auto flat = itk::Image<short, 3>::New();
  flat->SetRegions(itk::Size<3>{ { 9, 8, 5 } });
  flat->SetPixelContainer(series->GetPixelContainer());
  this->ExpectCounts(flat.GetPointer(), *MakeUniformBins(10, 0, 100));
}

TEST_F(TemporalHistogram, StatisticsAreThoseOfTheFilters)
{
  const auto series = itk::MakeRandomImageWithGaps<itk::Image<float, 3>>({ { 13, 11, 29 } }, 0, 100);
  this->Write(series.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha --bins 40 --minimum 5 --maximum 95 --probability 0.3" + NameAllOutputs(""));

  const auto bins = MakeUniformBins(40, 5, 95);
  const auto histogram = itk::PixelwiseTemporalHistogramImageFilter<itk::Image<float, 3>, HistogramType>::New();
  histogram->SetInput(series);
  histogram->SetBins(bins);
  const auto statistic = itk::TemporalHistogramStatisticImageFilter<HistogramType>::New();
  statistic->SetInput(histogram->GetOutput());
  statistic->SetBins(bins);
  statistic->SetProbability(0.3);
  for (const auto & [name, kind] : statistics)
  {
    statistic->SetStatistic(kind);
    statistic->Update();
    EXPECT_EQ((this->ReadPixels<itk::Image<float, 2>>(name + ".mha")), GetPixels(statistic->GetOutput())) << name;
  }
  EXPECT_EQ(this->ReadPixels<HistogramType>("histogram.mha"), GetPixels(histogram->GetOutput()));
}

TEST_F(TemporalHistogram, BytesHaveOneBinPerValueUnlessToldOtherwise)
{
  const auto series = itk::MakeRandomImage<itk::Image<signed char, 3>>({ { 5, 4, 9 } }, -128, 127);
  this->Write(series.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha --returnparameterfile results.txt" + allCounts);
  const auto bins = itk::HistogramBins::New();
  bins->SetIntegers(-128, 127);
  this->ExpectCounts(series.GetPointer(), *bins);
  EXPECT_EQ(
    this->ReadResults("results.txt"),
    (std::map<std::string, double>{ { "numberOfFrames", 9 }, { "usedMinimum", -128.5 }, { "usedMaximum", 127.5 } }));

  this->ExpectSuccess("in.mha --spacing logarithmic --minimum 1 --maximum 100" + allCounts);
  bins->SetLogarithmic(100, 1, 100);
  this->ExpectCounts(series.GetPointer(), *bins);
}

TEST_F(TemporalHistogram, IntegersOfFloatsAreTheNearest)
{
  const auto series = itk::MakeRandomImage<itk::Image<float, 3>>({ { 5, 4, 9 } }, -3.4, 7.4);
  this->Write(series.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha --spacing integer" + allCounts);
  const auto samples = GetPixels(series.GetPointer());
  const auto range = std::minmax_element(samples.begin(), samples.end());
  const auto bins = itk::HistogramBins::New();
  bins->SetIntegers(std::lround(*range.first), std::lround(*range.second));
  this->ExpectCounts(series.GetPointer(), *bins);
}

TEST_F(TemporalHistogram, AConstantIsInTheMiddleOfItsBins)
{
  this->Write(MakeConstant<itk::Image<float, 3>>({ { 5, 4, 9 } }, 0.25).GetPointer(), "in.mha");
  for (const std::string spacing : { "uniform", "logarithmic" })
  {
    this->ExpectSuccess("in.mha --bins 1 --count count.mha --returnparameterfile results.txt --spacing " + spacing);
    EXPECT_EQ((this->ReadPixels<itk::Image<float, 2>>("count.mha")), std::vector<float>(20, 9.0F));
    const auto results = this->ReadResults("results.txt");
    EXPECT_EQ(results.at("usedMinimum"), spacing == "uniform" ? -0.25 : 0.125);
    EXPECT_EQ(results.at("usedMaximum"), spacing == "uniform" ? 0.75 : 0.5);
  }
}

TEST_F(TemporalHistogram, OfNothingButNaNIsEmpty)
{
  this->Write(MakeConstant<itk::Image<double, 3>>({ { 5, 4, 9 } }, std::nan("")).GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha --minimum 0 --maximum 1 --invalid-count invalid.mha --median median.mha");
  EXPECT_EQ(this->ReadPixels<CountImageType>("invalid.mha"), std::vector<unsigned short>(20, 9));
  for (const float median : this->ReadPixels<itk::Image<float, 2>>("median.mha"))
  {
    EXPECT_TRUE(std::isnan(median));
  }
}

TEST_F(TemporalHistogram, SixteenBitPNGFramesAreCountedAsTheyAre)
{
  const auto series = itk::MakeRandomImage<itk::Image<unsigned short, 3>>({ { 9, 8, 12 } }, 0, 60000);
  this->WriteFrames(series.GetPointer(), "frame", ".png");
  this->ExpectSuccess("'frame*.png' --bins 50 --minimum 1000 --maximum 50000" + allCounts);
  this->ExpectCounts(series.GetPointer(), *MakeUniformBins(50, 1000, 50000));
}

TEST_F(TemporalHistogram, WhereAndInWhichOrderTheFramesLieDoesNotMatter)
{
  const auto series = itk::MakeRandomImage<itk::Image<short, 3>>({ { 9, 8, 12 } }, 0, 100);
  this->WriteFrames(series.GetPointer(), "frame", ".mha");
  const std::string bins = " --bins 10 --minimum 0 --maximum 100";
  this->ExpectSuccess("'frame*.mha'" + bins + NameAllOutputs("pattern-"));
  this->ExpectSuccess("'frame1?.mha' 'frame[5-9].mha' 'frame[0-4].mha'" + bins + NameAllOutputs("order-"));
  this->ExpectSameBytes("pattern-histogram.mha", "order-histogram.mha");

  // Frames that a stage took elsewhere, not evenly.
  for (int t = 0; t < 12; ++t)
  {
    const auto   name = "frame" + std::to_string(t) + ".mha";
    const auto   frame = this->Read<itk::Image<short, 2>>(name);
    const double origin[] = { 1.0 * t * t, 2.0 * t };
    frame->SetOrigin(origin);
    this->Write(frame.GetPointer(), name);
  }
  this->ExpectSuccess("'frame*.mha'" + bins + allCounts);
  this->ExpectCounts(series.GetPointer(), *MakeUniformBins(10, 0, 100));
}

TEST_F(TemporalHistogram, TheGridIsThatOfTheFrames)
{
  const auto   series = itk::MakeRandomImage<itk::Image<short, 3>>({ { 4, 3, 5 } }, 0, 100);
  const double spacing[] = { 0.5, 2.0, 7.0 };
  const double origin[] = { -7.0, 11.0, 1.0 };
  series->SetSpacing(spacing);
  series->SetOrigin(origin);
  series->SetRegions(series->GetLargestPossibleRegion().GetSize());
  this->Write(series.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha --median out.mha");
  const auto median = this->Read<itk::Image<float, 2>>("out.mha");
  for (unsigned int i = 0; i < 2; ++i)
  {
    EXPECT_EQ(median->GetSpacing()[i], spacing[i]);
    EXPECT_EQ(median->GetOrigin()[i], origin[i]);
  }
}

TEST_F(TemporalHistogram, ARowThatNeedsMoreMemoryThanAllowedIsCountedYet)
{
  const auto series = itk::MakeRandomImage<itk::Image<short, 3>>({ { 2000, 3, 4 } }, 0, 100);
  this->Write(series.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha --bins 300 --minimum 0 --maximum 100 --memory 1" + allCounts);
  this->ExpectCounts(series.GetPointer(), *MakeUniformBins(300, 0, 100));
}

TEST_F(TemporalHistogram, CompressedOutputsHoldTheSamePixels)
{
  const auto series = itk::MakeRandomImage<itk::Image<short, 3>>({ { 40, 30, 4 } }, 0, 100);
  this->Write(series.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha --bins 100 --minimum 0 --maximum 100 --compress" + allCounts);
  this->ExpectCounts(series.GetPointer(), *MakeUniformBins(100, 0, 100));
  // Nearly all counts are 0.
  EXPECT_LT(std::filesystem::file_size(m_Folder / "histogram.mha"), 40U * 30U * 100U);

  this->ExpectError("in.mha --bins 1000 --memory 1 --compress --median median.mha", "can be written in one piece only");
}

TEST_F(TemporalHistogram, OtherFormatsHoldTheSameCounts)
{
  const auto series = itk::MakeRandomImage<itk::Image<short, 3>>({ { 9, 8, 12 } }, 0, 100);
  this->Write(series.GetPointer(), "in.mha");
  this->ExpectSuccess("in.mha --bins 10 --histogram histogram.mha --mean mean.mha");
  for (const std::string ending : { ".nrrd", ".nii", ".nii.gz", ".vtk", ".tif" })
  {
    const Outcome outcome = this->Run("in.mha --bins 10 --mean mean" + ending + " --histogram histogram" + ending);
    if (outcome.exitCode == EXIT_SUCCESS)
    {
      EXPECT_EQ(this->ReadPixels<HistogramType>("histogram" + ending), this->ReadPixels<HistogramType>("histogram.mha"))
        << ending;
      EXPECT_EQ((this->ReadPixels<itk::Image<float, 2>>("mean" + ending)),
                (this->ReadPixels<itk::Image<float, 2>>("mean.mha")))
        << ending;
    }
    else
    {
      EXPECT_TRUE(Contains(outcome.error, "cannot hold what is to be written")) << outcome.error;
    }
  }
}

#ifdef IntensityMapping_USE_VTK
TEST_F(TemporalHistogram, ThePlotIsOfThePixelThatWasAskedFor)
{
  auto series = itk::MakeRandomImage<itk::Image<float, 3>>({ { 5, 4, 50 } }, 0, 100);
  this->Write(series.GetPointer(), "in.mha");
  const std::string plot = "in.mha --bins 20 --minimum 0 --maximum 100 --plot-title Counts --plot ";
  this->ExpectSuccess(plot + "first.png --plot-pixel 0,0");
  this->ExpectSuccess(plot + "again.png --plot-pixel 0,0");
  this->ExpectSuccess(plot + "other.png --plot-pixel 4,3 --value-label kelvin");
  const auto first = this->ReadPixels<itk::Image<itk::RGBPixel<unsigned char>, 2>>("first.png");
  EXPECT_TRUE(first == (this->ReadPixels<itk::Image<itk::RGBPixel<unsigned char>, 2>>("again.png")));
  EXPECT_FALSE(first == (this->ReadPixels<itk::Image<itk::RGBPixel<unsigned char>, 2>>("other.png")));
  // Bars that cover some part of a page that is mostly white.
  const itk::RGBPixel<unsigned char> white(255);
  const auto painted = first.size() - static_cast<size_t>(std::count(first.begin(), first.end(), white));
  EXPECT_GT(painted, first.size() / 50);
  EXPECT_LT(painted, first.size() / 2 + first.size() / 4);
}
#endif
