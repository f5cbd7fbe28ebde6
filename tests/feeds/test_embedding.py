"""A track on other people's pages: player, oEmbed, Open Graph, linked data."""

from __future__ import annotations

import json
import re
from html import unescape
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.making import make_track

HTML = {"Accept": "text/html"}


@pytest.fixture
def track(open_app: Flask) -> str:
    return make_track(open_app, prompt='a "quoted" <song> & more')


def test_only_the_embedded_player_may_stand_in_a_frame(owner: FlaskClient, track: str) -> None:
    def policy(path: str) -> str:
        return owner.get(path, headers=HTML).headers["Content-Security-Policy"]

    assert "frame-ancestors *" in policy(f"/embed/{track}")
    assert "frame-ancestors 'none'" in policy(f"/tracks/{track}")
    assert "script-src 'self'" in policy(f"/embed/{track}")


def test_oembed_gives_a_frame_that_opens(owner: FlaskClient, track: str) -> None:
    answer = owner.get("/oembed", query_string={"url": f"http://localhost/tracks/{track}", "maxwidth": 300})
    told = answer.json
    assert (told["type"], told["version"], told["width"]) == ("rich", "1.0", 300)
    source = re.search(r'src="([^"]+)"', told["html"])
    assert source and owner.get(source[1]).status_code == 200
    assert "<song>" not in told["html"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("http://localhost/tracks/00000000000000000000000000000000", 404),
        ("http://elsewhere.example/tracks/{track}", 404),
        ("http://localhost/library", 404),
        ("http://[nonsense", 404),
        ("", 400),
    ],
)
def test_oembed_of_anything_else_is_refused(owner: FlaskClient, track: str, address: str, status: int) -> None:
    answer = owner.get("/oembed", query_string={"url": address.format(track=track)})
    assert answer.status_code == status


def test_oembed_speaks_xml_too(owner: FlaskClient, track: str) -> None:
    query = {"url": f"http://localhost/tracks/{track}"}
    told = owner.get("/oembed", query_string=query).json
    root = ElementTree.fromstring(owner.get("/oembed", query_string={**query, "format": "xml"}).data)
    assert {element.tag: element.text for element in root} == {name: str(value) for name, value in told.items()}
    assert owner.get("/oembed", query_string={**query, "format": "yaml"}).status_code == 400


def test_the_page_tells_other_sites_picture_sound_licence_and_that_a_machine_made_it(
    owner: FlaskClient, track: str
) -> None:
    page = owner.get(f"/tracks/{track}", headers=HTML).text
    told = {name: unescape(content) for name, content in re.findall(r'property="(og:[\w:]+)" content="([^"]*)"', page)}
    assert told["og:title"] == 'a "quoted" <song> & more'
    assert told["og:image"].endswith(f"/spectrogram/{track}.png")
    assert told["og:audio"].endswith(f"/audio/{track}.mp3")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    linked = json.loads(data)
    assert linked["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert linked["digitalSourceType"].endswith("/algorithmicMedia")
    assert linked["duration"] == "PT2.00S"


def test_a_trained_model_is_named_as_one(open_app: Flask, owner: FlaskClient) -> None:
    track = make_track(open_app, engine="musicgen", licence="CC-BY-NC-4.0")
    assert "trainedAlgorithmicMedia" in owner.get(f"/tracks/{track}", headers=HTML).text


def test_what_is_not_listed_is_not_advertised(open_app: Flask, owner: FlaskClient) -> None:
    track = make_track(open_app, visibility="unlisted")
    page = owner.get(f"/tracks/{track}", headers=HTML).text
    assert "og:title" not in page and "ld+json" not in page


def test_a_private_track_cannot_be_embedded_by_others(public_app: Flask, cast: dict) -> None:
    track = make_track(public_app, maker="ada", visibility="private")
    assert cast["ben"].get(f"/embed/{track}").status_code == 404
    query = {"url": f"http://localhost/tracks/{track}"}
    assert cast["ben"].get("/oembed", query_string=query).status_code == 404
