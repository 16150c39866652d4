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
#ifndef ImageFormats_h
#define ImageFormats_h

#include "itkImageIOBase.h"

#include <string>

namespace IntensityMapping
{
/** Makes ITK know the formats of the tools. It costs nothing to call it again. */
void
RegisterImageFormats();

/** The formats and the endings of their names, for messages. */
std::string
ListImageFormats();

/** Throws if the file is damaged or shorter than its own header tells, as far as ITK would not find out by itself, or
 * only too late: by what the file begins with, before ITK sees it. */
void
VerifyBySignature(const std::string & fileName);

/** The same for formats that have no signature, by the class that ITK chose to read the file with. It is not asked for
 * the image's information unless the file is safe to be read so. */
void
VerifyByImageIO(const std::string & fileName, itk::ImageIOBase & imageIO);

/** \name The checks of each format, each in a file of its own. */
///@{
void
VerifyJPEG(const std::string & fileName);
void
VerifyPNG(const std::string & fileName);
void
VerifyTIFF(const std::string & fileName);
void
VerifyBitmap(const std::string & fileName, itk::ImageIOBase & imageIO);
void
VerifyMetaImage(const std::string & fileName, itk::ImageIOBase & imageIO);
void
VerifyMRC(const std::string & fileName, itk::ImageIOBase & imageIO);
void
VerifyNIfTI(const std::string & fileName, itk::ImageIOBase & imageIO);
void
VerifyNRRD(const std::string & fileName, itk::ImageIOBase & imageIO);
void
VerifyVTK(const std::string & fileName, itk::ImageIOBase & imageIO);
///@}
} // namespace IntensityMapping

#endif
