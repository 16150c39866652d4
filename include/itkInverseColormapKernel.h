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
#ifndef itkInverseColormapKernel_h
#define itkInverseColormapKernel_h

#include "itkIntTypes.h"
#include "itkRGBPixel.h"
#include "IntensityMappingExport.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace itk
{
/** \class ColorMetric
 * \brief How far two colours are from each other.
 *
 * With D the difference of two colours in red, green and blue, in bytes (0 to 255),
 *
 *   d^2 = D^T M D,
 *
 * where the components of the symmetric matrix M are multiples of 1 / Denominator, so that distances of bytes are
 * computed exactly.
 *
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT ColorMetric
{
public:
  /** Denominator times M_rr, M_gg, M_bb, 2 M_rg, 2 M_rb, 2 M_gb. */
  using CoefficientsType = std::array<std::int32_t, 6>;

  /** d^2 = Dr^2 + Dg^2 + Db^2. */
  static ColorMetric
  MakeEuclidean();

  /** d^2 = DY^2 + w (DCb^2 + DCr^2) with the chroma weight w, rounded to multiples of 1 / 4096 in the components of M.
   * Y, Cb, Cr are those of JPEG (ITU-T T.871): Y = 0.299 R + 0.587 G + 0.114 B, Cb = (B - Y) / 1.772,
   * Cr = (R - Y) / 1.402. The weight must be from MinimumChromaWeight to 1. */
  static ColorMetric
  MakeLumaWeighted(double chromaWeight);

  /** A smaller one would vanish in the rounding. */
  static constexpr double MinimumChromaWeight = 0.01;

  const CoefficientsType &
  GetCoefficients() const
  {
    return m_Coefficients;
  }

  std::int32_t
  GetDenominator() const
  {
    return m_Denominator;
  }

  bool
  IsEuclidean() const
  {
    return m_Denominator == 1;
  }

  /** Denominator times d^2: exact for differences that are integers. */
  template <typename TNumber>
  TNumber
  GetScaledSquaredDistance(TNumber red, TNumber green, TNumber blue) const
  {
    const auto & c = m_Coefficients;
    return red * (c[0] * red + c[3] * green + c[4] * blue) + green * (c[1] * green + c[5] * blue) + c[2] * blue * blue;
  }

  friend bool
  operator==(const ColorMetric & a, const ColorMetric & b)
  {
    return a.m_Denominator == b.m_Denominator && a.m_Coefficients == b.m_Coefficients;
  }

private:
  ColorMetric(const CoefficientsType & coefficients, std::int32_t denominator)
    : m_Coefficients(coefficients)
    , m_Denominator(denominator)
  {}

  CoefficientsType m_Coefficients;
  std::int32_t     m_Denominator;
};


/** \class ColorHash
 * \brief Finds the number of a colour among some colours, if it is one of them.
 *
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT ColorHash
{
public:
  /** Colours of 24 bits, each once. */
  explicit ColorHash(const std::vector<std::uint32_t> & colors);

  /** The only colour that may be this one, in the lower 32 bits, and its number in the upper ones. If there is none,
   * the lower bits are no colour. */
  std::uint64_t
  GetSlot(std::uint32_t color) const
  {
    return m_Slots[color * m_Multiplier >> m_Shift];
  }

private:
  std::uint32_t              m_Multiplier{ 0 };
  std::uint32_t              m_Shift;
  std::vector<std::uint64_t> m_Slots;
};


/** \class NearestColorIndex
 * \brief Finds the nearest of some colours for each of a span of 8-bit pixels, exactly.
 *
 * The number of a pixel's nearest colour does not come by trial: the cube of all 256^3 colours is cut into cells,
 * 8 colours wide, and where needed 4, 2 or 1, such that for each cell at most four of the given colours are nearest to
 * any colour in it. These four alone are compared, without a branch, many pixels at a time. Of colours that are equally
 * near, the first counts. Where most pixels have one of the given colours themselves, as in pictures without loss,
 * these are found by a hash.
 *
 * The index takes some milliseconds to make, and about 1 MB for a colormap of 256 entries.
 *
 * \sa NearestColorSegmentIndex, InverseColormapLookup
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT NearestColorIndex
{
public:
  using ColorType = RGBPixel<unsigned char>;
  using ColorsType = std::vector<ColorType>;

  static constexpr SizeValueType MaximumNumberOfColors = 65535;

  /** There must be from one to MaximumNumberOfColors colours, each once. */
  NearestColorIndex(const ColorsType & colors, const ColorMetric & metric);

  const ColorsType &
  GetColors() const
  {
    return m_Colors;
  }

  const ColorMetric &
  GetMetric() const
  {
    return m_Metric;
  }

  /** The number of the nearest colour for each of `count` pixels of `numberOfComponents`, 3 or 4, bytes each, of which
   * the first three are red, green and blue. */
  void
  Find(const unsigned char * pixels,
       unsigned int          numberOfComponents,
       SizeValueType         count,
       std::uint32_t *       nearest) const;

  /** How far each pixel is from the colour of the given number, in bytes. */
  void
  ComputeDistances(const unsigned char * pixels,
                   unsigned int          numberOfComponents,
                   SizeValueType         count,
                   const std::uint32_t * numbers,
                   double *              distances) const;

private:
  void
  FindBlock(const std::uint32_t * colors, SizeValueType count, std::uint32_t * nearest) const;

  ColorsType  m_Colors;
  ColorMetric m_Metric;

  /** The colours, red lowest. */
  std::vector<std::uint32_t> m_PackedColors;
  ColorHash                  m_Hash;
  /** For each cell of 8 x 8 x 8 colours, 4 times the number of its first leaf, plus log2 of how many leaves it has
   * along each axis. */
  std::vector<std::uint32_t> m_Cells;
  /** For each leaf, where its group of four colours begins. */
  std::vector<std::uint32_t> m_Leaves;
  /** For each group, five words: four reds, four greens, four blues; two numbers of colours; two more. */
  std::vector<std::uint32_t> m_Groups;
};


/** A stretch of the straight line from one colour to another, or a single colour. */
struct ColorSegment
{
  using PointType = std::array<double, 3>;

  PointType m_Start;
  PointType m_End;

  friend bool
  operator==(const ColorSegment & a, const ColorSegment & b)
  {
    return a.m_Start == b.m_Start && a.m_End == b.m_End;
  }
};


/** \class ColorSegmentRuler
 * \brief Measures how far colours are from a segment.
 *
 * With the segment from A to B and the colour C, the nearest point of the segment is A + f (B - A) with
 *
 *   f = (C - A)^T M (B - A) / (B - A)^T M (B - A), but at least 0 and at most 1.
 *
 * \ingroup IntensityMapping
 */
class ColorSegmentRuler
{
public:
  ColorSegmentRuler(const ColorSegment & segment, const ColorMetric & metric)
    : m_Start(segment.m_Start)
  {
    const auto & c = metric.GetCoefficients();
    for (unsigned int i = 0; i < 3; ++i)
    {
      m_Direction[i] = segment.m_End[i] - segment.m_Start[i];
    }
    m_Gradient = { c[0] * m_Direction[0] + 0.5 * c[3] * m_Direction[1] + 0.5 * c[4] * m_Direction[2],
                   0.5 * c[3] * m_Direction[0] + c[1] * m_Direction[1] + 0.5 * c[5] * m_Direction[2],
                   0.5 * c[4] * m_Direction[0] + 0.5 * c[5] * m_Direction[1] + c[2] * m_Direction[2] };
    m_SquaredLength = m_Direction[0] * m_Gradient[0] + m_Direction[1] * m_Gradient[1] + m_Direction[2] * m_Gradient[2];
    m_InverseSquaredLength = m_SquaredLength > 0.0 ? 1.0 / m_SquaredLength : 0.0;
  }

  bool
  IsPoint() const
  {
    return m_SquaredLength <= 0.0;
  }

  ColorSegment::PointType
  GetPoint(double fraction) const
  {
    return { m_Start[0] + fraction * m_Direction[0],
             m_Start[1] + fraction * m_Direction[1],
             m_Start[2] + fraction * m_Direction[2] };
  }

  /** The f of the nearest point, and the scaled squared distance to it (see ColorMetric). */
  double
  Measure(const ColorMetric & metric, double red, double green, double blue, double & fraction) const
  {
    const double dr = red - m_Start[0];
    const double dg = green - m_Start[1];
    const double db = blue - m_Start[2];
    const double along = dr * m_Gradient[0] + dg * m_Gradient[1] + db * m_Gradient[2];
    fraction = std::min(std::max(along * m_InverseSquaredLength, 0.0), 1.0);
    return metric.GetScaledSquaredDistance(dr, dg, db) - fraction * (2.0 * along - fraction * m_SquaredLength);
  }

private:
  ColorSegment::PointType m_Start;
  ColorSegment::PointType m_Direction;
  /** The metric's matrix times the direction. */
  ColorSegment::PointType m_Gradient;
  double                  m_SquaredLength;
  double                  m_InverseSquaredLength;
};


/** \class NearestColorSegmentIndex
 * \brief Finds the nearest of some line segments between colours for each of a span of pixels.
 *
 * A segment may be a single colour. A component c of an `unsigned short` pixel stands for c / 257 bytes, so that 65535
 * is 255.
 *
 * As in NearestColorIndex, only those segments are compared that are nearest to some colour in the pixel's cell, of
 * which there may be any number here. Distances are computed in double precision; of segments that are equally near,
 * the first counts. Between colours that are integers (in units of the pixels' components) distances are exact.
 *
 * \sa NearestColorIndex, InverseColormapLookup
 * \ingroup IntensityMapping
 */
template <typename TComponent>
class IntensityMapping_EXPORT NearestColorSegmentIndex
{
public:
  using SegmentsType = std::vector<ColorSegment>;

  static constexpr SizeValueType MaximumNumberOfSegments = 65535;

  /** How many units of a pixel's components make one byte. */
  static constexpr int UnitsPerByte = sizeof(TComponent) == 1 ? 1 : 257;

  /** There must be from one to MaximumNumberOfSegments segments. */
  NearestColorSegmentIndex(const SegmentsType & segments, const ColorMetric & metric);

  const SegmentsType &
  GetSegments() const
  {
    return m_Segments;
  }

  const ColorMetric &
  GetMetric() const
  {
    return m_Metric;
  }

  /** For each of `count` pixels of `numberOfComponents`, 3 or 4, the number of the nearest segment; where on it the
   * nearest point is, from 0 (start) to 1 (end); and, unless null, how far that is, in bytes. */
  void
  Find(const TComponent * pixels,
       unsigned int       numberOfComponents,
       SizeValueType      count,
       std::uint32_t *    nearest,
       double *           fractions,
       double *           distances) const;

private:
  SegmentsType m_Segments;
  ColorMetric  m_Metric;

  /** Of the segments, in units of the pixels' components. */
  std::vector<ColorSegmentRuler> m_Rulers;
  /** For each cell of 8 x 8 x 8 levels, the number of its list of candidates. */
  std::vector<std::uint32_t> m_Cells;
  /** For each list, where it begins in m_Candidates; the next one's beginning is its end. */
  std::vector<std::uint32_t> m_Lists;
  std::vector<std::uint16_t> m_Candidates;
};
} // namespace itk

#endif
