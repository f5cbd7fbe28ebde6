"""The espeak-ng library through ctypes: text in, samples and word times out.

Its wheel `espeakng_loader` carries the library and its voices; it is GPL-3 and therefore optional. The library
keeps global state, so there is one of it in a process and one lock around it; and because that state (the flutter of
the voice) runs on from text to text, the library is opened anew for each: equal texts give equal samples.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from soundbox.engines.protocol import EngineError
from soundbox.engines.voices import Voice, file_of

SAMPLE_RATE = 22050  # Hz, the library's own

_SYNCHRONOUS = 2  # samples come through the callback, within the call
_DO_NOT_EXIT = 0x8000  # the library's own idea of a missing file is to end the process
_CHARACTERS_ARE_UTF8 = 1
_RATE_PARAMETER, _PITCH_PARAMETER = 1, 3
_END_OF_EVENTS, _WORD_EVENT = 0, 1
_IPA = 0x02  # phonemes as the International Phonetic Alphabet, in UTF-8
_lock = threading.Lock()


class _EspeakEvent(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),  # milliseconds
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_EspeakEvent))


@dataclass(frozen=True)
class Utterance:
    samples: NDArray[np.float32]  # shape (frames,) at SAMPLE_RATE, within -1..1
    word_starts: tuple[int, ...]  # frames


def say(text: str, voice: Voice) -> Utterance:
    """Speaks `text` at once; hundreds of times faster than real time."""
    with _opened() as library:
        return library.say(text, voice)


def phonemes(texts: Sequence[str], language: str) -> list[str]:
    """Each text in IPA; `language` as people name it."""
    with _opened() as library:
        library.choose(file_of(language))
        return [library.phonemes(text) for text in texts]


@contextmanager
def _opened() -> Iterator[_Library]:
    with _lock:
        library = _Library()
        try:
            yield library
        finally:
            library.close()


class _Library:
    def __init__(self) -> None:
        import espeakng_loader

        self._pieces: list[NDArray[np.int16]] = []
        self._word_starts: list[int] = []
        data = Path(espeakng_loader.get_data_path())
        self._native = ctypes.CDLL(espeakng_loader.get_library_path())
        if self._native.espeak_Initialize(_SYNCHRONOUS, 0, str(data).encode(), _DO_NOT_EXIT) != SAMPLE_RATE:
            raise EngineError("The speech library espeak-ng could not be started.")
        self._callback = _Callback(self._receive)  # kept: the library calls it as long as it lives
        self._native.espeak_SetSynthCallback(self._callback)

    def choose(self, voice: str) -> None:
        if self._native.espeak_SetVoiceByName(voice.encode()) != 0:
            raise EngineError(f'The speech library espeak-ng could not load the voice "{voice}".')

    def phonemes(self, text: str) -> str:
        """It gives a clause at each call, and moves the place where it reads on behind it."""
        translate = self._native.espeak_TextToPhonemes
        translate.restype = ctypes.c_char_p
        buffer = ctypes.create_string_buffer(_encoded(text))
        place, clauses = ctypes.c_void_p(ctypes.addressof(buffer)), []
        while place.value:
            clauses.append(translate(ctypes.byref(place), _CHARACTERS_ARE_UTF8, _IPA) or b"")
        return b" ".join(clauses).decode().strip()

    def say(self, text: str, voice: Voice) -> Utterance:
        self.choose(voice.file)
        self._native.espeak_SetParameter(_RATE_PARAMETER, voice.words_a_minute, 0)
        self._native.espeak_SetParameter(_PITCH_PARAMETER, voice.pitch, 0)
        encoded = _encoded(text) + b"\0"
        self._native.espeak_Synth(encoded, ctypes.c_size_t(len(encoded)), 0, 1, 0, _CHARACTERS_ARE_UTF8, None, None)
        whole = np.concatenate([np.zeros(0, np.int16), *self._pieces])
        return Utterance(whole.astype(np.float32) / 32768.0, tuple(self._word_starts))

    def close(self) -> None:
        """Unloads it, so that the next one begins from scratch; it must not be used any more."""
        self._native.espeak_Terminate()
        ctypes.CDLL(None).dlclose(ctypes.c_void_p(self._native._handle))

    def _receive(
        self, wave: ctypes._Pointer[ctypes.c_short], frames: int, events: ctypes._Pointer[_EspeakEvent]
    ) -> int:
        place = 0
        while events[place].type != _END_OF_EVENTS:
            if events[place].type == _WORD_EVENT:
                self._word_starts.append(events[place].audio_position * SAMPLE_RATE // 1000)
            place += 1
        if wave and frames > 0:
            self._pieces.append(np.ctypeslib.as_array(wave, (frames,)).copy())
        return 0


def _encoded(text: str) -> bytes:
    return text.replace("\0", " ").encode("utf-8", "ignore")
