"""Who made what is in a pack, and what may be done with it: CREDITS.md for people, licenses.json for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from soundbox.clock import iso_z
from soundbox.tracks.models import Track

MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~])")


@dataclass(frozen=True)
class Credit:
    file: str
    title: str
    maker: str
    licence: str  # SPDX id
    commercial_use: bool
    prompt: str
    link: str
    model: str
    made_by: str  # the engine
    date: str  # YYYY-MM-DD
    loop: bool

    @classmethod
    def of(cls, track: Track, file: str, link: str) -> Credit:
        return cls(
            file=file,
            title=track.name,
            maker=track.user.display_name,
            licence=track.licence,
            commercial_use=track.commercial_use,
            prompt=track.prompt,
            link=link,
            model=track.model,
            made_by=f"{track.engine} {track.engine_version}",
            date=iso_z(track.created_ms)[:10],
            loop=track.loop,
        )


@dataclass(frozen=True)
class LeftOut:
    """A file that could not be had while the pack was sent."""

    credit: Credit
    why: str


def credits_text(name: str, credits: Sequence[Credit], left_out: Sequence[LeftOut]) -> str:
    """CREDITS.md. Equal input gives equal text: nothing in it tells when the pack was made."""
    lines = [f"# {plain(name)}", "", f"{_files(len(credits))}, made with Sound Box by machine from words.", ""]
    for credit in credits:
        lines += [f"## {plain(credit.file)}", "", *_facts(credit), ""]
    if left_out:
        lines += ["## Left out", "", "These belong here, but could not be had when the pack was made.", ""]
        lines += [f"- {plain(one.credit.file)} ({one.credit.link}): {plain(one.why)}" for one in left_out]
        lines += [""]
    return "\n".join(lines)


def licenses_json(credits: Sequence[Credit]) -> str:
    """`commercial_use` of the whole is true when no file forbids it."""
    whole = {
        "commercial_use": all(credit.commercial_use for credit in credits),
        "licences": sorted({credit.licence for credit in credits}),
        "files": [asdict(credit) for credit in credits],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def plain(text: str) -> str:
    """What people typed, on one line and without meaning to Markdown."""
    return MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _files(count: int) -> str:
    return f"{count} file" if count == 1 else f"{count} files"


def _facts(credit: Credit) -> list[str]:
    commerce = "commercial use allowed" if credit.commercial_use else "no commercial use"
    return [
        f"- Title: {plain(credit.title)}",
        f"- Maker: {plain(credit.maker)}",
        f"- Licence: {credit.licence} ({commerce})",
        f"- Prompt: {plain(credit.prompt)}",
        f"- Link: {credit.link}",
        f"- Model: {credit.model}, made by {plain(credit.made_by)}",
        f"- Date: {credit.date}",
        *(["- Loops without a seam"] if credit.loop else []),
    ]
