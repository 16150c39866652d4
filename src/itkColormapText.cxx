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
#include "itkColormapText.h"

#include "itkMacro.h"
#include "itkNumberToString.h"

#include <cmath>
#include <locale>
#include <sstream>
#include <utility>

namespace itk
{
namespace
{
constexpr char whiteSpace[] = " \t\r\n\f\v";

std::string
Trim(const std::string & text)
{
  const auto first = text.find_first_not_of(whiteSpace);
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(whiteSpace) - first + 1);
}
} // namespace


ColormapText::ColormapText(std::string fileName, const std::string & text)
  : m_FileName(std::move(fileName))
{
  constexpr char byteOrderMark[] = "\xEF\xBB\xBF";
  m_Lines = SplitAt(text.rfind(byteOrderMark, 0) == 0 ? text.substr(3) : text, '\n');
}


bool
ColormapText::NextLine()
{
  do
  {
    ++m_Index;
  } while (m_Index < m_Lines.size() && m_Lines[m_Index].empty());
  return m_Index < m_Lines.size();
}


std::vector<std::string>
ColormapText::GetFields() const
{
  const auto & line = this->GetLine();
  for (const char separator : { ',', ';' })
  {
    if (line.find(separator) != std::string::npos)
    {
      return SplitAt(line, separator);
    }
  }
  return SplitAtWhiteSpace(line);
}


double
ColormapText::ParseNumber(const std::string & field) const
{
  double number;
  if (!IsNumber(field, number))
  {
    this->Throw("'" + field + "' is given where a number is expected.");
  }
  return number;
}


double
ColormapText::ParseComponent(const std::string & field, double maximum) const
{
  const double number = this->ParseNumber(field);
  if (number < 0.0 || number > maximum)
  {
    this->Throw("a component of a colour is " + field + ": allowed are numbers from 0 to " + FormatShortest(maximum) +
                ".");
  }
  return number / maximum;
}


SizeValueType
ColormapText::ParseInteger(const std::string & field, SizeValueType maximum) const
{
  const double number = this->ParseNumber(field);
  if (number < 0.0 || number > static_cast<double>(maximum) || number != std::floor(number))
  {
    this->Throw(field + " is given: allowed are integers from 0 to " + std::to_string(maximum) + ".");
  }
  return static_cast<SizeValueType>(number);
}


void
ColormapText::Throw(const std::string & what) const
{
  itkGenericExceptionMacro(<< "'" << m_FileName << "', line " << m_Index + 1 << ": " << what);
}


void
ThrowColormapFileError(const std::string & fileName, const std::string & what)
{
  itkGenericExceptionMacro(<< "'" << fileName << "': " << what);
}


std::vector<std::string>
SplitAt(const std::string & text, char separator)
{
  std::vector<std::string> fields;
  std::istringstream       stream(text);
  for (std::string field; std::getline(stream, field, separator);)
  {
    fields.push_back(Trim(field));
  }
  if (!text.empty() && text.back() == separator)
  {
    fields.emplace_back();
  }
  return fields;
}


std::vector<std::string>
SplitAtWhiteSpace(const std::string & text)
{
  std::vector<std::string> fields;
  std::istringstream       stream(text);
  for (std::string field; stream >> field;)
  {
    fields.push_back(field);
  }
  return fields;
}


bool
IsNumber(const std::string & text, double & number)
{
  std::istringstream stream(text);
  stream.imbue(std::locale::classic());
  stream >> std::noskipws >> number;
  return !stream.fail() && stream.eof() && std::isfinite(number);
}


std::string
FormatShortest(double number)
{
  return NumberToString<double>()(number);
}


std::string
FormatRGB(const Colormap::ColorType & color, const std::string & separator)
{
  const auto bytes = Colormap::MakeBytes(color);
  return std::to_string(bytes[0]) + separator + std::to_string(bytes[1]) + separator + std::to_string(bytes[2]);
}


void
RequireOpaque(const std::string & fileName, const Colormap::ColorType & color, const std::string & what)
{
  if (color[3] != 1.0)
  {
    ThrowColormapFileError(fileName,
                           "the opacity of " + what + " is " + FormatShortest(color[3]) +
                             ", which this format cannot hold: make it 1, or write .csv.");
  }
}
} // namespace itk
