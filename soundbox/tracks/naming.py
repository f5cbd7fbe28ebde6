"""What a track's file is called where people keep it."""

from __future__ import annotations

import re
import unicodedata

from .models import Track

SLUG_CHARACTERS = 30


def download_name(track: Track) -> str:
    """peaceful-ambient-melody_abc123: the prompt cut at a word, and the last six characters of the id."""
    return f"{slug_of(track.title or track.prompt) or 'sound'}_{track.id[-6:]}"


def slug_of(name: str) -> str:
    """peaceful-ambient-melody, cut at a word; empty where nothing can be written in plain letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > SLUG_CHARACTERS:
        slug = slug[: SLUG_CHARACTERS + 1].rpartition("-")[0] or slug[:SLUG_CHARACTERS]
    return slug
