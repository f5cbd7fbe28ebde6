"""Checkpoints as small as can be, with chance for weights, made and saved by the classes of audiocraft itself."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import torch
from omegaconf import OmegaConf
from transformers import T5Config, T5EncoderModel

from tests.engines.audiocraft_shim import audiocraft_models
from tests.engines.tiny_musicgen import ENTRIES, RATIOS, SAMPLE_RATE, tokenizer

LOUDNESS = 2  # fresh weights leave every token about as likely as the next
TEXT_WIDTH = 24
# What sets each apart: solver, seconds of a window, channels, is it MAGNeT?
MODELS = {
    "musicgen": ("musicgen", 30, 1, False),
    "musicgen-stereo": ("musicgen", 30, 2, False),
    "audiogen": ("audiogen", 10, 1, False),
    "magnet": ("magnet", 5, 1, True),
    "audio-magnet": ("audio_magnet", 5, 1, True),
}
# As it was when they were published (audiocraft's config/), apart from the sizes.
CODEC = f"""
compression_model: encodec
sample_rate: {SAMPLE_RATE}
channels: 1
dora: {{dir: "/checkpoint/${{oc.env:USER}}/experiments"}}
encodec: {{autoencoder: seanet, quantizer: rvq, sample_rate: "${{sample_rate}}", channels: "${{channels}}",
  causal: false, renormalize: false}}
seanet: {{dimension: 16, channels: "${{channels}}", causal: "${{encodec.causal}}", n_filters: 4, n_residual_layers: 1,
  ratios: {RATIOS}, activation: ELU, activation_params: {{alpha: 1.0}}, norm: weight_norm, norm_params: {{}},
  kernel_size: 7, residual_kernel_size: 3, last_kernel_size: 7, dilation_base: 2, pad_mode: constant, true_skip: true,
  compress: 2, lstm: 2, disable_norm_outer_blocks: 0, encoder: {{}},
  decoder: {{trim_right_ratio: 1.0, final_activation: null, final_activation_params: null}}}}
rvq: {{n_q: 4, q_dropout: false, bins: {ENTRIES}, decay: 0.99, kmeans_init: true, kmeans_iters: 50,
  threshold_ema_dead_code: 2, orthogonal_reg_weight: 0.0, orthogonal_reg_active_codes_only: false}}
"""
LANGUAGE = f"""
dtype: float32
sample_rate: {SAMPLE_RATE}
transformer_lm: {{dim: 32, num_heads: 2, num_layers: 2, hidden_scale: 4, card: {ENTRIES}, dropout: 0.0, emb_lr: null,
  activation: gelu, norm_first: true, bias_ff: false, bias_attn: false, bias_proj: false, past_context: null,
  causal: true, custom: false, memory_efficient: true, attention_as_float32: false, layer_scale: null,
  positional_embedding: sin, xpos: false, checkpointing: none, weight_init: gaussian, depthwise_init: current,
  zero_bias_init: true, norm: layer_norm, cross_attention: false, qk_layer_norm: false, qk_layer_norm_cross: false,
  attention_dropout: null, kv_repeat: 1, two_step_cfg: false}}
classifier_free_guidance: {{training_dropout: 0.1, inference_coef: 3.0}}
attribute_dropout: {{}}
fuser: {{cross_attention_pos_emb: false, cross_attention_pos_emb_scale: 1, sum: [], prepend: [], cross: [description],
  input_interpolate: []}}
conditioners: {{description: {{model: t5, t5: {{finetune: false, word_dropout: 0.0, normalize_text: false}}}}}}
interleave_stereo_codebooks: {{per_timestep: false}}
compression_model_n_q: null
dataset: {{train: {{merge_text_p: 0.25, drop_desc_p: 0.5}}}}
"""
MAGNET = """
lm_model: transformer_lm_magnet
codebooks_pattern: {modeling: parallel, parallel: {empty_initial: -1}}
transformer_lm: {causal: false, subcodes_context: 5, compression_model_framerate: 50, segment_duration: 0, span_len: -1}
masking: {span_len: 3}
"""


@cache
def tiny_checkpoints() -> Path:
    """A folder with one folder for each of `MODELS`, and their T5; made once in each process, and gone after it."""
    torch.set_num_threads(1)
    root = Path(tempfile.mkdtemp(prefix="soundbox-checkpoints-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    _save_text_encoder(root / "t5-tiny")
    for name in MODELS:
        save(root / name, *MODELS[name])
    return root


def save(folder: Path, solver: str, seconds: int, channels: int, magnet: bool) -> None:
    """Its T5 must lie beside it."""
    folder.mkdir()
    models = audiocraft_models()
    torch.manual_seed(5)
    codec = OmegaConf.create(CODEC)
    compression = models.builders.get_compression_model(OmegaConf.merge(codec, {"device": "cpu"}))
    _speak_clearly(compression)
    _write(folder / "compression_state_dict.bin", compression, codec)
    language = _language(folder.parent / "t5-tiny", solver, seconds, channels, magnet)
    here: dict[str, Any] = {"device": "cpu"}
    if magnet:
        here["transformer_lm"] = {"segment_duration": seconds, "span_len": 3}
    model = models.builders.get_lm_model(OmegaConf.merge(language, here))
    with torch.no_grad():
        for weights in model.parameters():
            if weights.dim() > 1:
                weights.mul_(LOUDNESS)
    _write(folder / "state_dict.bin", model, language)


def _language(text: Path, solver: str, seconds: int, channels: int, magnet: bool) -> Any:
    delays = [codebook // channels for codebook in range(4 * channels)]
    own = {
        "solver": solver,
        "channels": channels,
        "transformer_lm": {"n_q": 4 * channels},
        "conditioners": {"description": {"t5": {"name": str(text)}}},
        "interleave_stereo_codebooks": {"use": channels == 2},
        "dataset": {"segment_duration": seconds},
    }
    pattern = {"modeling": "delay", "delay": {"delays": delays, "flatten_first": 0, "empty_initial": 0}}
    kind = OmegaConf.create(MAGNET) if magnet else {"lm_model": "transformer_lm", "codebooks_pattern": pattern}
    return OmegaConf.merge(OmegaConf.create(LANGUAGE), own, kind)


def _write(path: Path, model: torch.nn.Module, config: Any) -> None:
    """As audiocraft/utils/export.py writes it."""
    content = {"best_state": model.state_dict(), "xp.cfg": OmegaConf.to_yaml(config), "version": "1.3.0"}
    torch.save(content | {"exported": True}, path)


@torch.no_grad()
def _speak_clearly(compression: Any) -> None:
    for quantizer in compression.quantizer.vq.layers:
        quantizer._codebook.embed.normal_()
        quantizer._codebook.inited.fill_(True)
    last = compression.decoder.model[-1].conv.conv
    last.bias.zero_()
    last.weight_v.sub_(last.weight_v.mean(-1, keepdim=True))  # lets no constant through
    last.weight_g.mul_(5)


def _save_text_encoder(folder: Path) -> None:
    torch.manual_seed(6)
    config = T5Config(vocab_size=128, d_model=TEXT_WIDTH, d_kv=8, d_ff=32, num_layers=1, num_heads=2)
    T5EncoderModel(config).save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    audiocraft_models()
    from audiocraft.modules.conditioners import T5Conditioner

    T5Conditioner.MODELS.append(str(folder))
    T5Conditioner.MODELS_DIMS[str(folder)] = TEXT_WIDTH
