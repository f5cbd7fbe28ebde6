"""Stations for any player, as podcasts, and on other people's pages; podcasts of makers."""

from __future__ import annotations

import json
import re
from email.utils import parsedate_to_datetime
from html import unescape
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from soundbox.extensions import db
from soundbox.feeds import enclosures
from soundbox.stations import cards
from soundbox.stations.house import add_house_stations
from tests.making import make_track

HTML = {"Accept": "text/html"}
ITUNES, XSPF = "{http://www.itunes.com/dtds/podcast-1.0.dtd}", "{http://xspf.org/ns/0/}"
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # what is written is no database's matter
pytestmark = SQLITE


@pytest.fixture
def rain(open_app: Flask) -> str:
    with db.write() as session:
        add_house_stations(session)
    make_track(open_app, prompt="driving techno")
    return make_track(open_app, prompt="slow rain <b>& thunder", kind="audio", seconds=2.5)


@pytest.fixture
def on_air(monkeypatch: pytest.MonkeyPatch) -> None:
    def everywhere(_session: object, stations: Any) -> dict[int, cards.OnAir]:
        return {station.id: cards.OnAir("ada - slow rain", 3) for station in stations}

    monkeypatch.setattr(cards, "ON_AIR", [everywhere])


@pytest.fixture
def off_air(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "ON_AIR", [])


def test_players_get_its_tracks_while_nothing_is_live(owner: FlaskClient, rain: str, off_air: None) -> None:
    m3u = owner.get("/stations/rain.m3u")
    assert m3u.mimetype == "audio/x-mpegurl"
    assert m3u.text.splitlines()[:2] == ["#EXTM3U", "#PLAYLIST:Sound Box: Rain"]
    assert m3u.text.splitlines()[-1] == f"http://localhost/audio/{rain}.mp3"
    pls = owner.get("/stations/rain.pls")
    assert pls.mimetype == "audio/x-scpls"
    assert pls.text.splitlines() == [
        "[playlist]",
        "NumberOfEntries=1",
        f"File1=http://localhost/audio/{rain}.mp3",
        "Title1=owner - slow rain <b>& thunder",
        "Length1=2",
        "Version=2",
    ]
    xspf = ElementTree.fromstring(owner.get("/stations/rain.xspf").data)
    assert [place.text for place in xspf.iter(f"{XSPF}location")][1:] == [f"http://localhost/audio/{rain}.mp3"]


def test_players_get_the_stream_where_it_is_live(owner: FlaskClient, rain: str, on_air: None) -> None:
    stream = "http://localhost/stations/rain/live.m3u8"
    assert owner.get("/stations/rain.m3u").text.splitlines()[1:] == [
        "#PLAYLIST:Sound Box: Rain",
        "#EXTINF:-1,Sound Box - Rain",
        stream,
    ]
    assert f"File1={stream}" in owner.get("/stations/rain.pls").text
    xspf = ElementTree.fromstring(owner.get("/stations/rain.xspf").data)
    (track,) = xspf.iter(f"{XSPF}track")
    assert track.findtext(f"{XSPF}location") == stream and track.find(f"{XSPF}duration") is None
    assert rain in owner.get("/stations/rain.m3u?tracks=1").text


def test_a_live_station_says_so_and_gives_the_player_what_it_needs(owner: FlaskClient, rain: str, on_air: None) -> None:
    page = owner.get("/stations/rain", headers=HTML).text
    (live,) = re.findall(r'data-live="([^"]+)"', page)
    assert json.loads(unescape(live)) == {
        "name": "Rain",
        "playlist": "/stations/rain/live.m3u8",
        "now": "/api/stations/rain/now-playing",
        "page": "/stations/rain",
    }
    assert "live-badge" in page and "ada - slow rain" in owner.get("/radio", headers=HTML).text


def test_a_podcast_has_all_that_podcast_programs_demand(owner: FlaskClient, rain: str) -> None:
    answer = owner.get("/feeds/stations/rain.rss")
    assert answer.mimetype == "application/rss+xml"
    root = ElementTree.fromstring(answer.data)
    channel = root.find("channel")
    assert root.get("version") == "2.0" and channel is not None
    assert channel.findtext("title") == "Sound Box: Rain" and channel.findtext("language") == "en"
    assert channel.findtext("link") == "http://localhost/stations/rain" and channel.findtext("description")
    assert channel.findtext(f"{ITUNES}explicit") == "false" and channel.findtext(f"{ITUNES}author") == "Sound Box"
    assert channel.find(f"{ITUNES}category").get("text") == "Music"  # type: ignore[union-attr]
    assert channel.find(f"{ITUNES}image").get("href") == f"http://localhost/spectrogram/{rain}.cover.png"  # type: ignore[union-attr]


def test_an_episode_tells_its_true_length_and_a_lasting_id(owner: FlaskClient, rain: str) -> None:
    (item,) = ElementTree.fromstring(owner.get("/feeds/stations/rain.rss").data).iter("item")
    enclosure = item.find("enclosure")
    assert enclosure is not None and enclosure.get("type") == "audio/mpeg"
    sound = owner.get(enclosure.get("url", "").removeprefix("http://localhost"))
    assert sound.mimetype == "audio/mpeg" and int(enclosure.get("length", "0")) == len(sound.data) > 1000
    guid = item.find("guid")
    assert guid is not None and guid.get("isPermaLink") == "false" and rain[:8] in (guid.text or "")
    assert item.findtext("title") == "slow rain <b>& thunder"
    assert item.findtext(f"{ITUNES}duration") == "2" and item.findtext(f"{ITUNES}explicit") == "false"
    assert parsedate_to_datetime(item.findtext("pubDate") or "").tzinfo is not None


def test_episodes_without_an_mp3_wait_for_the_next_reader(
    owner: FlaskClient, rain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enclosures, "MAKING_SECONDS", -1.0)
    assert "<item>" not in owner.get("/feeds/stations/rain.rss").text
    owner.get(f"/audio/{rain}.mp3")
    assert f"/audio/{rain}.mp3" in owner.get("/feeds/stations/rain.rss").text


def test_the_artwork_is_square_large_and_opaque(owner: FlaskClient, rain: str) -> None:
    answer = owner.get(f"/spectrogram/{rain}.cover.png")
    picture = Image.open(BytesIO(answer.data))
    assert picture.size == (1400, 1400) and "transparency" not in picture.info


def test_the_newest_come_first_whatever_the_station_plays(open_app: Flask, owner: FlaskClient, rain: str) -> None:
    newer = make_track(open_app, prompt="more rain", kind="audio")
    for slug in ("rain", "sound-effects", "surprise-me"):
        feed = json.loads(owner.get(f"/feeds/stations/{slug}.json").data)
        addresses = [item["url"] for item in feed["items"]]
        assert addresses[:2] == [f"http://localhost/tracks/{newer}", f"http://localhost/tracks/{rain}"]


def test_a_maker_is_a_podcast(owner: FlaskClient, rain: str) -> None:
    channel = ElementTree.fromstring(owner.get("/feeds/makers/owner.rss").data).find("channel")
    assert channel is not None and channel.findtext(f"{ITUNES}author") == "owner"
    assert len(list(channel.iter("enclosure"))) == 2
    assert "/feeds/makers/owner.rss" in owner.get("/makers/owner", headers=HTML).text


def test_a_station_stands_on_other_peoples_pages(owner: FlaskClient, rain: str) -> None:
    answer = owner.get("/embed/stations/rain")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert 'data-tracks="/api/stations/rain/tracks"' in answer.text
    told = owner.get("/oembed", query_string={"url": "http://localhost/stations/rain"}).json
    assert (told["title"], told["author_name"], told["type"]) == ("Rain", "Sound Box", "rich")
    assert 'src="http://localhost/embed/stations/rain"' in told["html"] and told["thumbnail_width"] == 1400
    silent = owner.get("/oembed", query_string={"url": "http://localhost/stations/ocean"}).json
    assert "thumbnail_url" not in silent
    xml = owner.get("/oembed", query_string={"url": "http://localhost/stations/ocean", "format": "xml"}).data
    assert ElementTree.fromstring(xml).find("thumbnail_url") is None


def test_a_page_tells_other_sites_what_it_is(owner: FlaskClient, rain: str) -> None:
    page = owner.get("/stations/rain", headers=HTML).text
    told = dict(re.findall(r'property="(og:[\w:]+)" content="([^"]*)"', page))
    assert (told["og:type"], told["og:title"]) == ("music.radio_station", "Rain")
    assert told["og:image"] == f"http://localhost/spectrogram/{rain}.cover.png"
    assert "application/json+oembed" in page


@pytest.mark.parametrize("path", ["/stations/rain.exe", "/feeds/stations/rain.exe", "/embed/stations/none"])
def test_what_does_not_exist_is_said_so(owner: FlaskClient, rain: str, path: str) -> None:
    assert owner.get(path).status_code == 404
