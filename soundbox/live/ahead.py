"""Cuts what comes next on air before anybody asks for it, on a thread that lives while there is something to cut."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable

from soundbox.media.local import LocalMedia, MediaError
from soundbox.tracks.air import cut_for_air, is_cut
from soundbox.tracks.models import Track

log = logging.getLogger(__name__)


class Ahead:
    """Of one process; other processes that cut the same wait for each other and get one file."""

    def __init__(self, media: LocalMedia) -> None:
        self._media = media
        self._waiting: dict[str, Track] = {}  # by stem, in the order in which they are on
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def cut(self, tracks: Iterable[Track]) -> None:
        missing = {track.stem: track for track in tracks if not is_cut(self._media, track)}
        if not missing:
            return
        with self._lock:
            self._waiting |= missing
            if self._thread is None:
                self._thread = threading.Thread(target=self._cut_all, name="ahead", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until nothing is left to cut."""
        if thread := self._thread:
            thread.join()

    def _cut_all(self) -> None:
        while track := self._next():
            try:
                cut_for_air(self._media, track)
            except MediaError as error:
                log.warning("%s could not be cut for the air: %s", track.stem, error)
            except Exception:
                log.exception("%s could not be cut for the air", track.stem)

    def _next(self) -> Track | None:
        """None: this thread ends."""
        with self._lock:
            if not self._waiting:
                self._thread = None
                return None
            return self._waiting.pop(next(iter(self._waiting)))
