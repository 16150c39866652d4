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
#include "vtkChartLegend.h"
#include "vtkChartXY.h"
#include "vtkContext2D.h"
#include "vtkNew.h"
#include "vtkPen.h"
#include "vtkPlotLine.h"
#include "vtkTable.h"
#include "vtkTextProperty.h"

#include <algorithm>
#include <string>

namespace IntensityMapping
{
namespace
{
constexpr int TitleSize = 20;
constexpr int AxisTitleSize = 16;
constexpr int LegendGap = 6;

// The room for the captions around the plot and its tick labels.
constexpr int LeftMargin = 36;
constexpr int RightMargin = 16;
constexpr int BottomMargin = 36;
constexpr int TopMargin = 42;
constexpr int TopMarginWithoutTitle = 12;

void
AddMarkers(vtkChartXY * plot, const HistogramChart & chart, const AxisRange & x)
{
  static const unsigned char colors[][3] = { { 200, 40, 40 }, { 20, 130, 60 }, { 130, 60, 170 }, { 220, 130, 0 } };
  static const int           lines[] = { vtkPen::SOLID_LINE, vtkPen::DASH_LINE };
  std::size_t                count = 0;
  for (const HistogramMarker & marker : chart.Markers)
  {
    if (IsShown(chart, marker))
    {
      const double        fraction = x.GetFraction(marker.Value);
      vtkNew<vtkPlotLine> line;
      line->SetInputData(MakeTable({ { fraction, fraction }, { 0.0, 1.0 } }), 0, 1);
      line->SetLabel(marker.Label + " = " + FormatNumber(marker.Value, x.GetDigits()));
      const auto & color = colors[count % 4];
      line->GetPen()->SetColor(color[0], color[1], color[2], 255);
      line->GetPen()->SetWidth(2 * Zoom);
      line->GetPen()->SetLineType(lines[count % 2]);
      plot->AddPlot(line);
      ++count;
    }
  }
  plot->SetShowLegend(count > 0);
}

void
SetUpLegend(vtkChartLegend * legend)
{
  SetFont(legend->GetLabelProperties(), TickLabelSize);
  legend->SetLabelSize(TickLabelSize * Zoom);
  legend->SetSymbolWidth(30 * Zoom);
  legend->SetPadding(LegendGap * Zoom);
  legend->GetPen()->SetColor(200, 200, 200, 255);
  legend->GetPen()->SetWidth(Zoom);
  legend->SetInline(false);
  legend->SetHorizontalAlignment(vtkChartLegend::RIGHT);
  legend->SetVerticalAlignment(vtkChartLegend::TOP);
}
// Along the middles of the plot, which VTK knows once it has laid out the tick labels.
void
PaintAxisTitles(vtkContext2D * context, vtkChartXY * plot, Caption xTitle, Caption yTitle)
{
  const int * const bottomLeft = plot->GetPoint1();
  const int * const topRight = plot->GetPoint2();
  xTitle.X = 0.5 * (bottomLeft[0] + topRight[0]) / Zoom;
  yTitle.Y = 0.5 * (bottomLeft[1] + topRight[1]) / Zoom;
  PaintCaption(context, xTitle);
  PaintCaption(context, yTitle);
}
} // namespace

void
DrawHistogramChart(const HistogramChart & chart, const std::string & pngFileName)
{
  Verify(chart);
  VerifyPNGFileName(pngFileName);
  OutputFile output(pngFileName, OutputKind::Text);

  const AxisRange x = ChooseXRange(chart);
  const AxisRange y = ChooseYRange(chart);

  const AxisTicks xTicks = x.MakeTicks(std::min(MostTicks, chart.Width / WidthPerTick));
  const AxisTicks yTicks = y.MakeTicks(std::min(MostTicks, chart.Height / HeightPerTick));
  const int       topMargin = chart.Title.empty() ? TopMarginWithoutTitle : TopMargin;

  vtkNew<vtkChartXY> plot;
  AddBars(plot, MakeBars(chart, x, y));
  AddMarkers(plot, chart, x);
  SetUpAxis(plot->GetAxis(vtkAxis::BOTTOM), xTicks);
  SetUpAxis(plot->GetAxis(vtkAxis::LEFT), yTicks);
  SetUpLegend(plot->GetLegend());
  plot->SetAutoSize(false);
  plot->SetSize(vtkRectf(LeftMargin * Zoom,
                         BottomMargin * Zoom,
                         (static_cast<float>(chart.Width) - LeftMargin - RightMargin) * Zoom,
                         (static_cast<float>(chart.Height) - BottomMargin - topMargin) * Zoom));

  const auto paint = [&](vtkContext2D * context) {
    const double width = chart.Width;
    const double height = chart.Height;
    PaintCaption(context, { chart.Title, 0.5 * width, height - 0.5 * TopMargin, TitleSize, 0.95 * width, false, true });
    PaintAxisTitles(context,
                    plot,
                    { MakeAxisTitle(chart.XLabel, xTicks), 0.0, 0.5 * BottomMargin, AxisTitleSize, 0.9 * width },
                    { MakeAxisTitle(chart.YLabel, yTicks), 0.5 * LeftMargin, 0.0, AxisTitleSize, 0.8 * height, true });
  };
  output.WriteText(EncodePNG(Render(chart.Width, chart.Height, plot, paint)));
  output.Commit();
}
} // namespace IntensityMapping
