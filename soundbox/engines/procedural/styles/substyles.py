"""Finer kinds of a style: what each changes of the style it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from soundbox.engines.procedural.composition.metre import COMPOUND, THREE
from soundbox.engines.procedural.styles import bands, beats, electronic, quiet, rooms, scores, world
from soundbox.engines.procedural.styles.style import Style

_Casting = Mapping[int, tuple[str, ...]]  # place of a part -> its instruments


def _kind(family: Style, name: str, *also: str, mix: Mapping[str, Any] | None = None,
          plays: _Casting | None = None, **changes: Any) -> Style:  # fmt: skip
    """A style like its family, but for these changes. `also`: other phrases that ask for it."""
    parts = tuple(
        replace(part, instruments=(plays or {}).get(place, part.instruments)) for place, part in enumerate(family.parts)
    )
    return replace(family, name=name, family=family.name, words=(name, *also), hints=(), parts=parts,
        mix=replace(family.mix, **(mix or {})), **changes)  # fmt: skip


SUBSTYLES: tuple[Style, ...] = (
    _kind(electronic.HOUSE, "deep house", "soulful house", tempo=(118, 123), colour="ninth", swing=0.2,
        plays={0: ("sub bass",), 1: ("electric piano",)}, mix={"brightness": -2.0, "room": 2.0}),
    _kind(electronic.HOUSE, "tech house", "minimal house", tempo=(124, 128), groove="techno", progressions="loop",
        plays={1: ("synth stab",)}, mix={"chords": -6.0, "room": 1.0}),
    _kind(electronic.HOUSE, "progressive house", "melodic house", "melodic techno", tempo=(120, 125), colour="open",
        progressions="epic", plays={1: ("synth pluck",)}, mix={"room": 2.4, "wet": 0.26}),
    _kind(electronic.HOUSE, "tropical house", "chill house", tempo=(100, 112), modes=("major",), progressions="pop",
        plays={1: ("marimba", "piano"), 3: ("pan flute", "steel drum")}),
    _kind(electronic.HOUSE, "acid house", tempo=(120, 126), plays={0: ("acid bass",)}, mix={"drive": 1.4}),
    _kind(electronic.TECHNO, "acid techno", "acid", tempo=(134, 142), plays={0: ("acid bass",), 1: ("acid bass",)},
        mix={"drive": 1.7}),
    _kind(electronic.TECHNO, "minimal techno", "dub techno", tempo=(122, 128), plays={0: ("sub bass",)},
        mix={"room": 2.8, "wet": 0.3, "chords": -3.5}),
    _kind(electronic.TECHNO, "hard techno", "industrial techno", "gabber", tempo=(144, 156), mix={"drive": 2.0}),
    _kind(electronic.TRANCE, "psytrance", "goa", tempo=(140, 148), modes=("phrygian",), progressions="loop",
        plays={0: ("acid bass",)}, mix={"room": 1.6}),
    _kind(electronic.TRANCE, "hardstyle", "hands up", tempo=(148, 155), kit="hard machine", mix={"drive": 1.9}),
    _kind(electronic.DRUM_AND_BASS, "liquid drum and bass", "liquid", "liquid dnb", colour="ninth",
        progressions="soul", plays={0: ("sub bass",), 2: ("electric piano", "piano")}),
    _kind(electronic.DRUM_AND_BASS, "neurofunk", "dark drum and bass", modes=("phrygian",), progressions="loop",
        plays={0: ("growl bass",)}, mix={"drive": 1.7, "brightness": -0.5}),
    _kind(electronic.DUBSTEP, "future bass", "melodic dubstep", modes=("major", "minor"), progressions="pop",
        plays={3: ("supersaw",)}, mix={"brightness": 1.0}),
    _kind(electronic.SYNTHWAVE, "vaporwave", "mallsoft", tempo=(68, 84), colour="ninth", progressions="jazz",
        plays={2: ("electric piano",), 3: ("saxophone", "soft pluck")},
        mix={"wow": 0.7, "brightness": -3.0, "ceiling_hz": 8_000, "wet": 0.36}),
    _kind(electronic.SYNTHWAVE, "outrun", tempo=(108, 122), mix={"drive": 1.3}),
    _kind(electronic.SYNTHWAVE, "darksynth", "dark synthwave", modes=("phrygian", "minor"), tempo=(110, 126),
        plays={0: ("reese bass", "growl bass")}, mix={"drive": 1.8}),
    _kind(beats.TRAP, "dark trap", "horror trap", modes=("phrygian", "harmonic minor"),
        plays={2: ("bells", "choir")}, mix={"brightness": -1.5, "room": 2.6}),
    _kind(beats.TRAP, "phonk", "memphis", tempo=(136, 146), plays={2: ("steel drum",), 3: ("choir",)},
        mix={"drive": 2.2, "wow": 0.3}),
    _kind(beats.TRAP, "cloud rap", "melodic trap", tempo=(128, 140), colour="ninth", plays={2: ("soft pluck",)},
        mix={"room": 3.0, "wet": 0.36}),
    _kind(beats.HIP_HOP, "jazz hop", "jazz rap", colour="ninth", progressions="jazz",
        plays={0: ("upright bass",), 1: ("electric piano",), 2: ("muted trumpet", "saxophone")}),
    _kind(beats.HIP_HOP, "g funk", "west coast", tempo=(88, 98), plays={2: ("saw lead",)}, progressions="vamp"),
    _kind(beats.REGGAE, "dancehall", "reggaeton", "moombahton", tempo=(90, 100), groove="dembow", kit="808",
        modes=("minor",), plays={0: ("808 bass", "sub bass")}),
    _kind(beats.SOUL, "motown", "northern soul", tempo=(108, 124), groove="motown", colour="triad",
        plays={1: ("piano", "organ"), 4: ("saxophone", "brass section")}),
    _kind(rooms.JAZZ, "smooth jazz", "quiet storm", tempo=(84, 100), groove="soul", kit="machine", swing=0.2,
        swings_eighths=False, plays={0: ("electric bass",), 1: ("electric piano",), 2: ("saxophone",)}),
    _kind(rooms.JAZZ, "swing", "big band", "swing jazz", tempo=(136, 176), kit="acoustic",
        plays={2: ("brass section", "clarinet"), 3: ("brass stabs", "trombone")}, mix={"drums": -1.0, "wet": 0.16}),
    _kind(rooms.JAZZ, "jazz waltz", metre=THREE, tempo=(132, 168)),
    _kind(rooms.BLUES, "delta blues", "country blues", tempo=(72, 92), groove="none",
        plays={1: ("acoustic guitar",), 2: ("acoustic guitar",)}),
    _kind(bands.METAL, "doom metal", "sludge", tempo=(62, 80), groove="half rock", mix={"room": 2.0, "drive": 1.9}),
    _kind(bands.METAL, "symphonic metal", "power metal", plays={4: ("choir", "string ensemble")}, mix={"wet": 0.2}),
    _kind(bands.ROCK, "progressive rock", "math rock", tempo=(96, 132), colour="power", plays={4: ("organ",)}),
    _kind(quiet.AMBIENT, "ambient techno", "ambient house", tempo=(96, 112), groove="four on the floor", kit="909",
        shape="club", mix={"pump": 0.3, "drums": -3.0}),
    _kind(scores.PIANO, "romantic", "love theme", modes=("major", "minor"), plays={3: ("string ensemble", "cello")},
        mix={"melody": -0.5}),
    _kind(scores.CLASSICAL, "waltz", "ballroom", "viennese waltz", metre=THREE, tempo=(138, 168),
        plays={0: ("string ensemble", "pizzicato strings")}),
    _kind(scores.EPIC, "heroic", "superhero", modes=("major", "lydian"), progressions="cinematic"),
    _kind(scores.ORCHESTRAL, "fantasy", "fairytale", "medieval fantasy", modes=("dorian", "lydian"), tempo=(76, 96),
        plays={4: ("flute", "oboe", "whistle")}),
    _kind(world.CELTIC, "jig", "irish jig", metre=COMPOUND, tempo=(104, 120)),
    _kind(world.FLAMENCO, "tango", "argentine tango", modes=("minor", "harmonic minor"), progressions="classical",
        tempo=(112, 126), groove="none", plays={0: ("piano",), 1: ("accordion",), 3: ("accordion", "violin")}),
)  # fmt: skip
