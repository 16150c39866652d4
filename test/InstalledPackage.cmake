# Installs a build into a folder of its own, builds examples/ against what was installed, and runs it.
#
#   cmake -DBUILD=.. -DCONFIG=.. -DSOURCE=.. -DSCRATCH=.. "-DOPTIONS=..." -P InstalledPackage.cmake
file(REMOVE_RECURSE "${SCRATCH}")
set(prefix "${SCRATCH}/prefix")
set(example "${SCRATCH}/build")
set(run COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)

execute_process(COMMAND "${CMAKE_COMMAND}" --install "${BUILD}" --config "${CONFIG}" --prefix "${prefix}" ${run})
# Elsewhere than where it was installed: a package must not depend on its place.
file(RENAME "${prefix}" "${prefix} moved")
execute_process(COMMAND "${CMAKE_COMMAND}" -S "${SOURCE}/examples" -B "${example}"
  "-DCMAKE_PREFIX_PATH=${prefix} moved" ${OPTIONS} ${run})
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${example}" --config "${CONFIG}" ${run})

file(GLOB frames "${SOURCE}/examples/data/street/frame*.png")
find_program(pipeline StreamingPipeline PATHS "${example}" "${example}/${CONFIG}" NO_DEFAULT_PATH REQUIRED)
execute_process(COMMAND "${pipeline}" "${SCRATCH}/street" ${frames} ${run})

set(image "${SCRATCH}/street-median.mha")
file(STRINGS "${image}" dimensions REGEX "^DimSize = 384 288$")
if(NOT dimensions)
  message(FATAL_ERROR "${image} is not 384 x 288 pixels large.")
endif()
# Four bytes per pixel, after a header of less than a kilobyte.
math(EXPR least "4 * 384 * 288")
math(EXPR most "${least} + 1024")
file(SIZE "${image}" size)
if(size LESS_EQUAL least OR size GREATER most)
  message(FATAL_ERROR "${image} has ${size} bytes instead of ${least} and a header.")
endif()
