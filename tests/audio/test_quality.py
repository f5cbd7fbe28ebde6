from pathlib import Path

import numpy as np
import pytest
import soundfile
from made_sounds import (
    RATE,
    band,
    door_slam,
    footsteps,
    noise,
    pink_noise,
    square,
    stereo,
    syllables,
    tone,
    with_holes,
)

from soundbox.audio.quality import judge

EVERY_KIND = ("music", "audio", "tts")
REJECTED = [
    *(("silence", np.zeros((2, RATE), np.float32), kind, "silent") for kind in EVERY_KIND),
    *(("nothing", np.zeros((2, 0), np.float32), kind, "no sound") for kind in EVERY_KIND),
    *(("numbers that are none", tone() * np.float32("nan"), kind, "broken") for kind in EVERY_KIND),
    *(("a full-scale square wave", square(1.0), kind, "peaks are cut off") for kind in EVERY_KIND),
    *(("a constant", stereo(np.full(RATE, 0.5)), kind, "constant offset") for kind in EVERY_KIND),
    *(("a tone on a high offset", tone(level=0.05) + np.float32(0.4), kind, "constant offset") for kind in EVERY_KIND),
    *(("heavy clipping", np.clip(5 * band(level=1.0), -1, 1), kind, "peaks are cut off") for kind in EVERY_KIND),
    *(("many dropouts", with_holes(band(), 8), kind, "drops out 8 times") for kind in EVERY_KIND),
    *(("a whisper of numbers", 0.02 * band(), kind, "hardly audible") for kind in EVERY_KIND),
    ("white noise", noise(), "music", "nothing but noise"),
    ("white noise", noise(), "tts", "nothing but noise"),
    ("pink noise", pink_noise(), "music", "nothing but noise"),
    ("a second of music in eight", band() * (np.arange(8 * RATE) < RATE), "music", "88% of it is silent"),
]
ACCEPTED = [
    ("music", band(), "music", False),
    ("quiet music", 0.2 * band(), "music", False),
    ("music to full scale", band(level=1.0), "music", False),
    ("a chiptune voice", square(0.3), "music", False),
    ("rain", noise(), "audio", False),
    ("footsteps", footsteps(), "audio", False),
    ("a door slam and its room", door_slam(), "audio", True),
    ("a click in two seconds of nothing", door_slam(2.0) * (np.arange(2 * RATE) < 2000), "audio", True),
    ("a voice", syllables(), "tts", False),
]
EFFECTS = sorted(Path("/usr/share/sounds/freedesktop/stereo").glob("*.oga"))
SONGS = sorted(Path("/usr/share/games/frozen-bubble/snd").glob("*zik*.ogg"))


@pytest.mark.parametrize(
    ("name", "samples", "kind", "issue"), REJECTED, ids=[f"{row[0]} as {row[2]}" for row in REJECTED]
)
def test_what_must_be_rejected(name, samples, kind, issue):
    quality = judge(samples, RATE, kind)
    assert not quality.accepted
    assert issue in " ".join(quality.issues)


@pytest.mark.parametrize(("name", "samples", "kind", "one_shot"), ACCEPTED, ids=[row[0] for row in ACCEPTED])
def test_what_must_be_accepted(name, samples, kind, one_shot):
    quality = judge(samples, RATE, kind, one_shot)
    assert quality.accepted, quality.issues
    assert quality.score >= 75


@pytest.mark.skipif(not EFFECTS, reason="real effects come with Debian's sound-theme-freedesktop, not installed here")
@pytest.mark.parametrize("path", EFFECTS, ids=lambda path: path.stem)
def test_real_effects_are_accepted(path):
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    quality = judge(samples.T, rate, "audio", one_shot=True)
    assert quality.accepted, quality.issues


@pytest.mark.skipif(not SONGS, reason="real music comes with Debian's fb-music-high, not installed here")
@pytest.mark.parametrize("start_seconds", [0, 30, 90, 140])
@pytest.mark.parametrize("path", SONGS, ids=lambda path: path.stem)
def test_real_music_is_accepted(path, start_seconds):
    with soundfile.SoundFile(path) as song:
        song.seek(start_seconds * song.samplerate)
        samples = song.read(15 * song.samplerate, dtype="float32", always_2d=True)
    quality = judge(samples.T, song.samplerate, "music")
    assert quality.accepted, quality.issues


def test_silence_behind_a_one_shot_is_no_fault_but_in_a_bed_it_is():
    slam = door_slam(6.0)
    assert judge(slam, RATE, "audio", one_shot=True).issues == ()
    assert "silent" in judge(slam, RATE, "audio").issues[0]


def test_the_worst_issue_comes_first():
    faulty = with_holes(np.clip(5 * band(level=1.0), -1, 1), 1)
    assert judge(faulty, RATE, "music").issues == ("badly distorted: its peaks are cut off", "the sound drops out once")


def test_a_score_lies_between_0_and_100():
    assert judge(band(), RATE, "music").score == 100
    assert judge(np.zeros((1, RATE), np.float32), RATE, "music").score == 0
