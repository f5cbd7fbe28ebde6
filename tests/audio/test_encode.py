import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from made_sounds import RATE, band, noise

from soundbox.audio import commands, wav
from soundbox.audio.encode import EncodeError, encode
from soundbox.audio.program import DISK_FULL, ending_in_words
from soundbox.audio.tags import Tags

TAGS = Tags("Rain ☂ on a tin roof, and more words than thirty letters", "ada", "Sound Box", "seed 7", "CC0-1.0")
SUFFIXES = [".flac", ".mp3", ".ogg"]


@pytest.fixture
def master(tmp_path):
    wav.write(tmp_path / "master.wav", band(), RATE, TAGS)
    return tmp_path / "master.wav"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_copy_sounds_like_its_master_and_is_as_long(master, suffix):
    encode(master, master.with_suffix(suffix))
    copy, rate = soundfile.read(master.with_suffix(suffix), dtype="float32")
    difference = copy[: 8 * RATE] - soundfile.read(master, dtype="float32")[0]
    assert (rate, len(copy)) == (RATE, 8 * RATE)
    assert np.square(difference).mean() < 0.02 * np.square(copy).mean()


def test_flac_is_the_master_bit_for_bit(master):
    encode(master, master.with_suffix(".flac"))
    copies = [soundfile.read(path, dtype="int16")[0] for path in (master, master.with_suffix(".flac"))]
    assert np.array_equal(*copies)


def comments_of(path):
    with av.open(path) as file:
        found = {**file.metadata, **file.streams.audio[0].metadata}
    return {name.upper(): text for name, text in found.items()}


def test_tags_travel_whole_into_mp3(master):
    encode(master, master.with_suffix(".mp3"))
    with soundfile.SoundFile(master.with_suffix(".mp3")) as copy:
        assert (copy.title, copy.artist, copy.comment, copy.copyright) == (TAGS.title, "ada", "seed 7", "CC0-1.0")
        assert copy.software.startswith("Sound Box")


@pytest.mark.parametrize("suffix", [".flac", ".ogg"])
def test_tags_travel_whole_as_comments(master, suffix):
    encode(master, master.with_suffix(suffix))
    told = {"TITLE": TAGS.title, "ARTIST": "ada", "SOFTWARE": "Sound Box", "COPYRIGHT": "CC0-1.0", "LICENSE": "CC0-1.0"}
    comments = comments_of(master.with_suffix(suffix))
    assert comments.items() >= told.items()
    assert comments.get("COMMENT", comments.get("DESCRIPTION")) == "seed 7"
    assert "LOOPSTART" not in comments


@pytest.mark.parametrize("suffix", [".flac", ".ogg"])
def test_a_loop_says_where_it_loops(tmp_path, suffix):
    wav.write(tmp_path / "loop.wav", band(), RATE, TAGS, loop_points=(100, 90_000))
    encode(tmp_path / "loop.wav", tmp_path / f"loop{suffix}")
    comments = comments_of(tmp_path / f"loop{suffix}")
    assert (comments["LOOPSTART"], comments["LOOPLENGTH"]) == ("100", "89900")
    assert soundfile.info(tmp_path / f"loop{suffix}").frames == 8 * RATE


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (32_000, 1), (48_000, 2)])
def test_every_engines_rate_can_be_encoded(tmp_path, suffix, rate, channels):
    wav.write(tmp_path / "a.wav", noise(seconds=0.5)[:channels], rate)
    encode(tmp_path / "a.wav", tmp_path / f"a{suffix}")
    assert soundfile.info(tmp_path / f"a{suffix}").samplerate == rate


@pytest.mark.parametrize("suffix", [".ogg", ".mp3"])
def test_three_minutes_are_encoded(tmp_path, suffix):
    wav.write(tmp_path / "a.wav", np.tile(noise(seconds=6.0)[:1], 30), RATE)
    encode(tmp_path / "a.wav", tmp_path / f"a{suffix}")
    assert soundfile.info(tmp_path / f"a{suffix}").duration == pytest.approx(180.0)


def test_it_runs_as_a_program(master):
    finished = subprocess.run(commands.encode(master, master.with_suffix(".flac")), check=False)
    assert finished.returncode == 0
    assert soundfile.info(master.with_suffix(".flac")).format == "FLAC"


def test_a_broken_source_ends_in_one_clear_line(master):
    master.write_bytes(master.read_bytes()[:1000])
    finished = subprocess.run(commands.encode(master, master.with_suffix(".mp3")), capture_output=True, check=False)
    assert (finished.returncode, finished.stderr) == (1, b"The WAV file is cut off.\n")
    assert [path.name for path in master.parent.iterdir()] == ["master.wav"]


def test_a_missing_source_and_an_unknown_format_are_named(master):
    with pytest.raises(EncodeError, match="missing"):
        encode(master.with_name("gone.wav"), master.with_suffix(".mp3"))
    with pytest.raises(EncodeError, match=r"no format for \.aiff"):
        encode(master, master.with_suffix(".aiff"))


def test_a_target_that_cannot_be_written_leaves_nothing(master):
    finished = subprocess.run(
        commands.encode(master, master.parent / "no folder" / "a.mp3"), capture_output=True, check=False
    )
    assert (finished.returncode, finished.stderr) == (1, b"No such file or directory\n")


def test_a_full_disk_has_an_exit_code_of_its_own(capsys):
    with pytest.raises(SystemExit) as ended, ending_in_words():
        Path("/dev/full").write_bytes(b"sound")
    assert ended.value.code == DISK_FULL
    assert capsys.readouterr().err == "No space left on device\n"


def test_command_lines_are_made_without_loading_anything_heavy():
    heavy = "{'numpy', 'scipy', 'soundfile', 'matplotlib', 'librosa'}"
    code = f"import sys, soundbox.audio.commands; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
