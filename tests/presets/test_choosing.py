"""Choosing a preset in the form: nothing that was typed is lost, and it can be taken out again; without a script."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from soundbox.generation.choosing import taken_out
from soundbox.presets.house import BUILT_IN

HTML = {"Accept": "text/html"}
HTMX = {"HX-Request": "true"}
TYPED = {"prompt": "with flute", "title": "Mine", "duration": "8", "seed": "5", "model": "audio", "takes": "2"}


def form(client: FlaskClient, values: dict[str, str], headers: dict[str, str] = HTML) -> dict[str, str]:
    """The fields of the form as a browser would send them."""
    page = client.get("/create", query_string=urlencode(values), headers=headers)
    assert page.status_code == 200
    return fields(page.text)


def fields(page: str) -> dict[str, str]:
    found = {"prompt": (re.search(r"<textarea[^>]*id=\"prompt\"[^>]*>([^<]*)", page) or [""])[1]}
    for tag in re.findall(r"<input[^>]*>", page.partition('id="create-form"')[2]):
        facts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        is_on = facts.get("type") not in ("radio", "checkbox") or re.search(r"\bchecked\b", tag)
        if "name" in facts and is_on:
            found.setdefault(facts["name"], facts.get("value", "").replace("&#34;", '"'))
    return found


@pytest.mark.parametrize("headers", [HTML, HTMX])
def test_a_chosen_preset_fills_the_form_and_keeps_what_was_typed(owner: FlaskClient, headers: dict[str, str]) -> None:
    shown = form(owner, {**TYPED, "preset": "latin_rock"}, headers)
    assert (shown["prompt"], shown["title"], shown["takes"]) == ("with flute", "Mine", "2")
    assert (shown["duration"], shown["seed"], shown["model"], shown["preset"]) == ("12", "42", "music", "latin_rock")


def test_taken_out_again_everything_is_as_it_was(owner: FlaskClient) -> None:
    chosen = form(owner, {**TYPED, "preset": "latin_rock"})
    back = form(owner, {**chosen, "preset": ""})
    assert {name: back[name] for name in TYPED} == TYPED and "preset" not in back


def test_what_was_changed_meanwhile_stays(owner: FlaskClient) -> None:
    chosen = form(owner, {**TYPED, "preset": "latin_rock"})
    back = form(owner, {**chosen, "prompt": "with harp", "duration": "20", "preset": ""})
    assert (back["prompt"], back["duration"], back["seed"], back["model"]) == ("with harp", "20", "5", "audio")


def test_another_preset_takes_its_place(owner: FlaskClient) -> None:
    chosen = form(owner, {**TYPED, "preset": "latin_rock"})
    other = form(owner, {**chosen, "preset": "rain_on_tin"})
    assert (other["duration"], other["seed"], other["model"]) == ("20", "5", "audio")
    back = form(owner, {**other, "preset": ""})
    assert {name: back[name] for name in TYPED} == TYPED


def test_a_link_with_nothing_else_opens_the_form_with_it(owner: FlaskClient) -> None:
    page = owner.get("/create?preset=announcer", headers=HTML).text
    assert (fields(page)["model"], fields(page)["rate"]) == ("tts", "150") and "Announcer" in page
    assert re.search(r'id="preset-announcer"[^>]*aria-pressed="true"', page)


def test_what_a_browser_sends_is_accepted(owner: FlaskClient) -> None:
    chosen = form(owner, {**TYPED, "preset": "latin_rock"})
    job_id = owner.post("/generate", data={**chosen, "takes": "1"}, headers=HTML).location.rsplit("/", 1)[-1]
    job = owner.get(f"/job/{job_id}").json
    assert job["prompt"] == f"{BUILT_IN['latin_rock']['prompt_base']}, with flute"
    assert (job["seed"], job["duration"], job["preset"]) == (42, 12, "latin_rock")


def test_a_refused_form_still_has_its_preset(owner: FlaskClient) -> None:
    chosen = form(owner, {**TYPED, "preset": "latin_rock"})
    page = owner.post("/generate", data={**chosen, "duration": "999"}, headers=HTML)
    assert page.status_code == 400
    assert (fields(page.text)["preset"], fields(page.text)["duration"]) == ("latin_rock", "999")


def test_a_preset_that_is_gone_says_so_and_loses_nothing(owner: FlaskClient) -> None:
    page = owner.get("/create", query_string={**TYPED, "preset": "gone"}, headers=HTML)
    assert page.status_code == 200 and "There is no such preset any more" in page.text
    assert fields(page.text)["prompt"] == "with flute"


def test_what_is_understood_counts_the_words_of_the_preset(owner: FlaskClient) -> None:
    heard = owner.get("/understand", query_string={"prompt": "with flute", "preset": "trap_808"}).json
    assert heard["style"] == "trap" and "flute" in heard["understood"]


@pytest.mark.parametrize(
    "before", ["", "{", "[]", "1", '{"fields": 1}', '{"fields": {"seed": [1, 2]}}', '{"fields": {"seed": 1}}']
)
def test_a_memory_that_is_not_ours_is_ignored(before: str) -> None:
    assert taken_out({"seed": "2", "before": before, "preset": "x"}) == {"seed": "2"}


def test_the_front_page_offers_some(owner: FlaskClient) -> None:
    page = owner.get("/", headers=HTML).text
    assert "Latin Rock" in page and 'formaction="/create"' in page
