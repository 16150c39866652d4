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
#include "AxisTicks.h"
#include "ChartParts.h"
#include "OutputFile.h"
#include "Picture.h"

#include "vtkAxis.h"
#include "vtkChartXY.h"
#include "vtkContext2D.h"
#include "vtkContextTransform.h"
#include "vtkNew.h"
#include "vtkPen.h"
#include "vtkPlotLine.h"
#include "vtkTable.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <string>

namespace IntensityMapping
{
namespace
{
constexpr std::size_t  Margin = 20;
constexpr std::size_t  ColumnGap = 28;
constexpr std::size_t  LeastColumnWidth = 400;
constexpr std::size_t  TitleHeight = 32;
constexpr std::size_t  ImageTitleHeight = 28;
constexpr std::size_t  ChartGap = 14;
constexpr unsigned int ChartHeight = 230;
constexpr unsigned int NumberOfYTicks = 4;
constexpr int          TitleSize = 20;
constexpr int          ImageTitleSize = 16;
constexpr int          AxisTitleSize = 14;

// The room for the titles of a chart's axes.
constexpr std::size_t AxisTitleRoom = 22;

// What is beside an image is narrower than this.
constexpr std::size_t LargestImage = (LongestSide - 500) / 2;

/** One half of the figure: the image is as wide as its column, or in the middle of it. */
struct Column
{
  const HistogrammedImage * Image{ nullptr };
  Picture                   Shown{ 0, 0, {} };
  HistogramChart            Chart;
  AxisRange                 X{ AxisScale::Linear, 0.0, 1.0 };
  AxisTicks                 XTicks;
  AxisTicks                 YTicks;
  vtkNew<vtkChartXY>        Plot;
  std::size_t               Left{ 0 };
};

void
Verify(const HistogrammedImage & image)
{
  if (!image.Pixels || image.Width == 0 || image.Height == 0)
  {
    throw std::runtime_error("A figure of an image before and after was given no pixels: it needs both images.");
  }
}

void
Verify(const BeforeAfterFigure & figure)
{
  Verify(figure.Before);
  Verify(figure.After);
  if (figure.MaximumSize == 0 || figure.MaximumSize > LargestImage)
  {
    throw std::runtime_error("The images of a figure may have at most " + std::to_string(figure.MaximumSize) +
                             " pixels on their longer sides: the limit must be from 1 to " +
                             std::to_string(LargestImage) + ".");
  }
}

HistogramChart
MakeChart(const HistogrammedImage & image, const std::string & xLabel, std::size_t width)
{
  HistogramChart chart;
  chart.Edges = image.Edges;
  chart.Counts = image.Counts;
  chart.XLabel = xLabel;
  chart.FullRange = true;
  chart.Width = static_cast<unsigned int>(width);
  chart.Height = ChartHeight;
  Verify(chart);
  return chart;
}

// How much of all lies below each edge: a straight line within a bin.
void
AddDistribution(vtkChartXY * plot, const HistogramChart & chart, const AxisRange & x)
{
  const double total = std::accumulate(chart.Counts.begin(), chart.Counts.end(), 0.0);
  if (total == 0.0)
  {
    return;
  }
  std::vector<double> places{ 0.0 };
  std::vector<double> fractions{ 0.0 };
  double              below = 0.0;
  for (std::size_t edge = 0; edge < chart.Edges.size(); ++edge)
  {
    places.push_back(x.GetFraction(chart.Edges[edge]));
    fractions.push_back(below / total);
    below += edge < chart.Counts.size() ? chart.Counts[edge] : 0.0;
  }
  places.push_back(1.0);
  fractions.push_back(1.0);
  vtkNew<vtkPlotLine> line;
  line->SetInputData(MakeTable({ places, fractions }), 0, 1);
  line->GetPen()->SetColor(200, 40, 40, 255);
  line->GetPen()->SetWidth(2 * Zoom);
  line->LegendVisibilityOff();
  plot->AddPlot(line);
  // On the axes at the bottom and at the right.
  plot->SetPlotCorner(line, 1);
}

void
SetUpPlot(Column & column)
{
  const auto & chart = column.Chart;
  const auto   y = ChooseYRange(chart);
  column.X = ChooseXRange(chart);
  column.XTicks = column.X.MakeTicks(chart.Width / WidthPerTick);
  column.YTicks = y.MakeTicks(NumberOfYTicks);
  AddBars(column.Plot, MakeBars(chart, column.X, y));
  AddDistribution(column.Plot, chart, column.X);
  SetUpAxis(column.Plot->GetAxis(vtkAxis::BOTTOM), column.XTicks);
  SetUpAxis(column.Plot->GetAxis(vtkAxis::LEFT), column.YTicks);
  vtkAxis * const right = column.Plot->GetAxis(vtkAxis::RIGHT);
  SetUpAxis(right, AxisRange{ AxisScale::Linear, 0.0, 1.0 }.MakeTicks(NumberOfYTicks));
  column.Plot->SetShowLegend(false);
  column.Plot->SetAutoSize(false);
  column.Plot->SetSize(vtkRectf(static_cast<float>(column.Left + AxisTitleRoom) * Zoom,
                                static_cast<float>(Margin + AxisTitleRoom) * Zoom,
                                static_cast<float>(chart.Width - 2 * AxisTitleRoom) * Zoom,
                                static_cast<float>(ChartHeight - AxisTitleRoom) * Zoom));
}

void
PaintCaptions(vtkContext2D * context, const Column & column, double imageTop)
{
  const double width = column.Chart.Width;
  const double left = static_cast<double>(column.Left);
  const double center = left + 0.5 * width;
  const double half = 0.5 * AxisTitleRoom;
  // VTK knows where the plot is once it has laid out the tick labels.
  const int * const bottomLeft = column.Plot->GetPoint1();
  const int * const topRight = column.Plot->GetPoint2();
  const double      x = 0.5 * (bottomLeft[0] + topRight[0]) / Zoom;
  const double      y = 0.5 * (bottomLeft[1] + topRight[1]) / Zoom;
  const auto        xTitle = MakeAxisTitle(column.Chart.XLabel, column.XTicks);
  const auto        yTitle = MakeAxisTitle("count", column.YTicks);
  PaintCaption(context, { column.Image->Title, center, imageTop + 0.5 * ImageTitleHeight, ImageTitleSize, width });
  PaintCaption(context, { xTitle, x, Margin + half, AxisTitleSize, width });
  PaintCaption(context, { yTitle, left + half, y, AxisTitleSize, ChartHeight, true });
  PaintCaption(context, { "fraction not above", left + width - half, y, AxisTitleSize, ChartHeight, true });
}
} // namespace

void
DrawBeforeAfterFigure(const BeforeAfterFigure & figure, const std::string & pngFileName)
{
  Verify(figure);
  VerifyPNGFileName(pngFileName);
  OutputFile output(pngFileName, OutputKind::Text);

  std::array<Column, 2> columns;
  columns[0].Image = &figure.Before;
  columns[1].Image = &figure.After;
  std::size_t columnWidth = LeastColumnWidth;
  std::size_t imageHeight = 0;
  for (Column & column : columns)
  {
    column.Shown = FitImage(column.Image->Pixels, column.Image->Width, column.Image->Height, figure.MaximumSize);
    columnWidth = std::max(columnWidth, column.Shown.Width);
    imageHeight = std::max(imageHeight, column.Shown.Height);
  }
  vtkNew<vtkContextTransform> plots;
  for (Column & column : columns)
  {
    column.Left = &column == &columns[0] ? Margin : Margin + columnWidth + ColumnGap;
    column.Chart = MakeChart(*column.Image, figure.XLabel, columnWidth);
    SetUpPlot(column);
    plots->AddItem(column.Plot);
  }

  const std::size_t width = 2 * (Margin + columnWidth) + ColumnGap;
  const std::size_t top = Margin + (figure.Title.empty() ? 0 : TitleHeight) + ImageTitleHeight;
  const std::size_t height = top + imageHeight + ChartGap + ChartHeight + Margin;
  const auto        paint = [&](vtkContext2D * context) {
    const auto fullWidth = static_cast<double>(width);
    const auto fullHeight = static_cast<double>(height);
    PaintCaption(context,
                 { figure.Title,
                   0.5 * fullWidth,
                   fullHeight - Margin - 0.4 * TitleHeight,
                   TitleSize,
                   0.9 * fullWidth,
                   false,
                   true });
    for (const Column & column : columns)
    {
      PaintCaptions(context, column, fullHeight - static_cast<double>(top));
    }
  };
  Picture picture = Render(width, height, plots, paint);
  for (Column & column : columns)
  {
    Picture & shown = column.Shown;
    DrawImage(picture,
              { column.Left + (columnWidth - shown.Width) / 2,
                top + (imageHeight - shown.Height) / 2,
                shown.Width,
                shown.Height },
              shown);
  }
  output.WriteText(EncodePNG(picture));
  output.Commit();
}
} // namespace IntensityMapping
