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
#ifndef itkContrastLimitedTileHistogramImageSink_hxx
#define itkContrastLimitedTileHistogramImageSink_hxx

#include "itkContrastLimitedTileHistogramImageSink.h"

#include "itkIntensityDistributionKernel.h"
#include "itkPixelMemory.h"
#include "itkVerifyRegions.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <numeric>

namespace itk
{
template <typename TInputImage>
ContrastLimitedTileHistogramImageSink<TInputImage>::ContrastLimitedTileHistogramImageSink()
{
  m_NumberOfTiles.Fill(8);
  this->AddOptionalInputName("MaskImage");
  this->SetNumberOfRequiredOutputs(1);
  this->SetNthOutput(0, this->MakeOutput(0));
  // The first pass over real values finds their range.
  const auto passes = RepeatedImageRegionSplitter::New();
  passes->SetNumberOfRepetitions(IsReal ? 2 : 1);
  this->SetRegionSplitter(passes);
  // The memory of the counters is used again by the next update.
  this->ReleaseDataBeforeUpdateFlagOff();
}


template <typename TInputImage>
DataObject::Pointer
ContrastLimitedTileHistogramImageSink<TInputImage>::MakeOutput(DataObjectPointerArraySizeType)
{
  return HistogramImageType::New().GetPointer();
}


template <typename TInputImage>
auto
ContrastLimitedTileHistogramImageSink<TInputImage>::GetHistogramImage() -> HistogramImageType *
{
  return static_cast<HistogramImageType *>(this->ProcessObject::GetOutput(0));
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::VerifyPreconditions() const
{
  Superclass::VerifyPreconditions();
  if (std::any_of(m_NumberOfTiles.begin(), m_NumberOfTiles.end(), [](SizeValueType number) { return number == 0; }))
  {
    itkExceptionMacro("NumberOfTiles is " << m_NumberOfTiles << ": there must be at least one along each axis.");
  }
  constexpr SizeValueType mostBins = 65536;
  if (m_NumberOfBins == 0 || m_NumberOfBins > mostBins)
  {
    itkExceptionMacro("NumberOfBins is " << m_NumberOfBins << ": there must be 1 to " << mostBins << '.');
  }
}


template <typename TInputImage>
std::vector<ContrastLimitedTileAxis>
ContrastLimitedTileHistogramImageSink<TInputImage>::MakeTileAxes() const
{
  const auto & size = this->GetInput()->GetLargestPossibleRegion().GetSize();
  return ContrastLimitedTileAxis::MakeGrid({ size.begin(), size.end() },
                                           { m_NumberOfTiles.begin(), m_NumberOfTiles.end() });
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::VerifyInputInformation() const
{
  Superclass::VerifyInputInformation();
  VerifySameRegion(*this, *this->GetInput(), "mask", this->GetMaskImage());

  double numberOfPixels = 1.0;
  for (const auto & axis : this->MakeTileAxes())
  {
    numberOfPixels *= static_cast<double>(axis.GetTileSize());
  }
  constexpr double mostPixels = std::numeric_limits<std::uint32_t>::max();
  if (numberOfPixels > mostPixels)
  {
    itkExceptionMacro("With " << m_NumberOfTiles << " tiles, a tile has " << numberOfPixels
                              << " pixels, but a counter can count to " << mostPixels << " only: use more tiles.");
  }
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::GenerateOutputInformation()
{
  m_TileAxes = this->MakeTileAxes();

  const InputImageType *                              input = this->GetInput();
  typename HistogramImageType::SpacingType            spacing;
  ContinuousIndex<SpacePrecisionType, ImageDimension> center;
  for (unsigned int i = 0; i < ImageDimension; ++i)
  {
    const auto tileSize = static_cast<SpacePrecisionType>(m_TileAxes[i].GetTileSize());
    spacing[i] = input->GetSpacing()[i] * tileSize;
    center[i] = static_cast<SpacePrecisionType>(input->GetLargestPossibleRegion().GetIndex(i)) + 0.5 * (tileSize - 1.0);
  }
  typename HistogramImageType::PointType origin;
  input->TransformContinuousIndexToPhysicalPoint(center, origin);

  auto * histograms = this->GetHistogramImage();
  histograms->SetLargestPossibleRegion(typename HistogramImageType::RegionType(m_NumberOfTiles));
  histograms->SetSpacing(spacing);
  histograms->SetOrigin(origin);
  histograms->SetDirection(input->GetDirection());
  histograms->SetNumberOfComponentsPerPixel(static_cast<unsigned int>(GetNumberOfBinsPerTile(m_NumberOfBins)));
}


template <typename TInputImage>
template <typename TVisit>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::InParallel(SizeValueType count, const TVisit & visit)
{
  this->GetMultiThreader()->SetNumberOfWorkUnits(this->GetNumberOfWorkUnits());
  this->GetMultiThreader()->ParallelizeArray(0, count, visit, nullptr);
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::Forget()
{
  this->GetHistogramImage()->SetBufferedRegion(typename HistogramImageType::RegionType());
  m_NumbersOfCounts.clear();
  m_Range = {};
  m_RealBins = { 0.0, 0.0, 1 };
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::Learn()
{
  auto * histograms = this->GetHistogramImage();
  histograms->SetBufferedRegion(histograms->GetLargestPossibleRegion());
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::BeforeStreamedGenerateData()
{
  Superclass::BeforeStreamedGenerateData();
  this->MakeCounters();
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::MakeCounters()
{
  const auto *        histograms = this->GetHistogramImage();
  auto *              container = this->GetHistogramImage()->GetPixelContainer();
  const SizeValueType numberOfBins = histograms->GetNumberOfComponentsPerPixel();
  const SizeValueType numberOfTiles = histograms->GetLargestPossibleRegion().GetNumberOfPixels();
  const SizeValueType numberOfCounters = numberOfTiles * numberOfBins;
  if (container->Capacity() < numberOfCounters)
  {
    auto * memory = AllocatePixelMemory(numberOfCounters * sizeof(std::uint32_t));
    container->SetImportPointer(static_cast<std::uint32_t *>(memory), numberOfCounters, true);
  }
  container->Reserve(numberOfCounters);
  this->InParallel(numberOfTiles, [=](SizeValueType tile) {
    std::fill_n(container->GetBufferPointer() + tile * numberOfBins, numberOfBins, std::uint32_t{ 0 });
  });
  m_NumbersOfCounts.assign(numberOfTiles, 0);
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::ReadPiece(unsigned int inputRequestedRegionNumber)
{
  const auto numberOfPieces = this->GetNumberOfInputRequestedRegions();
  if (IsReal && inputRequestedRegionNumber < numberOfPieces / 2)
  {
    Superclass::ReadPiece(inputRequestedRegionNumber);
    return;
  }
  const bool isEmpty = m_Range.NumberOfFiniteValues == 0;
  m_RealBins = { isEmpty ? 0.0 : m_Range.Minimum, isEmpty ? 0.0 : m_Range.Maximum, m_NumberOfBins };

  auto piece = this->GetInput()->GetLargestPossibleRegion();
  this->GetModifiableRegionSplitter()->GetSplit(inputRequestedRegionNumber, numberOfPieces, piece);
  this->CountPiece(piece);
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::ThreadedStreamedGenerateData(const InputRegionType & region)
{
  WorkUnitProgress progress(this->GetInput()->GetRequestedRegion().GetNumberOfPixels(),
                            [this](float fraction) { this->ReportProgress(fraction); });
  IntensityRange   range;
  this->ForEachCountedBlock(
    region,
    [&range](const InputPixelType * values, SizeValueType count) { range.Merge(ComputeIntensityRange(values, count)); },
    progress);
  progress.Finish();
  const std::lock_guard<std::mutex> lock(m_Mutex);
  m_Range.Merge(range);
}


template <typename TInputImage>
template <typename TVisit>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::ForEachCountedBlock(const InputRegionType & region,
                                                                        const TVisit &          visit,
                                                                        WorkUnitProgress &      progress)
{
  const InputImageType * input = this->GetInput();
  const MaskImageType *  mask = this->GetMaskImage();
  const auto             visitBlock = [&visit](const auto * values, const unsigned char * isCounted, auto length) {
    if (DoAllCount(values, isCounted, length))
    {
      visit(values, length);
      return;
    }
    std::array<InputPixelType, BlockLength> counted;
    visit(counted.data(), CollectCounted(values, isCounted, length, counted.data()));
  };
  const auto visitRun = [&](const auto & index, SizeValueType begin, SizeValueType runLength) {
    const InputPixelType * values = input->GetBufferPointer() + input->ComputeOffset(index);
    const unsigned char * isCounted = mask != nullptr ? mask->GetBufferPointer() + mask->ComputeOffset(index) : nullptr;
    for (auto start = begin; start < begin + runLength; start += BlockLength)
    {
      const auto length = std::min(BlockLength, begin + runLength - start);
      visitBlock(values + start, isCounted != nullptr ? isCounted + start : nullptr, length);
    }
  };
  const auto & buffered = input->GetBufferedRegion();
  this->ForEachBlock(region, { buffered, mask != nullptr ? mask->GetBufferedRegion() : buffered }, visitRun, progress);
}


template <typename TInputImage>
auto
ContrastLimitedTileHistogramImageSink<TInputImage>::FindSources(SizeValueType tile, const InputRegionType & piece) const
  -> std::vector<InputRegionType>
{
  std::vector<InputRegionType> sources{ piece };
  for (unsigned int i = 0; i < ImageDimension; ++i)
  {
    const auto                   first = this->GetInput()->GetLargestPossibleRegion().GetIndex(i);
    const auto                   spans = m_TileAxes[i].GetSources(tile % m_NumberOfTiles[i]);
    std::vector<InputRegionType> parts;
    for (const auto & source : sources)
    {
      for (const auto & span : spans)
      {
        auto part = source;
        part.SetIndex(i, first + static_cast<IndexValueType>(span.Begin));
        part.SetSize(i, span.End - span.Begin);
        if (part.Crop(source))
        {
          parts.push_back(part);
        }
      }
    }
    sources = std::move(parts);
    tile /= m_NumberOfTiles[i];
  }
  return sources;
}


template <typename TInputImage>
SizeValueType
ContrastLimitedTileHistogramImageSink<TInputImage>::TilePart::GetNumberOfPixels() const
{
  return std::accumulate(Regions.begin(), Regions.end(), SizeValueType{ 0 }, [](auto sum, const auto & region) {
    return sum + region.GetNumberOfPixels();
  });
}


template <typename TInputImage>
auto
ContrastLimitedTileHistogramImageSink<TInputImage>::TilePart::Split(SizeValueType number) const -> std::vector<TilePart>
{
  const auto            splitter = ImageRegionSplitterSlowDimension::New();
  const auto            wanted = static_cast<unsigned int>(number);
  std::vector<TilePart> parts(number, TilePart{ Tile, true, {} });
  for (const auto & region : Regions)
  {
    const auto numberOfSplits = splitter->GetNumberOfSplits(region, wanted);
    for (unsigned int i = 0; i < numberOfSplits; ++i)
    {
      auto split = region;
      splitter->GetSplit(i, numberOfSplits, split);
      parts[i].Regions.push_back(split);
    }
  }
  return parts;
}


template <typename TInputImage>
auto
ContrastLimitedTileHistogramImageSink<TInputImage>::MakeTileParts(const InputRegionType & piece) const
  -> std::vector<TilePart>
{
  std::vector<TilePart> wholes;
  for (SizeValueType tile = 0; tile < m_NumbersOfCounts.size(); ++tile)
  {
    auto regions = this->FindSources(tile, piece);
    if (!regions.empty())
    {
      wholes.push_back({ tile, false, std::move(regions) });
    }
  }
  const auto sharers = (this->GetNumberOfWorkUnits() + wholes.size() - 1) / wholes.size();
  if (sharers == 1)
  {
    return wholes;
  }
  std::vector<TilePart> parts;
  for (const auto & whole : wholes)
  {
    const auto splits = whole.Split(sharers);
    parts.insert(parts.end(), splits.begin(), splits.end());
  }
  return parts;
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::CountPiece(const InputRegionType & piece)
{
  const auto    parts = this->MakeTileParts(piece);
  SizeValueType numberOfPixels = 0;
  for (const auto & part : parts)
  {
    numberOfPixels += part.GetNumberOfPixels();
  }
  this->InParallel(parts.size(), [&](SizeValueType i) {
    WorkUnitProgress progress(numberOfPixels, [this](float fraction) { this->ReportProgress(fraction); });
    this->CountTilePart(parts[i], progress);
    progress.Finish();
  });
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::CountTilePart(const TilePart & part, WorkUnitProgress & progress)
{
  const auto   numberOfBins = GetNumberOfBinsPerTile(m_NumberOfBins);
  auto * const histogram = this->GetHistogramImage()->GetBufferPointer() + part.Tile * numberOfBins;
  if (!part.IsShared)
  {
    m_NumbersOfCounts[part.Tile] += this->CountRegions(part.Regions, histogram, progress);
    return;
  }
  std::vector<std::uint32_t>        counts(numberOfBins);
  const auto                        numberOfCounts = this->CountRegions(part.Regions, counts.data(), progress);
  const std::lock_guard<std::mutex> lock(m_Mutex);
  m_NumbersOfCounts[part.Tile] += numberOfCounts;
  std::transform(counts.begin(), counts.end(), histogram, histogram, std::plus<>());
}


template <typename TInputImage>
SizeValueType
ContrastLimitedTileHistogramImageSink<TInputImage>::CountRegions(const std::vector<InputRegionType> & regions,
                                                                 std::uint32_t *                      histogram,
                                                                 WorkUnitProgress &                   progress)
{
  SizeValueType numberOfCounts = 0;
  const auto    countSpan = [&](const InputPixelType * values, SizeValueType count) {
    numberOfCounts += count;
    if constexpr (IsReal)
    {
      std::array<std::uint16_t, BlockLength> bins;
      ContrastLimitedEqualization::FindBins(values, bins.data(), count, m_RealBins);
      CountIntensities(bins.data(), count, histogram);
    }
    else
    {
      CountIntensities(values, count, histogram);
    }
  };
  for (const auto & region : regions)
  {
    this->ForEachCountedBlock(region, countSpan, progress);
  }
  return numberOfCounts;
}


template <typename TInputImage>
void
ContrastLimitedTileHistogramImageSink<TInputImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "NumberOfTiles: " << m_NumberOfTiles << std::endl;
  os << indent << "NumberOfBins: " << m_NumberOfBins << std::endl;
  os << indent << "RealBins: " << m_RealBins.NumberOfBins << " from " << m_RealBins.Minimum << " to "
     << m_RealBins.Maximum << std::endl;
}
} // namespace itk

#endif
