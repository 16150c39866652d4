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
#include "itkInverseColormapKernel.h"

#include "itkColormap.h"

#include <cmath>
#include <numeric>
#include <random>
#include <set>

#include <gtest/gtest.h>

using itk::ColorMetric;
using itk::ColorSegment;
using itk::NearestColorIndex;
using ColorType = NearestColorIndex::ColorType;
using ColorsType = NearestColorIndex::ColorsType;

namespace
{
ColorType
MakeColor(int red, int green, int blue)
{
  ColorType color;
  color.Set(red, green, blue);
  return color;
}


ColorsType
GetDistinct(const itk::Colormap::ByteTableType & table, itk::SizeValueType count)
{
  ColorsType colors;
  for (itk::SizeValueType i = 0; i < count; ++i)
  {
    const auto color = MakeColor(table[i][0], table[i][1], table[i][2]);
    if (std::find(colors.begin(), colors.end(), color) == colors.end())
    {
      colors.push_back(color);
    }
  }
  return colors;
}


ColorsType
MakeColorsOf(const char * name, unsigned int numberOfEntries)
{
  auto colormap = itk::Colormap::New();
  colormap->SetName(name, numberOfEntries);
  return GetDistinct(colormap->GetByteTable(), colormap->GetNumberOfEntries());
}


ColorsType
MakeRandomColors(itk::SizeValueType count, unsigned int seed)
{
  std::mt19937                       generator(seed);
  itk::Colormap::ByteTableType       table(count);
  std::uniform_int_distribution<int> byte(0, 255);
  for (auto & color : table)
  {
    color.Set(byte(generator), byte(generator), byte(generator), 255);
  }
  return GetDistinct(table, count);
}


/** Colours as far from the middle gray as each other, for whose neighbourhood no few candidates are enough. */
ColorsType
MakeSphere()
{
  ColorsType colors;
  for (int red = 0; red < 256; ++red)
  {
    for (int green = 0; green < 256; ++green)
    {
      const int rest = 100 * 100 - (red - 128) * (red - 128) - (green - 128) * (green - 128);
      const int root = rest >= 0 ? static_cast<int>(std::lround(std::sqrt(rest))) : -1;
      if (root >= 0 && root * root == rest)
      {
        colors.push_back(MakeColor(red, green, 128 + root));
      }
    }
  }
  return colors;
}


/** Random colours, half of them few steps from one of those given. */
std::vector<unsigned char>
MakePixels(const ColorsType & colors, unsigned int numberOfComponents, itk::SizeValueType count)
{
  std::mt19937                       generator(5);
  std::uniform_int_distribution<int> byte(0, 255);
  std::uniform_int_distribution<int> step(-4, 4);
  std::vector<unsigned char>         pixels(numberOfComponents * count);
  for (itk::SizeValueType i = 0; i < count; ++i)
  {
    const auto & color = colors[generator() % colors.size()];
    for (unsigned int component = 0; component < numberOfComponents; ++component)
    {
      const bool isNear = i % 2 == 0 && component < 3;
      pixels[numberOfComponents * i + component] = static_cast<unsigned char>(
        isNear ? std::min(std::max(color[component] + step(generator), 0), 255) : byte(generator));
    }
  }
  return pixels;
}


std::uint32_t
FindNearestByTrial(const unsigned char * pixel, const ColorsType & colors, const ColorMetric & metric)
{
  std::uint32_t nearest = 0;
  std::int64_t  least = std::numeric_limits<std::int64_t>::max();
  for (std::uint32_t i = 0; i < colors.size(); ++i)
  {
    const auto & color = colors[i];
    const auto   distance =
      metric.GetScaledSquaredDistance<std::int64_t>(pixel[0] - color[0], pixel[1] - color[1], pixel[2] - color[2]);
    if (distance < least)
    {
      least = distance;
      nearest = i;
    }
  }
  return nearest;
}


std::vector<ColorMetric>
MakeMetrics()
{
  return { ColorMetric::MakeEuclidean(),
           ColorMetric::MakeLumaWeighted(ColorMetric::MinimumChromaWeight),
           ColorMetric::MakeLumaWeighted(0.25),
           ColorMetric::MakeLumaWeighted(1.0) };
}


void
ExpectExact(const ColorsType & colors, const ColorMetric & metric)
{
  const NearestColorIndex index(colors, metric);
  for (const unsigned int numberOfComponents : { 3, 4 })
  {
    // Not a multiple of what is worked at a time.
    constexpr itk::SizeValueType count = 2 * 1024 + 123;
    const auto                   pixels = MakePixels(colors, numberOfComponents, count);
    std::vector<std::uint32_t>   nearest(count);
    std::vector<double>          distances(count);
    index.Find(pixels.data(), numberOfComponents, count, nearest.data());
    index.ComputeDistances(pixels.data(), numberOfComponents, count, nearest.data(), distances.data());
    for (itk::SizeValueType i = 0; i < count; ++i)
    {
      const auto * pixel = pixels.data() + numberOfComponents * i;
      ASSERT_EQ(nearest[i], FindNearestByTrial(pixel, colors, metric))
        << int{ pixel[0] } << ' ' << int{ pixel[1] } << ' ' << int{ pixel[2] };
      const auto & color = colors[nearest[i]];
      const double squared =
        metric.GetScaledSquaredDistance<double>(pixel[0] - color[0], pixel[1] - color[1], pixel[2] - color[2]);
      ASSERT_DOUBLE_EQ(distances[i], std::sqrt(squared / metric.GetDenominator()));
    }
  }
}
} // namespace


TEST(ColorMetric, Is_the_distance_that_it_says)
{
  const auto euclidean = ColorMetric::MakeEuclidean();
  EXPECT_TRUE(euclidean == ColorMetric::MakeEuclidean());
  EXPECT_EQ(euclidean.GetScaledSquaredDistance(3, -4, 12), 169);

  for (const double chromaWeight : { 0.01, 0.25, 1.0 })
  {
    const auto metric = ColorMetric::MakeLumaWeighted(chromaWeight);
    EXPECT_FALSE(metric == euclidean);
    std::mt19937                           generator(1);
    std::uniform_real_distribution<double> difference(-255.0, 255.0);
    for (int i = 0; i < 1000; ++i)
    {
      const double red = difference(generator);
      const double green = difference(generator);
      const double blue = difference(generator);
      const double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
      const double cb = (blue - luma) / 1.772;
      const double cr = (red - luma) / 1.402;
      // Each of the six products is multiplied by what was rounded by up to half of 1 / Denominator.
      const double tolerance = 6 * 255.0 * 255.0 * 0.5 / metric.GetDenominator();
      EXPECT_NEAR(metric.GetScaledSquaredDistance(red, green, blue) / metric.GetDenominator(),
                  luma * luma + chromaWeight * (cb * cb + cr * cr),
                  tolerance);
    }
  }
}


TEST(ColorMetric, Is_above_zero_and_within_31_bits)
{
  for (const auto & metric : MakeMetrics())
  {
    for (int red = -255; red <= 255; red += 5)
    {
      for (int green = -255; green <= 255; green += 5)
      {
        for (int blue = -255; blue <= 255; blue += 5)
        {
          const auto distance = metric.GetScaledSquaredDistance<std::int64_t>(red, green, blue);
          ASSERT_LT(4 * distance + 3, std::int64_t{ 1 } << 31);
          ASSERT_EQ(distance > 0, red != 0 || green != 0 || blue != 0);
        }
      }
    }
  }
}


TEST(ColorMetric, Refuses_weights_out_of_range)
{
  for (const double weight : { -1.0, 0.0, 0.0099, 1.01, std::nan("") })
  {
    EXPECT_THROW(ColorMetric::MakeLumaWeighted(weight), itk::ExceptionObject);
  }
}


TEST(NearestColorIndex, Is_exact_for_colormaps)
{
  for (const auto & metric : MakeMetrics())
  {
    for (const char * name : { "viridis", "jet", "gray", "twilight", "coolwarm" })
    {
      for (const unsigned int numberOfEntries : { 2, 7, 256, 4096 })
      {
        SCOPED_TRACE(testing::Message() << name << ' ' << numberOfEntries);
        ExpectExact(MakeColorsOf(name, numberOfEntries), metric);
      }
    }
  }
}


TEST(NearestColorIndex, Is_exact_for_any_colours)
{
  for (const auto & metric : MakeMetrics())
  {
    for (const itk::SizeValueType count : { 1, 2, 3, 30, 1000, 9000 })
    {
      SCOPED_TRACE(testing::Message() << count << " random colours");
      ExpectExact(MakeRandomColors(count, static_cast<unsigned int>(count)), metric);
    }
    SCOPED_TRACE("sphere");
    ExpectExact(MakeSphere(), metric);
  }
}


/** Every one of the 256^3 colours, so that each cell's every corner is seen. */
TEST(NearestColorIndex, Is_exact_for_every_colour)
{
  for (const auto & metric : { ColorMetric::MakeEuclidean(), ColorMetric::MakeLumaWeighted(0.25) })
  {
    const auto                 colors = MakeRandomColors(11, 3);
    const NearestColorIndex    index(colors, metric);
    std::vector<unsigned char> pixels(3 * 256);
    std::vector<std::uint32_t> nearest(256);
    for (int red = 0; red < 256; ++red)
    {
      for (int green = 0; green < 256; ++green)
      {
        for (int blue = 0; blue < 256; ++blue)
        {
          pixels[3 * blue] = static_cast<unsigned char>(red);
          pixels[3 * blue + 1] = static_cast<unsigned char>(green);
          pixels[3 * blue + 2] = static_cast<unsigned char>(blue);
        }
        index.Find(pixels.data(), 3, 256, nearest.data());
        for (int blue = 0; blue < 256; ++blue)
        {
          ASSERT_EQ(nearest[blue], FindNearestByTrial(&pixels[3 * blue], colors, metric))
            << red << ' ' << green << ' ' << blue;
        }
      }
    }
  }
}


/** Mostly the colours themselves, which are found in another way, with others among them. */
TEST(NearestColorIndex, Is_exact_where_pixels_have_the_colours_themselves)
{
  for (const unsigned int numberOfEntries : { 2, 256, 4096 })
  {
    const auto                 colors = MakeColorsOf("turbo", numberOfEntries);
    const NearestColorIndex    index(colors, ColorMetric::MakeEuclidean());
    constexpr unsigned int     count = 3000;
    std::vector<unsigned char> pixels;
    for (unsigned int i = 0; i < count; ++i)
    {
      auto color = colors[i * 7 % colors.size()];
      color[0] ^= i % 5 == 0 ? 1 : 0;
      pixels.insert(pixels.end(), color.Begin(), color.End());
    }
    std::vector<std::uint32_t> nearest(count);
    index.Find(pixels.data(), 3, count, nearest.data());
    for (unsigned int i = 0; i < count; ++i)
    {
      ASSERT_EQ(nearest[i], FindNearestByTrial(&pixels[3 * i], colors, index.GetMetric())) << i;
    }
  }
}


TEST(NearestColorIndex, Takes_the_first_of_equally_near_colours)
{
  const ColorsType        colors{ MakeColor(10, 0, 0), MakeColor(0, 10, 0), MakeColor(0, 0, 10) };
  const NearestColorIndex index(colors, ColorMetric::MakeEuclidean());
  const unsigned char     pixels[] = { 0, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 1 };
  std::uint32_t           nearest[4];
  index.Find(pixels, 3, 4, nearest);
  EXPECT_EQ(nearest[0], 0u);
  EXPECT_EQ(nearest[1], 0u);
  EXPECT_EQ(nearest[2], 1u);
  EXPECT_EQ(nearest[3], 2u);
}


TEST(NearestColorIndex, Refuses_too_few_and_too_many_colours)
{
  const auto metric = ColorMetric::MakeEuclidean();
  EXPECT_THROW(NearestColorIndex({}, metric), itk::ExceptionObject);
  EXPECT_THROW(NearestColorIndex(ColorsType(NearestColorIndex::MaximumNumberOfColors + 1), metric),
               itk::ExceptionObject);
}


template <typename TComponent>
class NearestColorSegmentIndex : public testing::Test
{
public:
  using IndexType = itk::NearestColorSegmentIndex<TComponent>;
  using SegmentsType = typename IndexType::SegmentsType;
  static constexpr double greatest = std::numeric_limits<TComponent>::max();

  static std::vector<TComponent>
  MakePixels(const SegmentsType & segments, unsigned int numberOfComponents, itk::SizeValueType count)
  {
    std::mt19937                           generator(2);
    std::uniform_real_distribution<double> fraction(0.0, 1.0);
    std::normal_distribution<double>       noise(0.0, 2.0);
    std::vector<TComponent>                pixels(numberOfComponents * count);
    for (itk::SizeValueType i = 0; i < count; ++i)
    {
      const auto & segment = segments[generator() % segments.size()];
      const double position = fraction(generator);
      for (unsigned int component = 0; component < numberOfComponents; ++component)
      {
        const bool   isNear = i % 2 == 0 && component < 3;
        const double byte = isNear
                              ? segment.m_Start[component] +
                                  position * (segment.m_End[component] - segment.m_Start[component]) + noise(generator)
                              : 255.0 * fraction(generator);
        pixels[numberOfComponents * i + component] =
          static_cast<TComponent>(std::min(std::max(byte * IndexType::UnitsPerByte, 0.0), greatest));
      }
    }
    return pixels;
  }

  /** The nearest point on a segment by another way: setting the derivative to zero is not trusted here. */
  static double
  FindDistanceBySearch(const TComponent * pixel, const ColorSegment & segment, const ColorMetric & metric)
  {
    const auto getDistance = [&](double f) {
      double difference[3];
      for (unsigned int i = 0; i < 3; ++i)
      {
        difference[i] = static_cast<double>(pixel[i]) / IndexType::UnitsPerByte -
                        (segment.m_Start[i] + f * (segment.m_End[i] - segment.m_Start[i]));
      }
      return metric.GetScaledSquaredDistance(difference[0], difference[1], difference[2]);
    };
    double low = 0.0;
    double high = 1.0;
    for (int step = 0; step < 60; ++step)
    {
      const double lower = low + (high - low) / 3.0;
      const double upper = high - (high - low) / 3.0;
      (getDistance(lower) < getDistance(upper) ? high : low) = getDistance(lower) < getDistance(upper) ? upper : lower;
    }
    return std::sqrt(getDistance(0.5 * (low + high)) / metric.GetDenominator());
  }

  static void
  ExpectNearest(const SegmentsType & segments, const ColorMetric & metric)
  {
    const IndexType index(segments, metric);
    for (const unsigned int numberOfComponents : { 3, 4 })
    {
      constexpr itk::SizeValueType count = 400;
      const auto                   pixels = MakePixels(segments, numberOfComponents, count);
      std::vector<std::uint32_t>   nearest(count);
      std::vector<double>          fractions(count);
      std::vector<double>          distances(count);
      index.Find(pixels.data(), numberOfComponents, count, nearest.data(), fractions.data(), distances.data());
      for (itk::SizeValueType i = 0; i < count; ++i)
      {
        const auto * pixel = pixels.data() + numberOfComponents * i;
        double       least = std::numeric_limits<double>::infinity();
        for (const auto & segment : segments)
        {
          least = std::min(least, FindDistanceBySearch(pixel, segment, metric));
        }
        // The search finds the place of the minimum to half of the digits, and so the minimum to nearly all.
        ASSERT_NEAR(distances[i], least, 1e-6);
        ASSERT_NEAR(FindDistanceBySearch(pixel, segments[nearest[i]], metric), least, 1e-6);
        const auto &          segment = segments[nearest[i]];
        std::array<double, 3> difference;
        for (unsigned int axis = 0; axis < 3; ++axis)
        {
          difference[axis] = static_cast<double>(pixel[axis]) / IndexType::UnitsPerByte - segment.m_Start[axis] -
                             fractions[i] * (segment.m_End[axis] - segment.m_Start[axis]);
        }
        ASSERT_NEAR(std::sqrt(metric.GetScaledSquaredDistance(difference[0], difference[1], difference[2]) /
                              metric.GetDenominator()),
                    least,
                    1e-6);
      }
    }
  }
};

using ComponentTypes = testing::Types<unsigned char, unsigned short>;
TYPED_TEST_SUITE(NearestColorSegmentIndex, ComponentTypes);


TYPED_TEST(NearestColorSegmentIndex, Finds_the_nearest_point_of_a_polyline)
{
  for (const auto & metric : MakeMetrics())
  {
    for (const char * name : { "viridis", "jet" })
    {
      const auto                         colors = MakeColorsOf(name, 60);
      typename TestFixture::SegmentsType segments;
      for (itk::SizeValueType i = 0; i + 1 < colors.size(); ++i)
      {
        const auto & a = colors[i];
        const auto & b = colors[i + 1];
        segments.push_back({ { a[0] + 0.25, a[1] + 0.5, double(a[2]) }, { b[0] + 0.25, b[1] + 0.5, double(b[2]) } });
      }
      this->ExpectNearest(segments, metric);
    }
  }
}


TYPED_TEST(NearestColorSegmentIndex, Finds_the_nearest_point_of_any_segments)
{
  std::mt19937                           generator(3);
  std::uniform_real_distribution<double> byte(0.0, 255.0);
  for (const auto & metric : MakeMetrics())
  {
    for (const int count : { 1, 2, 50 })
    {
      typename TestFixture::SegmentsType segments(count);
      for (auto & segment : segments)
      {
        segment.m_Start = { byte(generator), byte(generator), byte(generator) };
        segment.m_End = { byte(generator), byte(generator), byte(generator) };
      }
      segments.front().m_End = segments.front().m_Start;
      this->ExpectNearest(segments, metric);
    }
  }
}


/** The other index is one of the same colours, in 8 bits; bytes widened to 16 bits are the same colours. */
TYPED_TEST(NearestColorSegmentIndex, Agrees_with_the_other_index_on_colours)
{
  for (const auto & metric : MakeMetrics())
  {
    const auto                         colors = MakeColorsOf("jet", 256);
    typename TestFixture::SegmentsType segments;
    for (const auto & color : colors)
    {
      const ColorSegment::PointType point{ double(color[0]), double(color[1]), double(color[2]) };
      segments.push_back({ point, point });
    }
    constexpr itk::SizeValueType count = 5000;
    const auto                   bytes = MakePixels(colors, 3, count);
    std::vector<TypeParam>       pixels(bytes.size());
    std::transform(bytes.begin(), bytes.end(), pixels.begin(), [](unsigned char byte) {
      return static_cast<TypeParam>(byte * itk::NearestColorSegmentIndex<TypeParam>::UnitsPerByte);
    });

    std::vector<std::uint32_t> expected(count);
    std::vector<double>        expectedDistances(count);
    const NearestColorIndex    colorIndex(colors, metric);
    colorIndex.Find(bytes.data(), 3, count, expected.data());
    colorIndex.ComputeDistances(bytes.data(), 3, count, expected.data(), expectedDistances.data());

    std::vector<std::uint32_t>                     nearest(count);
    std::vector<double>                            fractions(count);
    std::vector<double>                            distances(count);
    const itk::NearestColorSegmentIndex<TypeParam> index(segments, metric);
    index.Find(pixels.data(), 3, count, nearest.data(), fractions.data(), distances.data());
    EXPECT_EQ(nearest, expected);
    for (itk::SizeValueType i = 0; i < count; ++i)
    {
      ASSERT_DOUBLE_EQ(distances[i], expectedDistances[i]);
    }
  }
}


TYPED_TEST(NearestColorSegmentIndex, Refuses_too_few_and_too_many_segments)
{
  using IndexType = itk::NearestColorSegmentIndex<TypeParam>;
  const auto metric = ColorMetric::MakeEuclidean();
  EXPECT_THROW(IndexType({}, metric), itk::ExceptionObject);
  EXPECT_THROW(IndexType(typename IndexType::SegmentsType(IndexType::MaximumNumberOfSegments + 1), metric),
               itk::ExceptionObject);
}
