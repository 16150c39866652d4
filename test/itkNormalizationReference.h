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
#ifndef itkNormalizationReference_h
#define itkNormalizationReference_h

#include "itkColormapKernel.h"
#include "itkIntensityNormalization.h"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace itk
{
/** What a norm of matplotlib gives, by generate_normalizations_reference.py. */
struct NormalizationReference
{
  struct Sample
  {
    double        Intensity;
    double        Normalized;
    std::uint32_t Index;
  };

  std::string         Name;
  bool                IsSingle;
  bool                Clip;
  double              Minimum;
  double              Maximum;
  std::vector<double> Parameters;
  std::vector<Sample> Samples;
};


inline std::vector<NormalizationReference>
GetNormalizationReferences(const std::string & name)
{
  constexpr double                          infinity = std::numeric_limits<double>::infinity();
  constexpr double                          notANumber = std::numeric_limits<double>::quiet_NaN();
  const std::vector<NormalizationReference> all{
#include "NormalizationsReference.inc"
  };
  std::vector<NormalizationReference> found;
  std::copy_if(
    all.begin(), all.end(), std::back_inserter(found), [&](const auto & reference) { return reference.Name == name; });
  return found;
}


/** The index in a table of 100 colours, and the normalized value. */
template <typename TReal>
std::pair<std::uint32_t, double>
NormalizeAndIndex(const IntensityNormalization & normalization, double intensity)
{
  auto          normalized = static_cast<TReal>(intensity);
  std::uint32_t index;
  normalization.Forward(&normalized, &normalized, 1);
  ComputeColormapIndices(&normalized, &index, 1, 100);
  return { index, static_cast<double>(normalized) };
}


/** Expects a normalization, made by `make(parameters)`, to agree with matplotlib's in each sample: the index exactly,
 * the normalized value to within a tolerance. Within the limits, or if clipped, the index is to be that of a colour
 * even where matplotlib finds it under or over. */
template <typename TMake>
void
ExpectAgreementWithMatplotlib(const std::string & name,
                              const TMake &       make,
                              double              toleranceOfSingles,
                              double              toleranceOfDoubles)
{
  const auto references = GetNormalizationReferences(name);
  EXPECT_GE(references.size(), 4u);
  for (const auto & reference : references)
  {
    const auto normalization = make(reference.Parameters);
    normalization->SetRange(reference.Minimum, reference.Maximum);
    normalization->SetClip(reference.Clip);
    normalization->Verify();
    const bool   isSingle = reference.IsSingle && !normalization->RequiresDoublePrecision();
    const double tolerance = reference.IsSingle ? toleranceOfSingles : toleranceOfDoubles;
    for (const auto & sample : reference.Samples)
    {
      SCOPED_TRACE(testing::Message() << name << " from " << reference.Minimum << " to " << reference.Maximum
                                      << (reference.IsSingle ? ", single" : ", double")
                                      << (reference.Clip ? ", clipped: " : ": ") << sample.Intensity);
      const auto found = isSingle ? NormalizeAndIndex<float>(*normalization, sample.Intensity)
                                  : NormalizeAndIndex<double>(*normalization, sample.Intensity);
      if (!std::isfinite(sample.Normalized))
      {
        EXPECT_TRUE(std::isnan(sample.Normalized) ? std::isnan(found.second) : found.second == sample.Normalized);
        EXPECT_EQ(found.first, sample.Index);
        continue;
      }
      EXPECT_NEAR(found.second, sample.Normalized, tolerance * std::max(1.0, std::abs(sample.Normalized)));
      // Limits are rounded to the precision of the intensities.
      const auto round = [&](double limit) { return reference.IsSingle ? static_cast<float>(limit) : limit; };
      const bool isInside = sample.Intensity >= round(normalization->GetMinimum()) &&
                            sample.Intensity <= round(normalization->GetMaximum());
      const bool isAColor = isInside || reference.Clip;
      EXPECT_EQ(found.first, isAColor && sample.Index == 100 ? 0 : isAColor && sample.Index == 101 ? 99 : sample.Index);
    }
  }
}
} // namespace itk

#endif
