"""FFmpeg, and PyAV around its libraries, as listeners of a station."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import av
import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.app import create_app
from soundbox.config import Config

from .stations import RATE, Clock, make_sound, make_station, on_port

FROM_THE_START = {"live_start_index": "0"}  # of the playlist: what is in it is heard at once
QUIET_DB, LONGEST_QUIET_MS = -40.0, 30
CHANGES = 4
HEARD_SECONDS = 28
PATIENCE_SECONDS = 30


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Players hear the same from every database: one is enough here."""
    return sqlite_url


@pytest.fixture
def station(open_app: Flask, clock: Clock) -> str:
    for hertz, seconds in ((440.0, 4.0), (554.0, 5.5), (660.0, 4.6), (330.0, 6.3)):
        make_sound(open_app, hertz, seconds)
    return make_station()


def decoded(address: str) -> Iterator[np.ndarray]:
    with av.open(address, options=FROM_THE_START, timeout=PATIENCE_SECONDS) as container:
        for frame in container.decode(audio=0):
            yield frame.to_ndarray()


def listen(address: str, seconds: float) -> np.ndarray:
    """Shape (2, samples)."""
    parts, length = [], 0
    for part in decoded(address):
        parts.append(part)
        length += part.shape[1]
        if length >= seconds * RATE:
            break
    return np.concatenate(parts, axis=1)


def quiet_ms(signal: np.ndarray) -> int:
    """The longest time in which nothing is heard, told in fives."""
    blocks = signal[:, : signal.shape[1] // 240 * 240].mean(axis=0).reshape(-1, 240)
    is_quiet = np.square(blocks).mean(axis=1) < 10 ** (QUIET_DB / 10)
    return 5 * max((len(run) for run in "".join("q" if one else " " for one in is_quiet).split()), default=0)


def pitches(signal: np.ndarray) -> list[int]:
    """What tone is heard, tenth of a second by tenth, without repetition."""
    blocks = signal[0][: signal.shape[1] // 4800 * 4800].reshape(-1, 4800)
    loudest = np.abs(np.fft.rfft(blocks * np.hanning(4800), axis=1)).argmax(axis=1) * 10
    return [int(now) for before, now in zip([0, *loudest], loudest, strict=False) if abs(now - before) > 15]


def clicks(signal: np.ndarray) -> float:
    """The largest second difference, against that of a tone of 660 Hz at the level of the signal."""
    return float(np.abs(np.diff(signal[0][RATE:], n=2)).max() / (np.abs(signal).max() * (2 * np.pi * 660 / RATE) ** 2))


def began(client: FlaskClient, slug: str) -> float:
    """The moment of the first sample in its playlist."""
    text = client.get(f"/stations/{slug}/live.m3u8").text
    return datetime.fromisoformat(re.search(r"DATE-TIME:(\S+)", text)[1]).timestamp()  # type: ignore[index]


def test_pyav_hears_no_silence_and_no_click_at_joins(open_app: Flask, station: str) -> None:
    with on_port(open_app) as server:
        signal = listen(f"http://127.0.0.1:{server.port}/stations/{station}/live.m3u8", HEARD_SECONDS)
    assert len(pitches(signal)) > CHANGES
    assert quiet_ms(signal[:, RATE // 10 :]) <= LONGEST_QUIET_MS
    assert clicks(signal) < 3.0


def test_ffmpeg_hears_the_same(open_app: Flask, station: str, tmp_path: Path) -> None:
    with on_port(open_app) as server:
        address = f"http://127.0.0.1:{server.port}/stations/{station}/live.m3u8"
        given = ["-v", "warning", "-live_start_index", "0", "-i", address, "-t", str(HEARD_SECONDS)]
        ended = subprocess.run(
            ["ffmpeg", *given, "-f", "f32le", tmp_path / "heard"], capture_output=True, text=True, timeout=60
        )
        by_pyav = listen(address, HEARD_SECONDS)[:, : HEARD_SECONDS * RATE]
    signal = np.fromfile(tmp_path / "heard", "<f4").reshape(-1, 2).T
    assert ended.returncode == 0
    assert not re.search("discontinu|non.monoton|invalid|error", ended.stderr, re.IGNORECASE), ended.stderr
    assert signal.shape == by_pyav.shape
    assert np.allclose(signal, by_pyav, atol=1e-4)


def test_two_who_start_seven_seconds_apart_hear_the_same_at_the_same_time(
    open_app: Flask, station: str, clock: Clock
) -> None:
    client = open_app.test_client()
    with on_port(open_app) as server:
        address = f"http://127.0.0.1:{server.port}/stations/{station}/live.m3u8"
        first_began, first = began(client, station), listen(address, HEARD_SECONDS)
        clock.pass_seconds(7)
        later_began, later = began(client, station), listen(address, HEARD_SECONDS)
    apart = round((later_began - first_began) * RATE / 1024) * 1024
    assert apart > 2 * RATE
    together = first[:, apart + 1024 :]
    assert together.shape[1] > 15 * RATE
    assert np.allclose(together, later[:, 1024 : 1024 + together.shape[1]], atol=1e-6)


def test_a_restart_is_not_heard(open_app: Flask, station: str, clock: Clock, config: Config) -> None:
    with on_port(open_app) as server:
        port = server.port
        sound = decoded(f"http://127.0.0.1:{port}/stations/{station}/live.m3u8")
        parts = [next(sound) for _ in range(400)]
    clock.pass_seconds(4)
    with on_port(create_app(config), port):
        parts += [next(sound) for _ in range(1400)]
        sound.close()
    signal = np.concatenate(parts, axis=1)
    assert signal.shape[1] == 1800 * 1024
    assert quiet_ms(signal[:, RATE // 10 :]) <= LONGEST_QUIET_MS
    assert clicks(signal) < 3.0


def test_a_sound_that_is_taken_away_is_filled_without_a_gap(open_app: Flask, station: str, clock: Clock) -> None:
    client = open_app.test_client()
    gone = client.get(f"/api/stations/{station}/now-playing").json["now_playing"]["song"]["id"]
    before = client.get(f"/stations/{station}/live.m3u8").text
    with on_port(open_app) as server:
        assert client.patch(f"/api/library/{gone}", json={"visibility": "private"}).status_code == 200
        after = client.get(f"/stations/{station}/live.m3u8").text
        signal = listen(f"http://127.0.0.1:{server.port}/stations/{station}/live.m3u8", HEARD_SECONDS)
    durations = re.compile(r"#EXTINF:([\d.]+)|live/(\d+)-")
    assert durations.findall(before) == durations.findall(after)
    assert "-filler.aac" in after
    assert gone[:8] not in after
    assert quiet_ms(signal[:, RATE // 10 :]) <= LONGEST_QUIET_MS
    taken = next(line for line in before.splitlines() if f"-{gone[:8]}" in line)
    assert client.get(taken).status_code == 410
