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
#include "itkAsinhNormalization.h"
#include "itkBoundaryNormalization.h"
#include "itkCenteredNormalization.h"
#include "itkLogNormalization.h"
#include "itkPowerNormalization.h"
#include "itkSymmetricLogNormalization.h"
#include "itkTwoSlopeNormalization.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();


itk::IntensityNormalization::Pointer
MakeLinear()
{
  return itk::LinearNormalization::New().GetPointer();
}


itk::IntensityNormalization::Pointer
MakeCentered()
{
  const auto normalization = itk::CenteredNormalization::New();
  normalization->SetCenter(0.25);
  return normalization.GetPointer();
}


itk::IntensityNormalization::Pointer
MakeTwoSlope()
{
  const auto normalization = itk::TwoSlopeNormalization::New();
  normalization->SetCenter(20.0);
  return normalization.GetPointer();
}


itk::IntensityNormalization::Pointer
MakeLog()
{
  return itk::LogNormalization::New().GetPointer();
}


template <int VTenths>
itk::IntensityNormalization::Pointer
MakePower()
{
  const auto normalization = itk::PowerNormalization::New();
  normalization->SetGamma(VTenths / 10.0);
  return normalization.GetPointer();
}


itk::IntensityNormalization::Pointer
MakeSymmetricLog()
{
  const auto normalization = itk::SymmetricLogNormalization::New();
  normalization->SetLinearThreshold(2.0);
  normalization->SetLinearScale(0.7);
  return normalization.GetPointer();
}


itk::IntensityNormalization::Pointer
MakeAsinh()
{
  const auto normalization = itk::AsinhNormalization::New();
  normalization->SetLinearWidth(3.0);
  return normalization.GetPointer();
}


/** A continuous normalization, and limits for it. */
struct NormalizationCase
{
  const char *                                              Name;
  std::function<itk::IntensityNormalization::Pointer(void)> Make;
  double                                                    Minimum;
  double                                                    Maximum;

  itk::IntensityNormalization::Pointer
  MakeReady(bool clip = false) const
  {
    const auto normalization = Make();
    normalization->SetRange(Minimum, Maximum);
    normalization->SetClip(clip);
    normalization->Verify();
    return normalization;
  }
};


std::ostream &
operator<<(std::ostream & os, const NormalizationCase & normalizationCase)
{
  return os << normalizationCase.Name << " from " << normalizationCase.Minimum << " to " << normalizationCase.Maximum;
}


class IntensityNormalizationLaw : public testing::TestWithParam<NormalizationCase>
{};

INSTANTIATE_TEST_SUITE_P(Normalizations,
                         IntensityNormalizationLaw,
                         testing::Values(NormalizationCase{ "Linear", MakeLinear, -3.7, 1234.5 },
                                         NormalizationCase{ "Centered", MakeCentered, -2.0, 4.1 },
                                         NormalizationCase{ "TwoSlope", MakeTwoSlope, -100.3, 4000.7 },
                                         NormalizationCase{ "SquareRoot", MakePower<5>, 0.1, 0.7 },
                                         NormalizationCase{ "Square", MakePower<20>, -9.3, -1.1 },
                                         NormalizationCase{ "Log", MakeLog, 0.03, 51234.5 },
                                         NormalizationCase{ "NarrowLog", MakeLog, 900.0, 1000.1 },
                                         NormalizationCase{ "SymmetricLog", MakeSymmetricLog, -512.3, 3000.1 },
                                         NormalizationCase{ "PositiveSymmetricLog", MakeSymmetricLog, 5.3, 91.0 },
                                         NormalizationCase{ "Asinh", MakeAsinh, -10000.3, 20.1 },
                                         NormalizationCase{ "NarrowAsinh", MakeAsinh, 0.001, 0.01 }),
                         [](const auto & info) { return info.param.Name; });


/** Within the limits, at them, next to them, and what is no finite number. */
template <typename TReal>
std::vector<TReal>
MakeIntensities(const itk::IntensityNormalization & normalization)
{
  const auto         minimum = static_cast<TReal>(normalization.GetMinimum());
  const auto         maximum = static_cast<TReal>(normalization.GetMaximum());
  const TReal        width = maximum - minimum;
  std::vector<TReal> intensities{ minimum, maximum, 0, -0.0, 1, std::numeric_limits<TReal>::quiet_NaN() };
  for (const TReal limit : { minimum, maximum })
  {
    for (const TReal direction : { -std::numeric_limits<TReal>::infinity(), std::numeric_limits<TReal>::infinity() })
    {
      intensities.push_back(std::nextafter(limit, direction));
      intensities.push_back(direction);
      intensities.push_back(
        std::clamp(direction, std::numeric_limits<TReal>::lowest(), std::numeric_limits<TReal>::max()));
    }
  }
  std::mt19937                          generator(1);
  std::uniform_real_distribution<TReal> distribution(minimum - width, maximum + width);
  std::generate_n(std::back_inserter(intensities), 1000, [&] { return distribution(generator); });
  return intensities;
}


template <typename TReal>
std::vector<TReal>
Normalize(const itk::IntensityNormalization & normalization, const std::vector<TReal> & intensities)
{
  std::vector<TReal> normalized(intensities.size());
  normalization.Forward(intensities.data(), normalized.data(), intensities.size());
  return normalized;
}


/** What the limits are in single precision is for each intensity of single precision on the same side. */
template <typename TReal>
void
ExpectTheInsideToStayInside(const itk::IntensityNormalization & normalization)
{
  const auto intensities = MakeIntensities<TReal>(normalization);
  const auto normalized = Normalize(normalization, intensities);
  for (size_t i = 0; i < intensities.size(); ++i)
  {
    SCOPED_TRACE(testing::Message() << intensities[i]);
    if (intensities[i] >= normalization.GetMinimum() && intensities[i] <= normalization.GetMaximum())
    {
      EXPECT_GE(normalized[i], 0);
      EXPECT_LE(normalized[i], 1);
    }
  }
}


/** One by one, in pieces that begin anywhere, and in place: the vectors that a loop was made into must not show. */
template <typename TReal>
void
ExpectSpansToBeOfValues(const itk::IntensityNormalization & normalization)
{
  const auto intensities = MakeIntensities<TReal>(normalization);
  const auto normalized = Normalize(normalization, intensities);
  for (size_t i = 0; i < intensities.size(); ++i)
  {
    TReal alone = intensities[i];
    normalization.Forward(&alone, &alone, 1);
    EXPECT_EQ(std::memcmp(&alone, &normalized[i], sizeof(TReal)), 0) << intensities[i];
  }
  for (size_t start = 1; start < 20; ++start)
  {
    auto piece = intensities;
    normalization.Forward(&piece[start], &piece[start], 37 + start);
    EXPECT_EQ(std::memcmp(&piece[start], &normalized[start], (37 + start) * sizeof(TReal)), 0) << start;
  }
}
} // namespace


TEST(IntensityNormalization, Is_from_zero_to_one_without_clipping_at_first)
{
  const auto normalization = itk::LinearNormalization::New();
  EXPECT_EQ(normalization->GetMinimum(), 0.0);
  EXPECT_EQ(normalization->GetMaximum(), 1.0);
  EXPECT_FALSE(normalization->GetClip());
}


TEST(IntensityNormalization, Refuses_a_range_that_is_none)
{
  const auto make = [](double minimum, double maximum) {
    const auto normalization = MakeLinear();
    normalization->SetRange(minimum, maximum);
    return normalization;
  };
  EXPECT_THROW(make(2.0, 1.0)->Verify(), itk::ExceptionObject);
  EXPECT_THROW(make(notANumber, 1.0)->Verify(), itk::ExceptionObject);
  EXPECT_THROW(make(0.0, notANumber)->Verify(), itk::ExceptionObject);
  EXPECT_THROW(make(0.0, infinity)->Verify(), itk::ExceptionObject);
  EXPECT_THROW(make(-infinity, 0.0)->Verify(), itk::ExceptionObject);
  EXPECT_THROW(make(infinity, infinity)->Verify(), itk::ExceptionObject);
  EXPECT_THROW(make(-1e308, 1e308)->Verify(), itk::ExceptionObject);
  EXPECT_NO_THROW(make(1.0, 1.0)->Verify());
}


TEST(IntensityNormalization, Clips_in_double_precision)
{
  const auto normalization = MakeLinear();
  EXPECT_FALSE(normalization->RequiresDoublePrecision());
  normalization->ClipOn();
  EXPECT_TRUE(normalization->RequiresDoublePrecision());
}


TEST_P(IntensityNormalizationLaw, The_limits_become_zero_and_one)
{
  for (const bool clip : { false, true })
  {
    const auto normalization = GetParam().MakeReady(clip);
    EXPECT_EQ(normalization->ForwardValue(normalization->GetMinimum()), 0.0);
    EXPECT_EQ(normalization->ForwardValue(normalization->GetMaximum()), 1.0);
  }
}


TEST_P(IntensityNormalizationLaw, What_is_inside_stays_inside)
{
  for (const bool clip : { false, true })
  {
    const auto normalization = GetParam().MakeReady(clip);
    ExpectTheInsideToStayInside<double>(*normalization);
    if (!normalization->RequiresDoublePrecision())
    {
      ExpectTheInsideToStayInside<float>(*normalization);
    }
  }
}


TEST_P(IntensityNormalizationLaw, What_is_outside_stays_outside_unless_clipped)
{
  const auto   normalization = GetParam().MakeReady();
  const auto   clipping = GetParam().MakeReady(true);
  const double minimum = normalization->GetMinimum();
  const double maximum = normalization->GetMaximum();
  const double below = minimum - 0.01 * (normalization->RequiresPositiveIntensities() ? minimum : maximum - minimum);
  const double above = maximum + 0.01 * (maximum - minimum);
  EXPECT_LT(normalization->ForwardValue(below), 0.0);
  EXPECT_GT(normalization->ForwardValue(above), 1.0);
  EXPECT_EQ(clipping->ForwardValue(below), 0.0);
  EXPECT_EQ(clipping->ForwardValue(above), 1.0);
  EXPECT_EQ(clipping->ForwardValue(-infinity), 0.0);
  EXPECT_EQ(clipping->ForwardValue(infinity), 1.0);
}


TEST_P(IntensityNormalizationLaw, Not_a_number_stays_so)
{
  EXPECT_TRUE(std::isnan(GetParam().MakeReady()->ForwardValue(notANumber)));
  EXPECT_TRUE(std::isnan(GetParam().MakeReady(true)->ForwardValue(notANumber)));
  EXPECT_TRUE(std::isnan(GetParam().MakeReady()->InverseValue(notANumber)));
}


TEST_P(IntensityNormalizationLaw, All_becomes_zero_if_the_range_is_empty)
{
  const auto   normalization = GetParam().Make();
  const auto   centered = dynamic_cast<itk::CenteredNormalization *>(normalization.GetPointer());
  const auto   twoSlope = dynamic_cast<itk::TwoSlopeNormalization *>(normalization.GetPointer());
  const double value = centered ? centered->GetCenter() : twoSlope ? twoSlope->GetCenter() : 7.0;
  normalization->SetRange(value, value);
  ASSERT_NO_THROW(normalization->Verify());
  for (const double intensity : { 6.0, value, 800.0, -1.0, notANumber, infinity })
  {
    EXPECT_EQ(normalization->ForwardValue(intensity), 0.0);
    float single = static_cast<float>(intensity);
    normalization->Forward(&single, &single, 1);
    EXPECT_EQ(single, 0.0F);
  }
  EXPECT_EQ(normalization->InverseValue(0.0), value);
}


TEST_P(IntensityNormalizationLaw, Spans_are_mapped_as_values_are)
{
  for (const bool clip : { false, true })
  {
    ExpectSpansToBeOfValues<float>(*GetParam().MakeReady(clip));
    ExpectSpansToBeOfValues<double>(*GetParam().MakeReady(clip));
  }
}


TEST_P(IntensityNormalizationLaw, Order_is_kept)
{
  const auto normalization = GetParam().MakeReady();
  auto       intensities = MakeIntensities<double>(*normalization);
  const auto isInside = [&](double x) { return x >= normalization->GetMinimum() && x <= normalization->GetMaximum(); };
  intensities.erase(std::remove_if(intensities.begin(), intensities.end(), std::not_fn(isInside)), intensities.end());
  std::sort(intensities.begin(), intensities.end());
  const auto normalized = Normalize(*normalization, intensities);
  EXPECT_TRUE(std::is_sorted(normalized.begin(), normalized.end()));

  const auto singles = std::vector<float>(intensities.begin(), intensities.end());
  const auto normalizedSingles = Normalize(*normalization, singles);
  EXPECT_TRUE(std::is_sorted(normalizedSingles.begin(), normalizedSingles.end()));
}


TEST_P(IntensityNormalizationLaw, The_inverse_undoes_it)
{
  const auto   normalization = GetParam().MakeReady();
  const double minimum = normalization->GetMinimum();
  const double maximum = normalization->GetMaximum();
  EXPECT_EQ(normalization->InverseValue(0.0), minimum);
  // The linear inverse adds to the minimum, and rounds.
  EXPECT_NEAR(normalization->InverseValue(1.0), maximum, 2.3e-16 * std::max(-minimum, maximum));

  std::vector<double> normalized(1001);
  for (size_t i = 0; i < normalized.size(); ++i)
  {
    normalized[i] = static_cast<double>(i) / 1000.0;
  }
  std::vector<double> intensities(normalized.size());
  normalization->Inverse(normalized.data(), intensities.data(), normalized.size());
  EXPECT_TRUE(std::is_sorted(intensities.begin(), intensities.end()));
  EXPECT_GE(normalization->InverseValue(std::nextafter(0.0, 1.0)), minimum);
  EXPECT_LE(normalization->InverseValue(std::nextafter(1.0, 0.0)), maximum);
  EXPECT_GE(intensities.front(), minimum);
  const auto again = Normalize(*normalization, intensities);
  for (size_t i = 0; i < normalized.size(); ++i)
  {
    // Some roundings of the mapped limits, which are up to 70 times farther from 0 than from each other.
    EXPECT_NEAR(again[i], normalized[i], 1e-13);
    EXPECT_EQ(intensities[i], normalization->InverseValue(normalized[i]));
  }
}


TEST_P(IntensityNormalizationLaw, The_inverse_is_undone_by_it)
{
  const auto   normalization = GetParam().MakeReady();
  const double minimum = normalization->GetMinimum();
  const double maximum = normalization->GetMaximum();
  for (const double intensity : MakeIntensities<double>(*normalization))
  {
    if (intensity >= minimum && intensity <= maximum)
    {
      // Some roundings, as far as the slope of the inverse makes more of them.
      EXPECT_NEAR(
        normalization->InverseValue(normalization->ForwardValue(intensity)), intensity, 1e-13 * (maximum - minimum))
        << intensity;
    }
  }
}


TEST(IntensityNormalizationParameters, Are_verified_before_limits_are_known)
{
  const auto power = itk::PowerNormalization::New();
  power->SetGamma(0.0);
  power->SetRange(2.0, 1.0);
  try
  {
    power->Verify();
    FAIL();
  }
  catch (const itk::ExceptionObject & error)
  {
    EXPECT_NE(std::string(error.GetDescription()).find("Gamma = 0"), std::string::npos);
  }
  EXPECT_THROW(power->VerifyParameters(), itk::ExceptionObject);
  power->SetGamma(1.0);
  EXPECT_NO_THROW(power->VerifyParameters());
  EXPECT_THROW(power->Verify(), itk::ExceptionObject);
}
