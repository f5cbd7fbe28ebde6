"""Listening for a while: what comes next, tracks that cross, stations without end, falling asleep, the lock screen."""

from __future__ import annotations

import json
import math
import re
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.complaints import Complaints
from tests.browser.conftest import OpenPage
from tests.browser.hearing import expect_playing, expect_silence, go_to, position
from tests.browser.test_looks import faults
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

NAMES = ("First of a tape", "Second of a tape", "Third of a tape", "Fourth of a tape")
SECONDS = 8
# The loudest sample of each of the last frames, before the listener's volume; and whether two tracks sounded at once.
LISTEN = """async () => {
    const { routedGraph } = await import("/static/js/deck.js");
    const { analyser, context } = routedGraph();
    await context.resume();
    const wave = new Float32Array(4096);
    window.heard = { levels: [], together: 0 };
    setInterval(() => {
        analyser.getFloatTimeDomainData(wave);
        window.heard.levels.push(Math.max(...wave.map(Math.abs)));
        const sounding = [...document.querySelectorAll("audio")].filter(one => !one.paused && one.volume > 0.05);
        window.heard.together += sounding.length === 2;
    }, 50);
}"""
GAINS = """async loudnesses => {
    const { gainFor } = await import("/static/js/deck.js");
    return loudnesses.map(gainFor);
}"""


@pytest.fixture(scope="module")
def tape(site: Site) -> dict[str, str]:
    """Four tracks by name, the first the newest. Their ids."""
    ids = {}
    for name in reversed(NAMES):
        ids[name] = site.ask("steady drone, loud", model="music", duration=SECONDS, title=name)
        site.wait_for(ids[name])
    return ids


@pytest.fixture
def listening(open_page: OpenPage, tape: dict[str, str]) -> Page:
    """The list of the four, and the first of them playing."""
    page = open_page("/library?search=tape")
    page.get_by_role("button", name=f"Play {NAMES[0]}").click()
    expect_playing(page)
    page.locator("h1").click()
    return page


def title(page: Page) -> Locator:
    return page.locator("#player-title")


def up_next(page: Page) -> list[str]:
    return page.locator("#upnext-list .upnext-name").all_text_contents()


def choose(page: Page, label: str, value: str) -> None:
    page.get_by_role("button", name="More for this track").click()
    page.get_by_label(label).select_option(value)
    page.keyboard.press("Escape")


def test_a_list_plays_on_by_itself_and_n_and_p_walk_along_it(listening: Page) -> None:
    go_to(listening, SECONDS - 0.3)
    expect(title(listening)).to_have_text(NAMES[1])
    expect_playing(listening)
    listening.keyboard.press("n")
    expect(title(listening)).to_have_text(NAMES[2])
    listening.keyboard.press("p")
    expect(title(listening)).to_have_text(NAMES[1])


def test_up_next_is_put_in_order_and_thinned_by_keyboard(listening: Page) -> None:
    listening.keyboard.press("q")
    panel = listening.get_by_role("region", name="Up Next")
    expect(panel).to_be_focused()
    assert up_next(listening) == list(NAMES[1:])
    panel.get_by_role("button", name=f"Play {NAMES[3]}").focus()
    listening.keyboard.press("Alt+ArrowUp")
    assert up_next(listening) == [NAMES[1], NAMES[3], NAMES[2]]
    expect(listening.locator("#said")).to_have_text(f"{NAMES[3]}: 2 of 3")
    expect(panel.get_by_role("button", name=f"Play {NAMES[3]}")).to_be_focused()
    panel.get_by_role("button", name=f"Play {NAMES[1]}").focus()
    listening.keyboard.press("Delete")
    assert up_next(listening) == [NAMES[3], NAMES[2]]
    listening.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(listening.get_by_role("button", name="Up Next", exact=True)).to_be_focused()
    listening.locator("h1").click()
    listening.keyboard.press("n")
    expect(title(listening)).to_have_text(NAMES[3])


def test_up_next_is_dragged_and_cleared_and_that_is_undone(listening: Page) -> None:
    listening.keyboard.press("q")
    grips = listening.locator("#upnext-list [data-grip]")
    target = grips.nth(0).bounding_box() or {}
    grips.nth(2).hover()
    listening.mouse.down()
    listening.mouse.move(target["x"] + 5, target["y"] + 5, steps=6)
    listening.mouse.up()
    assert up_next(listening) == [NAMES[3], NAMES[1], NAMES[2]]
    listening.get_by_role("button", name="Clear").click()
    expect(listening.get_by_text("Nothing comes after this.", exact=False)).to_be_visible()
    expect(listening.get_by_role("button", name="Next track")).to_be_disabled()
    listening.get_by_role("button", name="Undo").click()
    assert up_next(listening) == [NAMES[3], NAMES[1], NAMES[2]]


def test_any_track_is_added_to_up_next_and_brought_to_its_front(listening: Page, song: str) -> None:
    listening.locator("#search").fill("calm")
    listening.get_by_role("button", name="Add A minute of calm to Up Next").click()
    listening.get_by_role("button", name="Play next").click()
    listening.get_by_role("button", name="Up Next", exact=True).click()
    assert up_next(listening) == ["A minute of calm", *NAMES[1:]]


def test_tracks_cross_without_a_hole_where_the_listener_wants_it(listening: Page) -> None:
    choose(listening, "Crossfade", "2")
    go_to(listening, SECONDS - 4)
    expect_playing(listening)
    listening.evaluate(LISTEN)
    expect(title(listening)).to_have_text(NAMES[1])
    listening.wait_for_function("() => document.querySelector('audio[data-now]').currentTime > 2.5")
    heard = listening.evaluate("window.heard")
    assert heard["together"] > 5
    levels = heard["levels"][4:]
    assert min(levels) > 0.1 * max(levels)
    listening.reload()
    expect(listening.locator("#crossfade")).to_have_value("2")


def test_a_loop_never_crosses_into_the_next_track(listening: Page) -> None:
    choose(listening, "Crossfade", "2")
    listening.get_by_role("region", name="Player").get_by_role("button", name="Loop").click()
    go_to(listening, SECONDS - 0.5)
    listening.wait_for_function("() => document.querySelector('audio[data-now]').currentTime < 2")
    expect(title(listening)).to_have_text(NAMES[0])


def test_every_track_is_as_loud_as_another(listening: Page) -> None:
    """Between the loudest effect and the softest there are 8 LU in the files, and none in the ear."""
    loudnesses = [-10, -14, -17.7]
    gains = listening.evaluate(GAINS, loudnesses)
    heard = [loudness + 20 * math.log10(gain) for loudness, gain in zip(loudnesses, gains, strict=True)]
    assert max(gains) <= 1
    assert max(heard) - min(heard) < 0.5
    lufs = json.loads(listening.locator("#player").get_attribute("data-track") or "")["lufs"]
    volume = listening.evaluate("document.querySelector('audio[data-now]').volume")
    assert volume == pytest.approx(10 ** ((-18 - lufs) / 20), rel=0.01)


def test_a_station_is_asked_for_more_and_told_what_was_heard(listening: Page, tape: dict[str, str], song: str) -> None:
    asked = []
    listening.on("request", lambda one: asked.append(one.url) if "/similar" in one.url else None)
    listening.evaluate(
        """path => {
            const button = document.createElement("button");
            button.textContent = "Play the station";
            Object.assign(button.dataset, { radio: path, radioName: "Drones", radioPage: "/library?search=tape" });
            document.getElementById("page").prepend(button);
        }""",
        f"/api/tracks/{song}/similar?count=3",
    )
    listening.get_by_role("button", name="Play the station").click()
    station = listening.locator("#player-from")
    expect(station).to_have_text("Drones")
    expect_playing(listening)
    listening.get_by_role("button", name="Next track").click()
    left_out = parse_qs(urlparse(asked[0]).query)["exclude"][0].split(",")
    assert tape[NAMES[0]] in left_out
    listening.reload()
    expect(station).to_have_text("Drones")
    station.click()
    expect(listening).to_have_url(re.compile(r"search=tape$"))


def test_place_and_up_next_outlive_pages_back_and_reload(listening: Page) -> None:
    listening.get_by_role("link", name="Queue", exact=True).click()
    listening.get_by_role("heading", level=1, name="Queue").wait_for()
    listening.go_back()
    expect_playing(listening)
    listening.keyboard.press("n")
    expect(title(listening)).to_have_text(NAMES[1])
    expect_playing(listening)
    listening.keyboard.press("Space")
    expect_silence(listening)
    before = position(listening)
    listening.reload()
    expect(title(listening)).to_have_text(NAMES[1])
    listening.wait_for_function(
        "at => Math.abs(document.querySelector('audio[data-now]').currentTime - at) < 0.5", arg=before
    )
    listening.keyboard.press("q")
    assert up_next(listening) == list(NAMES[2:])
    expect(listening.locator("#upnext-past .upnext-name")).to_have_text([NAMES[0]])


@pytest.mark.long
def test_a_minute_is_heard_without_a_hole_while_the_listener_walks_about(
    open_page: OpenPage, song: str, complaints: Complaints
) -> None:
    complaints.expect("Transition was skipped")  # whoever goes back twice at once does not see the first fade
    page = open_page(f"/tracks/{song}")
    page.locator(".hero").get_by_role("button", name="Play", exact=True).click()
    expect_playing(page)
    page.evaluate(LISTEN)
    while position(page) < 50:
        for name in ("Library", "Queue", "Radio"):
            page.get_by_role("link", name=name, exact=True).first.click()
            page.get_by_role("heading", level=1).first.wait_for()
            expect_playing(page)
        page.go_back()
        page.go_back()
        expect_playing(page)
    silent = "".join("-" if level < 0.001 else "." for level in page.evaluate("window.heard.levels"))
    assert len(silent) > 400 and "----" not in silent, silent  # a fifth of a second
    before = position(page)
    page.reload()
    expect(title(page)).to_have_text("A minute of calm")
    page.keyboard.press("Space")
    expect_playing(page)
    assert position(page) == pytest.approx(before, abs=3)
    other = page.context.new_page()
    other.goto("/library?search=minute of calm")
    other.get_by_role("button", name="Play A minute of calm").first.click()
    expect_playing(other)
    expect_silence(page)


def test_what_another_tab_plays_is_what_comes_back(listening: Page, tape: dict[str, str]) -> None:
    other = listening.context.new_page()
    other.goto(f"/tracks/{tape[NAMES[2]]}")
    other.locator(".hero").get_by_role("button", name="Play", exact=True).click()
    expect_playing(other)
    expect_silence(listening)
    other.keyboard.press("Escape")
    listening.close()  # its own place is older, and is not kept
    other.reload()
    expect(title(other)).to_have_text(NAMES[2])


def test_it_falls_asleep_after_the_track(listening: Page) -> None:
    choose(listening, "Sleep", "track")
    go_to(listening, SECONDS - 1)
    expect_silence(listening)
    expect(title(listening)).to_have_text(NAMES[0])
    expect(listening.locator("#sleep")).to_have_value("")


def test_it_falls_asleep_after_some_minutes_even_if_loaded_again_and_fades_before(
    open_page: OpenPage, song: str
) -> None:
    page = open_page(f"/tracks/{song}")
    page.clock.install()
    page.reload()
    page.locator(".hero").get_by_role("button", name="Play", exact=True).click()
    expect_playing(page)
    full = page.evaluate("document.querySelector('audio[data-now]').volume")
    choose(page, "Sleep", "5")
    page.clock.run_for(200_000)
    page.reload()
    expect(page.locator("#sleep-left")).to_have_text("2 min left")
    page.locator("#play").click()
    expect_playing(page)
    page.clock.run_for(page.evaluate("localStorage.sleep.split(' ')[1] - Date.now()") - 5_000)
    assert page.evaluate("document.querySelector('audio[data-now]').volume") < full * 0.8
    page.clock.run_for(6_000)
    expect_silence(page)
    assert page.evaluate("document.querySelector('audio[data-now]').volume") == pytest.approx(full)


def test_the_lock_screen_knows_what_plays(listening: Page) -> None:
    shown = listening.evaluate(
        "() => { const { title, artist, artwork } = navigator.mediaSession.metadata;"
        " return [title, artist, artwork[0].src, navigator.mediaSession.playbackState]; }"
    )
    assert shown[0] == NAMES[0]
    assert listening.request.get(shown[2]).headers["content-type"].startswith("image/")
    assert shown[3] == "playing"


def test_heart_and_votes_follow_the_player_everywhere(listening: Page, tape: dict[str, str]) -> None:
    listening.keyboard.press("Space")
    listening.get_by_role("link", name="Create", exact=True).click()
    listening.get_by_role("heading", level=1, name="Create").wait_for()
    heart = listening.locator("#heart")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    listening.get_by_role("button", name="More for this track").click()
    listening.get_by_role("button", name="Good", exact=True).click()
    expect(listening.locator("#player [data-vote='1']")).to_have_attribute("aria-pressed", "true")
    listening.keyboard.press("Escape")
    listening.goto(f"/tracks/{tape[NAMES[0]]}")
    expect(listening.locator(f"#heart-{tape[NAMES[0]]}")).to_have_attribute("aria-pressed", "true")
    expect(listening.locator(f"#up-{tape[NAMES[0]]}")).to_have_attribute("aria-pressed", "true")
    listening.locator("h1").click()
    listening.keyboard.press("l")  # presses the heart of the page, and the player hears of it
    expect(heart).to_have_attribute("aria-pressed", "false")


def test_categories_are_suggested_from_the_player(listening: Page, tape: dict[str, str]) -> None:
    listening.get_by_role("button", name="More for this track").click()
    listening.get_by_role("link", name="Categories").click()
    dialog = listening.get_by_role("dialog", name=NAMES[0])
    dialog.get_by_text("Suggest a category").click()
    dialog.get_by_label("It is also").fill("piano")
    dialog.get_by_role("button", name="Suggest", exact=True).click()
    expect(dialog.locator(".note")).to_contain_text("Suggestion recorded")
    assert faults(listening, "light") == []
    assert "/library" in listening.url
    expect_playing(listening)


def test_on_its_own_page_its_categories_are_shown_there(listening: Page, tape: dict[str, str]) -> None:
    listening.goto(f"/tracks/{tape[NAMES[0]]}")
    listening.get_by_role("button", name="More for this track").click()
    listening.get_by_role("link", name="Categories").click()
    expect(listening.locator("#tags summary").first).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_player_opens_is_accessible_also_on_the_smallest_phone(
    open_page: OpenPage, tape: dict[str, str], scheme: str
) -> None:
    page = open_page(
        "/library?search=tape", viewport={"width": 320, "height": 640}, color_scheme=scheme, reduced_motion="reduce"
    )
    page.get_by_role("button", name=f"Play {NAMES[0]}").click()
    page.get_by_role("button", name="Open the player").click()
    assert faults(page, scheme) == []
    page.get_by_role("button", name="More for this track").click()
    assert faults(page, scheme) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Up Next", exact=True).click()
    assert up_next(page) == list(NAMES[1:])
    assert faults(page, scheme) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
