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
#ifndef itkColorSpaces_h
#define itkColorSpaces_h

#include "itkColormap.h"

namespace itk
{
/** How colours are mixed between the points of a continuous colormap. The meaning of each is VTK's. */
enum class ColorSpace : uint8_t
{
  RGB,
  /** Hue, saturation and value; the hue does not pass through red. */
  HSV,
  /** The same; the hue goes the shorter way. */
  HSVWrapped,
  /** CIE 1976 L*a*b* of sRGB, white point D65. */
  Lab,
  /** Kenneth Moreland's diverging colormaps: by way of white between two saturated colours. */
  Diverging,
  /** Between two points, the colour of the second. */
  Step
};

/** The colour at a fraction of the way from one colour to another. */
Colormap::ColorType
MixColors(ColorSpace space, const Colormap::ColorType & left, const Colormap::ColorType & right, double fraction);
} // namespace itk

#endif
