"""A rule as one sentence for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soundbox.tracks.categories import display_name

if TYPE_CHECKING:
    from .rules import StationRule

FAMILY_WORDS = {"music": "Music", "audio": "Sound effects", "tts": "Speech"}
FIRST_WORDS = {"top": "only the best rated", "new": "only the newest", "trending": "only what is trending"}


def in_words(rule: StationRule) -> str:
    """Such as "Sound effects tagged Rain or Thunder, loops, at least 10 s, only the best rated."."""
    model = rule.model or ""
    parts = [FAMILY_WORDS.get(model, f"What {model} made" if model else "Everything in the library")]
    if rule.categories:
        parts[0] += f" tagged {_either([display_name(key) for key in rule.categories])}"
    if rule.search:
        parts[0] += f" with “{rule.search}” in its words"
    parts += [words for words in (*_sources(rule), *_figures(rule)) if words]
    first = "only what people keep most" if rule.favorites_of_all else FIRST_WORDS.get(rule.sort, "")
    return f"{', '.join([*parts, first] if first else parts)}."


def _sources(rule: StationRule) -> list[str]:
    return [
        "by one maker" if rule.maker else "",
        "from one playlist" if rule.playlist else "",
        "that sounds like one track" if rule.like else "",
        "made with one preset" if rule.preset else "",
        "made from one track" if rule.parent else "",
        {True: "remixes", False: "no remixes", None: ""}[rule.is_remix],
        {True: "that were remixed", False: "that nobody remixed", None: ""}[rule.has_remixes],
        {True: "voted on", False: "that nobody voted on", None: ""}[rule.voted],
    ]


def _figures(rule: StationRule) -> list[str]:
    return [
        {True: "loops", False: "no loops", None: ""}[rule.loop],
        _between(rule.min_duration, rule.max_duration, "s"),
        _between(rule.min_tempo, rule.max_tempo, "bpm"),
        f"in {rule.key}" if rule.key else "",
        f"under {rule.licence}" if rule.licence else "",
        {True: "free for commercial use", False: "not for commercial use", None: ""}[rule.commercial_use],
        f"from the last {rule.max_age_days} days" if rule.max_age_days else "",
    ]


def _either(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _between(least: float | None, most: float | None, unit: str) -> str:
    if least is not None and most is not None:
        return f"{least:g} to {most:g} {unit}"
    if least is not None:
        return f"at least {least:g} {unit}"
    return f"at most {most:g} {unit}" if most is not None else ""
