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
#ifndef itkBoundaryNormalization_h
#define itkBoundaryNormalization_h

#include "itkIntensityNormalization.h"

#include <vector>

namespace itk
{
/** \class BoundaryNormalization
 * \brief Normalizes intensities by the interval between boundaries that they lie in: one colour per interval.
 *
 * The regions are the intervals boundary[i] <= x < boundary[i + 1]; with ExtendMinimum, one more below them, and with
 * ExtendMaximum, one more above. Region d of the R regions has the colour of index
 *
 *   - k = d, if NumberOfColors = R;
 *   - k = floor((NumberOfColors - 1) / 2), if R = 1;
 *   - k = floor((NumberOfColors - 1) / (R - 1) d), otherwise,
 *
 * and x in it is mapped to the centre of that colour, t = (k + 0.5) / NumberOfColors. So a Colormap of NumberOfColors
 * entries gives the very entry k. One of any other number of entries gives the entry at the same place.
 *
 * An intensity below the first boundary is mapped to minus infinity, one at or above the last to plus infinity, which
 * are the under and over colours; with Clip on, to the first region and to the last colour. NaN stays NaN. The regions
 * that ExtendMinimum and ExtendMaximum add leave the first and the last entry to the under and over colours, which are
 * these entries unless set otherwise.
 *
 * Agrees to the byte with `matplotlib.colors.BoundaryNorm(boundaries, NumberOfColors)`, but for NaN, which that gives a
 * colour, or the colour over. As there, single-precision intensities are compared with the first and the last boundary
 * in single precision, and with those between in double precision.
 *
 * The inverse is the centre of the interval of the region whose colour is nearest; minus or plus infinity for the
 * regions below and above, and outside of [0, 1].
 *
 * \code
 * auto normalization = itk::BoundaryNormalization::New();
 * normalization->SetBoundaries({ 0.0, 18.5, 25.0, 30.0 });
 * normalization->SetNumberOfColors(colormap->GetNumberOfEntries());
 * \endcode
 *
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT BoundaryNormalization : public IntensityNormalization
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(BoundaryNormalization);

  using Self = BoundaryNormalization;
  using Superclass = IntensityNormalization;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(BoundaryNormalization, IntensityNormalization);

  using BoundariesType = std::vector<double>;

  /** The most colours there may be. */
  static constexpr SizeValueType MaximumNumberOfColors = 1u << 20;

  /** The boundaries of the intervals. Sets Minimum and Maximum to the first and the last. Default: 0 and 1. */
  void
  SetBoundaries(const BoundariesType & boundaries);
  itkGetConstReferenceMacro(Boundaries, BoundariesType);

  /** How many entries the colormap has. Default: 256. */
  itkSetMacro(NumberOfColors, SizeValueType);
  itkGetConstMacro(NumberOfColors, SizeValueType);

  /** Whether there is a region below the first boundary. Default: off. */
  itkSetMacro(ExtendMinimum, bool);
  itkGetConstMacro(ExtendMinimum, bool);
  itkBooleanMacro(ExtendMinimum);

  /** Whether there is a region above the last boundary. Default: off. */
  itkSetMacro(ExtendMaximum, bool);
  itkGetConstMacro(ExtendMaximum, bool);
  itkBooleanMacro(ExtendMaximum);

  /** The number of intervals, and of regions below and above them. */
  SizeValueType
  GetNumberOfRegions() const
  {
    return m_Boundaries.size() - 1 + (m_ExtendMinimum ? 1 : 0) + (m_ExtendMaximum ? 1 : 0);
  }

  bool
  RequiresDoublePrecision() const override
  {
    return false;
  }

  /** Throws unless there are at least two boundaries, finite and strictly increasing, and from as many colours as there
   * are regions to MaximumNumberOfColors, and if there is a region below or above with Clip on. */
  void
  VerifyParameters() const override;

  /** Throws also if Minimum or Maximum was set to anything but the first and the last boundary. */
  void
  Verify() const override;

  void
  Forward(const float * intensities, float * normalized, SizeValueType count) const override;

  void
  Forward(const double * intensities, double * normalized, SizeValueType count) const override;

  void
  Inverse(const double * normalized, double * intensities, SizeValueType count) const override;

protected:
  BoundaryNormalization() = default;
  ~BoundaryNormalization() override = default;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  SizeValueType
  GetColorOfRegion(SizeValueType region) const;

  double
  GetCenterOfRegion(SizeValueType region) const;

  template <typename TReal>
  void
  NormalizeSpan(const TReal * intensities, TReal * normalized, SizeValueType count) const;

  BoundariesType m_Boundaries{ 0.0, 1.0 };
  SizeValueType  m_NumberOfColors{ 256 };
  bool           m_ExtendMinimum{ false };
  bool           m_ExtendMaximum{ false };
};
} // namespace itk

#endif
