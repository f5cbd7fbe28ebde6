"""From the WAV master to what stations broadcast.

AAC-LC, 48 kHz, stereo, as loud as every other. Each sound is encoded alone and played between others, so it begins
without the frame that an encoder puts in front, and its end fades within the last frame: at a join the halves of two
windows meet that both fall to nothing. Only `cutting`, a child process, imports this: it is heavy.
"""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from scipy.signal import resample_poly

from soundbox.audio import wav
from soundbox.audio.cut import FRAME_SAMPLES, RATE, Cut
from soundbox.audio.loudness import normalise
from soundbox.audio.packed import adts, offsets
from soundbox.audio.replacing import replacing
from soundbox.audio.samples import Samples

BITS_A_SECOND = 128_000
LOUDNESS_LUFS = -14.0
CEILING_DBTP = -1.5  # AAC gives back peaks a little higher than it got them
PRIMING_PACKETS = 1
ENCODING = {
    "aac_pns": "0",  # noise that a decoder makes up would sound different to everybody
    "aac_coder": "fast",  # a third of the work, and at this rate the better of the two (ffmpeg-codecs, "aac")
}


def cut(source: Path, target: Path, part: Cut) -> None:
    """Write this part of a master as ADTS frames, exactly `part.frames` of them. Raises `WavError`, `OSError`."""
    samples, info = wav.read(source)
    sound = broadcastable(samples, info.sample_rate, part)
    with replacing(target) as temporary:
        temporary.write_bytes(encode(sound))


def cut_stretch(source: Path, target: Path, before: int, frames: int) -> None:
    """Write `frames` ADTS frames of a stretch, without the `before` frames in front of them and what lies behind.

    `source` holds float32 samples at 48 kHz, all of the left and then all of the right. Raises `OSError`.
    """
    content = encode(np.fromfile(source, np.float32).reshape(2, -1))
    places = offsets(content)
    target.write_bytes(content[places[before] : places[before + frames]])


def broadcastable(samples: Samples, rate: int, part: Cut) -> Samples:
    """Shape (2, part.frames * 1024), at 48 kHz, with its level and its end as on air."""
    wanted = part.frames * FRAME_SAMPLES
    stereo = np.ascontiguousarray(np.broadcast_to(samples, (2, samples.shape[1])) if len(samples) == 1 else samples[:2])
    level = normalise(stereo, rate, LOUDNESS_LUFS, CEILING_DBTP)
    sound = np.tile(resample(level, rate), part.rounds)[:, part.first_sample :][:, :wanted]
    sound = np.pad(sound, ((0, 0), (0, wanted - sound.shape[1])))
    sound[:, -FRAME_SAMPLES:] *= np.cos(np.linspace(0.0, np.pi / 2, FRAME_SAMPLES, dtype=np.float32))
    return sound


def resample(samples: Samples, rate: int) -> Samples:
    if rate == RATE:
        return samples
    common = int(np.gcd(rate, RATE))
    return resample_poly(samples, RATE // common, rate // common, axis=1).astype(np.float32)


def encode(sound: Samples) -> bytes:
    """ADTS frames of shape (2, frames * 1024) at 48 kHz."""
    encoder = av.CodecContext.create("aac", "w")
    encoder.options = ENCODING
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = RATE, "stereo", "fltp", BITS_A_SECOND
    packets = []
    for start in range(0, sound.shape[1], FRAME_SAMPLES):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(sound[:, start : start + FRAME_SAMPLES]), format="fltp", layout="stereo"
        )
        frame.sample_rate, frame.pts = RATE, start
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    return b"".join(adts(bytes(packet)) for packet in packets[PRIMING_PACKETS:])
