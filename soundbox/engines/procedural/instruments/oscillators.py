"""Band-limited sound from single cycles: a note is a walk through a table of spectra.

A table holds one cycle per row, each row a spectrum (a brighter or darker filter, or a later moment of a decaying
string). Playing a note reads the cycles at the note's pitch while moving between rows, so filters sweep and strings
decay without a filter ever running, and no partial lies above half the sample rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from soundbox.engines.procedural.timeline import SAMPLE_RATE
from soundbox.engines.protocol import Samples

Signal = NDArray[np.float32]  # shape (frames,)
Phase = NDArray[np.uint32]  # shape (frames,), a full turn is 2**32

HIGHEST_PARTIAL_HZ = 17_500.0
_FULL_TURN = 2.0**32
_STRETCH = 16_384  # frames read at once: what they need stays in the processor's cache


def hertz(pitch: float) -> float:
    """Frequency of a MIDI pitch (69 is A4, 440 Hz)."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


def partial_count(frequency: float, most: int = 160) -> int:
    """How many harmonics of `frequency` fit below the highest partial."""
    return max(1, min(most, int(HIGHEST_PARTIAL_HZ / frequency)))


def cycle_table(spectra: NDArray[np.floating], phases: NDArray[np.floating] | None = None) -> Signal:
    """Rows of amplitudes (rows, partials) become rows of one cycle each (rows, power of two), float32."""
    rows, partials = spectra.shape
    size = int(min(8_192, max(2_048, 2 ** np.ceil(np.log2(64 * partials)))))
    turned = spectra * (np.exp(1j * phases) if phases is not None else -1j)
    bins = np.zeros((rows, size // 2 + 1), np.complex64)
    bins[:, 1 : partials + 1] = turned * (size / 2)
    return scipy.fft.irfft(bins, n=size, axis=1)


def steady_phase(frequency: float, frames: int, start: float = 0.0) -> Phase:
    """Phase of an unbending pitch; `start` in turns."""
    step = np.uint32(round(frequency * _FULL_TURN / SAMPLE_RATE))
    phase = _counted(1 << (frames - 1).bit_length())[:frames] * step
    phase += np.uint32(int(start * _FULL_TURN) % 2**32)
    return phase


@lru_cache(maxsize=4)
def _counted(frames: int) -> Phase:
    return np.arange(frames, dtype=np.uint32)


CONTROL_HOP = 64  # frames of one control value


def control_axis(frames: int) -> NDArray[np.floating]:
    """Time in seconds of each control value for a sound of `frames`."""
    return np.arange(-(-frames // CONTROL_HOP), dtype=np.float32) * np.float32(CONTROL_HOP / SAMPLE_RATE)


def wavering_phase(frequency: float, cents: NDArray[np.floating], frames: int, start: float = 0.0) -> Phase:
    """Phase of a pitch that moves: `cents` beside `frequency`, one for each control hop."""
    steps = (frequency * (_FULL_TURN / SAMPLE_RATE) * np.exp2(cents / 1200)).astype(np.uint32)
    before = np.cumsum(steps * np.uint32(CONTROL_HOP), dtype=np.uint32) - steps * np.uint32(CONTROL_HOP)
    before += np.uint32(int(start * _FULL_TURN) % 2**32)
    within = np.arange(1, CONTROL_HOP + 1, dtype=np.uint32)
    return (before[:, None] + steps[:, None] * within).ravel()[:frames]


def smoothed(control: NDArray[np.floating], frames: int) -> Signal:
    """Control values as a line with one value a frame."""
    values = control.astype(np.float32)
    ahead = np.append(values[1:], values[-1])
    line = np.arange(CONTROL_HOP, dtype=np.float32) / CONTROL_HOP
    return (values[:, None] + (ahead - values)[:, None] * line).ravel()[:frames].astype(np.float32, copy=False)


def scan(table: Signal, phases: Sequence[Phase], row: Signal) -> Samples:
    """Read `table` at each of `phases`, blending the two rows next to `row` (fractional, one per frame): shape
    (phases, frames)."""
    rows, size = table.shape
    shift = np.uint32(32 - int(np.log2(size)))
    lower_cycles, upper_cycles = table.ravel(), table[1:].ravel()
    sound = np.empty((len(phases), len(row)), np.float32)
    for start in range(0, len(row), _STRETCH):
        part = slice(start, start + _STRETCH)
        share = np.clip(row[part], 0, np.float32(rows - 1.001))
        lower = share.astype(np.intp)
        share -= lower
        lower *= size
        for phase, read in zip(phases, sound[:, part], strict=True):
            index = (phase[part] >> shift) + lower
            near = lower_cycles.take(index)
            upper_cycles.take(index, out=read, mode="clip")
            read -= near
            read *= share
            read += near
    return sound


def seconds_axis(frames: int) -> Signal:
    """Time of each frame in seconds."""
    return np.arange(frames, dtype=np.float32) * np.float32(1.0 / SAMPLE_RATE)
