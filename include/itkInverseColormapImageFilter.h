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
#ifndef itkInverseColormapImageFilter_h
#define itkInverseColormapImageFilter_h

#include "itkImage.h"
#include "itkImageToImageFilter.h"
#include "itkInverseColormapLookup.h"
#include "itkRGBAPixel.h"
#include "itkRGBPixel.h"

#include <atomic>
#include <ostream>

namespace itk
{
/** \class InverseColormapImageFilterEnums
 * \brief How InverseColormapImageFilter measures the distance between colours.
 * \ingroup IntensityMapping
 */
class InverseColormapImageFilterEnums
{
public:
  /** \ingroup IntensityMapping */
  enum class Metric : std::uint8_t
  {
    Euclidean,
    LumaWeighted
  };
};

inline std::ostream &
operator<<(std::ostream & os, InverseColormapImageFilterEnums::Metric metric)
{
  return os << (metric == InverseColormapImageFilterEnums::Metric::Euclidean ? "Euclidean" : "LumaWeighted");
}

/** \class InverseColormapImageFilter
 * \brief Recovers the values from a picture that was coloured through a colormap.
 *
 * For each pixel, the nearest colour of the colormap is found, and what values have it: of those values x for which
 * Colormap(Normalization(x)) has that colour, the centre of the interval. So the value is on average right, and wrong
 * by no more than half the interval. Colouring the values again gives the same picture, if all its colours were of the
 * colormap. InverseColormapTable says in detail which values stand for a colour, also where entries share it, and for
 * the colours under, over (a value just outside of the limits) and bad (NaN).
 *
 * Outputs:
 *   - the value;
 *   - GetHalfWidthImage(): how far the true value may be from it. This bound includes all values of the colour, also
 *     where they are not one interval. Infinite for the colours under and over;
 *   - GetDistanceImage(): how far the pixel is from the nearest colour of the colormap, in bytes (0 to 255) by Metric;
 *   - GetAmbiguityImage(): 1 where the values with that colour are not one interval, else 0;
 *   - GetGrayImage(): the gray under an overlay, see OverlayOpacity.
 *
 * All but the first are computed only if asked for (ComputeHalfWidthOn() and so on), else they are null.
 *
 * **The nearest colour** is exactly the nearest by Metric, of colours that are equally near that of the first entry, of
 * the colours under, over and bad the last. The metrics are
 *
 *   - Euclidean: d^2 = DR^2 + DG^2 + DB^2;
 *   - LumaWeighted: d^2 = DY^2 + ChromaWeight (DCb^2 + DCr^2), see ColorMetric::MakeLumaWeighted(), for pictures that
 *     were JPEG files, which keep luma better than chroma.
 *
 * Colours that are farther than Tolerance from all of the colormap are unknown: they get UnknownValue, half-width NaN,
 * and are counted.
 *
 * **Interpolate** is for pictures that were coloured through many more entries than the colormap here has, or a
 * continuous map: with N entries, entry k is then taken to be the colour of the normalized value k / (N - 1), and each
 * pixel gets the value of the nearest point of the straight lines from each entry's colour to the next. It is assumed
 * that components were truncated, as ColormapImageFilter and matplotlib do, to 8 bits (`unsigned short` pixels: to 16).
 * The half-width is then an estimate: the change of value that moves the colour by sqrt(3) units, which is more than
 * truncation does. The ambiguity is that of the nearer entry.
 *
 * **OverlayOpacity** a < 1 is for colours laid over a gray picture: C = a Colormap(Normalization(x)) + (1 - a) g with
 * any gray g from black to white, which is found together with the value: the pair that comes nearest to the pixel's
 * colour. A gray colormap, of course, cannot be told from the picture under it.
 *
 * Pixels with opacity 0 show no colour: value, half-width, distance and gray are NaN; they do not count as unknown. Of
 * other opacities the colour is taken as it is (not premultiplied).
 *
 * A component c of an `unsigned short` pixel stands for c / 257 bytes, so that bytes that were widened to 16 bits give
 * the same values; distances are in bytes, grays are in the pixels' units.
 *
 * Input: an image of RGBPixel or RGBAPixel of `unsigned char` or `unsigned short`. Output: an image of float (the
 * default) or double; the ambiguity is an image of `unsigned char`.
 *
 * The default colormap is viridis, the default normalization is linear from 0 to 1.
 *
 * Streams: to recover a region, only that region of the input is asked for.
 *
 * Throws before any pixel is touched if Minimum > Maximum, a limit is not finite, a colour is out of range, or a
 * parameter is not as is said with it.
 *
 * \code
 * auto normalization = itk::LinearNormalization::New();
 * normalization->SetMinimum(1500.0);
 * normalization->SetMaximum(4500.0);
 * auto colormap = itk::Colormap::New();
 * colormap->SetName("jet");
 * auto filter = itk::InverseColormapImageFilter<itk::Image<itk::RGBAPixel<unsigned char>, 2>>::New();
 * filter->SetInput(picture);
 * filter->SetNormalization(normalization);
 * filter->SetColormap(colormap);
 * filter->ComputeHalfWidthOn();
 * filter->Update();
 * \endcode
 *
 * \sa ColormapImageFilter, InverseColormapTable, NearestColorIndex
 * \ingroup IntensityMapping
 */
template <typename TInputImage, typename TOutputImage = Image<float, TInputImage::ImageDimension>>
class ITK_TEMPLATE_EXPORT InverseColormapImageFilter : public ImageToImageFilter<TInputImage, TOutputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(InverseColormapImageFilter);

  using Self = InverseColormapImageFilter;
  using Superclass = ImageToImageFilter<TInputImage, TOutputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(InverseColormapImageFilter, ImageToImageFilter);

  using InputImageType = TInputImage;
  using OutputImageType = TOutputImage;
  using InputPixelType = typename InputImageType::PixelType;
  using ComponentType = typename InputPixelType::ComponentType;
  using OutputPixelType = typename OutputImageType::PixelType;
  using OutputRegionType = typename OutputImageType::RegionType;
  using AmbiguityImageType = Image<unsigned char, OutputImageType::ImageDimension>;
  using DataObjectIdentifierType = ProcessObject::DataObjectIdentifierType;
  using MetricEnum = InverseColormapImageFilterEnums::Metric;

  static_assert(std::is_same<ComponentType, unsigned char>::value || std::is_same<ComponentType, unsigned short>::value,
                "The components of the input pixels must be unsigned char or unsigned short.");
  static_assert(std::is_same<InputPixelType, RGBPixel<ComponentType>>::value ||
                  std::is_same<InputPixelType, RGBAPixel<ComponentType>>::value,
                "The input pixels must be RGBPixel or RGBAPixel.");
  static_assert(std::is_floating_point<OutputPixelType>::value,
                "Only floating-point pixels can tell that there is none.");

  /** What maps values to [0, 1]. Default: linear from 0 to 1. */
  itkSetInputMacro(Normalization, IntensityNormalization);
  itkGetInputMacro(Normalization, IntensityNormalization);

  /** What maps [0, 1] to colours; of MaximumNumberOfEntries entries at most. Default: viridis. */
  itkSetInputMacro(Colormap, Colormap);
  itkGetInputMacro(Colormap, Colormap);

  /** Room is left for the colours under, over and bad. */
  static constexpr SizeValueType MaximumNumberOfEntries = NearestColorIndex::MaximumNumberOfColors - 3;

  /** How the distance between colours is measured. Default: Euclidean. */
  itkSetEnumMacro(Metric, MetricEnum);
  itkGetEnumMacro(Metric, MetricEnum);

  /** How much chroma weighs in the metric LumaWeighted, from 0.01 to 1. Default: 0.25. */
  itkSetMacro(ChromaWeight, double);
  itkGetConstMacro(ChromaWeight, double);

  /** Whether colours between two entries get a value between those of the entries. Default: off. */
  itkSetMacro(Interpolate, bool);
  itkGetConstMacro(Interpolate, bool);
  itkBooleanMacro(Interpolate);

  /** The opacity of the colours over a gray picture, above 0 and up to 1, which is no overlay. Not together with
   * Interpolate. Default: 1. */
  itkSetMacro(OverlayOpacity, double);
  itkGetConstMacro(OverlayOpacity, double);

  /** How far, in bytes, a colour may be from the nearest of the colormap; not below 0. Default: infinity. */
  itkSetMacro(Tolerance, double);
  itkGetConstMacro(Tolerance, double);

  /** The value of colours beyond the tolerance. Default: NaN. */
  itkSetMacro(UnknownValue, double);
  itkGetConstMacro(UnknownValue, double);

  /** How many pixels were beyond the tolerance in the region of the last update, that is in GetOutput()'s buffered
   * region. Of a picture that is streamed, add up what this says at each EndEvent of the filter. */
  SizeValueType
  GetNumberOfUnknownPixels() const
  {
    return m_NumberOfUnknownPixels;
  }

  /** Whether there is an image of half-widths. Default: off. */
  void
  SetComputeHalfWidth(bool compute)
  {
    this->SetCompute("HalfWidth", compute);
  }
  bool
  GetComputeHalfWidth() const
  {
    return this->HasOutput("HalfWidth");
  }
  itkBooleanMacro(ComputeHalfWidth);

  /** How far the true value may be from the output; null unless ComputeHalfWidth is on. */
  OutputImageType *
  GetHalfWidthImage()
  {
    return static_cast<OutputImageType *>(this->ProcessObject::GetOutput("HalfWidth"));
  }

  /** Whether there is an image of distances. Default: off. */
  void
  SetComputeDistance(bool compute)
  {
    this->SetCompute("Distance", compute);
  }
  bool
  GetComputeDistance() const
  {
    return this->HasOutput("Distance");
  }
  itkBooleanMacro(ComputeDistance);

  /** How far the colour is from the colormap, in bytes; null unless ComputeDistance is on. */
  OutputImageType *
  GetDistanceImage()
  {
    return static_cast<OutputImageType *>(this->ProcessObject::GetOutput("Distance"));
  }

  /** Whether there is an image of ambiguities. Default: off. */
  void
  SetComputeAmbiguity(bool compute)
  {
    this->SetCompute("Ambiguity", compute);
  }
  bool
  GetComputeAmbiguity() const
  {
    return this->HasOutput("Ambiguity");
  }
  itkBooleanMacro(ComputeAmbiguity);

  /** 1 where the values with that colour are not one interval, else 0; null unless ComputeAmbiguity is on. */
  AmbiguityImageType *
  GetAmbiguityImage()
  {
    return static_cast<AmbiguityImageType *>(this->ProcessObject::GetOutput("Ambiguity"));
  }

  /** Whether there is an image of the gray under the overlay, for which OverlayOpacity must be below 1. Default: off.
   */
  void
  SetComputeGray(bool compute)
  {
    this->SetCompute("Gray", compute);
  }
  bool
  GetComputeGray() const
  {
    return this->HasOutput("Gray");
  }
  itkBooleanMacro(ComputeGray);

  /** The gray under the overlay, in the units of the input's components; null unless ComputeGray is on. */
  OutputImageType *
  GetGrayImage()
  {
    return static_cast<OutputImageType *>(this->ProcessObject::GetOutput("Gray"));
  }

protected:
  InverseColormapImageFilter();
  ~InverseColormapImageFilter() override = default;

  using Superclass::MakeOutput;
  DataObject::Pointer
  MakeOutput(const DataObjectIdentifierType & name) override;

  void
  VerifyPreconditions() const override;

  void
  GenerateOutputInformation() override;

  void
  BeforeThreadedGenerateData() override;

  void
  DynamicThreadedGenerateData(const OutputRegionType & region) override;

  void
  AfterThreadedGenerateData() override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  void
  SetCompute(const DataObjectIdentifierType & name, bool compute);

  MetricEnum m_Metric{ MetricEnum::Euclidean };
  double     m_ChromaWeight{ 0.25 };
  bool       m_Interpolate{ false };
  double     m_OverlayOpacity{ 1.0 };
  double     m_Tolerance{ std::numeric_limits<double>::infinity() };
  double     m_UnknownValue{ std::numeric_limits<double>::quiet_NaN() };

  InverseColormapLookup<ComponentType, OutputPixelType> m_Lookup;
  std::atomic<SizeValueType>                            m_NumberOfUnknownPixels{ 0 };
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkInverseColormapImageFilter.hxx"
#endif

#endif
