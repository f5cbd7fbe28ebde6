"""Pipelines as small as can be, with chance for weights, made and saved by the classes of diffusers themselves."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import diffusers
import torch
from diffusers import (
    AceStepPipeline,
    AutoencoderOobleck,
    AutoencoderSAME,
    FlowMatchEulerDiscreteScheduler,
    StableAudio3DiTModel,
    StableAudio3Pipeline,
)
from diffusers.models.transformers.ace_step_transformer import AceStepTransformer1DModel
from diffusers.pipelines.ace_step import AceStepConditionEncoder
from diffusers.pipelines.stable_audio_3.modeling_stable_audio_3 import StableAudio3DurationEmbedder
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3Model, T5GemmaConfig, T5GemmaEncoderModel
from transformers.models.t5gemma.configuration_t5gemma import T5GemmaModuleConfig

WIDTH, LATENT = 32, 8
SPECIAL = ("<pad>", "<eos>", "<unk>")


@cache
def tiny_pipelines() -> Path:
    """A folder of models that holds ace-step and stable-audio; made once in each process, and gone after it."""
    torch.set_num_threads(1)
    diffusers.utils.logging.disable_progress_bar()
    folder = Path(tempfile.mkdtemp(prefix="soundbox-pipelines-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    torch.manual_seed(11)
    song, sound = _ace_step(), _stable_audio()
    _open_mouth(song)
    _wake(sound)
    song.save_pretrained(folder / "ace-step")
    sound.save_pretrained(folder / "stable-audio")
    return folder


@torch.no_grad()
def _open_mouth(song: AceStepPipeline) -> None:
    """Fresh weights hum a constant; this lets none through."""
    kernel = song.vae.decoder.conv2.weight_v
    kernel.sub_(kernel.mean(-1, keepdim=True))


@torch.no_grad()
def _wake(sound: StableAudio3Pipeline) -> None:
    """Training begins with many layers at nothing, so that no prompt and no seed would be heard; and as above."""
    for network in (sound.transformer, sound.vae):
        for weights in network.parameters():
            if weights.dim() > 1 and not weights.any():
                weights.normal_(std=0.5)
    last = sound.vae.decoder.blocks[-1]
    last.new_tokens.normal_()
    channels, patch = sound.vae.config.audio_channels, sound.vae.config.patch_size
    for part in (last.mapping.weight_v, last.mapping.bias):
        by_channel = part.view(channels, patch, -1)
        by_channel.sub_(by_channel.mean(1, keepdim=True))
    last.mapping.weight_g.copy_(0.2 * last.mapping.weight_v.norm(dim=(1, 2), keepdim=True))
    last.mapping.bias.mul_(0.2)


def _ace_step() -> AceStepPipeline:
    attention: dict[str, Any] = {
        "hidden_size": WIDTH,
        "intermediate_size": 64,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 8,
        "rope_theta": 1e4,
        "sliding_window": 16,
    }
    text = Qwen3Config(
        hidden_size=WIDTH,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        head_dim=8,
        vocab_size=400,
        max_position_embeddings=256,
    )
    codec = AutoencoderOobleck(
        encoder_hidden_size=2 * LATENT,
        downsampling_ratios=[2, 4, 4, 6, 10],  # 25 frames a second, as the real one has
        decoder_channels=3,
        decoder_input_channels=LATENT,
        audio_channels=2,
        channel_multiples=[1, 1, 1, 1, 1],
        sampling_rate=48000,
    )
    return AceStepPipeline(
        transformer=AceStepTransformer1DModel(
            num_hidden_layers=2,
            in_channels=3 * LATENT,
            audio_acoustic_hidden_dim=LATENT,
            patch_size=2,
            is_turbo=True,
            **attention,
        ),
        condition_encoder=AceStepConditionEncoder(
            text_hidden_dim=WIDTH,
            timbre_hidden_dim=LATENT,
            num_lyric_encoder_hidden_layers=2,
            num_timbre_encoder_hidden_layers=2,
            **attention,
        ),
        vae=codec,
        text_encoder=Qwen3Model(text),
        tokenizer=_tokenizer(),
        scheduler=FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
    )


def _stable_audio() -> StableAudio3Pipeline:
    text = T5GemmaModuleConfig(
        vocab_size=400,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=8,
        max_position_embeddings=256,
        sliding_window=64,
        layer_types=["full_attention"] * 2,
    )
    both = T5GemmaConfig(encoder=text.to_dict(), decoder=text.to_dict(), is_encoder_decoder=False)
    return StableAudio3Pipeline(
        transformer=StableAudio3DiTModel(
            io_channels=LATENT,
            patch_size=1,
            embed_dim=WIDTH,
            depth=2,
            num_heads=4,
            cond_token_dim=16,
            global_cond_dim=16,
            local_add_cond_dim=1 + LATENT,
            timestep_features_dim=16,
            ff_mult=2,
            num_memory_tokens=3,
            use_differential_attention=False,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0, stochastic_sampling=True),
        vae=AutoencoderSAME(
            audio_channels=2,
            patch_size=256,  # smaller ones make sequences whose attention fills any memory
            encoder_channels=8,
            encoder_c_mults=(2,),
            encoder_strides=(4,),
            encoder_transformer_depths=(1,),
            latent_dim=LATENT,
            use_differential_attention=False,
            dim_heads=4,
            ff_mult=2,
            sampling_rate=44100,
        ),
        text_encoder=T5GemmaEncoderModel(both),
        tokenizer=_tokenizer(),
        duration_embedder=StableAudio3DurationEmbedder(output_dim=16, fourier_dim=16),
    )


def _tokenizer() -> PreTrainedTokenizerFast:
    letters = Tokenizer(models.BPE())
    letters.pre_tokenizer, letters.decoder = pre_tokenizers.ByteLevel(), decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=list(SPECIAL), initial_alphabet=alphabet, show_progress=False
    )
    letters.train_from_iterator(["a calm piano piece", "upbeat rock", "heavy rain"] * 3, trainer)
    pad, end, unknown = SPECIAL
    return PreTrainedTokenizerFast(tokenizer_object=letters, pad_token=pad, eos_token=end, unk_token=unknown)
