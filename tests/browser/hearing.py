"""Does it sound? What the one audio element of a page does."""

from __future__ import annotations

from playwright.sync_api import Page

PLAYS_ON = """from => {
    const audio = document.getElementById("audio");
    return !audio.paused && audio.currentTime > from + 0.2;
}"""
LOUDNESS = """async () => {
    const bytes = await (await fetch(document.getElementById("audio").currentSrc)).arrayBuffer();
    const sound = await new OfflineAudioContext(1, 1, 44100).decodeAudioData(bytes);
    const samples = sound.getChannelData(0);
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}"""


def expect_playing(page: Page) -> None:
    """Waits until the sound has moved on from where it is now."""
    page.wait_for_function(PLAYS_ON, arg=position(page))


def expect_silence(page: Page) -> None:
    page.wait_for_function("() => document.getElementById('audio').paused")


def position(page: Page) -> float:
    seconds: float = page.evaluate("document.getElementById('audio').currentTime")
    return seconds


def loudness(page: Page) -> float:
    """Root mean square of what the player holds, decoded; silence is 0."""
    level: float = page.evaluate(LOUDNESS)
    return level


def remember_audio(page: Page) -> None:
    page.evaluate("window.firstAudio = document.getElementById('audio')")


def is_same_audio(page: Page) -> bool:
    same: bool = page.evaluate("window.firstAudio === document.getElementById('audio')")
    return same
