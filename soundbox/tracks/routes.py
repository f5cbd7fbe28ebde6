"""The files of a track: sound, pictures, downloads."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Response, make_response, send_file
from pydantic import BaseModel

from soundbox.accounts.principal import principal
from soundbox.audio import commands
from soundbox.extensions import db, limiter
from soundbox.media.derive import DeriveFailed, derived
from soundbox.media.local import MediaFull, MediaMissing
from soundbox.web.describe import describe
from soundbox.web.errors import Refusal
from soundbox.web.respond import respond

from . import leaving  # noqa: F401 - listens
from .instance import media, settings
from .models import Track
from .naming import download_name
from .recipe import PART_TYPES, demand_parts, part_command, stored_recipe
from .storage import counting

blueprint = Blueprint("tracks", __name__)

SOUND_TYPES = {"wav": "audio/wav", "flac": "audio/flac", "mp3": "audio/mpeg", "ogg": "audio/ogg", **PART_TYPES}
PICTURES = {
    "png": "face",
    "disc.png": "disc",
    "small.png": "small-face",
    "disc.small.png": "small-disc",
    "cover.png": "cover",
    "labelled.png": "labelled",
}
FILE_NAME = re.compile(r"([0-9a-f]{32})\.([a-z0-9.]+)")
GONE = {410: "Its file is gone or damaged", 503: "There is no room to make it"}
FILE_REFUSALS = {416: "It has no such range", **GONE}
FOR_EVER = "public, max-age=31536000, immutable"


class SpectrogramAnswer(BaseModel):
    spectrogram: str


@blueprint.get("/audio/<file>")
@limiter.exempt  # they never change, so browsers and proxies keep them
@describe(
    "Files",
    "The sound of a track: .wav, .flac, .mp3 or .ogg, with Range; composed music also as .mid and .drums.wav, "
    ".bass.wav, .chords.wav, .melody.wav: the mix before its master, in parts",
    answers={200: bytes, 206: bytes},
    media=tuple(SOUND_TYPES.values()),
    refusals=FILE_REFUSALS,
)
def audio(file: str) -> Response:
    track, suffix = _asked(file, SOUND_TYPES)
    return _send(track, _sound(track, suffix), SOUND_TYPES[suffix])


@blueprint.get("/spectrogram/<file>")
@limiter.exempt
@describe(
    "Files",
    "A picture of a track: {id}.png the face, {id}.disc.png the disc, {id}.cover.png the same large and on a "
    "ground, as podcast programs want it, {id}.labelled.png with axes",
    answers={200: bytes, 206: bytes},
    media=("image/png",),
    refusals=FILE_REFUSALS,
)
def spectrogram(file: str) -> Response:
    track, suffix = _asked(file, PICTURES)
    return _send(track, _picture(track, suffix), "image/png")


@blueprint.get("/download/<file>")
@limiter.exempt
@describe(
    "Files",
    "The sound under a name made of its prompt",
    answers={200: bytes, 206: bytes},
    media=tuple(SOUND_TYPES.values()),
    refusals=FILE_REFUSALS,
)
def download(file: str) -> Response:
    track, suffix = _asked(file, SOUND_TYPES)
    name = f"{download_name(track)}.{suffix}"
    return _send(track, _sound(track, suffix), SOUND_TYPES[suffix], name)


@blueprint.get("/generate-spectrogram/<file>")
@limiter.limit("60/minute")
@describe(
    "Files",
    "Makes a spectrogram that is missing; gives its file name",
    answers={200: SpectrogramAnswer},
    refusals=GONE,
)
def generate_spectrogram(file: str) -> Response:
    track, _ = _asked(file, SOUND_TYPES)
    _picture(track, "png")
    return respond(SpectrogramAnswer(spectrogram=f"{track.id}.png"))


def _asked(file: str, suffixes: dict[str, str]) -> tuple[Track, str]:
    """Permission and fetch in one step."""
    parts = FILE_NAME.fullmatch(file)
    if parts is None or parts[2] not in suffixes:
        raise Refusal(404, "Audio file not found" if suffixes is SOUND_TYPES else "Picture not found")
    with db.read() as session:
        track = Track.readable_by(session, principal(), parts[1])
    if track is None:
        raise Refusal(404, "Audio file not found")
    return track, parts[2]


def _sound(track: Track, suffix: str) -> Path:
    if suffix in PART_TYPES:
        demand_parts(track)
        return _derived(track, suffix, part_command(suffix), from_recipe=True)
    return _stored(track, "wav") if suffix == "wav" else _derived(track, suffix, commands.encode)


def _picture(track: Track, suffix: str) -> Path:
    return _derived(track, suffix, commands.picture(PICTURES[suffix]))


def _stored(track: Track, suffix: str) -> Path:
    try:
        return media().path(track.file(suffix))
    except MediaMissing:
        raise _gone() from None


def _gone() -> Refusal:
    return Refusal(410, "The file of this track is gone", advice="Make it again from its recipe.")


def _derived(track: Track, suffix: str, command: commands.Command, *, from_recipe: bool = False) -> Path:
    """Made from the master or the recipe by a child process, once; later requests find it."""
    try:
        source = stored_recipe(media(), track) if from_recipe else track.file("wav")
        return derived(media(), source, track.file(suffix), command, count=counting(track.stem))
    except MediaMissing:
        raise _gone() from None
    except MediaFull as error:
        raise Refusal(503, str(error), advice="Somebody has to make room; the WAV master can still be had.") from None
    except DeriveFailed as error:
        raise Refusal(410, str(error), advice="The sound of this track is damaged.") from None


def _send(track: Track, path: Path, mimetype: str, download_name: str | None = None) -> Response:
    config = settings()
    public = track.is_for_everybody
    if config.accel_redirect:
        response = make_response("")
        response.headers["X-Accel-Redirect"] = config.accel_redirect + str(path.relative_to(config.media_folder))
        response.mimetype = mimetype
    else:
        response = send_file(path, mimetype, conditional=True, etag=f"{path.name}-{path.stat().st_size}")
    response.headers["Cache-Control"] = FOR_EVER if public else "private, no-cache"
    if download_name:
        response.headers.set("Content-Disposition", "attachment", filename=download_name)
    return response
