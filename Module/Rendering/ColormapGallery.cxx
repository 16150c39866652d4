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
#include "IntensityMappingRendering.h"

#include "OutputFile.h"
#include "Picture.h"

#include "vtkContext2D.h"
#include "vtkNew.h"
#include "vtkStdString.h"
#include "vtkTextProperty.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace IntensityMapping
{
namespace
{
constexpr std::size_t Columns = 2;
constexpr std::size_t Margin = 12;
constexpr std::size_t NameWidth = 130;
constexpr std::size_t StripWidth = 256;
constexpr std::size_t StripHeight = 14;
constexpr std::size_t RowHeight = 20;
constexpr std::size_t ColumnWidth = NameWidth + StripWidth + 2 * Margin;
constexpr int         NameSize = 13;

constexpr unsigned char FrameGray = 120;

constexpr std::size_t MostRows = (LongestSide - 2 * Margin) / RowHeight;

/** The left and the top of the strip of colormap i. */
std::pair<std::size_t, std::size_t>
LocateStrip(std::size_t i, std::size_t rows)
{
  return { i / rows * ColumnWidth + Margin + NameWidth, Margin + i % rows * RowHeight };
}

/** With a frame around it, since many colormaps end in white. */
void
DrawStrip(Picture & picture, std::size_t left, std::size_t top, const itk::Colormap & colormap)
{
  for (std::size_t y = top - 1; y <= top + StripHeight; ++y)
  {
    std::fill_n(picture.GetPixel(left - 1, y), 3 * (StripWidth + 2), FrameGray);
  }
  for (std::size_t x = 0; x < StripWidth; ++x)
  {
    const auto color = colormap.ForwardValue((x + 0.5) / StripWidth);
    for (std::size_t y = 0; y < StripHeight; ++y)
    {
      std::copy_n(color.Begin(), 3, picture.GetPixel(left + x, top + y));
    }
  }
}
} // namespace

void
DrawColormapGallery(const std::vector<std::string> & names, const std::string & pngFileName)
{
  const std::size_t rows = (names.size() + Columns - 1) / Columns;
  if (names.empty() || rows > MostRows)
  {
    throw std::runtime_error("A gallery of " + std::to_string(names.size()) + " colormaps was asked for: from 1 to " +
                             std::to_string(Columns * MostRows) + " can be drawn.");
  }
  VerifyPNGFileName(pngFileName);
  std::vector<itk::Colormap::Pointer> colormaps;
  for (const auto & name : names)
  {
    colormaps.push_back(itk::Colormap::New());
    colormaps.back()->SetName(name);
  }
  OutputFile        output(pngFileName, OutputKind::Text);
  const std::size_t height = rows * RowHeight + 2 * Margin - (RowHeight - StripHeight);

  vtkNew<vtkTextProperty> font;
  SetFont(font, NameSize);
  font->SetJustificationToRight();
  font->SetVerticalJustificationToCentered();
  const auto paintNames = [&](vtkContext2D * context) {
    context->ApplyTextProp(font);
    for (std::size_t i = 0; i < names.size(); ++i)
    {
      const auto [left, top] = LocateStrip(i, rows);
      const double x = left - 0.5 * Margin;
      const double y = height - top - 0.5 * StripHeight;
      context->DrawString(static_cast<float>(x * Zoom), static_cast<float>(y * Zoom), names[i]);
    }
  };
  Picture picture = Render(std::min(names.size(), Columns) * ColumnWidth, height, nullptr, paintNames);
  for (std::size_t i = 0; i < names.size(); ++i)
  {
    const auto [left, top] = LocateStrip(i, rows);
    DrawStrip(picture, left, top, *colormaps[i]);
  }
  output.WriteText(EncodePNG(picture));
  output.Commit();
}
} // namespace IntensityMapping
