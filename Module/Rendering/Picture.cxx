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
#include "Picture.h"

#include "OffScreenDisplay.h"

#include "vtkAbstractContextItem.h"
#include "vtkContext2D.h"
#include "vtkContextActor.h"
#include "vtkContextItem.h"
#include "vtkContextScene.h"
#include "vtkImageData.h"
#include "vtkNew.h"
#include "vtkObject.h"
#include "vtkObjectFactory.h"
#include "vtkPNGWriter.h"
#include "vtkRenderWindow.h"
#include "vtkRenderer.h"
#include "vtkSmartPointer.h"
#include "vtkTextProperty.h"
#include "vtkTextRenderer.h"
#include "vtkUnsignedCharArray.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace IntensityMapping
{
namespace
{
// A small image is enlarged to at most this many pixels.
constexpr std::size_t EnlargedSize = 256;

// At this resolution, the size of a font is in pixels.
constexpr int DotsPerInch = 72;

// What goes wrong is told by exceptions, not by VTK's text on the terminal.
class SilentVTK
{
public:
  SilentVTK()
  {
    vtkObject::GlobalWarningDisplayOff();
  }
  ~SilentVTK()
  {
    vtkObject::SetGlobalWarningDisplay(m_Before);
  }

private:
  int m_Before{ vtkObject::GetGlobalWarningDisplay() };
};

// VTK's rows begin at the bottom, a picture's at the top.
std::vector<unsigned char>
ReverseRows(const unsigned char * rows, std::size_t rowSize, std::size_t numberOfRows)
{
  std::vector<unsigned char> reversed;
  reversed.reserve(rowSize * numberOfRows);
  for (std::size_t row = numberOfRows; row-- > 0;)
  {
    reversed.insert(reversed.end(), rows + row * rowSize, rows + (row + 1) * rowSize);
  }
  return reversed;
}

Picture
Enlarge(const unsigned char * pixels, std::size_t width, std::size_t height, std::size_t factor)
{
  Picture picture{ width * factor, height * factor, {} };
  picture.Pixels.resize(3 * picture.Width * picture.Height);
  for (std::size_t y = 0; y < picture.Height; ++y)
  {
    for (std::size_t x = 0; x < picture.Width; ++x)
    {
      std::memcpy(picture.GetPixel(x, y), pixels + 3 * (y / factor * width + x / factor), 3);
    }
  }
  return picture;
}

class PaintedItem : public vtkContextItem
{
public:
  static PaintedItem *
  New();
  vtkTypeMacro(PaintedItem, vtkContextItem);

  bool
  Paint(vtkContext2D * context) override
  {
    m_Paint(context);
    return true;
  }

  std::function<void(vtkContext2D *)> m_Paint;
};
vtkStandardNewMacro(PaintedItem);
} // namespace

Picture
Render(std::size_t                                 width,
       std::size_t                                 height,
       vtkAbstractContextItem *                    item,
       const std::function<void(vtkContext2D *)> & paint)
{
  const SilentVTK        silent;
  auto                   window = vtkSmartPointer<vtkRenderWindow>::New();
  const OffScreenDisplay display(window->IsA("vtkXOpenGLRenderWindow"));
  if (display.GetXDisplay())
  {
    window->SetDisplayId(display.GetXDisplay());
  }
  window->SetShowWindow(false);
  window->UseOffScreenBuffersOn();
  window->SetDPI(DotsPerInch);
  window->SetMultiSamples(0);
  const int zoomedWidth = static_cast<int>(width) * Zoom;
  const int zoomedHeight = static_cast<int>(height) * Zoom;
  window->SetSize(zoomedWidth, zoomedHeight);

  vtkNew<vtkContextActor> actor;
  vtkNew<vtkRenderer>     renderer;
  renderer->SetBackground(1.0, 1.0, 1.0);
  renderer->AddActor(actor);
  actor->GetScene()->SetRenderer(renderer);
  if (item)
  {
    actor->GetScene()->AddItem(item);
  }
  vtkNew<PaintedItem> painted;
  painted->m_Paint = paint;
  actor->GetScene()->AddItem(painted);
  window->AddRenderer(renderer);
  window->Render();

  vtkNew<vtkUnsignedCharArray> pixels;
  const bool drawn = window->GetPixelData(0, 0, zoomedWidth - 1, zoomedHeight - 1, 0, pixels) == VTK_OK;
  // The window must be gone before the display is.
  window->RemoveRenderer(renderer);
  window = nullptr;
  if (!drawn || pixels->GetNumberOfValues() != vtkIdType{ 3 } * zoomedWidth * zoomedHeight)
  {
    throw std::runtime_error("OpenGL could not draw a picture of " + std::to_string(width) + " x " +
                             std::to_string(height) + " pixels: choose a smaller one.");
  }
  return Shrink(
    ReverseRows(pixels->GetPointer(0), 3 * zoomedWidth, zoomedHeight).data(), zoomedWidth, zoomedHeight, Zoom);
}

Picture
Shrink(const unsigned char * pixels, std::size_t width, std::size_t height, std::size_t factor)
{
  Picture picture{ (width + factor - 1) / factor, (height + factor - 1) / factor, {} };
  picture.Pixels.resize(3 * picture.Width * picture.Height);
  for (std::size_t y = 0; y < picture.Height; ++y)
  {
    const std::size_t endRow = std::min(height, (y + 1) * factor);
    for (std::size_t x = 0; x < picture.Width; ++x)
    {
      const std::size_t endColumn = std::min(width, (x + 1) * factor);
      std::size_t       sums[3] = { 0, 0, 0 };
      std::size_t       count = 0;
      for (std::size_t row = y * factor; row < endRow; ++row)
      {
        for (std::size_t column = x * factor; column < endColumn; ++column, ++count)
        {
          const unsigned char * const pixel = pixels + 3 * (row * width + column);
          sums[0] += pixel[0];
          sums[1] += pixel[1];
          sums[2] += pixel[2];
        }
      }
      std::transform(sums, sums + 3, picture.GetPixel(x, y), [count](std::size_t sum) {
        return static_cast<unsigned char>((sum + count / 2) / count);
      });
    }
  }
  return picture;
}

Picture
FitImage(const unsigned char * pixels, std::size_t width, std::size_t height, std::size_t maximumSize)
{
  const std::size_t size = std::max(width, height);
  if (size > maximumSize)
  {
    return Shrink(pixels, width, height, (size + maximumSize - 1) / maximumSize);
  }
  return Enlarge(pixels, width, height, std::max<std::size_t>(1, std::min(EnlargedSize, maximumSize) / size));
}

void
FillBox(Picture & picture, const Box & box, const ColorType & color)
{
  for (std::size_t y = box.Y; y < box.Y + box.Height; ++y)
  {
    for (std::size_t x = box.X; x < box.X + box.Width; ++x)
    {
      std::copy(color.begin(), color.end(), picture.GetPixel(x, y));
    }
  }
}

void
DrawFrame(Picture & picture, const Box & box)
{
  FillBox(picture, { box.X - 1, box.Y - 1, box.Width + 2, box.Height + 2 }, FrameColor);
}

void
DrawImage(Picture & picture, const Box & box, Picture & image)
{
  DrawFrame(picture, box);
  for (std::size_t y = 0; y < box.Height; ++y)
  {
    std::memcpy(picture.GetPixel(box.X, box.Y + y), image.GetPixel(0, y), 3 * box.Width);
  }
}

std::string
EncodePNG(const Picture & picture)
{
  const SilentVTK      silent;
  vtkNew<vtkImageData> image;
  image->SetDimensions(static_cast<int>(picture.Width), static_cast<int>(picture.Height), 1);
  image->AllocateScalars(VTK_UNSIGNED_CHAR, 3);
  const auto rows = ReverseRows(picture.Pixels.data(), 3 * picture.Width, picture.Height);
  std::copy(rows.begin(), rows.end(), static_cast<unsigned char *>(image->GetScalarPointer()));

  // Into memory: vtkPNGWriter does not notice a full disk.
  vtkNew<vtkPNGWriter> writer;
  writer->SetInputData(image);
  writer->WriteToMemoryOn();
  writer->Write();
  vtkUnsignedCharArray * const bytes = writer->GetResult();
  if (writer->GetErrorCode() != 0 || !bytes || bytes->GetNumberOfValues() == 0)
  {
    throw std::runtime_error("The picture could not be encoded as PNG: there is too little memory.");
  }
  return { reinterpret_cast<const char *>(bytes->GetPointer(0)), static_cast<std::size_t>(bytes->GetNumberOfValues()) };
}

void
VerifyPNGFileName(const std::string & name)
{
  const std::string ending = name.size() > 4 ? name.substr(name.size() - 4) : "";
  if (ending != ".png" && ending != ".PNG")
  {
    throw std::runtime_error("A picture is a PNG file: give a name that ends in .png instead of '" + name + "'.");
  }
}

void
PaintCaption(vtkContext2D * context, const Caption & caption)
{
  constexpr int           smallestReadable = 8;
  vtkNew<vtkTextProperty> font;
  SetFont(font, caption.Size, caption.Bold);
  const double ratio = caption.LongestLength / std::max(1.0, GetTextWidth(font, caption.Text));
  if (ratio < 1.0)
  {
    SetFont(font, std::max(smallestReadable, static_cast<int>(caption.Size * ratio)), caption.Bold);
  }
  font->SetJustificationToCentered();
  font->SetVerticalJustificationToCentered();
  font->SetOrientation(caption.Upright ? 90.0 : 0.0);
  context->ApplyTextProp(font);
  context->DrawString(static_cast<float>(caption.X * Zoom), static_cast<float>(caption.Y * Zoom), caption.Text);
}

void
SetFont(vtkTextProperty * font, int size, bool bold)
{
  font->SetFontFamilyToArial();
  font->SetFontSize(size * Zoom);
  font->SetBold(bold);
  font->SetItalic(false);
  font->SetColor(0.1, 0.1, 0.1);
}

double
GetTextWidth(vtkTextProperty * font, const std::string & text)
{
  int bounds[4] = { 0, 0, 0, 0 };
  vtkTextRenderer::GetInstance()->GetBoundingBox(font, text, bounds, DotsPerInch);
  return std::max(0, bounds[1] - bounds[0] + 1) / static_cast<double>(Zoom);
}
} // namespace IntensityMapping
