"""Hearing a sound while it is made: for whoever may see its job."""

from __future__ import annotations

import re

from flask import Blueprint, Response, current_app, url_for

from soundbox.accounts.principal import principal
from soundbox.extensions import db, limiter
from soundbox.tracks.instance import media
from soundbox.tracks.models import Track
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal

from .hearing import Audible, finished_playlist
from .models import Job, State
from .showing import readable

blueprint = Blueprint("listen", __name__)

PLAYLIST_TYPE = "application/vnd.apple.mpegurl"
SEGMENT_TYPE = "audio/aac"
PART = re.compile(r"(\d{1,9})-(\d{1,3})-(\d{1,6})\.aac")  # lease, take, number
NOT_YET_SECONDS = 1
KEPT = "private, max-age=3600, immutable"


@blueprint.get("/job/<job_id>/live.m3u8")
@limiter.exempt  # players ask every second
@describe(
    "Generation",
    "A sound while it is made, as HLS: the list grows until the sound is whole, and then names the finished one. "
    "Effects and loops can be heard when they are finished",
    answers={200: bytes},
    media=(PLAYLIST_TYPE,),
    refusals={410: "It ended without a sound", 503: "Nothing of it can be heard yet"},
)
def playlist(job_id: str) -> Response:
    job, track = _asked(job_id)
    audible = Audible.of(media(), job.id, job.lease_gen)
    if audible is not None:
        growth = audible.growth
        text = audible.playlist(lambda number: _address(job_id, f"{growth.lease_gen}-{growth.take}-{number}"))
    elif track is not None:
        text = finished_playlist(url_for("tracks.audio", file=f"{job_id}.mp3"), track.seconds)
    else:
        raise Refusal(503, "Nothing of it can be heard yet", retry_after_seconds=NOT_YET_SECONDS)
    response = current_app.response_class(text, mimetype=PLAYLIST_TYPE)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/job/<job_id>/live/<part>")
@limiter.exempt
@describe(
    "Generation",
    "Two seconds of it, as its playlist names them",
    answers={200: bytes},
    media=(SEGMENT_TYPE,),
    refusals={410: "It ended without a sound"},
)
def part(job_id: str, part: str) -> Response:
    job, _ = _asked(job_id)
    named = PART.fullmatch(part)
    audible = Audible.of(media(), job.id, job.lease_gen)
    if named is None or audible is None or (int(named[1]), int(named[2])) != (job.lease_gen, audible.growth.take):
        raise Refusal(404, "Part not found")
    content = audible.segment(int(named[3]))
    if content is None:
        raise Refusal(404, "Part not found")
    response = current_app.response_class(content, mimetype=SEGMENT_TYPE)
    response.headers["Cache-Control"] = KEPT
    return response


def _asked(job_id: str) -> tuple[Job, Track | None]:
    """The job and, once it is made, its track. Raises `Refusal` 404, and 410 where there will never be a sound."""
    with db.read() as session:
        job = readable(session, job_id)
        track = Track.readable_by(session, principal(), job_id) if job.status == State.completed else None
    if job.has_ended and track is None:
        raise Refusal(410, "It ended without a sound", advice="Its page says why.")
    return job, track


def _address(job_id: str, name: str) -> str:
    return url_for("listen.part", job_id=job_id, part=f"{name}.aac")
