"""People report, a rule takes out of sight what enough of them reported, and admins decide with a reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import ForeignKey, func, select

from soundbox.extensions import Base, db
from soundbox.media.local import LocalMedia
from soundbox.moderation.models import ModerationEvent, Report
from soundbox.tracks.models import Track
from soundbox.tracks.tallies import Tally
from tests.making import make_track
from tests.tags.test_consensus import suggest

CROWD = 50
THANKS = {"success": True, "message": "Thank you. Somebody will look at it."}


@pytest.fixture
def track_id(public_app: Flask, cast: dict[str, FlaskClient]) -> str:
    return make_track(public_app, maker="ada", prompt="peaceful ambient melody")


def report(client: FlaskClient, track_id: str, **body: Any) -> Any:
    return client.post(f"/api/tracks/{track_id}/report", json={"reason": "spam", **body})


def decide(client: FlaskClient, track_id: str, decision: str, reason: str = "I looked at it") -> Any:
    body = {"decision": decision, "reason": reason}
    return client.post(f"/admin/moderation/{track_id}", json=body, headers={"Accept": "application/json"})


def cases(client: FlaskClient, state: str = "waiting") -> list[Any]:
    found: list[Any] = client.get(f"/admin/moderation?state={state}", headers={"Accept": "application/json"}).json[
        "cases"
    ]
    return found


def withheld(track_id: str) -> str | None:
    with db.read() as session:
        return session.scalars(select(Track.withheld).where(Track.id == track_id)).one()


def from_address(app: Flask, address: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


def test_the_third_report_takes_a_track_out_of_sight(
    public_app: Flask, cast: dict[str, FlaskClient], track_id: str
) -> None:
    assert report(cast["ben"], track_id).json == THANKS
    assert report(cast["dov"], track_id, reason="other", note="Too loud").json == THANKS
    assert withheld(track_id) is None
    assert report(from_address(public_app, "9.9.9.9"), track_id).json == THANKS
    assert withheld(track_id) == "reports"
    assert cast["ben"].get(f"/api/library/{track_id}").status_code == 404
    assert cast["ben"].get(f"/audio/{track_id}.wav").status_code == 404
    assert cast["ben"].get("/api/library").json["total"] == 0
    assert cast["ada"].get(f"/api/library/{track_id}").json["withheld"] == "reports"
    assert "reported, being looked at" in cast["ada"].get(f"/tracks/{track_id}").text


def test_guests_of_one_address_are_one_voice(public_app: Flask, cast: dict[str, FlaskClient], track_id: str) -> None:
    said = [report(from_address(public_app, "9.9.9.9"), track_id).status_code for _ in range(3)]
    assert said == [200, 400, 400]


def test_one_open_report_for_each_person_and_track(cast: dict[str, FlaskClient], track_id: str) -> None:
    report(cast["ben"], track_id)
    answer = report(cast["ben"], track_id)
    assert (answer.status_code, answer.json["error"]) == (400, "You have reported this track already")
    decide(cast["cleo"], track_id, "dismiss")
    assert report(cast["ben"], track_id).status_code == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"reason": "boring"}, "Reason must be 'spam', 'hateful'"),
        ({"reason": None}, "Reason is required"),
        ({"note": "x" * 501}, "Note must have at most 500 characters"),
    ],
)
def test_bad_reports_are_refused(cast: dict[str, FlaskClient], track_id: str, body: dict, error: str) -> None:
    answer = report(cast["ben"], track_id, **body)
    assert answer.status_code == 400 and answer.json["error"].startswith(error)


def test_nobody_reports_their_own(cast: dict[str, FlaskClient], track_id: str) -> None:
    assert report(cast["ada"], track_id).json["error"] == "This track is yours"


def test_reports_are_limited(cast: dict[str, FlaskClient], track_id: str) -> None:
    said = [report(cast["ben"], track_id).status_code for _ in range(21)]
    assert said[-1] == 429


def test_what_one_may_not_read_cannot_be_reported(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    assert report(cast["ben"], make_track(public_app, maker="ada", visibility="private")).status_code == 404


def test_an_admin_sees_what_waits_oldest_first(public_app: Flask, cast: dict[str, FlaskClient], track_id: str) -> None:
    review = make_track(public_app, maker="ada", withheld="review", created_ms=1)
    report(cast["ben"], track_id, reason="copied", note="From a film")
    found = cases(cast["cleo"])
    assert [(case["track"]["id"], case["withheld"]) for case in found] == [(review, "review"), (track_id, None)]
    assert [(one["reason"], one["note"], one["by"]) for one in found[1]["reports"]] == [
        ("copied", "From a film", "ben")
    ]
    page = cast["cleo"].get("/admin/moderation", headers={"Accept": "text/html"}).text
    assert "From a film" in page and "Copies somebody&#39;s work" in page and "waits for review" in page


@pytest.mark.parametrize("name", ["ada", "dov"])
def test_nobody_else_sees_or_decides(cast: dict[str, FlaskClient], track_id: str, name: str) -> None:
    assert cast[name].get("/admin/moderation").status_code == 403
    assert decide(cast[name], track_id, "hide").status_code == 403


def test_what_admins_decide_is_kept_with_its_reason(cast: dict[str, FlaskClient], track_id: str) -> None:
    assert decide(cast["cleo"], track_id, "hide", "Advertising").json["message"] == "Hidden."
    assert withheld(track_id) == "operator"
    assert [case["track"]["id"] for case in cases(cast["cleo"], "hidden")] == [track_id]
    assert decide(cast["cleo"], track_id, "restore", "It was a joke").json["message"] == "Back in the lists."
    assert withheld(track_id) is None
    with db.read() as session:
        told = [(row.action, row.reason, row.user and row.user.name) for row in ModerationEvent.newest(session, 9)]
        assert Tally.read(session, "listed") == {"listed": 1}
    assert told == [("restore", "It was a joke", "cleo"), ("hide", "Advertising", "cleo")]


def test_dismissing_closes_the_reports_and_shows_it_again(
    public_app: Flask, cast: dict[str, FlaskClient], track_id: str
) -> None:
    for client in (cast["ben"], cast["dov"], from_address(public_app, "9.9.9.9")):
        report(client, track_id)
    assert decide(cast["cleo"], track_id, "dismiss").json["message"] == "The reports are closed."
    assert withheld(track_id) is None
    assert cases(cast["cleo"]) == []
    report(cast["ben"], track_id)
    assert withheld(track_id) is None


@pytest.mark.parametrize(
    ("decision", "reason", "error"),
    [
        ("restore", "why", "This track is not hidden"),
        ("dismiss", "why", "Nobody has an open report about this track"),
        ("hide", "", "Reason"),
        ("burn", "why", "Decision"),
    ],
)
def test_decisions_that_make_no_sense(
    cast: dict[str, FlaskClient], track_id: str, decision: str, reason: str, error: str
) -> None:
    answer = decide(cast["cleo"], track_id, decision, reason)
    assert answer.status_code == 400 and answer.json["error"].startswith(error)


def test_deleting_takes_the_files_and_all_that_refers_to_it(
    public_app: Flask, cast: dict[str, FlaskClient], track_id: str
) -> None:
    media: LocalMedia = public_app.extensions["soundbox_media"]
    report(cast["ben"], track_id)
    suggest(cast["ben"], track_id)
    assert decide(cast["cleo"], track_id, "delete", "Copied").json["message"] == "Deleted."
    assert list(media.keys(f"{track_id}.")) == []
    assert referring_rows() == {}
    with db.read() as session:
        event = ModerationEvent.newest(session, 1)[0]
        assert (event.track_id, event.track_name, event.action) == (track_id, "peaceful ambient melody", "delete")
        assert Tally.read(session, "listed") == {"listed": 0}


def test_what_is_hidden_says_since_when(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, maker="ada", created_ms=1)
    decide(cast["cleo"], track_id, "hide")
    [case] = cases(cast["cleo"], "hidden")
    assert (
        case["since"]
        == cast["cleo"].get("/admin/moderation", headers={"Accept": "application/json"}).json["events"][0]["at"]
    )


def test_a_maker_unlists_and_deletes(public_app: Flask, cast: dict[str, FlaskClient], track_id: str) -> None:
    media: LocalMedia = public_app.extensions["soundbox_media"]
    report(cast["ben"], track_id)
    suggest(cast["ben"], track_id)
    assert cast["ada"].patch(f"/api/library/{track_id}", json={"visibility": "unlisted"}).status_code == 200
    assert cast["ben"].get("/api/library").json["total"] == 0
    assert cast["ada"].delete(f"/api/library/{track_id}").status_code == 200
    assert list(media.keys(f"{track_id}.")) == []
    assert referring_rows() == {}


def referring_rows() -> dict[str, int]:
    """How many rows each table still has that refer to a track, whichever tables there are."""
    with db.read() as session:
        counts = {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name in ("track_categories", "tracks") or any(map(_is_to_tracks, table.foreign_keys))
        }
    return {name: count for name, count in counts.items() if count}


def _is_to_tracks(key: ForeignKey) -> bool:
    return key.column.table.name == "tracks"


def test_fifty_reports_at_once_hide_it_once(open_app: Flask) -> None:
    track_id = make_track(open_app)

    def say(number: int) -> int:
        status: int = report(open_app.test_client(), track_id, user_id=f"user_{number}").status_code
        return status

    with ThreadPoolExecutor(CROWD) as crowd:
        said = list(crowd.map(say, range(CROWD)))
    assert said == [200] * CROWD
    with db.read() as session:
        assert [event.action for event in ModerationEvent.newest(session, 9)] == ["reported"]
        assert session.scalar(select(func.count()).select_from(Report)) == CROWD
        assert Tally.read(session, "listed") == {"listed": 0}
