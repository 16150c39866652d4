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
#ifndef CommonTesting_h
#define CommonTesting_h

#include "itkImage.h"
#include "itkImageRegionIterator.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

/** What the tests of the tools share. */
namespace Testing
{
/** An empty folder that is removed with all that is in it. */
class TemporaryFolder
{
public:
  TemporaryFolder()
  {
    std::string name = (std::filesystem::temp_directory_path() / "IntensityMappingXXXXXX").string();
    if (!mkdtemp(name.data()))
    {
      throw std::runtime_error("No temporary folder could be made.");
    }
    m_Name = name;
  }

  ~TemporaryFolder()
  {
    std::filesystem::remove_all(m_Name);
  }

  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &
  operator=(const TemporaryFolder &) = delete;

  /** The full name of a file in it. */
  std::string
  operator/(const std::string & name) const
  {
    return (m_Name / name).string();
  }

  std::size_t
  CountFiles() const
  {
    return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(m_Name), std::filesystem::directory_iterator()));
  }

private:
  std::filesystem::path m_Name;
};

inline void
WriteBytes(const std::string & name, const std::string & bytes)
{
  std::ofstream(name, std::ios::binary) << bytes;
}

inline std::string
ReadBytes(const std::string & name)
{
  std::ifstream stream(name, std::ios::binary);
  return { std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>() };
}

/** A 2-D image whose pixels do not compress away: a pseudo-random sequence. */
template <typename TPixel>
typename itk::Image<TPixel, 2>::Pointer
MakeImage(itk::SizeValueType width, itk::SizeValueType height)
{
  using ImageType = itk::Image<TPixel, 2>;
  const auto image = ImageType::New();
  image->SetRegions(typename ImageType::SizeType{ { width, height } });
  image->Allocate();
  std::uint32_t state = 1;
  for (itk::ImageRegionIterator<ImageType> it(image, image->GetBufferedRegion()); !it.IsAtEnd(); ++it)
  {
    state = state * 1664525U + 1013904223U;
    it.Set(static_cast<TPixel>(state >> 24));
  }
  return image;
}

/** The message of what a function throws; empty if it throws nothing. */
template <typename TFunction>
std::string
GetError(TFunction && function)
{
  try
  {
    function();
  }
  catch (const std::exception & error)
  {
    return error.what();
  }
  return "";
}

inline bool
Contains(const std::string & text, const std::string & part)
{
  return text.find(part) != std::string::npos;
}

/** An error for people is one line that says something. */
inline bool
IsOneLine(const std::string & message)
{
  return !message.empty() && message.find('\n') == std::string::npos;
}
} // namespace Testing

#endif
