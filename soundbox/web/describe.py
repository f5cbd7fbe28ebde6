"""What a view promises, told beside the view: the OpenAPI document and /docs are made from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

View = TypeVar("View", bound=Callable[..., Any])
Answer = type[BaseModel] | Any  # a pydantic model, another annotation, or a media type in words


@dataclass(frozen=True)
class Description:
    group: str
    summary: str
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answers: dict[int, Answer] = field(default_factory=dict)
    media: str = "application/json"  # of the good answer
    example: dict[str, Any] | None = None  # a body that works, for the curl line
    public: bool = True  # may be called by nobody in particular


def describe(group: str, summary: str, **promises: Any) -> Callable[[View], View]:
    def attach(view: View) -> View:
        view.description = Description(group, summary, **promises)  # type: ignore[attr-defined]
        return view

    return attach


def description_of(view: Callable[..., Any]) -> Description | None:
    return getattr(view, "description", None)
