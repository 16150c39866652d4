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
#ifndef itkSymmetricLogNormalization_h
#define itkSymmetricLogNormalization_h

#include "itkIntensityNormalization.h"

namespace itk
{
/** \class SymmetricLogNormalization
 * \brief Normalizes intensities of both signs: linearly near 0, logarithmically beyond.
 *
 * t = (f(x) - f(Minimum)) / (f(Maximum) - f(Minimum)), where, with the LinearThreshold h, the LinearScale s, the Base b
 * and a = s / (1 - 1 / b),
 *
 *   - f(x) = a x, if |x| <= h;
 *   - f(x) = sign(x) h (a + log_b(|x| / h)), otherwise.
 *
 * The intensities from 0 to h take as much room as a steps by the factor b take beyond h. Infinities are mapped to NaN;
 * with Clip on, they are set to the nearer limit first.
 *
 * Always worked in double precision. Agrees with `matplotlib.colors.SymLogNorm` to within some units in the last place
 * for intensities in double precision; of those in single precision, matplotlib takes the logarithm in single
 * precision.
 *
 * The inverse takes f(Minimum) + t (f(Maximum) - f(Minimum)) back by the inverse of f.
 *
 * \sa LogNormalization, AsinhNormalization, which has no corner at the threshold
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT SymmetricLogNormalization : public IntensityNormalization
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(SymmetricLogNormalization);

  using Self = SymmetricLogNormalization;
  using Superclass = IntensityNormalization;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(SymmetricLogNormalization, IntensityNormalization);

  /** Up to this magnitude, intensities are mapped linearly. Default: 1. */
  itkSetMacro(LinearThreshold, double);
  itkGetConstMacro(LinearThreshold, double);

  /** How much room the linear range takes: LinearScale / (1 - 1 / Base) steps by the factor Base, for each sign.
   * Default: 1. */
  itkSetMacro(LinearScale, double);
  itkGetConstMacro(LinearScale, double);

  /** The base of the logarithm. Default: 10. */
  itkSetMacro(Base, double);
  itkGetConstMacro(Base, double);

  bool
  RequiresDoublePrecision() const override
  {
    return true;
  }

  /** Throws unless 0 < LinearThreshold, 0 < LinearScale and 1 < Base, all finite. */
  void
  VerifyParameters() const override;

  void
  Forward(const float * intensities, float * normalized, SizeValueType count) const override;

  void
  Forward(const double * intensities, double * normalized, SizeValueType count) const override;

  void
  Inverse(const double * normalized, double * intensities, SizeValueType count) const override;

protected:
  SymmetricLogNormalization() = default;
  ~SymmetricLogNormalization() override = default;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  double m_LinearThreshold{ 1.0 };
  double m_LinearScale{ 1.0 };
  double m_Base{ 10.0 };
};
} // namespace itk

#endif
