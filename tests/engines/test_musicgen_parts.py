"""Parts of the decoder by themselves: how tokens are chosen, attention, windows, what a folder says."""

from __future__ import annotations

import json

import pytest
import torch
from transformers import LogitsProcessorList, TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

from soundbox.engines.protocol import EngineError
from soundbox.engines.transformer.asked import Sampling
from soundbox.engines.transformer.attention import all_at_once, slot_by_slot
from soundbox.engines.transformer.sampling import Choice, choose
from soundbox.engines.transformer.shape import read_shape
from soundbox.engines.transformer.window import Columns

CPU = torch.device("cpu")
MANNERS = [
    Sampling(temperature=0.7, top_k=5),
    Sampling(top_k=0, top_p=0.6),
    Sampling(temperature=1.4, top_k=20, top_p=0.8),
    Sampling(),
]


def likeliest_of(manner: Sampling) -> LogitsProcessorList:
    processors = LogitsProcessorList([TemperatureLogitsWarper(manner.temperature)])
    if manner.top_k:
        processors.append(TopKLogitsWarper(manner.top_k))
    if manner.top_p:
        processors.append(TopPLogitsWarper(manner.top_p))
    return processors


def test_musicgen_sampling_in_unlike_manners_at_once_equals_reference():
    logits = torch.randn((len(MANNERS), 4, 64), generator=torch.Generator().manual_seed(2)) * 2
    choices = [Choice.of(manner, seed, CPU) for seed, manner in enumerate(MANNERS)]
    chances = [torch.Generator().manual_seed(seed) for seed in range(len(MANNERS))]

    for _ in range(20):
        chosen = choose(logits, choices)
        for row, manner, tokens, chance in zip(logits, MANNERS, chosen, chances, strict=True):
            shares = likeliest_of(manner)(torch.zeros(4, 1), row).softmax(-1)
            assert torch.equal(tokens, torch.multinomial(shares, 1, generator=chance)[:, 0])


def test_a_temperature_of_nothing_takes_the_likeliest_and_draws_nothing():
    logits = torch.randn(1, 4, 64)
    choice = Choice.of(Sampling(temperature=0), 1, CPU)

    assert torch.equal(choose(logits, [choice]), logits.argmax(-1))
    assert torch.equal(choice.chance.get_state(), torch.Generator().manual_seed(1).get_state())


@pytest.mark.parametrize("slots", [[0, 1, 2], [2, 0]])
def test_both_ways_of_attention_agree(slots):
    chance = torch.Generator().manual_seed(4)
    queries = torch.randn((len(slots), 2, 3, 8), generator=chance)
    keys, values = torch.randn((2, 3, 2, 3, 20, 8), generator=chance)
    lengths = [5, 20, 1][: len(slots)]

    one, other = (attend(queries, keys, values, slots, lengths) for attend in (slot_by_slot, all_at_once))
    assert one.shape == other.shape == queries.shape
    assert torch.allclose(one, other, atol=1e-6)


@pytest.mark.parametrize(("begun", "frames"), [(0, 7), (0, 30), (5, 61), (30, 64), (47, 90)])
def test_every_frame_is_chosen_once_and_progress_ends_at_the_end(tiny_musicgen, begun, frames):
    shape = read_shape(tiny_musicgen)
    shape = type(shape)(**{**vars(shape), "window": 30, "stride": 18})
    start = torch.full((4, begun), 7)
    columns, shares = Columns(shape, frames, start), [0.0]
    while not columns.finished:
        assert columns.known.shape[1] < shape.columns(shape.window)
        columns.put(torch.full((4,), 9))
        shares.append(columns.share)

    assert columns.codes.tolist() == [[7] * begun + [9] * (frames - begun)] * 4
    assert shares == sorted(shares) and shares[-1] == 1


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"model_type": "bert"}, "no MusicGen"),
        ({"model_type": "musicgen", "decoder": {"activation_function": "relu"}}, "not known here"),
        ([], "no MusicGen"),
    ],
)
def test_a_folder_that_holds_something_else_is_told_in_words(tmp_path, config, words):
    (tmp_path / "config.json").write_text(json.dumps(config))

    with pytest.raises(EngineError, match=words):
        read_shape(tmp_path)


def test_a_config_that_says_little_means_the_small_one(tmp_path):
    codec = {"sampling_rate": 32000, "upsampling_ratios": [8, 5, 4, 4]}
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "musicgen", "audio_encoder": codec}))

    shape = read_shape(tmp_path)
    assert (shape.width, shape.layers, shape.frame_rate, shape.window) == (1024, 24, 50, 1500)
    assert shape.delays == (0, 1, 2, 3) and shape.frames(0.51) == 26
