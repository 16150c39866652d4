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
#ifndef itkColormap_h
#define itkColormap_h

#include "itkFixedArray.h"
#include "itkRGBAPixel.h"
#include "itkRuler.h"

#include <cstdint>
#include <string>
#include <vector>

namespace itk
{
/** \class Colormap
 * \brief The ruler from normalized values in [0, 1] to colours, and back.
 *
 * A table of N colours, and three more for values below 0 ("under"), above 1 ("over") and not a number ("bad").
 * With y = t N, rounded to the precision of t, the colour of t is
 *
 *   - bad, if t is NaN;
 *   - under, if y < 0;
 *   - entry N - 1, if y = N (so that t = 1 is the last colour);
 *   - over, if y > N;
 *   - else entry floor(y).
 *
 * Colours are RGBA, their components in [0, 1]; a component v has the byte floor(255 v). All of this agrees to the
 * byte with `matplotlib.colors.Colormap(..., bytes=True)`.
 *
 * As in matplotlib, the under and over colours default to the first and the last entry, and the bad colour to
 * transparent black.
 *
 * Named colormaps: those of matplotlib whose licence allows it, Fabio Crameri's as cmc.batlow, cmocean's as
 * cmo.thermal, and each of them reversed (viridis_r); doc/colormaps.md shows them. The prefix can be left out where
 * no other colormap has that name (batlow, thermal, but not gray). Where OpenCV and ITK give the same names to other
 * colours, these are opencv.jet, itk.jet and so on: dialects. They may be asked for with any number of entries:
 * those defined by a list of colours (viridis, tab10, cmc.batlow) are resampled by picking, those defined by
 * breakpoints or a formula (hot, Blues, cubehelix) are evaluated anew.
 *
 * \code
 * auto colormap = itk::Colormap::New();
 * colormap->SetName("viridis");
 * colormap->SetBadColor(itk::Colormap::MakeColor(1.0, 0.0, 1.0));
 * \endcode
 *
 * \sa ColormapImageFilter, IntensityNormalization
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT Colormap : public Ruler
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(Colormap);

  using Self = Colormap;
  using Superclass = Ruler;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(Colormap, Ruler);

  /** Red, green, blue and opacity, each in [0, 1]. */
  using ColorType = FixedArray<double, 4>;
  using TableType = std::vector<ColorType>;
  using BytesType = RGBAPixel<unsigned char>;
  using ByteTableType = std::vector<BytesType>;

  /** A colour of four components, each in [0, 1]. */
  static ColorType
  MakeColor(double red, double green, double blue, double opacity = 1.0);

  /** The bytes of a colour: floor(255 v) of each component v. */
  static BytesType
  MakeBytes(const ColorType & color);

  /** The names of all colormaps in alphabetical order, each followed by its reversed form. */
  static std::vector<std::string>
  GetNames();

  /** The kinds of colormaps: perceptual (uniform and sequential), sequential, diverging, cyclic, qualitative,
   * miscellaneous, and dialect: those of OpenCV and ITK, most of which have the name of another. */
  static std::vector<std::string>
  GetCategories();

  /** The names of the colormaps of a category in alphabetical order, without their reversed forms. Throws if there is
   * no such category. */
  static std::vector<std::string>
  GetNamesOfCategory(const std::string & category);

  /** The category of a named colormap. Throws, as the following do, if there is no colormap of that name. */
  static std::string
  GetCategory(const std::string & name);

  /** Who made a named colormap. */
  static std::string
  GetSource(const std::string & name);

  /** The licence of a named colormap, as an SPDX identifier; the folder LICENSES has the text. */
  static std::string
  GetLicense(const std::string & name);

  /** Takes the table of a named colormap, with as many entries as it has in matplotlib (256; twilight 510; tab10 10),
   * or with `numberOfEntries` of them if that is not 0. Resets the under, over and bad colours. Throws, naming those
   * that are near, if there is no colormap of that name. */
  void
  SetName(const std::string & name, SizeValueType numberOfEntries = 0);

  /** The name of the table; empty if it was given by SetTable(). Default: "viridis". */
  itkGetStringMacro(Name);

  /** Takes a table of colours. Resets the under, over and bad colours. Throws if the table is empty or a component is
   * outside of [0, 1]. */
  void
  SetTable(const TableType & table);
  itkGetConstReferenceMacro(Table, TableType);

  /** The number of colours in the table, without the under, over and bad colours. */
  SizeValueType
  GetNumberOfEntries() const
  {
    return m_Table.size();
  }

  /** The colour of values below 0. Default: the first entry. */
  itkSetMacro(UnderColor, ColorType);
  itkGetConstReferenceMacro(UnderColor, ColorType);

  /** The colour of values above 1. Default: the last entry. */
  itkSetMacro(OverColor, ColorType);
  itkGetConstReferenceMacro(OverColor, ColorType);

  /** The colour of values that are not numbers. Default: transparent black. */
  itkSetMacro(BadColor, ColorType);
  itkGetConstReferenceMacro(BadColor, ColorType);

  /** Throws unless each component of each colour is in [0, 1]. */
  void
  Verify() const override;

  /** The N entries as bytes, then the under, over and bad colours. */
  ByteTableType
  GetByteTable() const;

  /** The colours of `count` normalized values in single precision. */
  void
  Forward(const float * normalized, BytesType * colors, SizeValueType count) const;

  /** The colours of `count` normalized values in double precision. */
  void
  Forward(const double * normalized, BytesType * colors, SizeValueType count) const;

  /** The normalized values of `count` colours: of the entries whose red, green and blue bytes are nearest (Euclidean
   * distance), the first, and with it those next to it of the same bytes; the centre of the interval of values that
   * have one of these. The opacity is not looked at. Costs N comparisons per colour. */
  void
  Inverse(const BytesType * colors, double * normalized, SizeValueType count) const;

  /** The bytes of one normalized value in double precision. */
  BytesType
  ForwardValue(double normalized) const;

protected:
  Colormap();
  ~Colormap() override = default;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  std::string m_Name;
  TableType   m_Table;
  ColorType   m_UnderColor;
  ColorType   m_OverColor;
  ColorType   m_BadColor;
};
} // namespace itk

#endif
