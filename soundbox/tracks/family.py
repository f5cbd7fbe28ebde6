"""A family of tracks as a page draws it: a tree of names and covers."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import url_for

from .answers import addresses
from .lineage import Relative

HOW = {"vary": "variation", "extend": "extension", "reference": "made after it"}


@dataclass
class Kin:
    id: str
    name: str
    creator: str
    how: str  # it came of the one above; "" for the first
    page_url: str
    small_disc_url: str
    children: list[Kin] = field(default_factory=list)


def tree_of(family: list[Relative]) -> list[Kin]:
    """The first of the family with all below it; nothing for a track without relatives."""
    if len(family) < 2:
        return []
    kin = {relative.track.id: _kin(relative) for relative in family}
    for relative in family[1:]:
        kin[relative.track.parent_id or ""].children.append(kin[relative.track.id])
    return [kin[family[0].track.id]]


def _kin(relative: Relative) -> Kin:
    track = relative.track
    return Kin(
        id=track.id,
        name=track.name,
        creator=track.user.display_name,
        how=HOW.get(track.relation or "", "made from it") if relative.depth else "",
        page_url=addresses(track.id)["page_url"],
        small_disc_url=url_for("tracks.spectrogram", file=f"{track.id}.disc.small.png"),
    )
