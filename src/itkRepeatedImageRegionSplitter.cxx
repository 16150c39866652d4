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
#include "itkRepeatedImageRegionSplitter.h"

namespace itk
{
unsigned int
RepeatedImageRegionSplitter::GetNumberOfSplitsInternal(unsigned int         dimension,
                                                       const IndexValueType regionIndex[],
                                                       const SizeValueType  regionSize[],
                                                       unsigned int         requestedNumber) const
{
  return m_NumberOfRepetitions *
         Superclass::GetNumberOfSplitsInternal(dimension, regionIndex, regionSize, requestedNumber);
}


unsigned int
RepeatedImageRegionSplitter::GetSplitInternal(unsigned int   dimension,
                                              unsigned int   i,
                                              unsigned int   numberOfPieces,
                                              IndexValueType regionIndex[],
                                              SizeValueType  regionSize[]) const
{
  const unsigned int piecesOnce = numberOfPieces / m_NumberOfRepetitions;
  return m_NumberOfRepetitions *
         Superclass::GetSplitInternal(dimension, i % piecesOnce, piecesOnce, regionIndex, regionSize);
}


void
RepeatedImageRegionSplitter::PrintSelf(std::ostream & os, Indent indent) const
{
  Superclass::PrintSelf(os, indent);
  os << indent << "NumberOfRepetitions: " << m_NumberOfRepetitions << std::endl;
}
} // namespace itk
