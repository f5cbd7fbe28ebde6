"""Where a sound stands: distance, the room around it, left and right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from soundbox.engines.procedural.effects.shaping import RATE, Signal, band_pass, frames_of, low_pass


@dataclass(frozen=True)
class Room:
    ring: float  # seconds until its answer is 60 dB down
    wet: float  # energy of the answer beside the direct sound's
    brightness_hz: float
    first_answer: float = 0.008  # seconds until walls answer


ROOMS: dict[str, Room] = {
    "dry": Room(0.0, 0.0, 16000),
    "near walls": Room(0.35, 0.12, 7000),
    "open air": Room(0.9, 0.07, 2500, 0.045),
    "small room": Room(0.5, 0.3, 6000),
    "hall": Room(1.9, 0.45, 5000, 0.02),
    "church": Room(3.6, 0.6, 4200, 0.03),
    "cave": Room(2.8, 0.8, 3000, 0.035),
    "tunnel": Room(2.2, 0.8, 2200, 0.02),
    "canyon": Room(3.0, 0.5, 2000, 0.28),
    "stadium": Room(2.4, 0.45, 3500, 0.09),
    "underwater": Room(1.2, 0.6, 700, 0.004),
}


def heard(sound: Signal, room_name: str, distance: float) -> Signal:
    """`sound` as it comes straight from `distance` (0..1): air takes the highs; how loud it is, the mix decides."""
    if distance > 0.0:
        sound = low_pass(sound, 14000.0 * 0.06**distance, 1)
    return low_pass(sound, 600, 2) if room_name == "underwater" else sound


def wetness(room_name: str, distance: float) -> float:
    """Amplitude of the room's answer beside the direct sound: what is far is heard more by its walls."""
    room = ROOMS[room_name]
    return room.wet * (1.0 + 1.5 * distance) + (0.15 * distance if room.ring else 0.0)


def panned(sound: Signal, position: float) -> Signal:
    """Mono (frames,) to stereo (2, frames) with equal power; `position` -1 left .. 1 right. Stereo passes."""
    if sound.ndim == 2:
        return sound
    angle = (np.clip(position, -1.0, 1.0) + 1.0) * np.pi / 4
    return np.stack([np.cos(angle) * sound, np.sin(angle) * sound]) * np.sqrt(2.0)


@lru_cache(maxsize=16)
def impulse_response(room_name: str) -> Signal:
    """How a room answers a click, (2, frames), with unit energy a channel. As in real rooms, lows ring longer."""
    room = ROOMS[room_name]
    random = np.random.default_rng(round(room.ring * 1000) + round(room.brightness_hz))
    frames = frames_of(room.ring)
    moments = np.arange(frames) / RATE
    noise = random.standard_normal((2, frames))
    low = band_pass(noise, 90, room.brightness_hz * 0.25) * np.exp(-6.9 / room.ring * moments)
    high = band_pass(noise, room.brightness_hz * 0.25, room.brightness_hz) * np.exp(-11.0 / room.ring * moments)
    response = (low + high) * np.minimum(moments / 0.01, 1.0)
    silence = np.zeros((2, frames_of(room.first_answer)))
    return np.concatenate([silence, response / np.sqrt(np.sum(response**2, axis=1, keepdims=True))], axis=1)
