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
#include "itkTestFolder.h"

#include <gtest/gtest.h>

#include <fstream>

using itk::Colormap;

namespace
{
class ColormapFileReader : public testing::Test
{
protected:
  std::string
  WriteFile(const std::string & name, const std::string & bytes) const
  {
    const auto path = m_Folder.GetPath(name);
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  itk::ColormapFileReader::Pointer
  MakeReader(const std::string & name, const std::string & bytes) const
  {
    auto reader = itk::ColormapFileReader::New();
    reader->SetFileName(this->WriteFile(name, bytes));
    return reader;
  }

  itk::ColormapFileReader::Pointer
  Read(const std::string & name, const std::string & bytes) const
  {
    auto reader = this->MakeReader(name, bytes);
    reader->Update();
    return reader;
  }

  Colormap::TableType
  ReadTable(const std::string & name, const std::string & bytes) const
  {
    return this->Read(name, bytes)->GetColormap()->GetTable();
  }

  /** Expects that reading fails with all of these in one line of words, among which is the name of the file. */
  void
  ExpectError(const std::string & name, const std::string & bytes, const std::vector<std::string> & words) const
  {
    try
    {
      this->Read(name, bytes);
      ADD_FAILURE() << "This was read as " << name << ": " << bytes;
    }
    catch (const itk::ExceptionObject & error)
    {
      const std::string description = error.GetDescription();
      EXPECT_NE(description.find(name), std::string::npos) << description;
      EXPECT_EQ(description.find('\n'), std::string::npos) << description;
      for (const auto & word : words)
      {
        EXPECT_NE(description.find(word), std::string::npos) << description << "\nis to say: " << word;
      }
    }
  }

  /** ParaView's presets can be read if the build has nlohmann-json. */
  bool
  CanReadJSON() const
  {
    try
    {
      this->Read("probe.json", R"({"IndexedColors": [0, 0, 0]})");
      return true;
    }
    catch (const itk::ExceptionObject & error)
    {
      return std::string(error.GetDescription()).find("nlohmann-json") == std::string::npos;
    }
  }

  itk::TestFolder m_Folder;
};

Colormap::ColorType
MakeColorOfBytes(int red, int green, int blue, int opacity = 255)
{
  return Colormap::MakeColor(red / 255.0, green / 255.0, blue / 255.0, opacity / 255.0);
}

void
ExpectNear(const Colormap::ColorType & color, const Colormap::ColorType & expected, double tolerance)
{
  for (unsigned int c = 0; c < 4; ++c)
  {
    EXPECT_NEAR(color[c], expected[c], tolerance) << color << ' ' << expected;
  }
}

const Colormap::ColorType black = Colormap::MakeColor(0.0, 0.0, 0.0);
const Colormap::ColorType white = Colormap::MakeColor(1.0, 1.0, 1.0);
const Colormap::ColorType red = Colormap::MakeColor(1.0, 0.0, 0.0);
const Colormap::ColorType green = Colormap::MakeColor(0.0, 1.0, 0.0);
const Colormap::ColorType blue = Colormap::MakeColor(0.0, 0.0, 1.0);
} // namespace


TEST_F(ColormapFileReader, CSV_is_read_with_and_without_header_index_and_opacity)
{
  const Colormap::TableType table{ MakeColorOfBytes(0, 10, 20), MakeColorOfBytes(255, 30, 40) };
  for (const std::string text : { "0,10,20\n255,30,40\n",
                                  "\357\273\2770,10,20\r\n255,30,40\r\n",
                                  "# made by hand\n\n0 10 20\n255 30 40",
                                  "0;10;20\n255;30;40\n",
                                  "1,0,10,20\n2,255,30,40\n",
                                  "0,0,10,20,255\n1,255,30,40,255\n",
                                  "Red,Green,Blue\n0,10,20\n255,30,40\n",
                                  "scalar,RGB_r,RGB_g,RGB_b\n-1.5,0,10,20\n1.5,255,30,40\n",
                                  "b,g,r,index\n20,10,0,0\n40,30,255,1\n" })
  {
    EXPECT_EQ(this->ReadTable("table.csv", text), table) << text;
    EXPECT_EQ(this->ReadTable("table.txt", text), table) << text;
  }
  EXPECT_EQ(this->ReadTable("table.csv", "red,green,blue,opacity\n255,0,0,51\n").front(),
            Colormap::MakeColor(1.0, 0.0, 0.0, 0.2));
}


TEST_F(ColormapFileReader, CSV_has_components_of_1_if_one_is_a_decimal_and_of_255_if_all_are_integers)
{
  EXPECT_EQ(this->ReadTable("table.csv", "0,0,1\n1.0,0,0\n"), (Colormap::TableType{ blue, red }));
  EXPECT_EQ(this->ReadTable("table.csv", "0,0,1\n2,0,0\n"),
            (Colormap::TableType{ MakeColorOfBytes(0, 0, 1), MakeColorOfBytes(2, 0, 0) }));
  this->ExpectError("table.csv", "0,0,1\n1,0,0\n", { "0 or 1", "ComponentMaximum" });

  auto reader = this->MakeReader("table.csv", "0,0,1\n1,0,0\n");
  reader->SetComponentMaximum(1);
  reader->Update();
  EXPECT_EQ(reader->GetColormap()->GetTable(), (Colormap::TableType{ blue, red }));
  reader->SetComponentMaximum(255);
  reader->Update();
  EXPECT_EQ(reader->GetColormap()->GetTable(),
            (Colormap::TableType{ MakeColorOfBytes(0, 0, 1), MakeColorOfBytes(1, 0, 0) }));
  reader->SetComponentMaximum(100);
  EXPECT_THROW(reader->Update(), itk::ExceptionObject);
}


TEST_F(ColormapFileReader, CSV_tells_under_over_and_bad_colours)
{
  const auto   reader = this->Read("table.csv",
                                 "index,red,green,blue,opacity\nbad,0,0,1,0.5\n0,0.25,0,0,1\n1,0.5,0,0,1\n"
                                   "under,1,1,1,1\nover,1,0,0,1\n");
  const auto * colormap = reader->GetColormap();
  EXPECT_EQ(colormap->GetNumberOfEntries(), 2u);
  EXPECT_EQ(colormap->GetUnderColor(), white);
  EXPECT_EQ(colormap->GetOverColor(), red);
  EXPECT_EQ(colormap->GetBadColor(), Colormap::MakeColor(0.0, 0.0, 1.0, 0.5));
  EXPECT_EQ(reader->GetNormalization(), nullptr);
}


TEST_F(ColormapFileReader, CSV_says_what_is_wrong)
{
  this->ExpectError("table.csv", "", { "no row" });
  this->ExpectError("table.csv", "red,green,blue\n", { "0 or 1" });
  this->ExpectError("table.csv", "0.5,0,0\n0.5,0\n", { "line 2", "2 fields", "3 in the first" });
  this->ExpectError("table.csv", "0.5,0\n", { "line 1", "2 fields" });
  this->ExpectError("table.csv", "0.5,0,0\n\n0.5,zero,0\n", { "line 3", "'zero'", "number" });
  this->ExpectError("table.csv", "0.5,,0\n", { "line 1", "''" });
  this->ExpectError("table.csv", "0.5,0,0\n0.5,1.5,0\n", { "line 2", "1.5", "from 0 to 1" });
  this->ExpectError("table.csv", "5,0,0\n256,0,0\n", { "line 2", "256", "from 0 to 255" });
  this->ExpectError("table.csv", "5,0,0\n-1,0,0\n", { "line 2", "-1" });
  this->ExpectError("table.csv", "0.5,nan,0\n", { "line 1", "'nan'" });
  this->ExpectError("table.csv", "0.5,1e999,0\n", { "line 1", "'1e999'" });
  this->ExpectError("table.csv", "0x10,0,0\n", { "line 1", "'0x10'" });
  this->ExpectError("table.csv", "red,green,cyan\n1,2,3\n", { "line 1", "'cyan'", "blue" });
  this->ExpectError("table.csv", "red,green,index\n1,2,3\n", { "line 1", "missing" });
  this->ExpectError("table.csv", "0,5,5,5\n1,5,5,5\n5,5,5,5\n", { "line 2", "index 1", "evenly" });
  this->ExpectError("table.csv", "1,5,5,5\n0,5,5,5\n", { "index", "ascend" });
}


TEST_F(ColormapFileReader, ImageJ_tables_are_read_raw_with_a_header_and_as_text)
{
  std::string raw;
  for (int plane = 0; plane < 3; ++plane)
  {
    for (int i = 0; i < 256; ++i)
    {
      raw += static_cast<char>((i + 85 * plane) % 256);
    }
  }
  const auto table = this->ReadTable("fire.lut", raw);
  ASSERT_EQ(table.size(), 256u);
  for (int i = 0; i < 256; ++i)
  {
    EXPECT_EQ(table[i], MakeColorOfBytes(i, (i + 85) % 256, (i + 170) % 256));
  }

  // NIH Image: signature, version, number of colours, first, last, and 18 bytes of fill.
  const std::string header("ICOL\0\2\0\3\0\0\0\2", 12);
  const std::string planes("\xFF\x00\x10\x00\xFF\x20\x00\x00\xFE", 9);
  EXPECT_EQ(this->ReadTable("fire.lut", header + std::string(20, '\0') + planes),
            (Colormap::TableType{ red, green, MakeColorOfBytes(16, 32, 254) }));

  EXPECT_EQ(this->ReadTable("fire.lut", "Index\tRed\tGreen\tBlue\n0\t0\t0\t1\n1\t255\t0\t0\n"),
            (Colormap::TableType{ MakeColorOfBytes(0, 0, 1), red }));
  EXPECT_EQ(this->ReadTable("fire.lut", "0 0 1\n1 0 0\n"),
            (Colormap::TableType{ MakeColorOfBytes(0, 0, 1), MakeColorOfBytes(1, 0, 0) }));
}


TEST_F(ColormapFileReader, ImageJ_says_what_is_wrong)
{
  this->ExpectError("fire.lut", std::string(767, '\0'), { "767 bytes", "768" });
  this->ExpectError("fire.lut", std::string("ICOL\0\2\1\0", 8) + std::string(791, '\0'), { "256 colours", "799" });
  this->ExpectError("fire.lut", std::string("ICOL\0\2\0\0", 8) + std::string(792, '\0'), { "0 colours" });
  this->ExpectError("fire.lut", "ICOL", { "4 bytes" });
  this->ExpectError("fire.lut", "", { "no row" });
  this->ExpectError("fire.lut", "0 0 256\n", { "line 1", "256" });
}


TEST_F(ColormapFileReader, GIMP_palettes_are_read)
{
  EXPECT_EQ(this->ReadTable("warm.gpl",
                            "GIMP Palette\nName: Warm ones\nColumns: 2\n#\n# a comment\n255   0   0\tRed\n"
                            "  0 255   0 light green 3\n 16  32 254\n"),
            (Colormap::TableType{ red, green, MakeColorOfBytes(16, 32, 254) }));
  EXPECT_EQ(this->ReadTable("warm.gpl", "GIMP Palette\n#\n255 0 0"), (Colormap::TableType{ red }));
  this->ExpectError("warm.gpl", "JASC-PAL\n0100\n", { "GIMP Palette" });
  this->ExpectError("warm.gpl", "", { "GIMP Palette" });
  this->ExpectError("warm.gpl", "GIMP Palette\n#\n", { "no colour" });
  this->ExpectError("warm.gpl", "GIMP Palette\n255 0\n", { "line 2", "'255 0'" });
  this->ExpectError("warm.gpl", "GIMP Palette\n#\n255 0 256\n", { "line 3", "256", "0 to 255" });
  this->ExpectError("warm.gpl", "GIMP Palette\n#\n255 0.5 0\n", { "line 3", "0.5", "integers" });
  this->ExpectError("warm.gpl", "GIMP Palette\n#\nred 0 0\n", { "line 3", "'red'" });
}


TEST_F(ColormapFileReader, GMT_tables_as_gmt_writes_them_are_read)
{
  // gmt makecpt -Cviridis -T0/10/2.5 of GMT 6.4.
  const auto   discrete = this->Read("depth.cpt",
                                   "0\t71/44.875/122.88\t2.5\t71/44.875/122.88\tL\n"
                                     "2.5\t44/113.62/142\t5\t44/113.62/142\tL\n"
                                     "5\t39.375/173.38/128.62\t7.5\t39.375/173.38/128.62\tL\n"
                                     "7.5\t170.38/220/49.75\t10\t170.38/220/49.75\tB\n"
                                     "B\tblack\nF\twhite\nN\t128\n");
  const auto * colormap = discrete->GetColormap();
  ASSERT_EQ(colormap->GetNumberOfEntries(), 4u);
  EXPECT_EQ(colormap->GetTable()[1], Colormap::MakeColor(44 / 255.0, 113.62 / 255.0, 142 / 255.0));
  EXPECT_EQ(colormap->GetUnderColor(), black);
  EXPECT_EQ(colormap->GetOverColor(), white);
  EXPECT_EQ(colormap->GetBadColor(), MakeColorOfBytes(128, 128, 128));
  EXPECT_EQ(discrete->GetNormalization()->GetMinimum(), 0.0);
  EXPECT_EQ(discrete->GetNormalization()->GetMaximum(), 10.0);

  // gmt makecpt -Cgray -T0/10 -Fr of GMT 6.4.
  const auto continuous =
    this->Read("gray.cpt", "0\t0/0/0\t10\t255/255/255\tB\nB\t0/0/0\nF\t255/255/255\nN\t128/128/128\n");
  const auto gray = Colormap::New();
  gray->SetName("gray");
  ASSERT_EQ(continuous->GetColormap()->GetNumberOfEntries(), 256u);
  EXPECT_EQ(continuous->GetColormap()->GetTable(), gray->GetTable());
}


TEST_F(ColormapFileReader, GMT_colours_are_read_however_they_are_written)
{
  for (const std::string color : { "0 0 255", "0/0/255", "blue", "#0000ff", "#0000FF" })
  {
    const auto table = this->ReadTable(
      "c.cpt", "# COLOR_MODEL = +RGB\n-1 " + color + " 0 " + color + " ; sea\n0 127.5 4 127.5 U\nB " + color + '\n');
    ASSERT_EQ(table.size(), 5u);
    EXPECT_EQ(table[0], blue) << color;
    EXPECT_EQ(table[1], Colormap::MakeColor(0.5, 0.5, 0.5));
  }
}


TEST_F(ColormapFileReader, GMT_slices_of_different_widths_are_as_many_entries_as_they_need)
{
  const auto table = this->ReadTable("c.cpt", "0 red 10 red\n10 green 20 green\n20 blue 50 blue\n50 white 100 white\n");
  EXPECT_EQ(table, (Colormap::TableType{ red, green, blue, blue, blue, white, white, white, white, white }));

  // The golden section fits no number of entries: the boundary is where the nearest entry of many begins.
  const auto       many = this->ReadTable("c.cpt", "0 red 0.6180339887498949 red\n0.6180339887498949 blue 1 blue\n");
  const auto       boundary = std::find(many.begin(), many.end(), blue) - many.begin();
  constexpr double golden = 0.6180339887498949;
  EXPECT_NEAR(static_cast<double>(boundary) / static_cast<double>(many.size()), golden, 1e-3 / 100.0);
}


TEST_F(ColormapFileReader, GMT_slices_of_changing_colours_are_interpolated_and_may_jump)
{
  auto reader = this->MakeReader("c.cpt", "# RANGE = -100/300\n0 0/0/0 1 255/0/0\n1 0/0/255 2 0/255/255\n");
  reader->SetNumberOfEntries(5);
  reader->Update();
  EXPECT_EQ(reader->GetColormap()->GetTable(),
            (Colormap::TableType{ black,
                                  Colormap::MakeColor(0.5, 0.0, 0.0),
                                  red,
                                  Colormap::MakeColor(0.0, 0.5, 1.0),
                                  Colormap::MakeColor(0.0, 1.0, 1.0) }));
  EXPECT_EQ(reader->GetNormalization()->GetMinimum(), -100.0);
  EXPECT_EQ(reader->GetNormalization()->GetMaximum(), 300.0);
  reader->SetNumberOfEntries(0);
  reader->Update();
  EXPECT_EQ(reader->GetColormap()->GetNumberOfEntries(), 256u);
}


TEST_F(ColormapFileReader, GMT_says_what_is_wrong)
{
  this->ExpectError("c.cpt", "", { "no slice" });
  this->ExpectError("c.cpt", "B black\n", { "no slice" });
  this->ExpectError("c.cpt", "# COLOR_MODEL = HSV\n0 0 1\n", { "line 1", "HSV", "RGB" });
  this->ExpectError("c.cpt", "# COLOR_MODEL =\n0 0 1\n", { "line 1", "COLOR_MODEL" });
  this->ExpectError("c.cpt", "#\n# HARD_HINGE\n0 red 1 blue\n", { "line 2", "hinge" });
  this->ExpectError("c.cpt", "# RANGE = 1\n0 red 1 blue\n", { "line 1", "RANGE", "-1/1" });
  this->ExpectError("c.cpt", "# RANGE = 1/0\n0 red 1 blue\n", { "line 1", "RANGE is 1/0", "ascending" });
  this->ExpectError("c.cpt", "0 red 1 blue\n2 red 3 blue\n", { "line 2", "at 2", "at 1" });
  this->ExpectError("c.cpt", "0 red 0 blue\n", { "line 1", "ascend" });
  this->ExpectError("c.cpt", "1 red 0 blue\n", { "line 1", "ascend" });
  this->ExpectError("c.cpt", "0 red\n", { "line 1", "categorical" });
  this->ExpectError("c.cpt", "0 0 0 1 0 0\n", { "line 1", "slice" });
  this->ExpectError("c.cpt", "0 salmon 1 blue\n", { "line 1", "'salmon'", "red/green/blue" });
  this->ExpectError("c.cpt", "0 0/0/256 1 blue\n", { "line 1", "256", "255" });
  this->ExpectError("c.cpt", "0 0/0/0/0 1 blue\n", { "line 1", "'0/0/0/0'" });
  this->ExpectError("c.cpt", "0 0-1-1 1 blue\n", { "line 1", "'0-1-1'" });
  this->ExpectError("c.cpt", "0 #12345 1 blue\n", { "line 1", "'#12345'" });
  this->ExpectError("c.cpt", "0 red 1 blue\nN\n", { "line 2", "expected is N and a colour" });
  this->ExpectError("c.cpt", "zero red 1 blue\n", { "line 1", "'zero'" });
}


TEST_F(ColormapFileReader, Slicer_tables_are_read)
{
  EXPECT_EQ(this->ReadTable("labels.ctbl",
                            "# Color table file labels.ctbl\n# 3 values\n0 background 0 0 0 0\n"
                            "2 left_lung 255 0 0 255\n3 right lung 16 32 254 51\n"),
            (Colormap::TableType{ Colormap::MakeColor(0.0, 0.0, 0.0, 0.0),
                                  Colormap::MakeColor(0.0, 0.0, 0.0, 0.0),
                                  red,
                                  MakeColorOfBytes(16, 32, 254, 51) }));
  this->ExpectError("labels.ctbl", "# nothing\n", { "no colour" });
  this->ExpectError("labels.ctbl", "0 a 0 0 0\n", { "line 1", "opacity" });
  this->ExpectError("labels.ctbl", "0 a 0 0 0 0\n0 b 0 0 0 0\n", { "line 2", "before" });
  this->ExpectError("labels.ctbl", "65536 a 0 0 0 0\n", { "line 1", "65535" });
  this->ExpectError("labels.ctbl", "-1 a 0 0 0 0\n", { "line 1", "-1" });
  this->ExpectError("labels.ctbl", "0 a 0 0 0 300\n", { "line 1", "300" });
}


TEST_F(ColormapFileReader, ParaView_presets_are_read)
{
  if (!this->CanReadJSON())
  {
    GTEST_SKIP() << "This build has no nlohmann-json.";
  }
  // A discretized preset takes the number of its values.
  auto         reader = this->Read("p.json",
                           R"([{"ColorSpace": "RGB", "Name": "Traffic", "NanColor": [0, 0, 1], "Discretize": 1,
                              "NumberOfTableValues": 5, "RGBPoints": [-4, 0, 0, 0, 0, 1, 0, 0, 4, 1, 1, 1]}])");
  const auto * colormap = reader->GetColormap();
  EXPECT_EQ(
    colormap->GetTable(),
    (Colormap::TableType{ black, Colormap::MakeColor(0.5, 0.0, 0.0), red, Colormap::MakeColor(1.0, 0.5, 0.5), white }));
  EXPECT_EQ(colormap->GetBadColor(), blue);
  EXPECT_EQ(colormap->GetUnderColor(), black);
  EXPECT_EQ(reader->GetNormalization()->GetMinimum(), -4.0);
  EXPECT_EQ(reader->GetNormalization()->GetMaximum(), 4.0);

  reader = this->Read("p.json",
                      R"({"IndexedColors": [1, 0, 0, 0, 1, 0], "NanColor": [0, 0, 0], "NanOpacity": 0.25,
                          "UseBelowRangeColor": 1, "BelowRangeColor": [0, 0, 1],
                          "UseAboveRangeColor": 0, "AboveRangeColor": [0, 0, 1]})");
  EXPECT_EQ(reader->GetColormap()->GetTable(), (Colormap::TableType{ red, green }));
  EXPECT_EQ(reader->GetColormap()->GetBadColor(), Colormap::MakeColor(0.0, 0.0, 0.0, 0.25));
  EXPECT_EQ(reader->GetColormap()->GetUnderColor(), blue);
  EXPECT_EQ(reader->GetColormap()->GetOverColor(), green);
  EXPECT_EQ(reader->GetNormalization(), nullptr);
}


TEST_F(ColormapFileReader, ParaView_presets_are_mixed_in_their_colour_space)
{
  if (!this->CanReadJSON())
  {
    GTEST_SKIP() << "This build has no nlohmann-json.";
  }
  const auto getMiddle = [&](const std::string & space, const std::string & colors) {
    auto reader =
      this->MakeReader("p.json", R"({"HSVWrap": 1, "ColorSpace": ")" + space + R"(", "RGBPoints": [)" + colors + "]}");
    reader->SetNumberOfEntries(3);
    reader->Update();
    return reader->GetColormap()->GetTable()[1];
  };
  // Half of black and white is half of the lightness: L* = 50 is Y = ((50 + 16) / 116)^3, sRGB 0.466 by the formulas of
  // IEC 61966-2-1, whose matrices have four digits.
  ExpectNear(getMiddle("Lab", "0, 0, 0, 0, 1, 1, 1, 1"), Colormap::MakeColor(0.4663, 0.4663, 0.4663), 2e-4);
  ExpectNear(getMiddle("RGB", "0, 1, 0, 0, 1, 0, 1, 0"), Colormap::MakeColor(0.5, 0.5, 0.0), 1e-15);
  ExpectNear(getMiddle("HSV", "0, 1, 0, 0, 1, 0, 1, 0"), Colormap::MakeColor(1.0, 1.0, 0.0), 1e-15);
  // From red to blue, the shorter way is by magenta.
  ExpectNear(getMiddle("HSV", "0, 1, 0, 0, 1, 0, 0, 1"), Colormap::MakeColor(1.0, 0.0, 1.0), 1e-15);
  EXPECT_EQ(getMiddle("Step", "0, 1, 0, 0, 1, 0, 1, 0"), green);
  // ParaView's Cool to Warm is light gray in the middle: VTK's value.
  ExpectNear(getMiddle("Diverging",
                       "0, 0.23137254902, 0.298039215686, 0.752941176471, 1, 0.705882352941, "
                       "0.0156862745098, 0.149019607843"),
             Colormap::MakeColor(0.8654, 0.8654, 0.8654),
             5e-4);
}


TEST_F(ColormapFileReader, One_of_several_presets_is_chosen_by_its_name)
{
  if (!this->CanReadJSON())
  {
    GTEST_SKIP() << "This build has no nlohmann-json.";
  }
  const std::string two =
    R"([{"Name": "Warm", "IndexedColors": [1, 0, 0]}, {"Name": "Cold", "IndexedColors": [0, 0, 1]}])";
  this->ExpectError("p.json", two, { "2 presets", "'Warm'", "PresetName" });
  auto reader = this->MakeReader("p.json", two);
  reader->SetPresetName("Cold");
  reader->Update();
  EXPECT_EQ(reader->GetColormap()->GetTable(), (Colormap::TableType{ blue }));
  reader->SetPresetName("Clod");
  try
  {
    reader->Update();
    FAIL();
  }
  catch (const itk::ExceptionObject & error)
  {
    EXPECT_NE(std::string(error.GetDescription()).find("did you mean Cold"), std::string::npos);
  }
  EXPECT_EQ(reader->GetColormap()->GetTable(), (Colormap::TableType{ blue })) << "What was read before stays.";
}


TEST_F(ColormapFileReader, ParaView_says_what_is_wrong)
{
  if (!this->CanReadJSON())
  {
    GTEST_SKIP() << "This build has no nlohmann-json.";
  }
  this->ExpectError("p.json", "[{\"Name\": \"x\",\n}]", { "no valid JSON", "line 2" });
  this->ExpectError("p.json", "", { "no valid JSON" });
  this->ExpectError("p.json", std::string(100000, '['), { "no valid JSON" });
  this->ExpectError("p.json", R"({"RGBPoints": [0, 0, 0, 0, 1e999, 1, 1, 1]})", { "1e999" });
  this->ExpectError("p.json", "[]", { "0 presets" });
  this->ExpectError("p.json", "[1]", { "RGBPoints or IndexedColors" });
  this->ExpectError("p.json", R"({"Name": "x"})", { "RGBPoints or IndexedColors" });
  this->ExpectError("p.json", R"({"IndexedColors": [0, 0]})", { "IndexedColors", "multiple of 3" });
  this->ExpectError("p.json", R"({"IndexedColors": []})", { "IndexedColors" });
  this->ExpectError("p.json", R"({"IndexedColors": [0, "a", 0]})", { "IndexedColors", "numbers" });
  this->ExpectError("p.json", R"({"IndexedColors": [0, 2, 0]})", { "IndexedColors", "2", "from 0 to 1" });
  this->ExpectError("p.json", R"({"RGBPoints": [0, 0, 0, 0, 1]})", { "RGBPoints", "multiple of 4" });
  this->ExpectError("p.json", R"({"RGBPoints": [0, 0, 0, 0]})", { "ascend" });
  this->ExpectError("p.json", R"({"RGBPoints": [1, 0, 0, 0, 0, 1, 1, 1]})", { "ascend" });
  this->ExpectError("p.json", R"({"RGBPoints": [0, 0, 0, 0, 1, 1, 1, 1], "NanColor": 3})", { "NanColor" });
  this->ExpectError("p.json",
                    R"({"RGBPoints": [0, 0, 0, 0, 1, 1, 1, 1], "NanColor": [0, 0, 0], "NanOpacity": 7})",
                    { "NanOpacity is 7" });
  this->ExpectError(
    "p.json", R"({"RGBPoints": [0, 0, 0, 0, 1, 1, 1, 1], "ColorSpace": "Lab/CIEDE2000"})", { "CIEDE2000", "Lab" });
  this->ExpectError("p.json", R"({"RGBPoints": [0, 0, 0, 0, 1, 1, 1, 1], "UseLogScale": 1})", { "UseLogScale" });
  this->ExpectError(
    "p.json", R"({"RGBPoints": [0, 0, 0, 0, 1, 1, 1, 1], "NumberOfTableValues": 1e9})", { "NumberOfTableValues" });
}


TEST_F(ColormapFileReader, A_table_is_resampled_by_picking_as_named_ones_are)
{
  auto reader = this->MakeReader("table.csv", "0.0,0,0\n1,0,0\n0,1,0\n0,0,1\n");
  reader->SetNumberOfEntries(2);
  reader->Update();
  EXPECT_EQ(reader->GetColormap()->GetTable(), (Colormap::TableType{ black, blue }));
  reader->SetNumberOfEntries(8);
  reader->Update();
  EXPECT_EQ(reader->GetColormap()->GetTable(),
            (Colormap::TableType{ black, black, red, red, green, green, blue, blue }));
}


TEST_F(ColormapFileReader, Parameters_without_a_meaning_are_refused)
{
  auto reader = this->MakeReader("table.csv", "0.0,0,0\n1,0,0\n");
  reader->SetNumberOfEntries(65537);
  EXPECT_THROW(reader->Update(), itk::ExceptionObject);
  reader->SetNumberOfEntries(65536);
  reader->SetComponentMaximum(2);
  EXPECT_THROW(reader->Update(), itk::ExceptionObject);
  reader->SetComponentMaximum(1);
  EXPECT_NO_THROW(reader->Update());
}


TEST_F(ColormapFileReader, What_is_no_file_of_a_known_format_is_refused)
{
  this->ExpectError("table.png", "", { ".csv", ".lut", ".gpl", ".cpt", ".json", ".ctbl" });
  this->ExpectError("table", "", { ".csv" });
  auto reader = itk::ColormapFileReader::New();
  reader->SetFileName(m_Folder.GetPath("absent.csv"));
  EXPECT_THROW(reader->Update(), itk::ExceptionObject);
  EXPECT_THROW(itk::ReadColormap(""), itk::ExceptionObject);
  const auto folder = m_Folder.GetPath("folder.csv");
  std::filesystem::create_directory(folder);
  EXPECT_THROW(itk::ReadColormap(folder), itk::ExceptionObject);
  EXPECT_EQ(reader->GetColormap(), nullptr);
}


TEST_F(ColormapFileReader, A_file_that_is_too_long_is_not_read)
{
  const auto path = this->WriteFile("long.csv", "0.5,0,0\n");
  std::filesystem::resize_file(path, (1u << 24) + 1);
  try
  {
    itk::ReadColormap(path);
    FAIL();
  }
  catch (const itk::ExceptionObject & error)
  {
    EXPECT_NE(std::string(error.GetDescription()).find("16 MiB"), std::string::npos);
  }
}


TEST_F(ColormapFileReader, The_ending_may_be_of_any_case)
{
  EXPECT_EQ(this->ReadTable("TABLE.CSV", "0,10,20\n"), (Colormap::TableType{ MakeColorOfBytes(0, 10, 20) }));
}
