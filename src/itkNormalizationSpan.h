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
#ifndef itkNormalizationSpan_h
#define itkNormalizationSpan_h

#include "itkIntensityNormalization.h"

#include <algorithm>
#include <cmath>
#include <limits>

/** What the normalizations have in common that map intensities x by an increasing function f:
 * t = (f(x) - f(minimum)) / (f(maximum) - f(minimum)). */
namespace itk
{
/** The limits of a normalization, in the precision that a span is worked in. */
template <typename TReal>
struct SpanLimits
{
  TReal Minimum;
  TReal Maximum;
  TReal ClipMinimum;
  TReal ClipMaximum;

  explicit SpanLimits(const IntensityNormalization & normalization)
    : Minimum(static_cast<TReal>(normalization.GetMinimum()))
    , Maximum(static_cast<TReal>(normalization.GetMaximum()))
    , ClipMinimum(normalization.GetClip() ? Minimum : -std::numeric_limits<TReal>::infinity())
    , ClipMaximum(normalization.GetClip() ? Maximum : std::numeric_limits<TReal>::infinity())
  {}

  /** The operands of each comparison are in this order for NaN to stay NaN. */
  inline TReal
  Clip(TReal x) const
  {
    const TReal raised = x < ClipMinimum ? ClipMinimum : x;
    return raised > ClipMaximum ? ClipMaximum : raised;
  }

  /** What x, normalized to t, is normalized to in the end: rounding may not carry an intensity within the limits
   * outside of [0, 1], where it would be taken for one outside of the limits. */
  inline TReal
  KeepInside(TReal x, TReal t) const
  {
    const TReal lowest = x >= Minimum ? TReal{ 0 } : -std::numeric_limits<TReal>::infinity();
    const TReal highest = x <= Maximum ? TReal{ 1 } : std::numeric_limits<TReal>::infinity();
    const TReal raised = t < lowest ? lowest : t;
    return raised > highest ? highest : raised;
  }
};


/** Normalizes a span, each step in double precision and rounded to TReal. What f has no finite number for becomes NaN.
 * All is given by value and computed for each intensity, without a branch, for the loop to be turned into vectors. */
template <typename TReal, typename TFunction>
inline void
NormalizeSpan(const TReal *     x,
              TReal *           t,
              SizeValueType     count,
              SpanLimits<TReal> limits,
              double            minimum,
              double            width,
              TFunction         f)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    const TReal clipped = limits.Clip(x[i]);
    const auto  mapped = static_cast<TReal>(f(static_cast<double>(clipped)));
    const auto  difference = static_cast<TReal>(mapped - minimum);
    const auto  normalized = limits.KeepInside(clipped, static_cast<TReal>(difference / width));
    // A finite number less itself is 0, any other NaN.
    t[i] = normalized + (clipped - clipped) + (normalized - normalized);
  }
}


/** The intensities of a span: `inverse(t)`, but the very limits for 0 and 1, and nothing beyond them in between. */
template <typename TInverse>
inline void
InvertSpan(const double *                 t,
           double *                       x,
           SizeValueType                  count,
           const IntensityNormalization & normalization,
           const TInverse &               inverse)
{
  const double minimum = normalization.GetMinimum();
  const double maximum = normalization.GetMaximum();
  std::transform(t, t + count, x, [&](double normalized) {
    if (normalized == 0.0)
    {
      return minimum;
    }
    if (normalized == 1.0)
    {
      return maximum;
    }
    const double intensity = inverse(normalized);
    return normalized > 0.0 && normalized < 1.0 ? std::clamp(intensity, minimum, maximum) : intensity;
  });
}
} // namespace itk

#endif
