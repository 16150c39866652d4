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
#include "itkHistogramEqualizationKernel.h"

#include "itkIntensityDistributionKernel.h"

#include <cmath>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace
{
using Method = itk::HistogramEqualizationEnums::Method;


template <typename TPixel>
std::vector<TPixel>
MakeRandomPixels(size_t size, unsigned int seed)
{
  std::mt19937        generator(seed);
  std::vector<TPixel> pixels(size);
  std::generate(pixels.begin(), pixels.end(), [&] { return static_cast<TPixel>(generator()); });
  return pixels;
}


template <typename TInput, typename TOutput>
void
ExpectLookUpIsPlain(size_t size)
{
  using KeyType = itk::IntensityKey<TInput>;
  const auto           table = MakeRandomPixels<TOutput>(KeyType::Radix, 1);
  const auto           pixels = MakeRandomPixels<TInput>(size, 2);
  std::vector<TOutput> found(size);
  std::vector<TOutput> expected(size);
  std::transform(
    pixels.begin(), pixels.end(), expected.begin(), [&](TInput pixel) { return table[KeyType::FromIntensity(pixel)]; });
  itk::LookUp(pixels.data(), table.data(), found.data(), size);
  EXPECT_EQ(found, expected) << size;
}
} // namespace


TEST(HistogramEqualizationKernel, Looks_up_any_number_of_pixels)
{
  // With and without a rest after vectors of 64 bytes and after eights.
  for (size_t size = 0; size < 200; ++size)
  {
    ExpectLookUpIsPlain<std::uint8_t, std::uint8_t>(size);
    ExpectLookUpIsPlain<std::uint8_t, std::int8_t>(size);
    ExpectLookUpIsPlain<std::int8_t, std::uint8_t>(size);
    ExpectLookUpIsPlain<std::uint8_t, float>(size);
    ExpectLookUpIsPlain<std::uint16_t, std::uint16_t>(size);
    ExpectLookUpIsPlain<std::int16_t, double>(size);
  }
  ExpectLookUpIsPlain<std::uint8_t, std::uint8_t>(100000);
}


TEST(HistogramEqualizationKernel, Tables_of_counts_are_what_a_transfer_gives)
{
  const auto                             pixels = MakeRandomPixels<std::uint8_t>(1000, 3);
  std::vector<std::uint32_t>             counts(256);
  std::vector<double>                    values(256);
  itk::IntensityDistribution::ValuesType present;
  itk::IntensityDistribution::CountsType below{ 0 };
  itk::CountIntensities(pixels.data(), pixels.size(), counts.data());
  std::iota(values.begin(), values.end(), 0.0);
  for (size_t value = 0; value < counts.size(); ++value)
  {
    if (counts[value] > 0)
    {
      present.push_back(static_cast<double>(value));
      below.push_back(below.back() + counts[value]);
    }
  }
  const auto distribution = std::make_shared<itk::IntensityDistribution>(present, below);
  for (const auto method : { Method::EmpiricalDistribution, Method::Rank, Method::OpenCV, Method::Pillow })
  {
    SCOPED_TRACE(method);
    std::vector<double> expected(256);
    itk::HistogramEqualizationTransfer::MakeOfCounts(distribution, method, 3.0, 200.0)
      .Map(values.data(), expected.data(), values.size());
    std::vector<double> table(256);
    itk::MakeTableOfCounts<std::uint8_t>(counts.data(), method, 3.0, 200.0, table.data());
    EXPECT_EQ(table, expected);
  }
}


TEST(HistogramEqualizationKernel, Rounds_halves_to_even_and_keeps_levels_within_the_type)
{
  const std::vector<double> levels{ 0.5, 1.5, 2.5, -0.5, -7.0, 254.5, 255.5, 1e300, -HUGE_VAL, std::nan("") };
  std::vector<std::uint8_t> bytes(levels.size());
  itk::ConvertLevels(levels.data(), bytes.data(), levels.size());
  EXPECT_EQ(bytes, (std::vector<std::uint8_t>{ 0, 2, 2, 0, 0, 254, 255, 255, 0, 0 }));
  std::vector<std::int8_t> signedBytes(levels.size());
  itk::ConvertLevels(levels.data(), signedBytes.data(), levels.size());
  EXPECT_EQ(signedBytes, (std::vector<std::int8_t>{ 0, 2, 2, 0, -7, 127, 127, 127, -128, 0 }));
}
