"""The settings as people read them; README's table is this one, and a test keeps it so."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Any

from soundbox.config import PREFIX, Config


def settings_table() -> str:
    """A Markdown table: variable, default, meaning."""
    rows = [
        f"| `{PREFIX}{name.upper()}` | {_shown(field.default)} | {field.description} |"
        for name, field in Config.model_fields.items()
    ]
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])


def _shown(default: Any) -> str:
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, StrEnum | Path):
        return f"`{default!s}`"
    if default in ("", ()):
        return ""
    if isinstance(default, tuple):
        return f"`{','.join(default)}`"
    return f"`{default}`"
