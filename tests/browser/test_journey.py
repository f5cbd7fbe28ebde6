"""The main job, as people do it: words, a wait that can be watched, sound, the library, and music that goes on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hearing import expect_playing, is_same_audio, loudness, remember_audio
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SMALLEST = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True}
PAGES = ("/", "/create", "/library", "/queue", "/mine", "/docs")

COLLECT_PROGRESS = """() => {
    window.seen = new Set();
    const look = () => {
        const bar = document.querySelector(".job progress");
        if (bar) window.seen.add(bar.value);
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
    look();
}"""


def ask(page: Page, prompt: str) -> None:
    page.get_by_label("Describe a sound").fill(prompt)
    page.get_by_role("button", name="Make it").click()


def finished(page: Page) -> Locator:
    card = page.locator(".job.completed")
    expect(card).to_be_visible(timeout=60_000)
    return card


def walk(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def overflow(page: Page) -> int:
    """Pixels beside the screen; the window's own width would grow with what sticks out of a phone's."""
    assert page.viewport_size
    pixels: int = page.evaluate("document.documentElement.scrollWidth") - page.viewport_size["width"]
    return pixels


def test_words_on_the_front_page_become_a_sound_in_the_library(open_page: OpenPage) -> None:
    page = open_page("/")
    ask(page, "80s synthwave drive, 104 bpm, A minor")
    expect(page).to_have_url(re.compile(r"/job/[0-9a-f]{32}$"))
    finished(page).get_by_role("button", name="Play").click()
    expect_playing(page)
    assert loudness(page) > 0.01
    walk(page, "Library")
    expect(page.get_by_role("link", name="80s synthwave drive, 104 bpm, A minor").first).to_be_visible()


def test_the_progress_of_a_job_moves(open_page: OpenPage) -> None:
    page = open_page("/create")
    page.get_by_label("Length in seconds").fill("180")
    ask(page, "trance for the sunrise, 136 bpm")
    page.evaluate(COLLECT_PROGRESS)
    page.wait_for_function("() => window.seen.size > 1", timeout=60_000)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".job.cancelled")).to_be_visible()


def test_music_goes_on_while_people_walk_around(open_page: OpenPage, song: str) -> None:
    page = open_page(f"/tracks/{song}")
    remember_audio(page)
    page.locator(".hero").get_by_role("button", name="Play", exact=True).click()
    expect_playing(page)
    for name in ("Create", "Library", "Queue", "Mine"):
        walk(page, name)
    expect_playing(page)
    assert is_same_audio(page)


def test_back_and_forward_show_the_right_page_and_the_music_goes_on(open_page: OpenPage, song: str) -> None:
    page = open_page(f"/tracks/{song}")
    remember_audio(page)
    page.locator(".hero").get_by_role("button", name="Play", exact=True).click()
    walk(page, "Create")
    walk(page, "Library")
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Create")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="A minute of calm")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", level=1, name="Create")).to_be_visible()
    expect_playing(page)
    assert is_same_audio(page)


def test_back_and_forward_show_a_job_as_a_page(open_page: OpenPage, song: str) -> None:
    page = open_page(f"/job/{song}")
    walk(page, "Create")
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="slow ambient pads, 70 bpm")).to_be_visible()
    expect(page.get_by_role("link", name="Open A minute of calm")).to_be_visible()


def test_the_same_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/", **PHONE)
    page.get_by_label("Describe a sound").fill("footsteps on gravel")
    page.get_by_text("Effect", exact=True).tap()
    page.get_by_role("button", name="Make it").tap()
    finished(page).get_by_role("button", name="Play").tap()
    expect_playing(page)
    page.get_by_role("link", name="Library", exact=True).tap()
    expect(page.get_by_role("link", name="footsteps on gravel").first).to_be_visible()


@pytest.mark.parametrize("profile", [PHONE, SMALLEST], ids=["390", "320"])
def test_nothing_sticks_out_sideways(open_page: OpenPage, song: str, site: Site, profile: dict) -> None:
    long_word = site.ask("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft")
    site.wait_for(long_word)
    page = open_page("/", **profile)
    for path in (*PAGES, f"/tracks/{song}", f"/tracks/{long_word}", f"/job/{long_word}"):
        page.goto(path)
        assert overflow(page) <= 0, path


def test_without_javascript(open_page: OpenPage) -> None:
    page = open_page("/", java_script_enabled=False)
    ask(page, "a door slams in a stone hall")
    finished(page).get_by_role("link", name="Open").click()
    sound = page.locator("audio[controls]")
    expect(sound).to_be_visible()
    assert page.request.get(sound.get_attribute("src") or "").status == 200
    walk(page, "Library")
    expect(page.get_by_role("link", name="a door slams in a stone hall").first).to_be_visible()
