# SPDX-License-Identifier: Apache-2.0
"""What the headers say is what Python's help says, of each wrapped class, its methods and its function."""

import inspect
import pydoc
import re

import itk
import pytest

RULERS = [
    itk.Ruler,
    itk.IntensityNormalization,
    itk.LinearNormalization,
    itk.LogNormalization,
    itk.SymmetricLogNormalization,
    itk.AsinhNormalization,
    itk.PowerNormalization,
    itk.TwoSlopeNormalization,
    itk.CenteredNormalization,
    itk.BoundaryNormalization,
    itk.EqualizingNormalization,
    itk.Colormap,
    itk.ColormapFileReader,
    itk.ColormapFileWriter,
    itk.HistogramBins,
]
TEMPLATES = [
    itk.ColorBarImageSink,
    itk.ColormapIdentificationImageSink,
    itk.ColormapImageFilter,
    itk.ContrastLimitedAdaptiveHistogramEqualizationImageFilter,
    itk.HistogramEqualizationImageFilter,
    itk.IntensityDistributionImageSink,
    itk.IntensityRangeImageSink,
    itk.InverseColormapImageFilter,
    itk.LumaImageFilter,
    itk.LumaReplacementImageFilter,
    itk.PixelwiseTemporalHistogramImageFilter,
    itk.TemporalHistogramStatisticImageFilter,
]
FUNCTIONS = [template.__name__ for template in TEMPLATES]

# What ITK's macros and its wrapping add to every class.
_OF_ITK = {"New", "Clone", "cast", "CreateAnother", "GetNameOfClass"}


def class_of(thing):
    return thing if inspect.isclass(thing) else thing.values()[0]


def public_methods(swig_class):
    for name, member in vars(swig_class).items():
        if inspect.isfunction(getattr(member, "__func__", member)) and name[0].isupper() and name not in _OF_ITK:
            yield name


@pytest.mark.parametrize("thing", RULERS + TEMPLATES)
def test_help_on_a_class_is_its_header(thing):
    text = pydoc.render_doc(thing, renderer=pydoc.plaintext)
    assert class_of(thing).__doc__.splitlines()[0] in text
    assert len(class_of(thing).__doc__) > 100
    assert not re.search(r"\\(brief|class|code|endcode|ingroup|sa)\b|Proxy of C\+\+", text)


def test_help_says_what_the_header_says():
    assert "to the byte what matplotlib's `cmap(norm(x), bytes=True)` gives" in itk.ColormapImageFilter.__doc__
    assert itk.LinearNormalization.SetMinimum.__doc__.startswith("The intensity that is mapped to 0. Default: 0.")
    assert itk.LinearNormalization.ClipOn.__doc__.startswith("Whether intensities outside")
    assert itk.HistogramBins.SetUniform.__doc__.startswith("Bins of equal width between")
    assert "In C++::\n\n    auto" in itk.Colormap.__doc__


@pytest.mark.parametrize("thing", RULERS + TEMPLATES)
def test_each_method_is_documented(thing):
    swig_class = class_of(thing)
    names = list(public_methods(swig_class))
    assert names
    for name in names:
        first_line = (getattr(swig_class, name).__doc__ or "").strip().split("\n")[0]
        # A signature is all that ITK's wrapping itself has to say.
        assert first_line and not first_line.startswith(f"{name}("), f"{swig_class.__name__}.{name}"


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_function_has_a_signature_and_documents_it(template):
    function = getattr(itk, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", template.__name__.removeprefix("itk::")).lower())
    signature = inspect.signature(function)
    first, *others = signature.parameters.values()
    assert first.name == "image" and first.kind is first.POSITIONAL_OR_KEYWORD
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in others)
    assert others[-1].name == "progress"
    setters = {name for name in vars(class_of(template)) if name.startswith("Set")}
    assert len(others) >= len(setters - {"SetInput", "SetAbortGenerateData"}) + 1
    for parameter in signature.parameters.values():
        assert isinstance(parameter.annotation, str) and parameter.annotation not in ("Any", "_empty")
        assert re.search(rf"^{parameter.name} : .+\n    \S", function.__doc__, re.MULTILINE)
    assert class_of(template).__doc__.splitlines()[0] in function.__doc__
    assert "In C++" not in function.__doc__ and "Returns\n-------" in function.__doc__
    assert inspect.signature(function).return_annotation
    assert function.__name__ in pydoc.render_doc(function, renderer=pydoc.plaintext)


def test_all_keywords_of_a_signature_can_be_given():
    import numpy as np

    picture = np.zeros((20, 5, 3), np.uint8)
    picture[:, :, 0] = np.arange(20)[:, np.newaxis]
    inputs = {
        "ColorBarImageSink": picture,
        "ColormapIdentificationImageSink": picture,
        "InverseColormapImageFilter": picture,
        "LumaImageFilter": picture,
        "LumaReplacementImageFilter": picture,
        "PixelwiseTemporalHistogramImageFilter": np.zeros((3, 4, 5)),
        "TemporalHistogramStatisticImageFilter": np.zeros((4, 5, 1), np.uint16),
    }
    required = {"bins": [0, 1], "bar_region": np.s_[0:20, 0:5], "first_tick": (0, 1), "second_tick": (19, 2)}
    required |= {"luma_image": np.zeros((20, 5), np.uint8)}
    values = required | {"colormap": "gray", "normalization": (0, 1), "number_of_stream_divisions": 2, "rgb": True}
    values |= {"mask": np.ones((4, 5), bool), "chunk_memory": 1000, "memory_limit": 1 << 30}
    values |= {"statistic": "quantile", "probability": 0.3, "progress": lambda progress: None}
    values |= {"lower_percentile": 1, "upper_percentile": 99, "orientation": "vertical", "candidates": ["jet", "gray"]}
    values |= {"metric": "luma_weighted", "chroma_weight": 0.5, "interpolate": False, "overlay_opacity": 0.5}
    values |= {"method": "rank", "every_value": False, "frame_axis": -1, "per_frame": False, "dtype": float}
    values |= {"output_minimum": 0, "output_maximum": 1, "resolution": "levels", "distribution": np.zeros((4, 5))}
    values |= {"target_distribution": np.ones((4, 5))}
    values |= {"clip_limit": 2.5, "number_of_tiles": [2, 3], "number_of_bins": 64}
    values |= {"maximum_distance": 20, "tolerance": 10, "unknown_value": -1}
    values |= {f"compute_{name}": True for name in ("half_width", "distance", "ambiguity", "gray")}
    for template in TEMPLATES:
        name = template.__name__.removeprefix("itk::")
        function = getattr(itk, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
        image = inputs.get(name, np.zeros((4, 5)))
        keywords = [name for name in inspect.signature(function).parameters if name != "image"]
        assert function(image=image, **{name: values[name] for name in keywords}) is not None
        assert function(image, **{name: required.get(name) for name in keywords}) is not None
