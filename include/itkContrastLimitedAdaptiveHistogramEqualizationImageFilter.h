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
#ifndef itkContrastLimitedAdaptiveHistogramEqualizationImageFilter_h
#define itkContrastLimitedAdaptiveHistogramEqualizationImageFilter_h

#include "itkContrastLimitedEqualizationKernel.h"
#include "itkContrastLimitedTileHistogramImageSink.h"
#include "itkFrames.h"
#include "itkImageToImageFilter.h"
#include "itkLearningStage.h"

#include <array>
#include <cstdint>
#include <vector>

namespace itk
{
/** \class ContrastLimitedAdaptiveHistogramEqualizationImageFilter
 * \brief Equalizes the histogram of an image tile by tile, with a limit to the contrast (CLAHE).
 *
 * Three stages, each of which can be used and is tested by itself:
 *
 * 1. The values are counted in a grid of tiles, see ContrastLimitedTileHistogramImageSink.
 * 2. Each tile gets a table from bins to levels. A bin counts at most ClipLimit times the mean bin of its tile, which
 *    limits the slope of the table and with it the contrast; the excess is shared out evenly. The level of a bin is
 *    what is cumulated up to it, times the greatest level over the number of pixels counted.
 * 3. The level of a pixel is interpolated linearly, along each axis, between the tables of the tiles whose centres are
 *    around it.
 *
 * For images of two dimensions with pixels of 8 or 16 bits without sign, the result is to the bit that of OpenCV's
 * `createCLAHE(clipLimit, tileGridSize).apply(image)`. A volume has a grid of three axes; a volume of one slice, with
 * one tile along the last axis, is equalized as an image is.
 *
 * The levels of integers are all values of their type, as in OpenCV: for signed types, the least value is level 0. Real
 * values keep their range: NumberOfBins bins reach from the least to the greatest value that counts, and so do the
 * levels, of which a table has 65536. NaN and infinities are not counted and stay as they are.
 *
 * With a FrameAxis, each frame along it is equalized by itself, as an image of the other axes; NumberOfTiles along that
 * axis counts for nothing.
 *
 * With a mask, only pixels where it is not 0 are counted and equalized; all others stay as they are. A tile without any
 * such pixel goes by the nearest tile that has some, see ContrastLimitedEqualization::FindNearestCounted().
 *
 * **How it streams.** The grid lies on the largest possible region, and the histograms are of the whole image, so that
 * no region of the output depends on how it was asked for. To count, the filter reads the input once (real values:
 * twice) in NumberOfStreamDivisions pieces before it says what its output will be; not again, unless the content of the
 * input, the mask or the grid has changed. Then only the requested region of the input is asked for. The histograms and
 * tables, 8 bytes for each bin of each tile, are kept: 33.6 MB for 8 x 8 tiles of 16 bits. PredictMemory() says what a
 * region will need, and with a MemoryLimit what needs more is refused before anything is read. Per frame: whole frames
 * of the input are asked for, when the output is; frames are shared out to threads.
 *
 * Counting is the first half of the progress, if it has to be done. An abort is heeded in both halves, and while tables
 * are made.
 *
 * Pixel types: 8- and 16-bit integers, float and double; two or three dimensions.
 *
 * Throws before any pixel is touched if FrameAxis is not an axis of the image, if there are no tiles along an axis, if
 * the clip limit is negative or not a number, if the number of bins is not allowed, if the mask has not the image's
 * geometry, or if the memory limit would be exceeded.
 *
 * \code
 * auto filter = itk::ContrastLimitedAdaptiveHistogramEqualizationImageFilter<itk::Image<unsigned short, 2>>::New();
 * filter->SetInput(reader->GetOutput());
 * filter->SetClipLimit(3.0);
 * filter->Update();
 * \endcode
 *
 * K. Zuiderveld, Contrast Limited Adaptive Histogram Equalization, Graphics Gems IV, 1994.
 *
 * \sa ContrastLimitedTileHistogramImageSink
 * \ingroup IntensityMapping
 */
template <typename TImage>
class ITK_TEMPLATE_EXPORT ContrastLimitedAdaptiveHistogramEqualizationImageFilter
  : public ImageToImageFilter<TImage, TImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(ContrastLimitedAdaptiveHistogramEqualizationImageFilter);

  using Self = ContrastLimitedAdaptiveHistogramEqualizationImageFilter;
  using Superclass = ImageToImageFilter<TImage, TImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(ContrastLimitedAdaptiveHistogramEqualizationImageFilter, ImageToImageFilter);

  static constexpr unsigned int ImageDimension = TImage::ImageDimension;
  static_assert(ImageDimension == 2 || ImageDimension == 3, "The image must have two or three dimensions.");

  /** The FrameAxis that stands for the whole image. */
  static constexpr int WholeImage = WholeImageAxis;

  using ImageType = TImage;
  using PixelType = typename ImageType::PixelType;
  using RegionType = typename ImageType::RegionType;
  using SizeType = typename ImageType::SizeType;
  using IndexType = typename ImageType::IndexType;
  using SinkType = ContrastLimitedTileHistogramImageSink<ImageType>;
  using MaskImageType = typename SinkType::MaskImageType;

  /** Which pixels are counted and equalized: those where the mask is not 0. Default: none, all pixels. */
  itkSetInputMacro(MaskImage, MaskImageType);
  itkGetInputMacro(MaskImage, MaskImageType);

  /** How many times the mean bin of its tile a bin may count; 0 is no limit. What it allows is never less than 1.
   * Default: 40, as in OpenCV. Small limits, from 2 to 4, are usual. */
  itkSetMacro(ClipLimit, double);
  itkGetConstMacro(ClipLimit, double);

  /** How many tiles there are along each axis. Default: 8, as in OpenCV. */
  itkSetMacro(NumberOfTiles, SizeType);
  itkGetConstReferenceMacro(NumberOfTiles, SizeType);

  /** The axis along which each frame is equalized by itself, from 0; or WholeImage. Default: WholeImage. */
  itkSetMacro(FrameAxis, int);
  itkGetConstMacro(FrameAxis, int);

  /** How many bins real values have, from 1 to 65536; integers always have one per value. Default: 4096. */
  itkSetMacro(NumberOfBins, SizeValueType);
  itkGetConstMacro(NumberOfBins, SizeValueType);

  /** In how many pieces the input is read to be counted. Default: 1. */
  itkSetClampMacro(NumberOfStreamDivisions, unsigned int, 1, NumericTraits<unsigned int>::max());
  itkGetConstMacro(NumberOfStreamDivisions, unsigned int);

  /** The most bytes that PredictMemory() may name for a region; 0 is no limit. Default: 0. */
  itkSetMacro(MemoryLimit, SizeValueType);
  itkGetConstMacro(MemoryLimit, SizeValueType);

  /** The bytes that computing a region of the output takes: the histograms and tables, which are the same for every
   * region, with a histogram for each work unit; and the pixels of the input, the mask and the output, or those of a
   * piece that is counted, whichever are more. Per frame: the histograms and tables of a frame, and its pixels, for
   * each frame that is worked on at once; and the pixels of all frames asked for. The information of the input must be
   * up to date. */
  SizeValueType
  PredictMemory(const RegionType & region) const;

protected:
  ContrastLimitedAdaptiveHistogramEqualizationImageFilter();
  ~ContrastLimitedAdaptiveHistogramEqualizationImageFilter() override = default;

  void
  VerifyPreconditions() const override;

  void
  GenerateOutputInformation() override;

  void
  GenerateInputRequestedRegion() override;

  void
  AllocateOutputs() override;

  void
  BeforeThreadedGenerateData() override;

  void
  DynamicThreadedGenerateData(const RegionType & region) override;

  void
  AfterThreadedGenerateData() override;

  void
  GenerateData() override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  using TablePairs = ContrastLimitedEqualization::TablePairs;

  /** So many pixels at once that their levels stay in the L1 cache. */
  static constexpr SizeValueType BlockLength = 1024;

  /** Where pixels of a row are among the tiles: the tables of one plane of tiles or of two, and the weights of the
   * upper tiles, along the first axis for each pixel. */
  struct Neighborhood
  {
    std::array<TablePairs, 2> Planes;
    bool                      HasTwoPlanes;
    const float *             Weights;
    float                     RowWeight;
    float                     PlaneWeight;
  };

  bool
  IsPerFrame() const
  {
    return m_FrameAxis != WholeImage;
  }

  /** How many tiles a region has that is the whole image, or some frames, each with tiles of its own. */
  SizeType
  GetNumberOfTilesOf(const RegionType & region) const;

  SizeValueType
  GetNumberOfPixelsPerPiece() const;

  SizeValueType
  PredictMemoryOfHistograms(const RegionType & region) const;

  SizeValueType
  PredictMemoryOfFrames(const RegionType & region) const;

  void
  VerifyMemory(const RegionType & region) const;

  void
  UpdateHistograms();

  /** Equalizes the frames asked for: as many at once as there are work units, or each by all of them if there are
   * fewer. */
  void
  EqualizeFrames();

  /** Equalizes frames, or parts of them, one after the other, by a filter for frames. */
  void
  EqualizeFrames(const RegionType & frames, ThreadIdType numberOfWorkUnits);

  void
  EqualizeFrame(const RegionType & part, Self & filter);

  void
  MakeTables();

  std::vector<std::uint16_t>
  MakeTable(SizeValueType tile) const;

  ContrastLimitedTileAxis::Neighbors
  Locate(const IndexType & index, unsigned int axis) const;

  std::vector<RegionType>
  SplitBetweenTileCenters(const RegionType & region) const;

  TablePairs
  FindTables(const IndexType & index, SizeValueType plane) const;

  Neighborhood
  FindNeighborhood(const IndexType & index) const;

  /** Equalizes a run of pixels along the first axis, all of them between the same centres of tiles. The mask, which
   * takes its time to be found by name, is null if there is none. */
  void
  EqualizeRow(const IndexType & index, SizeValueType length, const Neighborhood & hood, const MaskImageType * mask);

  void
  EqualizeSpan(const PixelType * values, PixelType * equalized, SizeValueType count, const Neighborhood & hood) const;

  double                     m_ClipLimit{ 40.0 };
  SizeType                   m_NumberOfTiles;
  int                        m_FrameAxis{ WholeImage };
  SizeValueType              m_NumberOfBins{ 4096 };
  unsigned int               m_NumberOfStreamDivisions{ 1 };
  SizeValueType              m_MemoryLimit{ 0 };
  typename SinkType::Pointer m_Sink{ SinkType::New() };
  LearningStage              m_LearningStage;
  TimeStamp                  m_TableTime;
  std::vector<std::uint32_t> m_Pairs;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkContrastLimitedAdaptiveHistogramEqualizationImageFilter.hxx"
#endif

#endif
