"""A guest makes a sound, signs up, keeps it, signs out, and signs in again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_journey import SMALLEST, ask, finished, overflow
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

PASSWORD = "a long one that I remember"
PAGES = ("/auth/register", "/auth/login", "/auth/forgot")
OWN_PAGES = ("/settings/browsers", "/settings/password", "/settings/email")


def menu(page: Page) -> None:
    page.get_by_role("button", name=re.compile(": account$")).click()


def sign_up(page: Page, name: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("button", name=f"{name}: account")).to_be_visible()


def test_a_guest_signs_up_and_keeps_what_they_made(open_page: OpenPage, public_site: Site) -> None:
    page = open_page("/", on=public_site)
    ask(page, "slow rain on a tin roof")
    finished(page)
    where = page.url
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Sign up").click()
    expect(page.get_by_text("You keep what you have here as a guest: 1 sound.")).to_be_visible()
    secret = page.get_by_label("Password", exact=True)
    expect(secret).to_have_attribute("type", "password")
    page.get_by_role("button", name="Show password").click()
    expect(secret).to_have_attribute("type", "text")
    sign_up(page, "ada")
    assert page.url == where, "one is back where one was"

    menu(page)
    page.get_by_role("link", name="My sounds").click()
    expect(page.get_by_text("slow rain on a tin roof").first).to_be_visible()
    menu(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.goto("/mine")
    expect(page.get_by_text("slow rain on a tin roof")).to_have_count(0)

    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Name or e-mail").fill("ada")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/mine$"))
    expect(page.get_by_text("slow rain on a tin roof").first).to_be_visible()


def test_a_wrong_password_is_told_at_its_field(open_page: OpenPage, public_site: Site, complaints) -> None:
    complaints.expect("401")
    page = open_page("/auth/login", on=public_site)
    page.get_by_label("Name or e-mail").fill("nobody")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.keyboard.press("Enter")
    field = page.get_by_label("Password", exact=True)
    expect(field).to_have_accessible_description("The name or the password is wrong")
    expect(page.get_by_label("Name or e-mail")).to_have_value("nobody")


def test_every_page_of_accounts_fits_the_smallest_phone(open_page: OpenPage, public_site: Site) -> None:
    page = open_page("/", on=public_site, **SMALLEST)
    for path in PAGES:
        page.goto(path)
        assert overflow(page) == 0, path
    page.goto("/auth/register")
    sign_up(page, "a-name-that-is-as-long-as-can-be")
    for path in OWN_PAGES:
        page.goto(path)
        assert overflow(page) == 0, path
    menu(page)
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_in_viewport()
