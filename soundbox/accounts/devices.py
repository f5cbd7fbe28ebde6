"""What a browser calls itself, in words that people know it by."""

from __future__ import annotations

BROWSERS = (
    *(("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox")),
    *(("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl")),
)  # the first that is named: most name others besides
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac")),
    *(("CrOS", "Chromebook"), ("Linux", "Linux")),
)


def device_name(user_agent: str) -> str:
    """ "Firefox on Linux"; "Another program" for what names neither."""
    browser, system = _named(user_agent, BROWSERS), _named(user_agent, SYSTEMS)
    return " on ".join(filter(None, (browser or "A browser", system))) if browser or system else "Another program"


def _named(user_agent: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((words for sign, words in names if sign in user_agent), "")
