"""How pieces go: for each shape, by the least number of bars, its sections as "name share energy marks".

Theme A is sung in verses, B in choruses and drops, C where something else happens. A build climbs all the way. Marks
are moves of the console (`mixing/moves.py`), and "stop": everybody rests in the last half bar.
"""

from __future__ import annotations

SHAPES: dict[str, dict[int, str]] = {
    "song": {
        40: "intro 4 .35, verse 8 .62, chorus 8 .9, verse 8 .7, chorus 8 .95, break 4 .3, chorus 12 1, outro 4 .45",
        22: "intro 4 .38, verse 6 .65, chorus 8 .95, break 2 .3, chorus 8 1, outro 2 .45",
        12: "intro 2 .4, verse 4 .68, chorus 6 .95, outro 1 .5",
        6: "intro 1 .45, verse 2 .7, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "dance": {
        40: "intro 4 .45, verse 8 .65, break 4 .32, build 4 .5, drop 8 .95, verse 8 .7, break 4 .35, build 4 .55, "
            "drop 12 1, outro 4 .5",
        22: "intro 4 .5, verse 4 .68, break 2 .32, build 2 .55, drop 8 1, outro 2 .5",
        12: "intro 2 .55, build 2 .6, drop 6 .95, outro 1 .55",
        6: "build 2 .5, drop 4 .95",
        0: "drop 1 .95",
    },
    "drop": {
        40: "intro 4 .3, verse 4 .55, build 4 .5, drop 8 1, break 4 .3, verse 8 .6, build 4 .55, drop 12 1, outro 4 .4",
        22: "intro 4 .35, build 4 .5, drop 8 1, break 2 .3, build 2 .55, drop 8 1, outro 2 .4",
        12: "intro 2 .4, build 2 .5, drop 6 1, outro 1 .45",
        6: "build 2 .5, drop 4 .95",
        0: "drop 1 .95",
    },
    "build": {
        40: "intro 4 .3, verse 8 .48, verse 8 .62, chorus 8 .82, break 4 .35, build 4 .6, chorus 12 1, outro 2 .7",
        22: "intro 4 .35, verse 6 .55, chorus 6 .8, break 2 .35, chorus 8 1",
        12: "intro 2 .4, verse 4 .62, chorus 6 1",
        6: "verse 2 .5, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "drift": {
        40: "intro 4 .35, verse 8 .5, chorus 8 .72, break 4 .42, verse 8 .58, chorus 12 .8, outro 4 .36",
        22: "intro 4 .38, verse 6 .55, chorus 8 .78, break 4 .45, chorus 6 .72, outro 2 .4",
        12: "intro 2 .42, verse 4 .58, chorus 4 .78, outro 2 .45",
        6: "verse 2 .55, chorus 4 .76",
        0: "chorus 1 .75",
    },
    "rounds": {
        40: "intro 4 .45, verse 8 .62, verse 8 .7, chorus 8 .85, verse 8 .74, solo 8 .88, chorus 8 .95, verse 8 .75",
        22: "intro 4 .45, verse 8 .65, chorus 8 .88, verse 4 .72, outro 2 .55",
        12: "verse 4 .6, chorus 4 .85, verse 4 .75",
        6: "verse 4 .65, chorus 4 .9",
        0: "chorus 1 .9",
    },
    "blues": {
        40: "verse 12 .58, verse 12 .7, solo 12 .85, chorus 12 .97",
        22: "verse 12 .62, chorus 12 .92",
        12: "chorus 12 .85",
        6: "chorus 6 .9",
        0: "chorus 1 .9",
    },
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
        12: "intro 2 .25 far, verse 2 .36 opens stop, drop 8 1, break 2 .22 blooms, drop 4 .95",
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
    "tides": {  # ambient: long swells that come in and go out
        40: "intro 8 .3 swells, verse 8 .5 blooms swells, chorus 12 .75 swells, break 8 .4 swells blooms, "
            "chorus 12 .8 swells, outro 4 .3 falls",
        12: "intro 3 .3 swells, chorus 4 .75 swells blooms, break 2 .35 swells, chorus 4 .8 swells",
        6: "intro 2 .35 swells, chorus 3 .75 swells blooms, chorus 3 .8 swells",
        0: "chorus 1 .75 swells blooms",
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
        12: "intro 2 .45 stop, verse 4 .62, chorus 4 1, verse 2 .55 stop, chorus 4 1",
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
    "hymn": {  # corporate, holiday: a patient climb with a breath before the top
        40: "intro 4 .3 far, verse 8 .48 rises, chorus 8 .8 stop, break 4 .35 far, build 4 .5 rises stop, "
            "chorus 12 1, outro 4 .4 falls",
        12: "intro 2 .4, chorus 4 .85 stop, verse 2 .45 low, build 2 .5 rises stop, chorus 4 1",
        6: "intro 1 .4, verse 2 .6 stop, chorus 4 1",
        0: "chorus 1 .95",
    },
    "levels": {  # chiptune: the arpeggio alone, the stage, a bonus room, the boss
        40: "intro 4 .4 stop, verse 8 .7, chorus 8 .9 stop, break 4 .3 blooms, verse 8 .7 stop, chorus 12 1",
        12: "intro 2 .4 stop, verse 4 .7, chorus 4 .9 stop, break 2 .3 blooms, chorus 4 1",
        6: "intro 1 .4 stop, chorus 4 .95",
        0: "chorus 1 .95",
    },
    "single": {  # pop: verse, a climb, a chorus that arrives
        40: "intro 4 .4, verse 8 .55 low, build 4 .55 rises stop, chorus 8 .95, verse 8 .6, build 4 .55 rises stop, "
            "chorus 8 1, break 4 .35 far, chorus 12 1",
        12: "verse 4 .58, build 2 .5 rises stop, chorus 4 .95, break 2 .35 far stop, chorus 2 1",
        6: "verse 2 .58 stop, chorus 4 1",
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
AFTER: dict[int, str] = {  # what follows a piece that is extended
    22: "break 4 .38, verse 6 .65, chorus 8 .95, break 2 .35, chorus 8 1, outro 2 .5",
    10: "verse 4 .62, chorus 6 .95, outro 2 .5",
    4: "verse 2 .65, chorus 4 .95",
    0: "chorus 1 .95",
}
THEMES = {"verse": "A", "intro": "A", "outro": "A", "chorus": "B", "drop": "B", "break": "C", "solo": "C", "build": "A"}
