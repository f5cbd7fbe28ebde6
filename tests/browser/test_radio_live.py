"""A station live on the site itself in a real browser: programme, segments, hls.js and bar, nothing put in between."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hearing import expect_heard, expect_playing
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

NAMES = ("First peal", "Second peal", "Third peal")
PATIENCE_MILLISECONDS = 90_000  # players begin some segments behind, and a busy machine more


@pytest.fixture(scope="module")
def bells(site: Site) -> str:
    """A station with three sounds of a few seconds. Its page."""
    for job in [site.ask("a large church bell", duration=3, title=name) for name in NAMES]:
        site.wait_for(job)
    page: str = site.post("/api/stations", {"name": "Bells", "rule": {"search": "peal"}})["page_url"]
    return page


def title_of(page: Page) -> str:
    return page.locator("#player-title").inner_text()


def test_a_station_is_heard_changes_its_title_and_goes_on_after_a_reload(open_page: OpenPage, bells: str) -> None:
    page = open_page(bells)
    page.get_by_role("button", name="Listen live").click()
    expect_playing(page)
    expect_heard(page)
    expect(page.locator("#player-from")).to_have_text("Bells")
    expect(page.locator("#player-title")).to_have_text(re.compile("|".join(NAMES)))
    first = title_of(page)
    assert first in NAMES
    changed = "first => document.getElementById('player-title').innerText !== first"
    page.wait_for_function(changed, arg=first, timeout=PATIENCE_MILLISECONDS)
    assert title_of(page) in NAMES
    page.reload()
    expect(page.locator("#player-from")).to_have_text("Bells")
    page.get_by_role("region", name="Player").get_by_role("button", name="Play", exact=True).click()
    expect_playing(page)
    expect_heard(page)
