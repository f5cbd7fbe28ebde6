"""Weather, water, animals and plants."""

from __future__ import annotations

from soundbox.engines.procedural.effects.makers import Sounds
from soundbox.engines.procedural.effects.parts import Bed, Effect, Series, Shot

animals = Sounds("animals")
birds = Sounds("birds")
fire = Sounds("fire")
water = Sounds("water")
weather = Sounds("weather")

WEATHER = (
    Effect("rain", "rain, raining, rainfall, rainy, rainstorm, shower, drizzle, downpour", (Bed(weather.rain),)),
    Effect("hail", "hail, hailstorm, hailstone, hailing", (Bed(weather.hail),)),
    Effect("wind", "wind, windy, breeze, gust, blizzard, snowstorm, gale, draft", (Bed(weather.wind),)),
    Effect("thunder", "thunder, lightning, thunderclap, thunder strike, thunder rumble",
           (Shot(weather.thunder, again=11),), 3, "open air"),
    Effect("thunderstorm", "thunderstorm, storm, tempest, thunder storm",
           (Bed(weather.rain, 0.8), Bed(weather.wind, 0.5), Series(weather.thunder, 9.0, 0.5, 0.5)), 0, "open air"),
    Effect("rustling leaves", "rustle, rustling, rustling leaf, leaf rustling, bush", (Bed(weather.rustle),), -3),
    Effect("fire", "fire, campfire, fireplace, bonfire, flame, crackling fire, burning, crackling, torch",
           (Bed(fire.fire),)),
)  # fmt: skip

WATER = (
    Effect("ocean waves", "ocean, sea, wave, ocean wave, sea wave, beach, surf, seaside, shore, coast",
           (Bed(water.surf, 0.35), Series(water.wave, 6.5, 0.35, spread=0.4, early=4.0)), 0, "dry"),
    Effect("stream", "stream, river, brook, creek, water, running water, babbling brook, fountain, flowing water",
           (Bed(water.stream),)),
    Effect("waterfall", "waterfall, cascade, rapids", (Bed(water.waterfall),)),
    Effect("water drops", "drop, water drop, drip, dripping, dripping water, dripping tap, leak, raindrop",
           (Series(water.drip, 0.85, 0.8, spread=0.5),), -3, "small room"),
    Effect("splash", "splash, splashing, plunge, dive", (Shot(water.splash, again=3.0),)),
    Effect("pouring water", "pouring water, pour, pouring a drink, pouring, filling a glass, drink",
           (Bed(water.pour),)),
    Effect("bubbles", "bubble, bubbling, boiling, boiling water, cauldron, potion",
           (Series(water.bubble, 0.28, 0.9, spread=0.5),)),
    Effect("deep water", "underwater, deep water, deep sea, diving, submarine",
           (Bed(water.under_water), Series(water.bubble, 1.9, 0.8, 0.12, 0.5)), 0, "underwater"),
)  # fmt: skip

NATURE = (
    Effect("birds", "bird, birdsong, bird song, bird singing, singing bird, chirping, chirp, songbird, robin,"
           "sparrow, tweeting, forest bird",
           (Series(birds.song, 2.3, 0.7, spread=0.7), Series(birds.song, 3.7, 0.8, 0.6, 0.8),
            Series(birds.song, 5.1, 0.9, 0.4, 0.9), Bed(weather.outdoors, 0.15)), -2, "open air"),
    Effect("forest", "forest, wood ambience, jungle, nature, park, garden, spring morning, countryside",
           (Bed(weather.rustle, 0.35), Bed(weather.wind, 0.25), Series(birds.song, 2.9, 0.8, 0.5, 0.8),
            Series(birds.song, 4.3, 0.8, 0.3, 0.9)), 0, "open air"),
    Effect("crickets", "cricket, night, grasshopper, summer night, evening",
           (Bed(birds.night_air, 0.6), Series(birds.cricket, 0.62, 0.1, 0.9, 0.6),
            Series(birds.cricket, 0.83, 0.3, 0.4, 0.8)),
           -3, "open air"),
    Effect("cicadas", "cicada, locust", (Bed(birds.cicadas),), -4),
    Effect("insect", "insect, bee, fly, mosquito, wasp, bug, buzzing bee, hornet", (Bed(birds.insect),), -4),
    Effect("crow", "crow, raven, caw", (Series(birds.caw, 0.9, 0.6, spread=0.4),), 0, "open air"),
    Effect("seagulls", "seagull, gull", (Series(birds.gull, 3.4, 0.6, spread=0.6),), -2, "open air"),
    Effect("wing flaps", "wing, flap, flapping, wing flap, bat, pigeon", (Shot(birds.flap, again=3.0),), -4),
    Effect("dog bark", "dog, bark, barking, dog bark, barking dog, dog barking, puppy, woof",
           (Series(animals.bark, 0.55, 0.7),), 0, "open air"),
    Effect("growl", "growl, growling, dog growl, snarl", (Shot(animals.growl, again=4.0),)),
    Effect("cat meow", "cat, meow, kitten, cat meow, meowing", (Series(animals.meow, 1.7, 0.6),)),
    Effect("cat purr", "purr, purring, cat purr, purring cat, cat purring", (Bed(animals.purr),), -4, "dry"),
    Effect("cow", "cow, moo, cattle, bull", (Series(animals.moo, 3.4, 0.5),), 0, "open air"),
    Effect("sheep", "sheep, goat, lamb, bleat", (Series(animals.bleat, 1.9, 0.6, spread=0.5),), 0, "open air"),
    Effect("wolf howl", "wolf, howl, wolf howl, coyote, werewolf", (Shot(animals.howl, again=7.0),), 0, "canyon"),
    Effect("owl", "owl, hoot, hooting", (Series(animals.hoot, 5.0, 0.5),), -3, "open air"),
    Effect("frogs", "frog, toad, croak, croaking, ribbit", (Series(animals.croak, 0.75, 0.8, spread=0.8),)),
    Effect("rooster", "rooster, cock, chicken, cock a doodle doo", (Shot(animals.crow_of_a_rooster, again=6.0),),
           0, "open air"),
    Effect("horse gallop", "horse, gallop, galloping, hoof, horse gallop", (Series(animals.gallop, 0.48, 0.03),)),
    Effect("monster", "monster, roar, beast, dragon, creature, lion, dinosaur, zombie, monster growl, monster roar",
           (Shot(animals.roar, again=5.0),), 0, "cave"),
)  # fmt: skip
