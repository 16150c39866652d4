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
#include "AxisTicks.h"

#include "itkBoundaryNormalization.h"
#include "itkLinearNormalization.h"
#include "itkLogNormalization.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>

namespace IntensityMapping
{
namespace
{
std::string
FormatFixed(double value, int decimals)
{
  char text[400];
  std::snprintf(text, sizeof(text), "%.*f", decimals, value);
  return text;
}

// The letters of the font have no superscript minus.
std::string
FormatPowerOfTen(int factor, int exponent)
{
  return std::to_string(factor) + "e" + std::to_string(exponent);
}

// The shortest text that reads back as the value.
std::string
FormatExactly(double value)
{
  for (int digits = 6; digits < 17; ++digits)
  {
    const std::string text = FormatNumber(value, digits);
    if (std::strtod(text.c_str(), nullptr) == value)
    {
      return text;
    }
  }
  return FormatNumber(value, 17);
}

int
GetDecimalExponent(double value)
{
  return static_cast<int>(std::floor(std::log10(value)));
}

// count * 10^exponent, correctly rounded for exponents of ordinary size, as negative powers of ten are not exact.
// Powers beyond the range of double, which the smallest numbers need, are taken in two steps.
double
TimesPowerOfTen(double count, int exponent)
{
  constexpr int most = 300;
  if (std::abs(exponent) > most)
  {
    const int step = exponent < 0 ? -most : most;
    return TimesPowerOfTen(TimesPowerOfTen(count, step), exponent - step);
  }
  return exponent < 0 ? count / std::pow(10.0, -exponent) : count * std::pow(10.0, exponent);
}

// A common part of all values of an axis, which is left out of the labels if they differ only from the fourth digit on.
double
ChooseOffset(double minimum, double maximum)
{
  const double range = maximum - minimum;
  if (range >= 1e-3 * std::max(std::abs(minimum), std::abs(maximum)))
  {
    return 0.0;
  }
  const int exponent = GetDecimalExponent(range) + 1;
  return TimesPowerOfTen(std::round(TimesPowerOfTen(minimum, -exponent)), exponent);
}

// A multiple of three, so that labels have at most six digits before the point and few zeros after it.
int
ChooseExponent(double minimum, double maximum)
{
  const double magnitude = std::max(std::abs(minimum), std::abs(maximum));
  if (magnitude == 0.0 || (magnitude >= 1e-2 && magnitude < 1e6))
  {
    return 0;
  }
  return static_cast<int>(std::floor(GetDecimalExponent(magnitude) / 3.0)) * 3;
}

std::string
MakeNote(int exponent, double offset)
{
  std::string note = exponent == 0 ? "" : "× " + FormatPowerOfTen(1, exponent);
  if (offset != 0.0)
  {
    note += (note.empty() ? "" : " ") + std::string(offset < 0.0 ? "- " : "+ ") + FormatExactly(std::abs(offset));
  }
  return note.empty() ? note : "(" + note + ")";
}

// The smallest of 1, 2 and 5 times a power of ten that is not below a value, as the factor and the exponent.
std::pair<int, int>
ChooseStep(double atLeast)
{
  const int exponent = GetDecimalExponent(atLeast);
  for (const int factor : { 1, 2, 5 })
  {
    if (TimesPowerOfTen(factor, exponent) >= atLeast * (1.0 - 1e-9))
    {
      return { factor, exponent };
    }
  }
  return { 1, exponent + 1 };
}

AxisTicks
MakeLinearTicks(double minimum, double maximum, unsigned int maximumNumber, std::vector<double> & values)
{
  const double offset = ChooseOffset(minimum, maximum);
  const int    exponent = ChooseExponent(minimum - offset, maximum - offset);
  const double first = TimesPowerOfTen(minimum - offset, -exponent);
  const double last = TimesPowerOfTen(maximum - offset, -exponent);
  const auto [factor, stepExponent] = ChooseStep((last - first) / maximumNumber);

  // A tick within the rounding of an end of the axis is at that end.
  const double magnitude = TimesPowerOfTen(std::max(std::abs(minimum), std::abs(maximum)), -exponent);
  const double rounding = 1e-9 * (last - first) + std::numeric_limits<double>::epsilon() * magnitude;
  const double slack = std::min(rounding, 1e-3 * (last - first));
  const double step = TimesPowerOfTen(factor, stepExponent);
  AxisTicks    ticks;
  for (double k = std::ceil((first - slack) / step); k * step <= last + slack; ++k)
  {
    const double value = TimesPowerOfTen(k * factor, stepExponent) + 0.0;
    ticks.Fractions.push_back(std::clamp((value - first) / (last - first), 0.0, 1.0));
    ticks.Labels.push_back(FormatFixed(value, std::max(0, -stepExponent)));
    values.push_back(offset + TimesPowerOfTen(value, exponent));
  }
  ticks.Note = MakeNote(exponent, offset);
  return ticks;
}

// The values 1, or 1, 2 and 5, times each power of ten within a range.
std::vector<std::pair<int, int>>
FindLogarithmicTicks(double minimum, double maximum, std::initializer_list<int> factors)
{
  std::vector<std::pair<int, int>> ticks;
  for (int exponent = GetDecimalExponent(minimum); exponent <= GetDecimalExponent(maximum); ++exponent)
  {
    for (const int factor : factors)
    {
      const double value = TimesPowerOfTen(factor, exponent);
      if (value >= minimum * (1.0 - 1e-9) && value <= maximum * (1.0 + 1e-9))
      {
        ticks.emplace_back(factor, exponent);
      }
    }
  }
  return ticks;
}

AxisTicks
MakeLogarithmicTicks(const AxisRange & range, unsigned int maximumNumber)
{
  auto found = FindLogarithmicTicks(range.Minimum, range.Maximum, { 1, 2, 5 });
  if (found.size() > maximumNumber + 1)
  {
    found = FindLogarithmicTicks(range.Minimum, range.Maximum, { 1 });
  }
  AxisTicks ticks;
  if (found.size() < 3)
  {
    std::vector<double> values;
    ticks = MakeLinearTicks(range.Minimum, range.Maximum, maximumNumber, values);
    std::transform(
      values.begin(), values.end(), ticks.Fractions.begin(), [&](double value) { return range.GetFraction(value); });
    return ticks;
  }
  const bool        plain = found.front().second >= -4 && found.back().second <= 5;
  const std::size_t stride = (found.size() + maximumNumber) / (maximumNumber + 1);
  for (std::size_t i = 0; i < found.size(); i += stride)
  {
    const auto [factor, exponent] = found[i];
    ticks.Fractions.push_back(std::clamp(range.GetFraction(TimesPowerOfTen(factor, exponent)), 0.0, 1.0));
    ticks.Labels.push_back(plain ? FormatFixed(TimesPowerOfTen(factor, exponent), std::max(0, -exponent))
                                 : FormatPowerOfTen(factor, exponent));
  }
  return ticks;
}

// Of the numbers from `low` to `high`, the one that people find roundest: 0, a power of ten, or a multiple of the
// greatest 5, 2 or 1 times a power of ten.
double
FindRoundest(double low, double high)
{
  if (low <= 0.0 && high >= 0.0)
  {
    return 0.0;
  }
  if (high < 0.0)
  {
    return -FindRoundest(-high, -low);
  }
  const int greatest = GetDecimalExponent(high);
  if (TimesPowerOfTen(1, greatest) >= low)
  {
    return TimesPowerOfTen(1, greatest);
  }
  for (int exponent = greatest; exponent > greatest - std::numeric_limits<double>::digits10; --exponent)
  {
    for (const int factor : { 5, 2, 1 })
    {
      const double count = std::ceil(low / TimesPowerOfTen(factor, exponent));
      const double value = TimesPowerOfTen(count * factor, exponent);
      if (value >= low && value <= high)
      {
        return value;
      }
    }
  }
  return low;
}

// Each near its share of the bar, but never so far from it that it comes near the next.
AxisTicks
MakeRoundTicks(const itk::IntensityNormalization & normalization, unsigned int maximumNumber)
{
  constexpr double   slack = 0.3;
  const unsigned int numberOfSteps = std::max(2u, maximumNumber / 2 * 2);
  AxisTicks          ticks;
  for (unsigned int step = 0; step <= numberOfSteps; ++step)
  {
    const double low = normalization.InverseValue(std::max(0.0, (step - slack) / numberOfSteps));
    const double high = normalization.InverseValue(std::min(1.0, (step + slack) / numberOfSteps));
    const double value = FindRoundest(low, high);
    ticks.Fractions.push_back(std::clamp(normalization.ForwardValue(value), 0.0, 1.0));
    ticks.Labels.push_back(FormatExactly(value));
  }
  return ticks;
}

AxisTicks
MakeBoundaryTicks(const std::vector<double> & boundaries, unsigned int maximumNumber)
{
  const std::size_t last = boundaries.size() - 1;
  const std::size_t stride = (last + maximumNumber - 1) / maximumNumber;
  AxisTicks         ticks;
  for (std::size_t i = 0; i <= last; i += stride)
  {
    ticks.Fractions.push_back(static_cast<double>(i) / last);
    ticks.Labels.push_back(FormatExactly(boundaries[i]));
  }
  return ticks;
}

const itk::BoundaryNormalization *
AsBoundaries(const itk::IntensityNormalization & normalization)
{
  return dynamic_cast<const itk::BoundaryNormalization *>(&normalization);
}
} // namespace

AxisTicks
MakeTicks(const itk::IntensityNormalization & normalization, unsigned int maximumNumber)
{
  const AxisRange range{ AxisScale::Linear, normalization.GetMinimum(), normalization.GetMaximum() };
  if (const auto * boundaries = AsBoundaries(normalization))
  {
    return MakeBoundaryTicks(boundaries->GetBoundaries(), maximumNumber);
  }
  if (dynamic_cast<const itk::LogNormalization *>(&normalization))
  {
    return AxisRange{ AxisScale::Logarithmic, range.Minimum, range.Maximum }.MakeTicks(maximumNumber);
  }
  if (range.Minimum == range.Maximum || dynamic_cast<const itk::LinearNormalization *>(&normalization))
  {
    return range.MakeTicks(maximumNumber);
  }
  return MakeRoundTicks(normalization, maximumNumber);
}

double
GetNormalizedValue(const itk::IntensityNormalization & normalization, double fraction)
{
  const auto * boundaries = AsBoundaries(normalization);
  if (!boundaries)
  {
    return fraction;
  }
  const auto & edges = boundaries->GetBoundaries();
  const auto   interval = std::min(static_cast<std::size_t>(fraction * (edges.size() - 1)), edges.size() - 2);
  return normalization.ForwardValue(edges[interval] + 0.5 * (edges[interval + 1] - edges[interval]));
}

double
AxisRange::GetFraction(double value) const
{
  if (Minimum == Maximum)
  {
    return 0.0;
  }
  if (Scale == AxisScale::Logarithmic)
  {
    // The logarithm of a ratio tells near values apart, but the ratio of far ones may be infinite.
    return std::isfinite(Maximum / Minimum)
             ? std::log(value / Minimum) / std::log(Maximum / Minimum)
             : (std::log(value) - std::log(Minimum)) / (std::log(Maximum) - std::log(Minimum));
  }
  // Halved only where the difference of the ends would be infinite: half of a smallest number is none.
  const double half = std::isfinite(Maximum - Minimum) ? 1.0 : 0.5;
  return (value * half - Minimum * half) / (Maximum * half - Minimum * half);
}

int
AxisRange::GetDigits() const
{
  const double share = std::abs(Maximum / 2.0 - Minimum / 2.0) / std::max(std::abs(Minimum), std::abs(Maximum));
  return share > 0.0 ? std::clamp(4 - GetDecimalExponent(share), 6, 17) : 6;
}

AxisTicks
AxisRange::MakeTicks(unsigned int maximumNumber) const
{
  if (Minimum == Maximum)
  {
    return { { 0.0 }, { FormatNumber(Minimum, 6) }, "" };
  }
  std::vector<double> values;
  return Scale == AxisScale::Logarithmic ? MakeLogarithmicTicks(*this, maximumNumber)
                                         : MakeLinearTicks(Minimum, Maximum, maximumNumber, values);
}

std::string
FormatNumber(double value, int digits)
{
  char text[40];
  std::snprintf(text, sizeof(text), "%.*g", digits, value + 0.0);
  return text;
}

std::string
MakeAxisTitle(const std::string & label, const AxisTicks & ticks)
{
  return ticks.Note.empty() ? label : label.empty() ? ticks.Note : label + "  " + ticks.Note;
}
} // namespace IntensityMapping
