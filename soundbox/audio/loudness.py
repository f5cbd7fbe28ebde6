"""How loud a sound is, and bringing every sound to the same loudness (ITU-R BS.1770, EBU R 128)."""

from __future__ import annotations

import warnings

import numpy as np
import pyloudnorm
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import resample_poly

from soundbox.audio.samples import Samples, amplitude, decibels

GATE_SECONDS = 0.4  # the standard's block; a shorter clip is measured as one block
SHORTEST_SECONDS = 0.01
OVERSAMPLING = 4
LARGEST_GAIN_DB = 30.0  # what is quieter than that is room noise, not music
LARGEST_LIMITING_DB = 6.0  # a lone peak may stand that far above the rest; beyond it the clip stays quieter
LOUDEST_ONE_SHOT_LUFS = -10.0  # a buzzer at full peak would frighten people
LIMITER_SECONDS = 0.04
LIMITER_MARGIN_DB = 0.05  # peaks between samples move a little under a moving gain
TOLERANCE_LU = 0.2


def normalise(
    samples: Samples,
    rate: int,
    target_lufs: float = -14.0,
    ceiling_dbtp: float = -1.0,
    *,
    one_shot: bool = False,
    loops: bool = False,
) -> Samples:
    """Bring a sound to `target_lufs` without any true peak above `ceiling_dbtp`.

    Peaks in the way are turned down by a look-ahead limiter, by 6 dB at most. A one-shot is brought to the ceiling by
    its peak. With `loops` the limiter sees the start behind the end, so the wrap stays seamless. Silence stays silence.
    """
    loudness = integrated_lufs(samples, rate)
    if loudness == float("-inf"):
        return samples
    envelope = _peak_envelope(samples)
    peak_db = decibels(float(envelope.max()))
    if one_shot:
        gain_db = min(ceiling_dbtp - peak_db, LOUDEST_ONE_SHOT_LUFS - loudness, LARGEST_GAIN_DB)
        return samples * np.float32(amplitude(gain_db))
    largest_gain_db = min(ceiling_dbtp - peak_db + LARGEST_LIMITING_DB, LARGEST_GAIN_DB)
    gain_db = min(target_lufs - loudness, largest_gain_db)
    levelled = _amplify(samples, envelope, rate, gain_db, ceiling_dbtp, loops)
    if peak_db + gain_db > ceiling_dbtp and gain_db < largest_gain_db:
        missing_lu = target_lufs - integrated_lufs(levelled, rate)
        if missing_lu > TOLERANCE_LU:
            gain_db = min(gain_db + missing_lu, largest_gain_db)
            levelled = _amplify(samples, envelope, rate, gain_db, ceiling_dbtp, loops)
    return levelled


def integrated_lufs(samples: Samples, rate: int) -> float:
    """Gated loudness of the whole sound; -inf when it is silent or nothing at all."""
    seconds = samples.shape[1] / rate
    if seconds < SHORTEST_SECONDS:
        return float("-inf")
    meter = pyloudnorm.Meter(rate, block_size=min(GATE_SECONDS, seconds))
    with warnings.catch_warnings(), np.errstate(divide="ignore"):
        warnings.simplefilter("ignore")  # it warns of what its result already says
        return float(meter.integrated_loudness(samples.T))


def true_peak_db(samples: Samples) -> float:
    """The highest peak in dBTP, also between samples (4 times oversampled)."""
    return decibels(float(_peak_envelope(samples).max(initial=0.0)))


def _peak_envelope(samples: Samples) -> NDArray[np.float32]:
    """Shape (frames,): the highest absolute value of any channel at a frame or before the next."""
    envelope = np.zeros(samples.shape[1], np.float32)
    for channel in samples:
        between = np.abs(resample_poly(channel, OVERSAMPLING, 1)).reshape(-1, OVERSAMPLING)
        for phase in between.T:
            np.maximum(envelope, phase, out=envelope)
    return envelope


def _amplify(
    samples: Samples, envelope: NDArray[np.float32], rate: int, gain_db: float, ceiling_dbtp: float, loops: bool
) -> Samples:
    gain = amplitude(gain_db)
    ceiling = amplitude(ceiling_dbtp - LIMITER_MARGIN_DB)
    if float(envelope.max()) * gain <= amplitude(ceiling_dbtp):
        return samples * np.float32(gain)
    needed = np.minimum(1.0, ceiling / np.maximum(envelope.astype(np.float64) * gain, ceiling))
    edge = "wrap" if loops else "nearest"
    # The mean of minima over the same span never exceeds what any frame in it needs: no overshoot, and no corners.
    half = max(1, int(LIMITER_SECONDS * rate / 4))
    lowest = minimum_filter1d(needed, 4 * half + 1, mode=edge)
    smooth = uniform_filter1d(uniform_filter1d(lowest, 2 * half + 1, mode=edge), 2 * half + 1, mode=edge)
    return (samples * (gain * smooth)).astype(np.float32)
