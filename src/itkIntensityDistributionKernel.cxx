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
#include "itkIntensityDistributionKernel.h"

namespace itk
{
template <typename TPixel>
void
CountIntensityDigits(const TPixel *                      intensities,
                     SizeValueType                       count,
                     TPixel                              least,
                     unsigned int                        digit,
                     typename IntensityKey<TPixel>::Type prefix,
                     std::uint64_t *                     counters)
{
  using KeyType = IntensityKey<TPixel>;
  using Key = typename KeyType::Type;
  // Infinities and NaN have the keys below and above those of all finite numbers.
  const Key          lowest = KeyType::FromIntensity(least);
  const auto         width = static_cast<Key>(KeyType::FromIntensity(std::numeric_limits<TPixel>::max()) - lowest);
  const unsigned int shift = (KeyType::NumberOfDigits - 1 - digit) * KeyType::NumberOfDigitBits;
  for (SizeValueType i = 0; i < count; ++i)
  {
    const Key           key = KeyType::FromIntensity(intensities[i]);
    const SizeValueType upToDigit = key >> shift;
    if (upToDigit / KeyType::Radix == prefix && static_cast<Key>(key - lowest) <= width)
    {
      ++counters[upToDigit % KeyType::Radix];
    }
  }
}


#define itkInstantiateCountDigitsMacro(TPixel)                        \
  template IntensityMapping_EXPORT void CountIntensityDigits<TPixel>( \
    const TPixel *, SizeValueType, TPixel, unsigned int, IntensityKey<TPixel>::Type, std::uint64_t *)

itkInstantiateCountDigitsMacro(std::uint8_t);
itkInstantiateCountDigitsMacro(std::int8_t);
itkInstantiateCountDigitsMacro(std::uint16_t);
itkInstantiateCountDigitsMacro(std::int16_t);
itkInstantiateCountDigitsMacro(std::uint32_t);
itkInstantiateCountDigitsMacro(std::int32_t);
itkInstantiateCountDigitsMacro(float);
itkInstantiateCountDigitsMacro(double);
} // namespace itk
