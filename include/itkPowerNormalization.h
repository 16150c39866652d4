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
#ifndef itkPowerNormalization_h
#define itkPowerNormalization_h

#include "itkIntensityNormalization.h"

namespace itk
{
/** \class PowerNormalization
 * \brief Normalizes intensities linearly, then raises them to a power: t = u^Gamma, where
 * u = (x - Minimum) / (Maximum - Minimum).
 *
 * A Gamma below 1 spreads low intensities, one above 1 high ones. Below Minimum, where a power may not exist, t = u.
 *
 * Agrees with `matplotlib.colors.PowerNorm`: single-precision intensities are worked in single precision throughout,
 * limits and Gamma included. The power itself differs between C libraries by a unit in its last place. Where rounding
 * would carry an intensity within [Minimum, Maximum] beyond 1, it is 1 here, while matplotlib takes it for one over
 * the limits.
 *
 * The inverse is x = Minimum + t^(1 / Gamma) (Maximum - Minimum), without the power if t < 0.
 *
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT PowerNormalization : public IntensityNormalization
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(PowerNormalization);

  using Self = PowerNormalization;
  using Superclass = IntensityNormalization;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(PowerNormalization, IntensityNormalization);

  /** The exponent. Default: 1. */
  itkSetMacro(Gamma, double);
  itkGetConstMacro(Gamma, double);

  bool
  RequiresDoublePrecision() const override
  {
    return false;
  }

  /** Throws unless Gamma is finite and above 0. */
  void
  VerifyParameters() const override;

  void
  Forward(const float * intensities, float * normalized, SizeValueType count) const override;

  void
  Forward(const double * intensities, double * normalized, SizeValueType count) const override;

  void
  Inverse(const double * normalized, double * intensities, SizeValueType count) const override;

protected:
  PowerNormalization() = default;
  ~PowerNormalization() override = default;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  double m_Gamma{ 1.0 };
};
} // namespace itk

#endif
