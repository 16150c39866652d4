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
#ifndef ToolTesting_h
#define ToolTesting_h

#include "CommonTesting.h"
#include "ImageFormats.h"

#include "itkImageFileReader.h"
#include "itkImageFileWriter.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <sys/wait.h>

namespace Testing
{
/** What a run of a tool left behind. */
struct Outcome
{
  int         exitCode;
  std::string output;
  std::string error;
};

/** A tool that is run in a folder of its own, so that its arguments are plain names of files. */
class ToolTest : public ::testing::Test
{
protected:
  ToolTest(std::string executable, std::string name)
    : m_Executable(std::move(executable))
    , m_Name(std::move(name))
  {
    IntensityMapping::RegisterImageFormats();
  }

  /** Runs the tool with arguments as a shell takes them, after what the shell is to do before. */
  Outcome
  Run(const std::string & arguments, const std::string & before = ":") const
  {
    const std::string command = "cd '" + (m_Folder / "") + "' && " + before + " && exec '" + m_Executable + "' " +
                                arguments + " >'" + (m_Captured / "output") + "' 2>'" + (m_Captured / "error") + "'";
    const int status = std::system(command.c_str());
    return { WIFEXITED(status) ? WEXITSTATUS(status) : -1,
             ReadBytes(m_Captured / "output"),
             ReadBytes(m_Captured / "error") };
  }

  /** A good run says nothing where there is no terminal. */
  void
  ExpectSuccess(const std::string & arguments) const
  {
    const Outcome outcome = this->Run(arguments);
    EXPECT_EQ(outcome.exitCode, EXIT_SUCCESS) << arguments;
    EXPECT_EQ(outcome.output, "") << arguments;
    EXPECT_EQ(outcome.error, "") << arguments;
  }

  /** A bad run says so in one line, and leaves every file as it was. */
  void
  ExpectError(const std::string & arguments, const std::string & part, const std::string & before = ":") const
  {
    const auto    files = this->TakeSnapshot();
    const Outcome outcome = this->Run(arguments, before);
    EXPECT_EQ(outcome.exitCode, EXIT_FAILURE) << arguments;
    EXPECT_EQ(outcome.output, "") << arguments;
    EXPECT_EQ(outcome.error.rfind(m_Name + ": error: ", 0), 0U) << outcome.error;
    EXPECT_EQ(outcome.error.find('\n'), outcome.error.size() - 1) << outcome.error;
    EXPECT_TRUE(Contains(outcome.error, part)) << outcome.error;
    EXPECT_TRUE(files == this->TakeSnapshot()) << arguments << " touched a file.";
  }

  /** Before a run: no file may grow beyond 8 KiB, which is what a full disk is to a writer. */
  static std::string
  FullDisk()
  {
    return "trap '' XFSZ && ulimit -f 16";
  }

  template <typename TImage>
  void
  Write(const TImage * image, const std::string & name) const
  {
    const auto writer = itk::ImageFileWriter<TImage>::New();
    writer->SetInput(image);
    writer->SetFileName(m_Folder / name);
    writer->Update();
  }

  template <typename TImage>
  typename TImage::Pointer
  Read(const std::string & name) const
  {
    const auto reader = itk::ImageFileReader<TImage>::New();
    reader->SetFileName(m_Folder / name);
    reader->Update();
    return reader->GetOutput();
  }

  /** The pixels, or the components of pixels, of an image in memory or in a file. */
  template <typename TImage>
  static auto
  GetPixels(const TImage * image)
  {
    const auto count = image->GetPixelContainer()->Size();
    return std::vector<typename TImage::InternalPixelType>(image->GetBufferPointer(),
                                                           image->GetBufferPointer() + count);
  }

  template <typename TImage>
  auto
  ReadPixels(const std::string & name) const
  {
    return GetPixels(this->Read<TImage>(name).GetPointer());
  }

  void
  ExpectSameBytes(const std::string & first, const std::string & second) const
  {
    EXPECT_FALSE(ReadBytes(m_Folder / first).empty()) << first;
    EXPECT_TRUE(ReadBytes(m_Folder / first) == ReadBytes(m_Folder / second)) << first << ' ' << second;
  }

  /** Files that no tool can use, and an output that must not be harmed. */
  void
  MakeBadFiles(const std::string & goodFile) const
  {
    const std::string bytes = ReadBytes(m_Folder / goodFile);
    WriteBytes(m_Folder / "empty.mha", "");
    WriteBytes(m_Folder / "garbage.mha", "This is no image.\n");
    WriteBytes(m_Folder / "truncated.mha", bytes.substr(0, bytes.size() - 1));
    WriteBytes(m_Folder / "header.mha", bytes.substr(0, 60));
    WriteBytes(m_Folder / "precious.mha", "precious");
    std::filesystem::create_directory(m_Folder / "folder.mha");
  }

  /** The values of a file of results, by their names. */
  std::map<std::string, double>
  ReadResults(const std::string & name) const
  {
    std::istringstream            stream(ReadBytes(m_Folder / name));
    std::map<std::string, double> results;
    std::string                   key;
    std::string                   equals;
    for (std::string value; stream >> key >> equals >> value;)
    {
      results[key] = std::stod(value);
    }
    return results;
  }

  const TemporaryFolder m_Folder;

private:
  std::map<std::string, std::string>
  TakeSnapshot() const
  {
    std::map<std::string, std::string> files;
    for (const auto & entry : std::filesystem::recursive_directory_iterator(m_Folder / ""))
    {
      files[entry.path().string()] = entry.is_regular_file() ? ReadBytes(entry.path().string()) : "";
    }
    return files;
  }

  const TemporaryFolder m_Captured;
  std::string           m_Executable;
  std::string           m_Name;
};

/** Arguments, and a part of the error that they lead to. */
struct BadRun
{
  const char * arguments;
  const char * part;
};

inline std::ostream &
operator<<(std::ostream & os, const BadRun & run)
{
  return os << run.arguments;
}
} // namespace Testing

#endif
