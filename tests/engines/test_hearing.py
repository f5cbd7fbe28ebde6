"""The ears themselves: known sounds are heard right, and planted faults are caught."""

import numpy as np
import pytest
from hearing import MODES, NOTES, Heard

from soundbox.audio.quality import judge

RATE = 44_100


def tone(midi: int, seconds: float, level: float = 0.2) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    waves = sum(np.sin(2 * np.pi * 440 * 2 ** ((midi - 69) / 12) * n * time) / n for n in (1, 2, 3))
    return level * waves * np.minimum(time / 0.005, 1) * np.exp(-2 * time / seconds)


def click(level: float) -> np.ndarray:
    time = np.arange(RATE // 20) / RATE
    return level * np.random.default_rng(1).standard_normal(len(time)) * np.exp(-time * 120)


def laid(events: list[tuple[float, np.ndarray]], seconds: float) -> Heard:
    """Sounds at their moments (seconds), in stereo."""
    canvas = np.zeros(round(seconds * RATE) + RATE)
    for moment, sound in events:
        start = round(moment * RATE)
        canvas[start : start + len(sound)] += sound[: len(canvas) - start]
    return Heard(np.stack([canvas, canvas])[:, : round(seconds * RATE)].astype(np.float32), RATE)


def beats(tempo: float, accents: tuple[float, ...], seconds: float = 20.0) -> Heard:
    moments = np.arange(0, seconds - 0.1, 60 / tempo)
    return laid([(moment, click(accents[beat % len(accents)])) for beat, moment in enumerate(moments)], seconds)


def chords(tonic: str, mode: str) -> Heard:
    """I, IV, V, I in a key, twice."""
    scale = MODES[mode]
    events = []
    for number, degree in enumerate((0, 3, 4, 0) * 2):
        for third in (0, 2, 4):
            octave, step = divmod(degree + third, 7)
            events.append((number * 1.5, tone(48 + NOTES.index(tonic) + scale[step] + 12 * octave, 1.5)))
    return laid(events, 12.0)


@pytest.mark.parametrize("tempo", [61.3, 78.0, 97.7, 120.0, 143.2, 174.0])
def test_a_tempo_is_heard_to_a_tenth(tempo):
    assert abs(beats(tempo, (0.5, 0.3)).tempo_near(tempo) - tempo) < 0.1


def test_a_tempo_one_percent_off_is_noticed():
    assert abs(beats(101.0, (0.5, 0.3)).tempo_near(100.0) - 100.0) > 0.5


@pytest.mark.parametrize("accents", [(0.6, 0.2, 0.2), (0.6, 0.2, 0.4, 0.2), (0.6, 0.2, 0.2, 0.4, 0.2)])
def test_a_metre_is_heard_by_its_accents(accents):
    assert beats(110.0, accents).beats_in_a_bar(110.0) == len(accents)


@pytest.mark.parametrize("mode", ["major", "minor", "dorian", "mixolydian"])
@pytest.mark.parametrize("tonic", ["C", "Eb", "F#", "A"])
def test_a_key_is_heard_by_its_chords(tonic, mode):
    assert chords(tonic, mode).tonic(mode) == tonic


def test_hits_and_low_notes_are_told_from_notes():
    notes = chords("A", "minor")
    hits = laid([(n * 0.5, click(0.3)) for n in range(24)] + [(0.0, np.pad(notes.mono, (0, RATE)))], 12.0)
    low = laid([(n * 1.5, tone(33, 1.5, 0.4)) for n in range(8)] + [(0.0, np.pad(notes.mono, (0, RATE)))], 12.0)
    assert hits.hits_db > notes.hits_db + 15
    assert low.bass_db > notes.bass_db + 15


def test_more_beginnings_are_counted_as_more():
    assert beats(180.0, (0.5,)).onsets_a_second > 2 * beats(60.0, (0.5,)).onsets_a_second


def test_a_bar_that_is_pasted_again_and_again_is_caught():
    bar = chords("C", "major").samples[:, : 2 * RATE]
    assert Heard(np.tile(bar, (1, 8)), RATE).repeated_bars(2.0) == 1.0
    assert chords("C", "major").repeated_bars(1.5) < 0.2  # the last chord is the first again


def test_a_motif_that_returns_is_told_from_one_that_never_does():
    random = np.random.default_rng(3)
    motif = [(step * 0.25, int(pitch)) for step, pitch in zip((0, 1, 3, 4, 6), (64, 67, 65, 62, 60), strict=True)]
    again = [(2.0 * bar + at, tone(pitch + 2 * (bar % 3), 0.3)) for bar in range(8) for at, pitch in motif]
    never = [
        (2.0 * bar + 0.25 * step, tone(int(random.integers(55, 80)), 0.3))
        for bar in range(8)
        for step in sorted(random.choice(8, 5, replace=False))
    ]
    assert laid(again, 16.0).returning(2.0) > 0.85
    assert laid(never, 16.0).returning(2.0) < 0.7


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (lambda samples: samples * 0, "silent"),
        (lambda samples: np.concatenate([samples[:, : 4 * RATE], samples[:, : 8 * RATE] * 0], axis=1), "silent"),
        (lambda samples: np.where((np.arange(samples.shape[1]) // 4_000) % 12 == 7, 0, samples), "drops out"),
    ],
    ids=["silence", "a silent half", "dropouts"],
)
def test_silence_and_dropouts_are_caught(fault, words):
    sound = chords("A", "minor").samples
    assert judge(sound, RATE, "music").accepted
    faulty = judge(fault(sound).astype(np.float32), RATE, "music")
    assert any(words in issue for issue in faulty.issues)
    assert faulty.score < judge(sound, RATE, "music").score
