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
#include "itkColormapFileWriter.h"

#include "itkColormapFormats.h"
#include "itkColormapText.h"

#include <filesystem>
#include <fstream>
#include <random>
#include <system_error>

namespace fs = std::filesystem;

namespace itk
{
namespace
{
/** A file beside another, which is removed unless it takes that one's place. */
class FileBeside
{
public:
  explicit FileBeside(const fs::path & target)
    : m_Target(target)
    , m_Path(target.parent_path() /
             ('.' + target.filename().string() + ".partial-" + std::to_string(std::random_device{}())))
  {}

  FileBeside(const FileBeside &) = delete;
  FileBeside &
  operator=(const FileBeside &) = delete;

  ~FileBeside()
  {
    std::error_code ignored;
    fs::remove(m_Path, ignored);
  }

  bool
  Write(const std::string & bytes) const
  {
    std::ofstream stream(m_Path, std::ios::binary);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    return !stream.fail();
  }

  std::error_code
  TakePlace() const
  {
    std::error_code error;
    if (fs::exists(m_Target, error))
    {
      fs::permissions(m_Path, fs::status(m_Target).permissions(), error);
    }
    fs::rename(m_Path, m_Target, error);
    return error;
  }

private:
  fs::path m_Target;
  fs::path m_Path;
};


void
WriteWhole(const std::string & fileName, const std::string & bytes)
{
  // A symbolic link stays one, and what it points to is replaced.
  const fs::path target = fs::is_symlink(fileName) ? fs::weakly_canonical(fileName) : fs::absolute(fileName);
  if (fs::is_directory(target) || !fs::is_directory(target.parent_path()))
  {
    ThrowColormapFileError(fileName, "a file cannot be written there: give one in a folder that exists.");
  }
  const FileBeside file(target);
  if (!file.Write(bytes))
  {
    ThrowColormapFileError(fileName, "it could not be written: is the folder writable, and is there room on its disk?");
  }
  if (const auto error = file.TakePlace())
  {
    ThrowColormapFileError(fileName, "it could not be replaced: " + error.message() + ".");
  }
}
} // namespace


void
ColormapFileWriter::Update()
{
  if (m_Colormap == nullptr)
  {
    itkExceptionMacro("There is no colormap to write: call SetColormap() first.");
  }
  m_Colormap->Verify();
  const auto & format = FindColormapFormat(m_FileName);
  if (m_Colormap->GetNumberOfEntries() > mostEntriesOfColormapFile)
  {
    ThrowColormapFileError(m_FileName,
                           "the colormap has " + std::to_string(m_Colormap->GetNumberOfEntries()) +
                             " entries: allowed are up to " + std::to_string(mostEntriesOfColormapFile) +
                             "; ask it for fewer.");
  }
  ColormapFileContents contents;
  contents.m_Colors = m_Colormap->GetTable();
  contents.m_Under = m_Colormap->GetUnderColor();
  contents.m_Over = m_Colormap->GetOverColor();
  contents.m_Bad = m_Colormap->GetBadColor();
  const std::string name = m_Colormap->GetName();
  contents.m_Name = name.empty() ? fs::path(m_FileName).stem().string() : name;
  if (m_Normalization != nullptr)
  {
    m_Normalization->Verify();
    contents.m_Limits = { m_Normalization->GetMinimum(), m_Normalization->GetMaximum() };
  }
  ColormapFileOptions options;
  options.m_Text = m_Text;
  WriteWhole(m_FileName, format.m_Write(m_FileName, contents, options));
}


void
ColormapFileWriter::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "FileName: " << m_FileName << std::endl;
  os << indent << "Text: " << (m_Text ? "On" : "Off") << std::endl;
  itkPrintSelfObjectMacro(Colormap);
  itkPrintSelfObjectMacro(Normalization);
}


void
WriteColormap(const Colormap * colormap, const std::string & fileName)
{
  const auto writer = ColormapFileWriter::New();
  writer->SetColormap(colormap);
  writer->SetFileName(fileName);
  writer->Update();
}
} // namespace itk
