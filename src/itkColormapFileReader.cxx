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
#include "itkColormapFileReader.h"

#include "itkColormapFormats.h"
#include "itkColormapSampling.h"
#include "itkColormapText.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>

#include "itksys/SystemTools.hxx"

namespace itk
{
namespace
{
std::string
ReadBytes(const std::string & fileName)
{
  // No table of 65536 entries is longer, and nothing else shall be taken for one.
  constexpr unsigned long mostBytes = 1ul << 24;
  if (itksys::SystemTools::FileIsDirectory(fileName))
  {
    ThrowColormapFileError(fileName, "it is a folder: give a file.");
  }
  std::ifstream stream(fileName, std::ios::binary);
  if (!stream)
  {
    ThrowColormapFileError(fileName, std::string("it cannot be read: ") + std::strerror(errno) + ".");
  }
  if (itksys::SystemTools::FileLength(fileName) > mostBytes)
  {
    ThrowColormapFileError(fileName, "it has more than 16 MiB, which no colormap needs.");
  }
  return { std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>() };
}


/** How far each colour of a continuous colormap is from the first to the last, in [0, 1]. */
std::vector<double>
NormalizePositions(const std::string & fileName, std::vector<double> positions)
{
  const double first = positions.front();
  const double range = positions.back() - first;
  if (!std::is_sorted(positions.begin(), positions.end()) || !(range > 0.0) || !std::isfinite(range))
  {
    ThrowColormapFileError(fileName, "the values of the colours must ascend.");
  }
  for (auto & position : positions)
  {
    position = (position - first) / range;
  }
  return positions;
}


bool
AreEvenlySpaced(const std::vector<double> & positions)
{
  const auto last = static_cast<double>(positions.size() - 1);
  for (SizeValueType i = 0; i < positions.size(); ++i)
  {
    if (std::fabs(positions[i] * last - static_cast<double>(i)) > 1e-3)
    {
      return false;
    }
  }
  return true;
}


Colormap::TableType
PickTable(const Colormap::TableType & colors, SizeValueType numberOfEntries)
{
  Colormap::TableType table(numberOfEntries == 0 ? colors.size() : numberOfEntries);
  for (SizeValueType k = 0; k < table.size(); ++k)
  {
    table[k] = colors[PickEntry(colors.size(), k, table.size())];
  }
  return table;
}


Colormap::TableType
InterpolateTable(const ColormapFileContents & contents,
                 const std::vector<double> &  positions,
                 SizeValueType                numberOfEntries)
{
  const auto &        colors = contents.m_Colors;
  Colormap::TableType table(numberOfEntries);
  for (SizeValueType k = 0; k < numberOfEntries; ++k)
  {
    const auto place = FindPlace(
      positions.size(), [&](SizeValueType i) { return positions[i]; }, k, numberOfEntries);
    table[k] = MixColors(contents.m_ColorSpace, colors[place.m_Left], colors[place.m_Right], place.m_Fraction);
  }
  return table;
}


Colormap::TableType
SampleContinuous(const std::string & fileName, const ColormapFileContents & contents, SizeValueType numberOfEntries)
{
  constexpr SizeValueType usualNumber = 256;
  const auto              positions = NormalizePositions(fileName, contents.m_Positions);
  const SizeValueType     numberOfColors = contents.m_Colors.size();
  const bool              isEven = AreEvenlySpaced(positions);
  const SizeValueType     numberInFile = contents.m_NumberOfEntries != 0 ? contents.m_NumberOfEntries
                                         : isEven                        ? std::max(usualNumber, numberOfColors)
                                                                         : usualNumber;
  const SizeValueType     number = numberOfEntries == 0 ? numberInFile : numberOfEntries;
  // Where each entry has its colour in the file, it is taken as it is, without a rounding.
  return isEven && number == numberOfColors ? contents.m_Colors : InterpolateTable(contents, positions, number);
}


Colormap::TableType
MakeTable(const std::string & fileName, const ColormapFileContents & contents, SizeValueType numberOfEntries)
{
  if (contents.m_Colors.empty())
  {
    ThrowColormapFileError(fileName, "there is no colour.");
  }
  if (contents.m_Colors.size() > mostEntriesOfColormapFile)
  {
    ThrowColormapFileError(fileName,
                           "there are " + std::to_string(contents.m_Colors.size()) + " colours: allowed are up to " +
                             std::to_string(mostEntriesOfColormapFile) + ".");
  }
  return contents.m_Positions.empty() ? PickTable(contents.m_Colors, numberOfEntries)
                                      : SampleContinuous(fileName, contents, numberOfEntries);
}
} // namespace


void
ColormapFileReader::Update()
{
  if (m_ComponentMaximum != 0 && m_ComponentMaximum != 1 && m_ComponentMaximum != 255)
  {
    itkExceptionMacro("ComponentMaximum is " << m_ComponentMaximum << ": allowed are 0, 1 and 255.");
  }
  if (m_NumberOfEntries > mostEntriesOfColormapFile)
  {
    itkExceptionMacro("NumberOfEntries is " << m_NumberOfEntries << ": allowed are up to " << mostEntriesOfColormapFile
                                            << ", and 0, which leaves it to the file.");
  }
  const auto & format = FindColormapFormat(m_FileName);
  const auto   contents = format.m_Read(m_FileName, ReadBytes(m_FileName), { m_ComponentMaximum, m_PresetName, false });

  auto colormap = Colormap::New();
  colormap->SetTable(MakeTable(m_FileName, contents, m_NumberOfEntries));
  colormap->SetUnderColor(contents.m_Under.value_or(colormap->GetUnderColor()));
  colormap->SetOverColor(contents.m_Over.value_or(colormap->GetOverColor()));
  colormap->SetBadColor(contents.m_Bad.value_or(colormap->GetBadColor()));

  LinearNormalization::Pointer normalization;
  if (contents.m_Limits)
  {
    normalization = LinearNormalization::New();
    normalization->SetMinimum(contents.m_Limits->first);
    normalization->SetMaximum(contents.m_Limits->second);
  }
  m_Colormap = colormap;
  m_Normalization = normalization;
  this->Modified();
}


std::vector<std::string>
ColormapFileReader::GetExtensions()
{
  std::vector<std::string> extensions;
  for (const auto & format : GetColormapFormats())
  {
    extensions.emplace_back(format.m_Extension);
  }
  return extensions;
}


void
ColormapFileReader::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "FileName: " << m_FileName << std::endl;
  os << indent << "NumberOfEntries: " << m_NumberOfEntries << std::endl;
  os << indent << "ComponentMaximum: " << m_ComponentMaximum << std::endl;
  os << indent << "PresetName: " << m_PresetName << std::endl;
  itkPrintSelfObjectMacro(Colormap);
  itkPrintSelfObjectMacro(Normalization);
}


Colormap::Pointer
ReadColormap(const std::string & fileName)
{
  const auto reader = ColormapFileReader::New();
  reader->SetFileName(fileName);
  reader->Update();
  return reader->GetModifiableColormap();
}
} // namespace itk
