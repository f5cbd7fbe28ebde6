"""What people may ask for, checked and made complete."""

from __future__ import annotations

import json
from collections.abc import Collection
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BeforeValidator, Field, ValidationInfo, field_validator

from soundbox.engines.diffusion.asked import LONGEST_LYRICS
from soundbox.engines.models import KINDS
from soundbox.tracks.models import Visibility
from soundbox.web.bodies import Body, Number, Text, WholeNumber

LONGEST_PROMPT = 500
LARGEST_SEED = 2**32 - 1
MOST_TAKES = 4
MOST_PARAMETERS = 16
NAMED = ("lyrics", "language", "tempo", "key", "voice", "rate")  # parameters with fields of their own
DEFAULT_SECONDS = 8.0
SHORTEST_SECONDS = 0.5


def _from_form(value: Any) -> Any:
    """A form sends its parameters as JSON text."""
    try:
        values = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise ValueError("must be a JSON object")  # noqa: TRY004 - what pydantic turns into a sentence
    return {name: given for name, given in values.items() if given is not None}


def _one_value(value: Any) -> Any:
    if not isinstance(value, str | int | float):
        raise ValueError("must be text, a number, true or false")  # noqa: TRY004 - as above
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("must be a finite number")
    return value


Scalar = Annotated[Annotated[Text, Field(max_length=2000)] | bool | int | float, BeforeValidator(_one_value)]
Parameters = Annotated[dict[str, Scalar], BeforeValidator(_from_form), Field(max_length=MOST_PARAMETERS)]


class GenerationQuery(Body):
    dry_run: bool = Field(False, description="Store nothing: answer with the place, the time and the price (200)")


class GenerationRequest(Body):
    preset: Text | None = Field(
        None,
        max_length=64,
        description="Its words come first, and what is not named here is the preset's; see /api/presets",
    )
    prompt: Text = Field(
        "", validate_default=True, description="What it should sound like, or the words to say; 1-500 characters"
    )
    duration: Number = Field(DEFAULT_SECONDS, description="Seconds, from 0.5 to the limit of your tier")
    model: str = Field("music", max_length=32, description=f"{', '.join(KINDS)}; magnet means magnet-music")
    loop: bool = Field(False, validation_alias=AliasChoices("loop", "loopable"), description="A seamless loop")
    seed: WholeNumber | None = Field(
        None, ge=0, le=LARGEST_SEED, description="Equal seeds give equal sounds; empty: chosen"
    )
    parameters: Parameters = Field(default_factory=dict, description="What the model takes besides: tempo, key, voice")
    lyrics: Annotated[Text, Field(max_length=LONGEST_LYRICS)] | None = Field(
        None, description="A parameter, heard where the model sings; [verse] and so on part it"
    )
    language: Text | None = Field(None, description="A parameter, of the lyrics: en, de, ja")
    tempo: Scalar | None = Field(None, description="A parameter, heard where the model takes one: beats a minute")
    key: Text | None = Field(None, description="A parameter, heard where the model takes one: A minor")
    voice: Text | None = Field(None, description="A parameter, of speech: one of /voices")
    rate: Scalar | None = Field(None, description="A parameter, of speech: words a minute")
    title: Annotated[Text, Field(max_length=120)] = ""
    visibility: Visibility = Visibility.public
    strict: bool = Field(
        False, description="Refuse rather than let another engine serve a model whose weights are absent"
    )
    parent: Text | None = Field(None, max_length=32, description="The track this one comes from")
    relation: Literal["vary", "extend", "reference"] | None = None
    takes: WholeNumber = Field(1, ge=1, le=MOST_TAKES, description="How many to make at once, each with its own seed")
    priority: str | None = Field(None, max_length=16, description="A tier's name; counts only from an admin")
    user_id: str | None = Field(None, max_length=64, description="Accepted and not trusted")

    def with_parameters_for(self, taken: Collection[str]) -> GenerationRequest:
        """The same with the fields that name a parameter among them, as far as it is one that the model takes."""
        named = {name: getattr(self, name) for name in NAMED if name in taken and getattr(self, name) is not None}
        return self.model_copy(update={"parameters": {**self.parameters, **named}})

    @field_validator("prompt")
    @classmethod
    def _prompt_is_there(cls, prompt: str, info: ValidationInfo) -> str:
        """A preset has words of its own."""
        if not prompt and not info.data.get("preset"):
            raise ValueError("Prompt is required")
        if len(prompt) > LONGEST_PROMPT:
            raise ValueError(f"Prompt has {len(prompt)} characters; at most {LONGEST_PROMPT} are possible")
        return prompt

    @field_validator("duration")
    @classmethod
    def _duration_is_positive(cls, duration: float) -> float:
        if duration < SHORTEST_SECONDS:
            raise ValueError(f"Duration must be at least {SHORTEST_SECONDS} seconds")
        return duration
