"""Things that are struck, and people."""

from __future__ import annotations

from soundbox.engines.procedural.effects.makers import Sounds
from soundbox.engines.procedural.effects.parts import Bed, Effect, Series, Shot

doors = Sounds("doors")
footsteps = Sounds("footsteps")
human = Sounds("human")
impacts = Sounds("impacts")

THINGS = (
    Effect("footsteps", "footstep, step, walking, walk, running, footfall, marching, hiking",
           (Series(footsteps.footstep, 0.56, 0.08),)),
    Effect("knock", "knock, knocking, knock knock, door knock, knock on door, knocking on a door, tapping",
           (Series(doors.knock, 0.42, 0.12, spread=0.05),), 0, "small room"),
    Effect("door creak", "creak, creaking, creaky door, creaking door, door creak, squeaky door, creaky, rusty hinge",
           (Shot(doors.creak, again=6.0),), -2, "small room"),
    Effect("door slam", "door slam, slam, slamming door, door slamming, door closing, slammed door, slamming",
           (Shot(doors.slam, again=6.0),), 0, "small room"),
    Effect("door opening", "door, door opening, opening door, gate",
           (Shot(doors.handle, again=6.0),), -2, "small room"),
    Effect("lock", "lock, unlock, key, key in a lock, locking, latch", (Shot(doors.lock, again=5.0),), -3),
    Effect("glass break", "glass break, breaking glass, glass breaking, shatter, shattering, glass shatter, smash,"
           "broken glass, glass smash, window breaking, shattering glass, smashing, glass shattering, bottle",
           (Shot(impacts.glass_break, again=5.0),)),
    Effect("metal hit", "metal hit, clang, anvil, metal impact, metal clang, hammer, clank, metal pipe, pan",
           (Shot(impacts.metal_hit, again=2.5),)),
    Effect("wood hit", "wood hit, wood block, woodblock, wood impact, chop, axe", (Shot(impacts.wood_hit, again=1.6),)),
    Effect("thud", "thud, impact, hit, bang, thump, body fall, falling, fall, landing",
           (Shot(impacts.thud, again=3.0),)),
    Effect("punch", "punch, slap, kick, fist, fight, fighting", (Shot(impacts.punch, again=1.1),)),
    Effect("explosion", "explosion, explode, exploding, blast, bomb, boom, detonation, grenade, cannon, firework",
           (Shot(impacts.explosion, again=6.0),), 3, "open air"),
    Effect("crash", "crash, car crash, collision, wreck, accident", (Shot(impacts.crash, again=8.0),), 2),
    Effect("paper crumple", "paper, crumple, crumpling, paper crumple, crinkle",
           (Shot(impacts.crumple, again=3.0),), -4),
    Effect("cloth", "cloth, fabric, clothes, cape, flag", (Series(impacts.cloth, 1.0, 0.5),), -6),
    Effect("whoosh", "whoosh, swoosh, swish, swing, flyby, fly by, pass by, throw", (Shot(impacts.whoosh, again=2.0),)),
)  # fmt: skip

PEOPLE = (
    Effect("heartbeat", "heartbeat, heart, heart beat, pulse",
           (Series(human.heartbeat, 0.9, 0.03, spread=0.0),), 0, "dry"),
    Effect("breathing", "breath, breathing, breathe, sigh, panting", (Series(human.breath, 3.6, 0.08),), -4),
    Effect("snoring", "snore, snoring", (Series(human.snore, 3.7, 0.08),), -3),
    Effect("laugh", "laugh, laughter, laughing, giggle, chuckle, haha", (Series(human.laugh, 2.6, 0.4, spread=0.3),)),
    Effect("scream", "scream, screaming, shriek, yell, shout", (Shot(human.scream, again=5.0),)),
    Effect("gasp", "gasp", (Shot(human.gasp, again=4.0),), -3),
    Effect("whisper", "whisper, whispering, voice, whispers", (Series(human.whisper, 1.7, 0.5, spread=0.6),), -3),
    Effect("choir", "choir, choral, singing, chant, angel", (Bed(human.voices_saying_ah, room="church"),), 0, "church"),
    Effect("crowd", "crowd, people, cafe, restaurant, talking, chatter, bar, pub, cafe crowd, market, murmur, audience,"
           "conversation, party, walla",
           (Bed(human.room_of_people), Series(human.murmur, 0.5, 0.9, 0.25, 0.9),
            Series(human.clatter, 2.4, 0.9, 0.2, 0.9)), 0, "dry"),
    Effect("applause", "applause, clap, clapping, ovation", (Bed(human.applause),)),
    Effect("cheering", "cheer, cheering, cheering crowd, crowd cheer, hooray, sports crowd",
           (Bed(human.applause, 0.6), Series(human.cheer, 0.45, 0.9, 0.4, 0.9)), 0, "dry"),
    Effect("eating", "eating, eat, crunch, chewing, bite, crunching, chip", (Series(human.crunch, 0.62, 0.3),), -3),
)  # fmt: skip
