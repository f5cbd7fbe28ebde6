"""Every 26.5 hours the timestamps of segments, 33 bits of MPEG's clock, begin again at nothing: nobody hears it."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import av
import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.audio.cut import FRAME_SAMPLES
from soundbox.audio.packed import OWNER, TICKS, TICKS_WRAP
from soundbox.config import Config
from soundbox.live import timeline

from .stations import RATE, START_MS, Clock, make_sound, make_station, on_port
from .test_players import FROM_THE_START, LONGEST_QUIET_MS, clicks, quiet_ms

TICKS_A_FRAME = FRAME_SAMPLES * TICKS // RATE
HEARD_SECONDS = 28


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Players hear the same from every database: one is enough here."""
    return f"sqlite:///{tmp_path / 'soundbox.sqlite3'}"


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return Config.load(tmp_path / "instance", database=database_url, worker="none")


@pytest.fixture
def wrapping(open_app: Flask, clock: Clock) -> str:
    """A station whose playlist has the next wrap in its middle."""
    for hertz, seconds in ((440.0, 4.0), (554.0, 5.5), (660.0, 4.6), (330.0, 6.3)):
        make_sound(open_app, hertz, seconds)
    wraps = timeline.frame_at(START_MS) * TICKS_A_FRAME // TICKS_WRAP + 1
    clock.ms = timeline.moment_of(wraps * TICKS_WRAP // TICKS_A_FRAME) + 6_000
    return make_station()


def stamps(client: FlaskClient, slug: str) -> list[int]:
    """The timestamps of the segments in its playlist."""
    names = re.findall(r"^[^#].*\.aac$", client.get(f"/stations/{slug}/live.m3u8").text, re.MULTILINE)
    tags = [client.get(name).data.partition(OWNER)[2] for name in names]
    return [struct.unpack_from(">Q", tag)[0] for tag in tags]


def test_the_timestamps_of_this_playlist_begin_again(open_app: Flask, wrapping: str) -> None:
    told = stamps(open_app.test_client(), wrapping)
    falls = [place for place in range(1, len(told)) if told[place] < told[place - 1]]
    assert len(falls) == 1 and 2 <= falls[0] <= len(told) - 2
    assert all(0 <= stamp < TICKS_WRAP for stamp in told)


def test_pyav_reads_across_without_a_gap(open_app: Flask, wrapping: str) -> None:
    parts, times = [], []
    with on_port(open_app) as server:
        address = f"http://127.0.0.1:{server.port}/stations/{wrapping}/live.m3u8"
        with av.open(address, options=FROM_THE_START, timeout=30) as container:
            for frame in container.decode(audio=0):
                parts.append(frame.to_ndarray())
                times.append(frame.time)
                if len(parts) * FRAME_SAMPLES >= HEARD_SECONDS * RATE:
                    break
    signal = np.concatenate(parts, axis=1)
    assert quiet_ms(signal[:, RATE // 10 :]) <= LONGEST_QUIET_MS
    assert clicks(signal) < 3.0
    steps = np.diff(np.array(times, dtype=float))
    assert np.allclose(steps, FRAME_SAMPLES / RATE, atol=0.002), (steps.min(), steps.max())
