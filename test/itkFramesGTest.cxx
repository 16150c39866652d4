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
#include "itkFrames.h"

#include "itkCastImageFilter.h"
#include "itkRandomImage.h"

#include <gtest/gtest.h>

using RegionType = itk::ImageRegion<3>;


TEST(Frames, Are_whole_but_along_their_axis)
{
  const RegionType image({ { -1, 2, 3 } }, { { 10, 20, 30 } });
  const RegionType part({ { 4, 5, 6 } }, { { 2, 3, 4 } });
  EXPECT_EQ(itk::EnlargeToFrames(part, image, 0), RegionType({ { 4, 2, 3 } }, { { 2, 20, 30 } }));
  EXPECT_EQ(itk::EnlargeToFrames(part, image, 2), RegionType({ { -1, 2, 6 } }, { { 10, 20, 4 } }));
  EXPECT_EQ(itk::GetPartOfFrame(part, 1, 0), RegionType({ { 4, 5, 6 } }, { { 2, 1, 4 } }));
  EXPECT_EQ(itk::GetPartOfFrame(part, 1, 2), RegionType({ { 4, 7, 6 } }, { { 2, 1, 4 } }));
}


TEST(Frames, Have_their_axis_last_as_images_with_the_same_pixels)
{
  using ImageType = itk::Image<float, 3>;
  const auto image = itk::MakeRandomImage<ImageType>({ { 4, 5, 6 } }, 0.0, 1.0);
  for (int axis = 0; axis < 3; ++axis)
  {
    const auto frame = itk::GetPartOfFrame(image->GetLargestPossibleRegion(), axis, 3);
    const auto copy = itk::CopyRegion(*image, frame);
    copy->SetRegions(itk::PutAxisLast(frame, axis));
    for (itk::SizeValueType i = 0; i < frame.GetNumberOfPixels(); ++i)
    {
      const auto place = copy->ComputeIndex(static_cast<itk::OffsetValueType>(i));
      auto       original = place;
      std::rotate(original.begin() + axis, original.end() - 1, original.end());
      ASSERT_EQ(copy->GetPixel(place), image->GetPixel(original));
    }
  }
}


TEST(Frames, Lie_along_an_axis_of_the_image)
{
  const auto process = itk::CastImageFilter<itk::Image<float, 3>, itk::Image<float, 3>>::New();
  EXPECT_NO_THROW(itk::VerifyFrameAxis<3>(*process, itk::WholeImageAxis));
  EXPECT_NO_THROW(itk::VerifyFrameAxis<3>(*process, 2));
  for (const int axis : { -2, 3 })
  {
    try
    {
      itk::VerifyFrameAxis<3>(*process, axis);
      FAIL() << "nothing was thrown";
    }
    catch (const itk::ExceptionObject & error)
    {
      const std::string expected = "FrameAxis is " + std::to_string(axis) +
                                   ": it must be an axis of the image, from 0 to 2, or -1 for the whole image.";
      EXPECT_NE(std::string(error.GetDescription()).find(expected), std::string::npos) << error.GetDescription();
    }
  }
}
