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
#ifndef itkPixelwiseTemporalHistogramImageFilter_h
#define itkPixelwiseTemporalHistogramImageFilter_h

#include "itkHistogramBins.h"
#include "itkImage.h"
#include "itkImageToImageFilter.h"
#include "itkTemporalHistogramKernel.h"
#include "itkVectorImage.h"

#include <algorithm>

namespace itk
{
/** \class PixelwiseTemporalHistogramImageFilter
 * \brief Counts, for each pixel of a series of frames, how often its value fell into each bin.
 *
 * The last axis of the input is time: an image of 2-D frames has three axes, one of 3-D frames four. The input is any
 * image or reader, for instance an ImageSeriesReader of files. With x(p, t) the value of pixel p in frame t,
 *
 *   histogram(p)[k] = number of frames t with x(p, t) in bin k.
 *
 * Outputs, all without the time axis:
 *   - the histograms, a VectorImage with one component per bin;
 *   - GetUnderCountImage(), GetOverCountImage(): how many values were below the first edge, above the last;
 *   - GetInvalidCountImage(): how many were NaN or masked.
 *
 * Nothing is lost: for each pixel, the counts of all bins, under, over and invalid sum to the number of frames.
 *
 * A mask image may be given, with the axes of the input; a sample counts where it is not 0. A mask of one frame holds
 * for all frames.
 *
 * Pixel types: 8-, 16- and 32-bit integers, float, double. Counters: 16- or 32-bit unsigned integers, float (exact up
 * to 2^24 frames) or double.
 *
 * **How it streams.** In space, as asked: for a region of the output only that region of each frame is read. In time,
 * always: the frames are asked for in chunks of at most ChunkMemory bytes, one after the other, and each is read once.
 * Within a chunk, tiles of up to 256 pixels are counted by TemporalHistogramStaging, in parallel. Downstream should
 * ask for as large a region as memory allows, since all frames are read again for each region. PredictMemory() says
 * what a region will need, and with a MemoryLimit a region that needs more is refused before anything is read.
 *
 * Throws before any pixel is touched if there are no bins or no frames, if the counters cannot hold the number of
 * frames, if the mask does not have the frames' geometry, or if the memory limit would be exceeded.
 *
 * \code
 * auto bins = itk::HistogramBins::New();
 * bins->SetUniform(100, 0.0, 4095.0);
 * auto filter = itk::PixelwiseTemporalHistogramImageFilter<itk::Image<unsigned short, 3>>::New();
 * filter->SetInput(seriesReader->GetOutput());
 * filter->SetBins(bins);
 * filter->Update();
 * \endcode
 *
 * Agrees with NumPy: `np.histogram(frames[:, y, x], edges)[0]` for each pixel.
 *
 * \sa HistogramBins, TemporalHistogramStatisticImageFilter
 * \ingroup IntensityMapping
 */
template <typename TInputImage, typename TOutputImage = VectorImage<std::uint32_t, TInputImage::ImageDimension - 1>>
class ITK_TEMPLATE_EXPORT PixelwiseTemporalHistogramImageFilter : public ImageToImageFilter<TInputImage, TOutputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(PixelwiseTemporalHistogramImageFilter);

  using Self = PixelwiseTemporalHistogramImageFilter;
  using Superclass = ImageToImageFilter<TInputImage, TOutputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(PixelwiseTemporalHistogramImageFilter, ImageToImageFilter);

  static constexpr unsigned int InputImageDimension = TInputImage::ImageDimension;
  static constexpr unsigned int OutputImageDimension = TOutputImage::ImageDimension;
  static constexpr unsigned int TimeAxis = InputImageDimension - 1;
  static_assert(OutputImageDimension == TimeAxis, "The output has the axes of the input but for the last, time.");

  using InputImageType = TInputImage;
  using InputPixelType = typename InputImageType::PixelType;
  using InputRegionType = typename InputImageType::RegionType;
  using OutputImageType = TOutputImage;
  using OutputRegionType = typename OutputImageType::RegionType;
  using CountType = typename OutputImageType::InternalPixelType;
  using CountImageType = Image<CountType, OutputImageDimension>;
  using MaskImageType = Image<unsigned char, InputImageDimension>;
  using DataObjectPointerArraySizeType = ProcessObject::DataObjectPointerArraySizeType;

  /** The bins in which values are counted. Required. */
  itkSetInputMacro(Bins, HistogramBins);
  itkGetInputMacro(Bins, HistogramBins);

  /** Which samples count: those where the mask is not 0. It has the input's frames, or one frame for all.
   * Default: none, all samples count. */
  itkSetInputMacro(MaskImage, MaskImageType);
  itkGetInputMacro(MaskImage, MaskImageType);

  /** The most bytes of frames that are asked for at once, though always one frame. Default: 256 MiB. */
  itkSetMacro(ChunkMemory, SizeValueType);
  itkGetConstMacro(ChunkMemory, SizeValueType);

  /** The most bytes that PredictMemory() may name for a region; 0 is no limit. Default: 0. */
  itkSetMacro(MemoryLimit, SizeValueType);
  itkGetConstMacro(MemoryLimit, SizeValueType);

  /** The bytes that computing a region of the output takes: the counters of that region, the chunk of frames and mask,
   * and the threads' staging counters. It can be asked for after UpdateOutputInformation(). */
  SizeValueType
  PredictMemory(const OutputRegionType & region) const;

  /** For each pixel, the number of frames with a value below the first edge. */
  CountImageType *
  GetUnderCountImage();

  /** For each pixel, the number of frames with a value above the last edge. */
  CountImageType *
  GetOverCountImage();

  /** For each pixel, the number of frames with a value that was NaN or masked. */
  CountImageType *
  GetInvalidCountImage();

protected:
  PixelwiseTemporalHistogramImageFilter();
  ~PixelwiseTemporalHistogramImageFilter() override = default;

  using Superclass::MakeOutput;
  DataObject::Pointer
  MakeOutput(DataObjectPointerArraySizeType index) override;

  void
  VerifyPreconditions() const override;

  void
  VerifyInputInformation() const override;

  void
  GenerateOutputInformation() override;

  void
  GenerateInputRequestedRegion() override;

  void
  GenerateData() override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  /** An 8- or 16-bit integer has few values, so that the code of each is found once. */
  static constexpr bool HasFewValues = std::is_integral<InputPixelType>::value && sizeof(InputPixelType) <= 2;

  using OutputIndexType = typename OutputImageType::IndexType;

  /** Where a run of pixels is in the first frame of a chunk, and how far the next frame is. */
  template <typename TPixel>
  struct FrameSpan
  {
    const TPixel *  First;
    OffsetValueType Stride;

    const TPixel *
    GetFrame(SizeValueType frame) const
    {
      return First + static_cast<OffsetValueType>(frame) * Stride;
    }
  };

  /** Where the counters of a run of pixels are. */
  struct CounterSpan
  {
    CountType * Bins;
    CountType * Under;
    CountType * Over;
    CountType * Invalid;
  };

  /** The samples and the counters of few neighbouring pixels. */
  struct Tile
  {
    FrameSpan<InputPixelType> Values;
    FrameSpan<unsigned char>  Masks;
    SizeValueType             NumberOfFrames;
    SizeValueType             NumberOfPixels;
    CounterSpan               Counters;

    void
    Advance(SizeValueType numberOfPixels, SizeValueType numberOfBins)
    {
      Values.First += numberOfPixels;
      Masks.First += Masks.First != nullptr ? numberOfPixels : 0;
      Counters.Bins += numberOfPixels * numberOfBins;
      Counters.Under += numberOfPixels;
      Counters.Over += numberOfPixels;
      Counters.Invalid += numberOfPixels;
    }

    void
    ZeroCounters(SizeValueType numberOfBins) const
    {
      std::fill_n(Counters.Bins, NumberOfPixels * numberOfBins, CountType{ 0 });
      std::fill_n(Counters.Under, NumberOfPixels, CountType{ 0 });
      std::fill_n(Counters.Over, NumberOfPixels, CountType{ 0 });
      std::fill_n(Counters.Invalid, NumberOfPixels, CountType{ 0 });
    }

    void
    Flush(TemporalHistogramStaging & staging) const
    {
      staging.Flush(NumberOfPixels, Counters.Bins, Counters.Under, Counters.Over, Counters.Invalid);
    }
  };

  static OutputRegionType
  DropTimeAxis(const InputRegionType & region);

  template <typename TImage>
  static FrameSpan<typename TImage::PixelType>
  FindFrames(const TImage * image, const OutputIndexType & index, IndexValueType firstFrame);

  SizeValueType
  GetNumberOfFrames() const;

  SizeValueType
  GetChunkLength(const OutputRegionType & region) const;

  InputRegionType
  MakeChunk(const OutputRegionType & region, SizeValueType firstFrame) const;

  void
  RequestChunk(const InputRegionType & chunk);

  void
  UpdateInputs();

  CounterSpan
  GetCounters(const OutputIndexType & index);

  void
  CountChunk(const InputRegionType & chunk);

  template <typename TCountTile>
  void
  ForEachTile(const InputRegionType & chunk, const OutputRegionType & region, const TCountTile & countTile);

  /** Counts a region with staging counters: `countFrame(staging, tile, frame, frameOfBlock)` stages or counts one frame
   * of a tile. */
  template <typename TCountFrame>
  void
  CountStaged(const InputRegionType & chunk, const OutputRegionType & region, const TCountFrame & countFrame);

  void
  CountByLine(const InputRegionType & chunk, const OutputRegionType & region, const LinearCodes & line);

  void
  CountByTable(const InputRegionType &            chunk,
               const OutputRegionType &           region,
               const std::vector<std::uint16_t> & codes);

  void
  CountByCodes(const InputRegionType & chunk, const OutputRegionType & region);

  void
  ComputeCodes(const Tile & tile, SizeValueType frame, HistogramBins::CodeType * codes) const;

  SizeValueType m_ChunkMemory{ SizeValueType{ 256 } << 20 };
  SizeValueType m_MemoryLimit{ 0 };
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkPixelwiseTemporalHistogramImageFilter.hxx"
#endif

#endif
