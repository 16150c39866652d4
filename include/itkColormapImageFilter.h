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
#ifndef itkColormapImageFilter_h
#define itkColormapImageFilter_h

#include "itkColormap.h"
#include "itkImage.h"
#include "itkImageToImageFilter.h"
#include "itkIntensityNormalization.h"
#include "itkLearningStage.h"
#include "itkRGBAPixel.h"
#include "itkRGBPixel.h"
#include "itkStepFunctionTable.h"

#include <memory>

namespace itk
{
/** \class ColormapImageFilter
 * \brief Colours an image: intensity, normalized to [0, 1], through a colormap to RGB or RGBA bytes.
 *
 * color(p) = Colormap(Normalization(input(p))), to the byte what matplotlib's `cmap(norm(x), bytes=True)` gives.
 *
 * The normalization is an input. If none is given, it is a LinearNormalization over the range of the whole input
 * image, which an IntensityRangeImageSink finds in a pass of its own, in NumberOfStreamDivisions pieces. The range
 * never depends on the requested region, so that an image coloured tile by tile has no seams. The default colormap is
 * viridis.
 *
 * Input: an image of 8-, 16- or 32-bit integers, float or double, of any dimension. Output: an image of
 * `RGBAPixel<unsigned char>` (the default) or `RGBPixel<unsigned char>`.
 *
 * Streams: to colour a region, only that region of the input is asked for.
 *
 * Throws before any pixel is touched if Minimum > Maximum, a limit is not finite, or a colour is out of range.
 *
 * Learning the range is the first half of the progress, if it has to be learned. An abort is heeded in both halves.
 *
 * \code
 * auto colormap = itk::Colormap::New();
 * colormap->SetName("magma");
 * auto filter = itk::ColormapImageFilter<itk::Image<float, 2>>::New();
 * filter->SetInput(image);
 * filter->SetColormap(colormap);
 * filter->Update();
 * \endcode
 *
 * \sa Colormap, IntensityNormalization, IntensityRangeImageSink
 * \ingroup IntensityMapping
 */
template <typename TInputImage, typename TOutputImage = Image<RGBAPixel<unsigned char>, TInputImage::ImageDimension>>
class ITK_TEMPLATE_EXPORT ColormapImageFilter : public ImageToImageFilter<TInputImage, TOutputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(ColormapImageFilter);

  using Self = ColormapImageFilter;
  using Superclass = ImageToImageFilter<TInputImage, TOutputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(ColormapImageFilter, ImageToImageFilter);

  using InputImageType = TInputImage;
  using OutputImageType = TOutputImage;
  using InputPixelType = typename InputImageType::PixelType;
  using OutputPixelType = typename OutputImageType::PixelType;
  using OutputRegionType = typename OutputImageType::RegionType;

  static_assert(std::is_same<OutputPixelType, RGBAPixel<unsigned char>>::value ||
                  std::is_same<OutputPixelType, RGBPixel<unsigned char>>::value,
                "The output pixels must be RGBPixel<unsigned char> or RGBAPixel<unsigned char>.");

  /** What maps intensities to [0, 1]. Default: none, which stands for the range of the whole input. */
  itkSetInputMacro(Normalization, IntensityNormalization);
  itkGetInputMacro(Normalization, IntensityNormalization);

  /** What maps [0, 1] to colours. Default: viridis. */
  itkSetInputMacro(Colormap, Colormap);
  itkGetInputMacro(Colormap, Colormap);

  /** In how many pieces the input is read to find its range, if there is no normalization. Default: 1. */
  itkSetClampMacro(NumberOfStreamDivisions, unsigned int, 1, NumericTraits<unsigned int>::max());
  itkGetConstMacro(NumberOfStreamDivisions, unsigned int);

  /** The normalization in use: the one that was set, or the one that was learned by the last update. */
  const IntensityNormalization *
  GetUsedNormalization() const
  {
    const auto * normalization = this->GetNormalization();
    return normalization != nullptr ? normalization : m_LearnedNormalization.GetPointer();
  }

protected:
  ColormapImageFilter();
  ~ColormapImageFilter() override = default;

  void
  VerifyPreconditions() const override;

  void
  GenerateOutputInformation() override;

  void
  AllocateOutputs() override;

  void
  BeforeThreadedGenerateData() override;

  void
  DynamicThreadedGenerateData(const OutputRegionType & region) override;

  void
  AfterThreadedGenerateData() override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  /** A small integer has few values, so that each one's colour is computed once. */
  static constexpr bool HasFewValues = std::is_integral<InputPixelType>::value && sizeof(InputPixelType) <= 2;

  /** What normalizations work in: single precision suffices for single-precision pixels. */
  using RealType = std::conditional_t<std::is_same<InputPixelType, float>::value, float, double>;
  using StepsType = StepFunctionTable<RealType>;

  /** The indices of colours, of any number of intensities, worked in TReal. */
  template <typename TReal, typename TIntensity>
  void
  ComputeIndicesIn(const TIntensity * intensities, std::uint32_t * indices, SizeValueType count) const;

  /** The same in the precision that is due. */
  template <typename TIntensity>
  void
  ComputeIndices(const TIntensity * intensities, std::uint32_t * indices, SizeValueType count) const;

  /** The numbers of the colours of a block, in m_ColorsOfSteps if there are steps, else in m_ColorsOfIndices. */
  void
  FindColors(const InputPixelType * intensities, std::uint32_t * numbers, SizeValueType count) const;

  void
  LearnNormalization();

  void
  MakeColorsOfValues();

  /** Tabulates at which intensities the colour changes, for an image that is worth it. */
  void
  MakeSteps();

  void
  MakeColorsOfSteps();

  void
  ColorSpan(const InputPixelType * intensities, OutputPixelType * colors, SizeValueType count) const;

  unsigned int                         m_NumberOfStreamDivisions{ 1 };
  IntensityNormalization::ConstPointer m_LearnedNormalization;
  LearningStage                        m_LearningStage;
  Colormap::ByteTableType              m_ColorsOfIndices;
  Colormap::ByteTableType              m_ColorsOfValues;
  Colormap::ByteTableType              m_ColorsOfSteps;
  std::unique_ptr<const StepsType>     m_Steps;
  TimeStamp                            m_TimeOfSteps;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkColormapImageFilter.hxx"
#endif

#endif
