"""The operator's words keep out of prompts, titles and playlists: whole words, however they are written."""

from __future__ import annotations

import os
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.tracks.blocklist import is_blocked
from tests.making import make_track

LIST = """
# what nobody wants to hear here
grobble      # one word
Rotten  Café
lo-fi thief
"""


@pytest.fixture(autouse=True)
def words(open_app: Flask) -> None:
    (open_app.config["SOUNDBOX"].instance / "blocklist.txt").write_text(LIST)


def ask(client: FlaskClient, **body: Any) -> Any:
    return client.post("/generate", json={"prompt": "rain", "model": "audio", **body})


@pytest.mark.parametrize(
    "prompt",
    ["a grobble in the night", "GROBBLE!", "gróbble", "the rotten-cafe song", "lofi thief", "lo fi thief at dawn"],
)
def test_a_prompt_with_such_a_word_is_refused_without_repeating_it(owner: FlaskClient, prompt: str) -> None:
    answer = ask(owner, prompt=prompt)
    assert (answer.status_code, answer.json) == (400, {"error": "This prompt has words that are not welcome here"})


@pytest.mark.parametrize("prompt", ["grobbles", "grobbled", "ungrobble", "rotten apples in a cafe", "a thief"])
def test_other_words_pass(owner: FlaskClient, prompt: str) -> None:
    assert ask(owner, prompt=prompt).status_code == 201


def test_titles_and_words_to_sing_are_checked_too(owner: FlaskClient) -> None:
    assert ask(owner, title="Grobble").json["error"] == "This title has words that are not welcome here"
    assert ask(owner, parameters={"surface": "grobble"}).status_code == 400
    assert owner.post("/generate?dry_run=1", json={"prompt": "grobble"}).status_code == 400


def test_a_new_title_is_checked(open_app: Flask, owner: FlaskClient) -> None:
    path = f"/api/library/{make_track(open_app)}"
    assert owner.patch(path, json={"title": "My grobble"}).status_code == 400
    assert owner.patch(path, json={"title": "My rain"}).status_code == 200


def test_names_and_descriptions_of_playlists_are_checked(owner: FlaskClient) -> None:
    assert owner.post("/api/playlists", json={"name": "Grobble"}).status_code == 400
    path = f"/api/playlists/{owner.post('/api/playlists', json={'name': 'Slow evenings'}).json['id']}"
    for words in ({"name": "GROBBLE!"}, {"description": "for grobble"}):
        assert owner.patch(path, json=words).status_code == 400
    assert owner.post(f"{path}/duplicate", json={"name": "grobble"}).status_code == 400
    assert owner.get(path).json["name"] == "Slow evenings"


def test_the_form_says_it_at_the_prompt(owner: FlaskClient) -> None:
    answer = owner.post("/generate", data={"prompt": "grobble"}, headers={"Accept": "text/html"})
    assert 'id="prompt-mistake"' in answer.text and "not welcome here" in answer.text


def test_a_changed_list_counts_at_once(open_app: Flask, owner: FlaskClient) -> None:
    path = open_app.config["SOUNDBOX"].instance / "blocklist.txt"
    path.write_text("rain\n")
    os.utime(path, ns=(0, 0))
    assert ask(owner).status_code == 400
    path.unlink()
    assert ask(owner).status_code == 201


def test_a_list_of_comments_and_punctuation_blocks_nothing(open_app: Flask) -> None:
    instance = open_app.config["SOUNDBOX"].instance
    (instance / "blocklist.txt").write_bytes(b"# nothing\n\n ,.!? \n\xff\xfe\n#\n")
    assert not is_blocked(instance, "anything at all", "")
