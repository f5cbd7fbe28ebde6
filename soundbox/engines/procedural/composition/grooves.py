"""Drum grooves: one row of sixteenths for each piece of the kit. X loud, x plain, o soft, . silence."""

from __future__ import annotations

Groove = dict[str, str]

GROOVES: dict[str, tuple[Groove, ...]] = {
    "four on the floor": (
        {"kick": "X...X...X...X...", "clap": "....X.......X...", "open hat": "..x...x...x...x.",
            "hat": "x.ox.oox.oox.oox", "shaker": "oxoxoxoxoxoxoxox"},
        {"kick": "X...X...X...X..o", "clap": "....X.......X..o", "open hat": "..x...x...x...x.",
            "hat": "xo.oxo.oxo.oxo.o", "rim": "...x..x....x....", "tambourine": "....x.......x..."},
    ),
    "techno": (
        {"kick": "X...X...X...X...", "hat": "..x...x...x...xo", "clap": "....x.......x...",
            "rim": "...x..x...x..x..", "shaker": "xoxoxoxoxoxoxoxo"},
        {"kick": "X...X...X...X...", "open hat": "..X...X...X...X.", "hat": "xxoxxxoxxxoxxxox",
            "low conga": "......x..x....x.", "rim": "x..x..x.x..x..x."},
    ),
    "synthwave": (
        {"kick": "X...x...X...x...", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.x.",
            "open hat": "..............x."},
        {"kick": "X.....x.X.......", "snare": "....X.......X...", "hat": "xoxoxoxoxoxoxoxo",
            "tambourine": "....x.......x..."},
    ),
    "trance": (
        {"kick": "X...X...X...X...", "clap": "....X.......X...", "open hat": "..X...X...X...X.",
            "hat": "xoxoxoxoxoxoxoxo"},
    ),
    "boom bap": (
        {"kick": "X......x..X.....", "snare": "....X.......X..o", "hat": "x.x.x.x.x.x.x.x."},
        {"kick": "X.x....x..x..x..", "snare": "....X..o.o..X...", "hat": "x.xox.x.x.xox.x.",
            "open hat": "..............x."},
        {"kick": "X..x......Xx....", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.xo"},
    ),
    "lazy": (
        {"kick": "X......x..x.....", "rim": "....x.......x...", "hat": "x.o.x.o.x.o.x.o."},
        {"kick": "X.....x...x.....", "snare": "....x.......x..o", "hat": "o.x.o.x.o.x.o.xo",
            "shaker": "o.o.o.o.o.o.o.o."},
    ),
    "trap": (
        {"kick": "X.....x...x.....", "snare": "........X.......", "clap": "........X.......",
            "hat": "x.x.x.xxx.x.xxxo", "open hat": "......x........."},
        {"kick": "X..x......x..x..", "snare": "........X.......", "clap": "........X.......",
            "hat": "xoxoxxx.xoxoxoxx", "rim": "...........x..x."},
    ),
    "breakbeat": (
        {"kick": "X.........x.....", "snare": "....X..o.o..X..o", "hat": "x.x.x.x.x.x.x.x.",
            "ride": "..x...x...x...x."},
        {"kick": "X.x.......xx....", "snare": "....X..o.o.oX.o.", "hat": "x.xox.xox.xox.xo"},
    ),
    "dubstep": (
        {"kick": "X.....x.........", "snare": "........X.......", "hat": "x..x..x.x..x..x.",
            "clap": "........x......."},
        {"kick": "X..x..........x.", "snare": "........X.......", "hat": "x.o.x.o.x.o.x.xx"},
    ),
    "rock": (
        {"kick": "X.....x.X.......", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.x."},
        {"kick": "X.x.....X.x...x.", "snare": "....X.......X...", "ride": "x...x...x...x...",
            "hat": "..o...o...o...o."},
        {"kick": "X..x....x.x.....", "snare": "....X.......X..o", "hat": "X.x.X.x.X.x.X.x."},
    ),
    "metal": (
        {"kick": "X.xxX.xxX.xxX.xx", "snare": "....X.......X...", "ride": "x...x...x...x...",
            "crash": "o..............."},
        {"kick": "XxxxXxxxXxxxXxxx", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.x."},
    ),
    "chip": (
        {"kick": "X...x...X.x.x...", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.x."},
        {"kick": "X..x..x.X..x....", "snare": "....X.......X.xx", "hat": "xoxoxoxoxoxoxoxo"},
    ),
    "jazz": (
        {"ride": "X...x.x.X...x.x.", "hat": "....x.......x...", "kick": "o.......o.......", "rim": "..............o."},
        {"ride": "X...x.x.X...x.x.", "hat": "....x.......x...", "snare": "......o.......o.",
            "kick": "o.........o....."},
    ),
    "brushes": (
        {"snare": "x.o.X.o.x.o.X.o.", "hat": "....x.......x...", "kick": "x.......o......."},
    ),
    "funk": (
        {"kick": "X.x...x...x..x..", "snare": "....X..o.o..X..o", "hat": "xoxoxoxoxoxoxoxo",
            "tambourine": "....x.......x..."},
        {"kick": "X..x..x..xx.....", "snare": "...oX..o.o.oX.o.", "hat": "x.xxx.x.xxx.x.xx",
            "open hat": "..............x."},
    ),
    "soul": (
        {"kick": "X.....x.X.......", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.x.",
            "tambourine": "..x...x...x...x."},
        {"kick": "X..x....x.......", "rim": "....x.......x...", "hat": "xoxoxoxoxoxoxoxo"},
    ),
    "bossa": (
        {"kick": "X..xX..xX..xX..x", "rim": "x..x..x...x..x..", "hat": "xoxoxoxoxoxoxoxo"},
        {"kick": "X..xX..xX..xX..x", "rim": "..x..x....x..x..", "shaker": "xoxoxoxoxoxoxoxo"},
    ),
    "one drop": (
        {"kick": "........X.......", "rim": "........X.......", "hat": "x.xox.x.x.xox.x.",
            "open hat": "..............o."},
        {"kick": "........X.....o.", "snare": "........X..o..o.", "hat": "..x...x...x...x.",
            "shaker": "xoxoxoxoxoxoxoxo"},
    ),
    "folk": (
        {"kick": "X.......x.......", "tambourine": "....x.......x...", "shaker": "x.o.x.o.x.o.x.o."},
        {"kick": "X...x...X...x...", "clap": "....o.......o...", "shaker": "xoxoxoxoxoxoxoxo"},
    ),
    "train": (
        {"kick": "X...x...X...x...", "snare": "oooXoooXoooXoooX", "hat": "..x...x...x...x."},
    ),
    "latin": (
        {"kick": "X...X...X...X...", "low conga": "......xx......xx", "high conga": "x..xx...x..xx...",
            "clave": "x..x..x...x.x...", "cowbell": "x...x...x...x...", "shaker": "xoxoxoxoxoxoxoxo"},
    ),
    "shuffle": (
        {"kick": "X.......X.x.....", "snare": "....X.......X...", "ride": "X...x.x.X...x.x."},
        {"kick": "X.....x.X.......", "snare": "....X.......X...", "hat": "X...x.x.X...x.x."},
    ),
    "orchestral": (
        {"kick": "X.......x.......", "low tom": "x..x..x.x..x..x.", "mid tom": "......o.......o."},
        {"kick": "X.....x.X.....x.", "low tom": "x.ox.ox.x.ox.oxx", "snare": "....o.......o.oo"},
    ),
    "waltz": (
        {"kick": "X...........", "rim": "....x...x...", "hat": "x...x...x..."},
        {"kick": "X...........", "snare": "....o...o...", "hat": "x...x.o.x..."},
    ),
    "none": ({},),
}  # fmt: skip

ENTERS: dict[str, float] = {  # section energy from which a piece plays; others from 0.5
    "hat": 0.28, "rim": 0.3, "shaker": 0.28, "ride": 0.3, "kick": 0.4, "clave": 0.3, "low tom": 0.3,
    "snare": 0.45, "clap": 0.45, "open hat": 0.7, "tambourine": 0.7, "cowbell": 0.7, "crash": 0.7,
}  # fmt: skip
FILLS: tuple[Groove, ...] = (  # they replace the last beat, or the last two when the section ends
    {"snare": "o.oxx.XX"},
    {"snare": "..o.x.xX", "kick": "X..x...."},
    {"high tom": "x.x.....", "mid tom": "....xx..", "low tom": "......XX"},
    {"high tom": "..xx....", "mid tom": "...xx...", "low tom": ".....xXX", "snare": "xx......"},
    {"snare": "xoxoxxXX"},
    {"kick": "X.x...x.", "snare": "...X.xX."},
)
