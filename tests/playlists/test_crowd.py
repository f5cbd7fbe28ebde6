"""Fifty people at one playlist at once: each track is on it once, in an order without gaps, and the count is right."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from soundbox.extensions import db
from soundbox.playlists.models import Playlist, PlaylistEntry
from tests.making import make_track
from tests.playlists.filling import make_playlist, tracks_on

PEOPLE = 50
DEEDS = 4


def test_fifty_people_at_once_lose_and_double_nothing(open_app: Flask, owner: FlaskClient) -> None:
    tracks = [make_track(open_app) for _ in range(12)]
    kept, coming, going, doomed = tracks[:4], tracks[4:7], tracks[7:10], tracks[10:]
    playlist_id = make_playlist(owner, *kept, *going, *doomed)
    path = f"/api/playlists/{playlist_id}"

    def person(number: int) -> list[int]:
        chance, client = random.Random(number), open_app.test_client()
        deeds = [
            lambda: client.post(f"{path}/tracks/{chance.choice(coming)}", json={"position": chance.randint(1, 9)}),
            lambda: client.delete(f"{path}/tracks/{chance.choice(going)}"),
            lambda: client.put(f"{path}/order", json={"order": chance.sample(tracks, len(tracks))}),
            lambda: client.delete(f"/api/library/{chance.choice(doomed)}"),
        ]
        chance.shuffle(deeds)
        return [deed().status_code for deed in deeds]

    with ThreadPoolExecutor(PEOPLE) as crowd:
        answers = [status for statuses in crowd.map(person, range(PEOPLE)) for status in statuses]
    assert len(answers) == PEOPLE * DEEDS
    assert set(answers) <= {200, 404}  # 404: the track was deleted by another before
    owner.put(f"{path}/order", json={"order": tracks})
    assert tracks_on(owner, playlist_id) == [*kept, *coming]
    with db.read() as session:
        playlist = session.scalars(select(Playlist)).one()
        positions = list(session.scalars(select(PlaylistEntry.position).order_by(PlaylistEntry.position)))
    assert (playlist.track_count, positions) == (7, [1, 2, 3, 4, 5, 6, 7])
