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
#ifndef itkColormapIdentification_h
#define itkColormapIdentification_h

#include "itkColorCounts.h"
#include "itkColormap.h"

#include <string>
#include <vector>

namespace itk
{
/** How well a colormap explains a picture. */
struct ColormapFit
{
  std::string Name;
  /** 1 for the best and for those that cannot be told from it, else how many are better, plus 1. */
  SizeValueType Rank{ 0 };
  /** The mean over the pixels of how far their colours are from the nearest of the colormap, in levels of 8 bits. */
  double MeanDistance{ 0.0 };
  /** The part of the pixels, from 0 to 1, whose colours are as near as the tolerance. */
  double ExplainedFraction{ 0.0 };
};


/** \class ColormapIdentification
 * \brief Says how well colormaps explain the colours of a picture: what ColormapIdentificationImageSink does, on
 * counts.
 *
 * \sa ColormapIdentificationImageSink, ColorCounts
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT ColormapIdentification
{
public:
  /** One colour weighs as much as a 64th of the pixels at most. */
  static constexpr SizeValueType MaximumShareOfOneColor = 64;

  /** Distances count for at most `maximumDistance`. Colours within `tolerance` are explained. */
  ColormapIdentification(CountedColors colors, double maximumDistance, double tolerance);

  /** How well a colormap fits, but for the rank. May be called by many threads at once. */
  ColormapFit
  Fit(const std::string & name, const Colormap & colormap) const;

  /** Sorts fits, the best first, and ranks them. Those whose distance is greater than the best one's of a rank by at
   * most 2 percent and 0.25 levels have the same rank. Fits of one rank are sorted by whether their names have no
   * prefix
   * ("viridis" comes before "opencv.viridis"), then by their distance, then as they were. */
  static void
  Rank(std::vector<ColormapFit> & fits);

private:
  CountedColors              m_Colors;
  std::vector<SizeValueType> m_Weights;
  double                     m_SumOfWeights{ 0.0 };
  double                     m_MaximumDistance;
  double                     m_Tolerance;
};
} // namespace itk

#endif
