"""What `features` of a sound are, for whoever compares them without listening."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

VERSION = 1  # of all that follows: vectors of different versions cannot be compared
GROUPS = (  # name, how many numbers, how much each counts
    ("timbre", 12, 0.7),  # mel cepstra 1 to 12, their means
    ("timbre's movement", 8, 1.0),  # deviations of the first 8
    ("brightness", 7, 1.1),  # centroid and its deviation, roll-off, flatness and its deviation, bass, treble
    ("rhythm", 4, 0.8),  # onsets, tempo strength, where the tempo lies within its octave (2)
    ("pulsation", 3, 0.8),  # share of the level's movement at 0.5-2, 2-6 and 6-20 Hz
    ("tonality", 3, 0.9),  # clear key, major or minor, clear pitches
    ("key", 2, 0.3),  # a place on the circle of fifths
    ("dynamics", 7, 0.9),  # crest, deviation, quiet parts, silence, temporal centroid, slope, one-shot-ness
    ("width", 1, 0.4),
    ("duration", 1, 0.6),
)
DIMENSIONS = sum(count for _, count, _ in GROUPS)
LONGEST_SECONDS = 60.0  # of a longer sound its middle is heard

Vector = NDArray[np.int8]  # shape (DIMENSIONS,)
