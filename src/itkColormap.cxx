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
#include "itkColormap.h"

#include "itkColormapKernel.h"
#include "itkNamedColormaps.h"
#include "itkNearNames.h"

#include <algorithm>
#include <array>

namespace itk
{
namespace
{
bool
IsColor(const Colormap::ColorType & color)
{
  return std::all_of(color.Begin(), color.End(), [](double component) { return component >= 0.0 && component <= 1.0; });
}


int
SquaredDistance(const Colormap::BytesType & a, const Colormap::BytesType & b)
{
  int sum = 0;
  for (unsigned int i = 0; i < 3; ++i)
  {
    const int difference = int{ a[i] } - int{ b[i] };
    sum += difference * difference;
  }
  return sum;
}


template <typename TReal>
void
ColorSpan(const TReal * normalized, Colormap::BytesType * colors, SizeValueType count, const Colormap & colormap)
{
  constexpr SizeValueType                blockLength = 1024;
  std::array<std::uint32_t, blockLength> indices;
  const auto                             table = colormap.GetByteTable();
  for (SizeValueType start = 0; start < count; start += blockLength)
  {
    const auto length = std::min(blockLength, count - start);
    ComputeColormapIndices(
      normalized + start, indices.data(), length, static_cast<std::uint32_t>(colormap.GetNumberOfEntries()));
    GatherRGBA(indices.data(), table.front().GetDataPointer(), colors[start].GetDataPointer(), length);
  }
}
} // namespace


Colormap::Colormap()
{
  this->SetName("viridis");
}


Colormap::ColorType
Colormap::MakeColor(double red, double green, double blue, double opacity)
{
  const double components[4] = { red, green, blue, opacity };
  return ColorType(components);
}


Colormap::BytesType
Colormap::MakeBytes(const ColorType & color)
{
  BytesType bytes;
  std::transform(color.Begin(), color.End(), bytes.Begin(), [](double component) {
    return static_cast<unsigned char>(255.0 * component);
  });
  return bytes;
}


std::vector<std::string>
Colormap::GetNames()
{
  std::vector<std::string> names;
  for (const auto & name : GetNamedColormaps())
  {
    names.push_back(name);
    names.push_back(name + "_r");
  }
  return names;
}


std::vector<std::string>
Colormap::GetCategories()
{
  return { "perceptual", "sequential", "diverging", "cyclic", "qualitative", "miscellaneous", "dialect" };
}


std::vector<std::string>
Colormap::GetNamesOfCategory(const std::string & category)
{
  const auto categories = GetCategories();
  if (std::find(categories.begin(), categories.end(), category) == categories.end())
  {
    itkGenericExceptionMacro(<< DescribeUnknownName("category of colormaps", category, categories));
  }
  auto names = GetNamedColormaps();
  names.erase(
    std::remove_if(names.begin(), names.end(), [&](const std::string & name) { return GetCategory(name) != category; }),
    names.end());
  return names;
}


std::string
Colormap::GetCategory(const std::string & name)
{
  return DescribeNamedColormap(name).m_Category;
}


std::string
Colormap::GetSource(const std::string & name)
{
  return DescribeNamedColormap(name).m_Source;
}


std::string
Colormap::GetLicense(const std::string & name)
{
  return DescribeNamedColormap(name).m_License;
}


void
Colormap::SetName(const std::string & name, SizeValueType numberOfEntries)
{
  this->SetTable(MakeNamedColormapTable(name, numberOfEntries));
  m_Name = name;
}


void
Colormap::SetTable(const TableType & table)
{
  if (table.empty())
  {
    itkExceptionMacro("The table of a colormap has no entry: it needs at least one.");
  }
  const auto wrong = std::find_if_not(table.begin(), table.end(), IsColor);
  if (wrong != table.end())
  {
    itkExceptionMacro("Entry " << wrong - table.begin() << " of the table of a colormap is " << *wrong
                               << ": red, green, blue and opacity must each be from 0 to 1.");
  }
  m_Name.clear();
  m_Table = table;
  m_UnderColor = table.front();
  m_OverColor = table.back();
  m_BadColor = MakeColor(0.0, 0.0, 0.0, 0.0);
  this->Modified();
}


void
Colormap::Verify() const
{
  for (const auto & color : { m_UnderColor, m_OverColor, m_BadColor })
  {
    if (!IsColor(color))
    {
      itkExceptionMacro("The under, over or bad colour of a colormap is "
                        << color << ": red, green, blue and opacity must each be from 0 to 1.");
    }
  }
}


Colormap::ByteTableType
Colormap::GetByteTable() const
{
  ByteTableType bytes(m_Table.size());
  std::transform(m_Table.begin(), m_Table.end(), bytes.begin(), MakeBytes);
  for (const auto & color : { m_UnderColor, m_OverColor, m_BadColor })
  {
    bytes.push_back(MakeBytes(color));
  }
  return bytes;
}


void
Colormap::Forward(const float * normalized, BytesType * colors, SizeValueType count) const
{
  ColorSpan(normalized, colors, count, *this);
}


void
Colormap::Forward(const double * normalized, BytesType * colors, SizeValueType count) const
{
  ColorSpan(normalized, colors, count, *this);
}


void
Colormap::Inverse(const BytesType * colors, double * normalized, SizeValueType count) const
{
  const auto table = this->GetByteTable();
  const auto tableEnd = table.begin() + this->GetNumberOfEntries();
  for (SizeValueType i = 0; i < count; ++i)
  {
    const auto nearest = std::min_element(table.begin(), tableEnd, [&](const BytesType & a, const BytesType & b) {
      return SquaredDistance(a, colors[i]) < SquaredDistance(b, colors[i]);
    });
    const auto nextOther =
      std::find_if(nearest, tableEnd, [&](const BytesType & entry) { return SquaredDistance(entry, *nearest) != 0; });
    const auto boundarySum = static_cast<double>((nearest - table.begin()) + (nextOther - table.begin()));
    normalized[i] = boundarySum / 2.0 / static_cast<double>(this->GetNumberOfEntries());
  }
}


Colormap::BytesType
Colormap::ForwardValue(double normalized) const
{
  BytesType color;
  this->Forward(&normalized, &color, 1);
  return color;
}


void
Colormap::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "Name: " << m_Name << std::endl;
  os << indent << "NumberOfEntries: " << m_Table.size() << std::endl;
  os << indent << "UnderColor: " << m_UnderColor << std::endl;
  os << indent << "OverColor: " << m_OverColor << std::endl;
  os << indent << "BadColor: " << m_BadColor << std::endl;
}
} // namespace itk
