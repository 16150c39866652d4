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
#include "itkIntensityRangeKernel.h"

#include "itkIntensityDistributionKernel.h"
#include "itkTargetClones.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace itk
{
namespace
{
/** The compiler may not reorder comparisons of floats, so the independent lanes that vectors need are written out. */
template <typename TPixel>
struct RangeLanes
{
  static constexpr SizeValueType Length = 64;

  TPixel        Lowest[Length];
  TPixel        Highest[Length];
  TPixel        Least;
  SizeValueType NumberOfOthers{ 0 };

  explicit RangeLanes(TPixel least)
    : Least(least)
  {
    std::fill_n(Lowest, Length, std::numeric_limits<TPixel>::max());
    std::fill_n(Highest, Length, std::numeric_limits<TPixel>::lowest());
  }

  inline void
  Add(const TPixel * values, SizeValueType length)
  {
    const TPixel least = Least;
    unsigned int others = 0;
    for (SizeValueType i = 0; i < length; ++i)
    {
      const TPixel value = values[i];
      const bool   wanted = value >= least && value <= std::numeric_limits<TPixel>::max();
      others += wanted ? 0 : 1;
      Lowest[i] = wanted && value < Lowest[i] ? value : Lowest[i];
      Highest[i] = wanted && value > Highest[i] ? value : Highest[i];
    }
    NumberOfOthers += others;
  }

  inline void
  AddSpan(const TPixel * values, SizeValueType count)
  {
    SizeValueType start = 0;
    for (; start + Length <= count; start += Length)
    {
      this->Add(values + start, Length);
    }
    this->Add(values + start, count - start);
  }
};


// A clone per instruction set needs a plain function per type.
#define itkAddSpanToRangeMacro(TPixel)                                                                        \
  itkTargetClones void AddSpanToRange(RangeLanes<TPixel> & lanes, const TPixel * values, SizeValueType count) \
  {                                                                                                           \
    lanes.AddSpan(values, count);                                                                             \
  }

itkAddSpanToRangeMacro(std::uint8_t);
itkAddSpanToRangeMacro(std::int8_t);
itkAddSpanToRangeMacro(std::uint16_t);
itkAddSpanToRangeMacro(std::int16_t);
itkAddSpanToRangeMacro(std::uint32_t);
itkAddSpanToRangeMacro(std::int32_t);
itkAddSpanToRangeMacro(float);
itkAddSpanToRangeMacro(double);
} // namespace


void
IntensityRange::Merge(const IntensityRange & other)
{
  Minimum = std::min(Minimum, other.Minimum);
  Maximum = std::max(Maximum, other.Maximum);
  NumberOfFiniteValues += other.NumberOfFiniteValues;
  NumberOfNonPositiveValues += other.NumberOfNonPositiveValues;
  NumberOfInfinities += other.NumberOfInfinities;
  NumberOfNaNs += other.NumberOfNaNs;
}


template <typename TPixel>
IntensityRange
ComputeIntensityRange(const TPixel * values, SizeValueType count, bool positiveOnly)
{
  RangeLanes<TPixel> lanes(GetLeastIntensity<TPixel>(positiveOnly));
  AddSpanToRange(lanes, values, count);

  IntensityRange range;
  range.NumberOfFiniteValues = count - lanes.NumberOfOthers;
  if (range.NumberOfFiniteValues > 0)
  {
    // The sum turns -0 into 0, so that the order of the values does not show.
    range.Minimum = static_cast<double>(*std::min_element(lanes.Lowest, std::end(lanes.Lowest))) + 0.0;
    range.Maximum = static_cast<double>(*std::max_element(lanes.Highest, std::end(lanes.Highest))) + 0.0;
  }
  if (lanes.NumberOfOthers > 0)
  {
    range.NumberOfNaNs = std::count_if(values, values + count, [](TPixel value) { return value != value; });
    range.NumberOfInfinities =
      std::count_if(values, values + count, [](TPixel value) { return std::isinf(static_cast<double>(value)); });
    range.NumberOfNonPositiveValues = lanes.NumberOfOthers - range.NumberOfNaNs - range.NumberOfInfinities;
  }
  return range;
}


#define itkInstantiateRangeMacro(TPixel) \
  template IntensityMapping_EXPORT IntensityRange ComputeIntensityRange<TPixel>(const TPixel *, SizeValueType, bool)

itkInstantiateRangeMacro(std::uint8_t);
itkInstantiateRangeMacro(std::int8_t);
itkInstantiateRangeMacro(std::uint16_t);
itkInstantiateRangeMacro(std::int16_t);
itkInstantiateRangeMacro(std::uint32_t);
itkInstantiateRangeMacro(std::int32_t);
itkInstantiateRangeMacro(float);
itkInstantiateRangeMacro(double);
} // namespace itk
