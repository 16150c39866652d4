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
#ifndef itkStreamingLaw_h
#define itkStreamingLaw_h

#include "itkCastImageFilter.h"
#include "itkImageAlgorithm.h"
#include "itkImageRegionSplitterMultidimensional.h"
#include "itkPipelineMonitorImageFilter.h"
#include "itkStreamingImageFilter.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <vector>

#include <gtest/gtest.h>

/** The streaming law: what a filter gives does not depend on how it was asked for. */
namespace itk
{
namespace StreamingLaw
{
/** The numbers of pieces and of work units that are tried. */
constexpr unsigned int divisions[] = { 1, 2, 5, 16 };
constexpr unsigned int workUnits[] = { 1, 2, 7 };

template <typename TImage>
std::vector<unsigned char>
GetBytes(const TImage * image)
{
  const auto                 numberOfBytes = image->GetPixelContainer()->Size() * sizeof(*image->GetBufferPointer());
  std::vector<unsigned char> bytes(numberOfBytes);
  std::memcpy(bytes.data(), image->GetBufferPointer(), numberOfBytes);
  return bytes;
}

/** An image that is made piece by piece, as a reader does, and a monitor of what is asked of it. */
template <typename TImage>
class MonitoredSource
{
public:
  explicit MonitoredSource(TImage * image)
  {
    m_Source->SetInput(image);
    m_Source->InPlaceOff();
    m_Monitor->SetInput(m_Source->GetOutput());
  }

  PipelineMonitorImageFilter<TImage> *
  operator->() const
  {
    return m_Monitor;
  }

private:
  using SourceType = CastImageFilter<TImage, TImage>;
  using MonitorType = PipelineMonitorImageFilter<TImage>;

  typename SourceType::Pointer  m_Source{ SourceType::New() };
  typename MonitorType::Pointer m_Monitor{ MonitorType::New() };
};

/** The bytes of the whole output, asked for tile by tile in random order. */
template <typename TImage>
std::vector<unsigned char>
UpdateInRandomTiles(TImage * output, unsigned int numberOfTiles, unsigned int seed)
{
  output->UpdateOutputInformation();
  const auto largest = output->GetLargestPossibleRegion();
  auto       whole = TImage::New();
  whole->CopyInformation(output);
  whole->SetRegions(largest);
  whole->Allocate();

  const auto                               splitter = ImageRegionSplitterMultidimensional::New();
  const auto                               actualNumberOfTiles = splitter->GetNumberOfSplits(largest, numberOfTiles);
  std::vector<typename TImage::RegionType> tiles(actualNumberOfTiles, largest);
  for (unsigned int i = 0; i < actualNumberOfTiles; ++i)
  {
    splitter->GetSplit(i, actualNumberOfTiles, tiles[i]);
  }
  std::shuffle(tiles.begin(), tiles.end(), std::mt19937(seed));

  for (const auto & tile : tiles)
  {
    output->SetRequestedRegion(tile);
    output->Update();
    ImageAlgorithm::Copy(output, whole.GetPointer(), tile, tile);
  }
  return GetBytes(whole.GetPointer());
}

/** Holds one output of a filter to the streaming law: for several splits, numbers of threads and tile orders its bytes
 * are those of one pass with one thread, and both the filter and what is before it are executed piece by piece.
 *
 * `makeFilter(input)` makes the filter on an input image, and `getOutput(filter)` finds the output. */
template <typename TInputImage, typename TMakeFilter, typename TGetOutput>
void
ExpectHolds(TInputImage * input, const TMakeFilter & makeFilter, const TGetOutput & getOutput)
{
  using OutputImageType = std::remove_pointer_t<decltype(getOutput(makeFilter(input)))>;

  const auto onePass = makeFilter(input);
  onePass->SetNumberOfWorkUnits(1);
  getOutput(onePass)->Update();
  const auto expected = GetBytes(getOutput(onePass));

  for (const auto numberOfWorkUnits : workUnits)
  {
    for (const auto numberOfDivisions : divisions)
    {
      SCOPED_TRACE(testing::Message() << numberOfDivisions << " pieces, " << numberOfWorkUnits << " work units");
      const MonitoredSource<TInputImage> before(input);
      const auto                         filter = makeFilter(before->GetOutput());
      filter->SetNumberOfWorkUnits(numberOfWorkUnits);
      const auto after = PipelineMonitorImageFilter<OutputImageType>::New();
      after->SetInput(getOutput(filter));
      const auto streamer = StreamingImageFilter<OutputImageType, OutputImageType>::New();
      streamer->SetInput(after->GetOutput());
      streamer->SetNumberOfStreamDivisions(numberOfDivisions);
      streamer->Update();

      EXPECT_TRUE(GetBytes(streamer->GetOutput()) == expected);
      // Fewer pieces than asked for come where an axis is short, but always more than one.
      EXPECT_TRUE(after->VerifyAllInputCanStream(numberOfDivisions == 1 ? 1 : -2));
      EXPECT_TRUE(before->VerifyInputFilterExecutedStreaming(numberOfDivisions == 1 ? -1 : -2));
      EXPECT_TRUE(before->VerifyInputFilterBufferedRequestedRegions());
    }

    SCOPED_TRACE(testing::Message() << "random tiles, " << numberOfWorkUnits << " work units");
    const auto tiled = makeFilter(input);
    tiled->SetNumberOfWorkUnits(numberOfWorkUnits);
    EXPECT_TRUE(UpdateInRandomTiles(getOutput(tiled), 12, numberOfWorkUnits) == expected);
  }
}

/** Holds the first output of a filter to the streaming law. */
template <typename TInputImage, typename TMakeFilter>
void
ExpectHolds(TInputImage * input, const TMakeFilter & makeFilter)
{
  ExpectHolds(input, makeFilter, [](const auto & filter) { return filter->GetOutput(); });
}

/** Holds a sink to the streaming law: what `getResult(sink)` says after an update is the same for several splits and
 * numbers of threads, and the input is executed piece by piece. */
template <typename TInputImage, typename TMakeSink, typename TGetResult>
void
ExpectSinkHolds(TInputImage * input, const TMakeSink & makeSink, const TGetResult & getResult)
{
  const auto onePass = makeSink(input);
  onePass->SetNumberOfWorkUnits(1);
  onePass->Update();
  const auto expected = getResult(onePass);

  for (const auto numberOfWorkUnits : workUnits)
  {
    for (const auto numberOfDivisions : divisions)
    {
      SCOPED_TRACE(testing::Message() << numberOfDivisions << " pieces, " << numberOfWorkUnits << " work units");
      const MonitoredSource<TInputImage> before(input);
      const auto                         sink = makeSink(before->GetOutput());
      sink->SetNumberOfWorkUnits(numberOfWorkUnits);
      sink->SetNumberOfStreamDivisions(numberOfDivisions);
      sink->Update();

      EXPECT_EQ(getResult(sink), expected);
      EXPECT_TRUE(before->VerifyInputFilterExecutedStreaming(numberOfDivisions == 1 ? 1 : -2));
    }
  }
}
} // namespace StreamingLaw
} // namespace itk

#endif
