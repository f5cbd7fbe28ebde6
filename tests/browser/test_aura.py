"""Buying Aura on Stripe's page, skipping the queue with it, and getting it back; with and without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.test_looks import SCHEMES, faults
from tests.deploy.site import Site
from tests.payments.fake_stripe import FakeStripe

pytestmark = pytest.mark.xdist_group("browser")

PASSWORD = "a long one that I remember"


@pytest.fixture(scope="module")
def stripe() -> Iterator[FakeStripe]:
    running = FakeStripe()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def shop(chromium: Browser, stripe: FakeStripe, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A public site that sells, and on which every job waits."""
    running = Site(
        tmp_path_factory.mktemp("shop") / "instance",
        mode="accounts",
        worker="none",
        log_level="error",
        stripe_secret_key="sk_test_fake",
        stripe_webhook_secrets=stripe.secret,
        stripe_api=stripe.address,
        stripe_pages=stripe.address,
    )
    stripe.webhook = f"{running.address}/stripe/webhook"
    yield running.ready()
    running.stop()


def sign_up(page: Page, name: str) -> None:
    page.goto("/auth/register")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("link", name="0 Aura")).to_be_visible()


def refuse_overflow(page: Page, *paths: str) -> None:
    """On the smallest phone."""
    before = page.viewport_size
    assert before
    page.set_viewport_size({"width": 320, "height": 700})
    for path in paths:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.set_viewport_size(before)


def test_from_a_guests_sound_to_a_skip_and_its_aura_back(open_page: OpenPage, shop: Site) -> None:
    shop.ask("thunder far away")
    page = open_page("/create?model=audio&duration=2&prompt=rain+on+a+tin+roof", on=shop)
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("1 ahead of it")).to_be_visible()
    sign_up(page, "ada")

    page.get_by_role("link", name="0 Aura").click()
    page.get_by_role("button", name="Buy for $2.00").click()
    expect(page.get_by_role("heading", name="Pay 2.00 usd")).to_be_visible()
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_role("heading", name="100 Aura arrived")).to_be_visible()

    page.get_by_role("link", name="See the queue").click()
    expect(page.get_by_role("button", name="Skip for 1 Aura")).to_be_visible()
    refuse_overflow(page, "/queue", "/mine")
    page.goto("/queue")
    page.get_by_role("link", name="rain on a tin roof").click()
    page.get_by_role("button", name="Skip the queue for 1 Aura").click()
    expect(page.get_by_text("Next in line")).to_be_visible()
    page.goto("/aura")
    expect(page.get_by_text("1 more set aside")).to_be_visible()
    expect(page.get_by_role("link", name="99 Aura")).to_be_visible()

    page.go_back()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled.").first).to_be_visible()
    page.goto("/aura")
    expect(page.get_by_role("link", name="100 Aura")).to_be_visible()


def test_without_a_script_a_form_leads_to_stripe_and_back(open_page: OpenPage, shop: Site) -> None:
    page = open_page("/", on=shop, java_script_enabled=False)
    sign_up(page, "dov")
    page.goto("/aura")
    page.get_by_role("button", name="Become Supporter").click()
    page.get_by_role("link", name="Back to the shop").click()
    expect(page.get_by_text("nothing was charged")).to_be_visible()
    page.get_by_role("link", name="Pay $5.00").click()
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_role("heading", name="You have Supporter")).to_be_visible()
    page.goto("/aura")
    expect(page.get_by_text("You have Supporter. It is renewed on")).to_be_visible()
    page.get_by_role("button", name="Manage subscription").click()
    expect(page.get_by_role("heading", name="Billing portal")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_shop_is_accessible_and_narrow_enough(open_page: OpenPage, shop: Site, scheme: str) -> None:
    page = open_page("/aura", on=shop, color_scheme=scheme, reduced_motion="reduce")
    assert faults(page, scheme) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sign_up(page, f"rich-{scheme}")
    page.locator(".purse span").evaluate("(balance) => balance.textContent = '12,345'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
