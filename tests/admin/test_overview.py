"""How the site is, its models, and the log: for those who run it."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from soundbox.accounts.audit import audit
from soundbox.clock import now_ms
from soundbox.extensions import db
from soundbox.jobs.workers import WorkerRecord
from soundbox.status.models import MOST_KEPT
from tests.admin.acting import HTML, JSON, act

PAGES = ("/admin", "/admin/models", "/admin/audit", "/admin/audit.csv")


def fact(admin: FlaskClient, name: str) -> dict[str, Any]:
    facts = admin.get("/admin", headers=JSON).json["facts"]
    return next(fact for fact in facts if fact["name"] == name)


def note(count: int, action: str = "job.move", **detail: object) -> None:
    with db.write() as session:
        for number in range(count):
            audit(session, None, action, f"job:{number}", **detail)


@pytest.mark.parametrize("path", PAGES)
def test_only_admins_look(cast: dict[str, FlaskClient], nobody: FlaskClient, path: str) -> None:
    assert nobody.get(path).status_code == cast["ada"].get(path).status_code == 403
    assert cast["cleo"].get(path, headers=HTML).status_code == 200


def test_the_footer_leads_there(cast: dict[str, FlaskClient]) -> None:
    assert 'href="/admin"' in cast["cleo"].get("/library", headers=HTML).text
    assert 'href="/admin"' not in cast["ada"].get("/library", headers=HTML).text


def test_every_page_leads_to_every_other(cast: dict[str, FlaskClient]) -> None:
    addresses = ("/admin", "/admin/people", "/admin/queue", "/admin/models", "/admin/moderation", "/admin/audit")
    for page in addresses:
        text = cast["cleo"].get(page, headers=HTML).text
        assert [address for address in addresses if f'href="{address}"' not in text] == []


def test_a_site_without_workers_needs_looking_after(cast: dict[str, FlaskClient]) -> None:
    assert fact(cast["cleo"], "Database")["good"] and fact(cast["cleo"], "Media")["good"]
    assert not fact(cast["cleo"], "Workers")["good"]
    with db.write() as session:
        session.add(WorkerRecord(id="w1", device="cpu", running=2, seen_ms=now_ms()))
    now = fact(cast["cleo"], "Workers")
    assert (now["words"], now["good"]) == ("cpu: 2 running, heard of just now", True)


def test_a_halt_is_the_first_thing_to_look_after(cast: dict[str, FlaskClient]) -> None:
    assert fact(cast["cleo"], "Queue")["good"]
    cast["cleo"].post("/admin/queue/halt", json={"halt": "draining"})
    assert not fact(cast["cleo"], "Queue")["good"] and "takes nothing new" in fact(cast["cleo"], "Queue")["words"]


def test_an_old_backup_is_told(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    assert "None is known of" in fact(cast["cleo"], "Backup")["words"]
    mark: Path = public_app.config["SOUNDBOX"].instance / "last_backup"
    mark.touch()
    assert fact(cast["cleo"], "Backup") == {"name": "Backup", "words": "The last one was made just now.", "good": True}
    os.utime(mark, (1_700_000_000, 1_700_000_000))
    assert not fact(cast["cleo"], "Backup")["good"]


def test_errors_in_browsers_are_counted(cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    for _ in range(3):
        nobody.post("/api/log-error", json={"message": "<b>Playback failed</b>", "url": "/radio", "stack": "at play"})
    [row] = cast["cleo"].get("/admin", headers=JSON).json["browser_errors"]
    assert (row["message"], row["url"], row["count"]) == ("<b>Playback failed</b>", "/radio", 3)
    page = cast["cleo"].get("/admin", headers=HTML).text
    assert "&lt;b&gt;Playback failed" in page and "<b>Playback" not in page


def test_only_the_newest_errors_are_kept(cast: dict[str, FlaskClient]) -> None:
    from soundbox.status.models import BrowserError

    with db.write() as session:
        for number in range(MOST_KEPT + 5):
            BrowserError.note(session, f"error {number}", "/", "")
    with db.read() as session:
        kept = BrowserError.newest(session, 1000)
    assert len(kept) == MOST_KEPT and kept[0].message == f"error {MOST_KEPT + 4}"


def test_models_tell_what_they_run_on(cast: dict[str, FlaskClient]) -> None:
    models = {row["name"]: row for row in cast["cleo"].get("/admin/models", headers=JSON).json["models"]}
    assert models["audio"]["engine"] and models["audio"]["licence"] == "CC0-1.0"
    assert models["audio"]["seconds_a_second"] is None
    assert "not measured yet" in cast["cleo"].get("/admin/models", headers=HTML).text


def test_models_tell_what_they_would_need_and_why_they_could_not_be_loaded(cast: dict[str, FlaskClient]) -> None:
    with db.write() as session:
        trouble = {"music": "The weights lack lm_heads."}
        session.add(WorkerRecord(id="w1", device="cpu", broken=trouble, seen_ms=now_ms()))
    models = {row["name"]: row for row in cast["cleo"].get("/admin/models", headers=JSON).json["models"]}
    assert models["music"]["trouble"] == "The weights lack lm_heads."
    assert "soundbox models pull ace-step-xl-turbo" in models["ace-step"]["advice"]
    assert (models["music"]["device"], models["music"]["memory_gb"], models["music"]["waiting"]) == ("cpu", 0.0, 0)
    page = cast["cleo"].get("/admin/models", headers=HTML).text
    assert "The weights lack lm_heads." in page and "soundbox models pull musicgen-small" in page


# The log.


def test_the_log_is_narrowed(cast: dict[str, FlaskClient]) -> None:
    act(cast["cleo"], "ada", "tier", tier="creator")
    note(2)

    def found(**query: str) -> list[str]:
        rows = cast["cleo"].get("/admin/audit", query_string=query, headers=JSON).json["entries"]
        return [row["action"] for row in rows]

    assert found() == ["job.move", "job.move", "user.tier"]
    assert found(name="cleo") == found(action="user") == ["user.tier"]
    assert found(subject="job:1") == ["job.move"]
    assert found(action="%") == []


def test_pages_of_the_log_follow_each_other(cast: dict[str, FlaskClient]) -> None:
    note(120)
    found, address = [], "/admin/audit?action=job"
    while address:
        page = cast["cleo"].get(address, headers=JSON).json
        found += [row["subject"] for row in page["entries"]]
        address = page["next"]
    assert found == [f"job:{number}" for number in reversed(range(120))]


def test_the_log_as_a_table_has_all_of_it_and_no_formulas(
    cast: dict[str, FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soundbox.admin.auditing.BATCH", 7)
    note(20, "job.move", prompt='=HYPERLINK("http://evil.example")')
    note(1, "=cmd")
    answer = cast["cleo"].get("/admin/audit.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert (answer.mimetype, len(rows)) == ("text/csv", 21)
    assert rows[0]["action"] == "'=cmd"
    assert all(not cell.startswith("=") for row in rows for cell in row.values())


def test_an_empty_log_says_what_would_be_there(cast: dict[str, FlaskClient]) -> None:
    assert "Nothing was done" in cast["cleo"].get("/admin/audit?name=nobody", headers=HTML).text


def test_ones_own_machine_shows_its_health_and_nothing_of_accounts(owner: FlaskClient) -> None:
    page = owner.get("/admin", headers=HTML).text
    assert "Workers" in page and "/admin/people" not in page and "Reports" not in page
