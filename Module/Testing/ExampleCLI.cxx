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
#include "ProgressBar.h"
#include "RunTool.h"

#include "itkImageSource.h"
#include "itkImage.h"

#include <fstream>
#include <iostream>

#include "ExampleCLICLP.h"

namespace
{
// A source that does nothing, in ten steps.
class SlowSource : public itk::ImageSource<itk::Image<unsigned char, 2>>
{
public:
  using Self = SlowSource;
  using Pointer = itk::SmartPointer<Self>;
  itkNewMacro(Self);

protected:
  void
  GenerateData() override
  {
    for (int step = 1; step <= 10 && !this->GetAbortGenerateData(); ++step)
    {
      this->UpdateProgress(0.1F * static_cast<float>(step));
    }
  }
};

template <typename T>
void
Print(const char * name, const std::vector<T> & values)
{
  std::cout << name << " =";
  for (const T & value : values)
  {
    std::cout << ' ' << value;
  }
  std::cout << '\n';
}
} // namespace

int
main(int argc, char * argv[])
{
  PARSE_ARGS;
  return IntensityMapping::RunTool("ExampleCLI", [&] {
    std::cout << "outputVolume = " << outputVolume << "\nminimum = " << minimum << "\ngamma = " << gamma
              << "\nbins = " << bins << "\ninvert = " << invert << "\ncolormap = " << colormap << "\ntitle = [" << title
              << "]\n";
    Print("inputVolumes", inputVolumes);
    Print("maskFiles", maskFiles);
    Print("edges", edges);
    Print("shape", shape);

    IntensityMapping::ProgressBar progress(CLPProcessInformation);
    const auto                    source = SlowSource::New();
    progress.AddStage(source, "Doing nothing");
    source->Update();
    progress.ThrowIfStopped();
    if (!returnParameterFile.empty())
    {
      std::ofstream(returnParameterFile) << "usedMaximum = " << usedMaximum + 4.5 << '\n';
    }
  });
}
