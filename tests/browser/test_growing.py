"""Listening to a sound while it is made. What a worker writes is written here, so that every moment can be held."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from soundbox.audio.growing import Growing
from soundbox.audio.on_air import encode
from soundbox.audio.packed import offsets
from soundbox.config import Config
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.protocol import Sound
from soundbox.extensions import db
from soundbox.jobs.claims import Claim
from soundbox.jobs.publishing import Publication, publish
from soundbox.jobs.takes import Take
from soundbox.media.growing import GrowingMedia
from soundbox.media.local import LocalMedia
from tests.browser.complaints import Complaints
from tests.browser.conftest import OpenPage
from tests.browser.hearing import NOW, expect_heard, expect_playing, expect_silence, go_to, position
from tests.browser.states import database_of, start_all
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

RATE = 44_100
SECONDS = 24
INFO = next(info for info in Catalogue.build().models() if info.id == "music")
BUTTON = "Listen while it is made"
PLACE = f"() => {{ const audio = ({NOW})(); return [performance.now() / 1000, audio.currentTime, audio.currentSrc]; }}"


class Making:
    """A song that is being made, as far as a test lets it get."""

    def __init__(self, site: Site, prompt: str) -> None:
        self.job_id = site.ask(prompt, model="music", duration=SECONDS)
        self.claim: Claim = next(claim for claim in start_all(site) if claim.id == self.job_id)
        self._config = Config.load(site.instance, worker="none")
        self._media = LocalMedia(self._config.media_folder)
        self._growing, self._given = Growing(RATE), 0
        time_ = np.arange(SECONDS * RATE) / RATE
        chord = sum(np.sin(2 * np.pi * hertz * time_) for hertz in (220, 277, 330)) / 6
        self._song = np.stack([chord * (0.6 + 0.4 * np.sin(2 * np.pi * 2 * time_))] * 2).astype(np.float32)

    def sing(self, until: float) -> None:
        """Up to this second."""
        end = round(until * RATE)
        self._write(self._growing.add(self._song[:, self._given : end]))
        self._given = end

    def finish(self, site: Site) -> None:
        take = Take.of(Sound(self._song, RATE), 1, INFO)
        with database_of(site):
            assert publish(db, self._media, Publication(self.claim, INFO, take, 0, time.monotonic()), self._config)

    def fail(self, site: Site) -> None:
        GrowingMedia(self._media.root).drop(self.claim.stem)
        with database_of(site), db.money() as session:
            self.claim.fail(session, "Out of breath.")

    def _write(self, stretch) -> None:
        assert stretch is not None
        content = encode(stretch.samples)
        places = offsets(content)
        kept = content[places[stretch.before] : places[stretch.before + stretch.frames]]
        GrowingMedia(self._media.root).append(f"{self.claim.stem}.0", kept)


@pytest.fixture
def making(still_site: Site) -> Iterator[Making]:
    made = Making(still_site, "a song that takes its time")
    yield made
    made.fail(still_site)


def listen(page: Page) -> None:
    page.get_by_role("button", name=BUTTON).click()
    expect_playing(page)


def test_it_is_offered_once_something_can_be_heard(open_page: OpenPage, still_site: Site, making: Making) -> None:
    page = open_page(f"/job/{making.job_id}", on=still_site)
    expect(page.get_by_text("Being made now")).to_be_visible()
    expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
    making.sing(5)
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    listen(page)
    expect_heard(page)
    expect(page.get_by_role("button", name=BUTTON)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("region", name="Player")).to_contain_text("a song that takes its time")
    page.get_by_role("button", name=BUTTON).click()
    expect_silence(page)


def test_it_begins_at_its_beginning_and_goes_on_with_what_comes(
    open_page: OpenPage, still_site: Site, making: Making
) -> None:
    making.sing(11)
    page = open_page(f"/job/{making.job_id}", on=still_site)
    listen(page)
    assert position(page) < 4
    go_to(page, 9)
    making.sing(18)
    page.wait_for_function(f"() => ({NOW})().currentTime > 12", timeout=30_000)


def test_one_can_seek_in_what_exists(open_page: OpenPage, still_site: Site, making: Making) -> None:
    making.sing(13)
    page = open_page(f"/job/{making.job_id}", on=still_site)
    listen(page)
    page.wait_for_function(f"() => ({NOW})().duration > 9")
    page.locator("#player-face").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => ({NOW})().currentTime > 4.5")
    box = page.locator("#player-face").bounding_box()
    assert box
    page.mouse.click(box["x"] + 2, box["y"] + box["height"] / 2)
    page.wait_for_function(f"() => ({NOW})().currentTime < 3")
    expect_playing(page)


def test_the_finished_track_takes_over_where_it_is(open_page: OpenPage, still_site: Site, making: Making) -> None:
    making.sing(20)
    page = open_page(f"/job/{making.job_id}", on=still_site)
    listen(page)
    go_to(page, 6)
    expect_playing(page)
    before, at, growing = page.evaluate(PLACE)
    assert growing.startswith("blob:")
    making.finish(still_site)
    page.wait_for_function(f"() => ({NOW})().currentSrc.endsWith('.wav')")
    expect_playing(page)
    after, now, _ = page.evaluate(PLACE)
    assert abs((now - at) - (after - before)) < 0.4
    expect(page.locator("#player-title")).to_have_attribute("href", f"/tracks/{making.job_id}")
    page.wait_for_function("() => [...document.querySelectorAll('audio')].filter(one => !one.paused).length === 1")
    expect(page.locator("#player.faceless")).to_have_count(0)


def test_what_stands_still_is_replaced_and_stands_still(open_page: OpenPage, still_site: Site, making: Making) -> None:
    making.sing(20)
    page = open_page(f"/job/{making.job_id}", on=still_site)
    listen(page)
    page.get_by_role("button", name=BUTTON).click()
    expect_silence(page)
    at = position(page)
    making.finish(still_site)
    page.wait_for_function("() => document.querySelector('audio[data-now]').currentSrc.endsWith('.wav')")
    expect_silence(page)
    assert abs(page.evaluate("() => document.querySelector('audio[data-now]').currentTime") - at) < 0.1


def test_it_goes_on_while_one_walks_around_and_the_track_comes_there_too(
    open_page: OpenPage, still_site: Site, making: Making
) -> None:
    making.sing(20)
    page = open_page(f"/job/{making.job_id}", on=still_site)
    listen(page)
    page.get_by_role("link", name="Library", exact=True).click()
    page.get_by_role("heading", level=1, name="Library").wait_for()
    expect_playing(page)
    making.finish(still_site)
    page.wait_for_function(f"() => ({NOW})().currentSrc.endsWith('.wav')")
    expect_playing(page)


def test_what_fails_meanwhile_is_said(
    open_page: OpenPage, still_site: Site, making: Making, complaints: Complaints
) -> None:
    complaints.expect("status of 410", "status of 404")
    making.sing(9)
    page = open_page(f"/job/{making.job_id}", on=still_site)
    listen(page)
    making.fail(still_site)
    expect(page.get_by_text("“a song that takes its time” was not finished.")).to_be_visible()


def test_the_library_for_it_is_fetched_only_for_who_listens(
    open_page: OpenPage, still_site: Site, making: Making
) -> None:
    making.sing(9)
    page = open_page(f"/job/{making.job_id}", on=still_site)
    fetched = "performance.getEntriesByType('resource').filter(one => one.name.includes('/hls.light')).length"
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
    assert page.evaluate(fetched) == 0
    listen(page)
    assert page.evaluate(fetched) == 1
