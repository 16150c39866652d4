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
#ifndef itkRepeatedImageRegionSplitter_h
#define itkRepeatedImageRegionSplitter_h

#include "itkImageRegionSplitterSlowDimension.h"
#include "IntensityMappingExport.h"

namespace itk
{
/** \class RepeatedImageRegionSplitter
 * \brief Splits a region along its slowest dimension, and gives the pieces several times over.
 *
 * The splitter of a sink that has to read its input in several passes: all pieces in the first, then all again.
 *
 * \ingroup IntensityMapping
 */
class IntensityMapping_EXPORT RepeatedImageRegionSplitter : public ImageRegionSplitterSlowDimension
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(RepeatedImageRegionSplitter);

  using Self = RepeatedImageRegionSplitter;
  using Superclass = ImageRegionSplitterSlowDimension;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(RepeatedImageRegionSplitter, ImageRegionSplitterSlowDimension);

  /** How often the pieces are given. Default: 1. */
  itkSetClampMacro(NumberOfRepetitions, unsigned int, 1, NumericTraits<unsigned int>::max());
  itkGetConstMacro(NumberOfRepetitions, unsigned int);

protected:
  RepeatedImageRegionSplitter() = default;
  ~RepeatedImageRegionSplitter() override = default;

  /** The number of pieces, each counted as often as it is given. */
  unsigned int
  GetNumberOfSplitsInternal(unsigned int         dimension,
                            const IndexValueType regionIndex[],
                            const SizeValueType  regionSize[],
                            unsigned int         requestedNumber) const override;

  unsigned int
  GetSplitInternal(unsigned int   dimension,
                   unsigned int   i,
                   unsigned int   numberOfPieces,
                   IndexValueType regionIndex[],
                   SizeValueType  regionSize[]) const override;

  void
  PrintSelf(std::ostream & os, Indent indent) const override;

private:
  unsigned int m_NumberOfRepetitions{ 1 };
};
} // namespace itk

#endif
