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
#ifndef ProgressBar_h
#define ProgressBar_h

#include "itkProcessObject.h"

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

struct ModuleProcessInformation;

namespace IntensityMapping
{
/** \class ProgressBar
 * \brief Shows how far a run is, in a line of the terminal and to 3D Slicer, and lets 3D Slicer stop it.
 *
 * The line is drawn on the standard error if that is a terminal, and is gone when the run ends. */
class ProgressBar
{
public:
  ProgressBar(const ProgressBar &) = delete;
  ProgressBar &
  operator=(const ProgressBar &) = delete;

  /** `totalWeight` is what the weights of all stages will add up to. `information` may be null. */
  explicit ProgressBar(ModuleProcessInformation * information = nullptr, double totalWeight = 1.0);

  ~ProgressBar();

  /** Watches a process object, whose work is a share of `weight` in the whole. Of a pipeline that is run piece by piece
   * it has to be the one that asks for the pieces: a writer or a sink. */
  void
  AddStage(itk::ProcessObject * process, const std::string & message, double weight = 1.0);

  /** Tells that all stages are run once for each of several pieces, and which of them, from 0, comes now. */
  void
  SetPiece(unsigned int piece, unsigned int numberOfPieces);

  /** Whether 3D Slicer asked to stop. */
  bool
  IsStopped() const;

  /** Throws if 3D Slicer asked to stop. */
  void
  ThrowIfStopped() const;

private:
  using Clock = std::chrono::steady_clock;

  struct Stage
  {
    itk::ProcessObject::Pointer process;
    std::string                 message;
    double                      weight;
    unsigned long               observer;
  };

  void
  Report(const Stage & stage);

  void
  Tell(const Stage & stage, double progress);

  void
  Draw(const Stage & stage, double progress);

  ModuleProcessInformation * m_Information;
  double                     m_TotalWeight;
  bool                       m_IsTerminal;
  std::vector<Stage>         m_Stages;
  double                     m_Piece{ 0.0 };
  double                     m_NumberOfPieces{ 1.0 };
  Clock::time_point          m_Start{ Clock::now() };
  Clock::time_point          m_LastDrawn{};
  std::mutex                 m_Mutex;
};
} // namespace IntensityMapping

#endif
