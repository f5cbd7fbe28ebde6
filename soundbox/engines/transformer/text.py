"""What a prompt says to the decoder: the T5 encoder through transformers, once per job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import AutoTokenizer, T5Config, T5EncoderModel

from soundbox.engines.transformer.cache import LONGEST_TEXT
from soundbox.engines.transformer.loading import filled, placed


class TextEncoder:
    def __init__(self, tokenizer: Any, encoder: T5EncoderModel) -> None:
        self._tokenizer, self._encoder = tokenizer, encoder

    @classmethod
    def load(
        cls, folder: Path, config: Mapping[str, Any], tensors: Mapping[str, Callable[[], Tensor]], device: torch.device
    ) -> TextEncoder:
        """`config`: the `text_encoder` of config.json. Raises `EngineError`."""
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        make = partial(T5EncoderModel, T5Config.from_dict(dict(config)))
        tied = ("shared.weight", "encoder.embed_tokens.weight")
        return cls(tokenizer, filled(make, tensors, "text_encoder.", device, tied))

    @classmethod
    def pretrained(cls, folder: Path, device: torch.device) -> TextEncoder:
        """From a transformers folder of its own."""
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        encoder: T5EncoderModel = T5EncoderModel.from_pretrained(folder, local_files_only=True)
        return cls(tokenizer, placed(encoder, device))

    @torch.inference_mode()
    def encode(self, prompt: str) -> Tensor:
        """(token, width), float32."""
        tokens = self._tokenizer([prompt], return_tensors="pt", truncation=True, max_length=LONGEST_TEXT)
        hidden: Tensor = self._encoder(**tokens.to(self._encoder.device)).last_hidden_state
        return hidden[0]
