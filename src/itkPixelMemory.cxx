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
#include "itkPixelMemory.h"

#include <cstdint>
#include <new>

#if defined(__linux__)
#  include <sys/mman.h>
#endif

namespace itk
{
namespace
{
void
AdviseHugePages(void * memory, std::size_t numberOfBytes)
{
#if defined(MADV_HUGEPAGE)
  // The allocator keeps its own notes in the pages at the ends.
  constexpr std::uintptr_t pageSize = 4096;
  const auto               begin = reinterpret_cast<std::uintptr_t>(memory);
  const auto               first = (begin + pageSize - 1) / pageSize * pageSize;
  const auto               last = (begin + numberOfBytes) / pageSize * pageSize;
  madvise(reinterpret_cast<void *>(first), last - first, MADV_HUGEPAGE);
#else
  static_cast<void>(memory);
  static_cast<void>(numberOfBytes);
#endif
}
} // namespace


void *
AllocatePixelMemory(std::size_t numberOfBytes)
{
  constexpr std::size_t worthHugePages = std::size_t{ 4 } << 20;
  void * memory = ::operator new[](numberOfBytes);
  if (numberOfBytes >= worthHugePages)
  {
    AdviseHugePages(memory, numberOfBytes);
  }
  return memory;
}
} // namespace itk
