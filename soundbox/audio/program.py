"""How a child process that makes a file begins, and how it ends when it cannot."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

DISK_FULL = errno.ENOSPC  # the exit code that says so to whoever started the program
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
