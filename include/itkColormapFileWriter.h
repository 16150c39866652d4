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
#ifndef itkColormapFileWriter_h
#define itkColormapFileWriter_h

#include "itkColormap.h"
#include "itkLinearNormalization.h"

namespace itk
{
/** \class ColormapFileWriter
 * \brief Writes a Colormap to a file of another program, from which ColormapFileReader reads it back.
 *
 * The ending of the file tells the format, and the format what it can hold:
 *
 * | ending     | program   | colours  | entries | opacity | under, over, bad | limits |
 * |------------|-----------|----------|---------|---------|------------------|--------|
 * | .csv, .txt | any       | exact    | 65536   | yes     | yes              | no     |
 * | .lut       | ImageJ    | as shown | 256     | no      | no               | no     |
 * | .gpl       | GIMP      | as shown | 65536   | no      | no               | no     |
 * | .cpt       | GMT       | as shown | 65536   | no      | yes              | yes    |
 * | .json      | ParaView  | exact    | 65536   | no      | yes              | yes    |
 * | .ctbl      | 3D Slicer | as shown | 65536   | yes     | no               | no     |
 *
 * "As shown" are the bytes that Colormap::Forward() gives. Under, over and bad colours and limits are left out where
 * there is no place for them; an entry that is not opaque, or too many entries, are refused.
 *
 * The file is written beside its place and then renamed: if something fails, an existing file keeps its bytes.
 *
 * \code
 * auto writer = itk::ColormapFileWriter::New();
 * writer->SetColormap(colormap);
 * writer->SetNormalization(normalization);
 * writer->SetFileName("depth.cpt");
 * writer->Update();
 * \endcode
 *
 * \sa ColormapFileReader
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT ColormapFileWriter : public Object
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(ColormapFileWriter);

  using Self = ColormapFileWriter;
  using Superclass = Object;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(ColormapFileWriter, Object);

  /** The file to write, whose ending tells the format. Default: empty, which is an error. */
  itkSetStringMacro(FileName);
  itkGetStringMacro(FileName);

  /** What to write. Default: none, which is an error. */
  itkSetConstObjectMacro(Colormap, Colormap);
  itkGetConstObjectMacro(Colormap, Colormap);

  /** The limits of .cpt and .json. Default: none, from 0 to 1. */
  itkSetConstObjectMacro(Normalization, LinearNormalization);
  itkGetConstObjectMacro(Normalization, LinearNormalization);

  /** Whether a .lut is written as text. Default: off, of 768 bytes for 256 entries, and with the header of NIH Image
   * for fewer. */
  itkSetMacro(Text, bool);
  itkGetConstMacro(Text, bool);
  itkBooleanMacro(Text);

  /** Writes the file. Throws if that is not possible. */
  void
  Update();

protected:
  ColormapFileWriter() = default;
  ~ColormapFileWriter() override = default;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  std::string                       m_FileName;
  Colormap::ConstPointer            m_Colormap;
  LinearNormalization::ConstPointer m_Normalization;
  bool                              m_Text{ false };
};

/** Writes a colormap to a file, see ColormapFileWriter. */
IntensityMapping_EXPORT void
WriteColormap(const Colormap * colormap, const std::string & fileName);
} // namespace itk

#endif
