"""One button and it plays; a search becomes a station; whoever runs the site changes one; others embed one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hearing import expect_playing, expect_silence
from tests.browser.test_journey import SMALLEST, overflow

pytestmark = pytest.mark.xdist_group("browser")


def any_of_ambient(page: Page) -> re.Pattern[str]:
    """Other tests have made sounds for the station, too."""
    tracks = page.request.get("/api/stations/ambient/tracks?count=50").json()["tracks"]
    return re.compile("^(" + "|".join(re.escape(track["name"]) for track in tracks) + ")$")


def test_one_button_plays_a_station_and_it_plays_on_while_people_look_around(open_page: OpenPage, song: str) -> None:
    page = open_page("/")
    page.get_by_label("Main").get_by_role("link", name="Radio").click()
    page.get_by_role("button", name="Play Ambient", exact=True).click()
    expect_playing(page)
    expect(page.locator("#player-title")).to_have_text(any_of_ambient(page))
    page.get_by_role("button", name="Pause Ambient", exact=True).click()
    expect_silence(page)
    page.get_by_role("button", name="Play Ambient", exact=True).click()
    expect_playing(page)
    page.get_by_label("Stations").get_by_role("link", name="Ambient").click()
    expect(page.get_by_role("heading", name="Ambient", exact=True)).to_be_visible()
    expect_playing(page)
    expect(page.locator("main").get_by_role("button", name="Pause", exact=True)).to_be_visible()


def test_an_empty_station_opens_create_with_words_that_fit(open_page: OpenPage, song: str) -> None:
    page = open_page("/stations/ocean")
    page.get_by_role("link", name="Make the first sound").click()
    expect(page.get_by_label("Describe a sound")).to_have_value(re.compile("ocean waves"))


def test_a_search_becomes_a_station_of_ones_own(open_page: OpenPage, song: str) -> None:
    page = open_page("/library?search=slow ambient pads")
    page.get_by_role("button", name="Make a station").click()
    expect(page.get_by_role("heading", name="slow ambient pads")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect_playing(page)
    page.goto("/mine/stations")
    expect(page.get_by_label("My stations").get_by_role("link", name="slow ambient pads")).to_be_visible()


def test_whoever_runs_the_site_changes_one_and_sees_how_much_it_would_play(open_page: OpenPage, song: str) -> None:
    page = open_page("/radio")
    page.get_by_role("link", name="Arrange").click()
    page.get_by_role("link", name="Change Dreamy").click()
    page.get_by_label("Name", exact=True).fill("Daydreams")
    page.get_by_label("Words that all of them have").fill("nothing has these words")
    expect(page.locator("#counted")).to_contain_text("0 tracks: Music tagged")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Daydreams")).to_be_visible()
    expect(page.locator("#page")).to_contain_text("with “nothing has these words” in its words")


def test_a_station_plays_on_other_peoples_pages(open_page: OpenPage, song: str) -> None:
    page = open_page("/embed/stations/ambient")
    page.get_by_role("button", name="Play Ambient").click()
    expect_playing(page)
    expect(page.locator("#now")).to_have_text(any_of_ambient(page))
    page.get_by_role("button", name="Pause Ambient").click()
    expect(page.get_by_role("button", name="Play Ambient")).to_be_visible()


def test_without_script_there_are_lists_for_players(open_page: OpenPage, song: str) -> None:
    page = open_page("/stations/ambient", java_script_enabled=False)
    expect(page.get_by_role("link", name="M3U").first).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_hidden()


def test_everything_fits_on_the_smallest_screen(open_page: OpenPage, song: str) -> None:
    page = open_page("/radio", **SMALLEST)
    for path in ("/radio", "/stations/ambient", "/stations/ocean", "/stations/ambient/edit", "/admin/stations"):
        page.goto(path)
        assert overflow(page) == 0, path
