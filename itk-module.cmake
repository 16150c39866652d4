set(DOCUMENTATION "Streaming filters that colour values, recover values from colours, count what each
pixel did over time, equalize, and draw HEALPix skies, on images and series far larger than memory.")

itk_module(IntensityMapping
  DEPENDS
    ITKCommon
  TEST_DEPENDS
    ITKColormap
    ITKGoogleTest
    ITKImageFilterBase
    ITKIOMeta
    ITKIOPNG
    ITKTestKernel
  DESCRIPTION
    "${DOCUMENTATION}"
  ENABLE_SHARED
)
