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
#ifndef OutputFile_h
#define OutputFile_h

#include <cstdint>
#include <string>

namespace IntensityMapping
{
enum class OutputKind
{
  Image,
  Text
};

/** \class OutputFile
 * \brief A file that is there whole or not at all.
 *
 * What is written goes to a temporary file beside the target. Commit() brings it to the disk, reads it back and renames
 * it to the target. Unless that comes to pass, an existing target keeps its bytes, and the destructor removes the
 * temporary file; Ctrl-C does so, too.
 *
 * \code
 * OutputFile output("out.mha"); // throws here if it can be known to fail
 * WriteImage(image, output.GetTemporaryName(), 16, false);
 * output.Commit();
 * \endcode */
class OutputFile
{
public:
  OutputFile(const OutputFile &) = delete;
  OutputFile &
  operator=(const OutputFile &) = delete;

  /** Throws if the folder of the target does not exist or cannot be written into, if the target is there and is no file
   * or is write-protected, or if it is to be an image and its ending tells no format or one of several files. */
  explicit OutputFile(const std::string & targetName, OutputKind kind = OutputKind::Image);

  ~OutputFile();

  /** What to write to. It ends as the target does, so that ITK takes the same format. */
  const std::string &
  GetTemporaryName() const
  {
    return m_TemporaryName;
  }

  /** Writes all of a text. Throws if the disk is full. */
  void
  WriteText(const std::string & text);

  /** Throws if what was written is not complete; otherwise the target is there. */
  void
  Commit();

private:
  void
  VerifyWritten() const;

  std::string m_GivenName;
  OutputKind  m_Kind;
  std::string m_TargetName;
  std::string m_TemporaryName;
  std::string m_Text;
  bool        m_Committed{ false };
};
/** Throws unless the disk of a file can take this many bytes. The file is made, and is empty afterwards. */
void
VerifyRoom(const std::string & fileName, std::uint64_t numberOfBytes);
} // namespace IntensityMapping

#endif
