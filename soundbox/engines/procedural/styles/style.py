"""What makes a style: everything the composer has to know of it, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from soundbox.engines.procedural.composition.metre import FOUR, Metre

# power: chords of root and fifth on a driven guitar; counter: answers the melody where it rests
Role = Literal["bass", "chords", "power", "melody", "counter", "bed", "riser"]


@dataclass(frozen=True)
class Part:
    """One player. It chooses one of its instruments and one of its rows by the seed."""

    role: Role
    instruments: tuple[str, ...]
    row: str = ""  # of BASS_ROWS, CHORD_ROWS, PACES or COUNTERS, as its role asks
    level: float = 0.0  # decibels against the others of its stem
    octave: int = 0  # shift from where the role usually plays
    enters: float = 0.0  # section energy from which it plays
    leaves: float = 1.1  # ... and from which it is silent again
    sections: tuple[str, ...] = ()  # names of the sections it plays in; (): all
    pan: float = 0.0  # -1 left .. 1 right


@dataclass(frozen=True)
class Mix:
    """Balance in decibels, and what the console does."""

    drums: float = 0.0
    bass: float = -1.0
    chords: float = -4.0
    melody: float = -3.0
    beds: float = 0.0
    room: float = 1.4  # seconds of reverberation
    wet: float = 0.25  # how much of it
    echo: float = 0.2  # of the melody, in tempo
    pump: float = 0.0  # how deep the kick ducks the rest, 0..1
    drive: float = 1.0  # of the master
    brightness: float = 0.0  # decibels of the high shelf
    ceiling_hz: float = 18_000.0  # where the top ends (old tapes, small speakers)
    width: float = 1.0  # of the stereo image above the bass
    wow: float = 0.0  # how far a worn tape wanders, 0..1
    swept: tuple[str, ...] = ("bass", "chords", "melody")  # the stems that the filter of the console takes
    breath: tuple[float, float] = (0.0, 0.0)  # bars of one swell of everything, and its depth in decibels


@dataclass(frozen=True)
class Rest:
    """Bars in which some are silent: gaps that others, or nobody, fill."""

    who: tuple[str, ...]  # roles; "drums" for the drummer
    places: tuple[int, ...] = (3,)  # bars of a period, counted from 0
    period: int = 4  # bars, from the start of a section
    step: int = 8  # sixteenth from which they rest
    until: int = 99  # ... and to which
    sections: tuple[str, ...] = ()  # names of the sections it belongs to; (): all


@dataclass(frozen=True)
class Style:
    name: str  # as people read it
    words: tuple[str, ...]  # phrases that ask for it
    hints: tuple[str, ...]  # phrases that lean towards it
    tempo: tuple[int, int]  # beats a minute
    modes: tuple[str, ...]
    progressions: str  # family of PROGRESSIONS
    colour: str  # of COLOURS
    groove: str
    kit: str
    parts: tuple[Part, ...]
    mix: Mix = field(default_factory=Mix)
    swing: float = 0.0  # 0 straight .. 1 triplets
    swings_eighths: bool = False  # else sixteenths
    looseness: float = 4.0  # milliseconds
    bars_a_chord: int = 1
    shape: str = "song"  # of SHAPES: how the piece goes
    ending: Literal["ring", "ritard", "hit"] = "ring"
    metre: Metre = FOUR
    gamut: str = ""  # of GAMUTS: the notes of the scale that tunes use; "": all
    lift: int = 0  # semitones by which the last chorus rises
    away: int = 0  # semitones by which the middle of a longer piece leaves the key
    thin: float = 0.6  # how much of its level everybody keeps in the barest bars
    rests: tuple[Rest, ...] = ()
    family: str = ""  # of a sub-style: the style it comes from
