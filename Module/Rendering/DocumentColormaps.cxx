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
#include "IntensityMappingRendering.h"

#include "itkColormap.h"

#include <exception>
#include <iostream>
#include <map>

namespace
{
/** The names of a category by their source and licence, as rows of a table. */
void
PrintTable(const std::vector<std::string> & names)
{
  std::map<std::string, std::string> namesOfSource;
  for (const auto & name : names)
  {
    auto & row = namesOfSource[itk::Colormap::GetSource(name) + " | " + itk::Colormap::GetLicense(name)];
    row += (row.empty() ? "`" : ", `") + name + '`';
  }
  std::cout << "| source | licence | names |\n|---|---|---|\n";
  for (const auto & [source, row] : namesOfSource)
  {
    std::cout << "| " << source << " | " << row << " |\n";
  }
}
} // namespace

int
main(int argc, char * argv[])
{
  if (argc != 2)
  {
    std::cerr << "usage: DocumentColormaps FOLDER\n  Writes FOLDER/colormaps-CATEGORY.png, and prints the tables of "
                 "doc/colormaps.md.\n";
    return EXIT_FAILURE;
  }
  try
  {
    for (const auto & category : itk::Colormap::GetCategories())
    {
      const auto names = itk::Colormap::GetNamesOfCategory(category);
      IntensityMapping::DrawColormapGallery(names, std::string(argv[1]) + "/colormaps-" + category + ".png");
      std::cout << "\n### " << category << "\n\n";
      PrintTable(names);
    }
    return EXIT_SUCCESS;
  }
  catch (const std::exception & error)
  {
    std::cerr << "DocumentColormaps: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
