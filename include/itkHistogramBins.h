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
#ifndef itkHistogramBins_h
#define itkHistogramBins_h

#include "itkRuler.h"

#include <cstdint>
#include <vector>

namespace itk
{
/** \class HistogramBins
 * \brief The ruler from values to the bins of a histogram, and back.
 *
 * N bins between N + 1 strictly increasing edges. Bin k holds edge[k] <= x < edge[k + 1]; the last bin holds its upper
 * edge too, as in `numpy.histogram`. A value below the first edge is "under", above the last edge "over", and NaN is
 * "invalid". Values are compared with the edges exactly, in double precision.
 *
 * Bins are numbered 0 to N - 1. The codes N (under), N + 1 (over) and N + 2 (invalid) follow, so that every value has
 * a code, and the counts of all N + 3 codes sum to the number of values.
 *
 * \code
 * auto bins = itk::HistogramBins::New();
 * bins->SetUniform(100, 0.0, 4095.0);
 * bins->ForwardValue(4095.0); // 99
 * \endcode
 *
 * \sa PixelwiseTemporalHistogramImageFilter, TemporalHistogramStatisticImageFilter
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT HistogramBins : public Ruler
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(HistogramBins);

  using Self = HistogramBins;
  using Superclass = Ruler;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(HistogramBins, Ruler);

  using EdgesType = std::vector<double>;
  using CodeType = std::uint32_t;

  /** The most bins there may be. */
  static constexpr SizeValueType MaximumNumberOfBins = 1u << 24;

  /** Bins of equal width between `minimum` and `maximum`: edge[k] = minimum + k (maximum - minimum) / N, as
   * `numpy.linspace` has them. Throws unless 0 < N and minimum < maximum, both finite. */
  void
  SetUniform(SizeValueType numberOfBins, double minimum, double maximum);

  /** Bins of equal width on a logarithmic axis: edge[k] = minimum (maximum / minimum)^(k / N), as `numpy.geomspace` has
   * them to within a few units in the last place. Throws unless 0 < N and 0 < minimum < maximum, both finite. */
  void
  SetLogarithmic(SizeValueType numberOfBins, double minimum, double maximum);

  /** One bin per integer from `first` to `last`, each from half below the integer to half above.
   * Throws if first > last. */
  void
  SetIntegers(std::int64_t first, std::int64_t last);

  /** Bins between the given edges. Throws unless there are at least two, all finite and strictly increasing. */
  void
  SetEdges(const EdgesType & edges);
  itkGetConstReferenceMacro(Edges, EdgesType);

  /** The number of bins, which is one less than that of edges. */
  SizeValueType
  GetNumberOfBins() const
  {
    return m_Edges.size() - 1;
  }

  /** Whether each bin stands for one integer, as SetIntegers() makes them. */
  bool
  GetIntegers() const
  {
    return m_Spacing == SpacingType::Integer;
  }

  /** The code of a value below the first edge. */
  CodeType
  GetUnderCode() const
  {
    return static_cast<CodeType>(this->GetNumberOfBins());
  }

  /** The code of a value above the last edge. */
  CodeType
  GetOverCode() const
  {
    return this->GetUnderCode() + 1;
  }

  /** The code of NaN. */
  CodeType
  GetInvalidCode() const
  {
    return this->GetUnderCode() + 2;
  }

  /** The value that stands for a bin: the middle of its edges. */
  double
  GetCenter(SizeValueType bin) const;

  /** Always valid: the edges are verified when they are set. */
  void
  Verify() const override
  {}

  /** The codes of `count` values. */
  void
  Forward(const float * values, CodeType * codes, SizeValueType count) const;

  /** The codes of `count` values. */
  void
  Forward(const double * values, CodeType * codes, SizeValueType count) const;

  /** The centres of `count` bins: minus infinity for the under code, infinity for the over code, NaN for every other
   * code that is no bin. */
  void
  Inverse(const CodeType * codes, double * values, SizeValueType count) const;

  /** The code of one value. */
  CodeType
  ForwardValue(double value) const;

protected:
  HistogramBins();
  ~HistogramBins() override = default;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  enum class SpacingType : std::uint8_t
  {
    Arbitrary,
    Uniform,
    Integer
  };

  void
  SetEdges(EdgesType edges, SpacingType spacing);

  EdgesType   m_Edges;
  SpacingType m_Spacing{ SpacingType::Arbitrary };
};
} // namespace itk

#endif
