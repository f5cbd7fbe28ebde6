"""The drum kits: which skin, metal or wood stands for each piece. The first entries are shared, kits then differ."""

from __future__ import annotations

from soundbox.engines.procedural.instruments.drums import Grains, Hands, Hit, Metal, Skin, Snare, Stick

_TOMS: dict[str, Hit] = {
    "low tom": Skin(82, 0.9, 0.06, 0.2, 0.3, level=0.7, pan=0.35),
    "mid tom": Skin(116, 0.9, 0.06, 0.17, 0.3, level=0.66, pan=0.05),
    "high tom": Skin(160, 0.9, 0.05, 0.14, 0.3, level=0.62, pan=-0.3),
}
_ACOUSTIC: dict[str, Hit] = {
    "kick": Skin(58, 2.2, 0.018, 0.11, 0.6, 3_500, 1.6),
    "snare": Snare(),
    "rim": Stick(),
    "hat": Metal(),
    "open hat": Metal(ring=0.16, level=0.26),
    "ride": Metal(low=5_000, ring=0.4, tone=0.75, level=0.2, pan=-0.3),
    "crash": Metal(low=3_500, ring=0.7, tone=0.35, level=0.34, pan=0.15),
    "shaker": Grains(),
    "tambourine": Metal(low=6_500, ring=0.07, tone=0.8, level=0.22, pan=-0.3),
    "clap": Hands(),
    **_TOMS,
}
_PERCUSSION: dict[str, Hit] = {
    "low conga": Skin(190, 0.25, 0.02, 0.11, 0.5, 2_500, 1.2, 0.5, 0.3),
    "high conga": Skin(275, 0.25, 0.02, 0.08, 0.6, 3_000, 1.2, 0.45, -0.3),
    "clave": Stick(2_450, 1.01, 0.03, 0, 0.25, 0.3),
    "cowbell": Stick(560, 1.48, 0.06, 0.05, 0.22, 0.3),
}
_MACHINE: dict[str, Hit] = {
    **_ACOUSTIC,
    **_PERCUSSION,
    "kick": Skin(50, 4.0, 0.022, 0.13, 0.5, 5_000, 2.0, 0.8),
    "snare": Snare(200, 0.45, 0.05, 1_800, 10_000, 0.09),
    "hat": Metal(low=8_000, ring=0.028, tone=0.7),
    "open hat": Metal(low=7_500, ring=0.12, tone=0.7, level=0.26),
}

KITS: dict[str, dict[str, Hit]] = {
    "acoustic": {**_ACOUSTIC, **_PERCUSSION},
    "machine": _MACHINE,
    "hard machine": {
        **_MACHINE,
        "kick": Skin(47, 5.0, 0.02, 0.13, 0.8, 6_000, 3.0, 0.75),
        "clap": Hands(700, 2_600, ring=0.12),
    },
    "gated": {
        **_MACHINE,
        "kick": Skin(54, 3.2, 0.02, 0.12, 0.5, 4_500, 2.0, 0.8),
        "snare": Snare(175, 0.7, 0.1, 900, 7_500, 0.1, gate=0.24, level=0.7),
    },
    "trap": {
        **_MACHINE,
        "kick": Skin(48, 4.0, 0.02, 0.16, 0.6, 5_000, 2.2, 0.75),
        "hat": Metal(low=9_000, ring=0.018, level=0.24),
        "snare": Snare(220, 0.35, 0.05, 2_200, 12_000, 0.1),
    },
    "dusty": {
        **_ACOUSTIC,
        **_PERCUSSION,
        "kick": Skin(62, 1.8, 0.02, 0.1, 0.4, 1_800, 1.8, 0.65),
        "snare": Snare(165, 0.6, 0.06, 900, 4_800, 0.09, level=0.5),
        "hat": Metal(5_000, level=0.17),
        "open hat": Metal(5_000, 0.12, level=0.15),
    },
    "breaks": {
        **_ACOUSTIC,
        **_PERCUSSION,
        "kick": Skin(68, 2.2, 0.014, 0.08, 0.7, 4_500, 2.2),
        "snare": Snare(235, 0.55, 0.05, 1_600, 9_500, 0.075, level=0.68),
    },
    "heavy": {
        **_ACOUSTIC,
        "kick": Skin(60, 3.0, 0.012, 0.065, 1.3, 7_000, 2.2, 0.75),
        "snare": Snare(180, 0.65, 0.09, 1_200, 8_500, 0.14, level=0.7),
    },
    "brushes": {
        **_ACOUSTIC,
        **_PERCUSSION,
        "kick": Skin(66, 1.0, 0.02, 0.12, 0.2, 1_500, 1.0, 0.4),
        "snare": Grains(1_800, 0.03, 0.06, 0.24, 0.1),
        "hat": Metal(6_500, 0.03, level=0.14),
    },
    "chip": {
        **_MACHINE,
        "kick": Skin(62, 4.0, 0.03, 0.07, 0.0, drive=5.0, level=0.6),
        "snare": Grains(1_200, 0.0005, 0.05, 0.42, 0.0),
        "hat": Grains(7_000, 0.0005, 0.012, 0.2, 0.0),
        "open hat": Grains(6_000, 0.0005, 0.05, 0.2, 0.0),
        "crash": Grains(3_000, 0.0005, 0.3, 0.25, 0.0),
    },
    "orchestral": {
        **_ACOUSTIC,
        "kick": Skin(50, 0.9, 0.04, 0.26, 1.3, 3_000, 1.3, 0.55),
        "snare": Skin(88, 0.4, 0.03, 0.22, 1.2, 5_000, 1.2, 0.6, -0.2),
        "low tom": Skin(76, 0.4, 0.03, 0.2, 1.1, 3_500, 1.3, 0.62, 0.3),
        "mid tom": Skin(98, 0.4, 0.03, 0.2, 1.1, 3_500, 1.3, 0.66),
        "high tom": Skin(131, 0.3, 0.04, 0.24, 0.5, 2_000, 1.2, 0.62, -0.3),
        "crash": Metal(2_500, 0.9, 0.2, 0.34, 0.0),
    },
}
