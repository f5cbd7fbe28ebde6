"""What people's files take is counted with them: made, copied into other formats, deleted, swept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from soundbox.accounts import tiers
from soundbox.accounts.models import User
from soundbox.clock import now_ms
from soundbox.config import Config
from soundbox.deploy.pruning import prune
from soundbox.extensions import db
from soundbox.jobs import admission
from soundbox.jobs.models import Job
from soundbox.media.local import LocalMedia
from soundbox.tracks.models import Track
from soundbox.tracks.storage import used_bytes
from tests.accounts.people import sign_up
from tests.making import make_track
from tests.storage.small import SMALL

RAIN = {"prompt": "slow rain on a tin roof", "model": "audio", "duration": 2}


def used(name: str) -> int:
    with db.read() as session:
        return used_bytes(session, session.scalars(select(User.id).where(User.name == name)).one())


def on_disk(app: Flask, track_id: str) -> int:
    media: LocalMedia = app.extensions["soundbox_media"]
    return sum(media.size(key) for key in media.keys(track_id))


def is_exact() -> bool:
    """The counts are those of the rows."""
    with db.read() as session:
        taken = func.sum(Track.size_bytes + Track.derived_bytes)
        rows = {row[0]: row[1] for row in session.execute(select(Track.user_id, taken).group_by(Track.user_id))}
        people = session.scalars(select(User.id)).all()
        return all(used_bytes(session, person) == rows.get(person, 0) for person in people)


def test_what_is_made_and_deleted_is_counted(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    first, second = (make_track(public_app, maker="ada") for _ in range(2))
    make_track(public_app, maker="ben")
    assert used("ada") == on_disk(public_app, first) + on_disk(public_app, second)
    cast["ada"].delete(f"/api/library/{first}")
    assert used("ada") == on_disk(public_app, second)
    assert is_exact()


@pytest.mark.parametrize("address", ["/audio/{}.flac", "/download/{}.mp3", "/spectrogram/{}.disc.png"])
def test_a_copy_in_another_format_is_counted_once(
    public_app: Flask, cast: dict[str, FlaskClient], address: str
) -> None:
    track_id = make_track(public_app, maker="ada")
    for _ in range(2):
        assert cast["dov"].get(address.format(track_id)).status_code == 200
    assert used("ada") == on_disk(public_app, track_id)
    cast["ada"].delete(f"/api/library/{track_id}")
    assert used("ada") == 0


def test_what_a_pack_makes_is_counted(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track_id = make_track(public_app, maker="ada")
    assert cast["dov"].post("/api/packs", json={"ids": [track_id], "format": "flac"}).data
    assert used("ada") == on_disk(public_app, track_id)


def test_what_is_swept_is_counted(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    config: Config = public_app.config["SOUNDBOX"]
    make_track(public_app, maker="ada", visibility="private", created_ms=now_ms() - 31 * 86_400_000)
    make_track(public_app, maker="ada")
    prune(Config.load(config.instance, database=config.database, worker="none", mode="accounts", keep_private_days=30))
    assert used("ada") > 0 and is_exact()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Free keeps two seconds of sound more than ada's first track takes."""
    monkeypatch.setitem(tiers.TIERS, "free", replace(tiers.TIERS["free"], storage_gb=SMALL))


def test_a_full_store_refuses_more_in_words(public_app: Flask, cast: dict[str, FlaskClient], small: None) -> None:
    make_track(public_app, maker="ada", size_bytes=int(SMALL * 1e9))
    answer = cast["ada"].post("/generate", json=RAIN)
    assert answer.status_code == 400 and "Retry-After" not in answer.headers
    assert answer.json["error"].startswith("Storage exceeds your tier limit: free keeps ")
    page = cast["ada"].post("/generate", data=RAIN, headers={"Accept": "text/html"})
    assert "Storage exceeds your tier limit" in page.text
    assert cast["ben"].post("/generate", json=RAIN).status_code == 201


def test_what_is_on_its_way_counts(public_app: Flask, cast: dict[str, FlaskClient], small: None) -> None:
    room_seconds = SMALL * 1e9 / admission.BYTES_A_SECOND
    asked = {**RAIN, "duration": room_seconds * 0.6}
    assert cast["ada"].post("/generate", json=asked).status_code == 201
    assert cast["ada"].post("/generate", json=asked).status_code == 400
    job_id = cast["ada"].get("/api/queue").json["jobs"][0]["id"]
    cast["ada"].delete(f"/job/{job_id}")
    assert cast["ada"].post("/generate", json=asked).status_code == 201


def test_ones_own_machine_has_no_quota(open_app: Flask, owner: FlaskClient, small: None) -> None:
    make_track(open_app, size_bytes=10**15)
    assert owner.post("/generate", json=RAIN).status_code == 201


def guest(app: Flask) -> FlaskClient:
    """Another browser of the same house."""
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    return client


def fill(app: Flask, client: FlaskClient) -> None:
    """A sound that this guest asked for, as big as the whole store."""
    job_id = client.post("/generate", json=RAIN).json["job_id"]
    with db.write() as session:
        job = session.get_one(Job, job_id)
        job.status, owner = "completed", job.user_id
    make_track(app, "ada", id=job_id, user_id=owner, size_bytes=int(SMALL * 1e9))


def test_without_its_cookie_a_guest_has_no_fresh_store(
    public_app: Flask, cast: dict[str, FlaskClient], small: None
) -> None:
    fill(public_app, guest(public_app))
    refused = guest(public_app).post("/generate", json=RAIN)
    assert refused.status_code == 400 and "those of guests from your address take" in refused.json["error"]
    assert public_app.test_client().post("/generate", json=RAIN).status_code == 201, "elsewhere there is room"
    assert cast["dov"].post("/generate", json=RAIN).status_code == 201


def test_what_somebody_took_along_into_an_account_fills_no_guests_store(
    public_app: Flask, cast: dict[str, FlaskClient], small: None
) -> None:
    leaving = guest(public_app)
    fill(public_app, leaving)
    assert sign_up(leaving, "eva").status_code == 201
    assert guest(public_app).post("/generate", json=RAIN).status_code == 201
