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
#ifndef ChartParts_h
#define ChartParts_h

#include "AxisTicks.h"
#include "IntensityMappingRendering.h"

#include "vtkSmartPointer.h"

#include <vector>

class vtkAxis;
class vtkChartXY;
class vtkTable;

/** What the charts of histograms are put together from. */
namespace IntensityMapping
{
constexpr int TickLabelSize = 14;

// The most room that a tick label takes, with some space around it.
constexpr unsigned int WidthPerTick = 110;
constexpr unsigned int HeightPerTick = 45;
constexpr unsigned int MostTicks = 12;

/** A bar in fractions of the axes. VTK works in single precision, which cannot tell edges apart that are near to each
 * other and far from 0; fractions of the shown range can be. */
struct Bar
{
  double Left;
  double Right;
  double Height;
};

/** Throws unless the chart can be drawn. */
void
Verify(const HistogramChart & chart);

/** Whether the marker has a place on the axis. */
bool
IsShown(const HistogramChart & chart, const HistogramMarker & marker);

AxisRange
ChooseXRange(const HistogramChart & chart);

AxisRange
ChooseYRange(const HistogramChart & chart);

/** Bins that share half a pixel become one bar, as high as the highest of them. */
std::vector<Bar>
MakeBars(const HistogramChart & chart, const AxisRange & x, const AxisRange & y);

/** A table with columns named "0", "1" and so on. */
vtkSmartPointer<vtkTable>
MakeTable(const std::vector<std::vector<double>> & columns);

/** Adds the bars as one staircase, from the base line and back to it, filled and outlined. */
void
AddBars(vtkChartXY * plot, const std::vector<Bar> & bars);

void
SetUpAxis(vtkAxis * axis, const AxisTicks & ticks);
} // namespace IntensityMapping

#endif
