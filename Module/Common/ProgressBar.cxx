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
#include "ProgressBar.h"

#include "ModuleProcessInformation.h"

#include "itkCommand.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include <unistd.h>

namespace IntensityMapping
{
namespace
{
std::string
FormatDuration(double seconds)
{
  const auto whole = std::lround(seconds);
  char       text[64];
  if (whole < 3600)
  {
    std::snprintf(text, sizeof(text), "%ld:%02ld", whole / 60, whole % 60);
  }
  else
  {
    std::snprintf(text, sizeof(text), "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  }
  return text;
}
} // namespace

ProgressBar::ProgressBar(ModuleProcessInformation * information, double totalWeight)
  : m_Information(information)
  , m_TotalWeight(totalWeight)
  , m_IsTerminal(isatty(STDERR_FILENO) != 0)
{}

ProgressBar::~ProgressBar()
{
  for (const Stage & stage : m_Stages)
  {
    stage.process->RemoveObserver(stage.observer);
  }
  if (m_LastDrawn != Clock::time_point())
  {
    std::fputs("\r\033[K", stderr);
  }
}

void
ProgressBar::AddStage(itk::ProcessObject * process, const std::string & message, double weight)
{
  const auto index = m_Stages.size();
  const auto observer =
    process->AddObserver(itk::ProgressEvent(), [this, index](const itk::EventObject &) { Report(m_Stages[index]); });
  m_Stages.push_back({ process, message, weight, observer });
}

void
ProgressBar::SetPiece(unsigned int piece, unsigned int numberOfPieces)
{
  const std::lock_guard<std::mutex> lock(m_Mutex);
  m_Piece = piece;
  m_NumberOfPieces = numberOfPieces;
}

bool
ProgressBar::IsStopped() const
{
  return m_Information && m_Information->Abort;
}

void
ProgressBar::ThrowIfStopped() const
{
  if (this->IsStopped())
  {
    throw std::runtime_error("Stopped, as was asked for. Nothing was written.");
  }
}

void
ProgressBar::Report(const Stage & current)
{
  const std::lock_guard<std::mutex> lock(m_Mutex);
  double                            done = 0.0;
  for (const Stage & stage : m_Stages)
  {
    done += stage.weight * stage.process->GetProgress();
  }
  const double progress = (m_Piece + std::min(done / m_TotalWeight, 1.0)) / m_NumberOfPieces;
  // A process object that is stopped tells a progress of 1 when it ends.
  if (!this->IsStopped())
  {
    this->Tell(current, progress);
    this->Draw(current, progress);
  }
  if (this->IsStopped())
  {
    for (const Stage & stage : m_Stages)
    {
      stage.process->SetAbortGenerateData(true);
    }
  }
}

void
ProgressBar::Tell(const Stage & current, double progress)
{
  if (!m_Information)
  {
    return;
  }
  m_Information->Progress = static_cast<float>(progress);
  m_Information->StageProgress = current.process->GetProgress();
  m_Information->ElapsedTime = std::chrono::duration<double>(Clock::now() - m_Start).count();
  std::snprintf(m_Information->ProgressMessage, sizeof(m_Information->ProgressMessage), "%s", current.message.c_str());
  if (m_Information->ProgressCallbackFunction)
  {
    m_Information->ProgressCallbackFunction(m_Information->ProgressCallbackClientData);
  }
}

void
ProgressBar::Draw(const Stage & current, double progress)
{
  constexpr auto leastInterval = std::chrono::milliseconds(100);
  constexpr int  width = 30;
  const auto     now = Clock::now();
  if (!m_IsTerminal || now - m_LastDrawn < leastInterval)
  {
    return;
  }
  m_LastDrawn = now;
  const double      elapsed = std::chrono::duration<double>(now - m_Start).count();
  const std::string bar = std::string(static_cast<std::size_t>(progress * width), '#');
  const std::string left = progress > 0.0 ? ", " + FormatDuration(elapsed * (1.0 - progress) / progress) + " left" : "";
  std::fprintf(stderr,
               "\r%s [%-*s] %3.0f%% %s%s\033[K",
               current.message.c_str(),
               width,
               bar.c_str(),
               100.0 * progress,
               FormatDuration(elapsed).c_str(),
               left.c_str());
  std::fflush(stderr);
}
} // namespace IntensityMapping
