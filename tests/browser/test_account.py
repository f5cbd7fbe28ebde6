"""One's account in a browser: a token for a program, and a second factor."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pyotp
import pytest
import requests
from playwright.sync_api import Page, expect

from tests.accounts.people import PASSWORD
from tests.browser.conftest import OpenPage
from tests.browser.test_journey import SMALLEST, overflow
from tests.browser.test_looks import faults
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("account") / "instance"
    running = Site(folder, mode="accounts", worker="none", log_level="error")
    yield running.ready()
    running.stop()


def sign_up(page: Page, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.locator(".flash")).to_contain_text(f"Welcome, {name}")


def test_a_token_is_made_used_and_revoked(open_page: OpenPage, public: Site) -> None:
    page = open_page("/auth/register", on=public, **SMALLEST)
    sign_up(page, "ada")
    page.goto("/settings")
    page.locator("#page").get_by_role("link", name="Tokens").click()
    page.get_by_label("What it is for").fill("My game")
    page.get_by_role("button", name="Make it").click()
    secret = page.locator(".shown-once code")
    expect(secret).to_have_text(re.compile(r"sbx_[\w-]{43}"))
    assert faults(page, "light") == [] and overflow(page) <= 0
    bearer = {"Authorization": f"Bearer {secret.inner_text()}"}
    asked = {"prompt": "rain", "model": "audio", "duration": 1}
    assert requests.post(f"{public.address}/generate", json=asked, headers=bearer, timeout=10).status_code == 201
    page.goto("/settings/tokens")
    expect(page.locator(".shown-once")).to_have_count(0)
    page.get_by_role("button", name="Revoke My game").click()
    expect(page.get_by_role("heading", name="No tokens")).to_be_visible()
    assert requests.get(f"{public.address}/api/library", headers=bearer, timeout=10).status_code == 401


def test_a_second_factor_is_set_up_and_signed_in_with(open_page: OpenPage, public: Site) -> None:
    page = open_page("/auth/register", on=public)
    sign_up(page, "ben")
    page.goto("/settings/second-factor")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator("img.qr")).to_have_js_property("naturalWidth", page.locator("img.qr").evaluate("i => i.width"))
    assert faults(page, "light") == []
    telephone = pyotp.TOTP(page.locator(".note code").inner_text().replace(" ", ""))
    page.get_by_label("Code").fill(telephone.now())
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator(".codes li")).to_have_count(10)
    page.locator("[popovertarget=me]").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/auth/login?next=/settings")
    page.get_by_label("Name or e-mail").fill("ben")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your code")).to_be_visible()
    page.get_by_label("Code").fill(telephone.at(int(time.time()) + 30))  # each counts once
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Settings")).to_be_visible()
