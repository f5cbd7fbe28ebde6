"""The player at the bottom: keys, the face as a seek bar, loops, and what happens when a sound is not there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.complaints import Complaints
from tests.browser.conftest import OpenPage
from tests.browser.hearing import NOW, expect_playing, expect_silence, position
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

GOES_ROUND = """async () => {
    const { sound } = await import("/static/js/player.js");
    window.rounds = (window.rounds ?? 0) + (sound.position < (window.before ?? 0));
    window.before = sound.position;
    return window.rounds > 1;
}"""
GONE = ("status of 404", "status of 410", "404 (NOT FOUND)")


@pytest.fixture
def playing(open_page: OpenPage, song: str) -> Page:
    """The song's page, with the song playing and nothing focused."""
    page = open_page(f"/tracks/{song}")
    press_play(page)
    page.locator("h1").click()
    expect_playing(page)
    return page


def press_play(page: Page) -> None:
    page.locator(".hero").get_by_role("button", name="Play", exact=True).click()


def mute_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Mute")


def expect_position(page: Page, least: float, most: float) -> None:
    page.wait_for_function(
        f"""([least, most]) => {{
            const at = ({NOW})().currentTime;
            return at >= least && at <= most;
        }}""",
        arg=[least, most],
    )


def toast(page: Page) -> Locator:
    return page.locator("#toasts .toast")


def test_space_pauses_and_plays(playing: Page) -> None:
    playing.keyboard.press("Space")
    expect_silence(playing)
    playing.keyboard.press("Space")
    expect_playing(playing)


def test_arrows_move_five_seconds(playing: Page) -> None:
    playing.keyboard.press("Space")
    before = position(playing)
    for _ in range(3):
        playing.keyboard.press("ArrowRight")
    expect_position(playing, before + 14.9, before + 15.1)
    playing.keyboard.press("ArrowLeft")
    expect_position(playing, before + 9.9, before + 10.1)


def test_m_mutes_slash_searches_and_question_mark_shows_the_keys(playing: Page) -> None:
    playing.keyboard.press("m")
    expect(mute_button(playing)).to_have_attribute("aria-pressed", "true")
    playing.keyboard.press("?")
    expect(playing.get_by_role("dialog", name="Keys")).to_be_visible()
    playing.keyboard.press("Escape")
    playing.keyboard.press("/")
    expect(playing.get_by_label("Search the library")).to_be_focused()


def test_keys_are_letters_while_someone_types(playing: Page) -> None:
    playing.get_by_role("link", name="Create").click()
    prompt = playing.get_by_label("Describe a sound")
    prompt.press_sequentially("m / ? l")
    expect(prompt).to_have_value("m / ? l")
    expect(mute_button(playing)).to_have_attribute("aria-pressed", "false")
    expect(playing.get_by_role("dialog", name="Keys")).to_be_hidden()
    expect_playing(playing)


def test_keys_can_be_turned_off_for_good(playing: Page) -> None:
    playing.keyboard.press("?")
    playing.get_by_role("switch", name="Use these keys").uncheck()
    playing.get_by_role("dialog").get_by_role("button", name="Close").click()
    playing.reload()
    playing.keyboard.press("m")
    playing.keyboard.press("?")
    expect(playing.get_by_role("dialog", name="Keys")).to_be_hidden()
    expect(mute_button(playing)).to_have_attribute("aria-pressed", "false")


def test_the_face_seeks_where_it_is_pressed(playing: Page) -> None:
    face = playing.get_by_role("slider", name="Seek in A minute of calm")
    box = face.bounding_box() or {}
    face.click(position={"x": box["width"] * 0.75, "y": box["height"] / 2})
    expect_position(playing, 44, 48)
    expect_playing(playing)


def test_the_face_seeks_by_keys_and_says_where(playing: Page) -> None:
    playing.keyboard.press("Space")
    face = playing.get_by_role("slider", name="Seek in A minute of calm")
    face.focus()
    face.press("Home")
    face.press("ArrowRight")
    expect(face).to_have_attribute("aria-valuetext", "0:05 of 1:00")
    expect_position(playing, 5, 5)


def test_pressing_a_face_in_a_list_plays_that_track_from_there(open_page: OpenPage, song: str) -> None:
    page = open_page("/library?search=calm")
    face = page.locator(f'.track:has(a[href="/tracks/{song}"]) .track-face')
    box = face.bounding_box() or {}
    face.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect_playing(page)
    expect_position(page, 28, 34)


def test_a_loop_goes_round_without_the_gap_of_the_element(open_page: OpenPage, site: Site) -> None:
    loop = site.ask("soft rain", duration=1, loop=True)
    site.wait_for(loop)
    page = open_page(f"/tracks/{loop}")
    page.locator(".hero").get_by_role("button", name="Loop").click()
    expect(page.locator("#loop")).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(GOES_ROUND)
    page.wait_for_function("() => document.getElementById('audio').volume === 0")  # Web Audio sounds in its place


def test_the_track_comes_back_where_it_stood_after_a_reload(playing: Page) -> None:
    playing.keyboard.press("Space")
    playing.keyboard.press("ArrowRight")
    before = position(playing)
    playing.reload()
    expect(playing.get_by_role("region", name="Player")).to_contain_text("A minute of calm")
    expect_position(playing, before - 0.5, before + 0.5)


def test_one_tab_plays_at_a_time(playing: Page, song: str) -> None:
    other = playing.context.new_page()
    other.goto(f"/tracks/{song}")
    press_play(other)
    expect_playing(other)
    expect_silence(playing)


def test_a_sound_that_is_gone_is_named_once(open_page: OpenPage, site: Site, complaints: Complaints) -> None:
    complaints.expect(*GONE)
    track = site.ask("a bell")
    site.wait_for(track)
    page = open_page(f"/tracks/{track}")
    page.request.delete(f"/api/library/{track}")
    press_play(page)
    expect(toast(page)).to_have_count(1)
    expect(toast(page)).to_contain_text("“a bell” is not here any more.")


def test_a_sound_deleted_since_the_last_visit_is_forgotten_silently(
    open_page: OpenPage, site: Site, complaints: Complaints
) -> None:
    complaints.expect(*GONE)
    track = site.ask("a small bell", duration=3)
    site.wait_for(track)
    page = open_page(f"/tracks/{track}")
    press_play(page)
    expect_playing(page)
    kept = page.context.storage_state()
    page.request.delete(f"/api/library/{track}")
    page = open_page("/create", storage_state=kept)
    expect(page.get_by_role("region", name="Player")).to_be_hidden()
    expect(toast(page)).to_have_count(0)


def test_without_a_connection_pages_say_so(playing: Page, complaints: Complaints) -> None:
    complaints.expect("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    playing.context.set_offline(True)
    playing.get_by_role("link", name="Library", exact=True).click()
    expect(toast(playing)).to_contain_text("No connection to Sound Box.")
    playing.get_by_role("link", name="Create", exact=True).click()
    playing.get_by_role("link", name="Library", exact=True).click()
    expect(toast(playing).filter(has_text="No connection")).to_have_count(1)
    playing.context.set_offline(False)
    playing.get_by_role("link", name="Library", exact=True).click()
    expect(playing.get_by_role("heading", level=1, name="Library", exact=True)).to_be_visible()
