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
#include "UnfinishedFiles.h"

#include <atomic>
#include <csignal>
#include <initializer_list>

#include <unistd.h>

namespace IntensityMapping
{
namespace
{
// More outputs at a time than any tool has; one beyond would merely not be removed. A signal handler may touch
// lock-free atomics, but no container.
std::atomic<const char *> unfinishedFiles[16];

void
RemoveAndDie(int signal)
{
  for (auto & slot : unfinishedFiles)
  {
    if (const char * const fileName = slot.load())
    {
      unlink(fileName);
    }
  }
  std::signal(signal, SIG_DFL);
  raise(signal);
}

void
HandleUnlessHandled(int signal)
{
  struct sigaction present
  {};
  sigaction(signal, nullptr, &present);
  if (present.sa_handler == SIG_DFL)
  {
    std::signal(signal, RemoveAndDie);
  }
}

void
Exchange(const char * expected, const char * desired)
{
  for (auto & slot : unfinishedFiles)
  {
    const char * present = expected;
    if (slot.compare_exchange_strong(present, desired))
    {
      return;
    }
  }
}
} // namespace

void
RememberUnfinishedFile(const char * fileName)
{
  Exchange(nullptr, fileName);
  for (const int signal : { SIGINT, SIGTERM, SIGHUP })
  {
    HandleUnlessHandled(signal);
  }
}

void
ForgetUnfinishedFile(const char * fileName)
{
  Exchange(fileName, nullptr);
}
} // namespace IntensityMapping
