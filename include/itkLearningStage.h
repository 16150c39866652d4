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
#ifndef itkLearningStage_h
#define itkLearningStage_h

#include "itkContentMTime.h"

#include <algorithm>

namespace itk
{
/** \class LearningStage
 * \brief The first half of the work of a filter that learns something from its whole input, by a sink, before it makes
 * the first region of its output.
 *
 * The sink's progress is the filter's, and aborting the filter aborts the sink.
 *
 * \code
 * void GenerateOutputInformation()
 * {
 *   if (!m_LearningStage.IsDone(*this, this->GetMTime())) { m_LearningStage.Run(*this, *sink); }
 *   Superclass::GenerateOutputInformation();
 * }
 * void BeforeThreadedGenerateData() { m_LearningStage.BeginNext(*this); }
 * void ReportProgress(float fraction) { this->IncrementProgress(m_LearningStage.GetShareOfNext() * fraction); }
 * \endcode
 *
 * \sa LearningImageSink
 * \ingroup IntensityMapping
 */
class LearningStage
{
public:
  /** When the filter learned last. */
  ModifiedTimeType
  GetMTime() const
  {
    return m_Time.GetMTime();
  }

  /** Whether the filter has learned from its inputs as they are, and with parameters that were last changed at a time.
   */
  bool
  IsDone(ProcessObject & filter, ModifiedTimeType timeOfParameters) const
  {
    return this->GetMTime() > std::max(timeOfParameters, GetContentMTimeOfInputs(filter));
  }

  /** Updates the sink within an update of the filter. */
  void
  Run(ProcessObject & filter, ProcessObject & sink)
  {
    const auto relay = [&](const EventObject &) {
      filter.UpdateProgress(Share * sink.GetProgress());
      if (filter.GetAbortGenerateData())
      {
        sink.AbortGenerateDataOn();
      }
    };
    const ObserverUntilEnd observer{ sink, sink.AddObserver(ProgressEvent(), relay) };
    sink.SetNumberOfWorkUnits(filter.GetNumberOfWorkUnits());
    // What an update that was aborted left behind.
    filter.AbortGenerateDataOff();
    sink.Update();
    m_Time.Modified();
    m_ShareOfUpdate = Share;
  }

  /** To be called when the rest of an update's work begins, whether or not the update learned. */
  void
  BeginNext(ProcessObject & filter)
  {
    filter.UpdateProgress(m_ShareOfUpdate);
    m_ShareOfNext = 1.0F - m_ShareOfUpdate;
    m_ShareOfUpdate = 0.0F;
  }

  /** How much of the progress of an update is left for the rest of its work. */
  float
  GetShareOfNext() const
  {
    return m_ShareOfNext;
  }

private:
  static constexpr float Share = 0.5F;

  struct ObserverUntilEnd
  {
    ProcessObject & Sink;
    unsigned long   Tag;

    ~ObserverUntilEnd()
    {
      Sink.RemoveObserver(Tag);
    }
  };

  TimeStamp m_Time;
  float     m_ShareOfUpdate{ 0.0F };
  float     m_ShareOfNext{ 1.0F };
};
} // namespace itk

#endif
