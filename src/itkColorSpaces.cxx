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
#include "itkColorSpaces.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace itk
{
namespace
{
using Triple = std::array<double, 3>;

constexpr double pi = 3.141592653589793;

/** X, Y and Z of D65 white, as VTK rounds them. */
constexpr Triple whitePoint{ 0.9505, 1.0, 1.089 };

Triple
Multiply(const std::array<Triple, 3> & matrix, const Triple & vector)
{
  Triple product;
  std::transform(matrix.begin(), matrix.end(), product.begin(), [&](const Triple & row) {
    return row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2];
  });
  return product;
}

double
LinearizeSRGB(double v)
{
  return v > 0.04045 ? std::pow((v + 0.055) / 1.055, 2.4) : v / 12.92;
}

double
DelinearizeSRGB(double v)
{
  return v > 0.0031308 ? 1.055 * std::pow(v, 1.0 / 2.4) - 0.055 : 12.92 * v;
}

double
CompressLightness(double v)
{
  return v > 0.008856 ? std::cbrt(v) : 7.787 * v + 16.0 / 116.0;
}

double
ExpandLightness(double v)
{
  const double cube = v * v * v;
  return cube > 0.008856 ? cube : (v - 16.0 / 116.0) / 7.787;
}

Triple
ToLab(const Triple & rgb)
{
  const Triple linear{ LinearizeSRGB(rgb[0]), LinearizeSRGB(rgb[1]), LinearizeSRGB(rgb[2]) };
  const Triple xyz =
    Multiply({ { { 0.4124, 0.3576, 0.1805 }, { 0.2126, 0.7152, 0.0722 }, { 0.0193, 0.1192, 0.9505 } } }, linear);
  Triple f;
  std::transform(
    xyz.begin(), xyz.end(), whitePoint.begin(), f.begin(), [](double v, double w) { return CompressLightness(v / w); });
  return { 116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2]) };
}

/** A colour beyond sRGB is darkened until it fits. */
Triple
FromLab(const Triple & lab)
{
  const double y = (lab[0] + 16.0) / 116.0;
  const Triple f{ lab[1] / 500.0 + y, y, y - lab[2] / 200.0 };
  Triple       xyz;
  std::transform(
    f.begin(), f.end(), whitePoint.begin(), xyz.begin(), [](double v, double w) { return ExpandLightness(v) * w; });
  Triple rgb =
    Multiply({ { { 3.2406, -1.5372, -0.4986 }, { -0.9689, 1.8758, 0.0415 }, { 0.0557, -0.2040, 1.0570 } } }, xyz);
  std::transform(rgb.begin(), rgb.end(), rgb.begin(), DelinearizeSRGB);
  const double greatest = std::max(1.0, *std::max_element(rgb.begin(), rgb.end()));
  std::transform(rgb.begin(), rgb.end(), rgb.begin(), [=](double v) { return v / greatest; });
  return rgb;
}

Triple
ToHSV(const Triple & rgb)
{
  const auto [least, value] = std::minmax({ rgb[0], rgb[1], rgb[2] });
  const double chroma = value - least;
  if (chroma == 0.0)
  {
    return { 0.0, 0.0, value };
  }
  const double sixth = value == rgb[0]   ? (rgb[1] - rgb[2]) / chroma
                       : value == rgb[1] ? 2.0 + (rgb[2] - rgb[0]) / chroma
                                         : 4.0 + (rgb[0] - rgb[1]) / chroma;
  return { (sixth < 0.0 ? sixth + 6.0 : sixth) / 6.0, chroma / value, value };
}

Triple
FromHSV(const Triple & hsv)
{
  const auto component = [&](double offset) {
    const double k = std::fmod(offset + 6.0 * hsv[0], 6.0);
    return hsv[2] * (1.0 - hsv[1] * std::clamp(std::min(k, 4.0 - k), 0.0, 1.0));
  };
  return { component(5.0), component(3.0), component(1.0) };
}

/** Polar coordinates of Lab: magnitude, saturation (an angle) and hue. */
Triple
ToMsh(const Triple & rgb)
{
  const auto   lab = ToLab(rgb);
  const double magnitude = std::sqrt(lab[0] * lab[0] + lab[1] * lab[1] + lab[2] * lab[2]);
  const double saturation = magnitude > 0.001 ? std::acos(lab[0] / magnitude) : 0.0;
  return { magnitude, saturation, saturation > 0.001 ? std::atan2(lab[2], lab[1]) : 0.0 };
}

Triple
FromMsh(const Triple & msh)
{
  const double chroma = msh[0] * std::sin(msh[1]);
  return FromLab({ msh[0] * std::cos(msh[1]), chroma * std::cos(msh[2]), chroma * std::sin(msh[2]) });
}

double
GetAngleBetween(double a, double b)
{
  const double turn = std::fabs(a - b);
  return turn > pi ? 2.0 * pi - turn : turn;
}

/** The hue that an unsaturated colour is to have, so that the saturated one next to it fades out evenly. */
double
AdjustHue(const Triple & saturated, double magnitude)
{
  if (saturated[0] >= magnitude - 0.1)
  {
    return saturated[2];
  }
  const double spin = saturated[1] * std::sqrt(magnitude * magnitude - saturated[0] * saturated[0]) /
                      (saturated[0] * std::sin(saturated[1]));
  return saturated[2] + (saturated[2] > -0.3 * pi ? spin : -spin);
}

Triple
MixDiverging(Triple left, Triple right, double fraction)
{
  constexpr double unsaturated = 0.05;
  left = ToMsh(left);
  right = ToMsh(right);
  if (left[1] > unsaturated && right[1] > unsaturated && GetAngleBetween(left[2], right[2]) > 0.33 * pi)
  {
    const Triple white{ std::max({ left[0], right[0], 88.0 }), 0.0, 0.0 };
    (fraction < 0.5 ? right : left) = white;
    fraction = fraction < 0.5 ? 2.0 * fraction : 2.0 * fraction - 1.0;
  }
  if (left[1] < unsaturated && right[1] > unsaturated)
  {
    left[2] = AdjustHue(right, left[0]);
  }
  else if (right[1] < unsaturated && left[1] > unsaturated)
  {
    right[2] = AdjustHue(left, right[0]);
  }
  Triple mixed;
  std::transform(
    left.begin(), left.end(), right.begin(), mixed.begin(), [=](double a, double b) { return a + fraction * (b - a); });
  return FromMsh(mixed);
}

Triple
MixLinearly(const Triple & left, const Triple & right, double fraction)
{
  Triple mixed;
  std::transform(
    left.begin(), left.end(), right.begin(), mixed.begin(), [=](double a, double b) { return fraction * (b - a) + a; });
  return mixed;
}

Triple
MixHSV(Triple left, Triple right, double fraction, bool wraps)
{
  left = ToHSV(left);
  right = ToHSV(right);
  if (wraps && std::fabs(left[0] - right[0]) > 0.5)
  {
    (left[0] > right[0] ? left : right)[0] -= 1.0;
  }
  auto mixed = MixLinearly(left, right, fraction);
  mixed[0] -= std::floor(mixed[0]);
  return FromHSV(mixed);
}

Triple
Mix(ColorSpace space, const Triple & left, const Triple & right, double fraction)
{
  switch (space)
  {
    case ColorSpace::HSV:
      return MixHSV(left, right, fraction, false);
    case ColorSpace::HSVWrapped:
      return MixHSV(left, right, fraction, true);
    case ColorSpace::Lab:
      return FromLab(MixLinearly(ToLab(left), ToLab(right), fraction));
    case ColorSpace::Diverging:
      return MixDiverging(left, right, fraction);
    case ColorSpace::Step:
      return right;
    default:
      return MixLinearly(left, right, fraction);
  }
}
} // namespace

Colormap::ColorType
MixColors(ColorSpace space, const Colormap::ColorType & left, const Colormap::ColorType & right, double fraction)
{
  if (fraction == 0.0)
  {
    return left;
  }
  const auto mixed = Mix(space, { left[0], left[1], left[2] }, { right[0], right[1], right[2] }, fraction);
  return Colormap::MakeColor(
    std::clamp(mixed[0], 0.0, 1.0), std::clamp(mixed[1], 0.0, 1.0), std::clamp(mixed[2], 0.0, 1.0));
}
} // namespace itk
