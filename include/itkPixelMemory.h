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
#ifndef itkPixelMemory_h
#define itkPixelMemory_h

#include "itkIntTypes.h"
#include "IntensityMappingExport.h"

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace itk
{
/** Allocates memory as operator new[] does, for operator delete[] to free. Large pieces are taken from the system in
 * huge pages, where it has them and leaves the choice to programs: handing them out in pages of 4 KiB takes longer than
 * colouring them. */
IntensityMapping_EXPORT void *
AllocatePixelMemory(std::size_t numberOfBytes);


/** \class PixelMemoryAllocator
 * \brief Has a std::vector take its memory by AllocatePixelMemory(), and resize() leave elements uninitialized.
 * \ingroup IntensityMapping
 */
template <typename T>
struct PixelMemoryAllocator
{
  using value_type = T;

  PixelMemoryAllocator() = default;

  template <typename TOther>
  PixelMemoryAllocator(const PixelMemoryAllocator<TOther> &)
  {}

  T *
  allocate(std::size_t count)
  {
    return static_cast<T *>(AllocatePixelMemory(count * sizeof(T)));
  }

  void
  deallocate(T * memory, std::size_t)
  {
    ::operator delete[](memory);
  }

  template <typename TElement, typename... TArguments>
  void
  construct(TElement * element, TArguments &&... arguments)
  {
    if constexpr (sizeof...(arguments) == 0)
    {
      static_assert(std::is_trivially_copyable<TElement>::value, "Only plain memory can be left uninitialized.");
      ::new (static_cast<void *>(element)) TElement;
    }
    else
    {
      ::new (static_cast<void *>(element)) TElement{ std::forward<TArguments>(arguments)... };
    }
  }

  friend bool
  operator==(const PixelMemoryAllocator &, const PixelMemoryAllocator &)
  {
    return true;
  }

  friend bool
  operator!=(const PixelMemoryAllocator &, const PixelMemoryAllocator &)
  {
    return false;
  }
};

/** A vector for millions of elements, which resize() leaves uninitialized. */
template <typename T>
using PixelMemoryVector = std::vector<T, PixelMemoryAllocator<T>>;


/** Allocates the buffered region of an image whose pixels will all be written before they are read.
 *
 * Other than Image::Allocate(), it leaves the pixels uninitialized also if they have a constructor, as RGBPixel and
 * RGBAPixel do, which would fill them in one thread. A buffer that is there already is used again if it is large
 * enough.
 *
 * \ingroup IntensityMapping
 */
template <typename TImage>
void
AllocateUninitialized(TImage & image)
{
  using PixelType = typename TImage::PixelType;
  static_assert(std::is_trivially_copyable<PixelType>::value && std::is_trivially_destructible<PixelType>::value,
                "Only pixels that are plain memory can be left uninitialized.");

  const SizeValueType numberOfPixels = image.GetBufferedRegion().GetNumberOfPixels();
  auto *              container = image.GetPixelContainer();
  if (container->Capacity() < numberOfPixels)
  {
    auto * memory = AllocatePixelMemory(numberOfPixels * sizeof(PixelType));
    container->SetImportPointer(static_cast<PixelType *>(memory), numberOfPixels, true);
  }
  image.Allocate();
}
} // namespace itk

#endif
