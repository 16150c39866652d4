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
#ifndef OffScreenDisplay_h
#define OffScreenDisplay_h

#include <string>

namespace IntensityMapping
{
/** \class OffScreenDisplay
 * \brief A display to draw on where there may be no screen.
 *
 * Where VTK draws by X, this is a private Xvfb, which ends with this object, or with the process if that is killed. It
 * is preferred to the user's own display so that pictures come out alike everywhere; that is taken if Xvfb is not
 * installed. Where VTK needs no X display, nothing is done. */
class OffScreenDisplay
{
public:
  OffScreenDisplay(const OffScreenDisplay &) = delete;
  OffScreenDisplay &
  operator=(const OffScreenDisplay &) = delete;

  /** Throws, saying which package to install, if X is needed and there is no display. */
  explicit OffScreenDisplay(bool isXNeeded);

  ~OffScreenDisplay();

  /** The `Display *` of Xlib; null where X is not needed. */
  void *
  GetXDisplay() const
  {
    return m_XDisplay;
  }

private:
  /** Starts Xvfb, and returns the name of its display; empty if it did not start. */
  std::string
  StartServer();

  void
  Close();

  int    m_Server{ 0 };
  void * m_XDisplay{ nullptr };
};
} // namespace IntensityMapping

#endif
