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
#ifndef itkContrastLimitedTileHistogramImageSink_h
#define itkContrastLimitedTileHistogramImageSink_h

#include "itkContrastLimitedEqualizationKernel.h"
#include "itkContrastLimitedTileAxis.h"
#include "itkImage.h"
#include "itkIntensityRangeKernel.h"
#include "itkLearningImageSink.h"
#include "itkRepeatedImageRegionSplitter.h"
#include "itkVectorImage.h"

#include <mutex>
#include <type_traits>
#include <vector>

namespace itk
{
/** \class ContrastLimitedTileHistogramImageSink
 * \brief Counts the values of an image in tiles: the first stage of contrast-limited adaptive histogram equalization.
 *
 * The output is a coarse image with a pixel for each tile and a component for each bin. Its spacing is the size of a
 * tile, its origin the centre of the first one.
 *
 * The grid of tiles lies on the largest possible region of the input. Where tiles reach beyond the image, it goes on as
 * in a mirror, see ContrastLimitedTileAxis; so all tiles count equally many pixels.
 *
 * Integers of 8 and 16 bits have a bin for each value of the type. Real values have NumberOfBins bins of equal width
 * from the least to the greatest of those that count. NaN and infinities are not counted, nor is what is masked.
 *
 * Reads its input in NumberOfStreamDivisions pieces, once for integers and twice for real values, whose range comes
 * first. Holds a counter of 4 bytes for each bin of each tile. The counts depend neither on the number of pieces nor on
 * that of threads. Threads count different tiles; where a piece has fewer tiles than there are work units, they share a
 * tile, and each thread has a histogram of its own meanwhile.
 *
 * The histograms are those of the last update: one that was aborted or failed leaves none.
 *
 * Pixel types: 8- and 16-bit integers, float and double; two or more dimensions.
 *
 * Throws before any pixel is touched if there are no tiles along an axis, if the number of bins is not allowed, if the
 * image has no pixels, if a tile has more than 2^32 - 1, or if the mask has another region than the image.
 *
 * \sa ContrastLimitedAdaptiveHistogramEqualizationImageFilter
 * \ingroup IntensityMapping
 */
template <typename TInputImage>
class ITK_TEMPLATE_EXPORT ContrastLimitedTileHistogramImageSink : public LearningImageSink<TInputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(ContrastLimitedTileHistogramImageSink);

  using Self = ContrastLimitedTileHistogramImageSink;
  using Superclass = LearningImageSink<TInputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(ContrastLimitedTileHistogramImageSink, LearningImageSink);

  static constexpr unsigned int ImageDimension = TInputImage::ImageDimension;
  static_assert(ImageDimension >= 2, "The image must have two dimensions or more.");

  using InputImageType = TInputImage;
  using InputPixelType = typename InputImageType::PixelType;
  using InputRegionType = typename InputImageType::RegionType;
  using SizeType = typename InputImageType::SizeType;
  using MaskImageType = Image<unsigned char, ImageDimension>;
  using HistogramImageType = VectorImage<std::uint32_t, ImageDimension>;
  using RealBins = ContrastLimitedEqualization::RealBins;
  using DataObjectPointerArraySizeType = ProcessObject::DataObjectPointerArraySizeType;

  static constexpr bool IsReal = std::is_floating_point<InputPixelType>::value;
  static_assert(IsReal || sizeof(InputPixelType) <= 2, "The pixels must be 8- or 16-bit integers, float or double.");

  /** Which pixels count: those where the mask is not 0. It has the input's region. Default: none, all pixels count. */
  itkSetInputMacro(MaskImage, MaskImageType);
  itkGetInputMacro(MaskImage, MaskImageType);

  /** How many tiles there are along each axis. Default: 8. */
  itkSetMacro(NumberOfTiles, SizeType);
  itkGetConstReferenceMacro(NumberOfTiles, SizeType);

  /** How many bins real values have, from 1 to 65536; integers always have one per value. Default: 4096. */
  itkSetMacro(NumberOfBins, SizeValueType);
  itkGetConstMacro(NumberOfBins, SizeValueType);

  /** In how many pieces the input is read. Default: 1. */
  void
  SetNumberOfStreamDivisions(unsigned int numberOfStreamDivisions) override
  {
    Superclass::SetNumberOfStreamDivisions(numberOfStreamDivisions);
  }
  unsigned int
  GetNumberOfStreamDivisions() const override
  {
    return Superclass::GetNumberOfStreamDivisions();
  }

  /** How many bins a tile has: NumberOfBins for real values, all values of the type for integers. */
  static SizeValueType
  GetNumberOfBinsPerTile(SizeValueType numberOfBins)
  {
    return IsReal ? numberOfBins : SizeValueType{ 1 } << (8 * sizeof(InputPixelType));
  }

  /** The histograms, the same object before and after Update(); without pixels until an update has succeeded. */
  HistogramImageType *
  GetHistogramImage();

  /** How many pixels each tile counted in the last update: the sum of its histogram. */
  const std::vector<SizeValueType> &
  GetNumbersOfCounts() const
  {
    return m_NumbersOfCounts;
  }

  /** The axes of the grid of tiles, after UpdateOutputInformation(). */
  const std::vector<ContrastLimitedTileAxis> &
  GetTileAxes() const
  {
    return m_TileAxes;
  }

  /** The bins of real values, which were found by the last update; without any that counts, all are at 0. */
  const RealBins &
  GetRealBins() const
  {
    return m_RealBins;
  }

protected:
  ContrastLimitedTileHistogramImageSink();
  ~ContrastLimitedTileHistogramImageSink() override = default;

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
  BeforeStreamedGenerateData() override;

  void
  ReadPiece(unsigned int inputRequestedRegionNumber) override;

  void
  ThreadedStreamedGenerateData(const InputRegionType & region) override;

  void
  Forget() override;

  void
  Learn() override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  /** Values are counted so many at once, which stay in the L1 cache. */
  static constexpr SizeValueType BlockLength = 1024;

  /** Some pixels of a tile, which one thread counts. */
  struct TilePart
  {
    SizeValueType                Tile;
    bool                         IsShared;
    std::vector<InputRegionType> Regions;

    SizeValueType
    GetNumberOfPixels() const;

    std::vector<TilePart>
    Split(SizeValueType number) const;
  };

  std::vector<ContrastLimitedTileAxis>
  MakeTileAxes() const;

  void
  MakeCounters();

  template <typename TVisit>
  void
  ForEachCountedBlock(const InputRegionType & region, const TVisit & visit, WorkUnitProgress & progress);

  template <typename TVisit>
  void
  InParallel(SizeValueType count, const TVisit & visit);

  std::vector<InputRegionType>
  FindSources(SizeValueType tile, const InputRegionType & piece) const;

  std::vector<TilePart>
  MakeTileParts(const InputRegionType & piece) const;

  void
  CountPiece(const InputRegionType & piece);

  void
  CountTilePart(const TilePart & part, WorkUnitProgress & progress);

  SizeValueType
  CountRegions(const std::vector<InputRegionType> & regions, std::uint32_t * histogram, WorkUnitProgress & progress);

  SizeType                             m_NumberOfTiles;
  SizeValueType                        m_NumberOfBins{ 4096 };
  std::vector<ContrastLimitedTileAxis> m_TileAxes;
  std::vector<SizeValueType>           m_NumbersOfCounts;
  IntensityRange                       m_Range;
  RealBins                             m_RealBins{ 0.0, 0.0, 1 };
  std::mutex                           m_Mutex;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkContrastLimitedTileHistogramImageSink.hxx"
#endif

#endif
