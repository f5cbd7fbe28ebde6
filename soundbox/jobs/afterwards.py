"""What is made for a track once it can be heard: its cut for the air and its picture with axes. On a thread of its own.

Nothing is lost without it: what is not made now is made when somebody asks for it.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading

from soundbox.extensions import Database
from soundbox.jobs.publishing import draw_labelled_later
from soundbox.media.local import LocalMedia
from soundbox.tracks.air import cut_early

log = logging.getLogger(__name__)

MOST_WAITING = 50


class Afterwards:
    def __init__(self, database: Database, media: LocalMedia) -> None:
        self._database = database
        self._media = media
        self._stems: queue.Queue[str | None] = queue.Queue(MOST_WAITING)
        self._thread = threading.Thread(target=self._make_all, name="afterwards", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """What has begun is still ended."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._stems.get_nowait()
        self._stems.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def soon(self, stem: str) -> None:
        try:
            self._stems.put_nowait(stem)
        except queue.Full:
            log.warning("The labelled picture and the cut for the air of %s are left for later", stem)

    def _make_all(self) -> None:
        while (stem := self._stems.get()) is not None:
            try:
                cut_early(self._database, self._media, stem)
                draw_labelled_later(self._media, stem)
            except Exception:
                log.exception("The picture or the cut for the air of %s could not be made", stem)
