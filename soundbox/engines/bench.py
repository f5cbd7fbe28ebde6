"""How fast the decoder is beside its references: `python -m soundbox.engines.bench [--size small] [--batch 1] ...`.

Those are transformers and, where it is installed, audiocraft.

Weights are made by chance in the true sizes of MusicGen, since speed does not depend on what they are. Only what is
decoded in steps is measured, without the text encoder and the codec. On one thread and in seconds of its processor, so
that what else the machine does counts little.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from transformers import (
    EncodecConfig,
    MusicgenConfig,
    MusicgenDecoderConfig,
    MusicgenForConditionalGeneration,
    T5Config,
)
from transformers.utils import logging

from soundbox.engines.bench_audiocraft import audiocraft_generation, audiocraft_runs
from soundbox.engines.transformer.asked import Sampling
from soundbox.engines.transformer.batch import Batch, Member
from soundbox.engines.transformer.decoder import Decoder
from soundbox.engines.transformer.precision import Precision, best_for_columns
from soundbox.engines.transformer.shape import Shape, shape_of
from soundbox.engines.transformer.weights import musicgen_weights
from soundbox.engines.transformer.window import Columns

SIZES = {"small": (1024, 24, 16), "medium": (1536, 48, 24), "large": (2048, 48, 32)}  # width, layers, heads
CPU = torch.device("cpu")
_PROMPT_TOKENS, _TEXT_WIDTH = 12, 768


@dataclass(frozen=True)
class Asked:
    size: str
    batch: int
    frames: int
    tries: int


def main(arguments: list[str]) -> None:
    asked = _read(arguments)
    torch.set_num_threads(1)
    logging.set_verbosity_error()
    model = _reference(asked.size)
    _say(f"MusicGen {asked.size} by chance, {asked.batch} at once, {asked.frames} frames, torch {torch.__version__}")
    with torch.inference_mode():
        base = _report("transformers float32", asked, partial(_generate, model, asked))
        if audiocraft_runs():
            generate = audiocraft_generation(*SIZES[asked.size], asked.batch, asked.frames)
            _report("audiocraft float32", asked, generate, base)
            del generate
        for dtype in dict.fromkeys((torch.float32, best_for_columns(CPU))):
            name = str(dtype).removeprefix("torch.")
            _report(f"Sound Box {name}", asked, partial(_decode, _own(model, dtype, asked.batch), asked), base)


def _read(arguments: list[str]) -> Asked:
    parser = argparse.ArgumentParser(prog="soundbox.engines.bench", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--frames", type=int, default=50, help="50 are a second of sound")
    parser.add_argument("--tries", type=int, default=3, help="the best of them counts")
    return Asked(**vars(parser.parse_args(arguments)))


def _report(name: str, asked: Asked, run: Callable[[], object], base: float | None = None) -> float:
    """Prints a line; returns the seconds of the best try."""
    seconds = min(_seconds(run) for _ in range(asked.tries + 1))  # the first only warms up
    made = asked.batch * asked.frames / 50
    ratio = f"   {base / seconds:.2f} times transformers" if base else ""
    step = seconds / (asked.frames + 3) * 1000
    _say(f"{name:22} {step:7.1f} ms a step  {made / seconds:6.3f} s of sound a second{ratio}")
    return seconds


def _seconds(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return time.process_time() - began


def _reference(size: str) -> Any:
    """Its text encoder and codec are small: they are not what is measured."""
    width, layers, heads = SIZES[size]
    decoder = MusicgenDecoderConfig(
        hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads, ffn_dim=4 * width
    )
    text = T5Config(d_model=_TEXT_WIDTH, num_layers=1)
    codec = EncodecConfig(sampling_rate=32_000, upsampling_ratios=[8, 5, 4, 4], num_filters=4, normalize=False,
                          codebook_size=2048, target_bandwidths=[2.2])  # fmt: skip
    config = MusicgenConfig(text_encoder=text.to_dict(), audio_encoder=codec.to_dict(), decoder=decoder.to_dict())
    model: Any = MusicgenForConditionalGeneration(config).eval()
    empty = decoder.vocab_size
    model.generation_config.pad_token_id = model.generation_config.decoder_start_token_id = empty
    model.generation_config.bos_token_id, model.generation_config.guidance_scale = empty, 3.0
    model.audio_encoder.decode = lambda *_, **__: argparse.Namespace(audio_values=torch.zeros(1))
    return model


def _generate(model: Any, asked: Asked) -> None:
    prompts = torch.ones((asked.batch, _PROMPT_TOKENS), dtype=torch.long)
    model.generate(prompts, attention_mask=prompts, max_new_tokens=asked.frames + 3, do_sample=True, top_k=250)


def _own(model: Any, dtype: torch.dtype, slots: int) -> Decoder:
    shape = shape_of(model.config.to_dict())
    tensors = {name: tensor.detach for name, tensor in model.state_dict().items()}
    return Decoder(shape, musicgen_weights(tensors, shape, Precision(CPU, dtype)), slots)


def _decode(decoder: Decoder, asked: Asked) -> None:
    batch = Batch(decoder)
    for number in range(asked.batch):
        batch.join(_member(decoder.shape, number, asked.frames))
    while batch.members:
        batch.step()


def _member(shape: Shape, number: int, frames: int) -> Member:
    nothing = torch.zeros((shape.codebooks, 0), dtype=torch.long)
    text = torch.randn(_PROMPT_TOKENS, _TEXT_WIDTH)
    return Member(str(number), text, Columns(shape, frames, nothing), Sampling(), torch.Generator())


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
