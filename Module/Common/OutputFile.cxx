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
#include "OutputFile.h"

#include "ImageDescription.h"
#include "ImageFormats.h"
#include "UnfinishedFiles.h"

#include "itkImageIOFactory.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace IntensityMapping
{
namespace
{
// What ITK goes by, so ".nii.gz" is one.
std::string
GetExtension(const fs::path & path)
{
  const std::string last = path.extension().string();
  return last == ".gz" ? path.stem().extension().string() + last : last;
}

void
VerifyImageExtension(const std::string & name)
{
  static const std::set<std::string> pairs = { ".mhd", ".nhdr", ".hdr", ".img", ".img.gz" };
  const std::string                  extension = GetExtension(name);
  if (pairs.count(extension))
  {
    throw std::runtime_error("The output '" + name + "' would be two files, which cannot be replaced at once: choose " +
                             (extension == ".mhd"    ? ".mha."
                              : extension == ".nhdr" ? ".nrrd."
                                                     : ".nii."));
  }
  RegisterImageFormats();
  if (!itk::ImageIOFactory::CreateImageIO(name.c_str(), itk::IOFileModeEnum::WriteMode))
  {
    throw std::runtime_error("The ending of the output '" + name + "' is of no known image format. Known are " +
                             ListImageFormats() + ".");
  }
}

void
VerifyTarget(const fs::path & target, const std::string & quoted)
{
  if (fs::is_directory(target) || !target.has_filename())
  {
    throw std::runtime_error("The output " + quoted + " is a folder: give the name of a file.");
  }
  if (!fs::is_directory(target.parent_path()))
  {
    throw std::runtime_error("There is no folder '" + target.parent_path().string() + "' for the output " + quoted +
                             ": make it first.");
  }
  if (fs::exists(target) && !fs::is_regular_file(target))
  {
    throw std::runtime_error("The output " + quoted + " is not a regular file: give another name.");
  }
  if (fs::exists(target) && access(target.c_str(), W_OK) != 0)
  {
    throw std::runtime_error("The output " + quoted + " is there and write-protected: give another name.");
  }
}

// Creates an empty file beside the target, which proves that its folder can be written into. It is hidden, so that no
// pattern takes it for an input if the run is killed.
std::string
CreateTemporaryFile(const fs::path & target, const std::string & quoted)
{
  const std::string  extension = GetExtension(target);
  const std::string  name = target.filename().string();
  const std::string  stem = name.substr(0, name.size() - extension.size());
  std::random_device random;
  for (;;)
  {
    const fs::path path = target.parent_path() / ("." + stem + ".partial-" + std::to_string(random()) + extension);
    const int      file = open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (file >= 0)
    {
      close(file);
      return path.string();
    }
    if (errno != EEXIST)
    {
      throw std::runtime_error("The folder of the output " + quoted +
                               " cannot be written into: " + std::strerror(errno) + ".");
    }
  }
}

// Has the system write its buffers of a file or folder to the disk, where it may find that there is no room.
bool
Synchronize(const fs::path & path)
{
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
  {
    return false;
  }
  const bool done = fsync(file) == 0;
  close(file);
  return done;
}

std::string
ReadText(const std::string & name)
{
  std::ifstream stream(name, std::ios::binary);
  return { std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>() };
}
} // namespace

OutputFile::OutputFile(const std::string & targetName, OutputKind kind)
  : m_GivenName("'" + targetName + "'")
  , m_Kind(kind)
{
  // A symbolic link stays one, and what it points to is replaced.
  const fs::path target = fs::is_symlink(targetName) ? fs::weakly_canonical(targetName) : fs::absolute(targetName);
  VerifyTarget(target, m_GivenName);
  if (kind == OutputKind::Image)
  {
    VerifyImageExtension(targetName);
  }
  m_TargetName = target.string();
  m_TemporaryName = CreateTemporaryFile(target, m_GivenName);
  RememberUnfinishedFile(m_TemporaryName.c_str());
}

OutputFile::~OutputFile()
{
  ForgetUnfinishedFile(m_TemporaryName.c_str());
  if (!m_Committed)
  {
    std::error_code ignored;
    fs::remove(m_TemporaryName, ignored);
  }
}

void
OutputFile::WriteText(const std::string & text)
{
  m_Text = text;
  std::ofstream stream(m_TemporaryName, std::ios::binary);
  if (!stream.write(text.data(), static_cast<std::streamsize>(text.size())).flush())
  {
    throw std::runtime_error(m_GivenName + " could not be written whole: is its disk full?");
  }
}

void
OutputFile::VerifyWritten() const
{
  if (m_Kind == OutputKind::Image)
  {
    DescribeImage(m_TemporaryName);
  }
  else if (ReadText(m_TemporaryName) != m_Text)
  {
    throw std::runtime_error("it differs from what was written");
  }
}

void
OutputFile::Commit()
{
  try
  {
    this->VerifyWritten();
  }
  catch (const std::exception &)
  {
    // The reason is about the temporary file, whose name would only puzzle.
    throw std::runtime_error(m_GivenName + " could not be written whole: is its disk full?");
  }
  if (!Synchronize(m_TemporaryName))
  {
    throw std::runtime_error(m_GivenName + " could not be brought to the disk: " + std::strerror(errno) + ".");
  }
  if (fs::exists(m_TargetName))
  {
    fs::permissions(m_TemporaryName, fs::status(m_TargetName).permissions());
  }
  fs::rename(m_TemporaryName, m_TargetName);
  m_Committed = true;
  Synchronize(fs::path(m_TargetName).parent_path());
}

void
VerifyRoom(const std::string & fileName, std::uint64_t numberOfBytes)
{
#ifdef __linux__
  const int file = open(fileName.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666);
  // A file system that cannot tell is given the benefit of the doubt.
  const int  error = fallocate(file, 0, 0, static_cast<off_t>(numberOfBytes)) == 0 ? 0 : errno;
  const bool emptied = ftruncate(file, 0) == 0;
  close(file);
  if (!emptied || error == ENOSPC || error == EFBIG || error == EDQUOT)
  {
    throw std::runtime_error("There is no room in '" + fs::path(fileName).parent_path().string() +
                             "' for an output of " + std::to_string(numberOfBytes) + " bytes.");
  }
#else
  static_cast<void>(fileName);
  static_cast<void>(numberOfBytes);
#endif
}
} // namespace IntensityMapping
