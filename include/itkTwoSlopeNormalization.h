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
#ifndef itkTwoSlopeNormalization_h
#define itkTwoSlopeNormalization_h

#include "itkIntensityNormalization.h"

namespace itk
{
/** \class TwoSlopeNormalization
 * \brief Normalizes intensities linearly on either side of a centre, which is mapped to 0.5.
 *
 *   - t = 0.5 (x - Minimum) / (Center - Minimum), if Minimum <= x < Center;
 *   - t = 0.5 + 0.5 (x - Center) / (Maximum - Center), if Center <= x <= Maximum;
 *   - t is minus or plus infinity outside of the limits.
 *
 * For data that change at different rates below and above a value of meaning, such as heights about the sea level.
 *
 * Always worked in double precision, to the bit as `matplotlib.colors.TwoSlopeNorm`, which knows no Clip.
 *
 * The inverse is linear on either side of t = 0.5, and minus or plus infinity outside of [0, 1].
 *
 * \sa CenteredNormalization, which has the same slope on either side
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT TwoSlopeNormalization : public IntensityNormalization
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(TwoSlopeNormalization);

  using Self = TwoSlopeNormalization;
  using Superclass = IntensityNormalization;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(TwoSlopeNormalization, IntensityNormalization);

  /** The intensity that is mapped to 0.5. Default: 0. */
  itkSetMacro(Center, double);
  itkGetConstMacro(Center, double);

  /** Takes the least and the greatest intensity of the data. If both are on one side of Center, or one is at it, the
   * limit on the other side is set as far away as that on this side. */
  void
  SetRange(double minimum, double maximum) override;

  bool
  RequiresDoublePrecision() const override
  {
    return true;
  }

  /** Throws unless Center is finite. */
  void
  VerifyParameters() const override;

  /** Throws also unless Minimum <= Center <= Maximum. */
  void
  Verify() const override;

  void
  Forward(const float * intensities, float * normalized, SizeValueType count) const override;

  void
  Forward(const double * intensities, double * normalized, SizeValueType count) const override;

  void
  Inverse(const double * normalized, double * intensities, SizeValueType count) const override;

protected:
  TwoSlopeNormalization() = default;
  ~TwoSlopeNormalization() override = default;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  double m_Center{ 0.0 };
};
} // namespace itk

#endif
