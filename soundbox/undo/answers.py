"""What programs get."""

from __future__ import annotations

from flask import url_for
from pydantic import Field

from soundbox.web.respond import Done

from .models import Deleted


class DeletedAnswer(Done):
    undo_url: str | None = Field(description="A POST there within an hour brings it back; null if it was not one's own")

    @classmethod
    def of(cls, kept: Deleted | None) -> DeletedAnswer:
        return cls(undo_url=url_for("undo.undo", deleted_id=kept.id) if kept else None)


class UndoneAnswer(Done):
    page_url: str = Field(description="Where it is again")
