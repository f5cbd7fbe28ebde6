"""What is on air as MP3, while it is broadcast: AAC frames in, MP3 frames out, a decoder and an encoder a stream."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import av

from soundbox.audio.cut import RATE

BITS_A_SECOND = 128_000
BYTES_A_SECOND = BITS_A_SECOND // 8
ENCODING = {"compression_level": "7"}  # lame's own quality scale: half the work of the default


class Transcoder:
    """A continuous sound: what is fed belongs together, whichever tracks it is of."""

    def __init__(self) -> None:
        self._decoder = av.CodecContext.create("aac", "r")
        self._encoder = av.CodecContext.create("libmp3lame", "w")
        self._encoder.options = ENCODING
        self._encoder.sample_rate, self._encoder.layout, self._encoder.format = RATE, "stereo", "fltp"
        self._encoder.bit_rate = BITS_A_SECOND
        self._samples = 0

    def feed(self, frames: Iterable[bytes]) -> bytes:
        """ADTS frames of 1,024 samples at 48 kHz; the last may come out with the next. Raises `av.FFmpegError`."""
        packets = []
        for frame in frames:
            for sound in self._decoder.decode(av.Packet(frame)):
                sound.pts, sound.time_base = self._samples, Fraction(1, RATE)
                self._samples += sound.samples
                packets += self._encoder.encode(sound)
        return b"".join(bytes(packet) for packet in packets)
