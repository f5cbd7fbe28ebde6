"""Parameters that nobody could play or say are refused when they are asked for, not when their turn has come."""

from __future__ import annotations

import json
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from soundbox.engines import voices
from soundbox.extensions import db
from soundbox.jobs.models import Job

HTML, HTMX = {"Accept": "text/html"}, {"HX-Request": "true"}
PROBLEM = {"Accept": "application/problem+json"}
NO_TEMPO = "The tempo must be a number from 40 to 220 beats a minute."
NO_RATE, NO_PITCH = "rate must be a whole number from 80 to 450.", "pitch must be a whole number from 0 to 99."
NO_TYPE, NOT_FINITE = "must be text, a number, true or false", "must be a finite number"
REFUSED: list[tuple[str, dict[str, Any], str, str]] = [  # model, parameters, the one to blame, what is said
    ("music", {"tempo": 9999}, "tempo", NO_TEMPO),
    ("music", {"tempo": 39.9}, "tempo", NO_TEMPO),
    ("music", {"tempo": "fast"}, "tempo", NO_TEMPO),
    ("music", {"tempo": True}, "tempo", NO_TEMPO),
    ("music", {"tempo": 10**400}, "tempo", NO_TEMPO),
    ("music", {"tempo": float("nan")}, "tempo", f"Tempo {NOT_FINITE}"),
    ("music", {"tempo": float("inf")}, "tempo", f"Tempo {NOT_FINITE}"),
    ("music", {"tempo": [90]}, "tempo", f"Tempo {NO_TYPE}"),
    ("music", {"tempo": {"bpm": 90}}, "tempo", f"Tempo {NO_TYPE}"),
    ("music", {"tempo": 90, "key": "H flat"}, "key", "There is no key called 'H flat'; write it like “A minor”"),
    ("music", {"key": "H minor"}, "key", "There is no key called 'H minor'"),
    ("music", {"key": 440}, "key", "There is no key called '440'"),
    ("music", {"key": "x" * 2000}, "key", f"There is no key called '{'x' * 40}'"),
    ("music", {"metre": "13/17"}, "metre", "music has no parameter 'metre'; it takes: tempo, key"),
    ("music", {"\ud800": 1}, "\ud800", "music has no parameter '\\ud800'"),
    ("music", {"y" * 5000: 1}, "y" * 40, f"music has no parameter '{'y' * 40}'"),
    ("magnet", {"tempo": 0}, "tempo", NO_TEMPO),
    ("magnet-music", {"voice": "de"}, "voice", "magnet-music has no parameter 'voice'; it takes: tempo, key"),
    ("audio", {"tempo": 90}, "tempo", "audio has no parameter 'tempo'; it takes: none"),
    ("tts", {"voice": "nobody"}, "voice", 'There is no voice "nobody". Try en-us'),
    ("tts", {"voice": "../../passwd"}, "voice", "There is no voice"),
    ("tts", {"voice": 7}, "voice", "There is no voice"),
    ("tts", {"rate": 20}, "rate", NO_RATE),
    ("tts", {"rate": "quick"}, "rate", NO_RATE),
    ("tts", {"rate": 10**400}, "rate", NO_RATE),
    ("tts", {"pitch": 100}, "pitch", NO_PITCH),
    ("tts", {"pitch": -1}, "pitch", NO_PITCH),
    ("tts", {"pitch": 1.5}, "pitch", NO_PITCH),
    ("tts", {"tempo": 90}, "tempo", "tts has no parameter 'tempo'; it takes: voice, rate, pitch"),
]
TAKEN: list[tuple[str, dict[str, Any]]] = [
    ("music", {"tempo": 40, "key": "in F♯ dorian"}),
    ("music", {"tempo": "220", "key": "Bb"}),
    ("music", {"tempo": None, "key": ""}),
    ("tts", {"voice": "en-gb+f3", "rate": 80, "pitch": "99"}),
]


def possible(table: list[Any]) -> list[Any]:
    return [row for row in table if row[0] != "tts" or voices.is_installed()]


def ask(client: FlaskClient, model: str, parameters: object, headers: dict[str, str] | None = None) -> Any:
    body = json.dumps({"prompt": "rain", "model": model, "parameters": parameters})
    return client.post("/generate", data=body, content_type="application/json", headers=headers)


def stored() -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(Job)) or 0


def test_what_nobody_can_make_is_refused_at_once_with_its_name(owner: FlaskClient) -> None:
    for model, parameters, name, words in possible(REFUSED):
        answer, problem = ask(owner, model, parameters), ask(owner, model, parameters, PROBLEM)
        assert answer.status_code == problem.status_code == 400, (model, parameters)
        assert words in answer.json["error"] and len(answer.json["error"]) < 150
        assert problem.json["detail"] == answer.json["error"]
        assert list(problem.json["fields"]) == [f"parameters.{name}"]
    assert stored() == 0


def test_what_can_be_made_is_taken(owner: FlaskClient) -> None:
    for model, parameters in possible(TAKEN):
        assert ask(owner, model, parameters).status_code == 201, parameters
    with db.read() as session:
        kept = [job.parameters for job in session.scalars(select(Job).order_by(Job.seq))]
    assert kept[0] == {"tempo": 40, "key": "in F♯ dorian"} and kept[2] == {"key": ""}


def test_a_quote_is_refused_alike(owner: FlaskClient) -> None:
    quote = owner.post("/generate?dry_run=1", json={"prompt": "rain", "parameters": {"tempo": 9999}})
    assert (quote.status_code, quote.json) == (400, {"error": NO_TEMPO})


@pytest.mark.parametrize("headers", [HTML, HTMX])
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ('{"tempo": 9999}', NO_TEMPO),
        ('{"tempo": [9]}', NO_TYPE),
        ("tempo 90", "must be a JSON object"),
        ("[1]", "JSON"),
    ],
)
def test_a_form_shows_it_at_the_field_and_loses_nothing(
    owner: FlaskClient, headers: dict[str, str], typed: str, words: str
) -> None:
    form = {"prompt": "rain", "title": "My rain", "seed": "42", "duration": "12", "parameters": typed}
    answer = owner.post("/generate", data=form, headers=headers)
    assert (answer.status_code, stored()) == (400, 0)
    page = unescape(answer.text)
    mistake = page[page.index('id="parameters-mistake"') :]
    assert words in mistake[: mistake.index("</p>")] and 'aria-describedby="parameters-mistake"' in page
    for kept in ("My rain", "rain</textarea>", 'value="42"', 'value="12"', f'value="{typed}"'):
        assert kept in page, kept


def test_a_form_that_asks_for_no_parameters_shows_none(owner: FlaskClient) -> None:
    assert 'id="parameters"' not in owner.get("/create", headers=HTML).text
