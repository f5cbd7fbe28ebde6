"""How a child process that makes files begins, and what it says when it cannot."""

from __future__ import annotations

import errno
import json
import os
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

DISK_FULL = errno.ENOSPC  # the exit code that says so to whoever started the program
MOST_LINES = 200  # then whoever asks starts another, and what leaked goes
IDLE_SECONDS = 300.0  # until a child that nobody asks for anything ends
CODES = {errno.ENOSPC: DISK_FULL, errno.EDQUOT: DISK_FULL}


def use_every_core() -> None:
    """A web process keeps to one core, and what it starts would slow it down there."""
    os.sched_setaffinity(0, range(os.cpu_count() or 1))


@contextmanager
def ending_in_words(*expected: type[Exception]) -> Iterator[None]:
    """Turn an expected error into one line on stderr and exit code 1, a full disk into its own code."""
    try:
        yield
    except OSError as error:
        sys.stderr.write(f"{error.strerror or error}\n")
        sys.exit(CODES.get(error.errno or 0, 1))
    except expected as error:
        sys.exit(str(error))


def answer_lines(make: Callable[..., None], *expected: type[Exception]) -> None:
    """Call `make` with the words of each line of stdin, and answer it: 0 and nothing, or an exit code and words.

    Ends with stdin, after `MOST_LINES`, or when nothing came for `IDLE_SECONDS`; an error that nobody expected ends it
    without an answer.
    """
    for _ in range(MOST_LINES):
        asked, _, _ = select.select([sys.stdin], [], [], IDLE_SECONDS)
        line = sys.stdin.readline() if asked else ""
        if not line:
            return
        answer = _answer(make, json.loads(line), expected)
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


def _answer(make: Callable[..., None], words: list[str], expected: tuple[type[Exception], ...]) -> tuple[int, str]:
    try:
        make(*words)
    except OSError as error:
        return CODES.get(error.errno or 0, 1), error.strerror or str(error)
    except expected as error:
        return 1, str(error)
    return 0, ""
