"""Random prompts worth trying: templates filled from tables by a seed."""

from __future__ import annotations

from random import Random

from soundbox.engines import idea_words as words
from soundbox.engines.models import ALIASES, KINDS

LONGEST = 200  # characters


def random_prompt(model: str, seed: int | None = None) -> str:
    """A prompt of at most 200 characters that `model` understands; the same seed gives the same prompt.

    Raises `KeyError` for a model nobody knows.
    """
    random = Random(seed)
    kind = KINDS[ALIASES.get(model, model)]
    write = {"music": _music, "audio": _effect, "tts": _speech}[kind]
    prompt = write(random)
    while len(prompt) > LONGEST:
        prompt = write(random)
    return prompt


def _music(random: Random) -> str:
    style, (slowest, fastest), instruments = random.choice(words.STYLES)
    mood, moment = random.choice(words.MOODS), random.choice(words.MOMENTS)
    first, second = random.sample(instruments, 2)
    tempo = f"{random.randrange(slowest, fastest + 1)} bpm"
    key = f"{random.choice(words.KEY_NOTES)} {random.choice(words.MODES)}"
    templates = (
        f"{mood} {style} with {first} and {second}, {tempo}, {moment}",
        f"{mood} {style} {moment}, {first}, {tempo}, {key}",
        f"{style}, {mood}, {first} and {second}, {tempo}",
        f"{mood} {style} {moment} with {first} and {second}",
        f"{style} in {key}, {tempo}, {mood}, {first} {moment}",
    )
    return random.choice(templates)


def _effect(random: Random) -> str:
    scene = random.choice((_bed, _bed_with_event, _event, _event, _bed_with_event))
    return scene(random)


def _bed(random: Random) -> str:
    first, second = random.sample(words.BEDS, 2)
    return random.choice(
        (
            f"{_bed_of(random, first)} and {second[1]}",
            f"{_bed_of(random, first)} with distant {second[1]}",
            f"{_bed_of(random, first)}{random.choice(words.ROOMS)}",
        )
    )


def _bed_with_event(random: Random) -> str:
    bed, event = random.choice(words.BEDS), random.choice(words.EVENTS)
    far = random.choice(("", "distant ", "distant ", "close "))
    return f"{_bed_of(random, bed)} with {far}{event[1]}{random.choice(words.ROOMS)}"


def _event(random: Random) -> str:
    manners, noun, surfaces = random.choice(words.EVENTS)
    manner = f"{random.choice(manners)} " if manners and random.random() < 0.7 else ""
    surface = random.choice(surfaces) if surfaces and random.random() < 0.7 else ""
    return f"{manner}{noun}{surface}{random.choice(words.ROOMS)}"


def _bed_of(random: Random, bed: tuple[tuple[str, ...], str, tuple[str, ...]]) -> str:
    manners, noun, surfaces = bed
    surface = random.choice(surfaces) if surfaces and random.random() < 0.6 else ""
    return f"{random.choice(manners)} {noun}{surface}"


def _speech(random: Random) -> str:
    template = random.choice(words.SENTENCES)
    return template.format(**{name: random.choice(choices) for name, choices in words.SENTENCE_WORDS.items()})
