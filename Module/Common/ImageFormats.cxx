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
#include "ImageFormats.h"

#include "FileBytes.h"

#include "itkBMPImageIOFactory.h"
#include "itkJPEGImageIOFactory.h"
#include "itkMetaImageIOFactory.h"
#ifdef IntensityMapping_USE_MRC
#  include "itkMRCImageIOFactory.h"
#endif
#include "itkNiftiImageIOFactory.h"
#include "itkNrrdImageIOFactory.h"
#include "itkPNGImageIOFactory.h"
#include "itkTIFFImageIOFactory.h"
#include "itkVTKImageIOFactory.h"

#include <algorithm>
#include <string_view>

namespace IntensityMapping
{
namespace
{
struct ImageFormat
{
  const char * title;
  const char * imageIO;
  void (*registerFactory)();
  void (*verify)(const std::string &, itk::ImageIOBase &);
};

constexpr ImageFormat imageFormats[] = {
  { "MetaImage (.mha, .mhd)", "MetaImageIO", itk::MetaImageIOFactory::RegisterOneFactory, VerifyMetaImage },
  { "NRRD (.nrrd, .nhdr)", "NrrdImageIO", itk::NrrdImageIOFactory::RegisterOneFactory, VerifyNRRD },
  { "NIfTI (.nii, .nii.gz)", "NiftiImageIO", itk::NiftiImageIOFactory::RegisterOneFactory, VerifyNIfTI },
  { "VTK (.vtk)", "VTKImageIO", itk::VTKImageIOFactory::RegisterOneFactory, VerifyVTK },
#ifdef IntensityMapping_USE_MRC
  { "MRC (.mrc)", "MRCImageIO", itk::MRCImageIOFactory::RegisterOneFactory, VerifyMRC },
#endif
  { "TIFF (.tif, .tiff)", "TIFFImageIO", itk::TIFFImageIOFactory::RegisterOneFactory, nullptr },
  { "PNG (.png)", "PNGImageIO", itk::PNGImageIOFactory::RegisterOneFactory, nullptr },
  { "JPEG (.jpg, .jpeg)", "JPEGImageIO", itk::JPEGImageIOFactory::RegisterOneFactory, nullptr },
  { "BMP (.bmp)", "BMPImageIO", itk::BMPImageIOFactory::RegisterOneFactory, VerifyBitmap }
};

struct Signature
{
  std::string_view bytes;
  void (*verify)(const std::string &);
};

using namespace std::string_view_literals;

// What files of a format begin with. ITK must not see these before they are verified: of a TIFF file that was cut, its
// library prints warnings, and version 5.2.1 crashes on a JPEG file that ends within its header.
constexpr Signature signatures[] = { { "\x89PNG"sv, VerifyPNG }, { "\xff\xd8"sv, VerifyJPEG },
                                     { "II*\0"sv, VerifyTIFF },  { "MM\0*"sv, VerifyTIFF },
                                     { "II+\0"sv, VerifyTIFF },  { "MM\0+"sv, VerifyTIFF } };
} // namespace

void
RegisterImageFormats()
{
  static const bool registered = [] {
    for (const ImageFormat & format : imageFormats)
    {
      format.registerFactory();
    }
    return true;
  }();
  static_cast<void>(registered);
}

std::string
ListImageFormats()
{
  std::string list;
  for (const ImageFormat & format : imageFormats)
  {
    list += (list.empty() ? "" : ", ") + std::string(format.title);
  }
  return list;
}

void
VerifyBySignature(const std::string & fileName)
{
  FileBytes         file(fileName);
  const std::string begin = file.Read(0, std::min<std::uint64_t>(file.GetLength(), 8));
  for (const Signature & signature : signatures)
  {
    if (begin.compare(0, signature.bytes.size(), signature.bytes) == 0)
    {
      signature.verify(fileName);
    }
  }
}

void
VerifyByImageIO(const std::string & fileName, itk::ImageIOBase & imageIO)
{
  for (const ImageFormat & format : imageFormats)
  {
    if (format.verify && imageIO.GetNameOfClass() == std::string(format.imageIO))
    {
      format.verify(fileName, imageIO);
    }
  }
}
} // namespace IntensityMapping
