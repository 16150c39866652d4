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
#ifndef NormalizationOptions_h
#define NormalizationOptions_h

#include "ColormapOptions.h"

#include "itkIntensityNormalization.h"

#include <string>
#include <vector>

namespace IntensityMapping
{
/** What was asked for on the command line of a normalization. A number that was not given is NaN. */
struct NormalizationOptions
{
  /** linear, log, symlog, asinh, power, twoslope, centered or boundary. */
  std::string normalization;
  double      minimum;
  double      maximum;
  double      center;
  double      gamma;
  double      linearThreshold;
  double      linearScale;
  double      linearWidth;
  double      base;

  std::vector<double> boundaries;

  /** neither, min, max or both. */
  std::string extend;
  bool        clip;

  /** Whether limits that were not given are those that the colormap's file has. */
  bool limitsOfColormap;
};

/** The options, with the limits of the colormap's file if these were asked for. Throws if it has none. */
NormalizationOptions
TakeLimits(NormalizationOptions options, const LoadedColormap & colormap);

/** The normalization with its parameters, but for limits. Throws, in words of the command line, if a parameter is
 * missing, cannot be used or does not apply. */
itk::IntensityNormalization::Pointer
MakeNormalization(const NormalizationOptions & options, itk::SizeValueType numberOfColors);

/** Whether a limit has to be found in the data. */
bool
NeedsLimits(const NormalizationOptions & options);

/** Sets the limits that were given and, where one was not, that of the data, which makes room for a centre. Throws
 * unless the normalization can be used. */
void
SetLimits(itk::IntensityNormalization & normalization,
          const NormalizationOptions &  options,
          double                        minimumOfData,
          double                        maximumOfData);

/** Sets the limits that were given, which have to be both. Throws as SetLimits() does. */
void
SetGivenLimits(itk::IntensityNormalization & normalization, const NormalizationOptions & options);
} // namespace IntensityMapping

#endif
