"""Parts of the decoder by themselves: how tokens are chosen, attention, windows, what a folder says."""

from __future__ import annotations

import json

import pytest
import torch
from transformers import LogitsProcessorList, TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

from soundbox.engines.protocol import EngineError
from soundbox.engines.transformer.asked import Sampling
from soundbox.engines.transformer.attention import AllAtOnce, SlotBySlot
from soundbox.engines.transformer.cache import Cache
from soundbox.engines.transformer.sampling import Manner, choose
from soundbox.engines.transformer.shape import read_shape
from soundbox.engines.transformer.window import OPEN, Columns

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
    manner = Manner.of(MANNERS, 64, CPU)
    ours, theirs = ([torch.Generator().manual_seed(seed) for seed in range(len(MANNERS))] for _ in range(2))

    for _ in range(20):
        waits = torch.stack([torch.empty(4, 64).exponential_(generator=chance) for chance in ours])
        chosen = choose(logits, manner, waits)
        for row, sampling, tokens, chance in zip(logits, MANNERS, chosen, theirs, strict=True):
            shares = likeliest_of(sampling)(torch.zeros(4, 1), row).softmax(-1)
            assert torch.equal(tokens, torch.multinomial(shares, 1, generator=chance)[:, 0])


def test_a_temperature_of_nothing_takes_the_likeliest_beside_one_that_draws():
    logits = torch.randn(2, 4, 64)
    manner = Manner.of([Sampling(temperature=0), Sampling(temperature=4)], 64, CPU)

    greedy, drawn = choose(logits, manner, torch.empty_like(logits).exponential_())
    assert torch.equal(greedy, logits[0].argmax(-1))
    assert not torch.equal(drawn, logits[1].argmax(-1))


def test_both_ways_of_attention_agree(tiny_musicgen):
    shape, chance = read_shape(tiny_musicgen), torch.Generator().manual_seed(4)
    cache = Cache(shape, 4, CPU, torch.float32)
    for filled in (cache.keys, cache.values, cache.text_keys, cache.text_values):
        filled.normal_(generator=chance)
    positions, cache.text_lengths = [4, 19, 0], [3, 1, 9, 0]
    queries = torch.randn((3, 2, shape.heads, shape.head_width), generator=chance)

    one = SlotBySlot(cache, positions)
    other = AllAtOnce(cache, torch.tensor(positions), torch.tensor(cache.text_lengths[:3]), columns=32, tokens=16)
    for look in (one, other):
        look.remember(1, queries + 1, queries - 1)
    assert torch.allclose(one.at_itself(1, queries), other.at_itself(1, queries), atol=1e-6)
    assert torch.allclose(one.at_text(1, queries[:, :1]), other.at_text(1, queries[:, :1]), atol=1e-6)
    assert one.at_itself(1, queries).shape == queries.shape


@pytest.mark.parametrize(("begun", "frames"), [(0, 7), (0, 30), (5, 61), (30, 64), (47, 90)])
def test_every_frame_is_chosen_once_and_progress_ends_at_the_end(tiny_musicgen, begun, frames):
    shape = read_shape(tiny_musicgen)
    shape = type(shape)(**{**vars(shape), "window": 30, "stride": 18})
    start = torch.full((4, begun), 7)
    columns, shares = Columns(shape, frames, start), [0.0]
    row = torch.zeros((4, shape.columns(shape.window) + 1), dtype=torch.long)
    while not columns.finished:
        assert columns.known.shape[1] == columns.position < shape.columns(shape.window)
        columns.settle(row)
        following = row[:, columns.position + 1]
        following[following == OPEN] = 9
        columns.move_on()
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
