"""Does it sound? What the audio element does that plays: the player has two, for tracks to cross, and one on air."""

from __future__ import annotations

from playwright.sync_api import Page

NOW = """() => {
    const all = [...document.querySelectorAll("audio")];
    return all.find(one => !one.paused && one.volume > 0) ?? document.querySelector("audio[data-now]") ?? all[0];
}"""
PLAYS_ON = f"""from => {{
    const audio = ({NOW})();
    return !audio.paused && audio.currentTime > from + 0.2;
}}"""
LOUDNESS = """async () => {
    const bytes = await (await fetch(NOW().currentSrc)).arrayBuffer();
    const sound = await new OfflineAudioContext(1, 1, 44100).decodeAudioData(bytes);
    const samples = sound.getChannelData(0);
    return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}""".replace("NOW()", f"({NOW})()")

HEARD = """async () => {
    const context = new AudioContext(), analyser = context.createAnalyser();
    context.createMediaStreamSource(NOW().captureStream()).connect(analyser);
    const samples = new Float32Array(analyser.fftSize), until = performance.now() + 8000;
    let loudest = 0;
    while (loudest < 0.001 && performance.now() < until) {
        await new Promise(done => setTimeout(done, 20));
        analyser.getFloatTimeDomainData(samples);
        loudest = Math.max(loudest, ...samples.map(Math.abs));
    }
    await context.close();
    return loudest;
}""".replace("NOW()", f"({NOW})()")


def expect_heard(page: Page) -> None:
    """Something louder than -60 dB comes out within seconds, of a stream as well."""
    assert page.evaluate(HEARD) >= 0.001


def expect_playing(page: Page) -> None:
    """Waits until the sound has moved on from where it is now."""
    page.wait_for_function(PLAYS_ON, arg=position(page))


def expect_silence(page: Page) -> None:
    page.wait_for_function("() => [...document.querySelectorAll('audio')].every(one => one.paused)")


def position(page: Page) -> float:
    seconds: float = page.evaluate(f"({NOW})().currentTime")
    return seconds


def go_to(page: Page, seconds: float) -> None:
    """Moves what plays, as if somebody had waited."""
    page.evaluate(f"seconds => ({NOW})().currentTime = seconds", seconds)


def loudness(page: Page) -> float:
    """Root mean square of what the player holds, decoded; silence is 0."""
    level: float = page.evaluate(LOUDNESS)
    return level


def remember_audio(page: Page) -> None:
    page.evaluate("window.firstAudio = document.getElementById('audio')")


def is_same_audio(page: Page) -> bool:
    same: bool = page.evaluate("window.firstAudio === document.getElementById('audio')")
    return same
