"""Where a track comes from and what was made of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, literal, or_, select
from sqlalchemy.orm import Session, aliased

from soundbox.accounts.principal import Principal

from .models import Track

FARTHEST = 12  # generations up and down
MOST_RELATIVES = 100


@dataclass(frozen=True)
class Relative:
    track: Track
    depth: int  # generations below the first


def family_of(session: Session, who: Principal, track: Track) -> list[Relative]:
    """The oldest ancestor that `who` may see and all that came of it, each behind what it was made from.

    Above and below what is hidden from `who` the family ends. A track without relatives is a family of one.
    """
    return _in_order(session, _oldest(session, who, track), who)


def _oldest(session: Session, who: Principal, track: Track) -> Track:
    above = select(Track.id, Track.parent_id, literal(0, Integer).label("depth")).where(Track.number == track.number)
    line = above.cte("line", recursive=True)
    parent = aliased(Track)
    line = line.union_all(
        select(parent.id, parent.parent_id, line.c.depth + 1)
        .join(line, parent.id == line.c.parent_id)
        .where(line.c.depth < FARTHEST, _seen(parent, who))
    )
    query = select(Track).join(line, Track.id == line.c.id).order_by(line.c.depth.desc()).limit(1)
    return session.scalars(query).one()


def _in_order(session: Session, first: Track, who: Principal) -> list[Relative]:
    root = select(Track.id, literal(0, Integer).label("depth")).where(Track.number == first.number)
    tree = root.cte("tree", recursive=True)
    child = aliased(Track)
    tree = tree.union_all(
        select(child.id, tree.c.depth + 1)
        .join(tree, child.parent_id == tree.c.id)
        .where(tree.c.depth < 2 * FARTHEST, _seen(child, who))
    )
    nearest = select(tree.c.id, tree.c.depth).order_by(tree.c.depth).limit(MOST_RELATIVES).subquery()
    query = select(Track, nearest.c.depth).join(nearest, Track.id == nearest.c.id).order_by(Track.number)
    depths = {track.id: (track, depth) for track, depth in session.execute(query)}
    children: dict[str | None, list[str]] = {}
    for track, _ in depths.values():
        children.setdefault(track.parent_id, []).append(track.id)
    family, waiting = [], [first.id]
    while waiting:
        family.append(Relative(*depths[waiting[-1]]))
        waiting += reversed(children.get(waiting.pop(), []))
    return family


def _seen(track: type[Track], who: Principal) -> ColumnElement[bool]:
    """In a family tree stands what is listed, and one's own."""
    return or_(track.listed.is_(True), track.user_id == (who.user_id or 0))
