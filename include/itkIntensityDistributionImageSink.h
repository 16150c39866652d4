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
#ifndef itkIntensityDistributionImageSink_h
#define itkIntensityDistributionImageSink_h

#include "itkEqualizingNormalization.h"
#include "itkImage.h"
#include "itkIntensityDistributionSearch.h"
#include "itkLearningImageSink.h"
#include "itkRepeatedImageRegionSplitter.h"

#include <memory>
#include <mutex>

namespace itk
{
/** \class IntensityDistributionImageSink
 * \brief Learns the distribution of the intensities of an image, as an EqualizingNormalization.
 *
 * Reads the largest possible region of its input in NumberOfStreamDivisions pieces, as often as the Resolution asks
 * for:
 *
 * | pixels | EveryValue | Levels | Bins |
 * |---|---|---|---|
 * | 8 and 16 bits | 1 pass, exact | the same | 1 pass |
 * | 32-bit integers, float | 2 passes, exact | 3 passes | 2 passes |
 * | double | 2 passes, exact | 7 passes | 2 passes |
 *
 * - **EveryValue**: each count is exact. Integers of 8 and 16 bits take a counter per value and thread. Float takes 2.5
 * bytes for each pixel; 32-bit integers take 2, double 8, and both 20 for each distinct value.
 * - **Levels**: with at most 135 MB of counters, however large the image is. The intensities are found, and their
 * counts are exact, at which rint(L CountUpTo(x) / n) rises, for L = 255 and L = 65535: what is equalized to 8 or 16
 * bits is exact. Counts of others are wrong by less than n / 65535.
 * - **Bins**: NumberOfBins bins of equal width, those of `numpy.histogram`. Counts are exact at the edges of bins.
 *
 * NaN and infinities are counted apart, and so is what is masked. The result depends neither on the number of pieces
 * nor on that of threads. If nothing is counted, the distribution is that of the one intensity 0, see
 * EqualizingNormalization; GetNumberOfCountedPixels() tells.
 *
 * Pixel types: 8-, 16- and 32-bit integers, float and double; any dimension.
 *
 * Throws before any pixel is touched if the image has no pixels, if the mask has another region than the image, or if
 * there are no bins or more than MaximumNumberOfBins.
 *
 * \code
 * auto sink = itk::IntensityDistributionImageSink<ImageType>::New();
 * sink->SetInput(reader->GetOutput());
 * sink->SetNumberOfStreamDivisions(16);
 * sink->Update();
 * sink->GetNormalization()->InverseValue(0.5); // the median
 * \endcode
 *
 * \ingroup IntensityMapping
 */
template <typename TInputImage>
class ITK_TEMPLATE_EXPORT IntensityDistributionImageSink : public LearningImageSink<TInputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(IntensityDistributionImageSink);

  using Self = IntensityDistributionImageSink;
  using Superclass = LearningImageSink<TInputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(IntensityDistributionImageSink, LearningImageSink);

  using InputImageType = TInputImage;
  using InputRegionType = typename InputImageType::RegionType;
  using MaskImageType = Image<unsigned char, InputImageType::ImageDimension>;
  using Resolution = IntensityDistributionEnums::Resolution;
  using DataObjectPointerArraySizeType = ProcessObject::DataObjectPointerArraySizeType;

  /** The most bins there may be. */
  static constexpr SizeValueType MaximumNumberOfBins = SizeValueType{ 1 } << 24;

  /** Which pixels count: those where the mask is not 0. It has the input's region. Default: none, all pixels count. */
  itkSetInputMacro(MaskImage, MaskImageType);
  itkGetInputMacro(MaskImage, MaskImageType);

  /** In how many pieces the input is read. Default: 1. */
  void
  SetNumberOfStreamDivisions(unsigned int numberOfStreamDivisions) override
  {
    Superclass::SetNumberOfStreamDivisions(numberOfStreamDivisions);
  }
  unsigned int
  GetNumberOfStreamDivisions() const override
  {
    return Superclass::GetNumberOfStreamDivisions();
  }

  /** How finely the distribution is learned. Default: every value. */
  itkSetEnumMacro(Resolution, Resolution);
  itkGetEnumMacro(Resolution, Resolution);

  /** How many bins there are at the resolution of bins. Default: 256. */
  itkSetMacro(NumberOfBins, SizeValueType);
  itkGetConstMacro(NumberOfBins, SizeValueType);

  /** What is learned: the same object before and after Update(). */
  EqualizingNormalization *
  GetNormalization();

  /** How many pixels were counted by the last update. */
  SizeValueType
  GetNumberOfCountedPixels() const
  {
    return m_Numbers.Counted;
  }

  /** How many pixels were masked, whatever they were, in the last update. */
  SizeValueType
  GetNumberOfMaskedPixels() const
  {
    return m_Numbers.Masked;
  }

  /** How many pixels, of those that were not masked, were not numbers in the last update. */
  SizeValueType
  GetNumberOfNaNs() const
  {
    return m_Numbers.NaNs;
  }

  /** How many pixels, of those that were not masked, were infinite in the last update. */
  SizeValueType
  GetNumberOfInfinities() const
  {
    return m_Numbers.Infinities;
  }

protected:
  IntensityDistributionImageSink();
  ~IntensityDistributionImageSink() override = default;

  using Superclass::MakeOutput;
  DataObject::Pointer
  MakeOutput(DataObjectPointerArraySizeType index) override;

  void
  VerifyPreconditions() const override;

  void
  VerifyInputInformation() const override;

  void
  BeforeStreamedGenerateData() override;

  void
  StreamedGenerateData(unsigned int inputRequestedRegionNumber) override;

  void
  ThreadedStreamedGenerateData(const InputRegionType & region) override;

  void
  Forget() override;

  void
  Learn() override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  using InputPixelType = typename InputImageType::PixelType;
  using SearchType = IntensityDistributionSearch<InputPixelType>;

  /** How many pixels there were of each kind. */
  struct Numbers
  {
    SizeValueType Counted{ 0 };
    SizeValueType Masked{ 0 };
    SizeValueType NaNs{ 0 };
    SizeValueType Infinities{ 0 };
  };

  /** Takes in some pixels of a work unit, in the pass at hand. */
  void
  TakeIn(const InputPixelType *        intensities,
         const unsigned char *         mask,
         SizeValueType                 count,
         Numbers &                     numbers,
         typename SearchType::Counts & counts) const;

  Resolution                           m_Resolution{ Resolution::EveryValue };
  SizeValueType                        m_NumberOfBins{ 256 };
  RepeatedImageRegionSplitter::Pointer m_Passes;
  bool                                 m_IsFirstPass{ true };
  Numbers                              m_Numbers;
  std::unique_ptr<SearchType>          m_Search;
  std::mutex                           m_Mutex;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkIntensityDistributionImageSink.hxx"
#endif

#endif
