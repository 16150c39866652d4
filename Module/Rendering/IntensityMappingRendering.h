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
#ifndef IntensityMappingRendering_h
#define IntensityMappingRendering_h

#include "itkColormap.h"
#include "itkIntensityNormalization.h"

#include <string>
#include <vector>

/** Pictures of what was measured, drawn off-screen by VTK and written as PNG files. A picture depends on nothing but
 * what it is asked to show. What cannot be drawn or written throws a std::runtime_error of one line, and an existing
 * file keeps its bytes. */
namespace IntensityMapping
{
enum class AxisScale
{
  Linear,
  Logarithmic
};

/** A vertical line in a chart; the legend has its label and value. */
struct HistogramMarker
{
  std::string Label;
  double      Value;
};

/** A histogram, and how it is to be shown. */
struct HistogramChart
{
  /** The N + 1 edges of N bins, finite and strictly increasing. */
  std::vector<double> Edges;

  /** N counts (or weights, or frequencies), finite and not negative. A bar is as high as its count, whatever its
   * width. */
  std::vector<double> Counts;

  std::string Title;
  std::string XLabel;
  std::string YLabel{ "count" };

  /** Those whose value is not finite, such as the median of an empty histogram, are left out. */
  std::vector<HistogramMarker> Markers;

  AxisScale XScale{ AxisScale::Linear };
  AxisScale YScale{ AxisScale::Linear };

  /** Whether to show all bins; otherwise, those from the first to the last that is not empty, and the markers. */
  bool FullRange{ false };

  unsigned int Width{ 900 };
  unsigned int Height{ 600 };
};

void
DrawHistogramChart(const HistogramChart & chart, const std::string & pngFileName);

/** An image with the colour bar that tells what its colours mean. */
struct ColorBarFigure
{
  /** Red, green and blue bytes, row by row from the top. */
  const unsigned char * Pixels{ nullptr };
  std::size_t           Width{ 0 };
  std::size_t           Height{ 0 };

  std::string Title;

  /** The colours of the bar. Opacity is not shown. */
  itk::Colormap::ConstPointer Colormap;

  /** What tells which intensity has which colour: the bar has the colours of its limits at its ends. */
  itk::IntensityNormalization::ConstPointer Normalization;
  std::string                               BarLabel;

  /** Whether the bar ends in triangles of the under and over colours. */
  bool ShowUnder{ false };
  bool ShowOver{ false };

  /** An image with a longer side is shrunk: blocks of n x n pixels become their average. */
  std::size_t MaximumSize{ 1600 };
};

/** Draws the image pixel for pixel, unless it is larger than the maximum, or so small that each of its pixels can be
 * drawn as n x n pixels within a square of 256. */
void
DrawColorBarFigure(const ColorBarFigure & figure, const std::string & pngFileName);

/** An image, and the histogram of its intensities. */
struct HistogrammedImage
{
  std::string Title;

  /** Red, green and blue bytes, row by row from the top. */
  const unsigned char * Pixels{ nullptr };
  std::size_t           Width{ 0 };
  std::size_t           Height{ 0 };

  /** N + 1 edges and N counts, as a HistogramChart has them. */
  std::vector<double> Edges;
  std::vector<double> Counts;
};

/** What an image was and what became of it. */
struct BeforeAfterFigure
{
  HistogrammedImage Before;
  HistogrammedImage After;
  std::string       Title;
  std::string       XLabel{ "intensity" };

  /** Images with a longer side are shrunk, as in a ColorBarFigure. */
  std::size_t MaximumSize{ 480 };
};

/** Draws the two images side by side, and below each its histogram over all bins, with the cumulative distribution as a
 * curve. */
void
DrawBeforeAfterFigure(const BeforeAfterFigure & figure, const std::string & pngFileName);

/** Draws a strip of each of the named colormaps with its name, from the top to the bottom, in two columns. */
void
DrawColormapGallery(const std::vector<std::string> & names, const std::string & pngFileName);
} // namespace IntensityMapping

#endif
