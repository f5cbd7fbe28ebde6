"""One try at a sound, and whether it is good enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from soundbox.audio.quality import Kind, Quality, judge
from soundbox.audio.samples import Samples
from soundbox.engines.procedural import recipes
from soundbox.engines.protocol import ModelInfo, Relation, Sound, SoundRequest
from soundbox.jobs.claims import Claim

MOST_RETAKES = 2
SEEDS = 2**32


@dataclass(frozen=True)
class Take:
    """A sound as the engine gave it, before it is made seamless and brought to one loudness."""

    seed: int
    sound: Sound
    quality: Quality

    @classmethod
    def of(cls, sound: Sound, seed: int, info: ModelInfo) -> Take:
        return cls(seed, sound, judge(sound.samples, sound.sample_rate, cast(Kind, info.kind), sound.one_shot))

    def better_of(self, other: Take | None) -> Take:
        return self if other is None or self.quality.score > other.quality.score else other


def request_for(claim: Claim, retakes: int = 0, parent: Samples | None = None) -> SoundRequest:
    """What the engine is asked; another take differs by its seed alone. `parent`: what it comes from."""
    job = claim.job
    relation = cast(Relation | None, job.engine_relation)
    return SoundRequest(
        job_id=job.id,
        model=job.model,
        prompt=job.prompt,
        seconds=job.seconds,
        seed=(job.seed + retakes) % SEEDS,
        loop=job.loop,
        parameters=job.parameters,
        start_audio=parent if relation == "extend" else None,
        reference_audio=parent if relation == "reference" else None,
        relation=relation,
        parent=recipes.recipe_of(job.parent_recipe) if job.parent_recipe else None,
    )


def deserves_another(take: Take, claim: Claim, retakes: int) -> bool:
    """A seed that a person named is never replaced: they asked for exactly this sound."""
    return not take.quality.accepted and retakes < MOST_RETAKES and not claim.job.seed_named
