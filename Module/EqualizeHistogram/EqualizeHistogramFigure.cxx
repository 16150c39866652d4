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
#include "EqualizeHistogramJob.h"

#ifdef IntensityMapping_USE_VTK
#  include "IntensityMappingRendering.h"

#  include "itkImageFileReader.h"
#  include "itkImageScanlineConstIterator.h"
#  include "itkLuma.h"

#  include <algorithm>
#  include <cmath>
#  include <limits>

namespace IntensityMapping
{
namespace
{
/** A gray is read as a colour, too. */
using ColorType = itk::RGBPixel<double>;

constexpr itk::SizeValueType LongestShownSide = 480;
constexpr itk::SizeValueType NumberOfBins = 256;
constexpr itk::SizeValueType BytesOfStrip = 1 << 23;

/** The intensities of an image, as far as a histogram shows them. */
struct Range
{
  double Minimum{ std::numeric_limits<double>::infinity() };
  double Maximum{ -std::numeric_limits<double>::infinity() };
};


/** \class Slice
 * \brief An image, or the middle slice of a volume, that is read in strips: it may be larger than memory. */
class Slice
{
public:
  explicit Slice(const ImageDescription & image)
    : m_Image(image)
  {
    m_Reader->SetFileName(image.fileName);
    m_Reader->UpdateOutputInformation();
    m_Region = m_Reader->GetOutput()->GetLargestPossibleRegion();
    const auto numberOfSlices = m_Region.GetSize(2);
    m_Region.SetIndex(2, static_cast<itk::IndexValueType>(numberOfSlices / 2));
    m_Region.SetSize(2, 1);
    m_RowsPerStrip = std::max<itk::SizeValueType>(1, BytesOfStrip / (m_Region.GetSize(0) * sizeof(ColorType)));
  }

  itk::SizeValueType
  GetWidth() const
  {
    return m_Region.GetSize(0);
  }

  itk::SizeValueType
  GetHeight() const
  {
    return m_Region.GetSize(1);
  }

  /** "before", or "before, slice 30 of 60, counted from 0". */
  std::string
  MakeTitle(const std::string & title) const
  {
    const auto numberOfSlices = m_Reader->GetOutput()->GetLargestPossibleRegion().GetSize(2);
    return numberOfSlices == 1 ? title
                               : title + ", slice " + std::to_string(m_Region.GetIndex(2)) + " of " +
                                   std::to_string(numberOfSlices) + ", counted from 0";
  }

  /** The luma of a colour is that which is equalized. */
  double
  GetIntensity(const ColorType & color) const
  {
    if (m_Image.numberOfComponents == 1)
    {
      return color[0];
    }
    itk::RGBPixel<unsigned short> integers;
    std::transform(color.Begin(), color.End(), integers.Begin(), [](double component) {
      return static_cast<unsigned short>(component);
    });
    return itk::ComputeLuma(integers);
  }

  /** Calls `visit(color, x, y)` for all pixels. */
  template <typename TVisit>
  void
  ForEachPixel(const TVisit & visit)
  {
    for (itk::SizeValueType row = 0; row < this->GetHeight(); row += m_RowsPerStrip)
    {
      auto strip = m_Region;
      strip.SetIndex(1, m_Region.GetIndex(1) + static_cast<itk::IndexValueType>(row));
      strip.SetSize(1, std::min(m_RowsPerStrip, this->GetHeight() - row));
      m_Reader->GetOutput()->SetRequestedRegion(strip);
      m_Reader->GetOutput()->Update();
      auto y = row;
      for (itk::ImageScanlineConstIterator<ImageType> it(m_Reader->GetOutput(), strip); !it.IsAtEnd(); it.NextLine())
      {
        for (itk::SizeValueType x = 0; !it.IsAtEndOfLine(); ++it, ++x)
        {
          visit(it.Get(), x, y);
        }
        ++y;
      }
    }
  }

private:
  using ImageType = itk::Image<ColorType, 3>;

  const ImageDescription &                 m_Image;
  itk::ImageFileReader<ImageType>::Pointer m_Reader{ itk::ImageFileReader<ImageType>::New() };
  ImageType::RegionType                    m_Region;
  itk::SizeValueType                       m_RowsPerStrip;
};


/** Of 8 bits the whole range is shown, as a screen shows it; else what there is. */
Range
FindRange(const ImageDescription & image, Slice & slice)
{
  Range range;
  if (image.componentType == itk::IOComponentEnum::UCHAR)
  {
    range.Minimum = 0.0;
    range.Maximum = 255.0;
    return range;
  }
  slice.ForEachPixel([&](const ColorType & color, itk::SizeValueType, itk::SizeValueType) {
    const double intensity = slice.GetIntensity(color);
    if (std::isfinite(intensity))
    {
      range.Minimum = std::min(range.Minimum, intensity);
      range.Maximum = std::max(range.Maximum, intensity);
    }
  });
  if (range.Minimum > range.Maximum)
  {
    range.Minimum = range.Maximum = 0.0;
  }
  return range;
}


/** Bins of integers are one wide at least; one intensity has a bin around it. */
std::vector<double>
MakeEdges(const ImageDescription & image, const Range & range)
{
  const bool isReal =
    image.componentType == itk::IOComponentEnum::FLOAT || image.componentType == itk::IOComponentEnum::DOUBLE;
  const double half = isReal ? 0.0 : 0.5;
  double       first = range.Minimum - half;
  double       last = range.Maximum + half;
  if (!(first < last))
  {
    const double room = std::max(0.5, std::abs(first) * 1e-6);
    first -= room;
    last += room;
  }
  const double        number = isReal ? NumberOfBins : std::min<double>(NumberOfBins, last - first);
  std::vector<double> edges;
  for (itk::SizeValueType edge = 0; edge <= static_cast<itk::SizeValueType>(number); ++edge)
  {
    const double fraction = static_cast<double>(edge) / std::floor(number);
    edges.push_back(first * (1.0 - fraction) + last * fraction);
  }
  return edges;
}


/** \class Panel
 * \brief Collects the pixels of a slice, as averages of blocks, and its histogram. */
class Panel
{
public:
  Panel(const ImageDescription & image, const std::string & title)
    : m_NumberOfComponents(image.numberOfComponents == 1 ? 1 : 3)
    , m_Slice(image)
    , m_Range(FindRange(image, m_Slice))
  {
    m_Shown.Title = m_Slice.MakeTitle(title);
    m_Shown.Edges = MakeEdges(image, m_Range);
    m_Shown.Counts.resize(m_Shown.Edges.size() - 1);
    m_Factor = (std::max(m_Slice.GetWidth(), m_Slice.GetHeight()) + LongestShownSide - 1) / LongestShownSide;
    m_Shown.Width = (m_Slice.GetWidth() + m_Factor - 1) / m_Factor;
    m_Shown.Height = (m_Slice.GetHeight() + m_Factor - 1) / m_Factor;
    this->Collect();
  }

  HistogrammedImage
  Get() const
  {
    auto image = m_Shown;
    image.Pixels = m_Pixels.data();
    return image;
  }

private:
  /** The last bin has its right edge, too. */
  void
  Count(double intensity)
  {
    const auto & edges = m_Shown.Edges;
    const auto   numberOfBins = m_Shown.Counts.size();
    const double fraction = (intensity / 2.0 - edges.front() / 2.0) / (edges.back() / 2.0 - edges.front() / 2.0);
    auto bin = std::min(static_cast<std::size_t>(fraction * static_cast<double>(numberOfBins)), numberOfBins - 1);
    // Arithmetic may be off by a bin, near an edge.
    bin -= bin > 0 && intensity < edges[bin] ? 1 : 0;
    bin += bin + 1 < numberOfBins && intensity >= edges[bin + 1] ? 1 : 0;
    ++m_Shown.Counts[bin];
  }

  /** The component as a level of the screen. */
  double
  GetLevel(double component) const
  {
    const double range = m_Range.Maximum - m_Range.Minimum;
    return range > 0.0 ? std::clamp((component - m_Range.Minimum) / range * 255.0, 0.0, 255.0) : 127.0;
  }

  /** The place of each pixel along an axis in the picture. */
  std::vector<itk::SizeValueType>
  MakePlaces(itk::SizeValueType length) const
  {
    std::vector<itk::SizeValueType> places(length);
    for (itk::SizeValueType i = 0; i < length; ++i)
    {
      places[i] = i / m_Factor;
    }
    return places;
  }

  void
  Collect()
  {
    const auto                      columns = this->MakePlaces(m_Slice.GetWidth());
    const auto                      rows = this->MakePlaces(m_Slice.GetHeight());
    std::vector<double>             sums(m_NumberOfComponents * m_Shown.Width * m_Shown.Height);
    std::vector<itk::SizeValueType> counts(m_Shown.Width * m_Shown.Height);
    m_Slice.ForEachPixel([&](const ColorType & color, itk::SizeValueType x, itk::SizeValueType y) {
      const double intensity = m_Slice.GetIntensity(color);
      if (std::isfinite(intensity))
      {
        const auto block = rows[y] * m_Shown.Width + columns[x];
        this->Count(intensity);
        ++counts[block];
        for (unsigned int component = 0; component < m_NumberOfComponents; ++component)
        {
          sums[m_NumberOfComponents * block + component] += this->GetLevel(color[component]);
        }
      }
    });
    this->Paint(sums, counts);
  }

  /** What is nothing but NaN and infinities is white. */
  void
  Paint(const std::vector<double> & sums, const std::vector<itk::SizeValueType> & counts)
  {
    m_Pixels.resize(3 * counts.size(), 255);
    for (itk::SizeValueType i = 0; i < m_Pixels.size(); ++i)
    {
      const auto block = i / 3;
      if (counts[block] > 0)
      {
        const double sum =
          sums[m_NumberOfComponents * block + std::min<itk::SizeValueType>(i % 3, m_NumberOfComponents - 1)];
        m_Pixels[i] = static_cast<unsigned char>(std::lround(sum / static_cast<double>(counts[block])));
      }
    }
  }

  unsigned int               m_NumberOfComponents;
  Slice                      m_Slice;
  Range                      m_Range;
  itk::SizeValueType         m_Factor;
  HistogrammedImage          m_Shown;
  std::vector<unsigned char> m_Pixels;
};
} // namespace


void
DrawEqualizeHistogramFigure(const EqualizeHistogramJob & job,
                            const std::string &          outputFile,
                            const std::string &          pngFileName)
{
  const auto        output = DescribeImage(outputFile);
  const Panel       before(job.input, "before");
  const Panel       after(output, "after");
  BeforeAfterFigure figure;
  figure.Before = before.Get();
  figure.After = after.Get();
  figure.Title = job.title;
  figure.XLabel = job.IsOfColors() ? "luma" : "intensity";
  figure.MaximumSize = LongestShownSide;
  DrawBeforeAfterFigure(figure, pngFileName);
}
} // namespace IntensityMapping
#else
void
IntensityMapping::DrawEqualizeHistogramFigure(const EqualizeHistogramJob &, const std::string &, const std::string &)
{}
#endif
