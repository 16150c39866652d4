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
#include "itkColormapFormats.h"
#include "itkColormapText.h"

namespace itk
{
ColormapFileContents
ReadColormapGIMP(const std::string & fileName, const std::string & bytes, const ColormapFileOptions &)
{
  ColormapText text(fileName, bytes);
  if (!text.NextLine() || text.GetLine() != "GIMP Palette")
  {
    ThrowColormapFileError(fileName, "it does not begin with the line 'GIMP Palette'.");
  }
  ColormapFileContents contents;
  while (text.NextLine())
  {
    const auto & line = text.GetLine();
    const auto   words = SplitAtWhiteSpace(line);
    if (line.front() == '#' || words.front() == "Name:" || words.front() == "Columns:")
    {
      continue;
    }
    if (words.size() < 3)
    {
      text.Throw("'" + line + "' is no colour: expected are red, green and blue from 0 to 255, and a name if wanted.");
    }
    const auto parse = [&](unsigned int c) { return static_cast<double>(text.ParseInteger(words[c], 255)) / 255.0; };
    contents.m_Colors.push_back(Colormap::MakeColor(parse(0), parse(1), parse(2)));
  }
  return contents;
}


std::string
WriteColormapGIMP(const std::string & fileName, const ColormapFileContents & contents, const ColormapFileOptions &)
{
  std::string text = "GIMP Palette\nName: " + contents.m_Name + "\nColumns: 16\n#\n";
  for (const auto & color : contents.m_Colors)
  {
    RequireOpaque(fileName, color, "an entry");
    text += FormatRGB(color, " ") + "\tUntitled\n";
  }
  return text;
}
} // namespace itk
