"""How songs and rounds of bands go: quiet and loud, stops, call and response. Written as in `shapes.py`."""

from __future__ import annotations

BANDS: dict[str, dict[int, str]] = {
    "quiet loud": {  # grunge: two dynamics and no stairs between them
        40: "intro 4 .35 low, verse 8 .42 low stop, chorus 8 1, verse 8 .42 low stop, chorus 8 1, break 4 .35 far, "
            "chorus 12 1",
        12: "verse 4 .4 low stop, chorus 4 1, verse 2 .4 far stop, chorus 4 1",
        6: "verse 2 .4 low stop, chorus 4 1",
        0: "chorus 1 .95",
    },
    "riff": {  # rock: the riff alone, verses with air, choruses without
        40: "intro 4 .6 stop, verse 8 .65, chorus 8 .95, verse 8 .68 stop, chorus 8 1, solo 8 .9, "
            "break 4 .35 low stop, chorus 12 1, outro 2 .6",
        14: "intro 2 .45 stop, verse 4 .62, chorus 4 1, verse 2 .55 stop, chorus 4 1",
        12: "intro 2 .4, verse 4 .68, chorus 6 .95",
        6: "intro 1 .45 stop, verse 2 .6, chorus 4 1",
        0: "chorus 1 .95",
    },
    "sprint": {  # punk: all at once, stop, again
        40: "chorus 4 .9 stop, verse 8 .7, chorus 8 1 stop, verse 8 .7, chorus 8 1, break 4 .5 stop, chorus 12 1",
        12: "intro 2 .6 stop, chorus 4 .9 stop, verse 4 .7, chorus 4 1 stop, break 2 .45 low, chorus 6 1",
        6: "intro 1 .6 stop, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "onslaught": {  # metal: riffs against a half-time breakdown
        40: "intro 4 .45 rises, verse 8 .75, chorus 8 1 stop, verse 8 .75, break 4 .42 stop, solo 8 .9, chorus 12 1",
        12: "intro 4 .42 rises stop, verse 4 .78, chorus 4 1 stop, break 2 .42 low stop, chorus 5 1",
        6: "intro 1 .42 rises stop, chorus 4 1",
        0: "chorus 1 .95",
    },
    "blossom": {  # indie: bar by bar fuller, then all of it
        40: "intro 4 .35 rises, verse 8 .48 low, chorus 8 .8, verse 8 .55 low, break 4 .35 rises, chorus 12 1, "
            "outro 4 .4 falls",
        12: "intro 4 .36 rises, verse 4 .55 low, chorus 4 .95, break 2 .32 far, outro 1 .4 falls",
        6: "intro 2 .36 rises, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "lead sheet": {  # jazz: head, a chorus for the soloist, breaks
        40: "verse 8 .7 stop, chorus 8 .85, solo 8 .55 low, solo 8 .8, break 4 .42 low stop, verse 8 .75, chorus 8 .9",
        12: "verse 4 .75 stop, solo 4 .45 low, solo 4 .9 stop, chorus 3 .85",
        6: "verse 3 .75 stop, chorus 4 .9",
        0: "chorus 1 .9",
    },
    "terrace": {  # cafe: couplet and refrain, a breath between them
        40: "intro 4 .42 low stop, verse 8 .6 stop, chorus 8 .85 stop, verse 8 .6 low stop, solo 8 .75, chorus 8 .95",
        12: "intro 2 .42 stop, verse 4 .6 stop, chorus 4 .95 stop, verse 2 .5 far stop, chorus 4 .95",
        6: "intro 1 .42 stop, verse 2 .6 stop, chorus 4 .95",
        0: "chorus 1 .9",
    },
    "beach": {  # bossa nova: the guitar alone, and again before the last round
        40: "intro 4 .35 low, verse 8 .6, chorus 8 .85, break 4 .35 low stop, verse 8 .65, chorus 8 .9, "
            "outro 4 .35 falls",
        12: "intro 4 .35 low, verse 4 .62 stop, chorus 4 .9, break 2 .35 low",
        6: "intro 1 .35 low, verse 2 .6 stop, chorus 4 .9",
        0: "chorus 1 .9",
    },
    "go go": {  # the sixties: short verses, stops, a shout
        40: "intro 4 .5 stop, verse 8 .6, chorus 8 .95 stop, verse 8 .62, solo 8 .8 stop, chorus 8 1, "
            "outro 2 .5 closes",
        12: "intro 2 .45, verse 4 .62 stop, chorus 2 1 stop, verse 4 .55 low stop, chorus 4 1",
        6: "intro 1 .45 stop, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "twelve": {  # blues: rounds of call and response; one of them under the breath
        40: "verse 12 .62, verse 12 .5 low, solo 12 .9, chorus 12 .97",
        12: "verse 4 .66 stop, solo 4 .42 low, chorus 4 1",
        6: "verse 3 .62 stop, chorus 3 .95",
        0: "chorus 1 .9",
    },
    "single": {  # pop: verse, a climb, a chorus that arrives
        40: "intro 4 .4, verse 8 .55 low, build 4 .55 rises stop, chorus 8 .95, verse 8 .6, build 4 .55 rises stop, "
            "chorus 8 1, break 4 .35 far, chorus 12 1",
        12: "verse 4 .58, build 2 .5 rises stop, chorus 4 .95, break 2 .35 far stop, chorus 2 1",
        6: "verse 2 .58 stop, chorus 4 1",
        0: "chorus 1 .95",
    },
    "revival": {  # soul: a quiet confession, then everybody
        40: "intro 4 .4 low, verse 8 .5 low, chorus 8 .9 stop, verse 8 .55 low, break 4 .4 rises stop, chorus 12 1",
        9: "verse 4 .5 low stop, chorus 3 .9, break 1 .4 far, chorus 2 1",
        6: "verse 2 .65, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "trail": {  # country
        40: "intro 4 .4 stop, verse 8 .62, chorus 8 .9, solo 8 .8 stop, verse 8 .55 low, chorus 12 1",
        12: "intro 2 .38 low, chorus 4 .9 stop, verse 4 .6, break 1 .4 stop, chorus 3 1",
        6: "intro 1 .38 low, verse 2 .6 stop, chorus 4 1",
        0: "chorus 1 .95",
    },
    "campfire": {  # acoustic: one guitar, then friends
        40: "intro 4 .4 low, verse 8 .45 low, chorus 8 .8, verse 8 .55 stop, chorus 12 .95, outro 4 .4 falls",
        6: "intro 2 .4 low, verse 3 .48 rises stop, chorus 4 .95, outro 2 .4 falls",
        0: "chorus 1 .9",
    },
    "tavern": {  # folk: a tune alone, a roar, the tune again
        40: "verse 8 .45 low, chorus 8 .9 stop, verse 8 .5 low, solo 8 .75, break 4 .42 stop, chorus 12 1",
        12: "verse 4 .45 low, chorus 3 .95 stop, verse 2 .45 low, chorus 4 1",
        6: "verse 2 .45 low, chorus 3 .95 stop, verse 1 .42 far, chorus 3 1",
        0: "chorus 1 .9",
    },
}  # fmt: skip
