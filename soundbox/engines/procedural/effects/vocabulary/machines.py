"""Engines, clocks, bells and alarms."""

from __future__ import annotations

from soundbox.engines.procedural.effects.makers import Sounds
from soundbox.engines.procedural.effects.parts import Bed, Effect, Series, Shot

alarms = Sounds("alarms")
bells = Sounds("bells")
machines = Sounds("machines")

MACHINES = (
    Effect("engine", "engine, car, motor, motorcycle, car engine, truck, tractor, motorbike, idling, generator, boat",
           (Bed(machines.engine),)),
    Effect("passing car", "passing car, car passing, car pass, traffic, drive by, highway, race car, road",
           (Series(machines.passing_car, 4.2, 0.5),), 0, "open air"),
    Effect("train", "train, railway, locomotive, subway, tram, rail",
           (Bed(machines.rolling_train), Series(machines.rail_joint, 0.85, 0.02, 0.9))),
    Effect("train horn", "train horn, train whistle", (Shot(alarms.train_horn, again=7.0),), 0, "canyon"),
    Effect("airplane", "airplane, plane, jet, aircraft, flight, aeroplane, rocket", (Bed(machines.jet),)),
    Effect("helicopter", "helicopter, chopper, drone copter", (Bed(machines.helicopter),)),
    Effect("fan", "fan, air conditioner, air conditioning, ventilation, refrigerator, fridge, white noise,"
           "hum, room tone",
           (Bed(machines.fan),), -4, "dry"),
    Effect("vacuum cleaner", "vacuum, vacuum cleaner, hair dryer, hairdryer, blender", (Bed(machines.vacuum),)),
    Effect("drill", "drill, power drill, saw, chainsaw, drilling, electric", (Bed(machines.drill),)),
    Effect("gears", "gear, mechanical, mechanism, machine, ratchet, clockwork, factory, machinery",
           (Series(machines.gears, 0.24, 0.15, spread=0.3), Bed(machines.fan, 0.2))),
    Effect("steam", "steam, hiss, hissing, air release, spray", (Shot(machines.steam, again=3.5),), -3),
    Effect("clock ticking", "clock, tick, ticking, clock ticking, tick tock, ticking clock, watch, timer",
           (Series(machines.clock_tick, 0.5, 0.0, spread=0.0),), -2, "small room"),
    Effect("typing", "typing, keyboard, type, typewriter, keystroke, typing on a keyboard",
           (Series(machines.key_press, 0.145, 0.8, spread=0.25),), -2),
    Effect("camera", "camera, shutter, photo, camera shutter, snapshot",
           (Shot(machines.shutter, again=2.0),), -2, "dry"),
    Effect("switch", "switch, light switch, toggle, lever", (Shot(machines.switch, again=2.0),), -3),
)  # fmt: skip

SIGNALS = (
    Effect("church bell", "church bell, bell, tower bell, tolling, bell tower", (Series(bells.church_bell, 2.6, 0.04),),
           0, "open air"),
    Effect("hand bell", "hand bell, small bell, shop bell, jingle, bicycle bell, ding",
           (Shot(bells.hand_bell, again=3.0),)),
    Effect("doorbell", "doorbell, door bell, ding dong", (Shot(bells.doorbell, again=5.0),), 0, "small room"),
    Effect("gong", "gong, tam tam, singing bowl", (Shot(bells.gong, again=6.0),), 0, "hall"),
    Effect("wind chimes", "wind chime, chime, windchime", (Series(bells.wind_chime, 1.7, 0.8, spread=0.6),)),
    Effect("sleigh bells", "sleigh bell, tambourine, shaker", (Series(bells.shaker, 0.42, 0.05),), -3),
    Effect("siren", "siren, police, ambulance, police siren, police car, fire truck, emergency",
           (Bed(alarms.siren, room="open air"),),
           0, "open air"),
    Effect("air raid siren", "air raid, air raid siren, war siren, nuclear alarm",
           (Bed(alarms.air_raid, room="canyon"),), 0, "canyon"),
    Effect("alarm clock", "alarm clock, alarm, beeping, wake up, smoke alarm, fire alarm",
           (Series(alarms.beeping, 1.0, 0.0),)),
    Effect("warning", "warning, alert, red alert, warning alarm, klaxon, security alarm",
           (Series(alarms.two_tone, 1.0, 0.0),)),
    Effect("buzzer", "buzzer, wrong answer, game show buzzer, buzz", (Shot(alarms.buzzer, again=3.0),), -2),
    Effect("horn", "horn, car horn, honk, ship horn, foghorn, honking, air horn", (Shot(alarms.horn, again=4.0),),
           0, "open air"),
    Effect("telephone", "telephone, phone, phone ring, ringing phone, ringtone, telephone ringing,"
           "phone ringing, ringing",
           (Series(alarms.phone, 4.0, 0.0),), -2, "small room"),
)  # fmt: skip
