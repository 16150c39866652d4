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
#ifndef itkAbortLaw_h
#define itkAbortLaw_h

#include "itkPlatformMultiThreader.h"
#include "itkProcessObject.h"

#include <thread>

#include <gtest/gtest.h>

#if defined(__SANITIZE_THREAD__)
/** ITK's flag is a plain bool, which one thread sets and others read, as its design is. Nothing here calls this:
 * without the attribute, the compiler leaves it out. */
extern "C" __attribute__((used)) inline const char *
__tsan_default_suppressions()
{
  return "race:itk::ProcessObject::SetAbortGenerateData\n";
}
#endif

/** The law of aborts: what is aborted ends in ProcessAborted, soon, and can be used again. */
namespace itk
{
namespace AbortLaw
{
constexpr unsigned int workUnits[] = { 1, 7 };

/** Updates a process object and aborts it when its progress has passed `progress`. Progress is told by the updating
 * thread only. */
inline void
ExpectEndsSoon(ProcessObject * process, float progress)
{
  const auto caller = std::this_thread::get_id();
  float      progressAtAbort = -1.0F;
  const auto observer = process->AddObserver(ProgressEvent(), [&](const EventObject &) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    if (progressAtAbort < 0.0F && process->GetProgress() > progress)
    {
      progressAtAbort = process->GetProgress();
      process->AbortGenerateDataOn();
    }
  });
  EXPECT_THROW(process->Update(), ProcessAborted);
  process->RemoveObserver(observer);

  EXPECT_GT(progressAtAbort, progress);
  if (process->GetNumberOfWorkUnits() == 1)
  {
    EXPECT_LT(progressAtAbort, progress + 0.1F) << "progress comes in larger steps than it should";
    EXPECT_LT(process->GetProgress(), progressAtAbort + 0.1F) << "the work unit went on";
  }
}

/** Holds a process object to the law, with one work unit and several, in threads that ITK chooses and in threads of
 * their own. Its work must take more than sixteen steps of WorkUnitProgress.
 *
 * `makeProcess()` makes it, and `getResult(process)` says what it gave. */
template <typename TMakeProcess, typename TGetResult>
void
ExpectHolds(const TMakeProcess & makeProcess, const TGetResult & getResult, float progress = 0.0F)
{
  const auto undisturbed = makeProcess();
  undisturbed->Update();
  const auto expected = getResult(undisturbed);
  EXPECT_EQ(undisturbed->GetProgress(), 1.0F);

  for (const auto numberOfWorkUnits : workUnits)
  {
    for (const bool hasOwnThreads : { false, true })
    {
      SCOPED_TRACE(testing::Message() << numberOfWorkUnits << " work units, threads of their own: " << hasOwnThreads);
      const auto process = makeProcess();
      if (hasOwnThreads)
      {
        process->SetMultiThreader(PlatformMultiThreader::New());
      }
      process->SetNumberOfWorkUnits(numberOfWorkUnits);
      ExpectEndsSoon(process, progress);
      ExpectEndsSoon(process, progress);
      process->Update();
      EXPECT_TRUE(getResult(process) == expected);
    }
  }
}
} // namespace AbortLaw
} // namespace itk

#endif
