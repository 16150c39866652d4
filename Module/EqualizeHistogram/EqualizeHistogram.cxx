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
#include "EqualizeHistogramJob.h"
#include "FileNames.h"
#include "OutputFile.h"
#include "ReturnParameters.h"
#include "RunTool.h"

#include <memory>

#include "EqualizeHistogramCLP.h"

using namespace IntensityMapping;

namespace
{
std::optional<ImageDescription>
DescribeIfGiven(const std::string & fileName)
{
  return fileName.empty() ? std::nullopt : std::make_optional(DescribeImage(fileName));
}


std::string
GetFileName(const std::optional<ImageDescription> & image)
{
  return image ? image->fileName : "";
}


void
Run(const EqualizeHistogramJob & job)
{
  VerifyEqualizeHistogramJob(job);
  VerifyOutputsAreDistinct(
    { job.input.fileName, GetFileName(job.mask), GetFileName(job.distribution), GetFileName(job.match) },
    { job.output, job.figure, job.results });
  OutputFile                        output(job.output);
  const std::unique_ptr<OutputFile> figure(job.figure.empty() ? nullptr : new OutputFile(job.figure));

  RunEqualizeHistogram(job, output.GetTemporaryName());
  if (figure)
  {
    DrawEqualizeHistogramFigure(job, output.GetTemporaryName(), figure->GetTemporaryName());
  }
  output.Commit();
  if (figure)
  {
    figure->Commit();
  }
}
} // namespace


int
main(int argc, char * argv[])
{
  PARSE_ARGS;

  return RunTool("EqualizeHistogram", [&] {
    EqualizeHistogramJob job;
    job.input = DescribeImage(inputVolume);
    job.mask = DescribeIfGiven(mask);
    job.distribution = DescribeIfGiven(distribution);
    job.match = DescribeIfGiven(match);
    job.output = outputVolume;
    job.figure = figure;
    job.title = title;
    job.results = returnParameterFile;
    job.method = method;
    job.frameAxis = frameAxis;
    job.bins = bins;
    job.boundedMemory = boundedMemory;
    job.clipLimit = clipLimit;
    job.tiles = tiles;
    job.outputType = outputType;
    job.outputMinimum = outputMinimum;
    job.outputMaximum = outputMaximum;
    job.memory = static_cast<itk::SizeValueType>(memory) << 20;
    job.compress = compress;
    job.processInformation = CLPProcessInformation;

    ReturnParameterFile results(returnParameterFile);
    Run(job);
    results.Write({});
  });
}
