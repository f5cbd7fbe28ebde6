"""Accompaniment as written rows of sixteenths: bass lines, chords and broken chords.

Bass rows:   R root, r root an octave up, 3 third, 5 fifth, 7 seventh, a a step that leads to the next root,
             g a ghost, hardly a note; "walking" is made up as it goes
Chord rows:  X strong chord, x chord, u its upper voices, 0..7 one voice (4 and up: an octave higher), s a rolled chord
Both:        - holds the note before, . is silence
"""

from __future__ import annotations

from collections.abc import Iterator

from soundbox.engines.procedural.composition.metre import Metre
from soundbox.engines.procedural.composition.threes import JIG_BASS, JIG_CHORDS, WALTZ_BASS, WALTZ_CHORDS

BASS_ROWS: dict[str, tuple[str, ...]] = {
    "drone": ("R---------------",),
    "halves": ("R-------5-------", "R-------R-----a-"),
    "offbeat": ("..R-..R-..R-..R-", "..R-..R-..R-..r-", "..R-..R-..Rg..R-"),
    "rolling": (".RRR.RRR.RRR.RRR", ".RRr.RRR.RRr.RrR"),
    "eighths": ("R-R-R-R-R-R-R-R-", "R-R-R-R-R-R-r-R-", "R-R-R-R-R-R-5-a-"),
    "downstrokes": ("R-R-R-R-R-R-R-R-", "R-R-R-R-R-R-a-a-"),
    "octaves": ("R-r-R-r-R-r-R-r-", "R-r-R-r-R-r-5-r-", "R-r-R-r-R-r-Rra-"),
    "disco": ("R-r-R-r-R-r-R-r-", "R.rgR.r-R.rgR-ra", "R-r-Rgr-R-r-5-a-"),
    "sequence": ("R.r.R.5.R.r.7.5.", "R.R.r.R.5.R.r.5.", "R.5.r.5.R.7.r.5."),
    "rock": ("R-R-R-R-R-R-R-a-", "R---R-R-R-R-5-a-", "R-R-R-R-R-5-7-a-"),
    "gallop": ("R-RRR-RRR-RRR-RR", "R-RRR-RRR-RRa-aa"),
    "boom bap": ("R---..R-....R-..", "R-..R---..5-..a-", "R--gR-..R-....a-"),
    "lazy": ("R-----..R---5-..", "R-----R-..5---a-", "R----gR-..R-..a-"),
    "808": ("R-----..R-....R-", "R---------R---r-", "R-----R-......a-"),
    "dub": ("..R-R---3-5-..R-", "R---..R-5---3-..", "..R---R-..5-3-R-"),
    "funk": ("R-.R..r-.R5-7-a-", "R-g.R.rgR-g5.7a-", "R.gR.rR-.g5-.7rg", "R-.gr.R-..R5.7a-"),
    "soul": ("R---..5-R-..3-5-", "R-..R---5---..a-", "R--gR-5-R-g-7-a-"),
    "walking": ("walking",),
    "bossa": ("R-----5-5-----R-", "R-----5-5-----a-"),
    "tumbao": ("......5-....R---", "R-....5-....r---", "..R---5-..R-a---"),
    "folk": ("R-------5-------", "R-------5---a---", "R-------5---3-a-"),
    "halftime": ("R-------------..", "R---------R-R-..", "R-----R---------"),
    "techno": ("R.RR.RR.R.RR.RR.", "R.RR.Rr.R.RR.Rr.", "R.RRgRR.R.RRgRR."),
    "wobble": ("R-------R---r---", "R---R---R-R-R-R-", "R-----R-R---5---", "R-----------R-R-"),
    "acid": ("RR.Rr.RR.RR3.rR.", "R.rRR.R7.RRr.R5.", "R.RrR.5R.rR.RR7r"),
    "pump": ("R-R-R-R-R-R-R-R-", "R-R-R-R-3-3-5-5-", "R-r-R-r-5-r-3-a-"),
    "power": ("R---------------", "R-----R-R-------", "R-----R-------R-"),
    "march bass": ("R-RRR-R-R-RRR-R-", "R-RRR-R-R-R-R-RR"),
    "slow pulse": ("R-------R-------", "R-----R-R-------", "R-------R-----a-"),
}
CHORD_ROWS: dict[str, tuple[str, ...]] = {
    "held": ("x---------------",),
    "swells": ("x---------------", "x-----------u---"),
    "halves": ("x-------u-------", "x-------x-------"),
    "pulse": ("x-u-u-u-u-u-u-u-", "x-u-u-u-x-u-u-u-"),
    "quarters": ("x---x---x---x---", "x---u---x---u-u-"),
    "offbeat": ("..x-..x-..x-..x-", "..x-..x-..x-..xx"),
    "stabs": ("X-.x-.x-..X-..x.", "x-.x-.x-...x-.x.", "..x-.x-...x-.x-."),
    "house piano": ("X-.X-.X-.X-.X-X-", "X-.x-.X-..x-.x-.", "X-.X--.X-.X-.x-."),
    "skank": ("..x...x...x...x.", "....x-......x-..", "..x...x...x.x.x."),
    "scratch": ("..xx..x.x.xx..x.", "x..xx.x...xx.xx.", "....x..x....x.xx"),
    "charleston": ("X-----x-........", "....x-....x---..", "x-----x-....x-..", "..x-......x-x-.."),
    "lazy": ("x-----....x-----", "x---------u---..", "..x-------x-----"),
    "bossa": ("x-..x-....x-..x-", "x-..x-..x-..x-..", "..x-..x-..x--.x-"),
    "montuno": ("0-x.0.x-.x0-x.0-", ".x0-x.0x-x.0x-0.", "x.0x-0x-.x0x-0x."),
    "strum": ("X---x-ux..u-x-u-", "X---x-u-x-u-x-ux", "X---X-u-.uu-x-u-"),
    "jangle": ("X-u-x-uux-u-x-u-", "X-uux-u-.uu-x-uu", "X-u-u-x-u-u-x-u-"),
    "pompe": ("x-..X.u.x-..X.u.", "x-..X...x-..X.uu"),
    "shuffle": ("x-x-x-x-x-x-x-x-", "x-x-X-x-x-x-X-x-"),
    "rasgueado": ("X--xuxX-x-X-xuxu", "X---x-xxX---uxux", "X-xxX-x-X-xxXuXu"),
    "ballad": ("0-1-2-3-2-1-2-1-", "0-2-1-3-2-3-1-2-", "0-1-2-4-3-2-1-2-"),
    "alberti": ("0-2-1-2-0-2-1-2-", "0-2-1-2-0-3-1-3-", "0---u-u-0---u-u-"),
    "picked": ("0-2-1-3-0-2-1-3-", "0-3-2-1-4-1-2-3-", "0-2-3-2-1-3-2-3-"),
    "up": ("0-1-2-3-4-3-2-1-", "0-1-2-3-4-5-6-5-", "0-2-1-3-2-4-3-5-"),
    "rolled": ("s-------..0-2-3-", "s-----------3-2-", "s---..2-3---2-0-"),
    "interlocking": ("0-2.3-0.2-3.0-2.", "0.2-0.3-2.0-3.2-", "3-.02-.30-.23-.2", ".0-2.3-1.2-3.0-2"),
    "sixteenths": ("0123456543210123", "0246135702461357", "0213243546352413"),
    "gated": ("x.xx.xx.x.xx.xx.", "x.xxx.x.x.xxx.xx"),
    "chip": ("0123012301230123", "0120120120120124"),
    "triplet-like": ("0-1.2-0-1.2-0-1.", "0..2..4..2..0.2.", "0-..2-..4..1..2."),
    "creeping": ("0...1...2...1...", "0...1...0.....3.", "0.1...2...1...0."),
    "sparse": ("x---------......", "......x-----....", "....x-------...."),
    "ostinato": ("x-xxx-xxx-xxx-xx", "x-x-xxx-x-x-xxx-", "x-xxx-x-x-xxx-x-"),
    "march": ("X-..x-x-X-..x-x-", "X---x---X-x-x-x-", "X-----x-X-----x-"),
}


_Rows = dict[str, tuple[str, ...]]
_NONE: tuple[_Rows, _Rows] = ({}, {})
_OWN: dict[str, tuple[_Rows, _Rows]] = {
    "3/4": (WALTZ_BASS, WALTZ_CHORDS), "6/8": (JIG_BASS, JIG_CHORDS), "12/8": (JIG_BASS, JIG_CHORDS),
}  # fmt: skip


def bass_rows(name: str, metre: Metre) -> tuple[str, ...]:
    """The rows of that name for bars of a metre: its own where it is in three, else those of 4/4."""
    return _OWN.get(metre.name, _NONE)[0].get(name, BASS_ROWS[name])


def chord_rows(name: str, metre: Metre) -> tuple[str, ...]:
    return _OWN.get(metre.name, _NONE)[1].get(name, CHORD_ROWS[name])


def fitted(row: str, metre: Metre) -> str:
    """A row for a bar of any metre. One of six eighths is played as often as it fits; of one of a 4/4 bar compound time
    takes the first six steps of each half, five beats are three and the last two, fewer are cut short."""
    if metre.pulse == 6 and len(row) == 12:
        return (row * 2)[: metre.steps]
    if metre.pulse == 6:
        compound = row[0:6] + row[8:14]
        return (compound * 2)[: metre.steps]
    if metre.steps > 16:
        return row[:12] + row[8 : 8 + metre.steps - 12]
    return row[: metre.steps]


def written(row: str, breaks: tuple[int, ...] = ()) -> Iterator[tuple[str, int, int]]:
    """Each note of a row: its sign, its step, and how many steps it lasts. What is held over one of the `breaks` (a
    change of chord) is struck again there."""
    for step, symbol in enumerate(row):
        if symbol in "-.":
            continue
        held = 1 + len(row[step + 1 :]) - len(row[step + 1 :].lstrip("-"))
        cuts = [at for at in breaks if step < at < step + held]
        for start, stop in zip([step, *cuts], [*cuts, step + held], strict=True):
            yield symbol, start, stop - start
