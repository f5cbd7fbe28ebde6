"""A seeded library looks and behaves like one that people made."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.deploy.seeding import seed
from soundbox.tracks.ranking import wilson


@pytest.fixture
def seeded(open_app: Flask) -> None:
    seed(open_app.config["SOUNDBOX"], 60, real=2)


def test_every_track_can_be_heard_and_seen(seeded: None, owner: FlaskClient) -> None:
    rows = owner.get("/api/library?per_page=100").json["items"]
    assert len(rows) == len({row["id"] for row in rows}) == 60
    for row in rows[::10]:
        assert owner.get(row["audio_url"]).status_code == 200
        assert owner.get(row["disc_url"]).status_code == 200


def test_it_has_makers_categories_and_popularity(seeded: None, owner: FlaskClient) -> None:
    rows = owner.get("/api/library?per_page=100").json["items"]
    assert len({row["prompt"] for row in rows}) > 50
    assert sum(bool(row["categories"]) for row in rows) > 40
    assert max(row["plays"] for row in rows) > 5


def test_no_two_seedings_collide(seeded: None, open_app: Flask, owner: FlaskClient) -> None:
    seed(open_app.config["SOUNDBOX"], 10, real=1)
    assert owner.get("/api/library").json["total"] == 70


@pytest.mark.parametrize(
    ("better", "worse"), [((90, 10), (9, 1)), ((5, 0), (1, 0)), ((1, 0), (0, 0)), ((8, 2), (2, 8))]
)
def test_many_good_votes_promise_more_than_few(better: tuple[int, int], worse: tuple[int, int]) -> None:
    assert wilson(*better) > wilson(*worse)
