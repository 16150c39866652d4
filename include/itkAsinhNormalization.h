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
#ifndef itkAsinhNormalization_h
#define itkAsinhNormalization_h

#include "itkIntensityNormalization.h"

namespace itk
{
/** \class AsinhNormalization
 * \brief Normalizes intensities of both signs by the inverse hyperbolic sine: nearly linearly near 0, nearly
 * logarithmically far from it, and smoothly in between.
 *
 * t = (f(x) - f(Minimum)) / (f(Maximum) - f(Minimum)), where, with the LinearWidth w, f(x) = w asinh(x / w).
 * Infinities are mapped to NaN; with Clip on, they are set to the nearer limit first.
 *
 * Always worked in double precision. Agrees with `matplotlib.colors.AsinhNorm` to within some units in the last place,
 * but for |x| above 8e307 and where x / w overflows: these have a t here, while matplotlib masks them.
 *
 * The inverse is x = w sinh((f(Minimum) + t (f(Maximum) - f(Minimum))) / w).
 *
 * \sa SymmetricLogNormalization, LogNormalization
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT AsinhNormalization : public IntensityNormalization
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(AsinhNormalization);

  using Self = AsinhNormalization;
  using Superclass = IntensityNormalization;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(AsinhNormalization, IntensityNormalization);

  /** The magnitude of intensities about which the scale turns from linear to logarithmic. Default: 1. */
  itkSetMacro(LinearWidth, double);
  itkGetConstMacro(LinearWidth, double);

  bool
  RequiresDoublePrecision() const override
  {
    return true;
  }

  /** Throws unless LinearWidth is finite and above 0. */
  void
  VerifyParameters() const override;

  void
  Forward(const float * intensities, float * normalized, SizeValueType count) const override;

  void
  Forward(const double * intensities, double * normalized, SizeValueType count) const override;

  void
  Inverse(const double * normalized, double * intensities, SizeValueType count) const override;

protected:
  AsinhNormalization() = default;
  ~AsinhNormalization() override = default;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  double m_LinearWidth{ 1.0 };
};
} // namespace itk

#endif
