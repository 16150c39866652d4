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
#ifndef itkLearningImageSink_h
#define itkLearningImageSink_h

#include "itkImageSink.h"
#include "itkWorkUnitProgress.h"

#include <initializer_list>
#include <thread>

namespace itk
{
/** \class LearningImageSink
 * \brief What sinks have in common that learn rulers from an image: progress, aborts, and failures.
 *
 * Work units report their progress in steps of milliseconds and look as often whether the sink is to be aborted.
 * Progress is told by the thread that updates the sink. An update that is aborted ends in ProcessAborted; one that is
 * aborted or fails calls Forget(), and leaves the sink ready for the next.
 *
 * A child reads pixels by ForEachBlock() in `ThreadedStreamedGenerateData()`, and learns in Learn(). One that shares
 * out the work otherwise than by regions of a piece does so in ReadPiece().
 *
 * \sa WorkUnitProgress
 * \ingroup IntensityMapping
 */
template <typename TInputImage>
class ITK_TEMPLATE_EXPORT LearningImageSink : public ImageSink<TInputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(LearningImageSink);

  using Self = LearningImageSink;
  using Superclass = ImageSink<TInputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkTypeMacro(LearningImageSink, ImageSink);

  using InputImageType = TInputImage;
  using InputRegionType = typename InputImageType::RegionType;

  /** An update that is aborted, or fails, leaves what is to be learned as it was, and the sink ready for the next. */
  void
  UpdateOutputData(DataObject * output) override;

protected:
  LearningImageSink() = default;
  ~LearningImageSink() override = default;

  /** Throws an ExceptionObject if the image has no pixels, on which ImageSink would loop for ever. */
  void
  VerifyInputInformation() const override;

  void
  BeforeStreamedGenerateData() override;

  void
  StreamedGenerateData(unsigned int inputRequestedRegionNumber) override;

  void
  AfterStreamedGenerateData() override;

  /** Reads a piece, by `ThreadedStreamedGenerateData()` unless a child does otherwise. */
  virtual void
  ReadPiece(unsigned int inputRequestedRegionNumber);

  /** Forgets what was read. Called before an update and after one that did not succeed. */
  virtual void
  Forget() = 0;

  /** Learns from what was read. Called once all was. */
  virtual void
  Learn() = 0;

  /** Calls `visit(index, start, count)` for blocks of a region's pixels until the sink is aborted: for those from the
   * `start`-th on of a run of pixels that begins at `index` and lies contiguous in memory, in all images
   * of these buffered regions. `parts` is how many times the work of reading all there is to do for each piece. */
  template <typename TVisit>
  void
  ForEachBlock(const InputRegionType &                region,
               std::initializer_list<InputRegionType> bufferedRegions,
               const TVisit &                         visit,
               SizeValueType                          parts = 1);

  /** The same, for a child that says itself how much work there is, in pixels. */
  template <typename TVisit>
  void
  ForEachBlock(const InputRegionType &                region,
               std::initializer_list<InputRegionType> bufferedRegions,
               const TVisit &                         visit,
               WorkUnitProgress &                     progress);

  /** Adds a fraction of the piece that is read to the progress. */
  void
  ReportProgress(float fraction);

private:
  std::thread::id m_UpdatingThread;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkLearningImageSink.hxx"
#endif

#endif
