"""Nothing outlives `soundbox serve`: its children hold the reading end of a pipe that ends when it dies."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

VARIABLE = "SOUNDBOX_PARENT_PIPE"


def watch_parent(on_death: Callable[[], None]) -> None:
    """Call `on_death` from a thread once the parent is gone; nothing to do for a process started by hand."""
    descriptor = os.environ.pop(VARIABLE, None)
    if descriptor is None:
        return

    def wait() -> None:
        while os.read(int(descriptor), 1):
            pass
        on_death()

    threading.Thread(target=wait, name="parent-watch", daemon=True).start()
