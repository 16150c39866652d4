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
#ifndef itkIntensityNormalization_h
#define itkIntensityNormalization_h

#include "itkRuler.h"

namespace itk
{
/** \class IntensityNormalization
 * \brief The ruler from intensities to [0, 1], and back.
 *
 * Maps the interval [Minimum, Maximum] of intensities onto [0, 1]. An intensity outside of it is mapped outside of
 * [0, 1], so that a Colormap can tell it apart, or onto the nearer end if Clip is on. NaN stays NaN. If Minimum equals
 * Maximum, each intensity, NaN too, is mapped to 0.
 *
 * Precision follows matplotlib: 8- and 16-bit integers and `float` are worked in single precision, wider types in
 * double precision. Some normalizations are always worked in double precision, see RequiresDoublePrecision().
 *
 * \sa LinearNormalization, CenteredNormalization, TwoSlopeNormalization, PowerNormalization, LogNormalization,
 * SymmetricLogNormalization, AsinhNormalization, BoundaryNormalization, Colormap
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT IntensityNormalization : public Ruler
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(IntensityNormalization);

  using Self = IntensityNormalization;
  using Superclass = Ruler;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkTypeMacro(IntensityNormalization, Ruler);

  /** The intensity that is mapped to 0. Default: 0. */
  itkSetMacro(Minimum, double);
  itkGetConstMacro(Minimum, double);

  /** The intensity that is mapped to 1. Default: 1. */
  itkSetMacro(Maximum, double);
  itkGetConstMacro(Maximum, double);

  /** Whether intensities outside of [Minimum, Maximum] are set to the nearer end before they are mapped.
   * Default: off. */
  itkSetMacro(Clip, bool);
  itkGetConstMacro(Clip, bool);
  itkBooleanMacro(Clip);

  /** Takes the least and the greatest intensity of the data: sets Minimum and Maximum so that both are mapped into
   * [0, 1]. */
  virtual void
  SetRange(double minimum, double maximum);

  /** Whether only intensities above 0 can be normalized. */
  virtual bool
  RequiresPositiveIntensities() const
  {
    return false;
  }

  /** Throws unless the parameters can be used, whatever Minimum and Maximum will be. */
  virtual void
  VerifyParameters() const
  {}

  /** Throws unless VerifyParameters() passes, Minimum and Maximum and their difference are finite, and
   * Minimum <= Maximum. */
  void
  Verify() const override;

  /** Whether single-precision intensities, too, have to be given to the double-precision Forward(). */
  virtual bool
  RequiresDoublePrecision() const
  {
    return m_Clip;
  }

  /** Normalizes `count` intensities in single precision. `intensities` and `normalized` may be the same. */
  virtual void
  Forward(const float * intensities, float * normalized, SizeValueType count) const = 0;

  /** Normalizes `count` intensities in double precision. `intensities` and `normalized` may be the same. */
  virtual void
  Forward(const double * intensities, double * normalized, SizeValueType count) const = 0;

  /** The intensities that have the given normalized values. `normalized` and `intensities` may be the same. */
  virtual void
  Inverse(const double * normalized, double * intensities, SizeValueType count) const = 0;

  /** Normalizes one intensity in double precision. */
  double
  ForwardValue(double intensity) const;

  /** The intensity that has a given normalized value. */
  double
  InverseValue(double normalized) const;

protected:
  IntensityNormalization() = default;
  ~IntensityNormalization() override = default;

  /** The single-precision Forward() of a normalization that requires double precision. */
  void
  ForwardInDoublePrecision(const float * intensities, float * normalized, SizeValueType count) const;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  double m_Minimum{ 0.0 };
  double m_Maximum{ 1.0 };
  bool   m_Clip{ false };
};
} // namespace itk

#endif
