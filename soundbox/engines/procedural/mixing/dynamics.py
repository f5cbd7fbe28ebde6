"""Levels over time: ducking, glue, loudness, and the limiter at the end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import sosfilt

from soundbox.engines.procedural.timeline import SAMPLE_RATE, Timeline
from soundbox.engines.protocol import Samples

BLOCK = 10 * SAMPLE_RATE  # frames worked on at once, so that little memory is needed
_HOP = 128  # frames of one control value of the compressor
_PEAK_HOP = 16  # ... of the limiter
_LOOKAHEAD = 7  # limiter hops, 2.5 ms

# ITU-R BS.1770-4: the K-weighting at 44.1 kHz, a shelf for the head and a high-pass.
_K_WEIGHTING = np.array(
    [
        [1.5308412300503478, -2.6509799951547297, 1.1690790799215869, 1.0, -1.6636551132560204, 0.7125954280732254],
        [1.0, -2.0, 1.0, 1.0, -1.9891696736297957, 0.9891990357870394],
    ]
)
# Value halfway between two samples from the four on either side (windowed sinc).
_TAPS = np.arange(-3.5, 4.0)
_BETWEEN = np.sinc(_TAPS) * np.cos(np.pi * _TAPS / 9.0) ** 2
_BETWEEN = (_BETWEEN / _BETWEEN.sum()).astype(np.float32)


def ducking(
    timeline: Timeline, kicks: list[int], depth: float, seconds: float, start: int, frames: int
) -> NDArray[np.float32]:
    """Gain, shape (1, frames), of the stretch that begins at `start`: it dips at each kick and is back after
    `seconds`. Beyond the end of a loop its head is heard again."""
    length = max(2, int(seconds * SAMPLE_RATE))
    shape = np.square(np.cos(np.linspace(0, np.pi / 2, length, dtype=np.float32)))
    rise = min(length, SAMPLE_RATE // 200)
    shape[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    dip = np.zeros(frames, np.float32)
    rounds = (-timeline.frames, 0, timeline.frames) if timeline.loop else (0,)
    for kick in kicks:
        for shift in rounds:
            at = kick + shift - start
            if -length < at < frames:
                first, stop = max(0, at), min(frames, at + length)
                dip[first:stop] += shape[first - at : stop - at]
    return (1 - np.float32(depth) * np.minimum(dip, 1))[None, :]


def compress(sound: Samples, threshold: float, ratio: float = 2.2) -> None:
    """Glue, in place: what is louder than `threshold` (RMS) grows more slowly. Attack 25 ms, release 180 ms."""
    level = np.concatenate([np.sqrt(_hop_means(block)) for block in _blocks(sound, _HOP)])
    smooth = _followed(level, attack=0.025, release=0.18)
    gain = np.minimum(1.0, (np.maximum(smooth, 1e-9) / threshold) ** (1 / ratio - 1))
    _apply(sound, gain, _HOP)


def _hop_means(block: Samples) -> NDArray[np.floating]:
    hops = -(-block.shape[1] // _HOP)
    padded = np.pad(np.square(block).mean(axis=0), (0, hops * _HOP - block.shape[1]))
    return padded.reshape(hops, _HOP).mean(axis=1)


def _followed(level: NDArray[np.floating], attack: float, release: float) -> NDArray[np.float64]:
    rise, fall = (1 - np.exp(-_HOP / (seconds * SAMPLE_RATE)) for seconds in (attack, release))
    smooth, now = [], float(level[0])
    for target in level.tolist():
        now += (rise if target > now else fall) * (target - now)
        smooth.append(now)
    return np.array(smooth)


def loudness(sound: Samples) -> float:
    """Integrated loudness in LUFS (ITU-R BS.1770-4, gated in blocks of 400 ms that do not overlap)."""
    block = min(int(0.4 * SAMPLE_RATE), sound.shape[1])
    power = np.concatenate([_powers(part, block) for part in in_blocks(_K_WEIGHTING, sound, 25 * block)])
    heard = power[power > 10 ** ((-70 + 0.691) / 10)]
    if not heard.size:
        return -np.inf
    kept = heard[heard > heard.mean() / 10]
    return float(-0.691 + 10 * np.log10(kept.mean()))


def _powers(weighted: NDArray[np.float64], block: int) -> NDArray[np.float64]:
    count = weighted.shape[1] // block
    return np.square(weighted[:, : count * block]).reshape(2, count, block).mean(axis=2).sum(axis=0)


def in_blocks(sections: NDArray[np.float64], sound: Samples, frames: int) -> Iterator[NDArray[np.float64]]:
    """A filter over a long sound, `frames` of it at a time."""
    state = np.zeros((len(sections), sound.shape[0], 2))
    for start in range(0, sound.shape[1], frames):
        filtered, state = sosfilt(sections, sound[:, start : start + frames], axis=1, zi=state)
        yield filtered


def limit(sound: Samples, ceiling: float) -> None:
    """No sample above `ceiling`, nor the middle between two, by a gain that looks ahead and moves without corners; in
    place."""
    peaks = np.concatenate([_hop_peaks(block) for block in _blocks(sound, _PEAK_HOP)])
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    earliest = minimum_filter1d(needed, 2 * _LOOKAHEAD + 3)
    slow = uniform_filter1d(minimum_filter1d(earliest, 61), 61)
    gain = uniform_filter1d(np.minimum(earliest, slow), 2 * _LOOKAHEAD + 1)
    _apply(sound, gain, _PEAK_HOP)
    np.clip(sound, -ceiling, ceiling, out=sound)


def _hop_peaks(block: Samples) -> NDArray[np.floating]:
    peaks = np.abs(block).max(axis=0)
    if float(peaks.max(initial=0.0)) > 0.3 and block.shape[1] > len(_BETWEEN):
        for channel in block:
            between = np.abs(np.convolve(channel, _BETWEEN, "same"))
            np.maximum(peaks, between, out=peaks)
    hops = -(-block.shape[1] // _PEAK_HOP)
    return np.pad(peaks, (0, hops * _PEAK_HOP - len(peaks))).reshape(hops, _PEAK_HOP).max(axis=1)


def _blocks(sound: Samples, hop: int) -> Iterator[Samples]:
    frames = BLOCK // hop * hop
    for start in range(0, sound.shape[1], frames):
        yield sound[:, start : start + frames]


def _apply(sound: Samples, gain: NDArray[np.floating], hop: int) -> None:
    """One gain a hop becomes one a frame, in straight lines; in place."""
    values = gain.astype(np.float32)
    ahead = np.append(values[1:], values[-1])
    line = np.arange(hop, dtype=np.float32) / hop
    hops = BLOCK // hop
    for first in range(0, len(values), hops):
        block = sound[:, first * hop : (first + hops) * hop]
        now, then = values[first : first + hops], ahead[first : first + hops]
        block *= (now[:, None] + (then - now)[:, None] * line).ravel()[: block.shape[1]]
