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
#ifndef itkCenteredNormalization_h
#define itkCenteredNormalization_h

#include "itkLinearNormalization.h"

namespace itk
{
/** \class CenteredNormalization
 * \brief Normalizes intensities linearly about a centre, which is mapped to 0.5.
 *
 * With h = max(Center - minimum, maximum - Center), where minimum and maximum are the limits as they were set, the
 * limits in use are Center - h and Center + h, and t = (x - (Center - h)) / (2 h). GetMinimum() and GetMaximum() return
 * the limits in use.
 *
 * For differences and other data with a neutral value, on a diverging colormap.
 *
 * Agrees with `matplotlib.colors.CenteredNorm` of `vcenter = Center, halfrange = h`, to the bit but for the last bit of
 * the limits.
 *
 * \code
 * auto normalization = itk::CenteredNormalization::New();
 * normalization->SetRange(-2.0, 4.0);
 * normalization->GetMinimum(); // -4
 * normalization->ForwardValue(0.0); // 0.5
 * \endcode
 *
 * \sa TwoSlopeNormalization, which has a slope of its own on either side
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT CenteredNormalization : public LinearNormalization
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(CenteredNormalization);

  using Self = CenteredNormalization;
  using Superclass = LinearNormalization;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(CenteredNormalization, LinearNormalization);

  /** The intensity that is mapped to 0.5. Default: 0. */
  itkSetMacro(Center, double);
  itkGetConstMacro(Center, double);

  /** The intensity that is mapped to 0: as far below Center as Maximum is above it. */
  double
  GetMinimum() const override;

  /** The intensity that is mapped to 1: as far above Center as Minimum is below it. */
  double
  GetMaximum() const override;

  /** Throws unless Center is finite. */
  void
  VerifyParameters() const override;

  /** Throws also unless the limits in use are finite. */
  void
  Verify() const override;

protected:
  CenteredNormalization() = default;
  ~CenteredNormalization() override = default;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  double
  GetHalfRange() const;

  double m_Center{ 0.0 };
};
} // namespace itk

#endif
