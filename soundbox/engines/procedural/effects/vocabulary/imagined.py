"""Interfaces, games, science fiction, magic, and stings."""

from __future__ import annotations

from soundbox.engines.procedural.effects.makers import Sounds
from soundbox.engines.procedural.effects.parts import Bed, Effect, Series, Shot

impacts = Sounds("impacts")
interface = Sounds("interface")
scifi = Sounds("scifi")
stings = Sounds("stings")
weapons = Sounds("weapons")

INTERFACE = (
    Effect("click", "click, button, button click, ui click, button press, ui, mouse click, tap, clicking, interface",
           (Shot(interface.click, again=0.8),), 0, "dry"),
    Effect("pop", "pop, bubble pop, cork, popping", (Shot(interface.pop, again=0.9),), 0, "dry"),
    Effect("menu", "menu, hover, select, menu select, navigate, scroll, menu move, swipe",
           (Shot(interface.menu_move, again=1.0),), 0, "dry"),
    Effect("notification", "notification, notify, message, ping, text message, incoming message, reminder, email",
           (Shot(interface.notification, again=3.0),)),
    Effect("success", "success, success chime, correct, complete, win, achievement, confirm, confirmation,"
           "level complete,"
           "unlocked, victory, right answer", (Shot(interface.success, again=3.0),)),
    Effect("error", "error, wrong, fail, failure, denied, invalid, error sound, incorrect, rejected",
           (Shot(interface.error, again=3.0),), 0, "dry"),
    Effect("coin", "coin, coin pickup, pickup, collect, coin collect, ring collect, cash",
           (Shot(interface.coin, again=1.2),), 0, "dry"),
    Effect("power up", "power up, powerup, level up, bonus, upgrade, 1 up, extra life",
           (Shot(interface.power_up, again=4.0),), 0, "dry"),
    Effect("jump", "jump, hop, leap, jumping", (Shot(interface.jump, again=1.0),), 0, "dry"),
    Effect("hurt", "hurt, damage, hit point, retro hit, take damage",
           (Shot(interface.hurt, again=1.4),), 0, "dry"),
    Effect("heal", "heal, healing, health, restore, cure", (Shot(interface.heal, again=4.0),), 0, "hall"),
    Effect("game over", "game over, lose, lost, death, defeat, you died", (Shot(interface.game_over, again=5.0),)),
    Effect("countdown", "countdown, beep, bleep, count down, race start",
           (Series(interface.countdown, 1.0, 0.0, spread=0.0),), 0, "dry"),
)  # fmt: skip

FANTASY = (
    Effect("laser", "laser, laser gun, blaster, zap, phaser, ray gun, laser shot, raygun, laser beam, pew",
           (Shot(scifi.laser, again=0.9),)),
    Effect("robot", "robot, robot beep, droid, android, cyborg", (Series(scifi.robot, 1.9, 0.4),)),
    Effect("computer", "computer, computer beep, terminal, data, processing, sci fi computer,"
           "sci fi interface, hacker, electronic",
           (Series(scifi.computer, 0.55, 0.8, 0.7, 0.4), Bed(scifi.data_hum, 0.35))),
    Effect("spaceship", "spaceship, space ship, starship, space station, spaceship hum, sci fi, scifi,"
           "spacecraft, sci fi ambience",
           (Bed(scifi.ship_hum),)),
    Effect("force field", "force field, forcefield, shield, energy, electricity, spark, electric shock,"
           "lightsaber, plasma",
           (Bed(scifi.force_field),), -2),
    Effect("portal", "portal, magic portal, vortex, gate of light, dimension, wormhole", (Bed(scifi.portal),)),
    Effect("teleport", "teleport, teleportation, beam up, warp, hyperspace", (Shot(scifi.teleport, again=4.0),)),
    Effect("flying saucer", "ufo, flying saucer, alien, alien ship, theremin", (Bed(scifi.ufo),)),
    Effect("sonar", "sonar, radar, sonar ping", (Series(scifi.sonar, 2.8, 0.0, spread=0.0),), 0, "cave"),
    Effect("glitch", "glitch, static, malfunction, interference, corrupted, radio static",
           (Series(scifi.glitch, 1.2, 0.6, spread=0.4),), -3),
    Effect("magic sparkle", "sparkle, magic, magic sparkle, fairy, twinkle, glitter, fairy dust, shimmer,"
           "magical, pixie",
           (Shot(scifi.sparkle, again=3.5),), 0, "hall"),
    Effect("spell", "spell, magic spell, cast, wizard, enchantment, spell cast, fireball, wand",
           (Shot(scifi.spell, again=5.0),), 0, "hall"),
    Effect("gun shot", "gun, gunshot, gun shot, shot, shooting, pistol, rifle, gunfire, shotgun, sniper, shoot",
           (Shot(weapons.gun_shot, again=1.8),), 2, "open air"),
    Effect("machine gun", "machine gun, machinegun, submachine gun, automatic fire",
           (Series(weapons.burst, 0.095, 0.05, spread=0.05),)),
    Effect("sword clash", "sword, sword clash, sword fight, blade, clash, swordfight, duel",
           (Shot(weapons.sword_clash, again=0.9),)),
    Effect("sword draw", "sword draw, unsheathe, drawing a sword, draw sword, knife, sword unsheathe",
           (Shot(weapons.sword_draw, again=3.0),)),
    Effect("arrow", "arrow, bow, bow and arrow, archery, crossbow", (Shot(weapons.arrow, again=2.2),)),
    Effect("reload", "reload, gun reload, cocking, magazine, reloading", (Shot(weapons.reload, again=4.0),), -2),
)  # fmt: skip

STINGS = (
    Effect("drum hit", "drum, drum hit, timpani, taiko, kick drum, tom",
           (Shot(impacts.drum_hit, again=1.2),), 0, "hall"),
    Effect("drum roll", "drum roll, drumroll, snare roll", (Bed(stings.drum_roll),)),
    Effect("rim shot", "rimshot, rim shot, ba dum tss, joke drum", (Shot(stings.rim_shot, again=4.0),)),
    Effect("stinger", "stinger, orchestral hit, dramatic hit, dun dun dun, jump scare, jumpscare,"
           "orchestra hit, dramatic",
           (Shot(stings.stinger, again=5.0),), 0, "hall"),
    Effect("riser", "riser, build up, buildup, uplifter, rise, swell", (Shot(stings.riser, again=9.0),), 0, "hall"),
    Effect("transition", "transition, sweep, scene change, intro, logo",
           (Shot(stings.transition, again=4.0),), 0, "hall"),
    Effect("fanfare", "fanfare, trumpet, trumpet fanfare, royal, herald",
           (Shot(stings.fanfare, again=5.0),), 0, "hall"),
    Effect("sad trombone", "sad trombone, wah wah, trombone, womp womp", (Shot(stings.sad_trombone, again=6.0),)),
    Effect("boing", "boing, spring, bounce, cartoon, bouncing, cartoon spring, funny, comedy",
           (Shot(stings.boing, again=2.0),)),
    Effect("slide whistle", "slide whistle, whistle, cartoon fall, cartoon slide",
           (Shot(stings.slide_whistle, again=2.5),)),
    Effect("record scratch", "record scratch, scratch, vinyl scratch, dj scratch", (Shot(stings.scratch, again=2.5),)),
    Effect("horror drone", "horror, horror drone, scary, creepy, dark drone, haunted, haunted house,"
           "nightmare, eerie, horror ambience",
           (Bed(stings.horror_drone, room="cave"),), 0, "cave"),
    Effect("drone", "drone, ambient drone, space, meditation, calm drone, ambience, atmosphere",
           (Bed(stings.drone),), 0, "hall"),
    Effect("tension", "tension, suspense, tense, suspenseful, thriller, mystery",
           (Bed(stings.tension, room="hall"),), 0, "hall"),
    Effect("ghost", "ghost, spirit, phantom, wail, wailing, spooky, ghostly",
           (Series(stings.ghost, 3.6, 0.4, spread=0.7),), 0, "church"),
)  # fmt: skip
