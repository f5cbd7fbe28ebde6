"""Playing the score: every bar is laid onto stems, the tracks of a mixing desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from soundbox.engines.procedural.chance import stream
from soundbox.engines.procedural.composition.score import Bar, Note, Sheet
from soundbox.engines.procedural.composition.song import Player
from soundbox.engines.procedural.instruments.rack import Rack
from soundbox.engines.procedural.piece import Piece
from soundbox.engines.procedural.reel import Reel
from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

STEM_OF_ROLE = {
    "bass": "bass", "chords": "chords", "power": "chords", "melody": "melody", "counter": "melody", "bed": "beds",
    "riser": "risers",
}  # fmt: skip
LONGEST_TAIL = 7  # seconds that a note may ring after the last bar
EARLIEST = SAMPLE_RATE // 30  # frames by which a note may come before its bar
_HIT_SECONDS = 0.35  # how long the last chord of a piece that stops short is held
_SHORTEST = SAMPLE_RATE // 40


@dataclass
class Performance:
    """Plays bars one by one onto a reel."""

    piece: Piece
    reel: Reel
    rack: Rack = field(default_factory=Rack)

    def __post_init__(self) -> None:
        self._pans = [_panned(player.part.pan) * np.float32(10 ** (player.part.level / 20))
                      for player in self.piece.band.players]  # fmt: skip

    def play(self, sheet: Sheet) -> None:
        thin = self.piece.brief.style.thin
        fullness = np.float32(thin + (1 - thin) * sheet.bar.energy)
        touch = stream(self.piece.seed, self.piece.prompt, f"touch {sheet.bar.index}")
        for place, player in enumerate(self.piece.band.players):
            notes = [note for note in sheet.notes[place] if sheet.bar.closes_piece or note.beat < sheet.bar.beats]
            late = np.clip(touch.normal(0, self.piece.brief.style.looseness, len(notes)), -20, 20) / 1_000
            for note, seconds in zip(notes, late.tolist(), strict=True):
                self._play_note(player, self._pans[place] * fullness, note, sheet.bar, seconds)
        for take, stroke in enumerate(sheet.strokes):
            if stroke.beat < sheet.bar.beats:
                start = self.piece.frame(sheet.bar, stroke.beat)
                hit = self.rack.hit(self.piece.brief.kit, stroke.piece, stroke.velocity, take)
                self.reel.add("drums", hit * fullness, start)

    def auditioned(self, sheets: list[Sheet], seconds: float) -> dict[str, Samples]:
        """Some bars played on a reel of their own."""
        kept, first = self.reel, self.piece.frame(sheets[0].bar, 0)
        self.reel = Reel(int(seconds * SAMPLE_RATE))
        self.reel.origin = max(0, first - EARLIEST)
        for sheet in sheets:
            self.play(sheet)
        heard, self.reel = self.reel.peek(int(seconds * SAMPLE_RATE)), kept
        return heard

    def stems_of(self, sheet: Sheet) -> set[str]:
        """The stems that sound in a bar."""
        played = zip(self.piece.band.players, sheet.notes, strict=True)
        stems = {STEM_OF_ROLE[player.part.role] for player, notes in played if notes}
        return stems | {"drums"} if sheet.strokes else stems

    def _play_note(self, player: Player, gains: Samples, note: Note, bar: Bar, late: float) -> None:
        first = self.piece.frame(bar, note.beat)
        start = max(0, first + round(late * SAMPLE_RATE))
        if not bar.closes_piece:
            frames = self.piece.frame(bar, note.beat + note.beats) - first
        elif bar.is_hit:
            frames = int(_HIT_SECONDS * SAMPLE_RATE)
        else:
            frames = self.piece.frames - start
        room = LONGEST_TAIL * SAMPLE_RATE if self.piece.loop else self.piece.frames - start
        frames = max(_SHORTEST, min(frames, room))
        sound = self.rack.note(player.instrument, note.pitch, frames, note.velocity, gains, room)
        self.reel.add(STEM_OF_ROLE[player.part.role], sound, start)


def kicks(piece: Piece, sheets: Iterable[Sheet]) -> list[int]:
    """The frames at which the kick falls."""
    return [
        piece.frame(sheet.bar, stroke.beat)
        for sheet in sheets
        for stroke in sheet.strokes
        if stroke.piece == "kick" and stroke.beat < sheet.bar.beats
    ]


def blocks(piece: Piece, sheets: list[Sheet], seconds: float) -> Iterator[tuple[Sheet, int]]:
    """Each sheet, with the frame up to which the reel may be taken off once it has been played (0: not yet)."""
    taken = 0
    for place, sheet in enumerate(sheets):
        after = sheets[place + 1].bar if place + 1 < len(sheets) else None
        ready = piece.frame(after, 0) - EARLIEST if after else 0
        if ready - taken < seconds * SAMPLE_RATE:
            ready = 0
        taken = max(taken, ready)
        yield sheet, ready


def _panned(pan: float) -> Samples:
    """Gains of left and right, shape (2, 1); the middle is one on both sides."""
    angle = (pan + 1) * np.pi / 4
    return np.array([[np.cos(angle)], [np.sin(angle)]], np.float32) * np.float32(2**0.5)
