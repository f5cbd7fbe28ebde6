"""Bowed, blown and sung: people who shape every note, alone or in sections."""

from __future__ import annotations

from typing import Any

from soundbox.engines.procedural.instruments.sustained import Sustained

_VIOLIN = ((285.0, 0.16, 1.3), (460.0, 0.16, 1.5), (1_100.0, 0.4, 0.7), (2_300.0, 0.4, 1.3), (3_600.0, 0.5, 0.7))
_CELLO = ((110.0, 0.25, 1.2), (220.0, 0.25, 1.3), (430.0, 0.3, 0.9), (1_500.0, 0.5, 0.8), (2_600.0, 0.5, 0.5))
_ERHU = ((500.0, 0.2, 2.6), (1_300.0, 0.25, 2.0), (2_700.0, 0.35, 1.2))
_AH = ((730.0, 0.16, 6.0), (1_120.0, 0.14, 4.0), (2_500.0, 0.14, 1.8), (3_300.0, 0.16, 1.4))
_OO = ((330.0, 0.2, 5.0), (780.0, 0.2, 2.2), (2_400.0, 0.18, 0.5), (3_200.0, 0.2, 0.4))
_HORN = ((450.0, 0.6, 1.4),)
_BELL = ((1_200.0, 0.7, 1.2), (2_400.0, 0.5, 0.5))
_MUTE = ((1_500.0, 0.3, 3.5), (2_800.0, 0.3, 2.0))
_REED = ((520.0, 0.35, 1.4), (1_450.0, 0.35, 1.8), (2_900.0, 0.4, 1.0))
_DOUBLE_REED = ((1_050.0, 0.25, 3.0), (2_700.0, 0.3, 2.2))
_LOW_REED = ((480.0, 0.3, 2.6), (1_150.0, 0.35, 1.4))

_BOW: dict[str, Any] = {
    "sweep": 1.2,
    "opens_slowly": True,
    "sustain": 0.95,
    "unsteady": 0.05,
    "drift": 3.0,
    "onset_hz": 2_800.0,
}
_LIPS: dict[str, Any] = {"opens_slowly": True, "sustain": 0.92, "unsteady": 0.03, "drift": 2.0, "onset_hz": 900.0}
_AIR: dict[str, Any] = {"opens_slowly": True, "sustain": 0.95, "unsteady": 0.07, "drift": 2.5}
_SONG: dict[str, Any] = {"opens_slowly": True, "sustain": 0.95, "sweep": 0.8, "unsteady": 0.05, "drift": 6.0}

ENSEMBLES: dict[str, Sustained] = {
    "string ensemble": Sustained(voices=5, detune=22, cutoff=2_700, attack=0.14, release=0.3, vibrato=13, body=_VIOLIN,
        width=1, breath=0.03, swell=0.22, onset=0.06, **_BOW),
    "low strings": Sustained(voices=4, detune=16, cutoff=1_200, attack=0.11, release=0.25, vibrato=9, body=_CELLO,
        width=0.6, breath=0.03, swell=0.18, onset=0.1, **_BOW),
    "short strings": Sustained(voices=4, detune=18, cutoff=3_000, sweep=1.2, sweep_seconds=0.05, attack=0.005,
        decay=0.1, sustain=0.2, release=0.1, body=_VIOLIN, breath=0.1, width=0.9, onset=0.5, onset_hz=2_400),
    "tremolo strings": Sustained(voices=4, detune=20, cutoff=2_400, attack=0.1, release=0.3, body=_VIOLIN, width=1,
        breath=0.06, swell=0.35, sweep=1.2, opens_slowly=True, sustain=0.95, drift=4, tremolo=0.55,
        tremolo_hz=11.5),
    "brass section": Sustained(voices=4, detune=12, cutoff=2_000, sweep=2.0, attack=0.06, release=0.14, body=_BELL,
        width=0.9, swell=0.3, onset=0.06, breath=0.01, vibrato=4, **_LIPS),
    "brass stabs": Sustained(voices=4, detune=13, cutoff=2_800, sweep=0.9, sweep_seconds=0.1, attack=0.012,
        decay=0.25, sustain=0.6, release=0.1, body=_BELL, width=0.9, onset=0.12, onset_hz=1_200, glide=-0.3),
    "horns": Sustained(voices=3, detune=9, cutoff=1_050, sweep=1.7, attack=0.09, release=0.2, body=_HORN, width=0.7,
        swell=0.3, onset=0.03, vibrato=3, **_LIPS),
    "tuba": Sustained(voices=1, cutoff=420, sweep=1.2, attack=0.045, release=0.1, body=_HORN, swell=0.1, onset=0.1,
        breath=0.02, **_LIPS),
    "choir": Sustained(voices=5, detune=26, cutoff=3_200, attack=0.22, release=0.45, vibrato=20, body=_AH, width=1,
        breath=0.03, swell=0.2, **_SONG),
    "soft choir": Sustained(voices=4, detune=22, cutoff=1_900, attack=0.35, release=0.6, vibrato=15, body=_OO, width=1,
        breath=0.05, swell=0.2, **_SONG),
}  # fmt: skip
SOLOISTS: dict[str, Sustained] = {
    "violin": Sustained(voices=2, detune=3, width=0.25, cutoff=3_400, attack=0.06, release=0.12, vibrato=24,
        vibrato_hz=5.9, vibrato_delay=0.2, body=_VIOLIN, breath=0.035, swell=0.25, onset=0.14, glide=-0.15, **_BOW),
    "cello": Sustained(voices=2, detune=3, width=0.25, cutoff=1_700, attack=0.08, release=0.16, vibrato=20,
        vibrato_hz=5.3, vibrato_delay=0.2, body=_CELLO, breath=0.03, swell=0.28, onset=0.14, glide=-0.15, **_BOW),
    "erhu": Sustained(voices=2, detune=2, width=0.2, cutoff=2_800, attack=0.05, release=0.12, vibrato=32,
        vibrato_hz=6.2, vibrato_delay=0.1, body=_ERHU, breath=0.05, swell=0.3, onset=0.1, glide=-0.9, **_BOW),
    "flute": Sustained(shape="triangle", voices=2, detune=2, width=0.2, cutoff=2_200, sweep=0.9, attack=0.05,
        release=0.1, vibrato=10, vibrato_delay=0.25, breath=0.09, swell=0.18, onset=0.22, onset_hz=3_200, **_AIR),
    "bamboo flute": Sustained(shape="triangle", voices=2, detune=2, width=0.2, cutoff=1_700, sweep=1.0, attack=0.07,
        release=0.16, vibrato=26, vibrato_hz=4.6, vibrato_delay=0.35, breath=0.2, swell=0.3, onset=0.45, onset_hz=2_000,
        glide=-0.8, **_AIR),
    "pan flute": Sustained(shape="triangle", voices=2, detune=3, width=0.2, cutoff=1_300, sweep=0.8, attack=0.03,
        release=0.14, vibrato=8, breath=0.22, onset=0.6, onset_hz=1_400, swell=0.1, **_AIR),
    "saxophone": Sustained(voices=2, detune=2, width=0.2, cutoff=2_100, sweep=1.5, attack=0.035, release=0.09,
        vibrato=18, vibrato_delay=0.25, glide=-0.6, body=_REED, breath=0.08, swell=0.22, onset=0.12, onset_hz=1_500,
        drive=0.9, **_AIR),
    "trumpet": Sustained(voices=2, detune=2, width=0.2, cutoff=2_800, sweep=2.0, attack=0.03, release=0.08, vibrato=11,
        vibrato_delay=0.3, body=_BELL, breath=0.02, swell=0.2, onset=0.1, **_LIPS),
    "muted trumpet": Sustained(voices=2, detune=2, width=0.2, cutoff=3_200, sweep=1.2, attack=0.03, release=0.08,
        vibrato=14, vibrato_delay=0.25, body=_MUTE, breath=0.05, swell=0.2, onset=0.08, **_LIPS),
    "trombone": Sustained(voices=2, detune=2, width=0.2, cutoff=1_500, sweep=1.9, attack=0.045, release=0.1, vibrato=9,
        vibrato_delay=0.3, body=_HORN, breath=0.02, swell=0.2, onset=0.08, glide=-0.7, **_LIPS),
    "clarinet": Sustained(shape="square", voices=2, detune=2, width=0.2, cutoff=1_900, sweep=1.2, attack=0.04,
        release=0.08, vibrato=5, breath=0.03, swell=0.22, onset=0.06, onset_hz=1_600, **_AIR),
    "oboe": Sustained(shape="narrow", voices=2, detune=2, width=0.2, cutoff=3_000, sweep=0.8, attack=0.04,
        release=0.08, vibrato=14, vibrato_delay=0.25, body=_DOUBLE_REED, breath=0.02, swell=0.22, onset=0.05, **_AIR),
    "bassoon": Sustained(shape="narrow", voices=2, detune=2, width=0.2, cutoff=1_500, sweep=0.9, attack=0.035,
        release=0.08, vibrato=8, vibrato_delay=0.3, body=_LOW_REED, breath=0.03, swell=0.15, onset=0.08, **_AIR),
    "harmonica": Sustained(shape="narrow", voices=2, detune=7, width=0.2, cutoff=3_000, sweep=0.8, attack=0.035,
        vibrato=20, body=_REED, glide=-0.6, breath=0.06, swell=0.25, onset=0.05, **_AIR),
    "whistle": Sustained(shape="sine", voices=2, detune=2, width=0.2, cutoff=3_000, sweep=0, attack=0.04, sustain=0.95,
        release=0.1, vibrato=18, vibrato_delay=0.2, breath=0.1, glide=-0.5, onset=0.2, onset_hz=3_500, drift=3),
    "bagpipes": Sustained(shape="pulse", voices=2, detune=9, width=0.3, cutoff=3_600, sweep=0, attack=0.01, sustain=1,
        release=0.05, body=_DOUBLE_REED, drift=2, unsteady=0.03),
    "solo voice": Sustained(voices=2, detune=4, width=0.25, cutoff=2_600, attack=0.09, release=0.2, vibrato=28,
        vibrato_hz=5.5, vibrato_delay=0.25, body=_AH, breath=0.06, swell=0.25, glide=-0.5, onset=0.05, **_SONG),
}  # fmt: skip
