# SEMMacroBuildCLI() where SlicerExecutionModel is absent: from Foo.xml and Foo.cxx it builds the executable Foo and the
# shared library FooLib, which 3D Slicer can load, with the command line that Foo.xml describes.
#
#   SEMMacroBuildCLI(NAME <name> [ADDITIONAL_SRCS ..] [TARGET_LIBRARIES ..] [INCLUDE_DIRECTORIES ..] [NO_INSTALL])
#
# Where SEMFallback_LIBRARY_TYPE is STATIC, FooLib is a part of the executable instead.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_package(CLI11 REQUIRED)

set(SEMFallback_DIR "${CMAKE_CURRENT_LIST_DIR}")
if(NOT SEMFallback_LIBRARY_TYPE)
  set(SEMFallback_LIBRARY_TYPE SHARED)
endif()

add_library(SEMFallback STATIC "${SEMFallback_DIR}/CommandLine.cxx")
target_include_directories(SEMFallback PUBLIC "${SEMFallback_DIR}")
target_link_libraries(SEMFallback PRIVATE CLI11::CLI11 IntensityMapping IntensityMappingStrictness)
set_target_properties(SEMFallback PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden)

function(SEMMacroBuildCLI)
  cmake_parse_arguments(PARSE_ARGV 0 CLI "NO_INSTALL" "NAME" "ADDITIONAL_SRCS;TARGET_LIBRARIES;INCLUDE_DIRECTORIES")
  set(xml "${CMAKE_CURRENT_SOURCE_DIR}/${CLI_NAME}.xml")
  set(header "${CMAKE_CURRENT_BINARY_DIR}/${CLI_NAME}CLP.h")
  add_custom_command(OUTPUT "${header}"
    COMMAND Python3::Interpreter "${SEMFallback_DIR}/GenerateCLP.py" "${xml}" "${header}"
    DEPENDS "${xml}" "${SEMFallback_DIR}/GenerateCLP.py"
    VERBATIM)

  add_library(${CLI_NAME}Lib ${SEMFallback_LIBRARY_TYPE} ${CLI_NAME}.cxx "${header}" ${CLI_ADDITIONAL_SRCS})
  target_compile_definitions(${CLI_NAME}Lib PRIVATE main=ModuleEntryPoint)
  target_include_directories(${CLI_NAME}Lib PRIVATE "${CMAKE_CURRENT_BINARY_DIR}" ${CLI_INCLUDE_DIRECTORIES})
  target_link_libraries(${CLI_NAME}Lib PRIVATE ${CLI_TARGET_LIBRARIES} SEMFallback IntensityMappingStrictness)
  set_target_properties(${CLI_NAME}Lib PROPERTIES
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON INSTALL_RPATH "$ORIGIN")

  add_executable(${CLI_NAME} "${SEMFallback_DIR}/CommandLineMain.cxx")
  target_link_libraries(${CLI_NAME} PRIVATE ${CLI_NAME}Lib)
  # 3D Slicer takes the description from the file beside the executable, and asks the executable only if there is none.
  add_custom_command(TARGET ${CLI_NAME} POST_BUILD
    COMMAND "${CMAKE_COMMAND}" -E copy_if_different "${xml}" "$<TARGET_FILE_DIR:${CLI_NAME}>"
    VERBATIM)

  if(NOT CLI_NO_INSTALL)
    set(targets ${CLI_NAME})
    if(SEMFallback_LIBRARY_TYPE STREQUAL "SHARED")
      list(APPEND targets ${CLI_NAME}Lib)
    endif()
    install(TARGETS ${targets}
      RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
    install(FILES "${xml}" DESTINATION "${CMAKE_INSTALL_BINDIR}")
  endif()
endfunction()
