# Against an installed ITK, which ships no module macros: a plain library, its tools, its tests.
include(CTest)
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Kind of build" FORCE)
endif()
option(BUILD_SHARED_LIBS "Build the library shared, as ITK is" ${ITK_BUILD_SHARED})
option(IntensityMapping_BUILD_TOOLS "Build the command-line tools" ON)
option(IntensityMapping_BUILD_BENCHMARKS "Build the benchmarks (needs Google Benchmark)" OFF)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
file(RELATIVE_PATH bin_to_lib "/${CMAKE_INSTALL_BINDIR}" "/${CMAKE_INSTALL_LIBDIR}")
set(CMAKE_INSTALL_RPATH "$ORIGIN/${bin_to_lib}")

include(CMake/Strictness.cmake)
add_subdirectory(src)
if(IntensityMapping_BUILD_TOOLS)
  add_subdirectory(Module)
endif()
if(BUILD_TESTING)
  add_subdirectory(test)
endif()
if(IntensityMapping_BUILD_BENCHMARKS)
  add_subdirectory(benchmark)
endif()

install(DIRECTORY include/ DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/IntensityMapping" FILES_MATCHING PATTERN "*.h*")
install(FILES "${PROJECT_BINARY_DIR}/include/IntensityMappingExport.h"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/IntensityMapping")
set(config_dir "${CMAKE_INSTALL_LIBDIR}/cmake/IntensityMapping")
install(EXPORT IntensityMappingTargets NAMESPACE IntensityMapping:: DESTINATION "${config_dir}")
configure_package_config_file(CMake/IntensityMappingConfig.cmake.in
  "${PROJECT_BINARY_DIR}/IntensityMappingConfig.cmake" INSTALL_DESTINATION "${config_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/IntensityMappingConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/IntensityMappingConfig.cmake"
  "${PROJECT_BINARY_DIR}/IntensityMappingConfigVersion.cmake" DESTINATION "${config_dir}")
