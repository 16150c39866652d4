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
#include "itkStepFunctionTable.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace
{
template <typename TReal>
using Function = typename itk::StepFunctionTable<TReal>::FunctionType;


/** How many of some thresholds are at most a number; 1000000 for NaN. */
template <typename TReal>
Function<TReal>
MakeFunction(std::vector<TReal> thresholds)
{
  std::sort(thresholds.begin(), thresholds.end());
  return [thresholds](const TReal * numbers, std::uint32_t * values, itk::SizeValueType count) {
    std::transform(numbers, numbers + count, values, [&](TReal number) {
      const auto position = std::upper_bound(thresholds.begin(), thresholds.end(), number) - thresholds.begin();
      return std::isnan(number) ? 1000000U : static_cast<std::uint32_t>(position);
    });
  };
}


/** All kinds of numbers: of any bits, near 1, and those next to some others. */
template <typename TReal>
std::vector<TReal>
MakeNumbers(const std::vector<TReal> & others)
{
  using Limits = std::numeric_limits<TReal>;
  std::mt19937_64                       generator(1);
  std::uniform_real_distribution<TReal> uniform(-2, 2);
  std::vector<TReal>                    numbers{ 0,
                              -TReal{ 0 },
                              Limits::infinity(),
                              -Limits::infinity(),
                              Limits::max(),
                              Limits::lowest(),
                              Limits::denorm_min(),
                              Limits::quiet_NaN(),
                              -Limits::quiet_NaN() };
  for (int i = 0; i < 20000; ++i)
  {
    const auto bits = generator();
    TReal      number;
    std::memcpy(&number, &bits, sizeof(number));
    numbers.push_back(number);
    numbers.push_back(uniform(generator));
  }
  for (const TReal other : others)
  {
    numbers.push_back(other);
    numbers.push_back(std::nextafter(other, Limits::infinity()));
    numbers.push_back(std::nextafter(other, -Limits::infinity()));
  }
  return numbers;
}


template <typename TReal>
void
ExpectTabulates(const Function<TReal> & function, const std::vector<TReal> & numbers)
{
  const auto table = itk::StepFunctionTable<TReal>::Make(function, { TReal{ 0 } });
  ASSERT_NE(table, nullptr);
  std::vector<std::uint32_t> expected(numbers.size());
  function(numbers.data(), expected.data(), numbers.size());
  // Counts that are no multiple of a vector's length, too.
  for (const itk::SizeValueType count : { std::size_t{ 0 }, std::size_t{ 1 }, std::size_t{ 37 }, numbers.size() })
  {
    std::vector<std::uint32_t> intervals(count);
    table->Find(numbers.data(), intervals.data(), count);
    for (itk::SizeValueType i = 0; i < count; ++i)
    {
      ASSERT_EQ(table->GetValues().at(intervals[i]), expected[i]) << numbers[i];
    }
  }
}


template <typename TReal>
class StepFunctionTable : public ::testing::Test
{};

using Reals = ::testing::Types<float, double>;
TYPED_TEST_SUITE(StepFunctionTable, Reals, );
} // namespace


TYPED_TEST(StepFunctionTable, Has_the_values_of_the_function)
{
  std::mt19937                              generator(2);
  std::uniform_real_distribution<TypeParam> uniform(-2, 2);
  for (const int numberOfSteps : { 1, 2, 3, 50, 256, 300 })
  {
    SCOPED_TRACE(numberOfSteps);
    std::vector<TypeParam> thresholds(numberOfSteps);
    std::generate(thresholds.begin(), thresholds.end(), [&] { return uniform(generator); });
    ExpectTabulates(MakeFunction(thresholds), MakeNumbers(thresholds));
  }
}


TYPED_TEST(StepFunctionTable, Has_steps_at_the_ends_of_the_numbers)
{
  using Limits = std::numeric_limits<TypeParam>;
  const std::vector<TypeParam> thresholds{
    Limits::lowest(), -Limits::denorm_min(), Limits::denorm_min(), Limits::max(), Limits::infinity()
  };
  ExpectTabulates(MakeFunction(thresholds), MakeNumbers(thresholds));
}


TYPED_TEST(StepFunctionTable, May_have_a_value_again_beyond_a_landmark)
{
  const Function<TypeParam> onlyPositive = [](const TypeParam * numbers, std::uint32_t * values, auto count) {
    std::transform(
      numbers, numbers + count, values, [](TypeParam number) { return number > 0 && std::isfinite(number) ? 7U : 3U; });
  };
  ExpectTabulates(onlyPositive, MakeNumbers<TypeParam>({ 0, 1 }));
}


TYPED_TEST(StepFunctionTable, Is_not_made_of_what_is_no_step_function)
{
  using TableType = itk::StepFunctionTable<TypeParam>;
  const Function<TypeParam> trembling = [](const TypeParam * numbers, std::uint32_t * values, auto count) {
    std::transform(numbers, numbers + count, values, [](TypeParam number) {
      const auto next = std::nextafter(TypeParam{ 1 }, TypeParam{ 2 });
      return number < 1 || number == next ? 0U : 1U;
    });
  };
  EXPECT_EQ(TableType::Make(trembling, {}), nullptr);

  const Function<TypeParam> constant = [](const TypeParam *, std::uint32_t * values, auto count) {
    std::fill_n(values, count, 5U);
  };
  EXPECT_EQ(TableType::Make(constant, {}), nullptr);
}


TYPED_TEST(StepFunctionTable, Is_not_made_of_too_many_steps)
{
  const Function<TypeParam> fine = [](const TypeParam * numbers, std::uint32_t * values, auto count) {
    std::transform(numbers, numbers + count, values, [](TypeParam number) {
      return static_cast<std::uint32_t>(std::min(std::max(number, TypeParam{ 0 }), TypeParam{ 1 }) * 200000);
    });
  };
  EXPECT_EQ(itk::StepFunctionTable<TypeParam>::Make(fine, { 0, 1 }), nullptr);

  // As many as are allowed, but all of them next to each other.
  std::vector<TypeParam> close{ -100 };
  for (int i = 0; i < 1000; ++i)
  {
    close.push_back(std::nextafter(close.back(), TypeParam{ 0 }));
  }
  close.push_back(100);
  EXPECT_EQ(itk::StepFunctionTable<TypeParam>::Make(MakeFunction(close), {}), nullptr);
}
