// SPDX-License-Identifier: Apache-2.0
%module(package="itk", threads="1") itkInterruptibleUpdatePython
%feature("nothreadallow");

%{
#include "ITKCommonBaseSwigInterface.h"
#include "itkInterruptibleUpdate.h"
#include "itkPythonExtensions.h"
%}

%import ITKCommonBase.i
%include itkInterruptibleUpdate_ext.i
%include IntensityMappingExtensions.i

%rename("itk%s", %$isfunction) "";
namespace itk
{
PyObject *
UpdateInterruptibly(itkProcessObject * process);
PyObject *
UpdateLargestPossibleRegionInterruptibly(itkProcessObject * process);
PyObject *
UpdateOutputInformationInterruptibly(itkProcessObject * process);
void
AbortUpdate(itkProcessObject * process);
unsigned long
AddPythonObserver(itkProcessObject * process, const itkEventObject & event, PyObject * callable);
unsigned long
AddPythonProgressObserver(itkProcessObject * process, PyObject * callable);
unsigned long
AddPythonSignalObserver(itkProcessObject * process);
itkDataObject *
GetIndexedOutput(itkProcessObject * process, unsigned int index);
}
