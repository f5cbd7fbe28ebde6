"""Pictures of the sound: each draws what is heard, by keyboard too, and none works while nobody sees it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hearing import expect_playing
from tests.browser.test_looks import faults

pytestmark = pytest.mark.xdist_group("browser")

PICTURES = ("Rings", "Waterfall", "Mirror", "Wave", "Sparks", "Aurora", "Terrain")
# Counts what is drawn, by whichever picture.
COUNT = """() => {
    window.drawn = 0;
    const { fillRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillRect = function (...box) {
        window.drawn += 1;
        return fillRect.apply(this, box);
    };
}"""
# How many colours the canvas holds, out of a grid of its points; and how bright the brightest of them is.
COLOURS = """() => {
    const canvas = document.querySelector("#stage canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    let brightest = 0;
    for (let at = 0; at < data.length; at += 4 * 37) {
        seen.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
        brightest = Math.max(brightest, data[at]);
    }
    return [seen.size, brightest];
}"""
HIDDEN = """is => {
    Object.defineProperty(document, "hidden", { configurable: true, value: is });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def staged(open_page: OpenPage, song: str, motion: Any = "no-preference") -> Page:
    page = open_page(f"/tracks/{song}", reduced_motion=motion)
    page.locator(".hero").get_by_role("button", name="Play", exact=True).click()
    expect_playing(page)
    page.locator("h1").click()
    page.evaluate(COUNT)
    page.keyboard.press("f")
    expect(page.get_by_role("dialog", name="Visualiser")).to_be_visible()
    page.wait_for_function("() => window.drawn > 0")
    return page


def pause_drawing(page: Page, frames: int = 8) -> int:
    """How much is drawn within some frames of the browser."""
    before = page.evaluate("window.drawn")
    page.evaluate("async frames => { while (frames--) await new Promise(requestAnimationFrame); }", arg=frames)
    drawn: int = page.evaluate("window.drawn") - before
    return drawn


def test_each_shows_what_is_heard_and_the_keyboard_leads_through_them(open_page: OpenPage, song: str) -> None:
    page = staged(open_page, song)
    for name in PICTURES:
        expect(page.get_by_role("radio", name=name)).to_be_focused()
        page.wait_for_function(
            f"() => {{ const [colours, brightest] = ({COLOURS})(); return colours > 20 && brightest > 120; }}"
        )
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name=PICTURES[0])).to_be_checked()
    page.keyboard.press("ArrowLeft")
    page.reload()
    page.get_by_role("button", name="Visualiser").click()
    expect(page.get_by_role("radio", name=PICTURES[-1])).to_be_checked()


def test_nothing_is_drawn_while_it_is_closed_or_the_tab_is_hidden(open_page: OpenPage, song: str) -> None:
    page = staged(open_page, song)
    assert pause_drawing(page) > 0
    page.evaluate(HIDDEN, True)
    pause_drawing(page, 2)
    assert pause_drawing(page) == 0
    page.evaluate(HIDDEN, False)
    assert pause_drawing(page) > 0
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Visualiser")).to_be_hidden()
    expect(page.get_by_role("button", name="Visualiser")).to_be_focused()
    assert pause_drawing(page) == 0
    expect_playing(page)


def test_with_quiet_motion_it_is_a_slow_picture(open_page: OpenPage, song: str) -> None:
    quick = pause_drawing(staged(open_page, song), 20)
    slow = pause_drawing(staged(open_page, song, "reduce"), 20)
    assert 4 * slow < quick


def test_it_fills_the_screen_and_the_player_stays_in_reach(open_page: OpenPage, song: str) -> None:
    page = staged(open_page, song)
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => document.fullscreenElement === document.documentElement")
    page.get_by_role("region", name="Player").get_by_role("button", name="Pause").click()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")
    expect(page.get_by_role("dialog", name="Visualiser")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_controls_are_accessible(open_page: OpenPage, song: str, scheme: Any) -> None:
    page = open_page(
        f"/tracks/{song}", color_scheme=scheme, reduced_motion="reduce", viewport={"width": 320, "height": 640}
    )
    page.locator(".hero").get_by_role("button", name="Play", exact=True).click()
    page.locator("h1").click()
    page.keyboard.press("f")
    expect(page.get_by_role("radio", name="Rings")).to_be_focused()
    assert faults(page, scheme) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
