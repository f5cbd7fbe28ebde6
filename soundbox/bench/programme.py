"""A simulated week of a station: what comes again, who stands beside whom, what is never heard, what votes do."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from soundbox.audio.cut import SHORTEST_FRAMES
from soundbox.live import timeline
from soundbox.live.choosing import BEST, SAMPLE, UNHEARD
from soundbox.live.drawing import MAKER_SPACING, Choice, Past, Playable, draw

WEEK_PERIODS = 7 * 144
SHARE_RATED = 0.3  # of tracks have votes at all


@dataclass(frozen=True)
class Week:
    tracks: int
    makers: int
    airings: int
    nearest_repeat_minutes: float
    makers_too_near: int  # a maker again within `MAKER_SPACING` places
    heard_share: float
    best_to_unrated: float  # airings of a track of the best tenth for one of a track without votes


def week(tracks: int, makers: int, seed: int = 1) -> Week:
    dice = random.Random(seed)
    library = [_track(dice, number, makers) for number in range(tracks)]
    ranked = sorted(library, key=lambda track: -track.rating)
    past, frame, aired = Past(), 0, []
    waiting = list(library)
    dice.shuffle(waiting)
    for period in range(WEEK_PERIODS):
        sample = dice.sample(library, min(SAMPLE, tracks)) + dice.sample(ranked[: 3 * BEST], min(BEST, tracks))
        entries = draw(Choice(sample, waiting[:UNHEARD]), past, frame, timeline.start_of(period + 1), f"{period}")
        explored = [track for track in waiting[:UNHEARD] if track.track_id in past.ended]
        waiting = [track for track in waiting if track not in explored] + explored
        for entry in entries:
            aired.append((frame, entry.track_id, entry.frames))
            frame += entry.frames
    return _figures(library, ranked, makers, aired)


def _track(dice: random.Random, number: int, makers: int) -> Playable:
    rating = dice.betavariate(2, 3) if dice.random() < SHARE_RATED else 0.0
    frames = max(SHORTEST_FRAMES, timeline.frames_in(dice.lognormvariate(3.0, 0.6)))  # 20 s, most of 11 to 36
    return Playable(f"{number:032x}", dice.randrange(makers), frames, rating, dice.uniform(0, 200))


def _figures(library: list[Playable], ranked: list[Playable], makers: int, aired: list[tuple[int, str, int]]) -> Week:
    maker_of = {track.track_id: track.maker for track in library}
    nearest, ended = timeline.PERIOD_FRAMES * WEEK_PERIODS, dict[str, int]()
    for start, track_id, frames in aired:
        nearest = min(nearest, start - ended.get(track_id, -nearest))
        ended[track_id] = start + frames
    order = [maker_of[track_id] for _, track_id, _ in aired]
    near = sum(maker in order[max(0, place - MAKER_SPACING + 1) : place] for place, maker in enumerate(order))
    counts = Counter(track_id for _, track_id, _ in aired)
    best = ranked[: max(1, len(ranked) // 10)]
    unrated = [track for track in library if track.rating == 0.0] or ranked[-1:]
    means = [sum(counts[track.track_id] for track in some) / len(some) for some in (best, unrated)]
    return Week(
        tracks=len(library),
        makers=makers,
        airings=len(aired),
        nearest_repeat_minutes=timeline.seconds_of(nearest) / 60,
        makers_too_near=near,
        heard_share=len(counts) / len(library),
        best_to_unrated=means[0] / max(means[1], 1e-9),
    )
