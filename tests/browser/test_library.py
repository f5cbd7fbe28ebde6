"""The library in a browser: it searches as one types, grows as one scrolls, and keeps a search."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from soundbox.cli import main
from tests.browser.complaints import Complaints
from tests.browser.conftest import OpenPage
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

TRACKS = 70
A_PAGE = 20


@pytest.fixture(scope="module")
def full_site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    instance = tmp_path_factory.mktemp("full") / "instance"
    main(["seed", "--tracks", str(TRACKS), "--instance", str(instance)], standalone_mode=False)
    running = Site(instance, log_level="error", worker="none")
    yield running.ready()
    running.stop()


@pytest.fixture
def library(open_page: OpenPage, full_site: Site) -> Page:
    return open_page("/library", on=full_site)


def test_scrolling_brings_the_next_page_and_every_track_once(library: Page) -> None:
    rows = library.locator("#list > li")
    expect(rows).to_have_count(A_PAGE)
    for count in (2 * A_PAGE, 3 * A_PAGE, TRACKS):
        library.locator("#pager").scroll_into_view_if_needed()
        expect(rows).to_have_count(count)
    names = rows.locator("a.track-name").evaluate_all("links => links.map((link) => link.href)")
    assert len(set(names)) == TRACKS
    expect(library).to_have_url(re.compile("page=4"))


def test_the_same_list_has_pages_without_a_script(open_page: OpenPage, full_site: Site) -> None:
    page = open_page("/library", on=full_site, java_script_enabled=False)
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page.get_by_text("Page 2 of 4")).to_be_visible()
    expect(page.locator("#list > li")).to_have_count(A_PAGE)


def test_typing_searches_and_the_address_can_be_shared(library: Page, open_page: OpenPage, full_site: Site) -> None:
    name = library.locator("a.track-name").first.inner_text()
    word = max(re.findall(r"[a-z]+", name.lower()), key=len)
    library.get_by_label("Search the library").press_sequentially(word)
    expect(library).to_have_url(re.compile(f"search={word}"))
    found = library.locator(".found [role=status]").inner_text()
    shared = open_page(library.url.removeprefix(full_site.address), on=full_site)
    expect(shared.locator(".found [role=status]")).to_have_text(found)


def test_filters_combine_and_more_of_them_stay_open(library: Page, complaints: Complaints) -> None:
    complaints.expect("htmx:sendAbort", "htmx:afterRequest")  # the next choice replaces the request before
    library.get_by_text("More filters").click()
    library.get_by_label("Seconds, at least").fill("15")
    library.get_by_label("Loops only").check(force=True)
    expect(library).to_have_url(re.compile("min_duration=15"))
    expect(library).to_have_url(re.compile("loop=1"))
    library.reload()
    expect(library.get_by_label("Seconds, at least")).to_be_visible()
    expect(library.get_by_label("Seconds, at least")).to_have_value("15")


def test_a_search_is_kept_and_found_again(library: Page) -> None:
    library.get_by_label("Kind").select_option("audio")
    library.get_by_text("Save search").click()
    library.get_by_label("Name of the search").fill("All the noises")
    library.get_by_role("button", name="Save", exact=True).click()
    expect(library.get_by_text("Search kept as")).to_be_visible()
    library.get_by_text("Saved searches").click()
    library.get_by_role("link", name="All the noises").click()
    expect(library).to_have_url(re.compile("model=audio"))
    expect(library.get_by_label("Kind")).to_have_value("audio")
