"""Where chords go: written progressions of each family, in bright and in dark modes. A space is a bar line, a slash
parts a bar in two. How the symbols are read: `harmony.py`."""

from __future__ import annotations

from soundbox.engines.procedural.composition.scales import Scale

_BLUES = ("17 47 17 17 47 47 17 V2 27 57 17/47 17/57", "17 17 17 17 47 47 17 17 57 47 17 57",
    "17 47 17 17/17 47 47 17 67 27 57 17/67 27/57")  # fmt: skip
_VAMP_DARK = ("1 4 1 4", "1 1/4 1 b7/4", "17 17 47 47", "1 47 1 47")

PROGRESSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "bright": {
        "pop": ("1 5 6 4", "6 4 1 5", "1 6 4 5", "4 1 5 6", "1 3m 4 4m", "1 4 6 5/V6"),
        "song": ("1 4 1 5", "1 V6 6 2/5", "1 3 4 4m", "1 5/V6 6 4", "1 6 2 5s/5"),
        "jazz": ("2 57 1^ V2", "1^ V2 2 57", "3 V2 2 57", "1^/6 2/57 3/V2 2/57", "1^ 1o 2 57", "4^ b7 3/V2 2/b2"),
        "loop": ("1 4 1 4", "1 3 4 4", "4 3 2 1", "1 2 4 1"),
        "vamp": ("1 4 1 4", "1 4 5 4", "1 b7 4 1", "1/4 1/4 1/4 5"),
        "dance": ("1 6 4 5", "4 5 3 6", "6 4 1 5", "2 5 1 6"),
        "still": ("1 4 1 5", "1 6 4 1", "1 2 4 4", "1 5 4 4"),
        "drone": ("1 1 1 1", "1 1 4 1", "1 b7 1 1"),
        "epic": ("1 5 6 4", "6 4 1 5", "4 5 6 1", "1 b6 b7 1"),
        "cinematic": ("1 5 6 4", "1 b6 b7 1", "1 3 4 4m", "6 4 1 V6", "1 b3 4 b6"),
        "rock": ("1 b7 4 1", "1 4 5 4", "1 5 4 1", "1 b3 4 b7", "6 4 1 5"),
        "punk": ("1 5 6 4", "1 4 5 5", "1/4 5 1/4 5", "6 4 1 5"),
        "grunge": ("1 b3 4 b6", "1 b6 4 b7", "1 4 b3 b6"),
        "metal": ("1 b2 1 b7", "1 b6 b7 1", "1 b3 b2 1"),
        "modal": ("1 b7 1 5", "1 4 1 b7", "1 1 4 5", "1 5 b7 4", "1 2 4 1"),
        "soul": ("1^/3 4^/5s 1^/6 2/57", "1^ V6 2 57", "4^ 3/V2 2 5s", "1 V4 4 4m", "2 57 1^/4 3/V2"),
        "montuno": ("1 4 5 4", "1/2 57/1 1/2 57/1", "2 57 1 1", "1 6 2 57"),
        "classical": ("1 5 6 3/4 1 4 5s/5 1", "1 4/2 5 1 6 V5 5s 5", "1 57 1 V2 2 57 6 4/5", "1/5 6/3 4/1 4/5"),
        "uneasy": ("1 b2 1 #4o", "1 b6m 1 b3m", "1 #4 b7m 1"),
        "bright": ("1 5 6 4", "4 1 5 6", "1 3 4 4", "4 5 6 5", "1 5/6 4 5s"),
        "kids": ("1 5 1 5", "1 4/1 5 1", "1/6 2/5 1/4 5/1", "1 V5 5 1"),
        "carol": ("1/6 2/5 1/4 5", "1 V2 2/57 1", "4/4m 1/V2 V5 57", "1/5 6/V5 4/1 2/57"),
        "maqam": ("1 b2 1 1", "1 4m b2 1", "1 1 b7m 1"),
        "andalusian": ("4m b3 b2 1", "1 b2 1 b2", "1 4m b2 1"),
        "blues": _BLUES,
    },
    "dark": {
        "pop": ("1 6 3 7", "6 7 1 1/7", "1 4 6 7", "1 7 6 5M", "1 3 6 4/5M"),
        "song": ("1 4 1 57", "1 7 6 57", "1 6 4 5s/57", "1 3 7 4M", "1 V4 4 6/57", "1 6 2o 57"),
        "jazz": ("1 4 2o 57", "4 7 3^ 6^", "2o 57 1 V4", "1/6 2o/57 1/V4 4/57", "1 b27 1 57", "1 6^ 2o 57"),
        "loop": ("1 1 6 7", "1 4 1 4", "1 7 1 6", "1 3 4 4"),
        "vamp": _VAMP_DARK,
        "dance": ("1 6 3 7", "4 1 6 7", "1 3 7 4", "6 7 1 3"),
        "still": ("1 6 1 7", "1 1 4 6", "1 3 6 4", "1 7 6 6"),
        "drone": ("1 1 1 1", "1 1 b2 1", "1 1 7 1"),
        "epic": ("1 6 3 7", "1 6 4 5M", "6 7 1 5M", "1 3 6 7", "1 b2 6 5M"),
        "cinematic": ("1 6 3 7", "1 4 6 5M", "1 6m 1 3", "1 3 4M 6", "6 3 7 1/5M"),
        "rock": ("1 6 7 1", "1 3 7 4M", "1 7 6 7", "1 4 6 5M"),
        "punk": ("1 6 3 7", "1 3 7 6", "1 1/7 6 7"),
        "grunge": ("1 3 7 6", "1 6 4 b2", "1 4 3 6", "1 b5 4 3"),
        "metal": ("1 1 b2 1", "1 6 7 b2", "1 3 b2 1/7", "1 b5 4 b2", "1 6 4 5M"),
        "modal": ("1 7 1 7", "1 4M 1 7", "1 3 7 1", "1 7 4M 1"),
        "soul": ("1/4 7/3^ 6^ 2o/57", "1 4 1 57", "6^ 5m 4 57", "1 V4 4 57"),
        "montuno": ("1 4 57 4", "1 1/4 57 1", "1/7 6/57 1/7 6/57", "4 1 57 1"),
        "classical": ("1 4 57 1 6 4 5s 5M", "1 5M 1 V3 3 7 4 5M", "1/57 1/V4 4/7 3/57", "1 7/6 5M 1 4 1 2o 5M"),
        "uneasy": ("1 b2 1 b5", "1 6m 1 3m", "1 1 #4o b2", "1 3m 6m 2o"),
        "bright": ("6 3 7 1", "1 6 3 7", "6 7 3 1"),
        "kids": ("1 57 1 57", "1 4/1 57 1"),
        "carol": ("1/4 7/3 6/4 57", "1 57 6 4/57"),
        "maqam": ("1 1 b2 1", "1 4m b2 1", "1 b2 7m 1", "1 1 4m b2"),
        "andalusian": ("4m b3 b2 1M", "1M b2 1M b2", "4m/b3 b2/1M 4m/b3 b2/1M", "1M 4m b2 1M"),
        "blues": _BLUES,
    },
}
# How readily a family is coloured when its progression comes back: secondary dominants, substitutes, turnarounds.
RICHNESS = {"jazz": 0.5, "soul": 0.45, "classical": 0.3, "carol": 0.3, "song": 0.25, "cinematic": 0.2, "pop": 0.15,
    "bright": 0.1, "dance": 0.1, "montuno": 0.2, "kids": 0.15, "epic": 0.15, "rock": 0.1}  # fmt: skip
CIRCLING = frozenset({"still", "loop", "blues", "vamp", "drone", "uneasy", "maqam", "andalusian", "metal", "grunge"})
_SUBSTITUTES = {"4": "2", "1": "6", "5": "5s/5", "6": "4", "3": "1"}


def progressions(scale: Scale, family: str) -> tuple[str, ...]:
    return PROGRESSIONS["dark" if scale.is_dark else "bright"][family]


def substitute(symbol: str) -> str:
    """Another chord that would do in its place."""
    return _SUBSTITUTES.get(symbol, symbol)
