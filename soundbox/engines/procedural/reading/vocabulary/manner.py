"""Words for eras, textures, the course of a piece, its metre and its swing. To teach a word, add it to a table."""

from __future__ import annotations

from dataclasses import dataclass

from soundbox.engines.procedural.composition.metre import COMPOUND, FIVE, FOUR, SEVEN, THREE, TWELVE, Metre


@dataclass(frozen=True)
class Texture:
    """How the finished sound feels, beside what the style does."""

    brightness: float = 0.0  # decibels of the high shelf
    ceiling_hz: float = 20_000.0  # where the top ends
    drive: float = 1.0  # factor on the warmth of the master
    width: float = 1.0  # factor on the stereo image
    wow: float = 0.0  # how far the tape wanders, 0..1
    space: float = 1.0  # factor on the reverberation
    bed: str = ""


@dataclass(frozen=True)
class Era:
    styles: tuple[str, ...]  # names that it leans towards
    texture: Texture
    kit: str


TEXTURES: dict[str, Texture] = {
    "dusty": Texture(-1.5, 9_000, 1.2, wow=0.25, bed="vinyl crackle"), "vintage": Texture(-1.0, 11_000, 1.25, wow=0.2),
    "lo fi": Texture(-1.0, 9_000, 1.25, wow=0.4), "lofi": Texture(-1.0, 9_000, 1.25, wow=0.4),
    "tape": Texture(-0.5, 11_000, 1.3, wow=0.45, bed="tape hiss"), "cassette": Texture(-1.0, 9_000, 1.3, wow=0.6,
        bed="tape hiss"), "wobbly": Texture(wow=0.9), "warped": Texture(wow=1.0), "old": Texture(-1.5, 8_000, 1.2, 0.6,
        0.3), "mono": Texture(width=0.0),
    "warm": Texture(-2.0, drive=1.15), "bright": Texture(2.0), "crisp": Texture(2.0, space=0.8),
    "crystal clear": Texture(2.0, space=0.9), "clean": Texture(0.5, drive=0.7), "glossy": Texture(1.5, width=1.15),
    "shimmering": Texture(2.0, space=1.3), "sparkling": Texture(2.0), "airy": Texture(2.0, width=1.2, space=1.3),
    "cold": Texture(1.5, space=1.2), "dull": Texture(-3.0, 8_000), "dark sounding": Texture(-3.0, 9_000),
    "muffled": Texture(-5.0, 2_400, 1.0), "underwater": Texture(-5.0, 1_500, 1.0, wow=0.3, space=1.4),
    "distant": Texture(-2.5, 6_000, space=1.8), "telephone": Texture(0.0, 3_400, 1.5, 0.0), "radio": Texture(0.0,
        4_500, 1.4, 0.2),
    "distorted": Texture(0.5, drive=2.2), "gritty": Texture(0.0, drive=1.7), "crunchy": Texture(0.5, drive=1.8),
    "fuzzy": Texture(-0.5, drive=2.0), "saturated": Texture(drive=1.7), "raw": Texture(drive=1.4, space=0.6),
    "punchy": Texture(0.5, drive=1.2, space=0.8), "fat": Texture(-0.5, drive=1.4), "thick": Texture(-0.5, drive=1.4),
    "wide": Texture(width=1.5), "spacious": Texture(width=1.3, space=1.7), "huge reverb": Texture(space=2.2),
    "reverberant": Texture(space=1.8), "cavernous": Texture(-1.0, space=2.2), "echoing": Texture(space=1.6),
    "lush": Texture(width=1.25, space=1.3), "dry": Texture(space=0.35), "close": Texture(space=0.4),
    "narrow": Texture(width=0.4),
}  # fmt: skip
ERAS: dict[str, Era] = {
    "60s": Era(("sixties",), Texture(-1.0, 9_500, 1.3, 0.8, 0.15), "acoustic"),
    "70s": Era(("disco", "funk"), Texture(-1.0, 12_000, 1.25, wow=0.1), "acoustic"),
    "80s": Era(("synthwave",), Texture(1.0, space=1.15), "gated"),
    "90s": Era(("hip hop", "grunge"), Texture(0.0, 15_000, 1.1), ""),
    "2000s": Era(("pop",), Texture(0.5), ""),
}  # fmt: skip
ERA_WORDS: dict[str, tuple[str, ...]] = {
    "60s": ("60s", "sixties", "1960s", "swinging sixties"), "70s": ("70s", "seventies", "1970s"),
    "80s": ("80s", "eighties", "1980s"), "90s": ("90s", "nineties", "1990s"), "2000s": ("2000s", "y2k"),
}  # fmt: skip

COURSES: dict[str, tuple[str, ...]] = {  # how the piece goes
    "builds up": ("builds up", "build up", "building", "building up", "builds", "buildup", "crescendo", "rising",
        "grows", "slow build"),
    "drop": ("drop", "drops", "big drop", "beat drop"),
    "breakdown": ("breakdown", "break down", "middle break", "bridge"),
    "fades out": ("fades out", "fade out", "fading out", "fades away", "fadeout"),
    "fades in": ("fades in", "fade in", "fading in"),
    "starts quiet": ("starts quiet", "starts quietly", "starts softly", "quiet intro", "quiet start", "starts slow",
        "soft intro", "starts calm", "starts small"),
    "starts at once": ("no intro", "starts immediately", "straight in", "starts at once"),
    "sudden end": ("sudden end", "sudden ending", "abrupt end", "abrupt ending", "ends suddenly", "ends abruptly",
        "stops suddenly", "hard stop", "cold ending"),
    "big finish": ("big finish", "grand finale", "big ending", "epic ending", "climax", "finale"),
}  # fmt: skip
METRES: dict[str, Metre] = {
    **dict.fromkeys(("3/4", "3/4 time", "waltz", "waltz time", "minuet", "three four"), THREE),
    **dict.fromkeys(("6/8", "6/8 time", "jig", "six eight", "compound time", "slip"), COMPOUND),
    **dict.fromkeys(("12/8", "12/8 time", "twelve eight"), TWELVE),
    **dict.fromkeys(("5/4", "5/4 time", "five four", "in five"), FIVE),
    **dict.fromkeys(("7/8", "7/8 time", "seven eight", "in seven"), SEVEN),
    **dict.fromkeys(("4/4", "4/4 time", "common time", "four four"), FOUR),
}
SWINGS: dict[str, float] = {
    "swung": 0.7, "swing": 0.75, "swinging": 0.75, "shuffle": 0.85, "shuffled": 0.85, "shuffling": 0.85,
    "straight": 0.0, "no swing": 0.0,
}  # fmt: skip
