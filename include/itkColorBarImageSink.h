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
#ifndef itkColorBarImageSink_h
#define itkColorBarImageSink_h

#include "itkColorBarStrip.h"
#include "itkColormap.h"
#include "itkCroppingImageRegionSplitter.h"
#include "itkImage.h"
#include "itkLearningImageSink.h"
#include "itkLinearNormalization.h"

#include <cstdint>
#include <limits>
#include <ostream>

namespace itk
{
/** \class ColorBarImageSinkEnums
 * \brief Which way a colour bar runs.
 * \ingroup IntensityMapping
 */
class ColorBarImageSinkEnums
{
public:
  /** \ingroup IntensityMapping */
  enum class Orientation : std::uint8_t
  {
    Automatic,
    Horizontal,
    Vertical
  };
};

inline std::ostream &
operator<<(std::ostream & os, ColorBarImageSinkEnums::Orientation orientation)
{
  const char * const names[] = { "Automatic", "Horizontal", "Vertical" };
  return os << names[static_cast<int>(orientation)];
}

/** \class ColorBarImageSink
 * \brief Reads a colormap and its normalization from the colour bar in a picture.
 *
 * Given are the rectangle of the bar's strip, and where two values are on it. With p the index of a pixel along the bar
 * (the centre of a pixel is an integer), its value is
 *
 *   v(p) = v1 + (p - p1) (v2 - v1) / (p2 - p1).
 *
 * The colormap has one entry for each pixel along the bar, and the normalization goes from the outer edge of the first
 * to that of the last: the value of each colour of the bar is that of its place. If the bar consists of three or more
 * flat steps of equal length, the colormap has one entry for each step, and the normalization goes from the beginning
 * of the first to the end of the last, as a straight line through all of them has it. Colours are in the order of
 * rising values, whichever way the bar runs.
 *
 * The rectangle may have a frame of one pixel around the strip, and tick marks that reach in: ColorBarStrip says what
 * is left out, and how. It should not have more than that. The colours of up to three pixels at each end of the bar may
 * be missing from the colormap then. The scale must be linear; opacity is not looked at.
 *
 * The bar runs along the longer side of its rectangle, unless its orientation is given.
 *
 * Reads only the rectangle, in NumberOfStreamDivisions pieces, and holds its pixels. The result depends neither on the
 * number of pieces nor on that of threads. Colormap and normalization can be connected before they are learned: a
 * filter brings them up to date.
 *
 * Pixel types: RGBPixel and RGBAPixel of `unsigned char`; two dimensions. Throws, before the input is read, if the
 * rectangle is empty, not within the picture, as long as broad while its orientation is not given, shorter than 8
 * pixels along the bar or narrower than 3 across; if a tick was not given or is not finite; if both have the same
 * position or the same value. Throws, too, if all of the strip has one colour.
 *
 * \code
 * auto bar = itk::ColorBarImageSink<PictureType>::New();
 * bar->SetInput(reader->GetOutput());
 * bar->SetBarRegion(PictureType::RegionType({ { 560, 60 } }, { { 18, 370 } }));
 * bar->SetFirstTick(428.5, 1500.0);  // the row of the tick mark, and its value
 * bar->SetSecondTick(60.5, 4500.0);
 *
 * auto filter = itk::InverseColormapImageFilter<PictureType, itk::Image<float, 2>>::New();
 * filter->SetInput(reader->GetOutput());
 * filter->SetColormap(bar->GetColormap());
 * filter->SetNormalization(bar->GetNormalization());
 * \endcode
 *
 * \sa InverseColormapImageFilter, ColormapIdentificationImageSink
 * \ingroup IntensityMapping
 */
template <typename TInputImage>
class ITK_TEMPLATE_EXPORT ColorBarImageSink : public LearningImageSink<TInputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(ColorBarImageSink);

  using Self = ColorBarImageSink;
  using Superclass = LearningImageSink<TInputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(ColorBarImageSink, LearningImageSink);

  using InputImageType = TInputImage;
  using InputPixelType = typename InputImageType::PixelType;
  using InputRegionType = typename InputImageType::RegionType;
  using OrientationEnum = ColorBarImageSinkEnums::Orientation;
  using DataObjectPointerArraySizeType = ProcessObject::DataObjectPointerArraySizeType;

  static_assert(std::is_same<typename InputPixelType::ComponentType, unsigned char>::value,
                "Pixels must be RGBPixel or RGBAPixel of unsigned char.");
  static_assert(InputImageType::ImageDimension == 2, "A colour bar is in a picture of two dimensions.");

  /** In how many pieces the rectangle is read. Default: 1. */
  void
  SetNumberOfStreamDivisions(unsigned int numberOfStreamDivisions) override
  {
    Superclass::SetNumberOfStreamDivisions(numberOfStreamDivisions);
  }
  unsigned int
  GetNumberOfStreamDivisions() const override
  {
    return Superclass::GetNumberOfStreamDivisions();
  }

  /** The rectangle of the bar's strip, in indices of the picture. Default: empty, which is an error. */
  itkSetMacro(BarRegion, InputRegionType);
  itkGetConstReferenceMacro(BarRegion, InputRegionType);

  /** Which way the bar runs. Default: Automatic, along the longer side of its rectangle. */
  itkSetMacro(Orientation, OrientationEnum);
  itkGetConstMacro(Orientation, OrientationEnum);

  /** Which way the bar runs: Orientation or, if that is Automatic, what the rectangle says. Throws if it is square. */
  OrientationEnum
  FindOrientation() const;

  /** Where along the bar a value is: the index of its column, if the bar is horizontal, or row. Need not be an integer,
   * nor within the rectangle. Default: NaN, which is an error. */
  void
  SetFirstTick(double position, double value);
  itkGetConstMacro(FirstPosition, double);
  itkGetConstMacro(FirstValue, double);

  /** The same for another value. */
  void
  SetSecondTick(double position, double value);
  itkGetConstMacro(SecondPosition, double);
  itkGetConstMacro(SecondValue, double);

  /** The colours of the bar, in the order of rising values. It is the same object before and after Update(). */
  Colormap *
  GetColormap();

  /** The values at the ends of the bar, as Minimum and Maximum. It is the same object before and after Update(). */
  LinearNormalization *
  GetNormalization();

  /** Whether the last update found flat steps. */
  itkGetConstMacro(HasSteps, bool);

protected:
  ColorBarImageSink();
  ~ColorBarImageSink() override = default;

  using Superclass::MakeOutput;
  DataObject::Pointer
  MakeOutput(DataObjectPointerArraySizeType index) override;

  void
  VerifyPreconditions() const override;

  void
  VerifyInputInformation() const override;

  void
  BeforeStreamedGenerateData() override;

  void
  ThreadedStreamedGenerateData(const InputRegionType & region) override;

  void
  Forget() override;

  void
  Learn() override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  using StripType = Image<InputPixelType, 2>;
  using SplitterType = CroppingImageRegionSplitter<2>;

  void
  SetTick(double & position, double & value, double newPosition, double newValue);

  void
  VerifyTick(const char * which, double position, double value) const;

  /** The axis of the image along which the bar runs. */
  unsigned int
  FindAxis() const;

  /** The pixels that were read, those across the bar one after the other. */
  ColorBarStrip::ColorsType
  GetPixelsAcross() const;

  /** The value at a coordinate along the strip. */
  double
  GetValue(double coordinate) const;

  /** Makes a scale the outputs. */
  void
  SetScale(ColorBarScale scale);

  InputRegionType             m_BarRegion;
  OrientationEnum             m_Orientation{ OrientationEnum::Automatic };
  double                      m_FirstPosition{ std::numeric_limits<double>::quiet_NaN() };
  double                      m_FirstValue{ std::numeric_limits<double>::quiet_NaN() };
  double                      m_SecondPosition{ std::numeric_limits<double>::quiet_NaN() };
  double                      m_SecondValue{ std::numeric_limits<double>::quiet_NaN() };
  bool                        m_HasSteps{ false };
  typename StripType::Pointer m_Strip;
  SplitterType::Pointer       m_Splitter;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkColorBarImageSink.hxx"
#endif

#endif
