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
#ifndef VTKColormap_h
#define VTKColormap_h

#include "itkColormap.h"
#include "itkLinearNormalization.h"

#include <vtkSmartPointer.h>

class vtkColorTransferFunction;
class vtkLookupTable;

/** Colormaps to and from VTK. What cannot be converted throws a std::runtime_error of one line. */
namespace IntensityMapping
{
/** A colormap, and the values of its first and its last colour. */
struct ColormapWithLimits
{
  itk::Colormap::Pointer            Colormap;
  itk::LinearNormalization::Pointer Normalization;
};

/** Colours as the colormap does, byte for byte, but for values so near to the seam of two entries that VTK, which
 * scales them in another order of operations, finds the next. The under, over and bad colours are those below and above
 * the range and of NaN. A single entry becomes two. */
vtkSmartPointer<vtkLookupTable>
MakeVTKLookupTable(const itk::Colormap & colormap, const itk::LinearNormalization & normalization);

/** The colours of the entries at evenly spaced values from the first to the last, linearly interpolated in between. VTK
 * rounds components to bytes where the colormap truncates them. Throws if an entry is not opaque: VTK's opacity is a
 * function of its own. */
vtkSmartPointer<vtkColorTransferFunction>
MakeVTKColorTransferFunction(const itk::Colormap & colormap, const itk::LinearNormalization & normalization);

/** Takes the bytes that VTK would show. Throws if the table is empty or its scale is not linear. */
ColormapWithLimits
MakeColormap(vtkLookupTable & table);

/** Takes the colours at evenly spaced values from the first to the last point, whatever the space that VTK mixes them
 * in. If there are as many points, evenly spaced, they are taken as they are. Throws if the function is empty or its
 * scale is not linear. */
ColormapWithLimits
MakeColormap(vtkColorTransferFunction & function, itk::SizeValueType numberOfEntries = 256);
} // namespace IntensityMapping

#endif
