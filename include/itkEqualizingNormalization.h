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
#ifndef itkEqualizingNormalization_h
#define itkEqualizingNormalization_h

#include "itkIntensityDistribution.h"
#include "itkIntensityNormalization.h"

#include <memory>
#include <vector>

namespace itk
{
/** \class EqualizingNormalization
 * \brief Normalizes an intensity by how many of all intensities are not above it: their empirical distribution.
 *
 * t = CountUpTo(x) / n, in double precision, with the IntensityDistribution of n intensities. Of the intensities that
 * the distribution was made of, equally many have each part of [0, 1]. So the colours of an image that a
 * ColormapImageFilter colours by it are used equally often, whatever the intensities are. The least intensity is mapped
 * to the fraction that equals it, which is above 0, and the greatest to 1.
 *
 * It can be learned from one image and used for others: a whole series, of which each frame is then normalized alike.
 *
 * An intensity below the least is mapped to minus infinity, one above the greatest to plus infinity, which are the
 * under and over colours; with Clip on, to 0 and to 1. NaN stays NaN. Minimum and Maximum are the least and the
 * greatest intensity. If the distribution is of no intensities, it is that of one, 0.
 *
 * The inverse is the quantile: the least intensity x that is mapped to t or above, see
 * IntensityDistribution::GetQuantile(). That of ForwardValue(x) is x, for each value x of the distribution. Below 0 and
 * above 1, it is minus and plus infinity.
 *
 * \code
 * auto sink = itk::IntensityDistributionImageSink<ImageType>::New();
 * sink->SetInput(reader->GetOutput());
 * auto filter = itk::ColormapImageFilter<ImageType>::New();
 * filter->SetInput(reader->GetOutput());
 * filter->SetNormalization(sink->GetNormalization());
 * \endcode
 *
 * \sa IntensityDistributionImageSink, HistogramEqualizationImageFilter
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT EqualizingNormalization : public IntensityNormalization
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(EqualizingNormalization);

  using Self = EqualizingNormalization;
  using Superclass = IntensityNormalization;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(EqualizingNormalization, IntensityNormalization);

  using DistributionPointer = std::shared_ptr<const IntensityDistribution>;
  using ValuesType = IntensityDistribution::ValuesType;
  using CountsType = IntensityDistribution::CountsType;

#if !defined(ITK_WRAPPING_PARSER)
  /** The distribution of intensities. Sets Minimum and Maximum to the least and the greatest. Default: that of the one
   * intensity 0. */
  void
  SetDistribution(DistributionPointer distribution);

  /** The distribution in use. */
  const DistributionPointer &
  GetDistribution() const
  {
    return m_Distribution;
  }

  /** The distribution of which `countsBelow[i]` intensities are below `values[i]`, and the last one is the number of
   * all. Throws as IntensityDistribution does. */
  void
  SetCounts(const ValuesType & values, const CountsType & countsBelow);

  /** The ascending values of the distribution. */
  ValuesType
  GetValues() const
  {
    return m_Distribution->GetValues();
  }

  /** How many intensities are below each value, and of all. */
  CountsType
  GetCountsBelow() const
  {
    return m_Distribution->GetCountsBelow();
  }
#endif

  bool
  RequiresDoublePrecision() const override
  {
    return true;
  }

  /** Throws also if Minimum or Maximum was set to anything but the least and the greatest intensity. */
  void
  Verify() const override;

  void
  Forward(const float * intensities, float * normalized, SizeValueType count) const override;

  void
  Forward(const double * intensities, double * normalized, SizeValueType count) const override;

  void
  Inverse(const double * normalized, double * intensities, SizeValueType count) const override;

protected:
  EqualizingNormalization();
  ~EqualizingNormalization() override = default;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  DistributionPointer m_Distribution;
};
} // namespace itk

#endif
