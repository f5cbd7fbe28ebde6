"""A MusicGen of true size with weights by chance: speed does not depend on what they are."""

from __future__ import annotations

import argparse
from typing import Any

import torch
from torch import Tensor
from transformers import (
    EncodecConfig,
    EncodecModel,
    MusicgenConfig,
    MusicgenDecoderConfig,
    MusicgenForConditionalGeneration,
    T5Config,
    T5EncoderModel,
)

from soundbox.engines.transformer.codec import Codec
from soundbox.engines.transformer.musicgen import MusicGen
from soundbox.engines.transformer.precision import Precision
from soundbox.engines.transformer.shape import shape_of
from soundbox.engines.transformer.text import TextEncoder
from soundbox.engines.transformer.weights import musicgen_weights

SIZES = {"small": (1024, 24, 16), "medium": (1536, 48, 24), "large": (2048, 48, 32)}  # width, layers, heads
PROMPT_TOKENS = 12
_TEXT = T5Config(d_model=768, d_ff=3072, num_layers=12, num_heads=12)  # t5-base, as published
_CODEC = EncodecConfig(  # encodec_32khz, as published
    sampling_rate=32_000,
    audio_channels=1,
    upsampling_ratios=[8, 5, 4, 4],
    num_filters=64,
    hidden_size=128,
    codebook_size=2048,
    codebook_dim=128,
    target_bandwidths=[2.2],
    normalize=False,
    use_causal_conv=False,
    use_conv_shortcut=False,
)


def reference(size: str, device: torch.device, dtype: torch.dtype) -> Any:
    """transformers' own. What comes before its decoder and behind it is left small: that is not what is measured."""
    width, layers, heads = SIZES[size]
    decoder = MusicgenDecoderConfig(
        hidden_size=width, num_hidden_layers=layers, num_attention_heads=heads, ffn_dim=4 * width
    )
    text = T5Config(d_model=_TEXT.d_model, num_layers=1)
    codec = EncodecConfig.from_dict(_CODEC.to_dict() | {"num_filters": 4})
    config = MusicgenConfig(text_encoder=text.to_dict(), audio_encoder=codec.to_dict(), decoder=decoder.to_dict())
    with device:
        model: Any = MusicgenForConditionalGeneration(config)
    model = model.to(dtype).eval()
    generation, empty = model.generation_config, decoder.vocab_size
    generation.pad_token_id = generation.decoder_start_token_id = generation.bos_token_id = empty
    generation.guidance_scale = 3.0
    model.audio_encoder.decode = lambda *_, **__: argparse.Namespace(audio_values=torch.zeros(1))
    return model


def generate(model: Any, batch: int, frames: int) -> None:
    """By transformers."""
    prompts = torch.ones((batch, PROMPT_TOKENS), dtype=torch.long, device=model.device)
    model.generate(prompts, attention_mask=prompts, max_new_tokens=frames + 3, do_sample=True, top_k=250)


def own(model: Any, device: torch.device, dtype: torch.dtype) -> MusicGen:
    """Ours with the weights of the reference, and a text encoder and a codec of true size."""
    shape = shape_of(model.config.to_dict())
    tensors = {name: tensor.detach for name, tensor in model.state_dict().items()}
    with device:
        text, codec = T5EncoderModel(_TEXT).eval(), EncodecModel(_CODEC).eval()
    weights = musicgen_weights(tensors, shape, Precision(device, dtype))
    return MusicGen(shape, weights, TextEncoder(_Words(), text), Codec(codec, shape.channels))


class _Words(dict[str, Tensor]):
    """Stands in for a tokenizer, which takes no time to speak of."""

    def __call__(self, *_: Any, **__: Any) -> _Words:
        ones = torch.ones((1, PROMPT_TOKENS), dtype=torch.long)
        return _Words(input_ids=ones, attention_mask=ones)

    def to(self, device: torch.device) -> _Words:
        return _Words({name: tensor.to(device) for name, tensor in self.items()})
