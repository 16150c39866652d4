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
#include "itkTemporalHistogramKernel.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

using itk::HistogramBins;
using itk::TemporalHistogramStaging;

namespace
{
using CodesType = std::vector<HistogramBins::CodeType>;

constexpr itk::SizeValueType numberOfBins = 250;


/** Frame by frame, random codes from `least` to `greatest` of `count` pixels. */
std::vector<CodesType>
MakeFrames(unsigned int numberOfFrames, unsigned int count, unsigned int least, unsigned int greatest)
{
  std::mt19937           generator(numberOfFrames + count);
  std::vector<CodesType> frames(numberOfFrames, CodesType(count));
  for (auto & frame : frames)
  {
    std::generate(frame.begin(), frame.end(), [&] { return least + generator() % (greatest - least + 1); });
  }
  return frames;
}


/** The wide counters of some pixels. */
struct Counters
{
  explicit Counters(itk::SizeValueType count)
    : Bins(count * numberOfBins, 3)
    , Under(count, 3)
    , Over(count, 3)
    , Invalid(count, 3)
  {}

  bool
  operator==(const Counters & other) const
  {
    return Bins == other.Bins && Under == other.Under && Over == other.Over && Invalid == other.Invalid;
  }

  std::vector<std::uint32_t> Bins;
  std::vector<std::uint32_t> Under;
  std::vector<std::uint32_t> Over;
  std::vector<std::uint32_t> Invalid;
};


Counters
CountInPlace(const std::vector<CodesType> & frames)
{
  Counters counters(frames.front().size());
  for (const auto & frame : frames)
  {
    itk::CountCodesInPlace(frame.data(),
                           frame.size(),
                           numberOfBins,
                           counters.Bins.data(),
                           counters.Under.data(),
                           counters.Over.data(),
                           counters.Invalid.data());
  }
  return counters;
}


/** The codes of a type by a line, value by value. */
template <typename TPixel>
void
ExpectLineIsExact(const HistogramBins & bins)
{
  itk::LinearCodes line;
  ASSERT_TRUE(itk::FindLinearCodes<TPixel>(bins, line));
  for (int i = std::numeric_limits<TPixel>::min(); i <= std::numeric_limits<TPixel>::max(); ++i)
  {
    const auto value = static_cast<float>(i);
    const auto code = value < line.First  ? line.Under
                      : value > line.Last ? line.Over
                                          : std::min(value * line.Slope + line.Intercept, line.LastBin);
    ASSERT_EQ(static_cast<unsigned int>(code), bins.ForwardValue(i)) << i;
  }
}
} // namespace


TEST(TemporalHistogramKernel, Stages_and_counts_as_in_place)
{
  TemporalHistogramStaging staging(numberOfBins);
  // Codes that span few bins are compared with each, codes that span many are not.
  for (const unsigned int greatest : { 5, 7, 8, 60, 130, 252 })
  {
    for (const unsigned int count : { 1, 63, 64, 65, 200, 256 })
    {
      for (const unsigned int numberOfFrames : { 1, 40, 255 })
      {
        const auto frames = MakeFrames(numberOfFrames, count, 5, greatest);
        Counters   counters(count);
        for (size_t frame = 0; frame < frames.size(); ++frame)
        {
          staging.StageCodes(frame, frames[frame].data(), count);
        }
        staging.CountStaged(numberOfFrames, count);
        staging.Flush(
          count, counters.Bins.data(), counters.Under.data(), counters.Over.data(), counters.Invalid.data());
        EXPECT_TRUE(counters == CountInPlace(frames)) << greatest << ' ' << count << ' ' << numberOfFrames;
      }
    }
  }
}


TEST(TemporalHistogramKernel, Counts_by_table_as_in_place)
{
  TemporalHistogramStaging   staging(numberOfBins);
  const auto                 frames = MakeFrames(100, 200, 0, 252);
  Counters                   counters(200);
  std::vector<std::uint16_t> codes(256);
  std::iota(codes.begin(), codes.end(), std::uint16_t{ 0 });
  for (const auto & frame : frames)
  {
    const std::vector<std::uint8_t> values(frame.begin(), frame.end());
    staging.CountByTable(values.data(), values.size(), codes.data());
  }
  staging.Flush(200, counters.Bins.data(), counters.Under.data(), counters.Over.data(), counters.Invalid.data());
  EXPECT_TRUE(counters == CountInPlace(frames));
}


TEST(TemporalHistogramKernel, Finds_lines_that_are_exact)
{
  const auto bins = HistogramBins::New();
  bins->SetUniform(100, 0.0, 65535.0);
  ExpectLineIsExact<std::uint16_t>(*bins);
  bins->SetUniform(37, -1000.7, 20000.2);
  ExpectLineIsExact<std::int16_t>(*bins);
  ExpectLineIsExact<std::uint16_t>(*bins);
  bins->SetIntegers(0, 255);
  ExpectLineIsExact<std::uint8_t>(*bins);
  bins->SetIntegers(-128, 127);
  ExpectLineIsExact<std::int8_t>(*bins);
  bins->SetIntegers(100, 120);
  ExpectLineIsExact<std::uint8_t>(*bins);
}


TEST(TemporalHistogramKernel, Finds_no_line_where_there_is_none)
{
  const auto       bins = HistogramBins::New();
  itk::LinearCodes line;
  bins->SetEdges({ 0.0, 1.0, 10.0, 100.0 });
  EXPECT_FALSE(itk::FindLinearCodes<std::uint8_t>(*bins, line));
  bins->SetUniform(300, 0.0, 65535.0);
  EXPECT_FALSE(itk::FindLinearCodes<std::uint16_t>(*bins, line));
  bins->SetUniform(10, 300.0, 400.0);
  EXPECT_FALSE(itk::FindLinearCodes<std::uint8_t>(*bins, line));
}
