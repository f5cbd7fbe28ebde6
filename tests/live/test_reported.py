"""Listeners whom a real nginx answers from its cache are counted, too."""

from __future__ import annotations

import json
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.bench.live import NoNginx, nginx
from soundbox.live.listening import Counter
from soundbox.live.reported import Reports
from tests.conftest import lacking

from .stations import Clock, make_sound, make_station, on_port

AGENTS = ("VLC", "a browser", "FFmpeg")


@pytest.fixture
def reports(open_app: Flask) -> Reports:
    make_station()
    make_sound(open_app)
    return Reports(open_app.extensions["soundbox_listeners"], 0, hops=1)


@pytest.fixture
def proxy(open_app: Flask, reports: Reports, clock: Clock, tmp_path: Path) -> Iterator[int]:
    try:
        with on_port(open_app) as site, nginx(tmp_path, site.port, reports.port) as port:
            yield port
    except NoNginx as missing:
        lacking(str(missing))


def counted(app: Flask, client: FlaskClient) -> int:
    app.extensions["soundbox_listeners"].write()
    count: int = client.get("/api/stations/all/now-playing").json["listeners"]["current"]
    return count


def report(reports: Reports, **told: object) -> None:
    """As nginx sends one."""
    facts = {"uri": "/stations/all/live.m3u8", "status": "200", "for": "198.51.100.7", "agent": "VLC", **told}
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.sendto(f"<190>Nov 28 12:00:00 nginx: {json.dumps(facts)}".encode(), ("127.0.0.1", reports.port))
    sender.close()


def test_everybody_is_counted_though_the_site_answers_one(
    open_app: Flask, owner: FlaskClient, reports: Reports, proxy: int
) -> None:
    for agent in (*AGENTS, *AGENTS):
        asked = urllib.request.Request(
            f"http://127.0.0.1:{proxy}/stations/all/live.m3u8", headers={"User-Agent": agent}
        )
        urllib.request.urlopen(asked).close()
        reports.read()  # waits for the report of this one
    assert counted(open_app, owner) == len(AGENTS)


def test_a_listener_is_one_whether_the_site_or_nginx_answers(
    open_app: Flask, owner: FlaskClient, reports: Reports, clock: Clock
) -> None:
    owner.get("/stations/all/live.m3u8", headers={"User-Agent": "VLC"})
    report(reports, **{"for": "203.0.113.5, 127.0.0.1"})  # the first is what the listener says of itself
    reports.read()
    assert counted(open_app, owner) == 1


def test_only_playlists_that_were_sent_count(open_app: Flask, owner: FlaskClient, reports: Reports) -> None:
    for told in (
        {"status": "404"},
        {"uri": "/stations/all/live/1-filler.aac"},
        {"uri": "/stations/none/live.m3u8"},
        {"uri": 5},
        {"for": None},
    ):
        report(reports, **told)
        reports.read()
    assert counted(open_app, owner) == 0


def test_what_was_counted_is_written_without_who_it_was(open_app: Flask, reports: Reports, tmp_path: Path) -> None:
    report(reports, agent="a very special browser")
    reports.read()
    counter: Counter = open_app.extensions["soundbox_listeners"]
    counter.write()
    told = str(vars(counter))
    assert "198.51.100.7" not in told and "special" not in told
