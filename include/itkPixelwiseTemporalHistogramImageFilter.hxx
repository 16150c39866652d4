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
#ifndef itkPixelwiseTemporalHistogramImageFilter_hxx
#define itkPixelwiseTemporalHistogramImageFilter_hxx

#include "itkPixelwiseTemporalHistogramImageFilter.h"

#include "itkForEachSpan.h"
#include "itkTemporalHistogramKernel.h"
#include "itkWorkUnitProgress.h"

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>

#include "vnl/algo/vnl_determinant.h"

namespace itk
{
template <typename TInputImage, typename TOutputImage>
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::PixelwiseTemporalHistogramImageFilter()
{
  this->AddRequiredInputName("Bins");
  this->AddOptionalInputName("MaskImage");
  this->SetNumberOfRequiredOutputs(4);
  for (DataObjectPointerArraySizeType index = 1; index < 4; ++index)
  {
    this->SetNthOutput(index, this->MakeOutput(index));
  }
}


template <typename TInputImage, typename TOutputImage>
DataObject::Pointer
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::MakeOutput(DataObjectPointerArraySizeType index)
{
  if (index == 0)
  {
    return OutputImageType::New().GetPointer();
  }
  return CountImageType::New().GetPointer();
}


template <typename TInputImage, typename TOutputImage>
auto
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::GetUnderCountImage() -> CountImageType *
{
  return static_cast<CountImageType *>(this->ProcessObject::GetOutput(1));
}


template <typename TInputImage, typename TOutputImage>
auto
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::GetOverCountImage() -> CountImageType *
{
  return static_cast<CountImageType *>(this->ProcessObject::GetOutput(2));
}


template <typename TInputImage, typename TOutputImage>
auto
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::GetInvalidCountImage() -> CountImageType *
{
  return static_cast<CountImageType *>(this->ProcessObject::GetOutput(3));
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::VerifyPreconditions() const
{
  Superclass::VerifyPreconditions();
  Ruler::VerifyInputsOf(*this);
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::VerifyInputInformation() const
{
  Superclass::VerifyInputInformation();

  constexpr double mostFrames = std::numeric_limits<CountType>::is_integer
                                  ? static_cast<double>(std::numeric_limits<CountType>::max())
                                  : 2.0 / std::numeric_limits<CountType>::epsilon();
  const auto       numberOfFrames = this->GetNumberOfFrames();
  if (static_cast<double>(numberOfFrames) > mostFrames)
  {
    itkExceptionMacro("The series has " << numberOfFrames << " frames, but a counter of the output can count to "
                                        << mostFrames << " only: use a wider type of counter.");
  }

  if (this->GetInput()->GetLargestPossibleRegion().GetNumberOfPixels() == 0)
  {
    itkExceptionMacro("The series has size " << this->GetInput()->GetLargestPossibleRegion().GetSize()
                                             << ": it needs at least one frame of at least one pixel.");
  }

  const auto * mask = this->GetMaskImage();
  if (mask != nullptr)
  {
    auto allowed = this->GetInput()->GetLargestPossibleRegion();
    auto allowedForAll = allowed;
    allowedForAll.SetSize(TimeAxis, 1);
    const auto given = mask->GetLargestPossibleRegion();
    if (given != allowed && given != allowedForAll)
    {
      itkExceptionMacro("The mask has size " << given.GetSize() << " and index " << given.GetIndex()
                                             << ": it must have the series' size " << allowed.GetSize() << " and index "
                                             << allowed.GetIndex() << ", or one frame of it.");
    }
  }
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::GenerateOutputInformation()
{
  Ruler::UpdateInputsOf(*this);

  const InputImageType *                  input = this->GetInput();
  const auto                              region = DropTimeAxis(input->GetLargestPossibleRegion());
  typename OutputImageType::SpacingType   spacing;
  typename OutputImageType::PointType     origin;
  typename OutputImageType::DirectionType direction;
  for (unsigned int i = 0; i < OutputImageDimension; ++i)
  {
    spacing[i] = input->GetSpacing()[i];
    origin[i] = input->GetOrigin()[i];
    for (unsigned int j = 0; j < OutputImageDimension; ++j)
    {
      direction[i][j] = input->GetDirection()[i][j];
    }
  }
  if (vnl_determinant(direction.GetVnlMatrix()) == 0.0)
  {
    direction.SetIdentity();
  }

  for (DataObjectPointerArraySizeType index = 0; index < this->GetNumberOfIndexedOutputs(); ++index)
  {
    auto * output = static_cast<ImageBase<OutputImageDimension> *>(this->ProcessObject::GetOutput(index));
    output->SetLargestPossibleRegion(region);
    output->SetSpacing(spacing);
    output->SetOrigin(origin);
    output->SetDirection(direction);
  }
  this->GetOutput()->SetNumberOfComponentsPerPixel(static_cast<unsigned int>(this->GetBins()->GetNumberOfBins()));
}


template <typename TInputImage, typename TOutputImage>
SizeValueType
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::GetNumberOfFrames() const
{
  return this->GetInput()->GetLargestPossibleRegion().GetSize(TimeAxis);
}


template <typename TInputImage, typename TOutputImage>
SizeValueType
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::GetChunkLength(const OutputRegionType & region) const
{
  const auto numberOfFrames = this->GetNumberOfFrames();
  if (this->GetInput()->GetSource() == nullptr)
  {
    return numberOfFrames;
  }
  const SizeValueType bytesOfSample = sizeof(InputPixelType) + (this->GetMaskImage() != nullptr ? 1 : 0);
  const SizeValueType bytesOfFrame = std::max<SizeValueType>(region.GetNumberOfPixels() * bytesOfSample, 1);
  const SizeValueType length = std::max<SizeValueType>(std::min(m_ChunkMemory / bytesOfFrame, numberOfFrames), 1);

  // Whole blocks of the staging counters spare flushes of half-full ones.
  constexpr auto block = TemporalHistogramStaging::MaximumNumberOfFrames;
  return length == numberOfFrames || length < block ? length : length / block * block;
}


template <typename TInputImage, typename TOutputImage>
SizeValueType
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::PredictMemory(const OutputRegionType & region) const
{
  const auto numberOfPixels = region.GetNumberOfPixels();
  const auto numberOfCodes = this->GetBins()->GetNumberOfBins() + 3;
  const auto bytesOfChunk =
    this->GetInput()->GetSource() == nullptr
      ? 0
      : this->GetChunkLength(region) * numberOfPixels * (sizeof(InputPixelType) + (this->GetMaskImage() ? 1 : 0));
  const auto bytesOfStaging =
    this->GetNumberOfWorkUnits() * TemporalHistogramStaging::GetNumberOfBytes(this->GetBins()->GetNumberOfBins());
  return numberOfPixels * numberOfCodes * sizeof(CountType) + bytesOfChunk + bytesOfStaging;
}


template <typename TInputImage, typename TOutputImage>
auto
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::MakeChunk(const OutputRegionType & region,
                                                                            SizeValueType            firstFrame) const
  -> InputRegionType
{
  InputRegionType chunk;
  for (unsigned int i = 0; i < OutputImageDimension; ++i)
  {
    chunk.SetIndex(i, region.GetIndex(i));
    chunk.SetSize(i, region.GetSize(i));
  }
  const auto firstIndex = this->GetInput()->GetLargestPossibleRegion().GetIndex(TimeAxis);
  chunk.SetIndex(TimeAxis, firstIndex + static_cast<IndexValueType>(firstFrame));
  chunk.SetSize(TimeAxis, std::min(this->GetChunkLength(region), this->GetNumberOfFrames() - firstFrame));
  return chunk;
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::RequestChunk(const InputRegionType & chunk)
{
  const_cast<InputImageType *>(this->GetInput())->SetRequestedRegion(chunk);
  if (auto * mask = const_cast<MaskImageType *>(this->GetMaskImage()))
  {
    auto maskChunk = chunk;
    if (mask->GetLargestPossibleRegion().GetSize(TimeAxis) == 1)
    {
      maskChunk.SetIndex(TimeAxis, mask->GetLargestPossibleRegion().GetIndex(TimeAxis));
      maskChunk.SetSize(TimeAxis, 1);
    }
    mask->SetRequestedRegion(maskChunk);
  }
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::UpdateInputs()
{
  // What is optional and was not given is null.
  auto inputs = this->GetInputs();
  inputs.erase(std::remove(inputs.begin(), inputs.end(), nullptr), inputs.end());
  for (const auto & input : inputs)
  {
    input->PropagateRequestedRegion();
  }
  for (const auto & input : inputs)
  {
    input->UpdateOutputData();
  }
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::GenerateInputRequestedRegion()
{
  const auto & region = this->GetOutput()->GetRequestedRegion();
  const auto   bytes = this->PredictMemory(region);
  if (m_MemoryLimit != 0 && bytes > m_MemoryLimit)
  {
    itkExceptionMacro("The histograms of a region of " << region.GetSize() << " pixels would take " << bytes
                                                       << " bytes of memory, more than the limit of " << m_MemoryLimit
                                                       << ": ask for smaller regions, for instance by streaming in "
                                                       << bytes / m_MemoryLimit + 1 << " or more pieces.");
  }
  this->RequestChunk(this->MakeChunk(region, 0));
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::GenerateData()
{
  this->AllocateOutputs();

  const auto region = this->GetOutput()->GetRequestedRegion();
  const auto numberOfFrames = this->GetNumberOfFrames();
  const auto chunkLength = this->GetChunkLength(region);
  for (SizeValueType firstFrame = 0; firstFrame < numberOfFrames; firstFrame += chunkLength)
  {
    const auto chunk = this->MakeChunk(region, firstFrame);
    if (firstFrame > 0)
    {
      this->RequestChunk(chunk);
      this->UpdateInputs();
    }
    this->CountChunk(chunk);
    ThrowIfAborted(*this);
  }
  this->UpdateProgress(1.0F);
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::CountChunk(const InputRegionType & chunk)
{
  const auto forEachPiece = [this](const auto & countPiece) {
    this->GetMultiThreader()->SetNumberOfWorkUnits(this->GetNumberOfWorkUnits());
    this->GetMultiThreader()->template ParallelizeImageRegion<OutputImageDimension>(
      this->GetOutput()->GetRequestedRegion(), countPiece, nullptr);
  };

  const auto numberOfBins = this->GetBins()->GetNumberOfBins();
  if constexpr (HasFewValues)
  {
    if (this->GetMaskImage() == nullptr && numberOfBins <= TemporalHistogramStaging::MaximumNumberOfBins)
    {
      LinearCodes line;
      if (FindLinearCodes<InputPixelType>(*this->GetBins(), line))
      {
        forEachPiece([&](const OutputRegionType & region) { this->CountByLine(chunk, region, line); });
      }
      else
      {
        const auto codes = MakeCodeTable<InputPixelType>(*this->GetBins());
        forEachPiece([&](const OutputRegionType & region) { this->CountByTable(chunk, region, codes); });
      }
      return;
    }
  }
  forEachPiece([&](const OutputRegionType & region) { this->CountByCodes(chunk, region); });
}


template <typename TInputImage, typename TOutputImage>
auto
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::DropTimeAxis(const InputRegionType & region)
  -> OutputRegionType
{
  OutputRegionType frame;
  for (unsigned int i = 0; i < OutputImageDimension; ++i)
  {
    frame.SetIndex(i, region.GetIndex(i));
    frame.SetSize(i, region.GetSize(i));
  }
  return frame;
}


template <typename TInputImage, typename TOutputImage>
template <typename TImage>
auto
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::FindFrames(const TImage *          image,
                                                                             const OutputIndexType & index,
                                                                             IndexValueType          firstFrame)
  -> FrameSpan<typename TImage::PixelType>
{
  if (image == nullptr)
  {
    return { nullptr, 0 };
  }
  const bool                 isForAllFrames = image->GetLargestPossibleRegion().GetSize(TimeAxis) == 1;
  typename TImage::IndexType imageIndex;
  for (unsigned int i = 0; i < OutputImageDimension; ++i)
  {
    imageIndex[i] = index[i];
  }
  imageIndex[TimeAxis] = isForAllFrames ? image->GetLargestPossibleRegion().GetIndex(TimeAxis) : firstFrame;
  return { image->GetBufferPointer() + image->ComputeOffset(imageIndex),
           isForAllFrames ? 0 : image->GetOffsetTable()[TimeAxis] };
}


template <typename TInputImage, typename TOutputImage>
auto
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::GetCounters(const OutputIndexType & index)
  -> CounterSpan
{
  const auto offset = this->GetOutput()->ComputeOffset(index);
  const auto numberOfBins = static_cast<OffsetValueType>(this->GetBins()->GetNumberOfBins());
  return { this->GetOutput()->GetBufferPointer() + offset * numberOfBins,
           this->GetUnderCountImage()->GetBufferPointer() + offset,
           this->GetOverCountImage()->GetBufferPointer() + offset,
           this->GetInvalidCountImage()->GetBufferPointer() + offset };
}


template <typename TInputImage, typename TOutputImage>
template <typename TCountTile>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::ForEachTile(const InputRegionType &  chunk,
                                                                              const OutputRegionType & region,
                                                                              const TCountTile &       countTile)
{
  const InputImageType * input = this->GetInput();
  const MaskImageType *  mask = this->GetMaskImage();
  const auto             numberOfBins = this->GetBins()->GetNumberOfBins();
  const bool       isFirstChunk = chunk.GetIndex(TimeAxis) == input->GetLargestPossibleRegion().GetIndex(TimeAxis);
  WorkUnitProgress progress(this->GetNumberOfFrames() * this->GetOutput()->GetRequestedRegion().GetNumberOfPixels(),
                            [this](float fraction) { this->IncrementProgress(fraction); });

  const auto countRun = [&](const auto & index, SizeValueType runLength) {
    const CounterSpan counters = this->GetCounters(index);
    const auto        values = FindFrames(input, index, chunk.GetIndex(TimeAxis));
    const auto        masks = FindFrames(mask, index, chunk.GetIndex(TimeAxis));

    constexpr auto tileLength = TemporalHistogramStaging::MaximumNumberOfPixels;
    for (SizeValueType start = 0; start < runLength && !this->GetAbortGenerateData(); start += tileLength)
    {
      Tile tile{ values, masks, chunk.GetSize(TimeAxis), std::min(tileLength, runLength - start), counters };
      tile.Advance(start, numberOfBins);
      if (isFirstChunk)
      {
        tile.ZeroCounters(numberOfBins);
      }
      countTile(tile, progress);
    }
  };
  const auto & outputBuffered = this->GetOutput()->GetBufferedRegion();
  const auto   inputBuffered = DropTimeAxis(input->GetBufferedRegion());
  const auto   maskBuffered = mask != nullptr ? DropTimeAxis(mask->GetBufferedRegion()) : inputBuffered;
  ForEachSpan(region, { inputBuffered, maskBuffered, outputBuffered }, countRun);
  progress.Finish();
}


template <typename TInputImage, typename TOutputImage>
template <typename TCountFrame>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::CountStaged(const InputRegionType &  chunk,
                                                                              const OutputRegionType & region,
                                                                              const TCountFrame &      countFrame)
{
  TemporalHistogramStaging staging(this->GetBins()->GetNumberOfBins());
  this->ForEachTile(chunk, region, [&](const Tile & tile, WorkUnitProgress & progress) {
    constexpr auto blockLength = TemporalHistogramStaging::MaximumNumberOfFrames;
    for (SizeValueType firstFrame = 0; firstFrame < tile.NumberOfFrames && !this->GetAbortGenerateData();
         firstFrame += blockLength)
    {
      const auto numberOfFrames = std::min(blockLength, tile.NumberOfFrames - firstFrame);
      bool       isStaged = false;
      for (SizeValueType frame = 0; frame < numberOfFrames; ++frame)
      {
        constexpr SizeValueType framesAhead = 8;
        PrefetchBytes(tile.Values.GetFrame(std::min(firstFrame + frame + framesAhead, tile.NumberOfFrames - 1)),
                      tile.NumberOfPixels * sizeof(InputPixelType));
        isStaged = countFrame(staging, tile, firstFrame + frame, frame);
      }
      if (isStaged)
      {
        staging.CountStaged(numberOfFrames, tile.NumberOfPixels);
      }
      tile.Flush(staging);
      progress.Completed(numberOfFrames * tile.NumberOfPixels);
    }
  });
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::CountByLine(const InputRegionType &  chunk,
                                                                              const OutputRegionType & region,
                                                                              const LinearCodes &      line)
{
  this->CountStaged(
    chunk, region, [&](auto & staging, const Tile & tile, SizeValueType frame, SizeValueType frameOfBlock) {
      staging.StageByLine(frameOfBlock, tile.Values.GetFrame(frame), tile.NumberOfPixels, line);
      return true;
    });
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::CountByTable(const InputRegionType &  chunk,
                                                                               const OutputRegionType & region,
                                                                               const std::vector<std::uint16_t> & codes)
{
  using UnsignedType = std::make_unsigned_t<InputPixelType>;
  const bool                      isStaged = *std::max_element(codes.begin(), codes.end()) <= 255;
  const std::vector<std::uint8_t> byteCodes(codes.begin(), codes.end());
  this->CountStaged(
    chunk, region, [&](auto & staging, const Tile & tile, SizeValueType frame, SizeValueType frameOfBlock) {
      const auto * values = reinterpret_cast<const UnsignedType *>(tile.Values.GetFrame(frame));
      if (isStaged)
      {
        staging.StageByTable(frameOfBlock, values, tile.NumberOfPixels, byteCodes.data());
      }
      else
      {
        staging.CountByTable(values, tile.NumberOfPixels, codes.data());
      }
      return isStaged;
    });
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::CountByCodes(const InputRegionType &  chunk,
                                                                               const OutputRegionType & region)
{
  std::array<HistogramBins::CodeType, TemporalHistogramStaging::MaximumNumberOfPixels> codes;

  const auto numberOfBins = this->GetBins()->GetNumberOfBins();
  if (numberOfBins <= TemporalHistogramStaging::MaximumNumberOfBins)
  {
    const bool isStaged = this->GetBins()->GetInvalidCode() <= 255;
    this->CountStaged(
      chunk, region, [&](auto & staging, const Tile & tile, SizeValueType frame, SizeValueType frameOfBlock) {
        this->ComputeCodes(tile, frame, codes.data());
        if (isStaged)
        {
          staging.StageCodes(frameOfBlock, codes.data(), tile.NumberOfPixels);
        }
        else
        {
          staging.CountCodes(codes.data(), tile.NumberOfPixels);
        }
        return isStaged;
      });
    return;
  }
  this->ForEachTile(chunk, region, [&](const Tile & tile, WorkUnitProgress & progress) {
    for (SizeValueType frame = 0; frame < tile.NumberOfFrames && !this->GetAbortGenerateData(); ++frame)
    {
      this->ComputeCodes(tile, frame, codes.data());
      const auto & counters = tile.Counters;
      CountCodesInPlace(codes.data(),
                        tile.NumberOfPixels,
                        numberOfBins,
                        counters.Bins,
                        counters.Under,
                        counters.Over,
                        counters.Invalid);
      progress.Completed(tile.NumberOfPixels);
    }
  });
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::ComputeCodes(const Tile &              tile,
                                                                               SizeValueType             frame,
                                                                               HistogramBins::CodeType * codes) const
{
  constexpr bool isSingle = std::is_same<InputPixelType, float>::value || HasFewValues;
  using RealType = std::conditional_t<isSingle, float, double>;

  const InputPixelType * values = tile.Values.GetFrame(frame);
  if constexpr (std::is_same<InputPixelType, RealType>::value)
  {
    this->GetBins()->Forward(values, codes, tile.NumberOfPixels);
  }
  else
  {
    std::array<RealType, TemporalHistogramStaging::MaximumNumberOfPixels> reals;
    std::copy_n(values, tile.NumberOfPixels, reals.data());
    this->GetBins()->Forward(reals.data(), codes, tile.NumberOfPixels);
  }

  if (tile.Masks.First != nullptr)
  {
    const unsigned char * mask = tile.Masks.GetFrame(frame);
    const auto            invalid = this->GetBins()->GetInvalidCode();
    std::transform(mask, mask + tile.NumberOfPixels, codes, codes, [invalid](unsigned char counts, auto code) {
      return counts != 0 ? code : invalid;
    });
  }
}


template <typename TInputImage, typename TOutputImage>
void
PixelwiseTemporalHistogramImageFilter<TInputImage, TOutputImage>::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "ChunkMemory: " << m_ChunkMemory << std::endl;
  os << indent << "MemoryLimit: " << m_MemoryLimit << std::endl;
}
} // namespace itk

#endif
