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

#include "itkImageSink.h"
#include "itkIntensityRangeKernel.h"
#include "itkLinearNormalization.h"

#include <mutex>
#include <thread>

namespace itk
{
/** \class IntensityRangeImageSink
 * \brief Learns a LinearNormalization from the least and the greatest intensity of an image.
 *
 * Reads the largest possible region of its input once, in NumberOfStreamDivisions pieces. NaN and infinities are
 * counted and left out, as `matplotlib.pyplot.imshow` does. If there is no finite value at all, the range is [0, 1].
 * The result depends neither on the number of pieces nor on that of threads.
 *
 * Pixel types: 8-, 16- and 32-bit integers, float and double; any dimension. Throws if the image has no pixels.
 *
 * The normalization can be connected before it is learned: a filter brings it up to date.
 *
 * \code
 * auto sink = itk::IntensityRangeImageSink<ImageType>::New();
 * sink->SetInput(reader->GetOutput());
 * sink->SetNumberOfStreamDivisions(16);
 *
 * auto filter = itk::ColormapImageFilter<ImageType>::New();
 * filter->SetInput(reader->GetOutput());
 * filter->SetNormalization(sink->GetNormalization());
 * \endcode
 *
 * \ingroup IntensityMapping
 */
template <typename TInputImage>
class ITK_TEMPLATE_EXPORT IntensityRangeImageSink : public ImageSink<TInputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(IntensityRangeImageSink);

  using Self = IntensityRangeImageSink;
  using Superclass = ImageSink<TInputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(IntensityRangeImageSink, ImageSink);

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

  /** The normalization whose Minimum and Maximum this sink learns. It is the same object before and after Update(). */
  LinearNormalization *
  GetNormalization();

  /** What was found by the last update: the extrema, and how many values were finite, infinite and NaN. */
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

  /** An update that is aborted, or fails, leaves the normalization as it was, and the sink ready for the next. */
  void
  UpdateOutputData(DataObject * output) override;

protected:
  IntensityRangeImageSink();
  ~IntensityRangeImageSink() override = default;

  using Superclass::MakeOutput;
  DataObject::Pointer
  MakeOutput(DataObjectPointerArraySizeType index) override;

  void
  VerifyInputInformation() const override;

  void
  BeforeStreamedGenerateData() override;

  void
  StreamedGenerateData(unsigned int inputRequestedRegionNumber) override;

  void
  ThreadedStreamedGenerateData(const InputRegionType & region) override;

  void
  AfterStreamedGenerateData() override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  void
  ReportProgress(float fraction);

  IntensityRange  m_Range;
  std::mutex      m_Mutex;
  std::thread::id m_UpdatingThread;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkIntensityRangeImageSink.hxx"
#endif

#endif
