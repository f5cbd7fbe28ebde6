"""The example programs of both documents, as printed but for the address and the pauses, against a real site."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from tests.conftest import lacking
from tests.deploy.site import Site
from tests.documents.reading import BLOCK, FOLDER

pytestmark = pytest.mark.xdist_group("serve")

ADDRESSES = ("https://your-deployed-api.com", "http://localhost:8000")
PATIENCE_SECONDS = 180


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("dialects") / "instance", log_level="error")
    yield running.ready()
    running.stop()


def program(site: Site, document: str, language: str, has: str) -> str:
    """The block that holds these words; what it waits between two looks is shorter."""
    (path,) = FOLDER.glob(f"{document}_*.txt")
    found = (block["text"] for block in BLOCK.finditer(path.read_text()) if block["language"] == language)
    text = next(text for text in found if has in text)
    for address in ADDRESSES:
        text = text.replace(address, site.address)
    return re.sub(r"(sleep[( ])\d+", r"\g<1>0.2", text)


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_python_program_of_ace_step_saves_a_minute_of_music(site: Site, tmp_path: Path) -> None:
    said = run(tmp_path, sys.executable, "-c", program(site, "001", "python", "import requests"))
    assert "Generation complete!" in said
    assert soundfile.info(tmp_path / "generated_music.wav").duration == pytest.approx(60, abs=0.1)


def test_the_shell_script_of_ace_step_saves_a_minute_of_music(site: Site, tmp_path: Path) -> None:
    for tool in ("bash", "curl", "jq"):
        if shutil.which(tool) is None:
            lacking(f"no {tool} here; Debian: apt-get install {tool}")
    said = run(tmp_path, "bash", "-c", program(site, "001", "bash", "#!/bin/bash"))
    assert "Generation complete!" in said
    assert soundfile.info(tmp_path / "generated_music.wav").duration == pytest.approx(60, abs=0.1)


def test_the_python_program_of_ghost_studio_names_the_sound(site: Site, tmp_path: Path) -> None:
    said = run(tmp_path, sys.executable, "-c", program(site, "000", "python", "import requests"))
    assert "latin_rock" in said
    assert re.search(rf"Audio ready: {site.address}/output/\w+\.wav", said)


def test_the_curl_lines_of_ghost_studio_are_answered(site: Site, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        lacking("no curl here; Debian: apt-get install curl")
    lines = program(site, "000", "bash", "# Get presets").replace("YOUR_JOB_ID", site.ask("click"))
    said = run(tmp_path, "bash", "-c", lines.replace("curl ", "curl --silent --fail "))
    assert '"ok":true' in said and '"total_presets"' in said and '"total_count"' in said
