"""Band-limited sound from single cycles: a note is a walk through a table of spectra.

A table holds one cycle per row, each row a spectrum (a brighter or darker filter, or a later moment of a decaying
string). Playing a note reads the cycles at the note's pitch while moving between rows, so filters sweep and strings
decay without a filter ever running, and no partial lies above half the sample rate.
"""

from __future__ import annotations

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from soundbox.engines.procedural.timeline import SAMPLE_RATE

Signal = NDArray[np.float32]  # shape (frames,)
Phase = NDArray[np.uint32]  # shape (frames,), a full turn is 2**32

HIGHEST_PARTIAL_HZ = 17_500.0
_FULL_TURN = 2.0**32


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
    turned = spectra * np.exp(1j * (phases if phases is not None else np.full(partials, -np.pi / 2)))
    bins = np.zeros((rows, size // 2 + 1), np.complex64)
    bins[:, 1 : partials + 1] = turned * (size / 2)
    return scipy.fft.irfft(bins, n=size, axis=1)


def steady_phase(frequency: float, frames: int, start: float = 0.0) -> Phase:
    """Phase of an unbending pitch; `start` in turns."""
    step = np.uint32(round(frequency * _FULL_TURN / SAMPLE_RATE))
    return np.arange(frames, dtype=np.uint32) * step + np.uint32(int(start * _FULL_TURN) % 2**32)


CONTROL_HOP = 64  # frames of one control value


def control_axis(frames: int) -> NDArray[np.floating]:
    """Time in seconds of each control value for a sound of `frames`."""
    return np.arange(-(-frames // CONTROL_HOP), dtype=np.float32) * np.float32(CONTROL_HOP / SAMPLE_RATE)


def wavering_phase(frequency: float, cents: NDArray[np.floating], frames: int, start: float = 0.0) -> Phase:
    """Phase of a pitch that moves: `cents` beside `frequency`, one for each control hop."""
    steps = (frequency * (_FULL_TURN / SAMPLE_RATE) * np.exp2(cents / 1200)).astype(np.uint32)
    return np.cumsum(np.repeat(steps, CONTROL_HOP)[:frames], dtype=np.uint32) + np.uint32(
        int(start * _FULL_TURN) % 2**32
    )


def smoothed(control: NDArray[np.floating], frames: int) -> Signal:
    """Control values as a line with one value a frame."""
    values = control.astype(np.float32)
    ahead = np.append(values[1:], values[-1])
    line = np.arange(CONTROL_HOP, dtype=np.float32) / CONTROL_HOP
    return (values[:, None] + (ahead - values)[:, None] * line).ravel()[:frames].astype(np.float32, copy=False)


def scan(table: Signal, phase: Phase, row: Signal) -> Signal:
    """Read `table` at `phase`, blending the two rows next to `row` (fractional, one per frame)."""
    rows, size = table.shape
    cell = (phase >> np.uint32(32 - int(np.log2(size)))).astype(np.int32)
    position = np.clip(row, 0, np.float32(rows - 1.001))
    lower = position.astype(np.int32)
    index = lower * np.int32(size) + cell
    cycles = table.ravel()
    near, far = cycles.take(index), cycles.take(index + np.int32(size))
    return near + (far - near) * (position - lower.astype(np.float32))


def seconds_axis(frames: int) -> Signal:
    """Time of each frame in seconds."""
    return np.arange(frames, dtype=np.float32) * np.float32(1.0 / SAMPLE_RATE)
