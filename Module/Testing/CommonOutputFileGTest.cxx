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
#include "CommonTesting.h"
#include "ImageDescription.h"
#include "ModuleProcessInformation.h"
#include "OutputFile.h"
#include "WriteImage.h"

#include "itkCastImageFilter.h"

#include <gtest/gtest.h>

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace IntensityMapping;
using namespace Testing;

namespace
{
// Lets no file grow longer, which is what a full disk is to a writer.
class FullDisk
{
public:
  explicit FullDisk(rlim_t length)
  {
    m_Handler = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &m_Limit);
    const rlimit limit{ length, m_Limit.rlim_max };
    setrlimit(RLIMIT_FSIZE, &limit);
  }

  ~FullDisk()
  {
    setrlimit(RLIMIT_FSIZE, &m_Limit);
    std::signal(SIGXFSZ, m_Handler);
  }

private:
  void (*m_Handler)(int);
  rlimit m_Limit;
};

// A filter that makes its image piece by piece, as a plain image cannot: the writer takes all of it at once.
template <typename TPixel>
auto
MakeStreamingFilter(itk::SizeValueType width, itk::SizeValueType height)
{
  using ImageType = itk::Image<TPixel, 2>;
  const auto filter = itk::CastImageFilter<ImageType, ImageType>::New();
  filter->SetInput(MakeImage<TPixel>(width, height));
  filter->InPlaceOff();
  return filter;
}

std::string
ConstructError(const std::string & name)
{
  const std::string error = GetError([&] { OutputFile output(name); });
  EXPECT_TRUE(IsOneLine(error)) << error;
  return error;
}

class CommonOutputFile : public ::testing::TestWithParam<const char *>
{
protected:
  const TemporaryFolder m_Folder;
  const std::string     m_Target = m_Folder / ("out" + std::string(GetParam()));
};
} // namespace

TEST_P(CommonOutputFile, IsThereWholeAfterCommit)
{
  const auto image = MakeImage<unsigned char>(40, 30);
  {
    OutputFile output(m_Target);
    WriteImage(image.GetPointer(), output.GetTemporaryName(), 1, false);
    EXPECT_FALSE(std::filesystem::exists(m_Target));
    output.Commit();
  }
  EXPECT_EQ(m_Folder.CountFiles(), 1U);
  EXPECT_EQ(FormatSize(DescribeImage(m_Target)).rfind("40 x 30", 0), 0U);
}

TEST_P(CommonOutputFile, LeavesNothingUnlessCommitted)
{
  WriteBytes(m_Target, "precious");
  {
    OutputFile output(m_Target);
    WriteImage(MakeImage<unsigned char>(40, 30).GetPointer(), output.GetTemporaryName(), 1, false);
    EXPECT_EQ(m_Folder.CountFiles(), 2U);
  }
  EXPECT_EQ(m_Folder.CountFiles(), 1U);
  EXPECT_EQ(ReadBytes(m_Target), "precious");
}

TEST_P(CommonOutputFile, AFullDiskIsAnErrorAndHarmsNothing)
{
  WriteBytes(m_Target, "precious");
  const auto        image = MakeImage<unsigned char>(400, 300);
  const std::string error = GetError([&] {
    OutputFile     output(m_Target);
    const FullDisk disk(20000);
    WriteImage(image.GetPointer(), output.GetTemporaryName(), 1, false);
    output.Commit();
  });
  EXPECT_FALSE(error.empty());
  EXPECT_EQ(m_Folder.CountFiles(), 1U);
  EXPECT_EQ(ReadBytes(m_Target), "precious");
}

TEST_P(CommonOutputFile, CommitFindsWhatTheWriterDidNotTell)
{
  WriteBytes(m_Target, "precious");
  const std::string error = GetError([&] {
    OutputFile output(m_Target);
    WriteImage(MakeImage<unsigned char>(40, 30).GetPointer(), output.GetTemporaryName(), 1, false);
    std::filesystem::resize_file(output.GetTemporaryName(), std::filesystem::file_size(output.GetTemporaryName()) - 1);
    output.Commit();
  });
  EXPECT_EQ(error, "'" + m_Target + "' could not be written whole: is its disk full?");
  EXPECT_EQ(m_Folder.CountFiles(), 1U);
  EXPECT_EQ(ReadBytes(m_Target), "precious");
}

INSTANTIATE_TEST_SUITE_P(
  All,
  CommonOutputFile,
  ::testing::Values(".mha", ".nrrd", ".nii", ".nii.gz", ".vtk", ".mrc", ".tif", ".png", ".jpg", ".bmp"));

TEST(CommonOutputFileErrors, AreFoundBeforeAnyWork)
{
  const TemporaryFolder folder;
  EXPECT_TRUE(Contains(ConstructError(folder / "no/out.mha"), "There is no folder"));
  EXPECT_TRUE(Contains(ConstructError(folder / ""), "is a folder"));
  EXPECT_TRUE(Contains(ConstructError("/proc/out.mha"), "cannot be written into"));
  EXPECT_TRUE(Contains(ConstructError("/dev/null"), "not a regular file"));
  EXPECT_TRUE(Contains(ConstructError(folder / "out.xyz"), "no known image format"));
  EXPECT_TRUE(Contains(ConstructError(folder / "out"), "no known image format"));
  EXPECT_TRUE(Contains(ConstructError(folder / "out.mhd"), "choose .mha."));
  EXPECT_TRUE(Contains(ConstructError(folder / "out.nhdr"), "choose .nrrd."));
  EXPECT_TRUE(Contains(ConstructError(folder / "out.img.gz"), "choose .nii."));
  EXPECT_EQ(folder.CountFiles(), 0U);
}

TEST(CommonOutputFileErrors, NothingWrittenIsNothingCommitted)
{
  const TemporaryFolder folder;
  EXPECT_FALSE(GetError([&] { OutputFile(folder / "out.mha").Commit(); }).empty());
  EXPECT_EQ(folder.CountFiles(), 0U);
}

TEST(CommonOutputFileText, IsWrittenWholeOrNotAtAll)
{
  const TemporaryFolder folder;
  const std::string     target = folder / "table.csv";
  OutputFile            output(target, OutputKind::Text);
  output.WriteText("a,b\n1,2\n");
  output.Commit();
  EXPECT_EQ(ReadBytes(target), "a,b\n1,2\n");

  const std::string error = GetError([&] {
    OutputFile     longer(target, OutputKind::Text);
    const FullDisk disk(1000);
    longer.WriteText(std::string(100000, 'x'));
  });
  EXPECT_TRUE(Contains(error, "is its disk full?")) << error;
  EXPECT_EQ(ReadBytes(target), "a,b\n1,2\n");
  EXPECT_EQ(folder.CountFiles(), 1U);
}

TEST(CommonOutputFileText, PermissionsAndSymbolicLinksStay)
{
  const TemporaryFolder folder;
  WriteBytes(folder / "file.txt", "old");
  chmod((folder / "file.txt").c_str(), 0640);
  std::filesystem::create_symlink("file.txt", folder / "link.txt");
  {
    OutputFile output(folder / "link.txt", OutputKind::Text);
    output.WriteText("new");
    output.Commit();
  }
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link.txt"));
  EXPECT_EQ(ReadBytes(folder / "file.txt"), "new");
  EXPECT_EQ(std::filesystem::status(folder / "file.txt").permissions(), std::filesystem::perms(0640));
}

TEST(CommonOutputFileDeathTest, NothingIsLeftAfterAnInterruption)
{
  const TemporaryFolder folder;
  for (const int signal : { SIGINT, SIGTERM })
  {
    EXPECT_EXIT(
      {
        OutputFile output(folder / "out.mha");
        raise(signal);
      },
      ::testing::KilledBySignal(signal),
      "");
    EXPECT_EQ(folder.CountFiles(), 0U);
  }
}

TEST(CommonWriteImage, FindsBeforeAnyWorkThatThereIsNoRoom)
{
  const TemporaryFolder folder;
  const auto            filter = MakeStreamingFilter<unsigned char>(400, 300);
  for (const char * name : { "a.mha", "a.png" })
  {
    const std::string error = GetError([&] {
      const FullDisk disk(20000);
      WriteImage(filter->GetOutput(), folder / name, 4, false);
    });
    EXPECT_TRUE(Contains(error, "There is no room in")) << error;
    EXPECT_TRUE(filter->GetOutput()->GetBufferedRegion().GetNumberOfPixels() == 0) << "Pixels were made in vain.";
  }
}

TEST(CommonWriteImage, PiecesMakeTheSameBytes)
{
  const TemporaryFolder folder;
  const auto            filter = MakeStreamingFilter<short>(64, 64);
  for (const char * extension : { ".mha", ".vtk", ".mrc" })
  {
    const std::string whole = folder / ("whole" + std::string(extension));
    OutputFile        pieces(folder / ("pieces" + std::string(extension)));
    WriteImage(filter->GetOutput(), whole, 1, false);
    filter->Modified();
    WriteImage(filter->GetOutput(), pieces.GetTemporaryName(), 8, false);
    EXPECT_EQ(filter->GetOutput()->GetBufferedRegion().GetNumberOfPixels(), 64U * 8U);
    // MRC notes the time of writing in its header.
    const std::size_t header = std::string(extension) == ".mrc" ? 1024 : 0;
    EXPECT_EQ(ReadBytes(whole).substr(header), ReadBytes(pieces.GetTemporaryName()).substr(header)) << extension;
  }
}

TEST(CommonWriteImage, SaysIfPiecesAreNotPossible)
{
  const TemporaryFolder folder;
  const auto            image = MakeImage<unsigned char>(8, 8);
  const auto            note = [&](const std::string & name, unsigned int pieces, bool compress) {
    ::testing::internal::CaptureStderr();
    WriteImage(image.GetPointer(), folder / name, pieces, compress);
    return ::testing::internal::GetCapturedStderr();
  };
  EXPECT_TRUE(Contains(note("a.png", 4, false), ".png files are written in one piece"));
  EXPECT_TRUE(Contains(note("a.mha", 4, true), "compressed .mha files are written in one piece"));
  EXPECT_EQ(note("a.mha", 4, false), "");
  EXPECT_EQ(note("a.png", 1, false), "");
}

TEST(CommonProgressBar, TellsSlicerAndStopsWhenAsked)
{
  struct Caller
  {
    ModuleProcessInformation information;
    std::vector<float>       heard;
  } caller;
  caller.information.ProgressCallbackClientData = &caller;
  caller.information.ProgressCallbackFunction = [](void * data) {
    auto * const self = static_cast<Caller *>(data);
    self->heard.push_back(self->information.Progress);
    self->information.Abort = self->heard.size() == 3;
  };
  const TemporaryFolder folder;
  const auto            filter = MakeStreamingFilter<unsigned char>(64, 64);
  // The writer is half of the work, and is stopped after two of its eight pieces.
  ProgressBar       progress(&caller.information, 2.0);
  const std::string error = GetError([&] { WriteImage(filter->GetOutput(), folder / "a.mha", 8, false, &progress); });
  EXPECT_TRUE(Contains(error, "Stopped")) << error;
  EXPECT_STREQ(caller.information.ProgressMessage, "Writing");
  EXPECT_EQ(caller.heard, (std::vector<float>{ 0.0F, 0.0625F, 0.125F }));
}
