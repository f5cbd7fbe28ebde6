"""Voting with reasons and keeping, by keyboard, by touch and without a script; both are there after a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.test_looks import SCHEMES, faults

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(autouse=True)
def undecided(open_page: OpenPage, song: str) -> None:
    page = open_page("/")
    page.request.post(f"/api/library/{song}/vote", data={"vote": 0})
    page.request.delete(f"/api/favorites/{song}")


@pytest.mark.parametrize("path", ["/library?search=slow+ambient", "/tracks/{}"])
def test_a_vote_with_reasons_by_keyboard_survives_a_reload(open_page: OpenPage, song: str, path: str) -> None:
    page = open_page(path.format(song))
    up = page.locator(f"#up-{song}")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="What is good about it?")).to_be_visible()
    expect(up).to_be_focused()
    for key in ("Tab", "Tab", "Tab", "Space", "Enter"):  # down, why, the first reason
        page.keyboard.press(key)
    expect(page.locator(f"#why-{song}")).to_contain_text("Said")
    page.goto(f"/tracks/{song}")
    expect(page.locator(f"#up-{song}")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("listitem").filter(has_text="Catchy")).to_be_visible()


def test_the_reasons_block_nothing(open_page: OpenPage, song: str) -> None:
    page = open_page(f"/tracks/{song}")
    page.locator(f"#down-{song}").click()
    reasons = page.get_by_role("group", name="What is wrong with it?")
    expect(reasons).to_be_visible()
    page.keyboard.press("Escape")
    expect(reasons).to_be_hidden()
    page.locator(f"#down-{song}").click()
    expect(page.locator(f"#down-{song}")).to_have_attribute("aria-pressed", "false")
    expect(reasons).to_be_hidden()


def test_a_favorite_survives_a_reload_and_has_its_page(open_page: OpenPage, song: str) -> None:
    page = open_page("/library?search=slow+ambient")
    heart = page.locator(f"#heart-{song}")
    heart.focus()
    page.keyboard.press("Enter")
    expect(heart).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(heart).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Favorites").click()
    expect(page.get_by_role("heading", level=1, name="Favorites")).to_be_visible()
    expect(page.get_by_role("link", name="A minute of calm", exact=True)).to_be_visible()


def test_without_a_script_a_vote_and_its_reasons_are_forms(open_page: OpenPage, song: str) -> None:
    page = open_page(f"/tracks/{song}", java_script_enabled=False)
    page.locator(f"#up-{song}").click()
    page.locator(f"#why-{song}").click()
    page.get_by_text("Catchy", exact=True).click()
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(f"#why-{song}")).to_contain_text("Said")
    page.locator(f"#heart-{song}").click()
    expect(page.locator(f"#heart-{song}")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_reasons_and_favorites_are_accessible(open_page: OpenPage, song: str, scheme: str) -> None:
    page = open_page(f"/tracks/{song}", color_scheme=scheme, reduced_motion="reduce")
    page.locator(f"#up-{song}").click()
    expect(page.get_by_role("group", name="What is good about it?")).to_be_visible()
    assert faults(page, scheme) == []
    for _ in range(2):
        page.goto("/favorites")
        assert faults(page, scheme) == []
        page.request.post(f"/api/favorites/{song}")
