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
#ifndef itkColormapFormats_h
#define itkColormapFormats_h

#include "itkColorSpaces.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace itk
{
/** What a file says about a colormap: the entries of a table, or the colours of a continuous one at ascending values.
 * Two colours at one value are a jump. */
struct ColormapFileContents
{
  Colormap::TableType m_Colors;

  /** The values of the colours if these are of a continuous colormap; empty if they are a table. */
  std::vector<double> m_Positions;
  ColorSpace          m_ColorSpace{ ColorSpace::RGB };

  /** How many entries a continuous colormap is to have; 0 if the file does not say. */
  SizeValueType m_NumberOfEntries{ 0 };

  /** The values of the first and the last colour. */
  std::optional<std::pair<double, double>> m_Limits;

  std::optional<Colormap::ColorType> m_Under;
  std::optional<Colormap::ColorType> m_Over;
  std::optional<Colormap::ColorType> m_Bad;

  /** For formats that have one; it is written only. */
  std::string m_Name;
};

/** What cannot be told from a file alone, or can be written in more than one way. */
struct ColormapFileOptions
{
  /** What a component of full strength is in a file of numbers, 1 or 255; 0 if the file tells. */
  unsigned int m_ComponentMaximum{ 0 };

  /** Which of several colormaps. */
  std::string m_PresetName;

  /** Whether to write as text where there is a choice. */
  bool m_Text{ false };
};

struct ColormapFormat
{
  const char * m_Extension;
  const char * m_Description;
  ColormapFileContents (*m_Read)(const std::string &         fileName,
                                 const std::string &         bytes,
                                 const ColormapFileOptions & options);
  std::string (*m_Write)(const std::string &          fileName,
                         const ColormapFileContents & contents,
                         const ColormapFileOptions &  options);
};

const std::vector<ColormapFormat> &
GetColormapFormats();

/** Throws, naming those that are known, unless the ending of the name is of a format. */
const ColormapFormat &
FindColormapFormat(const std::string & fileName);

/** The most entries that a table in a file may have. */
constexpr SizeValueType mostEntriesOfColormapFile = 65536;

ColormapFileContents
ReadColormapCSV(const std::string & fileName, const std::string & bytes, const ColormapFileOptions & options);
std::string
WriteColormapCSV(const std::string &          fileName,
                 const ColormapFileContents & contents,
                 const ColormapFileOptions &  options);

ColormapFileContents
ReadColormapImageJ(const std::string & fileName, const std::string & bytes, const ColormapFileOptions & options);
std::string
WriteColormapImageJ(const std::string &          fileName,
                    const ColormapFileContents & contents,
                    const ColormapFileOptions &  options);

ColormapFileContents
ReadColormapGIMP(const std::string & fileName, const std::string & bytes, const ColormapFileOptions & options);
std::string
WriteColormapGIMP(const std::string &          fileName,
                  const ColormapFileContents & contents,
                  const ColormapFileOptions &  options);

ColormapFileContents
ReadColormapGMT(const std::string & fileName, const std::string & bytes, const ColormapFileOptions & options);
std::string
WriteColormapGMT(const std::string &          fileName,
                 const ColormapFileContents & contents,
                 const ColormapFileOptions &  options);

ColormapFileContents
ReadColormapParaView(const std::string & fileName, const std::string & bytes, const ColormapFileOptions & options);
std::string
WriteColormapParaView(const std::string &          fileName,
                      const ColormapFileContents & contents,
                      const ColormapFileOptions &  options);

ColormapFileContents
ReadColormapSlicer(const std::string & fileName, const std::string & bytes, const ColormapFileOptions & options);
std::string
WriteColormapSlicer(const std::string &          fileName,
                    const ColormapFileContents & contents,
                    const ColormapFileOptions &  options);
} // namespace itk

#endif
