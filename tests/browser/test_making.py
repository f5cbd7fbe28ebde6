"""Asking, watching and keeping: what the forms answer, and what happens to a job and its track."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.complaints import Complaints
from tests.browser.conftest import OpenPage
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

REFUSED = ("status of 400", "Response Status Error Code 400")
HIDE = """hidden => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
COUNT_HELD_BACK = """() => {
    window.heldBack = 0;
    document.addEventListener("htmx:beforeRequest", (event) => (window.heldBack += event.defaultPrevented));
}"""
LONG = 60_000
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


def ask(page: Page, prompt: str) -> None:
    page.get_by_label("Describe a sound").fill(prompt)
    page.get_by_role("button", name="Make it").click()


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(open_page: OpenPage, complaints: Complaints) -> None:
    complaints.expect(*REFUSED)
    page = open_page("/create")
    page.locator("#create-form").evaluate("form => { form.noValidate = true }")
    page.get_by_label("Length in seconds").fill("999")
    ask(page, "rain")
    length = page.get_by_label("Length in seconds")
    expect(length).to_have_attribute("aria-invalid", "true")
    expect(length).to_have_accessible_description("At most 180 seconds")
    expect(page.get_by_label("Describe a sound")).to_have_value("rain")


def test_a_refusal_is_led_to_and_forgotten_once_the_sound_is_asked_for(
    open_page: OpenPage, still_site: Site, complaints: Complaints
) -> None:
    complaints.expect(*REFUSED)
    page = open_page("/create", on=still_site)
    ask(page, "   ")
    prompt = page.get_by_label("Describe a sound")
    expect(prompt).to_be_focused()
    expect(prompt).to_be_in_viewport()
    expect(prompt).to_have_accessible_description("Prompt is required")
    ask(page, "rain on a tent")
    expect(page.locator(".job", has_text="rain on a tent")).to_be_visible()
    expect(page.get_by_text("Prompt is required")).to_have_count(0)
    expect(prompt).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("profile", [{"viewport": {"width": 1440, "height": 900}}, PHONE], ids=["wide", "phone"])
def test_what_was_just_asked_for_is_in_sight(
    open_page: OpenPage, still_site: Site, profile: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    for number in range(6):
        still_site.ask(f"earlier {number}")
    page = open_page("/create", on=still_site, **profile)
    prompt = f"a heavy door, {request.node.name}"
    ask(page, prompt)
    expect(page.locator(".job", has_text=prompt)).to_be_in_viewport(ratio=0.9)


def test_a_refusal_on_the_front_page_leads_to_a_form_that_can_be_reloaded(
    open_page: OpenPage, complaints: Complaints
) -> None:
    complaints.expect(*REFUSED)
    page = open_page("/")
    ask(page, "   ")
    expect(page.get_by_label("Describe a sound")).to_have_accessible_description("Prompt is required")
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Create")).to_be_visible()


def test_a_surprise_fills_the_form_and_can_be_reloaded(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_role("button", name="Surprise me", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Create")).to_be_visible()
    idea = page.get_by_label("Describe a sound").input_value()
    page.reload()
    expect(page.get_by_label("Describe a sound")).to_have_value(idea)


def test_enter_in_a_field_makes_the_sound(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/create", on=still_site)
    page.get_by_label("Describe a sound").fill("asked for with the enter key")
    page.get_by_label("Length in seconds").press("Enter")
    expect(page.get_by_role("article", name="asked for with the enter key")).to_be_visible()


def test_a_waiting_job_can_be_cancelled_and_asked_for_again(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/create", on=still_site)
    ask(page, "a job that waits")
    job = page.get_by_role("article", name="a job that waits")
    job.get_by_role("button", name="Cancel").click()
    expect(job).to_contain_text("Cancelled.")
    expect(page.locator("#said")).to_have_text("a job that waits: Cancelled")
    job.get_by_role("button", name="Try again").click()
    expect(page.locator(".job-page .job.queued")).to_be_visible()


def test_a_job_says_when_nobody_is_there_to_make_it(open_page: OpenPage, still_site: Site) -> None:
    page = open_page(f"/job/{still_site.ask('patience')}", on=still_site)
    expect(page.locator(".job")).to_contain_text("No worker is running, so nothing is being made.")


def test_a_running_job_can_be_stopped(open_page: OpenPage) -> None:
    page = open_page("/create")
    page.get_by_label("Length in seconds").fill("180")
    ask(page, "a trance nobody waits for")
    job = page.get_by_role("article", name="a trance nobody waits for")
    job.get_by_role("button", name="Stop").click(timeout=LONG)
    expect(job).to_contain_text("Cancelled.")


def test_a_job_that_ended_is_not_asked_about_any_more(open_page: OpenPage) -> None:
    page = open_page("/")
    ask(page, "click")
    expect(page.locator(".job.completed")).to_be_visible(timeout=LONG)
    expect(page.locator("[data-poll]")).to_have_count(0)
    assert page.evaluate("sessionStorage.watched") == "{}"


def test_nobody_asks_about_the_queue_while_the_tab_is_hidden(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/queue", on=still_site)
    page.evaluate(HIDE, True)
    page.evaluate(COUNT_HELD_BACK)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_function("() => window.heldBack > 0")
    assert asked == []


def test_the_queue_shows_what_others_ask_for(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/queue", on=still_site)
    still_site.ask("somebody else's rain")
    expect(page.get_by_role("link", name="somebody else's rain")).to_be_visible()


def test_a_sound_that_gets_ready_elsewhere_is_announced(open_page: OpenPage) -> None:
    page = open_page("/create")
    ask(page, "a whistle in the distance")
    page.get_by_role("link", name="Library", exact=True).click()
    page.evaluate(HIDE, True)
    note = page.locator("#toasts .toast")
    expect(note).to_contain_text("“a whistle in the distance” is ready.", timeout=LONG)
    expect(page).to_have_title("✓ Ready · Library · Sound Box")
    page.evaluate(HIDE, False)
    expect(page).to_have_title("Library · Sound Box")
    note.get_by_role("link", name="Hear it").click()
    expect(page.locator(".job.completed")).to_be_visible()


def test_the_badge_counts_what_is_being_made(open_page: OpenPage, still_site: Site) -> None:
    page = open_page("/create", on=still_site)
    before = int(page.locator("#pending [data-count]").text_content() or 0)
    ask(page, "counted")
    expect(page.locator("#pending [data-count]")).to_have_text(str(before + 1))
    page.get_by_role("article", name="counted").get_by_role("button", name="Cancel").click()
    expect(page.locator("#pending [data-count]")).to_have_text(str(before))


def test_title_and_visibility_can_be_changed(open_page: OpenPage, site: Site) -> None:
    track = made(site, "an unnamed drone")
    page = open_page(f"/tracks/{track}")
    page.get_by_text("Change title or who may hear it").click()
    page.get_by_label("Title").fill("Basement")
    page.get_by_text("Only me", exact=True).click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1, name="Basement")).to_be_visible()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator(".hero-by")).to_contain_text("only you")


def test_a_variation_names_where_it_comes_from(open_page: OpenPage, site: Site) -> None:
    page = open_page(f"/tracks/{made(site, 'a bird in the morning')}")
    page.get_by_role("button", name="Make a variation").click()
    page.get_by_role("link", name="Open").click(timeout=LONG)
    expect(page.locator(".family")).to_have_text("A variation of a bird in the morning")


def test_a_deleted_track_is_gone(open_page: OpenPage, site: Site, complaints: Complaints) -> None:
    complaints.expect("status of 404")
    track = made(site, "something to regret")
    page = open_page(f"/tracks/{track}")
    page.get_by_text("Delete it").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Deleted.")).to_be_visible()
    expect(page.get_by_role("link", name="something to regret")).to_have_count(0)
    page.goto(f"/tracks/{track}")
    expect(page.get_by_role("heading", level=1, name="Not found")).to_be_visible()


def test_everything_of_mine_comes_in_one_file(open_page: OpenPage, song: str) -> None:
    page = open_page("/mine")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all").click()
    assert download.value.suggested_filename == "sound-box.zip"
    names = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())).namelist()
    assert any(song[-6:] in name and name.endswith(".wav") for name in names)


def test_the_library_finds_while_someone_types(open_page: OpenPage, song: str) -> None:
    page = open_page("/library")
    page.get_by_label("Search the library").press_sequentially("minute of cal")
    expect(page.get_by_role("link", name="A minute of calm", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("search=minute"))
    expect(page.get_by_text("1 track", exact=True)).to_be_visible()


def made(site: Site, prompt: str) -> str:
    job_id = site.ask(prompt)
    site.wait_for(job_id)
    return job_id
