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
#ifndef Picture_h
#define Picture_h

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

class vtkAbstractContextItem;
class vtkContext2D;
class vtkTextProperty;

namespace IntensityMapping
{
/** Everything is drawn this many times larger and then averaged down: lines and letters come out smooth and of one
 * weight wherever they fall, whatever the graphics card makes of them. */
constexpr int Zoom = 3;

/** The longest side of a picture, in its own pixels, that every OpenGL draws zoomed. */
constexpr std::size_t LongestSide = 4096;

/** Red, green and blue bytes, row by row from the top. */
struct Picture
{
  std::size_t                Width;
  std::size_t                Height;
  std::vector<unsigned char> Pixels;

  unsigned char *
  GetPixel(std::size_t x, std::size_t y)
  {
    return &Pixels[3 * (y * Width + x)];
  }
};

/** Draws on white: an item of VTK's two-dimensional scenes, if there is one, and then whatever a function paints. The
 * coordinates of both are zoomed pixels from the bottom left. */
Picture
Render(std::size_t                                 width,
       std::size_t                                 height,
       vtkAbstractContextItem *                    item,
       const std::function<void(vtkContext2D *)> & paint);

/** Averages blocks of `factor` x `factor` pixels; those at the right and at the bottom may be cut. */
Picture
Shrink(const unsigned char * pixels, std::size_t width, std::size_t height, std::size_t factor);

/** An image as it is shown: pixel for pixel, unless a side is longer than `maximumSize`, which has blocks of n x n
 * pixels averaged, or it is so small that each pixel can be n x n pixels within a square of 256. */
Picture
FitImage(const unsigned char * pixels, std::size_t width, std::size_t height, std::size_t maximumSize);

using ColorType = std::array<unsigned char, 3>;

constexpr ColorType FrameColor = { 120, 120, 120 };

/** A rectangle in pixels from the top left. */
struct Box
{
  std::size_t X;
  std::size_t Y;
  std::size_t Width;
  std::size_t Height;
};

void
FillBox(Picture & picture, const Box & box, const ColorType & color);

/** Draws a thin frame around a box. */
void
DrawFrame(Picture & picture, const Box & box);

/** Copies an image into a box of its size, with a frame: OpenGL has no part in its colours. */
void
DrawImage(Picture & picture, const Box & box, Picture & image);

/** The bytes of a PNG file. */
std::string
EncodePNG(const Picture & picture);

/** Throws unless a file name ends in ".png". */
void
VerifyPNGFileName(const std::string & name);

/** A line of text, centred at a point, in pixels from the bottom left. */
struct Caption
{
  std::string Text;
  double      X;
  double      Y;
  int         Size;
  /** Letters get smaller if the text would be longer. */
  double LongestLength;
  bool   Upright{ false };
  bool   Bold{ false };
};

void
PaintCaption(vtkContext2D * context, const Caption & caption);

/** Makes dark letters of a size in pixels. */
void
SetFont(vtkTextProperty * font, int size, bool bold = false);

/** The width of a text in pixels. */
double
GetTextWidth(vtkTextProperty * font, const std::string & text);
} // namespace IntensityMapping

#endif
