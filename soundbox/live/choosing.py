"""What a station's next programme is drawn from, out of the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from soundbox.clock import now_ms
from soundbox.stations.models import Station
from soundbox.stations.wanting import wanted_by
from soundbox.tracks.air import cut_of
from soundbox.tracks.browse import WALKING_SECONDS, tracks_of
from soundbox.tracks.models import Track
from soundbox.tracks.sorts import LISTED, RANDOM, Place
from soundbox.tracks.walking import Deadline, Walk

from . import timeline
from .drawing import Choice, Past, Playable, in_time
from .models import Published, StationRequest

SAMPLE = 400  # tracks by chance
BEST = 100  # besides, by chance of those with the most votes
UNHEARD = 40  # the next of those to be explored
NEWEST = 50  # looked at for what is fresh off the queue
MOST_NEW = 10  # in a programme
REMEMBERED_PERIODS = 14  # as long as nothing repeats
DAY_MS = 86_400_000
RANDOM_END = 1 << 62  # above every random key; the order goes down


@dataclass(frozen=True)
class Offer:
    """`explored_from`: the random keys of what is to be explored, in order."""

    choice: Choice
    past: Past
    unheard_keys: dict[str, int]
    explored_from: int

    def explored_key(self) -> int:
        """After a draw from it: where the next one goes on, so that nothing is left out."""
        left = [key for track_id, key in self.unheard_keys.items() if track_id not in self.past.ended]
        if left:
            return left[0] + 1
        return next(reversed(self.unheard_keys.values()), self.explored_from)


def offer(session: Session, station: Station, period: int, earlier: Sequence[Published]) -> Offer:
    rule = station.rule
    before = Published.last_before(session, station, period)
    explored_from = before.explored_key if before else RANDOM_END
    sample = rule.pick(session, SAMPLE)
    is_whole = len(sample) < SAMPLE
    best = [] if is_whole or rule.sort != "random" else rule.model_copy(update={"sort": "top"}).pick(session, BEST)
    unheard = _turned(sample, explored_from) if is_whole else _next(session, station, explored_from)
    new = _new(session, station, before.drawn_ms) if before else []
    now = now_ms()
    choice = Choice(
        drawn=[playable(track, now) for track in {track.number: track for track in (*sample, *best)}.values()],
        unheard=[playable(track, now) for track in unheard],
        new=[playable(track, now) for track in new],
        requested=in_time((playable(track, now) for track in _requested(session, station)), timeline.PERIOD_FRAMES),
    )
    return Offer(choice, _past(session, earlier), {track.id: track.random_key for track in unheard}, explored_from)


def playable(track: Track, now: int) -> Playable:
    frames = cut_of(track).frames
    return Playable(track.id, track.user_id, frames, track.rating, max(0.0, (now - track.created_ms) / DAY_MS))


def _turned(tracks: Iterable[Track], start: int) -> list[Track]:
    """All of a small station, in the random order, from this key on and round."""
    down = sorted(tracks, key=lambda track: -track.random_key)
    after = [track for track in down if track.random_key < start]
    return (after + [track for track in down if track.random_key >= start])[:UNHEARD]


def _next(session: Session, station: Station, start: int) -> list[Track]:
    what = wanted_by(session, station.rule)
    if what is None or station.rule.sort != "random":
        return []  # it plays only the first of an order, all of which are in the sample
    walk = Walk(session, RANDOM, what, Deadline(WALKING_SECONDS))
    numbers = walk.first(UNHEARD, Place(start, 0))
    if len(numbers) < UNHEARD:
        numbers = list(dict.fromkeys([*numbers, *walk.first(UNHEARD - len(numbers))]))
    return tracks_of(session, numbers)


def _new(session: Session, station: Station, since_ms: int) -> list[Track]:
    """Made since the last draw, the oldest first."""
    newest = session.scalars(select(Track).where(LISTED).order_by(Track.number.desc()).limit(NEWEST))
    made = [track for track in newest if track.created_ms >= since_ms]
    rule = station.rule
    return [track for track in reversed(made) if rule.matches(session, track)][-MOST_NEW:]


def _requested(session: Session, station: Station) -> list[Track]:
    """Those that can be heard already, each once, in the order of asking."""
    asked = list(dict.fromkeys(one.track_id for one in StationRequest.waiting(session, station)))
    found = {track.id: track for track in session.scalars(select(Track).where(LISTED, Track.id.in_(asked)))}
    return [found[track_id] for track_id in asked if track_id in found]


def _past(session: Session, earlier: Sequence[Published]) -> Past:
    past = Past()
    airings = [airing for published in earlier for airing in published.programme.airings]
    for airing in airings:
        past.ended[airing.entry.track_id] = airing.end_frame
    last = [airing.entry.track_id for airing in airings[-(past.makers.maxlen or 0) :]]
    makers = {row.id: row.user_id for row in session.execute(select(Track.id, Track.user_id).where(Track.id.in_(last)))}
    past.makers.extend(makers[track_id] for track_id in last if track_id in makers)
    return past
