"""How pieces go: for each shape, by the least number of bars, its sections as "name share energy marks".

Theme A is sung in verses, B in choruses and drops, C where something else happens. A build climbs all the way. Marks
are moves of the console (`mixing/moves.py`), and "stop": everybody rests in the last half bar.
"""

from __future__ import annotations

from soundbox.engines.procedural.composition.shapes_for_bands import BANDS
from soundbox.engines.procedural.composition.shapes_for_dancing import DANCING
from soundbox.engines.procedural.composition.shapes_for_listening import LISTENING

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
    **DANCING,
    **BANDS,
    **LISTENING,
}  # fmt: skip
AFTER: dict[int, str] = {  # what follows a piece that is extended
    22: "break 4 .38, verse 6 .65, chorus 8 .95, break 2 .35, chorus 8 1, outro 2 .5",
    10: "verse 4 .62, chorus 6 .95, outro 2 .5",
    4: "verse 2 .65, chorus 4 .95",
    0: "chorus 1 .95",
}
THEMES = {"verse": "A", "intro": "A", "outro": "A", "chorus": "B", "drop": "B", "break": "C", "solo": "C", "build": "A"}
