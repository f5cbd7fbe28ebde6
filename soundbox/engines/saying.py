"""A child process that says how a voice sounds: it counts, which every voice does in its own language."""

from __future__ import annotations

import sys
from pathlib import Path

from soundbox.audio import wav
from soundbox.audio.program import ending_in_words
from soundbox.engines.piper_voices import find_voices
from soundbox.engines.protocol import Done, EngineError, SoundRequest
from soundbox.engines.speech import SpeechEngine

TEXT, SECONDS, SEED = "1, 2, 3, 4, 5.", 10.0, 1


def say_sample(voice: str, target: Path, folder: Path | None) -> None:
    """`folder`: of recorded voices. Raises `EngineError`."""
    engine = SpeechEngine(find_voices(folder))
    engine.submit(SoundRequest("sample", "tts", TEXT, SECONDS, SEED, parameters={"voice": voice}))
    while events := engine.step():
        done = events[-1]
        if isinstance(done, Done):
            wav.write(target, done.sound.samples, done.sound.sample_rate)
            return
    raise EngineError("The voice said nothing.")


def main(arguments: list[str]) -> None:
    with ending_in_words(EngineError):
        voice, target, *folder = arguments
        say_sample(voice, Path(target), Path(folder[0]) if folder else None)


if __name__ == "__main__":
    main(sys.argv[1:])
