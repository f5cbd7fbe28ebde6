"""One child for many files: it is replaced when it ends, and a file that kills it takes nothing along."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from soundbox.media.child import Child
from soundbox.media.derive import DeriveFailed
from soundbox.media.local import MediaFull

PROGRAM = """
import errno, os, signal, sys, time
from soundbox.audio import program

def make(what, target="", *rest):
    if what == "write":
        with open(target, "w") as file:
            file.write(str(os.getpid()))
    elif what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "hang":
        time.sleep(60)
    elif what == "full":
        raise OSError(errno.ENOSPC, "full")
    else:
        raise ValueError("It is broken")

program.MOST_LINES = 3
program.answer_lines(make, ValueError)
"""
PARENT = """
import os, signal, sys
from soundbox.media.child import Child

Child([sys.executable, "-c", sys.argv[1]]).make("write", sys.argv[2])
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def child():
    made = Child([sys.executable, "-c", PROGRAM], timeout_seconds=5.0)
    yield made
    made.stop()


def maker_of(child: Child, path: Path) -> int:
    """The process that makes a file just now."""
    child.make("write", path)
    return int(path.read_text())


def test_one_process_makes_several_files_and_then_another_takes_over(child, tmp_path):
    makers = [maker_of(child, tmp_path / "file") for _ in range(7)]
    assert [makers.count(one) for one in dict.fromkeys(makers)] == [3, 3, 1]


def test_one_that_was_killed_meanwhile_is_replaced_and_nobody_notices(child, tmp_path):
    first = maker_of(child, tmp_path / "file")
    os.kill(first, signal.SIGKILL)
    assert maker_of(child, tmp_path / "file") != first


def test_a_file_that_kills_it_fails_alone(child, tmp_path):
    maker_of(child, tmp_path / "file")
    with pytest.raises(DeriveFailed, match="the program that makes it was stopped"):
        child.make("die")
    assert maker_of(child, tmp_path / "file")


def test_it_says_what_is_wrong_and_goes_on(child, tmp_path):
    with pytest.raises(DeriveFailed, match=r"^This file could not be made: It is broken\.$"):
        child.make("break")
    with pytest.raises(MediaFull):
        child.make("full")
    assert maker_of(child, tmp_path / "file")


def test_one_that_hangs_is_ended(tmp_path):
    child = Child([sys.executable, "-c", PROGRAM], timeout_seconds=0.5)
    with pytest.raises(DeriveFailed, match=r"longer than 0\.5 seconds"):
        child.make("hang")
    child.stop()


def test_it_ends_with_its_parent_however_that_ends(tmp_path):
    command = [sys.executable, "-c", PARENT, PROGRAM, str(tmp_path / "file")]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    with contextlib.suppress(ProcessLookupError):  # it has ended already
        ended, _, _ = select.select([os.pidfd_open(int((tmp_path / "file").read_text()))], [], [], 30.0)
        assert ended
