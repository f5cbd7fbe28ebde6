"""Real Chromium on real sites: one that makes sounds, and one without a worker, where every job waits."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.complaints import Complaints
from tests.conftest import lacking
from tests.deploy.site import Site

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--mute-audio", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    "--autoplay-policy=no-user-gesture-required",
)
DESKTOP = {"width": 1280, "height": 800}
PATIENCE_MILLISECONDS = 60_000
expect.set_options(timeout=30_000)

OpenPage = Callable[..., Page]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        lacking("no Chromium here; Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("site") / "instance", log_level="error")
    yield running.ready()
    running.stop()


@pytest.fixture(scope="package")
def still_site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Nobody makes what is asked for here."""
    running = Site(tmp_path_factory.mktemp("still") / "instance", log_level="error", worker="none")
    yield running.ready()
    running.stop()


@pytest.fixture(scope="package")
def public_site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """People are guests and members here."""
    running = Site(tmp_path_factory.mktemp("public") / "instance", log_level="error", mode="accounts")
    yield running.ready()
    running.stop()


@pytest.fixture(scope="package")
def song(site: Site) -> str:
    """A minute of music in the library. Its id."""
    job_id = site.ask("slow ambient pads, 70 bpm", model="music", duration=60, title="A minute of calm")
    site.wait_for(job_id)
    return job_id


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    heard = Complaints()
    yield heard
    assert heard.unexpected() == []


@pytest.fixture
def open_page(chromium: Browser, site: Site, complaints: Complaints) -> Iterator[OpenPage]:
    """Opens a path in a fresh browser profile; whatever the console complains about fails the test."""
    contexts = []

    def opened(path: str = "/", on: Site = site, **profile: Any) -> Page:
        context = chromium.new_context(**{"base_url": on.address, "viewport": DESKTOP, **profile})
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        complaints.listen_to(context)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        complaints.leave(context)
        context.close()
