"""People agree on what a track is, report one, and admins decide: each with a browser of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect

from soundbox.accounts.models import ApiToken, User
from soundbox.app import create_app
from soundbox.config import Config
from soundbox.extensions import db
from tests.browser.conftest import OpenPage
from tests.browser.states import database_of
from tests.browser.test_journey import SMALLEST, overflow
from tests.browser.test_looks import SCHEMES, faults
from tests.deploy.site import Site
from tests.making import make_track

pytestmark = pytest.mark.xdist_group("browser")

CAST = ("ada", "ben", "cleo", "dov")


OpenAs = Callable[..., Page]


@dataclass(frozen=True)
class Public:
    """A public site with its cast."""

    site: Site
    app: Flask
    tokens: dict[str, str]


@pytest.fixture(scope="module")
def public(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Public]:
    settings = {"mode": "accounts", "worker": "none"}
    running = Site(tmp_path_factory.mktemp("public") / "instance", log_level="error", **settings).ready()
    app = create_app(Config.load(running.instance, **settings))
    with db.write() as session:
        people = {name: User.add_member(session, name, is_admin=name == "cleo") for name in CAST}
        tokens = {name: ApiToken.issue(session, person) for name, person in people.items()}
    db.close()
    yield Public(running, app, tokens)
    running.stop()


@pytest.fixture
def track(public: Public) -> str:
    """One of ada's. Its id."""
    with database_of(public.site):
        return make_track(public.app, "ada", "peaceful ambient melody")


@pytest.fixture
def open_as(public: Public, track: str, open_page: OpenPage) -> OpenAs:
    def opened(name: str, path: str = "", **profile: Any) -> Page:
        headers = {"Authorization": f"Bearer {public.tokens[name]}"}
        return open_page(path or f"/tracks/{track}", on=public.site, extra_http_headers=headers, **profile)

    return opened


def panel(page: Page) -> Locator:
    return page.locator("#tags")


def suggest(page: Page, name: str) -> None:
    panel(page).locator("summary", has_text="Suggest a category").click()
    panel(page).get_by_label("It is also").fill(name)
    panel(page).get_by_role("button", name="Suggest", exact=True).click()


def test_three_people_agree_on_a_category(open_as: OpenAs) -> None:
    ben = open_as("ben")
    suggest(ben, "Piano")
    expect(panel(ben)).to_contain_text("1 of 3 people")
    expect(ben.locator("#said")).to_have_text("Suggestion recorded. 1/3 users have suggested this category.")

    dov = open_as("dov")
    panel(dov).get_by_role("button", name="I agree: Piano").click()
    expect(panel(dov)).to_contain_text("2 of 3 people")
    mine = panel(dov).get_by_role("button", name="Take back: Piano")
    expect(mine).to_be_focused()
    mine.click()
    expect(panel(dov)).to_contain_text("1 of 3 people")
    panel(dov).get_by_role("button", name="I agree: Piano").click()
    expect(panel(dov)).to_contain_text("2 of 3 people")

    cleo = open_as("cleo")
    panel(cleo).get_by_role("button", name="I agree: Piano").click()
    expect(panel(cleo).get_by_role("link", name="Piano")).to_be_visible()
    expect(cleo.locator("#said")).to_have_text("Category applied! Consensus reached.")
    panel(cleo).locator("summary", has_text="How it came to these").click()
    expect(panel(cleo)).to_contain_text("3 people agreed: Piano was added")
    expect(panel(cleo)).to_contain_text("ben suggested Piano")


def test_a_category_that_is_none_is_refused_in_the_corner(open_as: OpenAs, complaints: Any) -> None:
    complaints.expect("status of 400")
    page = open_as("ben")
    suggest(page, "Footstep")
    expect(page.locator("#toasts")).to_contain_text("'Footstep' is not a category of music")
    expect(panel(page).get_by_label("It is also")).to_have_value("Footstep")


def test_without_javascript(open_as: OpenAs) -> None:
    page = open_as("ben", java_script_enabled=False)
    suggest(page, "Piano")
    expect(page.get_by_text("Suggestion recorded. 1/3 users have suggested this category.")).to_be_visible()
    panel(page).get_by_role("button", name="Take back: Piano").click()
    expect(panel(page)).not_to_contain_text("of 3 people")
    page.locator("summary", has_text="Suggest a category").click()
    panel(page).get_by_label("It is not").select_option("Ambient")
    panel(page).get_by_role("button", name="Suggest to remove").click()
    expect(panel(page)).to_contain_text("Not Ambient")


def test_a_report_reaches_an_admin_who_decides(open_as: OpenAs) -> None:
    dov = open_as("dov")
    dov.locator("summary", has_text="Report it").click()
    dov.get_by_label("What is wrong with it").select_option("Copies somebody's work")
    dov.get_by_label("What else there is to say").fill("From a film of last year")
    dov.get_by_role("button", name="Send the report").click()
    expect(dov.get_by_text("Thank you. Somebody will look at it.")).to_be_visible()

    cleo = open_as("cleo", "/")
    cleo.get_by_role("link", name="Admin").click()
    cleo.get_by_role("link", name="Reports").click()
    expect(cleo.get_by_role("list", name="Reports")).to_contain_text("From a film of last year")
    cleo.get_by_label("Your reason").fill("It is their own")
    cleo.get_by_role("button", name="Dismiss reports").click()
    expect(cleo.get_by_role("heading", name="Nothing waits")).to_be_visible()
    expect(cleo.get_by_text("reports dismissed by cleo")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_its_pages_are_accessible_and_fit(open_as: OpenAs, scheme: str) -> None:
    dov = open_as("dov", color_scheme=scheme, reduced_motion="reduce", **SMALLEST)
    suggest(dov, "Instrumental Hiphop")
    expect(panel(dov)).to_contain_text("1 of 3 people")
    for details in dov.locator("details.more").all():
        details.evaluate("element => { element.open = true }")
    assert faults(dov, scheme) == []
    assert overflow(dov) <= 0
    dov.get_by_role("button", name="Send the report").click()
    expect(dov.get_by_text("Thank you.")).to_be_visible()
    cleo = open_as("cleo", "/admin/moderation", color_scheme=scheme, reduced_motion="reduce", **SMALLEST)
    assert faults(cleo, scheme) == []
    assert overflow(cleo) <= 0
