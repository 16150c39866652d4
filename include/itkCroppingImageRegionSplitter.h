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
#ifndef itkCroppingImageRegionSplitter_h
#define itkCroppingImageRegionSplitter_h

#include "itkImageRegion.h"
#include "itkImageRegionSplitterSlowDimension.h"

#include <algorithm>

namespace itk
{
/** \class CroppingImageRegionSplitter
 * \brief Splits a part of a region along its slowest dimension, whatever region it is given.
 *
 * The splitter of a sink that reads but a part of its input.
 *
 * \ingroup IntensityMapping
 */
template <unsigned int VDimension>
class ITK_TEMPLATE_EXPORT CroppingImageRegionSplitter : public ImageRegionSplitterSlowDimension
{
public:
  ITK_DISALLOW_COPY_AND_MOVE(CroppingImageRegionSplitter);

  using Self = CroppingImageRegionSplitter;
  using Superclass = ImageRegionSplitterSlowDimension;
  using Pointer = SmartPointer<Self>;
  using ConstPointer = SmartPointer<const Self>;

  itkNewMacro(Self);
  itkTypeMacro(CroppingImageRegionSplitter, ImageRegionSplitterSlowDimension);

  using RegionType = ImageRegion<VDimension>;

  /** What is split. Default: an empty region. */
  itkSetMacro(Region, RegionType);
  itkGetConstReferenceMacro(Region, RegionType);

protected:
  CroppingImageRegionSplitter() = default;
  ~CroppingImageRegionSplitter() override = default;

  unsigned int
  GetNumberOfSplitsInternal(unsigned int dimension,
                            const IndexValueType[],
                            const SizeValueType[],
                            unsigned int requestedNumber) const override
  {
    return Superclass::GetNumberOfSplitsInternal(
      dimension, m_Region.GetIndex().m_InternalArray, m_Region.GetSize().m_InternalArray, requestedNumber);
  }

  unsigned int
  GetSplitInternal(unsigned int   dimension,
                   unsigned int   i,
                   unsigned int   numberOfPieces,
                   IndexValueType regionIndex[],
                   SizeValueType  regionSize[]) const override
  {
    std::copy_n(m_Region.GetIndex().m_InternalArray, VDimension, regionIndex);
    std::copy_n(m_Region.GetSize().m_InternalArray, VDimension, regionSize);
    return Superclass::GetSplitInternal(dimension, i, numberOfPieces, regionIndex, regionSize);
  }

  void
  PrintSelf(std::ostream & os, Indent indent) const override
  {
    Superclass::PrintSelf(os, indent);
    os << indent << "Region: " << m_Region << std::endl;
  }

private:
  RegionType m_Region;
};
} // namespace itk

#endif
