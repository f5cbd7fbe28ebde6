"""How loud: layers beside each other, and the finished sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import sosfilt

from soundbox.engines.procedural.effects.shaping import RATE
from soundbox.engines.protocol import Samples

PEAK = 10 ** (-1.0 / 20)  # full scale less 1 dB
_KNEE = 10 ** (-5.0 / 20)  # beds are bent smoothly above
_BED_LUFS, _LOUDEST_BED_LUFS = -18.0, -16.5
_BENT_HARD_DB, _LOSS_WORTH_MENDING_DB = -6.0, 1.0
_LOUDEST_SHOT_LUFS = -12.0
_LAYER_LOUDNESS = 0.1  # RMS of a layer while it sounds
_BLOCK = RATE // 20

# K-weighting of ITU-R BS.1770: a shelf for the head, a high-pass for the ear, as published for 48 kHz,
# moved to 44.1 kHz by the bilinear transform.
_K_WEIGHTING = np.array(
    [
        [1.53090959, -2.65116903, 1.16916686, 1.0, -1.66375011, 0.71265753],
        [1.0, -2.0, 1.0, 1.0, -1.98920104, 0.98923020],
    ]
)


def balance(layer: Samples, level_db: float) -> float:
    """The gain that gives a layer the loudness all layers have while they sound, `level_db` above or below."""
    blocks = _block_power(layer)
    power = max(float(np.percentile(blocks, 92)), float(np.max(blocks)) * 0.1)
    return float(_LAYER_LOUDNESS / np.sqrt(power + 1e-12) * 10 ** (level_db / 20))


def mastered_bed(sound: Samples) -> Samples:
    """Near -18 LUFS, a little louder where that costs nothing, peaks bent under -1 dBFS."""
    peak = float(np.max(np.abs(sound))) + 1e-12
    wanted = _BED_LUFS - loudness(sound)
    room_above = 20 * np.log10(_KNEE / peak) - wanted
    gain_db = wanted + float(np.clip(room_above, 0.0, _LOUDEST_BED_LUFS - _BED_LUFS))
    mastered = _bent(_amplified(sound, gain_db))
    lost = _BED_LUFS - loudness(mastered) if room_above < _BENT_HARD_DB else 0.0
    return _bent(_amplified(mastered, lost)) if lost > _LOSS_WORTH_MENDING_DB else mastered


def mastered_shot(sound: Samples) -> Samples:
    """Highest peak at -1 dBFS, lower where a long tone would be a blow to the ear."""
    to_peak_db = 20 * np.log10(PEAK / (float(np.max(np.abs(sound))) + 1e-12))
    gain_db = min(to_peak_db, _LOUDEST_SHOT_LUFS - loudness(sound))
    return _amplified(sound, gain_db)


def loudness(sound: Samples) -> float:
    """Integrated loudness in LUFS after ITU-R BS.1770, of (2, frames)."""
    tenths = _weighted_power(sound)
    blocks = np.convolve(tenths, np.full(4, 0.25), mode="valid") if len(tenths) > 3 else tenths[:1]
    loud = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    if not len(loud):
        return -70.0
    gated = loud[loud > 0.1 * np.mean(loud)]
    return float(-0.691 + 10 * np.log10(np.mean(gated)))


def _weighted_power(sound: Samples) -> NDArray[np.float64]:
    """Power of the weighted sound, both channels added, of every tenth of a second; in pieces, to spare memory."""
    tenth = min(RATE // 10, sound.shape[1])
    state = np.zeros((2, 2, 2))
    powers = []
    for start in range(0, sound.shape[1] - tenth + 1, tenth * 100):
        piece = sound[:, start : start + tenth * 100]
        weighted, state = sosfilt(_K_WEIGHTING, piece, axis=-1, zi=state)
        whole = weighted.shape[1] // tenth
        powers.append(np.mean(weighted[:, : whole * tenth].reshape(2, whole, tenth) ** 2, axis=2).sum(axis=0))
    return np.concatenate(powers)


def _amplified(sound: Samples, gain_db: float) -> Samples:
    return sound * np.float32(10 ** (gain_db / 20))


def _bent(sound: Samples) -> Samples:
    """Untouched below the knee, then bent so that nothing passes the peak; no memory, so loops stay loops."""
    bent = sound.copy()
    high = np.abs(sound) > _KNEE
    over = (np.abs(sound[high]) - _KNEE) / (PEAK - _KNEE)
    bent[high] = np.sign(sound[high]) * (_KNEE + (PEAK - _KNEE) * np.tanh(over))
    return bent


def _block_power(sound: Samples) -> NDArray[np.float32]:
    whole = max(1, sound.shape[1] // _BLOCK)
    if sound.shape[1] < _BLOCK:
        return np.asarray([np.mean(sound**2)], dtype=np.float32)
    return np.asarray(np.mean(sound[:, : whole * _BLOCK].reshape(2, whole, _BLOCK) ** 2, axis=(0, 2)))
