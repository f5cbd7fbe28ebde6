"""What everybody must be able to see, hear and reach: axe on every page, both schemes, quiet motion, light weight."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from soundbox.web import scripts, styles
from tests.browser.complaints import Complaints
from tests.browser.conftest import OpenPage
from tests.browser.states import fail, start_all
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

STATIC = Path(__file__).parents[2] / "static"
MOST_BYTES = 60_000
MOST_BYTES_TO_LOOK_AT = 10_000
RADIO = ("/radio", "/stations/ambient", "/stations/ambient/edit", "/mine/stations", "/admin/stations")
FULL = ("/", "/create", "/library", "/library?search=zzz", "/queue", "/mine", "/docs", "/nothing-here", *RADIO)
EMPTY = ("/", "/create", "/library", "/queue", "/mine", *RADIO)
SCHEMES = ("light", "dark")
BACKGROUND = "() => getComputedStyle(document.body).backgroundColor"


def faults(page: Page, scheme: str) -> list[str]:
    """What axe finds. Only colours differ in the dark, so nothing else is looked at again."""
    rules = {} if scheme == "light" else {"runOnly": ["color-contrast"]}
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("empty") / "instance", log_level="error", worker="none")
    yield running.ready()
    running.stop()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_empty_pages_are_accessible(open_page: OpenPage, empty_site: Site, scheme: str) -> None:
    page = open_page("/", on=empty_site, color_scheme=scheme, reduced_motion="reduce")
    for path in EMPTY:
        page.goto(path)
        assert faults(page, scheme) == [], path


@pytest.mark.parametrize("scheme", SCHEMES)
def test_full_pages_are_accessible(open_page: OpenPage, song: str, complaints: Complaints, scheme: str) -> None:
    complaints.expect("status of 404")
    page = open_page("/", color_scheme=scheme, reduced_motion="reduce")
    for path in (*FULL, f"/tracks/{song}", f"/job/{song}"):
        page.goto(path)
        assert faults(page, scheme) == [], path


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_state_of_a_job_is_accessible(open_page: OpenPage, still_site: Site, scheme: str) -> None:
    page = open_page("/", on=still_site, color_scheme=scheme, reduced_motion="reduce")
    job = still_site.ask(f"a job in every state, {scheme}")
    assert seen(page, scheme, job, "queued") == []
    claims = start_all(still_site)
    assert seen(page, scheme, job, "processing") == []
    still_site.ask("one more that waits")
    page.goto("/queue")
    assert faults(page, scheme) == []
    fail(still_site, claims, "The disk is full.")
    assert seen(page, scheme, job, "failed") == []


def seen(page: Page, scheme: str, job: str, status: str) -> list[str]:
    page.goto(f"/job/{job}")
    expect(page.locator(f".job.{status}")).to_be_visible()
    return faults(page, scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_player_its_keys_and_its_messages_are_accessible(open_page: OpenPage, song: str, scheme: str) -> None:
    page = open_page(f"/tracks/{song}", color_scheme=scheme, reduced_motion="reduce", permissions=["clipboard-write"])
    page.locator(".hero").get_by_role("button", name="Play", exact=True).click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#toasts .toast")).to_be_visible()
    assert faults(page, scheme) == []
    page.keyboard.press("?")
    assert faults(page, scheme) == []


def test_the_chosen_theme_is_remembered(open_page: OpenPage) -> None:
    page = open_page("/", color_scheme="light")
    light = page.evaluate(BACKGROUND)
    page.get_by_role("button", name="Theme: as the system says").click()
    page.get_by_role("button", name="Theme: light").click()
    expect(page.get_by_role("button", name="Theme: dark")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Theme: dark")).to_be_visible()
    assert page.evaluate(BACKGROUND) != light


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_motion_stops_for_those_who_ask(open_page: OpenPage, song: str, motion: Any, moves: bool) -> None:
    page = open_page(f"/tracks/{song}", reduced_motion=motion)
    page.locator(".hero").get_by_role("button", name="Play", exact=True).click()
    expect(page.locator(".hero .disc")).to_have_accessible_name("Pause A minute of calm")
    page.locator("h1").click()
    running = "() => document.getAnimations().some(one => one.playState === 'running')"
    assert page.evaluate(running) is moves


def test_scripts_and_styles_stay_light() -> None:
    """What a visit loads; apart from it, what is loaded when somebody opens it: visualisers, what plays a sound that is
    still being made, and what plays stations on air where the browser cannot."""
    every = scripts.shortened(STATIC / "js")
    opened = {name: file for name, file in every.items() if name.startswith(("visuals/", "growth", "growing"))}
    visited = [file for name, file in every.items() if name not in opened]
    visited += [styles.joined(STATIC / "css"), (STATIC / "vendor" / "htmx.min.js").read_bytes()]

    assert sum(len(gzip.compress(file)) for file in visited) < MOST_BYTES
    assert sum(len(gzip.compress(file)) for file in opened.values()) < MOST_BYTES_TO_LOOK_AT


def test_shortened_styles_say_what_was_written(open_page: OpenPage) -> None:
    rules = """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
      return [...sheet.cssRules].map(rule => rule.cssText.replace(/([,:])\\s+/g, "$1")); }"""
    page = open_page("/")
    assert page.evaluate(rules, styles.joined(STATIC / "css").decode()) == page.evaluate(
        rules, styles.written(STATIC / "css")
    )


def test_every_style_is_part_of_a_page() -> None:
    """Those of the site are one file; the players to embed have their own."""
    assert {file.stem for file in (STATIC / "css").glob("*.css")} == {*styles.NOUNS, "embed"}


@pytest.fixture(scope="module")
def odd_tracks(site: Site) -> list[str]:
    """What nobody expects on a page: no spaces, another direction, pictures for words, very short and very long."""
    odd: list[dict[str, Any]] = [
        {"prompt": "x" * 500, "title": "W" * 120, "model": "music", "duration": 0.5},
        {"prompt": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3},
        {"prompt": "صوت مطر هادئ على سطح من الصفيح في ليلة طويلة " * 9},
        {"prompt": "\u202eגשם\u202c" * 60},
        {"prompt": "🎧🌧️" * 120, "duration": 0.5},
        {"prompt": "rain", "duration": 180, "loop": True},
        {"prompt": "ambient, lydian, slow, dreamy, peaceful, piano, strings, choir, no drums, rain", "model": "music",
         "parameters": {"tempo": 61.123456789012345, "key": "in the key of C sharp phrygian dominant scale"}},
    ]  # fmt: skip
    jobs = [site.ask(**wish) for wish in odd]
    for job in jobs:
        site.wait_for(job)
    return jobs


def test_odd_tracks_fit_on_the_smallest_screen(open_page: OpenPage, odd_tracks: list[str]) -> None:
    page = open_page("/", viewport={"width": 320, "height": 640})
    pages = [f"/{place}/{track}" for track in odd_tracks for place in ("tracks", "job")]
    for path in ("/", "/create", "/library", "/mine", *pages):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
