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
    return random.choice((_bed, _bed, _event))(random)


def _bed(random: Random) -> str:
    manners, noun, places, companions = random.choice(words.BEDS)
    first, second = random.sample(companions, 2)
    scene = f"{random.choice(manners)} {noun}{random.choice(places)}"
    return random.choice((f"{scene} with {first}", f"{scene} with {first} and {second}", f"{scene}, {first}"))


def _event(random: Random) -> str:
    manners, noun, surfaces = random.choice(words.EVENTS)
    surface = random.choice(surfaces) if surfaces else ""
    return f"{random.choice(manners)} {noun}{surface}{random.choice(words.ROOMS)}"


def _speech(random: Random) -> str:
    template = random.choice(words.SENTENCES)
    while "{" in template:
        name = template[template.index("{") + 1 : template.index("}")]
        template = template.replace(f"{{{name}}}", random.choice(words.SENTENCE_WORDS[name]), 1)
    return template
