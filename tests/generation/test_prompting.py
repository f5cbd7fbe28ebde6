"""Help with a prompt: what is understood while one types, and words that can be added without a script."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import pytest
from flask.testing import FlaskClient

HTMX = {"HX-Request": "true"}
HTML = {"Accept": "text/html"}


def understood(client: FlaskClient, prompt: str, model: str = "music", **more: str) -> dict:
    return client.get("/understand", query_string={"prompt": prompt, "model": model, **more}).json


def test_a_music_prompt_is_told_as_facts_and_words(owner: FlaskClient) -> None:
    heard = understood(owner, "lo-fi, 78 bpm, D dorian, no drums")
    assert (heard["style"], heard["tempo"], heard["key"]) == ("lo-fi", 78, "D dorian")
    assert heard["understood"] == ["lo-fi", "78 bpm", "D dorian", "no drums"]


def test_what_only_a_seed_would_choose_is_left_open(owner: FlaskClient) -> None:
    heard = understood(owner, "techno")
    assert (heard["style"], heard["tempo"], heard["key"]) == ("techno", None, None)


def test_an_effect_is_told_as_its_layers(owner: FlaskClient) -> None:
    heard = understood(owner, "heavy rain on a tin roof with distant thunder", "audio")
    assert heard["understood"] == ["heavy rain", "tin roof", "distant thunder"]
    assert (heard["style"], heard["tempo"], heard["key"]) == (None, None, None)


@pytest.mark.parametrize(
    ("prompt", "model"),
    [("", "music"), ("qwertz", "music"), ("qwertz", "audio"), ("Please mind the gap", "tts"), ("rain", "nonsense")],
)
def test_what_says_nothing_is_told_as_nothing(owner: FlaskClient, prompt: str, model: str) -> None:
    heard = owner.get("/understand", query_string={"prompt": prompt, "model": model})
    assert heard.status_code == 200
    assert heard.json["style"] is None


@pytest.mark.parametrize("model", ["music", "audio"])
@pytest.mark.parametrize("prompt", ["qwertz uiop", "夜晚的雨声", "مطر هادئ", "🌧️🎹"])
def test_words_that_nobody_knows_here_are_said_to_be_left_to_chance(
    owner: FlaskClient, prompt: str, model: str
) -> None:
    assert understood(owner, prompt, model)["left_to_chance"] is True
    asked = {"prompt": prompt, "model": model}
    assert "chance decides how it sounds" in owner.get("/understand", query_string=asked, headers=HTMX).text


@pytest.mark.parametrize(
    ("prompt", "model"), [("", "music"), ("qwe", "music"), ("slow qwertz", "music"), ("Grüß Gott zusammen", "tts")]
)
def test_nothing_is_left_to_chance_before_or_where_words_count(owner: FlaskClient, prompt: str, model: str) -> None:
    assert understood(owner, prompt, model)["left_to_chance"] is False


def test_an_unchanged_reading_is_not_sent_again(owner: FlaskClient) -> None:
    seen = understood(owner, "lo-fi at 78 bpm")["version"]
    same = owner.get("/understand", query_string={"prompt": "lo-fi at 78 bpm ", "seen": seen}, headers=HTMX)
    other = owner.get("/understand", query_string={"prompt": "lo-fi at 79 bpm", "seen": seen}, headers=HTMX)
    assert (same.status_code, same.data) == (204, b"")
    assert other.status_code == 200 and "79 bpm" in other.text


def test_htmx_gets_the_part_that_stands_under_the_prompt(owner: FlaskClient) -> None:
    fragment = owner.get("/understand", query_string={"prompt": "<b>house</b>, 124 bpm"}, headers=HTMX).text
    assert "124 bpm" in fragment
    assert "<html" not in fragment and "<b>" not in fragment


def test_a_prompt_too_long_to_be_one_is_refused(owner: FlaskClient) -> None:
    assert owner.get("/understand", query_string={"prompt": "x" * 3000}).status_code == 400


def test_create_shows_what_is_understood_of_the_prompt_it_opens_with(owner: FlaskClient) -> None:
    page = owner.get("/create?prompt=house+124+bpm", headers=HTML).text
    spoken = re.search(r'id="understood"(.*?)</div>', page, re.DOTALL)
    assert spoken and "124 bpm" in spoken[1]


def test_each_kind_has_examples_and_words_of_its_own(owner: FlaskClient) -> None:
    page = owner.get("/create", headers=HTML).text
    assert {"music", "audio", "tts"} <= set(re.findall(r'data-for="(\w+)"', page))
    assert {"Style", "Mood", "Tempo", "Key", "Instrument", "Sound", "Place"} <= set(
        re.findall(r'<summary class="chip">([^<]+)<', page)
    )


def test_a_word_is_added_to_the_prompt_by_a_plain_link(owner: FlaskClient) -> None:
    page = owner.get("/create?prompt=house", headers=HTML).text
    link = unescape(re.search(r'href="([^"]+)"\s+data-add="dreamy"', page)[1])
    assert re.search(r"<textarea[^>]*>house, dreamy</textarea>", owner.get(link, headers=HTML).text)


def test_the_front_page_tells_too_what_it_understands(owner: FlaskClient) -> None:
    page = owner.get("/", headers=HTML).text
    assert 'hx-get="/understand"' in page and 'id="understood"' in page


def test_the_web_needs_no_synthesis_to_understand() -> None:
    program = (
        "import sys; from soundbox.engines.understanding import understand;"
        "from soundbox.engines.wording import word_groups;"
        "understand('audio', 'heavy rain'); word_groups('audio'); word_groups('music');"
        "sys.exit(any(name == 'scipy' or name.startswith('flask') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
