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
#ifndef itkLogNormalization_h
#define itkLogNormalization_h

#include "itkIntensityNormalization.h"

namespace itk
{
/** \class LogNormalization
 * \brief Normalizes positive intensities on a logarithmic scale:
 * t = (log10(x) - log10(Minimum)) / (log10(Maximum) - log10(Minimum)).
 *
 * Equal ratios of intensities have equal distances. An intensity of 0 or below has no logarithm and is mapped to NaN,
 * as are infinities; with Clip on, they are set to the nearer limit first.
 *
 * Agrees with `matplotlib.colors.LogNorm`: the logarithm, the subtraction and the division are each computed in double
 * precision and, for single-precision intensities, each rounded to single precision. The logarithms agree to within a
 * unit in the last place in single precision, three in double precision; those of powers of ten are exact. Where
 * rounding would carry an intensity within [Minimum, Maximum] outside of [0, 1], it is 0 or 1 here, while matplotlib
 * takes it for one under or over the limits.
 *
 * The inverse is x = Minimum (Maximum / Minimum)^t.
 *
 * \code
 * auto normalization = itk::LogNormalization::New();
 * normalization->SetMinimum(1.0);
 * normalization->SetMaximum(10000.0);
 * normalization->ForwardValue(100.0); // 0.5
 * \endcode
 *
 * \sa SymmetricLogNormalization, AsinhNormalization
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT LogNormalization : public IntensityNormalization
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(LogNormalization);

  using Self = LogNormalization;
  using Superclass = IntensityNormalization;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  /** The default limits are 1 and 10. */
  itkNewMacro(Self);
  itkTypeMacro(LogNormalization, IntensityNormalization);

  bool
  RequiresPositiveIntensities() const override
  {
    return true;
  }

  bool
  RequiresDoublePrecision() const override
  {
    return false;
  }

  /** Throws also if Minimum is not above 0. */
  void
  Verify() const override;

  void
  Forward(const float * intensities, float * normalized, SizeValueType count) const override;

  void
  Forward(const double * intensities, double * normalized, SizeValueType count) const override;

  void
  Inverse(const double * normalized, double * intensities, SizeValueType count) const override;

protected:
  LogNormalization();
  ~LogNormalization() override = default;
};
} // namespace itk

#endif
