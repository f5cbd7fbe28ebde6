"""What a checkpoint of audiocraft says of itself. Imports no torch: the web process lists models by it.

A folder holds two files, each a dictionary that `torch.save` wrote (audiocraft/utils/export.py):

* `state_dict.bin`, the language model: its weights under `best_state`, the whole configuration of its training as YAML
  under `xp.cfg`, in which some values refer to others (`${sample_rate}`);
* `compression_state_dict.bin`, the EnCodec, likewise; or only a name under `pretrained`, `facebook/encodec_32khz`.

The T5 that reads prompts is in neither, and a codec that is only named is not either. Both are looked for as
transformers folders under the last part of their name, inside the folder or beside it.

Accepted are MusicGen (mono, stereo), AudioGen and MAGNeT as they were published: prompts through cross attention alone
(so no melody), the delay pattern or MAGNeT's spans, no biases, sinusoidal positions. All else is refused in words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from soundbox.engines.protocol import EngineError
from soundbox.engines.transformer.shape import Shape, read_config
from soundbox.engines.transformer.torch_file import outline

LANGUAGE, CODEC = "state_dict.bin", "compression_state_dict.bin"
PROJECTION = "condition_provider.conditioners.description.output_proj"
_REFERENCE = re.compile(r"\$\{([\w.]+)\}")
_EFFECTS_RATE = 16_000  # Hz; what was trained on sound effects runs at it, music at 32 kHz
_STRIDE_SECONDS = {"MusicGen": 18, "AudioGen": 2}  # by which audiocraft moves on where a sound is longer than a window
_AS_PUBLISHED: dict[str, dict[str, Any]] = {
    "transformer_lm": {
        "norm_first": True,
        "activation": "gelu",
        "positional_embedding": "sin",
        "norm": "layer_norm",
        "bias_ff": False,
        "bias_attn": False,
        "bias_proj": False,
        "qk_layer_norm": False,
        "qk_layer_norm_cross": False,
        "layer_scale": None,
        "past_context": None,
        "kv_repeat": 1,
    },
    "fuser": {"cross": ["description"], "sum": [], "prepend": [], "input_interpolate": []},
}


@dataclass(frozen=True)
class Checkpoint:
    folder: Path

    @staticmethod
    def lies_in(folder: Path) -> bool:
        return (folder / LANGUAGE).is_file() and (folder / CODEC).is_file()

    @cached_property
    def shape(self) -> Shape:
        """Raises `EngineError` for what is not as published."""
        try:
            return self._shape()
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise EngineError(f"{self.folder.name}: its configuration is not understood: {error}") from None

    @property
    def text_encoder(self) -> Path:
        """The transformers folder of its T5. Raises `EngineError` when it is not there."""
        conditioner = self._section("conditioners")["description"]
        return self._companion(conditioner["t5"]["name"])

    @property
    def bundled_codec(self) -> Mapping[str, Any] | None:
        """The configuration of the EnCodec whose weights are here; None where only a name is."""
        return None if "pretrained" in self._codec else _Configuration(self._codec["xp.cfg"]).codec()

    @property
    def named_codec(self) -> Path:
        """The transformers folder of the EnCodec that is only named here. Raises `EngineError`."""
        return self._companion(self._codec["pretrained"])

    def _shape(self) -> Shape:
        self._check()
        sizes, stereo = self._section("transformer_lm"), self._section("interleave_stereo_codebooks").get("use", False)
        sample_rate, hop = self._rates()
        effects = "audio" in str(self._settings.get("solver")) or sample_rate == _EFFECTS_RATE
        family = self._family(effects)
        window = int(self._settings.get("dataset.segment_duration") * (sample_rate // hop))
        shape = Shape(
            family=family,
            effects=effects,
            width=sizes["dim"],
            heads=sizes["num_heads"],
            layers=sizes["num_layers"],
            feed_forward=int(sizes["hidden_scale"] * sizes["dim"]),
            codebooks=sizes["n_q"],
            entries=sizes["card"],
            channels=2 if stereo else 1,
            text_width=self._language["best_state"][f"{PROJECTION}.weight"][1],
            sample_rate=sample_rate,
            hop=hop,
            window=window,
            stride=_STRIDE_SECONDS.get(family, 0) * sample_rate // hop,
            span=self._settings.get("masking.span_len") if family == "MAGNeT" else 0,
            context=sizes.get("subcodes_context", -1),
        )
        self._check_pattern(shape)
        return shape

    def _family(self, effects: bool) -> str:
        if self._settings.get("lm_model") == "transformer_lm_magnet":
            return "MAGNeT"
        return "AudioGen" if effects else "MusicGen"

    def _rates(self) -> tuple[int, int]:
        """Of the codec: Hz, and samples to a frame."""
        bundled = self.bundled_codec
        if bundled is None:
            config = read_config(self.named_codec)
            return config["sampling_rate"], math.prod(config["upsampling_ratios"])
        return bundled["sample_rate"], math.prod(bundled["seanet"]["ratios"])

    def _check(self) -> None:
        for section, expected in _AS_PUBLISHED.items():
            found = self._section(section)
            for name, value in expected.items():
                if found.get(name, value) != value:
                    raise EngineError(f"{self.folder.name}: {section}.{name} {found[name]!r} is not known here.")
        text = self._section("conditioners")["description"]
        if text["model"] != "t5" or text["t5"].get("normalize_text"):
            raise EngineError(f"{self.folder.name}: prompts are read by something else than T5.")

    def _check_pattern(self, shape: Shape) -> None:
        if shape.span:
            return
        pattern = self._section("codebooks_pattern")
        modeling = pattern.get("modeling") or self._section("transformer_lm").get("q_modeling")
        delays = pattern.get("delay", {}).get("delays", list(range(shape.codebooks)))
        apart = shape.channels == 2 and self._section("interleave_stereo_codebooks").get("per_timestep")
        if modeling != "delay" or list(delays) != list(shape.delays) or apart:
            raise EngineError(f"{self.folder.name}: its pattern of codebooks is not known here.")
        if shape.stride >= shape.window:
            raise EngineError(f"{self.folder.name}: it was trained on sounds too short to go on from.")

    def _section(self, name: str) -> dict[str, Any]:
        return self._settings.section(name)

    def _companion(self, name: str) -> Path:
        last = Path(name).name
        for folder in (self.folder / last, self.folder.parent / last):
            if (folder / "config.json").is_file():
                return folder
        raise EngineError(f"{self.folder.name} needs {name}: put its transformers folder beside it, as {last}.")

    @cached_property
    def _language(self) -> dict[str, Any]:
        return outline(self.folder / LANGUAGE)

    @cached_property
    def _codec(self) -> dict[str, Any]:
        return outline(self.folder / CODEC)

    @cached_property
    def _settings(self) -> _Configuration:
        if "best_state" not in self._language or not isinstance(self._language.get("xp.cfg"), str):
            raise EngineError(f"{self.folder.name}/{LANGUAGE} is no checkpoint that audiocraft exported.")
        return _Configuration(self._language["xp.cfg"])


class _Configuration:
    """OmegaConf's YAML, with the references in it followed where they are needed."""

    def __init__(self, text: str) -> None:
        try:
            from yaml import safe_load
        except ImportError:  # it comes with the extra that runs models
            raise EngineError("A checkpoint of audiocraft cannot be read without PyYAML.") from None
        self._root: dict[str, Any] = safe_load(text)

    def get(self, path: str) -> Any:
        """The value under names joined by dots; None where there is none."""
        value: Any = self._root
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        return self._followed(value)

    def section(self, path: str) -> dict[str, Any]:
        """{} where there is none."""
        found = self.get(path)
        return found if isinstance(found, dict) else {}

    def codec(self) -> dict[str, Any]:
        return {name: self.get(name) for name in ("sample_rate", "channels", "encodec", "seanet", "rvq")}

    def _followed(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._followed(inner) for name, inner in value.items()}
        reference = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
        return self.get(reference[1]) if reference else value
