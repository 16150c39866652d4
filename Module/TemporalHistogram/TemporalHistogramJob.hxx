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
#ifndef TemporalHistogramJob_hxx
#define TemporalHistogramJob_hxx

#include "TemporalHistogramJob.h"

#include "DispatchOnComponentType.h"
#include "FileNames.h"
#include "PiecewiseImageOutput.h"
#include "ProgressBar.h"
#ifdef IntensityMapping_USE_VTK
#  include "IntensityMappingRendering.h"
#endif

#include "itkHistogramStatisticKernel.h"
#include "itkImageFileReader.h"
#include "itkImageSeriesReader.h"
#include "itkIntensityRangeImageSink.h"
#include "itkPixelwiseTemporalHistogramImageFilter.h"
#include "itkTemporalHistogramStatisticImageFilter.h"
#include "itkUnaryGeneratorImageFilter.h"

#include <cmath>
#include <limits>
#include <memory>

namespace IntensityMapping
{
/** The series as one image whose last axis is time; nothing of it is read yet. */
template <typename TSeries>
typename itk::ImageSource<TSeries>::Pointer
MakeSeriesReader(const TemporalHistogramJob & job)
{
  if (job.IsOneImage())
  {
    auto reader = itk::ImageFileReader<TSeries>::New();
    reader->SetFileName(job.frames.front());
    return reader.GetPointer();
  }
  auto reader = itk::ImageSeriesReader<TSeries>::New();
  reader->SetFileNames(job.frames);
  reader->MetaDataDictionaryArrayUpdateOff();
  // Where the frames lie is of no concern, and no reason for a warning.
  reader->SetSpacingWarningRelThreshold(std::numeric_limits<double>::infinity());
  return reader.GetPointer();
}


/** The mask as zeros and ones, and what it is read by. */
template <typename TMask>
struct MaskSource
{
  itk::ProcessObject::Pointer               reader;
  typename itk::ImageSource<TMask>::Pointer filter;
};


/** The mask in its own type is compared with 0: a cast to bytes would make 0 of 256 or 0.5. */
template <typename TMask>
MaskSource<TMask>
MakeMaskSource(const std::string & fileName)
{
  MaskSource<TMask> source;
  DispatchOnComponentType(DescribeImage(fileName).componentType, [&](auto zero) {
    using FileImageType = itk::Image<decltype(zero), TMask::ImageDimension>;
    const auto reader = itk::ImageFileReader<FileImageType>::New();
    reader->SetFileName(fileName);
    const auto filter = itk::UnaryGeneratorImageFilter<FileImageType, TMask>::New();
    filter->SetInput(reader->GetOutput());
    filter->SetFunctor([](const decltype(zero) & value) { return static_cast<typename TMask::PixelType>(value != 0); });
    source = { reader.GetPointer(), filter.GetPointer() };
  });
  return source;
}


/** The least and the greatest value of the series, in pieces of time. */
template <typename TSeries>
itk::IntensityRange
FindRange(const TemporalHistogramJob & job)
{
  const auto reader = MakeSeriesReader<TSeries>(job);
  reader->UpdateOutputInformation();
  const auto bytes =
    reader->GetOutput()->GetLargestPossibleRegion().GetNumberOfPixels() * sizeof(typename TSeries::PixelType);
  const auto sink = itk::IntensityRangeImageSink<TSeries>::New();
  sink->SetInput(reader->GetOutput());
  sink->SetNumberOfStreamDivisions(static_cast<unsigned int>(4 * bytes / job.memory + 1));
  ProgressBar progress(job.processInformation);
  progress.AddStage(sink, "Finding the range");
  sink->Update();
  progress.ThrowIfStopped();
  if (sink->GetRange().NumberOfFiniteValues == 0)
  {
    throw std::runtime_error(
      "No value of the series is a finite number: give --minimum and --maximum to count anyway.");
  }
  return sink->GetRange();
}


template <typename TSeries>
itk::HistogramBins::Pointer
MakeBins(const TemporalHistogramJob & job)
{
  using PixelType = typename TSeries::PixelType;
  constexpr bool isByte = sizeof(PixelType) == 1;
  auto           bins = itk::HistogramBins::New();
  if (!job.edges.empty())
  {
    bins->SetEdges(job.edges);
    return bins;
  }

  double     minimum = job.minimum;
  double     maximum = job.maximum;
  const bool isOnePerValue =
    job.binSpacing == "integer" || (job.binSpacing == "uniform" && isByte && job.numberOfBins < 0);
  if (isByte && isOnePerValue)
  {
    minimum = std::isnan(minimum) ? static_cast<double>(std::numeric_limits<PixelType>::min()) : minimum;
    maximum = std::isnan(maximum) ? static_cast<double>(std::numeric_limits<PixelType>::max()) : maximum;
  }
  if (std::isnan(minimum) || std::isnan(maximum))
  {
    const auto range = FindRange<TSeries>(job);
    minimum = std::isnan(minimum) ? range.Minimum : minimum;
    maximum = std::isnan(maximum) ? range.Maximum : maximum;
    if (minimum == maximum && job.binSpacing == "logarithmic")
    {
      minimum /= 2.0;
      maximum *= 2.0;
    }
    else if (minimum == maximum && !isOnePerValue)
    {
      // As numpy.histogram does for a constant.
      minimum -= 0.5;
      maximum += 0.5;
    }
  }

  const auto numberOfBins = static_cast<itk::SizeValueType>(job.numberOfBins < 0 ? 100 : job.numberOfBins);
  if (isOnePerValue)
  {
    // Integers beyond are refused by the bins.
    constexpr double limit = 4.0e18;
    bins->SetIntegers(static_cast<std::int64_t>(std::round(std::max(-limit, std::min(limit, minimum)))),
                      static_cast<std::int64_t>(std::round(std::max(-limit, std::min(limit, maximum)))));
  }
  else if (job.binSpacing == "logarithmic")
  {
    bins->SetLogarithmic(numberOfBins, minimum, maximum);
  }
  else
  {
    bins->SetUniform(numberOfBins, minimum, maximum);
  }
  return bins;
}


/** The filters behind the outputs, and the outputs that were asked for. */
template <typename TSeries, typename TCount>
class TemporalHistogramPipeline
{
public:
  static constexpr unsigned int Dimension = TSeries::ImageDimension - 1;
  using FilterType = itk::PixelwiseTemporalHistogramImageFilter<TSeries, itk::VectorImage<TCount, Dimension>>;
  using HistogramType = typename FilterType::OutputImageType;
  using StatisticFilterType = itk::TemporalHistogramStatisticImageFilter<HistogramType>;
  using StatisticEnum = typename StatisticFilterType::StatisticEnum;
  using RegionType = typename HistogramType::RegionType;

  explicit TemporalHistogramPipeline(const TemporalHistogramJob & job)
    : m_Job(job)
    , m_Reader(MakeSeriesReader<TSeries>(job))
  {
    m_Filter->SetInput(m_Reader->GetOutput());
    m_Filter->SetChunkMemory(job.memory / 4);
    if (!job.mask.empty())
    {
      m_Mask = MakeMaskSource<MaskImageType>(job.mask);
      m_Filter->SetMaskImage(m_Mask.filter->GetOutput());
      // A mask is for the pixels, wherever its file says that it lies, in time not least.
      m_Filter->SetCoordinateTolerance(std::numeric_limits<double>::infinity());
      m_Filter->SetDirectionTolerance(std::numeric_limits<double>::infinity());
    }
    this->AddOutput(m_Filter->GetOutput(), job.histogram);
    this->AddOutput(m_Filter->GetUnderCountImage(), job.underCount);
    this->AddOutput(m_Filter->GetOverCountImage(), job.overCount);
    this->AddOutput(m_Filter->GetInvalidCountImage(), job.invalidCount);
    this->AddStatistic(StatisticEnum::Median, job.median);
    this->AddStatistic(StatisticEnum::Mean, job.mean);
    this->AddStatistic(StatisticEnum::Mode, job.mode);
    this->AddStatistic(StatisticEnum::StandardDeviation, job.standardDeviation);
    this->AddStatistic(StatisticEnum::InterquartileRange, job.interquartileRange);
    this->AddStatistic(StatisticEnum::Quantile, job.quantile);
    this->AddStatistic(StatisticEnum::Count, job.count);
    if (!job.plot.empty())
    {
      m_PlotFile = std::make_unique<OutputFile>(job.plot);
    }
  }

  /** Counts, writes all outputs, and puts them in their places when all are complete. */
  void
  Run(const itk::HistogramBins * bins)
  {
    m_Filter->SetBins(bins);
    for (const auto & statistic : m_Statistics)
    {
      statistic->SetBins(bins);
    }
    m_Filter->UpdateOutputInformation();
    const auto  whole = m_Filter->GetOutput()->GetLargestPossibleRegion();
    ProgressBar progress(m_Job.processInformation);
    progress.AddStage(m_Filter, "Counting");
    m_Outputs.Write(m_Filter->GetOutput(), this->CountPieces(whole), progress, [&](const RegionType & region) {
      this->KeepPlottedCounts(region, whole);
    });
    this->Commit();
  }

private:
  template <typename TImage>
  void
  AddOutput(TImage * image, const std::string & fileName)
  {
    m_Outputs.Add(image, fileName, m_Job.compress);
  }

  void
  AddStatistic(StatisticEnum statistic, const std::string & fileName)
  {
    if (!fileName.empty())
    {
      const auto filter = StatisticFilterType::New();
      filter->SetInput(m_Filter->GetOutput());
      filter->SetStatistic(statistic);
      filter->SetProbability(m_Job.probability);
      m_Statistics.push_back(filter);
      this->AddOutput(filter->GetOutput(), fileName);
    }
  }

  /** How many pieces keep the counters and the statistics within three quarters of the memory. */
  unsigned int
  CountPieces(const RegionType & whole) const
  {
    const auto bytesOfPixel =
      (m_Filter->GetBins()->GetNumberOfBins() + 3) * sizeof(TCount) + m_Statistics.size() * sizeof(float);
    const auto bytes = whole.GetNumberOfPixels() * bytesOfPixel;
    return static_cast<unsigned int>(bytes / (m_Job.memory / 4 * 3) + 1);
  }

  void
  KeepPlottedCounts(const RegionType & region, const RegionType & whole)
  {
    if (!m_PlotFile)
    {
      return;
    }
    auto index = whole.GetIndex();
    for (unsigned int i = 0; i < Dimension; ++i)
    {
      index[i] += m_Job.plotPixel[i];
    }
    if (region.IsInside(index))
    {
      const auto pixel = m_Filter->GetOutput()->GetPixel(index);
      m_PlottedCounts.assign(pixel.GetDataPointer(), pixel.GetDataPointer() + pixel.GetSize());
    }
  }

  void
  Commit()
  {
    if (m_PlotFile)
    {
      this->DrawPlot();
    }
    m_Outputs.Commit();
    if (m_PlotFile)
    {
      m_PlotFile->Commit();
    }
  }

  void
  DrawPlot() const
  {
#ifdef IntensityMapping_USE_VTK
    const auto & bins = *m_Filter->GetBins();
    std::string  pixelName;
    for (const int coordinate : m_Job.plotPixel)
    {
      pixelName += (pixelName.empty() ? "" : ", ") + std::to_string(coordinate);
    }
    HistogramChart chart;
    chart.Edges = bins.GetEdges();
    chart.Counts = m_PlottedCounts;
    chart.Title = m_Job.plotTitle.empty()
                    ? "Pixel (" + pixelName + ") over " + std::to_string(m_Job.GetNumberOfFrames()) + " frames"
                    : m_Job.plotTitle;
    chart.XLabel = m_Job.valueLabel;
    chart.YLabel = "frames";
    chart.XScale =
      m_Job.binSpacing == "logarithmic" && m_Job.edges.empty() ? AxisScale::Logarithmic : AxisScale::Linear;
    chart.Markers = { { "median", itk::ComputeHistogramQuantile(m_PlottedCounts.data(), bins, 0.5) },
                      { "mean", itk::ComputeHistogramMean(m_PlottedCounts.data(), bins) } };
    DrawHistogramChart(chart, m_PlotFile->GetTemporaryName());
#endif
  }

  using MaskImageType = typename FilterType::MaskImageType;

  const TemporalHistogramJob &                       m_Job;
  typename itk::ImageSource<TSeries>::Pointer        m_Reader;
  MaskSource<MaskImageType>                          m_Mask;
  typename FilterType::Pointer                       m_Filter{ FilterType::New() };
  std::vector<typename StatisticFilterType::Pointer> m_Statistics;
  PiecewiseImageOutputs                              m_Outputs;
  std::unique_ptr<OutputFile>                        m_PlotFile;
  std::vector<double>                                m_PlottedCounts;
};


template <unsigned int VDimension>
itk::HistogramBins::Pointer
RunTemporalHistogram(const TemporalHistogramJob & job)
{
  itk::HistogramBins::Pointer bins;
  DispatchOnComponentType(job.description.componentType, [&](auto zero) {
    using SeriesType = itk::Image<decltype(zero), VDimension + 1>;
    // That an output cannot be written is found before the range is.
    const auto run = [&](auto && pipeline) {
      bins = MakeBins<SeriesType>(job);
      pipeline.Run(bins);
    };
    // 16 bits and float are the counters that ITK's Python packages can read.
    if (job.GetNumberOfFrames() <= std::numeric_limits<std::uint16_t>::max())
    {
      run(TemporalHistogramPipeline<SeriesType, std::uint16_t>(job));
    }
    else
    {
      run(TemporalHistogramPipeline<SeriesType, float>(job));
    }
  });
  return bins;
}
} // namespace IntensityMapping

#endif
