"""From the WAV master to FLAC, MP3 or Ogg Vorbis: `python -m soundbox.audio.encode SOURCE TARGET`.

Run as a child process, so that a fault of the native library takes nothing else down.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import soundfile

from soundbox.audio import id3, wav
from soundbox.audio.comments import with_comments
from soundbox.audio.program import ending_in_words, use_every_core
from soundbox.audio.replacing import replacing

FORMATS: dict[str, dict[str, Any]] = {
    ".flac": {"format": "FLAC", "subtype": "PCM_16"},
    ".mp3": {"format": "MP3", "bitrate_mode": "VARIABLE", "compression_level": 0.2},  # about 190 kbit/s
    ".ogg": {"format": "OGG", "subtype": "VORBIS", "compression_level": 0.4},  # about 150 kbit/s
}
# libsndfile 1.2 garbles 16-bit integers on their way into MP3; floats of a 16-bit master lose nothing.
SAMPLE_TYPES = {".flac": "int16", ".mp3": "float32", ".ogg": "float32"}
BLOCK_FRAMES = 1 << 15  # larger writes have overflowed the stack inside the Vorbis encoder


class EncodeError(Exception):
    """Why there is no such file, in a sentence."""


def encode(source: Path, target: Path) -> None:
    """Write `target` in the format its suffix names, with the tags of `source`, whole or not at all.

    Raises `EncodeError` for a broken source and an unknown format, `OSError` for a full disk.
    """
    if target.suffix not in FORMATS:
        raise EncodeError(f"There is no format for {target.suffix or 'a file without a suffix'}.")
    content = _transcode(source, target.suffix, _inspect(source))
    with replacing(target) as temporary:
        temporary.write_bytes(content)


def _inspect(source: Path) -> wav.WavInfo:
    try:
        return wav.inspect(source)
    except FileNotFoundError as error:
        raise EncodeError("The WAV file is missing.") from error
    except wav.WavError as error:
        raise EncodeError(str(error)) from error


def _transcode(source: Path, suffix: str, info: wav.WavInfo) -> bytes:
    """The encoded file, in memory: at 180 s some megabytes, and a full disk is then met by us, not by the library."""
    stream = io.BytesIO()
    try:
        with (
            soundfile.SoundFile(source) as master,
            soundfile.SoundFile(stream, "w", master.samplerate, master.channels, **FORMATS[suffix]) as copy,
        ):
            for block in master.blocks(BLOCK_FRAMES, dtype=SAMPLE_TYPES[suffix]):
                copy.write(block)
    except soundfile.SoundFileError as error:
        raise EncodeError(f"The encoder refused: {error}") from error
    if suffix == ".mp3":
        return id3.block(info.tags) + stream.getvalue()
    return with_comments(stream.getvalue(), suffix[1:], info.tags, info.loop_points)


def main(arguments: list[str]) -> None:
    if len(arguments) != 2:
        sys.exit("usage: python -m soundbox.audio.encode SOURCE.wav TARGET.flac|mp3|ogg")
    use_every_core()
    with ending_in_words(EncodeError):
        encode(Path(arguments[0]), Path(arguments[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
