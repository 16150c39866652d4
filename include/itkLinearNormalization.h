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
#ifndef itkLinearNormalization_h
#define itkLinearNormalization_h

#include "itkIntensityNormalization.h"

namespace itk
{
/** \class LinearNormalization
 * \brief Normalizes intensities linearly: t = (x - Minimum) / (Maximum - Minimum).
 *
 * Agrees to the bit with `matplotlib.colors.Normalize` on NumPy 2: the subtraction and the division are each computed
 * in double precision and, for single-precision intensities, each rounded to single precision. With Clip, all is double
 * precision. If Minimum equals Maximum, each intensity, NaN too, is mapped to 0.
 *
 * The inverse is x = Minimum + t (Maximum - Minimum).
 *
 * \code
 * auto normalization = itk::LinearNormalization::New();
 * normalization->SetMinimum(1500.0);
 * normalization->SetMaximum(4500.0);
 * normalization->ForwardValue(3000.0); // 0.5
 * \endcode
 *
 * Learn one from an image with IntensityRangeImageSink.
 *
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT LinearNormalization : public IntensityNormalization
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(LinearNormalization);

  using Self = LinearNormalization;
  using Superclass = IntensityNormalization;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(LinearNormalization, IntensityNormalization);

  void
  Forward(const float * intensities, float * normalized, SizeValueType count) const override;

  void
  Forward(const double * intensities, double * normalized, SizeValueType count) const override;

  void
  Inverse(const double * normalized, double * intensities, SizeValueType count) const override;

protected:
  LinearNormalization() = default;
  ~LinearNormalization() override = default;
};
} // namespace itk

#endif
