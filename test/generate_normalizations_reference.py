#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes NormalizationsReference.inc and BoundariesReference.inc beside this file: what matplotlib's own norms give.

    python3 -m venv reference-venv && reference-venv/bin/pip install matplotlib==3.11.2
    reference-venv/bin/python test/generate_normalizations_reference.py

A line of the first has a norm, whether its values are of single precision, whether it clips, its limits, its
parameters, and for some values what they are normalized to and the index that they have in a table of 100 colours
(100: under, 101: over, 102: bad).

A line of the second has a number of intervals, whether there is a region below and one above, whether it clips, a
number of colours, and the sum of (k + 1) times the index of the k-th of some values (see `boundary_values`), modulo
2^32.
"""

import sys
import warnings
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib import colors

N_COLORS = 100
UNDER, OVER, BAD = range(N_COLORS, N_COLORS + 3)

# name: the norm, given (low, high, clip, *parameters); then limits and parameters.
NORMS = {
    "Log": (colors.LogNorm, [(1, 1000), (0.05, 20000)]),
    "SymmetricLog": (
        lambda low, high, clip, threshold, scale, base: colors.SymLogNorm(threshold, scale, low, high, clip, base=base),
        [(-1000, 1000, 1, 1, 10), (-3, 900, 0.25, 0.5, 2), (10, 700, 2, 2, 10)],
    ),
    "Asinh": (
        lambda low, high, clip, width: colors.AsinhNorm(width, low, high, clip),
        [(-1000, 1000, 1), (-0.5, 300, 20)],
    ),
    "Power": (
        lambda low, high, clip, gamma: colors.PowerNorm(gamma, low, high, clip),
        [(0, 1, 0.5), (-2.5, 40, 2.2), (0.1, 0.7, 0.3)],
    ),
    "TwoSlope": (
        lambda low, high, _, center: colors.TwoSlopeNorm(center, low, high),
        [(-2, 4, 0), (-4000.5, 8500.25, 100)],
    ),
    "Centered": (
        lambda low, high, clip, center: colors.CenteredNorm(center, max(center - low, high - center), clip),
        [(-2, 4, 0), (-1, 0.5, 0.25)],
    ),
}


def indices(norm, values):
    """The index of each value in a table of colours, as matplotlib's Colormap finds it."""
    table = np.zeros((N_COLORS, 4))
    table[:, 0] = np.arange(N_COLORS) / 255
    special = {"under": (UNDER / 255, 0, 0, 0), "over": (OVER / 255, 0, 0, 0), "bad": (BAD / 255, 0, 0, 0)}
    colormap = colors.ListedColormap(table).with_extremes(**special)
    # The table is truncated, not rounded, to bytes.
    levels = {int(level * 255): index for index, level in enumerate(np.arange(BAD + 1) / 255)}
    return [levels[red] for red in colormap(norm(values), bytes=True)[:, 0]]


def literal(value):
    if np.isnan(value):
        return "notANumber"
    if np.isinf(value):
        return "infinity" if value > 0 else "-infinity"
    return float(value).hex()


def normalized(norm, values):
    return np.ma.filled(np.ma.masked_array(norm(values), dtype=float), np.nan)


def choose_values(random, norm, low, high, dtype):
    """Over the range and around it. None is so near to a seam between two colours that a last digit would show."""
    spread = random.uniform(low - 0.3 * (high - low), high + 0.3 * (high - low), 200)
    skewed = np.copysign(np.exp(random.uniform(-4, np.log(high * 1.5), 200)), random.choice([-1, 1, 1], 200))
    values = np.concatenate([spread, skewed]).astype(dtype)
    position = normalized(norm, values) * N_COLORS
    far = values[~(np.abs(position - np.rint(position)) < 1e-3)]
    special = [low, high, 0, -1, np.nan, np.inf, -np.inf]
    return np.concatenate([np.asarray(special, dtype), random.choice(far, 17, replace=False)])


def normalization_lines():
    random = np.random.default_rng(1)
    for name, (make, cases) in NORMS.items():
        for low, high, *parameters in cases:
            for dtype in ("float32", "float64"):
                for clip in (False, True) if name != "TwoSlope" else (False,):
                    norm = make(low, high, clip, *parameters)
                    values = choose_values(random, norm, low, high, dtype)
                    samples = zip(values, normalized(norm, values), indices(norm, values))
                    yield (
                        f'{{ "{name}", {str(dtype == "float32").lower()}, {str(clip).lower()}, {low}, {high}, '
                        f"{{ {', '.join(map(str, parameters))} }}, {{ "
                        + ", ".join(f"{{ {literal(x)}, {literal(t)}, {index} }}" for x, t, index in samples)
                        + " } },"
                    )


def boundary_values(n_intervals):
    """The boundaries k^2 + 0.5 for k = 0, 1, ..., what is halfway between them, and what is outside."""
    boundaries = np.arange(n_intervals + 1) ** 2 + 0.5
    halfway = (boundaries[1:] + boundaries[:-1]) / 2
    return boundaries, np.concatenate([[-np.inf, 0], np.sort(np.concatenate([boundaries, halfway])), [1e6, np.inf]])


def boundary_lines():
    extends = [
        ("neither", False, False, False),
        ("neither", False, False, True),
        ("min", True, False, False),
        ("max", False, True, False),
        ("both", True, True, False),
    ]
    for n_intervals in (*range(1, 13), 40):
        boundaries, values = boundary_values(n_intervals)
        for extend, below, above, clip in extends:
            n_regions = n_intervals + below + above
            for n_colors in sorted({n_regions, n_regions + 1, 50, 100, 256, 1000, 4096}):
                norm = colors.BoundaryNorm(boundaries, n_colors, clip, extend=extend)
                found = norm(values).astype(int)
                found = np.where(found < 0, n_colors, np.where(found >= n_colors, n_colors + 1, found))
                total = int((np.arange(1, len(found) + 1) * found).sum()) % 2**32
                flags = ", ".join(str(flag).lower() for flag in (below, above, clip))
                yield f"{{ {n_intervals}, {flags}, {n_colors}, {total} }},"


def main():
    if not matplotlib.__version__.startswith("3.11."):
        sys.exit(f"matplotlib {matplotlib.__version__} is installed, 3.11 is needed: pip install matplotlib==3.11.2")
    warnings.simplefilter("ignore", RuntimeWarning)
    for name, lines in (("Normalizations", normalization_lines()), ("Boundaries", boundary_lines())):
        Path(__file__).with_name(f"{name}Reference.inc").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
