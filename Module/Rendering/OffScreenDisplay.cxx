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
#include "OffScreenDisplay.h"

#include <stdexcept>

#if defined(__unix__)
#  include <csignal>

#  include <X11/Xlib.h>
#  include <fcntl.h>
#  include <sys/wait.h>
#  include <unistd.h>
#endif
#if defined(__linux__)
#  include <sys/prctl.h>
#endif

namespace IntensityMapping
{
#if defined(__unix__)
namespace
{
// Becomes Xvfb, which writes the number of its display to a descriptor. Only functions that are safe after fork().
[[noreturn]] void
BecomeServer(int numberDescriptor, const char * numberDescriptorText, pid_t parent)
{
#  if defined(__linux__)
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#  endif
  // The parent may have ended before that was set.
  const int null = open("/dev/null", O_RDWR);
  if (getppid() == parent && null >= 0 && fcntl(numberDescriptor, F_SETFD, 0) == 0)
  {
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execlp("Xvfb",
           "Xvfb",
           "-displayfd",
           numberDescriptorText,
           "-screen",
           "0",
           "64x64x24",
           "-nolisten",
           "tcp",
           "-noreset",
           static_cast<char *>(nullptr));
  }
  _exit(127);
}

// Xvfb starts without Mesa's drivers, too, but VTK would abort the process.
bool
HasOpenGL(Display * display)
{
  int ignored = 0;
  return display && XQueryExtension(display, "GLX", &ignored, &ignored, &ignored);
}
} // namespace

std::string
OffScreenDisplay::StartServer()
{
  int pipeEnds[2];
  if (pipe2(pipeEnds, O_CLOEXEC) != 0)
  {
    return "";
  }
  const std::string descriptor = std::to_string(pipeEnds[1]);
  const pid_t       parent = getpid();
  m_Server = fork();
  if (m_Server == 0)
  {
    BecomeServer(pipeEnds[1], descriptor.c_str(), parent);
  }
  close(pipeEnds[1]);

  // Ends at the newline that completes the number, or where the server ends without having written one.
  std::string number;
  char        digit = 0;
  while (m_Server > 0 && read(pipeEnds[0], &digit, 1) == 1 && digit != '\n')
  {
    number += digit;
  }
  close(pipeEnds[0]);
  return digit == '\n' ? ":" + number : "";
}

void
OffScreenDisplay::Close()
{
  if (m_XDisplay)
  {
    XCloseDisplay(static_cast<Display *>(m_XDisplay));
  }
  if (m_Server > 0)
  {
    kill(m_Server, SIGTERM);
    waitpid(m_Server, nullptr, 0);
  }
}

OffScreenDisplay::OffScreenDisplay(bool isXNeeded)
{
  if (!isXNeeded)
  {
    return;
  }
  const std::string name = this->StartServer();
  m_XDisplay = XOpenDisplay(name.empty() ? nullptr : name.c_str());
  if (!HasOpenGL(static_cast<Display *>(m_XDisplay)))
  {
    this->Close();
    throw std::runtime_error(
      "Pictures need an X display with OpenGL, and no private one could be started: install Xvfb "
      "and Mesa (Debian, Ubuntu: apt-get install xvfb libgl1-mesa-dri).");
  }
}

OffScreenDisplay::~OffScreenDisplay()
{
  this->Close();
}
#else
OffScreenDisplay::OffScreenDisplay(bool) {}

OffScreenDisplay::~OffScreenDisplay() = default;
#endif
} // namespace IntensityMapping
