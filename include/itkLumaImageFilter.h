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
#ifndef itkLumaImageFilter_h
#define itkLumaImageFilter_h

#include "itkImage.h"
#include "itkImageToImageFilter.h"
#include "itkLuma.h"

namespace itk
{
/** \class LumaImageFilter
 * \brief The luma of a colour image: Y' = 0.299 R' + 0.587 G' + 0.114 B' (ITU-R BT.601).
 *
 * To the bit that of OpenCV's conversion to YCrCb, of RGB or RGBA pixels of 8 or 16 bits. Together with a
 * LumaReplacementImageFilter, it equalizes a colour image and keeps its chroma:
 *
 * \code
 * luma->SetInput(reader->GetOutput());
 * equalization->SetInput(luma->GetOutput());      // any filter of gray images
 * replacement->SetInput(reader->GetOutput());
 * replacement->SetLumaImage(equalization->GetOutput());
 * \endcode
 *
 * Streams: a region takes the same region of the input. If the filter between learns from the whole of the luma, it
 * does so in pieces.
 *
 * \sa LumaReplacementImageFilter, HistogramEqualizationImageFilter
 * \ingroup IntensityMapping
 */
template <typename TInputImage,
          typename TOutputImage = Image<typename TInputImage::PixelType::ValueType, TInputImage::ImageDimension>>
class ITK_TEMPLATE_EXPORT LumaImageFilter : public ImageToImageFilter<TInputImage, TOutputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(LumaImageFilter);

  using Self = LumaImageFilter;
  using Superclass = ImageToImageFilter<TInputImage, TOutputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(LumaImageFilter, ImageToImageFilter);

  using RegionType = typename TOutputImage::RegionType;

protected:
  LumaImageFilter();
  ~LumaImageFilter() override = default;

  void
  DynamicThreadedGenerateData(const RegionType & region) override;

  void
  AfterThreadedGenerateData() override;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkLumaImageFilter.hxx"
#endif

#endif
