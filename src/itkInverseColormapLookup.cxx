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
#include "itkInverseColormapLookup.h"

#include <cmath>

namespace itk
{
namespace
{
/** Entries of the same colour, next to each other. */
struct EntryRun
{
  ColorSegment::PointType m_Color;
  SizeValueType           m_First;
  SizeValueType           m_Last;
};


/** The colour, in bytes, that pixels have on average whose component v was truncated to a multiple of 1 / `units`
 * bytes; what is exactly 0 or 1 is not changed by that. */
ColorSegment::PointType
GetMeanOfTruncated(const Colormap::ColorType & color, int units)
{
  const auto getMean = [=](double component) {
    return component >= 1.0 ? 255.0 : std::max(255.0 * component - 0.5 / units, 0.0);
  };
  return { getMean(color[0]), getMean(color[1]), getMean(color[2]) };
}


std::vector<EntryRun>
FindRuns(const Colormap::TableType & table, int units)
{
  std::vector<EntryRun> runs;
  for (SizeValueType entry = 0; entry < table.size(); ++entry)
  {
    const auto color = GetMeanOfTruncated(table[entry], units);
    if (runs.empty() || runs.back().m_Color != color)
    {
      runs.push_back({ color, entry, entry });
    }
    runs.back().m_Last = entry;
  }
  return runs;
}


double
GetLength(const ColorSegment & segment)
{
  return std::hypot(segment.m_End[0] - segment.m_Start[0],
                    segment.m_End[1] - segment.m_Start[1],
                    segment.m_End[2] - segment.m_Start[2]);
}


/** How far a value may be from those on either side of it; an infinite one from any. */
double
GetReach(double value, double lowest, double highest)
{
  return std::isinf(value) ? std::numeric_limits<double>::infinity() : std::max(value - lowest, highest - value);
}


/** Sets what is wanted. */
template <typename TOutput>
void
Set(TOutput * outputs, SizeValueType i, TOutput value)
{
  if (outputs != nullptr)
  {
    outputs[i] = value;
  }
}


template <typename TRow>
void
Gather(const std::vector<TRow> & table, const std::uint32_t * numbers, TRow * gathered, SizeValueType count)
{
  const TRow * const rows = table.data();
  for (SizeValueType i = 0; i < count; ++i)
  {
    gathered[i] = rows[numbers[i]];
  }
}
} // namespace


template <typename TComponent, typename TReal>
void
InverseColormapLookup<TComponent, TReal>::Prepare(const Colormap &                colormap,
                                                  const IntensityNormalization &  normalization,
                                                  const InverseColormapSettings & settings)
{
  m_Settings = settings;
  m_Normalization = &normalization;
  if (m_TimeOfColormap != colormap.GetMTime() || m_TimeOfNormalization != normalization.GetMTime())
  {
    m_Table = std::make_unique<InverseColormapTable<TReal>>(colormap, normalization);
    m_TimeOfColormap = colormap.GetMTime();
    m_TimeOfNormalization = normalization.GetMTime();
  }

  if (sizeof(TComponent) == 1 && !settings.m_Interpolate && settings.m_OverlayOpacity == 1.0)
  {
    m_SegmentIndex.reset();
    const auto & colors = m_Table->GetColors();
    if (!m_ColorIndex || m_ColorIndex->GetColors() != colors || !(m_ColorIndex->GetMetric() == settings.m_Metric))
    {
      m_ColorIndex = std::make_unique<NearestColorIndex>(colors, settings.m_Metric);
    }
    return;
  }
  m_ColorIndex.reset();
  const auto segments = settings.m_Interpolate ? this->MakePolyline(colormap) : this->MakeOverlaidColors();
  if (!m_SegmentIndex || !(m_SegmentIndex->GetSegments() == segments) ||
      !(m_SegmentIndex->GetMetric() == settings.m_Metric))
  {
    m_SegmentIndex = std::make_unique<SegmentIndexType>(segments, settings.m_Metric);
  }
}


template <typename TComponent, typename TReal>
auto
InverseColormapLookup<TComponent, TReal>::MakePolyline(const Colormap & colormap) ->
  typename SegmentIndexType::SegmentsType
{
  const auto runs = FindRuns(colormap.GetTable(), SegmentIndexType::UnitsPerByte);
  const auto lastEntry = static_cast<double>(colormap.GetNumberOfEntries() - 1);
  const auto getPosition = [=](const EntryRun & run) {
    return lastEntry > 0.0 ? 0.5 * static_cast<double>(run.m_First + run.m_Last) / lastEntry : 0.5;
  };
  const auto getHalfWidth = [=](const EntryRun & run) {
    return lastEntry > 0.0 ? 0.5 * static_cast<double>(run.m_Last - run.m_First) / lastEntry : 0.5;
  };
  const auto getColor = [&](const EntryRun & run) { return m_Table->GetColorsOfEntries()[run.m_First]; };

  // Truncation moves a colour by less than one unit along each axis.
  const double greatestMove = std::sqrt(3.0) / SegmentIndexType::UnitsPerByte;

  m_Stretches.clear();
  typename SegmentIndexType::SegmentsType segments;
  std::vector<double>                     halfWidths;
  for (SizeValueType i = 0; i == 0 || i + 1 < runs.size(); ++i)
  {
    const auto & start = runs[i];
    const auto & end = runs[std::min(i + 1, runs.size() - 1)];
    const double length = getPosition(end) - getPosition(start);
    segments.push_back({ start.m_Color, end.m_Color });
    m_Stretches.push_back({ getPosition(start), length, 0.0, { getColor(start), getColor(end) } });
    const double lengthOfMove = length > 0.0 ? length * greatestMove / GetLength(segments.back()) : 0.0;
    halfWidths.push_back(lengthOfMove + std::max(getHalfWidth(start), getHalfWidth(end)));
  }
  for (SizeValueType i = 0; i < m_Stretches.size(); ++i)
  {
    // The true colour may be on the stretch before or after.
    const auto first = halfWidths.begin() + (i > 0 ? i - 1 : 0);
    const auto end = halfWidths.begin() + std::min(i + 2, halfWidths.size());
    m_Stretches[i].m_HalfWidth = *std::max_element(first, end);
  }
  for (SizeValueType i = m_Table->GetNumberOfEntryColors(); i < m_Table->GetColors().size(); ++i)
  {
    const auto &                  color = m_Table->GetColors()[i];
    const ColorSegment::PointType point{ double(color[0]), double(color[1]), double(color[2]) };
    segments.push_back({ point, point });
  }
  return segments;
}


template <typename TComponent, typename TReal>
auto
InverseColormapLookup<TComponent, TReal>::MakeOverlaidColors() const -> typename SegmentIndexType::SegmentsType
{
  const double                            opacity = m_Settings.m_OverlayOpacity;
  typename SegmentIndexType::SegmentsType segments;
  for (const auto & color : m_Table->GetColors())
  {
    const ColorSegment::PointType onBlack{ opacity * color[0], opacity * color[1], opacity * color[2] };
    const double                  white = 255.0 * (1.0 - opacity);
    segments.push_back({ onBlack, { onBlack[0] + white, onBlack[1] + white, onBlack[2] + white } });
  }
  return segments;
}


template <typename TComponent, typename TReal>
SizeValueType
InverseColormapLookup<TComponent, TReal>::Invert(const TComponent *                 pixels,
                                                 unsigned int                       numberOfComponents,
                                                 SizeValueType                      count,
                                                 const InverseColormapSpan<TReal> & span) const
{
  const auto    advance = [](auto * pointer, SizeValueType start) { return pointer ? pointer + start : nullptr; };
  SizeValueType numberOfUnknown = 0;
  for (SizeValueType start = 0; start < count; start += BlockLength)
  {
    numberOfUnknown += this->InvertBlock(pixels + numberOfComponents * start,
                                         numberOfComponents,
                                         std::min(BlockLength, count - start),
                                         { advance(span.m_Values, start),
                                           advance(span.m_HalfWidths, start),
                                           advance(span.m_Distances, start),
                                           advance(span.m_Ambiguities, start),
                                           advance(span.m_Grays, start) });
  }
  return numberOfUnknown;
}


template <typename TComponent, typename TReal>
SizeValueType
InverseColormapLookup<TComponent, TReal>::InvertBlock(const TComponent *                 pixels,
                                                      unsigned int                       numberOfComponents,
                                                      SizeValueType                      count,
                                                      const InverseColormapSpan<TReal> & span) const
{
  NumbersType numbers;
  RealsType   fractions;
  RealsType   distances;
  const bool  hasTolerance = m_Settings.m_Tolerance < std::numeric_limits<double>::infinity();
  const bool  needsDistances = hasTolerance || span.m_Distances != nullptr;

  this->FindNearest(pixels, numberOfComponents, count, numbers, fractions, needsDistances ? distances.data() : nullptr);
  if (numberOfComponents == 4)
  {
    this->MarkTransparent(pixels, count, numbers, fractions, distances);
  }
  if (m_Settings.m_Interpolate)
  {
    this->ReadStretches(numbers, fractions, count, span);
  }
  else
  {
    this->ReadTable(numbers, count, span);
  }
  if (span.m_Grays != nullptr)
  {
    constexpr double white = std::numeric_limits<TComponent>::max();
    std::transform(fractions.data(), fractions.data() + count, span.m_Grays, [=](double fraction) {
      return static_cast<TReal>(white * fraction);
    });
  }
  if (span.m_Distances != nullptr)
  {
    std::copy_n(distances.data(), count, span.m_Distances);
  }
  return hasTolerance ? this->MarkUnknown(distances, count, span) : 0;
}


template <typename TComponent, typename TReal>
void
InverseColormapLookup<TComponent, TReal>::FindNearest(const TComponent * pixels,
                                                      unsigned int       numberOfComponents,
                                                      SizeValueType      count,
                                                      NumbersType &      numbers,
                                                      RealsType &        fractions,
                                                      double *           distances) const
{
  if constexpr (sizeof(TComponent) == 1)
  {
    if (m_ColorIndex)
    {
      m_ColorIndex->Find(pixels, numberOfComponents, count, numbers.data());
      if (distances != nullptr)
      {
        m_ColorIndex->ComputeDistances(pixels, numberOfComponents, count, numbers.data(), distances);
      }
      return;
    }
  }
  m_SegmentIndex->Find(pixels, numberOfComponents, count, numbers.data(), fractions.data(), distances);
}


template <typename TComponent, typename TReal>
void
InverseColormapLookup<TComponent, TReal>::MarkTransparent(const TComponent * pixels,
                                                          SizeValueType      count,
                                                          NumbersType &      numbers,
                                                          RealsType &        fractions,
                                                          RealsType &        distances) const
{
  constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
  const auto       transparent =
    static_cast<std::uint32_t>(m_ColorIndex ? m_ColorIndex->GetColors().size() : m_SegmentIndex->GetSegments().size());
  for (SizeValueType i = 0; i < count; ++i)
  {
    if (pixels[4 * i + 3] == 0)
    {
      numbers[i] = transparent;
      fractions[i] = notANumber;
      distances[i] = notANumber;
    }
  }
}


template <typename TComponent, typename TReal>
SizeValueType
InverseColormapLookup<TComponent, TReal>::MarkUnknown(const RealsType &                  distances,
                                                      SizeValueType                      count,
                                                      const InverseColormapSpan<TReal> & span) const
{
  constexpr TReal notANumber = std::numeric_limits<TReal>::quiet_NaN();
  SizeValueType   numberOfUnknown = 0;
  for (SizeValueType i = 0; i < count; ++i)
  {
    if (distances[i] > m_Settings.m_Tolerance)
    {
      ++numberOfUnknown;
      span.m_Values[i] = static_cast<TReal>(m_Settings.m_UnknownValue);
      Set(span.m_HalfWidths, i, notANumber);
      Set(span.m_Grays, i, notANumber);
      Set(span.m_Ambiguities, i, static_cast<unsigned char>(0));
    }
  }
  return numberOfUnknown;
}


template <typename TComponent, typename TReal>
void
InverseColormapLookup<TComponent, TReal>::ReadTable(const NumbersType &                colors,
                                                    SizeValueType                      count,
                                                    const InverseColormapSpan<TReal> & span) const
{
  Gather(m_Table->GetValues(), colors.data(), span.m_Values, count);
  if (span.m_HalfWidths != nullptr)
  {
    Gather(m_Table->GetHalfWidths(), colors.data(), span.m_HalfWidths, count);
  }
  if (span.m_Ambiguities != nullptr)
  {
    Gather(m_Table->GetAmbiguities(), colors.data(), span.m_Ambiguities, count);
  }
}


template <typename TComponent, typename TReal>
void
InverseColormapLookup<TComponent, TReal>::ReadStretches(const NumbersType &                segments,
                                                        const RealsType &                  fractions,
                                                        SizeValueType                      count,
                                                        const InverseColormapSpan<TReal> & span) const
{
  // Colours that are none of an entry are read from the table afterwards.
  const auto getStretch = [&](SizeValueType i) -> const Stretch & {
    return m_Stretches[std::min<SizeValueType>(segments[i], m_Stretches.size() - 1)];
  };
  RealsType values{};
  RealsType lowest{};
  RealsType highest{};
  for (SizeValueType i = 0; i < count; ++i)
  {
    const auto & stretch = getStretch(i);
    values[i] = stretch.m_Start + fractions[i] * stretch.m_Length;
    lowest[i] = std::max(values[i] - stretch.m_HalfWidth, 0.0);
    highest[i] = std::min(values[i] + stretch.m_HalfWidth, 1.0);
  }
  m_Normalization->Inverse(values.data(), values.data(), count);
  std::copy_n(values.data(), count, span.m_Values);
  if (span.m_HalfWidths != nullptr)
  {
    m_Normalization->Inverse(lowest.data(), lowest.data(), count);
    m_Normalization->Inverse(highest.data(), highest.data(), count);
    for (SizeValueType i = 0; i < count; ++i)
    {
      span.m_HalfWidths[i] = static_cast<TReal>(GetReach(values[i], lowest[i], highest[i]));
    }
  }
  for (SizeValueType i = 0; i < count; ++i)
  {
    const bool isOfEntry = segments[i] < m_Stretches.size();
    const auto color = isOfEntry ? getStretch(i).m_Colors[fractions[i] < 0.5 ? 0 : 1]
                                 : segments[i] - m_Stretches.size() + m_Table->GetNumberOfEntryColors();
    Set(span.m_Ambiguities, i, m_Table->GetAmbiguities()[color]);
    if (!isOfEntry)
    {
      span.m_Values[i] = m_Table->GetValues()[color];
      Set(span.m_HalfWidths, i, m_Table->GetHalfWidths()[color]);
    }
  }
}


#define itkInstantiateInverseColormapLookupMacro(TComponent)                       \
  template class IntensityMapping_EXPORT InverseColormapLookup<TComponent, float>; \
  template class IntensityMapping_EXPORT InverseColormapLookup<TComponent, double>

itkInstantiateInverseColormapLookupMacro(unsigned char);
itkInstantiateInverseColormapLookupMacro(unsigned short);
} // namespace itk
