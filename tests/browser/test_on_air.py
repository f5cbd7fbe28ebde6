"""Stations on air in a real browser, without the server's part: a live playlist over segments made here."""

from __future__ import annotations

import io
import json
import time
from datetime import UTC, datetime
from typing import Any

import av
import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.complaints import Complaints
from tests.browser.conftest import OpenPage
from tests.browser.hearing import expect_playing, expect_silence

pytestmark = pytest.mark.xdist_group("browser")

RATE = 44_100
FRAMES_A_SEGMENT = 87  # of 1024 samples: about two seconds
SEGMENT_SECONDS = FRAMES_A_SEGMENT * 1024 / RATE
SHOWN = 8
SONG_SECONDS = 600


def segment() -> bytes:
    """Two seconds of a tone as AAC in ADTS."""
    file = io.BytesIO()
    with av.open(file, "w", format="adts") as container:
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        assert isinstance(stream, av.AudioStream)
        tone = 0.3 * np.sin(2 * np.pi * 330 * np.arange(FRAMES_A_SEGMENT * 1024) / RATE)
        frame = av.AudioFrame.from_ndarray(tone[None].astype(np.float32), "fltp", "mono")
        frame.sample_rate = RATE
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return file.getvalue()


class Station:
    """What a browser fetches of a station, computed from the clock; it can be out of reach for a while."""

    def __init__(self, track: dict[str, Any]) -> None:
        self.began = time.time() - 60
        self.reachable = True
        self.fetched = 0
        self.listeners = 3
        self._sound = segment()
        self._track = track

    def answer(self, route: Route) -> None:
        path = route.request.url.partition("?")[0]
        if not self.reachable:
            return route.fulfill(status=503)
        if path.endswith(".m3u8"):
            self.fetched += 1
            return route.fulfill(body=self.playlist(), content_type="application/vnd.apple.mpegurl")
        if path.endswith(".aac"):
            return route.fulfill(body=self._sound, content_type="audio/aac")
        return route.fulfill(body=json.dumps(self.now_playing()), content_type="application/json")

    def playlist(self) -> str:
        ended = int((time.time() - self.began) / SEGMENT_SECONDS)
        lines = ["#EXTM3U", "#EXT-X-VERSION:3", "#EXT-X-TARGETDURATION:2", f"#EXT-X-MEDIA-SEQUENCE:{ended - SHOWN}"]
        for number in range(ended - SHOWN, ended):
            moment = datetime.fromtimestamp(self.began + number * SEGMENT_SECONDS, UTC)
            lines += [f"#EXT-X-PROGRAM-DATE-TIME:{moment.isoformat(timespec='milliseconds')}"]
            lines += [f"#EXTINF:{SEGMENT_SECONDS:.5f},", f"{number}.aac"]
        return "\n".join(lines)

    def now_playing(self) -> dict[str, Any]:
        """One song since the station began. What comes next is announced, and is not shown before it is heard."""
        on_air = {
            "played_at": self.began,
            "duration": SONG_SECONDS,
            "song": {**self._song("On air"), "track": self._track},
        }
        coming = {"played_at": self.began + SONG_SECONDS, "duration": SONG_SECONDS, "song": self._song("Coming")}
        listeners = {"current": self.listeners, "total": self.listeners, "unique": self.listeners}
        return {"listeners": listeners, "now_playing": on_air, "playing_next": coming, "song_history": []}

    def _song(self, title: str) -> dict[str, Any]:
        return {"title": title, "artist": "ada", "text": f"ada - {title}", "art": None, "track": None}


@pytest.fixture
def on_air(open_page: OpenPage, site: Any, song: str) -> tuple[Page, Station]:
    page = open_page("/create")
    station = Station(site.get(f"/api/library/{song}"))
    page.route("**/stations/test/**", station.answer)
    page.route("**/api/stations/test/now-playing", station.answer)
    give_button(page)
    return page, station


def give_button(page: Page) -> None:
    page.evaluate(
        """station => {
            const place = Object.assign(document.createElement("div"), { id: "test-station" });
            place.dataset.liveStation = "test";
            const button = Object.assign(document.createElement("button"), { textContent: "Listen live" });
            button.dataset.live = JSON.stringify(station);
            place.append(button);
            document.getElementById("page").prepend(place);
        }""",
        {
            "name": "Test FM",
            "playlist": "/stations/test/live.m3u8",
            "now": "/api/stations/test/now-playing",
            "page": "/library",
        },
    )


def listen(page: Page) -> None:
    page.get_by_role("button", name="Listen live").click()
    expect_playing(page)


def test_a_station_sounds_and_the_bar_says_what_is_on(on_air: tuple[Page, Station]) -> None:
    page, _ = on_air
    loaded: list[str] = []
    page.on("request", lambda one: loaded.append(one.url))
    listen(page)
    bar = page.get_by_role("region", name="Player")
    expect(bar).to_contain_text("On air, 3 listen")
    expect(page.locator("#player-from")).to_have_text("Test FM")
    expect(page.locator("#player-title")).to_have_text("A minute of calm")
    expect(page.locator("#player-face")).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("button", name="Next track")).to_be_hidden()
    expect(page.get_by_role("button", name="Listen live")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("navigator.mediaSession.metadata.album") == "Test FM"
    assert any("hls.light" in url for url in loaded)
    page.get_by_role("link", name="Queue", exact=True).click()
    page.get_by_role("heading", level=1, name="Queue").wait_for()
    expect_playing(page)


def test_what_is_on_air_can_be_kept(on_air: tuple[Page, Station], song: str) -> None:
    page, _ = on_air
    listen(page)
    heart = page.locator("#heart")
    expect(heart).to_be_enabled()
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    assert page.request.post("/api/favorites/check", data={"generation_ids": [song]}).json() == {song: True}
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "false")


def test_pausing_leaves_and_playing_comes_back_to_now(on_air: tuple[Page, Station]) -> None:
    page, station = on_air
    listen(page)
    page.keyboard.press("Escape")
    page.get_by_role("region", name="Player").get_by_role("button", name="Pause").click()
    expect_silence(page)
    expect(page.get_by_role("region", name="Player")).to_contain_text("play comes back to now")
    assert page.evaluate("[...document.querySelectorAll('audio')].every(one => !one.src.startsWith('blob:'))")
    before = station.fetched
    page.get_by_role("region", name="Player").get_by_role("button", name="Play", exact=True).click()
    expect_playing(page)
    assert station.fetched > before


def test_the_bundle_for_stations_is_not_fetched_before_one_is_listened_to(on_air: tuple[Page, Station]) -> None:
    page, _ = on_air
    assert (
        page.evaluate("performance.getEntriesByType('resource').filter(one => one.name.includes('/hls.')).length") == 0
    )


def test_trouble_is_said_and_overcome(on_air: tuple[Page, Station], complaints: Complaints) -> None:
    complaints.expect("status of 503")
    page, station = on_air
    station.reachable = False
    page.get_by_role("button", name="Listen live").click()
    bar = page.get_by_role("region", name="Player")
    expect(bar).to_contain_text("Test FM cannot be reached. Trying again")
    station.reachable = True
    expect(bar).to_contain_text("On air", timeout=30_000)
    expect_playing(page)


def test_after_a_reload_the_station_is_one_press_away(on_air: tuple[Page, Station]) -> None:
    page, _ = on_air
    listen(page)
    page.reload()
    expect(page.locator("#player-from")).to_have_text("Test FM")
    page.get_by_role("region", name="Player").get_by_role("button", name="Play", exact=True).click()
    expect_playing(page)
    expect(page.locator("#player-title")).to_have_text("A minute of calm")


def test_a_track_takes_over_from_the_station_and_the_other_way_round(on_air: tuple[Page, Station], song: str) -> None:
    page, _ = on_air
    listen(page)
    page.get_by_role("link", name="Library", exact=True).click()
    page.get_by_label("Search the library").press_sequentially("minute of cal")
    page.get_by_role("button", name="Play A minute of calm").first.click()
    expect(page.locator("#player-from")).to_be_hidden()
    expect(page.get_by_role("button", name="Loop", exact=True)).to_be_visible()
    playing = "() => [...document.querySelectorAll('audio')].filter(one => !one.paused).length === 1"
    page.wait_for_function(playing)
    expect_playing(page)
    give_button(page)
    listen(page)
    page.wait_for_function(playing)
    expect(page.locator("#player-from")).to_have_text("Test FM")
