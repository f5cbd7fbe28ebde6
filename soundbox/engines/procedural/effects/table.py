"""Every effect: the words people use for it, and what it is made of. Add a line to teach a new one."""

from __future__ import annotations

from soundbox.engines.procedural.effects.parts import Bed, Effect, Series, Shot
from soundbox.engines.procedural.effects.sounds import doors, fire, footsteps, impacts, water, weather

NATURE = (
    Effect("rain", "rain, raining, rainfall, rainy, rainstorm, shower, drizzle, downpour", (Bed(weather.rain),)),
    Effect("hail", "hail, hailstorm, hailstone, hailing", (Bed(weather.hail),)),
    Effect("wind", "wind, windy, breeze, gust, blizzard, snowstorm, gale", (Bed(weather.wind),)),
    Effect("thunder", "thunder, lightning, thunderclap, thunder strike", (Shot(weather.thunder, again=11),), 3, "open air"),
    Effect("thunderstorm", "thunderstorm, storm, tempest, thunder storm",
           (Bed(weather.rain, 0.8), Bed(weather.wind, 0.5), Series(weather.thunder, 9.0, 0.5, 1.6)), 0, "open air"),
    Effect("fire", "fire, campfire, fireplace, bonfire, flame, crackling fire, burning, crackling", (Bed(fire.fire),)),
    Effect("ocean waves", "ocean, sea, wave, ocean wave, beach, surf, seaside, shore, coast",
           (Bed(water.surf, 0.35), Series(water.wave, 6.5, 0.35, spread=0.4, early=4.0)), 0, "dry"),
    Effect("stream", "stream, river, brook, creek, water, running water, babbling brook, fountain", (Bed(water.stream),)),
    Effect("waterfall", "waterfall, cascade, rapids", (Bed(water.waterfall),)),
    Effect("water drops", "drop, water drop, drip, dripping, dripping water, dripping tap, leak",
           (Series(water.drip, 0.85, 0.8, spread=0.5),), -3, "small room"),
    Effect("splash", "splash, splashing, plunge, dive", (Shot(water.splash, again=3.0),)),
    Effect("pouring water", "pouring water, pour, pouring a drink, pouring, filling a glass", (Bed(water.pour),)),
    Effect("bubbles", "bubble, bubbling, boiling, boiling water, cauldron", (Series(water.bubble, 0.28, 0.9, spread=0.5),)),
    Effect("deep water", "underwater, deep water, deep sea, diving, submarine",
           (Bed(water.under_water), Series(water.bubble, 1.9, 0.8, 0.12, 0.5)), 0, "underwater"),
    Effect("rustling leaves", "rustle, rustling, rustling leaf, leaf rustling", (Bed(weather.rustle),)),
)  # fmt: skip

THINGS = (
    Effect("footsteps", "footstep, step, walking, walk, running, footfall, marching, hiking", (Series(footsteps.footstep, 0.56, 0.08),)),
    Effect("knock", "knock, knocking, knock knock, door knock, knock on door, knocking on a door, tapping",
           (Series(doors.knock, 0.42, 0.12, spread=0.05),), 0, "small room"),
    Effect("door creak", "creak, creaking, creaky door, creaking door, door creak, squeaky door, creaky, rusty hinge",
           (Shot(doors.creak, again=6.0),), -2, "small room"),
    Effect("door slam", "door slam, slam, slamming door, door slamming, door closing, slammed door, slamming",
           (Shot(doors.slam, again=6.0),), 0, "small room"),
    Effect("door opening", "door, door opening, opening door, gate", (Shot(doors.handle, again=6.0),), -2, "small room"),
    Effect("lock", "lock, unlock, key, keys in a lock, locking, latch", (Shot(doors.lock, again=5.0),), -3),
    Effect("glass break", "glass break, breaking glass, glass breaking, shatter, shattering, glass shatter, smash, broken glass,"
           " glass smash, window breaking, shattering glass, smashing", (Shot(impacts.glass_break, again=5.0),)),
    Effect("metal hit", "metal hit, clang, anvil, metal impact, metal clang, hammer, clank, metal pipe, pan",
           (Shot(impacts.metal_hit, again=2.5),)),
    Effect("wood hit", "wood hit, wood block, woodblock, wood impact, chop, axe", (Shot(impacts.wood_hit, again=1.6),)),
    Effect("thud", "thud, impact, hit, bang, thump, body fall, falling, fall, drop something, landing", (Shot(impacts.thud, again=3.0),)),
    Effect("punch", "punch, slap, kick, fist, fight, fighting", (Shot(impacts.punch, again=1.1),)),
    Effect("explosion", "explosion, explode, exploding, blast, bomb, boom, detonation, grenade, cannon, firework",
           (Shot(impacts.explosion, again=6.0),), 3, "open air"),
    Effect("crash", "crash, car crash, collision, wreck, accident", (Shot(impacts.crash, again=8.0),), 2),
    Effect("drum hit", "drum, drum hit, timpani, taiko, kick drum, tom", (Shot(impacts.drum_hit, again=1.2),), 0, "hall"),
    Effect("paper crumple", "paper, crumple, crumpling, paper crumple, crinkle", (Shot(impacts.crumple, again=3.0),), -4),
    Effect("cloth", "cloth, fabric, clothes, cape, flag", (Series(impacts.cloth, 1.0, 0.5),), -6),
    Effect("whoosh", "whoosh, swoosh, swish, swing, flyby, fly by, pass by, throw", (Shot(impacts.whoosh, again=2.0),)),
)  # fmt: skip

EFFECTS: tuple[Effect, ...] = (*NATURE, *THINGS)

MATERIAL_SOUNDS = {"glass": "glass break", "metal": "metal hit", "wood": "wood hit", "tin": "metal hit"}

CHOSEN_WHEN_NOTHING_IS_KNOWN = ("rain", "wind", "ocean waves", "stream", "whoosh", "thunder", "fire")
