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

#include <vector>

namespace itk
{
ColormapFileContents
ReadColormapSlicer(const std::string & fileName, const std::string & bytes, const ColormapFileOptions &)
{
  ColormapFileContents contents;
  std::vector<bool>    isGiven;
  for (ColormapText text(fileName, bytes); text.NextLine();)
  {
    if (text.GetLine().front() == '#')
    {
      continue;
    }
    const auto words = SplitAtWhiteSpace(text.GetLine());
    if (words.size() < 6)
    {
      text.Throw("'" + text.GetLine() + "' is no entry: expected are a number, a name, red, green, blue and opacity.");
    }
    const auto entry = text.ParseInteger(words.front(), mostEntriesOfColormapFile - 1);
    if (entry >= contents.m_Colors.size())
    {
      // 3D Slicer shows nothing where a number is left out.
      contents.m_Colors.resize(entry + 1, Colormap::MakeColor(0.0, 0.0, 0.0, 0.0));
      isGiven.resize(entry + 1, false);
    }
    if (isGiven[entry])
    {
      text.Throw("the entry " + words.front() + " was given before.");
    }
    isGiven[entry] = true;
    // A name may have spaces: the components are the last four words.
    for (unsigned int c = 0; c < 4; ++c)
    {
      contents.m_Colors[entry][c] = static_cast<double>(text.ParseInteger(words[words.size() - 4 + c], 255)) / 255.0;
    }
  }
  return contents;
}


std::string
WriteColormapSlicer(const std::string &, const ColormapFileContents & contents, const ColormapFileOptions &)
{
  std::string text =
    "# Color table file " + contents.m_Name + "\n# " + std::to_string(contents.m_Colors.size()) + " values\n";
  for (SizeValueType i = 0; i < contents.m_Colors.size(); ++i)
  {
    const auto & color = contents.m_Colors[i];
    const auto   number = std::to_string(i);
    text += number + ' ' + number + ' ' + FormatRGB(color, " ") + ' ' +
            std::to_string(Colormap::MakeBytes(color).GetAlpha()) + '\n';
  }
  return text;
}
} // namespace itk
