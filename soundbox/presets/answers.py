"""What programs send and get."""

from __future__ import annotations

import json
from typing import Annotated, Any

from flask import url_for
from pydantic import BaseModel, BeforeValidator, Field

from soundbox.accounts.principal import Principal
from soundbox.tracks.answers import plain_number
from soundbox.web.bodies import Body, Text

from . import preset as kinds
from .finding import Found


def _object(value: Any) -> Any:
    """A form sends its parameters as JSON text."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        raise ValueError("must be a JSON object") from None


class PresetsQuery(Body):
    mine: bool = Field(False, description="Only one's own; otherwise also those of everybody and shared ones")
    model: str | None = Field(None, max_length=32, description="Only those of a family: music, audio or tts")


class EditBody(Body):
    """What is sent empty (null, or an empty field of a form) is taken away."""

    name: kinds.Name | None = None
    description: kinds.Description | None = None
    prompt_base: kinds.Base | None = Field(None, description="The words a prompt begins with; speech needs none")
    suggested_bpm: kinds.Bpm | None = Field(None, description="Beats a minute")
    suggested_duration: kinds.Seconds | None = Field(None, description="Seconds")
    seed: kinds.Seed | None = Field(None, description="Without one, every sound has its own")
    tags: kinds.Tags | None = Field(None, description="At most 8")
    parameters: Annotated[kinds.Parameters, BeforeValidator(_object)] | None = Field(
        None, description="Whatever some model takes: temperature, top_k, top_p, guidance, key, voice, rate, pitch"
    )
    model: kinds.Model | None = None
    shared: bool | None = Field(None, description="May everybody use it")

    @property
    def facts(self) -> dict[str, Any]:
        return self.model_dump(exclude_none=True, include=set(kinds.Preset.model_fields))


class SaveBody(EditBody):
    track: Text | None = Field(None, max_length=32, description="A track, whose recipe fills in what is not named")
    preset: Text | None = Field(None, max_length=64, description="The same from another preset: a copy")


class DraftQuery(Body):
    track: Text | None = Field(None, max_length=32, description="A track to make a preset of")
    preset: Text | None = Field(None, max_length=64, description="A preset to copy")


class DraftAnswer(BaseModel):
    """What saving it without any other word would keep."""

    facts: dict[str, Any]


class PresetAnswer(BaseModel):
    slug: str
    name: str
    description: str
    prompt_base: str
    suggested_bpm: float | int | None
    suggested_duration: float | int
    seed: int | None
    tags: list[str]
    parameters: dict[str, Any]
    model: str
    kind: str = Field(description="music, audio or tts")
    built_in: bool = Field(description="Everybody has it")
    shared: bool = Field(description="Others may use it")
    mine: bool = Field(description="You may change and delete it")
    creator: str | None
    uses: int | None = Field(description="How often others used it; null where that is not counted")
    tracks: int = Field(description="Public tracks made with it")
    page_url: str
    create_url: str
    library_url: str

    @classmethod
    def of(cls, found: Found, who: Principal) -> PresetAnswer:
        preset, saved = found.preset, found.saved
        return cls(
            **preset.model_dump(exclude={"suggested_bpm", "suggested_duration"}),
            suggested_bpm=None if preset.suggested_bpm is None else plain_number(preset.suggested_bpm),
            suggested_duration=plain_number(preset.suggested_duration),
            kind=preset.kind,
            built_in=saved is None,
            shared=saved is None or saved.shared,
            mine=saved is not None and who.may_manage(saved.user_id),
            creator=saved.user.display_name if saved else None,
            uses=saved.uses if saved else None,
            tracks=found.tracks,
            page_url=url_for("presets.show", preset=preset.slug),
            create_url=url_for("generation.create", preset=preset.slug),
            library_url=url_for("library.index", preset=preset.slug),
        )


class PresetsAnswer(BaseModel):
    presets: list[PresetAnswer] = Field(description="One's own, then what everybody has, then what others share")
    count: int
