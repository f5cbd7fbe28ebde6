"""What the header of every page shows, and what its forms offer."""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from soundbox.accounts.principal import principal
from soundbox.aura import ledger
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.models import KINDS
from soundbox.engines.protocol import ModelInfo
from soundbox.extensions import db
from soundbox.jobs.line import unfinished_count
from soundbox.tracks.instance import catalogue, settings

from .request import LONGEST_PROMPT, MOST_TAKES

NAMES = {
    "music": "Music",
    "audio": "Sound effect",
    "tts": "Speech",
    "magnet-music": "MAGNeT music",
    "magnet-audio": "MAGNeT effect",
    "ace-step": "ACE-Step song",
    "stable-audio": "Stable Audio",
    "stable-audio-effects": "Stable Audio effect",
}
SECTIONS = {
    "stations": "radio",
    "station_desk": "radio",
    "generation": "create",
    "voices": "create",
    "jobs": "queue",
    "library": "library",
    "favorites": "favorites",
    "playlists": "library",
    "packs": "library",
    "presets": "create",
    "payments": "aura",
    "docs": "docs",
}


def init_app(app: Flask) -> None:
    app.context_processor(header)


def header() -> dict[str, Any]:
    who = principal()
    with db.read() as session:
        pending = unfinished_count(session, who.user_id) if who.user_id else 0
        aura = ledger.balance(session, who.user_id) if who.user_id and who.is_member else None
    return {
        "me": {
            "name": who.name,
            "signed_in": not who.is_guest,
            "is_member": who.is_member,
            "must_sign_in": who.is_guest and not settings().guests,
            "is_admin": who.is_admin,
            "lacks_code": who.lacks_code,
            "mode": settings().mode,
        },
        "pending": pending,
        "aura_balance": aura,
        "active": _active(),
        "models": _models(catalogue(), who.tier.longest_seconds),
        "limits": {
            "max_seconds": who.tier.longest_seconds,
            "prompt_characters": LONGEST_PROMPT,
            "takes": MOST_TAKES,
        },
    }


def _active() -> str:
    if request.endpoint in ("library.mine", "storage.index", "storage.delete"):
        return "mine"
    return SECTIONS.get((request.endpoint or "").partition(".")[0], "")


def shown_model(name: str) -> str:
    """The choice that a form offers for this model: where it is not here, another of its kind."""
    choices = _models(catalogue(), 0)
    kind = KINDS.get(name)
    offered = [one["id"] for one in choices if one["available"] and (one["id"] == name or one["kind"] == kind)]
    return name if name in offered else next(iter(offered), name)


def _models(known: Catalogue, longest_seconds: int) -> list[dict[str, Any]]:
    """A model that the engine of an earlier one would make is no choice of its own, so it is shown as absent."""
    makers: dict[str, str] = {}
    for name in KINDS:
        if info := known.find(name):
            makers.setdefault(info.engine, name)
    return [_model(known, name, longest_seconds, name in makers.values()) for name in KINDS]


def _model(known: Catalogue, name: str, longest_seconds: int, available: bool) -> dict[str, Any]:
    info = known.find(name)
    return {
        "id": name,
        "name": NAMES[name],
        "kind": KINDS[name],
        "available": available,
        "note": _note(info, available) if info else known.why_not(name) or "",
        "engine": info.engine if info else "",
        "sings": info is not None and "lyrics" in info.parameters,
        "max_seconds": min(longest_seconds, info.max_seconds) if info else longest_seconds,
    }


def _note(info: ModelInfo, available: bool) -> str:
    return info.engine if available else f"Its weights are not here; {info.engine} makes it when a program asks for it."
