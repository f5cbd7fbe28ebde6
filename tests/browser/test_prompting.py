"""The prompt box answers while one types, and its words write themselves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")


def prompt_box(page: Page):
    return page.get_by_label("Describe a sound")


def understood(page: Page):
    return page.locator("#understood .chip")


def test_what_is_understood_appears_as_one_types(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/create", on=still_site)
    prompt_box(page).press_sequentially("lo-fi, 78 bpm", delay=20)
    expect(understood(page)).to_have_text(["lo-fi", "78 bpm"])
    prompt_box(page).press_sequentially(", D dorian", delay=20)
    expect(understood(page)).to_have_text(["lo-fi", "78 bpm", "D dorian"])
    expect(page.locator("#understood")).to_have_role("status")
    expect(prompt_box(page)).to_be_focused()


def test_another_model_understands_other_things(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/create?prompt=three knocks on a wooden door&model=music", on=still_site)
    page.get_by_text("Sound effect", exact=True).click()
    expect(understood(page)).to_have_text(["knock ×3", "wooden door"])


def test_words_are_written_and_taken_out_again(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/create?prompt=house", on=still_site)
    page.locator("summary", has_text="Tempo").click()
    page.get_by_role("link", name="120 bpm", exact=True).click()
    expect(prompt_box(page)).to_have_value("house, 120 bpm")
    page.get_by_role("link", name="140 bpm", exact=True).click()
    expect(prompt_box(page)).to_have_value("house, 140 bpm")
    page.get_by_role("link", name="140 bpm", exact=True).click()
    expect(prompt_box(page)).to_have_value("house")
    expect(understood(page)).to_have_text(["house"])


def test_the_front_page_listens_too(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/", on=still_site)
    prompt_box(page).press_sequentially("techno 132 bpm", delay=20)
    expect(understood(page)).to_have_text(["techno", "132 bpm"])
