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
#ifndef itkContrastLimitedAdaptiveHistogramEqualizationImageFilter_hxx
#define itkContrastLimitedAdaptiveHistogramEqualizationImageFilter_hxx

#include "itkContrastLimitedAdaptiveHistogramEqualizationImageFilter.h"

#include "itkImageRegionConstIteratorWithOnlyIndex.h"
#include "itkImageRegionSplitterSlowDimension.h"
#include "itkPixelMemory.h"
#include "itkWorkUnitProgress.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace itk
{
template <typename TImage>
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<
  TImage>::ContrastLimitedAdaptiveHistogramEqualizationImageFilter()
{
  m_NumberOfTiles.Fill(8);
  this->AddOptionalInputName("MaskImage");
  this->DynamicMultiThreadingOn();
  this->ThreaderUpdateProgressOff();
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::VerifyPreconditions() const
{
  Superclass::VerifyPreconditions();
  VerifyFrameAxis<ImageDimension>(*this, m_FrameAxis);
  if (!(m_ClipLimit >= 0.0))
  {
    itkExceptionMacro("ClipLimit is " << m_ClipLimit
                                      << ": it must be a positive number, from 1 upwards to have an effect of its own, "
                                         "or 0 for no limit.");
  }
}


template <typename TImage>
SizeValueType
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::GetNumberOfPixelsPerPiece() const
{
  RegionType piece;
  if (this->GetInput() != nullptr)
  {
    piece = this->GetInput()->GetLargestPossibleRegion();
  }
  if (piece.GetNumberOfPixels() == 0)
  {
    return 0;
  }
  const auto splitter = ImageRegionSplitterSlowDimension::New();
  splitter->GetSplit(0, splitter->GetNumberOfSplits(piece, m_NumberOfStreamDivisions), piece);
  return piece.GetNumberOfPixels();
}


template <typename TImage>
auto
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::GetNumberOfTilesOf(const RegionType & region) const
  -> SizeType
{
  auto numbers = m_NumberOfTiles;
  if (this->IsPerFrame())
  {
    numbers[m_FrameAxis] = region.GetSize(m_FrameAxis);
  }
  return numbers;
}


template <typename TImage>
SizeValueType
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::PredictMemoryOfHistograms(
  const RegionType & region) const
{
  const auto numbersOfTiles = this->GetNumberOfTilesOf(region);
  const auto numberOfTiles =
    std::accumulate(numbersOfTiles.begin(), numbersOfTiles.end(), SizeValueType{ 1 }, std::multiplies<>());
  const auto bytesOfHistogram = SinkType::GetNumberOfBinsPerTile(m_NumberOfBins) * sizeof(std::uint32_t);
  return (2 * numberOfTiles + this->GetNumberOfWorkUnits()) * bytesOfHistogram;
}


template <typename TImage>
SizeValueType
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::PredictMemoryOfFrames(const RegionType & region) const
{
  const auto frames = EnlargeToFrames(region, this->GetInput()->GetLargestPossibleRegion(), m_FrameAxis);
  const auto numberOfFrames = std::max(frames.GetSize(m_FrameAxis), SizeValueType{ 1 });
  const auto numberAtOnce = std::min<SizeValueType>(numberOfFrames, this->GetNumberOfWorkUnits());
  const auto bytesOfInput = sizeof(PixelType) + (this->GetMaskImage() != nullptr ? 1 : 0);
  const auto bytesOfFrames = frames.GetNumberOfPixels() * bytesOfInput;
  const auto bytesOfCopies = (bytesOfFrames + region.GetNumberOfPixels() * sizeof(PixelType)) / numberOfFrames;
  const auto bytesOfHistograms = this->PredictMemoryOfHistograms(GetPartOfFrame(frames, m_FrameAxis, 0));
  return numberAtOnce * (bytesOfHistograms + bytesOfCopies) + bytesOfFrames +
         region.GetNumberOfPixels() * sizeof(PixelType);
}


template <typename TImage>
SizeValueType
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::PredictMemory(const RegionType & region) const
{
  if (this->IsPerFrame())
  {
    return this->PredictMemoryOfFrames(region);
  }
  const auto bytesOfInput = sizeof(PixelType) + (this->GetMaskImage() != nullptr ? 1 : 0);
  const auto bytesOfPiece = this->GetNumberOfPixelsPerPiece() * bytesOfInput;
  const auto bytesOfRegion = region.GetNumberOfPixels() * (bytesOfInput + sizeof(PixelType));
  return this->PredictMemoryOfHistograms(region) + std::max(bytesOfPiece, bytesOfRegion);
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::VerifyMemory(const RegionType & region) const
{
  const auto bytes = this->PredictMemory(region);
  if (m_MemoryLimit != 0 && bytes > m_MemoryLimit)
  {
    itkExceptionMacro("Equalizing a region of "
                      << region.GetSize() << " pixels would take " << bytes << " bytes of memory, of which "
                      << this->PredictMemory({}) << " are to count, more than the limit of " << m_MemoryLimit
                      << ": ask for smaller regions, for fewer tiles, or for more NumberOfStreamDivisions, of which "
                         "there are "
                      << m_NumberOfStreamDivisions << '.');
  }
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::GenerateOutputInformation()
{
  Superclass::GenerateOutputInformation();
  this->VerifyMemory({});
  this->UpdateHistograms();
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::UpdateHistograms()
{
  m_Sink->SetInput(this->GetInput());
  m_Sink->SetMaskImage(this->GetMaskImage());
  m_Sink->SetNumberOfTiles(this->GetNumberOfTilesOf(this->GetInput()->GetLargestPossibleRegion()));
  m_Sink->SetNumberOfBins(m_NumberOfBins);
  m_Sink->SetNumberOfStreamDivisions(m_NumberOfStreamDivisions);

  if (this->IsPerFrame())
  {
    // Its checks are those of the frames.
    m_Sink->UpdateOutputInformation();
  }
  else if (!m_LearningStage.IsDone(*this, m_Sink->GetMTime()))
  {
    m_LearningStage.Run(*this, *m_Sink);
  }
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::GenerateInputRequestedRegion()
{
  this->VerifyMemory(this->GetOutput()->GetRequestedRegion());
  Superclass::GenerateInputRequestedRegion();
  if (this->IsPerFrame())
  {
    RequestFrames(*this, this->GetOutput()->GetRequestedRegion(), m_FrameAxis);
  }
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::AllocateOutputs()
{
  auto * output = this->GetOutput();
  output->SetBufferedRegion(output->GetRequestedRegion());
  AllocateUninitialized(*output);
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::BeforeThreadedGenerateData()
{
  m_LearningStage.BeginNext(*this);
  if (std::max(m_LearningStage.GetMTime(), this->GetMTime()) > m_TableTime.GetMTime())
  {
    this->MakeTables();
    ThrowIfAborted(*this);
    m_TableTime.Modified();
  }
}


template <typename TImage>
std::vector<std::uint16_t>
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::MakeTable(SizeValueType tile) const
{
  using namespace ContrastLimitedEqualization;
  constexpr unsigned int greatestLevel = SinkType::IsReal ? GreatestRealLevel : (1U << (8 * sizeof(PixelType))) - 1;

  const auto                 numberOfBins = SinkType::GetNumberOfBinsPerTile(m_NumberOfBins);
  std::vector<std::uint16_t> table(numberOfBins);
  ContrastLimitedEqualization::MakeTable(m_Sink->GetHistogramImage()->GetBufferPointer() + tile * numberOfBins,
                                         numberOfBins,
                                         m_Sink->GetNumbersOfCounts()[tile],
                                         m_ClipLimit,
                                         greatestLevel,
                                         table.data());
  return table;
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::MakeTables()
{
  const auto numberOfBins = SinkType::GetNumberOfBinsPerTile(m_NumberOfBins);
  const auto numberOfTiles = m_Sink->GetNumbersOfCounts().size();
  const auto numberOfColumns = m_NumberOfTiles[0];
  const auto nearest = ContrastLimitedEqualization::FindNearestCounted(
    m_Sink->GetNumbersOfCounts(), { m_NumberOfTiles.begin(), m_NumberOfTiles.end() });

  m_Pairs.resize(numberOfBins * numberOfTiles);
  const auto makeRow = [&](SizeValueType row) {
    const auto end = (row + 1) * numberOfColumns;
    auto       table = this->MakeTable(nearest[row * numberOfColumns]);
    for (auto tile = row * numberOfColumns; tile < end && !this->GetAbortGenerateData(); ++tile)
    {
      auto next = tile + 1 < end ? this->MakeTable(nearest[tile + 1]) : table;
      ContrastLimitedEqualization::PairTables(
        table.data(), next.data(), numberOfBins, m_Pairs.data() + tile * numberOfBins);
      table = std::move(next);
    }
  };
  this->GetMultiThreader()->SetNumberOfWorkUnits(this->GetNumberOfWorkUnits());
  this->GetMultiThreader()->ParallelizeArray(0, numberOfTiles / numberOfColumns, makeRow, nullptr);
}


template <typename TImage>
ContrastLimitedTileAxis::Neighbors
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::Locate(const IndexType & index,
                                                                        unsigned int      axis) const
{
  const auto first = this->GetInput()->GetLargestPossibleRegion().GetIndex(axis);
  return m_Sink->GetTileAxes()[axis].Locate(static_cast<SizeValueType>(index[axis] - first));
}


template <typename TImage>
auto
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::SplitBetweenTileCenters(
  const RegionType & region) const -> std::vector<RegionType>
{
  std::vector<RegionType> cells{ region };
  for (unsigned int i = 0; i < ImageDimension; ++i)
  {
    const auto              first = this->GetInput()->GetLargestPossibleRegion().GetIndex(i);
    const auto              begin = static_cast<SizeValueType>(region.GetIndex(i) - first);
    const auto              end = begin + region.GetSize(i);
    std::vector<RegionType> parts;
    for (SizeValueType position = begin, next = 0; position < end; position = next)
    {
      next = m_Sink->GetTileAxes()[i].FindNextTiles(position, end);
      for (auto cell : cells)
      {
        cell.SetIndex(i, first + static_cast<IndexValueType>(position));
        cell.SetSize(i, next - position);
        parts.push_back(cell);
      }
    }
    cells = std::move(parts);
  }
  return cells;
}


template <typename TImage>
auto
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::FindTables(const IndexType & index,
                                                                            SizeValueType     plane) const -> TablePairs
{
  const auto columns = this->Locate(index, 0);
  const auto rows = this->Locate(index, 1);
  const auto numberOfBins = SinkType::GetNumberOfBinsPerTile(m_NumberOfBins);
  const auto getPair = [&](SizeValueType row) {
    const auto tile = columns.Lower + m_NumberOfTiles[0] * (row + m_NumberOfTiles[1] * plane);
    return m_Pairs.data() + numberOfBins * tile;
  };
  return { getPair(rows.Lower), getPair(rows.Upper), columns.Lower == columns.Upper };
}


template <typename TImage>
auto
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::FindNeighborhood(const IndexType & index) const
  -> Neighborhood
{
  Neighborhood hood{};
  if constexpr (ImageDimension == 3)
  {
    const auto planes = this->Locate(index, 2);
    hood.HasTwoPlanes = planes.Lower != planes.Upper;
    hood.Planes = { this->FindTables(index, planes.Lower), this->FindTables(index, planes.Upper) };
  }
  else
  {
    hood.Planes[0] = this->FindTables(index, 0);
  }
  return hood;
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::DynamicThreadedGenerateData(const RegionType & region)
{
  const MaskImageType * mask = this->GetMaskImage();
  const ImageType *     output = this->GetOutput();
  WorkUnitProgress      progress(output->GetRequestedRegion().GetNumberOfPixels(), [this](float fraction) {
    this->IncrementProgress(m_LearningStage.GetShareOfNext() * fraction);
  });

  std::array<std::vector<float>, ImageDimension> weights;
  for (unsigned int axis = 0; axis < ImageDimension; ++axis)
  {
    for (auto index = region.GetIndex(); weights[axis].size() < region.GetSize(axis); ++index[axis])
    {
      weights[axis].push_back(this->Locate(index, axis).UpperWeight);
    }
  }
  const auto getWeights = [&](const IndexType & index, unsigned int axis) {
    return weights[axis].data() + (index[axis] - region.GetIndex(axis));
  };

  // Between the same centres of tiles the same tables hold, which then stay in the cache.
  for (const auto & cell : this->SplitBetweenTileCenters(region))
  {
    auto hood = this->FindNeighborhood(cell.GetIndex());
    hood.Weights = getWeights(cell.GetIndex(), 0);
    auto rows = cell;
    rows.SetSize(0, 1);
    ImageRegionConstIteratorWithOnlyIndex<ImageType> row(output, rows);
    for (; !row.IsAtEnd() && !this->GetAbortGenerateData(); ++row)
    {
      hood.RowWeight = *getWeights(row.GetIndex(), 1);
      hood.PlaneWeight = *getWeights(row.GetIndex(), ImageDimension - 1);
      this->EqualizeRow(row.GetIndex(), cell.GetSize(0), hood, mask);
      progress.Completed(cell.GetSize(0));
    }
  }
  progress.Finish();
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::AfterThreadedGenerateData()
{
  ThrowIfAborted(*this);
  this->UpdateProgress(1.0F);
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::EqualizeRow(const IndexType &     index,
                                                                             SizeValueType         length,
                                                                             const Neighborhood &  hood,
                                                                             const MaskImageType * mask)
{
  const ImageType * input = this->GetInput();
  ImageType *       output = this->GetOutput();
  const PixelType * values = input->GetBufferPointer() + input->ComputeOffset(index);
  PixelType *       equalized = output->GetBufferPointer() + output->ComputeOffset(index);
  auto              block = hood;
  for (SizeValueType start = 0; start < length; start += BlockLength)
  {
    block.Weights = hood.Weights + start;
    this->EqualizeSpan(values + start, equalized + start, std::min(BlockLength, length - start), block);
  }
  if (mask != nullptr)
  {
    const unsigned char * isEqualized = mask->GetBufferPointer() + mask->ComputeOffset(index);
    for (SizeValueType i = 0; i < length; ++i)
    {
      equalized[i] = isEqualized[i] != 0 ? equalized[i] : values[i];
    }
  }
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::EqualizeSpan(const PixelType *    values,
                                                                              PixelType *          equalized,
                                                                              SizeValueType        count,
                                                                              const Neighborhood & hood) const
{
  using namespace ContrastLimitedEqualization;
  std::array<float, BlockLength> levels;
  const auto                     interpolate = [&](const auto * bins) {
    Interpolate(bins, count, hood.Planes[0], hood.Weights, hood.RowWeight, levels.data());
    if (hood.HasTwoPlanes)
    {
      std::array<float, BlockLength> upperLevels;
      Interpolate(bins, count, hood.Planes[1], hood.Weights, hood.RowWeight, upperLevels.data());
      Blend(levels.data(), upperLevels.data(), count, hood.PlaneWeight);
    }
  };
  if constexpr (SinkType::IsReal)
  {
    std::array<std::uint16_t, BlockLength> bins;
    FindBins(values, bins.data(), count, m_Sink->GetRealBins());
    interpolate(bins.data());
    ScaleLevels(levels.data(), values, equalized, count, m_Sink->GetRealBins());
  }
  else
  {
    interpolate(values);
    RoundLevels(levels.data(), equalized, count);
  }
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::GenerateData()
{
  if (!this->IsPerFrame())
  {
    Superclass::GenerateData();
    return;
  }
  this->AllocateOutputs();
  this->EqualizeFrames();
  this->AfterThreadedGenerateData();
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::EqualizeFrames()
{
  const auto & requested = this->GetOutput()->GetRequestedRegion();
  const auto   numberOfFrames = requested.GetSize(m_FrameAxis);
  if (numberOfFrames < this->GetNumberOfWorkUnits())
  {
    this->EqualizeFrames(requested, this->GetNumberOfWorkUnits());
    return;
  }
  // Some runs of frames for each work unit, lest one has to wait for another at the end.
  const auto numberOfRuns = std::min<SizeValueType>(numberOfFrames, 8 * this->GetNumberOfWorkUnits());
  const auto equalizeRun = [&](SizeValueType run) {
    const auto begin = run * numberOfFrames / numberOfRuns;
    const auto end = (run + 1) * numberOfFrames / numberOfRuns;
    auto       frames = GetPartOfFrame(requested, m_FrameAxis, begin);
    frames.SetSize(m_FrameAxis, end - begin);
    this->EqualizeFrames(frames, 1);
  };
  this->GetMultiThreader()->SetNumberOfWorkUnits(this->GetNumberOfWorkUnits());
  this->GetMultiThreader()->ParallelizeArray(0, numberOfRuns, equalizeRun, nullptr);
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::EqualizeFrames(const RegionType & frames,
                                                                                ThreadIdType       numberOfWorkUnits)
{
  const auto filter = Self::New();
  filter->SetClipLimit(m_ClipLimit);
  filter->SetNumberOfBins(m_NumberOfBins);
  filter->SetNumberOfWorkUnits(numberOfWorkUnits);
  for (SizeValueType number = 0; number < frames.GetSize(m_FrameAxis) && !this->GetAbortGenerateData(); ++number)
  {
    this->EqualizeFrame(GetPartOfFrame(frames, m_FrameAxis, number), *filter);
  }
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::EqualizeFrame(const RegionType & part, Self & filter)
{
  const auto whole = EnlargeToFrames(part, this->GetInput()->GetLargestPossibleRegion(), m_FrameAxis);
  // As of an image of fewer dimensions, whose axes are the first ones.
  const auto makeFrame = [&](const auto & image) {
    auto frame = CopyRegion(image, whole);
    frame->SetRegions(PutAxisLast(whole, m_FrameAxis));
    return frame;
  };
  filter.SetInput(makeFrame(*this->GetInput()));
  if (const auto * mask = this->GetMaskImage())
  {
    filter.SetMaskImage(makeFrame(*mask));
  }
  filter.SetNumberOfTiles(PutAxisLast(this->GetNumberOfTilesOf(whole), m_FrameAxis));

  WorkUnitProgress progress(this->GetOutput()->GetRequestedRegion().GetNumberOfPixels(),
                            [this](float fraction) { this->IncrementProgress(fraction); });
  SizeValueType    completed = 0;
  const auto       observer = filter.AddObserver(ProgressEvent(), [&](const EventObject &) {
    const auto pixels = static_cast<SizeValueType>(static_cast<double>(part.GetNumberOfPixels()) *
                                                   static_cast<double>(filter.GetProgress()));
    progress.Completed(std::max(pixels, completed) - completed);
    completed = std::max(pixels, completed);
    if (this->GetAbortGenerateData())
    {
      filter.AbortGenerateDataOn();
    }
  });
  try
  {
    filter.UpdateOutputInformation();
    filter.GetOutput()->SetRequestedRegion(PutAxisLast(part, m_FrameAxis));
    filter.GetOutput()->Update();
  }
  catch (const ProcessAborted &)
  {
    return;
  }
  filter.RemoveObserver(observer);
  const auto equalized = ImageType::New();
  equalized->Graft(filter.GetOutput());
  equalized->SetRegions(part);
  ImageAlgorithm::Copy(equalized.GetPointer(), this->GetOutput(), part, part);
  progress.Finish();
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "ClipLimit: " << m_ClipLimit << std::endl;
  os << indent << "FrameAxis: " << m_FrameAxis << std::endl;
  os << indent << "NumberOfTiles: " << m_NumberOfTiles << std::endl;
  os << indent << "NumberOfBins: " << m_NumberOfBins << std::endl;
  os << indent << "NumberOfStreamDivisions: " << m_NumberOfStreamDivisions << std::endl;
  os << indent << "MemoryLimit: " << m_MemoryLimit << std::endl;
}
} // namespace itk

#endif
