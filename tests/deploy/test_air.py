"""A station goes on through a restart of the whole site: whoever listens loses nothing."""

from __future__ import annotations

import re
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from soundbox.audio.cut import FRAME_SAMPLES, RATE
from soundbox.audio.packed import offsets, timestamp
from tests.deploy.site import Site, until

pytestmark = pytest.mark.xdist_group("serve")

ASK_SECONDS = 0.5
HELD_SECONDS = 24  # of the past, in a playlist: whoever was away for no longer has missed nothing
LISTED = re.compile(r"#EXT-X-PROGRAM-DATE-TIME:(\S+)\n#EXTINF:([\d.]+),.*\n(\S+/(\d+)-\w+\.aac)")
TAG = len(timestamp(0))


@dataclass
class Listener(threading.Thread):
    """What a player of HLS does: asks for the playlist again and again, and fetches what is new there."""

    site: Site
    path: str
    names: dict[int, set[str]] = field(default_factory=dict)  # by sequence number: what it was called
    begins: dict[int, tuple[float, float]] = field(default_factory=dict)  # seconds since 1970, and how long
    sounds: dict[int, bytes] = field(default_factory=dict)
    refused: int = 0
    heard_at: list[float] = field(default_factory=list)  # monotonic seconds

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.leaves = threading.Event()

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self.leaves.wait(ASK_SECONDS):
            try:
                self.ask()
            except OSError:
                self.refused += 1

    def ask(self) -> None:
        playlist = self.fetch(self.path).decode()
        self.heard_at.append(time.monotonic())
        for moment, seconds, address, number in LISTED.findall(playlist):
            self.names.setdefault(int(number), set()).add(address)
            self.begins[int(number)] = datetime.fromisoformat(moment).timestamp(), float(seconds)
            if int(number) not in self.sounds:
                self.sounds[int(number)] = self.fetch(address)

    def fetch(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.site.address}{path}", timeout=10) as answer:
            content: bytes = answer.read()
            return content


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    """At a station with three short sounds."""
    site = Site(tmp_path / "instance").ready()
    jobs = [site.ask(f"thunder number {number}", duration=4) for number in range(3)]
    for job in jobs:
        site.wait_for(job)
    slug = site.post("/api/stations", {"name": "Thunder", "rule": {"search": "thunder"}})["slug"]
    listening = Listener(site, f"/stations/{slug}/live.m3u8")
    listening.start()
    yield listening
    listening.leaves.set()
    listening.join()
    site.stop()


def test_a_restart_under_a_listener_loses_no_segment(listener: Listener) -> None:
    until(lambda: len(listener.heard_at) >= 2, "it has all that there is")
    before, site = max(listener.sounds), listener.site
    assert site.stop() == 0
    until(lambda: listener.refused > 0, "it noticed the restart")
    site.start()
    site.ready()
    until(lambda: max(listener.sounds) >= before + 3, "it goes on")
    assert all(len(names) == 1 for names in listener.names.values())
    numbers = sorted(listener.sounds)
    away = max(later - earlier for earlier, later in pairwise(listener.heard_at))
    if away > HELD_SECONDS:
        pytest.skip(f"this machine took {away:.0f} s for a restart, longer than a playlist holds")
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    for number in numbers:
        moment, seconds = listener.begins[number]
        assert (len(offsets(listener.sounds[number][TAG:])) - 1) * FRAME_SAMPLES / RATE == pytest.approx(
            seconds, abs=1e-4
        )
        if number > numbers[0]:
            earlier, lasted = listener.begins[number - 1]
            assert moment == pytest.approx(earlier + lasted, abs=0.002)
