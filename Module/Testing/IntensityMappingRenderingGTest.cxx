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
#include "AxisTicks.h"
#include "CommonTesting.h"
#include "IntensityMappingRendering.h"

#include "itkAsinhNormalization.h"
#include "itkBoundaryNormalization.h"
#include "itkCenteredNormalization.h"
#include "itkLinearNormalization.h"
#include "itkLogNormalization.h"
#include "itkPNGImageIO.h"
#include "itkPowerNormalization.h"
#include "itkSymmetricLogNormalization.h"
#include "itkTwoSlopeNormalization.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <numeric>
#include <random>

#include <sys/wait.h>
#include <unistd.h>

using namespace IntensityMapping;

namespace
{
using ColorType = std::array<unsigned char, 3>;

constexpr ColorType BarColor = { 158, 197, 226 };
constexpr ColorType White = { 255, 255, 255 };

struct PixelImage
{
  std::size_t            Width;
  std::size_t            Height;
  std::vector<ColorType> Pixels;

  ColorType
  At(std::size_t x, std::size_t y) const
  {
    return Pixels[y * Width + x];
  }
};

// In a folder of this process alone: tests run in parallel.
std::string
GetTestPath(const std::string & name)
{
  static const Testing::TemporaryFolder folder;
  return folder / name;
}

// Row 0 at the top.
PixelImage
ReadPNG(const std::string & name)
{
  auto reader = itk::PNGImageIO::New();
  reader->SetFileName(name);
  reader->ReadImageInformation();
  EXPECT_EQ(reader->GetNumberOfComponents(), 3u);
  PixelImage image{ reader->GetDimensions(0), reader->GetDimensions(1), {} };
  image.Pixels.resize(image.Width * image.Height);
  EXPECT_EQ(static_cast<std::size_t>(reader->GetImageSizeInBytes()), sizeof(ColorType) * image.Pixels.size());
  reader->Read(image.Pixels.data());
  return image;
}

std::string
ReadBytes(const std::string & name)
{
  std::ifstream stream(name, std::ios::binary);
  return { std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>() };
}

PixelImage
Draw(const HistogramChart & chart)
{
  const std::string name = GetTestPath("RenderingChart.png");
  DrawHistogramChart(chart, name);
  const PixelImage picture = ReadPNG(name);
  std::filesystem::remove(name);
  EXPECT_EQ(picture.Width, chart.Width);
  EXPECT_EQ(picture.Height, chart.Height);
  return picture;
}

PixelImage
Draw(const ColorBarFigure & figure)
{
  const std::string name = GetTestPath("RenderingFigure.png");
  DrawColorBarFigure(figure, name);
  const PixelImage picture = ReadPNG(name);
  std::filesystem::remove(name);
  return picture;
}

PixelImage
Draw(const BeforeAfterFigure & figure)
{
  const std::string name = GetTestPath("RenderingBeforeAfter.png");
  DrawBeforeAfterFigure(figure, name);
  const PixelImage picture = ReadPNG(name);
  std::filesystem::remove(name);
  return picture;
}

template <typename T>
std::string
GetError(const T & drawn, const std::string & name = GetTestPath("RenderingError.png"))
{
  try
  {
    if constexpr (std::is_same_v<T, HistogramChart>)
    {
      DrawHistogramChart(drawn, name);
    }
    else if constexpr (std::is_same_v<T, BeforeAfterFigure>)
    {
      DrawBeforeAfterFigure(drawn, name);
    }
    else
    {
      DrawColorBarFigure(drawn, name);
    }
  }
  catch (const std::runtime_error & error)
  {
    return error.what();
  }
  return "";
}

HistogramChart
MakeChart(const std::vector<double> & edges, const std::vector<double> & counts)
{
  HistogramChart chart;
  chart.Edges = edges;
  chart.Counts = counts;
  chart.Title = "title";
  chart.XLabel = "intensity [HU]";
  return chart;
}

// Bars of one height side by side.
struct Run
{
  int Columns;
  int Height;
};

// What is filled, read from left to right. The outlines between bars, two pixels wide at most, are no bars.
std::vector<Run>
FindBars(const PixelImage & picture)
{
  std::vector<Run> runs;
  for (std::size_t x = 0; x < picture.Width; ++x)
  {
    int height = 0;
    for (std::size_t y = 0; y < picture.Height; ++y)
    {
      height += picture.At(x, y) == BarColor;
    }
    if (!runs.empty() && runs.back().Height == height)
    {
      ++runs.back().Columns;
    }
    else
    {
      runs.push_back({ 1, height });
    }
  }
  runs.erase(
    std::remove_if(runs.begin(), runs.end(), [](const Run & run) { return run.Height == 0 || run.Columns <= 2; }),
    runs.end());
  return runs;
}

// An outline covers up to two pixels at each side of a bar.
constexpr double OutlineTolerance = 4.0;

void
ExpectBars(const std::vector<Run> & bars, const std::vector<double> & widths, const std::vector<double> & heights)
{
  ASSERT_EQ(bars.size(), widths.size());
  const double totalWidth = std::accumulate(widths.begin(), widths.end(), 0.0);
  const double columns =
    std::accumulate(bars.begin(), bars.end(), 0.0, [](double sum, const Run & bar) { return sum + bar.Columns; });
  const auto highest = std::max_element(heights.begin(), heights.end()) - heights.begin();
  for (std::size_t i = 0; i < bars.size(); ++i)
  {
    EXPECT_NEAR(bars[i].Columns, columns * widths[i] / totalWidth, OutlineTolerance) << "bar " << i;
    EXPECT_NEAR(bars[i].Height, bars[highest].Height * heights[i] / heights[highest], OutlineTolerance) << "bar " << i;
  }
}

std::vector<unsigned char>
MakeNoise(std::size_t count)
{
  std::mt19937               generator(7);
  std::vector<unsigned char> noise(count);
  std::generate(noise.begin(), noise.end(), [&] { return static_cast<unsigned char>(generator()); });
  return noise;
}

itk::Colormap::Pointer
MakeColormap()
{
  auto colormap = itk::Colormap::New();
  colormap->SetName("viridis", 8);
  colormap->SetUnderColor(itk::Colormap::MakeColor(1.0, 0.0, 0.0));
  colormap->SetOverColor(itk::Colormap::MakeColor(0.0, 0.0, 1.0));
  return colormap;
}

template <typename TNormalization>
typename TNormalization::Pointer
MakeLimited(double minimum, double maximum)
{
  auto normalization = TNormalization::New();
  normalization->SetRange(minimum, maximum);
  return normalization;
}

ColorBarFigure
MakeFigure(const std::vector<unsigned char> & pixels, std::size_t width, std::size_t height)
{
  ColorBarFigure figure;
  figure.Pixels = pixels.data();
  figure.Width = width;
  figure.Height = height;
  figure.Title = "title";
  figure.BarLabel = "intensity [HU]";
  figure.Colormap = MakeColormap();
  figure.Normalization = itk::LinearNormalization::New();
  return figure;
}

BeforeAfterFigure
MakeBeforeAfter(const std::vector<unsigned char> & before, const std::vector<unsigned char> & after)
{
  BeforeAfterFigure figure;
  figure.Before = { "before", before.data(), 300, 200, { 0, 1, 2 }, { 3, 1 } };
  figure.After = { "after", after.data(), 300, 200, { 0, 1, 2 }, { 1, 1 } };
  figure.Title = "title";
  return figure;
}

// The rows of the cumulative curve, from the left to the right, in one half of a picture.
std::vector<double>
GetCurve(const PixelImage & picture, bool isLeft)
{
  std::vector<double> curve;
  const std::size_t   middle = picture.Width / 2;
  for (std::size_t x = isLeft ? 0 : middle; x < (isLeft ? middle : picture.Width); ++x)
  {
    double      sum = 0.0;
    std::size_t count = 0;
    for (std::size_t y = 0; y < picture.Height; ++y)
    {
      const ColorType color = picture.At(x, y);
      if (color[0] > 180 && color[1] < 100 && color[2] < 100)
      {
        sum += static_cast<double>(y);
        ++count;
      }
    }
    if (count > 0)
    {
      curve.push_back(sum / static_cast<double>(count));
    }
  }
  return curve;
}

ColorType
GetSource(const std::vector<unsigned char> & pixels, std::size_t index)
{
  return { pixels[3 * index], pixels[3 * index + 1], pixels[3 * index + 2] };
}

// Whether a picture shows an image, each pixel of it as `zoom` x `zoom` pixels, with its corner at (x, y).
bool
Shows(const PixelImage &                 picture,
      std::size_t                        x,
      std::size_t                        y,
      const std::vector<unsigned char> & pixels,
      std::size_t                        width,
      std::size_t                        height,
      std::size_t                        zoom)
{
  for (std::size_t row = 0; row < height * zoom; ++row)
  {
    for (std::size_t column = 0; column < width * zoom; ++column)
    {
      if (picture.At(x + column, y + row) != GetSource(pixels, row / zoom * width + column / zoom))
      {
        return false;
      }
    }
  }
  return true;
}

std::size_t
CountPlacesOf(const PixelImage &                 picture,
              const std::vector<unsigned char> & pixels,
              std::size_t                        width,
              std::size_t                        height,
              std::size_t                        zoom)
{
  std::size_t count = 0;
  for (std::size_t y = 0; y + height * zoom <= picture.Height; ++y)
  {
    for (std::size_t x = 0; x + width * zoom <= picture.Width; ++x)
    {
      count += Shows(picture, x, y, pixels, width, height, zoom);
    }
  }
  return count;
}

// The value that a tick label stands for.
double
ReadTick(const AxisTicks & ticks, std::size_t index)
{
  double     factor = 1.0;
  double     offset = 0.0;
  const auto cross = ticks.Note.find("× ");
  const auto sign = ticks.Note.find_first_of("+-", cross == std::string::npos ? 0 : ticks.Note.find(' ', cross + 3));
  const char * const note = ticks.Note.c_str();
  if (cross != std::string::npos)
  {
    factor = std::strtod(note + cross + std::string("× ").size(), nullptr);
  }
  if (sign != std::string::npos)
  {
    offset = std::strtod(note + sign + 2, nullptr) * (note[sign] == '-' ? -1.0 : 1.0);
  }
  return offset + std::strtod(ticks.Labels[index].c_str(), nullptr) * factor;
}

// Sets a variable of the environment (or removes it, if the value is null) for as long as this lives.
class Variable
{
public:
  Variable(const char * name, const char * value)
    : m_Name(name)
    , m_WasSet(std::getenv(name))
    , m_Before(m_WasSet ? std::getenv(name) : "")
  {
    value ? setenv(name, value, 1) : unsetenv(name);
  }

  ~Variable()
  {
    m_WasSet ? setenv(m_Name, m_Before.c_str(), 1) : unsetenv(m_Name);
  }

private:
  const char * m_Name;
  bool         m_WasSet;
  std::string  m_Before;
};
} // namespace

TEST(Rendering, BarsHaveTheWidthsOfTheirBinsAndTheHeightsOfTheirCounts)
{
  ExpectBars(FindBars(Draw(MakeChart({ 0, 1, 3, 6, 7 }, { 2, 4, 8, 1 }))), { 1, 2, 3, 1 }, { 2, 4, 8, 1 });
  ExpectBars(FindBars(Draw(MakeChart({ -10, -7, -6, -2 }, { 3, 5, 2 }))), { 3, 1, 4 }, { 3, 5, 2 });
}

TEST(Rendering, LogarithmicAxesShowRatios)
{
  HistogramChart chart = MakeChart({ 1e-2, 1e-1, 1e1, 1e2 }, { 1, 100, 10 });
  chart.XScale = AxisScale::Logarithmic;
  ExpectBars(FindBars(Draw(chart)), { 1, 2, 1 }, { 1, 100, 10 });

  // The axis begins at half of the smallest count.
  chart.YScale = AxisScale::Logarithmic;
  ExpectBars(FindBars(Draw(chart)), { 1, 2, 1 }, { std::log(2.0), std::log(200.0), std::log(20.0) });
}

TEST(Rendering, EdgesFarFromZeroAndNearToEachOtherAreToldApart)
{
  const double first = 1000.0;
  const double unit = 1e-9;
  ExpectBars(FindBars(Draw(MakeChart({ first, first + unit, first + 3 * unit, first + 6 * unit }, { 1, 3, 2 }))),
             { 1, 2, 3 },
             { 1, 3, 2 });
}

TEST(Rendering, HugeRangesAndCountsAreDrawn)
{
  ExpectBars(FindBars(Draw(MakeChart({ -1.6e308, 0.0, 0.8e308, 1.6e308 }, { 1e308, 1.7e308, 0.5e308 }))),
             { 2, 1, 1 },
             { 1.0, 1.7, 0.5 });
}

TEST(Rendering, TheFullestOfAThousandBinsIsTheHighest)
{
  std::vector<double> edges(1001);
  std::iota(edges.begin(), edges.end(), 0.0);
  std::vector<double> counts(1000, 1.0);
  counts[250] = 1000.0;
  HistogramChart chart = MakeChart(edges, counts);
  chart.YLabel = "";
  const PixelImage picture = Draw(chart);

  // In the upper half of the plot there is but the outline of that bin, at a quarter of the width of all bins.
  const ColorType   outline = { 31, 95, 153 };
  const std::size_t row = picture.Height / 2;
  std::size_t       darkest = 0;
  int               least = 3 * 255;
  for (std::size_t x = 0; x < picture.Width; ++x)
  {
    const ColorType color = picture.At(x, row);
    const int       distance = std::abs(color[0] - outline[0]) + std::abs(color[1] - outline[1]);
    if (distance < least)
    {
      least = distance;
      darkest = x;
    }
  }
  std::size_t left = picture.Width;
  std::size_t right = 0;
  for (std::size_t x = 0; x < picture.Width; ++x)
  {
    for (std::size_t y = 0; y < picture.Height; ++y)
    {
      if (picture.At(x, y) == outline)
      {
        left = std::min(left, x);
        right = std::max(right, x);
      }
    }
  }
  // Bins are narrower than a pixel, outlines up to two wide.
  EXPECT_NEAR(static_cast<double>(darkest), left + 0.2505 * (right - left), 3.0);
}

TEST(Rendering, EmptyBinsAtTheEndsAreLeftOutUnlessAskedFor)
{
  std::vector<double> edges(101);
  std::iota(edges.begin(), edges.end(), 0.0);
  std::vector<double> counts(100, 0.0);
  counts[40] = 1.0;
  counts[41] = 3.0;
  HistogramChart chart = MakeChart(edges, counts);
  const auto     trimmed = FindBars(Draw(chart));
  chart.FullRange = true;
  const auto full = FindBars(Draw(chart));
  ASSERT_EQ(trimmed.size(), 2u);
  ASSERT_EQ(full.size(), 2u);
  EXPECT_GT(trimmed[0].Columns, 300);
  EXPECT_LT(full[0].Columns, 10);
}

TEST(Rendering, AnEmptyHistogramHasAxesButNoBars)
{
  HistogramChart chart = MakeChart({ 0, 1, 2 }, { 0, 0 });
  chart.Markers = { { "median", std::numeric_limits<double>::quiet_NaN() } };
  chart.YScale = AxisScale::Logarithmic;
  const PixelImage picture = Draw(chart);
  EXPECT_TRUE(FindBars(picture).empty());
  const auto blank = std::count(picture.Pixels.begin(), picture.Pixels.end(), White);
  EXPECT_GT(static_cast<std::ptrdiff_t>(picture.Pixels.size()) - blank, 1000);
}

TEST(Rendering, AMarkerIsALineAtItsValue)
{
  HistogramChart chart = MakeChart({ 0, 2, 4 }, { 1, 2 });
  chart.Markers = { { "median", 1.0 } };
  const PixelImage picture = Draw(chart);
  const ColorType  red = { 200, 40, 40 };

  // At a quarter of the bars: in the middle of the first.
  const std::size_t   row = picture.Height - 100;
  std::vector<double> marked;
  std::vector<double> filled;
  for (std::size_t x = 0; x < picture.Width; ++x)
  {
    if (picture.At(x, row) == red)
    {
      marked.push_back(x);
    }
    else if (picture.At(x, row) == BarColor)
    {
      filled.push_back(x);
    }
  }
  ASSERT_FALSE(marked.empty());
  ASSERT_FALSE(filled.empty());
  EXPECT_NEAR(marked.front(), filled.front() + 0.25 * (filled.back() - filled.front()), OutlineTolerance);
}

TEST(Rendering, AFigureShowsItsImagePixelForPixel)
{
  const auto noise = MakeNoise(3 * 300 * 170);
  EXPECT_EQ(CountPlacesOf(Draw(MakeFigure(noise, 300, 170)), noise, 300, 170, 1), 1u);
  EXPECT_EQ(CountPlacesOf(Draw(MakeFigure(noise, 100, 51)), noise, 100, 51, 2), 1u);
  EXPECT_EQ(CountPlacesOf(Draw(MakeFigure(noise, 1, 1)), noise, 1, 1, 256), 1u);
}

TEST(Rendering, ALargeImageIsAveraged)
{
  // Blocks of 2 x 2 pixels whose sums are multiples of four, and what they average to.
  std::vector<unsigned char> large(3 * 400 * 200);
  std::vector<unsigned char> small(3 * 200 * 100);
  for (std::size_t i = 0; i < small.size(); ++i)
  {
    const std::size_t x = i / 3 % 200;
    const std::size_t y = i / 3 / 200;
    small[i] = static_cast<unsigned char>(20 + (7 * x + 11 * y + 50 * (i % 3)) % 200);
    for (const std::size_t dx : { 0, 1 })
    {
      for (const std::size_t dy : { 0, 1 })
      {
        large[3 * ((2 * y + dy) * 400 + 2 * x + dx) + i % 3] = small[i] + (dx == dy ? 20 : -20);
      }
    }
  }
  ColorBarFigure figure = MakeFigure(large, 400, 200);
  figure.MaximumSize = 399;
  EXPECT_EQ(CountPlacesOf(Draw(figure), small, 200, 100, 1), 1u);
}

TEST(Rendering, TheBarHasTheColorsOfTheTableInOrder)
{
  const std::vector<unsigned char> white(3 * 300 * 300, 255);
  ColorBarFigure                   figure = MakeFigure(white, 300, 300);
  figure.ShowUnder = true;
  figure.ShowOver = true;
  const auto             bytes = figure.Colormap->GetByteTable();
  std::vector<ColorType> expected;
  for (const std::size_t entry : { 9, 7, 6, 5, 4, 3, 2, 1, 0, 8 })
  {
    expected.push_back({ bytes[entry][0], bytes[entry][1], bytes[entry][2] });
  }

  const PixelImage picture = Draw(figure);
  std::size_t      columns = 0;
  for (std::size_t x = 0; x < picture.Width; ++x)
  {
    std::vector<ColorType> met;
    for (std::size_t y = 0; y < picture.Height; ++y)
    {
      const ColorType color = picture.At(x, y);
      if (std::find(expected.begin(), expected.end(), color) != expected.end() && (met.empty() || met.back() != color))
      {
        met.push_back(color);
      }
    }
    columns += met == expected;
  }
  EXPECT_GT(columns, 10u);

  // Eight entries share the height of the bar evenly: 300 pixels but for two triangles.
  const auto count = std::count(picture.Pixels.begin(), picture.Pixels.end(), expected[4]);
  EXPECT_NEAR(static_cast<double>(count), 22.0 * 260.0 / 8.0, 22.0);
}

TEST(Rendering, ABarOfAnyRangeIsDrawn)
{
  const auto     noise = MakeNoise(3 * 300 * 170);
  ColorBarFigure figure = MakeFigure(noise, 300, 170);
  const double   largest = std::numeric_limits<double>::max();
  const double   smallest = std::numeric_limits<double>::denorm_min();
  for (const auto & [minimum, maximum] : std::vector<std::pair<double, double>>{ { 42.0, 42.0 },
                                                                                 { 0.0, 0.0 },
                                                                                 { -largest / 2, largest / 2 },
                                                                                 { 0.0, smallest },
                                                                                 { 1.0, std::nextafter(1.0, 2.0) } })
  {
    figure.Normalization = MakeLimited<itk::LinearNormalization>(minimum, maximum);
    EXPECT_EQ(CountPlacesOf(Draw(figure), noise, 300, 170, 1), 1u) << minimum << " to " << maximum;
  }
}

TEST(Rendering, WhatWasAndWhatBecameOfItAreShownPixelForPixel)
{
  auto noise = MakeNoise(6 * 300 * 200);
  // No red like that of the curve.
  for (std::size_t i = 0; i < noise.size(); i += 3)
  {
    noise[i] /= 2;
  }
  const std::vector<unsigned char> before(noise.begin(), noise.begin() + 3 * 300 * 200);
  const std::vector<unsigned char> after(noise.begin() + 3 * 300 * 200, noise.end());
  const PixelImage                 picture = Draw(MakeBeforeAfter(before, after));
  EXPECT_EQ(CountPlacesOf(picture, before, 300, 200, 1), 1u);
  EXPECT_EQ(CountPlacesOf(picture, after, 300, 200, 1), 1u);
}

TEST(Rendering, TheCurveIsTheCumulativeDistribution)
{
  const std::vector<unsigned char> white(3 * 300 * 200, 255);
  const PixelImage                 picture = Draw(MakeBeforeAfter(white, white));
  for (const bool isLeft : { true, false })
  {
    const auto curve = GetCurve(picture, isLeft);
    ASSERT_GT(curve.size(), 200u);
    EXPECT_TRUE(std::is_sorted(curve.rbegin(), curve.rend()));
    const double height = curve.front() - curve.back();
    const double middle = (curve.front() - curve[curve.size() / 2]) / height;
    EXPECT_GT(height, 100.0);
    EXPECT_NEAR(middle, isLeft ? 0.75 : 0.5, 0.03);
  }
}

TEST(Rendering, AnEmptyHistogramHasNoCurve)
{
  const std::vector<unsigned char> white(3 * 300 * 200, 255);
  BeforeAfterFigure                figure = MakeBeforeAfter(white, white);
  figure.Before.Counts = { 0, 0 };
  EXPECT_TRUE(GetCurve(Draw(figure), true).empty());
}

TEST(Rendering, PicturesAreTheSameWhateverTheDisplay)
{
  const std::string        name = GetTestPath("RenderingSame.png");
  const HistogramChart     chart = MakeChart({ 0, 1, 3 }, { 2, 4 });
  std::vector<std::string> pictures;
  for (const char * const display : { static_cast<const char *>(nullptr), "nowhere:77" })
  {
    const Variable variable("DISPLAY", display);
    DrawHistogramChart(chart, name);
    pictures.push_back(ReadBytes(name));
  }
  std::filesystem::remove(name);
  EXPECT_FALSE(pictures[0].empty());
  EXPECT_EQ(pictures[0], pictures[1]);

  // No server is left behind.
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(Rendering, WithoutADisplayTheErrorNamesThePackages)
{
  const std::string packages = "apt-get install xvfb libgl1-mesa-dri";
  const Variable    display("DISPLAY", "nowhere:77");
  for (const char * const name : { "PATH", "LIBGL_DRIVERS_PATH" })
  {
    const Variable    missing(name, "/nonexistent");
    const std::string error = GetError(MakeChart({ 0, 1 }, { 1 }));
    EXPECT_NE(error.find(packages), std::string::npos) << name << ": " << error;
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  }
  EXPECT_FALSE(std::filesystem::exists(GetTestPath("RenderingError.png")));
}

TEST(Rendering, WhatCannotBeWrittenIsAnError)
{
  const HistogramChart chart = MakeChart({ 0, 1 }, { 1 });
  EXPECT_NE(GetError(chart, "/nonexistent/chart.png").find("/nonexistent"), std::string::npos);
  EXPECT_NE(GetError(chart, GetTestPath("chart.jpg")).find(".png"), std::string::npos);
  const auto noise = MakeNoise(3);
  EXPECT_NE(GetError(MakeFigure(noise, 1, 1), "/nonexistent/figure.png").find("/nonexistent"), std::string::npos);
}

TEST(Rendering, BadParametersAreErrorsThatLeaveAnExistingFileAlone)
{
  const std::string name = GetTestPath("RenderingError.png");
  std::ofstream(name) << "precious";
  EXPECT_NE(GetError(MakeChart({ 0, 1 }, { 1, 2 })).find("N + 1 edges"), std::string::npos);
  EXPECT_NE(GetError(MakeChart({ 0, 0, 1 }, { 1, 2 })).find("increasing"), std::string::npos);
  EXPECT_NE(GetError(MakeChart({ 0, 1 }, { -1 })).find("not negative"), std::string::npos);
  HistogramChart chart = MakeChart({ 0, 1 }, { 1 });
  chart.XScale = AxisScale::Logarithmic;
  EXPECT_NE(GetError(chart).find("above 0"), std::string::npos);
  chart = MakeChart({ 0, 1 }, { 1 });
  chart.Width = 100;
  EXPECT_NE(GetError(chart).find("100 x 600"), std::string::npos);

  const auto     noise = MakeNoise(3);
  ColorBarFigure figure = MakeFigure(noise, 1, 1);
  figure.Normalization = MakeLimited<itk::LinearNormalization>(2.0, 1.0);
  EXPECT_NE(GetError(figure).find("Minimum must not be above Maximum"), std::string::npos);
  figure.Normalization = MakeLimited<itk::LogNormalization>(0.0, 1.0);
  EXPECT_NE(GetError(figure).find("above 0"), std::string::npos);
  figure.Normalization = nullptr;
  EXPECT_NE(GetError(figure).find("no normalization"), std::string::npos);
  figure = MakeFigure(noise, 1, 1);
  figure.Pixels = nullptr;
  EXPECT_NE(GetError(figure).find("no pixels"), std::string::npos);

  const auto        pixels = MakeNoise(3 * 300 * 200);
  BeforeAfterFigure both = MakeBeforeAfter(pixels, pixels);
  EXPECT_NE(GetError(both, GetTestPath("RenderingError.jpg")).find("ends in .png"), std::string::npos);
  both.After.Counts = { 1 };
  EXPECT_NE(GetError(both, name).find("N counts, N at least 1, need N + 1 edges"), std::string::npos);
  both = MakeBeforeAfter(pixels, pixels);
  both.MaximumSize = 0;
  EXPECT_NE(GetError(both, name).find("the limit must be from 1 to"), std::string::npos);
  both.After.Pixels = nullptr;
  EXPECT_NE(GetError(both, name).find("needs both images"), std::string::npos);

  EXPECT_EQ(ReadBytes(name), "precious");
  std::filesystem::remove(name);
}

TEST(Rendering, TicksTellTheValuesOfAnAxis)
{
  std::mt19937                           generator(3);
  std::uniform_real_distribution<double> exponents(-300.0, 300.0);
  std::uniform_real_distribution<double> shares(-12.0, 1.0);
  for (int i = 0; i < 20000; ++i)
  {
    const double    minimum = std::pow(10.0, exponents(generator)) * (i % 2 ? -1.0 : 1.0);
    const double    range = std::abs(minimum) * std::pow(10.0, shares(generator));
    const auto      scale = i % 4 == 2 ? AxisScale::Logarithmic : AxisScale::Linear;
    const AxisRange axis{ scale, minimum, minimum + range };
    const AxisTicks ticks = axis.MakeTicks(8);
    SCOPED_TRACE(std::to_string(minimum) + " + " + std::to_string(range) + " " + ticks.Note);
    ASSERT_EQ(ticks.Fractions.size(), ticks.Labels.size());
    ASSERT_GE(ticks.Labels.size(), 2u);
    ASSERT_LE(ticks.Labels.size(), 9u);
    EXPECT_TRUE(std::is_sorted(ticks.Fractions.begin(), ticks.Fractions.end(), std::less_equal<>()));
    // The rounding of the ends, relative to the range, is what ticks can be off by.
    const double tolerance = 1e-8 + 1e-15 * std::abs(minimum) / range;
    for (std::size_t tick = 0; tick < ticks.Labels.size(); ++tick)
    {
      EXPECT_LE(ticks.Labels[tick].size(), 9u) << ticks.Labels[tick];
      EXPECT_NEAR(axis.GetFraction(ReadTick(ticks, tick)), ticks.Fractions[tick], tolerance) << ticks.Labels[tick];
    }
  }
}

TEST(Rendering, TicksAreRoundNumbers)
{
  const AxisTicks linear = AxisRange{ AxisScale::Linear, -1024.0, 3071.0 }.MakeTicks(8);
  EXPECT_EQ(linear.Labels, (std::vector<std::string>{ "-1000", "0", "1000", "2000", "3000" }));
  EXPECT_EQ((AxisRange{ AxisScale::Linear, 0.0, 1.0 }.MakeTicks(5).Labels),
            (std::vector<std::string>{ "0.0", "0.2", "0.4", "0.6", "0.8", "1.0" }));
  EXPECT_EQ((AxisRange{ AxisScale::Logarithmic, 0.01, 100.0 }.MakeTicks(8).Labels),
            (std::vector<std::string>{ "0.01", "0.1", "1", "10", "100" }));
  const AxisTicks near = AxisRange{ AxisScale::Linear, 1000.0, 1000.0 + 4e-9 }.MakeTicks(4);
  EXPECT_EQ(near.Labels, (std::vector<std::string>{ "0", "1", "2", "3", "4" }));
  EXPECT_EQ(near.Note, "(× 1e-9 + 1000)");
  EXPECT_EQ((AxisRange{ AxisScale::Linear, 5.0, 5.0 }.MakeTicks(8).Labels), std::vector<std::string>{ "5" });
}

namespace
{
// Each tick is where the normalization has its label, in order, and far enough from the next to be read.
void
ExpectTicks(const itk::IntensityNormalization & normalization, const std::vector<std::string> & labels)
{
  const AxisTicks ticks = MakeTicks(normalization, 5);
  EXPECT_EQ(ticks.Labels, labels);
  ASSERT_EQ(ticks.Labels.size(), ticks.Fractions.size());
  for (std::size_t tick = 0; tick < ticks.Labels.size(); ++tick)
  {
    EXPECT_NEAR(normalization.ForwardValue(std::stod(ticks.Labels[tick])), ticks.Fractions[tick], 1e-12);
    EXPECT_TRUE(tick == 0 || ticks.Fractions[tick] > ticks.Fractions[tick - 1] + 0.05);
  }
}
} // namespace

TEST(Rendering, TicksOfABarAreWhereTheNormalizationHasTheirValues)
{
  ExpectTicks(*MakeLimited<itk::LinearNormalization>(0.0, 10.0), { "0", "2", "4", "6", "8", "10" });
  ExpectTicks(*MakeLimited<itk::CenteredNormalization>(-10.0, 4.0), { "-10", "-5", "0", "5", "10" });
  ExpectTicks(*MakeLimited<itk::LogNormalization>(0.01, 100.0), { "0.01", "0.1", "1", "10", "100" });
  ExpectTicks(*MakeLimited<itk::SymmetricLogNormalization>(-1000.0, 1000.0), { "-1000", "-10", "0", "10", "1000" });
  ExpectTicks(*MakeLimited<itk::AsinhNormalization>(-1000.0, 1000.0), { "-1000", "-10", "0", "10", "1000" });
  ExpectTicks(*MakeLimited<itk::TwoSlopeNormalization>(-100.0, 4000.0), { "-100", "-50", "0", "2000", "4000" });
  const auto power = MakeLimited<itk::PowerNormalization>(0.0, 100.0);
  power->SetGamma(0.5);
  ExpectTicks(*power, { "0", "10", "20", "50", "100" });
  ExpectTicks(*MakeLimited<itk::AsinhNormalization>(5.0, 5.0), { "5" });
}

TEST(Rendering, IntervalsBetweenBoundariesHaveEqualPartsOfABar)
{
  const auto boundaries = itk::BoundaryNormalization::New();
  boundaries->SetBoundaries({ 0.0, 1.0, 10.0, 1000.0 });
  const AxisTicks ticks = MakeTicks(*boundaries, 5);
  EXPECT_EQ(ticks.Labels, (std::vector<std::string>{ "0", "1", "10", "1000" }));
  EXPECT_EQ(ticks.Fractions, (std::vector<double>{ 0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0 }));
  EXPECT_EQ(GetNormalizedValue(*boundaries, 0.3), boundaries->ForwardValue(0.5));
  EXPECT_EQ(GetNormalizedValue(*boundaries, 0.4), boundaries->ForwardValue(5.0));
  EXPECT_EQ(GetNormalizedValue(*boundaries, 1.0), boundaries->ForwardValue(500.0));
  EXPECT_EQ(MakeTicks(*boundaries, 2).Labels, (std::vector<std::string>{ "0", "10" }));
}

TEST(Rendering, TicksOfABarAreInOrderForAllRanges)
{
  std::mt19937                           generator(5);
  std::uniform_real_distribution<double> exponents(-12.0, 12.0);
  for (int i = 0; i < 5000; ++i)
  {
    const double minimum = std::pow(10.0, exponents(generator)) * (i % 2 ? -1.0 : 1.0);
    const double maximum = minimum + std::pow(10.0, exponents(generator));
    const auto   power = MakeLimited<itk::PowerNormalization>(minimum, maximum);
    power->SetGamma(std::pow(10.0, exponents(generator) / 12.0));
    for (const itk::IntensityNormalization::Pointer & normalization :
         { itk::IntensityNormalization::Pointer(power.GetPointer()),
           itk::IntensityNormalization::Pointer(MakeLimited<itk::AsinhNormalization>(minimum, maximum).GetPointer()) })
    {
      const AxisTicks ticks = MakeTicks(*normalization, 8);
      EXPECT_TRUE(std::is_sorted(ticks.Fractions.begin(), ticks.Fractions.end())) << minimum << " to " << maximum;
      EXPECT_LE(ticks.Labels.size(), 9u);
    }
  }
}
