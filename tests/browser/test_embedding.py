"""The small player on somebody else's page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hearing import expect_playing, expect_silence

pytestmark = pytest.mark.xdist_group("browser")


def test_the_embedded_player_plays_seeks_and_stops(open_page: OpenPage, song: str) -> None:
    page = open_page(f"/embed/{song}")
    page.get_by_role("button", name="Play").click()
    expect_playing(page)
    page.get_by_role("slider").focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Pause").click()
    expect_silence(page)
    expect(page.get_by_role("link", name="Sound Box")).to_have_attribute("target", "_blank")
