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
#ifndef itkHistogramEqualizationImageFilter_h
#define itkHistogramEqualizationImageFilter_h

#include "itkEqualizingNormalization.h"
#include "itkFrames.h"
#include "itkHistogramEqualizationKernel.h"
#include "itkImage.h"
#include "itkImageToImageFilter.h"
#include "itkLearningStage.h"

#include <vector>

namespace itk
{
/** \class HistogramEqualizationImageFilter
 * \brief Equalizes the histogram of an image as a whole, or of each frame of a series, by a convention of choice; or
 * matches it to that of another.
 *
 * The distribution of the intensities says what each of them becomes:
 *
 * | Method | output | agrees with |
 * |---|---|---|
 * | EmpiricalDistribution (the default) | c(x) / n, laid onto [OutputMinimum, OutputMaximum] |
 * `skimage.exposure.equalize_hist` of integers | | Rank | b(x) | `numpy.sort(image.ravel()).searchsorted(image)` | |
 * BinCenters | fraction of intensities, interpolated between the centres of NumberOfBins bins, laid onto
 * [OutputMinimum, OutputMaximum] | `skimage.exposure.equalize_hist` of floating-point numbers | | BinEdges | the same
 * between left edges, in (0, NumberOfBins - 1] | the recipe with `numpy.histogram`, `cumsum`, `numpy.interp` | | OpenCV
 * | 0 to 255 | `cv2.equalizeHist` | | Pillow | 0 to 255 | `PIL.ImageOps.equalize` |
 *
 * with c(x) intensities not above x, b(x) below x, and n of all; see HistogramEqualizationEnums. OpenCV and Pillow are
 * for 8-bit integers without sign only.
 *
 * **Scope.** The intensities are those of the whole image; or, with a FrameAxis, those of each frame along that axis by
 * itself. With a mask, only those where it is not 0 count, but all pixels are equalized: what is below the least or
 * above the greatest that counts is taken for it.
 *
 * **Distribution.** If one is given, such as that which an IntensityDistributionImageSink has learned from a series or
 * from another image, it stands in for that of the image itself.
 *
 * **Matching.** If a target distribution is given, an intensity becomes the quantile c(x) / n of the target,
 * interpolated linearly, as `skimage.exposure.match_histograms` does; whatever the method is.
 *
 * **Output.** Any pixel type. Levels are rounded to integers, halves to the even one, and kept within the range of the
 * type. NaN and infinities do not count and stay as they are; for integers, NaN becomes 0, an infinity the least or the
 * greatest value. If nothing counts, all pixels stay as they are, and so does a constant image by OpenCV and Pillow. By
 * EmpiricalDistribution, a constant image becomes OutputMaximum, by BinCenters the middle.
 *
 * **Exactness.** Counts are exact for every value. For an image of 32-bit integers, float or double that takes memory
 * for each distinct value, see IntensityDistributionImageSink. With EveryValue off it takes no more than 135 MB, and
 * levels from 0 to 255 or 65535 are still exact; other levels are wrong by less than 1 / 65535 of the range, ranks by
 * less than n / 65535.
 *
 * **How it streams.** Of the whole image: the distribution is learned before the output is asked for, by reading the
 * input in NumberOfStreamDivisions pieces, and not again unless the content of the input changed; then only the
 * requested region of the input is asked for. Per frame: whole frames of the input are asked for, and frames are
 * equalized in parallel. No region of the output depends on how it was asked for.
 *
 * Pixel types: 8-, 16- and 32-bit integers, float and double, for input and output; any dimension.
 *
 * Throws before any pixel is touched if the method is not for these pixels, if FrameAxis is not an axis of the image,
 * if there are no bins or too many, if the range of the output is reversed or beyond the type, if ranks do not fit into
 * the type, if the image has no pixels, or if the mask has another region than the image.
 *
 * \code
 * auto filter = itk::HistogramEqualizationImageFilter<itk::Image<unsigned char, 3>>::New();
 * filter->SetInput(stackOfFrames);
 * filter->SetMethod(itk::HistogramEqualizationEnums::Method::OpenCV);
 * filter->SetFrameAxis(2); // each frame by itself
 * filter->Update();
 * \endcode
 *
 * \sa IntensityDistributionImageSink, EqualizingNormalization,
 * ContrastLimitedAdaptiveHistogramEqualizationImageFilter, LumaImageFilter
 * \ingroup IntensityMapping
 */
template <typename TInputImage, typename TOutputImage = TInputImage>
class ITK_TEMPLATE_EXPORT HistogramEqualizationImageFilter : public ImageToImageFilter<TInputImage, TOutputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(HistogramEqualizationImageFilter);

  using Self = HistogramEqualizationImageFilter;
  using Superclass = ImageToImageFilter<TInputImage, TOutputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(HistogramEqualizationImageFilter, ImageToImageFilter);

  static constexpr unsigned int ImageDimension = TInputImage::ImageDimension;

  using InputImageType = TInputImage;
  using OutputImageType = TOutputImage;
  using InputPixelType = typename InputImageType::PixelType;
  using OutputPixelType = typename OutputImageType::PixelType;
  using RegionType = typename OutputImageType::RegionType;
  using MaskImageType = Image<unsigned char, ImageDimension>;
  using Method = HistogramEqualizationEnums::Method;

  /** The FrameAxis that stands for the whole image. */
  static constexpr int WholeImage = WholeImageAxis;

  /** What is equalized in place of the image's own distribution. Default: none. */
  itkSetInputMacro(Distribution, EqualizingNormalization);
  itkGetInputMacro(Distribution, EqualizingNormalization);

  /** What the distribution is matched to. Default: none, it is equalized. */
  itkSetInputMacro(TargetDistribution, EqualizingNormalization);
  itkGetInputMacro(TargetDistribution, EqualizingNormalization);

  /** Which pixels count: those where the mask is not 0. It has the input's region. Default: none, all pixels count. */
  itkSetInputMacro(MaskImage, MaskImageType);
  itkGetInputMacro(MaskImage, MaskImageType);

  /** By which convention. Default: EmpiricalDistribution. */
  itkSetEnumMacro(Method, Method);
  itkGetEnumMacro(Method, Method);

  /** The axis along which each frame is equalized by itself, from 0; or WholeImage. Default: WholeImage. */
  itkSetMacro(FrameAxis, int);
  itkGetConstMacro(FrameAxis, int);

  /** How many bins there are, if the method has bins. Default: 256. */
  itkSetMacro(NumberOfBins, SizeValueType);
  itkGetConstMacro(NumberOfBins, SizeValueType);

  /** Where levels would begin, if the method has levels in a range: the least intensity is above it. Default: 0. */
  itkSetMacro(OutputMinimum, double);
  itkGetConstMacro(OutputMinimum, double);

  /** The level of all intensities, if the method has levels in a range. Default: the greatest value of an integer type;
   * 1 for floating-point numbers. */
  itkSetMacro(OutputMaximum, double);
  itkGetConstMacro(OutputMaximum, double);

  /** Whether counts are exact for every value, rather than at levels, with a bounded memory. Default: on. */
  itkSetMacro(EveryValue, bool);
  itkGetConstMacro(EveryValue, bool);
  itkBooleanMacro(EveryValue);

  /** In how many pieces the input is read to learn its distribution. Default: 1. */
  itkSetClampMacro(NumberOfStreamDivisions, unsigned int, 1, NumericTraits<unsigned int>::max());
  itkGetConstMacro(NumberOfStreamDivisions, unsigned int);

protected:
  HistogramEqualizationImageFilter();
  ~HistogramEqualizationImageFilter() override = default;

  void
  VerifyPreconditions() const override;

  void
  VerifyInputInformation() const override;

  void
  GenerateOutputInformation() override;

  void
  GenerateInputRequestedRegion() override;

  void
  AllocateOutputs() override;

  void
  GenerateData() override;

  void
  BeforeThreadedGenerateData() override;

  void
  DynamicThreadedGenerateData(const RegionType & region) override;

  void
  AfterThreadedGenerateData() override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  using TransferType = HistogramEqualizationTransfer;
  using DistributionPointer = std::shared_ptr<const IntensityDistribution>;

  /** A small integer has few values, so that what each one becomes is looked up. */
  static constexpr bool HasFewValues = std::is_integral<InputPixelType>::value && sizeof(InputPixelType) <= 2;
  static constexpr bool IsSingle = std::is_same<InputPixelType, float>::value;

  /** What intensities become: by a table if they have few values, by a transfer otherwise. */
  struct Equalization
  {
    TransferType                 Transfer;
    std::vector<OutputPixelType> Table;
  };

  bool
  IsPerFrame() const
  {
    return m_FrameAxis != WholeImage;
  }

  /** Whether the intensities of the input say what they become. */
  bool
  LearnsFromInput() const
  {
    return this->GetDistribution() == nullptr;
  }

  bool
  GoesByBins() const
  {
    return UsesBins(m_Method) && this->GetTargetDistribution() == nullptr;
  }

  void
  VerifyRanksFit() const;

  void
  LearnDistribution();

  TransferType
  MakeTransfer(DistributionPointer distribution) const;

  void
  FillTable(Equalization & equalization) const;

  /** Calls `visit(intensities, count)` for the intensities of a frame that count. */
  template <typename TVisit>
  void
  ForEachCountedOfFrame(const RegionType & frame, const TVisit & visit) const;

  void
  LearnFrame(const RegionType & frame, Equalization & equalization) const;

  void
  EqualizeFrames();

  void
  EqualizeRegion(const RegionType & region, const Equalization & equalization);

  void
  EqualizeSpan(const InputPixelType * intensities,
               OutputPixelType *      equalized,
               SizeValueType          count,
               const Equalization &   equalization) const;

  Method              m_Method{ Method::EmpiricalDistribution };
  int                 m_FrameAxis{ WholeImage };
  SizeValueType       m_NumberOfBins{ 256 };
  double              m_OutputMinimum{ 0.0 };
  double              m_OutputMaximum{ std::is_integral<OutputPixelType>::value
                                         ? static_cast<double>(NumericTraits<OutputPixelType>::max())
                                         : 1.0 };
  bool                m_EveryValue{ true };
  unsigned int        m_NumberOfStreamDivisions{ 1 };
  DistributionPointer m_LearnedDistribution;
  LearningStage       m_LearningStage;
  Equalization        m_Equalization;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkHistogramEqualizationImageFilter.hxx"
#endif

#endif
