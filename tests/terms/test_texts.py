"""Terms and privacy: true of this software by themselves, and whatever the operator writes instead."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from soundbox.app import create_app
from soundbox.config import Config

PAGES = ("/terms", "/privacy")
HTML = {"Accept": "text/html"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Nothing here asks the database for anything but who is asking."""
    return sqlite_url


@pytest.fixture
def written(config: Config, nobody: FlaskClient) -> Callable[..., str]:
    """The page after the operator wrote these terms."""

    def write(text: str, moment: int = 1_700_000_000) -> str:
        path = config.instance / "terms.md"
        path.write_text(text)
        os.utime(path, (moment, moment))
        return nobody.get("/terms", headers=HTML).text

    return write


@pytest.mark.parametrize("path", PAGES)
def test_there_are_complete_defaults(nobody: FlaskClient, path: str) -> None:
    page = nobody.get(path, headers=HTML)
    assert page.status_code == 200
    assert page.text.count("<h1>") == 1 and page.text.count("<h2>") >= 3
    assert "28 November 2026" in page.text
    assert "{" not in nobody.get(path, headers={"Accept": "application/json"}).json["text"]


@pytest.mark.parametrize("path", PAGES)
def test_they_name_who_runs_the_site(config: Config, database: None, path: str) -> None:
    named = {"operator_name": "The Ada Society", "operator_contact": "hello@ada.example"}
    app = create_app(Config.load(config.instance, database=config.database, worker="none", mode="accounts", **named))
    page = app.test_client().get(path, headers=HTML).text
    assert "run by The Ada Society" in page and "hello@ada.example" in page


def test_an_operators_text_takes_their_place(written: Callable[..., str]) -> None:
    page = written("# House rules\n\nBe *kind*, says {operator}.")
    assert "<h1>House rules</h1>" in page and "Be <em>kind</em>, says whoever runs this site." in page
    assert "14 November 2023" in page
    assert "Be brief." in written("Be brief.", moment=1_700_100_000)


def test_an_operators_text_can_only_be_text(written: Callable[..., str]) -> None:
    page = written("<script>alert(1)</script> <img src=x onerror=alert(1)> [here](javascript:alert(1))")
    assert "<script>alert(1)" not in page and "<img src=x" not in page and 'href="javascript:' not in page


def test_programs_get_the_text(nobody: FlaskClient) -> None:
    answer = nobody.get("/privacy", headers={"Accept": "application/json"}).json
    assert (answer["title"], answer["changed"], answer["written_here"]) == ("Privacy", "2026-11-28", False)


def test_every_page_of_the_public_site_leads_there(nobody: FlaskClient) -> None:
    page = nobody.get("/library", headers=HTML).text
    assert 'href="/terms"' in page and 'href="/privacy"' in page


def test_one_sees_them_before_signing_up(nobody: FlaskClient) -> None:
    page = nobody.get("/auth/register", headers=HTML).text.partition("<footer")[0]
    assert 'href="/terms"' in page and 'href="/privacy"' in page


def test_ones_own_site_asks_nobody_to_agree_to_anything(owner: FlaskClient) -> None:
    assert 'href="/terms"' not in owner.get("/library", headers=HTML).text
