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
        {"ride": "X...x.x.X...x.x.", "hat": "....x.......x...", "kick": "o.......o.......",
            "rim": "..............o."},
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
    "disco": (
        {"kick": "X...X...X...X...", "snare": "....X.......X...", "hat": "x.o.x.o.x.o.x.o.",
            "open hat": "..x...x...x...x.", "tambourine": "oxoxoxoxoxoxoxox"},
        {"kick": "X...X...X...X..x", "snare": "....X..o....X..o", "open hat": "..x...x...x...x.",
            "high conga": "..x..x.x..x..x.x", "cowbell": "x...x...x...x..."},
    ),
    "edm": (
        {"kick": "X...X...X...X...", "clap": "....X.......X...", "hat": "..x...x...x...x.",
            "ride": "..x...x...x...x."},
        {"kick": "X...X...X...X...", "snare": "....X.......X...", "hat": "xoxoxoxoxoxoxoxo",
            "open hat": "..X...X...X...X."},
    ),
    "glitch": (
        {"kick": "X..x.....x..x...", "rim": "....x..x....x.x.", "hat": "x.xxo.x.xx.ox.xx", "clap": "....X.......X...",
            "shaker": "oxoxoxoxoxoxoxox"},
        {"kick": "X......x..x.....", "snare": "....X.......X..o", "hat": "xo.xxo.xo.xxo.xx",
            "clave": "...x..x....x...."},
    ),
    "boom": (
        {"kick": "X...............", "low tom": "..........o....."},
        {"kick": "................", "low tom": "X...........o..."},
    ),
    "pop": (
        {"kick": "X.....x.X.x.....", "snare": "....X.......X...", "clap": "....x.......x...",
            "hat": "x.x.x.x.x.x.x.x."},
        {"kick": "X..x..x.X.......", "snare": "....X.......X...", "hat": "xoxoxoxoxoxoxoxo",
            "shaker": "..x...x...x...x."},
    ),
    "half rock": (
        {"kick": "X.....x.......x.", "snare": "........X.......", "ride": "x...x...x...x...",
            "crash": "o..............."},
        {"kick": "X..x......x.....", "snare": "........X....o..", "hat": "x.x.x.x.x.x.x.x.",
            "low tom": "............x.x."},
    ),
    "punk": (
        {"kick": "X...x...X.x.x...", "snare": "..X...X...X...X.", "hat": "x.x.x.x.x.x.x.x."},
        {"kick": "X...X.x.X...X.x.", "snare": "..X...X...X...X.", "ride": "x.x.x.x.x.x.x.x."},
    ),
    "indie": (
        {"kick": "X...x...X...x...", "snare": "....X.......X...", "hat": "x.x.x.x.x.x.x.x.",
            "tambourine": "..x...x...x...x."},
        {"kick": "X..x..x.x.......", "snare": "....X..o.o..X...", "mid tom": "..........x.....",
            "hat": "x.xox.xox.xox.xo"},
    ),
    "surf": (
        {"kick": "X...X...X...X...", "snare": "....X.X.....X...", "ride": "x.x.x.x.x.x.x.x."},
        {"kick": "X.....x.X.......", "snare": "....X.X.....X.XX", "tambourine": "x.x.x.x.x.x.x.x.",
            "low tom": "..x...x...x...x."},
    ),
    "motown": (
        {"kick": "X.....x.X...x...", "snare": "X...X...X...X...", "tambourine": "..x...x...x...x.",
            "hat": "x.x.x.x.x.x.x.x."},
        {"kick": "X...x.x.X.....x.", "snare": "....X.......X..o", "tambourine": "oxoxoxoxoxoxoxox"},
    ),
    "dembow": (
        {"kick": "X...X...X...X...", "snare": "...X..X....X..X.", "hat": "..x...x...x...x."},
        {"kick": "X...X...X...X...", "rim": "...X..X....X..X.", "shaker": "xoxoxoxoxoxoxoxo"},
    ),
    "corporate": (
        {"kick": "X.......X.......", "clap": "....x.......x...", "shaker": "o.x.o.x.o.x.o.x.",
            "tambourine": "....o.......o..."},
        {"kick": "X...x...X...x...", "clap": "....x.......x..o", "hat": "..x...x...x...x.",
            "shaker": "oxoxoxoxoxoxoxox"},
    ),
    "kids": (
        {"kick": "X.......X.......", "clap": "....x.......x...", "shaker": "x.o.x.o.x.o.x.o.",
            "clave": "..........x.x..."},
        {"kick": "X...X...X...X...", "tambourine": "..x...x...x...x.", "cowbell": "............x.x."},
    ),
    "sleigh": (
        {"kick": "X.......x.......", "sleigh bells": "X.x.x.x.X.x.x.x.", "snare": "............o.oo"},
        {"kick": "X...x...X...x...", "sleigh bells": "XoxoxoxoXoxoxoxo", "snare": "....o.......o..."},
    ),
    "african": (
        {"kick": "X.....x.....x...", "snare": "...x..X....x..X.", "hat": "x.xxox.xx.xxox.x",
            "cowbell": "x.x.xx.x.x.xx.x.",
            "shaker": "xoxoxoxoxoxoxoxo"},
        {"kick": "X...x.....x.....", "snare": "..x..xX...x..xX.", "low conga": "x.....xx..x...xx",
            "clave": "x..x..x...x.x...",
            "shaker": "xoxoxoxoxoxoxoxo"},
    ),
    "frame": (
        {"kick": "X.....x...x.....", "snare": "....x.......x.o.", "hat": "..o..o....o..o.o",
            "shaker": "x.o.x.o.x.o.x.o."},
        {"kick": "X...x.....x.x...", "snare": "......x.......x.", "low conga": "..x.........x...",
            "shaker": "xoxoxoxoxoxoxoxo"},
    ),
    "asian": (
        {"kick": "X...............", "clave": "........o.......", "low tom": "..........o...x."},
        {"kick": "X.........x.....", "mid tom": "....o.....o..oxx", "clave": "......o.......o."},
    ),
    "war": (
        {"kick": "X.....x.X.......", "low tom": "X.xxX.x.X.xxX.xx", "snare": "....X.......X...",
            "mid tom": "..o...o...o...o."},
        {"kick": "X..X..X.....X.X.", "low tom": "x..x..x.x..x..x.", "high tom": "..........x.xxXX",
            "snare": "....x.......X..."},
    ),
    "heartbeat": (
        {"kick": "X..o............", "clave": "........o......."},
        {"kick": "X..o....X..o....", "hat": "o.o.o.o.o.o.o.o.", "low tom": "..............o."},
    ),
    "maqsum": (
        {"kick": "X.......X.......", "snare": "..X...X.....X...", "hat": "..o.o...o.oo..oo",
            "tambourine": "x...x...x...x..."},
        {"kick": "X.x.....X.......", "snare": "....x.X.....X.oo", "hat": ".oo..o..oo.o.o..",
            "shaker": "x.x.x.x.x.x.x.x."},
    ),
    "bodhran": (
        {"kick": "X.ooX.ooX.ooX.oo", "rim": "..x...x...x...x."},
        {"kick": "X.oxo.xoX.oxo.xo", "shaker": "x.x.x.x.x.x.x.x.", "clap": "....o.......o..."},
    ),
    "tabla": (
        {"kick": "X.....x.X.......", "snare": "..x.x...x.x...x.", "hat": "..oxooxo.oxoo.xo",
            "shaker": "o.......o......."},
        {"kick": "X...x.....x.x...", "snare": "x.xo..x.x.o.x.xo", "hat": ".oo.xo.o.oo.xoo."},
    ),
    "palmas": (
        {"clap": "..x.x...x.x.x...", "kick": "X.......X.....x.", "rim": "..x...x...x...xx"},
        {"clap": "x..x..x...x.x...", "kick": "X.....X.....X...", "snare": "..o...o...o...oo"},
    ),
    "none": ({},),
}  # fmt: skip

OTHER_METRES: dict[str, tuple[Groove, Groove]] = {  # for each, a soft and a loud one; one row is one bar
    "3/4": (
        {"kick": "X...........", "rim": "....x...x...", "hat": "x...x...x...", "shaker": "..o...o...o."},
        {"kick": "X.......o...", "snare": "....X...X..o", "hat": "x.o.x.o.x.o."},
    ),
    "6/8": (
        {"kick": "X...........", "rim": "......x.....", "hat": "x.o.o.x.o.o.", "shaker": "o.o.o.o.o.o."},
        {"kick": "X.......x...", "snare": "......X....o", "hat": "X.x.x.X.x.x.", "tambourine": "......x....."},
    ),
    "12/8": (
        {"kick": "X...........X.......o...", "rim": "......x...........x.....", "ride": "x.o.o.x.o.o.x.o.o.x.o.o."},
        {"kick": "X.........x.X...........", "snare": "......X...........X....o", "hat": "X.x.x.X.x.x.X.x.x.X.x.x."},
    ),
    "5/4": (
        {"kick": "X.........x.........", "rim": "....x.......x...x...", "ride": "x...x.x.x...x.x.x..."},
        {"kick": "X.....x.....X.......", "snare": "....X...........X...", "hat": "x.x.x.x.x.x.x.x.x.x."},
    ),
    "7/8": (
        {"kick": "X.......x.....", "rim": "....x.......x.", "shaker": "x.o.x.o.x.o.o."},
        {"kick": "X.....x.X.....", "snare": "....X.......X.", "hat": "x.x.x.x.x.x.x."},
    ),
}  # fmt: skip
ENTERS: dict[str, float] = {  # section energy from which a piece plays; others from 0.5
    "hat": 0.28, "rim": 0.3, "shaker": 0.28, "ride": 0.3, "kick": 0.4, "clave": 0.3, "low tom": 0.3,
    "snare": 0.45, "clap": 0.45, "open hat": 0.7, "tambourine": 0.7, "cowbell": 0.7, "crash": 0.7,
    "sleigh bells": 0.3, "low conga": 0.5, "high conga": 0.5,
}  # fmt: skip
FILLS: tuple[Groove, ...] = (  # they replace the last beat, or the last two when the section ends
    {"snare": "o.oxx.XX"},
    {"snare": "..o.x.xX", "kick": "X..x...."},
    {"high tom": "x.x.....", "mid tom": "....xx..", "low tom": "......XX"},
    {"high tom": "..xx....", "mid tom": "...xx...", "low tom": ".....xXX", "snare": "xx......"},
    {"snare": "xoxoxxXX"},
    {"kick": "X.x...x.", "snare": "...X.xX."},
    {"snare": "....X.X."},
    {"low tom": "..x.x.xx", "kick": "X...X..."},
    {"snare": "..xo..xX", "open hat": "....x..."},
)
