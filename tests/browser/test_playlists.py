"""Collecting, as people do it: with the keyboard alone, with the mouse, without JavaScript; and taking it all away."""

from __future__ import annotations

import zipfile
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hearing import expect_playing
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

SOUNDS = ("a door slams", "slow rain on a tin roof", "three knocks on wood")
FOCUSED = """() => {
    const focused = document.activeElement;
    return focused.matches("a, button, summary, input") ? focused.ariaLabel ?? focused.textContent.trim() : "";
}"""
MOST_TABS = 200


@pytest.fixture(scope="module")
def sounds(site: Site) -> list[str]:
    """Their ids, in the order of SOUNDS."""
    ids = [site.ask(prompt) for prompt in SOUNDS]
    for track_id in ids:
        site.wait_for(track_id)
    return ids


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name is focused."""
    for _ in range(MOST_TABS):
        if name in page.evaluate(FOCUSED):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard cannot reach {name!r}.")


def names_on(page: Page) -> list[str]:
    return page.locator(".playlist .track-name").all_text_contents()


def collect(page: Page, track_id: str, into: str) -> None:
    page.goto(f"/tracks/{track_id}")
    tab_to(page, "Add to playlist")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Add to a playlist")).to_be_visible()
    tab_to(page, into)
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Added to {into}", exact=True)).to_be_visible()  # a page that came late says it, too


def saving(page: Page, method: str = "PUT") -> Any:
    """What is done inside is answered before it goes on."""
    return page.expect_response(lambda answer: answer.request.method == method)


def test_a_playlist_is_built_and_ordered_by_keyboard_alone_and_taken_away_as_a_pack(
    open_page: OpenPage, sounds: list[str], tmp_path: Path
) -> None:
    page = open_page(f"/tracks/{sounds[0]}")
    tab_to(page, "Add to playlist")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name of a new playlist")).to_be_focused()
    page.keyboard.type("Small noises")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Added to Small noises")).to_be_visible()
    for track_id in sounds[1:]:
        collect(page, track_id, "Small noises")
    page.goto("/playlists")
    tab_to(page, "Small noises")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Small noises")).to_be_visible()
    assert names_on(page) == list(SOUNDS)
    tab_to(page, f"Move {SOUNDS[2]} up")
    with saving(page):
        page.keyboard.press("Enter")
    with saving(page):
        page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate(FOCUSED) == f"Move {SOUNDS[2]} up"
    assert page.locator("#said").text_content() == f"{SOUNDS[2]}: 1 of 3"
    page.reload()
    assert names_on(page) == [SOUNDS[2], SOUNDS[0], SOUNDS[1]]
    tab_to(page, "Download as pack")
    page.keyboard.press("Enter")
    tab_to(page, "Download 3 files")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    file = tmp_path / "pack.zip"
    download.value.save_as(file)
    assert download.value.suggested_filename == "small-noises.zip"
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "01 - three-knocks-on-wood.wav",
            "02 - a-door-slams.wav",
            "03 - slow-rain-on-a-tin-roof.wav",
            "CREDITS.md",
            "licenses.json",
        ]


def test_the_mouse_drags_takes_off_and_brings_back(open_page: OpenPage, site: Site, sounds: list[str]) -> None:
    page = open_page(filled(site, "By mouse", sounds))
    grip, target = page.locator("[data-grip]").first, page.locator(".playlist .track").last
    grip.hover()
    page.mouse.down()
    target.hover()
    with saving(page):
        page.mouse.up()
    assert names_on(page) == [SOUNDS[1], SOUNDS[2], SOUNDS[0]]
    page.get_by_role("button", name=f"Take {SOUNDS[2]} off").click()
    expect(page.locator(".playlist .track")).to_have_count(2)
    with saving(page, "POST"):
        page.get_by_role("button", name="Undo").click()
    expect(page.locator(".playlist .track")).to_have_count(3)
    page.reload()
    assert names_on(page) == [SOUNDS[1], SOUNDS[2], SOUNDS[0]]


def test_a_playlist_plays_from_its_first_track_or_shuffled(open_page: OpenPage, site: Site, sounds: list[str]) -> None:
    page = open_page(filled(site, "To hear", sounds))
    page.get_by_role("button", name="Play", exact=True).first.click()
    expect_playing(page)
    expect(page.locator("#player-title")).to_have_text(SOUNDS[0])
    page.get_by_role("button", name="Shuffle").click()
    expect_playing(page)
    assert page.locator("#player-title").text_content() in SOUNDS


def test_playing_goes_on_to_what_stands_on_other_pages(open_page: OpenPage, site: Site, sounds: list[str]) -> None:
    page = open_page(f"{filled(site, 'Long', sounds)}?page=2&per_page=1")
    with page.expect_response(lambda answer: "per_page=1000" in answer.url):
        page.get_by_role("button", name="Play", exact=True).first.click()
    expect_playing(page)
    heard = [page.locator("#player-title").text_content()]
    for _ in SOUNDS[1:]:
        page.get_by_role("button", name="Next track").click()
        expect(page.locator("#player-title")).not_to_have_text(heard[-1] or "")
        heard.append(page.locator("#player-title").text_content())
    assert heard == [SOUNDS[1], SOUNDS[2], SOUNDS[0]]


def test_adding_can_be_undone(open_page: OpenPage, site: Site, sounds: list[str]) -> None:
    path = filled(site, "Once more", sounds[:1])
    page = open_page(f"/tracks/{sounds[1]}")
    page.get_by_role("link", name="Add to playlist").click()
    page.get_by_role("button", name="Once more").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken off Once more again")).to_be_visible()
    page.goto(path)
    assert names_on(page) == [SOUNDS[0]]


def test_chosen_tracks_of_the_library_come_as_a_pack(open_page: OpenPage, sounds: list[str], tmp_path: Path) -> None:
    page = open_page("/library")
    page.get_by_role("button", name="Choose").click()
    page.get_by_label(f"Choose {SOUNDS[0]}").first.check()
    page.get_by_label(f"Choose {SOUNDS[2]}").first.check()
    expect(page.locator(".chosen-what")).to_contain_text("2 files")
    with page.expect_download() as download:
        page.locator("#chosen").get_by_role("button", name="Download").click()
    download.value.save_as(tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        assert len(archive.namelist()) == 4


def test_all_of_it_works_without_javascript(open_page: OpenPage, sounds: list[str]) -> None:
    page = open_page(f"/tracks/{sounds[0]}", java_script_enabled=False)
    page.get_by_role("link", name="Add to playlist").click()
    page.get_by_label("Name of a new playlist").fill("Without scripts")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_role("heading", level=1, name="Without scripts")).to_be_visible()
    page.goto(f"/tracks/{sounds[1]}/playlists")
    page.get_by_role("button", name="Without scripts").click()
    expect(page.get_by_text("Added to Without scripts.")).to_be_visible()
    page.goto("/playlists")
    page.get_by_role("link", name="Without scripts").first.click()
    page.get_by_role("button", name=f"Move {SOUNDS[1]} up").click()
    expect(page.locator(".playlist .track-name").first).to_have_text(SOUNDS[1])
    page.get_by_role("button", name=f"Take {SOUNDS[0]} off").click()
    expect(page.locator(".playlist .track")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_playlists_are_accessible(open_page: OpenPage, site: Site, sounds: list[str], scheme: str) -> None:
    full, empty = filled(site, f"Full in the {scheme}", sounds), filled(site, f"Empty in the {scheme}", [])
    page = open_page("/playlists", color_scheme=scheme, reduced_motion="reduce")
    for path in ("/playlists", "/playlists?mine=1", full, empty, f"/tracks/{sounds[0]}/playlists", "/packs?search=a"):
        page.goto(path)
        for closed in page.locator("main details").all():
            closed.evaluate("one => one.open = true")
        assert faults(page) == [], path
    page.goto(f"/tracks/{sounds[0]}")
    page.get_by_role("link", name="Add to playlist").click()
    expect(page.get_by_role("heading", name="Add to a playlist")).to_be_visible()
    assert faults(page) == []


def test_nothing_sticks_out_sideways(open_page: OpenPage, site: Site, sounds: list[str]) -> None:
    long = filled(site, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", sounds)
    page = open_page("/playlists", viewport={"width": 320, "height": 640}, is_mobile=True, has_touch=True)
    for path in ("/playlists", long, f"/tracks/{sounds[0]}/playlists", "/packs", "/library"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_control_of_a_row_stands_beside_the_others(
    open_page: OpenPage, site: Site, sounds: list[str], width: int
) -> None:
    page = open_page(filled(site, f"On {width}", sounds[:2]), viewport={"width": width, "height": 800})
    stands_in_order(page.locator(".playlist .track").first, width)
    page.goto("/library")
    stands_in_order(page.locator("#list .track").first, width)


def stands_in_order(row: Locator, width: int) -> None:
    boxes = (one.bounding_box() for one in row.locator(".track-words, .track-end > *, .vote").all())
    places = [box for box in boxes if box and box["width"] > 1]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= width for box in places)
    assert not [(one, other) for one, other in combinations(places, 2) if overlap(one, other)]
    assert places[0]["width"] > 150, "the name"


def overlap(one: FloatRect, other: FloatRect) -> bool:
    across = one["x"] + 1 < other["x"] + other["width"] and other["x"] + 1 < one["x"] + one["width"]
    down = one["y"] + 1 < other["y"] + other["height"] and other["y"] + 1 < one["y"] + one["height"]
    return across and down


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]


def filled(site: Site, name: str, tracks: list[str]) -> str:
    """A playlist with these tracks. Its page's address."""
    page: str = site.post("/api/playlists", {"name": name, "visibility": "public"})["page_url"]
    for track_id in tracks:
        site.post(f"/api{page}/tracks/{track_id}", {})
    return page
