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
#ifndef itkColorBarImageSink_hxx
#define itkColorBarImageSink_hxx

#include "itkColorBarImageSink.h"

#include <algorithm>
#include <cmath>

namespace itk
{
template <typename TInputImage>
ColorBarImageSink<TInputImage>::ColorBarImageSink()
{
  this->SetNumberOfRequiredOutputs(2);
  this->SetNthOutput(0, this->MakeOutput(0));
  this->SetNthOutput(1, this->MakeOutput(1));
  m_Splitter = SplitterType::New();
  this->SetRegionSplitter(m_Splitter);
}


template <typename TInputImage>
DataObject::Pointer
ColorBarImageSink<TInputImage>::MakeOutput(DataObjectPointerArraySizeType index)
{
  if (index == 0)
  {
    return Colormap::New().GetPointer();
  }
  return LinearNormalization::New().GetPointer();
}


template <typename TInputImage>
Colormap *
ColorBarImageSink<TInputImage>::GetColormap()
{
  return static_cast<Colormap *>(this->ProcessObject::GetOutput(0));
}


template <typename TInputImage>
LinearNormalization *
ColorBarImageSink<TInputImage>::GetNormalization()
{
  return static_cast<LinearNormalization *>(this->ProcessObject::GetOutput(1));
}


template <typename TInputImage>
typename ColorBarImageSink<TInputImage>::OrientationEnum
ColorBarImageSink<TInputImage>::FindOrientation() const
{
  if (m_Orientation != OrientationEnum::Automatic)
  {
    return m_Orientation;
  }
  const auto & size = m_BarRegion.GetSize();
  if (size[0] == size[1])
  {
    itkExceptionMacro("The rectangle of the colour bar, of size "
                      << size
                      << ", is as long as broad: say by SetOrientation() whether the bar is horizontal or "
                         "vertical.");
  }
  return size[0] > size[1] ? OrientationEnum::Horizontal : OrientationEnum::Vertical;
}


template <typename TInputImage>
unsigned int
ColorBarImageSink<TInputImage>::FindAxis() const
{
  return this->FindOrientation() == OrientationEnum::Horizontal ? 0 : 1;
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::SetTick(double & position, double & value, double newPosition, double newValue)
{
  position = newPosition;
  value = newValue;
  this->Modified();
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::SetFirstTick(double position, double value)
{
  this->SetTick(m_FirstPosition, m_FirstValue, position, value);
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::SetSecondTick(double position, double value)
{
  this->SetTick(m_SecondPosition, m_SecondValue, position, value);
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::VerifyTick(const char * which, double position, double value) const
{
  if (!std::isfinite(position) || !std::isfinite(value))
  {
    itkExceptionMacro("The " << which << " tick has position " << position << " and value " << value
                             << ": both must be given by Set" << which
                             << "Tick(), and be finite. The position is a row or column of the picture.");
  }
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::VerifyPreconditions() const
{
  Superclass::VerifyPreconditions();
  const auto & size = m_BarRegion.GetSize();
  if (m_BarRegion.GetNumberOfPixels() == 0)
  {
    itkExceptionMacro("The rectangle of the colour bar has size " << size
                                                                  << ": give the bar's place by SetBarRegion().");
  }
  const auto axis = this->FindAxis();
  if (size[axis] < ColorBarStrip::MinimumLength || size[1 - axis] < ColorBarStrip::MinimumBreadth)
  {
    itkExceptionMacro("The rectangle of the colour bar is "
                      << size[axis] << " pixels long and " << size[1 - axis] << " across: it must be at least "
                      << ColorBarStrip::MinimumLength << " long and " << ColorBarStrip::MinimumBreadth << " across.");
  }
  this->VerifyTick("First", m_FirstPosition, m_FirstValue);
  this->VerifyTick("Second", m_SecondPosition, m_SecondValue);
  if (m_FirstPosition == m_SecondPosition)
  {
    itkExceptionMacro("Both ticks are at position " << m_FirstPosition
                                                    << ": they must be at different places along the bar.");
  }
  if (m_FirstValue == m_SecondValue)
  {
    itkExceptionMacro("Both ticks have the value " << m_FirstValue << ": they must have different values.");
  }
  const auto   start = static_cast<double>(m_BarRegion.GetIndex(axis));
  const double range = this->GetValue(0.0) - this->GetValue(static_cast<double>(size[axis]));
  if (!std::isfinite(range) || range == 0.0)
  {
    itkExceptionMacro("With " << m_FirstValue << " at " << m_FirstPosition << " and " << m_SecondValue << " at "
                              << m_SecondPosition << ", the values of a bar of " << size[axis] << " pixels from "
                              << start << " on cannot be told: their range must be finite and not 0.");
  }
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::VerifyInputInformation() const
{
  Superclass::VerifyInputInformation();
  const auto & largest = this->GetInput()->GetLargestPossibleRegion();
  if (!largest.IsInside(m_BarRegion))
  {
    itkExceptionMacro("The rectangle of the colour bar, from "
                      << m_BarRegion.GetIndex() << " on with size " << m_BarRegion.GetSize()
                      << ", is not within the picture, which begins at " << largest.GetIndex() << " and has size "
                      << largest.GetSize() << '.');
  }
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::BeforeStreamedGenerateData()
{
  Superclass::BeforeStreamedGenerateData();
  m_Splitter->SetRegion(m_BarRegion);
  m_Strip = StripType::New();
  m_Strip->SetRegions(m_BarRegion);
  m_Strip->Allocate();
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::ThreadedStreamedGenerateData(const InputRegionType & region)
{
  const InputImageType * input = this->GetInput();
  this->ForEachBlock(region,
                     { input->GetBufferedRegion(), m_BarRegion },
                     [&](const auto & index, SizeValueType start, SizeValueType count) {
                       std::copy_n(input->GetBufferPointer() + input->ComputeOffset(index) + start,
                                   count,
                                   m_Strip->GetBufferPointer() + m_Strip->ComputeOffset(index) + start);
                     });
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::Forget()
{
  m_Strip = nullptr;
  m_HasSteps = false;
}


template <typename TInputImage>
ColorBarStrip::ColorsType
ColorBarImageSink<TInputImage>::GetPixelsAcross() const
{
  const auto                axis = this->FindAxis();
  const auto &              size = m_BarRegion.GetSize();
  const SizeValueType       strides[2] = { 1, size[0] };
  ColorBarStrip::ColorsType pixels;
  pixels.reserve(m_BarRegion.GetNumberOfPixels());
  for (SizeValueType along = 0; along < size[axis]; ++along)
  {
    for (SizeValueType across = 0; across < size[1 - axis]; ++across)
    {
      const auto offset = along * strides[axis] + across * strides[1 - axis];
      pixels.emplace_back(m_Strip->GetBufferPointer()[offset].GetDataPointer());
    }
  }
  return pixels;
}


template <typename TInputImage>
double
ColorBarImageSink<TInputImage>::GetValue(double coordinate) const
{
  const double position = static_cast<double>(m_BarRegion.GetIndex(this->FindAxis())) + coordinate;
  const double slope = (m_SecondValue - m_FirstValue) / (m_SecondPosition - m_FirstPosition);
  return m_FirstValue + (position - m_FirstPosition) * slope;
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::Learn()
{
  auto scale = ColorBarStrip::Read(this->GetPixelsAcross(), m_BarRegion.GetSize(1 - this->FindAxis()));
  m_Strip = nullptr;
  const auto isFirstColor = [&](const auto & color) { return color == scale.Colors.front(); };
  if (std::all_of(scale.Colors.begin(), scale.Colors.end(), isFirstColor))
  {
    itkExceptionMacro("All of the colour bar, from "
                      << m_BarRegion.GetIndex() << " on with size " << m_BarRegion.GetSize() << ", has the colour "
                      << scale.Colors.front() << ": look whether this is the rectangle of its strip.");
  }
  this->SetScale(std::move(scale));
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::SetScale(ColorBarScale scale)
{
  double minimum = this->GetValue(scale.Start);
  double maximum = this->GetValue(scale.End);
  if (minimum > maximum)
  {
    std::swap(minimum, maximum);
    std::reverse(scale.Colors.begin(), scale.Colors.end());
  }
  Colormap::TableType table;
  for (const auto & color : scale.Colors)
  {
    table.push_back(Colormap::MakeColor(color[0] / 255.0, color[1] / 255.0, color[2] / 255.0));
  }
  m_HasSteps = scale.HasSteps;
  this->GetColormap()->SetTable(table);
  this->GetNormalization()->SetRange(minimum, maximum);
}


template <typename TInputImage>
void
ColorBarImageSink<TInputImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "BarRegion: " << m_BarRegion << std::endl;
  os << indent << "Orientation: " << m_Orientation << std::endl;
  os << indent << "FirstTick: " << m_FirstValue << " at " << m_FirstPosition << std::endl;
  os << indent << "SecondTick: " << m_SecondValue << " at " << m_SecondPosition << std::endl;
  os << indent << "HasSteps: " << (m_HasSteps ? "On" : "Off") << std::endl;
}
} // namespace itk

#endif
