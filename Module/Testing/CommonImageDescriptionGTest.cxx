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
#include "DispatchOnComponentType.h"
#include "ImageDescription.h"
#include "WriteImage.h"

#include "itkRGBPixel.h"
#include "itkVectorImage.h"

#include <gtest/gtest.h>

#include <type_traits>

using namespace IntensityMapping;
using namespace Testing;

namespace
{
std::string
DescribeError(const std::string & fileName)
{
  return GetError([&] { DescribeImage(fileName); });
}

struct Format
{
  const char * extension;
  bool         compress;
};

std::ostream &
operator<<(std::ostream & stream, const Format & format)
{
  return stream << format.extension << (format.compress ? " compressed" : "");
}

class CommonImageFormats : public ::testing::TestWithParam<Format>
{
protected:
  void
  SetUp() override
  {
    m_FileName = m_Folder / ("image" + std::string(GetParam().extension));
    WriteImage(MakeImage<unsigned char>(61, 47).GetPointer(), m_FileName, 1, GetParam().compress);
  }

  TemporaryFolder m_Folder;
  std::string     m_FileName;
};
} // namespace

TEST_P(CommonImageFormats, AWholeFileIsDescribed)
{
  const ImageDescription image = DescribeImage(m_FileName);
  EXPECT_EQ(image.size[0], 61U);
  EXPECT_EQ(image.size[1], 47U);
  EXPECT_EQ(image.componentType, itk::IOComponentEnum::UCHAR);
  // ITK takes every BMP file for one of colours.
  const bool isColor = std::string(GetParam().extension) == ".bmp";
  EXPECT_EQ(image.pixelType, isColor ? itk::IOPixelEnum::RGB : itk::IOPixelEnum::SCALAR);
  EXPECT_EQ(image.numberOfComponents, isColor ? 3U : 1U);
}

TEST_P(CommonImageFormats, AFileThatWasCutAnywhereIsAnError)
{
  const std::string bytes = ReadBytes(m_FileName);
  for (const std::size_t length : { std::size_t{ 1 },
                                    std::size_t{ 10 },
                                    bytes.size() / 4,
                                    bytes.size() / 2,
                                    bytes.size() - 600,
                                    bytes.size() - 1 })
  {
    WriteBytes(m_FileName, bytes.substr(0, length));
    const std::string error = DescribeError(m_FileName);
    EXPECT_TRUE(IsOneLine(error)) << length << " of " << bytes.size() << " bytes: " << error;
    EXPECT_TRUE(Contains(error, m_FileName)) << error;
  }
}

TEST_P(CommonImageFormats, GarbageIsAnError)
{
  std::string garbage;
  for (int i = 0; i < 5000; ++i)
  {
    garbage += static_cast<char>(i * i % 251);
  }
  WriteBytes(m_FileName, garbage);
  const std::string error = DescribeError(m_FileName);
  EXPECT_TRUE(IsOneLine(error)) << error;
  EXPECT_TRUE(Contains(error, "damaged")) << error;
}

INSTANTIATE_TEST_SUITE_P(All,
                         CommonImageFormats,
                         ::testing::Values(Format{ ".mha", false },
                                           Format{ ".mha", true },
                                           Format{ ".nrrd", false },
                                           Format{ ".nrrd", true },
                                           Format{ ".nii", false },
                                           Format{ ".nii.gz", false },
                                           Format{ ".vtk", false },
                                           Format{ ".mrc", false },
                                           Format{ ".tif", false },
                                           Format{ ".tif", true },
                                           Format{ ".png", false },
                                           Format{ ".jpg", false },
                                           Format{ ".bmp", false }));

TEST(CommonImageDescription, AnUnknownFormatIsAnErrorThatNamesTheKnownOnes)
{
  const TemporaryFolder folder;
  WriteBytes(folder / "a.txt", "text");
  EXPECT_TRUE(Contains(DescribeError(folder / "a.txt"), "Known are MetaImage (.mha, .mhd), NRRD (.nrrd, .nhdr), "));
}

TEST(CommonImageDescription, WhatIsNoFileIsAnError)
{
  const TemporaryFolder folder;
  EXPECT_EQ(DescribeError(folder / "a.mha"), "There is no file '" + (folder / "a.mha") + "'.");
  EXPECT_TRUE(Contains(DescribeError(folder / ""), "is a folder"));
  WriteBytes(folder / "a.mha", "");
  EXPECT_EQ(DescribeError(folder / "a.mha"), "'" + (folder / "a.mha") + "' is empty.");
  EXPECT_TRUE(Contains(DescribeError("/dev/null"), "is not a regular file"));
}

TEST(CommonImageDescription, AFileWithoutPermissionIsAnError)
{
  const TemporaryFolder folder;
  WriteBytes(folder / "a.mha", "x");
  std::filesystem::permissions(folder / "a.mha", std::filesystem::perms::none);
  if (std::ifstream(folder / "a.mha"))
  {
    GTEST_SKIP() << "The superuser may read every file.";
  }
  EXPECT_TRUE(Contains(DescribeError(folder / "a.mha"), "permissions"));
}

TEST(CommonImageDescription, MetaImageHeadersThatMakeNoSense)
{
  const TemporaryFolder folder;
  const std::string     name = folder / "a.mha";
  const auto            describe = [&](const std::string & dimensions, const std::string & data) {
    WriteBytes(name,
               "ObjectType = Image\n" + dimensions + "\nElementType = MET_UCHAR\nElementDataFile = " + data + "\n" +
                 std::string(100, 'x'));
    const std::string error = DescribeError(name);
    EXPECT_TRUE(error.empty() || IsOneLine(error)) << error;
    return error;
  };
  EXPECT_EQ(describe("NDims = 2\nDimSize = 10 10", "LOCAL"), "");
  EXPECT_TRUE(Contains(describe("NDims = -1\nDimSize = 10 10", "LOCAL"), "NDims is -1"));
  EXPECT_TRUE(Contains(describe("NDims = 11\nDimSize = 1 1 1 1 1 1 1 1 1 1 1", "LOCAL"), "NDims is 11"));
  EXPECT_TRUE(Contains(describe("NDims = 3\nDimSize = 10 10", "LOCAL"), "DimSize has 2 of 3"));
  EXPECT_TRUE(Contains(describe("NDims = 2\nDimSize = 10 -10", "LOCAL"), "DimSize is 10 -10"));
  EXPECT_TRUE(Contains(describe("NDims = 2\nDimSize = 10 11", "LOCAL"), "is truncated"));
  EXPECT_TRUE(
    Contains(describe("NDims = 4\nDimSize = 2000000000 2000000000 2000000000 2000000000", "LOCAL"), "more than any"));
  EXPECT_TRUE(Contains(describe("NDims = 2\nDimSize = 10 10", "a.raw"), "no such file"));
  EXPECT_TRUE(Contains(describe("NDims = 2\nDimSize = 10 10", "/etc/passwd"), "not in its own folder"));
  EXPECT_TRUE(Contains(describe("NDims = 2\nDimSize = 10 10", "../../etc/passwd"), "not in its own folder"));
  EXPECT_TRUE(Contains(describe("NDims = 2\nDimSize = 10 10", "LIST"), "several files"));
  WriteBytes(folder / "a.raw", std::string(99, 'x'));
  EXPECT_TRUE(Contains(describe("NDims = 2\nDimSize = 10 10", "a.raw"), "99 of 100 bytes"));
  WriteBytes(folder / "a.raw", std::string(100, 'x'));
  EXPECT_EQ(describe("NDims = 2\nDimSize = 10 10", "a.raw"), "");
  EXPECT_EQ(describe("NDims = 2\nDimSize = 10 9\nHeaderSize = 10", "a.raw"), "");
}

TEST(CommonImageDescription, ACompressedMetaImageWithoutItsLengthIsDecompressed)
{
  const TemporaryFolder folder;
  WriteImage(MakeImage<unsigned char>(61, 47).GetPointer(), folder / "a.mha", 1, true);
  std::string bytes = ReadBytes(folder / "a.mha");
  const auto  line = bytes.find("CompressedDataSize");
  bytes.erase(line, bytes.find('\n', line) + 1 - line);
  WriteBytes(folder / "a.mha", bytes);
  EXPECT_EQ(DescribeError(folder / "a.mha"), "");
  WriteBytes(folder / "a.mha", bytes.substr(0, bytes.size() - 20));
  EXPECT_TRUE(Contains(DescribeError(folder / "a.mha"), "decompressed"));
}

TEST(CommonImageDescription, AJPEGFileMayHaveFillBytesAndMoreBehindItsEnd)
{
  const TemporaryFolder folder;
  WriteImage(MakeImage<unsigned char>(61, 47).GetPointer(), folder / "a.jpg", 1, false);
  const std::string bytes = ReadBytes(folder / "a.jpg");
  WriteBytes(folder / "a.jpg", bytes.substr(0, 2) + "\xff\xff" + bytes.substr(2) + "more");
  EXPECT_EQ(DescribeError(folder / "a.jpg"), "");
}

TEST(CommonImageDescription, DetachedNRRD)
{
  const TemporaryFolder folder;
  const auto            write = [&](const std::string & dataFile) {
    WriteBytes(folder / "a.nhdr",
               "NRRD0004\ntype: uchar\ndimension: 2\nsizes: 10 10\nencoding: raw\ndata file: " + dataFile + "\n");
  };
  write("a.raw");
  EXPECT_TRUE(Contains(DescribeError(folder / "a.nhdr"), "no such file"));
  WriteBytes(folder / "a.raw", std::string(99, 'x'));
  EXPECT_TRUE(Contains(DescribeError(folder / "a.nhdr"), "99 of 100 bytes"));
  WriteBytes(folder / "a.raw", std::string(100, 'x'));
  EXPECT_EQ(DescribeError(folder / "a.nhdr"), "");
  write("/etc/passwd");
  EXPECT_TRUE(Contains(DescribeError(folder / "a.nhdr"), "not in its own folder"));
}

TEST(CommonImageDescription, TypesAndStreaming)
{
  const TemporaryFolder folder;
  using ColorImageType = itk::Image<itk::RGBPixel<unsigned short>, 3>;
  const auto image = ColorImageType::New();
  image->SetRegions(ColorImageType::SizeType{ { 4, 5, 6 } });
  image->Allocate();
  const double spacing[] = { 0.5, 1.0, 2.5 };
  image->SetSpacing(spacing);
  WriteImage(image.GetPointer(), folder / "plain.mha", 1, false);
  WriteImage(image.GetPointer(), folder / "compressed.mha", 1, true);

  const ImageDescription plain = DescribeImage(folder / "plain.mha");
  EXPECT_EQ(plain.GetDimension(), 3U);
  EXPECT_EQ(FormatSize(plain), "4 x 5 x 6");
  EXPECT_EQ(plain.spacing, std::vector<double>(std::begin(spacing), std::end(spacing)));
  EXPECT_EQ(plain.componentType, itk::IOComponentEnum::USHORT);
  EXPECT_EQ(plain.numberOfComponents, 3U);
  EXPECT_TRUE(plain.canStreamRead);
  EXPECT_FALSE(DescribeImage(folder / "compressed.mha").canStreamRead);
}

TEST(CommonImageDescription, ASeriesHasOneSizeAndOneType)
{
  const TemporaryFolder folder;
  WriteImage(MakeImage<unsigned char>(8, 8).GetPointer(), folder / "1.mha", 1, false);
  WriteImage(MakeImage<unsigned char>(8, 8).GetPointer(), folder / "2.mha", 1, false);
  WriteImage(MakeImage<unsigned char>(8, 9).GetPointer(), folder / "size.mha", 1, false);
  WriteImage(MakeImage<short>(8, 8).GetPointer(), folder / "type.mha", 1, false);
  const auto error = [&](std::vector<std::string> names) {
    for (std::string & name : names)
    {
      name = folder / name;
    }
    return GetError([&] { DescribeSeries(names); });
  };
  EXPECT_EQ(error({ "1.mha", "2.mha" }), "");
  EXPECT_TRUE(Contains(error({}), "at least 2"));
  EXPECT_TRUE(Contains(error({ "1.mha" }), "at least 2"));
  EXPECT_EQ(error({ "1.mha", "2.mha", "size.mha" }),
            "'" + (folder / "size.mha") + "' differs from '" + (folder / "1.mha") + "': its size is 8 x 9, not 8 x 8.");
  EXPECT_EQ(error({ "1.mha", "type.mha" }),
            "'" + (folder / "type.mha") + "' differs from '" + (folder / "1.mha") +
              "': its pixels are of type short, not unsigned_char.");
}

TEST(CommonDispatchOnComponentType, CallsWithTheTypeOrNamesIt)
{
  std::size_t length = 0;
  bool        isSigned = false;
  const auto  take = [&](auto zero) {
    length = sizeof(zero);
    isSigned = std::is_signed_v<decltype(zero)>;
  };
  DispatchOnComponentType(itk::IOComponentEnum::USHORT, take);
  EXPECT_EQ(length, 2U);
  EXPECT_FALSE(isSigned);
  DispatchOnComponentType(itk::IOComponentEnum::CHAR, take);
  EXPECT_EQ(length, 1U);
  EXPECT_TRUE(isSigned);
  DispatchOnComponentType(itk::IOComponentEnum::DOUBLE, take);
  EXPECT_EQ(length, 8U);
  EXPECT_TRUE(Contains(GetError([&] { DispatchOnComponentType(itk::IOComponentEnum::LONGLONG, take); }), "long_long"));
}
