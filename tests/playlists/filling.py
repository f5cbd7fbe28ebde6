"""Playlists over HTTP, as tests need them."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient


def make_playlist(client: FlaskClient, *tracks: str, name: str = "Slow evenings", **facts: Any) -> str:
    """A playlist with these tracks on it. Returns its id."""
    playlist_id: str = client.post("/api/playlists", json={"name": name, **facts}).json["id"]
    for track_id in tracks:
        assert client.post(f"/api/playlists/{playlist_id}/tracks/{track_id}").json["added"]
    return playlist_id


def tracks_on(client: FlaskClient, playlist_id: str) -> list[str]:
    """Their ids in order; positions are 1, 2, 3 ..."""
    rows = client.get(f"/api/playlists/{playlist_id}").json["tracks"]
    assert [row["position"] for row in rows] == list(range(1, len(rows) + 1))
    return [row["id"] for row in rows]


def status(client: FlaskClient, method: str, path: str, **how: Any) -> int:
    return client.open(path, method=method, **how).status_code
