"""Asking for sound: what is accepted, what is refused, and in which shape."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from soundbox.accounts.models import User
from soundbox.accounts.replays import Replay
from soundbox.app import create_app
from soundbox.config import Config
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.models import SPEECH_INSTALL, procedural_models
from soundbox.extensions import db
from soundbox.jobs.models import Job
from tests.conftest import member
from tests.generation.odd_bodies import BODIES
from tests.making import make_track

RAIN = {"prompt": "slow rain on a tin roof", "model": "audio", "duration": 2}
HTML = {"Accept": "text/html"}
HTMX = {"HX-Request": "true"}


def stored(table: type = Job) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def jobs() -> list[Job]:
    with db.read() as session:
        return list(session.scalars(select(Job).order_by(Job.seq)))


def test_every_odd_body_has_its_answer_and_what_is_refused_is_not_stored(owner: FlaskClient) -> None:
    answers = {}
    for name, (sent, _) in BODIES.items():
        before = stored()
        answer = owner.post("/generate", data=sent, content_type="application/json")
        assert (answer.status_code, stored() - before) in [(201, 1), (400, 0)], name
        answers[name] = answer.json.get("error")
    assert answers == {name: error for name, (_, error) in BODIES.items()}


def test_control_characters_become_blanks(owner: FlaskClient) -> None:
    owner.post("/generate", json={**RAIN, "prompt": "rain\0drops\x1b ", "title": "my\0rain"})
    assert [(job.prompt, job.title) for job in jobs()] == [("rain drops", "my rain")]


@pytest.mark.parametrize(
    ("sent", "status", "error"),
    [
        ({"data": "x" * 1_000_000, "content_type": "application/json"}, 413, "What you sent is too large"),
        ({"data": {"prompt": "x" * 1_000_000}}, 413, "What you sent is too large"),
        ({"data": "prompt=rain", "content_type": "text/plain"}, 415, "Send JSON or a form"),
        ({"data": '{"prompt": "rain"}'}, 415, "Send JSON or a form"),
        ({"json": RAIN, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403, "This request came from another site"),
        ({"json": RAIN, "headers": {"Idempotency-Key": "x" * 201}}, 400, "Idempotency-Key has at most 200 characters"),
        ({"json": RAIN, "query_string": "dry_run=perhaps"}, 400, None),
    ],
)
def test_what_is_wrong_around_a_body_is_said(owner: FlaskClient, sent: dict, status: int, error: str | None) -> None:
    answer = owner.post("/generate", **sent)
    assert answer.status_code == status and answer.json["error"] == (error or answer.json["error"])
    assert stored() == 0


@pytest.mark.parametrize(
    ("person", "before", "body", "status", "error", "retry"),
    [
        ("ada", 0, {"duration": 31}, 400, "Duration exceeds your tier limit", False),
        ("ben", 0, {"duration": 181}, 400, "Duration exceeds your tier limit", False),
        ("ada", 2, {}, 429, "Rate limit exceeded: free may have 2 jobs waiting, and has 2", True),
        ("ada", 1, {"takes": 2}, 429, "Rate limit exceeded: free may have 2 jobs waiting, and has 1", True),
        ("ben", 20, {}, 429, "Rate limit exceeded: creator may have 20 jobs waiting, and has 20", True),
        ("dov", 0, {"takes": 4}, 429, "Rate limit exceeded: free may have 2 jobs waiting, and has 0", True),
        ("guest", 0, {"duration": 31}, 400, "Duration exceeds your tier limit", False),
        ("guest", 2, {}, 429, "Rate limit exceeded: free may have 2 jobs waiting, and has 2", True),
        ("wrong token", 0, {}, 401, "Authentication required", False),
    ],
)
def test_the_refusals_of_generate(
    cast: dict[str, FlaskClient],
    nobody: FlaskClient,
    person: str,
    before: int,
    body: dict,
    status: int,
    error: str,
    retry: bool,
) -> None:
    client = {"guest": nobody, "wrong token": nobody, **cast}[person]
    headers = {"Authorization": "Bearer sbx_wrong"} if person == "wrong token" else {}
    assert all(client.post("/generate", json=RAIN).status_code == 201 for _ in range(before))
    answer = client.post("/generate", json={**RAIN, **body}, headers=headers)
    assert (answer.status_code, answer.json, stored()) == (status, {"error": error}, before)
    assert ("Retry-After" in answer.headers) == retry


def test_a_guest_who_is_refused_is_not_remembered(public_app: Flask) -> None:
    clients = [public_app.test_client() for _ in range(3)]
    answers = [client.post("/generate", json=RAIN) for client in clients]
    assert ["Set-Cookie" in answer.headers for answer in answers] == [True, True, False]
    assert stored(User) == 2


def test_an_hour_has_its_budget(cast: dict[str, FlaskClient]) -> None:
    for _ in range(3):
        job_id = cast["ada"].post("/generate", json=RAIN).json["job_id"]
        cast["ada"].delete(f"/job/{job_id}")
    answer = cast["ada"].post("/generate", json=RAIN)
    assert answer.status_code == 429
    assert answer.json["error"] == "Rate limit exceeded: free may ask for 3 an hour"
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600


def test_a_form_that_is_refused_says_when_there_is_room_again(cast: dict[str, FlaskClient]) -> None:
    browser = {"Accept": "text/html"}
    for _ in range(2):
        cast["ada"].post("/generate", json=RAIN)
    waiting = cast["ada"].post("/generate", data=RAIN, headers=browser).text
    assert "There is room again as soon as one of them is made or cancelled." in waiting
    for _ in range(3):
        job_id = cast["dov"].post("/generate", json=RAIN).json["job_id"]
        cast["dov"].delete(f"/job/{job_id}")
    hourly = cast["dov"].post("/generate", data=RAIN, headers=browser).text
    assert "free may ask for 3 an hour. There is room again in 60 min." in hourly


def test_a_full_queue_says_when_to_come_again(config: Config, database: None) -> None:
    small = Config.load(config.instance, database=config.database, worker="none", queue_limit=2)
    client = create_app(small).test_client()
    assert client.post("/generate", json={**RAIN, "takes": 3}).status_code == 503
    assert client.post("/generate", json={**RAIN, "takes": 2}).status_code == 201
    answer = client.post("/generate", json=RAIN)
    assert (answer.status_code, answer.json, stored()) == (503, {"error": "Queue is full"}, 2)
    assert int(answer.headers["Retry-After"]) > 0


def test_speech_that_is_not_installed_says_how_to_get_it(open_app: Flask, owner: FlaskClient) -> None:
    bare = Catalogue([(procedural_models(), lambda: None)], {"tts": f"Speech is not installed here. {SPEECH_INSTALL}"})
    open_app.extensions["soundbox_catalogue"] = bare
    answer = owner.post("/generate", json={"prompt": "hello", "model": "tts"})
    assert answer.status_code == 400
    assert "pip install 'soundbox[speech]'" in answer.json["error"]
    page = owner.post("/generate", data={"prompt": "hello", "model": "tts"}, headers=HTML)
    assert "pip install" in page.text


def test_takes_differ_by_their_seed_and_know_each_other(owner: FlaskClient) -> None:
    answer = owner.post("/generate", json={**RAIN, "takes": 4, "seed": 2**32 - 2}).json
    assert [job.id for job in jobs()] == answer["jobs"] and answer["job_id"] == answer["jobs"][0]
    assert [job.seed for job in jobs()] == [2**32 - 2, 2**32 - 1, 0, 1]
    assert owner.get(f"/job/{answer['job_id']}").json["takes"] == answer["jobs"]


def test_takes_are_told_apart_by_name(owner: FlaskClient) -> None:
    owner.post("/generate", json={**RAIN, "takes": 2})
    owner.post("/generate", json={**RAIN, "takes": 2, "title": "x" * 120})
    owner.post("/generate", json={**RAIN, "title": "Alone"})
    assert [job.take for job in jobs()] == [1, 2, 1, 2, 0]
    assert [job.title for job in jobs()] == ["", "", f"{'x' * 111} (take 1)", f"{'x' * 111} (take 2)", "Alone"]
    page = owner.get(f"/job/{jobs()[0].id}", headers=HTML).text
    assert f"{RAIN['prompt']} (take 1)" in page and "Take 2</a>" in page


def test_a_variation_names_its_parent(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    public, private = make_track(public_app, "ada"), make_track(public_app, "ada", visibility="private")
    accepted = cast["dov"].post("/generate", json={**RAIN, "parent": public, "relation": "vary"})
    hidden = cast["dov"].post("/generate", json={**RAIN, "parent": private, "relation": "vary"})
    extended = cast["dov"].post("/generate", json={**RAIN, "parent": public, "relation": "extend"})
    assert [answer.status_code for answer in (accepted, hidden, extended)] == [201, 400, 400]
    assert hidden.json["error"] == "The parent track was not found"
    assert [(job.parent_id, job.relation) for job in jobs()] == [(public, "vary")]


# One view, three answers.


def test_a_plain_form_goes_on_to_its_job(owner: FlaskClient) -> None:
    answer = owner.post("/generate", data={**RAIN, "seed": "", "title": ""}, headers=HTML)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/job/{jobs()[0].id}")


def test_a_plain_form_for_several_takes_goes_on_to_all_of_them(owner: FlaskClient) -> None:
    answer = owner.post("/generate", data={**RAIN, "takes": "2", "loop": "1"}, headers=HTML)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/create")
    assert [job.loop for job in jobs()] == [True, True]


def test_htmx_gets_the_list_with_the_new_job(owner: FlaskClient) -> None:
    answer = owner.post("/generate", data=RAIN, headers=HTMX)
    assert answer.status_code == 201 and "<html" not in answer.text
    assert 'id="jobs"' in answer.text and f"job-{jobs()[0].id}" in answer.text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"prompt": ""}, "Prompt is required"),
        ({"duration": "999"}, "At most 180 seconds"),
        ({"duration": "long"}, "must be a valid number"),
        ({"seed": "abc"}, "must be a valid integer"),
        ({"takes": "9"}, "must be less than or equal to 4"),
        ({"title": "<b>" * 50}, "must have at most 120 characters"),
        ({"visibility": "friends"}, "must be"),
        ({"model": "nope"}, "Unknown model"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_shows_the_fault_at_its_field(
    owner: FlaskClient, typed: dict, fault: str
) -> None:
    data = {**RAIN, "title": "My rain", "seed": "42", **typed}
    page = owner.post("/generate", data=data, headers=HTML)
    fragment = owner.post("/generate", data=data, headers=HTMX)
    assert page.status_code == fragment.status_code == 400
    assert "<html" in page.text and "<html" not in fragment.text
    assert 'id="create-form"' in fragment.text
    name = next(iter(typed))
    for text in (page.text, fragment.text):
        assert data["prompt"] in text and fault in text.replace("&#39;", "'") and f'id="{name}-mistake"' in text
        assert "My rain" in text or name == "title"


def test_a_form_that_must_wait_says_when_to_come_again(cast: dict[str, FlaskClient]) -> None:
    for _ in range(2):
        cast["ada"].post("/generate", json=RAIN)
    for headers in (HTML, HTMX):
        answer = cast["ada"].post("/generate", data=RAIN, headers=headers)
        assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
        assert "Rate limit exceeded" in answer.text and RAIN["prompt"] in answer.text


def test_an_idea_keeps_the_rest_of_the_form(owner: FlaskClient) -> None:
    form = {"prompt": "", "model": "audio", "seed": "7", "duration": "12"}
    page = owner.post("/random-prompt", data=form, headers=HTML, follow_redirects=True)
    fragment = owner.post("/random-prompt", data=form, headers=HTMX)
    assert page.request.path == "/create" and "<html" not in fragment.text
    for text in (page.text, fragment.text):
        assert 'value="12"' in text and 'value="7"' in text and 'name="prompt"' in text


def test_the_same_seed_gives_the_same_idea(owner: FlaskClient) -> None:
    first, again = (owner.post("/random-prompt", json={"model": "audio", "seed": 7}).json for _ in range(2))
    assert first == again and list(first) == ["prompt"]


# Idempotency-Key.


def keyed(client: FlaskClient, body: dict, key: str = "k1", **headers: str):
    return client.post("/generate", json=body, headers={"Idempotency-Key": key, **headers})


def test_the_same_key_and_body_get_the_same_answer(owner: FlaskClient) -> None:
    first, again = keyed(owner, RAIN), keyed(owner, {**RAIN, "duration": 2.0})
    assert (again.status_code, again.json, stored()) == (201, first.json, 1)
    assert again.headers["Location"] == first.headers["Location"]


def test_another_body_under_the_same_key_is_refused(owner: FlaskClient) -> None:
    keyed(owner, RAIN)
    answer = keyed(owner, {**RAIN, "duration": 3})
    assert (answer.status_code, stored()) == (422, 1)
    assert "Idempotency-Key" in answer.json["error"]


def test_another_key_is_another_job_and_so_is_none(owner: FlaskClient) -> None:
    for key in ("k1", "k2"):
        keyed(owner, RAIN, key)
    owner.post("/generate", json=RAIN)
    assert stored() == 3


def test_a_refused_request_does_not_use_up_its_key(cast: dict[str, FlaskClient]) -> None:
    assert keyed(cast["ada"], {**RAIN, "duration": 31}).status_code == 400
    assert keyed(cast["ada"], RAIN).status_code == 201


def test_the_key_of_somebody_else_is_their_own(cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    answers = [keyed(client, RAIN) for client in (cast["ada"], cast["dov"], nobody)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert len({answer.json["job_id"] for answer in answers}) == stored() == 3


def test_a_guest_who_lost_the_cookie_is_answered_again(public_app: Flask) -> None:
    first, again = (keyed(public_app.test_client(), RAIN) for _ in range(2))
    assert (again.json, stored(), stored(User)) == (first.json, 1, 1)


@pytest.mark.parametrize("mode", ["open", "member", "guest"])
def test_a_crowd_with_one_key_makes_one_job(open_app: Flask, config: Config, mode: str) -> None:
    app = open_app
    if mode != "open":
        app = create_app(Config.load(config.instance, database=config.database, worker="none", mode="accounts"))
    client = member(app, "ada", "free") if mode == "member" else app.test_client()
    bearer = {"Authorization": client.environ_base["HTTP_AUTHORIZATION"]} if mode == "member" else {}

    def ask(_: int):
        return keyed(app.test_client(), RAIN, **bearer)

    with ThreadPoolExecutor(6) as crowd:
        answers = list(crowd.map(ask, range(6)))
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.json["job_id"] for answer in answers}) == stored() == stored(Replay) == 1


def test_a_crowd_that_comes_first_finds_one_owner(open_app: Flask) -> None:
    with ThreadPoolExecutor(6) as crowd:
        answers = list(crowd.map(lambda _: open_app.test_client().post("/generate", json=RAIN), range(6)))
    assert [answer.status_code for answer in answers] == [201] * 6
    assert (stored(), stored(User)) == (6, 1)


# Quotes.


def test_a_quote_tells_place_time_and_price_and_stores_nothing(nobody: FlaskClient) -> None:
    nobody.post("/generate", json=RAIN)
    answer = nobody.post("/generate?dry_run=1", json={**RAIN, "duration": 30, "model": "music"})
    assert answer.status_code == 200
    assert (answer.json["position"], answer.json["cost"], answer.json["skip"]["cost"]) == (2, 0, 3)
    assert answer.json["eta_seconds"]["p50"] > 0 and answer.json["why"][0] == "1 is ahead of you."
    assert "job_id" not in answer.json and stored() == 1


def test_a_quote_makes_nobody(nobody: FlaskClient) -> None:
    answer = nobody.post("/generate?dry_run=1", json=RAIN)
    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert stored(User) == 0


def test_a_quote_is_refused_like_the_request(cast: dict[str, FlaskClient]) -> None:
    assert cast["ada"].post("/generate?dry_run=1", json={**RAIN, "duration": 31}).status_code == 400
    assert cast["ada"].post("/generate?dry_run=1", json={**RAIN, "takes": 3}).status_code == 429
