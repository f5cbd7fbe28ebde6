"""From samples to a track: files first, then one transaction for the track and the end of its job."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from soundbox import __version__
from soundbox.accounts.models import User
from soundbox.audio import disc, wav
from soundbox.audio.disc import draw_disc
from soundbox.audio.face import draw_face
from soundbox.audio.features import features
from soundbox.audio.labelled import draw_labelled
from soundbox.audio.loop import make_seamless
from soundbox.audio.loudness import integrated_lufs, normalise
from soundbox.audio.peaks import peaks
from soundbox.audio.sizes import SMALL_FACE
from soundbox.audio.tags import Tags
from soundbox.config import Config
from soundbox.engines.procedural import recipes
from soundbox.engines.protocol import ModelInfo, Sound
from soundbox.extensions import Database
from soundbox.jobs.claims import Claim
from soundbox.jobs.takes import Take, request_for
from soundbox.media.local import LocalMedia
from soundbox.tracks.categories import categories_of
from soundbox.tracks.features import TrackFeatures
from soundbox.tracks.models import Track
from soundbox.tracks.reviewing import withheld_at_first
from soundbox.tracks.storage import counting

LONGEST_OVERLAP_SECONDS = 2.0
OVERLAP_SHARE = 0.2  # of the whole sound


class NothingToHear(Exception):
    """The engine gave no samples, or samples that are not numbers."""


@dataclass(frozen=True)
class Publication:
    """A take that is to be published, and when its job was claimed (monotonic seconds)."""

    claim: Claim
    info: ModelInfo
    take: Take
    retakes: int
    claimed_at: float


def publish(database: Database, media: LocalMedia, publication: Publication, config: Config) -> bool:
    """False: the lease was lost, and nothing of this run is left. Raises `MediaError`, `OSError`, `NothingToHear`."""
    claim = publication.claim
    try:
        sound = master(publication.take.sound, loop=claim.job.loop)
        size_bytes = _write_files(media, claim.stem, sound, _tags(publication, _maker(database, claim)))
        facts = _facts(publication, sound, size_bytes)
        vector = features(sound.samples, sound.sample_rate)
    except BaseException:
        remove_files(media, claim.stem)
        raise
    took_ms = round((time.monotonic() - publication.claimed_at) * 1000)
    with database.money() as session:  # should it fail, nobody knows whether it was committed: the files stay
        published = claim.finish(session, engine=publication.info.engine, took_ms=took_ms, retakes=publication.retakes)
        if published:
            maker = claim.owner(session)
            withheld = withheld_at_first(config, maker, claim.job.visibility)
            track = Track.publish(session, **facts, user_id=maker.id, withheld=withheld)
            TrackFeatures.keep(session, track.number, vector)
    if not published:
        remove_files(media, claim.stem)
    return published


def master(sound: Sound, *, loop: bool) -> Sound:
    """Seamless if it is to loop and the engine did not see to it, and as loud as every other sound."""
    if sound.samples.size == 0 or not np.isfinite(sound.samples).all():
        raise NothingToHear("No sound came out of it.")
    if loop and sound.loop_points is None:
        seconds = sound.samples.shape[1] / sound.sample_rate
        seamless = make_seamless(
            sound.samples, sound.sample_rate, min(LONGEST_OVERLAP_SECONDS, OVERLAP_SHARE * seconds)
        )
        sound = replace(sound, samples=seamless.samples, loop_points=seamless.loop_points)
    loops = sound.loop_points is not None
    return replace(
        sound, samples=normalise(sound.samples, sound.sample_rate, one_shot=sound.one_shot and not loops, loops=loops)
    )


def draw_labelled_later(media: LocalMedia, stem: str) -> None:
    """The picture with axes, drawn from the stored master once the track can be heard."""
    key = f"{stem}.labelled.png"
    if media.exists(key):
        return  # somebody asked for it meanwhile
    samples, info = wav.read(media.path(f"{stem}.wav"))
    count = counting(stem)
    media.write(
        key, lambda path: draw_labelled(samples, info.sample_rate, path), lambda path: count(path.stat().st_size)
    )


def remove_files(media: LocalMedia, stem: str) -> None:
    """All that one run of a job has written."""
    for key in list(media.keys(f"{stem}.")):
        media.delete(key)


def _write_files(media: LocalMedia, stem: str, sound: Sound, tags: Tags) -> int:
    """The master, its face and its cover. Returns their size in bytes."""

    rate = sound.sample_rate
    writers: dict[str, Callable[[Path], None]] = {
        "wav": lambda path: wav.write(path, sound.samples, rate, tags, sound.loop_points),
        "png": lambda path: draw_face(sound.samples, rate, path),
        "small.png": lambda path: draw_face(sound.samples, rate, path, SMALL_FACE),
        "disc.png": lambda path: draw_disc(sound.samples, rate, path),
        "disc.small.png": lambda path: draw_disc(sound.samples, rate, path, disc.SMALL),
    }
    checks: dict[str, Callable[[Path], Any]] = {"wav": wav.inspect}
    written = [media.write(f"{stem}.{suffix}", writer, checks.get(suffix)) for suffix, writer in writers.items()]
    return sum(path.stat().st_size for path in written)


def _maker(database: Database, claim: Claim) -> str:
    with database.read() as session:
        return session.get_one(User, claim.job.user_id).display_name


def _tags(publication: Publication, maker: str) -> Tags:
    job, info = publication.claim.job, publication.info
    parameters = "".join(f"; {name} {value}" for name, value in sorted(job.parameters.items()))
    return Tags(
        title=job.title or job.prompt,
        artist=maker,
        software=f"Sound Box {__version__}, {info.engine} {info.engine_version}",
        comment=f"{job.prompt} (model {job.model}; seed {publication.take.seed}{parameters})",
        licence=info.licence,
    )


def _facts(publication: Publication, sound: Sound, size_bytes: int) -> dict[str, Any]:
    job, info, take = publication.claim.job, publication.info, publication.take
    loudness = integrated_lufs(sound.samples, sound.sample_rate)
    return {
        "id": job.id,
        "prompt": job.prompt,
        "title": job.title,
        "visibility": job.visibility,
        "model": job.model,
        "kind": info.kind,
        "engine": info.engine,
        "engine_version": info.engine_version,
        "seed": take.seed,
        "preset": job.preset,
        "parameters": job.parameters,
        "recipe": recipes.as_data(replace(request_for(publication.claim).recipe, seed=take.seed)),
        "licence": info.licence,
        "commercial_use": info.commercial_use,
        "retakes": publication.retakes,
        "seconds": sound.samples.shape[1] / sound.sample_rate,
        "sample_rate": sound.sample_rate,
        "channels": len(sound.samples),
        "loop": sound.loop_points is not None,
        "understood": list(sound.understood),
        "tempo": sound.tempo,
        "key": sound.key,
        "loudness_lufs": loudness if np.isfinite(loudness) else None,
        "quality": take.quality.score,
        "quality_issues": list(take.quality.issues),
        "flagged": not take.quality.accepted,
        "peaks": peaks(sound.samples),
        "stem": publication.claim.stem,
        "size_bytes": size_bytes,
        "categories": categories_of(job.prompt, info.kind),
        "parent_id": job.parent_id,
        "relation": job.relation,
        "take": job.take,
        "made_for": job.made_for,
    }
