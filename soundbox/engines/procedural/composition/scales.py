"""Keys, modes and the notes they hold."""

from __future__ import annotations

from dataclasses import dataclass

NOTE_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")

MODES: dict[str, tuple[int, ...]] = {  # semitones above the tonic
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "melodic minor": (0, 2, 3, 5, 7, 9, 11),
    "phrygian dominant": (0, 1, 4, 5, 7, 8, 10),
    "double harmonic": (0, 1, 4, 5, 7, 8, 11),
}
DARK_MODES = frozenset(
    {"minor", "dorian", "phrygian", "locrian", "harmonic minor", "melodic minor", "phrygian dominant",
     "double harmonic"}
)  # fmt: skip
GAMUTS: dict[str, dict[bool, tuple[int, ...]]] = {  # degrees a tune keeps to, in dark (True) and in bright modes
    "pentatonic": {True: (0, 2, 3, 4, 6), False: (0, 1, 2, 4, 5)},
    "hirajoshi": {True: (0, 1, 2, 4, 5), False: (0, 1, 2, 4, 5)},
    "blues": {True: (0, 2, 3, 4, 6), False: (0, 1, 2, 4, 6)},
    "bebop": {True: (0, 1, 2, 3, 4, 5, 6), False: (0, 1, 2, 3, 4, 5, 6)},
}


@dataclass(frozen=True)
class Scale:
    tonic: int  # 0 is C .. 11 is B
    mode: str

    @property
    def name(self) -> str:
        return f"{NOTE_NAMES[self.tonic]} {self.mode}"

    def pitch(self, degree: int, octave: int = 5) -> int:
        """MIDI pitch of a degree (0 is the tonic; 7 the next one up); octave 5 begins at middle C."""
        steps = MODES[self.mode]
        return 12 * (octave + degree // 7) + self.tonic + steps[degree % 7]

    @property
    def is_dark(self) -> bool:
        return self.mode in DARK_MODES

    def moved(self, semitones: int) -> Scale:
        return Scale((self.tonic + semitones) % 12, self.mode)

    def gamut(self, name: str) -> tuple[int, ...]:
        """The degrees (0..6) that tunes use."""
        return GAMUTS[name][self.is_dark] if name else tuple(range(7))

    def degree_near(self, pitch: int) -> int:
        """The degree, counted as in `pitch`, that lies nearest."""
        low = (pitch - 60 - self.tonic) * 7 // 12 - 2
        return min(range(low, low + 6), key=lambda degree: abs(self.pitch(degree) - pitch))
