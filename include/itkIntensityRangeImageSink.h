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
#ifndef itkIntensityRangeImageSink_h
#define itkIntensityRangeImageSink_h

#include "itkIntensityRangeKernel.h"
#include "itkLearningImageSink.h"
#include "itkLinearNormalization.h"
#include "itkPercentileKernel.h"
#include "itkRepeatedImageRegionSplitter.h"

#include <memory>
#include <mutex>

namespace itk
{
/** \class IntensityRangeImageSink
 * \brief Learns the limits of a normalization from the least and the greatest intensity of an image, or from
 * percentiles of its intensities.
 *
 * Reads the largest possible region of its input, in NumberOfStreamDivisions pieces. NaN and infinities are counted and
 * left out, as `matplotlib.pyplot.imshow` does, and so are intensities that are not above 0 if the normalization
 * requires positive ones, such as LogNormalization. If nothing is left, the range is [0, 1], or [1, 10] if it has to be
 * positive. The result depends neither on the number of pieces nor on that of threads.
 *
 * Percentiles are exact: those of `numpy.percentile` in double precision, with its default method, linear interpolation
 * between the two nearest intensities. The least and the greatest intensity, and percentiles of 8- and 16-bit integers,
 * take one pass over the input; percentiles of 32-bit integers and float take two, those of double four. Each thread
 * then holds 65,536 counters of 8 bytes (256 for 8-bit integers) per beginning of keys that is searched, of which there
 * are at most four, see PercentileSearch.
 *
 * Pixel types: 8-, 16- and 32-bit integers, float and double; any dimension. Throws if the image has no pixels, or
 * unless 0 <= LowerPercentile < UpperPercentile <= 100.
 *
 * The normalization can be connected before it is learned: a filter brings it up to date.
 *
 * \code
 * auto sink = itk::IntensityRangeImageSink<ImageType>::New();
 * sink->SetInput(reader->GetOutput());
 * sink->SetNumberOfStreamDivisions(16);
 * sink->SetNormalization(itk::LogNormalization::New());
 * sink->SetUpperPercentile(99.5);
 *
 * auto filter = itk::ColormapImageFilter<ImageType>::New();
 * filter->SetInput(reader->GetOutput());
 * filter->SetNormalization(sink->GetNormalization());
 * \endcode
 *
 * \ingroup IntensityMapping
 */
template <typename TInputImage>
class ITK_TEMPLATE_EXPORT IntensityRangeImageSink : public LearningImageSink<TInputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(IntensityRangeImageSink);

  using Self = IntensityRangeImageSink;
  using Superclass = LearningImageSink<TInputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(IntensityRangeImageSink, LearningImageSink);

  using InputImageType = TInputImage;
  using InputRegionType = typename InputImageType::RegionType;
  using DataObjectPointerArraySizeType = ProcessObject::DataObjectPointerArraySizeType;

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

  /** The percentile that becomes the Minimum of the normalization, from 0 to 100. Default: 0, the least intensity. */
  itkSetMacro(LowerPercentile, double);
  itkGetConstMacro(LowerPercentile, double);

  /** The percentile that becomes the Maximum of the normalization. Default: 100, the greatest intensity. */
  itkSetMacro(UpperPercentile, double);
  itkGetConstMacro(UpperPercentile, double);

  /** The normalization whose limits this sink learns, by its SetRange(). Default: a LinearNormalization. */
  void
  SetNormalization(IntensityNormalization * normalization);

  /** The normalization whose limits this sink learns. It is the same object before and after Update(). */
  IntensityNormalization *
  GetNormalization();

  /** What was found by the last update: the extrema, and how many values were finite, infinite, NaN, and not above 0
   * though they had to be. */
  const IntensityRange &
  GetRange() const
  {
    return m_Range;
  }

  /** The least finite value that was found by the last update; infinity if there was none. */
  double
  GetMinimum() const
  {
    return m_Range.Minimum;
  }

  /** The greatest finite value that was found by the last update; minus infinity if there was none. */
  double
  GetMaximum() const
  {
    return m_Range.Maximum;
  }

  /** How many values were finite in the last update. */
  SizeValueType
  GetNumberOfFiniteValues() const
  {
    return m_Range.NumberOfFiniteValues;
  }

  /** How many finite values were not above 0 in the last update, of a normalization that requires positive ones. */
  SizeValueType
  GetNumberOfNonPositiveValues() const
  {
    return m_Range.NumberOfNonPositiveValues;
  }

  /** How many values were infinite in the last update. */
  SizeValueType
  GetNumberOfInfinities() const
  {
    return m_Range.NumberOfInfinities;
  }

  /** How many values were not numbers in the last update. */
  SizeValueType
  GetNumberOfNaNs() const
  {
    return m_Range.NumberOfNaNs;
  }

protected:
  IntensityRangeImageSink();
  ~IntensityRangeImageSink() override = default;

  using Superclass::MakeOutput;
  DataObject::Pointer
  MakeOutput(DataObjectPointerArraySizeType index) override;

  void
  VerifyPreconditions() const override;

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
  using PercentileSearchType = PercentileSearch<InputPixelType>;
  using PercentileCountsType = typename PercentileSearchType::CountsType;

  /** Takes in some intensities of a work unit, in the pass at hand. */
  void
  TakeIn(const InputPixelType * intensities,
         SizeValueType          count,
         IntensityRange &       range,
         PercentileCountsType & counts) const;

  PercentileCountsType
  MakeCounts() const;

  void
  EndPass();

  /** Sets the limits of the normalization, or leaves them as they were if it cannot have those. */
  void
  SetRange();

  double                                m_LowerPercentile{ 0.0 };
  double                                m_UpperPercentile{ 100.0 };
  RepeatedImageRegionSplitter::Pointer  m_Passes;
  bool                                  m_IsFirstPass{ true };
  IntensityRange                        m_Range;
  std::unique_ptr<PercentileSearchType> m_Search;
  PercentileCountsType                  m_Counts;
  std::mutex                            m_Mutex;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkIntensityRangeImageSink.hxx"
#endif

#endif
