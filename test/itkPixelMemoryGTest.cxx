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

#include "itkImage.h"
#include "itkRGBAPixel.h"

#include <new>
#include <vector>

#include <gtest/gtest.h>

namespace
{
using PixelType = itk::RGBAPixel<unsigned char>;
using ImageType = itk::Image<PixelType, 2>;


void
Allocate(ImageType & image, itk::SizeValueType width, itk::SizeValueType height)
{
  image.SetRegions(ImageType::SizeType{ { width, height } });
  itk::AllocateUninitialized(image);
}
} // namespace


TEST(PixelMemory, Is_there_for_each_pixel)
{
  // The larger ones are advised to huge pages, the ends of which no pixel fills.
  for (const itk::SizeValueType width : { 0, 1, 1000, 1025, 3001 })
  {
    const auto image = ImageType::New();
    Allocate(*image, width, 1024);
    EXPECT_EQ(image->GetPixelContainer()->Size(), width * 1024);
    PixelType color;
    color.Fill(17);
    image->FillBuffer(color);
    if (width > 0)
    {
      const auto last = static_cast<itk::IndexValueType>(width) - 1;
      EXPECT_EQ(image->GetPixel({ { last, 1023 } }), color);
    }
  }
}


TEST(PixelMemory, Is_used_again_if_it_is_large_enough)
{
  const auto image = ImageType::New();
  Allocate(*image, 2000, 1500);
  const auto * buffer = image->GetBufferPointer();
  Allocate(*image, 1500, 1000);
  EXPECT_EQ(image->GetBufferPointer(), buffer);
  EXPECT_EQ(image->GetPixelContainer()->Size(), 1500u * 1000u);
  Allocate(*image, 2000, 1501);
  EXPECT_EQ(image->GetPixelContainer()->Size(), 2000u * 1501u);
  EXPECT_EQ(image->GetPixelContainer()->Capacity(), 2000u * 1501u);
}


TEST(PixelMemory, Of_others_is_left_alone)
{
  std::vector<PixelType> pixels(12);
  const auto             image = ImageType::New();
  image->GetPixelContainer()->SetImportPointer(pixels.data(), pixels.size(), false);
  Allocate(*image, 4, 3);
  EXPECT_EQ(image->GetBufferPointer(), pixels.data());
  Allocate(*image, 5, 3);
  EXPECT_NE(image->GetBufferPointer(), pixels.data());
}


TEST(PixelMemory, That_cannot_be_had_is_refused)
{
  EXPECT_THROW(itk::AllocatePixelMemory(std::size_t{ 1 } << 62), std::bad_alloc);
}
