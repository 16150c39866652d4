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
#ifndef itkColormapIdentificationImageSink_h
#define itkColormapIdentificationImageSink_h

#include "itkColormapIdentification.h"
#include "itkLearningImageSink.h"

#include <mutex>

namespace itk
{
/** \class ColormapIdentificationImageSink
 * \brief Tells which colormap a picture was made with: ranks colormaps by how well they explain its colours.
 *
 * Reads the largest possible region of its input once, in NumberOfStreamDivisions pieces, and counts how many pixels
 * have each colour. With d(c, M) the Euclidean distance, in levels of 8 bits, of the colour c from the nearest colour
 * of the colormap M, n(c) the number of pixels of that colour and n that of all,
 *
 *   - MeanDistance = sum of w(c) min(d(c, M), MaximumDistance) / sum of w(c), with w(c) = min(n(c), floor(n / 64) + 1);
 *   - ExplainedFraction = sum of n(c) where d(c, M) <= Tolerance, divided by n.
 *
 * The least MeanDistance is the best. What is no data (axes, text, background) spoils little: its colours count for
 * MaximumDistance at most, and one colour, such as a white background, weighs as much as a 64th of the pixels at most.
 * Wholly transparent pixels are left out. Only the set of colours matters, neither their order nor which part of the
 * colormap the picture shows.
 *
 * The ranking has a ColormapFit for each candidate, the best first. Those that cannot be told from each other share a
 * rank: all whose distance is greater than the best one's by at most 2 percent and 0.25 levels. So colormaps of the
 * same colours share theirs (twilight and twilight_shifted), and so do all grays, and after JPEG those that differ by a
 * level or so (viridis and opencv.viridis). Within a rank, names without prefix come first.
 *
 * Candidates are by default all named colormaps, with as many entries as they are published with, dialects such as
 * opencv.jet and itk.jet among them, but without the reversed forms: these have the same colours, and only a colour bar
 * tells them apart, see ColorBarImageSink. Any others can be given.
 *
 * A grayscale picture is explained by the gray colormaps, which share the first rank. In a picture of one colour, all
 * colormaps that have it do. A picture that is wholly transparent has no answer: that is an error.
 *
 * The best colormap is an output that can be connected before it is learned: a filter brings it up to date. The result
 * depends neither on the number of pieces nor on that of threads. The sink holds 32 KiB per block of 16 x 16 x 16
 * colours that occur, for each work unit that is running, and 32 KiB more, see ColorCounts: some MB for a picture of
 * one colormap, 128 MiB per work unit if all colours occur.
 *
 * Pixel types: RGBPixel and RGBAPixel of `unsigned char`; any dimension. Throws, before the input is read, if the image
 * has no pixels, there is no candidate, MaximumDistance is not above 0 or Tolerance is below 0.
 *
 * \code
 * auto sink = itk::ColormapIdentificationImageSink<itk::Image<itk::RGBPixel<unsigned char>, 2>>::New();
 * sink->SetInput(reader->GetOutput());
 * sink->Update();
 * for (const auto & fit : sink->GetRanking())
 * {
 *   std::cout << fit.Rank << ' ' << fit.Name << ' ' << fit.MeanDistance << ' ' << fit.ExplainedFraction << '\n';
 * }
 * \endcode
 *
 * \sa InverseColormapImageFilter, ColorBarImageSink
 * \ingroup IntensityMapping
 */
template <typename TInputImage>
class ITK_TEMPLATE_EXPORT ColormapIdentificationImageSink : public LearningImageSink<TInputImage>
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(ColormapIdentificationImageSink);

  using Self = ColormapIdentificationImageSink;
  using Superclass = LearningImageSink<TInputImage>;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(ColormapIdentificationImageSink, LearningImageSink);

  using InputImageType = TInputImage;
  using InputPixelType = typename InputImageType::PixelType;
  using InputRegionType = typename InputImageType::RegionType;
  using RankingType = std::vector<ColormapFit>;
  using DataObjectPointerArraySizeType = ProcessObject::DataObjectPointerArraySizeType;

  static_assert(std::is_same<typename InputPixelType::ComponentType, unsigned char>::value,
                "Pixels must be RGBPixel or RGBAPixel of unsigned char.");

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

  /** The names of the colormaps to compare with, see Colormap::GetNames(). Throws, naming those that are near, if there
   * is no colormap of such a name. Default: all that are not reversed. */
  void
  SetCandidates(const std::vector<std::string> & names);

  /** Compares with another colormap, too, which it copies. Replaces a candidate of the same name. */
  void
  AddCandidate(const std::string & name, const Colormap * colormap);

  /** The names of all candidates. */
  std::vector<std::string>
  GetCandidates() const;

  /** What distances count for at most, in levels of 8 bits; above 0. Default: 16. */
  itkSetMacro(MaximumDistance, double);
  itkGetConstMacro(MaximumDistance, double);

  /** How far a colour may be from a colormap that explains it, in levels of 8 bits; at least 0. Default: 8. */
  itkSetMacro(Tolerance, double);
  itkGetConstMacro(Tolerance, double);

  /** The best colormap, the first of the ranking. It is the same object before and after Update(). */
  Colormap *
  GetColormap();

  /** How well each candidate explains the picture, the best first. Empty before an update. */
  const RankingType &
  GetRanking() const
  {
    return m_Ranking;
  }

  /** The names of the candidates, the best first. */
  std::vector<std::string>
  GetRankedNames() const;

  /** The rank of each: 1 for the best and for those that cannot be told from it. */
  std::vector<SizeValueType>
  GetRanks() const;

  /** The mean distance of each, from 0 to MaximumDistance. */
  std::vector<double>
  GetMeanDistances() const;

  /** The explained fraction of each, from 0 to 1. */
  std::vector<double>
  GetExplainedFractions() const;

  /** How many pixels were compared in the last update: those that are not wholly transparent. */
  itkGetConstMacro(NumberOfPixels, SizeValueType);

protected:
  ColormapIdentificationImageSink();
  ~ColormapIdentificationImageSink() override = default;

  using Superclass::MakeOutput;
  DataObject::Pointer
  MakeOutput(DataObjectPointerArraySizeType index) override;

  void
  VerifyPreconditions() const override;

  void
  ThreadedStreamedGenerateData(const InputRegionType & region) override;

  void
  Forget() override;

  void
  Learn() override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  struct Candidate
  {
    std::string       m_Name;
    Colormap::Pointer m_Colormap;
  };

  /** Ranks the candidates by how well they explain the colours that were counted. */
  RankingType
  Rank(CountedColors colors);

  /** Makes a candidate the output. */
  void
  SetBest(const std::string & name);

  template <typename TValue>
  std::vector<TValue>
  GetFromRanking(TValue ColormapFit::*member) const;

  std::vector<Candidate> m_Candidates;
  double                 m_MaximumDistance{ 16.0 };
  double                 m_Tolerance{ 8.0 };
  ColorCounts            m_Counts;
  RankingType            m_Ranking;
  SizeValueType          m_NumberOfPixels{ 0 };
  std::mutex             m_Mutex;
};
} // namespace itk

#ifndef ITK_MANUAL_INSTANTIATION
#  include "itkColormapIdentificationImageSink.hxx"
#endif

#endif
