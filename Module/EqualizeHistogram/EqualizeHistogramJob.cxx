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
#include "EqualizeHistogramJob.h"

#include "DispatchOnComponentType.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <sstream>
#include <stdexcept>

namespace IntensityMapping
{
namespace
{
using itk::IOComponentEnum;
using Method = EqualizeHistogramJob::Method;

constexpr int MostBins = 1 << 24;
constexpr int MostBinsOfClahe = 1 << 16;

const std::map<std::string, IOComponentEnum> &
GetOutputTypes()
{
  static const std::map<std::string, IOComponentEnum> types{
    { "uint8", IOComponentEnum::UCHAR }, { "uint16", IOComponentEnum::USHORT }, { "uint32", IOComponentEnum::UINT },
    { "float", IOComponentEnum::FLOAT }, { "double", IOComponentEnum::DOUBLE },
  };
  return types;
}


std::string
GetTypeName(IOComponentEnum type)
{
  static const std::map<IOComponentEnum, std::string> others{ { IOComponentEnum::CHAR, "int8" },
                                                              { IOComponentEnum::SHORT, "int16" },
                                                              { IOComponentEnum::INT, "int32" } };
  const auto                                          found = others.find(type);
  if (found != others.end())
  {
    return found->second;
  }
  const auto & types = GetOutputTypes();
  const auto   named = std::find_if(types.begin(), types.end(), [&](const auto & pair) { return pair.second == type; });
  return named == types.end() ? itk::ImageIOBase::GetComponentTypeAsString(type) : named->first;
}


bool
IsReal(IOComponentEnum type)
{
  return type == IOComponentEnum::FLOAT || type == IOComponentEnum::DOUBLE;
}


/** The least and the greatest value of a type. */
std::pair<double, double>
GetRange(IOComponentEnum type)
{
  std::pair<double, double> range;
  DispatchOnComponentType(type, [&](auto zero) {
    using Limits = std::numeric_limits<decltype(zero)>;
    range = { static_cast<double>(Limits::lowest()), static_cast<double>(Limits::max()) };
  });
  return range;
}


double
CountPixels(const ImageDescription & image)
{
  return std::accumulate(image.size.begin(), image.size.end(), 1.0, std::multiplies<>());
}


std::string
Quote(const ImageDescription & image)
{
  return "'" + image.fileName + "'";
}


template <typename... TParts>
void
ThrowUnless(bool isAllowed, const TParts &... parts)
{
  if (!isAllowed)
  {
    std::ostringstream message;
    message.precision(12);
    (message << ... << parts);
    throw std::runtime_error(message.str());
  }
}


void
VerifyPixels(const ImageDescription & image)
{
  const auto count = image.numberOfComponents;
  ThrowUnless(count == 1 || count == 3 || count == 4,
              Quote(image),
              " has ",
              count,
              " numbers per pixel: give an image of one number per pixel, or of colours with red, green, blue and, if "
              "wanted, opacity.");
  if (count == 1)
  {
    DispatchOnComponentType(image.componentType, [](auto) {});
    return;
  }
  ThrowUnless(image.componentType == IOComponentEnum::UCHAR || image.componentType == IOComponentEnum::USHORT,
              Quote(image),
              " has colours of type ",
              GetTypeName(image.componentType),
              ": convert them to unsigned integers of 8 or 16 bits.");
}


void
VerifyInput(const EqualizeHistogramJob & job)
{
  const auto & input = job.input;
  VerifyPixels(input);
  const auto dimension = input.GetDimension();
  ThrowUnless(dimension == 2 || dimension == 3,
              Quote(input),
              " has ",
              dimension,
              " dimensions: images of 2 or 3 dimensions can be equalized.");
  ThrowUnless(DropFlatAxes(input.size).size() == 2 || !IsPicture(job.output),
              "'",
              job.output,
              "' can hold one slice only, but the input is ",
              FormatSize(input),
              ": write a volume, for instance .mha.");
}


void
VerifyMask(const EqualizeHistogramJob & job)
{
  if (!job.mask)
  {
    return;
  }
  const auto & mask = *job.mask;
  ThrowUnless(mask.numberOfComponents == 1,
              "The mask ",
              Quote(mask),
              " has ",
              mask.numberOfComponents,
              " numbers per pixel: give a mask of one number per pixel.");
  ThrowUnless(DropFlatAxes(mask.size) == DropFlatAxes(job.input.size),
              "The mask ",
              Quote(mask),
              " is ",
              FormatSize(mask),
              ", but the input is ",
              FormatSize(job.input),
              ": give a mask of the input's size.");
  ThrowUnless(!job.distribution,
              "--mask does not go with --distribution: the mask says which pixels of the input count, and none do. "
              "Leave one out.");
}


void
VerifyOtherImage(const std::optional<ImageDescription> & image)
{
  if (image)
  {
    VerifyPixels(*image);
    ThrowUnless(image->GetDimension() <= 3,
                Quote(*image),
                " has ",
                image->GetDimension(),
                " dimensions: distributions can be learned from images of 2 or 3 dimensions.");
  }
}


/** Of an option that was given, but is for other methods. */
void
RefuseIf(bool isGiven, const EqualizeHistogramJob & job, const char * option, const char * methods)
{
  ThrowUnless(!isGiven || !job.match,
              "--",
              option,
              " does not apply to --match, which gives levels of another image: leave it out.");
  ThrowUnless(
    !isGiven, "--", option, " does not apply to --method ", job.method, ": leave it out, or choose ", methods, ".");
}


void
VerifyMethod(const EqualizeHistogramJob & job)
{
  const auto & method = job.method;
  ThrowUnless(!job.match || method == "empirical",
              "--method ",
              method,
              " does not go with --match, which has a way of its own: leave one out.");
  ThrowUnless((method != "opencv" && method != "pillow") || job.input.componentType == IOComponentEnum::UCHAR,
              "--method ",
              method,
              " is for integers of 8 bits without sign, uint8, but ",
              Quote(job.input),
              " has pixels of type ",
              GetTypeName(job.input.componentType),
              ": choose --method empirical.");
}


void
VerifyTiles(const EqualizeHistogramJob & job)
{
  const auto dimension = job.input.GetDimension();
  ThrowUnless(job.tiles.size() <= 1 || job.tiles.size() == dimension,
              "--tiles takes one number, or one for each of the ",
              dimension,
              " axes of the input; ",
              job.tiles.size(),
              " were given.");
  for (std::size_t axis = 0; axis < dimension; ++axis)
  {
    const auto tiles = job.tiles.empty() ? 1 : job.tiles[std::min(axis, job.tiles.size() - 1)];
    ThrowUnless(tiles >= 1, "--tiles has ", tiles, ": there must be at least one tile along each axis.");
  }
  const auto   tiles = job.GetTiles();
  const double numberOfTiles = std::accumulate(tiles.begin(), tiles.end(), 1.0, std::multiplies<>());
  const double mebibytes = std::ceil(job.GetBytesOfTiles() / (1 << 20));
  ThrowUnless(mebibytes <= static_cast<double>(job.memory >> 20),
              "The histograms of ",
              numberOfTiles,
              " tiles take ",
              mebibytes,
              " MiB, more than --memory ",
              job.memory >> 20,
              ": ask for fewer --tiles, or allow more memory.");
}


void
VerifyClahe(const EqualizeHistogramJob & job)
{
  RefuseIf(job.bins > 0 && !IsReal(job.input.componentType),
           job,
           "bins",
           "an image of real numbers: clahe has a bin for each integer");
  ThrowUnless(!job.distribution,
              "--distribution does not apply to --method clahe, which goes by tiles: leave one out.");
  ThrowUnless(job.input.componentType != IOComponentEnum::UINT && job.input.componentType != IOComponentEnum::INT,
              "--method clahe is for integers of 8 and 16 bits, float and double, but ",
              Quote(job.input),
              " has pixels of type ",
              GetTypeName(job.input.componentType),
              ": convert them to float.");
  ThrowUnless(job.GetOutputComponentType() == job.input.componentType,
              "--output-type ",
              job.outputType,
              " does not go with --method clahe, which keeps the type of the input, ",
              GetTypeName(job.input.componentType),
              ": leave it out.");
  ThrowUnless(std::isnan(job.clipLimit) || (job.clipLimit >= 0.0 && std::isfinite(job.clipLimit)),
              "--clip-limit is ",
              job.clipLimit,
              ": it must be a number above 0, usually from 2 to 4, or 0 for no limit.");
  VerifyTiles(job);
}


void
VerifyBins(const EqualizeHistogramJob & job)
{
  const auto most = job.IsByTiles() ? MostBinsOfClahe : MostBins;
  ThrowUnless(job.bins >= 0 && job.bins <= most,
              "--bins is ",
              job.bins,
              ": there can be 1 to ",
              most,
              " bins, or 0 for the default of the method.");
}


void
VerifyOptionsOfMethods(const EqualizeHistogramJob & job)
{
  const bool isOfFractions = job.method == "empirical" || job.method == "bin-centers";
  const bool isOfBins = itk::UsesBins(job.GetMethod());
  RefuseIf(
    !std::isnan(job.outputMinimum) && (job.match || !isOfFractions), job, "output-minimum", "empirical or bin-centers");
  RefuseIf(
    !std::isnan(job.outputMaximum) && (job.match || !isOfFractions), job, "output-maximum", "empirical or bin-centers");
  RefuseIf(job.bins != 0 && !isOfBins && !job.IsByTiles(), job, "bins", "bin-centers or bin-edges");
  RefuseIf(!std::isnan(job.clipLimit) && !job.IsByTiles(), job, "clip-limit", "clahe");
  RefuseIf(!job.tiles.empty() && !job.IsByTiles(), job, "tiles", "clahe");
  ThrowUnless(!job.boundedMemory || (!isOfBins && !job.IsByTiles()),
              "--bounded-memory does not apply to --method ",
              job.method,
              ", which needs no more memory anyway: leave it out.");
  if (job.IsByTiles())
  {
    VerifyClahe(job);
  }
}


void
VerifyFrames(const EqualizeHistogramJob & job)
{
  const auto dimension = static_cast<int>(job.input.GetDimension());
  ThrowUnless(job.frameAxis >= -1 && job.frameAxis < dimension,
              "--frame-axis is ",
              job.frameAxis,
              ", but the input has ",
              dimension,
              " dimensions: give an axis from 0 to ",
              dimension - 1,
              ", or -1 for the whole image.");
  ThrowUnless(job.frameAxis == -1 || !job.distribution,
              "--frame-axis does not go with --distribution: either each frame has its own distribution, or all have "
              "the given one. Leave one out.");
  ThrowUnless(job.frameAxis == -1 || !job.boundedMemory,
              "--bounded-memory does not go with --frame-axis, as frames are held in memory: leave one out.");
}


void
VerifyOutputType(const EqualizeHistogramJob & job)
{
  const auto type = job.GetOutputComponentType();
  ThrowUnless(!job.IsOfColors() || type == job.input.componentType,
              "--output-type ",
              job.outputType,
              " does not go with colours, which keep their type, ",
              GetTypeName(job.input.componentType),
              ": leave it out.");
  const auto range = GetRange(type);
  const auto minimum = job.GetOutputMinimum();
  const auto maximum = job.GetOutputMaximum();
  ThrowUnless(range.first <= minimum && minimum <= maximum && maximum <= range.second,
              "The output is to be from --output-minimum ",
              minimum,
              " to --output-maximum ",
              maximum,
              ": the minimum must not be above the maximum, and both must be within ",
              GetTypeName(type),
              ", from ",
              range.first,
              " to ",
              range.second,
              ".");
}


/** The greatest integer up to which a type holds all integers. */
double
GetGreatestExactInteger(IOComponentEnum type)
{
  return type == IOComponentEnum::FLOAT    ? std::ldexp(1.0, std::numeric_limits<float>::digits)
         : type == IOComponentEnum::DOUBLE ? std::ldexp(1.0, std::numeric_limits<double>::digits)
                                           : GetRange(type).second;
}


void
VerifyRanksFit(const EqualizeHistogramJob & job)
{
  if (job.match || job.method != "rank")
  {
    return;
  }
  const auto axis = job.GetFrameAxis();
  const auto numberOfIntensities = CountPixels(job.distribution ? *job.distribution : job.input) /
                                   (axis >= 0 ? static_cast<double>(job.input.size[axis]) : 1.0);
  const auto type = job.GetOutputComponentType();
  const auto fits = [&](IOComponentEnum candidate) {
    return numberOfIntensities - 1.0 <= GetGreatestExactInteger(candidate);
  };
  const auto wider = fits(IOComponentEnum::USHORT) ? "uint16" : fits(IOComponentEnum::UINT) ? "uint32" : "double";
  ThrowUnless(fits(type),
              "--method rank gives ranks up to ",
              numberOfIntensities - 1.0,
              ", but pixels of ",
              GetTypeName(type),
              " hold integers up to ",
              GetGreatestExactInteger(type),
              " only: ",
              job.IsOfColors() ? std::string("choose --method empirical.")
                               : std::string("give --output-type ") + wider + ", or choose --method empirical.");
}


void
VerifyFigure(const EqualizeHistogramJob & job)
{
  if (job.figure.empty())
  {
    return;
  }
#ifndef IntensityMapping_USE_VTK
  ThrowUnless(false,
              "This build has no VTK, which draws figures: build with VTK 9.1 or later, or leave --figure ",
              job.figure,
              " out.");
#endif
  const auto ending = job.figure.size() > 4 ? job.figure.substr(job.figure.size() - 4) : "";
  ThrowUnless(ending == ".png" || ending == ".PNG", "The figure '", job.figure, "' must end in .png.");
}
} // namespace


Method
EqualizeHistogramJob::GetMethod() const
{
  static const std::map<std::string, Method> methods{ { "rank", Method::Rank },
                                                      { "bin-centers", Method::BinCenters },
                                                      { "bin-edges", Method::BinEdges },
                                                      { "opencv", Method::OpenCV },
                                                      { "pillow", Method::Pillow } };
  const auto                                 found = methods.find(method);
  return found == methods.end() ? Method::EmpiricalDistribution : found->second;
}


IOComponentEnum
EqualizeHistogramJob::GetOutputComponentType() const
{
  return outputType == "same" ? input.componentType : GetOutputTypes().at(outputType);
}


double
EqualizeHistogramJob::GetOutputMinimum() const
{
  return std::isnan(outputMinimum) ? 0.0 : outputMinimum;
}


double
EqualizeHistogramJob::GetOutputMaximum() const
{
  const auto type = this->GetOutputComponentType();
  return !std::isnan(outputMaximum) ? outputMaximum : IsReal(type) ? 1.0 : GetRange(type).second;
}


int
EqualizeHistogramJob::GetFrameAxis() const
{
  return frameAxis >= 0 && input.size.at(frameAxis) == 1 ? -1 : frameAxis;
}


std::vector<itk::SizeValueType>
EqualizeHistogramJob::GetTiles() const
{
  std::vector<itk::SizeValueType> numbers;
  for (const auto length : input.size)
  {
    const auto axis = numbers.size();
    const bool isOfFrames = static_cast<int>(axis) == frameAxis;
    const bool isFlat = axis >= 2 && length == 1;
    numbers.push_back(isOfFrames       ? 1
                      : !tiles.empty() ? static_cast<itk::SizeValueType>(tiles[std::min(axis, tiles.size() - 1)])
                      : isFlat         ? 1
                                       : 8);
  }
  return numbers;
}


double
EqualizeHistogramJob::GetBytesOfTiles() const
{
  const auto   numbers = this->GetTiles();
  const double numberOfTiles = std::accumulate(numbers.begin(), numbers.end(), 1.0, std::multiplies<>());
  const auto   type = input.componentType;
  const auto   isWide = type == IOComponentEnum::USHORT || type == IOComponentEnum::SHORT;
  const double numberOfBins = IsReal(type) ? (bins > 0 ? bins : 4096) : (isWide ? 65536 : 256);
  const double bytesOfCounterAndLevels = 8.0;
  return bytesOfCounterAndLevels * numberOfTiles * numberOfBins;
}


unsigned int
EqualizeHistogramJob::CountPieces(const ImageDescription & image, itk::SizeValueType bytesOfPixel) const
{
  return static_cast<unsigned int>(CountPixels(image) * static_cast<double>(bytesOfPixel) /
                                   static_cast<double>(memory)) +
         1;
}


void
VerifyEqualizeHistogramJob(const EqualizeHistogramJob & job)
{
  VerifyInput(job);
  VerifyMask(job);
  VerifyOtherImage(job.distribution);
  VerifyOtherImage(job.match);
  VerifyMethod(job);
  VerifyBins(job);
  VerifyOptionsOfMethods(job);
  VerifyFrames(job);
  VerifyOutputType(job);
  VerifyRanksFit(job);
  VerifyFigure(job);
}
} // namespace IntensityMapping
