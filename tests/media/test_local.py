import errno
import os
import shutil
import time
from pathlib import Path

import pytest

from soundbox.media.local import LocalMedia, MediaFull, MediaMissing

RAIN = "ab" + "0" * 30 + ".3.wav"
RAIN_DISC = "ab" + "0" * 30 + ".3.disc.png"
WIND = "cd" + "1" * 30 + ".1.wav"


@pytest.fixture
def media(tmp_path):
    return LocalMedia(tmp_path / "media")


def put(content):
    return lambda path: path.write_bytes(content)


def leftovers(media):
    return [path.name for path in media.root.glob("*/*") if path.name.startswith(".")]


def test_content_lies_in_a_folder_of_its_first_two_digits(media):
    written = media.write(RAIN, put(b"rain"))
    assert written == media.path(RAIN) == media.root / "ab" / RAIN
    assert (written.read_bytes(), media.size(RAIN), media.exists(RAIN)) == (b"rain", 4, True)
    assert leftovers(media) == []


def test_writing_again_replaces_the_whole(media):
    media.write(RAIN, put(b"a long first take"))
    media.write(RAIN, put(b"rain"))
    assert media.path(RAIN).read_bytes() == b"rain"


def test_the_writer_sees_a_path_with_the_same_suffix_in_the_same_folder(media):
    seen = []
    media.write(RAIN_DISC, lambda path: seen.append(path) or path.write_bytes(b"x"))
    assert (seen[0].suffix, seen[0].parent) == (".png", media.path(RAIN_DISC).parent)


def test_what_the_check_refuses_never_gets_its_name(media):
    def refuse(path):
        raise ValueError(f"{path.stat().st_size} bytes are too few")

    media.write(RAIN, put(b"good"))
    with pytest.raises(ValueError, match="4 bytes are too few"):
        media.write(RAIN, put(b"poor"), check=refuse)
    assert media.path(RAIN).read_bytes() == b"good"
    assert leftovers(media) == []


def test_a_writer_that_breaks_off_leaves_nothing(media):
    def break_off(path):
        path.write_bytes(b"half")
        raise RuntimeError("the sound broke off")

    with pytest.raises(RuntimeError, match="broke off"):
        media.write(RAIN, break_off)
    assert not media.exists(RAIN)
    assert leftovers(media) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_said_in_words(media):
    def fill(path):
        path.write_bytes(b"half")
        with Path("/dev/full").open("wb", buffering=0) as device:
            device.write(b"more")

    with pytest.raises(MediaFull, match=r"^The disk is full\.$"):
        media.write(RAIN, fill)
    assert leftovers(media) == []


def test_other_faults_of_the_disk_keep_their_own_words(media):
    def fail(path):
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        media.write(RAIN, fail)


def test_missing_content_is_named(media):
    for ask in (media.path, media.size):
        with pytest.raises(MediaMissing, match=RAIN):
            ask(RAIN)
    assert not media.exists(RAIN)


def test_deleting_twice_is_no_fault(media):
    media.write(RAIN, put(b"rain"))
    media.delete(RAIN)
    media.delete(RAIN)
    assert not media.exists(RAIN)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "rain.wav",
        "../" + RAIN,
        RAIN.upper(),
        "ab" + "0" * 30,
        RAIN + "/x",
        RAIN + "\n",
        RAIN + ".",
        "ab" + "0" * 30 + "..wav",
        "ab" + "0" * 30 + ".1.2.3.4.wav",
        "/etc/passwd",
        "ab" + "0" * 30 + ".1/../../../x",
        "ab" + "0" * 30 + ".\0.wav",
    ],
)
def test_a_malformed_key_is_refused_everywhere(media, key):
    for ask in (
        media.path,
        media.place,
        media.exists,
        media.size,
        media.delete,
        lambda key: media.write(key, put(b"")),
    ):
        with pytest.raises(ValueError, match="Not a media key"):
            ask(key)


@pytest.mark.parametrize(
    ("prefix", "found"),
    [("", [RAIN_DISC, RAIN, WIND]), ("a", [RAIN_DISC, RAIN]), ("ab00", [RAIN_DISC, RAIN]), ("cd2", []), ("*", [])],
)
def test_keys_are_listed_by_prefix(media, prefix, found):
    for key in (WIND, RAIN, RAIN_DISC):
        media.write(key, put(b"x"))
    (media.root / "ab" / ".tmp-1-x").touch()
    assert list(media.keys(prefix)) == found


def test_the_room_left_is_known_before_the_folder_exists(media):
    assert media.free_bytes() == pytest.approx(shutil.disk_usage(media.root.parent).free, rel=0.05)


def test_a_sweep_removes_old_leftovers_and_old_content_nobody_keeps(media):
    for key in (RAIN, RAIN_DISC, WIND):
        media.write(key, put(b"x"))
    for name in (".tmp-1234-" + RAIN, ".lock-" + RAIN, "notes.txt"):
        (media.root / "ab" / name).touch()
    make_old(media)
    removed = media.sweep(keep=lambda key: key == RAIN, older_than_seconds=3600)
    assert sorted(removed) == sorted([".tmp-1234-" + RAIN, ".lock-" + RAIN, RAIN_DISC, WIND])
    assert list(media.keys()) == [RAIN]
    assert (media.root / "ab" / "notes.txt").exists()


def test_a_sweep_never_touches_what_is_young(media):
    media.write(RAIN, put(b"x"))
    assert media.sweep(keep=lambda _key: False, older_than_seconds=3600) == []
    assert media.exists(RAIN)


def make_old(media):
    yesterday = time.time() - 86_400
    for path in media.root.glob("*/*"):
        os.utime(path, (yesterday, yesterday))
