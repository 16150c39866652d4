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
#ifndef itkTemporalHistogramStatisticImageFilter_h
#define itkTemporalHistogramStatisticImageFilter_h

#include "itkHistogramBins.h"
#include "itkImage.h"
#include "itkImageToImageFilter.h"

#include <ostream>

namespace itk
{
/** \class TemporalHistogramStatisticImageFilterEnums
 * \brief What TemporalHistogramStatisticImageFilter can compute.
 * \ingroup IntensityMapping
 */
class TemporalHistogramStatisticImageFilterEnums
{
public:
  /** \ingroup IntensityMapping */
  enum class Statistic : std::uint8_t
  {
    Quantile,
    Median,
    InterquartileRange,
    Mode,
    Mean,
    StandardDeviation,
    Count
  };
};

inline std::ostream &
operator<<(std::ostream & os, TemporalHistogramStatisticImageFilterEnums::Statistic statistic)
{
  static const char * const names[] = { "Quantile",          "Median", "InterquartileRange", "Mode", "Mean",
                                        "StandardDeviation", "Count" };
  return os << names[static_cast<int>(statistic)];
}

/** \class TemporalHistogramStatisticImageFilter
 * \brief Computes one statistic per pixel from an image of histograms.
 *
 * The input is what PixelwiseTemporalHistogramImageFilter gives: a VectorImage with one count per bin. The bins say
 * which values the counts stand for. Samples that were under, over or invalid are not in the histogram, and so not in
 * the statistic. With n_k the count of bin k, between the edges e_k and e_{k+1} and with the centre c_k, and
 * n = sum_k n_k:
 *
 *   - Count: n.
 *   - Mean: m = sum_k n_k c_k / n. It differs from the samples' mean by at most half the widest bin's width.
 *   - StandardDeviation: sqrt(sum_k n_k (c_k - m)^2 / n).
 *   - Mode: the centre of the fullest bin, the first of them if there are several.
 *   - Quantile: of the first bin k (not empty) up to which at least q n samples lie, with b samples in the bins before,
 *     e_k + (q n - b) / n_k (e_{k+1} - e_k), as if the samples were spread evenly in the bin. It lies in the same bin
 * as `np.quantile(samples, q, method="inverted_cdf")`. If the bins stand for integers (HistogramBins::SetIntegers()),
 * it is c_k, and equals that value.
 *   - Median: the quantile of 0.5.
 *   - InterquartileRange: the quantile of 0.75 less that of 0.25.
 *
 * Of an empty histogram, Count is 0 and everything else NaN.
 *
 * Input counters: 16- or 32-bit unsigned integers, float or double. Output pixels: float (the default) or double.
 *
 * Streams: for a region of the output, the same region of the input is asked for.
 *
 * Throws before any pixel is touched if the quantile's probability is not in [0, 1], or the number of components of
 * the input is not that of the bins.
 *
 * \code
 * auto median = itk::TemporalHistogramStatisticImageFilter<HistogramImageType>::New();
 * median->SetInput(histogram->GetOutput());
 * median->SetBins(bins);
 * median->SetStatistic(itk::TemporalHistogramStatisticImageFilterEnums::Statistic::Median);
 * median->Update();
 * \endcode
 *
 * \sa PixelwiseTemporalHistogramImageFilter, HistogramBins
 * \ingroup IntensityMapping
 */
template <typename TInputImage, typename TOutputImage = Image<float, TInputImage::ImageDimension>>
class ITK_TEMPLATE_EXPORT TemporalHistogramStatisticImageFilter : public ImageToImageFilter<TInputImage, TOutputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(TemporalHistogramStatisticImageFilter);

  using Self = TemporalHistogramStatisticImageFilter;
  using Superclass = ImageToImageFilter<TInputImage, TOutputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(TemporalHistogramStatisticImageFilter, ImageToImageFilter);

  using InputImageType = TInputImage;
  using OutputImageType = TOutputImage;
  using CountType = typename InputImageType::InternalPixelType;
  using OutputPixelType = typename OutputImageType::PixelType;
  using OutputRegionType = typename OutputImageType::RegionType;
  using StatisticEnum = TemporalHistogramStatisticImageFilterEnums::Statistic;

  static_assert(std::is_floating_point<OutputPixelType>::value,
                "Only floating-point pixels can tell that there is none.");

  /** The bins of the histograms. Required. */
  itkSetInputMacro(Bins, HistogramBins);
  itkGetInputMacro(Bins, HistogramBins);

  /** What to compute. Default: Median. */
  itkSetEnumMacro(Statistic, StatisticEnum);
  itkGetEnumMacro(Statistic, StatisticEnum);

  /** The probability q of the statistic Quantile, in [0, 1]. Default: 0.5. */
  itkSetMacro(Probability, double);
  itkGetConstMacro(Probability, double);

protected:
  TemporalHistogramStatisticImageFilter();
  ~TemporalHistogramStatisticImageFilter() override = default;

  void
  VerifyPreconditions() const override;

  void
  GenerateOutputInformation() override;

  void
  DynamicThreadedGenerateData(const OutputRegionType & region) override;

  void
  AfterThreadedGenerateData() override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  double
  ComputeStatistic(const CountType * counts) const;

  StatisticEnum m_Statistic{ StatisticEnum::Median };
  double        m_Probability{ 0.5 };
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkTemporalHistogramStatisticImageFilter.hxx"
#endif

#endif
