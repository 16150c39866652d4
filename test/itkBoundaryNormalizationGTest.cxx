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
#include "itkBoundaryNormalization.h"

#include "itkColormapKernel.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace
{
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();


itk::BoundaryNormalization::Pointer
MakeNormalization(const std::vector<double> & boundaries,
                  itk::SizeValueType          numberOfColors,
                  bool                        extendMinimum = false,
                  bool                        extendMaximum = false)
{
  auto normalization = itk::BoundaryNormalization::New();
  normalization->SetBoundaries(boundaries);
  normalization->SetNumberOfColors(numberOfColors);
  normalization->SetExtendMinimum(extendMinimum);
  normalization->SetExtendMaximum(extendMaximum);
  return normalization;
}


/** The indices of intensities in a colormap of as many colours as the normalization is for. */
template <typename TReal>
std::vector<std::uint32_t>
GetIndices(const itk::BoundaryNormalization & normalization, std::vector<TReal> values)
{
  normalization.Forward(values.data(), values.data(), values.size());
  std::vector<std::uint32_t> indices(values.size());
  itk::ComputeColormapIndices(
    values.data(), indices.data(), values.size(), static_cast<std::uint32_t>(normalization.GetNumberOfColors()));
  return indices;
}


std::vector<double>
MakeBoundaries(unsigned int numberOfIntervals, double factor = 1.0)
{
  std::vector<double> boundaries;
  for (unsigned int i = 0; i <= numberOfIntervals; ++i)
  {
    boundaries.push_back(factor * (i * i + 0.5));
  }
  return boundaries;
}


struct BoundaryReference
{
  unsigned int  NumberOfIntervals;
  bool          ExtendMinimum;
  bool          ExtendMaximum;
  bool          Clip;
  unsigned int  NumberOfColors;
  std::uint32_t Sum;
};

const BoundaryReference references[] = {
#include "BoundariesReference.inc"
};


/** The values of generate_normalizations_reference.py. */
std::vector<double>
MakeReferenceValues(unsigned int numberOfIntervals)
{
  const auto          boundaries = MakeBoundaries(numberOfIntervals);
  std::vector<double> values{ -infinity, 0.0 };
  for (unsigned int i = 0; i < numberOfIntervals; ++i)
  {
    values.push_back(boundaries[i]);
    values.push_back((boundaries[i] + boundaries[i + 1]) / 2.0);
  }
  values.push_back(boundaries.back());
  values.push_back(1e6);
  values.push_back(infinity);
  return values;
}


std::uint32_t
SumWithWeights(const std::vector<std::uint32_t> & indices)
{
  std::uint32_t sum = 0;
  for (std::uint32_t i = 0; i < indices.size(); ++i)
  {
    sum += (i + 1) * indices[i];
  }
  return sum;
}
} // namespace


TEST(BoundaryNormalization, Has_an_index_for_each_interval)
{
  using Indices = std::vector<std::uint32_t>;
  const std::vector<double> values{ -1.0, 0.0, 0.5, 1.0, 9.0, 10.0, 99.0, 100.0, 101.0, notANumber };
  const std::vector<double> boundaries{ 0.0, 1.0, 10.0, 100.0 };
  // Under is the number of colours, over one more, NaN two more.
  EXPECT_EQ(GetIndices(*MakeNormalization(boundaries, 3), values), (Indices{ 3, 0, 0, 1, 1, 2, 2, 4, 4, 5 }));
  EXPECT_EQ(GetIndices(*MakeNormalization(boundaries, 9), values), (Indices{ 9, 0, 0, 4, 4, 8, 8, 10, 10, 11 }));
  EXPECT_EQ(GetIndices(*MakeNormalization(boundaries, 4, true), values), (Indices{ 4, 1, 1, 2, 2, 3, 3, 5, 5, 6 }));
  EXPECT_EQ(GetIndices(*MakeNormalization(boundaries, 4, false, true), values),
            (Indices{ 4, 0, 0, 1, 1, 2, 2, 5, 5, 6 }));
  EXPECT_EQ(GetIndices(*MakeNormalization(boundaries, 5, true, true), values),
            (Indices{ 5, 1, 1, 2, 2, 3, 3, 6, 6, 7 }));
  const auto clipping = MakeNormalization(boundaries, 3);
  clipping->ClipOn();
  EXPECT_EQ(GetIndices(*clipping, values), (Indices{ 0, 0, 0, 1, 1, 2, 2, 2, 2, 5 }));
}


TEST(BoundaryNormalization, Gives_one_interval_the_middle_colour)
{
  for (std::uint32_t numberOfColors = 1; numberOfColors < 1000; ++numberOfColors)
  {
    const auto normalization = MakeNormalization({ 0.0, 1.0 }, numberOfColors);
    EXPECT_EQ(GetIndices<double>(*normalization, { 0.5 }).front(), (numberOfColors - 1) / 2);
    EXPECT_EQ(GetIndices<float>(*normalization, { 0.5F }).front(), (numberOfColors - 1) / 2);
  }
}


TEST(BoundaryNormalization, Has_the_indices_of_matplotlib)
{
  for (const auto & reference : references)
  {
    const auto normalization = MakeNormalization(MakeBoundaries(reference.NumberOfIntervals),
                                                 reference.NumberOfColors,
                                                 reference.ExtendMinimum,
                                                 reference.ExtendMaximum);
    normalization->SetClip(reference.Clip);
    normalization->Verify();
    const auto values = MakeReferenceValues(reference.NumberOfIntervals);
    const auto singles = std::vector<float>(values.begin(), values.end());
    SCOPED_TRACE(testing::Message() << reference.NumberOfIntervals << " intervals, " << reference.NumberOfColors
                                    << " colours");
    EXPECT_EQ(SumWithWeights(GetIndices(*normalization, values)), reference.Sum);
    EXPECT_EQ(SumWithWeights(GetIndices(*normalization, singles)), reference.Sum);
  }
}


/** The centre of a colour leads to that colour, whatever their number and the precision. */
TEST(BoundaryNormalization, Leads_to_the_index_exactly)
{
  std::vector<unsigned int> numbersOfColors{ 32767, 65535, 65536, 1000003, 1u << 20 };
  for (unsigned int number = 42; number < 600; ++number)
  {
    numbersOfColors.push_back(number);
  }
  for (const auto numberOfColors : numbersOfColors)
  {
    for (const unsigned int numberOfIntervals : { 2, 3, 7, 40 })
    {
      for (const bool extend : { false, true })
      {
        const auto boundaries = MakeBoundaries(numberOfIntervals);
        const auto normalization = MakeNormalization(boundaries, numberOfColors, extend, extend);
        // What matplotlib computes, in the order it does.
        const unsigned int  numberOfRegions = numberOfIntervals + (extend ? 2 : 0);
        std::vector<double> values;
        const double        step = (numberOfColors - 1.0) / (numberOfRegions - 1.0);
        for (unsigned int i = 0; i < numberOfIntervals; ++i)
        {
          const unsigned int region = i + (extend ? 1 : 0);
          const auto expected = numberOfColors == numberOfRegions ? region : static_cast<std::uint32_t>(step * region);
          EXPECT_EQ(GetIndices<double>(*normalization, { boundaries[i] }).front(), expected);
          EXPECT_EQ(GetIndices<float>(*normalization, { static_cast<float>(boundaries[i]) }).front(), expected);
        }
      }
    }
  }
}


TEST(BoundaryNormalization, Rounds_only_the_outer_boundaries_to_single_precision)
{
  // 0.1F and 0.2F are above 0.1 and 0.2, 0.7F is below 0.7.
  const auto               normalization = MakeNormalization({ 0.1, 0.2, 0.7 }, 2);
  const std::vector<float> values{ 0.1F, 0.2F, 0.7F };
  EXPECT_EQ(GetIndices(*normalization, values), (std::vector<std::uint32_t>{ 0, 1, 3 }));
  const auto wider = MakeNormalization({ 0.1, 0.7, 0.9 }, 2);
  EXPECT_EQ(GetIndices<float>(*wider, { 0.7F }).front(), 0u);
  const auto higher = MakeNormalization({ 0.7, 0.9 }, 2);
  EXPECT_EQ(GetIndices<float>(*higher, { 0.7F }).front(), 2u);
  EXPECT_EQ(GetIndices<float>(*MakeNormalization({ 0.7, 0.9 }, 2, true), { 0.7F }).front(), 0u);
  higher->ClipOn();
  EXPECT_EQ(GetIndices<float>(*higher, { 0.7F }).front(), 0u);
}


TEST(BoundaryNormalization, Inverse_is_the_centre_of_the_interval)
{
  for (const unsigned int numberOfIntervals : { 1, 2, 5, 40 })
  {
    for (const bool extend : { false, true })
    {
      for (const unsigned int numberOfColors : { numberOfIntervals + 2, 100u, 256u, 4099u })
      {
        const auto boundaries = MakeBoundaries(numberOfIntervals, -1.0);
        const auto ascending = std::vector<double>(boundaries.rbegin(), boundaries.rend());
        const auto normalization = MakeNormalization(ascending, numberOfColors, extend, extend);
        for (unsigned int i = 0; i < numberOfIntervals; ++i)
        {
          const double t = normalization->ForwardValue(ascending[i]);
          const double center = normalization->InverseValue(t);
          EXPECT_EQ(center, (ascending[i] + ascending[i + 1]) / 2.0);
          EXPECT_EQ(normalization->ForwardValue(center), t);
          // The same from anywhere within the colour.
          EXPECT_EQ(normalization->InverseValue(t - 0.49 / numberOfColors), center);
          EXPECT_EQ(normalization->InverseValue(t + 0.49 / numberOfColors), center);
        }
        EXPECT_EQ(normalization->InverseValue(-0.1), -infinity);
        EXPECT_EQ(normalization->InverseValue(1.1), infinity);
        EXPECT_EQ(normalization->InverseValue(0.0), extend ? -infinity : (ascending[0] + ascending[1]) / 2.0);
        EXPECT_TRUE(std::isnan(normalization->InverseValue(notANumber)));
      }
    }
  }
}


TEST(BoundaryNormalization, Sets_the_limits_with_the_boundaries)
{
  const auto normalization = MakeNormalization({ -3.0, 4.0, 12.0 }, 10);
  EXPECT_EQ(normalization->GetMinimum(), -3.0);
  EXPECT_EQ(normalization->GetMaximum(), 12.0);
  EXPECT_EQ(normalization->GetNumberOfRegions(), 2u);
  EXPECT_NO_THROW(normalization->Verify());
  normalization->SetMaximum(13.0);
  EXPECT_THROW(normalization->Verify(), itk::ExceptionObject);
}


TEST(BoundaryNormalization, Refuses_what_makes_no_regions)
{
  const auto expectRefusal = [](const itk::BoundaryNormalization & normalization, const char * word) {
    try
    {
      normalization.Verify();
      FAIL() << word;
    }
    catch (const itk::ExceptionObject & error)
    {
      EXPECT_NE(std::string(error.GetDescription()).find(word), std::string::npos) << error.GetDescription();
    }
  };
  expectRefusal(*MakeNormalization({}, 10), "at least two");
  expectRefusal(*MakeNormalization({ 1.0 }, 10), "at least two");
  expectRefusal(*MakeNormalization({ 1.0, 1.0 }, 10), "each above");
  expectRefusal(*MakeNormalization({ 1.0, 3.0, 2.0 }, 10), "each above");
  expectRefusal(*MakeNormalization({ 1.0, notANumber, 2.0 }, 10), "finite");
  expectRefusal(*MakeNormalization({ -infinity, 2.0 }, 10), "finite");
  expectRefusal(*MakeNormalization({ 1.0, 2.0, 3.0 }, 1), "2 regions");
  expectRefusal(*MakeNormalization({ 1.0, 2.0, 3.0 }, 3, true, true), "4 regions");
  expectRefusal(*MakeNormalization({ 1.0, 2.0, 3.0 }, (1u << 20) + 1), "at most 1048576");
  const auto both = MakeNormalization({ 1.0, 2.0, 3.0 }, 10, true);
  both->ClipOn();
  expectRefusal(*both, "Clip");
  EXPECT_NO_THROW(itk::BoundaryNormalization::New()->Verify());
}
