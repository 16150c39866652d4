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


namespace
{
template <typename TPixel>
inline void
CountOneByOne(const TPixel * intensities, SizeValueType count, std::uint32_t * counters)
{
  for (SizeValueType i = 0; i < count; ++i)
  {
    ++counters[IntensityKey<TPixel>::FromIntensity(intensities[i])];
  }
}
} // namespace


template <typename TPixel>
void
CountIntensities(const TPixel * intensities, SizeValueType count, std::uint32_t * counters)
{
  SizeValueType start = 0;
  if constexpr (sizeof(TPixel) == 1)
  {
    // Equal intensities in a row would wait for each other's counter, were there not several. Eight are loaded at once.
    constexpr SizeValueType radix = IntensityKey<TPixel>::Radix;
    constexpr SizeValueType worthTables = 2 * radix;
    if (count < worthTables)
    {
      CountOneByOne(intensities, count, counters);
      return;
    }
    std::uint32_t tables[4][radix] = {};
    for (; start + 8 <= count; start += 8)
    {
      std::uint64_t eight;
      std::memcpy(&eight, intensities + start, 8);
      ++tables[0][eight & 0xFF];
      ++tables[1][(eight >> 8) & 0xFF];
      ++tables[2][(eight >> 16) & 0xFF];
      ++tables[3][(eight >> 24) & 0xFF];
      ++tables[0][(eight >> 32) & 0xFF];
      ++tables[1][(eight >> 40) & 0xFF];
      ++tables[2][(eight >> 48) & 0xFF];
      ++tables[3][eight >> 56];
    }
    for (SizeValueType byte = 0; byte < radix; ++byte)
    {
      const auto key = IntensityKey<TPixel>::FromIntensity(static_cast<TPixel>(byte));
      counters[key] += tables[0][byte] + tables[1][byte] + tables[2][byte] + tables[3][byte];
    }
  }
  CountOneByOne(intensities + start, count - start, counters);
}


namespace
{
/** A finite number less itself is 0, any other NaN. */
template <typename TPixel>
inline bool
IsFinite(TPixel value)
{
  return value - value == TPixel{ 0 };
}
} // namespace


template <typename TPixel>
bool
DoAllCount(const TPixel * intensities, const unsigned char * mask, SizeValueType count)
{
  SizeValueType numberOfOthers = 0;
  if constexpr (std::is_floating_point<TPixel>::value)
  {
    // A loop that counts and has no way out can be vectorized.
    unsigned int numberOfInfinite = 0;
    for (SizeValueType i = 0; i < count; ++i)
    {
      numberOfInfinite += IsFinite(intensities[i]) ? 0 : 1;
    }
    numberOfOthers = numberOfInfinite;
  }
  if (mask != nullptr)
  {
    numberOfOthers += std::count(mask, mask + count, 0);
  }
  return numberOfOthers == 0;
}


template <typename TPixel>
SizeValueType
CollectCounted(const TPixel * intensities, const unsigned char * mask, SizeValueType count, TPixel * collected)
{
  SizeValueType numberOfCounted = 0;
  for (SizeValueType i = 0; i < count; ++i)
  {
    collected[numberOfCounted] = intensities[i];
    numberOfCounted += (mask == nullptr || mask[i] != 0) && IsFinite(intensities[i]) ? 1 : 0;
  }
  return numberOfCounted;
}


#define itkInstantiateCountDigitsMacro(TPixel)                                                                     \
  template IntensityMapping_EXPORT void CountIntensityDigits<TPixel>(                                              \
    const TPixel *, SizeValueType, TPixel, unsigned int, IntensityKey<TPixel>::Type, std::uint64_t *);             \
  template IntensityMapping_EXPORT bool          DoAllCount(const TPixel *, const unsigned char *, SizeValueType); \
  template IntensityMapping_EXPORT SizeValueType CollectCounted(                                                   \
    const TPixel *, const unsigned char *, SizeValueType, TPixel *)

itkInstantiateCountDigitsMacro(std::uint8_t);
itkInstantiateCountDigitsMacro(std::int8_t);
itkInstantiateCountDigitsMacro(std::uint16_t);
itkInstantiateCountDigitsMacro(std::int16_t);
itkInstantiateCountDigitsMacro(std::uint32_t);
itkInstantiateCountDigitsMacro(std::int32_t);
itkInstantiateCountDigitsMacro(float);
itkInstantiateCountDigitsMacro(double);

#define itkInstantiateCountMacro(TPixel) \
  template IntensityMapping_EXPORT void CountIntensities(const TPixel *, SizeValueType, std::uint32_t *)

itkInstantiateCountMacro(std::uint8_t);
itkInstantiateCountMacro(std::int8_t);
itkInstantiateCountMacro(std::uint16_t);
itkInstantiateCountMacro(std::int16_t);
} // namespace itk
