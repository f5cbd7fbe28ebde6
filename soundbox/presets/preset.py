"""What a preset is: words to begin a prompt with, and what is best left as it is with them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from soundbox.engines.models import ALIASES, KINDS
from soundbox.engines.parameters import check_values
from soundbox.engines.protocol import EngineError
from soundbox.web.bodies import Number, Text, WholeNumber, clean_text

LONGEST_BASE = 400  # characters; the rest of a prompt is for what people add
LARGEST_SEED = 2**32 - 1
DEFAULT_SECONDS = 8.0
SLUG = r"^[a-z0-9][a-z0-9_]{0,39}$"  # it is a word of the index, and part of the name of a count


def known_model(name: str) -> str:
    model = ALIASES.get(name, name)
    if model not in KINDS:
        raise ValueError(f"must be one of {', '.join(KINDS)}")
    return model


def tidy_tags(tags: Any) -> Any:
    """Each once. A form sends them as one text with commas."""
    given = tags.split(",") if isinstance(tags, str) else tags
    if not isinstance(given, list | tuple) or not all(isinstance(tag, str) for tag in given):
        raise ValueError("must be a list of words")
    return tuple(dict.fromkeys(tag for one in given if (tag := clean_text(one).lower())))


def known_parameters(parameters: dict[str, Any]) -> dict[str, Any]:
    try:
        check_values(parameters)
    except EngineError as error:
        raise ValueError(str(error)) from None
    return parameters


Name = Annotated[Text, Field(min_length=1, max_length=60)]
Description = Annotated[Text, Field(max_length=200)]
Base = Annotated[Text, Field(max_length=LONGEST_BASE)]
Bpm = Annotated[Number, Field(ge=40, le=220)]
Seconds = Annotated[Number, Field(ge=0.5, le=600)]
Seed = Annotated[WholeNumber, Field(ge=0, le=LARGEST_SEED)]
Tags = Annotated[tuple[Annotated[str, Field(max_length=24)], ...], BeforeValidator(tidy_tags), Field(max_length=8)]
Parameters = Annotated[dict[str, str | int | float], AfterValidator(known_parameters), Field(max_length=16)]
Model = Annotated[str, AfterValidator(known_model)]


class Preset(BaseModel):
    """One that everybody has, or one that somebody keeps. `seed` None: each sound has its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    slug: Annotated[str, Field(pattern=SLUG)]
    name: Name
    description: Description = ""
    prompt_base: Base = ""
    suggested_bpm: Bpm | None = None
    suggested_duration: Seconds = DEFAULT_SECONDS
    seed: Seed | None = None
    tags: Tags = ()
    parameters: Parameters = Field(default_factory=dict)
    model: Model = "music"

    @model_validator(mode="after")
    def _says_something(self) -> Preset:
        if not self.prompt_base and self.kind != "tts":
            raise ValueError("prompt_base is required: the words that a prompt begins with")
        return self

    @property
    def kind(self) -> str:
        return KINDS[self.model]

    def prompt_with(self, typed: str) -> str:
        """Its words and those of whoever uses it. What is to be spoken goes on without a comma."""
        between = " " if self.kind == "tts" else ", "
        return between.join(part for part in (self.prompt_base, typed) if part)
