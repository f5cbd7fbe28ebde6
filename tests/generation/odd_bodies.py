"""Bodies that nobody should send, each with what it is answered: the error, or None where it is accepted."""

from __future__ import annotations

import json
from typing import Any

REQUIRED = "Prompt is required"
NOT_JSON = "The body is not valid JSON"
NOT_AN_OBJECT = "The body must be a JSON object"
FINITE = "Duration must be a finite number"
TOO_SHORT = "Duration must be at least 0.5 seconds"
TOO_LONG = "Duration exceeds your tier limit"
LARGEST_SEED = 2**32 - 1


def body(**values: Any) -> str:
    return json.dumps({"prompt": "rain", "model": "audio", "duration": 1, **values})


def music(**parameters: Any) -> str:
    return body(model="music", parameters=parameters)


BODIES: dict[str, tuple[str | bytes, str | None]] = {
    "empty": ("{}", REQUIRED),
    "nothing at all": ("", REQUIRED),
    "a null prompt": (body(prompt=None), REQUIRED),
    "blanks": (body(prompt=" \n\t "), REQUIRED),
    "only NUL": (body(prompt="\0\0"), REQUIRED),
    "a NUL inside": (body(prompt="rain\0drops"), None),
    "a lone surrogate": (body(prompt="\ud800"), "Prompt is not valid Unicode text"),
    "emoji": (body(prompt="🎧" * 500), None),
    "right to left": (body(prompt="\u202eצליל של גשם"), None),
    "500 characters and blanks": (body(prompt=f"  {'x' * 500}  "), None),
    "501 characters": (body(prompt="x" * 501), "Prompt has 501 characters; at most 500 are possible"),
    "a number for a prompt": (body(prompt=5), "Prompt must be a valid string"),
    "a list for a prompt": (body(prompt=["rain"]), "Prompt must be a valid string"),
    "an object for a prompt": (body(prompt={"text": "rain"}), "Prompt must be a valid string"),
    "NaN": (body(duration=float("nan")), FINITE),
    "Infinity": (body(duration=float("inf")), FINITE),
    "-Infinity": (body(duration=float("-inf")), FINITE),
    "a huge exponent": ('{"prompt": "rain", "duration": 1e400}', FINITE),
    "a huge exponent as text": (body(duration="1e400"), FINITE),
    "400 digits": (body(duration=10**400), "Duration must be a valid number"),
    "5000 digits": ('{"prompt": "rain", "duration": 1%s}' % ("0" * 5000), NOT_JSON),
    "a negative duration": (body(duration=-1), TOO_SHORT),
    "0.49 seconds": (body(duration=0.49), TOO_SHORT),
    "half a second": (body(duration=0.5), None),
    "180 seconds": (body(duration=180), None),
    "180.1 seconds": (body(duration=180.1), TOO_LONG),
    "a duration in words": (
        body(duration="eight"),
        "Duration must be a valid number, unable to parse string as a number",
    ),
    "true for a duration": (body(duration=True), "Duration must be a number"),
    "a list for a duration": (body(duration=[8]), "Duration must be a valid number"),
    "a null duration": (body(duration=None), None),
    "seed -1": (body(seed=-1), "Seed must be greater than or equal to 0"),
    "seed 2**32": (body(seed=2**32), f"Seed must be less than or equal to {LARGEST_SEED}"),
    "the largest seed": (body(seed=LARGEST_SEED), None),
    "half a seed": (body(seed=1.5), "Seed must be a valid integer, got a number with a fractional part"),
    "true for a seed": (body(seed=True), "Seed must be a number"),
    "no takes": (body(takes=0), "Takes must be greater than or equal to 1"),
    "five takes": (body(takes=5), "Takes must be less than or equal to 4"),
    "an unknown model": (body(model="nope"), "Unknown model 'nope'"),
    "another case": (body(model="MUSIC"), "Unknown model 'MUSIC'"),
    "a long model": (body(model="x" * 33), "Model must have at most 32 characters"),
    "a NUL for a model": (body(model="\0"), "Unknown model '\\x00'"),
    "the short name of MAGNeT": (body(model="magnet"), None),
    "strict without weights": (
        body(strict=True),
        "The weights of audio are not installed here, and strict refuses anything else",
    ),
    "an unknown parameter": (body(parameters={"speed": 1}), "audio has no parameter 'speed'; it takes: none"),
    "parameters as text": (body(parameters="fast"), "Parameters must be a JSON object"),
    "parameters as a list": (body(parameters=[]), "Parameters must be a JSON object"),
    "nested parameters": (music(tempo={"a": {"b": 1}}), "Tempo must be text, a number, true or false"),
    "17 parameters": (music(**{f"p{n}": 1 for n in range(17)}), "Parameters must have at most 16 entries"),
    "a long parameter": (music(key="x" * 2001), "Key must have at most 2000 characters"),
    "a surrogate in a parameter": (music(key="\ud800"), "Key is not valid Unicode text"),
    "a NUL in a parameter": (music(key="\0A minor"), None),
    "an unknown preset": (body(preset="loud"), "There is no preset 'loud'; /api/presets lists those there are"),
    "an unknown visibility": (
        body(visibility="everyone"),
        "Visibility must be 'public', 'unlisted' or 'private'",
    ),
    "a long title": (body(title="x" * 121), "Title must have at most 120 characters"),
    "a NUL in a title": (body(title="my\0rain"), None),
    "maybe a loop": (body(loop="maybe"), "Loop must be a valid boolean, unable to interpret input"),
    "the other name of loop": (body(loopable=True), None),
    "a parent alone": (body(parent="0" * 32), "parent and relation belong together"),
    "a relation alone": (body(relation="vary"), "parent and relation belong together"),
    "an unknown parent": (body(parent="0" * 32, relation="vary"), "The parent track was not found"),
    "a NUL for a parent": (body(parent="0\0", relation="vary"), "The parent track was not found"),
    "an unknown relation": (
        body(parent="0" * 32, relation="sing"),
        "Relation must be 'vary', 'extend' or 'reference'",
    ),
    "an unknown priority": (body(priority="now"), "Unknown priority 'now'"),
    "fields of another age": (body(user_id="user_abc123", temperature=1, colour={"red": [1]}), None),
    "a list": ("[1]", NOT_AN_OBJECT),
    "a null": ("null", NOT_AN_OBJECT),
    "half a body": ('{"prompt": "ra', NOT_JSON),
    "bytes that are no text": (b'{"prompt": "\xff"}', NOT_JSON),
    "deep brackets": ("[" * 100_000, NOT_JSON),
}
