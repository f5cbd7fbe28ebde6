"""A station as one endless MP3: FFmpeg, its libraries and a plain HTTP client as listeners."""

from __future__ import annotations

import io
import multiprocessing
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import av
import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.config import Config, ConfigError
from soundbox.extensions import db
from soundbox.live import icy, timeline
from soundbox.live.seats import take_seat
from soundbox.stations.models import Station
from soundbox.tracks.models import Track
from tests.deploy.site import until

from .stations import RATE, START_MS, Clock, make_sound, make_station, on_port
from .test_players import QUIET_DB, began, listen, quiet_ms

SPEED = 6  # the clock of these tests runs so much faster
SAME_MOMENT_SECONDS = 0.15  # what is heard in the stream and live differ by no more
FRAME_BYTES = 384  # 24 ms at 128 kbit/s
SEATS = 2
HTML, ICY = {"Accept": "text/html"}, {"Icy-MetaData": "1"}


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Players hear the same from every database: one is enough here."""
    return f"sqlite:///{tmp_path / 'soundbox.sqlite3'}"


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return Config.load(tmp_path / "instance", database=database_url, worker="none", stream_listeners=SEATS)


@pytest.fixture
def station(open_app: Flask) -> str:
    for hertz, seconds in ((440.0, 2.1), (660.0, 2.4), (330.0, 2.7)):
        make_sound(open_app, hertz, seconds, title=f"It's {hertz:.0f}")
    return make_station()


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.monotonic()
    monkeypatch.setattr(timeline, "now_ms", lambda: START_MS + round(1000 * SPEED * (time.monotonic() - began)))


@contextmanager
def tuned(port: int, slug: str, **headers: str) -> Iterator[HTTPResponse]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", f"/stations/{slug}/stream.mp3", headers=headers)
        with connection.getresponse() as answer:
            yield answer


def sound_of(mp3: bytes) -> np.ndarray:
    """Shape (2, samples), of whole frames."""
    with av.open(io.BytesIO(mp3[: len(mp3) // FRAME_BYTES * FRAME_BYTES]), format="mp3") as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def changes(sound: np.ndarray) -> list[float]:
    """Seconds at which another tone begins, within a fiftieth; not that of the very first."""
    blocks = sound[0][: sound.shape[1] // 960 * 960].reshape(-1, 960)
    tones = [round(np.abs(np.fft.rfft(block * np.hanning(960), 9600)).argmax() / 22) for block in blocks]
    return [place / 50 for place in range(5, len(tones) - 2) if tones[place] != tones[place - 1] and
            tones[place] == tones[place + 1] == tones[place + 2]]  # fmt: skip


def titles_of(answer: HTTPResponse, count: int) -> tuple[list[str], bytes]:
    """The first so many titles, and the sound between them."""
    titles: list[str] = []
    sound = b""
    while len(titles) < count:
        sound += answer.read(icy.INTERVAL)
        if block := answer.read(answer.read(1)[0] * icy.UNIT):
            titles.append(re.fullmatch(r"StreamTitle='([^']*)';\0*", block.decode())[1])  # type: ignore[index]
    return titles, sound


def programme(client: FlaskClient, slug: str) -> list[str]:
    """What was, is and comes, in order."""
    now = client.get(f"/api/stations/{slug}/now-playing").json
    aired = [*reversed(now["song_history"]), now["now_playing"], now["playing_next"]]
    return [one["song"]["text"] for one in aired]


def test_it_is_off_unless_it_is_switched_on(open_app: Flask, station: str, clock: Clock) -> None:
    owner = open_app.test_client()
    assert "/stations/all/stream.mp3" in owner.get("/stations/all", headers=HTML).text
    assert [owner.get(f"/stations/all.{form}").text.count("stream.mp3") for form in ("m3u", "pls", "xspf")] == [1, 1, 1]
    open_app.config["SOUNDBOX"] = Config.load(open_app.config["SOUNDBOX"].instance, worker="none")
    refused = owner.get("/stations/all/stream.mp3", headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json["error"]) == (404, "There are no MP3 streams here")
    assert owner.get("/api/stations/all").json["stream_url"] is None
    pages = [owner.get(f"/stations/all.{form}").text for form in ("m3u", "pls", "xspf")]
    assert "stream.mp3" not in "".join([*pages, owner.get("/stations/all", headers=HTML).text])


def test_pyav_hears_one_sound_without_a_gap(open_app: Flask, station: str, fast: None) -> None:
    with on_port(open_app) as server:
        sound = listen(f"http://127.0.0.1:{server.port}/stations/{station}/stream.mp3", 10)
    assert len(changes(sound)) >= 3
    assert quiet_ms(sound[:, RATE // 5 :]) <= 40, QUIET_DB


def test_it_is_the_same_moment_as_live(open_app: Flask, station: str, clock: Clock) -> None:
    """All that is sent before its time, and no more: the clock stands still."""
    with on_port(open_app) as server:
        with tuned(server.port, station) as answer:
            streamed = sound_of(answer.read(icy.INTERVAL * 5 // 2))
        behind = START_MS / 1000 - began(open_app.test_client(), station)
        live = listen(f"http://127.0.0.1:{server.port}/stations/{station}/live.m3u8", 30)
        clock.pass_seconds(60)  # so that it finds its listener gone
    assert answer.headers["Content-Type"] == "audio/mpeg"
    here, there = changes(streamed), [moment - behind for moment in changes(live)]
    assert here
    for moment in here:
        assert min(abs(moment - other) for other in there) < SAME_MOMENT_SECONDS, (here, there)


def test_titles_come_within_the_sound_to_those_who_ask(open_app: Flask, station: str, fast: None) -> None:
    with on_port(open_app) as server, tuned(server.port, station, **ICY) as answer:
        titles, sound = titles_of(answer, 4)
        answer.read(8 * icy.INTERVAL)  # what was told is by now on air
        aired = programme(open_app.test_client(), station)
    told = answer.headers
    assert (answer.status, told["icy-metaint"], told["icy-name"]) == (200, str(icy.INTERVAL), "All")
    assert "\n".join(titles) in "\n".join(aired).replace("'", "’")
    assert all(re.fullmatch(r"owner - It’s \d+", title) for title in titles)
    assert sound_of(sound).shape[1] == pytest.approx(RATE * len(sound) / icy.INTERVAL, abs=4 * 1152)


def test_whoever_does_not_ask_gets_nothing_but_sound(open_app: Flask, station: str, fast: None) -> None:
    with on_port(open_app) as server, tuned(server.port, station) as answer:
        sound = answer.read(3 * icy.INTERVAL)
    assert "icy-metaint" not in answer.headers and b"StreamTitle" not in sound


def test_ffmpeg_reads_the_title(open_app: Flask, station: str, fast: None) -> None:
    with on_port(open_app) as server:
        address = f"http://127.0.0.1:{server.port}/stations/{station}/stream.mp3"
        told = subprocess.run(
            ["ffprobe", "-v", "error", "-show_entries", "format_tags", address],
            capture_output=True,
            text=True,
            timeout=60,
        ).stdout
    assert re.search(r"TAG:StreamTitle=owner - It’s \d+", told) and "TAG:icy-name=All" in told


@pytest.mark.parametrize(
    ("title", "shown"),
    [("rain", "rain"), ("It's'; x", "It’s’; x"), ("two\r\nlines\0", "two  lines "), ("雨" * 200, "雨" * 133)],
)
def test_a_title_cannot_break_out_of_its_block(title: str, shown: str) -> None:
    block = icy.block(title)
    assert len(block) == 1 + block[0] * icy.UNIT
    assert block[1:].rstrip(b"\0").decode() == f"StreamTitle='{shown}';"


def test_more_than_may_are_told_when_to_come_again_until_one_has_gone(
    open_app: Flask, station: str, fast: None
) -> None:
    asked = {"Accept": "application/json"}
    with on_port(open_app) as server:
        address, owner = f"/stations/{station}/stream.mp3", open_app.test_client()
        with tuned(server.port, station) as first, tuned(server.port, station) as second:
            assert first.read(100) and second.read(100)
            refused = owner.get(address, headers=asked)
            assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
            assert refused.json["error"] == "2 listeners have a stream here, and more than that nobody can"
        until(lambda: owner.head(address).status_code == 200, "somebody's thread is free again")
        assert [owner.head(address).status_code for _ in range(SEATS + 1)] == [200] * (SEATS + 1)


def test_the_seat_of_a_process_that_was_killed_is_free(tmp_path: Path) -> None:
    parent, child = multiprocessing.Pipe()
    process = multiprocessing.get_context("forkserver").Process(target=sit, args=(tmp_path, child))
    process.start()
    assert parent.recv() and take_seat(tmp_path, 1) is None
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert take_seat(tmp_path, 1) is not None


def sit(folder: Path, told) -> None:
    seat = take_seat(folder, 1)
    told.send(seat is not None)
    signal.pause()


def test_a_sound_that_is_taken_away_is_filled(open_app: Flask, station: str, fast: None) -> None:
    with on_port(open_app) as server, tuned(server.port, station, **ICY) as answer:
        heard, _ = titles_of(answer, 1)
        with db.write() as session:
            for track in session.query(Track):
                track.withhold(session, "operator")
        while heard[-1] != "Something else":
            heard += titles_of(answer, 1)[0]
    assert heard[0].startswith("owner - It’s")


def test_a_station_that_is_hidden_meanwhile_ends(open_app: Flask, station: str, fast: None) -> None:
    with on_port(open_app) as server, tuned(server.port, station) as answer:
        assert answer.read(100)
        with db.write() as session:
            session.delete(Station.with_slug(session, station))
        assert len(answer.read()) < 20 * icy.INTERVAL


def test_a_station_that_is_not_there_or_has_nothing_to_play_says_so(open_app: Flask, clock: Clock) -> None:
    make_station()
    owner = open_app.test_client()
    assert owner.get("/stations/none/stream.mp3").status_code == 404
    assert owner.get("/stations/all/stream.mp3").status_code == 503


def test_half_of_the_threads_are_kept_for_pages(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="at most half of them"):
        Config.load(tmp_path, threads=16, stream_listeners=9)
    assert Config.load(tmp_path, threads=16, stream_listeners=8).stream_listeners == 8
