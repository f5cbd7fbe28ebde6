"""What a view promises, told beside the view: the OpenAPI document and /docs are made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Description:
    """`answers` maps a status to a pydantic model or annotation, to bytes (a file of a type in `media`) or to None."""

    group: str
    summary: str
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answers: Mapping[int, Any] = field(default_factory=dict)
    media: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)  # that a request may carry, with what they do
    has_page: bool = False
    upload: str = ""  # the form field of a file that is sent
    example: str = ""  # of a body, as people would paste it
    refusals: Mapping[int, str] = field(default_factory=dict)  # besides those that every such route has


def describe(group: str, summary: str, **promises: Any) -> Callable[[View], View]:
    def attach(view: View) -> View:
        view.description = Description(group, summary, **promises)  # type: ignore[attr-defined]
        return view

    return attach


def description_of(view: Callable[..., Any]) -> Description | None:
    return getattr(view, "description", None)
