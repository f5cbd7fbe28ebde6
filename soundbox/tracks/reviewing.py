"""Whose sounds wait until somebody has looked at them: a guest's public ones, where the operator wants that."""

from __future__ import annotations

from sqlalchemy.orm import Session

from soundbox.accounts.models import Kind, User
from soundbox.config import Config, Publish

from .models import Track, Visibility, Withheld


def needs_review(config: Config, maker: User) -> bool:
    return config.publish is Publish.review and maker.kind == Kind.guest


def review_if_changed(session: Session, config: Config, track: Track, *, title: str, visibility: str) -> None:
    """After an edit by its maker: what was looked at had the title and the visibility of before."""
    is_new = track.title != title or track.visibility != visibility
    if is_new and track.is_for_everybody and needs_review(config, track.user):
        track.withhold(session, Withheld.review)


def withheld_at_first(config: Config, maker: User, visibility: str) -> Withheld | None:
    """What a suspended person had asked for before is made, and stays out of sight like the rest of theirs."""
    if maker.is_suspended and visibility != Visibility.private:
        return Withheld.suspended
    waits = visibility == Visibility.public and needs_review(config, maker)
    return Withheld.review if waits else None
