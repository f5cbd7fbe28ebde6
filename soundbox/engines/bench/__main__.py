"""How fast the decoder is beside its references: `python -m soundbox.engines.bench [--device cuda] [--sizes small]`.

Those are transformers and, where it runs, audiocraft: on a CPU in float32, on a GPU in bfloat16. Weights are made by
chance in the true sizes of MusicGen. What is compared is only what is decoded in steps, without the text encoder and
the codec; both are in the first sound and in joining. On a CPU everything runs on one thread.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from transformers.utils import logging

from soundbox.engines.bench import by_chance
from soundbox.engines.bench.audiocraft import audiocraft_generation, audiocraft_runs
from soundbox.engines.bench.clock import bytes_a_second, seconds
from soundbox.engines.bench.own import Decoding
from soundbox.engines.transformer.musicgen import MusicGen
from soundbox.engines.transformer.precision import best_for_columns

_USUAL = {"cpu": (["small"], [1], 50), "cuda": (list(by_chance.SIZES), [1, 8, 32], 250)}  # sizes, batches, frames


@dataclass(frozen=True)
class Asked:
    device: torch.device
    batch: int
    frames: int
    tries: int

    def best_of(self, run: Callable[[], object]) -> float:
        """Seconds; the first try only warms up."""
        return min([seconds(self.device, run) for _ in range(self.tries + 1)][1:])


def main(arguments: list[str]) -> None:
    options = _read(arguments)
    device = torch.device(options.device)
    sizes, batches, frames = _USUAL[device.type]
    torch.set_num_threads(1)
    logging.set_verbosity_error()
    memory = bytes_a_second(device)
    _say(f"torch {torch.__version__} on {_name(device)}, which reads {memory / 1e9:.1f} GB a second")
    for size in options.sizes or sizes:
        for batch in options.batches or batches:
            with torch.inference_mode():
                _compare(size, Asked(device, batch, options.frames or frames, options.tries), memory)
            gc.collect()


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soundbox.engines.bench", description=__doc__)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--sizes", choices=by_chance.SIZES, nargs="+", help="on a GPU all, on a CPU small")
    parser.add_argument("--batches", type=int, nargs="+", help="sounds at once; on a GPU 1, 8 and 32, on a CPU 1")
    parser.add_argument("--frames", type=int, help="50 are a second of sound; on a GPU 250, on a CPU 50")
    parser.add_argument("--tries", type=int, default=3, help="the best of them counts")
    return parser.parse_args(arguments)


def _compare(size: str, asked: Asked, memory: float) -> None:
    device = asked.device
    theirs = torch.bfloat16 if device.type == "cuda" else torch.float32
    _say(f"MusicGen {size} by chance, {asked.batch} at once, {asked.frames} frames")
    model = by_chance.reference(size, device, theirs)
    base = asked.best_of(partial(by_chance.generate, model, asked.batch, asked.frames))
    _line("transformers", theirs, asked, base)
    if audiocraft_runs():
        run = audiocraft_generation(*by_chance.SIZES[size], asked.batch, asked.frames, device, theirs)
        _line("audiocraft", theirs, asked, asked.best_of(run), base)
        del run
    for dtype in dict.fromkeys((theirs, best_for_columns(device))):
        _ours(by_chance.own(model, device, dtype), dtype, asked, base, memory)


def _ours(model: MusicGen, dtype: torch.dtype, asked: Asked, base: float, memory: float) -> None:
    decoding = Decoding(model, asked.batch)
    taken = asked.best_of(partial(decoding.decode, asked.frames))
    bound = _bytes_a_step(model, dtype, asked) / memory * _steps(asked)
    _line("Sound Box", dtype, asked, taken, base, f"{bound / taken:.0%} of what memory allows")
    first = asked.best_of(decoding.first_sound)
    _say(f"  a sound of 30 s is heard after {first * 1000:.0f} ms; who joins waits {_joining(decoding, asked):.0f} ms")


def _joining(decoding: Decoding, asked: Asked) -> float:
    """Milliseconds, at best."""
    times = []
    for _ in range(asked.tries + 1):
        batch = decoding.filled_but_one()
        times.append(seconds(asked.device, partial(decoding.join, batch)))
        for member in batch.members:
            batch.leave(member.job_id)
    return min(times[1:]) * 1000


def _bytes_a_step(model: MusicGen, dtype: torch.dtype, asked: Asked) -> float:
    """What has to be read at least, halfway through: each matrix once, and the keys and values of every slot."""
    shape = model.shape
    layer = 6 * shape.width**2 + 2 * shape.width * shape.feed_forward  # without what makes keys of a text: that is once
    matrices = (shape.layers * layer + shape.codebooks * shape.entries * shape.width) * dtype.itemsize
    columns = 2 * asked.frames / 2 + by_chance.PROMPT_TOKENS  # of two rows, and of the text
    remembered = 2 * shape.layers * shape.width * columns * model.weights.embeddings.itemsize
    return matrices + asked.batch * remembered


def _steps(asked: Asked) -> int:
    return asked.frames + 3


def _line(who: str, dtype: torch.dtype, asked: Asked, taken: float, base: float | None = None, more: str = "") -> None:
    """Milliseconds a step, and seconds of sound of all that are made at once in a second."""
    made = asked.batch * asked.frames / 50
    name = f"{who} {str(dtype).removeprefix('torch.')}"
    ratio = f"{base / taken:.2f} times transformers" if base else ""
    line = f"  {name:22} {taken / _steps(asked) * 1000:8.2f} ms a step {made / taken:8.3f} s a second  {ratio}  {more}"
    _say(line.rstrip())


def _name(device: torch.device) -> Any:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "one thread of a CPU"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
