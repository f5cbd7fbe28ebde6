"""How pieces go that are made to move to: drops, breaks, filters. Written as in `shapes.py`."""

from __future__ import annotations

DANCING: dict[str, dict[int, str]] = {
    "club": {  # techno: a low end that rolls on while the filter opens slowly
        40: "intro 8 .42 dull, verse 8 .6 opens, drop 8 .85, break 4 .3 opens, build 4 .5 rises stop, drop 12 1, "
            "verse 8 .7 closes, drop 8 .9, outro 4 .42 dull",
        12: "intro 4 .45 dull, verse 4 .6 opens, break 2 .3 opens stop, drop 4 .9, verse 2 .6 closes",
        6: "intro 2 .45 dull, verse 2 .6 opens, drop 4 .95",
        0: "drop 1 .95",
    },
    "filter": {  # house: the whole band behind a filter, opened for the floor
        40: "intro 4 .45 dull, verse 8 .7, break 4 .35 blooms, build 4 .5 opens stop, drop 12 .95, "
            "verse 8 .7 closes, build 4 .5 opens stop, drop 12 1, outro 4 .5 closes",
        12: "drop 4 .8, break 2 .35 closes, build 4 .5 opens stop, drop 6 1",
        6: "break 2 .4 opens stop, drop 4 .95",
        0: "drop 1 .95",
    },
    "anthem": {  # trance: one long break that blooms, and what it was built for
        40: "intro 8 .5 dull, verse 8 .7 opens, break 12 .35 blooms, build 4 .5 opens rises stop, drop 16 1, "
            "outro 4 .5",
        12: "verse 2 .7, break 6 .32 swells blooms, build 2 .45 opens rises stop, drop 6 1",
        6: "break 2 .32 blooms, build 1 .5 opens rises stop, drop 4 .95",
        0: "drop 1 .95",
    },
    "festival": {  # two drops, each after a hush
        40: "intro 4 .4, verse 8 .5 low, build 4 .5 rises stop, drop 8 1, break 8 .35 low, build 4 .5 rises stop, "
            "drop 8 1, outro 4 .4",
        12: "break 2 .4 low, build 2 .45 rises stop, drop 4 1, break 2 .35 far, build 2 .5 rises stop, drop 4 1",
        6: "build 2 .5 rises stop, drop 4 .95",
        0: "drop 1 .95",
    },
    "half time": {  # dubstep: hardly anything, a stop, and the floor gives way
        40: "intro 8 .3 low, build 4 .42 opens rises stop, drop 12 1, break 8 .3 far, build 4 .42 opens rises stop, "
            "drop 12 1, outro 4 .3 falls",
        12: "intro 4 .3 low, build 2 .42 opens rises stop, drop 6 1 stop, break 2 .3 far, drop 2 1",
        6: "intro 1 .3 far, build 1 .42 rises stop, drop 4 .95",
        0: "drop 1 .95",
    },
    "roller": {  # drum and bass: space, then breaks without a gap
        40: "intro 8 .25 low, verse 8 .36 opens, build 4 .4 rises stop, drop 16 1, break 8 .25 far, drop 16 1, "
            "outro 4 .3",
        18: "intro 2 .25 far, verse 2 .36 opens stop, drop 8 1, break 2 .22 blooms, drop 4 .95",
        12: "build 2 .4 stop, drop 6 1, break 2 .25 far, drop 4 .95",
        6: "break 2 .25 opens stop, drop 4 .95",
        0: "drop 1 .95",
    },
    "beat": {  # hip hop, trap: the loop alone behind a filter, then the beat; it is taken away once more
        40: "intro 4 .3 dull, verse 8 .75 stop, chorus 8 .95, break 4 .32 closes, verse 8 .8 stop, chorus 12 1, "
            "outro 4 .3 dull",
        12: "intro 2 .3 dull, verse 6 .8 stop, break 2 .25 closes, chorus 6 1",
        10: "intro 1 .3 dull, verse 4 .8 stop, break 1 .25 closes, chorus 4 1",
        6: "verse 3 .8, chorus 4 1",
        0: "chorus 1 .95",
    },
    "mosaic": {  # electronica: scenes that are cut, not led
        40: "intro 4 .3 blooms, verse 8 .6, break 4 .4 far, chorus 8 .9, break 4 .35 closes, verse 8 .7, "
            "chorus 8 1, outro 4 .3 falls",
        12: "intro 2 .3 blooms, verse 3 .6 stop, break 1 .4 far, chorus 4 .95 stop, break 2 .4 closes, verse 2 .75",
        6: "intro 1 .3 blooms, verse 2 .65 stop, break 1 .4 far, chorus 3 .95",
        0: "chorus 1 .95",
    },
    "floor": {  # disco: drums and bass between the tunes
        40: "intro 4 .45, verse 8 .7, chorus 8 1, break 8 .42 stop, verse 8 .75, chorus 12 1, outro 4 .45",
        12: "verse 4 .65, chorus 4 1, break 2 .42 low stop, chorus 4 1",
        6: "intro 1 .45, chorus 4 1",
        0: "chorus 1 .95",
    },
    "fiesta": {  # latin: the piano calls, the band answers, the drums talk among themselves
        40: "intro 4 .42 low, verse 8 .65, chorus 8 .9 stop, break 8 .55, verse 8 .7 stop, chorus 12 1",
        12: "intro 2 .42 stop, verse 4 .7, chorus 4 .95 stop, break 2 .5 low, chorus 2 1",
        6: "intro 1 .42 stop, verse 2 .7, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "vamp": {  # funk: a vamp that is taken apart and put together
        40: "intro 4 .42, verse 8 .65 stop, chorus 8 .95, break 4 .4, verse 8 .68, break 4 .4 stop, chorus 12 1",
        12: "intro 2 .42 stop, verse 4 .65, chorus 4 .95 stop, break 2 .4, chorus 2 1",
        6: "intro 1 .42, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "levels": {  # chiptune: the arpeggio alone, the stage, a bonus room, the boss
        40: "intro 4 .4 stop, verse 8 .7, chorus 8 .9 stop, break 4 .3 blooms, verse 8 .7 stop, chorus 12 1",
        12: "intro 2 .4 stop, verse 4 .7, chorus 4 .9 stop, break 2 .3 blooms, chorus 4 1",
        6: "intro 1 .4 stop, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "drive": {  # synthwave: pads and a pulse behind glass, then the road
        40: "intro 4 .42 dull, verse 8 .62 opens, chorus 8 .9, break 8 .38 blooms, verse 8 .7 stop, chorus 12 1, "
            "outro 4 .4 closes",
        12: "intro 2 .42 dull, verse 4 .6 opens, chorus 4 .95, break 2 .38 blooms stop, chorus 2 1",
        6: "intro 1 .42 dull, verse 2 .6 opens, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "tape": {  # lo-fi: a beat that is lifted off and put back like a needle
        40: "intro 4 .32 dull, verse 8 .62, chorus 8 .85 stop, break 4 .32 dull, verse 8 .65 stop, chorus 12 .9, "
            "outro 4 .3 closes",
        9: "intro 2 .27 dull, verse 3 .65 stop, break 1 .27 closes, chorus 4 .95",
        6: "verse 3 .68 stop, chorus 4 .95",
        0: "chorus 1 .9",
    },
    "dub": {  # reggae: the desk plays along, and takes away what it likes
        40: "intro 2 .6 stop, verse 8 .75, break 4 .45 closes, chorus 8 .95 stop, break 4 .45 opens, "
            "verse 8 .75 stop, chorus 12 1",
        6: "intro 1 .6 stop, verse 3 .75, break 2 .46 closes, chorus 3 .95",
        0: "chorus 1 .95",
    },
}  # fmt: skip
