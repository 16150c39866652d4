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
#ifndef itkColormapFileReader_h
#define itkColormapFileReader_h

#include "itkColormap.h"
#include "itkLinearNormalization.h"

namespace itk
{
/** \class ColormapFileReader
 * \brief Reads a Colormap, and the limits of its values where the file has them, from a file of another program.
 *
 * The ending of the file tells the format:
 *
 *   - .csv, .txt: rows of red, green and blue, with an index before them and an opacity behind them if wanted; the
 *     header, if any, has the names of the columns. The rows "under", "over" and "bad" are these colours;
 *   - .lut: ImageJ, of 768 bytes, with the header of NIH Image, or as text;
 *   - .gpl: GIMP palettes;
 *   - .cpt: colour palette tables of GMT in RGB, discrete and continuous, without a hinge; B, F and N are the under,
 * over and bad colours;
 *   - .json: presets of ParaView, mixed in RGB, HSV, Lab, Diverging or Step; needs nlohmann-json in the build;
 *   - .ctbl: colour tables of 3D Slicer.
 *
 * A table is taken with its own number of entries. A continuous colormap gets 256 entries, those of a discrete .cpt
 * whose slices are not equally wide fit its slices as well as 4096 entries can.
 *
 * What is wrong with a file is said in an exception, with its name and line and what is allowed.
 *
 * \code
 * auto reader = itk::ColormapFileReader::New();
 * reader->SetFileName("depth.cpt");
 * reader->Update();
 * filter->SetColormap(reader->GetColormap());
 * filter->SetNormalization(reader->GetNormalization());
 * \endcode
 *
 * \sa ColormapFileWriter
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT ColormapFileReader : public Object
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(ColormapFileReader);

  using Self = ColormapFileReader;
  using Superclass = Object;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(ColormapFileReader, Object);

  /** The file to read. Default: empty, which is an error. */
  itkSetStringMacro(FileName);
  itkGetStringMacro(FileName);

  /** How many entries the colormap is to have, up to 65536. A table is resampled by picking. 0, the default, leaves it
   * to the file. */
  itkSetMacro(NumberOfEntries, SizeValueType);
  itkGetConstMacro(NumberOfEntries, SizeValueType);

  /** What a component of full strength is in .csv and .txt: 1 or 255. 0, the default: it is 1 if a component is written
   * as a decimal, and 255 if all are integers; if none of these is above 1, the file is refused. */
  itkSetMacro(ComponentMaximum, unsigned int);
  itkGetConstMacro(ComponentMaximum, unsigned int);

  /** Which of several presets in a .json file. Default: empty, the only one. */
  itkSetStringMacro(PresetName);
  itkGetStringMacro(PresetName);

  /** Reads the file. Throws, and leaves what was read before, if that is not possible. */
  void
  Update();

  /** Null before Update(). */
  itkGetModifiableObjectMacro(Colormap, Colormap);

  /** Its limits are the values of the first and the last colour. Null if the file has none. */
  itkGetModifiableObjectMacro(Normalization, LinearNormalization);

  /** The endings that are known, such as ".csv". */
  static std::vector<std::string>
  GetExtensions();

protected:
  ColormapFileReader() = default;
  ~ColormapFileReader() override = default;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  std::string                  m_FileName;
  SizeValueType                m_NumberOfEntries{ 0 };
  unsigned int                 m_ComponentMaximum{ 0 };
  std::string                  m_PresetName;
  Colormap::Pointer            m_Colormap;
  LinearNormalization::Pointer m_Normalization;
};

/** Reads a colormap from a file, see ColormapFileReader. */
IntensityMapping_EXPORT Colormap::Pointer
                        ReadColormap(const std::string & fileName);
} // namespace itk

#endif
