"""How a child process that makes a file ends when it cannot."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

DISK_FULL = errno.ENOSPC  # the exit code that says so to whoever started the program
CODES = {errno.ENOSPC: DISK_FULL, errno.EDQUOT: DISK_FULL}


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
