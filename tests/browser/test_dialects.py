"""The programs that the documents print for browsers, as printed but for the address and their pauses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import soundfile

from tests.browser.conftest import OpenPage
from tests.deploy.site import Site
from tests.documents.reading import BLOCK, FOLDER

pytestmark = pytest.mark.xdist_group("browser")

LONG = 120_000


def printed_program(document: str, function: str, site: Site) -> str:
    (path,) = FOLDER.glob(f"{document}_*.txt")
    texts = (block["text"] for block in BLOCK.finditer(path.read_text()) if block["language"] == "javascript")
    text = next(text for text in texts if f"async function {function}" in text)
    return re.sub(r"resolve, \d+", "resolve, 200", text.replace("https://your-deployed-api.com", site.address))


def test_the_program_of_ace_step_downloads_a_minute_of_music(open_page: OpenPage, site: Site, tmp_path: Path) -> None:
    page = open_page("/")
    with page.expect_download(timeout=LONG) as download:
        page.evaluate(f"() => {{ {printed_program('001', 'generateMusic', site)} }}")
    assert re.fullmatch(r"music_[0-9a-f]{32}\.wav", download.value.suggested_filename)
    download.value.save_as(tmp_path / "music.wav")
    assert soundfile.info(tmp_path / "music.wav").duration == pytest.approx(60, abs=0.1)


def test_the_program_of_ghost_studio_plays_what_it_asked_for(open_page: OpenPage, site: Site) -> None:
    page = open_page("/")
    with page.expect_console_message(lambda said: said.text.startswith("Audio ready: /output/"), timeout=LONG):
        page.evaluate(f"() => {{ {printed_program('000', 'createGhostJob', site)}; createGhostJob(); }}")
