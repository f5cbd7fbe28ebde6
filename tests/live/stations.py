"""A station with short, steady sounds, a clock that tests set, and the site on a port for real players."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import numpy as np
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import BaseWSGIServer, make_server

from soundbox.audio import on_air, wav
from soundbox.audio.cut import Cut
from soundbox.audio.peaks import peaks
from soundbox.audio.samples import Samples
from soundbox.extensions import db
from soundbox.live import timeline
from soundbox.stations.models import Station
from soundbox.stations.rules import StationRule
from soundbox.tracks.air import SUFFIX
from tests.making import make_track

RATE = 48_000
OFF_AIR = "1-filler.aac"  # a segment by a good name that is not to be had
START_MS = timeline.moment_of(timeline.start_of(50_000)) + 300_000  # in the middle of a period


def segment_on_air(client: FlaskClient, slug: str) -> str:
    """The name of one that can be had now."""
    playlist = client.get(f"/stations/{slug}/live.m3u8").text
    return next((name.rpartition("/")[2] for name in playlist.split() if name.endswith(".aac")), OFF_AIR)


class Clock:
    """What the broadcast takes for the time."""

    def __init__(self) -> None:
        self.ms = START_MS

    def __call__(self) -> int:
        return self.ms

    def pass_seconds(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)


def make_station(slug: str = "all", **rule: Any) -> str:
    with db.write() as session:
        Station.make(session, slug.title(), StationRule.model_validate(rule), slug=slug, is_hidden=False)
    return slug


def make_sound(app: Flask, hertz: float = 440.0, seconds: float = 4.0, *, is_cut: bool = True, **facts: Any) -> str:
    """A track of a steady tone in both ears, which begins and ends at full level."""
    tone = tone_of(hertz, seconds)
    track_id = make_track(app, seconds=seconds, prompt=f"a tone of {hertz} hertz", peaks=peaks(tone), **facts)
    media = app.extensions["soundbox_media"]
    media.write(f"{track_id}.1.wav", lambda path: wav.write(path, tone, RATE))
    if is_cut:
        media.write(f"{track_id}.1.{SUFFIX}", lambda path: path.write_bytes(cut_of(hertz, seconds)))
    return track_id


def tone_of(hertz: float, seconds: float) -> Samples:
    moments = np.arange(round(seconds * RATE)) / RATE
    return np.stack([0.3 * np.sin(2 * np.pi * hertz * moments)] * 2).astype(np.float32)


@lru_cache
def cut_of(hertz: float, seconds: float) -> bytes:
    tone = tone_of(hertz, seconds)
    return on_air.encode(on_air.broadcastable(tone, RATE, Cut.of(seconds, loop=False, peaks=peaks(tone))))


@contextmanager
def on_port(app: Flask, port: int = 0) -> Iterator[BaseWSGIServer]:
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
