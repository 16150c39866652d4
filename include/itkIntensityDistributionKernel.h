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
#ifndef itkIntensityDistributionKernel_h
#define itkIntensityDistributionKernel_h

#include "itkIntTypes.h"
#include "IntensityMappingExport.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>
#include <vector>

namespace itk
{
/** \class IntensityKey
 * \brief The unsigned integer that stands for an intensity: keys are in the order of the intensities.
 *
 * A key has as many bits as the intensity; -0 has the key of 0. Keys are looked at in digits of up to 16 bits, from the
 * highest to the lowest, so that a pass over an image needs no more counters than a digit has values.
 *
 * \ingroup IntensityMapping
 */
template <typename TPixel>
struct IntensityKey
{
  static constexpr unsigned int NumberOfBits = 8 * sizeof(TPixel);
  static constexpr unsigned int NumberOfDigitBits = std::min(16u, NumberOfBits);
  static constexpr unsigned int NumberOfDigits = NumberOfBits / NumberOfDigitBits;

  /** How many values a digit has. */
  static constexpr SizeValueType Radix = SizeValueType{ 1 } << NumberOfDigitBits;

  using Type =
    std::conditional_t<NumberOfBits == 8,
                       std::uint8_t,
                       std::conditional_t<NumberOfBits == 16,
                                          std::uint16_t,
                                          std::conditional_t<NumberOfBits == 32, std::uint32_t, std::uint64_t>>>;

  static Type
  FromIntensity(TPixel intensity)
  {
    if constexpr (std::is_floating_point<TPixel>::value)
    {
      // The sum turns -0 into 0. The bits of positive numbers are in their order, those of negative ones in the
      // reverse.
      intensity += TPixel{ 0 };
      Type bits;
      std::memcpy(&bits, &intensity, sizeof(bits));
      const Type flipped = Type{ 0 } - (bits >> (NumberOfBits - 1));
      return bits ^ (flipped | HighestBit);
    }
    else
    {
      return static_cast<Type>(static_cast<Type>(intensity) ^ (std::is_signed<TPixel>::value ? HighestBit : Type{ 0 }));
    }
  }

  static TPixel
  ToIntensity(Type key)
  {
    if constexpr (std::is_floating_point<TPixel>::value)
    {
      const Type flipped = (key >> (NumberOfBits - 1)) - Type{ 1 };
      const Type bits = key ^ (flipped | HighestBit);
      TPixel     intensity;
      std::memcpy(&intensity, &bits, sizeof(intensity));
      return intensity;
    }
    else
    {
      return static_cast<TPixel>(key ^ (std::is_signed<TPixel>::value ? HighestBit : Type{ 0 }));
    }
  }

private:
  static constexpr auto HighestBit = static_cast<Type>(Type{ 1 } << (NumberOfBits - 1));
};

/** The least intensity that is finite and, if only these are asked for, above 0. */
template <typename TPixel>
constexpr TPixel
GetLeastIntensity(bool positiveOnly)
{
  const TPixel leastAboveZero =
    std::is_integral<TPixel>::value ? TPixel{ 1 } : std::numeric_limits<TPixel>::denorm_min();
  return positiveOnly ? leastAboveZero : std::numeric_limits<TPixel>::lowest();
}

/** Adds to each of the Radix counters how many of `count` intensities have that number as digit `digit` of their keys
 * (0 is the highest), among those whose digits before it are, as one number, `prefix`. Intensities below `least`,
 * infinities and NaN are left out. */
template <typename TPixel>
IntensityMapping_EXPORT void
CountIntensityDigits(const TPixel *                      intensities,
                     SizeValueType                       count,
                     TPixel                              least,
                     unsigned int                        digit,
                     typename IntensityKey<TPixel>::Type prefix,
                     std::uint64_t *                     counters);

/** Adds to the counters how many of `count` intensities of 8 or 16 bits have each value, in the order of the values. */
template <typename TPixel>
IntensityMapping_EXPORT void
CountIntensities(const TPixel * intensities, SizeValueType count, std::uint32_t * counters);

/** Whether all of `count` intensities count: those that are finite and where the mask, if there is one, is not 0. */
template <typename TPixel>
IntensityMapping_EXPORT bool
DoAllCount(const TPixel * intensities, const unsigned char * mask, SizeValueType count);

/** Copies the intensities that count. Returns how many. */
template <typename TPixel>
IntensityMapping_EXPORT SizeValueType
CollectCounted(const TPixel * intensities, const unsigned char * mask, SizeValueType count, TPixel * collected);

/** Calls `visit(intensities, count)` for runs of those that count, block by block. */
template <typename TPixel, typename TVisit>
void
ForEachCounted(const TPixel * intensities, const unsigned char * mask, SizeValueType count, const TVisit & visit)
{
  constexpr SizeValueType blockLength = SizeValueType{ 1 } << 16;
  std::vector<TPixel>     collected;
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    const auto   length = std::min(blockLength, count - start);
    const auto * block = intensities + start;
    const auto * maskBlock = mask != nullptr ? mask + start : nullptr;
    if (DoAllCount(block, maskBlock, length))
    {
      visit(block, length);
    }
    else
    {
      collected.resize(length);
      visit(collected.data(), CollectCounted(block, maskBlock, length, collected.data()));
    }
  }
}
} // namespace itk

#endif
