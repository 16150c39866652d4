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
#ifndef itkLumaReplacementImageFilter_h
#define itkLumaReplacementImageFilter_h

#include "itkImage.h"
#include "itkImageToImageFilter.h"
#include "itkLuma.h"

namespace itk
{
/** \class LumaReplacementImageFilter
 * \brief Gives a colour image another luma and keeps its chroma.
 *
 * The difference of the new luma and that of a colour is added to its red, green and blue. So Cb and Cr, which are
 * proportional to B' - Y' and R' - Y' (ITU-R BT.601), stay as they are, but where a component would leave its range, to
 * the end of which it is set. The opacity of RGBA pixels stays.
 *
 * Streams: a region takes the same region of both inputs. Throws before any pixel is touched if the luma image has
 * another region than the input.
 *
 * \sa LumaImageFilter
 * \ingroup IntensityMapping
 */
template <typename TImage, typename TLumaImage = Image<typename TImage::PixelType::ValueType, TImage::ImageDimension>>
class ITK_TEMPLATE_EXPORT LumaReplacementImageFilter : public ImageToImageFilter<TImage, TImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(LumaReplacementImageFilter);

  using Self = LumaReplacementImageFilter;
  using Superclass = ImageToImageFilter<TImage, TImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(LumaReplacementImageFilter, ImageToImageFilter);

  using LumaImageType = TLumaImage;
  using RegionType = typename TImage::RegionType;

  /** The luma that the output has. It has the input's region. */
  itkSetInputMacro(LumaImage, LumaImageType);
  itkGetInputMacro(LumaImage, LumaImageType);

protected:
  LumaReplacementImageFilter();
  ~LumaReplacementImageFilter() override = default;

  void
  VerifyInputInformation() const override;

  void
  DynamicThreadedGenerateData(const RegionType & region) override;

  void
  AfterThreadedGenerateData() override;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkLumaReplacementImageFilter.hxx"
#endif

#endif
