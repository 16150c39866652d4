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
#include "ChartParts.h"

#include "Picture.h"

#include "vtkAxis.h"
#include "vtkBrush.h"
#include "vtkChartXY.h"
#include "vtkDoubleArray.h"
#include "vtkNew.h"
#include "vtkPen.h"
#include "vtkPlotArea.h"
#include "vtkPlotLine.h"
#include "vtkStringArray.h"
#include "vtkTable.h"
#include "vtkTextProperty.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>

namespace IntensityMapping
{
namespace
{
bool
IsCount(double count)
{
  return std::isfinite(count) && count >= 0.0;
}

// A range with a little room at either end.
AxisRange
Widen(const AxisRange & range)
{
  constexpr double share = 0.02;
  constexpr double least = std::numeric_limits<double>::denorm_min();
  constexpr double most = std::numeric_limits<double>::max();
  if (range.Scale == AxisScale::Logarithmic)
  {
    const double factor = std::exp(share * (std::log(range.Maximum) - std::log(range.Minimum)));
    return { range.Scale, std::max(range.Minimum / factor, least), std::min(range.Maximum * factor, most) };
  }
  const double room = share * range.Maximum - share * range.Minimum;
  return { range.Scale, std::max(range.Minimum - room, -most), std::min(range.Maximum + room, most) };
}
} // namespace

void
Verify(const HistogramChart & chart)
{
  const auto & edges = chart.Edges;
  if (edges.size() < 2 || chart.Counts.size() + 1 != edges.size())
  {
    throw std::runtime_error("A histogram chart was given " + std::to_string(edges.size()) + " edges and " +
                             std::to_string(chart.Counts.size()) +
                             " counts: N counts, N at least 1, need N + 1 edges.");
  }
  if (!std::all_of(edges.begin(), edges.end(), [](double edge) { return std::isfinite(edge); }) ||
      std::adjacent_find(edges.begin(), edges.end(), std::greater_equal<>()) != edges.end())
  {
    throw std::runtime_error("The edges of a histogram chart must be finite and strictly increasing.");
  }
  if (!std::all_of(chart.Counts.begin(), chart.Counts.end(), IsCount))
  {
    throw std::runtime_error("The counts of a histogram chart must be finite and not negative.");
  }
  if (chart.XScale == AxisScale::Logarithmic && edges.front() <= 0.0)
  {
    throw std::runtime_error("A logarithmic axis was asked for, but the first edge is " +
                             FormatNumber(edges.front(), 6) + ": edges must be above 0, or the axis linear.");
  }
  if (std::min(chart.Width, chart.Height) < 200 || std::max(chart.Width, chart.Height) > LongestSide)
  {
    throw std::runtime_error("A chart of " + std::to_string(chart.Width) + " x " + std::to_string(chart.Height) +
                             " pixels was asked for: from 200 to " + std::to_string(LongestSide) + " are possible.");
  }
}

bool
IsShown(const HistogramChart & chart, const HistogramMarker & marker)
{
  return std::isfinite(marker.Value) && (chart.XScale == AxisScale::Linear || marker.Value > 0.0);
}

AxisRange
ChooseXRange(const HistogramChart & chart)
{
  const auto isFull = [](double count) { return count > 0.0; };
  const auto first = std::find_if(chart.Counts.begin(), chart.Counts.end(), isFull);
  AxisRange  range{ chart.XScale, chart.Edges.front(), chart.Edges.back() };
  if (!chart.FullRange && first != chart.Counts.end())
  {
    range.Minimum = chart.Edges[first - chart.Counts.begin()];
    range.Maximum = chart.Edges[chart.Counts.rend() - std::find_if(chart.Counts.rbegin(), chart.Counts.rend(), isFull)];
  }
  for (const HistogramMarker & marker : chart.Markers)
  {
    if (IsShown(chart, marker))
    {
      range.Minimum = std::min(range.Minimum, marker.Value);
      range.Maximum = std::max(range.Maximum, marker.Value);
    }
  }
  return Widen(range);
}

// A little above the largest count; a logarithmic axis begins at half of the smallest one, so that its bar is seen.
AxisRange
ChooseYRange(const HistogramChart & chart)
{
  const double largest = *std::max_element(chart.Counts.begin(), chart.Counts.end());
  if (largest == 0.0)
  {
    return { AxisScale::Linear, 0.0, 1.0 };
  }
  if (chart.YScale == AxisScale::Linear)
  {
    return { AxisScale::Linear, 0.0, std::min(1.05 * largest, std::numeric_limits<double>::max()) };
  }
  double smallest = largest;
  for (const double count : chart.Counts)
  {
    smallest = count > 0.0 ? std::min(smallest, count) : smallest;
  }
  return { AxisScale::Logarithmic,
           std::max(0.5 * smallest, std::numeric_limits<double>::denorm_min()),
           std::min(2.0 * largest, std::numeric_limits<double>::max()) };
}

std::vector<Bar>
MakeBars(const HistogramChart & chart, const AxisRange & x, const AxisRange & y)
{
  const double     halfPixel = 0.5 / chart.Width;
  std::vector<Bar> bars;
  for (std::size_t bin = 0; bin < chart.Counts.size(); ++bin)
  {
    const double left = x.GetFraction(std::max(chart.Edges[bin], x.Minimum));
    const double right = x.GetFraction(std::min(chart.Edges[bin + 1], x.Maximum));
    const double height = chart.Counts[bin] > 0.0 ? y.GetFraction(chart.Counts[bin]) : 0.0;
    if (!(left < right))
    {
      continue;
    }
    if (!bars.empty() && right - bars.back().Left < halfPixel)
    {
      bars.back() = { bars.back().Left, right, std::max(bars.back().Height, height) };
    }
    else
    {
      bars.push_back({ left, right, height });
    }
  }
  return bars;
}

vtkSmartPointer<vtkTable>
MakeTable(const std::vector<std::vector<double>> & columns)
{
  auto table = vtkSmartPointer<vtkTable>::New();
  for (std::size_t column = 0; column < columns.size(); ++column)
  {
    vtkNew<vtkDoubleArray> values;
    values->SetName(std::to_string(column).c_str());
    for (const double value : columns[column])
    {
      values->InsertNextValue(value);
    }
    table->AddColumn(values);
  }
  return table;
}

void
AddBars(vtkChartXY * plot, const std::vector<Bar> & bars)
{
  std::vector<double> x{ bars.front().Left };
  std::vector<double> y{ 0.0 };
  for (const Bar & bar : bars)
  {
    x.insert(x.end(), { bar.Left, bar.Right });
    y.insert(y.end(), { bar.Height, bar.Height });
  }
  x.push_back(bars.back().Right);
  y.push_back(0.0);
  const auto table = MakeTable({ x, y, std::vector<double>(x.size(), 0.0) });

  vtkNew<vtkPlotArea> area;
  area->SetInputData(table);
  area->SetInputArray(0, "0");
  area->SetInputArray(1, "1");
  area->SetInputArray(2, "2");
  area->GetBrush()->SetColor(158, 197, 226, 255);
  area->LegendVisibilityOff();
  plot->AddPlot(area);

  vtkNew<vtkPlotLine> outline;
  outline->SetInputData(table, 0, 1);
  outline->GetPen()->SetColor(31, 95, 153, 255);
  outline->GetPen()->SetWidth(Zoom);
  outline->LegendVisibilityOff();
  plot->AddPlot(outline);
}

void
SetUpAxis(vtkAxis * axis, const AxisTicks & ticks)
{
  vtkNew<vtkDoubleArray> positions;
  vtkNew<vtkStringArray> labels;
  for (std::size_t tick = 0; tick < ticks.Fractions.size(); ++tick)
  {
    positions->InsertNextValue(ticks.Fractions[tick]);
    labels->InsertNextValue(ticks.Labels[tick]);
  }
  axis->SetBehavior(vtkAxis::FIXED);
  axis->SetRange(0.0, 1.0);
  axis->SetCustomTickPositions(positions, labels);
  axis->SetTickLength(5 * Zoom);
  axis->SetLabelOffset(8 * Zoom);
  axis->GetPen()->SetColor(60, 60, 60, 255);
  axis->GetPen()->SetWidth(Zoom);
  axis->GetGridPen()->SetColor(228, 228, 228, 255);
  axis->GetGridPen()->SetWidth(Zoom);
  SetFont(axis->GetLabelProperties(), TickLabelSize);
  // PaintAxisTitles() writes it: VTK's space between title and tick labels is fixed, and too little when zoomed.
  axis->SetTitle("");
}
} // namespace IntensityMapping
