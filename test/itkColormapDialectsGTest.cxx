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
#include "itkColormap.h"

#include "itkAutumnColormapFunction.h"
#include "itkBlueColormapFunction.h"
#include "itkCoolColormapFunction.h"
#include "itkCopperColormapFunction.h"
#include "itkGreenColormapFunction.h"
#include "itkGreyColormapFunction.h"
#include "itkHSVColormapFunction.h"
#include "itkHotColormapFunction.h"
#include "itkJetColormapFunction.h"
#include "itkOverUnderColormapFunction.h"
#include "itkRedColormapFunction.h"
#include "itkSpringColormapFunction.h"
#include "itkSummerColormapFunction.h"
#include "itkWinterColormapFunction.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace
{
using RGBType = itk::RGBPixel<unsigned char>;

itk::Colormap::Pointer
MakeColormap(const std::string & name)
{
  auto colormap = itk::Colormap::New();
  colormap->SetName(name);
  return colormap;
}

template <typename TFunction>
void
ExpectAgrees(const std::string & name)
{
  const auto function = TFunction::New();
  const auto bytes = MakeColormap("itk." + name)->GetByteTable();
  ASSERT_EQ(bytes.size(), 259u) << name;
  for (unsigned int k = 0; k < 256; ++k)
  {
    const RGBType expected = (*function)(static_cast<unsigned char>(k));
    EXPECT_EQ(RGBType(bytes[k].GetDataPointer()), expected) << name << ", entry " << k;
  }
}

int
GreatestDifference(const std::string & name, const std::string & other)
{
  const auto a = MakeColormap(name)->GetByteTable();
  const auto b = MakeColormap(other)->GetByteTable();
  int        greatest = 0;
  for (unsigned int k = 0; k < 256; ++k)
  {
    for (unsigned int c = 0; c < 3; ++c)
    {
      greatest = std::max(greatest, std::abs(int{ a[k][c] } - int{ b[k][c] }));
    }
  }
  return greatest;
}
} // namespace


TEST(ColormapDialects, Of_ITK_agree_to_the_byte_with_its_functions)
{
  using namespace itk::Function;
  ExpectAgrees<AutumnColormapFunction<unsigned char, RGBType>>("autumn");
  ExpectAgrees<BlueColormapFunction<unsigned char, RGBType>>("blue");
  ExpectAgrees<CoolColormapFunction<unsigned char, RGBType>>("cool");
  ExpectAgrees<CopperColormapFunction<unsigned char, RGBType>>("copper");
  ExpectAgrees<GreenColormapFunction<unsigned char, RGBType>>("green");
  ExpectAgrees<GreyColormapFunction<unsigned char, RGBType>>("grey");
  ExpectAgrees<HSVColormapFunction<unsigned char, RGBType>>("hsv");
  ExpectAgrees<HotColormapFunction<unsigned char, RGBType>>("hot");
  ExpectAgrees<JetColormapFunction<unsigned char, RGBType>>("jet");
  ExpectAgrees<OverUnderColormapFunction<unsigned char, RGBType>>("overunder");
  ExpectAgrees<RedColormapFunction<unsigned char, RGBType>>("red");
  ExpectAgrees<SpringColormapFunction<unsigned char, RGBType>>("spring");
  ExpectAgrees<SummerColormapFunction<unsigned char, RGBType>>("summer");
  ExpectAgrees<WinterColormapFunction<unsigned char, RGBType>>("winter");
}


TEST(ColormapDialects, Are_other_colours_by_the_same_name)
{
  EXPECT_EQ(GreatestDifference("opencv.viridis", "viridis"), 1);
  EXPECT_GT(GreatestDifference("opencv.jet", "jet"), 30);
  EXPECT_GT(GreatestDifference("itk.jet", "jet"), 30);
  EXPECT_GT(GreatestDifference("itk.hot", "hot"), 40);
  EXPECT_GT(GreatestDifference("itk.hsv", "hsv"), 80);
}


TEST(ColormapDialects, Are_asked_for_by_their_whole_name)
{
  EXPECT_EQ(itk::Colormap::GetCategory("opencv.jet"), "dialect");
  EXPECT_EQ(itk::Colormap::GetLicense("itk.jet_r"), "Apache-2.0");
  EXPECT_EQ(itk::Colormap::GetCategory("jet"), "miscellaneous");
  for (const std::string name : { "deepgreen", "overunder", "ocean" })
  {
    EXPECT_THROW(MakeColormap(name), itk::ExceptionObject) << name;
  }
}
