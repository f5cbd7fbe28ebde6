"""What a sound is like: `python -m soundbox.audio.listen [SOURCE TARGET]`, run as a child process.

With two paths it reads one of our masters and writes the bytes of its vector; with none it reads a stranger's file of
any format from stdin, confined, and writes the vector to stdout. A file that cannot be heard ends with exit code 1 and
one sentence on stderr.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from soundbox.audio import upload, wav
from soundbox.audio.features import features
from soundbox.audio.program import ending_in_words, use_every_core
from soundbox.audio.replacing import replacing


def listen_to_master(source: Path, target: Path) -> None:
    samples, info = wav.read(source)
    with replacing(target) as temporary:
        temporary.write_bytes(features(samples, info.sample_rate).tobytes())


def listen_to_input() -> None:
    upload.confine()
    samples, rate, seconds = upload.read(io.BytesIO(sys.stdin.buffer.read()))
    sys.stdout.buffer.write(features(samples, rate, seconds).tobytes())


if __name__ == "__main__":
    use_every_core()
    with ending_in_words(wav.WavError, upload.NotASound, MemoryError):
        if len(sys.argv) == 1:
            listen_to_input()
        else:
            listen_to_master(Path(sys.argv[1]), Path(sys.argv[2]))
