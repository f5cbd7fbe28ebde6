"""Packs: what is in them, under which names, with whose credits; streamed, limited and the same every time."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import soundfile
from flask import Flask
from flask.testing import FlaskClient

from soundbox.audio import wav
from soundbox.audio.tags import Tags
from soundbox.media.local import LocalMedia
from soundbox.playlists import choosing, packs
from soundbox.playlists.credits import plain
from soundbox.web.zips import MOST_AT_ONCE, stream_zip
from tests.conftest import lacking
from tests.making import RATE, make_track
from tests.playlists.filling import make_playlist, status

TEXTS = ["CREDITS.md", "licenses.json"]


def pack_of(client: FlaskClient, playlist_id: str, form: str = "wav") -> zipfile.ZipFile:
    answer = client.get(f"/api/playlists/{playlist_id}/pack.zip?format={form}", buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    return zipfile.ZipFile(io.BytesIO(answer.data))


def text(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode()


def test_a_pack_has_every_track_in_order_under_a_clean_name(open_app: Flask, owner: FlaskClient) -> None:
    tracks = [make_track(open_app, prompt=prompt) for prompt in ("Slow rain, far away", "Slow rain, far away", "ночь")]
    archive = pack_of(owner, make_playlist(owner, *tracks))
    assert archive.testzip() is None
    names = ["01 - slow-rain-far-away.wav", "02 - slow-rain-far-away.wav", "03 - sound.wav"]
    assert archive.namelist() == [*names, *TEXTS]
    for name, track_id in zip(names, tracks, strict=True):
        assert archive.read(name) == owner.get(f"/audio/{track_id}.wav", buffered=True).data


def test_its_own_name_is_that_of_the_playlist(open_app: Flask, owner: FlaskClient) -> None:
    playlist_id = make_playlist(owner, make_track(open_app), name="Für Elise & co")
    answer = owner.get(f"/api/playlists/{playlist_id}/pack.zip", buffered=True)
    assert answer.headers["Content-Disposition"] == "attachment; filename=fur-elise-co.zip"


def test_other_programs_open_it(open_app: Flask, owner: FlaskClient, tmp_path: Path) -> None:
    unzip = shutil.which("unzip")
    if unzip is None:
        lacking("no unzip here; Debian: apt-get install unzip")
    playlist_id = make_playlist(owner, make_track(open_app))
    file = tmp_path / "pack.zip"
    file.write_bytes(owner.get(f"/api/playlists/{playlist_id}/pack.zip", buffered=True).data)
    assert subprocess.run([unzip, "-t", str(file)], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(("form", "kind"), [("flac", "FLAC"), ("ogg", "OGG"), ("mp3", "MP3")])
def test_a_pack_comes_in_other_formats(open_app: Flask, owner: FlaskClient, form: str, kind: str) -> None:
    archive = pack_of(owner, make_playlist(owner, make_track(open_app)), form)
    name = f"01 - peaceful-ambient-melody.{form}"
    assert archive.namelist() == [name, *TEXTS]
    assert soundfile.info(io.BytesIO(archive.read(name))).format == kind


def test_loop_points_are_kept(open_app: Flask, owner: FlaskClient, tmp_path: Path) -> None:
    track_id = make_track(open_app, loop=True)
    media: LocalMedia = open_app.extensions["soundbox_media"]
    samples, _ = wav.read(media.path(f"{track_id}.1.wav"))
    media.write(f"{track_id}.1.wav", lambda path: wav.write(path, samples, RATE, Tags(), (0, 44100)))
    file = Path(pack_of(owner, make_playlist(owner, track_id)).extract("01 - peaceful-ambient-melody.wav", tmp_path))
    assert wav.inspect(file).loop_points == (0, 44100)


def test_credits_and_licences_say_who_made_what_and_what_is_allowed(open_app: Flask, owner: FlaskClient) -> None:
    free = make_track(open_app, prompt="rain *hard*\non tin", title="Rain", created_ms=1_700_000_000_000)
    bound = make_track(open_app, licence="CC-BY-NC-4.0", commercial_use=False)
    archive = pack_of(owner, make_playlist(owner, free, bound))
    credits = text(archive, "CREDITS.md")
    for words in (
        "# Slow evenings",
        "## 01 - rain.wav",
        "- Title: Rain",
        "- Maker: owner",
        "- Licence: CC0-1.0 (commercial use allowed)",
        "- Licence: CC-BY-NC-4.0 (no commercial use)",
        r"- Prompt: rain \*hard\* on tin",
        f"- Link: http://localhost/tracks/{free}",
        "- Model: music, made by Sound Box composer 1",
        "- Date: 2023-11-14",
    ):
        assert words in credits.splitlines()
    licences = json.loads(text(archive, "licenses.json"))
    assert (licences["commercial_use"], licences["licences"]) == (False, ["CC-BY-NC-4.0", "CC0-1.0"])
    assert [(one["file"], one["licence"], one["commercial_use"]) for one in licences["files"]] == [
        ("01 - rain.wav", "CC0-1.0", True),
        ("02 - peaceful-ambient-melody.wav", "CC-BY-NC-4.0", False),
    ]


def test_the_same_playlist_gives_the_same_bytes(open_app: Flask, owner: FlaskClient) -> None:
    playlist_id = make_playlist(owner, make_track(open_app), make_track(open_app))
    first, second = (
        owner.get(f"/api/playlists/{playlist_id}/pack.zip?format=ogg", buffered=True).data for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize("form", ["wav", "flac"])
def test_a_file_that_cannot_be_had_is_left_out_and_named(open_app: Flask, owner: FlaskClient, form: str) -> None:
    gone, there = make_track(open_app, prompt="gone"), make_track(open_app, prompt="there")
    playlist_id = make_playlist(owner, gone, there)
    open_app.extensions["soundbox_media"].delete(f"{gone}.1.wav")
    archive = pack_of(owner, playlist_id, form)
    assert archive.namelist() == [f"02 - there.{form}", *TEXTS]
    assert "## Left out" in text(archive, "CREDITS.md") and f"01 - gone.{form}" in text(archive, "CREDITS.md")
    assert [one["file"] for one in json.loads(text(archive, "licenses.json"))["files"]] == [f"02 - there.{form}"]


def test_a_pack_holds_what_the_caller_may_hear(public_app: Flask, cast: dict) -> None:
    hidden, seen = make_track(public_app, "ada", "secret", visibility="private"), make_track(public_app, "ada", "open")
    playlist_id = make_playlist(cast["ada"], hidden, seen, visibility="unlisted")
    assert pack_of(cast["ada"], playlist_id).namelist()[:-2] == ["01 - secret.wav", "02 - open.wav"]
    assert pack_of(cast["dov"], playlist_id).namelist()[:-2] == ["01 - open.wav"]
    chosen = cast["dov"].post("/api/packs", json={"ids": [hidden, seen]}, buffered=True)
    assert zipfile.ZipFile(io.BytesIO(chosen.data)).namelist()[:-2] == ["01 - open.wav"]


def test_what_would_be_in_a_pack_is_told_before(open_app: Flask, owner: FlaskClient) -> None:
    tracks = [make_track(open_app), make_track(open_app, licence="CC-BY-NC-4.0", commercial_use=False)]
    playlist_id = make_playlist(owner, *tracks)
    told = owner.get(f"/api/playlists/{playlist_id}/pack").json
    assert (told["name"], told["files"], told["not_commercial"]) == ("slow-evenings.zip", 2, 1)
    assert (told["licences"], told["seconds"]) == ({"CC-BY-NC-4.0": 1, "CC0-1.0": 1}, 4)
    sent = len(owner.get(f"/api/playlists/{playlist_id}/pack.zip", buffered=True).data)
    assert abs(told["bytes"] - sent) < 0.02 * sent
    assert "1 of them may not be used commercially" in owner.get(f"/playlists/{playlist_id}").text
    assert owner.post("/api/packs/estimate", json={"ids": tracks}).json["files"] == 2


def test_a_search_and_a_selection_come_as_packs(open_app: Flask, owner: FlaskClient) -> None:
    rain, _, pads = make_track(open_app, prompt="rain"), make_track(open_app, prompt="wind"), make_track(open_app)
    by_search = owner.post("/api/packs", json={"search": "rain"}, buffered=True)
    assert zipfile.ZipFile(io.BytesIO(by_search.data)).namelist() == ["01 - rain.wav", *TEXTS]
    assert by_search.headers["Content-Disposition"] == "attachment; filename=sound-box-rain.zip"
    by_form = owner.post("/api/packs", data={"ids": f"{pads},{rain}", "format": "wav"}, buffered=True)
    names = zipfile.ZipFile(io.BytesIO(by_form.data)).namelist()
    assert names == ["01 - peaceful-ambient-melody.wav", "02 - rain.wav", *TEXTS]
    page = owner.get("/packs?search=rain").text
    assert "1 track" in page and 'name="search" value="rain"' in page


def test_a_pack_of_a_search_takes_the_first_and_says_how_many_there_were(
    open_app: Flask, owner: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "MOST_CHOSEN", 2)
    for _ in range(3):
        make_track(open_app)
    told = owner.post("/api/packs/estimate", json={}).json
    assert (told["files"], told["found"]) == (2, 3)
    assert "The first 2 of 3 tracks" in owner.get("/packs").text


def test_what_is_too_many_too_large_or_nothing_is_refused(
    open_app: Flask, owner: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    track_id = make_track(open_app)
    too_many = owner.post("/api/packs", json={"ids": [f"{number:032x}" for number in range(201)]})
    assert (too_many.status_code, too_many.json["error"]) == (400, "A pack holds at most 200 chosen tracks")
    assert owner.post("/api/packs", json={"ids": []}).status_code == 404
    assert owner.post("/api/packs", json={"ids": [track_id], "format": "aiff"}).status_code == 400
    assert status(owner, "GET", f"/api/playlists/{make_playlist(owner)}/pack.zip") == 404
    monkeypatch.setattr(packs, "MOST_BYTES", 1000)
    too_large = owner.post("/api/packs", json={"ids": [track_id]})
    assert too_large.status_code == 413 and "larger than" in too_large.json["error"]


def test_only_some_packs_are_sent_at_once(open_app: Flask, owner: FlaskClient) -> None:
    path = f"/api/playlists/{make_playlist(owner, make_track(open_app))}/pack.zip"
    sending = [owner.get(path) for _ in range(MOST_AT_ONCE)]
    refused = owner.get(path)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    for answer in sending:
        answer.close()
    for _ in range(MOST_AT_ONCE + 1):
        assert owner.head(path, buffered=True).status_code == 200
    assert owner.get(path, buffered=True).status_code == 200


def test_a_pack_is_never_whole_in_memory(open_app: Flask, owner: FlaskClient) -> None:
    """60 MB in 30 files of 2 MB go through less than two files' worth of memory."""
    first = make_track(open_app, seconds=24.0)
    copies = [make_track(open_app, stem=f"{first}.1") for _ in range(29)]
    playlist_id = make_playlist(owner, first, *copies)
    tracemalloc.start()
    try:
        answer = owner.get(f"/api/playlists/{playlist_id}/pack.zip")
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        sent = sum(len(part) for part in answer.iter_encoded())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sent > 60_000_000
    assert peak - before < 4_000_000


def test_a_zip_beyond_the_old_limits_is_a_zip64(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 5_000)
    whole = b"".join(stream_zip((f"{number}.bin", io.BytesIO(b"x" * 900)) for number in range(9)))
    assert b"PK\x06\x06" in whole  # the end of central directory record of ZIP64
    assert zipfile.ZipFile(io.BytesIO(whole)).testzip() is None


@pytest.mark.parametrize(
    ("typed", "shown"), [("a\n# b", r"a \# b"), ("[x](javascript:y)", r"\[x\]\(javascript:y\)"), ("<b>", r"\<b\>")]
)
def test_what_people_typed_means_nothing_to_markdown(typed: str, shown: str) -> None:
    assert plain(typed) == shown
