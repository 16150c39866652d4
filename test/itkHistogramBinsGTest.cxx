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
#include "itkHistogramBins.h"

#include <algorithm>
#include <functional>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

using itk::HistogramBins;

namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();


/** The definition, as slow as it is plain. */
HistogramBins::CodeType
FindCode(double value, const HistogramBins & bins)
{
  const auto & edges = bins.GetEdges();
  for (HistogramBins::CodeType bin = 0; bin < bins.GetNumberOfBins(); ++bin)
  {
    const bool isLast = bin + 1 == bins.GetNumberOfBins();
    if (value >= edges[bin] && (value < edges[bin + 1] || (isLast && value == edges[bin + 1])))
    {
      return bin;
    }
  }
  return value < edges.front()  ? bins.GetUnderCode()
         : value > edges.back() ? bins.GetOverCode()
                                : bins.GetInvalidCode();
}


/** Random values around the bins, the edges themselves, and their neighbours. */
std::vector<double>
MakeValues(const HistogramBins & bins)
{
  const auto &        edges = bins.GetEdges();
  const double        margin = 0.1 * (edges.back() - edges.front());
  std::vector<double> values{ infinity, -infinity, notANumber, 0.0, -0.0 };
  for (const double edge : edges)
  {
    values.insert(values.end(), { edge, std::nextafter(edge, infinity), std::nextafter(edge, -infinity) });
  }
  std::mt19937                     generator(1);
  std::uniform_real_distribution<> distribution(edges.front() - margin, edges.back() + margin);
  std::generate_n(std::back_inserter(values), 1000, [&] { return distribution(generator); });
  return values;
}


void
ExpectDefinitionHolds(const HistogramBins & bins)
{
  for (const double value : MakeValues(bins))
  {
    EXPECT_EQ(bins.ForwardValue(value), FindCode(value, bins)) << value;

    const auto              single = static_cast<float>(value);
    HistogramBins::CodeType code;
    bins.Forward(&single, &code, 1);
    EXPECT_EQ(code, FindCode(single, bins)) << single;
  }
}


std::string
GetError(const std::function<void(HistogramBins &)> & set)
{
  const auto bins = HistogramBins::New();
  try
  {
    set(*bins);
  }
  catch (const itk::ExceptionObject & error)
  {
    EXPECT_EQ(bins->GetEdges(), HistogramBins::New()->GetEdges()) << "Refused edges were kept.";
    return error.GetDescription();
  }
  return "no error";
}
} // namespace


TEST(HistogramBins, Uniform_bins_follow_the_definition)
{
  const auto bins = HistogramBins::New();
  for (const double minimum : { -1.0, 0.1, 1e9, -1e-12 })
  {
    for (const unsigned int numberOfBins : { 1, 3, 100 })
    {
      bins->SetUniform(numberOfBins, minimum, minimum + 1.7);
      ASSERT_EQ(bins->GetNumberOfBins(), numberOfBins);
      ExpectDefinitionHolds(*bins);
    }
  }
}


TEST(HistogramBins, Uniform_bins_hold_where_edges_are_a_few_units_in_the_last_place_apart)
{
  const auto bins = HistogramBins::New();
  bins->SetUniform(70, 1e16, 1e16 + 200.0);
  ExpectDefinitionHolds(*bins);
  bins->SetUniform(3, 0.0, 5e-324 * 9);
  ExpectDefinitionHolds(*bins);
  bins->SetUniform(10, -8e307, 8e307);
  ExpectDefinitionHolds(*bins);
}


TEST(HistogramBins, Logarithmic_bins_follow_the_definition)
{
  const auto bins = HistogramBins::New();
  bins->SetLogarithmic(4, 0.01, 100.0);
  const double expected[] = { 0.01, 0.1, 1.0, 10.0, 100.0 };
  for (unsigned int k = 0; k <= 4; ++k)
  {
    // Two powers and a product, each good to a unit in the last place.
    EXPECT_NEAR(bins->GetEdges()[k], expected[k], 4 * 2.3e-16 * expected[k]);
  }
  ExpectDefinitionHolds(*bins);
  bins->SetLogarithmic(200, 1e-300, 1e300);
  ExpectDefinitionHolds(*bins);
}


TEST(HistogramBins, Explicit_bins_follow_the_definition)
{
  const auto bins = HistogramBins::New();
  bins->SetEdges({ -3.0, -1.0, -0.5, 4.0, 100.0, 101.0 });
  ExpectDefinitionHolds(*bins);
}


TEST(HistogramBins, Integer_bins_are_centred_on_their_integers)
{
  const auto bins = HistogramBins::New();
  bins->SetIntegers(-2, 253);
  EXPECT_TRUE(bins->GetIntegers());
  ASSERT_EQ(bins->GetNumberOfBins(), 256u);
  for (int value = -2; value <= 253; ++value)
  {
    EXPECT_EQ(bins->ForwardValue(value), static_cast<unsigned int>(value + 2));
    EXPECT_EQ(bins->GetCenter(value + 2), value);
  }
  EXPECT_EQ(bins->ForwardValue(-3), bins->GetUnderCode());
  EXPECT_EQ(bins->ForwardValue(254), bins->GetOverCode());
  ExpectDefinitionHolds(*bins);
}


TEST(HistogramBins, Inverse_gives_a_value_of_the_same_bin)
{
  const auto bins = HistogramBins::New();
  bins->SetLogarithmic(50, 1.0, 1e6);
  for (HistogramBins::CodeType code = 0; code < bins->GetNumberOfBins() + 3; ++code)
  {
    double value;
    bins->Inverse(&code, &value, 1);
    EXPECT_EQ(bins->ForwardValue(value), code);
  }
}


TEST(HistogramBins, Refuses_what_makes_no_bins_and_says_why)
{
  const auto expectError = [](const std::function<void(HistogramBins &)> & set, const std::string & part) {
    const auto error = GetError(set);
    EXPECT_NE(error.find(part), std::string::npos) << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  };
  expectError([](auto & bins) { bins.SetUniform(0, 0.0, 1.0); }, "0 uniform bins");
  expectError([](auto & bins) { bins.SetUniform(5, 1.0, 1.0); }, "minimum must be below the maximum");
  expectError([](auto & bins) { bins.SetUniform(5, 2.0, 1.0); }, "minimum must be below the maximum");
  expectError([](auto & bins) { bins.SetUniform(5, notANumber, 1.0); }, "finite");
  expectError([](auto & bins) { bins.SetUniform(5, 0.0, infinity); }, "finite");
  expectError([](auto & bins) { bins.SetUniform(100, 1e16, 1e16 + 20.0); }, "more bins than numbers");
  expectError([](auto & bins) { bins.SetLogarithmic(5, 0.0, 1.0); }, "0 < minimum");
  expectError([](auto & bins) { bins.SetLogarithmic(0, 1.0, 2.0); }, "0 logarithmic bins");
  expectError([](auto & bins) { bins.SetIntegers(3, 2); }, "from 3 to 2");
  expectError([](auto & bins) { bins.SetIntegers(0, std::int64_t{ 1 } << 40); }, "at most");
  expectError([](auto & bins) { bins.SetEdges({ 1.0 }); }, "1 bin edges");
  expectError([](auto & bins) { bins.SetEdges({ 0.0, notANumber, 2.0 }); }, "edge 1 is nan");
  expectError([](auto & bins) { bins.SetEdges({ 0.0, 2.0, 2.0 }); }, "edge 2 is 2, which is not above 2");
  expectError([](auto & bins) { bins.SetEdges({ 0.0, 2.0, 1.0 }); }, "edge 2 is 1, which is not above 2");
}
