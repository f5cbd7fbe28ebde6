"""More like this on a track's page, radio from it, and a file dropped to find what sounds like it."""

from __future__ import annotations

import base64
import io

import pytest
import soundfile
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from soundbox.engines.procedural.render import render
from soundbox.engines.protocol import SoundRequest
from tests.browser.complaints import Complaints
from tests.browser.conftest import OpenPage
from tests.browser.hearing import expect_playing, go_to
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

DROP = """([name, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], name));
    for (const type of ["dragenter", "dragover", "drop"])
        document.querySelector(".drop-zone").dispatchEvent(
            new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: carried }));
}"""


@pytest.fixture(scope="module")
def sounds(site: Site) -> dict[str, str]:
    """Ids by title."""
    asked = {"Rain one": ("rain", 1), "Rain two": ("rain", 2), "A dog": ("dog barking", 1)}
    jobs = {title: site.ask(prompt, seed=seed, title=title, duration=3) for title, (prompt, seed) in asked.items()}
    for job in jobs.values():
        site.wait_for(job)
    return jobs


@pytest.fixture(scope="module")
def rain_file() -> bytes:
    sound = render(SoundRequest("sound", "audio", "rain", 3.0, 9))
    stream = io.BytesIO()
    soundfile.write(stream, sound.samples.T, sound.sample_rate, format="OGG")
    return stream.getvalue()


def names(page: Page) -> list[str]:
    rows = page.locator(".alikes-found .track-name")
    expect(rows.first).to_be_visible()
    return rows.all_text_contents()


def drop(page: Page, name: str, content: bytes) -> None:
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def test_more_like_this_comes_in_when_it_is_scrolled_to(open_page: OpenPage, sounds: dict[str, str]) -> None:
    page = open_page(f"/tracks/{sounds['Rain one']}")
    page.get_by_role("heading", name="More like this").scroll_into_view_if_needed()
    assert names(page)[0] == "Rain two"
    assert page.url.endswith(sounds["Rain one"])


def test_without_script_it_is_a_page_of_its_own(open_page: OpenPage, sounds: dict[str, str]) -> None:
    page = open_page(f"/tracks/{sounds['Rain one']}", java_script_enabled=False)
    page.get_by_role("link", name="Show what sounds like it").click()
    assert names(page)[0] == "Rain two"


def test_radio_plays_the_track_and_then_what_sounds_like_it(open_page: OpenPage, sounds: dict[str, str]) -> None:
    page = open_page(f"/tracks/{sounds['Rain one']}")
    page.get_by_role("button", name="Radio from this").click()
    expect_playing(page)
    expect(page.locator("#player-title")).to_have_text("Rain one")
    expect(page.locator("#toasts")).to_contain_text("that sound like it")
    go_to(page, 2.9)
    expect(page.locator("#player-title")).to_have_text("Rain two")
    expect_playing(page)


def test_a_dropped_file_finds_what_sounds_like_it(
    open_page: OpenPage, sounds: dict[str, str], rain_file: bytes
) -> None:
    page = open_page("/library")
    page.get_by_role("link", name="Search with a sound").click()
    expect(page.locator("#page")).to_be_focused()  # it has arrived, with all its scripts do for it
    drop(page, "my rain.ogg", rain_file)
    expect(page.get_by_role("heading", name="Like my rain.ogg")).to_be_visible()
    assert set(names(page)[:2]) == {"Rain one", "Rain two"}
    expect(page.locator("#said")).to_contain_text("sound like my rain.ogg")
    assert Axe().run(page).response["violations"] == []


def test_the_keyboard_can_choose_a_file(open_page: OpenPage, sounds: dict[str, str], rain_file: bytes) -> None:
    page = open_page("/library/sounds-like")
    chooser = page.get_by_label("Choose a sound file")
    with page.expect_file_chooser() as opened:
        chooser.focus()  # the browser has heard by now that the choice is to be caught
        page.keyboard.press("Enter")
    opened.value.set_files({"name": "chosen.ogg", "mimeType": "audio/ogg", "buffer": rain_file})
    expect(page.get_by_role("heading", name="Like chosen.ogg")).to_be_visible()
    expect(chooser).to_be_focused()


def test_a_file_that_is_no_sound_says_what_to_do_and_the_next_one_works(
    open_page: OpenPage, sounds: dict[str, str], rain_file: bytes, complaints: Complaints
) -> None:
    complaints.expect("status of 422")
    page = open_page("/library/sounds-like")
    drop(page, "notes.txt", b"not a sound")
    expect(page.get_by_role("alert")).to_contain_text("choose another one")
    assert Axe().run(page).response["violations"] == []
    drop(page, "rain.ogg", rain_file)
    expect(page.get_by_role("heading", name="Like rain.ogg")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_file_that_is_too_large_is_never_sent(open_page: OpenPage, sounds: dict[str, str]) -> None:
    page = open_page("/library/sounds-like")
    page.on("request", lambda request: pytest.fail("sent") if request.method == "POST" else None)
    drop(page, "long.wav", bytes(20_000_001))
    expect(page.locator("#toasts")).to_contain_text("larger than 20 MB")


def test_without_script_a_file_is_sent_by_the_button(
    open_page: OpenPage, sounds: dict[str, str], rain_file: bytes
) -> None:
    page = open_page("/library/sounds-like", java_script_enabled=False)
    page.locator("#drop-file").set_input_files({"name": "a.ogg", "mimeType": "audio/ogg", "buffer": rain_file})
    page.get_by_role("button", name="Find what sounds like it").click()
    assert set(names(page)[:2]) == {"Rain one", "Rain two"}
