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
#ifndef itkColormapText_h
#define itkColormapText_h

#include "itkColormap.h"

#include <string>
#include <vector>

namespace itk
{
/** \class ColormapText
 * \brief Reads a text line by line. What is wrong with it is said with the name of its file and the line. */
class ColormapText
{
public:
  ColormapText(std::string fileName, const std::string & text);

  /** Goes to the next line that is not blank; false if there is none. */
  bool
  NextLine();

  SizeValueType
  GetIndex() const
  {
    return m_Index;
  }

  /** Goes back to a line, by its index. */
  void
  GoTo(SizeValueType index)
  {
    m_Index = index;
  }

  /** The line, without white space at its ends. */
  const std::string &
  GetLine() const
  {
    return m_Lines[m_Index];
  }

  /** The fields of the line: between commas or semicolons if it has any, otherwise between white space. */
  std::vector<std::string>
  GetFields() const;

  /** Throws unless a field is a finite number. */
  double
  ParseNumber(const std::string & field) const;

  /** The component of a colour, in [0, 1], that is written in [0, `maximum`]. Throws if it is not in there. */
  double
  ParseComponent(const std::string & field, double maximum) const;

  /** Throws unless a field is an integer from 0 to `maximum`. */
  SizeValueType
  ParseInteger(const std::string & field, SizeValueType maximum) const;

  /** Throws "'file', line 7: " and what is wrong. */
  [[noreturn]] void
  Throw(const std::string & what) const;

private:
  std::string              m_FileName;
  std::vector<std::string> m_Lines;
  SizeValueType            m_Index{ static_cast<SizeValueType>(-1) };
};

/** Throws "'file': " and what is wrong. */
[[noreturn]] void
ThrowColormapFileError(const std::string & fileName, const std::string & what);

std::vector<std::string>
SplitAtWhiteSpace(const std::string & text);

std::vector<std::string>
SplitAt(const std::string & text, char separator);

/** Whether all of a text is a number, which is then in `number`. */
bool
IsNumber(const std::string & text, double & number);

/** The shortest decimal that reads back as the same number. */
std::string
FormatShortest(double number);

/** The bytes of red, green and blue, with a separator in between. */
std::string
FormatRGB(const Colormap::ColorType & color, const std::string & separator);

/** Throws that the format of a file cannot hold the opacity of `what`, unless the colour is opaque. */
void
RequireOpaque(const std::string & fileName, const Colormap::ColorType & color, const std::string & what);
} // namespace itk

#endif
