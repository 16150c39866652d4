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
#include "VTKColormap.h"
#include "CommonTesting.h"
#include "itkColormapFileReader.h"

#include <vtkColorTransferFunction.h>
#include <vtkLookupTable.h>
#include <vtkNew.h>

#include "gtest/gtest.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <random>

using namespace IntensityMapping;
using itk::Colormap;

namespace
{
itk::LinearNormalization::Pointer
MakeNormalization(double minimum, double maximum)
{
  auto normalization = itk::LinearNormalization::New();
  normalization->SetMinimum(minimum);
  normalization->SetMaximum(maximum);
  return normalization;
}

Colormap::Pointer
MakeColormapNamed(const std::string & name, unsigned int numberOfEntries = 0)
{
  auto colormap = Colormap::New();
  colormap->SetName(name, numberOfEntries);
  colormap->SetUnderColor(Colormap::MakeColor(0.1, 0.2, 0.3));
  colormap->SetOverColor(Colormap::MakeColor(0.9, 0.8, 0.7));
  colormap->SetBadColor(Colormap::MakeColor(1.0, 0.0, 1.0, 0.25));
  return colormap;
}

Colormap::BytesType
MapByVTK(vtkScalarsToColors & colors, double value)
{
  const unsigned char * mapped = colors.MapValue(value);
  Colormap::BytesType   bytes;
  bytes.Set(mapped[0], mapped[1], mapped[2], mapped[3]);
  return bytes;
}

void
ExpectSameSpecialBytes(const Colormap & colormap, const Colormap & expected)
{
  EXPECT_EQ(Colormap::MakeBytes(colormap.GetUnderColor()), Colormap::MakeBytes(expected.GetUnderColor()));
  EXPECT_EQ(Colormap::MakeBytes(colormap.GetOverColor()), Colormap::MakeBytes(expected.GetOverColor()));
  EXPECT_EQ(Colormap::MakeBytes(colormap.GetBadColor()), Colormap::MakeBytes(expected.GetBadColor()));
}
} // namespace

TEST(VTKColormap, A_lookup_table_colours_as_the_colormap_does)
{
  const auto normalization = MakeNormalization(-3.0, 5.0);
  for (const unsigned int n : { 1u, 2u, 7u, 10u, 256u, 1024u })
  {
    const auto colormap = MakeColormapNamed("turbo", n);
    const auto table = MakeVTKLookupTable(*colormap, *normalization);
    EXPECT_EQ(table->GetNumberOfTableValues(), static_cast<vtkIdType>(std::max(n, 2u)));
    // In each entry, in thirds, away from its seams.
    for (unsigned int i = 0; i < 3 * n; ++i)
    {
      const double value = -3.0 + 8.0 * (i + 0.5) / (3.0 * n);
      EXPECT_EQ(MapByVTK(*table, value), colormap->ForwardValue(normalization->ForwardValue(value))) << n << ' ' << i;
    }
    for (const double value : { -3.0, 5.0, -3.1, 5.1, -1e300, 1e300, std::nan("") })
    {
      EXPECT_EQ(MapByVTK(*table, value), colormap->ForwardValue(normalization->ForwardValue(value)))
        << n << ' ' << value;
    }
  }
}

TEST(VTKColormap, A_lookup_table_gives_back_the_bytes_and_the_limits)
{
  std::mt19937                           generator(3);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  for (const std::size_t n : { 2, 5, 255, 256, 4096 })
  {
    Colormap::TableType colors(n);
    for (auto & color : colors)
    {
      std::generate(color.Begin(), color.End(), [&] { return uniform(generator); });
    }
    const auto colormap = Colormap::New();
    colormap->SetTable(colors);
    colormap->SetUnderColor(Colormap::MakeColor(0.1, 0.2, 0.3, 0.4));
    const auto made = MakeColormap(*MakeVTKLookupTable(*colormap, *MakeNormalization(-0.1, 1e5)));
    EXPECT_EQ(made.Colormap->GetByteTable(), colormap->GetByteTable());
    EXPECT_EQ(made.Normalization->GetMinimum(), -0.1);
    EXPECT_EQ(made.Normalization->GetMaximum(), 1e5);
    ExpectSameSpecialBytes(*made.Colormap, *colormap);
  }
}

TEST(VTKColormap, A_lookup_table_of_VTK_becomes_a_colormap_of_the_same_colours)
{
  vtkNew<vtkLookupTable> table;
  table->SetNumberOfTableValues(64);
  table->SetHueRange(0.667, 0.0);
  table->SetTableRange(10.0, 20.0);
  table->SetNanColor(0.5, 0.25, 1.0, 1.0);
  const auto made = MakeColormap(*table);
  for (int i = 0; i < 64; ++i)
  {
    const double value = 10.0 + 10.0 * (i + 0.5) / 64.0;
    EXPECT_EQ(made.Colormap->ForwardValue(made.Normalization->ForwardValue(value)), MapByVTK(*table, value)) << i;
  }
  EXPECT_EQ(made.Colormap->ForwardValue(std::nan("")), MapByVTK(*table, std::nan("")));
  EXPECT_EQ(made.Colormap->ForwardValue(-1.0), MapByVTK(*table, 9.0)) << "Without a colour of its own, the first.";
  EXPECT_EQ(made.Colormap->ForwardValue(2.0), MapByVTK(*table, 30.0));

  table->SetScaleToLog10();
  EXPECT_THROW(MakeColormap(*table), std::runtime_error);
}

TEST(VTKColormap, A_transfer_function_has_the_colours_of_the_entries_and_between)
{
  const auto colormap = MakeColormapNamed("viridis", 11);
  const auto function = MakeVTKColorTransferFunction(*colormap, *MakeNormalization(-5.0, 5.0));
  EXPECT_EQ(function->GetSize(), 11);
  EXPECT_EQ(function->GetRange()[0], -5.0);
  EXPECT_EQ(function->GetRange()[1], 5.0);
  const auto & table = colormap->GetTable();
  for (int i = 0; i < 10; ++i)
  {
    double color[3];
    function->GetColor(i - 4.5, color);
    for (unsigned int c = 0; c < 3; ++c)
    {
      EXPECT_NEAR(color[c], (table[i][c] + table[i + 1][c]) / 2.0, 1e-15);
    }
  }
  // VTK rounds 255 v, the colormap truncates.
  const auto expectRounded = [](const Colormap::BytesType & bytes, const Colormap::ColorType & color) {
    for (unsigned int c = 0; c < 3; ++c)
    {
      EXPECT_EQ(static_cast<long>(bytes[c]), std::lround(255.0 * color[c]));
    }
  };
  expectRounded(MapByVTK(*function, -6.0), colormap->GetUnderColor());
  expectRounded(MapByVTK(*function, 6.0), colormap->GetOverColor());
  expectRounded(MapByVTK(*function, std::nan("")), colormap->GetBadColor());
}

TEST(VTKColormap, A_transfer_function_gives_back_the_table_and_the_limits)
{
  for (const unsigned int n : { 1u, 2u, 3u, 10u, 256u, 510u, 4096u })
  {
    const auto colormap = MakeColormapNamed("cmo.thermal", n);
    const auto made = MakeColormap(*MakeVTKColorTransferFunction(*colormap, *MakeNormalization(-0.1, 0.7)), n);
    EXPECT_EQ(made.Colormap->GetTable(), colormap->GetTable()) << n;
    EXPECT_EQ(made.Colormap->GetUnderColor(), colormap->GetUnderColor());
    EXPECT_EQ(made.Colormap->GetOverColor(), colormap->GetOverColor());
    EXPECT_EQ(made.Colormap->GetBadColor(), colormap->GetBadColor());
    EXPECT_EQ(made.Normalization->GetMinimum(), -0.1);
    EXPECT_EQ(made.Normalization->GetMaximum(), 0.7);
  }
}

TEST(VTKColormap, What_cannot_be_converted_is_refused)
{
  const auto normalization = MakeNormalization(0.0, 1.0);
  const auto colormap = Colormap::New();
  EXPECT_THROW(MakeVTKColorTransferFunction(*colormap, *MakeNormalization(1.0, 1.0)), std::runtime_error);
  colormap->SetOverColor(Colormap::MakeColor(0.0, 0.0, 0.0, 0.5));
  EXPECT_THROW(MakeVTKColorTransferFunction(*colormap, *normalization), std::runtime_error);
  colormap->SetTable({ Colormap::MakeColor(0.0, 0.0, 0.0, 0.5) });
  EXPECT_THROW(MakeVTKColorTransferFunction(*colormap, *normalization), std::runtime_error);

  vtkNew<vtkColorTransferFunction> function;
  EXPECT_THROW(MakeColormap(*function), std::runtime_error);
  function->AddRGBPoint(1.0, 0.0, 0.0, 0.0);
  function->AddRGBPoint(2.0, 1.0, 1.0, 1.0);
  EXPECT_THROW(MakeColormap(*function, 0), std::runtime_error);
  function->SetScaleToLog10();
  EXPECT_THROW(MakeColormap(*function), std::runtime_error);
}

// ParaView draws its presets by a vtkColorTransferFunction: the reader of .json is held to it.
class ParaViewColorSpace : public testing::TestWithParam<std::pair<std::string, int>>
{};

TEST_P(ParaViewColorSpace, IsMixedAsByVTK)
{
  const auto [name, space] = GetParam();
  const Testing::TemporaryFolder         folder;
  const std::string                      fileName = folder / "preset.json";
  std::mt19937                           generator(5);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  for (int repetition = 0; repetition < 20; ++repetition)
  {
    vtkNew<vtkColorTransferFunction> function;
    function->SetColorSpace(space);
    function->HSVWrapOff();
    std::ostringstream points;
    points.precision(17);
    for (int i = 0; i < 6; ++i)
    {
      // Grays and extremes have branches of their own.
      const double kind = uniform(generator);
      const double gray = uniform(generator);
      const double rgb[3] = { kind < 0.2 ? gray : uniform(generator),
                              kind < 0.2 ? gray : uniform(generator),
                              kind < 0.2   ? gray
                              : kind < 0.5 ? std::round(gray)
                                           : uniform(generator) };
      const double value = i + 0.5 * uniform(generator);
      function->AddRGBPoint(value, rgb[0], rgb[1], rgb[2]);
      points << (i == 0 ? "" : ", ") << value << ", " << rgb[0] << ", " << rgb[1] << ", " << rgb[2];
    }
    std::ofstream(fileName) << R"({"ColorSpace": ")" << name << R"(", "RGBPoints": [)" << points.str() << "]}";

    const auto reader = itk::ColormapFileReader::New();
    reader->SetFileName(fileName);
    reader->SetNumberOfEntries(101);
    try
    {
      reader->Update();
    }
    catch (const itk::ExceptionObject & error)
    {
      ASSERT_NE(std::string(error.GetDescription()).find("nlohmann-json"), std::string::npos) << error;
      GTEST_SKIP() << "This build has no nlohmann-json.";
    }
    const auto expected = MakeColormap(*function, 101).Colormap;
    // A chain of some fifty roundings, which the arc cosine of Diverging magnifies where colours are nearly gray.
    for (unsigned int k = 1; k < 100; ++k)
    {
      for (unsigned int c = 0; c < 3; ++c)
      {
        EXPECT_NEAR(reader->GetColormap()->GetTable()[k][c], expected->GetTable()[k][c], 1e-9) << k;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Spaces,
                         ParaViewColorSpace,
                         testing::Values(std::pair("RGB", VTK_CTF_RGB),
                                         std::pair("HSV", VTK_CTF_HSV),
                                         std::pair("Lab", VTK_CTF_LAB),
                                         std::pair("Diverging", VTK_CTF_DIVERGING),
                                         std::pair("Step", VTK_CTF_STEP)));
