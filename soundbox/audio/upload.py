"""A stranger's sound file, read with suspicion: only the formats named, only so much of it, only in a child process.

`confine` takes from the process what reading a sound does not need, so that a file made to break a decoder breaks
nothing but this process.
"""

from __future__ import annotations

import resource
from typing import BinaryIO

import numpy as np
import soundfile

from soundbox.audio.feature_form import LONGEST_SECONDS
from soundbox.audio.samples import Samples

FORMATS = ("WAV", "WAVEX", "RF64", "FLAC", "MP3", "OGG")
MOST_SECONDS = 600
MOST_CHANNELS = 8
RATES = range(4_000, 192_001)  # Hz
MEMORY_BYTES = 2 << 30  # of addresses, most of them never touched
CPU_SECONDS = 20
BLOCK_FRAMES = 1 << 16


class NotASound(Exception):
    """Why this file cannot be heard, and what to do, in a sentence."""


def confine() -> None:
    """From now on: no file can grow, no new process, bounded memory and time."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def read(file: BinaryIO) -> tuple[Samples, int, float]:
    """Up to LONGEST_SECONDS from the middle, shape (channels, frames) with at most two channels; the rate in Hz; and
    how many seconds the whole lasts. Raises `NotASound`."""
    try:
        with soundfile.SoundFile(file) as sound:
            _check(sound)
            frames = min(sound.frames, round(LONGEST_SECONDS * sound.samplerate))
            start = (sound.frames - frames) // 2
            if start:
                sound.seek(start)
            samples = _samples(sound, frames)
            rate, seconds = sound.samplerate, sound.frames / sound.samplerate
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise NotASound("This is no WAV, FLAC, MP3 or OGG file, or it is damaged; choose another one.") from error
    if samples.size == 0 or not np.isfinite(samples).all():
        raise NotASound("There is no sound in this file; choose another one.")
    return samples, rate, seconds


def _check(sound: soundfile.SoundFile) -> None:
    if sound.format not in FORMATS:
        raise NotASound(f"Files of the format {sound.format} are not read; send WAV, FLAC, MP3 or OGG.")
    if sound.samplerate not in RATES or not 1 <= sound.channels <= MOST_CHANNELS:
        raise NotASound("Its sample rate or number of channels is unusual; save it as 44.1 kHz stereo and try again.")
    if sound.frames > MOST_SECONDS * sound.samplerate:
        raise NotASound("It is longer than 10 minutes; cut out the part that matters and try again.")


def _samples(sound: soundfile.SoundFile, frames: int) -> Samples:
    """Block by block: what a header promises is believed only as far as it comes."""
    blocks, left = [], frames
    while left > 0:
        block = sound.read(min(left, BLOCK_FRAMES), dtype="float32", always_2d=True)
        if not len(block):
            break
        blocks.append(_two_channels(block))
        left -= len(block)
    return np.concatenate(blocks).T if blocks else np.empty((1, 0), np.float32)


def _two_channels(block: np.ndarray) -> np.ndarray:
    return block[:, :2].copy()
