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
#include "itkColormapFileReader.h"
#include "itkColormapFileWriter.h"
#include "itkTestFolder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <csignal>
#include <fstream>
#include <iterator>
#include <random>

#include <sys/resource.h>

using itk::Colormap;

namespace
{
/** What a format holds of a colormap. */
struct Format
{
  const char * m_Extension;
  bool         m_IsText;
  bool         m_IsExact;
  bool         m_HasOpacity;
  bool         m_HasSpecialColors;
  bool         m_HasLimits;
  unsigned int m_MostEntries;
};

std::ostream &
operator<<(std::ostream & os, const Format & format)
{
  return os << format.m_Extension << (format.m_IsText ? " as text" : "");
}

std::string
ReadFile(const std::string & name)
{
  std::ifstream stream(name, std::ios::binary);
  return { std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>() };
}

/** Of each component, one in three is a byte, 0 or 1. */
Colormap::ColorType
MakeRandomColor(std::mt19937 & generator, bool hasOpacity)
{
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  std::uniform_int_distribution<int>     byte(0, 255);
  Colormap::ColorType                    color;
  for (unsigned int c = 0; c < 4; ++c)
  {
    const double kind = uniform(generator);
    color[c] = kind < 0.2 ? byte(generator) / 255.0 : kind < 0.3 ? std::round(uniform(generator)) : uniform(generator);
  }
  color[3] = hasOpacity ? color[3] : 1.0;
  return color;
}

Colormap::Pointer
MakeRandomColormap(std::mt19937 & generator, itk::SizeValueType numberOfEntries, const Format & format)
{
  Colormap::TableType table(numberOfEntries);
  for (auto & color : table)
  {
    color = MakeRandomColor(generator, format.m_HasOpacity);
  }
  auto colormap = Colormap::New();
  colormap->SetTable(table);
  if (format.m_HasSpecialColors)
  {
    colormap->SetUnderColor(MakeRandomColor(generator, format.m_HasOpacity));
    colormap->SetOverColor(MakeRandomColor(generator, format.m_HasOpacity));
    colormap->SetBadColor(MakeRandomColor(generator, format.m_HasOpacity));
  }
  return colormap;
}

class ColormapFileWriter : public testing::Test
{
protected:
  itk::TestFolder m_Folder;
};

class ColormapFileFormat
  : public ColormapFileWriter
  , public testing::WithParamInterface<Format>
{
protected:
  void
  SetUp() override
  {
    try
    {
      this->Write(Colormap::New());
    }
    catch (const itk::ExceptionObject & error)
    {
      if (std::string(error.GetDescription()).find("nlohmann-json") != std::string::npos)
      {
        GTEST_SKIP() << "This build has no nlohmann-json.";
      }
    }
  }

  std::string
  GetFileName() const
  {
    return m_Folder.GetPath(std::string("colormap") + this->GetParam().m_Extension);
  }

  void
  Write(const Colormap * colormap, const itk::LinearNormalization * normalization = nullptr) const
  {
    const auto writer = itk::ColormapFileWriter::New();
    writer->SetColormap(colormap);
    writer->SetNormalization(normalization);
    writer->SetText(this->GetParam().m_IsText);
    writer->SetFileName(this->GetFileName());
    writer->Update();
  }
};
} // namespace


TEST_P(ColormapFileFormat, Gives_back_what_it_can_hold)
{
  std::mt19937                           generator(1);
  std::uniform_real_distribution<double> exponent(-3.0, 5.0);
  std::normal_distribution<double>       normal;
  const auto &                           format = this->GetParam();
  for (const itk::SizeValueType n : { 1, 2, 3, 7, 10, 97, 255, 256, 257, 1024, 4096 })
  {
    if (n > format.m_MostEntries)
    {
      continue;
    }
    const auto   colormap = MakeRandomColormap(generator, n, format);
    const auto   normalization = itk::LinearNormalization::New();
    const double minimum = normal(generator) * std::pow(10.0, exponent(generator));
    normalization->SetMinimum(minimum);
    normalization->SetMaximum(minimum + std::pow(10.0, exponent(generator)));
    this->Write(colormap, normalization);

    const auto reader = itk::ColormapFileReader::New();
    reader->SetFileName(this->GetFileName());
    reader->Update();
    const auto * read = reader->GetColormap();
    ASSERT_EQ(read->GetNumberOfEntries(), n);
    EXPECT_EQ(read->GetByteTable(), colormap->GetByteTable()) << n;
    if (format.m_IsExact)
    {
      EXPECT_EQ(read->GetTable(), colormap->GetTable()) << n;
      EXPECT_EQ(read->GetUnderColor(), colormap->GetUnderColor());
      EXPECT_EQ(read->GetOverColor(), colormap->GetOverColor());
      EXPECT_EQ(read->GetBadColor(), colormap->GetBadColor());
    }
    ASSERT_EQ(reader->GetNormalization() != nullptr, format.m_HasLimits);
    if (format.m_HasLimits)
    {
      EXPECT_EQ(reader->GetNormalization()->GetMinimum(), normalization->GetMinimum());
      EXPECT_EQ(reader->GetNormalization()->GetMaximum(), normalization->GetMaximum());
    }

    const auto bytes = ReadFile(this->GetFileName());
    this->Write(read, reader->GetNormalization());
    EXPECT_EQ(ReadFile(this->GetFileName()), bytes) << "Written again, the file is the same.";
  }
}


TEST_P(ColormapFileFormat, Takes_a_name_of_any_bytes)
{
  const auto colormap = Colormap::New();
  colormap->SetTable(colormap->GetTable());
  const auto path = m_Folder.GetPath(std::string("\xE9t\xE9 \"1\"") + this->GetParam().m_Extension);
  itk::WriteColormap(colormap, path);
  EXPECT_EQ(itk::ReadColormap(path)->GetByteTable(), colormap->GetByteTable());
}


TEST_P(ColormapFileFormat, Holds_each_byte)
{
  Colormap::TableType table;
  for (int i = 0; i < 256; ++i)
  {
    table.push_back(Colormap::MakeColor(i / 255.0, (255 - i) / 255.0, i * (1.0 / 255.0)));
  }
  const auto colormap = Colormap::New();
  colormap->SetTable(table);
  this->Write(colormap);
  EXPECT_EQ(itk::ReadColormap(this->GetFileName())->GetByteTable(), colormap->GetByteTable());
}


TEST_P(ColormapFileFormat, Holds_a_table_of_nothing_but_zeros_and_ones)
{
  const auto colormap = Colormap::New();
  colormap->SetTable({ Colormap::MakeColor(0.0, 0.0, 0.0), Colormap::MakeColor(1.0, 0.0, 1.0) });
  this->Write(colormap);
  EXPECT_EQ(itk::ReadColormap(this->GetFileName())->GetByteTable(), colormap->GetByteTable());
}


TEST_P(ColormapFileFormat, Refuses_opacity_and_entries_that_it_cannot_hold_and_leaves_the_file_as_it_was)
{
  this->Write(Colormap::New());
  const auto bytes = ReadFile(this->GetFileName());
  const auto colormap = Colormap::New();
  colormap->SetTable({ Colormap::MakeColor(0.1, 0.2, 0.3, 0.5) });
  if (!this->GetParam().m_HasOpacity)
  {
    EXPECT_THROW(this->Write(colormap), itk::ExceptionObject);
  }
  colormap->SetName("viridis", this->GetParam().m_MostEntries + 1);
  EXPECT_THROW(this->Write(colormap), itk::ExceptionObject);
  if (!this->GetParam().m_HasOpacity && this->GetParam().m_HasSpecialColors)
  {
    colormap->SetName("viridis");
    colormap->SetBadColor(Colormap::MakeColor(1.0, 0.0, 0.0, 0.5));
    colormap->SetOverColor(Colormap::MakeColor(1.0, 0.0, 0.0, 0.5));
    EXPECT_THROW(this->Write(colormap), itk::ExceptionObject);
  }
  EXPECT_EQ(ReadFile(this->GetFileName()), bytes);
}


INSTANTIATE_TEST_SUITE_P(Formats,
                         ColormapFileFormat,
                         testing::Values(Format{ ".csv", false, true, true, true, false, 65536 },
                                         Format{ ".txt", false, true, true, true, false, 65536 },
                                         Format{ ".lut", false, false, false, false, false, 256 },
                                         Format{ ".lut", true, false, false, false, false, 256 },
                                         Format{ ".gpl", false, false, false, false, false, 65536 },
                                         Format{ ".cpt", false, false, false, true, true, 65536 },
                                         Format{ ".json", false, true, false, true, true, 65536 },
                                         Format{ ".ctbl", false, false, true, false, false, 65536 }));


TEST_F(ColormapFileWriter, ImageJ_gets_768_bytes_or_a_header_and_fewer_colours)
{
  const auto colormap = Colormap::New();
  const auto path = m_Folder.GetPath("viridis.lut");
  itk::WriteColormap(colormap, path);
  const auto raw = ReadFile(path);
  ASSERT_EQ(raw.size(), 768u);
  EXPECT_EQ(static_cast<unsigned char>(raw[0]), 68);
  EXPECT_EQ(static_cast<unsigned char>(raw[256]), 1);
  EXPECT_EQ(static_cast<unsigned char>(raw[512]), 84);

  colormap->SetName("viridis", 7);
  itk::WriteColormap(colormap, path);
  const auto withHeader = ReadFile(path);
  ASSERT_EQ(withHeader.size(), 32u + 768u); // of 768 or less, ImageJ would look for no header
  EXPECT_EQ(withHeader.substr(0, 8), std::string("ICOL\0\2\0\7", 8));
}


TEST_F(ColormapFileWriter, Files_begin_as_their_programs_want_it)
{
  const auto colormap = Colormap::New();
  colormap->SetName("Set1", 2);
  const auto write = [&](const std::string & extension) {
    const auto path = m_Folder.GetPath("my palette" + extension);
    itk::WriteColormap(colormap, path);
    return ReadFile(path);
  };
  EXPECT_EQ(write(".gpl"), "GIMP Palette\nName: Set1\nColumns: 16\n#\n228 26 28\tUntitled\n153 153 153\tUntitled\n");
  EXPECT_EQ(write(".cpt"),
            "# COLOR_MODEL = RGB\n0\t228/26/28\t0.5\t228/26/28\n0.5\t153/153/153\t1\t153/153/153\n"
            "B\t228/26/28\nF\t153/153/153\n");
  EXPECT_EQ(write(".ctbl"), "# Color table file Set1\n# 2 values\n0 0 228 26 28 255\n1 1 153 153 153 255\n");
  colormap->SetTable(colormap->GetTable());
  EXPECT_EQ(write(".gpl").substr(0, 30), "GIMP Palette\nName: my palette\n");
}


TEST_F(ColormapFileWriter, Slices_need_room_between_the_limits)
{
  const auto writer = itk::ColormapFileWriter::New();
  const auto normalization = itk::LinearNormalization::New();
  normalization->SetMinimum(1e6);
  normalization->SetMaximum(1e6);
  writer->SetColormap(Colormap::New());
  writer->SetNormalization(normalization);
  writer->SetFileName(m_Folder.GetPath("constant.cpt"));
  EXPECT_THROW(writer->Update(), itk::ExceptionObject);
  EXPECT_FALSE(std::filesystem::exists(m_Folder.GetPath("constant.cpt")));
}


TEST_F(ColormapFileWriter, Says_where_it_cannot_write)
{
  const auto colormap = Colormap::New();
  EXPECT_THROW(itk::WriteColormap(nullptr, m_Folder.GetPath("a.csv")), itk::ExceptionObject);
  EXPECT_THROW(itk::WriteColormap(colormap, m_Folder.GetPath("a.png")), itk::ExceptionObject);
  EXPECT_THROW(itk::WriteColormap(colormap, m_Folder.GetPath("absent/a.csv")), itk::ExceptionObject);
  std::filesystem::create_directory(m_Folder.GetPath("folder.csv"));
  EXPECT_THROW(itk::WriteColormap(colormap, m_Folder.GetPath("folder.csv")), itk::ExceptionObject);
  colormap->SetBadColor(Colormap::MakeColor(2.0, 0.0, 0.0));
  EXPECT_THROW(itk::WriteColormap(colormap, m_Folder.GetPath("a.csv")), itk::ExceptionObject);
}


TEST_F(ColormapFileWriter, Leaves_nothing_but_the_file_and_keeps_a_symbolic_link_and_permissions)
{
  namespace fs = std::filesystem;
  const auto path = m_Folder.GetPath("a.csv");
  const auto link = m_Folder.GetPath("link.csv");
  itk::WriteColormap(Colormap::New(), path);
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(path, link);
  const auto colormap = Colormap::New();
  colormap->SetName("hot");
  itk::WriteColormap(colormap, link);
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(itk::ReadColormap(path)->GetTable(), colormap->GetTable());
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(fs::path(path).parent_path()), fs::directory_iterator()), 2);
}


TEST_F(ColormapFileWriter, A_disk_without_room_is_an_error_and_leaves_the_file_as_it_was)
{
  const auto path = m_Folder.GetPath("a.csv");
  const auto colormap = Colormap::New();
  colormap->SetName("hot", 4);
  itk::WriteColormap(colormap, path);
  const auto bytes = ReadFile(path);
  colormap->SetName("hot", 4096);

  // A limit on the size of files stands in for a disk that is full; its signal would end the process.
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit limited{ 1000, before.rlim_max };
  const auto   handler = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limited), 0);
  EXPECT_THROW(itk::WriteColormap(colormap, path), itk::ExceptionObject);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);

  EXPECT_EQ(ReadFile(path), bytes);
  const auto folder = std::filesystem::path(path).parent_path();
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()), 1);
}
