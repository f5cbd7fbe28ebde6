"""Sounds as stations broadcast them: encoded alone, played in a row by one decoder."""

import io
import itertools
import json
import subprocess

import av
import numpy as np
import pytest
from made_sounds import RATE as MASTER_RATE
from made_sounds import band, door_slam, noise, tone

from soundbox.audio import commands, filler, on_air, packed, wav
from soundbox.audio.cut import FRAME_SAMPLES, RATE, SHORTEST_FRAMES, Cut
from soundbox.audio.loudness import integrated_lufs
from soundbox.audio.peaks import peaks

QUIET_DB, LONGEST_QUIET_MS = -40.0, 30  # what a join may be, and for how long: a blink of the eye takes 100 ms
STEP = 2.5  # how much larger the second difference at a join may be than in the tenths of a second around it


def cut_of(samples, *, loop=False):
    return Cut.of(samples.shape[1] / MASTER_RATE, loop=loop, peaks=peaks(samples))


def on_air_as(samples, *, loop=False):
    return on_air.encode(on_air.broadcastable(samples, MASTER_RATE, cut_of(samples, loop=loop)))


def heard(content):
    """By FFmpeg's decoder, as one stream: shape (2, frames * 1024)."""
    with av.open(io.BytesIO(content), format="aac") as file:
        return np.concatenate([frame.to_ndarray() for frame in file.decode(audio=0)], axis=1)


@pytest.fixture(scope="module")
def sounds():
    """A tone that stops at full level, the same a third lower, a beat, and a loop of noise."""
    return [on_air_as(tone(440.0, 3.0)), on_air_as(tone(330.0, 2.7)), on_air_as(band(4.0)),
            on_air_as(noise(3.0), loop=True)]  # fmt: skip


def test_a_cut_has_exactly_the_frames_that_its_row_told(sounds):
    told = [cut_of(tone(440.0, 3.0)), cut_of(tone(330.0, 2.7)), cut_of(band(4.0)), cut_of(noise(3.0), loop=True)]
    assert [len(packed.offsets(sound)) - 1 for sound in sounds] == [cut.frames for cut in told]


def test_no_join_of_two_sounds_is_silent_or_clicks(sounds):
    order = [first for pair in itertools.permutations(range(len(sounds)), 2) for first in pair]
    signal = heard(b"".join(sounds[one] for one in order))
    join = 0
    for one in order[:-1]:
        join += (len(packed.offsets(sounds[one])) - 1) * FRAME_SAMPLES
        assert quiet_ms(signal[:, join - RATE // 10 : join + RATE // 10]) <= LONGEST_QUIET_MS
        assert step_at(signal[0], join) < STEP


def quiet_ms(signal):
    """How long the signal stays below `QUIET_DB`, in milliseconds, told in fives."""
    blocks = signal.mean(axis=0).reshape(-1, RATE // 200)
    return 5 * int((np.square(blocks).mean(axis=1) < 10 ** (QUIET_DB / 10)).sum())


def step_at(signal, join):
    def largest(start, end):
        return np.abs(np.diff(signal[join + start : join + end], n=2)).max()

    return largest(-1500, 1500) / max(largest(-RATE // 10, -1500), largest(1500, RATE // 10))


def test_a_decoder_that_joins_later_hears_the_same_samples(sounds):
    whole = b"".join(sounds)
    late = packed.offsets(whole)[100]
    everything, rest = heard(whole), heard(whole[late:])
    skipped = 101 * FRAME_SAMPLES  # the first frame lacks the half before it
    assert np.allclose(everything[:, skipped:], rest[:, FRAME_SAMPLES:], atol=1e-6)


def test_every_sound_is_as_loud_as_the_next(sounds):
    loudness = [integrated_lufs(heard(sound), RATE) for sound in sounds]
    assert max(loudness) - min(loudness) < 2.0
    assert abs(np.median(loudness) - on_air.LOUDNESS_LUFS) < 1.0


def test_a_loop_goes_round_in_whole_rounds_without_a_seam():
    loop = np.concatenate([tone(440.0, 1.5), tone(660.0, 1.5)], axis=1)
    cut = cut_of(loop, loop=True)
    assert (cut.rounds, cut.frames) == (8, 24 * RATE // FRAME_SAMPLES)
    sound = on_air.broadcastable(loop, MASTER_RATE, cut)
    seams = [np.abs(np.diff(sound[0][place - 50 : place + 50])).max() for place in range(3 * RATE, 24 * RATE, 3 * RATE)]
    assert max(seams) <= np.abs(np.diff(sound[0])).max()


def test_silence_around_a_sound_does_not_go_on_air():
    still = np.zeros((2, 2 * MASTER_RATE), np.float32)
    sound = np.concatenate([still, tone(seconds=4.0), still], axis=1)
    cut = cut_of(sound)
    assert abs(cut.frames * FRAME_SAMPLES / RATE - 4.0) < 0.1
    assert quiet_ms(on_air.broadcastable(sound, MASTER_RATE, cut)[:, :RATE]) <= 50


def test_what_is_very_short_gets_two_seconds():
    assert cut_of(door_slam(3.0)).frames == SHORTEST_FRAMES
    assert len(packed.offsets(on_air_as(door_slam(3.0)))) - 1 == SHORTEST_FRAMES


def test_a_row_without_an_outline_goes_on_air_whole():
    assert Cut.of(10.0, loop=False, peaks=[]) == Cut(0, 1, 10 * RATE // FRAME_SAMPLES)


def test_mono_and_every_rate_come_out_alike(tmp_path):
    mono = tone(seconds=2.5)[:1]
    wav.write(tmp_path / "master.wav", mono, 32_000)
    part = Cut.of(mono.shape[1] / 32_000, loop=False, peaks=peaks(mono))
    words = tmp_path / "master.wav", tmp_path / "cut.aac", part.first_sample, part.rounds, part.frames
    assert answers(["cut", *map(str, words)]) == [[0, ""]]
    signal = heard((tmp_path / "cut.aac").read_bytes())
    assert signal.shape == (2, part.frames * FRAME_SAMPLES)
    assert np.allclose(signal[0], signal[1], atol=1e-3)


def test_a_broken_master_is_told_in_one_line(tmp_path):
    master, target = tmp_path / "master.wav", tmp_path / "cut.aac"
    master.write_bytes(b"RIFF")
    told = answers(["cut", str(master), str(target), "0", "1", "94"], ["filler", "/nowhere/filler.aac"])
    assert told == [[1, "This is not a WAV file."], [1, "No such file or directory"]]
    assert not target.exists()


def answers(*asked):
    """What the program that cuts says to these lines."""
    lines = "".join(f"{json.dumps(words)}\n" for words in asked)
    ended = subprocess.run(commands.CUT_FOR_AIR, input=lines, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_the_filler_goes_round_without_a_seam():
    pad = filler.packed_pad()
    signal = heard(pad * 2)
    seam = filler.FRAMES * FRAME_SAMPLES
    assert len(packed.offsets(pad)) - 1 == filler.FRAMES
    assert step_at(signal[0], seam) < STEP
    assert quiet_ms(signal[:, RATE:]) == 0


def test_a_segment_says_when_it_begins(tmp_path, sounds):
    (tmp_path / "segment.aac").write_bytes(packed.timestamp(3_000_000) + sounds[0])
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "format=start_time:format_tags", tmp_path / "segment.aac"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert b"com.apple.streaming.transportStreamTimestamp" in packed.timestamp(3_000_000)
    assert packed.timestamp(3_000_000)[-8:] == (3_000_000 * 1920).to_bytes(8, "big")
    assert packed.timestamp((1 << 33) // 1920 + 1)[-8:-4] == bytes(4)  # 33 bits, as in MPEG
    assert told.returncode == 0


@pytest.mark.parametrize("content", [b"", b"ID3", b"\xff\xf1\x4c\x80", b"\0" * 50])
def test_what_is_not_packed_audio_is_refused(content):
    with pytest.raises(packed.NotPacked):
        packed.offsets(content)


def test_a_cut_off_file_is_refused(sounds):
    with pytest.raises(packed.NotPacked):
        packed.offsets(sounds[0][:-3])
