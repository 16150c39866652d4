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
#ifndef FlattenImageFilter_h
#define FlattenImageFilter_h

#include "itkImage.h"
#include "itkImageToImageFilter.h"

namespace IntensityMapping
{
/** \class FlattenImageFilter
 * \brief A volume of one slice as an image of two dimensions, which has the same pixels in memory.
 *
 * With it, the filters before it are compiled for volumes only. */
template <typename TPixel>
class FlattenImageFilter : public itk::ImageToImageFilter<itk::Image<TPixel, 3>, itk::Image<TPixel, 2>>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(FlattenImageFilter);

  using Self = FlattenImageFilter;
  using Superclass = itk::ImageToImageFilter<itk::Image<TPixel, 3>, itk::Image<TPixel, 2>>;
  using Pointer = itk::SmartPointer<Self>;
  using ConstPointer = itk::SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(FlattenImageFilter, ImageToImageFilter);

protected:
  FlattenImageFilter() = default;

  void
  GenerateOutputInformation() override
  {
    const auto * volume = this->GetInput();
    auto *       image = this->GetOutput();
    auto         direction = image->GetDirection();
    for (unsigned int row = 0; row < 2; ++row)
    {
      for (unsigned int column = 0; column < 2; ++column)
      {
        direction(row, column) = volume->GetDirection()(row, column);
      }
    }
    image->SetLargestPossibleRegion(Flatten(volume->GetLargestPossibleRegion()));
    image->SetSpacing(volume->GetSpacing().GetDataPointer());
    image->SetOrigin(volume->GetOrigin().GetDataPointer());
    image->SetDirection(direction);
  }

  void
  GenerateData() override
  {
    auto * volume = const_cast<itk::Image<TPixel, 3> *>(this->GetInput());
    auto * image = this->GetOutput();
    image->SetBufferedRegion(Flatten(volume->GetBufferedRegion()));
    image->SetPixelContainer(volume->GetPixelContainer());
  }

private:
  static itk::ImageRegion<2>
  Flatten(const itk::ImageRegion<3> & region)
  {
    return itk::ImageRegion<2>({ { region.GetIndex(0), region.GetIndex(1) } },
                               { { region.GetSize(0), region.GetSize(1) } });
  }
};
} // namespace IntensityMapping

#endif
