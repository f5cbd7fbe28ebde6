"""Paying to go first: what is held, what comes back, and when."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select

from soundbox.accounts.audit import AuditEntry
from soundbox.accounts.models import ApiToken, User
from soundbox.app import create_app
from soundbox.aura import ledger
from soundbox.aura.models import Entry
from soundbox.config import Config
from soundbox.engines import voices
from soundbox.extensions import db, limiter
from soundbox.jobs.models import Job
from soundbox.jobs.rescue import return_jobs_of
from soundbox.jobs.skips import Skip
from tests.engines.tiny_voice import tiny_voice
from tests.jobs.conftest import complete, job_now, move
from tests.jobs.test_routes import HTML, HTMX, asked, started

RECORDED = "en_US-tiny-low"
PRICES = [(10, 1), (30, 3), (60, 5), (120, 10), (180, 15)]


def give(name: str, amount: int) -> None:
    with db.money() as session:
        ledger.credit(session, User.named(session, name).id, amount, "grant", "test", f"{name}:{amount}")


def purse(name: str) -> tuple[int, int]:
    """What somebody has, and has set aside."""
    with db.read() as session:
        mine = ledger.purse(session, User.named(session, name).id)
    return mine.balance, mine.held


def pay(client: FlaskClient, job_id: str, **request: object):
    return client.post(f"/api/queue/{job_id}/skip", **request)


@pytest.fixture
def line(cast: dict[str, FlaskClient]) -> list[str]:
    """Cleo waits twice, then ada, who has 10 Aura; the ids in this order."""
    give("ada", 10)
    return [*(asked(cast["cleo"], duration=12) for _ in range(2)), asked(cast["ada"], duration=20)]


# Paying.


def test_a_skip_moves_the_job_to_the_front_and_holds_its_price(cast: dict[str, FlaskClient], line: list[str]) -> None:
    answer = pay(cast["ada"], line[2])
    assert (answer.status_code, answer.json) == (
        200,
        {
            "success": True,
            "message": "Skipped to front of queue for 3 Aura",
            "cost": 3,
            "new_balance": 7,
            "held": 3,
            "position": 1,
        },
    )
    assert purse("ada") == (7, 3)
    assert cast["ada"].get(f"/job/{line[2]}").json["position"] == 1
    with db.read() as session:
        assert sorted(session.get_one(Skip, line[2]).passed) == sorted(line[:2])
    assert started().id == line[2]


@pytest.mark.parametrize(("seconds", "cost"), PRICES)
def test_the_price_is_that_of_the_length(cast: dict[str, FlaskClient], seconds: int, cost: int) -> None:
    give("cleo", 20)
    first, job_id = asked(cast["ben"]), asked(cast["cleo"], duration=seconds)
    asked(cast["ben"], duration=3)
    with db.write() as session:
        session.get_one(Job, job_id).turn = job_now(first).turn + 1
    assert pay(cast["cleo"], job_id).json["cost"] == cost


def test_the_prices_are_published(nobody: FlaskClient) -> None:
    assert nobody.get("/api/queue/skip-pricing").json == {
        "pricing": [
            {"max_duration": 10, "cost": 1, "label": "Short SFX"},
            {"max_duration": 30, "cost": 3, "label": "Medium clip"},
            {"max_duration": 60, "cost": 5, "label": "Long SFX"},
            {"max_duration": 120, "cost": 10, "label": "Song"},
            {"max_duration": 999, "cost": 15, "label": "Long song"},
        ],
        "currency": "aura",
        "description": "Pay with Aura to skip the queue and get your audio faster",
    }


def test_who_paid_first_goes_first(cast: dict[str, FlaskClient], line: list[str]) -> None:
    give("dov", 10)
    later = asked(cast["dov"])
    pay(cast["ada"], line[2])
    pay(cast["dov"], later)
    assert [started().id, started().id] == [line[2], later]


REFUSED = [
    ("dov", "ada's", 403, "Not authorized"),
    ("guest", "ada's", 403, "Not authorized"),
    ("ada", "unknown", 404, "Job not found"),
    ("dov", "own", 400, "Insufficient Aura balance"),
    ("ada", "skipped", 400, "Job already skipped"),
    ("ada", "skipped and started", 400, "Job already skipped"),
    ("ada", "running", 400, "Cannot skip a job that is already processing"),
    ("ada", "ended", 400, "Job is not in queue"),
    ("cleo", "first", 400, "Job is already first"),
    ("ada", "owing", 400, "Paid features are frozen"),
]


@pytest.mark.parametrize(("person", "which", "status", "error"), REFUSED)
def test_what_is_refused_takes_nothing(
    cast: dict[str, FlaskClient],
    nobody: FlaskClient,
    line: list[str],
    person: str,
    which: str,
    status: int,
    error: str,
) -> None:
    job_id = line[2]
    if which == "unknown":
        job_id = "f" * 32
    elif which == "own":
        job_id = asked(cast["dov"])
    elif which == "first":
        job_id = line[0]
    elif which == "owing":
        with db.money() as session:
            ledger.take_back(session, User.named(session, "ada").id, 12, "dispute", "order", "dispute")
    elif which == "running":
        assert [started().id for _ in line][2] == job_id
    elif which == "ended":
        cast["ada"].delete(f"/job/{job_id}")
    elif which.startswith("skipped"):
        pay(cast["ada"], job_id)
        if which == "skipped and started":
            started()
    before = movements()
    answer = pay({**cast, "guest": nobody}[person], job_id)
    assert (answer.status_code, answer.json) == (status, {"error": error})
    assert movements() == before


def movements() -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(Entry))


def test_a_token_without_the_scope_may_not_pay(
    cast: dict[str, FlaskClient], nobody: FlaskClient, line: list[str]
) -> None:
    with db.write() as session:
        token = ApiToken.issue(session, User.named(session, "ada"), scopes=("read",))
    answer = pay(nobody, line[2], headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403 and purse("ada") == (10, 0)


def test_it_is_tried_30_times_an_hour(cast: dict[str, FlaskClient]) -> None:
    answers = [pay(cast["ada"], "f" * 32) for _ in range(31)]
    assert {answer.status_code for answer in answers[:30]} == {404}
    assert (answers[30].status_code, answers[30].json) == (429, {"error": "Rate limit exceeded"})


def test_nobody_pays_on_an_open_instance(owner: FlaskClient) -> None:
    job_id = [asked(owner), asked(owner)][1]
    assert pay(owner, job_id).status_code == 404
    assert owner.get(f"/job/{job_id}").json["skip"]["available"] is False
    assert "Aura" not in owner.get(f"/job/{job_id}", headers=HTML).text
    assert "Aura" not in owner.get("/queue", headers=HTML).text


def test_an_admin_who_moves_somebody_elses_job_pays_and_is_noted(cast: dict[str, FlaskClient], line: list[str]) -> None:
    give("cleo", 3)
    assert pay(cast["cleo"], line[2]).status_code == 200
    assert purse("cleo") == (0, 3) and purse("ada") == (10, 0)
    with db.read() as session:
        assert session.scalars(select(AuditEntry.action)).all() == ["job.skip"]
    cast["ada"].delete(f"/job/{line[2]}")
    assert purse("cleo") == (3, 0)


@pytest.mark.parametrize("declared", [False, True])
def test_weights_that_forbid_commerce_are_skipped_only_where_the_operator_declares_it(
    config: Config, database: None, cast: dict[str, FlaskClient], line: list[str], declared: bool
) -> None:
    given = {"database": config.database, "worker": "none", "mode": "accounts", "licence": "CC-BY-NC-4.0"}
    app = create_app(Config.load(config.instance, skips_on_noncommercial=declared, **given))
    client = app.test_client()
    client.environ_base = cast["ada"].environ_base
    answer = pay(client, line[2])
    assert answer.status_code == (200 if declared else 400)
    if not declared:
        assert answer.json == {"error": "This model cannot be skipped for Aura"}
        assert purse("ada") == (10, 0)


@pytest.mark.skipif(not voices.is_installed(), reason="espeakng-loader is not installed")
@pytest.mark.parametrize("declared", [False, True])
@pytest.mark.parametrize("voice", ["espeak's", "recorded", "unnamed"])
def test_speech_is_skipped_as_the_licence_of_the_chosen_voice_allows(
    config: Config,
    database: None,
    cast: dict[str, FlaskClient],
    line: list[str],
    tmp_path: Path,
    voice: str,
    declared: bool,
) -> None:
    tiny_voice(tmp_path / "voices", RECORDED)
    (tmp_path / "voices" / "MODEL_CARD").write_text("License: CC BY-NC 4.0\n")
    given = {"database": config.database, "worker": "none", "mode": "accounts", "voices": str(tmp_path / "voices")}
    client = create_app(Config.load(config.instance, skips_on_noncommercial=declared, **given)).test_client()
    client.environ_base = cast["ada"].environ_base
    named = {"espeak's": {"voice": "de"}, "recorded": {"voice": RECORDED}, "unnamed": {}}[voice]
    job_id = asked(client, model="tts", parameters=named)
    is_free = declared or voice == "espeak's"
    told = client.get(f"/job/{job_id}").json["skip"]
    assert told["available"] is is_free
    assert is_free or told["why"] == f"The licence of Recorded voice {RECORDED} forbids being paid for it."
    assert pay(client, job_id).status_code == (200 if is_free else 400)


# Sent again, and sent at once.


def test_a_repeated_key_gets_the_same_answer_and_holds_once(cast: dict[str, FlaskClient], line: list[str]) -> None:
    key = {"Idempotency-Key": "one"}
    first, again = (pay(cast["ada"], line[2], headers=key) for _ in range(2))
    assert (again.status_code, again.json) == (200, first.json)
    assert purse("ada") == (7, 3)


def test_a_key_belongs_to_one_job(cast: dict[str, FlaskClient], line: list[str]) -> None:
    other, key = asked(cast["ada"]), {"Idempotency-Key": "one"}
    pay(cast["ada"], line[2], headers=key)
    assert pay(cast["ada"], other, headers=key).status_code == 422


def test_a_key_whose_skip_was_refused_can_be_used_again(cast: dict[str, FlaskClient], line: list[str]) -> None:
    job_id, key = asked(cast["dov"]), {"Idempotency-Key": "one"}
    assert pay(cast["dov"], job_id, headers=key).status_code == 400
    give("dov", 1)
    assert pay(cast["dov"], job_id, headers=key).status_code == 200


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Routes are asked as often as one likes."""
    monkeypatch.setattr(limiter, "enabled", False)


def test_many_threads_with_one_key_hold_once(public_app: Flask, cast: dict[str, FlaskClient], line: list[str]) -> None:
    answers = at_once(public_app, cast["ada"], [line[2]] * 12, headers={"Idempotency-Key": "one"})
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert purse("ada") == (7, 3)


def test_fifty_threads_with_one_balance_get_what_it_pays_for(
    public_app: Flask, cast: dict[str, FlaskClient], unlimited: None
) -> None:
    for _ in range(6):
        asked(cast["ben"])
    give("cleo", 17)
    mine = [asked(cast["cleo"], duration=12) for _ in range(50)]
    with db.write() as session:  # all of hers behind all of his, so that each has something to pay for
        for job in session.scalars(select(Job).where(Job.id.in_(mine))):
            job.turn += 10**8
    answers = at_once(public_app, cast["cleo"], mine)
    paid = [answer for answer in answers if answer.status_code == 200]
    assert len(paid) == 5 and purse("cleo") == (2, 15)
    poor = [(answer.status_code, answer.json["error"]) for answer in answers if answer not in paid]
    assert poor == [(400, "Insufficient Aura balance")] * 45


def at_once(app: Flask, person: FlaskClient, jobs: list[str], **request: object) -> list:
    """Each from a client and a thread of its own."""

    def one(job_id: str):
        client = app.test_client()
        client.environ_base = person.environ_base
        return pay(client, job_id, **request)

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(one, jobs))


# How it ends.


def paid_for(cast: dict[str, FlaskClient], line: list[str]) -> str:
    assert pay(cast["ada"], line[2]).status_code == 200
    return line[2]


def test_publishing_captures(cast: dict[str, FlaskClient], line: list[str]) -> None:
    paid_for(cast, line)
    claim = started()
    assert purse("ada") == (7, 3)
    assert complete(claim)
    assert purse("ada") == (7, 0)


def test_a_failure_gives_all_back(cast: dict[str, FlaskClient], line: list[str]) -> None:
    paid_for(cast, line)
    assert move(started(), "fail", "It broke.")
    assert purse("ada") == (10, 0)


@pytest.mark.parametrize("verb", ["retry", "give back", "death"])
def test_what_runs_again_keeps_its_hold_and_its_place(cast: dict[str, FlaskClient], line: list[str], verb: str) -> None:
    job_id, claim = paid_for(cast, line), started()
    if verb == "death":
        with db.money() as session:
            return_jobs_of(session, "w1", supervisor_survived=True)
    elif verb == "retry":
        move(claim, "fail", "It broke.", retry=True)
    else:
        move(claim, "give_back")
    assert purse("ada") == (7, 3) and job_now(job_id).status == "queued"
    again = started()
    assert again.id == job_id
    assert complete(again) and purse("ada") == (7, 0)


def test_a_job_that_is_given_up_gives_all_back(cast: dict[str, FlaskClient], line: list[str]) -> None:
    job_id = paid_for(cast, line)
    for _ in range(3):
        started()
        with db.money() as session:
            return_jobs_of(session, "w1", supervisor_survived=True)
    assert job_now(job_id).status == "failed" and purse("ada") == (10, 0)


@pytest.mark.parametrize(
    ("who", "state", "left"),
    [
        ("ada", "waiting", (10, 0)),
        ("ada", "running", (7, 0)),
        ("cleo", "waiting", (10, 0)),
        ("cleo", "running", (10, 0)),
    ],
)
def test_a_cancel_gives_back_all_but_what_its_owner_stops_while_it_runs(
    cast: dict[str, FlaskClient], line: list[str], who: str, state: str, left: tuple[int, int]
) -> None:
    job_id = paid_for(cast, line)
    if state == "running":
        assert started().id == job_id
    assert cast[who].delete(f"/job/{job_id}").status_code == 200
    assert purse("ada") == left


def test_a_job_that_passed_nobody_who_still_waits_is_made_for_nothing(
    cast: dict[str, FlaskClient], line: list[str]
) -> None:
    job_id = paid_for(cast, line)
    for passed in line[:2]:
        cast["cleo"].delete(f"/job/{passed}")
    asked(cast["dov"])  # came after it was paid: it was never passed
    claim = started()
    assert claim.id == job_id and purse("ada") == (10, 0)
    assert complete(claim) and purse("ada") == (10, 0)
    assert "came back" in cast["ada"].get(f"/job/{job_id}", headers=HTML).text


def test_nothing_comes_back_twice(cast: dict[str, FlaskClient], line: list[str]) -> None:
    job_id = paid_for(cast, line)
    claim = started()
    cast["cleo"].delete(f"/job/{job_id}")
    assert not move(claim, "fail", "It broke.")
    assert not complete(claim)
    assert purse("ada") == (10, 0)


def test_an_end_through_a_door_without_money_is_refused(cast: dict[str, FlaskClient], line: list[str]) -> None:
    claim = started()
    with pytest.raises(RuntimeError, match=r"db\.money"), db.write() as session:
        claim.finish(session, engine="test", took_ms=1)


# What people see.


@pytest.mark.parametrize("path", ["/job/{}", "/queue", "/create", "/mine"])
def test_the_button_says_price_new_start_and_what_happens_if_it_fails(
    cast: dict[str, FlaskClient], line: list[str], path: str
) -> None:
    page = cast["ada"].get(path.format(line[2]), headers=HTML).text
    assert "for 3 Aura" in page
    assert "Then it starts now and passes 2 others." in page
    assert "It all comes back if it fails or you cancel it before it starts." in page


def test_others_are_not_asked_to_pay_for_it(cast: dict[str, FlaskClient], line: list[str]) -> None:
    for path in (f"/job/{line[2]}", "/queue"):
        assert "for 3 Aura" not in cast["dov"].get(path, headers=HTML).text


def test_whoever_has_too_little_is_told_so_and_led_to_aura(cast: dict[str, FlaskClient], line: list[str]) -> None:
    job_id = asked(cast["dov"])
    page = cast["dov"].get(f"/job/{job_id}", headers=HTML).text
    assert "It costs 1 Aura, and you have 0." in page and 'href="/aura"' in page
    assert f'action="/api/queue/{job_id}/skip"' not in page


def test_whoever_is_first_is_offered_nothing(cast: dict[str, FlaskClient]) -> None:
    give("ada", 10)
    assert "Aura" not in cast["ada"].get(f"/job/{asked(cast['ada'])}", headers=HTML).text.partition("<main")[2]


def test_one_click_pays_as_page_fragment_and_json(cast: dict[str, FlaskClient], line: list[str]) -> None:
    page = pay(cast["ada"], line[2], headers=HTML)
    assert (page.status_code, page.headers["Location"]) == (303, f"/job/{line[2]}")
    told = cast["ada"].get(page.headers["Location"], headers=HTML).text
    assert "Skipped to front of queue for 3 Aura. 7 Aura left." in told
    assert "Set aside for its skip: 3 Aura. It all comes back if it fails or you cancel it before it starts." in told
    give("dov", 1)
    fragment = pay(cast["dov"], asked(cast["dov"]), headers=HTMX)
    assert fragment.status_code == 200 and "<html" not in fragment.text
    assert "Set aside for its skip: 1 Aura." in fragment.text


def test_cancelling_is_the_way_back_and_says_so(cast: dict[str, FlaskClient], line: list[str]) -> None:
    job_id = paid_for(cast, line)
    cast["ada"].post(f"/job/{job_id}/stop", headers=HTML)
    assert "The Aura for its skip came back: all 3." in cast["ada"].get(f"/job/{job_id}", headers=HTML).text


def test_a_job_tells_programs_whether_it_can_be_skipped(cast: dict[str, FlaskClient], line: list[str]) -> None:
    def told(person: str, job_id: str) -> dict:
        return cast[person].get(f"/job/{job_id}").json["skip"]

    assert told("ada", line[2]) == {"available": True, "cost": 3, "why": "", "position": 1, "starts_in": 0.0}
    assert told("dov", line[2])["why"] == "It belongs to somebody else."
    assert told("cleo", line[0])["why"] == "It would pass nobody, so there is nothing to pay for."
    quoted = cast["ada"].post("/generate?dry_run=1", json={"prompt": "rain", "model": "audio", "duration": 20})
    assert quoted.json["skip"]["available"] is True
    paid_for(cast, line)
    assert told("ada", line[2])["why"] == "A job skips once."


@pytest.mark.parametrize("count", [1, 8])
def test_the_queue_costs_the_same_queries_however_many_have_paid(cast: dict[str, FlaskClient], count: int) -> None:
    give("cleo", 10)
    asked(cast["ben"])
    for _ in range(count):
        pay(cast["cleo"], asked(cast["cleo"]))
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    cast["cleo"].get("/api/queue")
    assert len([statement for statement in seen if statement.startswith("SELECT")]) <= 10
