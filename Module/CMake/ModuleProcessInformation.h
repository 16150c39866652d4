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
#ifndef ModuleProcessInformation_h
#define ModuleProcessInformation_h

/** How a running command-line module and 3D Slicer talk to each other, when the module is a shared library. The layout
 * is that of SlicerExecutionModel's header of the same name, to the byte. */
extern "C"
{
  struct ModuleProcessInformation
  {
    /** Set by the caller: the module is to stop. */
    unsigned char Abort{ 0 };

    /** Set by the module: how far it is, from 0 to 1, as a whole and in its present stage. */
    float Progress{ 0.0F };
    float StageProgress{ 0.0F };
    char  ProgressMessage[1024]{};

    /** Called by the module, with the client data, after it has set its progress; may be null. */
    void (*ProgressCallbackFunction)(void *){ nullptr };
    void * ProgressCallbackClientData{ nullptr };

    /** Set by the module: seconds since it began. */
    double ElapsedTime{ 0.0 };
  };
}

#endif
