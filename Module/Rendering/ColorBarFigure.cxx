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
#include "OutputFile.h"
#include "Picture.h"
#include "RunTool.h"

#include "vtkBrush.h"
#include "vtkContext2D.h"
#include "vtkNew.h"
#include "vtkPen.h"
#include "vtkStdString.h"
#include "vtkTextProperty.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace IntensityMapping
{
namespace
{
constexpr std::size_t Margin = 24;
constexpr std::size_t BarGap = 28;
constexpr std::size_t BarWidth = 22;
constexpr std::size_t LeastBarHeight = 200;
constexpr std::size_t TriangleHeight = 20;
constexpr std::size_t TickLength = 5;
constexpr std::size_t HeightPerTick = 40;
constexpr std::size_t MostTicks = 12;
constexpr int         TitleSize = 20;
constexpr int         BarLabelSize = 16;
constexpr int         TickLabelSize = 14;

// What is beside an image and its bar is narrower than this.
constexpr std::size_t LargestImage = LongestSide - 500;

void
Verify(const ColorBarFigure & figure)
{
  if (!figure.Pixels || figure.Width == 0 || figure.Height == 0 || !figure.Colormap || !figure.Normalization)
  {
    throw std::runtime_error(
      "A figure with a colour bar was given no pixels, no colormap or no normalization: it needs all of them.");
  }
  try
  {
    figure.Normalization->Verify();
  }
  catch (const itk::ExceptionObject & error)
  {
    throw std::runtime_error(CleanMessage(error.GetDescription()));
  }
  if (figure.MaximumSize == 0 || figure.MaximumSize > LargestImage)
  {
    throw std::runtime_error("The image of a figure may have at most " + std::to_string(figure.MaximumSize) +
                             " pixels on its longer side: the limit must be from 1 to " + std::to_string(LargestImage) +
                             ".");
  }
}

// Where everything is.
struct Layout
{
  Box         Image;
  Box         Bar;
  std::size_t LabelX;
  std::size_t Width;
  std::size_t Height;
};

Layout
MakeLayout(const ColorBarFigure & figure, const Picture & image, double widestLabel)
{
  const std::size_t top = figure.Title.empty() ? Margin : 2 * Margin + TitleSize / 2;
  const std::size_t height = std::max(image.Height, LeastBarHeight);
  const std::size_t over = figure.ShowOver ? TriangleHeight : 0;
  const std::size_t under = figure.ShowUnder ? TriangleHeight : 0;
  Layout            layout;
  layout.Image = { Margin, top + (height - image.Height) / 2, image.Width, image.Height };
  layout.Bar = { Margin + image.Width + BarGap, top + over, BarWidth, height - over - under };
  layout.LabelX = layout.Bar.X + BarWidth + 3 * TickLength + static_cast<std::size_t>(widestLabel) + BarLabelSize;
  layout.Width = layout.LabelX + Margin;
  layout.Height = top + height + Margin;
  return layout;
}

ColorType
GetColor(const itk::Colormap::BytesType & bytes)
{
  return { bytes[0], bytes[1], bytes[2] };
}

void
DrawBar(Picture & picture, const Box & box, const ColorBarFigure & figure)
{
  DrawFrame(picture, box);
  for (std::size_t y = 0; y < box.Height; ++y)
  {
    const double fraction = (box.Height - y - 0.5) / box.Height;
    const double normalized = GetNormalizedValue(*figure.Normalization, fraction);
    FillBox(picture, { box.X, box.Y + y, box.Width, 1 }, GetColor(figure.Colormap->ForwardValue(normalized)));
  }
}

// On an end of the bar, at a height from the bottom, and pointing away from it.
void
PaintTriangle(vtkContext2D * context, const Box & bar, double base, double apex, const ColorType & color)
{
  const auto left = static_cast<float>(bar.X) * Zoom;
  const auto right = static_cast<float>(bar.X + bar.Width) * Zoom;
  float      x[] = { left, right, 0.5f * (left + right), left };
  float      y[] = { static_cast<float>(base * Zoom), 0.0f, static_cast<float>(apex * Zoom), 0.0f };
  y[1] = y[3] = y[0];
  context->GetBrush()->SetColor(color[0], color[1], color[2], 255);
  context->DrawPolygon(x, y, 3);
  context->DrawPoly(x, y, 4);
}

void
PaintTicks(vtkContext2D * context, const Layout & layout, const AxisTicks & ticks, vtkTextProperty * font)
{
  const double right = layout.Bar.X + layout.Bar.Width;
  const double bottom = layout.Height - (layout.Bar.Y + layout.Bar.Height);
  context->ApplyTextProp(font);
  for (std::size_t tick = 0; tick < ticks.Labels.size(); ++tick)
  {
    const auto y = static_cast<float>((bottom + ticks.Fractions[tick] * layout.Bar.Height) * Zoom);
    const auto x = static_cast<float>(right * Zoom);
    context->DrawLine(x, y, x + TickLength * Zoom, y);
    context->DrawString(x + 2 * TickLength * Zoom, y, ticks.Labels[tick]);
  }
}

void
PaintTriangles(vtkContext2D * context, const ColorBarFigure & figure, const Layout & layout)
{
  const double top = layout.Height - layout.Bar.Y;
  const double bottom = top - layout.Bar.Height;
  const auto   colors = figure.Colormap->GetByteTable();
  const auto   numberOfEntries = figure.Colormap->GetNumberOfEntries();
  if (figure.ShowUnder)
  {
    PaintTriangle(context, layout.Bar, bottom, bottom - TriangleHeight, GetColor(colors[numberOfEntries]));
  }
  if (figure.ShowOver)
  {
    PaintTriangle(context, layout.Bar, top, top + TriangleHeight, GetColor(colors[numberOfEntries + 1]));
  }
}
} // namespace

void
DrawColorBarFigure(const ColorBarFigure & figure, const std::string & pngFileName)
{
  Verify(figure);
  VerifyPNGFileName(pngFileName);
  OutputFile output(pngFileName, OutputKind::Text);

  Picture         image = FitImage(figure.Pixels, figure.Width, figure.Height, figure.MaximumSize);
  const auto      numberOfTicks = std::min(MostTicks, std::max(image.Height, LeastBarHeight) / HeightPerTick);
  const AxisTicks ticks = MakeTicks(*figure.Normalization, static_cast<unsigned int>(numberOfTicks));

  vtkNew<vtkTextProperty> font;
  SetFont(font, TickLabelSize);
  font->SetJustificationToLeft();
  font->SetVerticalJustificationToCentered();
  double widestLabel = 0.0;
  for (const std::string & label : ticks.Labels)
  {
    widestLabel = std::max(widestLabel, GetTextWidth(font, label));
  }
  const Layout layout = MakeLayout(figure, image, widestLabel);

  const auto paint = [&](vtkContext2D * context) {
    context->GetPen()->SetColor(FrameColor[0], FrameColor[1], FrameColor[2], 255);
    context->GetPen()->SetWidth(Zoom);
    PaintTriangles(context, figure, layout);
    PaintTicks(context, layout, ticks, font);
    const double width = layout.Width;
    const double height = layout.Height;
    PaintCaption(context,
                 { figure.Title, 0.5 * width, height - 1.25 * Margin, TitleSize, width - Margin, false, true });
    PaintCaption(context,
                 { MakeAxisTitle(figure.BarLabel, ticks),
                   static_cast<double>(layout.LabelX),
                   height - layout.Bar.Y - 0.5 * layout.Bar.Height,
                   BarLabelSize,
                   height - Margin,
                   true });
  };
  Picture picture = Render(layout.Width, layout.Height, nullptr, paint);
  DrawImage(picture, layout.Image, image);
  DrawBar(picture, layout.Bar, figure);

  output.WriteText(EncodePNG(picture));
  output.Commit();
}
} // namespace IntensityMapping
