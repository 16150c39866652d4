# The project's own sources are held to these; a project that uses the installed headers is not.
option(IntensityMapping_WARNINGS_AS_ERRORS "Make warnings in the project's own sources errors" ON)
add_library(IntensityMappingStrictness INTERFACE)
target_compile_options(IntensityMappingStrictness INTERFACE
  -ffp-contract=off -Wall -Wextra $<$<BOOL:${IntensityMapping_WARNINGS_AS_ERRORS}>:-Werror>)
