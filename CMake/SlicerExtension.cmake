# As a 3D Slicer extension: the filters become a library, each folder of Module/ a command-line module.
set(EXTENSION_HOMEPAGE "https://www.slicer.org")
set(EXTENSION_CATEGORY "Filtering")
set(EXTENSION_CONTRIBUTORS "The IntensityMapping maintainers")
set(EXTENSION_DESCRIPTION "Colour values, and count what each pixel did over time, on images larger than memory.")
set(EXTENSION_DEPENDS "NA")

find_package(Slicer REQUIRED)
# slicer-core-sdk's find_package succeeds with nothing to use: say so here, not in a hundred compile errors.
if(NOT Slicer_USE_FILE)
  message(FATAL_ERROR "Slicer_DIR=${Slicer_DIR} has no Slicer_USE_FILE: give the build folder of a 3D Slicer.")
endif()
include("${Slicer_USE_FILE}")
find_package(ITK 5.2 REQUIRED)

add_library(IntensityMappingStrictness INTERFACE)
target_compile_options(IntensityMappingStrictness INTERFACE -ffp-contract=off)

add_subdirectory(src)
add_subdirectory(Module)
include("${Slicer_EXTENSION_GENERATE_CONFIG}")
include("${Slicer_EXTENSION_CPACK}")
