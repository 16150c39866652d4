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
#ifndef itkWorkUnitProgress_h
#define itkWorkUnitProgress_h

#include "itkIntTypes.h"
#include "itkMacro.h"
#include "itkProcessObject.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace itk
{
/** \class WorkUnitProgress
 * \brief Reports how far one work unit of a filter has come, in steps of milliseconds.
 *
 * Work is whatever costs some nanoseconds: a pixel, a sample, a counter. A step is a thousandth of all of it, though at
 * least 2^16 and at most 2^20, so that steps neither cost anything nor keep anybody waiting.
 *
 * TotalProgressReporter takes steps of a percent, looks only then whether the filter is to be aborted, and throws
 * ProcessAborted within the work unit, of which PlatformMultiThreader makes another exception. The work units of this
 * module look at `GetAbortGenerateData()` themselves, in shorter steps, and leave off quietly; when all have, the
 * filter calls ThrowIfAborted().
 *
 * \code
 * WorkUnitProgress progress(numberOfPixels, [this](float fraction) { this->IncrementProgress(fraction); });
 * for (SizeValueType i = 0; i < count && !this->GetAbortGenerateData(); ++i)
 * {
 *   // the work on one pixel
 *   progress.Completed(1);
 * }
 * progress.Finish();
 * \endcode
 *
 * \ingroup IntensityMapping
 */
class WorkUnitProgress
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(WorkUnitProgress);

  /** Calls `report` with the fraction of the work of all work units that this one completed since the last call. */
  WorkUnitProgress(SizeValueType totalWork, std::function<void(float)> report)
    : m_TotalWork(static_cast<double>(std::max(totalWork, SizeValueType{ 1 })))
    , m_Step(std::min(std::max(totalWork / 1000, SizeValueType{ 1 } << 16), SizeValueType{ 1 } << 20))
    , m_Report(std::move(report))
  {}

  /** To be called as work is done. */
  void
  Completed(SizeValueType work)
  {
    m_Completed += work;
    if (m_Completed >= m_Step)
    {
      this->Finish();
    }
  }

  /** To be called at the end. No destructor does this, since an observer of the progress may throw. */
  void
  Finish()
  {
    m_Report(RoundDown(static_cast<double>(m_Completed) / m_TotalWork));
    m_Completed = 0;
  }

private:
  /** The sum of what is reported must not come above 1, where ProcessObject's progress would begin at 0 again. */
  static float
  RoundDown(double fraction)
  {
    const auto rounded = static_cast<float>(fraction);
    return rounded > fraction ? std::nextafter(rounded, 0.0F) : rounded;
  }

  double                     m_TotalWork;
  SizeValueType              m_Step;
  SizeValueType              m_Completed{ 0 };
  std::function<void(float)> m_Report;
};

/** Throws ProcessAborted if a filter was asked to abort, so that what is half made does not pass for its output. */
inline void
ThrowIfAborted(const ProcessObject & filter)
{
  if (filter.GetAbortGenerateData())
  {
    throw ProcessAborted(__FILE__, __LINE__);
  }
}
} // namespace itk

#endif
