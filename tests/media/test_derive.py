import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from soundbox.media.derive import DeriveFailed, derived
from soundbox.media.local import LocalMedia, MediaFull, MediaMissing

MASTER = "ab" + "0" * 30 + ".3.wav"
COPY = "ab" + "0" * 30 + ".3.mp3"
COPYING = """
import sys, pathlib
source, target, log = map(pathlib.Path, sys.argv[1:])
with log.open("a") as file:
    file.write("made\\n")
target.write_bytes(b"half")
target.write_bytes(source.read_bytes() + b" as mp3")
"""
HELD_BACK = """
import sys, pathlib
source, target, folder = map(pathlib.Path, sys.argv[1:])
target.write_bytes(b"half")
(folder / "started").open("w").close()
(folder / "go on").open().close()
target.write_bytes(b"too late")
"""
FAILING = """
import sys
for word in ("in", "out"):
    with open(sys.argv[3], "a") as log:
        log.write(word + "\\n")
    sum(range(1_000_000))
sys.exit(1)
"""
CALLER = """
import sys, pathlib
from soundbox.media.derive import derived
from soundbox.media.local import LocalMedia
root, source, target, code, log = sys.argv[1:]
command = lambda a, b: [sys.executable, "-c", code, str(a), str(b), log]
sys.stdout.write(derived(LocalMedia(pathlib.Path(root)), source, target, command).read_text())
"""


@pytest.fixture
def media(tmp_path):
    media = LocalMedia(tmp_path / "media")
    media.write(MASTER, lambda path: path.write_bytes(b"rain"))
    return media


@pytest.fixture
def log(tmp_path):
    return tmp_path / "log"


def program(code, *more):
    return lambda source, target: [sys.executable, "-c", code, str(source), str(target), *map(str, more)]


def remains(media):
    return sorted(path.name for path in media.root.glob("*/*"))


def test_a_file_is_made_once_and_kept(media, log):
    first = derived(media, MASTER, COPY, program(COPYING, log))
    again = derived(media, MASTER, COPY, program("raise SystemExit('made again')"))
    assert first == again == media.path(COPY)
    assert first.read_bytes() == b"rain as mp3"
    assert remains(media) == [COPY, MASTER]


def test_threads_that_ask_together_get_the_one_file(media, log):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: derived(media, MASTER, COPY, program(COPYING, log)).read_bytes(), range(4)))
    assert answers == [b"rain as mp3"] * 4
    assert log.read_text() == "made\n"


def test_processes_that_ask_together_get_the_one_file(media, log):
    call = [sys.executable, "-c", CALLER, str(media.root), MASTER, COPY, COPYING, str(log)]
    callers = [subprocess.Popen(call, stdout=subprocess.PIPE) for _ in range(3)]
    assert [caller.communicate()[0] for caller in callers] == [b"rain as mp3"] * 3
    assert log.read_text() == "made\n"
    assert remains(media) == [COPY, MASTER]


def test_callers_whose_child_fails_take_turns(media, log):
    def try_again_and_again(_):
        for _ in range(4):
            with pytest.raises(DeriveFailed):
                derived(media, MASTER, COPY, program(FAILING, log))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(try_again_and_again, range(3)))
    assert log.read_text() == "in\nout\n" * 12


def test_the_words_of_a_child_that_fails_are_passed_on(media):
    with pytest.raises(DeriveFailed, match=r"^This file could not be made: the WAV file is cut off\.$"):
        derived(media, MASTER, COPY, program("raise SystemExit('the WAV file is cut off.')"))
    assert remains(media) == [MASTER]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "was stopped"),
        ("pass", "gave nothing"),
        ("import time; time.sleep(60)", "longer than 0.5 seconds"),
    ],
)
def test_a_child_that_is_killed_gives_nothing_or_hangs_is_named(media, code, words):
    with pytest.raises(DeriveFailed, match=words):
        derived(media, MASTER, COPY, program(code), timeout_seconds=0.5)
    assert remains(media) == [MASTER]


def test_a_child_that_finds_the_disk_full_says_so_by_its_exit_code(media):
    with pytest.raises(MediaFull, match=r"^The disk is full\.$"):
        derived(media, MASTER, COPY, program(f"raise SystemExit({errno.ENOSPC})"))


def test_a_program_that_is_not_there_is_named(media):
    with pytest.raises(DeriveFailed, match="No such file"):
        derived(media, MASTER, COPY, lambda _source, _target: ["/no/such/program"])


def test_without_a_source_nothing_is_started(media, log):
    media.delete(MASTER)
    with pytest.raises(MediaMissing):
        derived(media, MASTER, COPY, program(COPYING, log))
    assert not log.exists()


def test_a_caller_that_is_killed_leaves_no_half_file_and_no_lock(media, tmp_path, log):
    os.mkfifo(tmp_path / "started")
    os.mkfifo(tmp_path / "go on")
    caller = subprocess.Popen([sys.executable, "-c", CALLER, str(media.root), MASTER, COPY, HELD_BACK, str(tmp_path)])
    (tmp_path / "started").open().close()  # opens when its child has written half
    caller.kill()
    caller.wait()
    assert not media.exists(COPY)
    assert derived(media, MASTER, COPY, program(COPYING, log)).read_bytes() == b"rain as mp3"
    (tmp_path / "go on").open("w").close()
    assert media.path(COPY).read_bytes() == b"rain as mp3"


def test_an_abandoned_lock_holds_nobody_up(media, log):
    lock = media.root / "ab" / f".lock-{COPY}"
    lock.touch()
    os.utime(lock, (0, 0))
    assert derived(media, MASTER, COPY, program(COPYING, log)).exists()
    assert not lock.exists()
