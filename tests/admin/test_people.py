"""Admins find people, and change what they may; every change is noted with its reason."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from soundbox.accounts.models import User
from soundbox.clock import now_ms
from soundbox.extensions import db
from tests.accounts.people import PASSWORD, RAIN, sign_in, signed_up, who
from tests.admin.acting import HTML, JSON, act, noted, person, seen
from tests.making import make_track

PAGES = ("/admin/people", "/admin/people/{ada}")
VERBS = ("tier", "admin", "suspend", "restore", "sign-out", "tokens/revoke")


def names(admin: FlaskClient, **query: str) -> list[str]:
    found = admin.get("/admin/people", query_string=query, headers=JSON).json
    return [row["name"] for row in found["people"]]


# Who may.


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_only_admins_see_and_change_people(cast: dict[str, FlaskClient], nobody: FlaskClient, name: str) -> None:
    client = {**cast, "nobody": nobody}[name]
    for path in PAGES:
        assert client.get(path.format(ada=person("ada").public_id)).status_code == 403
    for verb in VERBS:
        assert act(client, "ada", verb, tier="creator", is_admin=True).status_code == 403
    assert noted() == []


# Finding.


def test_people_are_found_by_name_id_and_address(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    signed_up(public_app, "adalbert", email="adal@example.org")
    assert names(cast["cleo"], search="ada") == ["adalbert", "ada"]
    assert names(cast["cleo"], search=person("dov").public_id) == ["dov"]
    assert names(cast["cleo"], search="Adal@example.org") == ["adalbert"]
    assert names(cast["cleo"], search="%") == names(cast["cleo"], search="_") == []


def test_people_are_sifted(public_app: Flask, cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    nobody.post("/generate", json=RAIN)
    act(cast["cleo"], "dov", "suspend")
    assert names(cast["cleo"], tier="creator") == ["ben"]
    assert names(cast["cleo"], kind="guest")[0].startswith("guest ")
    assert names(cast["cleo"], state="admin") == ["cleo"]
    assert names(cast["cleo"], state="suspended") == ["dov"]


def test_pages_follow_each_other_without_gaps(cast: dict[str, FlaskClient]) -> None:
    rows = [{"kind": "member", "name": f"crowd{number:03}", "created_ms": now_ms()} for number in range(120)]
    with db.write() as session:
        session.execute(insert(User), rows)
    found, address = [], "/admin/people?search=crowd"
    while address:
        page = cast["cleo"].get(address, headers=JSON).json
        found += [row["name"] for row in page["people"]]
        address = page["next"]
    assert found == [f"crowd{number:03}" for number in reversed(range(120))]


def test_the_page_of_people(cast: dict[str, FlaskClient]) -> None:
    page = cast["cleo"].get("/admin/people", headers=HTML).text
    assert f'href="/admin/people/{person("ada").public_id}"' in page
    assert "Nobody found" in cast["cleo"].get("/admin/people?search=zoe", headers=HTML).text


def test_one_person_with_all_that_is_theirs(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    browser = signed_up(public_app, "eve", email="eve@example.org")
    browser.post("/generate", json=RAIN)
    make_track(public_app, maker="eve", size_bytes=5000)
    eve = seen(cast["cleo"], "eve")
    assert (eve["tier"], eve["email"], eve["tracks"], eve["storage_bytes"]) == ("free", "eve@example.org", 1, 5000)
    assert [job["prompt"] for job in eve["jobs"]] == [RAIN["prompt"]]
    assert [row["address"] for row in eve["sessions"]] == ["127.0.0.1"]
    page = cast["cleo"].get(f"/admin/people/{eve['id']}", headers=HTML).text
    assert RAIN["prompt"] in page and "Sign out everywhere" in page


# Changing.


def test_a_tier_is_changed_with_a_reason(cast: dict[str, FlaskClient]) -> None:
    assert act(cast["cleo"], "ada", "tier", tier="creator").json["message"] == "ada is creator now."
    assert cast["ada"].post("/generate", json=RAIN).json["priority"] == "creator"
    told = {"name": "ada", "before": "free", "after": "creator", "reason": "I looked at it"}
    assert noted() == [("cleo", "user.tier", told)]


@pytest.mark.parametrize("body", [{"tier": "gold"}, {"tier": "free"}, {"tier": "creator", "reason": ""}])
def test_no_change_without_a_tier_that_exists_and_a_reason(cast: dict[str, FlaskClient], body: dict[str, str]) -> None:
    assert act(cast["cleo"], "ada", "tier", **body).status_code == 400
    assert noted() == []


def test_a_form_leads_back_to_the_person(cast: dict[str, FlaskClient]) -> None:
    path = f"/admin/people/{person('ada').public_id}"
    answer = cast["cleo"].post(f"{path}/tier", data={"tier": "premium", "reason": "Paid"}, headers=HTML)
    assert (answer.status_code, answer.headers["Location"]) == (303, path)


def test_somebody_else_runs_the_site_too(cast: dict[str, FlaskClient]) -> None:
    assert act(cast["cleo"], "ben", "admin", is_admin=True).status_code == 200
    assert cast["ben"].get("/admin/people", headers=JSON).status_code == 200
    assert act(cast["ben"], "cleo", "admin", is_admin=False).status_code == 200
    assert cast["cleo"].get("/admin/people").status_code == 403
    assert [(who, action) for who, action, _ in noted()] == [("cleo", "user.admin"), ("ben", "user.no-admin")]


# Stopping.


def test_a_suspended_person_reads_and_neither_writes_nor_signs_in(
    public_app: Flask, cast: dict[str, FlaskClient]
) -> None:
    browser = signed_up(public_app, "eve")
    assert act(cast["cleo"], "eve", "suspend", reason="Spam").status_code == 200
    assert not who(browser)["signed_in"]
    refused = sign_in(browser, "eve")
    assert refused.status_code == 403 and refused.json["error"] == "This account is suspended: Spam"
    assert "Spam" in browser.post("/auth/login", data={"name": "eve", "password": PASSWORD}, headers=HTML).text
    act(cast["cleo"], "ada", "suspend")
    assert cast["ada"].get("/api/library").status_code == 200
    assert cast["ada"].post("/generate", json=RAIN).json["error"] == "This account is suspended: I looked at it"
    act(cast["cleo"], "eve", "restore")
    act(cast["cleo"], "ada", "restore")
    assert sign_in(browser, "eve").status_code == 200
    assert cast["ada"].post("/generate", json=RAIN).status_code == 201


def test_a_wrong_password_does_not_learn_of_a_suspension(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    browser = signed_up(public_app, "eve")
    act(cast["cleo"], "eve", "suspend")
    assert sign_in(browser, "eve", "not the right one").status_code == 401


def test_a_suspended_guest_cannot_write(public_app: Flask, cast: dict[str, FlaskClient], nobody: FlaskClient) -> None:
    nobody.post("/generate", json=RAIN)
    [row] = cast["cleo"].get("/admin/people?kind=guest", headers=JSON).json["people"]
    cast["cleo"].post(f"/admin/people/{row['id']}/suspend", json={"reason": "Spam"}, headers=JSON)
    assert nobody.post("/generate", json=RAIN).status_code == 403


@pytest.mark.parametrize(("cancel_jobs", "state"), [(True, "failed"), (False, "queued")])
def test_what_a_suspended_person_waits_for_goes_or_stays_as_asked(
    cast: dict[str, FlaskClient], cancel_jobs: bool, state: str
) -> None:
    job_id = cast["ada"].post("/generate", json=RAIN).json["job_id"]
    act(cast["cleo"], "ada", "suspend", cancel_jobs=cancel_jobs)
    assert cast["cleo"].get(f"/job/{job_id}").json["status"] == state
    assert noted()[-1][2]["jobs_cancelled"] == int(cancel_jobs)


def test_signing_somebody_out_everywhere(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    browser = signed_up(public_app, "eve")
    assert act(cast["cleo"], "eve", "sign-out").json["message"] == "eve is signed out of 1 browser."
    assert not who(browser)["signed_in"]
    assert sign_in(browser, "eve").status_code == 200


def test_a_link_lets_somebody_choose_a_password(public_app: Flask, cast: dict[str, FlaskClient]) -> None:
    link = act(cast["cleo"], "ada", "password-link").json["link"]
    browser = public_app.test_client()
    chosen = browser.post("/auth/reset", json={"link": link.partition("link=")[2], "password": PASSWORD})
    assert chosen.status_code == 200, chosen.text
    assert sign_in(browser, "ada").status_code == 200
    page = cast["cleo"].post(f"/admin/people/{person('ada').public_id}/password-link", headers=HTML)
    assert "/auth/reset?link=" in page.text and page.headers["Cache-Control"] == "no-store"
    assert noted() == [("cleo", "user.password-link", {"name": "ada"})] * 2


def test_a_token_is_revoked(cast: dict[str, FlaskClient]) -> None:
    [token] = seen(cast["cleo"], "ada")["tokens"]
    assert act(cast["cleo"], "ada", f"tokens/{token['id']}/revoke").status_code == 200
    assert cast["ada"].get("/api/library").status_code == 401
    assert act(cast["cleo"], "ada", f"tokens/{token['id']}/revoke").status_code == 404
    assert act(cast["cleo"], "ben", "tokens/revoke").json["message"] == "1 token revoked."


def test_a_token_of_somebody_else_is_not_found_at_this_person(cast: dict[str, FlaskClient]) -> None:
    [token] = seen(cast["cleo"], "ben")["tokens"]
    assert act(cast["cleo"], "ada", f"tokens/{token['id']}/revoke").status_code == 404
    assert cast["ben"].get("/api/library").status_code == 200
