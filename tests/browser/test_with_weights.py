"""The whole journey with a model that has weights behind `music`: a tiny one, whose numbers are chance."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import OpenPage
from tests.browser.hearing import NOW, expect_heard, expect_playing
from tests.deploy.site import Site

pytestmark = pytest.mark.xdist_group("browser")

SECONDS = 90  # made in a tenth of that where nothing else runs, and a browser still has the time to listen
MOST_MILLISECONDS = 300_000


@pytest.fixture(scope="module")
def weighty_site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    pytest.importorskip("torch")
    from tests.engines.tiny_musicgen import tiny_musicgen

    folder = tmp_path_factory.mktemp("weighty") / "instance"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OMP_NUM_THREADS", "1")  # the matrices are so small that handing them round takes longest
        running = Site(folder, log_level="error", models=str(tiny_musicgen(channels=1).parent))
    yield running.ready()
    running.stop()


def test_from_words_to_a_track_that_was_heard_while_it_was_made(open_page: OpenPage, weighty_site: Site) -> None:
    page = open_page(f"/create?model=music&duration={SECONDS}&seed=7", on=weighty_site)
    page.locator("#prompt").fill("calm piano and slow rain")
    page.get_by_role("button", name="Make it", exact=True).last.click()
    card = page.locator("article.job").first
    expect(card.get_by_role("progressbar")).to_be_visible(timeout=60_000)
    expect(card).to_contain_text(f"of {SECONDS} s")  # the engine's own words
    card.get_by_role("button", name="Listen while it is made").click()
    expect_playing(page)
    expect_heard(page)
    assert page.evaluate(f"({NOW})().currentSrc").startswith("blob:")

    page.wait_for_function(f"() => ({NOW})().currentSrc.endsWith('.wav')", timeout=MOST_MILLISECONDS)
    page.locator("#player-title").click()
    expect(page.get_by_role("heading", level=1, name="calm piano and slow rain")).to_be_visible()
    expect(page.locator("#page")).to_contain_text("MusicGen")
    face = page.locator("#page .face img").first
    face.evaluate("picture => picture.decode()")
    assert face.evaluate("picture => picture.naturalWidth") >= 1200

    expect(page.get_by_role("link", name="Use as reference")).to_have_count(0)  # it cannot, so nobody is told so
    page.get_by_role("button", name="Extend by").click()
    expect(page.locator("article.job").first).to_contain_text("Ready", timeout=MOST_MILLISECONDS)
    page.locator("article.job").first.get_by_role("link", name="Open").click()
    expect(page.locator("#page")).to_contain_text("An extension of")
    expect(page.get_by_role("list", name="Family")).to_contain_text("extension")
