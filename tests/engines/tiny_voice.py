"""A recorded voice as small as can be: a network of chance with the inputs and the output of piper's, and its files."""

from __future__ import annotations

import json
import string
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SYMBOLS = ["_", "^", "$", " ", *".,;:!?", *string.ascii_lowercase, *"ɐɑɒæəɛɜɪɔʊʌðŋɹʃθʒɡˈˌː"]
FRAMES_A_PHONEME = 400


def tiny_voice(folder: Path, name: str = "en_US-tiny-low", rate: int = 16000, **others: Any) -> Path:
    """The voice's network; its configuration, card and sample lie beside it. `others`: more of the configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / f"{name}.onnx"
    onnx.save(_network(has_speakers="speaker_id_map" in others), model)
    configuration = {
        "audio": {"sample_rate": rate, "quality": "low"},
        "espeak": {"voice": "en-us"},
        "inference": {"noise_scale": 0.6, "length_scale": 1.2, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": {symbol: [number] for number, symbol in enumerate(SYMBOLS)},
        "language": {"code": name.partition("-")[0], "name_english": "English", "country_english": "United States"},
        **others,
    }
    model.with_name(f"{name}.onnx.json").write_text(json.dumps(configuration), encoding="utf-8")
    return model


def _network(*, has_speakers: bool) -> onnx.ModelProto:
    """Each phoneme becomes a row of its table, stretched as the length scale says, with noise by its scale.

    Longer scales repeat whole rows, as a real voice's durations are whole frames.
    """
    rng = np.random.default_rng(5)
    time = np.arange(FRAMES_A_PHONEME) / FRAMES_A_PHONEME
    table = np.sin(2 * np.pi * rng.integers(2, 40, (len(SYMBOLS), 1)) * time).astype(np.float32) * 0.4
    nodes = [
        helper.make_node("Gather", ["table", "input"], ["rows"]),  # (1, phonemes, frames)
        helper.make_node("RandomNormalLike", ["rows"], ["noise"]),
        helper.make_node("Slice", ["scales", "zero", "one"], ["noise_scale"]),
        helper.make_node("Slice", ["scales", "one", "two"], ["length_scale"]),
        helper.make_node("Mul", ["noise", "noise_scale"], ["scaled"]),
        helper.make_node("Mul", ["scaled", "quiet"], ["hiss"]),
        helper.make_node("Add", ["rows", "hiss"], ["spoken"]),
        helper.make_node("Concat", ["ones", "length_scale"], ["stretch"], axis=0),
        helper.make_node("Resize", ["spoken", "", "stretch"], ["stretched"], mode="nearest"),
        helper.make_node("Reshape", ["stretched", "shape"], ["flat"]),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "phonemes"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    last = "flat"
    if has_speakers:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, [1]))
        nodes += [
            helper.make_node("Gather", ["loudness", "sid"], ["own_loudness"]),
            helper.make_node("Mul", ["flat", "own_loudness"], ["said"]),
        ]
        last = "said"
    nodes.append(helper.make_node("Identity", [last], ["output"]))
    constants = {
        "table": table,
        "quiet": np.array([0.05], np.float32),
        "zero": np.array([0], np.int64),
        "one": np.array([1], np.int64),
        "two": np.array([2], np.int64),
        "ones": np.array([1, 1], np.float32),
        "shape": np.array([1, 1, 1, -1], np.int64),
        "loudness": np.array([1.0, -1.0], np.float32),
    }
    graph = helper.make_graph(
        nodes,
        "voice",
        inputs,
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "samples"])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
