"""What a file says about its sound, in every format alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tags:
    """Words carried inside a file. An empty one is left out."""

    title: str = ""
    artist: str = ""
    software: str = ""
    comment: str = ""
    licence: str = ""
