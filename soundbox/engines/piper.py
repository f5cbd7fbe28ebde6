"""A recorded voice: text to phonemes by espeak-ng, phonemes to samples by a network (VITS) that onnxruntime runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from scipy.signal import resample_poly

from soundbox.engines import espeak
from soundbox.engines.espeak import SAMPLE_RATE, Utterance
from soundbox.engines.piper_voices import RecordedVoice, configuration_of
from soundbox.engines.protocol import EngineError

_BEGIN, _END, _BETWEEN = "^", "$", "_"  # symbols that frame and part phonemes, as piper's networks were trained
_MARKS = ".,;:!?"  # that end a clause, where no more of the word follows
_CLAUSE = re.compile(rf"\S.*?(?:[{_MARKS}]+(?=\s|$)|$)", re.DOTALL)
_USUAL_RATE = 165  # words a minute that a voice speaks at length scale 1
_SCALES = {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8}


class RecordedSpeaker:
    """One text's speaker: the network draws its chance from the seed alone, so it is opened anew for each text."""

    def __init__(self, voice: RecordedVoice, name: str, rate: int, seed: int) -> None:
        """`name`: the voice's, or one that names a speaker of it. `rate`: words a minute. Raises `EngineError`."""
        self._voice, self._configuration = voice, configuration_of(voice.model)
        scales = {**_SCALES, **self._configuration.get("inference", {})}
        scales["length_scale"] *= _USUAL_RATE / rate
        self._scales = np.array([scales[name] for name in _SCALES], np.float32)
        self._speaker: int = self._configuration.get("speaker_id_map", {}).get(name.partition("+")[2], 0)
        onnxruntime.set_seed(seed)
        try:
            self._network = onnxruntime.InferenceSession(voice.model, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise EngineError(f"The voice {voice.name} cannot be loaded: {error}") from error

    def say(self, text: str) -> Utterance:
        clauses = _CLAUSE.findall(text)
        spoken = espeak.phonemes(clauses, self._configuration["espeak"]["voice"])
        if not any(spoken):
            return Utterance(np.zeros(0, np.float32), ())
        symbols = [symbol for clause in zip(spoken, clauses, strict=True) for symbol in _symbols(*clause)][:-1]
        ids = list(_ids(symbols, self._configuration["phoneme_id_map"]))
        samples = _at_rate(self._run(ids), self._voice.sample_rate)
        return Utterance(samples, _word_starts(symbols, len(samples)))

    def _run(self, ids: Sequence[int]) -> NDArray[np.float32]:
        given: dict[str, Any] = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": self._scales,
            "sid": np.array([self._speaker], np.int64),
        }
        taken = {argument.name for argument in self._network.get_inputs()}
        made = self._network.run(None, {name: value for name, value in given.items() if name in taken})[0]
        return np.asarray(made, np.float32).reshape(-1)


def _symbols(spoken: str, written: str) -> Iterator[str]:
    """Code points of the phonemes, accents apart, the mark that ends the clause, and a space behind it."""
    yield from unicodedata.normalize("NFD", spoken)
    if written[-1:] in _MARKS:
        yield written[-1]
    yield " "


def _ids(symbols: Sequence[str], known: Mapping[str, Sequence[int]]) -> Iterator[int]:
    """What the network was never taught is left out."""
    for symbol in (_BEGIN, *symbols):
        if symbol in known:
            yield from known[symbol]
            yield from known[_BETWEEN]
    yield from known[_END]


def _at_rate(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    if rate == SAMPLE_RATE:
        return samples
    return np.asarray(resample_poly(samples, SAMPLE_RATE, rate), np.float32)


def _word_starts(symbols: Sequence[str], frames: int) -> tuple[int, ...]:
    """About where, since the network does not tell: as if every phoneme were equally long."""
    words = "".join(symbols).split()
    ends = accumulate(len(word) + 1 for word in words)
    return tuple(round(frames * start / len(symbols)) for start in [0, *ends][: len(words)])
