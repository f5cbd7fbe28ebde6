import struct
import wave

import numpy as np
import pytest
import soundfile
from made_sounds import RATE, band, tone

from soundbox.audio import wav
from soundbox.audio.tags import Tags

TAGS = Tags("Rain ☂ on a tin roof", "ada", "Sound Box 0.1.0", "seed 7", "CC0-1.0")


def test_what_is_written_is_read_back(tmp_path):
    wav.write(tmp_path / "a.wav", band(), RATE, TAGS, loop_points=(100, 8 * RATE))
    samples, info = wav.read(tmp_path / "a.wav")
    assert info == wav.WavInfo(8 * RATE, RATE, 2, (100, 8 * RATE), TAGS)
    assert info.seconds == 8.0
    assert np.abs(samples - band()).max() <= 0.5 / 32767 + 1e-7


@pytest.mark.parametrize("channels", [1, 2])
def test_other_programs_read_16_bit_pcm(tmp_path, channels):
    wav.write(tmp_path / "a.wav", tone(seconds=0.1)[:channels], RATE, TAGS)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert file.getparams()[:4] == (channels, 2, RATE, 4410)
    assert soundfile.info(tmp_path / "a.wav").subtype == "PCM_16"
    assert struct.unpack_from("<H", (tmp_path / "a.wav").read_bytes(), 20) == (1,)


def test_another_program_reads_the_tags(tmp_path):
    wav.write(tmp_path / "a.wav", tone(), RATE, TAGS)
    with soundfile.SoundFile(tmp_path / "a.wav") as file:
        assert (file.title, file.artist, file.software) == (TAGS.title, TAGS.artist, TAGS.software)
        assert (file.comment, file.copyright) == (TAGS.comment, TAGS.licence)


def test_the_last_frame_of_a_loop_is_played(tmp_path):
    wav.write(tmp_path / "a.wav", tone(), RATE, loop_points=(0, 4 * RATE))
    content = (tmp_path / "a.wav").read_bytes()
    first, last = struct.unpack_from("<2I", content, content.index(b"smpl") + 8 + 36 + 8)
    assert (first, last) == (0, 4 * RATE - 1)


def test_a_sound_that_does_not_loop_has_no_loop_chunk(tmp_path):
    wav.write(tmp_path / "a.wav", tone(), RATE)
    assert b"smpl" not in (tmp_path / "a.wav").read_bytes()
    assert wav.inspect(tmp_path / "a.wav").loop_points is None


def test_equal_sounds_give_equal_bytes(tmp_path):
    for name in ("a.wav", "b.wav"):
        wav.write(tmp_path / name, band(), RATE, TAGS, (0, RATE))
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_samples_are_rounded_to_the_nearest_and_cut_at_full_scale(tmp_path):
    wav.write(tmp_path / "a.wav", np.array([[0.0, 0.6, -0.6, 32767, 2 * 32767, -2 * 32767]], np.float32) / 32767, RATE)
    pcm, _ = soundfile.read(tmp_path / "a.wav", dtype="int16")
    assert pcm.tolist() == [0, 1, -1, 32767, 32767, -32767]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda _content: b"", "not a WAV file"),
        (lambda content: b"ID3" + content, "not a WAV file"),
        (lambda content: content[:40], "incomplete"),
        (lambda content: content[:-1], "cut off"),
        (lambda content: content[:34] + b"\x18" + content[35:], "not 16-bit PCM"),
    ],
)
def test_a_broken_file_is_refused_in_words(tmp_path, spoil, words):
    path = tmp_path / "a.wav"
    wav.write(path, tone(seconds=0.1), RATE)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(wav.WavError, match=words):
        wav.inspect(path)
