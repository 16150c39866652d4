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
#include "itkTemporalHistogramStatisticImageFilter.h"

#include "itkPixelwiseTemporalHistogramImageFilter.h"
#include "itkAbortLaw.h"
#include "itkImageRegionConstIteratorWithIndex.h"
#include "itkRandomImage.h"
#include "itkStreamingLaw.h"

#include <cmath>
#include <numeric>

using itk::HistogramBins;
using Statistic = itk::TemporalHistogramStatisticImageFilterEnums::Statistic;

namespace
{
using SeriesType = itk::Image<float, 3>;
using HistogramFilterType = itk::PixelwiseTemporalHistogramImageFilter<SeriesType>;
using HistogramImageType = HistogramFilterType::OutputImageType;
using StatisticFilterType = itk::TemporalHistogramStatisticImageFilter<HistogramImageType, itk::Image<double, 2>>;

constexpr unsigned int numberOfFrames = 101;


SeriesType::Pointer
MakeSeries(bool ofIntegers)
{
  auto series = itk::MakeRandomImage<SeriesType>({ { 6, 5, numberOfFrames } }, 0.0, 255.0);
  if (ofIntegers)
  {
    float * values = series->GetBufferPointer();
    std::transform(values, values + 30 * numberOfFrames, values, [](float value) { return std::round(value / 8.0F); });
  }
  return series;
}


/** The samples of a pixel, sorted. */
std::vector<double>
GetSamples(const SeriesType * series, const itk::Index<2> & index)
{
  std::vector<double> samples;
  for (itk::IndexValueType frame = -3; frame < -3 + static_cast<int>(numberOfFrames); ++frame)
  {
    samples.push_back(series->GetPixel({ { index[0], index[1], frame } }));
  }
  std::sort(samples.begin(), samples.end());
  return samples;
}


/** `numpy.quantile(samples, q, method="inverted_cdf")`. */
double
GetQuantile(const std::vector<double> & samples, double probability)
{
  const auto rank = std::ceil(probability * static_cast<double>(samples.size()));
  return samples[static_cast<size_t>(std::max(rank - 1.0, 0.0))];
}


StatisticFilterType::Pointer
MakeFilter(SeriesType * series, HistogramBins * bins, Statistic statistic, double probability = 0.5)
{
  auto histogram = HistogramFilterType::New();
  histogram->SetInput(series);
  histogram->SetBins(bins);
  histogram->Update();
  auto filter = StatisticFilterType::New();
  filter->SetInput(histogram->GetOutput());
  filter->SetBins(bins);
  filter->SetStatistic(statistic);
  filter->SetProbability(probability);
  return filter;
}


/** Compares a statistic of each pixel with that of its samples. */
template <typename TGetExpected>
void
ExpectNear(SeriesType *         series,
           HistogramBins *      bins,
           Statistic            statistic,
           double               tolerance,
           const TGetExpected & getExpected,
           double               probability = 0.5)
{
  const auto filter = MakeFilter(series, bins, statistic, probability);
  filter->Update();
  itk::ImageRegionConstIteratorWithIndex<itk::Image<double, 2>> it(filter->GetOutput(),
                                                                   filter->GetOutput()->GetLargestPossibleRegion());
  for (; !it.IsAtEnd(); ++it)
  {
    EXPECT_NEAR(it.Get(), getExpected(GetSamples(series, it.GetIndex())), tolerance) << statistic << it.GetIndex();
  }
}


double
GetMean(const std::vector<double> & samples)
{
  return std::accumulate(samples.begin(), samples.end(), 0.0) / static_cast<double>(samples.size());
}


double
GetStandardDeviation(const std::vector<double> & samples)
{
  const double mean = GetMean(samples);
  const double sum = std::accumulate(samples.begin(), samples.end(), 0.0, [mean](double partialSum, double sample) {
    return partialSum + (sample - mean) * (sample - mean);
  });
  return std::sqrt(sum / static_cast<double>(samples.size()));
}
} // namespace


TEST(TemporalHistogramStatisticImageFilter, Is_exact_with_integer_bins)
{
  const auto series = MakeSeries(true);
  const auto bins = HistogramBins::New();
  bins->SetIntegers(0, 32);
  for (const double probability : { 0.0, 0.1, 0.25, 0.5, 0.77, 1.0 })
  {
    ExpectNear(
      series,
      bins,
      Statistic::Quantile,
      0.0,
      [=](const auto & samples) { return GetQuantile(samples, probability); },
      probability);
  }
  ExpectNear(series, bins, Statistic::Median, 0.0, [](const auto & samples) { return GetQuantile(samples, 0.5); });
  ExpectNear(series, bins, Statistic::InterquartileRange, 0.0, [](const auto & samples) {
    return GetQuantile(samples, 0.75) - GetQuantile(samples, 0.25);
  });
  ExpectNear(series, bins, Statistic::Count, 0.0, [](const auto & samples) { return samples.size(); });
  // Sums of integers are exact; the division and the root round.
  ExpectNear(series, bins, Statistic::Mean, 1e-14, GetMean);
  ExpectNear(series, bins, Statistic::StandardDeviation, 1e-13, GetStandardDeviation);
  ExpectNear(series, bins, Statistic::Mode, 0.0, [](const auto & samples) {
    double best = samples.front();
    for (const double sample : samples)
    {
      const auto frequency = std::count(samples.begin(), samples.end(), sample);
      best = frequency > std::count(samples.begin(), samples.end(), best) ? sample : best;
    }
    return best;
  });
}


TEST(TemporalHistogramStatisticImageFilter, Is_within_a_bin_of_the_samples_statistic)
{
  const auto   series = MakeSeries(false);
  const auto   bins = HistogramBins::New();
  const double width = 255.0 / 50.0;
  bins->SetUniform(50, 0.0, 255.0);
  for (const double probability : { 0.0, 0.1, 0.5, 0.9, 1.0 })
  {
    ExpectNear(
      series,
      bins,
      Statistic::Quantile,
      width,
      [=](const auto & samples) { return GetQuantile(samples, probability); },
      probability);
  }
  ExpectNear(series, bins, Statistic::Mean, width / 2.0, GetMean);
  ExpectNear(series, bins, Statistic::StandardDeviation, width / 2.0, GetStandardDeviation);
}


TEST(TemporalHistogramStatisticImageFilter, Rises_with_the_probability)
{
  const auto series = MakeSeries(false);
  const auto bins = HistogramBins::New();
  bins->SetLogarithmic(30, 1.0, 255.0);
  std::vector<double> previous(30, -1.0);
  for (double probability = 0.0; probability <= 1.0; probability += 1.0 / 64.0)
  {
    const auto filter = MakeFilter(series, bins, Statistic::Quantile, probability);
    filter->Update();
    for (size_t i = 0; i < previous.size(); ++i)
    {
      EXPECT_GE(filter->GetOutput()->GetBufferPointer()[i], previous[i]);
      previous[i] = filter->GetOutput()->GetBufferPointer()[i];
    }
  }
}


TEST(TemporalHistogramStatisticImageFilter, Finds_a_quantile_by_its_formula)
{
  auto histograms = HistogramImageType::New();
  histograms->SetRegions(itk::Size<2>{ { 1, 1 } });
  histograms->SetNumberOfComponentsPerPixel(3);
  histograms->Allocate();
  const unsigned int counts[] = { 2, 0, 6 };
  std::copy_n(counts, 3, histograms->GetBufferPointer());
  const auto bins = HistogramBins::New();
  bins->SetEdges({ 0.0, 10.0, 20.0, 50.0 });

  const auto filter = StatisticFilterType::New();
  filter->SetInput(histograms);
  filter->SetBins(bins);
  const auto getQuantile = [&](double probability) {
    filter->SetStatistic(Statistic::Quantile);
    filter->SetProbability(probability);
    filter->Update();
    return filter->GetOutput()->GetBufferPointer()[0];
  };
  EXPECT_EQ(getQuantile(0.0), 0.0);
  EXPECT_EQ(getQuantile(0.125), 5.0);
  EXPECT_EQ(getQuantile(0.25), 10.0);
  EXPECT_EQ(getQuantile(0.5), 30.0);
  EXPECT_EQ(getQuantile(1.0), 50.0);
}


TEST(TemporalHistogramStatisticImageFilter, Says_that_an_empty_histogram_has_no_value)
{
  const auto series = MakeSeries(false);
  const auto bins = HistogramBins::New();
  bins->SetUniform(5, 1000.0, 2000.0);
  for (const auto statistic : { Statistic::Quantile,
                                Statistic::Median,
                                Statistic::InterquartileRange,
                                Statistic::Mode,
                                Statistic::Mean,
                                Statistic::StandardDeviation })
  {
    const auto filter = MakeFilter(series, bins, statistic);
    filter->Update();
    EXPECT_TRUE(std::isnan(filter->GetOutput()->GetBufferPointer()[0])) << statistic;
  }
  const auto filter = MakeFilter(series, bins, Statistic::Count);
  filter->Update();
  EXPECT_EQ(filter->GetOutput()->GetBufferPointer()[0], 0.0);
}


TEST(TemporalHistogramStatisticImageFilter, Holds_to_the_streaming_law)
{
  const auto bins = HistogramBins::New();
  bins->SetUniform(20, 0.0, 255.0);
  const auto histogram = HistogramFilterType::New();
  histogram->SetInput(itk::MakeRandomImage<SeriesType>({ { 33, 27, 50 } }, 0.0, 255.0));
  histogram->SetBins(bins);
  histogram->Update();
  for (const auto statistic : { Statistic::Median, Statistic::Mean, Statistic::StandardDeviation })
  {
    itk::StreamingLaw::ExpectHolds(histogram->GetOutput(), [&](HistogramImageType * input) {
      const auto filter = itk::TemporalHistogramStatisticImageFilter<HistogramImageType>::New();
      filter->SetInput(input);
      filter->SetBins(bins);
      filter->SetStatistic(statistic);
      return filter;
    });
  }
}


TEST(TemporalHistogramStatisticImageFilter, Holds_to_the_law_of_aborts)
{
  const auto bins = HistogramBins::New();
  bins->SetUniform(100, 0.0, 255.0);
  const auto histogram = HistogramFilterType::New();
  histogram->SetInput(itk::MakeRandomImage<SeriesType>({ { 130, 110, 10 } }, 0.0, 255.0));
  histogram->SetBins(bins);
  histogram->Update();
  itk::AbortLaw::ExpectHolds(
    [&] {
      const auto filter = StatisticFilterType::New();
      filter->SetInput(histogram->GetOutput());
      filter->SetBins(bins);
      return filter;
    },
    [](const auto & filter) { return itk::StreamingLaw::GetBytes(filter->GetOutput()); });
}


TEST(TemporalHistogramStatisticImageFilter, Refuses_what_does_not_fit)
{
  const auto series = MakeSeries(false);
  const auto bins = HistogramBins::New();
  bins->SetUniform(5, 0.0, 255.0);
  EXPECT_THROW(MakeFilter(series, bins, Statistic::Quantile, 1.1)->Update(), itk::ExceptionObject);
  EXPECT_THROW(MakeFilter(series, bins, Statistic::Quantile, std::nan(""))->Update(), itk::ExceptionObject);

  const auto otherBins = HistogramBins::New();
  otherBins->SetUniform(6, 0.0, 255.0);
  const auto filter = MakeFilter(series, bins, Statistic::Median);
  filter->SetBins(otherBins);
  EXPECT_THROW(filter->Update(), itk::ExceptionObject);
}
