"""How pieces go that are listened to: scores, what floats, and music of many places. Written as in `shapes.py`."""

from __future__ import annotations

LISTENING: dict[str, dict[int, str]] = {
    "tides": {  # ambient: long swells that come in and go out
        40: "intro 8 .3 swells, verse 8 .5 blooms swells, chorus 12 .75 swells, break 8 .4 swells blooms, "
            "chorus 12 .8 swells, outro 4 .3 falls",
        12: "intro 3 .3 swells, chorus 4 .75 swells blooms, break 2 .35 swells, chorus 4 .8 swells",
        6: "intro 2 .35 swells, chorus 3 .75 swells blooms, chorus 3 .8 swells",
        0: "chorus 1 .75",
    },
    "voyage": {  # space: one slow opening, a far middle
        40: "intro 8 .36 dull, verse 12 .5 opens, chorus 12 .8, break 8 .32 far blooms, chorus 12 .85 swells, "
            "outro 4 .36 closes",
        6: "intro 2 .36 rises dull, verse 3 .5 opens, chorus 4 .85, break 2 .36 closes falls",
        0: "chorus 1 .75",
    },
    "breaths": {  # meditation: a stroke of the bowl, and what grows out of it
        40: "intro 4 .3 swells, verse 8 .55 swells, break 4 .3 falls, chorus 8 .75 swells, break 4 .3 swells, "
            "chorus 8 .7 swells, outro 4 .3 falls",
        5: "intro 2 .4 falls, verse 2 .55 swells, break 1 .4 falls, chorus 2 .75 swells",
        0: "chorus 1 .75",
    },
    "dawn": {  # nature: first the birds, then one after another
        40: "intro 4 .3 far, verse 8 .42, chorus 8 .72 swells, break 8 .3 far, verse 8 .5, chorus 8 .8 swells, "
            "outro 4 .3 falls",
        5: "intro 1 .3 far, verse 2 .55 swells, break 2 .3 far, chorus 3 .78 swells, break 1 .3 far",
        0: "chorus 1 .75",
    },
    "phrases": {  # classical: each phrase with its own dynamics, and a breath after it
        40: "verse 8 .62, verse 8 .5 low stop, chorus 8 .85 rises, break 8 .45 low, solo 8 .6 swells stop, "
            "verse 8 .65, chorus 8 .95",
        12: "verse 2 .75, verse 2 .42 low stop, chorus 2 .9 rises stop, break 2 .4 far, chorus 4 .95",
        6: "verse 2 .65, verse 2 .45 low stop, chorus 3 .9",
        0: "chorus 1 .9",
    },
    "arches": {  # strings: long hairpins
        40: "intro 4 .4 rises, verse 8 .6 swells, chorus 8 .85 swells, break 8 .45 swells, chorus 12 1 swells, "
            "outro 4 .4 falls",
        6: "verse 3 .55 swells, break 1 .35 low stop, chorus 3 .95 swells, verse 2 .6 falls",
        0: "chorus 1 .9",
    },
    "screen": {  # orchestral: a far beginning, a climb, a hush before the theme
        40: "intro 4 .3 far, verse 8 .5 swells, build 4 .5 rises, chorus 8 .95, break 8 .35 far, build 4 .5 rises, "
            "chorus 12 1, outro 4 .4 falls",
        12: "chorus 2 .9 stop, verse 4 .45 far, build 2 .55 rises stop, chorus 4 1, outro 1 .4 falls",
        6: "intro 1 .35 low, verse 2 .55 swells, build 1 .6 rises, chorus 4 1, outro 1 .4 falls",
        0: "chorus 1 .9",
    },
    "trailer": {  # epic: three acts, each louder, parted by silence
        40: "intro 8 .3 low stop, verse 8 .55 rises stop, build 4 .5 rises stop, chorus 8 .9, break 4 .3 far stop, "
            "chorus 12 1",
        12: "intro 2 .35 low stop, verse 4 .6 stop, build 2 .5 rises stop, chorus 4 1",
        6: "intro 2 .35 low stop, verse 3 .6 stop, build 1 .5 rises stop, chorus 4 1",
        0: "chorus 1 .95",
    },
    "hymn": {  # corporate, holiday: a patient climb with a breath before the top
        40: "intro 4 .3 far, verse 8 .48 rises, chorus 8 .8 stop, break 4 .35 far, build 4 .5 rises stop, "
            "chorus 12 1, outro 4 .4 falls",
        12: "intro 2 .4, chorus 4 .85 stop, verse 2 .45 low, build 2 .5 rises stop, chorus 4 1",
        6: "intro 1 .4, verse 2 .6 stop, chorus 4 1",
        0: "chorus 1 .95",
    },
    "carols": {  # holiday: couplets hushed, refrains with all bells
        40: "intro 4 .35 far, verse 8 .5 low, chorus 8 .9 stop, verse 8 .5 low stop, chorus 12 1",
        12: "chorus 4 .85 stop, verse 4 .5 low, chorus 4 1, break 1 .4 low",
        6: "verse 2 .5 low stop, chorus 4 1",
        0: "chorus 1 .95",
    },
    "cradle": {  # lullaby: rocked to and fro, and asleep
        40: "intro 4 .4 swells, verse 8 .55 swells, chorus 8 .75 swells, verse 8 .55 swells, chorus 8 .7 swells, "
            "outro 4 .3 falls",
        5: "verse 2 .45 swells, chorus 2 .75 swells, verse 2 .5 swells, chorus 2 .7 falls",
        0: "chorus 1 .8",
    },
    "dread": {  # suspense: closer, closer, nothing
        40: "intro 8 .3 far rises, verse 8 .5 rises stop, break 4 .3 far, build 4 .5 rises stop, chorus 8 1 stop, "
            "break 4 .3 far, build 4 .5 rises stop, chorus 8 1",
        6: "intro 2 .35 far, verse 3 .6 rises stop, break 1 .3 far, build 2 .6 rises stop, chorus 2 1",
        0: "chorus 1 .95",
    },
    "abyss": {  # dark ambient: a mass that comes near and sinks
        40: "intro 8 .35 opens rises, verse 8 .6 closes, break 4 .3 far, chorus 12 .8 swells blooms, "
            "break 4 .3 far, chorus 8 .7 falls closes",
        5: "verse 3 .5 rises opens, break 1 .3 far, chorus 3 .8 falls closes",
        0: "chorus 1 .75",
    },
    "caravan": {  # world: a flute far away, the whole train, and gone again
        40: "intro 4 .3 far, verse 8 .5 rises, chorus 8 .9 stop, break 4 .35 far, verse 8 .6, chorus 12 1, "
            "outro 4 .3 falls",
        12: "intro 2 .3 far, verse 4 .55 rises, chorus 4 .95, outro 2 .4 falls closes",
        6: "intro 1 .3 far, verse 2 .55 rises, chorus 4 .95, outro 1 .4 falls",
        0: "chorus 1 .9",
    },
    "circle": {  # african: drums, then voices, then both
        40: "intro 4 .5, verse 8 .65, chorus 8 .95, break 4 .4 low stop, chorus 8 .95, break 4 .55, chorus 8 1",
        12: "intro 2 .44 stop, chorus 4 .95, break 2 .44 far, verse 4 .7 stop, chorus 2 1",
        6: "intro 1 .44 stop, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "taqsim": {  # middle eastern, indian: first without a beat, then the drum, then faster hands
        40: "intro 8 .27 low, verse 8 .55 stop, chorus 8 .85, break 4 .27 far, verse 8 .65 stop, chorus 12 1",
        12: "intro 4 .27 low, verse 4 .55 stop, break 1 .27, chorus 3 1",
        6: "intro 2 .27 low, verse 2 .55 stop, chorus 3 1",
        0: "chorus 1 .95",
    },
    "raga": {
        40: "intro 12 .26 low, verse 12 .58 rises, chorus 12 .9 stop, chorus 12 1 rises",
        12: "intro 6 .26 swells, verse 3 .6, chorus 4 1 rises",
        6: "intro 3 .26 swells, verse 2 .6, chorus 3 1 rises",
        0: "chorus 1 .95",
    },
    "duende": {  # flamenco: it grows, is cut off, and begins again from nothing
        40: "intro 4 .35 low stop, verse 8 .6 rises stop, chorus 8 .9 stop, solo 8 .5 rises stop, break 4 .35 far, "
            "chorus 12 1 rises",
        12: "verse 3 .6 rises stop, chorus 3 .9 rises stop, break 2 .35 far, chorus 4 1 rises stop, chorus 2 1",
        6: "verse 2 .6 rises stop, chorus 4 1 rises",
        0: "chorus 1 .95",
    },
    "hide and seek": {  # kids: tune, stop, tune, stop, all
        40: "verse 8 .45 stop, chorus 8 .8 stop, break 4 .4 low stop, verse 8 .6 stop, chorus 12 1",
        12: "verse 2 .45 stop, verse 2 .6 stop, chorus 4 .9 stop, break 2 .42 far, chorus 4 1",
        6: "verse 2 .45 stop, chorus 4 1",
        0: "chorus 1 .95",
    },
    "garden": {  # asian: strokes with air about them
        40: "intro 4 .3 low, verse 8 .5 swells, chorus 8 .75 swells, break 4 .35 low stop, verse 8 .55 stop, "
            "chorus 8 .9, outro 4 .3 falls",
        6: "intro 1 .3 low stop, verse 3 .5 swells stop, chorus 3 .85 stop, break 1 .35 far, chorus 2 .9 falls",
        0: "chorus 1 .9",
    },
    "set": {  # celtic: tunes of a set, each with more players
        40: "intro 8 .5 low, verse 8 .55, chorus 8 .75 stop, solo 8 .7, chorus 12 1",
        12: "intro 4 .5 low, verse 4 .62 stop, chorus 6 1",
        6: "intro 2 .5, verse 2 .65, chorus 4 1",
        0: "chorus 1 .9",
    },
}  # fmt: skip
