"""Accompaniment as written rows of sixteenths: bass lines, chords and broken chords.

Bass rows:   R root, r root an octave up, 3 third, 5 fifth, 7 seventh, a a step that leads to the next root
Chord rows:  X strong chord, x chord, u its upper voices, 0..7 one voice (4 and up: an octave higher)
Both:        - holds the note before, . is silence
"""

from __future__ import annotations

from collections.abc import Iterator

from soundbox.engines.procedural.composition.harmony import Chord
from soundbox.engines.procedural.composition.scales import Scale
from soundbox.engines.procedural.composition.score import STEPS_A_BEAT, Bar, Note

BASS_ROWS: dict[str, tuple[str, ...]] = {
    "drone": ("R---------------",),
    "halves": ("R-------5-------", "R-------R-----a-"),
    "offbeat": ("..R-..R-..R-..R-", "..R-..R-..R-..r-"),
    "rolling": (".RRR.RRR.RRR.RRR", ".RRr.RRR.RRr.RrR"),
    "eighths": ("R-R-R-R-R-R-R-R-", "R-R-R-R-R-R-r-R-"),
    "octaves": ("R-r-R-r-R-r-R-r-", "R-r-R-r-R-r-5-r-"),
    "rock": ("R-R-R-R-R-R-R-a-", "R---R-R-R-R-5-a-"),
    "gallop": ("R-RRR-RRR-RRR-RR", "R-RRR-RRR-RRa-aa"),
    "boom bap": ("R---..R-....R-..", "R-..R---..5-..a-"),
    "lazy": ("R-----..R---5-..", "R-----R-..5---a-"),
    "808": ("R-----..R-....R-", "R---------R---r-", "R-----R-......a-"),
    "dub": ("..R-R---3-5-..R-", "R---..R-5---3-..", "..R---R-..5-3-R-"),
    "funk": ("R-.R..r-.R5-7-a-", "R-..R.r.R-.5.7a-", "R..R.rR-..5-.7r-"),
    "soul": ("R---..5-R-..3-5-", "R-..R---5---..a-"),
    "walking": ("R---3---5---a---", "R---5---7---a---", "R---3---5-5-a---", "R-R-7---5---a---"),
    "bossa": ("R-----5-5-----R-", "R-----5-5-----a-"),
    "folk": ("R-------5-------", "R-------5---a---"),
    "running": ("R-----....R-....", "R-R-....R-....a-"),
    "halftime": ("R-------------..", "R---------R-R-..", "R-----R---------"),
    "techno": ("R.RR.RR.R.RR.RR.", "R.RR.Rr.R.RR.Rr."),
    "acid": ("RR.Rr.RR.RR3.rR.", "R.rRR.R7.RRr.R5."),
    "pump": ("R-R-R-R-R-R-R-R-", "R-R-R-R-3-3-5-5-"),
    "power": ("R---------------", "R-----R-R-------", "R-----R-------R-"),
    "slow pulse": ("R-------R-------", "R-----R-R-------"),
}
CHORD_ROWS: dict[str, tuple[str, ...]] = {
    "held": ("x---------------",),
    "halves": ("x-------u-------", "x-------x-------"),
    "pulse": ("x-u-u-u-u-u-u-u-",),
    "quarters": ("x---x---x---x---",),
    "offbeat": ("..x-..x-..x-..x-", "..x-..x-..x-..xx"),
    "stabs": ("X-.x-.x-..X-..x.", "x-.x-.x-...x-.x.", "..x-.x-...x-.x-."),
    "house piano": ("X-.X-.X-.X-.X-X-", "X-.x-.X-..x-.x-."),
    "skank": ("..x...x...x...x.", "....x-......x-..", "..x...x...x.x.x."),
    "scratch": ("..xx..x.x.xx..x.", "x..xx.x...xx.xx.", "....x..x....x.xx"),
    "charleston": ("X-----x-........", "....x-....x---..", "x-----x-....x-..", "..x-......x-x-.."),
    "lazy": ("x-----....x-----", "x---------u---..", "..x-------x-----"),
    "bossa": ("x-..x-....x-..x-", "x-..x-..x-..x-..", "..x-..x-..x--.x-"),
    "strum": ("X---x-ux..u-x-u-", "X---x-u-x-u-x-ux", "X---X-u-.uu-x-u-"),
    "ballad": ("0-1-2-3-2-1-2-1-", "0-2-1-3-2-3-1-2-", "0-1-2-4-3-2-1-2-"),
    "waltz": ("0---u---u---", "0---u-u-u---"),
    "picked": ("0-2-1-3-0-2-1-3-", "0-3-2-1-4-1-2-3-", "0-2-3-2-1-3-2-3-"),
    "up": ("0-1-2-3-4-3-2-1-", "0-1-2-3-4-5-6-5-"),
    "sixteenths": ("0123456543210123", "0246135702461357", "0213243546352413"),
    "gated": ("x.xx.xx.x.xx.xx.", "x.xxx.x.x.xxx.xx"),
    "chip": ("0123012301230123", "0120120120120124"),
    "triplet-like": ("0-1.2-0-1.2-0-1.", "0..2..4..2..0.2."),
    "sparse": ("x---------......", "......x-----....", "....x-------...."),
    "ostinato": ("x-xxx-xxx-xxx-xx", "x-x-xxx-x-x-xxx-"),
    "march": ("X-..x-x-X-..x-x-", "X---x---X-x-x-x-"),
}


def bass_bar(row: str, bar: Bar, scale: Scale, lowest: int) -> list[Note]:
    """The bass of one bar. `lowest`: the MIDI pitch below which no root goes."""
    root = lowest + (bar.chord.root - lowest) % 12
    if bar.closes_piece:
        return [Note(0, bar.beats, root, 0.9)]
    next_root = min((lowest + (bar.next_chord.root - lowest) % 12 + up for up in (0, 12)), key=lambda p: abs(p - root))
    return [
        Note(
            step / STEPS_A_BEAT,
            length / STEPS_A_BEAT * 0.94,
            _bass_pitch(symbol, bar.chord, scale, root, next_root),
            _accent(step),
        )
        for symbol, step, length in _written(row, bar.steps)
    ]


def _bass_pitch(symbol: str, chord: Chord, scale: Scale, root: int, next_root: int) -> int:
    match symbol:
        case "r":
            return root + 12
        case "3":
            return _above(root, scale.pitch(chord.degree + 2))
        case "5":
            return _above(root, scale.pitch(chord.degree + 4))
        case "7":
            return _above(root, scale.pitch(chord.degree + 6))
        case "a":
            return next_root - 1 if next_root > root else next_root + (2 if next_root == root else 1)
    return root


def _above(root: int, pitch: int) -> int:
    return root + (pitch - root) % 12


def chord_bar(row: str, bar: Bar, shift: int = 0) -> list[Note]:
    """The chords of one bar, moved by `shift` semitones (whole octaves)."""
    voices = [pitch + shift for pitch in bar.chord.voicing]
    if bar.closes_piece:
        return [Note(0.02 * place, bar.beats, pitch, 0.8) for place, pitch in enumerate(voices)]
    notes: list[Note] = []
    for symbol, step, length in _written(row, bar.steps):
        for place, pitch in enumerate(_sounding(symbol, voices)):
            strum = 0.012 * place
            velocity = _accent(step) + (0.1 if symbol == "X" else 0.0) - 0.02 * place
            notes.append(Note(step / STEPS_A_BEAT + strum, length / STEPS_A_BEAT * 0.95, pitch, min(1.0, velocity)))
    return notes


def _sounding(symbol: str, voices: list[int]) -> list[int]:
    if symbol in "Xx":
        return voices
    if symbol == "u":
        return voices[1:] or voices
    octave, voice = divmod(int(symbol), len(voices))
    return [voices[voice] + 12 * octave]


def _written(row: str, steps: int) -> Iterator[tuple[str, int, int]]:
    """Each note of a row: its sign, its step, and how many steps it lasts."""
    row = (row * (1 + steps // len(row)))[:steps]
    for step, symbol in enumerate(row):
        if symbol not in "-.":
            held = len(row[step + 1 :]) - len(row[step + 1 :].lstrip("-"))
            yield symbol, step, 1 + held


def _accent(step: int) -> float:
    return 0.86 if step % 8 == 0 else 0.78 if step % 4 == 0 else 0.7 if step % 2 == 0 else 0.62
