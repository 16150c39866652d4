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
#include "itkTotalProgressReporter.h"

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
  if (!(m_ClipLimit >= 0.0))
  {
    itkExceptionMacro("ClipLimit is " << m_ClipLimit
                                      << ": it must be a positive number, from 1 upwards to have an effect of its own, "
                                         "or 0 for no limit.");
  }
}


template <typename TImage>
SizeValueType
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::PredictMemory(const RegionType & region) const
{
  const auto numberOfTiles =
    std::accumulate(m_NumberOfTiles.begin(), m_NumberOfTiles.end(), SizeValueType{ 1 }, std::multiplies<>());
  const auto bytesOfTile = SinkType::GetNumberOfBinsPerTile(m_NumberOfBins) * 2 * sizeof(std::uint32_t);
  const auto bytesOfPixel = 2 * sizeof(PixelType) + (this->GetMaskImage() != nullptr ? 1 : 0);
  return numberOfTiles * bytesOfTile + region.GetNumberOfPixels() * bytesOfPixel;
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::VerifyMemory(const RegionType & region) const
{
  const auto bytes = this->PredictMemory(region);
  if (m_MemoryLimit != 0 && bytes > m_MemoryLimit)
  {
    itkExceptionMacro("Equalizing a region of " << region.GetSize() << " pixels would take " << bytes
                                                << " bytes of memory, of which " << this->PredictMemory({})
                                                << " are for histograms and tables, more than the limit of "
                                                << m_MemoryLimit << ": ask for smaller regions, or for fewer tiles.");
  }
}


template <typename TImage>
ModifiedTimeType
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::GetContentMTime(DataObject & data)
{
  const auto source = data.GetSource();
  if (source == nullptr)
  {
    return data.GetMTime();
  }
  // Making data, and releasing it, modifies a data object too; but then it is not newer than its last update.
  const bool       wasModifiedSince = data.GetMTime() > data.GetUpdateMTime() && !data.GetDataReleased();
  ModifiedTimeType time = wasModifiedSince ? data.GetMTime() : source->GetMTime();
  for (const auto & input : source->GetInputs())
  {
    time = input != nullptr ? std::max(time, GetContentMTime(*input)) : time;
  }
  return time;
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
  m_Sink->SetNumberOfTiles(m_NumberOfTiles);
  m_Sink->SetNumberOfBins(m_NumberOfBins);
  m_Sink->SetNumberOfStreamDivisions(m_NumberOfStreamDivisions);
  m_Sink->SetNumberOfWorkUnits(this->GetNumberOfWorkUnits());

  ModifiedTimeType time = m_Sink->GetMTime();
  for (const auto & input : this->GetInputs())
  {
    time = input != nullptr ? std::max(time, GetContentMTime(*input)) : time;
  }
  if (time > m_HistogramTime.GetMTime())
  {
    m_Sink->Update();
    m_HistogramTime.Modified();
  }
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::GenerateInputRequestedRegion()
{
  this->VerifyMemory(this->GetOutput()->GetRequestedRegion());
  Superclass::GenerateInputRequestedRegion();
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::BeforeThreadedGenerateData()
{
  if (std::max(m_HistogramTime.GetMTime(), this->GetMTime()) > m_TableTime.GetMTime())
  {
    this->MakeTables();
    m_TableTime.Modified();
  }
}


template <typename TImage>
void
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::MakeTables()
{
  using namespace ContrastLimitedEqualization;
  constexpr unsigned int greatestLevel = SinkType::IsReal ? GreatestRealLevel : (1U << (8 * sizeof(PixelType))) - 1;

  const auto * histograms = m_Sink->GetHistogramImage();
  const auto   numberOfBins = SizeValueType{ histograms->GetNumberOfComponentsPerPixel() };
  const auto & numbersOfCounts = m_Sink->GetNumbersOfCounts();
  const auto   numberOfTiles = numbersOfCounts.size();
  const auto   nearest = FindNearestCounted(numbersOfCounts, { m_NumberOfTiles.begin(), m_NumberOfTiles.end() });
  const auto   makeTable = [&](SizeValueType tile) {
    const auto                 source = nearest[tile];
    std::vector<std::uint16_t> table(numberOfBins);
    MakeTable(histograms->GetBufferPointer() + source * numberOfBins,
              numberOfBins,
              numbersOfCounts[source],
              m_ClipLimit,
              greatestLevel,
              table.data());
    return table;
  };

  m_Pairs.resize(numberOfBins * numberOfTiles);
  const auto numberOfColumns = m_NumberOfTiles[0];
  const auto makeRow = [&](SizeValueType row) {
    auto table = makeTable(row * numberOfColumns);
    for (SizeValueType column = 0; column < numberOfColumns; ++column)
    {
      const auto tile = row * numberOfColumns + column;
      auto       next = column + 1 < numberOfColumns ? makeTable(tile + 1) : table;
      PairTables(table.data(), next.data(), numberOfBins, m_Pairs.data() + tile * numberOfBins);
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
  for (unsigned int i = ImageDimension; i-- > 0;)
  {
    const auto              first = this->GetInput()->GetLargestPossibleRegion().GetIndex(i);
    const auto              begin = static_cast<SizeValueType>(region.GetIndex(i) - first);
    const auto              end = begin + region.GetSize(i);
    std::vector<RegionType> parts;
    for (auto cell : cells)
    {
      for (auto position = begin; position < end; position += cell.GetSize(i))
      {
        cell.SetIndex(i, first + static_cast<IndexValueType>(position));
        cell.SetSize(i, m_Sink->GetTileAxes()[i].FindNextTiles(position, end) - position);
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
  const ImageType *     input = this->GetInput();
  const MaskImageType * mask = this->GetMaskImage();
  ImageType *           output = this->GetOutput();
  TotalProgressReporter progress(this, output->GetRequestedRegion().GetNumberOfPixels());

  std::vector<float> weights;
  for (auto index = region.GetIndex(); weights.size() < region.GetSize(0); ++index[0])
  {
    weights.push_back(this->Locate(index, 0).UpperWeight);
  }

  // Between the same centres of tiles the same tables hold, which then stay in the cache.
  for (const auto & cell : this->SplitBetweenTileCenters(region))
  {
    auto       hood = this->FindNeighborhood(cell.GetIndex());
    const auto length = cell.GetSize(0);
    auto       rows = cell;
    rows.SetSize(0, 1);
    for (ImageRegionConstIteratorWithOnlyIndex<ImageType> row(output, rows); !row.IsAtEnd(); ++row)
    {
      const auto & index = row.GetIndex();
      hood.RowWeight = this->Locate(index, 1).UpperWeight;
      hood.PlaneWeight = this->Locate(index, ImageDimension - 1).UpperWeight;
      const PixelType * values = input->GetBufferPointer() + input->ComputeOffset(index);
      PixelType *       equalized = output->GetBufferPointer() + output->ComputeOffset(index);
      for (SizeValueType start = 0; start < length; start += BlockLength)
      {
        hood.Weights = weights.data() + (index[0] - region.GetIndex(0)) + start;
        this->EqualizeSpan(values + start, equalized + start, std::min(BlockLength, length - start), hood);
      }
      if (mask != nullptr)
      {
        const unsigned char * isEqualized = mask->GetBufferPointer() + mask->ComputeOffset(index);
        for (SizeValueType i = 0; i < length; ++i)
        {
          equalized[i] = isEqualized[i] != 0 ? equalized[i] : values[i];
        }
      }
      progress.Completed(length);
      progress.CheckAbortGenerateData();
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
ContrastLimitedAdaptiveHistogramEqualizationImageFilter<TImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "ClipLimit: " << m_ClipLimit << std::endl;
  os << indent << "NumberOfTiles: " << m_NumberOfTiles << std::endl;
  os << indent << "NumberOfBins: " << m_NumberOfBins << std::endl;
  os << indent << "NumberOfStreamDivisions: " << m_NumberOfStreamDivisions << std::endl;
  os << indent << "MemoryLimit: " << m_MemoryLimit << std::endl;
}
} // namespace itk

#endif
