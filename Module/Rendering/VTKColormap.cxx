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
#include "VTKColormap.h"

#include <vtkColorTransferFunction.h>
#include <vtkLookupTable.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <string>

namespace IntensityMapping
{
namespace
{
using ColorType = itk::Colormap::ColorType;
using RGBA = std::array<double, 4>;

ColorType
MakeColorOfBytes(const unsigned char * bytes)
{
  return itk::Colormap::MakeColor(bytes[0] / 255.0, bytes[1] / 255.0, bytes[2] / 255.0, bytes[3] / 255.0);
}

/** The colour that VTK rounds to the bytes of the colormap. */
RGBA
MakeShownColor(const ColorType & color)
{
  const auto bytes = itk::Colormap::MakeBytes(color);
  const auto shown = MakeColorOfBytes(bytes.GetDataPointer());
  return { shown[0], shown[1], shown[2], shown[3] };
}

/** The colour of the bytes that VTK rounds to. */
ColorType
MakeRoundedColor(const double * rgba)
{
  const double  components[4] = { rgba[0], rgba[1], rgba[2], rgba[3] };
  unsigned char bytes[4];
  vtkLookupTable::GetColorAsUnsignedChars(components, bytes);
  return MakeColorOfBytes(bytes);
}

void
VerifyLinear(bool isLogarithmic)
{
  if (isLogarithmic)
  {
    throw std::runtime_error("The colours of VTK are on a logarithmic scale: only a linear one can be converted.");
  }
}

void
RequireOpaque(const itk::Colormap & colormap)
{
  auto colors = colormap.GetTable();
  colors.push_back(colormap.GetUnderColor());
  colors.push_back(colormap.GetOverColor());
  if (std::any_of(colors.begin(), colors.end(), [](const ColorType & color) { return color[3] != 1.0; }))
  {
    throw std::runtime_error(
      "A colour of the colormap is not opaque, which a vtkColorTransferFunction cannot hold: make "
      "it opaque, or take a vtkLookupTable.");
  }
}

ColormapWithLimits
MakeColormapWithLimits(const itk::Colormap::TableType & table, const double * range)
{
  ColormapWithLimits made{ itk::Colormap::New(), itk::LinearNormalization::New() };
  made.Colormap->SetTable(table);
  made.Normalization->SetMinimum(range[0]);
  made.Normalization->SetMaximum(range[1]);
  return made;
}

/** Position, red, green, blue, midpoint and sharpness. */
using Node = std::array<double, 6>;

std::vector<Node>
GetNodes(vtkColorTransferFunction & function)
{
  std::vector<Node> nodes(function.GetSize());
  for (int i = 0; i < function.GetSize(); ++i)
  {
    function.GetNodeValue(i, nodes[i].data());
  }
  return nodes;
}

bool
AreEvenlySpaced(const std::vector<Node> & nodes)
{
  const double first = nodes.front()[0];
  const double step = (nodes.back()[0] - first) / static_cast<double>(nodes.size() - 1);
  for (std::size_t i = 1; i < nodes.size(); ++i)
  {
    if (!(std::fabs(nodes[i][0] - first - static_cast<double>(i) * step) < 1e-3 * step))
    {
      return false;
    }
  }
  return true;
}

itk::Colormap::TableType
SampleFunction(vtkColorTransferFunction & function, itk::SizeValueType numberOfEntries)
{
  const double *      range = function.GetRange();
  std::vector<double> colors(3 * numberOfEntries);
  function.GetTable(range[0], range[1], static_cast<int>(numberOfEntries), colors.data());
  itk::Colormap::TableType table;
  for (auto color = colors.cbegin(); color != colors.cend(); color += 3)
  {
    table.push_back(itk::Colormap::MakeColor(
      std::clamp(color[0], 0.0, 1.0), std::clamp(color[1], 0.0, 1.0), std::clamp(color[2], 0.0, 1.0)));
  }
  return table;
}
} // namespace

vtkSmartPointer<vtkLookupTable>
MakeVTKLookupTable(const itk::Colormap & colormap, const itk::LinearNormalization & normalization)
{
  colormap.Verify();
  normalization.Verify();
  const auto bytes = colormap.GetByteTable();
  const auto colors = vtkSmartPointer<vtkUnsignedCharArray>::New();
  colors->SetNumberOfComponents(4);
  for (itk::SizeValueType i = 0; i < colormap.GetNumberOfEntries(); ++i)
  {
    colors->InsertNextTypedTuple(bytes[i].GetDataPointer());
  }
  if (colormap.GetNumberOfEntries() == 1)
  {
    // Of a table of one, VTK 9.1 takes the entry for what is above the range, too.
    colors->InsertNextTypedTuple(bytes[0].GetDataPointer());
  }
  const auto table = vtkSmartPointer<vtkLookupTable>::New();
  table->SetTable(colors);
  table->SetTableRange(normalization.GetMinimum(), normalization.GetMaximum());
  table->SetBelowRangeColor(MakeShownColor(colormap.GetUnderColor()).data());
  table->UseBelowRangeColorOn();
  table->SetAboveRangeColor(MakeShownColor(colormap.GetOverColor()).data());
  table->UseAboveRangeColorOn();
  table->SetNanColor(MakeShownColor(colormap.GetBadColor()).data());
  table->BuildSpecialColors();
  return table;
}

vtkSmartPointer<vtkColorTransferFunction>
MakeVTKColorTransferFunction(const itk::Colormap & colormap, const itk::LinearNormalization & normalization)
{
  colormap.Verify();
  normalization.Verify();
  RequireOpaque(colormap);
  const auto & colors = colormap.GetTable();
  const double minimum = normalization.GetMinimum();
  const double maximum = normalization.GetMaximum();
  const auto   function = vtkSmartPointer<vtkColorTransferFunction>::New();
  // Of a single entry there are two points, without which there would be no range of values.
  const std::size_t numberOfPoints = std::max<std::size_t>(colors.size(), 2);
  for (std::size_t i = 0; i < numberOfPoints; ++i)
  {
    const auto & color = colors[std::min(i, colors.size() - 1)];
    const double fraction = static_cast<double>(i) / static_cast<double>(numberOfPoints - 1);
    const double position = fraction == 1.0 ? maximum : minimum + fraction * (maximum - minimum);
    function->AddRGBPoint(position, color[0], color[1], color[2]);
  }
  // A point at the place of another takes that one's place.
  if (function->GetSize() != static_cast<int>(numberOfPoints))
  {
    throw std::runtime_error("Between " + std::to_string(minimum) + " and " + std::to_string(maximum) +
                             " there is no room for " + std::to_string(numberOfPoints) +
                             " points: give other limits, or a colormap of fewer entries.");
  }
  const auto & under = colormap.GetUnderColor();
  const auto & over = colormap.GetOverColor();
  const auto & bad = colormap.GetBadColor();
  function->SetBelowRangeColor(under[0], under[1], under[2]);
  function->UseBelowRangeColorOn();
  function->SetAboveRangeColor(over[0], over[1], over[2]);
  function->UseAboveRangeColorOn();
  function->SetNanColorRGBA(bad[0], bad[1], bad[2], bad[3]);
  return function;
}

ColormapWithLimits
MakeColormap(vtkLookupTable & table)
{
  VerifyLinear(table.GetScale() == VTK_SCALE_LOG10);
  table.Build();
  const auto number = static_cast<itk::SizeValueType>(table.GetNumberOfTableValues());
  if (number == 0)
  {
    throw std::runtime_error("The vtkLookupTable is empty: it needs at least one value.");
  }
  itk::Colormap::TableType colors;
  for (itk::SizeValueType i = 0; i < number; ++i)
  {
    colors.push_back(MakeColorOfBytes(table.GetPointer(static_cast<vtkIdType>(i))));
  }
  auto made = MakeColormapWithLimits(colors, table.GetTableRange());
  if (table.GetUseBelowRangeColor())
  {
    made.Colormap->SetUnderColor(MakeRoundedColor(table.GetBelowRangeColor()));
  }
  if (table.GetUseAboveRangeColor())
  {
    made.Colormap->SetOverColor(MakeRoundedColor(table.GetAboveRangeColor()));
  }
  made.Colormap->SetBadColor(MakeRoundedColor(table.GetNanColor()));
  return made;
}

ColormapWithLimits
MakeColormap(vtkColorTransferFunction & function, itk::SizeValueType numberOfEntries)
{
  VerifyLinear(function.GetScale() == VTK_CTF_LOG10);
  const auto nodes = GetNodes(function);
  if (nodes.empty() || numberOfEntries == 0)
  {
    throw std::runtime_error(nodes.empty() ? "The vtkColorTransferFunction is empty: it needs at least one point."
                                           : "A colormap of 0 entries was asked for: it needs at least one.");
  }
  itk::Colormap::TableType colors;
  if (nodes.size() == numberOfEntries && AreEvenlySpaced(nodes))
  {
    std::transform(nodes.begin(), nodes.end(), std::back_inserter(colors), [](const Node & node) {
      return itk::Colormap::MakeColor(node[1], node[2], node[3]);
    });
  }
  else
  {
    colors = SampleFunction(function, numberOfEntries);
  }
  auto made = MakeColormapWithLimits(colors, function.GetRange());
  if (function.GetUseBelowRangeColor())
  {
    const double * color = function.GetBelowRangeColor();
    made.Colormap->SetUnderColor(itk::Colormap::MakeColor(color[0], color[1], color[2]));
  }
  if (function.GetUseAboveRangeColor())
  {
    const double * color = function.GetAboveRangeColor();
    made.Colormap->SetOverColor(itk::Colormap::MakeColor(color[0], color[1], color[2]));
  }
  const double * color = function.GetNanColor();
  made.Colormap->SetBadColor(itk::Colormap::MakeColor(color[0], color[1], color[2], function.GetNanOpacity()));
  return made;
}
} // namespace IntensityMapping
