"""Presets are found, saved, shared, changed and deleted; private ones are nobody else's."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.presets.house import BUILT_IN, FILE
from soundbox.presets.models import MOST_PRESETS
from tests.making import make_track

TRAIN = {"name": "Night train", "prompt_base": "fast train in a tunnel", "model": "audio", "suggested_duration": 9}
HTML = {"Accept": "text/html"}


def save(client: FlaskClient, **facts: object) -> dict:
    answer = client.post("/api/presets", json={**TRAIN, **facts})
    assert answer.status_code == 201, answer.text
    return answer.json


def names(client: FlaskClient, **query: object) -> list[str]:
    return [one["name"] for one in client.get("/api/presets", query_string=query).json["presets"]]


def test_everybody_finds_those_that_everybody_has_in_their_order(nobody: FlaskClient) -> None:
    answer = nobody.get("/api/presets").json
    assert [one["slug"] for one in answer["presets"]] == list(BUILT_IN) and answer["count"] == len(BUILT_IN)
    rock = answer["presets"][0]
    assert (rock["suggested_bpm"], rock["parameters"]["top_k"], rock["built_in"], rock["mine"]) == (
        120,
        250,
        True,
        False,
    )
    assert {one["kind"] for one in nobody.get("/api/presets?model=tts").json["presets"]} == {"tts"}


def test_one_of_ones_own_is_private_until_it_is_shared(cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    saved = save(cast["ada"])
    path = f"/api/presets/{saved['slug']}"
    assert names(cast["ada"])[0] == "Night train" and names(cast["ada"], mine=1) == ["Night train"]
    for other in (cast["dov"], nobody):
        assert "Night train" not in names(other)
        assert other.get(path).status_code == other.patch(path, json={"name": "x"}).status_code == 404
        assert other.post("/generate", json={"preset": saved["slug"]}).status_code == 400
    assert cast["ada"].patch(path, json={"shared": True}).json["shared"] is True
    for other in (cast["dov"], nobody):
        assert names(other)[-1] == "Night train" and other.get(path).json["creator"] == "ada"
        assert other.patch(path, json={"name": "x"}).status_code == other.delete(path).status_code == 403


def test_its_slug_does_not_tell_its_name(owner: FlaskClient) -> None:
    assert "train" not in save(owner)["slug"]


def test_how_often_others_used_it_is_counted(cast: dict[str, FlaskClient]) -> None:
    slug = save(cast["ada"], shared=True)["slug"]
    for name in ("ada", "ben", "ben", "dov"):
        assert cast[name].post("/generate", json={"preset": slug}).status_code == 201
    assert cast["dov"].get(f"/api/presets/{slug}").json["uses"] == 3
    cast["dov"].post("/generate?dry_run=1", json={"preset": slug})
    assert cast["dov"].get(f"/api/presets/{slug}").json["uses"] == 3


def test_what_is_named_changes_and_what_is_sent_empty_is_taken_away(owner: FlaskClient) -> None:
    path = f"/api/presets/{save(owner, seed=7, description='Far', tags=['rail'])['slug']}"
    changed = owner.patch(path, json={"seed": None, "name": "Day train", "tags": ["a", "b"]}).json
    assert (changed["name"], changed["seed"], changed["description"], changed["tags"]) == (
        "Day train",
        None,
        "Far",
        ["a", "b"],
    )
    form = owner.post(path.replace("/api", "") + "/edit", data={"name": "Train", "description": ""}, headers=HTML)
    assert form.status_code == 303
    assert (owner.get(path).json["description"], owner.get(path).json["prompt_base"]) == ("", TRAIN["prompt_base"])


def test_what_is_deleted_is_gone_and_its_tracks_stay(open_app: Flask, owner: FlaskClient) -> None:
    slug = save(owner)["slug"]
    track = make_track(open_app, preset=slug)
    assert owner.delete(f"/api/presets/{slug}").json["success"] is True
    assert owner.get(f"/api/presets/{slug}").status_code == 404
    assert owner.get(f"/tracks/{track}", headers=HTML).status_code == 200
    assert [one["id"] for one in owner.get("/api/library", query_string={"preset": slug}).json["items"]] == [track]


def test_nobody_changes_what_everybody_has(owner: FlaskClient) -> None:
    assert owner.patch("/api/presets/latin_rock", json={"name": "x"}).status_code == 403
    assert owner.delete("/api/presets/latin_rock").status_code == 403


def test_any_track_becomes_a_preset(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    track = make_track(
        public_app, "ben", prompt="slow bells", seed=99, tempo=66.0, parameters={"key": "A minor", "tempo": 66}
    )
    hidden = make_track(public_app, "ben", visibility="private")
    saved = cast["ada"].post("/api/presets", json={"track": track, "description": "Like ben's"}).json
    assert (saved["name"], saved["prompt_base"], saved["seed"]) == ("slow bells", "slow bells", 99)
    assert (saved["suggested_bpm"], saved["parameters"], saved["mine"]) == (66, {"key": "A minor"}, True)
    assert cast["ada"].post("/api/presets", json={"track": hidden}).status_code == 404
    page = cast["ada"].get(f"/presets/new?track={track}", headers=HTML).text
    assert 'value="slow bells"' in page and 'value="99"' in page and f'value="{track}"' in page


def test_a_copy_of_anothers_is_ones_own(cast: dict[str, FlaskClient]) -> None:
    slug = save(cast["ada"], shared=True)["slug"]
    for source in (slug, "latin_rock"):
        copied = cast["dov"].post("/api/presets", json={"preset": source}).json
        assert (copied["name"].endswith("(copy)"), copied["mine"], copied["shared"]) == (True, True, False)


def test_a_guest_keeps_presets_too(nobody: FlaskClient) -> None:
    assert save(nobody)["mine"] is True
    assert names(nobody, mine=1) == ["Night train"]


def test_there_is_an_end_to_keeping(owner: FlaskClient) -> None:
    for number in range(MOST_PRESETS):
        save(owner, name=f"No. {number}")
    answer = owner.post("/api/presets", json=TRAIN)
    assert answer.status_code == 400 and str(MOST_PRESETS) in answer.json["error"]


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"name": ""}, "Name must have at least 1 character"),
        ({"prompt_base": ""}, "prompt_base is required"),
        ({"prompt_base": "x" * 401}, "at most 400"),
        ({"suggested_bpm": 400}, "Suggested bpm must be less than or equal to 220"),
        ({"suggested_duration": 0}, "greater than or equal to 0.5"),
        ({"seed": -1}, "Seed"),
        ({"model": "loud"}, "Model must be one of music"),
        ({"parameters": {"top_p": 3}}, "top_p must be a number"),
        ({"parameters": {"loud": 3}}, "There is no parameter 'loud'"),
        ({"parameters": "loud"}, "must be a"),
        ({"tags": [1]}, "must be a list of words"),
        ({"tags": [str(n) for n in range(9)]}, "at most 8"),
        ({"track": "0" * 32}, "Track not found"),
    ],
)
def test_nonsense_is_a_clear_error(owner: FlaskClient, facts: dict, fault: str) -> None:
    answer = owner.post("/api/presets", json={**TRAIN, **facts})
    assert answer.status_code in (400, 404) and fault in answer.json["error"], answer.json


def test_words_on_the_operators_list_are_refused(open_app: Flask, owner: FlaskClient) -> None:
    (open_app.config["SOUNDBOX"].instance / "blocklist.txt").write_text("kazoo\n")
    for field in ("name", "description", "prompt_base"):
        assert owner.post("/api/presets", json={**TRAIN, field: "a kazoo"}).status_code == 400


def test_a_refused_form_keeps_what_was_typed(owner: FlaskClient) -> None:
    page = owner.post("/api/presets", data={**TRAIN, "suggested_bpm": "900"}, headers=HTML)
    assert page.status_code == 400 and "fast train in a tunnel" in page.text and "suggested_bpm-mistake" in page.text


def test_the_operators_presets_stand_among_those_of_everybody(open_app: Flask, owner: FlaskClient) -> None:
    (open_app.config["SOUNDBOX"].instance / FILE).write_text('{"ours": {"name": "Ours", "prompt_base": "bells"}}')
    assert names(owner)[-1] == "Ours"
    assert owner.post("/generate", json={"preset": "ours"}).status_code == 201


# As a filter of the library.


def test_a_list_is_narrowed_by_preset_wherever_it_is_asked_for(open_app: Flask, owner: FlaskClient) -> None:
    rock = make_track(open_app, preset="latin_rock")
    make_track(open_app, preset="trap_808")
    make_track(open_app)
    for path in ("/api/library", "/mine"):
        answer = owner.get(
            path, query_string={"preset": "latin_rock", "loop": 0}, headers={"Accept": "application/json"}
        )
        assert [one["id"] for one in answer.json["items"]] == [rock] and answer.json["total"] == 1
        assert answer.json["items"][0]["preset"] == "latin_rock"
    assert owner.get("/api/library?preset=unknown").json["total"] == 0
    assert owner.get("/api/presets/latin_rock").json["tracks"] == 1
    page = owner.get("/library?preset=latin_rock", headers=HTML).text
    assert "Latin Rock (1)</option>" in page.replace("\n", "")


def test_a_track_names_its_preset_only_where_it_may_be_read(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    slug = save(cast["ada"], name="Client jingle")["slug"]
    track = make_track(public_app, "ada", preset=slug)
    assert "Client jingle" in cast["ada"].get(f"/tracks/{track}", headers=HTML).text
    assert "Client jingle" not in cast["dov"].get(f"/tracks/{track}", headers=HTML).text
    assert "Client jingle" not in cast["dov"].get(f"/library?preset={slug}", headers=HTML).text
