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
#ifndef itkInverseColormapLookup_h
#define itkInverseColormapLookup_h

#include "itkInverseColormapTable.h"

#include <limits>
#include <memory>

namespace itk
{
/** How colours are looked up; see InverseColormapImageFilter. */
struct InverseColormapSettings
{
  ColorMetric m_Metric{ ColorMetric::MakeEuclidean() };
  bool        m_Interpolate{ false };
  double      m_OverlayOpacity{ 1.0 };
  double      m_Tolerance{ std::numeric_limits<double>::infinity() };
  double      m_UnknownValue{ std::numeric_limits<double>::quiet_NaN() };
};


/** What is recovered from a span of colours. What is null is not computed; the values always are. Grays can be had only
 * of an overlay. */
template <typename TReal>
struct InverseColormapSpan
{
  TReal *         m_Values{ nullptr };
  TReal *         m_HalfWidths{ nullptr };
  TReal *         m_Distances{ nullptr };
  unsigned char * m_Ambiguities{ nullptr };
  TReal *         m_Grays{ nullptr };
};


/** \class InverseColormapLookup
 * \brief Recovers values from spans of colours: what InverseColormapImageFilter does, on memory.
 *
 * \sa InverseColormapImageFilter, InverseColormapTable, NearestColorIndex, NearestColorSegmentIndex
 * \ingroup IntensityMapping
 */
template <typename TComponent, typename TReal>
class IntensityMapping_EXPORT InverseColormapLookup
{
public:
  /** Makes the indices and tables that are needed; those that are there from an earlier call are used again if they
   * fit. The normalization is used until the next call. */
  void
  Prepare(const Colormap &                colormap,
          const IntensityNormalization &  normalization,
          const InverseColormapSettings & settings);

  /** Recovers values from `count` pixels of `numberOfComponents`, 3 or 4, components each. Returns how many of them had
   * a colour that is farther than the tolerance from all of the colormap. May be called by many threads at once. */
  SizeValueType
  Invert(const TComponent *                 pixels,
         unsigned int                       numberOfComponents,
         SizeValueType                      count,
         const InverseColormapSpan<TReal> & span) const;

private:
  static constexpr SizeValueType BlockLength = 1024;
  using NumbersType = std::array<std::uint32_t, BlockLength>;
  using RealsType = std::array<double, BlockLength>;
  using SegmentIndexType = NearestColorSegmentIndex<TComponent>;

  /** The stretch of normalized values that a segment between two entries stands for. */
  struct Stretch
  {
    double m_Start;
    double m_Length;
    /** How far the value of a colour may be from the nearest point. */
    double m_HalfWidth;
    /** The numbers of the colours of the entries at its ends. */
    std::array<std::uint32_t, 2> m_Colors;
  };

  typename SegmentIndexType::SegmentsType
  MakePolyline(const Colormap & colormap);

  typename SegmentIndexType::SegmentsType
  MakeOverlaidColors() const;

  SizeValueType
  InvertBlock(const TComponent *                 pixels,
              unsigned int                       numberOfComponents,
              SizeValueType                      count,
              const InverseColormapSpan<TReal> & span) const;

  /** The numbers of the nearest colours or segments. */
  void
  FindNearest(const TComponent * pixels,
              unsigned int       numberOfComponents,
              SizeValueType      count,
              NumbersType &      numbers,
              RealsType &        fractions,
              double *           distances) const;

  /** Gives pixels without opacity the number after the last, which stands for none. */
  void
  MarkTransparent(const TComponent * pixels,
                  SizeValueType      count,
                  NumbersType &      numbers,
                  RealsType &        fractions,
                  RealsType &        distances) const;

  /** Takes back what was recovered from colours beyond the tolerance, and counts them. */
  SizeValueType
  MarkUnknown(const RealsType & distances, SizeValueType count, const InverseColormapSpan<TReal> & span) const;

  void
  ReadTable(const NumbersType & colors, SizeValueType count, const InverseColormapSpan<TReal> & span) const;

  void
  ReadStretches(const NumbersType &                segments,
                const RealsType &                  fractions,
                SizeValueType                      count,
                const InverseColormapSpan<TReal> & span) const;

  InverseColormapSettings                            m_Settings;
  IntensityNormalization::ConstPointer               m_Normalization;
  ModifiedTimeType                                   m_TimeOfColormap{ 0 };
  ModifiedTimeType                                   m_TimeOfNormalization{ 0 };
  std::unique_ptr<const InverseColormapTable<TReal>> m_Table;
  std::unique_ptr<const NearestColorIndex>           m_ColorIndex;
  std::unique_ptr<const SegmentIndexType>            m_SegmentIndex;
  std::vector<Stretch>                               m_Stretches;
};
} // namespace itk

#endif
