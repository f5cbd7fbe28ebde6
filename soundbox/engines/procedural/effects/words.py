"""Words that say how and where a sound is, as plain tables. Add a word by adding it to a line."""

from __future__ import annotations

# (what of `Manner`, its value, words and phrases parted by spaces; _ stands for a space inside a phrase)
SCALES: tuple[tuple[str, float, str], ...] = (
    ("strength", 0.55, "light gentle soft softly faint quiet calm mild tender subtle drizzling weak lightly gently"),
    ("strength", 1.35, "strong hard loud intense busy dense roaring powerful loudly"),
    ("strength", 1.65, "heavy heavily violent furious fierce massive pouring torrential raging epic stormy howling"),
    ("size", 0.7, "small little short puppy kitten baby young toy"),
    ("size", 0.55, "tiny mini miniature"),
    ("size", 1.35, "big large deep old wide thick church_size"),
    ("size", 1.6, "huge giant enormous gigantic colossal"),
    ("speed", 0.65, "slow slowly lazy sleepy relaxed"),
    ("speed", 1.5, "fast quick rapid rapidly quickly running hurried hurrying frantic sprinting"),
    ("pitch", 0.75, "low lower bass"),
    ("pitch", 1.35, "high shrill high_pitched squeaky"),
    ("distance", 0.0, "close nearby near close_up"),
    ("distance", 0.55, "muffled outside next_door behind_a_door behind_the_wall"),
    ("distance", 0.75, "distant far faraway remote far_away in_the_distance from_afar background in_the_background"),
)

# material: words and phrases (a newcomer's new surface goes here; the sounds decide what they make of it)
MATERIALS: dict[str, str] = {
    "tin": "tin tin_roof metal_roof corrugated_iron corrugated_roof iron_roof roof",
    "metal": "metal metallic steel iron copper brass aluminium aluminum metal_door metal_stairs metal_plate",
    "wood": "wood wooden oak plank planks wooden_door wooden_floor wood_floor table desk floorboards parquet door",
    "glass": "glass window windows windowpane pane window_pane car_window crystal",
    "stone": "stone concrete pavement asphalt brick marble tile tiles rock rocks cobblestone street wall floor",
    "gravel": "gravel pebbles pebble shingle gravel_path",
    "snow": "snow snowy ice icy",
    "leaves": "leaves leaf dry_leaves foliage trees tree canopy",
    "grass": "grass lawn meadow field hay",
    "water": "puddle puddles wet lake pond mud muddy swamp shallow_water",
    "sand": "sand sandy dune dunes",
    "tent": "tent umbrella canvas tarp",
    "carpet": "carpet rug",
    "plastic": "plastic",
}

# room: words and phrases
ROOMS: dict[str, str] = {
    "cave": "cave cavern dungeon crypt grotto mine",
    "church": "church cathedral chapel abbey",
    "hall": "hall big_room large_room theatre theater gym warehouse hangar castle auditorium lobby",
    "small room": "room small_room bedroom bathroom kitchen office indoors inside house hallway corridor",
    "tunnel": "tunnel sewer pipe subway_tunnel underpass",
    "canyon": "canyon mountains valley echo echoing gorge",
    "stadium": "stadium arena",
    "underwater": "underwater under_water submerged",
    "dry": "dry studio anechoic no_reverb",
}

NUMBERS: dict[str, int] = {
    "a single": 1, "one": 1, "single": 1, "once": 1, "two": 2, "double": 2, "twice": 2, "a couple of": 2, "couple": 2,
    "three": 3, "triple": 3, "thrice": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip

NEXT_CLAUSE = frozenset(
    {",", ";", ".", "with", "and", "plus", "while", "as", "&", "over", "then", "followed", "before"}
)
AFTERWARDS = frozenset({"then", "followed"})  # what comes next begins later
ON_A_SURFACE = frozenset({"on", "onto", "upon", "against", "across", "at", "through", "into", "in"})
NEGATIONS = frozenset({"no", "without", "not"})
UNITS_OF_TIME = frozenset(
    {"second", "seconds", "sec", "secs", "s", "minute", "minutes", "min", "bit", "ms", "hz", "bpm", "am", "pm"}
)
