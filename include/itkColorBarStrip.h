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
#ifndef itkColorBarStrip_h
#define itkColorBarStrip_h

#include "itkIntTypes.h"
#include "itkRGBPixel.h"
#include "IntensityMappingExport.h"

#include <vector>

namespace itk
{
/** The colours of a colour bar, evenly spaced from `Start` to `End`. These are coordinates along it, in pixels: the
 * centre of the strip's first pixel is 0, its edge is -0.5. */
struct ColorBarScale
{
  std::vector<RGBPixel<unsigned char>> Colors;
  double                               Start{ 0.0 };
  double                               End{ 0.0 };
  /** Whether the colours are those of flat steps, one each; else there is one for each pixel along the bar. */
  bool HasSteps{ false };
};


/** \class ColorBarStrip
 * \brief Reads the colours along a colour bar: what ColorBarImageSink does, on memory.
 *
 * - *Across.* Lines along the bar whose colours differ from those of the middle one by more than 24 levels at most of
 *   their pixels are a frame, and left out. Of the others, the median of each component counts, so that tick marks that
 *   reach in and noise do no harm.
 * - *Ends.* Up to three pixels are left out at each end, as far as there is a jump of colour among them of more than 12
 *   levels, and of more than three times what is usual next to them: a frame, or a pixel that mixes the bar with it.
 * - *Steps.* Three or more stretches of colours that hardly change, at least 3 pixels long, with jumps of more than 8
 *   levels between them, are the steps of a bar if they are equally long to within a pixel. A straight line through the
 *   places of the jumps says where the steps end, to a fraction of a pixel, and so where the bar does.
 *
 * \sa ColorBarImageSink
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT ColorBarStrip
{
public:
  using ColorType = RGBPixel<unsigned char>;
  using ColorsType = std::vector<ColorType>;

  static constexpr SizeValueType MinimumLength = 8;
  static constexpr SizeValueType MinimumBreadth = 3;

  /** `pixels` has those across the bar one after the other, for each place along it. There must be at least
   * MinimumLength places and MinimumBreadth pixels across. */
  static ColorBarScale
  Read(const ColorsType & pixels, SizeValueType breadth);
};
} // namespace itk

#endif
