"""What people write stays words: pages of hostile ones have the elements that pages of harmless ones have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from soundbox.extensions import db
from tests.browser.conftest import DESKTOP
from tests.browser.hostile import HostileSite, Words, served
from tests.security.corpora import SCRIPTS

pytestmark = pytest.mark.xdist_group("browser")

REPORTS = """
    window.reports = [];
    addEventListener("securitypolicyviolation", (event) => {
        reports.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
"""
# Every element with the names of its attributes, but for what stands in a drawing.
SKELETON = """() => [...document.querySelectorAll("*")].filter((one) => !one.closest("svg, canvas")).map(
    (one) => `${one.localName} ${[...one.attributes].map((each) => each.name).sort()}`
)"""
LEADS_AWAY = """() => [...document.querySelectorAll("a[href], form[action], [src]")]
    .map((one) => one.getAttribute("href") ?? one.getAttribute("action") ?? one.getAttribute("src"))
    .filter((where) => /^\\s*(javascript:|data:text|\\/\\/evil)/i.test(where))"""
ASKED = ("/library?search={}", "/playlists?search=zebra+{}", "/create?prompt={}", "/admin/people?search={}")
SIGNED_OUT = ("/auth/login?next={}", "/auth/register?next={}", "/auth/forgot", "/terms", "/")
BY_CHANCE = ("/stations/<slug>",)  # what it shows depends on the moment; no script may run there either
NO_IDS = ("name", "model", "kind", "form", "segment", "part", "list_form")


def hostile(turn: int) -> Words:
    """As many of the corpus as fit, from this one on."""
    corpus = [*SCRIPTS[turn:], *SCRIPTS[:turn]]

    def words(most: int) -> str:
        text = ""
        for script in corpus:
            text += f" {script}" if len(text) + len(script) < most else ""
        return text.strip()

    return words


def harmless(turn: int) -> Words:
    """As long, in the same words (the form says which of them it understands), without a sign that means anything."""
    return lambda most: re.sub(r"[^\w\s]", ",", hostile(turn)(most))


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=DESKTOP, reduced_motion="reduce")
    context.add_init_script(REPORTS)
    yield context
    context.close()


def came_in(context: BrowserContext, site: HostileSite, address: str) -> Page:
    context.clear_cookies()
    context.add_cookies([{"name": "session_id", "value": site.cookie, "url": address}])
    return context.new_page()


def skeletons(page: Page, address: str, paths: dict[str, str], faults: list[str]) -> dict[str, list[str]]:
    """Of each page; what is wrong with one by itself is added to `faults`."""
    found = {}
    for name, path in paths.items():
        page.goto(f"{address}{path}")
        found[name] = sorted(page.evaluate(SKELETON))
        faults += complaints(page, path)
    return found


def complaints(page: Page, path: str) -> list[str]:
    said = [f"{path}: {report}" for report in page.evaluate("() => window.reports")]
    said += [f"{path} leads to {where}" for where in page.evaluate(LEADS_AWAY)]
    return said if page.evaluate("() => window.pwned === undefined") else [*said, f"{path}: a script ran"]


def looked_through(context: BrowserContext, folder: Path, words: Words, faults: list[str]) -> dict[str, list[str]]:
    site = HostileSite(folder, words)
    with served(site.app) as address:
        ids = {
            value: f"<{name}>"
            for name, value in site.known.items()
            if name not in ("name", "model", "kind", "form", "voice")
        }
        paths = {re.sub("|".join(map(re.escape, ids)), lambda m: ids[m[0]], path): path for path in site.paths()}
        paths |= {path: path.format(quote(words(200))) for path in ASKED}
        page = came_in(context, site, address)
        found = skeletons(page, address, paths, faults)
        written_by_scripts(page, address, site, words, faults)
        page.context.clear_cookies()
        outside = {f"signed out {path}": path.format(quote(words(200))) for path in SIGNED_OUT}
        found |= skeletons(page, address, outside, faults)
        page.close()
    db.close()
    return found


def written_by_scripts(page: Page, address: str, site: HostileSite, words: Words, faults: list[str]) -> None:
    """The player, and the name of a file that is dropped."""
    track = site.known["track_id"]
    page.goto(f"{address}/tracks/{track}")
    page.locator(".hero").get_by_role("button", name="Play", exact=True).click()
    expect(page.locator(".hero .disc")).to_have_accessible_name(re.compile("^Pause"))
    faults += complaints(page, "the player")
    page.goto(f"{address}/library/sounds-like")
    sound = site.clients["ada"].get(f"/audio/{track}.wav").data
    name = f"{words(60).replace('/', ' ')}.wav"
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "audio/wav", "buffer": sound})
    expect(page.locator("#found h2")).to_contain_text("Like ")
    faults += complaints(page, "a file that is dropped")


@pytest.mark.parametrize("turn", [0, *(pytest.param(turn, marks=pytest.mark.long) for turn in range(1, len(SCRIPTS)))])
def test_what_people_write_stays_words(context: BrowserContext, tmp_path: Path, turn: int) -> None:
    faults: list[str] = []
    expected = looked_through(context, tmp_path / "harmless", harmless(turn), faults)
    found = looked_through(context, tmp_path / "hostile", hostile(turn), faults)
    assert faults == []
    assert len(found) > 50 and found.keys() == expected.keys()
    told = {name: differences(found[name], expected[name]) for name in found if name not in BY_CHANCE}
    assert {name: each for name, each in told.items() if each} == {}


def differences(found: list[str], expected: list[str]) -> dict[str, tuple[int, int]]:
    return {
        each: (found.count(each), expected.count(each))
        for each in {*found, *expected}
        if found.count(each) != expected.count(each)
    }
