"""Playing the score: every bar is laid onto stems, the tracks of a mixing desk."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from soundbox.engines.procedural.composition.drums import Drummer
from soundbox.engines.procedural.composition.form import Extent
from soundbox.engines.procedural.composition.score import Bar, Note
from soundbox.engines.procedural.composition.song import Player
from soundbox.engines.procedural.instruments.rack import Rack
from soundbox.engines.procedural.reading.brief import Brief
from soundbox.engines.procedural.timeline import SAMPLE_RATE, Timeline
from soundbox.engines.protocol import Samples

STEM_OF_ROLE = {
    "bass": "bass",
    "chords": "chords",
    "power": "chords",
    "melody": "melody",
    "bed": "beds",
    "riser": "risers",
}


@dataclass
class Performance:
    """Plays bars one by one. `stems` hold what has been played so far, `kicks` the frames at which the kick fell."""

    brief: Brief
    extent: Extent
    timeline: Timeline
    players: list[Player]
    drummer: Drummer
    chance: np.random.Generator
    rack: Rack = field(default_factory=Rack)
    stems: dict[str, Samples] = field(default_factory=dict)
    kicks: list[int] = field(default_factory=list)

    def play(self, bar: Bar) -> None:
        for player in self.players:
            for note in player.notes(bar):
                if bar.closes_piece or note.beat < bar.beats:
                    self._play_note(player, note, bar)
        self._play_drums(bar)

    def _play_note(self, player: Player, note: Note, bar: Bar) -> None:
        late = float(np.clip(self.chance.normal(0, self.brief.style.looseness), -20, 20)) / 1_000
        start = max(0, self._frame(bar, note.beat) + round(late * SAMPLE_RATE))
        frames = (
            self._frames_left(start)
            if bar.closes_piece
            else self._frame(bar, note.beat + note.beats) - self._frame(bar, note.beat)
        )
        sound = self.rack.note(player.instrument, note.pitch, max(frames, SAMPLE_RATE // 40), note.velocity)
        gain = np.float32(10 ** (player.part.level / 20))
        self.timeline.add(self._stem(STEM_OF_ROLE[player.part.role]), sound * _panned(player.part.pan) * gain, start)

    def _play_drums(self, bar: Bar) -> None:
        for take, stroke in enumerate(self.drummer.bar(bar)):
            if stroke.beat >= bar.beats:
                continue
            start = self._frame(bar, stroke.beat)
            self.timeline.add(
                self._stem("drums"), self.rack.hit(self.brief.kit, stroke.piece, stroke.velocity, take), start
            )
            if stroke.piece == "kick":
                self.kicks.append(start)

    def _stem(self, name: str) -> Samples:
        if name not in self.stems:
            self.stems[name] = self.timeline.silence()
        return self.stems[name]

    def _frame(self, bar: Bar, beat: float) -> int:
        first = min(bar.index * self.extent.beats_per_bar, self.extent.beats)
        return round((first + self._swung(beat)) * 60 / self.extent.tempo * SAMPLE_RATE)

    def _swung(self, beat: float) -> float:
        """Beats after swing: the second half of each pair comes late, everything between is stretched evenly."""
        pair = 1.0 if self.brief.style.swings_eighths else 0.5
        middle = 0.5 + self.brief.swing / 6
        whole, share = divmod(beat / pair, 1.0)
        warped = share * middle / 0.5 if share < 0.5 else middle + (share - 0.5) * (1 - middle) / 0.5
        return (whole + warped) * pair

    def _frames_left(self, start: int) -> int:
        return self.timeline.frames - start


def _panned(pan: float) -> Samples:
    """Gains of left and right, shape (2, 1); the middle is one on both sides."""
    angle = (pan + 1) * np.pi / 4
    return np.array([[np.cos(angle)], [np.sin(angle)]], np.float32) * np.float32(2**0.5)
