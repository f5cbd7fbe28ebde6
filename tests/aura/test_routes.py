"""One's own entries, and what anybody can check of all of them."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.accounts.models import ApiToken, User
from soundbox.aura import ledger
from soundbox.aura.models import Entry
from soundbox.extensions import db

HTML = {"Accept": "text/html"}
DAY_MS = 86_400_000
NOON = round(datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp() * 1000)


def give(name: str, amount: int, key: str) -> Entry:
    with db.money() as session:
        return ledger.credit(session, User.named(session, name).id, amount, "grant", "test", key)


@pytest.fixture
def books(cast: dict[str, FlaskClient], monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    """Two entries on one day, none on the next, three on the one after; ada's are 1, 3, 4 and 5."""
    clock = {"now": NOON}
    monkeypatch.setattr("soundbox.aura.models.now_ms", lambda: clock["now"])
    entries = [give("ada", 30, "a"), give("dov", 7, "b")]
    clock["now"] += 2 * DAY_MS
    entries.append(give("ada", 2, "c"))
    with db.money() as session:
        ada = User.named(session, "ada").id
        return [*entries, ledger.hold(session, ada, 3, "job"), ledger.capture(session, "job")]


def test_one_sees_ones_own_entries_the_newest_first(cast: dict[str, FlaskClient], books: list[Entry]) -> None:
    answer = cast["ada"].get("/api/aura/ledger").json
    assert answer["before"] is None
    assert [(entry["number"], entry["what"], entry["change"]) for entry in answer["entries"]] == [
        (5, "Spent on a skip", 0),
        (4, "Set aside for a skip", -3),
        (3, "Given to you", 2),
        (1, "Given to you", 30),
    ]
    assert [entry["number"] for entry in cast["dov"].get("/api/aura/ledger").json["entries"]] == [2]
    assert cast["ben"].get("/api/aura/ledger").json == {"entries": [], "before": None}


def test_nobody_has_no_entries(nobody: FlaskClient, books: list[Entry]) -> None:
    assert nobody.get("/api/aura/ledger").json == {"entries": [], "before": None}


def test_the_list_is_read_page_by_page(
    cast: dict[str, FlaskClient], books: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soundbox.aura.routes.ENTRIES_A_PAGE", 3)
    first = cast["ada"].get("/api/aura/ledger").json
    assert ([entry["number"] for entry in first["entries"]], first["before"]) == ([5, 4, 3], 3)
    second = cast["ada"].get("/api/aura/ledger?before=3").json
    assert ([entry["number"] for entry in second["entries"]], second["before"]) == ([1], None)
    assert 'href="/aura/entries?before=3"' in cast["ada"].get("/aura/entries").text


def test_the_page_says_it_in_words(cast: dict[str, FlaskClient], books: list[Entry]) -> None:
    page = cast["ada"].get("/aura/entries").text
    assert "29 Aura to spend." in page and "Set aside for a skip" in page and "+30" in page and "-3" in page
    assert "Nothing has moved yet." in cast["ben"].get("/aura/entries").text


def test_a_fragment_is_the_list_alone(cast: dict[str, FlaskClient], books: list[Entry]) -> None:
    fragment = cast["ada"].get("/aura/entries", headers={"HX-Request": "true"}).text
    assert "<html" not in fragment and "Set aside for a skip" in fragment


def test_a_token_that_may_not_read_sees_nothing(public_app: Flask, nobody: FlaskClient) -> None:
    with db.write() as session:
        token = ApiToken.issue(session, User.add_member(session, "eve"), scopes=("generate",))
    for path in ("/api/aura/ledger", "/api/aura/ledger.json", "/api/aura/ledger.csv"):
        assert nobody.get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 403


def test_ones_entries_are_taken_along_as_table_and_as_json(cast: dict[str, FlaskClient], books: list[Entry]) -> None:
    table = cast["ada"].get("/api/aura/ledger.csv")
    assert "attachment" in table.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(table.text)))
    everything = json.loads(cast["ada"].get("/api/aura/ledger.json").text)
    assert [int(row["number"]) for row in rows] == [entry["number"] for entry in everything] == [5, 4, 3, 1]
    assert rows[0]["hash"] == everything[0]["hash"] == books[4].hash


def test_each_day_is_published_by_its_last_hash(nobody: FlaskClient, books: list[Entry]) -> None:
    assert nobody.get("/aura/ledger", headers={"Accept": "application/json"}).json == {
        "days": [
            {"date": "2026-03-03", "entries": 3, "number": 5, "hash": books[4].hash},
            {"date": "2026-03-01", "entries": 2, "number": 2, "hash": books[1].hash},
        ],
        "before": None,
    }
    page = nobody.get("/aura/ledger", headers=HTML).text
    assert books[4].hash in page and "2026-03-01" in page
    earlier = nobody.get("/aura/ledger?before=2026-03-03", headers={"Accept": "application/json"}).json
    assert [day["date"] for day in earlier["days"]] == ["2026-03-01"]


def test_the_days_are_read_page_by_page(
    nobody: FlaskClient, books: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("days", "routes"):
        monkeypatch.setattr(f"soundbox.aura.{module}.DAYS_A_PAGE", 1)
    first = nobody.get("/aura/ledger", headers={"Accept": "application/json"}).json
    assert ([day["entries"] for day in first["days"]], first["before"]) == ([3], "2026-03-03")
    second = nobody.get("/aura/ledger?before=2026-03-03", headers={"Accept": "application/json"}).json
    assert ([day["entries"] for day in second["days"]], second["before"]) == ([2], None)


def test_a_ledger_without_entries_has_no_days(nobody: FlaskClient) -> None:
    assert nobody.get("/aura/ledger", headers={"Accept": "application/json"}).json == {"days": [], "before": None}
    assert "No Aura has moved yet." in nobody.get("/aura/ledger", headers=HTML).text


def test_nothing_that_is_published_names_anybody(nobody: FlaskClient, books: list[Entry]) -> None:
    for path in ("/aura/ledger", "/api/aura/chain"):
        assert books[0].credit.partition(":")[2] not in nobody.get(path).text


@pytest.mark.parametrize("tampered", [False, True])
def test_the_program_on_the_page_checks_what_it_says(
    cast: dict[str, FlaskClient],
    nobody: FlaskClient,
    books: list[Entry],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tampered: bool,
) -> None:
    monkeypatch.setattr("soundbox.aura.routes.DIGESTS_A_PAGE", 2)
    monkeypatch.setattr(urllib.request, "urlopen", lambda url: io.BytesIO(nobody.get(in_path(url)).data))
    mine = json.loads(cast["ada"].get("/api/aura/ledger.json").text)
    if tampered:
        mine[-1]["amount"] += 1
    (tmp_path / "aura-ledger.json").write_text(json.dumps(mine))
    monkeypatch.chdir(tmp_path)
    (program,) = re.findall(r"<code>(import hashlib.*?)</code>", nobody.get("/aura/ledger", headers=HTML).text, re.S)
    if tampered:
        with pytest.raises(AssertionError, match="1"):
            exec(html.unescape(program), {})  # noqa: S102 - what the page tells people to run
    else:
        exec(html.unescape(program), {})  # noqa: S102 - the same
        assert capsys.readouterr().out == f"5 entries, the last hash is {books[4].hash}\n"


def in_path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


@pytest.mark.parametrize("path", ["/aura/entries", "/aura/ledger", "/api/aura/ledger", "/api/aura/chain"])
def test_an_open_instance_has_no_ledger(owner: FlaskClient, path: str) -> None:
    assert owner.get(path).status_code == 404
