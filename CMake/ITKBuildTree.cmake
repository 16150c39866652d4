# Against an ITK build tree: a module as ITK's own are, wrapped for Python as they are, and its tools if asked for.
option(IntensityMapping_BUILD_TOOLS "Build the command-line tools" OFF)

list(APPEND CMAKE_MODULE_PATH "${ITK_CMAKE_DIR}")
include(ITKModuleExternal)

if(IntensityMapping_BUILD_TOOLS)
  include(GNUInstallDirs)
  include(CMake/Strictness.cmake)
  # ITK's wrapping would have the tools among its Python files.
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
  set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
  # Each is one file that can be moved. Their tests, which load them as 3D Slicer does, are for an installed ITK.
  set(SEMFallback_LIBRARY_TYPE STATIC)
  set(BUILD_TESTING OFF)
  add_subdirectory(Module)
endif()
