"""How long a piece is, in steps and in seconds, and when each of its steps falls."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log

from soundbox.engines.procedural.composition.metre import FOUR, Metre

_RITARD = 0.22  # the last bar takes this much longer
_LONGEST_LEAST_RING = 1.5  # seconds


@dataclass(frozen=True)
class Extent:
    """How a piece fills its time. Without an ending it is a loop, or too short to come to rest."""

    tempo: float  # pulses a minute
    metre: Metre
    steps: int  # before the closing chord
    seconds: float
    ends: bool
    ritard: float = 0.0  # share by which the last bar is stretched

    @property
    def bars(self) -> int:
        return -(-self.steps // self.metre.steps)

    def second(self, step: float) -> float:
        """When a step (fractional, from the start of the piece) falls."""
        plain = step * self.metre.step_seconds(self.tempo)
        slowing = self.metre.steps
        late = step - (self.steps - slowing)
        if not self.ritard or late <= 0:
            return plain
        share = min(late / slowing, 1.0)
        extra = slowing * share**2 + 2 * max(0.0, late - slowing)
        return plain + self.ritard * extra * self.metre.step_seconds(self.tempo)


def line(seconds: float, tempo: float, metre: Metre = FOUR, ending: str = "ring") -> Extent:
    """A piece with an end: whole half bars, then a last chord that rings out in what is left."""
    least_ring = min(_LONGEST_LEAST_RING, 0.15 * seconds)
    step = metre.step_seconds(tempo)
    unit = metre.steps // 2 if metre.name in ("4/4", "6/8", "12/8") else metre.steps
    ritard = _RITARD if ending == "ritard" and seconds > 10 else 0.0
    halves = int((seconds - least_ring - ritard * metre.steps * step) / step / unit)
    if halves < 2:
        return Extent(tempo, metre, ceil(seconds / step), seconds, ends=False)
    return Extent(tempo, metre, halves * unit, seconds, True, ritard)


def open_ended(seconds: float, tempo: float, metre: Metre = FOUR) -> Extent:
    """A piece that just goes on until its time is up: it will be faded."""
    return Extent(tempo, metre, ceil(seconds / metre.step_seconds(tempo)), seconds, ends=False)


def circle(seconds: float, tempo: float, metre: Metre, tempo_is_fixed: bool) -> Extent:
    """A loop of whole bars: of exactly `seconds` where the tempo may bend, else the nearest that the tempo gives.
    What is much shorter than a bar becomes one bar of fewer beats."""
    steps = seconds / metre.step_seconds(tempo)
    if tempo_is_fixed:
        whole = max(1, round(steps / metre.steps)) * metre.steps
        return Extent(tempo, metre, whole, whole * metre.step_seconds(tempo), ends=False)
    if steps < 0.7 * metre.steps:
        pulses = max(1, round(steps / metre.pulse))
        short = Metre(metre.name, (metre.pulse,) * pulses, metre.pulse)
        return Extent(pulses * 60 / seconds, short, short.steps, seconds, ends=False)
    bars = min(range(1, 400), key=lambda length: _strain(length, steps / metre.steps))
    bent = bars * metre.steps / metre.pulse * 60 / seconds
    return Extent(bent, metre, bars * metre.steps, seconds, ends=False)


def _strain(bars: int, wanted: float) -> float:
    """What it costs to have `bars` where `wanted` (fractional) would be right: a bent tempo, an odd phrase."""
    bend = max(0.0, abs(log(bars / wanted)) - 0.06)
    return bend + (0.0 if bars % 4 == 0 or bars < 3 else 0.02 if bars % 2 == 0 else 0.06)


def swung(beat: float, swing: float, swings_eighths: bool) -> float:
    """Beats after swing: the second half of each pair comes late, everything between is stretched evenly."""
    pair = 1.0 if swings_eighths else 0.5
    middle = 0.5 + swing / 6
    whole, share = divmod(beat / pair, 1.0)
    warped = share * middle / 0.5 if share < 0.5 else middle + (share - 0.5) * (1 - middle) / 0.5
    return (whole + warped) * pair
