"""Whoever suspends somebody may take their sounds out of sight, too; being restored puts them back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.people import RAIN
from tests.admin.acting import HTML, act, noted, person
from tests.making import make_track
from tests.working import Working


@pytest.fixture
def working(public_app: Flask) -> Iterator[Working]:
    made = Working(public_app)
    yield made
    made.stop()


def listed(client: FlaskClient) -> set[str]:
    return {item["id"] for item in client.get("/api/library").json["items"]}


def test_a_suspended_persons_sounds_are_heard_by_nobody_else_until_they_are_restored(
    public_app: Flask, cast: dict[str, FlaskClient]
) -> None:
    others = make_track(public_app, "ben")
    public = make_track(public_app, "ada")
    unlisted = make_track(public_app, "ada", visibility="unlisted")
    hidden = make_track(public_app, "ada", withheld="operator")
    private = make_track(public_app, "ada", visibility="private")
    said = act(cast["cleo"], "ada", "suspend", withhold_tracks=True).json["message"]
    assert said == "ada is suspended. 0 jobs cancelled, 2 sounds withheld."
    assert noted()[-1][2]["tracks_withheld"] == 2
    assert listed(cast["dov"]) == {others}
    for track_id in (public, unlisted, hidden, private):
        assert cast["dov"].get(f"/audio/{track_id}.wav").status_code == 404
    assert cast["ada"].get(f"/audio/{public}.wav").status_code == 200
    assert "maker suspended" in cast["cleo"].get(f"/tracks/{public}", headers=HTML).text
    assert act(cast["cleo"], "ada", "restore").json["message"].endswith("2 sounds put back.")
    assert listed(cast["dov"]) == {others, public}
    assert cast["dov"].get(f"/audio/{unlisted}.wav").status_code == 200
    for track_id in (hidden, private):
        assert cast["dov"].get(f"/audio/{track_id}.wav").status_code == 404


def test_unless_an_admin_wants_that_they_stay(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, "ada")
    act(cast["cleo"], "ada", "suspend")
    assert listed(cast["dov"]) == {track_id}


def test_what_they_had_asked_for_is_made_and_not_shown(
    public_app: Flask, cast: dict[str, FlaskClient], working: Working
) -> None:
    job_id = cast["ada"].post("/generate", json=RAIN).json["job_id"]
    act(cast["cleo"], "ada", "suspend")
    working.finish(job_id)
    assert cast["ada"].get(f"/audio/{job_id}.wav").status_code == 200
    assert listed(cast["dov"]) == set()
    act(cast["cleo"], "ada", "restore")
    assert listed(cast["dov"]) == {job_id}


def test_the_form_offers_it(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    make_track(public_app, "ada")
    page = cast["cleo"].get(f"/admin/people/{person('ada').public_id}", headers=HTML).text
    assert 'name="withhold_tracks"' in page
    form = {"reason": "Spam", "withhold_tracks": "true"}
    answer = cast["cleo"].post(f"/admin/people/{person('ada').public_id}/suspend", data=form, headers=HTML)
    assert answer.status_code == 303
    assert listed(cast["dov"]) == set()
