"""`python -m soundbox.bench.feature_scale > soundbox/audio/feature_scale.json`: derives what sound-alikes rest on.

Some eight hundred sounds are made and measured: three of every style and effect, random ideas, speech where it is
installed. What is usual among them gives the scale; their principal axes and centres divide all sounds into cells.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2

from soundbox.audio import features
from soundbox.audio.feature_form import VERSION
from soundbox.deploy.variety import around
from soundbox.engines.catalogue import Catalogue
from soundbox.engines.ideas import random_prompt
from soundbox.engines.procedural.effects.table import EFFECTS
from soundbox.engines.procedural.engine import started
from soundbox.engines.procedural.styles.catalogue import STYLES
from soundbox.engines.protocol import Done, Engine, EngineError, Failed, Sound, SoundRequest

TAKES = 3  # of every style and effect
IDEAS = {"music": 60, "audio": 120, "tts": 60}
LENGTHS = {"music": (6.0, 30.0), "audio": (2.0, 12.0), "tts": (1.0, 12.0)}
AXES, HALVES, CENTRES = 16, 2, 256
BETWEEN = 40_000  # sounds between the made ones, for the centres to fit
HOW = (
    "Written by soundbox/bench/feature_scale.py from {count} made sounds, version {version}. "
    "middle and spread: of each number in its own unit, without its most extreme hundredths. "
    "axes: the principal ones of scaled numbers, strongest first, in thousandths. "
    "centres: k-means on the even axes, then on the odd ones, of sounds between the made ones (deploy/variety.py)."
)
ROW_ENDS = re.compile(r"\], \[")


def main() -> None:
    write(np.array([features.measure(sound.samples, sound.sample_rate) for sound in every_sound()]))


def write(raw: NDArray[np.float64]) -> None:
    """Print the module, from one row of measures for each sound."""
    middle, spread = scale_of(raw)
    vectors = np.rint(np.clip((raw - middle) / spread, -4, 4) * features.weights() * features.STEPS)
    axes, centres = cells_of(vectors)
    constants = {
        "how": HOW.format(count=len(raw), version=VERSION),
        "middle": middle.round(3).tolist(),
        "spread": spread.round(3).tolist(),
        "axes": axes.tolist(),
        "centres": centres.tolist(),
    }
    print(ROW_ENDS.sub("],\n[", json.dumps(constants, indent=None).replace(', "', ',\n"')))  # noqa: T201


def every_sound(luck: int = 0) -> Iterator[Sound]:
    """In a fixed order; other `luck`: other takes and other ideas."""
    chance = random.Random(luck)
    catalogue = Catalogue.build()
    for model, prompt in _prompts(chance):
        if catalogue.find(model) is None:
            continue
        request = SoundRequest("sound", model, prompt, chance.uniform(*LENGTHS[model]), chance.randrange(2**32))
        sound = _made(catalogue.engine_for(model), request)
        if sound is not None:
            yield sound


def scale_of(raw: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middle and deviation of each number without its most extreme hundredths."""
    inner = np.clip(raw, *np.percentile(raw, (1, 99), axis=0))
    return inner.mean(axis=0), np.maximum(inner.std(axis=0), 1e-3)


def cells_of(vectors: NDArray[np.float64]) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Axes of shape (AXES, DIMENSIONS) in thousandths, centres of shape (HALVES, CENTRES, AXES / HALVES)."""
    _, _, directions = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
    axes = np.rint(directions[:AXES] * 1000).astype(int)
    known = vectors.astype(np.int8)
    places = around(known, BETWEEN, np.random.default_rng(0), (axes / 1000).astype(np.float32)) @ axes.T / 1000
    halves = [
        kmeans2(places[:, half::HALVES], CENTRES, iter=30, minit="points", rng=np.random.default_rng(half))[0]
        for half in range(HALVES)
    ]
    return axes, np.rint(np.array(halves)).astype(int)


def _prompts(chance: random.Random) -> Iterator[tuple[str, str]]:
    for _ in range(TAKES):
        yield from (("music", style.name) for style in STYLES)
        yield from (("audio", chance.choice(effect.phrases)) for effect in EFFECTS)
    for model, count in IDEAS.items():
        yield from ((model, random_prompt(model, chance.randrange(2**32))) for _ in range(count))


def _made(engine: Engine, request: SoundRequest) -> Sound | None:
    if request.model != "tts":
        return next((event.sound for event in started(request) if isinstance(event, Done)), None)
    try:
        engine.submit(request)
    except EngineError:
        return None
    while True:
        for event in engine.step():
            if isinstance(event, Done):
                return event.sound
            if isinstance(event, Failed):
                return None


if __name__ == "__main__":
    main()
