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
#ifndef itkHistogramEqualizationKernel_h
#define itkHistogramEqualizationKernel_h

#include "itkIntensityDistribution.h"

#include <cstdint>
#include <memory>
#include <ostream>
#include <vector>

namespace itk
{
/** \class HistogramEqualizationEnums
 * \brief The conventions by which histograms are equalized.
 * \ingroup IntensityMapping
 */
class HistogramEqualizationEnums
{
public:
  /** With n intensities, of which c(x) are not above x and b(x) are below x, x becomes
   *
   * - EmpiricalDistribution: c(x) / n, laid onto the range of the output. What
   *   `skimage.exposure.equalize_hist` makes of integers.
   * - Rank: b(x), as `numpy.sort(image.ravel()).searchsorted(image)`.
   * - BinCenters: the fraction of intensities in bins of equal width up to that of x, interpolated linearly between the
   *   centres of the bins, laid onto the range of the output. What `skimage.exposure.equalize_hist` makes of
   *   floating-point numbers.
   * - BinEdges: the same, interpolated between the left edges of B bins, times B - 1: the recipe with
   * `numpy.histogram`, `cumsum` and `numpy.interp`.
   * - OpenCV: rint((c(x) - h) 255 / (n - h)) in single precision, with h of the least intensity, as `cv2.equalizeHist`.
   *   For 8-bit integers without sign.
   * - Pillow: (s / 2 + b(x)) / s in integers, with s = (n - h) / 255 and h of the greatest intensity, as
   *   `PIL.ImageOps.equalize`. For 8-bit integers without sign. */
  enum class Method : std::uint8_t
  {
    EmpiricalDistribution,
    Rank,
    BinCenters,
    BinEdges,
    OpenCV,
    Pillow
  };
};

IntensityMapping_EXPORT std::ostream &
                        operator<<(std::ostream & os, HistogramEqualizationEnums::Method method);

/** Whether a method goes by bins of equal width. */
inline bool
UsesBins(HistogramEqualizationEnums::Method method)
{
  return method == HistogramEqualizationEnums::Method::BinCenters ||
         method == HistogramEqualizationEnums::Method::BinEdges;
}

/** \class HistogramEqualizationRule
 * \brief What a method that goes by counts makes of a count. */
class IntensityMapping_EXPORT HistogramEqualizationRule
{
public:
  using Method = HistogramEqualizationEnums::Method;

  /** Leaves everything as it is. */
  HistogramEqualizationRule() = default;

  /** `countOfLeast` and `countOfGreatest` intensities are the least and the greatest ones. The levels of
   * EmpiricalDistribution are from `minimum` to `maximum`. */
  HistogramEqualizationRule(Method        method,
                            SizeValueType numberOfIntensities,
                            SizeValueType countOfLeast,
                            SizeValueType countOfGreatest,
                            double        minimum,
                            double        maximum);

  /** Whether intensities stay as they are: there are none, or they are too few for the method to do anything. */
  bool
  IsIdentity() const
  {
    return m_IsIdentity;
  }

  /** Whether it goes by the count below an intensity, rather than up to it. */
  bool
  UsesCountBelow() const
  {
    return m_Method == Method::Rank || m_Method == Method::Pillow;
  }

  /** The levels of counts. */
  void
  GetLevels(const SizeValueType * counts, double * levels, SizeValueType count) const;

private:
  Method        m_Method{ Method::EmpiricalDistribution };
  SizeValueType m_NumberOfIntensities{ 0 };
  SizeValueType m_CountOfLeast{ 0 };
  SizeValueType m_StepOfPillow{ 0 };
  double        m_Minimum{ 0.0 };
  double        m_Maximum{ 1.0 };
  bool          m_IsIdentity{ true };
};

/** \class HistogramEqualizationTransfer
 * \brief What intensities become by equalization, or by matching one distribution to another.
 *
 * What is not finite stays as it is. Matching takes 8 bytes for each value of the distribution, which a transfer
 * shares.
 */
class IntensityMapping_EXPORT HistogramEqualizationTransfer
{
public:
  using Method = HistogramEqualizationEnums::Method;
  using DistributionPointer = std::shared_ptr<const IntensityDistribution>;

  /** Leaves everything as it is. */
  HistogramEqualizationTransfer() = default;

  /** By a method that goes by counts. */
  static HistogramEqualizationTransfer
  MakeOfCounts(DistributionPointer distribution, Method method, double minimum, double maximum);

  /** By a method that goes by bins: the values are their edges. `isSingle` tells that intensities are in single
   * precision, in which scikit-image then has the centres and fractions. */
  static HistogramEqualizationTransfer
  MakeOfBins(const IntensityDistribution & bins, Method method, bool isSingle, double minimum, double maximum);

  /** An intensity x becomes the quantile c(x) / n of the target, interpolated linearly, as
   * `skimage.exposure.match_histograms` has it. */
  static HistogramEqualizationTransfer
  MakeOfTarget(DistributionPointer distribution, const IntensityDistribution & target);

  /** What intensities become. `intensities` and `levels` may be the same. */
  void
  Map(const double * intensities, double * levels, SizeValueType count) const;

private:
  enum class Interpolation : std::uint8_t
  {
    Identity,
    RuleOfCount,
    LevelOfPosition,
    Linear
  };

  /** By the levels of the values on either side of an intensity. */
  double
  InterpolateLinearly(double intensity, SizeValueType position) const;

  void
  MapBlock(const double * intensities, double * levels, SizeValueType count) const;

  Interpolation             m_Interpolation{ Interpolation::Identity };
  DistributionPointer       m_Distribution;
  HistogramEqualizationRule m_Rule;
  std::vector<double>       m_Levels;
};

/** Levels as values of a type: those of integers are rounded, halves to the even one, and kept within the range of the
 * type; NaN becomes 0 there. */
template <typename TOutput>
IntensityMapping_EXPORT void
ConvertLevels(const double * levels, TOutput * output, SizeValueType count);

/** Makes a table of what each value of an 8- or 16-bit type becomes, from how many intensities have it; both in the
 * order of the values. */
template <typename TInput, typename TOutput>
IntensityMapping_EXPORT void
MakeTableOfCounts(const std::uint32_t *              countsOfValues,
                  HistogramEqualizationEnums::Method method,
                  double                             minimum,
                  double                             maximum,
                  TOutput *                          table);

/** Looks up values in a table that has them in their order. */
template <typename TInput, typename TOutput>
IntensityMapping_EXPORT void
LookUp(const TInput * values, const TOutput * table, TOutput * output, SizeValueType count);
} // namespace itk

#endif
