"""Filters, noise colours, envelopes and oscillators: the clay every effect is made of.

A signal is float64 of shape (frames,) or (2, frames) at `RATE`; every function works along the last axis.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.signal import butter, iirpeak, lfilter, sosfilt, zpk2sos

RATE = 44100  # Hz
CYCLE_FRAMES = 8192  # a power of two
NEARLY_SILENT = 1e-30  # what rings on behind a click stays above it: numbers next to zero cost a hundred times more
_REEL_SECONDS = 30
_SMOOTH_POINTS = 2000
Signal = NDArray[np.float64]

# Paul Kellet's economy filter: white noise falls 3 dB an octave within half a decibel.
_PINK_ZEROS = [0.049922035, -0.095993537, 0.050612699, -0.004408786]
_PINK_POLES = [1, -2.494956002, 2.017265875, -0.522189400]


def filtered(kind: str, signal: Signal, corners: tuple[float, ...], order: int) -> Signal:
    """`kind` is low, high or band; `corners` in Hz, one or two."""
    return np.asarray(sosfilt(_butterworth(kind, tuple(map(_within, corners)), order), signal))


def low_pass(signal: Signal, hz: float, order: int = 2) -> Signal:
    return filtered("low", signal, (hz,), order)


def high_pass(signal: Signal, hz: float, order: int = 2) -> Signal:
    return filtered("high", signal, (hz,), order)


def band_pass(signal: Signal, low_hz: float, high_hz: float, order: int = 1) -> Signal:
    """`order` counts each side: 1 falls 6 dB an octave below and above."""
    return filtered("band", signal, (low_hz, high_hz), order)


def resonate(signal: Signal, hz: float, quality: float) -> Signal:
    """One resonance: rings for about quality / hz seconds after a click."""
    return np.asarray(sosfilt(_peak(_within(hz), quality), signal))


def ringing(signal: Signal, resonances: tuple[float, ...], quality: float, levels: tuple[float, ...]) -> Signal:
    """The sum of several resonances, each times its level, in one pass: what they cost is the pass."""
    return np.asarray(sosfilt(_peaks(tuple(_within(hz) for hz in resonances), quality, levels), signal))


@lru_cache(maxsize=512)
def _butterworth(kind: str, corners: tuple[float, ...], order: int) -> NDArray[np.float64]:
    return np.asarray(butter(order, corners if len(corners) > 1 else corners[0], kind, fs=RATE, output="sos"))


@lru_cache(maxsize=512)
def _peak(hz: float, quality: float) -> NDArray[np.float64]:
    zeros, poles = iirpeak(hz, quality, fs=RATE)
    return np.concatenate([zeros, poles])[None]


@lru_cache(maxsize=512)
def _peaks(resonances: tuple[float, ...], quality: float, levels: tuple[float, ...]) -> NDArray[np.float64]:
    """Resonances side by side, as one chain of second-order sections.

    Each is gain * (1 - z**-2) over its own poles; the sum has the poles of all, and the zeros of the numerators
    brought to one denominator.
    """
    sections = [iirpeak(hz, quality, fs=RATE) for hz in resonances]
    common = np.zeros(2 * len(sections) - 1)
    for number, (zeros, _) in enumerate(sections):
        numerator = np.asarray(levels[number] * zeros[:1])
        for other, (_, poles) in enumerate(sections):
            numerator = np.polymul(numerator, poles) if other != number else numerator
        common += numerator
    zeros = np.concatenate([[1.0, -1.0], np.roots(common)])
    poles = np.concatenate([np.roots(poles) for _, poles in sections])
    return np.asarray(zpk2sos(zeros, poles, common[0]))


def _within(hz: float) -> float:
    return float(min(max(hz, 8.0), RATE * 0.47))


def white(random: Generator, shape: int | tuple[int, int]) -> Signal:
    return _cut(_white_reel(), random, shape)


def pink(random: Generator, shape: int | tuple[int, int]) -> Signal:
    """Falls 3 dB an octave; RMS about 0.1."""
    return _cut(_pink_reel(), random, shape)


def _cut(reel: NDArray[np.float32], random: Generator, shape: int | tuple[int, int]) -> Signal:
    """A piece of the reel from anywhere. Noise repeated half a minute later is still noise, and costs nothing."""
    channels, frames = shape if isinstance(shape, tuple) else (1, shape)
    start = int(random.integers(0, reel.shape[1] - min(frames, reel.shape[1] // 2)))
    turns = (start + frames) // reel.shape[1]
    endless = np.concatenate([reel[:channels]] * (turns + 1), axis=1) if turns else reel[:channels]
    piece = endless[:, start : start + frames].astype(np.float64)
    return piece if isinstance(shape, tuple) else piece[0]


@lru_cache(maxsize=1)
def _white_reel() -> NDArray[np.float32]:
    return np.random.default_rng(1).standard_normal((2, _REEL_SECONDS * RATE), dtype=np.float32)


@lru_cache(maxsize=1)
def _pink_reel() -> NDArray[np.float32]:
    return np.asarray(lfilter(_PINK_ZEROS, _PINK_POLES, _white_reel()), dtype=np.float32)


def frames_of(seconds: float) -> int:
    return max(1, round(seconds * RATE))


def times(seconds: float) -> Signal:
    return np.arange(frames_of(seconds)) / RATE


def decay(seconds: float, to_60_db: float) -> Signal:
    """From 1 down, 60 dB lower after `to_60_db` seconds."""
    return np.exp(-6.9 / to_60_db * times(seconds))


def pluck(seconds: float, attack: float, to_60_db: float) -> Signal:
    """Rises linearly during `attack` seconds, then decays."""
    moments = times(seconds)
    return np.minimum(moments / attack, 1.0) * np.exp(-6.9 / to_60_db * np.maximum(moments - attack, 0.0))


def bump(seconds: float, peak_at: float = 0.5, sharpness: float = 1.0) -> Signal:
    """0 to 1 and back to 0, highest at the share `peak_at` of its length."""
    share = np.linspace(0.0, 1.0, min(frames_of(seconds), _SMOOTH_POINTS))
    bent = np.where(share < peak_at, share / peak_at, (1.0 - share) / (1.0 - peak_at))
    return drawn_out(np.sin(np.pi / 2 * bent) ** (2.0 * sharpness), seconds)


def drawn_out(curve: Signal, seconds: float) -> Signal:
    """A smooth curve of a few points at full rate."""
    return np.interp(np.linspace(0.0, len(curve) - 1.0, frames_of(seconds)), np.arange(len(curve)), curve)


def line(seconds: float, *points: float) -> Signal:
    """Straight lines through `points`, spread evenly over `seconds`."""
    return drawn_out(np.asarray(points, dtype=np.float64), seconds)


def phase_of(hz: Signal) -> Signal:
    """Radians of an oscillator whose frequency follows `hz`."""
    return 2.0 * np.pi * np.cumsum(hz) / RATE


def sine(hz: Signal | float, seconds: float | None = None) -> Signal:
    """A sine at a fixed frequency for `seconds`, or along a curve of frequencies."""
    if seconds is not None:
        return np.sin(2.0 * np.pi * float(np.mean(hz)) * times(seconds))
    return np.sin(phase_of(np.asarray(hz)))


def sawtooth(phase: Signal, brightness: float = 0.9) -> Signal:
    """A sawtooth whose n-th harmonic is weaker by brightness ** n: no aliasing worth hearing."""
    return cycled(phase, _sawtooth_cycle(brightness))


def cycled(phase: Signal, cycle: Signal) -> Signal:
    """Reads one cycle of a wave, `CYCLE_FRAMES` long, at each phase (radians)."""
    places = (phase * (CYCLE_FRAMES / (2.0 * np.pi))).astype(np.int64) & (CYCLE_FRAMES - 1)
    return np.asarray(cycle[places])


@lru_cache(maxsize=64)
def _sawtooth_cycle(brightness: float) -> Signal:
    phase = np.arange(CYCLE_FRAMES) * (2.0 * np.pi / CYCLE_FRAMES)
    return np.arctan2(brightness * np.sin(phase), 1.0 - brightness * np.cos(phase))


def saturate(signal: Signal, drive: float) -> Signal:
    return np.tanh(signal * drive) / np.tanh(drive)


def fade_ends(signal: Signal, into_seconds: float, out_seconds: float) -> Signal:
    """Returns `signal` with cosine ramps at both ends, each at most half its length."""
    shaped = signal.copy()
    half = signal.shape[-1] // 2
    into, out = min(frames_of(into_seconds), half), min(frames_of(out_seconds), half)
    shaped[..., :into] *= np.sin(np.linspace(0.0, np.pi / 2, into)) ** 2
    shaped[..., signal.shape[-1] - out :] *= np.cos(np.linspace(0.0, np.pi / 2, out)) ** 2
    return shaped


def add_at(canvas: Signal, sound: Signal, seconds: float) -> None:
    """Adds `sound` to `canvas` from `seconds` on; what does not fit is cut."""
    start = round(seconds * RATE)
    length = min(sound.shape[-1], canvas.shape[-1] - start)
    if length > 0:
        canvas[..., start : start + length] += sound[..., :length]
