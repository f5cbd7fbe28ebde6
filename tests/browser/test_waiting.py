"""What somebody sees who waits: the quote that follows the form, and the notification they asked for."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from soundbox.extensions import db
from tests.browser.conftest import OpenPage
from tests.browser.states import database_of, start_all
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

AWAY = "() => Object.defineProperty(document, 'hidden', { get: () => true })"
TOLD = """() => {
  window.told = [];
  window.Notification = class { constructor(title, more) { window.told.push(`${title}: ${more.body}`); }
    static permission = "default";
    static async requestPermission() { return (this.permission = "granted"); } };
}"""


def test_a_click_asks_once_and_the_tab_in_the_background_tells(open_page: OpenPage, still_site: Site) -> None:
    page = open_page(f"/job/{still_site.ask('a long calm evening')}", on=still_site)
    page.evaluate(TOLD)
    button = page.get_by_role("button", name="Tell me when it is ready")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    page.evaluate(AWAY)
    claims = start_all(still_site)
    with database_of(still_site), db.money() as session:
        assert all(claim.finish(session, engine="composer", took_ms=900) for claim in claims)
    page.wait_for_function("() => window.told.length > 0")
    assert page.evaluate("() => window.told") == ["Your sound is ready: a long calm evening"]
    assert page.evaluate("() => localStorage.getItem('notify')") == "on"
    expect(page.get_by_role("button", name="Tell me when it is ready")).to_be_hidden()


def test_nobody_is_asked_without_a_click(open_page: OpenPage, still_site: Site) -> None:
    page = open_page(f"/job/{still_site.ask('rain')}", on=still_site)
    page.evaluate(TOLD)
    assert page.evaluate("() => Notification.permission") == "default"


def test_the_quote_follows_what_is_chosen(open_page: OpenPage, still_site: Site) -> None:
    still_site.ask("rain")
    page = open_page("/create", on=still_site)
    quote = page.locator("#quote")
    expect(quote).to_contain_text("would be ahead of you")
    page.locator("#duration").fill("0.1")
    page.locator("#duration").press("Tab")
    expect(quote).to_contain_text("Not now: Duration must be at least 0.5 seconds")
    page.locator("#duration").fill("9")
    page.locator("#duration").press("Tab")
    expect(quote).to_contain_text("would be ahead of you")
    before = quote.inner_text()
    page.locator("#prompt").fill("one more")
    page.get_by_role("button", name="Make it", exact=True).last.click()
    expect(quote).not_to_have_text(before)
