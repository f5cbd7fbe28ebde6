"""`soundbox bench composer`: how fast every style and every effect is made, and how it measures."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import stft

from soundbox.audio.loudness import integrated_lufs, true_peak_db
from soundbox.audio.samples import mono
from soundbox.engines.procedural.effects.table import EFFECTS
from soundbox.engines.procedural.render import render
from soundbox.engines.procedural.styles.catalogue import STYLES
from soundbox.engines.protocol import Samples, Sound, SoundRequest
from soundbox.jobs.publishing import master

EFFECT_SECONDS, SHOT_SECONDS = 10.0, 3.0
WINDOW, HOP = 1024, 256
RISE = 3.0  # an onset lifts the spectrum by so many times what is usual in this sound ...
LEAST_RISE = 0.012  # ... and by so much at least (mean of log magnitudes)
NEAREST_SECONDS = 0.05  # two onsets are that far apart


@dataclass(frozen=True)
class Measured:
    """One style or effect as it was made, and published: at the loudness people hear."""

    kind: str  # music | audio
    name: str
    times_real: float  # seconds of sound for one second of one core
    sound: Sound

    @property
    def lufs(self) -> float:
        return integrated_lufs(self.sound.samples, self.sound.sample_rate)

    @property
    def true_peak_db(self) -> float:
        return true_peak_db(self.sound.samples)

    @property
    def centroid_hz(self) -> float:
        """Where the magnitude spectrum balances."""
        magnitudes = np.abs(np.fft.rfft(mono(self.sound.samples)))
        frequencies = np.fft.rfftfreq(self.sound.samples.shape[1], 1 / self.sound.sample_rate)
        return float((magnitudes * frequencies).sum() / max(magnitudes.sum(), 1e-12))

    @property
    def onsets_a_second(self) -> float:
        seconds = self.sound.samples.shape[1] / self.sound.sample_rate
        return onset_count(self.sound.samples, self.sound.sample_rate) / seconds


def every_sound(only: str = "", music_seconds: float = 30.0) -> Iterator[Measured]:
    """Every style, then every effect, in the order of their tables; `only`: those whose name contains it."""
    asked = [("music", style.name, style.name, music_seconds) for style in STYLES]
    asked += [
        ("audio", effect.name, effect.phrases[0], SHOT_SECONDS if effect.is_one_shot else EFFECT_SECONDS)
        for effect in EFFECTS
    ]
    asked = [one for one in asked if only in one[1]]
    if asked:
        kind, name, prompt, _ = asked[0]
        render(SoundRequest(name, kind, prompt, 2.0, 1))  # what is worked out once is not counted
    for kind, name, prompt, seconds in asked:
        yield _measured(kind, name, prompt, seconds)


def onset_count(samples: Samples, rate: int) -> int:
    """Moments at which much more begins than usual in this sound."""
    _, _, spectrum = stft(mono(samples), rate, nperseg=WINDOW, noverlap=WINDOW - HOP)
    levels = np.log1p(100 * np.abs(spectrum))
    rises = np.maximum(np.diff(levels, axis=1, prepend=0.0), 0.0).mean(axis=0)  # a sound begins, too
    loud = rises > max(RISE * float(np.median(rises)), LEAST_RISE)
    return _separate(rises, loud, round(NEAREST_SECONDS * rate / HOP))


def _separate(rises: NDArray[np.float64], loud: NDArray[np.bool_], nearest: int) -> int:
    """Highest rises first; what lies too near to one that counts does not count."""
    taken = np.zeros(len(rises), bool)
    count = 0
    for place in sorted(np.flatnonzero(loud), key=lambda place: -rises[place]):
        if not taken[place]:
            count += 1
            taken[max(0, place - nearest + 1) : place + nearest] = True
    return count


def _measured(kind: str, name: str, prompt: str, seconds: float) -> Measured:
    began = time.process_time()
    sound = render(SoundRequest(name, kind, prompt, seconds, seed=1))
    times_real = seconds / (time.process_time() - began)
    return Measured(kind, name, times_real, master(sound, loop=False))
