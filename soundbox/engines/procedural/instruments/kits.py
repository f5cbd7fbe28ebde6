"""The drum kits: which skin, metal or wood stands for each piece. Every kit has every piece, so any groove may meet any
kit; what a kit does not name it has from its family."""

from __future__ import annotations

from soundbox.engines.procedural.instruments.drums import Bells, Grains, Hands, Hit, Metal, Skin, Snare, Stick

_TOMS: dict[str, Hit] = {
    "low tom": Skin(82, 0.9, 0.06, 0.2, 0.3, level=0.7, pan=0.35),
    "mid tom": Skin(116, 0.9, 0.06, 0.17, 0.3, level=0.66, pan=0.05),
    "high tom": Skin(160, 0.9, 0.05, 0.14, 0.3, level=0.62, pan=-0.3),
}
_PERCUSSION: dict[str, Hit] = {
    "low conga": Skin(190, 0.25, 0.02, 0.11, 0.5, 2_500, 1.2, 0.5, 0.3),
    "high conga": Skin(275, 0.25, 0.02, 0.08, 0.6, 3_000, 1.2, 0.45, -0.3),
    "clave": Stick(2_450, 1.01, 0.03, 0, 0.25, 0.3),
    "cowbell": Stick(560, 1.48, 0.06, 0.05, 0.22, 0.3),
    "sleigh bells": Bells(),
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
    **_PERCUSSION,
}
_MACHINE: dict[str, Hit] = {
    **_ACOUSTIC,
    "kick": Skin(50, 4.0, 0.022, 0.13, 0.5, 5_000, 2.0, 0.8),
    "snare": Snare(200, 0.45, 0.05, 1_800, 10_000, 0.09),
    "hat": Metal(low=8_000, ring=0.028, tone=0.7),
    "open hat": Metal(low=7_500, ring=0.12, tone=0.7, level=0.26),
}
_CINEMATIC: dict[str, Hit] = {
    **_ACOUSTIC,
    "kick": Skin(44, 1.2, 0.05, 0.42, 1.1, 2_200, 1.6, 0.72),
    "snare": Skin(92, 0.5, 0.03, 0.2, 1.6, 5_500, 1.6, 0.62, -0.15),
    "low tom": Skin(70, 0.5, 0.03, 0.22, 1.3, 3_500, 1.5, 0.66, 0.3),
    "mid tom": Skin(96, 0.5, 0.03, 0.2, 1.3, 4_000, 1.5, 0.64, -0.35),
    "high tom": Skin(128, 0.4, 0.03, 0.16, 1.4, 4_500, 1.5, 0.6, 0.1),
    "clave": Stick(1_150, 2.76, 0.05, 0.3, 0.3, 0.3),
    "hat": Grains(4_000, 0.004, 0.03, 0.14, 0.25),
    "crash": Metal(1_800, 1.1, 0.25, 0.36, 0.0),
}
_HANDS: dict[str, Hit] = {  # bass, slap and tone of hand drums
    **_ACOUSTIC,
    "kick": Skin(76, 0.6, 0.02, 0.16, 0.5, 1_800, 1.2, 0.7, -0.05),
    "snare": Skin(330, 0.3, 0.008, 0.05, 1.4, 6_000, 1.5, 0.5, -0.2),
    "hat": Skin(420, 0.2, 0.006, 0.03, 1.2, 5_000, 1.2, 0.26, 0.25),
    "rim": Stick(900, 2.3, 0.012, 0.6, 0.3, 0.2),
    "clap": Hands(1_000, 3_800, 3, 0.05, 0.36),
    "ride": Grains(5_500, 0.012, 0.05, 0.14, -0.3),
    "low conga": Skin(160, 0.3, 0.02, 0.14, 0.4, 2_200, 1.2, 0.5, 0.35),
    "crash": Grains(3_800, 0.04, 0.16, 0.16, 0.1),
}

KITS: dict[str, dict[str, Hit]] = {
    "acoustic": _ACOUSTIC,
    "machine": _MACHINE,
    "909": {
        **_MACHINE,
        "kick": Skin(52, 3.4, 0.028, 0.16, 0.7, 5_500, 2.4, 0.8),
        "snare": Snare(185, 0.55, 0.06, 2_000, 11_000, 0.13),
        "clap": Hands(900, 3_200, 4, 0.1),
        "hat": Metal(low=7_500, ring=0.03, tone=0.35),
        "open hat": Metal(low=7_000, ring=0.2, tone=0.35, level=0.3),
        "ride": Metal(low=4_500, ring=0.5, tone=0.5, level=0.22),
    },
    "808": {
        **_MACHINE,
        "kick": Skin(48, 3.0, 0.018, 0.24, 0.5, 4_500, 1.8, 0.78),
        "snare": Snare(180, 0.6, 0.07, 2_400, 12_000, 0.08),
        "clap": Hands(1_000, 3_000, 4, 0.08),
        "hat": Metal(low=9_000, ring=0.018, tone=0.9, level=0.24),
        "open hat": Metal(low=8_000, ring=0.2, tone=0.9, level=0.24),
        "cowbell": Stick(540, 1.48, 0.09, 0.0, 0.26, 0.2),
        "rim": Stick(1_750, 0.27, 0.008, 0.1, 0.4),
        "clave": Stick(2_500, 1.0, 0.02, 0, 0.3, 0.2),
        "low tom": Skin(85, 0.6, 0.05, 0.26, 0.1, level=0.66, pan=0.3),
    },
    "hard machine": {
        **_MACHINE,
        "kick": Skin(47, 5.0, 0.02, 0.13, 0.8, 6_000, 3.0, 0.75),
        "clap": Hands(700, 2_600, ring=0.12),
    },
    "gated": {
        **_MACHINE,
        "kick": Skin(54, 3.2, 0.02, 0.12, 0.5, 4_500, 2.0, 0.8),
        "snare": Snare(175, 0.7, 0.1, 900, 7_500, 0.1, gate=0.24, level=0.7),
        "mid tom": Skin(110, 1.2, 0.08, 0.24, 0.3, level=0.7, pan=0.05),
    },
    "dusty": {
        **_ACOUSTIC,
        "kick": Skin(62, 1.8, 0.02, 0.1, 0.4, 1_800, 1.8, 0.65),
        "snare": Snare(165, 0.6, 0.06, 900, 4_800, 0.09, level=0.5),
        "hat": Metal(5_000, level=0.17),
        "open hat": Metal(5_000, 0.12, level=0.15),
    },
    "vintage": {
        **_ACOUSTIC,
        "kick": Skin(72, 1.6, 0.02, 0.1, 0.4, 2_200, 1.4, 0.66),
        "snare": Snare(205, 0.7, 0.08, 1_000, 6_000, 0.12, level=0.6),
        "hat": Metal(5_500, 0.04, 0.3, 0.22),
        "ride": Metal(3_500, 0.5, 0.6, 0.24, -0.3),
    },
    "breaks": {
        **_ACOUSTIC,
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
        "kick": Skin(66, 1.0, 0.02, 0.12, 0.2, 1_500, 1.0, 0.4),
        "snare": Grains(1_800, 0.03, 0.06, 0.24, 0.1),
        "hat": Metal(6_500, 0.03, level=0.14),
        "ride": Metal(4_200, 0.55, 0.7, 0.2, -0.25),
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
        "snare": Snare(210, 0.5, 0.05, 2_200, 8_000, 0.08, level=0.42),
        "low tom": Skin(82, 0.15, 0.05, 0.42, 0.5, 1_600, 1.1, 0.62, 0.3),
        "mid tom": Skin(110, 0.15, 0.05, 0.38, 0.5, 1_800, 1.1, 0.6, -0.2),
        "high tom": Skin(147, 0.15, 0.05, 0.34, 0.5, 2_000, 1.1, 0.58, -0.3),
        "crash": Metal(2_500, 0.9, 0.2, 0.34, 0.0),
    },
    "cinematic": _CINEMATIC,
    "latin": {
        **_ACOUSTIC,
        "kick": Skin(64, 1.4, 0.02, 0.1, 0.4, 2_500, 1.3, 0.62),
        "snare": Skin(310, 0.2, 0.01, 0.07, 1.5, 7_000, 1.5, 0.5, -0.25),
        "high tom": Skin(360, 0.25, 0.01, 0.12, 0.9, 6_000, 1.4, 0.5, -0.3),
        "mid tom": Skin(270, 0.25, 0.01, 0.14, 0.9, 6_000, 1.4, 0.52, 0.2),
        "cowbell": Stick(620, 1.47, 0.08, 0.04, 0.3, 0.15),
        "rim": Stick(1_900, 1.6, 0.02, 0.2, 0.34, -0.3),
        "hat": Grains(5_500, 0.03, 0.03, 0.16, 0.3),
    },
    "hands": _HANDS,
    "darbuka": {
        **_HANDS,
        "kick": Skin(94, 0.5, 0.02, 0.18, 0.4, 2_200, 1.3, 0.72),
        "snare": Skin(620, 0.3, 0.004, 0.035, 1.8, 8_000, 1.6, 0.5, -0.15),
        "hat": Skin(700, 0.2, 0.003, 0.02, 1.8, 8_000, 1.4, 0.26, 0.3),
        "tambourine": Bells((5_200.0, 6_900.0, 8_400.0), 0.05, 0.22, -0.3),
    },
    "tabla": {
        **_HANDS,
        "kick": Skin(82, -0.35, 0.09, 0.3, 0.4, 1_500, 1.2, 0.72, -0.2),
        "snare": Stick(420, 2.0, 0.11, 0.12, 0.5, 0.2),
        "hat": Skin(520, 0.2, 0.004, 0.03, 1.6, 6_500, 1.3, 0.34, 0.25),
        "rim": Stick(640, 1.5, 0.05, 0.2, 0.36, 0.2),
    },
    "palmas": {
        **_HANDS,
        "clap": Hands(1_200, 4_200, 2, 0.035, 0.5),
        "rim": Stick(1_250, 1.9, 0.012, 0.5, 0.34, 0.35),
        "kick": Skin(92, 0.7, 0.015, 0.07, 1.0, 2_500, 1.4, 0.6),
    },
    "sleigh": {
        **_ACOUSTIC,
        "kick": Skin(60, 1.2, 0.02, 0.12, 0.4, 2_000, 1.2, 0.55),
        "snare": Grains(2_200, 0.01, 0.05, 0.2, 0.1),
    },
}
