"""Presets in the browser: chosen over the prompt, taken out, saved from a track; with keys, and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_looks import SCHEMES, faults
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

NARROW = {"width": 320, "height": 640}
PAGES = ("/create?preset=latin_rock", "/presets", "/presets/new", "/presets/latin_rock")
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
IN_SIGHT = """tile => {
    const [own, strip] = [tile, tile.parentElement].map((part) => part.getBoundingClientRect());
    return own.left >= strip.left && own.right <= strip.right + 1;
}"""


def tile(page: Page, name: str):
    return page.get_by_role("group", name="Presets").get_by_role("button", name=name)


def type_first(page: Page) -> None:
    page.get_by_label("Describe a sound").fill("with flute")
    page.get_by_label("Length in seconds").fill("9")


def expect_as_typed(page: Page) -> None:
    expect(page.get_by_label("Describe a sound")).to_have_value("with flute")
    expect(page.get_by_label("Length in seconds")).to_have_value("9")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_chosen_preset_keeps_what_was_typed_and_is_taken_out_again(
    open_page: OpenPage, still_site: Site, has_script: bool
) -> None:
    page = open_page("/create", on=still_site, java_script_enabled=has_script)
    type_first(page)
    tile(page, "Trap 808").click()
    expect(tile(page, "Trap 808")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Add words of your own")).to_have_value("with flute")
    expect(page.get_by_label("Length in seconds")).to_have_value("15")
    page.get_by_role("button", name="Take it out").click()
    expect_as_typed(page)


def test_the_names_of_built_in_presets_are_read_whole(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/create", on=still_site)
    names = page.locator(".tiles .model-name")
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)"
    assert names.evaluate_all(cut) == []
    assert names.count() > 10


def test_the_same_with_keys_alone_and_the_focus_stays(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/create", on=still_site)
    type_first(page)
    last = tile(page, "Bedtime Story")
    last.focus()
    last.press("Enter")
    expect(last).to_have_attribute("aria-pressed", "true")
    expect(last).to_be_focused()
    assert last.evaluate(IN_SIGHT)
    last.press("Enter")
    expect(last).to_have_attribute("aria-pressed", "false")
    expect(last).to_be_focused()
    expect_as_typed(page)


def test_what_the_preset_and_the_words_say_is_understood_as_one_types(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/create?preset=latin_rock", on=still_site)
    page.get_by_label("Add words of your own").press_sequentially("with flute")
    understood = page.locator("#understood")
    expect(understood).to_contain_text("flute")
    expect(understood).to_contain_text("120 bpm")


def test_a_preset_on_the_front_page_takes_what_was_typed_along(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_label("Describe a sound").fill("with flute")
    page.get_by_role("button", name="Latin Rock").click()
    expect(page.get_by_label("Add words of your own")).to_have_value("with flute")
    expect(page.get_by_label("Seed", exact=True)).to_have_value("42")


def test_a_sound_is_made_with_no_words_but_the_presets(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/create?preset=rain_on_tin", on=still_site)
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("article", name="pouring rain on a tin roof")).to_be_visible()


def test_a_track_becomes_a_preset_that_is_used_shared_deleted_and_had_back(open_page: OpenPage, song: str) -> None:
    page = open_page(f"/tracks/{song}")
    page.get_by_role("link", name="Save as my preset").click()
    page.get_by_label("Name", exact=True).fill("Calm minute")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1, name="Calm minute")).to_be_visible()
    page.get_by_text("Change it, share it").click()
    page.get_by_role("switch").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".hero-by .marker")).to_have_text("shared")
    page.get_by_role("link", name="Use it").click()
    expect(tile(page, "Calm minute")).to_have_attribute("aria-pressed", "true")
    page.go_back()
    page.get_by_text("Delete it").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Presets")).to_be_visible()
    expect(page.get_by_text("Calm minute")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", level=1, name="Calm minute")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_its_pages_are_accessible_and_fit_the_smallest_screens(
    open_page: OpenPage, still_site: Site, scheme: str
) -> None:
    page = open_page("/", on=still_site, color_scheme=scheme, reduced_motion="reduce", viewport=NARROW)
    for path in PAGES:
        page.goto(path)
        assert faults(page, scheme) == [], path
        assert page.evaluate(OVERFLOW) == 0, path
