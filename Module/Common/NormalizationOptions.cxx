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
#include "NormalizationOptions.h"

#include "itkAsinhNormalization.h"
#include "itkBoundaryNormalization.h"
#include "itkCenteredNormalization.h"
#include "itkLinearNormalization.h"
#include "itkLogNormalization.h"
#include "itkPowerNormalization.h"
#include "itkSymmetricLogNormalization.h"
#include "itkTwoSlopeNormalization.h"

#include <cmath>
#include <set>
#include <sstream>
#include <stdexcept>

namespace IntensityMapping
{
namespace
{
/** An option that belongs to some of the normalizations. */
struct Parameter
{
  std::string           option;
  bool                  isGiven;
  std::set<std::string> normalizations;
  bool                  isRequired{ false };
};

bool
IsGiven(double number)
{
  return !std::isnan(number);
}

std::vector<Parameter>
ListParameters(const NormalizationOptions & options)
{
  const std::set<std::string> limited{ "linear", "log", "symlog", "asinh", "power", "twoslope", "centered" };
  return { { "minimum", IsGiven(options.minimum), limited },
           { "maximum", IsGiven(options.maximum), limited },
           { "colormap-limits", options.limitsOfColormap, limited },
           { "center", IsGiven(options.center), { "twoslope", "centered" } },
           { "gamma", IsGiven(options.gamma), { "power" }, true },
           { "linear-threshold", IsGiven(options.linearThreshold), { "symlog" }, true },
           { "linear-scale", IsGiven(options.linearScale), { "symlog" } },
           { "linear-width", IsGiven(options.linearWidth), { "asinh" } },
           { "base", IsGiven(options.base), { "symlog" } },
           { "boundaries", !options.boundaries.empty(), { "boundary" }, true },
           { "extend", options.extend != "neither", { "boundary" } } };
}

std::string
Join(const std::set<std::string> & names, const std::string & last)
{
  std::string text;
  std::size_t left = names.size();
  for (const std::string & name : names)
  {
    --left;
    text += name + (left > 1 ? ", " : left == 1 ? last : "");
  }
  return text;
}

void
VerifyThatParametersApply(const NormalizationOptions & options)
{
  for (const Parameter & parameter : ListParameters(options))
  {
    const bool applies = parameter.normalizations.count(options.normalization) != 0;
    if (parameter.isGiven && !applies)
    {
      throw std::runtime_error("--" + parameter.option + " does not apply to --normalization " + options.normalization +
                               ": leave it out, or choose " + Join(parameter.normalizations, " or ") + ".");
    }
    if (!parameter.isGiven && applies && parameter.isRequired)
    {
      throw std::runtime_error("--normalization " + options.normalization + " needs --" + parameter.option +
                               ": give it, or choose another normalization.");
    }
  }
}

void
VerifyGreater(const std::string & option, double number, double limit)
{
  if (IsGiven(number) && !(number > limit && std::isfinite(number)))
  {
    std::ostringstream message;
    message << "--" << option << " is " << number << ": it must be above " << limit << ", and finite.";
    throw std::runtime_error(message.str());
  }
}

void
VerifyNumbers(const NormalizationOptions & options)
{
  VerifyGreater("gamma", options.gamma, 0.0);
  VerifyGreater("linear-threshold", options.linearThreshold, 0.0);
  VerifyGreater("linear-scale", options.linearScale, 0.0);
  VerifyGreater("linear-width", options.linearWidth, 0.0);
  VerifyGreater("base", options.base, 1.0);
  std::ostringstream message;
  if (std::isinf(options.center))
  {
    message << "--center is " << options.center << ": it must be finite.";
  }
  else if (options.clip && options.extend != "neither")
  {
    message << "--clip is given, and --extend " << options.extend
            << ": what is clipped to the boundaries is never below or above them. Leave one of these out.";
  }
  else if (options.minimum > options.maximum)
  {
    message << "The minimum, " << options.minimum << ", is above the maximum, " << options.maximum
            << ": exchange them, or take a reversed colormap.";
  }
  else if (options.normalization == "log" && (options.minimum <= 0.0 || options.maximum <= 0.0))
  {
    message << "--normalization log takes limits above 0, but the "
            << (options.minimum <= 0.0 ? "minimum is " : "maximum is ")
            << (options.minimum <= 0.0 ? options.minimum : options.maximum)
            << ": give another, or choose symlog or asinh.";
  }
  if (!message.str().empty())
  {
    throw std::runtime_error(message.str());
  }
}

void
VerifyCenter(const NormalizationOptions & options)
{
  const double center = IsGiven(options.center) ? options.center : 0.0;
  if (options.normalization == "twoslope" && (options.minimum > center || options.maximum < center))
  {
    std::ostringstream message;
    message << "--normalization twoslope has its center at " << center << ", but the "
            << (options.minimum > center ? "minimum, " : "maximum, ")
            << (options.minimum > center ? options.minimum : options.maximum) << ", is "
            << (options.minimum > center ? "above" : "below") << " it: give a --center between the limits.";
    throw std::runtime_error(message.str());
  }
}

template <typename TNormalization>
itk::IntensityNormalization::Pointer
MakeCentered(double center)
{
  const auto normalization = TNormalization::New();
  normalization->SetCenter(IsGiven(center) ? center : 0.0);
  return normalization.GetPointer();
}

itk::IntensityNormalization::Pointer
MakePower(const NormalizationOptions & options)
{
  const auto normalization = itk::PowerNormalization::New();
  normalization->SetGamma(options.gamma);
  return normalization.GetPointer();
}

itk::IntensityNormalization::Pointer
MakeAsinh(const NormalizationOptions & options)
{
  const auto normalization = itk::AsinhNormalization::New();
  normalization->SetLinearWidth(IsGiven(options.linearWidth) ? options.linearWidth : 1.0);
  return normalization.GetPointer();
}

itk::IntensityNormalization::Pointer
MakeSymmetricLog(const NormalizationOptions & options)
{
  const auto normalization = itk::SymmetricLogNormalization::New();
  normalization->SetLinearThreshold(options.linearThreshold);
  normalization->SetLinearScale(IsGiven(options.linearScale) ? options.linearScale : 1.0);
  normalization->SetBase(IsGiven(options.base) ? options.base : 10.0);
  return normalization.GetPointer();
}

itk::IntensityNormalization::Pointer
MakeBoundary(const NormalizationOptions & options, itk::SizeValueType numberOfColors)
{
  const auto normalization = itk::BoundaryNormalization::New();
  normalization->SetBoundaries(options.boundaries);
  normalization->SetExtendMinimum(options.extend == "min" || options.extend == "both");
  normalization->SetExtendMaximum(options.extend == "max" || options.extend == "both");
  normalization->SetNumberOfColors(numberOfColors);
  normalization->VerifyParameters();
  return normalization.GetPointer();
}

itk::IntensityNormalization::Pointer
MakeKind(const NormalizationOptions & options, itk::SizeValueType numberOfColors)
{
  const std::string & kind = options.normalization;
  return kind == "log"        ? itk::IntensityNormalization::Pointer(itk::LogNormalization::New().GetPointer())
         : kind == "symlog"   ? MakeSymmetricLog(options)
         : kind == "asinh"    ? MakeAsinh(options)
         : kind == "power"    ? MakePower(options)
         : kind == "twoslope" ? MakeCentered<itk::TwoSlopeNormalization>(options.center)
         : kind == "centered" ? MakeCentered<itk::CenteredNormalization>(options.center)
         : kind == "boundary" ? MakeBoundary(options, numberOfColors)
                              : itk::IntensityNormalization::Pointer(itk::LinearNormalization::New().GetPointer());
}
} // namespace

NormalizationOptions
TakeLimits(NormalizationOptions options, const LoadedColormap & colormap)
{
  VerifyThatParametersApply(options);
  if (!options.limitsOfColormap)
  {
    return options;
  }
  if (!colormap.limits)
  {
    throw std::runtime_error("--colormap-limits was given, but the colormap has no limits of its own, as files of .cpt "
                             "and .json may have: give --minimum and --maximum.");
  }
  options.minimum = IsGiven(options.minimum) ? options.minimum : colormap.limits->GetMinimum();
  options.maximum = IsGiven(options.maximum) ? options.maximum : colormap.limits->GetMaximum();
  return options;
}

itk::IntensityNormalization::Pointer
MakeNormalization(const NormalizationOptions & options, itk::SizeValueType numberOfColors)
{
  VerifyThatParametersApply(options);
  VerifyNumbers(options);
  VerifyCenter(options);
  auto normalization = MakeKind(options, numberOfColors);
  normalization->SetClip(options.clip);
  return normalization;
}

bool
NeedsLimits(const NormalizationOptions & options)
{
  return options.normalization != "boundary" && !(IsGiven(options.minimum) && IsGiven(options.maximum));
}

void
SetLimits(itk::IntensityNormalization & normalization,
          const NormalizationOptions &  options,
          double                        minimumOfData,
          double                        maximumOfData)
{
  normalization.SetRange(IsGiven(options.minimum) ? options.minimum : minimumOfData,
                         IsGiven(options.maximum) ? options.maximum : maximumOfData);
  SetGivenLimits(normalization, options);
}

void
SetGivenLimits(itk::IntensityNormalization & normalization, const NormalizationOptions & options)
{
  if (IsGiven(options.minimum))
  {
    normalization.SetMinimum(options.minimum);
  }
  if (IsGiven(options.maximum))
  {
    normalization.SetMaximum(options.maximum);
  }
  normalization.Verify();
}
} // namespace IntensityMapping
