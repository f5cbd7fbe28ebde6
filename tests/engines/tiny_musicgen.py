"""A MusicGen as small as can be, with chance for weights, made and saved by the classes of transformers themselves."""

from __future__ import annotations

import atexit
import shutil
import string
import tempfile
from functools import cache
from pathlib import Path

import torch
from transformers import (
    EncodecConfig,
    EncodecFeatureExtractor,
    MusicgenConfig,
    MusicgenDecoderConfig,
    MusicgenForConditionalGeneration,
    MusicgenProcessor,
    T5Config,
    T5Tokenizer,
)

from soundbox.engines.transformer.attention import SlotBySlot
from soundbox.engines.transformer.decoder import Decoder

ENTRIES = 64
SAMPLE_RATE, RATIOS = 8000, [5, 4, 4, 2]  # 50 frames a second, as the real ones have
WORDS = ("upbeat", "rock", "calm", "sad", "piano", "slow", "rain", "heavy", "bass", "jazz")


def stepped(decoder: Decoder, tokens: torch.Tensor, positions: list[int]) -> torch.Tensor:
    """The logits of the next column of the first slots."""
    return decoder.next(tokens, torch.tensor(positions), SlotBySlot(decoder.cache, positions))


@cache
def tiny_musicgen(channels: int) -> Path:
    """Its folder, called music, in a folder of its own; made once in each process, and gone after it."""
    torch.set_num_threads(1)  # the matrices are so small that handing them round takes longest
    folder = Path(tempfile.mkdtemp(prefix="soundbox-weights-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _saved(folder / "music", channels)


def _saved(folder: Path, channels: int) -> Path:
    torch.manual_seed(11)
    model = MusicgenForConditionalGeneration(_config(channels)).eval()
    _speak_clearly(model)
    generation = model.generation_config
    generation.do_sample, generation.guidance_scale, generation.max_length = True, 3.0, 1500
    generation.pad_token_id = generation.bos_token_id = generation.decoder_start_token_id = ENTRIES
    model.save_pretrained(folder)
    listening = EncodecFeatureExtractor(feature_size=1, sampling_rate=SAMPLE_RATE, padding_side="left")
    MusicgenProcessor(listening, tokenizer()).save_pretrained(folder)
    return folder


def _config(channels: int) -> MusicgenConfig:
    text = T5Config(vocab_size=128, d_model=24, d_kv=8, d_ff=32, num_layers=1, num_heads=2, decoder_start_token_id=0)
    codec = EncodecConfig(
        target_bandwidths=[1.2],  # four codebooks of 64 entries, 50 times a second
        sampling_rate=SAMPLE_RATE,
        audio_channels=1,
        normalize=False,
        chunk_length_s=None,
        overlap=None,
        hidden_size=16,
        num_filters=4,
        num_residual_layers=1,
        upsampling_ratios=RATIOS,
        codebook_size=ENTRIES,
        codebook_dim=16,
        use_causal_conv=False,
        num_lstm_layers=1,
    )
    decoder = MusicgenDecoderConfig(
        vocab_size=ENTRIES,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        ffn_dim=64,
        num_codebooks=4 * channels,
        audio_channels=channels,
        pad_token_id=ENTRIES,
        bos_token_id=ENTRIES,
    )
    return MusicgenConfig(text_encoder=text.to_dict(), audio_encoder=codec.to_dict(), decoder=decoder.to_dict())


@torch.no_grad()
def _speak_clearly(model: MusicgenForConditionalGeneration) -> None:
    """Fresh weights leave every token about as likely as the next, and the codec nearly silent."""
    for weights in model.decoder.parameters():
        if weights.dim() > 1:
            weights.mul_(12)
    model.enc_to_dec_proj.weight.mul_(12)
    for quantizer in model.audio_encoder.quantizer.layers:
        quantizer.codebook.embed.normal_()
    last = model.audio_encoder.decoder.layers[-1].conv
    last.bias.zero_()
    kernel = last.parametrizations.weight.original1
    kernel.sub_(kernel.mean(-1, keepdim=True))  # lets no constant through
    last.parametrizations.weight.original0.mul_(5)


def tokenizer() -> T5Tokenizer:
    letters = [(letter, -9.0) for letter in string.ascii_lowercase + string.digits + ",.▁"]
    words = [(f"▁{word}", -3.0) for word in WORDS]
    return T5Tokenizer(vocab=[("<pad>", 0.0), ("</s>", 0.0), ("<unk>", -20.0), *letters, *words], extra_ids=0)
