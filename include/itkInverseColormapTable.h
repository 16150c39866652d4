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
#ifndef itkInverseColormapTable_h
#define itkInverseColormapTable_h

#include "itkColormap.h"
#include "itkIntensityNormalization.h"
#include "itkInverseColormapKernel.h"

namespace itk
{
/** \class InverseColormapTable
 * \brief Which values have each colour of a colormap.
 *
 * The values of entry k are all those from Minimum to Maximum of the normalization that `Colormap(Normalization(x))`
 * gives that entry: an interval. Its ends are found by bisection over the floating-point numbers themselves, so that
 * they are right to the last bit for any normalization that never falls, also one with steps or plateaus. For
 * `TReal = float` values are normalized in single precision where the normalization allows it, as images are.
 *
 * Colours are told apart by their red, green and blue bytes. Where several entries have the same bytes, the values of a
 * colour are those of all of them. With these values [a, b], or with several such intervals of which [a, b] is the
 * first,
 *
 *   - the value of the colour is (a + b) / 2;
 *   - the half-width is how far any value with that colour may be from it: (b - a) / 2 for one interval;
 *   - the colour is ambiguous if there are several intervals.
 *
 * If no value has the colour (entries that a BoundaryNormalization skips), it is read as the entry of the value that
 * Inverse() gives for the centre of its own. If Minimum equals Maximum, that is the value of all colours.
 *
 * The colours under, over and bad count if they differ from all entries, and from each other, and are not wholly
 * transparent. The value of the colour under is the greatest that has it: just below Minimum, so that it gets the same
 * colour again; of the colour over, the least that has it. Their half-width is infinite. Of the colour bad, value and
 * half-width are NaN. If two of them are the same colour, that is the first of them, and ambiguous.
 *
 * \sa InverseColormapLookup
 * \ingroup IntensityMapping
 */
template <typename TReal>
class IntensityMapping_EXPORT InverseColormapTable
{
public:
  using ColorsType = NearestColorIndex::ColorsType;
  using RealsType = std::vector<TReal>;
  using FlagsType = std::vector<unsigned char>;

  InverseColormapTable(const Colormap & colormap, const IntensityNormalization & normalization);

  /** The different colours of the entries in the order of the first that has each, then those under, over and bad. */
  const ColorsType &
  GetColors() const
  {
    return m_Colors;
  }

  /** How many of them are colours of entries. */
  SizeValueType
  GetNumberOfEntryColors() const
  {
    return m_NumberOfEntryColors;
  }

  /** The number of the colour of each entry. */
  const std::vector<std::uint32_t> &
  GetColorsOfEntries() const
  {
    return m_ColorsOfEntries;
  }

  /** For each colour, and a last one for pixels without any: its value, */
  const RealsType &
  GetValues() const
  {
    return m_Values;
  }

  /** how far from it a value with the same colour may be, */
  const RealsType &
  GetHalfWidths() const
  {
    return m_HalfWidths;
  }

  /** and 1 if these values are not one interval, else 0. */
  const FlagsType &
  GetAmbiguities() const
  {
    return m_Ambiguities;
  }

private:
  /** What is recovered from a colour. */
  struct Row
  {
    TReal         m_Value;
    TReal         m_HalfWidth;
    unsigned char m_IsAmbiguous;
  };

  void
  AddColorsOfEntries(const Colormap::BytesType * entries, SizeValueType count);

  void
  AddRow(const Row & row);

  /** Adds the colour under, over or bad, if there is anything to see of it and it is a new one. */
  void
  AddSpecialColor(const Colormap::BytesType & color, const Row & row);

  ColorsType                 m_Colors;
  std::vector<std::uint32_t> m_ColorsOfEntries;
  SizeValueType              m_NumberOfEntryColors{ 0 };
  RealsType                  m_Values;
  RealsType                  m_HalfWidths;
  FlagsType                  m_Ambiguities;
};
} // namespace itk

#endif
