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
#ifndef itkElementaryFunctions_h
#define itkElementaryFunctions_h

#include <cstdint>
#include <cstring>
#include <type_traits>

/** Elementary functions without branches or tables, which a compiler can turn into vector instructions where they are
 * called in a loop. The C library's would be called number by number. */
namespace itk
{
namespace Elementary
{
constexpr double LogOfTwo = 0.693147180559945309417232;

template <typename TTo, typename TFrom>
inline TTo
BitCast(TFrom from)
{
  static_assert(sizeof(TTo) == sizeof(TFrom), "The types must be of one size.");
  TTo to;
  std::memcpy(&to, &from, sizeof(to));
  return to;
}


/** c0 + c1 x + c2 x^2 + ... */
inline double
Polynomial(double, double c0)
{
  return c0;
}


template <typename... TCoefficients>
inline double
Polynomial(double x, double c0, TCoefficients... others)
{
  return c0 + x * Polynomial(x, others...);
}


/** A positive number as 2^Exponent times a number from sqrt(1/2) to sqrt(2), of which this is the natural logarithm. */
struct SplitLogarithm
{
  double Exponent;
  double LogOfMantissa;
};


/** Splits a positive, finite, normal number. If the logarithm is to be rounded to float, it has fewer terms. Of other
 * numbers it gives some numbers.
 *
 * With s = (m - 1) / (m + 1), log(m) = 2 atanh(s) = 2 s (1 + s^2 / 3 + s^4 / 5 + ...). */
template <typename TReal>
inline SplitLogarithm
SplitLog(double x)
{
  constexpr std::uint64_t bitsOfOne = 0x3ff0000000000000;
  constexpr std::uint64_t bitsOfRootOfHalf = 0x3fe6a09e667f3bcd;
  constexpr std::uint64_t mantissaMask = 0x000fffffffffffff;
  // Where x has its exponent, the sum has 1023 more than that of m.
  const auto   shifted = BitCast<std::uint64_t>(x) + (bitsOfOne - bitsOfRootOfHalf);
  const double m = BitCast<double>((shifted & mantissaMask) + bitsOfRootOfHalf);
  // A small integer in the last bits of 2^52 is a conversion to double that all instruction sets have.
  constexpr std::uint64_t bitsOf2To52 = 0x4330000000000000;
  const double            exponent = BitCast<double>((shifted >> 52) | bitsOf2To52) - (4503599627370496.0 + 1023.0);

  const double s = (m - 1.0) / (m + 1.0);
  const double z = s * s;
  // The first term that is left out is below 2^-54 of the whole, or 2^-39.
  const double tail =
    std::is_same<TReal, float>::value ? 1.0 / 13.0 : Polynomial(z, 1.0 / 13.0, 1.0 / 15.0, 1.0 / 17.0, 1.0 / 19.0);
  const double sum = Polynomial(z, 1.0 / 3.0, 1.0 / 5.0, 1.0 / 7.0, 1.0 / 9.0, 1.0 / 11.0, tail);
  return { exponent, 2.0 * s + 2.0 * s * z * sum };
}


/** The natural logarithm of a positive, finite, normal number, to within 3 units in the last place, or a relative error
 * of 2^-38 if it is to be rounded to float. */
template <typename TReal>
inline double
Log(double x)
{
  const auto split = SplitLog<TReal>(x);
  return split.Exponent * LogOfTwo + split.LogOfMantissa;
}


/** The decimal logarithm of a positive, finite, normal number, as accurate; that of a power of ten is exact. */
template <typename TReal>
inline double
Log10(double x)
{
  // The product of the first with an exponent is exact, the second is the rest of log10(2).
  constexpr double log10OfTwo = 0.30102999566361177;
  constexpr double restOfLog10OfTwo = 3.694239077158931e-13;
  constexpr double log10OfE = 0.434294481903251827651129;
  const auto       split = SplitLog<TReal>(x);
  return split.Exponent * log10OfTwo + (split.Exponent * restOfLog10OfTwo + split.LogOfMantissa * log10OfE);
}


/** The exponential of a number from -700 to 700, to be rounded to float: to within a relative error of 2^-31. Of other
 * numbers it gives some number.
 *
 * With n the integer nearest to x / log(2), exp(x) = 2^n exp(x - n log(2)). */
inline double
ExpToSingle(double x)
{
  // Added to a small number, it leaves the nearest integer in the last bits.
  constexpr double shift = 6755399441055744.0;
  const double     shifted = x * (1.0 / LogOfTwo) + shift;
  const double     n = shifted - shift;
  const double     r = x - n * LogOfTwo;
  // The first term that is left out is below 2^-32.
  const double power =
    Polynomial(r, 1.0, 1.0, 1.0 / 2.0, 1.0 / 6.0, 1.0 / 24.0, 1.0 / 120.0, 1.0 / 720.0, 1.0 / 5040.0, 1.0 / 40320.0);
  constexpr std::uint64_t bitsOfOne = 0x3ff0000000000000;
  return power * BitCast<double>((BitCast<std::uint64_t>(shifted) << 52) + bitsOfOne);
}
} // namespace Elementary
} // namespace itk

#endif
